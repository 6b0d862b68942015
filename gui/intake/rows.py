"""导入预览的表：一行一条，能勾的勾，状态有字有色。"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import Any

from PySide6.QtCore import QObject, Qt, Signal

from exports.xlsx.reading.values import FileRow, RowFate
from gui.kit.headed_model import HeadedModel, Index
from gui.kit.plain import plain_tip
from gui.kit.theme import theme

Place = tuple[str, int]
COLORS = {
    RowFate.NEW: "primary",
    RowFate.CHANGED: "warning",
    RowFate.SAME: "ink3",
    RowFate.REMOVED: "danger",
    RowFate.REFUSED: "danger",
}


class PreviewModel(HeadedModel):
    """The rows of a preview; ``texts`` says the words of their columns. ``ticks_changed``: other rows are ticked now.

    ``whole``: all is taken or nothing, no row can be ticked alone.
    """

    ticks_changed = Signal()
    rows: Sequence[FileRow]

    def __init__(
        self,
        heads: Sequence[str],
        texts: Callable[[FileRow], tuple[str, ...]],
        parent: QObject | None = None,
        *,
        whole: bool = False,
    ) -> None:
        super().__init__(("", "行", "状态", *heads), parent)
        self._texts_of = texts
        self._texts: dict[Place, tuple[str, ...]] = {}
        self._all: tuple[FileRow, ...] = ()
        self.ticked: set[Place] = set()
        self._state: RowFate | None = None
        self._whole = whole

    def show_ticked(self, rows: Iterable[FileRow], ticked: Iterable[Place]) -> None:
        """Show ``rows`` with ``ticked`` ticked."""
        self._all = tuple(rows)
        self._texts.clear()
        self.ticked = set(ticked)
        self.show_rows(self._passing())
        self.ticks_changed.emit()

    def can_be_ticked(self, row: FileRow) -> bool:
        """Whether a person may tick the row or leave it out."""
        return row.usable and not self._whole

    def filter_by(self, state: RowFate | None) -> None:
        """Show only the rows of ``state``; None: all. Ticks stay."""
        self._state = state
        self.show_rows(self._passing())

    def _passing(self) -> tuple[FileRow, ...]:
        return tuple(row for row in self._all if self._state is None or row.state is self._state)

    def tick_all(self, *, ticked: bool) -> None:
        """Tick all rows shown that can be, or none of them."""
        places = {row.place for row in self.rows if self.can_be_ticked(row)}
        self.ticked = self.ticked | places if ticked else self.ticked - places
        self._tell(0, len(self.rows) - 1)

    def toggle(self, row: int) -> None:
        """Tick the row, or take its tick away."""
        if 0 <= row < len(self.rows) and self.can_be_ticked(self.rows[row]):
            self.ticked ^= {self.rows[row].place}
            self._tell(row, row)

    def _tell(self, first: int, last: int) -> None:
        if last >= first:
            self.dataChanged.emit(self.index(first, 0), self.index(last, self.columnCount() - 1))
        self.ticks_changed.emit()

    def flags(self, index: Index) -> Qt.ItemFlag:
        flags = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable
        if index.column() == 0 and self.can_be_ticked(self.rows[index.row()]):
            flags |= Qt.ItemFlag.ItemIsUserCheckable
        return flags

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        row, column = self.rows[index.row()], index.column()
        if role == Qt.ItemDataRole.CheckStateRole and column == 0 and self.can_be_ticked(row):
            return Qt.CheckState.Checked if row.place in self.ticked else Qt.CheckState.Unchecked
        if role == Qt.ItemDataRole.DisplayRole:
            return self.words(row)[column]
        if role == Qt.ItemDataRole.AccessibleTextRole:
            if column == 0:
                return (
                    "已勾选"
                    if row.place in self.ticked
                    else "未勾选"
                    if self.can_be_ticked(row)
                    else "不能勾选"
                )
            return f"{self.heads[column]} {self.words(row)[column]}"
        if role == Qt.ItemDataRole.ToolTipRole and column > 2:
            return plain_tip(self._said(row)[column - 3])
        if role == Qt.ItemDataRole.ForegroundRole:
            return self._color(row, column)
        return None

    def setData(self, index: Index, value: Any, role: int = Qt.ItemDataRole.EditRole) -> bool:
        if role != Qt.ItemDataRole.CheckStateRole or not self.can_be_ticked(self.rows[index.row()]):
            return False
        self.toggle(index.row())
        return True

    def words(self, row: FileRow) -> tuple[str, ...]:
        """The words of all columns, on one line each."""
        return ("", str(row.place[1]), row.state.label, *(" ".join(text.split()) for text in self._said(row)))

    def _said(self, row: FileRow) -> tuple[str, ...]:
        """The words of the columns behind the state, worked out once."""
        if row.place not in self._texts:
            self._texts[row.place] = self._texts_of(row)
        return self._texts[row.place]

    def _color(self, row: FileRow, column: int) -> Any:
        if column == 2:
            return theme().color(COLORS[row.state])
        if column == len(self.heads) - 1:
            name = (
                "danger" if row.state is RowFate.REFUSED else "warning" if row.warnings or row.ask else "ink2"
            )
            return theme().color(name)
        return theme().color("ink3") if row.state is RowFate.SAME else None
