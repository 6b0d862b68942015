"""可收起的一栏：已满足或已排的、提示，一行一项。"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from PySide6.QtCore import (
    QAbstractItemModel,
    QEvent,
    QModelIndex,
    QRectF,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import (
    QAbstractButton,
    QFrame,
    QSizePolicy,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QVBoxLayout,
    QWidget,
)

from gui.kit.icons import paint_icon
from gui.kit.list_models import Index, ValueModel
from gui.kit.marks import draw_centred, draw_text, elided, metrics, paint_box, text_width
from gui.kit.theme import theme
from gui.rules.finding_list import FlatList

PAD = 16


class FoldedRow(NamedTuple):
    """A line: icon and its colour, what it is about, what is said, and a button where something can be done."""

    icon: str
    color: str
    where: str
    text: str
    button: str = ""

    @property
    def words(self) -> str:
        """The line for screen readers."""
        return "，".join(part for part in (self.where, self.text, self.button) if part)


class FoldHead(QAbstractButton):
    """The head of the box: chevron, icon, title, a second part, and the key at the right end."""

    def __init__(self, icon_name: str, color: str) -> None:
        super().__init__()
        self._icon, self._color = icon_name, color
        self.title = self.second = self.key_words = ""
        self.setCheckable(True)
        self.setProperty("paintsFocus", True)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def show_words(self, title: str, second: str, key_words: str) -> None:
        """Show ``title`` and the rest."""
        self.title, self.second, self.key_words = title, second, key_words
        self.setAccessibleName("，".join(part for part in (title, second) if part))
        self.update()

    def sizeHint(self) -> QSize:
        """One line."""
        return QSize(200, round(metrics(theme().font(14)).height() + 22))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the head."""
        del event
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if self.hasFocus():
            paint_box(painter, QRectF(self.rect()).adjusted(1, 1, -1, -1), line="focus", radius=7, width=2)
        middle, left = self.height() / 2, float(PAD)
        chevron = "chevron-down" if self.isChecked() else "chevron-right"
        paint_icon(painter, chevron, QRectF(left, middle - 8, 16, 16), theme().color("ink2"))
        paint_icon(painter, self._icon, QRectF(left + 26, middle - 8, 16, 16), theme().color(self._color))
        left = draw_text(
            painter, left + 50, middle, self.title, theme().font(14, bold=True), theme().color("ink")
        )
        small = theme().font(13)
        edge = self.width() - PAD - text_width(small, self.key_words)
        if self.key_words and edge > left + 20:
            draw_text(painter, edge, middle, self.key_words, small, theme().color("ink3"))
        second = elided(self.second, small, max(0.0, edge - left - 26))
        draw_text(painter, left + 12, middle, second, small, theme().color("ink2"))
        painter.end()


