"""年度总览的主视图：规则为行、月份为列，一屏看清缺什么；拖动或用键盘“拿起”一场活动，移动、复制或延期。"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, QPointF, QRect, Qt, QTimer, Signal
from PySide6.QtGui import QContextMenuEvent, QKeyEvent, QMouseEvent, QPainter

from gui.kit.cell_grid import ENTER, STEPS
from gui.kit.scrolled_grid import EDGE, SCROLL
from gui.overview.board_canvas import BoardHit, BoardHitKind
from gui.overview.board_cursor import Cursor, chips_in_cell
from gui.overview.board_drag import (
    BoardDrag,
    DragAction,
    action_of,
    chip_of,
    effect_words,
    refusal,
    why_stays,
)
from gui.overview.board_overlay import drag_area, paint_drag
from gui.overview.board_view import BoardView
from gui.services.board_values import BoardContents, BoardLine

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

_ACTION_KEYS = {Qt.Key.Key_Control: DragAction.COPY, Qt.Key.Key_Shift: DragAction.POSTPONE}
_RELEASED = {
    Qt.Key.Key_Control: Qt.KeyboardModifier.ControlModifier,
    Qt.Key.Key_Shift: Qt.KeyboardModifier.ShiftModifier,
}
"""Some systems still count the key that is being let go among those that are held."""


class YearBoard(BoardView):
    """The board. It shows a ``BoardContents`` and tells by signals what the user wants.

    Places are named by the key of their line and the month; nothing here changes data.
    """

    cell_activated = Signal(str, int)
    suggestion_requested = Signal(str, int)
    new_event_requested = Signal(str, int)
    event_requested = Signal(str)
    decision_requested = Signal(str)
    theme_requested = Signal(int)
    month_requested = Signal(int)
    week_requested = Signal(str)
    more_requested = Signal(str, int, QPoint)
    move_requested = Signal(str, int, QPoint)
    copy_requested = Signal(str, int, QPoint)
    postpone_requested = Signal(str, int)
    context_requested = Signal(object, QPoint)

    def __init__(self, parent: QWidget | None = None) -> None:
        self._drag: BoardDrag | None = None
        super().__init__(parent)
        self._scroller = QTimer(self, interval=30)
        self._scroller.timeout.connect(self._scroll_at_edge)

    def set_contents(self, contents: BoardContents) -> None:
        """Show ``contents``; what was dragged is let go of."""
        self._drag = self._pressed = None
        super().set_contents(contents)

    @property
    def drag(self) -> BoardDrag | None:
        """The event that is being dragged, if any."""
        return self._drag

    def is_dragging(self) -> bool:
        return self._drag is not None

    def paint_overlay(self, painter: QPainter, *, in_head: bool) -> None:
        """Hover, selection, focus and what is dragged."""
        super().paint_overlay(painter, in_head=in_head)
        if self._drag is not None:
            assert self._contents is not None
            paint_drag(painter, self.board_layout(), self._contents, self._drag, self.layer().hits)

    # the drag

    def pick_up(self, key: str, action: DragAction = DragAction.MOVE) -> bool:
        """Take an event up (Ctrl+M); False, and said why, where it cannot be dragged so."""
        assert self._contents is not None
        for row, line in enumerate(self._contents.lines):
            chip = chip_of(line, key)
            if chip is None:
                continue
            if reason := why_stays(line, chip, action):
                self.say(reason)
                return False
            self._hold(BoardDrag(key, row, chip.day.month, chip.day.month, action=action))
            self.say(f"已拿起 {chip.title}，方向键选月份，回车放下，Ctrl+回车复制，Shift+回车延期，Esc 取消")
            return True
        return False

    def drag_to_month(self, month: int) -> None:
        """Hold the dragged event over another month."""
        if self._drag is None or not 1 <= month <= 12:
            return
        self.bring_up(month)
        self._hold(self._drag._replace(target=month))
        assert self._contents is not None
        self.say(f"{month}月，{effect_words(self._contents, self._drag)}")

    def drag_as(self, action: DragAction) -> None:
        """Move, copy or postpone what is dragged; said where it changes."""
        if self._drag is None or self._drag.action is action:
            return
        self._hold(self._drag._replace(action=action))
        assert self._contents is not None
        self.say(effect_words(self._contents, self._drag) or action.label)

    def put_down(self, at: QPoint | None = None) -> None:
        """Let the event go where it is held: asks for the day or the reason, or bounces back and says why."""
        drag, self._drag = self._drag, None
        self._scroller.stop()
        self.viewport().update()
        if drag is None or drag.target is None or self._contents is None:
            return
        if reason := refusal(self._contents, drag):
            self.say(reason)
            return
        if drag.action is DragAction.POSTPONE:
            self.postpone_requested.emit(drag.key, drag.target)
            return
        if at is None:
            rect = self.board_layout().cell_rect(drag.row, drag.target, drag.target)
            at = self.viewport().mapToGlobal(self.to_viewport(rect).toRect().bottomLeft())
        asked = self.copy_requested if drag.action is DragAction.COPY else self.move_requested
        asked.emit(drag.key, drag.target, at)

    def cancel_drag(self) -> bool:
        """Put the event back (Esc); whether there was one."""
        if self._drag is None:
            return False
        self._hold(None)
        self._scroller.stop()
        self.say("已取消移动")
        return True

    def _hold(self, drag: BoardDrag | None) -> None:
        """Hold ``drag``, repainting only what the overlay touches."""
        assert self._contents is not None
        before = self.drag_rect()
        first = self._drag is None or drag is None
        self._drag = drag
        if first:
            self.viewport().update()
            return
        self.viewport().update(before)
        self.viewport().update(self.drag_rect())

    def drag_rect(self) -> QRect:
        """The part of the viewport that the drag event touches: what one drag frame repaints."""
        if self._contents is None or self._drag is None:
            return QRect()
        area = drag_area(self.board_layout(), self._contents, self._drag)
        return self.to_viewport(area).toAlignedRect()

    def _scroll_at_edge(self) -> None:
        """Scroll while the event is held within 24 px of an edge."""
        at, size = self._pointer, self.viewport().size()
        sizes = self.board_layout().metrics
        across = (at.x() > size.width() - EDGE) - (at.x() < sizes.left + EDGE)
        down = (at.y() > size.height() - EDGE) - (at.y() < sizes.top + EDGE)
        self.horizontalScrollBar().setValue(self.horizontalScrollBar().value() + SCROLL * across)
        self.verticalScrollBar().setValue(self.verticalScrollBar().value() + SCROLL * down)

    # the pointer

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Select the cell; a chip may become a drag."""
        self._tip.stop()
        hit = self.place_at(event.position())
        if hit is None or event.button() is not Qt.MouseButton.LeftButton:
            return
        self._pressed = (hit, event.position().toPoint())
        if hit.row >= 0:
            self.place = Cursor(hit.row, hit.month)
            self.viewport().update()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Hover, or drag the pressed chip along once the drag distance is passed."""
        self._pointer = event.position().toPoint()
        if self._drag is not None:
            self.drag_as(action_of(event.modifiers()))
            self.drag_to(event.position())
        elif self._pressed is not None:
            self._begin_drag(event)
        else:
            self.point_at(self.place_at(event.position()))

    def _begin_drag(self, event: QMouseEvent) -> None:
        hit, start = self._pressed
        far = self.passed_drag_distance(event, start)
        if hit.kind is BoardHitKind.CHIP and far and self.pick_up(hit.key, action_of(event.modifiers())):
            self.drag_to(event.position())
            self._scroller.start()
        elif far:
            self._pressed = None

    def drag_to(self, position: QPointF) -> None:
        """Drag to a viewport position."""
        assert self._drag is not None
        layout, at = self.board_layout(), self.to_content(position)
        month = layout.month_at(at.x()) if layout.row_at(at.y()) == self._drag.row else None
        self._hold(self._drag._replace(target=month, pointer=at))

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Drop what is dragged, else do what a click on the place does."""
        pressed, self._pressed = self._pressed, None
        if self._drag is not None:
            self.drag_as(action_of(event.modifiers()))
            self.put_down(event.globalPosition().toPoint())
            return
        hit = self.place_at(event.position())
        if pressed is not None and hit is not None and hit == pressed[0]:
            self._click(hit)

    def _click(self, hit: BoardHit) -> None:
        key = self.line_at(hit.row).key if hit.row >= 0 else ""
        if hit.kind is BoardHitKind.CELL or hit.kind is BoardHitKind.GHOST:
            self.go_to(Cursor(hit.row, hit.month))
            self.cell_activated.emit(key, hit.month)
        elif hit.kind is BoardHitKind.CHIP:
            self.event_requested.emit(hit.key)
        elif hit.kind is BoardHitKind.DECISION:
            self.decision_requested.emit(hit.key)
        elif hit.kind is BoardHitKind.THEME:
            self.theme_requested.emit(int(hit.key))
        elif hit.kind is BoardHitKind.MORE:
            at = self.viewport().mapToGlobal(self.to_viewport(hit.rect).bottomLeft().toPoint())
            self.more_requested.emit(key, hit.month, at)
        elif hit.kind is BoardHitKind.MONTH:
            self.month_requested.emit(hit.month)
        else:
            self.week_requested.emit(hit.key)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """On an empty place: a new event with rule and period filled in."""
        hit = self.place_at(event.position())
        if hit is not None and hit.kind is BoardHitKind.CELL and self.line_at(hit.row).campaign:
            self.new_event_requested.emit(self.line_at(hit.row).key, hit.month)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """Ask for the menu of the place under the pointer, or of the selection (Menu key)."""
        hit, at = self.place_at(QPointF(event.pos())), event.globalPos()
        if event.reason() is QContextMenuEvent.Reason.Keyboard:
            hit = self.chip_hit() or (self.cell_hit(self.place) if self.place else None)
            if hit is not None:
                at = self.viewport().mapToGlobal(self.place_rect(hit).bottomLeft().toPoint())
        if hit is not None:
            self.context_requested.emit(hit, at)

    # the keyboard

    def on_key(self, key: Qt.Key, modifiers: Qt.KeyboardModifier) -> bool:
        """Walk with the arrows, with Ctrl by quarters; Ctrl+M takes an event up, then the arrows carry it."""
        if self._contents is None or not self._contents.lines:
            return False
        self.place = self.place or Cursor(0, self._contents.current_month or 1)
        if self._drag is not None:
            return self._on_drag_key(key, action_of(modifiers))
        if modifiers & Qt.KeyboardModifier.ControlModifier:
            return self._on_control_key(self.place, key)
        if key in ENTER:
            self._activate(self.place)
            return True
        return self.walk(key)

    def _activate(self, cursor: Cursor) -> None:
        """What Enter does: open the chip the keyboard is on, else the card of the cell."""
        line, key = self.line_at(cursor.row), self.chip_key()
        if key is None:
            self.cell_activated.emit(line.key, cursor.month)
        else:
            (self.event_requested if line.campaign else self.decision_requested).emit(key)

    def _on_control_key(self, cursor: Cursor, key: Qt.Key) -> bool:
        line = self.line_at(cursor.row)
        if key == Qt.Key.Key_M:
            self._pick_up_here(line, cursor)
        elif key in ENTER:
            self.suggestion_requested.emit(line.key, cursor.month)
        elif key == Qt.Key.Key_N and line.campaign is not None:
            self.new_event_requested.emit(line.key, cursor.month)
        else:
            return self.walk_far(key)
        return True

    def _pick_up_here(self, line: BoardLine, cursor: Cursor) -> None:
        """Take the chip under the keyboard, else the first of the cell that can be moved."""
        chosen = self.chip_key()
        keys = [chosen] if chosen else [key for _, key in chips_in_cell(line, cursor.month)]
        if not keys:
            self.say("这一格没有可移动的活动")
        any(self.pick_up(key) for key in keys)

    def _on_drag_key(self, key: Qt.Key, action: DragAction) -> bool:
        assert self._drag is not None
        if step := STEPS.get(key, (0, 0))[0]:
            self.drag_to_month((self._drag.target or self._drag.month) + step)
        elif key in ENTER:
            self.drag_as(action)
            self.put_down()
        elif key == Qt.Key.Key_M and action is DragAction.COPY:
            self.put_down()
        elif key == Qt.Key.Key_Escape:
            self.cancel_drag()
        elif key in _ACTION_KEYS and self._drag.pointer is not None:
            self.drag_as(_ACTION_KEYS[key])
        return True

    def keyReleaseEvent(self, event: QKeyEvent) -> None:
        """Ctrl or Shift let go while the pointer drags: it is moved again."""
        if self._drag is not None and self._drag.pointer is not None:
            released = _RELEASED.get(Qt.Key(event.key()), Qt.KeyboardModifier.NoModifier)
            self.drag_as(action_of(event.modifiers() & ~released))
        super().keyReleaseEvent(event)
