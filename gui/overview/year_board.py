"""年度总览的主视图：规则为行、月份为列，一屏看清缺什么。"""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent, QPoint, QPointF, QRect, Qt, QTimer, Signal
from PySide6.QtGui import (
    QContextMenuEvent,
    QFocusEvent,
    QHelpEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
)
from PySide6.QtWidgets import QApplication, QToolTip, QWidget

from gui.kit.announce import announce
from gui.kit.chips import paint_focus, paint_hover, paint_selection
from gui.overview.board_canvas import Hit, HitKind
from gui.overview.board_cursor import Cursor, chips_in_cell, kept
from gui.overview.board_drag import Carried, CarryWay, chip_of, effect_words, refusal, way_of, why_stays
from gui.overview.board_keys import handle_key
from gui.overview.board_layout import BoardLayout
from gui.overview.board_overlay import carried_area, paint_carried
from gui.overview.board_view import BoardView
from gui.services.board_values import BoardCell, BoardContents, BoardLine

SCROLL_EDGE = 24
TOOLTIP_DELAY = 500
RELEASED = {
    Qt.Key.Key_Control: Qt.KeyboardModifier.ControlModifier,
    Qt.Key.Key_Shift: Qt.KeyboardModifier.ShiftModifier,
}
"""Some systems still count the key that is being let go among those that are held."""
_POINTED = (
    HitKind.CHIP,
    HitKind.DECISION,
    HitKind.GHOST,
    HitKind.THEME,
    HitKind.MORE,
    HitKind.MONTH,
    HitKind.WEEK,
)


