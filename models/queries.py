"""读：行 → 值。唯一的读者。"""

from __future__ import annotations

import gc
import json
import sqlite3
from collections.abc import Callable, Collection, Iterable, Iterator
from contextlib import contextmanager
from datetime import MAXYEAR, datetime
from functools import partial
from operator import itemgetter
from typing import TYPE_CHECKING, Any

from models import changelog
from models.datafile import DamagedError
from models.domain import codec
from models.domain.changes import ChangeSet
from models.domain.errors import CommandError, StoreError
from models.domain.events import Event
from models.domain.plain_values import LARGEST_NUMBER, RefusedError
from models.domain.snapshot import EventStamp, Item, ItemKind, WithdrawnEvent, YearSnapshot
from models.domain.year import Year
from models.holidays import neighbour_holidays
from models.last_time import last_time_of, time_text
from models.store import Store
from models.tables import TABLE_NAMES, UNREADABLE, loaded_items, select_columns

if TYPE_CHECKING:
    from models.unreadable import Readable, UnreadableRow
FEW_KEYS = 100
"""Up to so many keys are asked for one by one; for more the whole list is read."""


def years(store: Store) -> tuple[int, ...]:
    """The years in the data file, in order."""
    return tuple(row[0] for row in store.rows("SELECT year FROM year ORDER BY year"))


def has_year(store: Store, year: int) -> bool:
    """Whether the data file has ``year``."""
    return bool(store.rows("SELECT 1 FROM year WHERE year = ?", (year,)))


def revision(store: Store) -> int:
    """Number of the newest entry of the change log; 0 in a new file."""
    return int(store.rows("SELECT coalesce(max(number), 0) FROM change_log")[0][0])


def years_changed_since(store: Store, number: int) -> tuple[int, ...]:
    """The years that a step after the ``number``-th of the change log was about."""
    return tuple(
        row[0] for row in store.rows("SELECT DISTINCT year FROM change_log WHERE number > ?", (number,))
    )


def year_snapshot(store: Store, year: int) -> YearSnapshot:
    """Everything of ``year``, as of one moment. Raises ``CommandError`` when there is no such year,
    ``UnreadableError`` with the rows that cannot be taken where there are any.
    """
    with store.reading(), _without_garbage_collection():
        lists = _all_lists(store, year)
        if not lists[ItemKind.YEAR]:
            raise CommandError(f"数据文件里没有 {year} 年度。", "", "请先新建这个年度，或换一个年份。")
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
            persons=persons_known(store, but=year),
        )


def _all_lists(store: Store, year: int) -> dict[ItemKind, tuple[Item, ...]]:
    """Every list of ``year``; rows that cannot be taken are named all together."""
    try:
        return {kind: all_items(store, kind, year) for kind in ItemKind}
    except DamagedError as error:
        from models.unreadable import UnreadableError, unreadable_rows

        bad = [
            row for kind in ItemKind for row in unreadable_rows(kind, records(store, _SELECTS[kind], year))
        ]
        if not bad:
            raise
        raise UnreadableError(store.path, bad) from error


def persons_known(store: Store, *, but: int = 0) -> tuple[tuple[str, str], ...]:
    """Name and phone of every delegate in the data file whose data are not erased, those of the year ``but`` apart.

    What another year holds in their place that is no text keeps nobody from this one.
    """
    with _decoding_texts(store, _readable_text):
        rows = store.rows("SELECT DISTINCT name, phone FROM delegate WHERE year <> ?", (but,))
    people = ((name, phone) for name, phone in rows if isinstance(name, str) and isinstance(phone, str))
    return tuple(one for one in people if any(one))


def _readable_text(stored: bytes) -> str:
    return stored.decode(errors="replace")


@contextmanager
def _decoding_texts(store: Store, decode: Callable[[bytes], object]) -> Iterator[None]:
    """Within the block the texts of the data file come as ``decode`` gives them."""
    usual, store.connection.text_factory = store.connection.text_factory, decode
    try:
        yield
    finally:
        store.connection.text_factory = usual


def years_before(store: Store, year: int, count: int) -> tuple[YearSnapshot, ...]:
    """What can be read of the ``count`` years before ``year``, as far as the data file has them, oldest first."""
    return tuple(
        year_as_far_as_readable(store, known) for known in years(store) if year - count <= known < year
    )


def year_as_far_as_readable(store: Store, year: int) -> YearSnapshot:
    """The year to be looked at from another one, which its bad rows must not stop: without them, and without stamps then."""
    try:
        return year_snapshot(store, year)
    except DamagedError:
        return readable_part(store, year).snapshot


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


def _decoded(store: Store, kind: ItemKind, rows: list[tuple[Any, ...]]) -> tuple[Item, ...]:
    """The items of ``rows``; a stored value that no program of ours wrote is named."""
    try:
        return tuple(loaded_items(kind, rows))
    except UNREADABLE as error:
        from models.unreadable import UnreadableError, unreadable_rows

        raise UnreadableError(store.path, list(unreadable_rows(kind, rows))) from error