class FoldedDelegate(QStyledItemDelegate):
    """Paints lines; a click on the painted button asks for it."""

    button_clicked = Signal(QModelIndex)

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        """One line of text and room around it."""
        del option, index
        return QSize(100, round(metrics(theme().font(13)).height() + 15))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Paint one line."""
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        row, rect = _row(index), QRectF(option.rect)
        focused = bool(option.state & QStyle.StateFlag.State_HasFocus)
        if focused or option.state & QStyle.StateFlag.State_MouseOver:
            painter.fillRect(rect, theme().color("selected" if focused else "hover"))
        middle, left = rect.center().y(), rect.left() + PAD
        if row.icon:
            paint_icon(painter, row.icon, QRectF(left, middle - 7, 14, 14), theme().color(row.color))
        left += 24
        edge = rect.right() - PAD
        if row.button:
            box = button_rect(rect, row)
            _paint_button(painter, box, row.button)
            edge = box.left() - 12
        bold, plain = theme().font(13, bold=True), theme().font(13)
        where = elided(row.where, bold, max(60.0, (edge - left) * 0.5))
        left = draw_text(painter, left, middle, where, bold, theme().color("ink")) + 14
        text = elided(row.text, plain, max(0.0, edge - left))
        draw_text(painter, left, middle, text, plain, theme().color("ink2"))
        painter.restore()

    def editorEvent(
        self, event: QEvent, model: QAbstractItemModel, option: QStyleOptionViewItem, index: Index
    ) -> bool:
        """A click on the button asks for what it does."""
        if event.type() == QEvent.Type.MouseButtonRelease and isinstance(event, QMouseEvent):
            row = _row(index)
            if row.button and button_rect(QRectF(option.rect), row).contains(event.position()):
                self.button_clicked.emit(QModelIndex(index))
                return True
        return super().editorEvent(event, model, option, index)


def button_rect(rect: QRectF, row: FoldedRow) -> QRectF:
    """The place of the button in a line."""
    font = theme().font(13)
    width, height = text_width(font, row.button) + 20, rect.height() - 8
    return QRectF(rect.right() - PAD - width, rect.center().y() - height / 2, width, height)


def _paint_button(painter: QPainter, rect: QRectF, text: str) -> None:
    paint_box(painter, rect.adjusted(0.5, 0.5, -0.5, -0.5), "surface", "controlBorder", 5)
    font = theme().font(13)
    draw_centred(painter, rect.center().x(), rect.center().y(), text, font, theme().color("ink"))


def _row(index: Index) -> FoldedRow:
    model = index.model()
    assert isinstance(model, ValueModel)
    row: FoldedRow = model.value(index)
    return row


class FoldedBox(QFrame):
    """Head and lines. ``row_chosen`` carries the number of the line that was used.

    ``row_reached`` tells which line the keyboard is on.
    """

    row_chosen = Signal(int)
    row_reached = Signal(QModelIndex)
    unfolded = Signal(bool)

    def __init__(self, icon_name: str, color: str, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("FoldedBox")
        self.head = FoldHead(icon_name, color)
        self.rows = ValueModel(_words)
        self.view = FlatList(self.rows, name, self)
        self.view.setMouseTracking(True)
        self._delegate = FoldedDelegate(self.view)
        self.view.setItemDelegate(self._delegate)
        self.view.hide()
        column = QVBoxLayout(self)
        column.setContentsMargins(1, 1, 1, 1)
        column.setSpacing(0)
        column.addWidget(self.head)
        column.addWidget(self.view)
        self.head.toggled.connect(self._on_toggled)
        self._delegate.button_clicked.connect(self._on_clicked, Qt.ConnectionType.QueuedConnection)
        self.view.doubleClicked.connect(self._on_clicked, Qt.ConnectionType.QueuedConnection)
        self.view.entered.connect(self._on_entered)
        self.view.space_pressed.connect(self.toggle)
        self.view.current_moved.connect(self.row_reached)

    def show_rows(self, title: str, second: str, rows: Sequence[FoldedRow], key_words: str = "") -> None:
        """Show head and lines; without lines the box is not there."""
        self.head.show_words(title, second, key_words)
        self.rows.show_values(rows)
        if self.is_open:
            self.view.fit()
        self.setVisible(bool(rows))

    @property
    def is_open(self) -> bool:
        """Whether the lines are seen."""
        return self.head.isChecked()

    def toggle(self) -> None:
        """Fold or unfold."""
        self.head.setChecked(not self.head.isChecked())
        self.head.setFocus(Qt.FocusReason.OtherFocusReason)

    def unfold(self, *, unfolded: bool) -> None:
        """Afterwards the lines are seen, or not."""
        self.head.setChecked(unfolded)

    def refit(self) -> None:
        """Arrange everything anew: the text size is another one."""
        self.head.updateGeometry()
        self.view.doItemsLayout()
        self.view.fit()

    def _on_toggled(self, opened: bool) -> None:  # noqa: FBT001
        if opened:
            self.view.fit()
        self.view.setVisible(opened)
        self.unfolded.emit(opened)

    def _on_clicked(self, index: QModelIndex) -> None:
        if index.isValid():
            self.row_chosen.emit(index.row())

    def _on_entered(self, index: QModelIndex, _: bool) -> None:  # noqa: FBT001
        self._on_clicked(index)


def _words(row: FoldedRow) -> str:
    return row.words
