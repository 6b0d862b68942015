"""写入语句：照行类由 peewee 生成一次，之后成批使用；第一次写入时才装入 peewee。"""

from collections.abc import Callable, Iterable, Mapping
from functools import cache
from typing import Any, NamedTuple

from models.domain.snapshot import ItemKind
from models.tables import COLUMNS

STAMP_NAMES = ("created_at", "changed_at", "sequence", "exported", "last_time")
MOVES = "moves"
"""1 where an update counts the SEQUENCE of a published event on, else 0."""
TIME_TAKEN = "time_taken"
"""The time that an update takes from an event, None where it takes none."""


class Statement(NamedTuple):
    """SQL text and the names of its parameters, in order."""

    text: str
    names: tuple[str, ...]

    def parameters(self, values: Mapping[str, Any]) -> tuple[Any, ...]:
        """The parameters for one row."""
        return tuple([values[name] for name in self.names])


def make_all() -> None:
    """Afterwards every statement is there, so that the first step takes no longer than others."""
    for kind in ItemKind:
        insertion(kind), update(kind), deletion(kind)


@cache
def insertion(kind: ItemKind) -> Statement:
    """The statement that adds a row."""
    from models.rows import ROWS

    stamps = STAMP_NAMES if kind is ItemKind.EVENT else ()
    own = (column.name for column in COLUMNS[kind])
    return _statement((*own, "key", "year", "position", *stamps), lambda marks: ROWS[kind].insert(**marks))


@cache
def update(kind: ItemKind) -> Statement:
    """The statement that changes a row."""
    import peewee

    from models.rows import ROWS

    row = ROWS[kind]
    own = [column.name for column in COLUMNS[kind] if column.name not in ("key", "year")]
    stamps = ["changed_at"] if kind is ItemKind.EVENT else []

    def query(marks: Mapping[str, int]) -> Any:
        values: dict[str, Any] = {name: marks[name] for name in [*own, "position", *stamps]}
        if stamps:
            values["sequence"] = row.sequence + row.exported * marks[MOVES]
            values["last_time"] = peewee.fn.coalesce(marks[TIME_TAKEN], row.last_time)
        return row.update(**values).where((row.year == marks["year"]) & (row.key == marks["key"]))

    return _statement(
        [*own, "position", *stamps, *([MOVES, TIME_TAKEN] if stamps else []), "year", "key"], query
    )


@cache
def deletion(kind: ItemKind) -> Statement:
    """The statement that takes a row away."""
    from models.rows import ROWS

    row = ROWS[kind]
    return _statement(
        ("year", "key"),
        lambda marks: row.delete().where((row.year == marks["year"]) & (row.key == marks["key"])),
    )


def _statement(names: Iterable[str], query_of: Callable[[Mapping[str, int]], Any]) -> Statement:
    """The statement of a query in which each name stands for its own number, to see where it lands."""
    from models.rows import sql_of

    marks = {name: number for number, name in enumerate(dict.fromkeys(names))}
    text, parameters = sql_of(query_of(marks))
    order = list(marks)
    return Statement(text, tuple(order[int(mark)] for mark in parameters))
