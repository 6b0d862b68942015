"""导入预览的表：一行一条，能勾的勾，状态有字有色。"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any, NamedTuple

from PySide6.QtCore import QObject, Qt, Signal

from exports.xlsx.reading.values import SheetRowState
from gui.kit.headed_model import HeadedModel, Index
from gui.kit.plain import plain_tip
from gui.kit.theme import theme

Place = tuple[str, int]
COLORS = {
    SheetRowState.NEW: "primary",
    SheetRowState.CHANGED: "warning",
    SheetRowState.SAME: "ink3",
    SheetRowState.REFUSED: "danger",
}


class PreviewRow(NamedTuple):
    """A row of a preview: what names it, its state, the words of its columns, whether it can be ticked."""

    place: Place
    state: SheetRowState
    texts: tuple[str, ...]
    tickable: bool
    odd: bool = False
    """Whether it is taken with a warning, or a person has to be asked."""


class PreviewModel(HeadedModel):
    """The rows of a preview. ``ticks_changed``: other rows are ticked now."""

    ticks_changed = Signal()
    rows: Sequence[PreviewRow]

    def __init__(self, heads: Sequence[str], parent: QObject | None = None) -> None:
        super().__init__(("", "行", "状态", *heads), parent)
        self._all: tuple[PreviewRow, ...] = ()
        self.ticked: set[Place] = set()
        self._state: SheetRowState | None = None

    def show_ticked(self, rows: Iterable[PreviewRow], ticked: Iterable[Place]) -> None:
        """Show ``rows`` with ``ticked`` ticked."""
        self._all = tuple(rows)
        self.ticked = set(ticked)
        self.show_rows(self._passing())
        self.ticks_changed.emit()

    def filter_by(self, state: SheetRowState | None) -> None:
        """Show only the rows of ``state``; None: all. Ticks stay."""
        self._state = state
        self.show_rows(self._passing())

    def _passing(self) -> tuple[PreviewRow, ...]:
        return tuple(row for row in self._all if self._state is None or row.state is self._state)

    def tick_all(self, *, ticked: bool) -> None:
        """Tick all rows shown that can be, or none of them."""
        places = {row.place for row in self.rows if row.tickable}
        self.ticked = self.ticked | places if ticked else self.ticked - places
        self._tell(0, len(self.rows) - 1)

    def toggle(self, row: int) -> None:
        """Tick the row, or take its tick away."""
        if 0 <= row < len(self.rows) and self.rows[row].tickable:
            self.ticked ^= {self.rows[row].place}
            self._tell(row, row)

    def _tell(self, first: int, last: int) -> None:
        if last >= first:
            self.dataChanged.emit(self.index(first, 0), self.index(last, self.columnCount() - 1))
        self.ticks_changed.emit()

    def flags(self, index: Index) -> Qt.ItemFlag:
        flags = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable
        if index.column() == 0 and self.rows[index.row()].tickable:
            flags |= Qt.ItemFlag.ItemIsUserCheckable
        return flags

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        row, column = self.rows[index.row()], index.column()
        if role == Qt.ItemDataRole.CheckStateRole and column == 0 and row.tickable:
            return Qt.CheckState.Checked if row.place in self.ticked else Qt.CheckState.Unchecked
        if role == Qt.ItemDataRole.DisplayRole:
            return self.words(row)[column]
        if role == Qt.ItemDataRole.AccessibleTextRole:
            if column == 0:
                return "已勾选" if row.place in self.ticked else "未勾选" if row.tickable else "不能勾选"
            return f"{self.heads[column]} {self.words(row)[column]}"
        if role == Qt.ItemDataRole.ToolTipRole and column > 2:
            return plain_tip(row.texts[column - 3])
        if role == Qt.ItemDataRole.ForegroundRole:
            return self._color(row, column)
        return None

    def setData(self, index: Index, value: Any, role: int = Qt.ItemDataRole.EditRole) -> bool:
        if role != Qt.ItemDataRole.CheckStateRole or not self.rows[index.row()].tickable:
            return False
        self.toggle(index.row())
        return True

    def words(self, row: PreviewRow) -> tuple[str, ...]:
        """The words of all columns, on one line each."""
        return ("", str(row.place[1]), row.state.label, *(" ".join(text.split()) for text in row.texts))

    def _color(self, row: PreviewRow, column: int) -> Any:
        if column == 2:
            return theme().color(COLORS[row.state])
        if column == len(self.heads) - 1:
            name = "danger" if row.state is SheetRowState.REFUSED else "warning" if row.odd else "ink2"
            return theme().color(name)
        return theme().color("ink3") if row.state is SheetRowState.SAME else None
