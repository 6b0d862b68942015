"""台账的键盘：左右走格，F2 就地改，回车打开，空格选中，Delete 取消活动。"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QItemSelectionModel, Qt
from PySide6.QtGui import QKeyEvent, QKeySequence

from planners.ledger_rows import LedgerColumn

if TYPE_CHECKING:
    from gui.ledger.view import LedgerView

_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


def handle_key(view: LedgerView, event: QKeyEvent) -> bool:
    """Do what the key means in the ledger; False where it means nothing of its own."""
    key = Qt.Key(event.key())
    if event.matches(QKeySequence.StandardKey.SelectAll):
        view.choose_all()
        return True
    if key is Qt.Key.Key_Menu or (
        key is Qt.Key.Key_F10 and event.modifiers() & Qt.KeyboardModifier.ShiftModifier
    ):
        view.menu_at_current()
        return True
    if event.modifiers() & (Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier):
        return key is Qt.Key.Key_Space and _toggle(view)
    if not view.current_key:
        return _on_heading(view, key)
    return _on_row(view, key)


def _on_heading(view: LedgerView, key: Qt.Key) -> bool:
    """On the heading of a folded group: →, Enter and Space unfold it."""
    if key in (*_ENTER, Qt.Key.Key_Space, Qt.Key.Key_Right) and view.currentIndex().isValid():
        view.fold(folded=False)
        return True
    return False


def _on_row(view: LedgerView, key: Qt.Key) -> bool:
    if key in _ENTER:
        view.opened.emit(view.current_key)
    elif key is Qt.Key.Key_F2:
        view.edit_cell()
    elif key is Qt.Key.Key_Space:
        return _toggle(view)
    elif key is Qt.Key.Key_Delete:
        view.cancel_requested.emit()
    elif key in (Qt.Key.Key_Left, Qt.Key.Key_Right):
        _step_cell(view, 1 if key is Qt.Key.Key_Right else -1)
    else:
        return False
    return True


def _toggle(view: LedgerView) -> bool:
    index = view.currentIndex()
    flags = QItemSelectionModel.SelectionFlag.Toggle | QItemSelectionModel.SelectionFlag.Rows
    view.selectionModel().select(index, flags)
    return True


def _step_cell(view: LedgerView, by: int) -> None:
    """To the cell beside; from the first one ← folds the group."""
    shown = [column for column in view.columns if column is not LedgerColumn.TILE]
    here = shown.index(view.cursor_column) if view.cursor_column in shown else 0
    if here + by < 0:
        if not view.ledger.is_flat:
            view.fold(folded=True)
        return
    column = shown[min(here + by, len(shown) - 1)]
    flags = QItemSelectionModel.SelectionFlag.NoUpdate
    view.selectionModel().setCurrentIndex(view.currentIndex().siblingAtColumn(column), flags)
