"""表与列：每个列表一张表，一个条目一行；列名就是字段名。

The columns are the fields of the domain value plus ``year``, ``key`` and ``position``; tuple fields
are JSON text. Reading needs no more than this; the row classes of ``models.rows`` are for writing.
"""

import json
import types
import typing
from collections.abc import Callable, Iterable, Mapping
from datetime import date, datetime
from enum import Enum
from typing import Any, NamedTuple

from models.domain.snapshot import ITEM_TYPES, Item, ItemKind
from models.domain.year import Holidays, Year

TABLE_NAMES: Mapping[ItemKind, str] = {
    ItemKind.YEAR: "year",
    ItemKind.UNIT: "unit",
    ItemKind.VENUE: "venue",
    ItemKind.SCHOOL: "school",
    ItemKind.BLOCKED: "blocked",
    ItemKind.POLICY: "policy",
    ItemKind.EVENT: "event",
    ItemKind.MEETING: "meeting",
    ItemKind.DECISION: "decision",
    ItemKind.DELEGATE: "delegate",
    ItemKind.INVITATION: "invitation",
    ItemKind.OPINION: "opinion",
    ItemKind.EXEMPTION: "exemption",
    ItemKind.ZONE: "zone",
    ItemKind.EVIDENCE: "evidence",
}


class Column(NamedTuple):
    """How one field is kept: value → stored, and a whole stored column → values."""

    name: str
    store: Callable[[Any], Any]
    load_all: Callable[[Iterable[Any]], Iterable[Any]]


class _Memo(dict[Any, Any]):
    """Stored text → value; equal texts share one value, and each is decoded once."""

    def __init__(self, decode: Callable[[Any], Any]) -> None:
        super().__init__()
        self.decode = decode

    def __missing__(self, stored: Any) -> Any:
        if len(self) > 50_000:
            self.clear()
        value = self[stored] = self.decode(stored)
        return value


def _same(value: Any) -> Any:
    return value


def _column(name: str, hint: Any) -> Column:
    arguments = typing.get_args(hint)
    if typing.get_origin(hint) is tuple:
        return _tuple_column(name, arguments[0])
    optional = isinstance(hint, types.UnionType) or typing.get_origin(hint) is typing.Union
    plain = next(a for a in arguments if a is not type(None)) if optional else hint
    if plain is str or plain is int:
        return Column(name, _same, _same)
    if plain is bool:
        return Column(name, int, lambda stored: map(bool, stored))
    decode, encode = _SCALARS.get(plain, (plain, None))
    memo = _Memo(decode)
    if optional:
        memo[None] = None
    if encode is None:
        return Column(
            name, lambda v: None if v is None else v.value, lambda stored: map(memo.__getitem__, stored)
        )
    return Column(
        name, lambda v: None if v is None else encode(v), lambda stored: map(memo.__getitem__, stored)
    )


_SCALARS: Mapping[Any, tuple[Callable[[Any], Any], Callable[[Any], Any]]] = {
    date: (date.fromisoformat, date.isoformat),
    datetime: (datetime.fromisoformat, lambda value: value.isoformat(timespec="minutes")),
}


def json_text(value: Any) -> str:
    """``value`` as compact JSON, the form of every JSON column."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def _tuple_column(name: str, entry: Any) -> Column:
    is_enum = isinstance(entry, type) and issubclass(entry, Enum)
    memo = _Memo(lambda text: tuple(entry(v) if is_enum else v for v in json.loads(text)))
    memo["[]"] = ()
    return Column(
        name,
        lambda values: json_text([v.value if is_enum else v for v in values]) if values else "[]",
        lambda stored: map(memo.__getitem__, stored),
    )


def _load_holidays(text: str) -> Holidays:
    announced, notice, days_off, makeup = json.loads(text)
    return Holidays(
        announced,
        notice,
        tuple((date.fromisoformat(day), name) for day, name in days_off),
        tuple(date.fromisoformat(day) for day in makeup),
    )


def _store_holidays(holidays: Holidays) -> str:
    days_off = [[day.isoformat(), name] for day, name in holidays.days_off]
    return json_text(
        [holidays.announced, holidays.notice, days_off, [d.isoformat() for d in holidays.makeup_workdays]]
    )


def _year_columns() -> tuple[Column, ...]:
    holidays = _Memo(_load_holidays)
    return (
        Column("year", _same, _same),
        Column("district", _same, _same),
        Column("ruleset", _same, _same),
        Column("holidays", _store_holidays, lambda stored: map(holidays.__getitem__, stored)),
        Column("quarter_themes", json_text, lambda stored: [tuple(json.loads(text)) for text in stored]),
        Column(
            "settings",
            json_text,
            lambda stored: [tuple(tuple(p) for p in json.loads(text)) for text in stored],
        ),
    )


def _columns(kind: ItemKind) -> tuple[Column, ...]:
    item_type = ITEM_TYPES[kind]
    if item_type is Year:
        return _year_columns()
    hints = typing.get_type_hints(item_type)
    return tuple(_column(name, hints[name]) for name in item_type._fields)


COLUMNS: Mapping[ItemKind, tuple[Column, ...]] = {kind: _columns(kind) for kind in ItemKind}


def stored_values(kind: ItemKind, item: Item) -> dict[str, Any]:
    """The row of ``item``, without ``year`` and ``position``."""
    row = {column.name: column.store(value) for column, value in zip(COLUMNS[kind], item, strict=True)}
    row["key"] = item.key
    return row


def select_columns(kind: ItemKind) -> str:
    """The columns of a list in the order in which ``loaded_items`` takes them, for a SELECT: position first."""
    return ", ".join(("position", *(f'"{column.name}"' for column in COLUMNS[kind])))


def loaded_items(kind: ItemKind, rows: list[tuple[Any, ...]]) -> Iterable[Item]:
    """The values of ``rows`` (columns as ``select_columns`` names them), decoded column by column."""
    if not rows:
        return ()
    _, *columns = zip(*rows, strict=True)
    decoded = [column.load_all(stored) for column, stored in zip(COLUMNS[kind], columns, strict=True)]
    make: Callable[[Iterable[Any]], Item] = ITEM_TYPES[kind]._make
    return map(make, zip(*decoded, strict=True))
