"""读：行 → 值。唯一的读者。"""

from __future__ import annotations

import gc
import json
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from typing import Any, NamedTuple

from models.domain import codec
from models.domain.changes import ChangeSet, RowChange
from models.domain.errors import CommandError
from models.domain.events import Event
from models.domain.snapshot import EventStamp, Item, ItemKind, WithdrawnEvent, YearSnapshot
from models.domain.year import Year
from models.holidays import neighbour_holidays
from models.store import Store
from models.tables import COLUMNS, TABLE_NAMES, loaded_items

UNDO_LIMIT = 200
STAMP_COLUMNS = ("created_at", "changed_at", "sequence", "exported")


class LogEntry(NamedTuple):
    """One line of the change log; ``kind`` is do, undo or redo."""

    changes: ChangeSet
    kind: str
    state: str


def years(store: Store) -> tuple[int, ...]:
    """The years in the data file, in order."""
    return tuple(row[0] for row in store.rows("SELECT year FROM year ORDER BY year"))


def revision(store: Store) -> int:
    """Number of the newest entry of the change log; 0 in a new file."""
    return int(store.rows("SELECT coalesce(max(number), 0) FROM change_log")[0][0])


def year_snapshot(store: Store, year: int) -> YearSnapshot:
    """Everything of ``year``, read once. Raises ``CommandError`` when there is no such year."""
    with _without_garbage_collection():
        lists = {kind: tuple(loaded_items(kind, _rows(store, kind, year))) for kind in ItemKind}
        if not lists[ItemKind.YEAR]:
            raise CommandError(f"数据文件里没有 {year} 年度。", "", f"请先新建：new {year}。")
        (year_row,) = lists.pop(ItemKind.YEAR)
        assert isinstance(year_row, Year)
        contents: dict[str, Any] = {kind.value: items for kind, items in lists.items()}
        return YearSnapshot(
            year_row,
            **contents,
            stamps=_stamps(store, year),
            withdrawn=_withdrawn(store, year),
            revision=revision(store),
            installation=store.installation,
            neighbours=neighbour_holidays(year),
        )


@contextmanager
def _without_garbage_collection() -> Iterator[None]:
    """Ten thousand new tuples set the collector off again and again; none of them is garbage."""
    enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if enabled:
            gc.enable()


def _select(kind: ItemKind) -> str:
    names = ", ".join(f'"{column.name}"' for column in COLUMNS[kind])
    return f"SELECT {names} FROM {TABLE_NAMES[kind]} WHERE year = ?"  # noqa: S608


_SELECTS = {kind: _select(kind) for kind in ItemKind}


def _rows(store: Store, kind: ItemKind, year: int) -> list[tuple[Any, ...]]:
    rows: list[tuple[Any, ...]] = store.rows(f"{_SELECTS[kind]} ORDER BY position", (year,))
    return rows


def one_item(store: Store, kind: ItemKind, year: int, key: str) -> tuple[Item, int] | None:
    """The item called ``key`` and its position, or None."""
    found = store.rows(f"{_SELECTS[kind]} AND key = ?", (year, key))
    if not found:
        return None
    statement = f"SELECT position FROM {TABLE_NAMES[kind]} WHERE year = ? AND key = ?"  # noqa: S608
    (item,) = loaded_items(kind, found)
    return item, int(store.rows(statement, (year, key))[0][0])


def _stamps(store: Store, year: int) -> dict[str, EventStamp]:
    rows = store.rows(
        "SELECT key, created_at, changed_at, sequence, exported FROM event WHERE year = ? ORDER BY position",
        (year,),
    )
    moments = {text: datetime.fromisoformat(text) for row in rows for text in (row[1], row[2])}
    make = EventStamp._make
    return {
        key: make((moments[a], moments[b], sequence, bool(exported)))
        for key, a, b, sequence, exported in rows
    }


def _withdrawn(store: Store, year: int) -> tuple[WithdrawnEvent, ...]:
    rows = store.rows(
        "SELECT event, created_at, changed_at, sequence FROM withdrawn_event WHERE year = ? ORDER BY key",
        (year,),
    )
    return tuple(
        WithdrawnEvent(
            event_from_text(text),
            EventStamp(
                datetime.fromisoformat(created), datetime.fromisoformat(changed), sequence, exported=True
            ),
        )
        for text, created, changed, sequence in rows
    )


def event_from_text(text: str) -> Event:
    """The event that a withdrawn row kept."""
    event = codec.from_plain(ItemKind.EVENT, json.loads(text), "", [])
    assert isinstance(event, Event)
    return event


def change_log(store: Store, year: int | None = None, limit: int = 200) -> tuple[LogEntry, ...]:
    """The newest entries of the change log (of ``year``), newest first."""
    where, parameters = ("WHERE year = ?", (year,)) if year is not None else ("", ())
    rows = store.rows(
        f"SELECT number, year, at, user, title, changes, kind, state FROM change_log {where} "  # noqa: S608
        "ORDER BY number DESC LIMIT ?",
        (*parameters, limit),
    )
    return tuple(LogEntry(_change_set(row[:6]), row[6], row[7]) for row in rows)


def undoable(store: Store) -> ChangeSet | None:
    """What 撤销 would take back: the newest step done, at most ``UNDO_LIMIT`` steps deep."""
    found = store.rows(
        "SELECT number, year, at, user, title, changes FROM change_log WHERE state = 'done' ORDER BY number DESC LIMIT 1"
    )
    return _change_set(found[0]) if found and undo_depth(store) < UNDO_LIMIT else None


def undo_depth(store: Store) -> int:
    """How many steps are undone at present."""
    return int(store.rows("SELECT count(*) FROM change_log WHERE state = 'undone'")[0][0])


def redoable(store: Store) -> ChangeSet | None:
    """What 重做 would do again: the step undone last."""
    found = store.rows(
        "SELECT number, year, at, user, title, changes FROM change_log WHERE state = 'undone' ORDER BY number LIMIT 1"
    )
    return _change_set(found[0]) if found else None


def undo_title(store: Store) -> str | None:
    """The name of the step that 撤销 takes back, or None."""
    step = undoable(store)
    return step.title if step else None


def redo_title(store: Store) -> str | None:
    """The name of the step that 重做 does again, or None."""
    step = redoable(store)
    return step.title if step else None


def _change_set(row: tuple[Any, ...]) -> ChangeSet:
    number, year, at, user, title, changes = row
    return ChangeSet(
        year,
        title,
        tuple(_row_change(*entry) for entry in json.loads(changes)),
        number,
        datetime.fromisoformat(at),
        user,
    )


def _row_change(kind: str, key: str, position: int, before: Any, after: Any) -> RowChange:
    item_kind = ItemKind(kind)
    return RowChange(item_kind, key, _logged(item_kind, before), _logged(item_kind, after), position)


def _logged(kind: ItemKind, plain: Any) -> Item | None:
    return None if plain is None else codec.from_plain(kind, plain, "", [])