_SELECTS = {
    kind: f"SELECT {select_columns(kind)} FROM {TABLE_NAMES[kind]} WHERE year = ?"  # noqa: S608
    for kind in ItemKind
}


def _rows(store: Store, kind: ItemKind, year: int) -> list[tuple[Any, ...]]:
    """The rows of a list in its order; sorted here, which is faster than SQLite's sorting of whole rows."""
    rows = records(store, _SELECTS[kind], year)
    try:
        rows.sort(key=itemgetter(0))
    except TypeError as error:
        from models.unreadable import UnreadableError, unreadable_rows

        raise UnreadableError(store.path, list(unreadable_rows(kind, rows))) from error
    return rows


def records(store: Store, statement: str, year: int) -> list[tuple[Any, ...]]:
    """The rows of ``year``; where a text among them is none, it comes as bytes, which nothing takes for one."""
    try:
        return store.rows(statement, (year,))
    except (DamagedError, sqlite3.OperationalError):
        from models.unreadable import text_or_bytes

        with _decoding_texts(store, text_or_bytes):
            return store.rows(statement, (year,))


def readable_part(store: Store, year: int) -> Readable:
    """What can be read of ``year``, and what was left out; never fails because of a row."""
    from models.unreadable import readable_year

    with store.reading():
        return readable_year(year, {kind: records(store, _SELECTS[kind], year) for kind in ItemKind})


def placed_items(
    store: Store, kind: ItemKind, year: int, keys: Collection[str]
) -> dict[str, tuple[Item, int]]:
    """The items called ``keys`` with their positions, by key; of many keys others may come along."""
    test, parameters = _key_filter(keys)
    rows = store.rows(_SELECTS[kind] + test, (year, *parameters))
    return {item.key: (item, row[0]) for item, row in zip(_decoded(store, kind, rows), rows, strict=True)}


def placed_rows(
    store: Store, kind: ItemKind, year: int, keys: Collection[str]
) -> dict[str, tuple[int, tuple[Any, ...]]]:
    """Position and columns of the items called ``keys`` as they are stored, by key; of many keys others may come along."""
    test, parameters = _key_filter(keys)
    statement = _SELECTS[kind].replace("SELECT ", "SELECT key, ", 1) + test
    return {
        key: (position, tuple(stored))
        for key, position, *stored in store.rows(statement, (year, *parameters))
    }


def one_item(store: Store, kind: ItemKind, year: int, key: str) -> Item | None:
    """The item called ``key``, or None."""
    found = placed_items(store, kind, year, [key]).get(key)
    return found[0] if found else None


def all_items(store: Store, kind: ItemKind, year: int) -> tuple[Item, ...]:
    """The list of ``kind``, in stored order."""
    return _decoded(store, kind, _rows(store, kind, year))


def hosted_events(store: Store, year: int) -> tuple[Event, ...]:
    """The events that name a meeting which carries them (科创问政专区), in stored order."""
    rows = store.rows(f"{_SELECTS[ItemKind.EVENT]} AND host_event IS NOT NULL", (year,))
    rows.sort(key=itemgetter(0))
    return _decoded(store, ItemKind.EVENT, rows)  # type: ignore[return-value]


def existing_keys(store: Store, kind: ItemKind, year: int, keys: Collection[str]) -> set[str]:
    """Those of ``keys`` that the year has; of many keys others may come along."""
    test, parameters = _key_filter(keys)
    statement = f"SELECT key FROM {TABLE_NAMES[kind]} WHERE year = ?{test}"  # noqa: S608
    return {row[0] for row in store.rows(statement, (year, *parameters))}


def _key_filter(keys: Collection[str]) -> tuple[str, tuple[str, ...]]:
    if len(keys) > FEW_KEYS:
        return "", ()
    return f" AND key IN ({', '.join('?' * len(keys))})", tuple(keys)


def last_position(store: Store, kind: ItemKind, year: int) -> int:
    """The position of the last item of a list; 0 where it is empty."""
    statement = f"SELECT coalesce(max(position), 0) FROM {TABLE_NAMES[kind]} WHERE year = ?"  # noqa: S608
    return int(store.rows(statement, (year,))[0][0])


def _stamps(store: Store, year: int) -> dict[str, EventStamp]:
    statement = "SELECT key, created_at, changed_at, sequence, exported, last_time FROM event WHERE year = ?"
    rows = records(store, statement, year)
    try:
        return dict(_stamps_of(rows))
    except UNREADABLE as error:
        tried = [(row[0], row[1:], partial(_stamps_of, [row])) for row in rows]
        raise _unreadable_records(store, "活动", tried) from error


def _stamps_of(rows: list[tuple[Any, ...]]) -> Iterator[tuple[str, EventStamp]]:
    moments = {text: _clock_time(text) for row in rows for text in (row[1], row[2])}
    make = EventStamp._make
    for key, created, changed, sequence, exported, last in rows:
        if type(sequence) is not int or not 0 <= sequence <= LARGEST_NUMBER:
            raise RefusedError(f"应为 0–{LARGEST_NUMBER} 的整数", sequence, "sequence")
        yield key, make((moments[created], moments[changed], sequence, exported == 1, last_time_of(last)))


