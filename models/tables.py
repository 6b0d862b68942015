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
from functools import partial
from typing import Any, NamedTuple

from models.domain.codec import Problem, year_from_plain
from models.domain.plain_values import (
    LARGEST_NUMBER,
    LONGEST_KEY,
    MOST_ENTRIES,
    RefusedError,
    require_in_reach,
)
from models.domain.snapshot import ITEM_TYPES, Item, ItemKind
from models.domain.text import LONGEST_TEXT
from models.domain.year import Holidays, Year

UNREADABLE = (ValueError, TypeError, LookupError, RecursionError)
"""What decoding a stored value may raise; a ``RefusedError`` among them says why in Chinese."""

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


class StoredColumn(NamedTuple):
    """How one field is kept: value → stored, and a whole stored column → values.

    What no program of ours wrote, or what today's cannot reckon with, raises one of ``UNREADABLE``.
    """

    name: str
    store: Callable[[Any], Any]
    load_all: Callable[[tuple[Any, ...]], Iterable[Any]]


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


def _texts(stored: tuple[Any, ...]) -> tuple[Any, ...]:
    """The texts of a column; looked at all together, which costs next to nothing."""
    if len("".join(stored)) > LONGEST_TEXT and max(map(len, stored)) > LONGEST_TEXT:
        raise RefusedError(f"文字过长，最多 {LONGEST_TEXT} 字", max(stored, key=len))
    return stored


def _texts_or_none(stored: tuple[Any, ...]) -> tuple[Any, ...]:
    _texts(tuple([text for text in stored if text is not None]))
    return stored


def _keys(stored: tuple[Any, ...]) -> tuple[Any, ...]:
    if not all(_texts(stored)) or max(map(len, stored)) > LONGEST_KEY:
        raise RefusedError(f"编号应为 1–{LONGEST_KEY} 个字符的文字", min(stored, key=len))
    return stored


def _numbers(stored: tuple[Any, ...]) -> tuple[Any, ...]:
    """The whole numbers of a column, None where there is none."""
    for number in {*stored} - {None}:
        if type(number) is not int or not 0 <= number <= LARGEST_NUMBER:
            raise RefusedError(f"应为 0–{LARGEST_NUMBER} 的整数", number)
    return stored


def _numbers_throughout(stored: tuple[Any, ...]) -> tuple[Any, ...]:
    if None in stored:
        raise RefusedError("缺少数字", None)
    return _numbers(stored)


def _flags(stored: tuple[Any, ...]) -> Iterable[bool]:
    if not {*stored} <= {0, 1}:
        raise RefusedError("只能是 0 或 1", max(stored, key=str))
    return map(bool, stored)


def _column(name: str, hint: Any) -> StoredColumn:
    arguments = typing.get_args(hint)
    if typing.get_origin(hint) is tuple:
        return _tuple_column(name, arguments[0])
    optional = isinstance(hint, types.UnionType) or typing.get_origin(hint) is typing.Union
    plain = next(a for a in arguments if a is not type(None)) if optional else hint
    if name == "key":
        return StoredColumn(name, _same, _keys)
    if plain is str:
        return StoredColumn(name, _same, _texts_or_none if optional else _texts)
    if plain is int:
        return StoredColumn(name, _same, _numbers if optional else _numbers_throughout)
    if plain is bool:
        return StoredColumn(name, int, _flags)
    decode, encode = _SCALARS.get(plain) or (partial(_load_member, plain), None)
    memo = _Memo(decode)
    if optional:
        memo[None] = None
    if encode is None:
        return StoredColumn(
            name, lambda v: None if v is None else v.value, lambda stored: map(memo.__getitem__, stored)
        )
    return StoredColumn(
        name, lambda v: None if v is None else encode(v), lambda stored: map(memo.__getitem__, stored)
    )


def _load_member(enum: type[Enum], stored: Any) -> Enum:
    try:
        return enum(stored)
    except ValueError:
        raise RefusedError(f"只能是 {'、'.join(member.value for member in enum)} 之一", stored) from None


