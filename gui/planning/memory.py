"""记住的排期条件：每个年度一份，存在程序设置里；拒绝过的项与锁定的日子也在其中。"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any, NamedTuple

from gui.services.program_settings import PLANNING_LIMIT, SettingsFile, read_fields, read_flag
from gui.session.year_session import YearSession
from models.domain import codec
from models.domain.events import Campaign, Event
from models.domain.masking import known_as, masks_of
from models.domain.snapshot import ItemKind
from planners.proposals import Conditions, Weighing

MOST_REMEMBERED = 200
"""Rejected entries, locked days and blocked days of a year; older ones are forgotten."""


class Remembered(NamedTuple):
    """The conditions asked for last, and what rejected and locked entries were called (key → words)."""

    conditions: Conditions = Conditions()
    words: Mapping[str, str] = {}

    def name_of(self, key: str) -> str:
        """What the entry ``key`` was called."""
        return self.words.get(key, key)


class PlanningMemory:
    """The conditions of the open year in the settings; what cannot be read there has its default."""

    def __init__(self, settings: SettingsFile, session: YearSession) -> None:
        self._settings = settings
        self._session = session
        self._known: tuple[Mapping[str, Any], Remembered] = ({}, Remembered())

    @property
    def _place(self) -> str:
        snapshot = self._session.snapshot
        return f"{snapshot.year}@{snapshot.installation}"

    def read(self) -> Remembered:
        """What is remembered of the open year; days of the scope that have come by now are left out."""
        plain = self._settings.values.planning.get(self._place, {})
        if plain is not self._known[0]:
            self._known = (plain, from_plain(plain))
        found, today = self._known[1], self._session.today
        asked = found.conditions
        first = asked.first if asked.first and asked.first > today else None
        last = asked.last if asked.last and asked.last > today else None
        locked = tuple((key, self._known_as_now(event)) for key, event in asked.locked)
        return found._replace(conditions=asked._replace(first=first, last=last, locked=locked))

    def _known_as_now(self, event: Event) -> Event:
        """``event`` with the words of the year where only the settings have them masked."""
        snapshot = self._session.snapshot
        known = known_as(snapshot.event_by_key.get(event.key), event, masks_of(snapshot))
        assert isinstance(known, Event)
        return known

    def keep(self, conditions: Conditions, words: Mapping[str, str] | None = None) -> None:
        """Afterwards ``conditions`` are what the next run of the year begins with; the settings name no delegate."""
        masks = masks_of(self._session.snapshot)
        known = {key: masks.text(told) for key, told in {**self.read().words, **(words or {})}.items()}
        plain = to_plain(Remembered(conditions._replace(locked=masks.whole(conditions.locked)), known))
        others = {n: p for n, p in self._settings.values.planning.items() if n != self._place}
        newest = dict([*others.items(), (self._place, plain)][-PLANNING_LIMIT:])
        self._settings.change(planning=newest)

    def reject(self, key: str, words: str) -> None:
        """Afterwards the entry ``key`` does not come again."""
        now = self.read().conditions
        rejected = (*(known for known in now.rejected if known != key), key)
        locked = tuple(entry for entry in now.locked if entry[0] != key)
        self.keep(now._replace(rejected=rejected, locked=locked), {key: words})

    def restore(self, key: str) -> None:
        """Afterwards the entry ``key`` may come again."""
        now = self.read().conditions
        self.keep(now._replace(rejected=tuple(known for known in now.rejected if known != key)))

    def lock(self, key: str, event: Event, words: str) -> None:
        """Afterwards the entry ``key`` keeps the day and time of ``event``."""
        now = self.read().conditions
        locked = (*(entry for entry in now.locked if entry[0] != key), (key, event))
        self.keep(now._replace(locked=locked), {key: words})

    def unlock(self, key: str) -> None:
        """Afterwards the entry ``key`` may come on another day."""
        now = self.read().conditions
        self.keep(now._replace(locked=tuple(entry for entry in now.locked if entry[0] != key)))


def to_plain(remembered: Remembered) -> dict[str, Any]:
    """``remembered`` as JSON values."""
    asked = remembered.conditions
    rejected, locked = asked.rejected[-MOST_REMEMBERED:], asked.locked[-MOST_REMEMBERED:]
    used = (*rejected, *(key for key, _ in locked))
    return {
        "first": asked.first.isoformat() if asked.first else None,
        "last": asked.last.isoformat() if asked.last else None,
        "campaigns": [campaign.value for campaign in asked.campaigns],
        "units": list(asked.units),
        "blocked": [day.isoformat() for day in asked.blocked[-MOST_REMEMBERED:]],
        "targets": asked.targets,
        "weighing": asked.weighing.value,
        "movable": asked.movable,
        "max_moves": asked.max_moves,
        "locked": [[key, codec.to_plain(event)] for key, event in locked],
        "rejected": list(rejected),
        "decisions": asked.decisions,
        "seed": asked.seed,
        "words": {key: words for key, words in remembered.words.items() if key in used},
    }


def from_plain(plain: Mapping[str, Any]) -> Remembered:
    """What ``plain`` holds; a field that is missing or not allowed has its default."""
    words = plain.get("words")
    known = {str(k): str(v) for k, v in words.items()} if isinstance(words, dict) else {}
    return Remembered(Conditions(**read_fields(plain, _READERS)), known)


def _day(value: object) -> date | None:
    return None if value is None else date.fromisoformat(_word(value))


def _days(value: object) -> tuple[date, ...]:
    return tuple(sorted({date.fromisoformat(word) for word in _words(value)}))


def _word(value: object) -> str:
    if not isinstance(value, str):
        raise TypeError(value)
    return value


def _words(value: object) -> tuple[str, ...]:
    if not isinstance(value, list):
        raise TypeError(value)
    return tuple(_word(entry) for entry in value[-MOST_REMEMBERED:])


def _number(value: object) -> int:
    if isinstance(value, bool) or not isinstance(value, int) or not 0 <= value < 2**31:
        raise ValueError(value)
    return value


def _locked(value: object) -> tuple[tuple[str, Event], ...]:
    if not isinstance(value, list):
        raise TypeError(value)
    found = []
    for key, plain in value[-MOST_REMEMBERED:]:
        event = codec.from_plain(ItemKind.EVENT, plain, "", [])
        if isinstance(event, Event):
            found.append((_word(key), event))
    return tuple(found)


_READERS: Mapping[str, Callable[[object], Any]] = {
    "first": _day,
    "last": _day,
    "campaigns": lambda value: tuple(map(Campaign, _words(value))),
    "units": _words,
    "blocked": _days,
    "targets": read_flag,
    "weighing": Weighing,
    "movable": read_flag,
    "max_moves": lambda value: None if value is None else _number(value),
    "locked": _locked,
    "rejected": _words,
    "decisions": read_flag,
    "seed": _number,
}
"""Field of ``Conditions`` → the function that reads its JSON value or raises."""