def _clock_time(text: str) -> datetime:
    """When a step was done, as the clock said: it may have stood at 1980 or 2150, and the step counts all the same."""
    moment = datetime.fromisoformat(text)
    if not 1970 <= moment.year < MAXYEAR:
        raise RefusedError("不是电脑的钟会说的时间", text)
    return moment


def _unreadable_records(
    store: Store, table: str, tried: Iterable[tuple[object, object, Callable[[], Iterable[object]]]]
) -> StoreError:
    """The error that names those of ``tried`` (key, what is stored, how it is read) that cannot be read."""
    from models.unreadable import UnreadableError, unreadable_row

    bad = [
        unreadable_row(table, key, "日历记录", stored, error)
        for key, stored, read in tried
        if (error := _failure(read)) is not None
    ]
    return UnreadableError(store.path, bad)


def _failure(read: Callable[[], Iterable[object]]) -> Exception | None:
    try:
        tuple(read())
    except UNREADABLE as error:
        return error
    return None


def published_stamps(store: Store, year: int, keys: Collection[str]) -> dict[str, tuple[str, int, str]]:
    """Creation time, sequence and last time of the published events among ``keys``, as stored, by key."""
    test, parameters = _key_filter(keys)
    statement = (
        f"SELECT key, created_at, sequence, last_time FROM event WHERE year = ? AND exported = 1{test}"  # noqa: S608
    )
    return {key: (created, n, last) for key, created, n, last in store.rows(statement, (year, *parameters))}


def withdrawn_stamps(store: Store, year: int) -> dict[str, tuple[str, int, str]]:
    """Creation time, sequence and last time of the withdrawn events of ``year``, as stored, by key."""
    rows = store.rows("SELECT key, created_at, sequence, event FROM withdrawn_event WHERE year = ?", (year,))
    return {key: (created, n, time_text(_event_from_text(text))) for key, created, n, text in rows}


def _withdrawn(store: Store, year: int) -> tuple[WithdrawnEvent, ...]:
    columns = "event, created_at, changed_at, sequence, key"
    statement = f"SELECT {columns} FROM withdrawn_event WHERE year = ? ORDER BY key"  # noqa: S608
    rows = records(store, statement, year)
    try:
        return tuple(map(_withdrawn_event, rows))
    except UNREADABLE as error:
        tried = [(row[4], row[0], partial(map, _withdrawn_event, [row])) for row in rows]
        raise _unreadable_records(store, "已撤活动", tried) from error


def _withdrawn_event(row: tuple[Any, ...]) -> WithdrawnEvent:
    text, created, changed, sequence, key = row
    ((_, stamp),) = _stamps_of([(key, created, changed, sequence, 1, "")])
    return WithdrawnEvent(_event_from_text(text), stamp)


def _event_from_text(text: str) -> Event:
    problems: list[codec.Problem] = []
    event = codec.from_plain(ItemKind.EVENT, json.loads(text), "", problems)
    if not isinstance(event, Event):
        raise RefusedError(problems[0].why, problems[0].value, problems[0].place)
    return event


def change_log(store: Store, year: int | None = None, limit: int = 200) -> tuple[ChangeSet, ...]:
    """The newest entries of the change log (of ``year``), newest first; undoing is an entry of its own."""
    return changelog.entries(store, year, limit)


def item_changes(store: Store, year: int, kind: ItemKind, key: str, limit: int = 50) -> tuple[ChangeSet, ...]:
    """The newest entries of the change log that changed one item, newest first, without their other changes."""
    return changelog.item_entries(store, year, kind, key, limit)


def undo_title(store: Store) -> str | None:
    """The name of the step that 撤销 takes back, or None."""
    return changelog.undoable_title(store)


def year_that_undo_removes(store: Store) -> int | None:
    """The year that would be gone with all its events after 撤销; None where no year or an empty one would be."""
    step = changelog.undoable(store)
    if step is None or not _makes_a_year(step):
        return None
    return step.year if store.rows("SELECT 1 FROM event WHERE year = ? LIMIT 1", (step.year,)) else None


def _makes_a_year(step: ChangeSet) -> bool:
    return any(change.kind is ItemKind.YEAR and change.before is None for change in step.changes)


def undo_touches(store: Store, rows: Iterable[UnreadableRow]) -> bool:
    """Whether the step that 撤销 takes back wrote one of ``rows``, and did not make the whole year."""
    blamed = {(row.table, row.key) for row in rows}
    try:
        step = changelog.undoable(store)
    except StoreError:
        return False  # a step that cannot be read takes nothing back
    if step is None or _makes_a_year(step):
        return False
    return any((change.kind.label, change.key) in blamed for change in step.changes)


def redo_title(store: Store) -> str | None:
    """The name of the step that 重做 does again, or None."""
    return changelog.redoable_title(store)
