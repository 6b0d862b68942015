"""写入语句：照行类由 peewee 生成一次，之后成批使用。"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any, NamedTuple

import peewee

from models.domain.snapshot import ItemKind
from models.tables import COLUMNS, ROWS

STAMP_NAMES = ("created_at", "changed_at", "sequence", "exported")
MOVES = "moves"
"""1 where an update counts the SEQUENCE of a published event on, else 0."""


class Statement(NamedTuple):
    """SQL text and the names of its parameters, in order."""

    text: str
    names: tuple[str, ...]

    def parameters(self, values: Mapping[str, Any]) -> tuple[Any, ...]:
        """The parameters for one row."""
        return tuple([values[name] for name in self.names])


def _statement(names: Iterable[str], query_of: Callable[[Mapping[str, int]], Any]) -> Statement:
    """The statement of a query in which each name stands for its own number, to see where it lands."""
    marks = {name: number for number, name in enumerate(dict.fromkeys(names))}
    query = query_of(marks)
    text, parameters = peewee.SqliteDatabase(None).get_sql_context().sql(query).query()  # type: ignore[no-untyped-call]
    order = list(marks)
    return Statement(text, tuple(order[int(mark)] for mark in parameters))


def _insertion(kind: ItemKind) -> Statement:
    stamps = STAMP_NAMES if kind is ItemKind.EVENT else ()
    own = (column.name for column in COLUMNS[kind])
    return _statement((*own, "key", "year", "position", *stamps), lambda marks: ROWS[kind].insert(**marks))


def _update(kind: ItemKind) -> Statement:
    row = ROWS[kind]
    own = [column.name for column in COLUMNS[kind] if column.name not in ("key", "year")]
    stamps = ["changed_at"] if kind is ItemKind.EVENT else []

    def query(marks: Mapping[str, int]) -> Any:
        values: dict[str, Any] = {name: marks[name] for name in [*own, "position", *stamps]}
        if stamps:
            values["sequence"] = row.sequence + row.exported * marks[MOVES]
        return row.update(**values).where((row.year == marks["year"]) & (row.key == marks["key"]))

    return _statement([*own, "position", *stamps, *([MOVES] if stamps else []), "year", "key"], query)


def _deletion(kind: ItemKind) -> Statement:
    row = ROWS[kind]
    return _statement(
        ("year", "key"),
        lambda marks: row.delete().where((row.year == marks["year"]) & (row.key == marks["key"])),
    )


INSERT: Mapping[ItemKind, Statement] = {kind: _insertion(kind) for kind in ItemKind}
UPDATE: Mapping[ItemKind, Statement] = {kind: _update(kind) for kind in ItemKind}
DELETE: Mapping[ItemKind, Statement] = {kind: _deletion(kind) for kind in ItemKind}
