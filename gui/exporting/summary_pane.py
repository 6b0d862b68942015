"""右栏的摘要：将要写出什么，几项，前几行是什么。"""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFrame,
    QHeaderView,
    QTableWidget,
    QTableWidgetItem,
    QWidget,
)

from gui.exporting.data_options import ExportSummary
from gui.kit.boxes import in_column
from gui.kit.plain import label, plain_tip
from gui.kit.scrolling import ScrolledColumn
from gui.kit.theme import theme

WIDEST = 1160
LEAST_ROWS_SEEN, MOST_ROWS_SEEN = 6, 24
AROUND = 210
"""Height at text size 1 of what stands above and below the table."""


class SummaryPane(ScrolledColumn):
    """Shows an ``ExportSummary``."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent, body_name="FindingsContent")
        self.setObjectName("FindingsPane")
        self.setFrameShape(QFrame.Shape.NoFrame)
        self._title = label("", "heading", wrap=True)
        self._lines = label("", "", wrap=True)
        self._more = label("", "caption")
        card = QFrame(self.body, objectName="Card")
        self.table = QTableWidget(card)
        self.table.setObjectName("SummaryTable")
        self.table.setAccessibleName("将要写出的内容")
        self.table.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.table.setAlternatingRowColors(True)
        self.table.verticalHeader().hide()
        self.table.setWordWrap(False)
        card.setMaximumWidth(WIDEST)
        in_column(
            self._title,
            self._lines,
            self.table,
            self._more,
            inside=card,
            margins=(24, 18, 24, 20),
            spacing=10,
        )
        in_column((card, 0), None, inside=self.body, margins=24)

    def show_summary(self, summary: ExportSummary) -> None:
        """Show it."""
        self._title.setText(summary.title)
        self._lines.setText("\n".join(summary.lines))
        self._lines.setVisible(bool(summary.lines))
        self._more.setText(f"另有 {summary.more} 行" if summary.more else "")
        self._more.setVisible(bool(summary.more))
        self.table.setVisible(bool(summary.rows))
        self._fill(summary)

    @property
    def texts(self) -> tuple[str, str]:
        """Heading and lines."""
        return self._title.text(), self._lines.text()

    def _fill(self, summary: ExportSummary) -> None:
        table = self.table
        table.setColumnCount(len(summary.heads))
        table.setHorizontalHeaderLabels(list(summary.heads))
        table.setRowCount(len(summary.rows))
        for row, texts in enumerate(summary.rows):
            for column, text in enumerate(texts):
                item = QTableWidgetItem(" ".join(text.split()))
                item.setToolTip(plain_tip(text))
                table.setItem(row, column, item)
        header = table.horizontalHeader()
        header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        header.setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        header.setStretchLastSection(True)
        height = round(32 * theme().scale)
        table.verticalHeader().setDefaultSectionSize(height)
        self._fit_table()

    def _fit_table(self) -> None:
        """As many rows as the window has room for; the others are scrolled to inside the table."""
        height = self.table.verticalHeader().defaultSectionSize()
        room = int((self.height() - AROUND * theme().scale) // height)
        seen = min(self.table.rowCount(), max(min(room, MOST_ROWS_SEEN), LEAST_ROWS_SEEN))
        self.table.setFixedHeight(seen * height + self.table.horizontalHeader().sizeHint().height() + 4)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Show more rows or fewer."""
        super().resizeEvent(event)
        self._fit_table()
