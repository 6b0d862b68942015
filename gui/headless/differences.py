"""一组行变更说给人看、写给程序读：每个列表新增、修改、删除了什么。"""

from __future__ import annotations

from typing import Any, NamedTuple

from models.domain.changes import RowChange
from models.domain.field_labels import FIELD_LABELS
from models.domain.snapshot import Item, ItemKind

_UNNAMED = frozenset({ItemKind.YEAR, ItemKind.DELEGATE, ItemKind.INVITATION, ItemKind.OPINION})
"""Lists whose items are called by their key only: names of delegates are not shown unasked."""


class Differences(NamedTuple):
    """The changes of one list."""

    kind: ItemKind
    new: tuple[RowChange, ...]
    changed: tuple[RowChange, ...]
    removed: tuple[RowChange, ...]


def by_list(changes: tuple[RowChange, ...]) -> tuple[Differences, ...]:
    """``changes`` sorted into the lists of a year, every list there."""
    return tuple(
        Differences(
            kind,
            new=tuple(c for c in changes if c.kind is kind and c.before is None),
            changed=tuple(
                c for c in changes if c.kind is kind and c.before is not None and c.after is not None
            ),
            removed=tuple(c for c in changes if c.kind is kind and c.after is None),
        )
        for kind in ItemKind
    )


def as_json(lists: tuple[Differences, ...]) -> dict[str, Any]:
    """Per list: keys that are new or removed, and of the changed ones the fields."""
    return {
        part.kind.value: {
            "new": [change.key for change in part.new],
            "changed": [{"key": change.key, "fields": changed_fields(change)} for change in part.changed],
            "removed": [change.key for change in part.removed],
        }
        for part in lists
    }


def as_text(lists: tuple[Differences, ...], *, details: bool) -> str:
    """A line for each list that changes; with ``details`` also one for each item."""
    lines = []
    for part in lists:
        counts = (("新增", part.new), ("修改", part.changed), ("删除", part.removed))
        if words := " · ".join(f"{word} {len(found)}" for word, found in counts if found):
            lines.append(f"  {part.kind.label}：{words}")
        if details:
            lines += [f"    {word} {item_line(change)}" for word, found in counts for change in found]
    return "\n".join(lines) or "  没有差别"


def item_line(change: RowChange) -> str:
    """The item of ``change`` with its name, and which of its fields change."""
    item = change.after or change.before
    assert item is not None
    words = change.key if change.kind in _UNNAMED else f"{change.key} {name_of(item)}".strip()
    if change.before is None or change.after is None:
        return words
    return f"{words}：{'、'.join(FIELD_LABELS[field] for field in changed_fields(change))}"


def name_of(item: Item) -> str:
    """What the item is called; "" where it has no name of its own."""
    return next((str(name) for field in ("title", "name") if (name := getattr(item, field, ""))), "")


def changed_fields(change: RowChange) -> list[str]:
    """Names of the fields in which before and after differ."""
    assert change.before is not None
    return [
        field
        for field in change.before._fields
        if getattr(change.before, field) != getattr(change.after, field)
    ]
