"""写：一组行变更 → 一个事务，连同变更记录与日历序号。只有 ``commands`` 用它。"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from models import queries
from models.domain import codec
from models.domain.changes import ChangeSet, RowChange
from models.domain.errors import CommandError, ConflictError
from models.domain.events import Event
from models.domain.references import REFERENCES, references_of
from models.domain.snapshot import ItemKind
from models.store import Store
from models.tables import ROWS, TABLE_NAMES, ChangeLogRow, WithdrawnEventRow, json_text, stored_values

PUBLISHED_FIELDS = ("starts_at", "ends_at", "precision", "place", "venue", "status", "online_only")
"""What a change of moves an event's SEQUENCE on (time, place, status; RFC 5545 3.8.7.4)."""


def carry_out(
    store: Store,
    year: int,
    title: str,
    changes: Iterable[RowChange],
    *,
    kind: str = "do",
    target: int | None = None,
) -> ChangeSet:
    """Afterwards all of ``changes`` are stored and logged, or none of them is.

    Changes that change nothing are dropped; with none left nothing is logged. Raises
    ``CommandError`` for items that contradict themselves or refer to nothing, ``ConflictError``
    when an item is no longer what ``before`` says.
    """
    wanted = [change for change in changes if change.before != change.after]
    if not wanted:
        return ChangeSet(year, title, ())
    with store.transaction():
        now = store.clock()
        done = tuple(_write(store, year, change, now) for change in _in_writing_order(wanted))
        _require_references(store, year, done)
        number = _log(store, ChangeSet(year, title, done, 0, now, store.user), kind, target)
    return ChangeSet(year, title, done, number, now, store.user)


def _in_writing_order(changes: list[RowChange]) -> list[RowChange]:
    """Insertions from the referred to the referring, deletions the other way round."""
    order = {kind: number for number, kind in enumerate(ItemKind)}
    written = sorted((c for c in changes if c.after is not None), key=lambda c: order[c.kind])
    deleted = sorted((c for c in changes if c.after is None), key=lambda c: -order[c.kind])
    return written + deleted


def _write(store: Store, year: int, change: RowChange, now: datetime) -> RowChange:
    current = queries.one_item(store, change.kind, year, change.key)
    if (current[0] if current else None) != change.before:
        raise ConflictError(
            f"{change.kind.label}“{change.key}”已被别处改过。",
            "这一步没有保存。",
            "请看过新的内容后再做一次。",
        )
    if change.after is None:
        assert current is not None
        return _delete(store, year, change._replace(position=current[1]), now)
    _require_sound(change)
    if current is None:
        return _insert(store, year, change, now)
    return _update(store, year, change._replace(position=current[1]), now)


def _require_sound(change: RowChange) -> None:
    assert change.after is not None
    if change.after.key != change.key:
        raise CommandError(f"{change.kind.label}的编号不能改（{change.key} → {change.after.key}）。")
    for _, value, why in codec.broken_promises(change.after):
        raise CommandError(f"{change.kind.label}“{change.key}”：{value}，{why}。", "这一步没有保存。")


def _insert(store: Store, year: int, change: RowChange, now: datetime) -> RowChange:
    assert change.after is not None
    row = ROWS[change.kind]
    position = change.position if change.position >= 0 else _next_position(store, year, change.kind)
    values: dict[str, Any] = stored_values(change.kind, change.after)
    values |= {"position": position, "year": year}
    if change.kind is ItemKind.EVENT:
        values |= _first_stamp(store, year, change.key, now)
    row.insert(**values).execute(store.database)
    return change._replace(position=position)


def _next_position(store: Store, year: int, kind: ItemKind) -> int:
    statement = f"SELECT coalesce(max(position), 0) + 1 FROM {TABLE_NAMES[kind]} WHERE year = ?"  # noqa: S608
    return int(store.rows(statement, (year,))[0][0])


def _first_stamp(store: Store, year: int, key: str, now: datetime) -> dict[str, Any]:
    """A new event's stamp; one that comes back after it was withdrawn goes on counting."""
    text = now.isoformat()
    row = WithdrawnEventRow
    here = (row.year == year) & (row.key == key)
    for created_at, sequence in (
        row.select(row.created_at, row.sequence).where(here).tuples().execute(store.database)
    ):
        row.delete().where(here).execute(store.database)
        return {"created_at": created_at, "changed_at": text, "sequence": sequence + 1, "exported": 1}
    return {"created_at": text, "changed_at": text, "sequence": 0, "exported": 0}


