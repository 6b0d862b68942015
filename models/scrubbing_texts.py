"""抹去的人写在别的文字里的姓名、电话：条目、变更记录、已撤的活动、导出记录里都遮成 张* 的样子。

Who is erased is nobody's delegate any more, so that nothing would hide these names when they leave the office.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable, Sequence
from typing import Any

from models.domain.masking import Masks, Where, words_of
from models.domain.snapshot import ItemKind
from models.tables import TABLE_NAMES, json_text

_BETWEEN = "\x00"
"""Stands between two columns: no name goes across it."""
_LISTS = {kind.value: kind for kind in ItemKind}
Row = Sequence[Any]


def scrub_texts(connection: sqlite3.Connection, masks: Masks) -> bool:
    """Afterwards no text of the database has what ``masks`` hide, releases apart; whether any had.

    What the steps of the change log did and what stands in the rows are hidden alike, so that undo works as
    before.
    """
    if not masks:
        return False
    texts = _Texts(connection, masks)
    year = ("district", "holidays", "quarter_themes", "settings")
    changed = [
        *(texts.rewrite_list(kind) for kind in ItemKind if kind is not ItemKind.YEAR),
        texts.rewrite("year", year, texts.of_year),
        texts.rewrite("change_log", ("title", "changes"), texts.of_step),
        texts.rewrite("withdrawn_event", ("event",), texts.of_withdrawn),
        texts.rewrite("export_log", ("name",), texts.of_export),
    ]
    return any(changed)


class _Texts:
    """The texts of one database, and how they are hidden."""

    def __init__(self, connection: sqlite3.Connection, masks: Masks) -> None:
        self._connection = connection
        self._masks = masks

    def rewrite(self, table: str, columns: Sequence[str], masked: Callable[[Row], list[Any]]) -> bool:
        """Store what ``masked`` makes of the rows in which something is to be hidden; whether any was.

        A table that an older file does not have yet has none.
        """
        if not columns or not self._columns(table):
            return False
        names = ", ".join(f'"{column}"' for column in columns)
        changed = []
        for number, *row in self._connection.execute(f"SELECT rowid, {names} FROM {table}"):  # noqa: S608  our own
            joined = _BETWEEN.join(row)
            if self._masks.text(joined, Where.RECORD) != joined and (after := masked(row)) != row:
                changed.append((*after, number))
        assignments = ", ".join(f'"{column}" = ?' for column in columns)
        self._connection.executemany(f"UPDATE {table} SET {assignments} WHERE rowid = ?", changed)  # noqa: S608
        return bool(changed)

    def _columns(self, table: str) -> set[str]:
        return {row[1] for row in self._connection.execute(f"PRAGMA table_info({table})")}

    def rewrite_list(self, kind: ItemKind) -> bool:
        """The items of ``kind``, as far as the file has their fields."""
        known = self._columns(TABLE_NAMES[kind])
        words = [field for field in words_of(kind) if field[0] in known]

        def masked(row: Row) -> list[Any]:
            return [
                json_text(self._value(json.loads(text), where)) if many else self._value(text, where)
                for text, (_, where, many) in zip(row, words, strict=True)
            ]

        return self.rewrite(TABLE_NAMES[kind], [name for name, _, _ in words], masked)

    def of_year(self, row: Row) -> list[Any]:
        """District, holidays, themes and settings; the names of settings are no words."""
        district, holidays, themes, settings = row
        kept = [[name, self._value(value)] for name, value in json.loads(settings)]
        others = [json_text(self._value(json.loads(text))) for text in (holidays, themes)]
        return [self._value(district), *others, json_text(kept)]

    def of_step(self, row: Row) -> list[Any]:
        """Title and changes of a step."""
        title, text = row
        changes = [
            [kind, *facts, self._state(kind, before), self._state(kind, after)]
            for kind, *facts, before, after in json.loads(text)
        ]
        return [self._value(title), json_text(changes)]

    def of_withdrawn(self, row: Row) -> list[Any]:
        """An event that was published and deleted."""
        return [json_text(self._state(ItemKind.EVENT.value, json.loads(row[0])))]

    def of_export(self, row: Row) -> list[Any]:
        """What an export was called."""
        return [self._value(row[0])]

    def _state(self, kind: str, state: dict[str, Any] | None) -> dict[str, Any] | None:
        """A state of an item in the words of the package."""
        if state is None:
            return None
        if kind == ItemKind.YEAR.value:
            return {name: self._value(value) for name, value in state.items()}
        words = {name: where for name, where, _ in words_of(_LISTS[kind])}
        return {
            name: self._value(value, words[name]) if name in words else value for name, value in state.items()
        }

    def _value(self, value: Any, where: Where = Where.WORDS) -> Any:
        """A JSON value with every text in it masked; names of fields stay."""
        if isinstance(value, str):
            return self._masks.text(value, where)
        if isinstance(value, list):
            return [self._value(one, where) for one in value]
        if isinstance(value, dict):
            return {name: self._value(one, where) for name, one in value.items()}
        return value
