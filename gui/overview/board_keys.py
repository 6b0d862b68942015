"""年度总览的键盘：方向键走格，Ctrl+方向键走季，PgUp/PgDn 走组，Ctrl+M 拿起。"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent

from gui.overview.board_cursor import (
    Cursor,
    along_chips,
    chips_in_cell,
    next_group,
    next_quarter,
    sideways,
    vertically,
)
from gui.overview.board_drag import CarryWay, way_of

if TYPE_CHECKING:
    from gui.overview.year_board import YearBoard

_STEPS = {
    Qt.Key.Key_Left: (-1, 0),
    Qt.Key.Key_Right: (1, 0),
    Qt.Key.Key_Up: (0, -1),
    Qt.Key.Key_Down: (0, 1),
}
_MODIFIERS = {Qt.Key.Key_Control: CarryWay.COPY, Qt.Key.Key_Shift: CarryWay.POSTPONE}
_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


def handle_key(board: YearBoard, event: QKeyEvent) -> bool:
    """Do what the key means on ``board``; False where it means nothing there."""
    cursor = board.cursor_place or Cursor(0, (board.contents and board.contents.current_month) or 1)
    key = Qt.Key(event.key())
    control = bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier)
    if board.carried is not None:
        return _while_carrying(board, key, way_of(event.modifiers()))
    if control:
        return _with_control(board, cursor, key)
    if key in _STEPS:
        board.place_cursor(_stepped(board, cursor, *_STEPS[key]))
        return True
    if key in _ENTER:
        board.activate_cursor()
        return True
    return _jump(board, cursor, key)


def _stepped(board: YearBoard, cursor: Cursor, across: int, down: int) -> Cursor:
    """One step; among the chips of a cell every arrow walks the chips."""
    assert board.contents is not None
    if cursor.chip is not None:
        return along_chips(cursor, board.contents, across + down)
    if across:
        return sideways(cursor, board.contents, across)
    return vertically(cursor, board.contents, down)


def _jump(board: YearBoard, cursor: Cursor, key: Qt.Key) -> bool:
    assert board.contents is not None
    if key == Qt.Key.Key_Home:
        board.place_cursor(Cursor(cursor.row, 1))
    elif key == Qt.Key.Key_End:
        last = board.line_at(cursor.row).cell_at(12)
        board.place_cursor(Cursor(cursor.row, last.first))
    elif key in (Qt.Key.Key_PageUp, Qt.Key.Key_PageDown):
        step = 1 if key == Qt.Key.Key_PageDown else -1
        board.place_cursor(next_group(cursor, board.contents, step))
    elif key == Qt.Key.Key_Escape and cursor.chip is not None:
        board.place_cursor(cursor._replace(chip=None))
    else:
        return False
    return True


def _with_control(board: YearBoard, cursor: Cursor, key: Qt.Key) -> bool:
    line = board.line_at(cursor.row)
    if key in (Qt.Key.Key_Left, Qt.Key.Key_Right):
        step = 1 if key == Qt.Key.Key_Right else -1
        if board.is_narrow:
            board.show_half(board.half + step)
            board.place_cursor(Cursor(cursor.row, 6 * board.half - 5))
        else:
            board.place_cursor(next_quarter(cursor, step))
    elif key == Qt.Key.Key_Down:
        assert board.contents is not None
        board.place_cursor(along_chips(cursor, board.contents, 1))
    elif key == Qt.Key.Key_M:
        _pick_up(board, cursor)
    elif key in _ENTER:
        board.suggestion_requested.emit(line.key, cursor.month)
    elif key == Qt.Key.Key_N and line.campaign is not None:
        board.new_event_requested.emit(line.key, cursor.month)
    else:
        return False
    return True


def _pick_up(board: YearBoard, cursor: Cursor) -> None:
    """Take the chip under the keyboard, else the first of the cell that can be moved."""
    chips = chips_in_cell(board.line_at(cursor.row), cursor.month)
    if not chips:
        board.say("这一格没有可移动的活动")
        return
    key = board.cursor_chip_key()
    if key is not None:
        board.pick_up(key)
        return
    for _, chip in chips:
        if board.pick_up(chip):
            return


def _while_carrying(board: YearBoard, key: Qt.Key, way: CarryWay) -> bool:
    assert board.carried is not None
    target = board.carried.target or board.carried.month
    if key in (Qt.Key.Key_Left, Qt.Key.Key_Right):
        board.carry_to(target + (1 if key == Qt.Key.Key_Right else -1))
    elif key in _ENTER:
        board.carry_as(way)
        board.put_down()
    elif key == Qt.Key.Key_M and way is CarryWay.COPY:
        board.put_down()
    elif key == Qt.Key.Key_Escape:
        board.cancel_carrying()
    elif key in _MODIFIERS and board.carried.pointer is not None:
        board.carry_as(_MODIFIERS[key])
    return True