def _update(store: Store, year: int, change: RowChange, now: datetime) -> RowChange:
    assert change.after is not None
    row = ROWS[change.kind]
    values: dict[str, Any] = stored_values(change.kind, change.after)
    if change.kind is ItemKind.EVENT:
        values["changed_at"] = now.isoformat()
        if _moves_sequence(change):
            values["sequence"] = row.sequence + row.exported
    row.update(**values).where((row.year == year) & (row.key == change.key)).execute(store.database)
    return change


def _moves_sequence(change: RowChange) -> bool:
    return any(getattr(change.before, name) != getattr(change.after, name) for name in PUBLISHED_FIELDS)


def _delete(store: Store, year: int, change: RowChange, now: datetime) -> RowChange:
    row = ROWS[change.kind]
    here = (row.year == year) & (row.key == change.key)
    if change.kind is ItemKind.EVENT:
        _withdraw(store, year, change, now)
    row.delete().where(here).execute(store.database)
    return change


def _withdraw(store: Store, year: int, change: RowChange, now: datetime) -> None:
    row = ROWS[ItemKind.EVENT]
    query = row.select(row.created_at, row.sequence, row.exported)
    here = (row.year == year) & (row.key == change.key)
    created_at, sequence, exported = query.where(here).tuples().execute(store.database)[0]
    if exported and isinstance(change.before, Event):
        WithdrawnEventRow.insert(
            year=year,
            key=change.key,
            event=json_text(codec.to_plain(change.before)),
            created_at=created_at,
            changed_at=now.isoformat(),
            sequence=sequence + 1,
        ).execute(store.database)


def _require_references(store: Store, year: int, changes: tuple[RowChange, ...]) -> None:
    """Afterwards every key that the written items name exists and nobody names a deleted one."""
    known: dict[ItemKind, set[str]] = {}
    for change in changes:
        if change.after is None:
            _require_unreferred(store, year, change)
            continue
        for reference, key in references_of(change.kind, change.after):
            if reference.target not in known:
                known[reference.target] = _keys(store, year, reference.target)
            if key not in known[reference.target]:
                raise CommandError(
                    f"{change.kind.label}“{change.key}”的 {reference.field} 指向不存在的{reference.target.label}“{key}”。",
                    "这一步没有保存。",
                )


def _keys(store: Store, year: int, kind: ItemKind) -> set[str]:
    statement = f"SELECT key FROM {TABLE_NAMES[kind]} WHERE year = ?"  # noqa: S608
    return {row[0] for row in store.rows(statement, (year,))}


def _require_unreferred(store: Store, year: int, change: RowChange) -> None:
    for kind, references in REFERENCES.items():
        for reference in references:
            if reference.target is not change.kind:
                continue
            if users := _referring(store, year, kind, reference.field, change.key, many=reference.many):
                raise CommandError(
                    f"{change.kind.label}“{change.key}”还被{kind.label}引用：{'、'.join(users[:5])}"
                    f"{f' 等 {len(users)} 项' if len(users) > 5 else ''}。",
                    "没有删除。",
                    f"请先改掉这些{kind.label}。",
                )


def _referring(store: Store, year: int, kind: ItemKind, field: str, key: str, *, many: bool) -> list[str]:
    table = TABLE_NAMES[kind]
    test = f"instr({field}, ?) > 0" if many else f"{field} = ?"
    statement = f"SELECT key FROM {table} WHERE year = ? AND {test} ORDER BY position"  # noqa: S608
    return [row[0] for row in store.rows(statement, (year, json_text(key) if many else key))]


def _log(store: Store, done: ChangeSet, kind: str, target: int | None) -> int:
    if kind == "do":
        row = ChangeLogRow
        row.update(state="dropped").where(row.state == "undone").execute(store.database)
    assert done.at is not None
    number = ChangeLogRow.insert(
        year=done.year,
        at=done.at.isoformat(),
        user=done.user,
        title=done.title,
        kind=kind,
        state="done" if kind == "do" else "",
        target=target,
        changes=json_text([_log_entry(change) for change in done.changes]),
    ).execute(store.database)
    return int(number)


def _log_entry(change: RowChange) -> list[Any]:
    before = None if change.before is None else codec.to_plain(change.before)
    after = None if change.after is None else codec.to_plain(change.after)
    return [change.kind.value, change.key, change.position, before, after]


def set_state(store: Store, number: int, state: str) -> None:
    """Afterwards the log entry ``number`` has ``state`` (done, undone or dropped)."""
    ChangeLogRow.update(state=state).where(ChangeLogRow.number == number).execute(store.database)
