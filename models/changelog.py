"""变更记录：只增不改的一行一步；撤销与重做只改旧行的状态。

States of a step: ``done``, ``undone`` (can be done again), ``dropped`` (undone, then something else
was done), ``settled`` (too old to be undone), ``erased`` (never to be undone). The lines that record an
undo or a redo themselves carry no state.
"""

from __future__ import annotations

import json
import sqlite3
from datetime import datetime
from typing import Any

from models.domain import codec
from models.domain.changes import ChangeSet, RowChange
from models.domain.errors import StoreError
from models.domain.snapshot import Item, ItemKind
from models.store import Store
from models.tables import UNREADABLE, json_text

UNDO_LIMIT = 200
STEP = "do"
_COLUMNS = "number, year, at, user, title, changes"
_UNDOABLE = "FROM change_log WHERE state = 'done' ORDER BY number DESC LIMIT 1"
_REDOABLE = "FROM change_log WHERE state = 'undone' ORDER BY number LIMIT 1"


def has_entry(store: Store, number: int) -> bool:
    """Whether the step ``number`` is in the data file."""
    try:
        row = store.database.execute("SELECT 1 FROM change_log WHERE number = ?", (number,)).fetchone()
    except sqlite3.DatabaseError:
        return False
    return row is not None


def write_entry(store: Store, done: ChangeSet, kind: str, target: int | None) -> int:
    """Add ``done`` to the log, in the transaction of its changes; its number. A new step ends all redoing."""
    from models.rows import ChangeLogRow as row  # noqa: N813

    if kind == STEP:
        store.run(row.update(state="dropped").where(row.state == "undone"))
    assert done.at is not None
    query = row.insert(
        year=done.year,
        at=done.at.isoformat(),
        user=done.user,
        title=done.title,
        kind=kind,
        state="done" if kind == STEP else "",
        target=target,
        changes=json_text([_plain(change) for change in done.changes]),
    )
    return store.run(query)


def set_state(store: Store, number: int, state: str) -> None:
    """Afterwards the step ``number`` has ``state``; inside a transaction."""
    from models.rows import ChangeLogRow

    store.run(ChangeLogRow.update(state=state).where(ChangeLogRow.number == number))


def first_within_reach(connection: sqlite3.Connection) -> int:
    """The number of the oldest step that can be undone or done again; 0 where all can."""
    found = connection.execute(
        "SELECT number FROM change_log WHERE state IN ('done', 'undone') ORDER BY number DESC LIMIT 1 OFFSET ?",
        (UNDO_LIMIT - 1,),
    ).fetchone()
    return int(found[0]) if found else 0


def settle_past(store: Store) -> None:
    """Afterwards no step older than the last ``UNDO_LIMIT`` can ever be undone; inside a transaction."""
    reach = first_within_reach(store.connection)
    store.write("UPDATE change_log SET state = 'settled' WHERE state = 'done' AND number < ?", [(reach,)])


def entries(store: Store, year: int | None, limit: int) -> tuple[ChangeSet, ...]:
    """The newest entries (of ``year``), newest first."""
    where, parameters = ("WHERE year = ?", (year,)) if year is not None else ("", ())
    rows = store.rows(
        f"SELECT {_COLUMNS} FROM change_log {where} ORDER BY number DESC LIMIT ?",  # noqa: S608
        (*parameters, limit),
    )
    return tuple(_change_set(*row) for row in rows)


def item_entries(store: Store, year: int, kind: ItemKind, key: str, limit: int) -> tuple[ChangeSet, ...]:
    """The newest entries of ``year`` that changed the item, newest first, each with only its changes of it."""
    rows = store.rows(
        f"SELECT {_COLUMNS} FROM change_log WHERE year = ? AND instr(changes, ?) ORDER BY number DESC",  # noqa: S608
        (year, json_text(key)),
    )
    found: list[ChangeSet] = []
    for number, of_year, at, user, title, changes in rows:
        try:
            own = [entry for entry in json.loads(changes) if entry[0] == kind.value and entry[1] == key]
        except UNREADABLE as error:
            raise _unreadable(number) from error
        if own:
            found.append(_change_set(number, of_year, at, user, title, json_text(own)))
        if len(found) == limit:
            break
    return tuple(found)


def undoable(store: Store) -> ChangeSet | None:
    """What 撤销 would take back: the newest step done, at most ``UNDO_LIMIT`` steps deep."""
    found = store.rows(f"SELECT {_COLUMNS} {_UNDOABLE}") if _may_go_back(store) else []
    return _change_set(*found[0]) if found else None


def undoable_title(store: Store) -> str | None:
    """The title of ``undoable``, without reading its changes."""
    found = store.rows(f"SELECT title {_UNDOABLE}") if _may_go_back(store) else []
    return str(found[0][0]) if found else None


def redoable(store: Store) -> ChangeSet | None:
    """What 重做 would do again: the step undone last."""
    found = store.rows(f"SELECT {_COLUMNS} {_REDOABLE}")
    return _change_set(*found[0]) if found else None


def redoable_title(store: Store) -> str | None:
    """The title of ``redoable``, without reading its changes."""
    found = store.rows(f"SELECT title {_REDOABLE}")
    return str(found[0][0]) if found else None


def _may_go_back(store: Store) -> bool:
    undone = store.rows("SELECT count(*) FROM change_log WHERE state = 'undone'")
    return int(undone[0][0]) < UNDO_LIMIT


def _plain(change: RowChange) -> list[Any]:
    before = None if change.before is None else codec.to_plain(change.before)
    after = None if change.after is None else codec.to_plain(change.after)
    return [change.kind.value, change.key, change.position, change.moved_to, before, after]


def _change_set(number: int, year: int, at: str, user: str, title: str, changes: str) -> ChangeSet:
    try:
        read = tuple(_row_change(number, *entry) for entry in json.loads(changes))
        return ChangeSet(year, title, read, number, datetime.fromisoformat(at), user)
    except UNREADABLE as error:
        raise _unreadable(number) from error


def _row_change(
    number: int, word: str, key: str, position: int, moved_to: int, before: Any, after: Any
) -> RowChange:
    kind = ItemKind(word)
    return RowChange(kind, key, _item(number, kind, before), _item(number, kind, after), position, moved_to)


def _item(number: int, kind: ItemKind, plain: Any) -> Item | None:
    if plain is None:
        return None
    item = codec.from_plain(kind, plain, "", [], as_it_was=True)
    if item is None:
        raise _unreadable(number)
    return item


def _unreadable(number: int) -> StoreError:
    return StoreError(f"变更记录第 {number} 条读不懂。", "这一步没有撤销，数据没有改动。", "请从备份恢复。")
