"""两份年度的差别：哪些条目不同，哪些列表换了顺序。"""

from __future__ import annotations

from collections.abc import Iterable

from models.domain import codec
from models.domain.changes import RowChange
from models.domain.masking import NOBODY, known_as, masks_of
from models.domain.snapshot import ItemKind, YearSnapshot


def differences(before: YearSnapshot | None, after: YearSnapshot) -> tuple[RowChange, ...]:
    """The items that differ between ``before`` (None: no year) and ``after``; the order of lists apart.

    What is only masked in ``after`` does not differ: known names and phones stay, also within texts.
    """
    masks = masks_of(before) if before else NOBODY
    changes = []
    for kind in ItemKind:
        old = {item.key: item for item in before.items(kind)} if before else {}
        new = {item.key: known_as(old.get(item.key), item, masks) for item in after.items(kind)}
        changes += [
            RowChange.of(old.get(key), item)
            for key, item in new.items()
            if not codec.identical(old.get(key), item)
        ]
        changes += [RowChange.of(item, None) for key, item in old.items() if key not in new]
    return tuple(changes)


def in_order(
    changes: Iterable[RowChange], before: YearSnapshot, after: YearSnapshot
) -> tuple[RowChange, ...]:
    """``changes``, and what else must move so that every list has the order of ``after``."""
    by_item = {(change.kind, change.key): change for change in changes}
    masks = masks_of(before)
    for kind in ItemKind:
        wanted = [item.key for item in after.items(kind)]
        old = {item.key for item in before.items(kind)}
        stayed = [item.key for item in before.items(kind) if after.item(kind, item.key) is not None]
        if wanted == stayed + [key for key in wanted if key not in old]:
            continue
        for place, item in enumerate(after.items(kind), 1):
            kept = known_as(before.item(kind, item.key), item, masks)
            change = by_item.get((kind, item.key), RowChange.of(kept, kept))
            is_new = change.before is None
            by_item[kind, item.key] = (
                change._replace(position=place) if is_new else change._replace(moved_to=place)
            )
    return tuple(by_item.values())
