"""下半页的两张小表：代表、意见；胶囊里是到会、反馈与采纳。"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from PySide6.QtCore import QModelIndex, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QWidget,
)

from gui.attendance.rows import Tone
from gui.kit.headed_model import HeadedModel, Index
from gui.kit.marks import draw_text, elided, metrics, paint_box, text_width
from gui.kit.plain import plain_tip
from gui.kit.theme import theme

LOOKS = {
    "good": ("success", "successBg", "successLine"),
    "warn": ("warning", "warningBg", "warningLine"),
    "bad": ("danger", "dangerBg", "dangerLine"),
    "plain": ("ink2", "surfaceAlt", "gridStrong"),
}


class DetailColumn(NamedTuple):
    """A column: its head, and its width (0: shares what is left)."""

    head: str
    width: int


class DetailRow(NamedTuple):
    """A row: the key of what it is, and the words of its columns."""

    key: str
    words: tuple[Tone, ...]


class DetailModel(HeadedModel):
    """Rows of words."""

    rows: Sequence[DetailRow]

    def __init__(self, columns: Sequence[DetailColumn]) -> None:
        super().__init__([column.head for column in columns])
        self.columns = tuple(columns)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """The words."""
        if role not in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole):
            return None
        text = self.rows[index.row()].words[index.column()].text
        return plain_tip(text) if role == Qt.ItemDataRole.ToolTipRole else text


class ToneDelegate(QStyledItemDelegate):
    """Words bare or in a pill."""

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Paint one cell."""
        model, view = index.model(), option.widget  # type: ignore[attr-defined]
        assert isinstance(model, DetailModel)
        assert isinstance(view, DetailTable)
        rect = QRectF(option.rect)  # type: ignore[attr-defined]
        tone = model.rows[index.row()].words[index.column()]
        current = view.hasFocus() and view.currentIndex().row() == index.row()
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if current:
            painter.fillRect(rect, theme().color("selected"))
        painter.setPen(theme().color("grid"))
        painter.drawLine(rect.bottomLeft(), rect.bottomRight())
        if tone.look:
            paint_tone(painter, rect, tone)
        else:
            font = theme().font(13)
            words = elided(tone.text.replace("\n", " "), font, rect.width() - 14)
            draw_text(painter, rect.left() + 8, rect.center().y(), words, font, theme().color("ink"))
        painter.restore()

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        """One line."""
        del option, index
        return QSize(40, detail_height())


def paint_tone(painter: QPainter, rect: QRectF, tone: Tone) -> None:
    """The words of ``tone`` in a pill at the left of ``rect``."""
    ink, ground, line = LOOKS[tone.look]
    font = theme().font(12, bold=True)
    height = metrics(font).height() + 5
    box = QRectF(rect.left() + 6, rect.center().y() - height / 2, text_width(font, tone.text) + 18, height)
    paint_box(painter, box, ground, line, height / 2)
    draw_text(painter, box.left() + 9, box.center().y(), tone.text, font, theme().color(ink))


def detail_height() -> int:
    """36 px at the standard text size."""
    return round(max(36 * theme().scale, metrics(theme().font(13)).height() + 12))


class DetailTable(QTableView):
    """``opened``: the key of the row that Enter or a double click opens; ``removed``: that of Delete."""

    opened = Signal(str)
    removed = Signal(str)

    def __init__(self, name: str, columns: Sequence[DetailColumn], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("DetailTable")
        self.setAccessibleName(name)
        self.details = DetailModel(columns)
        self.setModel(self.details)
        self.setItemDelegate(ToneDelegate(self))
        self.setShowGrid(False)
        self.setSelectionMode(QAbstractItemView.SelectionMode.NoSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setTabKeyNavigation(False)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.verticalHeader().hide()
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.horizontalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.horizontalHeader().setHighlightSections(False)
        self.doubleClicked.connect(self._on_double)
        theme().changed.connect(self._fit)

    def show_rows(self, rows: Sequence[DetailRow]) -> None:
        """Show ``rows``; the one that was current stays it where it is still there."""
        key = self.key
        self.details.show_rows(rows)
        keys = [row.key for row in rows]
        if keys:
            self.setCurrentIndex(self.details.index(keys.index(key) if key in keys else 0, 0))

    @property
    def key(self) -> str:
        """The key of the current row; "" where there is none."""
        index = self.currentIndex()
        return self.details.rows[index.row()].key if index.isValid() else ""

    def _on_double(self, _: QModelIndex) -> None:
        if self.key:
            self.opened.emit(self.key)

    def currentChanged(self, current: Index, previous: Index) -> None:
        """The whole row is painted anew."""
        super().currentChanged(current, previous)  # type: ignore[arg-type]
        self.viewport().update()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter opens the row, Delete asks to take it away."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.key:
            self.opened.emit(self.key)
        elif event.key() == Qt.Key.Key_Delete and self.key:
            self.removed.emit(self.key)
        else:
            super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Columns without a width share what is left."""
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        scale = theme().scale
        fixed = sum(round(column.width * scale) for column in self.details.columns)
        free = [n for n, column in enumerate(self.details.columns) if not column.width]
        each = max(round(60 * scale), (self.viewport().width() - fixed) // max(1, len(free)))
        header = self.horizontalHeader()
        header.setFixedHeight(round(32 * scale))
        for number, column in enumerate(self.details.columns):
            header.resizeSection(number, round(column.width * scale) if column.width else each)
        self.verticalHeader().setDefaultSectionSize(detail_height())
