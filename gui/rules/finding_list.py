"""发现多于六十项时的长清单：同样的卡片，只画看得见的几张。"""

from __future__ import annotations

from PySide6.QtCore import (
    QAbstractItemModel,
    QEvent,
    QModelIndex,
    QRectF,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter, QWheelEvent
from PySide6.QtWidgets import QFrame, QListView, QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from gui.kit.list_models import Index, ValueModel
from gui.rules.card_painter import lay_out, paint_buttons, paint_card
from gui.rules.cards import RowCard

SPACE = 10


class FindingDelegate(QStyledItemDelegate):
    """Paints cards of one height; a click on a painted button asks for it."""

    button_clicked = Signal(QModelIndex, int)

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        """All cards are equally high: their lines are cut with “…”."""
        lines = lay_out(_card(index), max(option.rect.width(), 400), one_line=True)
        return QSize(100, int(lines.height) + SPACE)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Paint one card with its buttons."""
        painter.save()
        card, rect = _card(index), _card_rect(option)
        lines = lay_out(card, rect.width(), one_line=True)
        focused = bool(option.state & QStyle.StateFlag.State_HasFocus)
        paint_card(painter, rect, card, lines, focused=focused, one_line=True)
        paint_buttons(painter, rect, card, lines)
        painter.restore()

    def editorEvent(
        self, event: QEvent, model: QAbstractItemModel, option: QStyleOptionViewItem, index: Index
    ) -> bool:
        """A click on a button asks for what it does."""
        if event.type() == QEvent.Type.MouseButtonRelease and isinstance(event, QMouseEvent):
            number = self.button_at(option, index, event)
            if number is not None:
                self.button_clicked.emit(QModelIndex(index), number)
                return True
        return super().editorEvent(event, model, option, index)

    @staticmethod
    def button_at(option: QStyleOptionViewItem, index: Index, event: QMouseEvent) -> int | None:
        """Which button of the card lies under the pointer."""
        rect = _card_rect(option)
        lines = lay_out(_card(index), rect.width(), one_line=True)
        at = event.position() - rect.topLeft()
        return next((n for n, place in enumerate(lines.buttons) if place.contains(at)), None)


def _card(index: Index) -> RowCard:
    model = index.model()
    assert isinstance(model, ValueModel)
    card: RowCard = model.value(index)
    return card


def _card_rect(option: QStyleOptionViewItem) -> QRectF:
    return QRectF(option.rect).adjusted(0, 0, 0, -SPACE)


class FlatList(QListView):
    """A list as long as its rows, inside something that scrolls; rows of one height.

    ``entered`` (row, shifted) on Enter, ``space_pressed``; ``current_moved`` when the keyboard walks.
    """

    entered = Signal(QModelIndex, bool)
    space_pressed = Signal()
    current_moved = Signal(QModelIndex)
    walked_out = Signal(int)

    def __init__(self, model: ValueModel, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setModel(model)
        self.setObjectName("FlatList")
        self.setAccessibleName(name)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setUniformItemSizes(True)
        self.setSelectionMode(QListView.SelectionMode.SingleSelection)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)

    def fit(self) -> None:
        """Afterwards the list is as high as all of its rows."""
        model = self.model()
        rows = model.rowCount()
        self.setFixedHeight(rows * self.sizeHintForRow(0) + 4 if rows else 0)

    def currentChanged(self, current: QModelIndex | Index, previous: QModelIndex | Index) -> None:
        """Tell where the keyboard is."""
        super().currentChanged(current, previous)
        if current.isValid() and self.hasFocus():
            self.current_moved.emit(QModelIndex(current))

    def wheelEvent(self, event: QWheelEvent) -> None:
        """What is around the list scrolls."""
        event.ignore()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter acts, Space unfolds, ↑↓ leave the list at its ends."""
        key, row = event.key(), self.currentIndex().row()
        if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.entered.emit(
                self.currentIndex(), bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
            )
        elif key == Qt.Key.Key_Space:
            self.space_pressed.emit()
        elif key == Qt.Key.Key_Up and row <= 0:
            self.walked_out.emit(-1)
        elif key == Qt.Key.Key_Down and row == self.model().rowCount() - 1:
            self.walked_out.emit(1)
        else:
            super().keyPressEvent(event)


class FindingList(FlatList):
    """Cards in a list. ``pressed_button`` carries the row and which of its buttons (0 primary, 1 secondary)."""

    pressed_button = Signal(int, int)

    def __init__(self, parent: QWidget | None = None) -> None:
        self.cards = ValueModel(_words)
        super().__init__(self.cards, "发现清单", parent)
        self._delegate = FindingDelegate(self)
        self.setItemDelegate(self._delegate)
        # Acting fills the list anew: only once the click is over.
        self._delegate.button_clicked.connect(self._on_button, Qt.ConnectionType.QueuedConnection)
        self.entered.connect(self._on_entered)

    def _on_button(self, index: QModelIndex, number: int) -> None:
        if index.isValid():
            self.pressed_button.emit(index.row(), number)

    def _on_entered(self, index: QModelIndex, shifted: bool) -> None:  # noqa: FBT001
        if index.isValid():
            self.pressed_button.emit(index.row(), int(shifted))


def _words(card: RowCard) -> str:
    return card.words
