"""搜索的那一行：字照常输入，走动与选定的键交给结果。"""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QLineEdit

from gui.search.choosing import Way

_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)
_STEPS = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1}
_PAGES = {Qt.Key.Key_PageDown: 1, Qt.Key.Key_PageUp: -1}


class SearchLine(QLineEdit):
    """``stepped``: ↑↓; ``group_stepped``: Tab; ``paged``: PgUp, PgDn; ``entered`` carries how to go there."""

    stepped = Signal(int)
    group_stepped = Signal(int)
    paged = Signal(int)
    entered = Signal(object)
    escaped = Signal()

    def event(self, event: QEvent) -> bool:
        """The keys of the list belong to it, whatever shortcuts the window has."""
        if isinstance(event, QKeyEvent):
            if event.type() == QEvent.Type.ShortcutOverride and _is_ours(event):
                event.accept()
                return True
            if event.type() == QEvent.Type.KeyPress and self._do(event):
                event.accept()
                return True
        return super().event(event)

    def _do(self, event: QKeyEvent) -> bool:
        key = Qt.Key(event.key())
        if key in _STEPS:
            self.stepped.emit(_STEPS[key])
        elif key in _PAGES:
            self.paged.emit(_PAGES[key])
        elif key in (Qt.Key.Key_Tab, Qt.Key.Key_Backtab):
            backwards = key == Qt.Key.Key_Backtab or event.modifiers() & Qt.KeyboardModifier.ShiftModifier
            self.group_stepped.emit(-1 if backwards else 1)
        elif key in _ENTER:
            self.entered.emit(way_of(event.modifiers()))
        elif key == Qt.Key.Key_Escape:
            self.escaped.emit()
        else:
            return False
        return True


def way_of(held: Qt.KeyboardModifier) -> Way:
    """How to go there: Ctrl the form, Shift the calendar."""
    if held & Qt.KeyboardModifier.ControlModifier:
        return Way.FORM
    return Way.CALENDAR if held & Qt.KeyboardModifier.ShiftModifier else Way.LEDGER


def _is_ours(event: QKeyEvent) -> bool:
    keys = (*_STEPS, *_PAGES, *_ENTER, Qt.Key.Key_Tab, Qt.Key.Key_Backtab, Qt.Key.Key_Escape)
    return Qt.Key(event.key()) in keys
