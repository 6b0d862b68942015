"""规则检查页上几张清单的数据：一行一个值，读屏念它的话。"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from PySide6.QtCore import QAbstractListModel, QModelIndex, QPersistentModelIndex, Qt

from gui.kit.plain import plain_tip

Index = QModelIndex | QPersistentModelIndex


class ValueModel(QAbstractListModel):
    """Rows of values; ``words`` says one for screen readers, ``is_head`` tells those that cannot be selected."""

    def __init__(self, words: Callable[[Any], str], is_head: Callable[[Any], bool] | None = None) -> None:
        super().__init__()
        self._words = words
        self._is_head = is_head
        self.values: tuple[Any, ...] = ()

    def show_values(self, values: Sequence[Any]) -> None:
        """Show ``values``; where there are as many as before the rows stay and say something new."""
        values = tuple(values)
        if len(values) == len(self.values):
            self.values = values
            if values:
                self.dataChanged.emit(self.index(0), self.index(len(values) - 1))
            return
        self.beginResetModel()
        self.values = values
        self.endResetModel()

    def value(self, index: Index) -> Any:
        """The value at ``index``."""
        return self.values[index.row()]

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        """How many values there are."""
        return 0 if parent.isValid() else len(self.values)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """The words of a row."""
        if not index.isValid():
            return None
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return self._words(self.values[index.row()])
        if role == Qt.ItemDataRole.ToolTipRole:
            return plain_tip(self._words(self.values[index.row()]))
        return None

    def flags(self, index: Index) -> Qt.ItemFlag:
        """Heads cannot be selected."""
        if index.isValid() and self._is_head is not None and self._is_head(self.values[index.row()]):
            return Qt.ItemFlag.NoItemFlags
        return super().flags(index)
