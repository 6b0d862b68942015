"""日历的键盘：方向键走日，PgUp/PgDn 翻页，Tab 走当天的块，Alt+方向键移动，Ctrl+M 拿起。"""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent

if TYPE_CHECKING:
    from gui.calendar.day_view import DayView

STEPS = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1, Qt.Key.Key_Up: -7, Qt.Key.Key_Down: 7}
ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)
_PAGES = {Qt.Key.Key_PageUp: -1, Qt.Key.Key_PageDown: 1}
_WITH_CONTROL = (Qt.Key.Key_N, Qt.Key.Key_T, Qt.Key.Key_M)


def is_own_shortcut(event: QKeyEvent) -> bool:
    """Whether the key belongs to the selected day or event rather than to the menu bar."""
    key, modifiers = Qt.Key(event.key()), event.modifiers()
    if modifiers == Qt.KeyboardModifier.ControlModifier:
        return key in _WITH_CONTROL
    return bool(modifiers & Qt.KeyboardModifier.AltModifier) and key in STEPS


def handle_key(view: DayView, event: QKeyEvent) -> bool:
    """Do what the key means on ``view``; False where it means nothing there."""
    key, modifiers = Qt.Key(event.key()), event.modifiers()
    if view.lifted is not None:
        return _while_carrying(view, key, modifiers)
    if modifiers & Qt.KeyboardModifier.AltModifier:
        return _nudge(view, key)
    if modifiers & Qt.KeyboardModifier.ControlModifier:
        return _with_control(view, key)
    return _walk(view, key)


def _walk(view: DayView, key: Qt.Key) -> bool:
    day = view.selected_day
    if key in STEPS:
        view.select(day + timedelta(days=STEPS[key]))
    elif key in _PAGES:
        view.stepped.emit(_PAGES[key])
    elif key == Qt.Key.Key_Home:
        view.select(day - timedelta(days=day.weekday()))
    elif key == Qt.Key.Key_End:
        view.select(day + timedelta(days=6 - day.weekday()))
    elif key in ENTER:
        view.activate()
    elif key == Qt.Key.Key_Escape and view.stop is not None:
        view.select(day)
    else:
        return False
    return True


def _with_control(view: DayView, key: Qt.Key) -> bool:
    if key == Qt.Key.Key_M:
        pick_up(view)
    elif key == Qt.Key.Key_N:
        view.new_event_requested.emit(view.selected_day, None)
    elif key == Qt.Key.Key_T:
        view.today_requested.emit()
    else:
        return False
    return True


def chosen_event(view: DayView) -> str | None:
    """The event that a key acts on: the one selected, else the only one of the day."""
    chips = [chip for chip in view.days.day(view.selected_day).chips if not chip.decision]
    if view.selected_key is not None:
        return next((chip.key for chip in chips if chip.key == view.selected_key), None)
    return chips[0].key if len(chips) == 1 else None


def pick_up(view: DayView) -> None:
    """Take the chosen event in the hand (Ctrl+M)."""
    key = chosen_event(view)
    if key is None:
        view.say("先按 Tab 选一场活动，再按 Ctrl+M 拿起")
    else:
        view.picked_up.emit(key, False)


def _nudge(view: DayView, key: Qt.Key) -> bool:
    if key not in STEPS:
        return False
    chosen = chosen_event(view)
    if chosen is None:
        view.say("先按 Tab 选一场活动，再按 Alt+方向键移动")
    else:
        view.nudged.emit(chosen, STEPS[key], abs(STEPS[key]) == 1)
    return True


def _while_carrying(view: DayView, key: Qt.Key, modifiers: Qt.KeyboardModifier) -> bool:
    if key in STEPS:
        view.carried_by.emit(*view.carry_step(key))
    elif key in _PAGES:
        view.carried_by.emit(28 * _PAGES[key], 0)
    elif key in ENTER:
        view.put_down.emit(modifiers)
    elif key == Qt.Key.Key_M and modifiers & Qt.KeyboardModifier.ControlModifier:
        view.put_down.emit(Qt.KeyboardModifier.NoModifier)
    elif key == Qt.Key.Key_Escape:
        view.carrying_cancelled.emit()
    return True


def same_day_of_month(day: date, step: int) -> date:
    """The same day ``step`` months later, the last one where that month is shorter."""
    month = day.month - 1 + step
    year, month = day.year + month // 12, month % 12 + 1
    last = (date(year + month // 12, month % 12 + 1, 1) - timedelta(days=1)).day
    return date(year, month, min(day.day, last))
