"""名单的表：一行一个条目，编号不变，名称可改，可新增、删去，也可把一列名称粘贴进来。"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import count
from typing import Generic, NamedTuple, TypeVar

from PySide6.QtCore import QModelIndex, Qt

from gui.kit.headed_model import ROOT, HeadedModel, Index
from models.domain.units import School, Unit, Venue

LONGEST_NAME, MOST_PASTED = 60, 500
NAME = 0
"""The first column is the name."""
Listed = TypeVar("Listed", Unit, School, Venue)


class Kind(NamedTuple):
    """What is listed: its word, and the first letter of new keys."""

    word: str
    letter: str


class ItemsModel(HeadedModel, Generic[Listed]):
    """``items`` of a year. Subclasses say what stands in the other columns.

    ``can_change``: whether anything can be edited. A key is never given twice, not even after its item
    was taken away: it would be taken for the same item under another name.
    """

    kind: Kind

    def __init__(self, heads: Sequence[str]) -> None:
        super().__init__(heads)
        self.items: list[Listed] = []
        self.can_change = True
        self.added: set[str] = set()
        """Keys of the items that were added here."""
        self._used: set[str] = set()

    def show_items(self, items: Iterable[Listed]) -> None:
        """Show ``items``."""
        self.beginResetModel()
        self.items = list(items)
        self._used |= {item.key for item in self.items}
        self.endResetModel()

    def rowCount(self, parent: Index = ROOT) -> int:
        """One row an item."""
        return 0 if parent.isValid() else len(self.items)

    def text(self, item: Listed, column: int, *, for_edit: bool) -> str:
        """What the column says of ``item``, or offers for editing."""
        raise NotImplementedError

    def changed(self, item: Listed, column: int, text: str) -> Listed | None:
        """``item`` with the text in its column; None where it means nothing there."""
        raise NotImplementedError

    def made(self, key: str, name: str) -> Listed:
        """A new item."""
        raise NotImplementedError

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Texts."""
        if index.isValid() and role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.EditRole):
            item = self.items[index.row()]
            return self.text(item, index.column(), for_edit=role == Qt.ItemDataRole.EditRole)
        return None

    def flags(self, index: Index) -> Qt.ItemFlag:
        """Every cell can be edited, where anything can."""
        flags = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable
        if index.isValid() and self.can_change and self.is_text(index.column()):
            flags |= Qt.ItemFlag.ItemIsEditable
        return flags

    def is_text(self, column: int) -> bool:
        """Whether the column holds text."""
        del column
        return True

    def setData(self, index: Index, value: object, role: int = Qt.ItemDataRole.EditRole) -> bool:
        """Change the item of a row; what means nothing there is refused."""
        if not index.isValid() or role != Qt.ItemDataRole.EditRole or not self.can_change:
            return False
        row, item = index.row(), self.items[index.row()]
        text = str(value).strip()
        if not self.is_text(index.column()) or (index.column() == NAME and not text):
            return False
        changed = self.changed(item, index.column(), text[:LONGEST_NAME] if index.column() == NAME else text)
        if changed is None or changed == item:
            return False
        self.items[row] = changed
        self.tell_row(row)
        return True

    def free_name(self) -> str:
        """新单位, 新单位2, …: one that nothing listed has."""
        taken = {item.name for item in self.items}
        word = f"新{self.kind.word}"
        return next(name for n in count(1) if (name := word + (str(n) if n > 1 else "")) not in taken)

    def add(self, names: Iterable[str]) -> int:
        """New items called ``names`` at the end; the first one's row."""
        row = len(self.items)
        added = [self.made(self._new_key(), name[:LONGEST_NAME]) for name in names]
        if added:
            self.beginInsertRows(QModelIndex(), row, row + len(added) - 1)
            self.items += added
            self.endInsertRows()
        return row

    def _new_key(self) -> str:
        key = next(key for n in count(1) if (key := f"{self.kind.letter}{n:04d}") not in self._used)
        self._used.add(key)
        self.added.add(key)
        return key

    def paste(self, text: str) -> int:
        """New items from the lines of ``text``, further columns behind tabs; how many."""
        lines = [line.split("\t") for line in text.splitlines()]
        lines = [line for line in lines if line[0].strip()][:MOST_PASTED]
        first = self.add([line[0].strip() for line in lines])
        for number, line in enumerate(lines):
            for column, words in enumerate(line[1 : len(self.heads)], 1):
                self.setData(self.index(first + number, column), words)
        return len(lines)

    def remove(self, rows: Iterable[int]) -> None:
        """Take the items of ``rows`` away."""
        for row in sorted(set(rows), reverse=True):
            self.beginRemoveRows(QModelIndex(), row, row)
            del self.items[row]
            self.endRemoveRows()
