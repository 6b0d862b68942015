"""已印发的安排：哪些改动会与印发稿不同（活动、列席会议与事项、季度主题），哪些活动已经不同。"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import NamedTuple

from models.domain.attendance import Decision, Meeting
from models.domain.changes import RowChange
from models.domain.events import Event, EventStatus
from models.domain.snapshot import Item, ItemKind, YearSnapshot
from models.domain.year import Year

DIFFERS = "与印发稿不同"
LOCKED = (
    "title", "starts_at", "ends_at", "precision", "venue", "place", "online_only", "park", "towns", "schools",
    "lead_units", "responsible_units",
)  # fmt: skip
"""What people were told of an event. Its status is looked at too, see ``differs``."""
_LOCKED_MEETING = ("body", "number", "starts_at", "place")
_LOCKED_DECISION = ("title", "body", "unit", "exemption")
_COURSE = (EventStatus.PLANNED, EventStatus.CONFIRMED, EventStatus.HELD)
"""A plan that goes its way: confirming an event or recording its result is no departure from what was released."""


def differs(released: Event, now: Event | None) -> bool:
    """Whether an event is another than people were told: deleted, moved, elsewhere, renamed, of other units, off."""
    if now is None:
        return True
    if any(getattr(released, name) != getattr(now, name) for name in LOCKED):
        return True
    return _standing(released) != _standing(now)


def _standing(event: Event) -> EventStatus:
    return EventStatus.PLANNED if event.status in _COURSE else event.status


def is_locked(released: Event | None) -> bool:
    """Whether an event of a release was told to people: drafts in it were not."""
    return released is not None and released.status is not EventStatus.DRAFT


def differing_events(released: Mapping[str, Event], now: Mapping[str, Event]) -> frozenset[str]:
    """The keys of the released events that are another by now, or gone."""
    return frozenset(
        key for key, event in released.items() if is_locked(event) and differs(event, now.get(key))
    )


class Departure(NamedTuple):
    """What would be another than released: an event, a meeting, a decision; of the year a quarter's theme ("3")."""

    kind: ItemKind
    key: str


def departures(released: YearSnapshot, changes: Iterable[RowChange]) -> tuple[Departure, ...]:
    """What of the release ``changes`` would make another than people were told.

    A change that leaves the released facts alone, or goes back to them, is none; nor is a decision that comes
    to a meeting for the first time, or a quarter that gets its theme.
    """
    return tuple(found for change in changes for found in _departures(released, change))


def _departures(released: YearSnapshot, change: RowChange) -> Iterator[Departure]:
    before, after = change.before, change.after
    if change.kind is ItemKind.YEAR:
        yield from _theme_departures(released, before, after)
        return
    was = released.item(change.kind, change.key) if change.kind in _LOCKABLE else None
    if was is None or (isinstance(was, Event) and not is_locked(was)):
        return
    if _departs(was, after) and (before is None or _departs(before, after)):
        yield Departure(change.kind, change.key)


_LOCKABLE = (ItemKind.EVENT, ItemKind.MEETING, ItemKind.DECISION)


def _departs(was: Item, now: Item | None) -> bool:
    if isinstance(was, Event):
        return differs(was, now if isinstance(now, Event) else None)
    if now is None:
        return True
    if isinstance(was, Decision) and isinstance(now, Decision):
        moved = was.meeting is not None and now.meeting != was.meeting
        return moved or any(getattr(was, name) != getattr(now, name) for name in _LOCKED_DECISION)
    assert isinstance(was, Meeting)
    return any(getattr(was, name) != getattr(now, name) for name in _LOCKED_MEETING)


def _theme_departures(released: YearSnapshot, before: Item | None, after: Item | None) -> Iterator[Departure]:
    if not isinstance(before, Year) or not isinstance(after, Year):
        return
    told = released.year_row.quarter_themes
    for at, (was, now) in enumerate(zip(before.quarter_themes, after.quarter_themes, strict=True)):
        if told[at] and now != told[at] and now != was:
            yield Departure(ItemKind.YEAR, str(at + 1))
