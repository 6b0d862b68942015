"""抹去的人写在别的文字里的姓名、电话：逐处列出，选定的遮成 张* 的样子；单位、场地、学校、街镇一处不动。

Who is erased is nobody's delegate any more, so that nothing would hide these names when they leave the office;
but a name in a text may mean somebody else, so that each text is asked for on its own.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable, Collection, Mapping, Sequence
from functools import partial
from typing import Any, NamedTuple

from models.domain.masking import Masks, Where, words_of
from models.domain.snapshot import ItemKind
from models.tables import TABLE_NAMES, json_text

EXPORTS = "export_log"
"""What the texts of the log of exports are of."""
_BETWEEN = "\x00"
"""Stands between two columns: no name goes across it."""
_LISTS = {kind.value: kind for kind in ItemKind}
_NEVER = frozenset({ItemKind.UNIT.value, ItemKind.VENUE.value, ItemKind.SCHOOL.value})
_OWN = frozenset({ItemKind.DELEGATE.value, ItemKind.OPINION.value})
_NAMES = frozenset({"name", "phone"})
_NEVER_FIELDS = frozenset({"place", "address", "district", "issuer", "body"})
"""What says a place or a unit."""
Row = Sequence[Any]


class FieldPlace(NamedTuple):
    """The field of an item, in its row as in the change log and in a backup."""

    year: int
    kind: str
    key: str
    field: str


class FoundText(NamedTuple):
    """A text with something to hide: where it stands, the text before and after.

    ``certain``: it means the person, for it has their phone or is what they said themselves. ``where`` says how
    names are looked for there.
    """

    spot: FieldPlace
    text: str
    after: str
    certain: bool
    where: Where

    @property
    def place(self) -> tuple[FieldPlace, str]:
        """What it is chosen by: equal texts of a field are one."""
        return self.spot, self.text


Choose = Callable[[FoundText, Masks], str]
"""What is to be stored in the place of a text that these masks would hide."""


def hide_certain(found: FoundText, _: Masks) -> str:
    """Only what means the person for certain is hidden."""
    return found.after if found.certain else found.text


def hide_chosen(places: Collection[tuple[FieldPlace, str]]) -> Choose:
    """What was chosen is hidden, nothing else."""
    return lambda found, _: found.after if found.place in places else found.text


def hide_as_in(data: sqlite3.Connection) -> Choose:
    """Each text is hidden, or stays, as it does in the database ``data``; one that it never had, where it is certain."""
    hidden = _hidden_texts(data)
    stays: dict[Masks, set[tuple[FieldPlace, str]]] = {}

    def choose(found: FoundText, masks: Masks) -> str:
        if masks not in stays:
            stays[masks] = {one.place for one in texts_in(data, masks, ())[0]}
        if found.place in stays[masks]:
            return found.text
        known = sorted(hidden.get(found.spot, ()))
        same = (text for text in known if masks.text(text, found.where) == found.after)
        return next(same, hide_certain(found, masks))

    return choose


def texts_in(
    connection: sqlite3.Connection, masks: Masks, own: Collection[tuple[int, str]]
) -> tuple[tuple[FoundText, ...], int]:
    """Every text that ``masks`` hide, those of the present first, and how many these are; nothing is changed."""
    found: dict[tuple[FieldPlace, str], FoundText] = {}

    def note(one: FoundText, _: Masks) -> str:
        found.setdefault(one.place, one)
        return one.text

    texts = _Texts(connection, masks, own, note)
    texts.rewrite_rows()
    present = len(found)
    texts.rewrite_past()
    return tuple(found.values()), present


def _hidden_texts(connection: sqlite3.Connection) -> Mapping[FieldPlace, set[str]]:
    """The texts in which somebody is hidden already (张*), by field, of now and of the past."""
    found: dict[FieldPlace, set[str]] = {}

    def note(one: FoundText, _: Masks) -> str:
        found.setdefault(one.spot, set()).add(one.text)
        return one.text

    texts = _Texts(connection, _STARS, (), note)
    texts.rewrite_rows()
    texts.rewrite_past()
    return found


def scrub_texts(
    connection: sqlite3.Connection, masks: Masks, own: Collection[tuple[int, str]], choose: Choose
) -> bool:
    """Afterwards every text that ``masks`` hide is what ``choose`` says, releases apart; whether any changed.

    What the steps of the change log did and what stands in the rows are hidden alike, so that undo works as
    before. ``own``: year and key of the delegates who are erased.
    """
    if not masks:
        return False
    texts = _Texts(connection, masks, own, choose)
    rows = texts.rewrite_rows()
    return texts.rewrite_past() or rows


class _Stars(Masks):
    """Finds what is hidden already."""

    def text(self, text: str, where: Where = Where.WORDS) -> str:
        """Another text where there is a star."""
        del where
        return text.replace("*", "")


_STARS = _Stars(("*",), ())


class _Texts:
    """The texts of one database, and what becomes of those that ``masks`` hide."""

    def __init__(
        self,
        connection: sqlite3.Connection,
        masks: Masks,
        own: Collection[tuple[int, str]],
        choose: Choose,
    ) -> None:
        self._connection, self._masks, self._own, self._choose = connection, masks, own, choose

    def rewrite_rows(self) -> bool:
        """The items of every list and the years themselves; whether anything changed."""
        year = ("district", "holidays", "quarter_themes", "settings")
        changed = [
            *(self._rewrite_list(kind) for kind in ItemKind if kind is not ItemKind.YEAR),
            self._rewrite("year", ("year",), year, self._of_year),
        ]
        return any(changed)

    def rewrite_past(self) -> bool:
        """The steps of the change log, events withdrawn, and what was exported; whether anything changed."""
        changed = [
            self._rewrite("change_log", ("year",), ("title", "changes"), self._of_step),
            self._rewrite("withdrawn_event", ("year", "key"), ("event",), self._of_withdrawn),
            self._rewrite(EXPORTS, ("year", "number"), ("name",), self._of_export),
        ]
        return any(changed)

    def _rewrite(
        self, table: str, facts: Sequence[str], columns: Sequence[str], made: Callable[[Row, Row], list[Any]]
    ) -> bool:
        """Store what ``made`` makes of facts and texts of the rows where something may be hidden; whether any changed.

        A table that an older file does not have yet has none.
        """
        if not columns or not self._columns(table):
            return False
        names, count = ", ".join(f'"{name}"' for name in (*facts, *columns)), len(facts)
        changed = []
        for number, *row in self._connection.execute(f"SELECT rowid, {names} FROM {table}"):  # noqa: S608  our own
            texts = row[count:]
            joined = _BETWEEN.join(texts)
            if (
                self._masks.text(joined, Where.RECORD) != joined
                and (after := made(row[:count], texts)) != texts
            ):
                changed.append((*after, number))
        if changed:
            assignments = ", ".join(f'"{name}" = ?' for name in columns)
            self._connection.executemany(f"UPDATE {table} SET {assignments} WHERE rowid = ?", changed)  # noqa: S608
        return bool(changed)

    def _columns(self, table: str) -> set[str]:
        return {row[1] for row in self._connection.execute(f"PRAGMA table_info({table})")}

    def _rewrite_list(self, kind: ItemKind) -> bool:
        """The items of ``kind``, as far as the file has their fields."""
        known = self._columns(TABLE_NAMES[kind])
        words = [field for field in words_of(kind) if field[0] in known]
        speaker = "delegate" if kind is ItemKind.OPINION else "key"

        def made(facts: Row, texts: Row) -> list[Any]:
            year, key, who = facts
            own = self._is_own(kind.value, year, who)
            found = []
            for text, (name, where, many) in zip(texts, words, strict=True):
                spot = FieldPlace(year, kind.value, key, name)
                value = self._value(json.loads(text) if many else text, where, spot, own=own)
                found.append(json_text(value) if many else value)
            return found

        return self._rewrite(
            TABLE_NAMES[kind], ("year", "key", speaker), [name for name, _, _ in words], made
        )

    def _is_own(self, kind: str, year: int, delegate: str) -> bool:
        """Whether an item of ``kind`` is the record of somebody who is erased."""
        return kind in _OWN and (year, delegate) in self._own

    def _of_year(self, facts: Row, texts: Row) -> list[Any]:
        """District, holidays, themes and settings; the names of settings are no words."""
        (year,), (district, holidays, themes, settings) = facts, texts
        of = partial(FieldPlace, year, ItemKind.YEAR.value, str(year))
        kept = [
            [name, self._value(value, Where.WORDS, of("settings"))] for name, value in json.loads(settings)
        ]
        others = [
            json_text(self._value(json.loads(text), Where.WORDS, of(name)))
            for name, text in (("holidays", holidays), ("quarter_themes", themes))
        ]
        return [district, *others, json_text(kept)]

    def _of_step(self, facts: Row, texts: Row) -> list[Any]:
        """Changes of a step; its title is hidden where one of them is."""
        (year,), (title, text) = facts, texts
        before = json.loads(text)
        after = [
            [kind, key, *where, self._state(year, kind, key, old), self._state(year, kind, key, new)]
            for kind, key, *where, old, new in before
        ]
        return [title, text] if after == before else [self._masks.text(title), json_text(after)]

    def _of_withdrawn(self, facts: Row, texts: Row) -> list[Any]:
        """An event that was published and deleted."""
        year, key = facts
        return [json_text(self._state(year, ItemKind.EVENT.value, key, json.loads(texts[0])))]

    def _of_export(self, facts: Row, texts: Row) -> list[Any]:
        """What an export was called."""
        year, number = facts
        return [self._value(texts[0], Where.WORDS, FieldPlace(year, EXPORTS, str(number), "name"))]

    def _state(self, year: int, kind: str, key: str, state: dict[str, Any] | None) -> dict[str, Any] | None:
        """A state of an item in the words of the package."""
        if state is None:
            return None
        words = {name: where for name, where, _ in words_of(_LISTS[kind])}
        if kind == ItemKind.YEAR.value:
            words = dict.fromkeys(state, Where.WORDS)
        own = self._is_own(kind, year, state.get("delegate", key))
        return {
            name: self._value(value, words[name], FieldPlace(year, kind, key, name), own=own)
            if name in words
            else value
            for name, value in state.items()
        }

    def _value(self, value: Any, where: Where, spot: FieldPlace, *, own: bool = False) -> Any:
        """A JSON value with every text in it as it is to be; names of fields stay."""
        if isinstance(value, str):
            return self._text(value, where, spot, own=own)
        if isinstance(value, list):
            return [self._value(one, where, spot, own=own) for one in value]
        if isinstance(value, dict):
            return {name: self._value(one, where, spot, own=own) for name, one in value.items()}
        return value

    def _text(self, text: str, where: Where, spot: FieldPlace, *, own: bool) -> str:
        if spot.kind in _NEVER or spot.field in _NEVER_FIELDS:
            return text
        if own and spot.kind == ItemKind.DELEGATE.value and spot.field in _NAMES:
            return text  # these are emptied
        after = self._masks.text(text, where)
        if after == text:
            return text
        certain = self._masks.has_phone(text) or (own and self._masks.text(text) != text)
        return self._choose(FoundText(spot, text, after, certain, where), self._masks)
