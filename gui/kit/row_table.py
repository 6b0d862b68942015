"""一行一选的表：各栏有定宽，一栏占余下的；放不下时各栏一起让，谁也不挤没。"""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QAbstractItemModel, Qt
from PySide6.QtGui import QFontMetrics, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QTableView,
    QTableWidget,
    QTableWidgetItem,
    QWidget,
)

from gui.kit.plain import plain_tip
from gui.kit.theme import theme

AROUND_HEAD = 22
"""Pixels beside the words of a head."""


READABLE, SHORT = 0.64, 84
"""The share of its width that a column needs for its words to be guessed; one of ``SHORT`` or less needs all of it."""


class RowTable(QTableView):
    """A table of which a row at a time is chosen; nothing is edited in it."""

    def __init__(self, name: str, model: QAbstractItemModel, row_height: int = 34) -> None:
        super().__init__()
        self.setModel(model)
        self.setAccessibleName(name)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setTabKeyNavigation(False)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setAlternatingRowColors(True)
        self.verticalHeader().hide()
        self.verticalHeader().setDefaultSectionSize(round(row_height * theme().scale))
        self.horizontalHeader().setHighlightSections(False)
        self._widths: tuple[int, ...] = ()

    def lay_columns(self, widths: Sequence[int], stretched: int) -> None:
        """Columns of these widths at text size 1; ``stretched`` has what is left, its width is the least of it.

        Where there is too little room for all, all are narrower, down to their heads.
        """
        self._widths = tuple(widths)
        self.horizontalHeader().setSectionResizeMode(stretched, QHeaderView.ResizeMode.Stretch)
        self._fit()

    def show_column(self, column: int, *, shown: bool) -> None:
        """Show the column, or leave it out."""
        self.setColumnHidden(column, not shown)
        self._fit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Share the new width."""
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self._fit()

    def _fit(self) -> None:
        shown = [column for column in range(len(self._widths)) if not self.isColumnHidden(column)]
        wanted = [self._widths[column] * theme().scale for column in shown]
        heads = [self._head_width(column) for column in shown]
        short = SHORT * theme().scale
        readable = [
            max(head, width * READABLE, min(width, short)) for head, width in zip(heads, wanted, strict=True)
        ]
        for column, width in zip(
            shown, _shared(self.viewport().width(), wanted, readable, heads), strict=True
        ):
            self.setColumnWidth(column, round(width))

    def _head_width(self, column: int) -> int:
        words = str(self.model().headerData(column, Qt.Orientation.Horizontal) or "")
        return QFontMetrics(theme().font(14, bold=True)).horizontalAdvance(words) + AROUND_HEAD


class SummaryTable(QTableWidget):
    """Words in rows that are only read; a cell that is cut says all of its words as a tip."""

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("SummaryTable")
        self.setAccessibleName(name)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setWordWrap(False)
        self.verticalHeader().hide()
        header = self.horizontalHeader()
        header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        header.setStretchLastSection(True)

    def show_rows(self, heads: Sequence[str], rows: Sequence[Sequence[str]]) -> None:
        """Show ``rows`` under ``heads``, the columns as wide as their words."""
        self.setColumnCount(len(heads))
        self.setHorizontalHeaderLabels(list(heads))
        self.setRowCount(len(rows))
        for row, texts in enumerate(rows):
            for column, text in enumerate(texts):
                item = QTableWidgetItem(" ".join(text.split()))
                item.setToolTip(plain_tip(text))
                self.setItem(row, column, item)
        self.horizontalHeader().setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        self.verticalHeader().setDefaultSectionSize(round(32 * theme().scale))


def _shared(room: float, wanted: Sequence[float], *least: Sequence[float]) -> Sequence[float]:
    """``wanted``, or so much less of each that they fit ``room``; below ``least`` only where that does not do."""
    widths = wanted
    for floor in least:
        lacking = sum(widths) - room
        spare = [max(0.0, width - lowest) for width, lowest in zip(widths, floor, strict=True)]
        share = min(1.0, max(0.0, lacking / (sum(spare) or 1)))
        widths = [width - part * share for width, part in zip(widths, spare, strict=True)]
    return widths
