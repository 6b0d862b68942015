"""引用完好：写入的条目只引用有的东西，删除的条目没有人再引用。"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable
from typing import Any

from models.domain.changes import RowChange
from models.domain.errors import CommandError
from models.domain.references import REFERENCES, Reference, references_of
from models.domain.snapshot import ItemKind
from models.queries import existing_keys
from models.store import Store
from models.tables import COLUMNS, TABLE_NAMES, json_text

FEW = 20
"""Up to so many deleted keys the database looks for their users itself."""


def require_targets(store: Store, year: int, written: Iterable[RowChange]) -> None:
    """``CommandError`` where a written item names something that the year does not have."""
    needed: dict[ItemKind, dict[str, tuple[RowChange, Reference]]] = defaultdict(dict)
    for change in written:
        assert change.after is not None
        for reference, key in references_of(change.kind, change.after):
            needed[reference.target].setdefault(key, (change, reference))
    for target, users in needed.items():
        for key in users.keys() - existing_keys(store, target, year, users):
            change, reference = users[key]
            raise CommandError(
                f"{change.kind.label}“{change.key}”的 {reference.field} 指向不存在的{target.label}“{key}”。",
                "这一步没有保存。",
                f"请先新增这个{target.label}，或改选别的。",
            )


def require_unreferred(store: Store, year: int, deleted: Iterable[RowChange]) -> None:
    """``CommandError`` where something left in the year still names a deleted item."""
    gone: dict[ItemKind, list[str]] = defaultdict(list)
    for change in deleted:
        gone[change.kind].append(change.key)
    for kind, references in REFERENCES.items():
        for reference in references:
            if keys := gone.get(reference.target):
                _refuse_users(store, year, kind, reference, keys)


def _refuse_users(store: Store, year: int, kind: ItemKind, reference: Reference, keys: list[str]) -> None:
    wanted = set(keys)
    users = [(user, named & wanted) for user, named in _users(store, year, kind, reference, keys)]
    users = [(user, named) for user, named in users if named]
    if not users:
        return
    target = min(users[0][1])
    names = [user for user, named in users if target in named]
    more = f" 等 {len(names)} 项" if len(names) > 5 else ""
    raise CommandError(
        f"{reference.target.label}“{target}”还被{kind.label}引用：{'、'.join(names[:5])}{more}。",
        "没有删除。",
        f"请先改掉这些{kind.label}。",
    )


def _users(
    store: Store, year: int, kind: ItemKind, reference: Reference, keys: Collection[str]
) -> list[tuple[str, set[str]]]:
    """Items that may name one of ``keys`` in the field of ``reference``, with the keys they name there."""
    test, parameters = _filter(reference, keys)
    statement = (
        f"SELECT key, {reference.field} FROM {TABLE_NAMES[kind]} WHERE year = ?{test} ORDER BY position"  # noqa: S608
    )
    rows = store.rows(statement, (year, *parameters))
    column = next(column for column in COLUMNS[kind] if column.name == reference.field)
    named: Iterable[Any] = column.load_all(tuple([row[1] for row in rows]))
    return [
        (row[0], set(value) if reference.many else {value}) for row, value in zip(rows, named, strict=True)
    ]


def _filter(reference: Reference, keys: Collection[str]) -> tuple[str, list[str]]:
    if len(keys) > FEW:
        return "", []
    test = f"instr({reference.field}, ?) > 0" if reference.many else f"{reference.field} = ?"
    parameters = [json_text(key) if reference.many else key for key in keys]
    return f" AND ({' OR '.join([test] * len(keys))})", parameters


def require_empty(store: Store, year: int) -> None:
    """``CommandError`` where the year still has contents."""
    for kind in ItemKind:
        statement = f"SELECT 1 FROM {TABLE_NAMES[kind]} WHERE year = ? LIMIT 1"  # noqa: S608
        if kind is not ItemKind.YEAR and store.rows(statement, (year,)):
            raise CommandError(f"{year} 年度还有{kind.label}。", "没有删除。", "请先清空这个年度的各项内容。")
