"""这些窗口里的表：一行一选，Enter 或双击去看。"""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QModelIndex, Qt, Signal
from PySide6.QtGui import QKeyEvent

from gui.kit.row_table import RowTable
from gui.kit.text_rows import TextRow, TextRows


class RowsTable(RowTable):
    """A table of ``TextRow``. ``chosen`` carries the target of a row that was double-clicked or entered."""

    chosen = Signal(object)

    def __init__(self, name: str, heads: Sequence[str], widths: Sequence[int], stretched: int) -> None:
        self.rows = TextRows(heads)
        super().__init__(name, self.rows)
        self.lay_columns(widths, stretched)
        self.doubleClicked.connect(self._choose)

    def show_rows(self, rows: Sequence[TextRow], target: object = None) -> None:
        """Show ``rows``; the one about ``target`` is selected, else the first."""
        self.rows.show_rows(rows)
        if rows:
            number = next((n for n, row in enumerate(rows) if row.target == target), 0)
            self.selectRow(number)
            self.scrollTo(self.rows.index(number, 0))

    @property
    def current(self) -> object:
        """What the selected row is about; None where there is none."""
        return self.rows.target(self.currentIndex())

    def _choose(self, index: QModelIndex) -> None:
        self.chosen.emit(self.rows.target(index))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter chooses the selected row."""
        plain = not event.modifiers() & Qt.KeyboardModifier.ControlModifier
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and plain and self.currentIndex().isValid():
            self._choose(self.currentIndex())
            return
        super().keyPressEvent(event)
