"""读不懂的行：哪个列表、哪一行、哪个字段、什么值、为什么；以及其余读得懂的内容。"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple

from models.datafile import DamagedError
from models.domain import codec
from models.domain.field_labels import FIELD_LABELS
from models.domain.plain_values import RefusedError
from models.domain.references import REFERENCES
from models.domain.snapshot import Item, ItemKind, YearSnapshot
from models.domain.text import clean_text
from models.domain.year import Year
from models.tables import COLUMNS, UNREADABLE, StoredColumn, loaded_items

MOST_NAMED = 3
"""So many rows are named in one sentence."""
_PERSONAL = frozenset({"name", "phone"})


class UnreadableRow(NamedTuple):
    """One row that cannot be taken as it is stored; ``value`` is shortened, fit to be shown."""

    table: str
    key: str
    field: str
    value: str
    why: str

    def __str__(self) -> str:
        value = f"：“{self.value}”" if self.value else ""
        return f"{self.table}“{self.key}”的{self.field}{value}，{self.why}"


class UnreadableError(DamagedError):
    """Some rows of the data file cannot be taken; the others can."""

    def __init__(self, path: Path, rows: Sequence[UnreadableRow]) -> None:
        super().__init__(path)
        self.rows = tuple(rows)
        named = "；".join(map(str, self.rows[:MOST_NAMED])) + ("……" if len(rows) > MOST_NAMED else "")
        self.what = f"数据文件已损坏或写进过不能用的值，{len(rows)} 行读不懂：{named}。"
        self.effect = "其余内容都在，文件没有改动。"
        self.remedy = "请在窗口里打开它，撤销最后一步、从备份恢复，或导出读得懂的部分。"
        self.args = (f"{self.what}{self.effect}{self.remedy}",)


def unreadable_row(
    table: str, key: object, field: str, value: object, error: Exception | str
) -> UnreadableRow:
    """The row with what ``error`` says of its ``field`` (the name of a column)."""
    why = error if isinstance(error, str) else "读不懂"
    if isinstance(error, RefusedError):
        why = error.why
        value = error.value if error.where else value
    return UnreadableRow(
        table, _shown(key) or "（没有编号）", FIELD_LABELS.get(field, field), _shown(value), why
    )


def _shown(value: object) -> str:
    if isinstance(value, bytes):
        return f"（{len(value)} 个字节）"
    text = "" if value is None else clean_text(str(value)).replace("\n", " ")
    return text if len(text) <= codec.SHOWN else f"（{len(text)} 字）"


def text_or_bytes(stored: bytes) -> str | bytes:
    """A stored text, or its bytes where it is none: for a ``text_factory``."""
    try:
        return stored.decode()
    except UnicodeDecodeError:
        return stored


def unreadable_rows(kind: ItemKind, rows: Iterable[tuple[Any, ...]]) -> Iterator[UnreadableRow]:
    """Those of ``rows`` (position first, see ``select_columns``) that cannot be decoded."""
    for row in rows:
        if (problem := _problem_of(kind, row)) is not None:
            yield problem


def _problem_of(kind: ItemKind, row: tuple[Any, ...]) -> UnreadableRow | None:
    position, *values = row
    if type(position) is not int:
        return unreadable_row(kind.label, _key_of(kind, row), "次序", position, "应为整数")
    for column, value in zip(COLUMNS[kind], values, strict=True):
        if (error := _refusal(column, value)) is not None:
            seen = "" if column.name in _PERSONAL and kind is ItemKind.DELEGATE else value
            return unreadable_row(kind.label, _key_of(kind, row), column.name, seen, error)
    return None


def _refusal(column: StoredColumn, value: Any) -> Exception | None:
    """Why ``column`` cannot take ``value``; None where it can."""
    try:
        tuple(column.load_all((value,)))
    except UNREADABLE as error:
        return error
    return None


def _key_of(kind: ItemKind, row: tuple[Any, ...]) -> object:
    """The key of a row; an exemption's is made of its fields."""
    names = [column.name for column in COLUMNS[kind]]
    return row[1 + names.index("key")] if "key" in names else row[1]


class Readable(NamedTuple):
    """What can be read of a year, and what was left out of it."""

    snapshot: YearSnapshot
    left_out: tuple[UnreadableRow, ...]


def readable_year(year: int, rows: Mapping[ItemKind, Sequence[tuple[Any, ...]]]) -> Readable:
    """The rows of ``year`` that a package can carry; what referred to one left out refers to nothing, or is out too."""
    left_out: list[UnreadableRow] = []
    lists: dict[ItemKind, list[Item]] = {
        kind: list(_sound_items(kind, rows.get(kind, ()), left_out))
        for kind in ItemKind
        if kind is not ItemKind.YEAR
    }
    present: dict[ItemKind, set[str]] = {kind: {item.key for item in items} for kind, items in lists.items()}
    for kind, items in lists.items():
        kept = [_mended(kind, item, present, left_out) for item in items]
        lists[kind] = [item for item in kept if item is not None]
        present[kind] = {item.key for item in lists[kind]}
    contents: dict[str, Any] = {kind.value: items for kind, items in lists.items()}
    row = _readable_row(year, rows.get(ItemKind.YEAR, ()), left_out)
    return Readable(YearSnapshot(row, **contents), tuple(left_out))


def _sound_items(
    kind: ItemKind, rows: Sequence[tuple[Any, ...]], left_out: list[UnreadableRow]
) -> Iterator[Item]:
    taken: set[str] = set()
    for row in rows:
        if (problem := _problem_of(kind, row)) is not None:
            left_out.append(problem)
            continue
        (item,) = loaded_items(kind, [row])
        found: list[codec.Problem] = []
        sound = codec.normalised(kind, item, found)
        if sound is None or sound.key in taken:
            place, value, why = found[0] if found else ("key", item.key, "编号重复")
            left_out.append(unreadable_row(kind.label, item.key, place, value, why))
            continue
        taken.add(sound.key)
        yield sound


def _mended(
    kind: ItemKind, item: Item, present: Mapping[ItemKind, set[str]], left_out: list[UnreadableRow]
) -> Item | None:
    """``item`` without references to what is not there; None where it is nothing without one."""
    changed: dict[str, Any] = {}
    for field, target, many in REFERENCES.get(kind, ()):
        value = getattr(item, field)
        gone = [
            key
            for key in (value if many else [value] if value is not None else [])
            if key not in present[target]
        ]
        if not gone:
            continue
        if not many and field not in item._field_defaults:
            left_out.append(
                unreadable_row(kind.label, item.key, field, gone[0], f"没有读得懂的这个{target.label}")
            )
            return None
        changed[field] = tuple(key for key in value if key not in gone) if many else None
        words = f"没有读得懂的这个{target.label}，导出时略去这一处引用"
        left_out.append(unreadable_row(kind.label, item.key, field, "、".join(gone), words))
    return item._replace(**changed) if changed else item


def _readable_row(year: int, rows: Sequence[tuple[Any, ...]], left_out: list[UnreadableRow]) -> Year:
    """The year's own row; a field that cannot be read is as in a new year."""
    found = Year(year)
    for row in rows[:1]:
        for column, value in zip(COLUMNS[ItemKind.YEAR], row[1:], strict=True):
            if (error := _refusal(column, value)) is not None:
                left_out.append(unreadable_row(ItemKind.YEAR.label, year, column.name, value, error))
            else:
                (loaded,) = column.load_all((value,))
                found = found._replace(**{column.name: loaded})
    return found