def _load_day(text: str) -> date:
    return require_in_reach(date.fromisoformat(text))


def _load_minute(text: str) -> datetime:
    moment = require_in_reach(datetime.fromisoformat(text))
    if moment.tzinfo is not None:
        raise RefusedError("应为本地时间", text)
    return moment


_SCALARS: Mapping[Any, tuple[Callable[[Any], Any], Callable[[Any], Any]]] = {
    date: (_load_day, date.isoformat),
    datetime: (_load_minute, lambda value: value.isoformat(timespec="minutes")),
}


def json_text(value: Any) -> str:
    """``value`` as compact JSON, the form of every JSON column."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def _tuple_column(name: str, entry: Any) -> StoredColumn:
    is_enum = isinstance(entry, type) and issubclass(entry, Enum)
    memo = _Memo(
        lambda text: tuple(map(entry, entries)) if (entries := _load_list(text)) and is_enum else entries
    )
    memo["[]"] = ()
    return StoredColumn(
        name,
        lambda values: json_text([v.value if is_enum else v for v in values]) if values else "[]",
        lambda stored: map(memo.__getitem__, stored),
    )


def _load_list(text: str) -> tuple[str, ...]:
    entries = json.loads(text)
    if not isinstance(entries, list) or len(entries) > MOST_ENTRIES:
        raise RefusedError(f"应为列表，最多 {MOST_ENTRIES} 项", text)
    return _texts(tuple(entries))


def _store_holidays(holidays: Holidays) -> str:
    days_off = [[day.isoformat(), name] for day, name in holidays.days_off]
    return json_text(
        [holidays.announced, holidays.notice, days_off, [d.isoformat() for d in holidays.makeup_workdays]]
    )


def _year_columns() -> tuple[StoredColumn, ...]:
    stores: Mapping[str, Callable[[Any], Any]] = {
        "holidays": _store_holidays, "quarter_themes": json_text, "settings": json_text
    }  # fmt: skip
    return tuple(
        StoredColumn(name, stores.get(name, _same), partial(_load_year_field, name)) for name in Year._fields
    )


def _load_year_field(name: str, stored: Iterable[Any]) -> Iterable[Any]:
    return [_year_field(name, value) for value in stored]


def _year_field(name: str, stored: Any) -> Any:
    """One field of the year's row, read as strictly as from a package."""
    plain = {"year": 2000, name: _YEAR_PLAIN[name](json.loads(stored)) if name in _YEAR_PLAIN else stored}
    problems: list[Problem] = []
    row = year_from_plain(plain, "", problems)
    if row is None:
        raise RefusedError(problems[0].why, problems[0].value, problems[0].place.removeprefix(name))
    return getattr(row, name)


_YEAR_PLAIN: Mapping[str, Callable[[Any], Any]] = {
    "holidays": lambda parts: dict(
        zip(Holidays._fields, (*parts[:2], dict(parts[2]), *parts[3:]), strict=True)
    ),
    "quarter_themes": lambda themes: {str(n): theme for n, theme in enumerate(themes, 1)},
    "settings": dict,
}


def _columns(kind: ItemKind) -> tuple[StoredColumn, ...]:
    item_type = ITEM_TYPES[kind]
    if item_type is Year:
        return _year_columns()
    hints = typing.get_type_hints(item_type)
    return tuple(_column(name, hints[name]) for name in item_type._fields)


COLUMNS: Mapping[ItemKind, tuple[StoredColumn, ...]] = {kind: _columns(kind) for kind in ItemKind}


def stored_values(kind: ItemKind, item: Item) -> dict[str, Any]:
    """The row of ``item``, without ``year`` and ``position``."""
    row = {column.name: column.store(value) for column, value in zip(COLUMNS[kind], item, strict=True)}
    row["key"] = item.key
    return row


def stored_row(kind: ItemKind, item: Item) -> tuple[Any, ...]:
    """What the columns of ``select_columns`` hold of ``item``, without the position."""
    return tuple([column.store(value) for column, value in zip(COLUMNS[kind], item, strict=True)])


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
