"""台账的就地编辑：日期一格；行高。"""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import (
    QAbstractItemModel,
    QDate,
    QEvent,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QDateEdit, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from gui.kit.day_edit import day_edit
from gui.ledger.model import LedgerModel
from gui.ledger.painter import row_height
from models.domain.events import Event

Index = QModelIndex | QPersistentModelIndex
_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


class LedgerDelegate(QStyledItemDelegate):
    """``day_entered`` carries the key of the event and its new day; nothing is written here."""

    day_entered = Signal(str, object)

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self.compact = False
        self.fallback = date(2000, 1, 1)
        """The day that is proposed for an event without one."""

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        """All rows are equally high."""
        del option, index
        return QSize(40, row_height(compact=self.compact))

    def createEditor(self, parent: QWidget, option: QStyleOptionViewItem, index: Index) -> QWidget:
        """A date field with a calendar."""
        del option
        editor = day_edit(parent=parent)
        event = _event(index)
        editor.setAccessibleName(f"{event.title} 的日期")
        editor.setMinimumWidth(editor.sizeHint().width())
        return editor

    def setEditorData(self, editor: QWidget, index: Index) -> None:
        """Show the day of the event, today for one without."""
        assert isinstance(editor, QDateEdit)
        day = _event(index).day or self.fallback
        editor.setDate(QDate(day.year, day.month, day.day))
        editor.selectAll()

    def updateEditorGeometry(self, editor: QWidget, option: QStyleOptionViewItem, index: Index) -> None:
        """As wide as the field wants, as high as the row."""
        del index
        rect = option.rect.adjusted(2, 2, 0, -2)
        rect.setWidth(max(rect.width(), editor.sizeHint().width()))
        editor.setGeometry(rect)

    def setModelData(self, editor: QWidget, model: QAbstractItemModel, index: Index) -> None:
        """Tell the day that was entered, where it is another one."""
        del model
        assert isinstance(editor, QDateEdit)
        day, event = editor.date().toPython(), _event(index)
        if day != event.day:
            self.day_entered.emit(event.key, day)

    def eventFilter(self, editor: QObject, event: QEvent) -> bool:
        """Enter takes the day, also from within the field."""
        pressed = event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent)
        if pressed and event.key() in _ENTER and isinstance(editor, QDateEdit):
            editor.interpretText()
            self.commitData.emit(editor)
            self.closeEditor.emit(editor)
            return True
        return super().eventFilter(editor, event)


def _event(index: Index) -> Event:
    model = index.model()
    assert isinstance(model, LedgerModel)
    row = model.row(index)
    assert row is not None
    return row.event