class YearBoard(BoardView):
    """The board. It shows a ``BoardContents`` and tells by signals what the user wants.

    Places are named by the key of their line and the month; nothing here changes data.
    """

    cell_activated = Signal(str, int)
    cell_selected = Signal(str, int)
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
    said = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._cursor: Cursor | None = None
        self._hover: Hit | None = None
        self._pressed: tuple[Hit, QPoint] | None = None
        self._carried: Carried | None = None
        self._describe: Callable[[Hit], str] | None = None
        self._pointer = QPoint()
        self._tooltip = QTimer(self, singleShot=True, interval=TOOLTIP_DELAY)
        self._tooltip.timeout.connect(self._show_tooltip)
        self._scroller = QTimer(self, interval=30)
        self._scroller.timeout.connect(self._scroll_at_edge)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName("年度总览")
        self.setAccessibleDescription("行是规则线，列是月份；方向键移动，回车打开，Ctrl+M 拿起活动")

    def set_contents(self, contents: BoardContents) -> None:
        """Show ``contents``; the selection stays on its line and month where they still exist."""
        key = self.line_at(self._cursor.row).key if self._contents and self._cursor else None
        self._cursor = kept(self._cursor, key, contents.lines)
        self._carried = self._hover = self._pressed = None
        super().set_contents(contents)

    def set_describer(self, describe: Callable[[Hit], str]) -> None:
        """``describe`` gives the tooltip of a place, "" for none."""
        self._describe = describe

    @property
    def cursor_place(self) -> Cursor | None:
        """The selected cell (and chip)."""
        return self._cursor

    @property
    def carried(self) -> Carried | None:
        """The event in the hand, if any."""
        return self._carried

    def paint_overlay(self, painter: QPainter) -> None:
        """Hover, selection, focus and what is carried."""
        layout = self.board_layout()
        if self._hover is not None and self._carried is None and self._hover.kind is not HitKind.MONTH:
            paint_hover(painter, self._hover.rect)
        if self._cursor is not None:
            self._paint_cursor(painter, layout)
        if self._carried is not None:
            assert self._contents is not None
            paint_carried(painter, layout, self._contents, self._carried, self.static_layer().hits)

    def _paint_cursor(self, painter: QPainter, layout: BoardLayout) -> None:
        assert self._cursor is not None
        cell = self.line_at(self._cursor.row).cell_at(self._cursor.month)
        rect = layout.cell_rect(self._cursor.row, cell.first, cell.last)
        if not rect.isEmpty():
            paint_selection(painter, rect, focused=self.hasFocus() and self._cursor.chip is None)
        if (hit := self._cursor_chip_hit()) is not None:
            paint_focus(painter, hit.rect)

    def _cursor_chip_hit(self) -> Hit | None:
        key = self.cursor_chip_key()
        return next((hit for hit in self.static_layer().hits if key and hit.key == key), None)

    def cursor_chip_key(self) -> str | None:
        """The key of the chip the keyboard is on."""
        if self._cursor is None or self._cursor.chip is None:
            return None
        return chips_in_cell(self.line_at(self._cursor.row), self._cursor.month)[self._cursor.chip][1]

    # selection

    def select(self, row: int, month: int, chip: int | None = None) -> None:
        """Select a cell (and chip), scroll it into view and say it."""
        self.place_cursor(Cursor(row, month, chip))

    def place_cursor(self, cursor: Cursor) -> None:
        """Move the selection to ``cursor``."""
        if self.is_narrow and cursor.month not in self.board_layout().months:
            self.show_half(1 if cursor.month <= 6 else 2)
        self._cursor = cursor
        self._ensure_visible()
        self.viewport().update()
        line = self.line_at(cursor.row)
        self.cell_selected.emit(line.key, cursor.month)
        self._say_cursor(line)

    def _say_cursor(self, line: BoardLine) -> None:
        assert self._cursor is not None
        key = self.cursor_chip_key()
        chip = chip_of(line, key) if key else None
        if chip is not None:
            self.say(f"{chip.day.month}月{chip.day.day}日 {chip.title} {chip.status.label}")
            return
        self.say(cell_words(line, line.cell_at(self._cursor.month)))

    def say(self, text: str) -> None:
        """Tell ``text`` to screen readers and the status bar."""
        announce(self, text)
        self.said.emit(text)

    def _ensure_visible(self) -> None:
        assert self._cursor is not None
        layout = self.board_layout()
        cell = self.line_at(self._cursor.row).cell_at(self._cursor.month)
        rect = layout.cell_rect(self._cursor.row, cell.first, cell.last)
        for bar, start, end, begin, room in (
            (
                self.horizontalScrollBar(),
                rect.left(),
                rect.right(),
                layout.metrics.left,
                self.viewport().width(),
            ),
            (
                self.verticalScrollBar(),
                rect.top(),
                rect.bottom(),
                layout.metrics.top,
                self.viewport().height(),
            ),
        ):
            if end > bar.value() + room:
                bar.setValue(int(end - room))
            if start < bar.value() + begin:
                bar.setValue(int(start - begin))

    def activate_cursor(self) -> None:
        """What Enter does: open the chip the keyboard is on, else the card of the cell."""
        if self._cursor is None:
            return
        line, key = self.line_at(self._cursor.row), self.cursor_chip_key()
        if key is not None:
            self._request(line, key)
        else:
            self.cell_activated.emit(line.key, self._cursor.month)

    def _request(self, line: BoardLine, key: str) -> None:
        (self.event_requested if line.campaign else self.decision_requested).emit(key)

    # carrying

    def pick_up(self, key: str, way: CarryWay = CarryWay.MOVE) -> bool:
        """Take an event in the hand (Ctrl+M); False, and said why, where it cannot be carried that way."""
        assert self._contents is not None
        for row, line in enumerate(self._contents.lines):
            chip = chip_of(line, key)
            if chip is None:
                continue
            if reason := why_stays(line, chip, way):
                self.say(reason)
                return False
            self._carry(Carried(key, row, chip.day.month, chip.day.month, way=way))
            self.say(f"已拿起 {chip.title}，方向键选月份，回车放下，Ctrl+回车复制，Shift+回车延期，Esc 取消")
            return True
        return False

    def carry_to(self, month: int) -> None:
        """Hold the event in the hand over another month."""
        if self._carried is None or not 1 <= month <= 12:
            return
        if self.is_narrow and month not in self.board_layout().months:
            self.show_half(1 if month <= 6 else 2)
        self._carry(self._carried._replace(target=month))
        assert self._contents is not None
        self.say(f"{month}月，{effect_words(self._contents, self._carried)}")

    def carry_as(self, way: CarryWay) -> None:
        """Move, copy or postpone what is in the hand; said where it changes."""
        if self._carried is None or self._carried.way is way:
            return
        self._carry(self._carried._replace(way=way))
        assert self._contents is not None
        self.say(effect_words(self._contents, self._carried) or way.label)

    def put_down(self, at: QPoint | None = None) -> None:
        """Let the event go where it is held: asks for the day or the reason, or bounces back and says why."""
        carried, self._carried = self._carried, None
        self._scroller.stop()
        self.viewport().update()
        if carried is None or carried.target is None or self._contents is None:
            return
        if reason := refusal(self._contents, carried):
            self.say(reason)
            return
        if carried.way is CarryWay.POSTPONE:
            self.postpone_requested.emit(carried.key, carried.target)
            return
        if at is None:
            rect = self.to_viewport(
                self.board_layout().cell_rect(carried.row, carried.target, carried.target)
            )
            at = self.viewport().mapToGlobal(rect.toRect().bottomLeft())
        asked = self.copy_requested if carried.way is CarryWay.COPY else self.move_requested
        asked.emit(carried.key, carried.target, at)

    def cancel_carrying(self) -> bool:
        """Put the event back (Esc); whether there was one."""
        if self._carried is None:
            return False
        self._carry(None)
        self._scroller.stop()
        self.say("已取消移动")
        return True

    def _carry(self, carried: Carried | None) -> None:
        """Hold ``carried``, repainting only what the overlay touches."""
        assert self._contents is not None
        before = self.carried_rect()
        first = self._carried is None or carried is None
        self._carried = carried
        if first:
            self.viewport().update()
            return
        self.viewport().update(before)
        self.viewport().update(self.carried_rect())

    def carried_rect(self) -> QRect:
        """The part of the viewport that the carried event touches: what one drag frame repaints."""
        if self._contents is None or self._carried is None:
            return QRect()
        area = carried_area(self.board_layout(), self._contents, self._carried)
        return self.to_viewport(area).toAlignedRect()

    def _scroll_at_edge(self) -> None:
        """Scroll while the event is held within 24 px of an edge."""
        at, size = self._pointer, self.viewport().size()
        sizes = self.board_layout().metrics
        across = (at.x() > size.width() - SCROLL_EDGE) - (at.x() < sizes.left + SCROLL_EDGE)
        down = (at.y() > size.height() - SCROLL_EDGE) - (at.y() < sizes.top + SCROLL_EDGE)
        self.horizontalScrollBar().setValue(self.horizontalScrollBar().value() + 16 * across)
        self.verticalScrollBar().setValue(self.verticalScrollBar().value() + 16 * down)

    # events

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Select the cell; a chip may become a drag."""
        self._tooltip.stop()
        hit = self.hit_at(event.position())
        if hit is None or event.button() is not Qt.MouseButton.LeftButton:
            return
        self._pressed = (hit, event.position().toPoint())
        if hit.row >= 0:
            self._cursor = Cursor(hit.row, hit.month)
            self.viewport().update()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Hover, or carry the pressed chip along once the drag distance is passed."""
        self._pointer = event.position().toPoint()
        if self._carried is not None:
            self.carry_as(way_of(event.modifiers()))
            self.drag_to(event.position())
        elif self._pressed is not None:
            self._begin_drag(event)
        else:
            self._hover_at(event.position())

    def _begin_drag(self, event: QMouseEvent) -> None:
        assert self._pressed is not None
        hit, start = self._pressed
        far = (event.position().toPoint() - start).manhattanLength() >= QApplication.startDragDistance()
        if hit.kind is HitKind.CHIP and far and self.pick_up(hit.key, way_of(event.modifiers())):
            self.drag_to(event.position())
            self._scroller.start()
        elif far:
            self._pressed = None

    def drag_to(self, position: QPointF) -> None:
        """Hold what is carried at a viewport position."""
        assert self._carried is not None
        layout, at = self.board_layout(), self.to_content(position)
        row = layout.row_at(at.y())
        month = layout.month_at(at.x()) if row == self._carried.row else None
        self._carry(self._carried._replace(target=month, pointer=at))

    def _hover_at(self, position: QPointF) -> None:
        hit = self.hit_at(position)
        if hit == self._hover:
            return
        for area in (self._hover, hit):
            if area is not None:
                self.viewport().update(self.to_viewport(area.rect).toAlignedRect())
        self._hover = hit
        pointing = hit is not None and hit.kind in _POINTED
        shape = Qt.CursorShape.PointingHandCursor if pointing else Qt.CursorShape.ArrowCursor
        self.viewport().setCursor(shape)
        QToolTip.hideText()
        self._tooltip.start()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Drop what is carried, else do what a click on the place does."""
        pressed, self._pressed = self._pressed, None
        if self._carried is not None:
            self.carry_as(way_of(event.modifiers()))
            self.put_down(event.globalPosition().toPoint())
            return
        hit = self.hit_at(event.position())
        if pressed is not None and hit is not None and hit == pressed[0]:
            self._click(hit)

    def _click(self, hit: Hit) -> None:
        key = self.line_at(hit.row).key if hit.row >= 0 else ""
        if hit.kind is HitKind.CELL or hit.kind is HitKind.GHOST:
            self.place_cursor(Cursor(hit.row, hit.month))
            self.cell_activated.emit(key, hit.month)
        elif hit.kind is HitKind.CHIP:
            self.event_requested.emit(hit.key)
        elif hit.kind is HitKind.DECISION:
            self.decision_requested.emit(hit.key)
        elif hit.kind is HitKind.THEME:
            self.theme_requested.emit(int(hit.key))
        elif hit.kind is HitKind.MORE:
            at = self.viewport().mapToGlobal(self.to_viewport(hit.rect).bottomLeft().toPoint())
            self.more_requested.emit(key, hit.month, at)
        elif hit.kind is HitKind.MONTH:
            self.month_requested.emit(hit.month)
        else:
            self.week_requested.emit(hit.key)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """On an empty place: a new event with rule and period filled in."""
        hit = self.hit_at(event.position())
        if hit is not None and hit.kind is HitKind.CELL and self.line_at(hit.row).campaign:
            self.new_event_requested.emit(self.line_at(hit.row).key, hit.month)

    def leaveEvent(self, event: QEvent) -> None:
        """Forget the hover."""
        super().leaveEvent(event)
        self._tooltip.stop()
        if self._hover is not None:
            self._hover = None
            self.viewport().update()

    def _show_tooltip(self) -> None:
        if self._hover is None or self._describe is None or self._carried is not None:
            return
        if text := self._describe(self._hover):
            QToolTip.showText(self.viewport().mapToGlobal(self._pointer), text, self.viewport())

    def viewportEvent(self, event: QEvent) -> bool:
        """Tooltips come from the board's own 500 ms timer."""
        if event.type() == QEvent.Type.ToolTip and isinstance(event, QHelpEvent):
            return True
        return super().viewportEvent(event)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """Ask for the menu of the place under the pointer, or of the selection (Menu key)."""
        if event.reason() is QContextMenuEvent.Reason.Keyboard:
            hit = self._cursor_chip_hit() or self._cursor_cell_hit()
            if hit is not None:
                at = self.to_viewport(hit.rect).bottomLeft().toPoint()
                self.context_requested.emit(hit, self.viewport().mapToGlobal(at))
            return
        hit = self.hit_at(QPointF(event.pos()))
        if hit is not None:
            self.context_requested.emit(hit, event.globalPos())

    def _cursor_cell_hit(self) -> Hit | None:
        if self._cursor is None:
            return None
        cell = self.line_at(self._cursor.row).cell_at(self._cursor.month)
        rect = self.board_layout().cell_rect(self._cursor.row, cell.first, cell.last)
        return Hit(rect, HitKind.CELL, self._cursor.row, self._cursor.month, "")

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Walk, open, carry: see ``board_keys``."""
        if self._contents is None or not self._contents.lines or not handle_key(self, event):
            super().keyPressEvent(event)

    def keyReleaseEvent(self, event: QKeyEvent) -> None:
        """Ctrl or Shift let go while the pointer carries: it is moved again."""
        if self._carried is not None and self._carried.pointer is not None:
            released = RELEASED.get(Qt.Key(event.key()), Qt.KeyboardModifier.NoModifier)
            self.carry_as(way_of(event.modifiers() & ~released))
        super().keyReleaseEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """The first focus selects the current month of the first line."""
        super().focusInEvent(event)
        if self._cursor is None and self._contents and self._contents.lines:
            self._cursor = Cursor(0, self._contents.current_month or 1)
        self.viewport().update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """The frame of the selection becomes thin."""
        super().focusOutEvent(event)
        self.viewport().update()


def cell_words(line: BoardLine, cell: BoardCell) -> str:
    """A cell in words, for screen readers and the status bar."""
    period = f"{cell.first}月" if cell.first == cell.last else f"{cell.first}–{cell.last}月"
    count = sum(len(line.chips_at(month)) for month in range(cell.first, cell.last + 1))
    parts = [line.title, period]
    if cell.state is not None:
        parts += [cell.state.label, cell.count, cell.note]
    parts.append(f"{count} 场活动" if count else "没有活动")
    return " ".join(part for part in parts if part)
