"""变更：可逆的行变更及其集合。"""

from datetime import datetime
from typing import NamedTuple

from models.domain.snapshot import KIND_OF, Item, ItemKind

_UNNAMED = frozenset({ItemKind.YEAR, ItemKind.DELEGATE, ItemKind.INVITATION, ItemKind.OPINION})


class RowChange(NamedTuple):
    """One item before and after; None before is an insertion, None after a deletion.

    ``position`` is the item's place in its list, so that undoing a deletion puts it back where it
    stood; -1 for an insertion at the end. ``moved_to`` is its place afterwards where that is another
    one; -1 where it keeps its place.
    """

    kind: ItemKind
    key: str
    before: Item | None
    after: Item | None
    position: int = -1
    moved_to: int = -1

    @classmethod
    def of(cls, before: Item | None, after: Item | None) -> "RowChange":
        """The change of one item; one of the two there must be, its list and key are the change's."""
        item = after if after is not None else before
        assert item is not None, "a change of nothing"
        return cls(KIND_OF[type(item)], item.key, before, after)

    @property
    def fields(self) -> tuple[str, ...]:
        """Names of the fields that differ; none where the item is added or taken away."""
        if self.before is None or self.after is None:
            return ()
        pairs = zip(self.before._fields, self.before, self.after, strict=True)
        return tuple(name for name, old, new in pairs if old != new)

    @property
    def words(self) -> str:
        """The item's key and name, of people and what they said only the key: names are not shown unasked."""
        item = self.after if self.after is not None else self.before
        name = "" if self.kind in _UNNAMED else getattr(item, "title", "") or getattr(item, "name", "")
        return f"{self.key} {name}".strip()

    def inverted(self) -> "RowChange":
        """The change that takes this one back."""
        if self.moved_to < 0:
            return self._replace(before=self.after, after=self.before)
        return RowChange(self.kind, self.key, self.after, self.before, self.moved_to, self.position)


class ChangeSet(NamedTuple):
    """The changes of one command: one transaction, one undo step, one entry of the change log."""

    year: int
    title: str
    changes: tuple[RowChange, ...]
    number: int = 0
    at: datetime | None = None
    user: str = ""

    def inverted(self) -> "ChangeSet":
        """The change set that takes this one back, last change first."""
        return self._replace(changes=tuple(c.inverted() for c in reversed(self.changes)))
