"""一行一个值的清单，读屏念它的话：数据，和有组名、按键选一行的样子。"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from PySide6.QtCore import QAbstractListModel, QModelIndex, QPersistentModelIndex, QRectF, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPen
from PySide6.QtWidgets import QFrame, QListView, QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from gui.kit.plain import plain_tip
from gui.kit.theme import theme

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


def value_at(index: Index) -> Any:
    """The value that a row of a ``ValueModel`` shows."""
    model = index.model()
    assert isinstance(model, ValueModel)
    return model.value(index)


class KeyedDelegate(QStyledItemDelegate):
    """Paints a ``KeyedList``; subclasses say how large (``sizeHint``) and paint a head and a value."""

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Paint one row."""
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        value, rect = value_at(index), QRectF(option.rect)
        if isinstance(value, str):
            self.paint_head(painter, rect, value)
        else:
            self.paint_value(painter, rect, value, option.state)
        painter.restore()

    def paint_head(self, painter: QPainter, rect: QRectF, words: str) -> None:
        """Paint the name of a group."""
        raise NotImplementedError

    def paint_value(self, painter: QPainter, rect: QRectF, value: Any, state: QStyle.StateFlag) -> None:
        """Paint a value."""
        raise NotImplementedError


def paint_chosen(
    painter: QPainter, box: QRectF, *, selected: bool, hovered: bool, focused: bool, bar: int
) -> None:
    """The ground of a row under the pointer or selected, with a bar at its left, ``bar`` from top and bottom."""
    if selected or hovered:
        painter.setPen(QPen(theme().color("focus"), 2) if focused else Qt.PenStyle.NoPen)
        painter.setBrush(theme().color("selected" if selected else "hover"))
        painter.drawRoundedRect(box.adjusted(1, 1, -1, -1) if focused else box, bar - 1, bar - 1)
    if selected:
        painter.fillRect(
            QRectF(box.left(), box.top() + bar, 3, box.height() - 2 * bar), theme().color("primary")
        )


class KeyedList(QListView):
    """Values that have a ``key``, under heads, which are words. ``key_chosen`` carries the key of the one selected;
    Enter or → goes on to what it is about (``entered``).
    """

    key_chosen = Signal(str)
    entered = Signal()

    def __init__(
        self, name: str, words: Callable[[Any], str], delegate: KeyedDelegate, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.rows = ValueModel(words, lambda value: isinstance(value, str))
        self.setModel(self.rows)
        delegate.setParent(self)
        self.setItemDelegate(delegate)
        self.setAccessibleName(name)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setMouseTracking(True)
        self.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)

    def show_values(self, values: Sequence[Any], key: str) -> None:
        """Show ``values``, the one called ``key`` selected, without asking for it."""
        self.blockSignals(True)
        self.rows.show_values(values)
        self.blockSignals(False)
        self.choose(key)

    def choose(self, key: str) -> None:
        """Select the value ``key`` without asking for it."""
        number = next((n for n, v in enumerate(self.rows.values) if getattr(v, "key", None) == key), None)
        if number is not None and self.currentIndex().row() != number:
            self.blockSignals(True)
            self.setCurrentIndex(self.rows.index(number))
            self.blockSignals(False)
            self.viewport().update()

    def currentChanged(self, current: QModelIndex | Index, previous: QModelIndex | Index) -> None:
        """Tell which value was chosen."""
        super().currentChanged(current, previous)
        if current.isValid() and not self.signalsBlocked() and not isinstance(self.rows.value(current), str):
            self.key_chosen.emit(self.rows.value(current).key)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter and → go on."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Right):
            self.entered.emit()
        else:
            super().keyPressEvent(event)
