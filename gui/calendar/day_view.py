"""月视图与周视图的手势：点选、拖动、滚轮、右键与键盘；意图用信号说出来。"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, time

from PySide6.QtCore import QEvent, QPoint, QPointF, QRect, Qt, QTimer, Signal
from PySide6.QtGui import (
    QContextMenuEvent,
    QFocusEvent,
    QHelpEvent,
    QKeyEvent,
    QMouseEvent,
    QWheelEvent,
)
from PySide6.QtWidgets import QApplication, QToolTip, QWidget

from gui.calendar.canvas import Hit, HitKind, Lifted
from gui.calendar.day_canvas import CHIP_KINDS, MORE_KEY, DayCanvas
from gui.calendar.day_keys import handle_key, is_own_shortcut
from gui.calendar.deadlines import MARK

TOOLTIP_DELAY = 500
WHEEL_STEP = 120


class DayView(DayCanvas):
    """Says by signals what the user wants with a day or an event.

    ``picked_up`` carries a key and whether the pointer carries it; ``pointed`` and ``let_go`` global
    points while it does; ``carried_by`` days and minutes while the keyboard does; ``put_down`` the
    modifiers held with Enter. ``deadline_requested`` carries a deadline's key. ``nudged`` moves an event by days, over rest days where the flag is set.
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
    pointed = Signal(QPoint)
    let_go = Signal()
    carried_by = Signal(int, int)
    put_down = Signal(object)
    carrying_cancelled = Signal()
    left_while_carrying = Signal()
    nudged = Signal(str, int, bool)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._pressed: tuple[Hit, QPoint] | None = None
        self._dragging = False
        self._describe: Callable[[Hit], str] | None = None
        self._pointer = QPoint()
        self._turned = 0
        self._tooltip = QTimer(self, singleShot=True, interval=TOOLTIP_DELAY)
        self._tooltip.timeout.connect(self._show_tooltip)

    def set_describer(self, describe: Callable[[Hit], str]) -> None:
        """``describe`` gives the tooltip of a place, "" for none."""
        self._describe = describe

    def show_lifted(self, lifted: Lifted | None) -> None:
        """Show an event in the hand, or none: then no gesture is left over."""
        super().show_lifted(lifted)
        if lifted is None:
            self._dragging = False
            self._pressed = None
            self.viewport().unsetCursor()

    # the mouse

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Select the day or the chip; a chip may become a drag."""
        self._tooltip.stop()
        hit = self.hit_at(event.position())
        if hit is None or self._lifted is not None or event.button() is Qt.MouseButton.MiddleButton:
            return
        if event.button() is Qt.MouseButton.LeftButton:
            self._pressed = (hit, event.position().toPoint())
        if hit.kind is not HitKind.WEEK:
            self.select(hit.day, hit.key if hit.kind in (*CHIP_KINDS, HitKind.DEADLINE) else None)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Hover, or carry the pressed chip along once the drag distance is passed."""
        self._pointer = event.position().toPoint()
        if self._dragging:
            self.pointed.emit(event.globalPosition().toPoint())
        elif self._pressed is not None and event.buttons() & Qt.MouseButton.LeftButton:
            self._begin_drag(event)
        else:
            self._hover_at(event.position())

    def _begin_drag(self, event: QMouseEvent) -> None:
        assert self._pressed is not None
        hit, start = self._pressed
        if (event.position().toPoint() - start).manhattanLength() < QApplication.startDragDistance():
            return
        self._pressed = None
        if hit.kind is not HitKind.EVENT:
            return
        self._dragging = True
        self.picked_up.emit(hit.key, True)
        if self._lifted is None:
            self._dragging = False
            return
        self.viewport().setCursor(Qt.CursorShape.ClosedHandCursor)
        self.pointed.emit(event.globalPosition().toPoint())

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Let go of what is carried, else do what a click on the place does."""
        pressed, self._pressed = self._pressed, None
        if self._dragging:
            self._dragging = False
            self.let_go.emit()
            return
        hit = self.hit_at(event.position())
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
        hit = self.hit_at(event.position())
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
        self.select(date.fromordinal(self._day.toordinal() + 7 * step))

    def _hover_at(self, at: QPointF) -> None:
        hit = self.hit_at(at)
        if hit == self._hover:
            return
        for one in (self._hover, hit):
            if one is not None:
                self.viewport().update(self.to_viewport(one.rect).toAlignedRect())
        self._hover = hit
        pointing = hit is not None and hit.kind is not HitKind.DAY
        shape = Qt.CursorShape.PointingHandCursor if pointing else Qt.CursorShape.ArrowCursor
        self.viewport().setCursor(shape)
        QToolTip.hideText()
        self._tooltip.start()

    def leaveEvent(self, event: QEvent) -> None:
        """Forget the hover."""
        super().leaveEvent(event)
        self._tooltip.stop()
        if self._hover is not None:
            self._hover = None
            self.viewport().update()

    def _show_tooltip(self) -> None:
        if self._hover is None or self._describe is None or self._lifted is not None:
            return
        if text := self._describe(self._hover):
            QToolTip.showText(self.viewport().mapToGlobal(self._pointer), text, self.viewport())

    def viewportEvent(self, event: QEvent) -> bool:
        """Tooltips come from the view's own 500 ms timer."""
        if event.type() == QEvent.Type.ToolTip and isinstance(event, QHelpEvent):
            return True
        return super().viewportEvent(event)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """Ask for the menu of the place under the pointer, or of the selection (Menu key)."""
        if self._lifted is not None:
            return
        if event.reason() is QContextMenuEvent.Reason.Keyboard:
            rect = self.chip_rect(self._day, self._chip) if self._chip else self.day_rect(self._day)
            hit = next((hit for hit in self.layer().hits if hit.rect == rect), None)
            if hit is not None:
                at = self.to_viewport(hit.rect).bottomLeft().toPoint()
                self.context_requested.emit(hit, self.viewport().mapToGlobal(at))
            return
        hit = self.hit_at(QPointF(event.pos()))
        if hit is not None:
            self.context_requested.emit(hit, event.globalPos())

    # the keyboard

    def activate(self) -> None:
        """What Enter does: open the chip, list the day, or make the first event of an empty day."""
        day = self.days.day(self._day)
        if self._chip == MORE_KEY or (self._chip is None and day.chips):
            self.list_day(self._day)
        elif self._chip is not None and self._chip.startswith(MARK):
            self.open_deadline(self._day, self._chip)
        elif self._chip is None:
            self.new_event_requested.emit(self._day, None)
        else:
            chip = next(chip for chip in day.chips if chip.key == self._chip)
            self._open(HitKind.DECISION if chip.decision else HitKind.EVENT, chip.key)

    def walk_chips(self, step: int) -> bool:
        """Go to the next chip of the day (Tab); False where there is none in that direction."""
        keys: tuple[str | None, ...] = (None, *self.chip_keys(self._day))
        place = keys.index(self._chip) if self._chip in keys else 0
        if not 0 <= place + step < len(keys):
            return False
        self.select(self._day, keys[place + step])
        return True

    def focusNextPrevChild(self, forward: bool) -> bool:  # noqa: FBT001
        """Tab walks the day's chips before it leaves the view."""
        if self._lifted is not None or (self._days is not None and self.walk_chips(1 if forward else -1)):
            return True
        return super().focusNextPrevChild(forward)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Walk, open, carry: see ``day_keys``."""
        if self._days is None or not handle_key(self, event):
            super().keyPressEvent(event)

    def event(self, event: QEvent) -> bool:
        """Keys that mean something on a day are not the menu's while the view has the focus."""
        override = event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent)
        if override and is_own_shortcut(event):
            event.accept()
            return True
        return super().event(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """The frame of the selected day becomes strong."""
        super().focusInEvent(event)
        self.viewport().update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """The frame of the selected day becomes thin."""
        super().focusOutEvent(event)
        self.viewport().update()
        stays = (Qt.FocusReason.PopupFocusReason, Qt.FocusReason.ActiveWindowFocusReason)
        if self._lifted is not None and not self._dragging and event.reason() not in stays:
            self.left_while_carrying.emit()
