"""月视图与周视图的手势：点选、拖动、滚轮、右键与键盘；意图用信号说出来。"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, time, timedelta

from PySide6.QtCore import QEvent, QPoint, QPointF, QRect, Qt, Signal
from PySide6.QtGui import QContextMenuEvent, QFocusEvent, QKeyEvent, QMouseEvent, QWheelEvent

from gui.calendar.canvas import DragTarget, HitKind, is_own_shortcut
from gui.calendar.day_canvas import CHIP_KINDS, MORE_KEY, DayCanvas
from gui.calendar.deadlines import MARK
from gui.kit.cell_grid import DAYS, ENTER, PAGES

WHEEL_STEP = 120


class DayView(DayCanvas):
    """Says by signals what the user wants with a day or an event.

    ``picked_up`` carries a key and whether the pointer drags it; ``dragged_to`` and ``dropped`` global
    points while it does; ``dragged_by`` days and minutes while the keyboard does; ``put_down`` the
    modifiers held with Enter. ``deadline_requested`` carries a deadline's key. ``nudged`` moves an event
    by days, over rest days where the flag is set.
    """

    event_requested = Signal(str)
    decision_requested = Signal(str)
    deadline_requested = Signal(str)
    new_event_requested = Signal(object, object)
    more_requested = Signal(object, QRect)
    context_requested = Signal(object, QPoint)
    stepped = Signal(int)
    today_requested = Signal()
    picked_up = Signal(str, bool)
    dragged_to = Signal(QPoint)
    dropped = Signal()
    dragged_by = Signal(int, int)
    put_down = Signal(object)
    drag_cancelled = Signal()
    left_while_dragging = Signal()
    nudged = Signal(str, int, bool)
    by_pointer = False
    """Whether the pointer drags."""
    _turned = 0

    def show_drag(self, drag: DragTarget | None) -> None:
        """Show a dragged event, or none: then no gesture is left over."""
        super().show_drag(drag)
        if drag is None:
            self.by_pointer = False
            self._pressed = None
            self.viewport().unsetCursor()

    # the mouse

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Select the day or the chip; a chip may become a drag."""
        self._tip.stop()
        hit = self.place_at(event.position())
        if hit is None or self._drag is not None or event.button() is Qt.MouseButton.MiddleButton:
            return
        if event.button() is Qt.MouseButton.LeftButton:
            self._pressed = (hit, event.position().toPoint())
        if hit.kind is not HitKind.WEEK:
            self.select(hit.day, hit.key if hit.kind in (*CHIP_KINDS, HitKind.DEADLINE) else None)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Hover, or drag the pressed chip along once the drag distance is passed."""
        self._pointer = event.position().toPoint()
        if self.by_pointer:
            self.dragged_to.emit(event.globalPosition().toPoint())
        elif self._pressed is not None and event.buttons() & Qt.MouseButton.LeftButton:
            self._begin_drag(event)
        else:
            self.point_at(self.place_at(event.position()))

    def _begin_drag(self, event: QMouseEvent) -> None:
        hit, start = self._pressed
        if not self.passed_drag_distance(event, start):
            return
        self._pressed = None
        if hit.kind is not HitKind.EVENT:
            return
        self.by_pointer = True
        self.picked_up.emit(hit.key, True)
        if self._drag is None:
            self.by_pointer = False
            return
        self.viewport().setCursor(Qt.CursorShape.ClosedHandCursor)
        self.dragged_to.emit(event.globalPosition().toPoint())

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Drop what is dragged, else do what a click on the place does."""
        pressed, self._pressed = self._pressed, None
        if self.by_pointer:
            self.by_pointer = False
            self.dropped.emit()
            return
        hit = self.place_at(event.position())
        if pressed is None or hit != pressed[0]:
            return
        if hit.kind is HitKind.MORE:
            self.list_day(hit.day)
        elif hit.kind is HitKind.DEADLINE:
            self.open_deadline(hit.day, hit.key)
        elif hit.kind is HitKind.WEEK:
            self.week_clicked(hit.day)

    def list_day(self, day: date) -> None:
        """Ask for the list of all of ``day``."""
        self.more_requested.emit(day, self.to_viewport(self.day_rect(day)).toRect())

    def open_deadline(self, day: date, key: str) -> None:
        """Open the only deadline of ``day``, or list the day where there are several."""
        if key == MARK:
            self.list_day(day)
        else:
            self.deadline_requested.emit(key.removeprefix(MARK))

    def week_clicked(self, monday: date) -> None:
        """What a click on a week's head does."""

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """Open the chip; on an empty place a new event on that day."""
        hit = self.place_at(event.position())
        if hit is None or event.button() is not Qt.MouseButton.LeftButton:
            return
        if hit.kind is HitKind.DAY:
            self.new_event_requested.emit(hit.day, self.clock_at(event.position()))
        else:
            self._open(hit.kind, hit.key)

    def clock_at(self, at: QPointF) -> time | None:
        """The clock time that a point of the viewport stands for; None where the view has no hours."""
        return None

    def _open(self, kind: HitKind, key: str) -> None:
        if kind is HitKind.EVENT:
            self.event_requested.emit(key)
        elif kind is HitKind.DECISION:
            self.decision_requested.emit(key)

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Scroll where there is something to scroll; else the wheel steps on, Shift+wheel by a week."""
        turned = event.angleDelta().y() or event.angleDelta().x()
        bar = self.verticalScrollBar()
        if event.modifiers() & Qt.KeyboardModifier.ShiftModifier:
            self._turn(turned, self._step_week)
        elif bar.maximum() > 0 and not (
            bar.value() == (bar.minimum() if turned > 0 else bar.maximum()) and not self.keeps_wheel()
        ):
            bar.setValue(bar.value() - turned)
            self._turned = 0
        else:
            self._turn(turned, self.stepped.emit)
        event.accept()

    def keeps_wheel(self) -> bool:
        """Whether the wheel only scrolls while there is something to scroll."""
        return False

    def _turn(self, turned: int, step: Callable[[int], object]) -> None:
        self._turned += turned
        while abs(self._turned) >= WHEEL_STEP:
            forward = self._turned < 0
            self._turned += WHEEL_STEP if forward else -WHEEL_STEP
            step(1 if forward else -1)

    def _step_week(self, step: int) -> None:
        self.select(date.fromordinal(self.place.toordinal() + 7 * step))

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """Ask for the menu of the place under the pointer, or of the selection (Menu key)."""
        if self._drag is not None:
            return
        hit, at = self.place_at(QPointF(event.pos())), event.globalPos()
        if event.reason() is QContextMenuEvent.Reason.Keyboard:
            rect = self.chip_rect(self.place, self._chip) if self._chip else self.day_rect(self.place)
            hit = next((hit for hit in self.layer().hits if hit.rect == rect), None)
            at = self.viewport().mapToGlobal(self.to_viewport(rect).bottomLeft().toPoint())
        if hit is not None:
            self.context_requested.emit(hit, at)

    # the keyboard

    def activate(self) -> None:
        """What Enter does: open the chip, list the day, or make the first event of an empty day."""
        day = self.days.day(self.place)
        if self._chip == MORE_KEY or (self._chip is None and day.chips):
            self.list_day(self.place)
        elif self._chip is not None and self._chip.startswith(MARK):
            self.open_deadline(self.place, self._chip)
        elif self._chip is None:
            self.new_event_requested.emit(self.place, None)
        else:
            chip = next(chip for chip in day.chips if chip.key == self._chip)
            self._open(HitKind.DECISION if chip.decision else HitKind.EVENT, chip.key)

    def walk_chips(self, step: int) -> bool:
        """Go to the next chip of the day (Tab); False where there is none in that direction."""
        keys: tuple[str | None, ...] = (None, *self.chip_keys(self.place))
        place = keys.index(self._chip) if self._chip in keys else 0
        if not 0 <= place + step < len(keys):
            return False
        self.select(self.place, keys[place + step])
        return True

    def focusNextPrevChild(self, forward: bool) -> bool:  # noqa: FBT001
        """Tab walks the day's chips before it leaves the view."""
        if self._drag is not None or (self._days is not None and self.walk_chips(1 if forward else -1)):
            return True
        return super().focusNextPrevChild(forward)

    def on_key(self, key: Qt.Key, modifiers: Qt.KeyboardModifier) -> bool:
        """Arrows walk days, PgUp/PgDn pages; Alt+arrows move the chosen event, Ctrl+M takes it up."""
        if self._days is None:
            return False
        if self._drag is not None:
            return self._on_drag_key(key, modifiers)
        if modifiers & Qt.KeyboardModifier.AltModifier:
            return key in DAYS and self._nudge(DAYS[key])
        if modifiers & Qt.KeyboardModifier.ControlModifier:
            return self._on_control_key(key)
        return self._walk(key)

    def _walk(self, key: Qt.Key) -> bool:
        day = self.place
        if key in DAYS:
            self.select(day + timedelta(days=DAYS[key]))
        elif key in PAGES:
            self.stepped.emit(PAGES[key])
        elif key == Qt.Key.Key_Home:
            self.select(day - timedelta(days=day.weekday()))
        elif key == Qt.Key.Key_End:
            self.select(day + timedelta(days=6 - day.weekday()))
        elif key in ENTER:
            self.activate()
        elif key == Qt.Key.Key_Escape and self.stop is not None:
            self.select(day)
        else:
            return False
        return True

    def _on_control_key(self, key: Qt.Key) -> bool:
        if key == Qt.Key.Key_M:
            if chosen := self._chosen_event():
                self.picked_up.emit(chosen, False)
            else:
                self.say("先按 Tab 选一场活动，再按 Ctrl+M 拿起")
        elif key == Qt.Key.Key_N:
            self.new_event_requested.emit(self.place, None)
        elif key == Qt.Key.Key_T:
            self.today_requested.emit()
        else:
            return False
        return True

    def _nudge(self, days: int) -> bool:
        if chosen := self._chosen_event():
            self.nudged.emit(chosen, days, abs(days) == 1)
        else:
            self.say("先按 Tab 选一场活动，再按 Alt+方向键移动")
        return True

    def _chosen_event(self) -> str | None:
        """The event that a key acts on: the one selected, else the only one of the day."""
        keys = [chip.key for chip in self.days.day(self.place).chips if not chip.decision]
        if self.selected_key is not None:
            return self.selected_key if self.selected_key in keys else None
        return keys[0] if len(keys) == 1 else None

    def _on_drag_key(self, key: Qt.Key, modifiers: Qt.KeyboardModifier) -> bool:
        if key in DAYS:
            self.dragged_by.emit(*self.key_step(key))
        elif key in PAGES:
            self.dragged_by.emit(28 * PAGES[key], 0)
        elif key in ENTER:
            self.put_down.emit(modifiers)
        elif key == Qt.Key.Key_M and modifiers & Qt.KeyboardModifier.ControlModifier:
            self.put_down.emit(Qt.KeyboardModifier.NoModifier)
        elif key == Qt.Key.Key_Escape:
            self.drag_cancelled.emit()
        return True

    def event(self, event: QEvent) -> bool:
        """Keys that mean something on a day are not the menu's while the view has the focus."""
        override = event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent)
        if override and is_own_shortcut(event):
            event.accept()
            return True
        return super().event(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """A drag by the keyboard ends where the keyboard goes elsewhere."""
        super().focusOutEvent(event)
        stays = (Qt.FocusReason.PopupFocusReason, Qt.FocusReason.ActiveWindowFocusReason)
        if self._drag is not None and not self.by_pointer and event.reason() not in stays:
            self.left_while_dragging.emit()
