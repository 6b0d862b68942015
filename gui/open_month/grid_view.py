"""开放月的格子：单位 × 31 天；方向键走格，Enter 打开或新建，Alt+方向键与拖动改日期。"""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QPoint, QPointF, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QContextMenuEvent,
    QFocusEvent,
    QHelpEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QPixmap,
    QResizeEvent,
)
from PySide6.QtWidgets import QAbstractScrollArea, QApplication, QToolTip, QWidget

from gui.kit.announce import announce
from gui.kit.marks import new_pixmap, with_alpha
from gui.kit.plain import plain_tip
from gui.kit.theme import theme
from gui.open_month.grid_layout import COLUMNS, GridLayout
from gui.open_month.grid_painter import paint_bar, paint_head, paint_rows
from gui.open_month.rows import Bar, DayHead, GridRow, event_sentence, place_words
from models.domain.events import Event

_STEPS = {
    Qt.Key.Key_Left: (0, -1),
    Qt.Key.Key_Right: (0, 1),
    Qt.Key.Key_Up: (-1, 0),
    Qt.Key.Key_Down: (1, 0),
}
_DAYS = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1, Qt.Key.Key_Up: -7, Qt.Key.Key_Down: 7}
_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


class OpenMonthGrid(QAbstractScrollArea):
    """Units × days. Says by signals what the user wants.

    ``opened`` carries an event's key; ``new_requested`` the selected row's unit name and day (0: none);
    ``moved`` an event's key and its new day of August; ``nudged`` a key and by how many days;
    ``selected`` is emitted when the cursor goes on; ``menu_requested`` carries a global point.
    """

    opened = Signal(str)
    new_requested = Signal(str, int)
    moved = Signal(str, int)
    nudged = Signal(str, int)
    selected = Signal()
    menu_requested = Signal(QPoint)
    said = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFrameShape(QAbstractScrollArea.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.viewport().setMouseTracking(True)
        self.setAccessibleName("开放月：单位与日期")
        self.setAccessibleDescription(
            "方向键走格，空格走同一天的各场，回车打开或新建，Alt+方向键改日期，Home 和 End 到月初月末"
        )
        self._rows: tuple[GridRow, ...] = ()
        self._heads: tuple[DayHead, ...] = ()
        self._corner, self._year, self._today = "", 2000, 0
        self._layout: GridLayout | None = None
        self._layer: tuple[tuple[object, ...], QPixmap, QPixmap] | None = None
        self._revision = 0
        self._row, self._column, self._number = 0, 1, 0
        self._hover: Bar | None = None
        self._pressed: tuple[Bar, QPoint] | None = None
        self._carried: tuple[Bar, int] | None = None
        theme().changed.connect(self.forget)

    # what is shown

    def show_month(
        self, rows: Sequence[GridRow], heads: Sequence[DayHead], corner: str, year: int, today: int
    ) -> None:
        """Show ``rows``; the cursor stays on its unit where that is still there."""
        unit = self.row.title if self.row else ""
        self._rows, self._heads = tuple(rows), tuple(heads)
        self._corner, self._year, self._today = corner, year, today
        self._pressed = self._carried = self._hover = None
        known = next((n for n, row in enumerate(self._rows) if row.line and row.title == unit), None)
        self._row = known if known is not None else self._next_row(-1, 1)
        self._number = min(self._number, max(0, len(self.events) - 1))
        self._revision += 1
        self.forget()

    def forget(self) -> None:
        """Measure and paint anew: contents, width, theme or text size are other ones."""
        self._layout = self._layer = None
        self._fit()
        self.viewport().update()

    def grid(self) -> GridLayout:
        """The present layout."""
        if self._layout is None:
            self._layout = GridLayout(self.viewport().width(), self._rows)
        return self._layout

    def _fit(self) -> None:
        layout, port = self.grid(), self.viewport().size()
        self.verticalScrollBar().setRange(0, max(0, layout.height + layout.head - port.height()))
        self.verticalScrollBar().setPageStep(port.height() - layout.head)
        self.verticalScrollBar().setSingleStep(layout.bar_height + 7)
        self.horizontalScrollBar().setRange(0, max(0, layout.width - port.width()))
        self.horizontalScrollBar().setPageStep(port.width())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The columns share another width."""
        super().resizeEvent(event)
        self._layout = None
        self._fit()

    # where the cursor is

    @property
    def row(self) -> GridRow | None:
        """The row of the cursor."""
        return self._rows[self._row] if 0 <= self._row < len(self._rows) else None

    @property
    def column(self) -> int:
        """The day of the cursor; 0 the column 未定."""
        return self._column

    @property
    def events(self) -> tuple[Event, ...]:
        """The events under the cursor."""
        return self.row.at(self._column) if self.row else ()

    @property
    def event_key(self) -> str | None:
        """The event that a key acts on."""
        events = self.events
        return events[min(self._number, len(events) - 1)].key if events else None

    def select(self, row: int, column: int, number: int = 0) -> None:
        """Put the cursor on a cell and on one of its events."""
        if not 0 <= row < len(self._rows) or self._rows[row].line is None:
            return
        self._row, self._column, self._number = row, min(max(0, column), COLUMNS - 1), number
        self._bring_into_view()
        self.viewport().update()
        self.selected.emit()
        self._tell()

    def select_event(self, key: str) -> bool:
        """Put the cursor on an event, in the first row that has it; False where none has."""
        for number, row in enumerate(self._rows):
            for bar in row.bars:
                if bar.event.key == key:
                    keys = [event.key for event in row.at(bar.first)]
                    self.select(number, bar.first, keys.index(key))
                    return True
        return False

    def _next_row(self, row: int, step: int) -> int:
        """The next row of a unit from ``row`` in the direction of ``step``; ``row`` where there is none."""
        number = row + step
        while 0 <= number < len(self._rows):
            if self._rows[number].line is not None:
                return number
            number += step
        return row

    def _bring_into_view(self) -> None:
        layout = self.grid()
        rect = layout.cell_rect(self._row, self._column)
        bar, room = self.verticalScrollBar(), self.viewport().height() - layout.head
        if rect.top() < bar.value():
            bar.setValue(int(rect.top()) - (layout.group_height if self._row <= 1 else 0))
        elif rect.bottom() > bar.value() + room:
            bar.setValue(int(rect.bottom() - room) + 1)
        across, width = self.horizontalScrollBar(), self.viewport().width()
        if rect.left() < across.value() + layout.head_width:
            across.setValue(int(rect.left() - layout.head_width))
        elif rect.right() > across.value() + width:
            across.setValue(int(rect.right() - width) + 1)

    def _tell(self) -> None:
        if self.row is not None:
            words = place_words(self.row, self._column, self._year)
            self.said.emit(words)
            announce(self, words)

    # painting

    def _layers(self) -> tuple[QPixmap, QPixmap]:
        layout, ratio = self.grid(), self.devicePixelRatioF()
        key = (layout.width, layout.height, ratio, self._revision, theme().dark, theme().scale)
        if self._layer is None or self._layer[0] != key:
            body = new_pixmap(QSize(layout.width, max(1, layout.height)), ratio)
            painter = QPainter(body)
            paint_rows(painter, layout, self._heads, self._today)
            painter.end()
            head = new_pixmap(QSize(layout.width, layout.head), ratio)
            painter = QPainter(head)
            paint_head(painter, layout, self._heads, self._corner, self._today)
            painter.end()
            self._layer = (key, body, head)
        return self._layer[1], self._layer[2]

    def paintEvent(self, event: QPaintEvent) -> None:
        """The painted layers, then cursor, hover and what is carried; row heads stay while scrolling sideways."""
        del event
        layout = self.grid()
        body, head = self._layers()
        across, down = self.horizontalScrollBar().value(), self.verticalScrollBar().value()
        painter = QPainter(self.viewport())
        painter.fillRect(self.viewport().rect(), theme().color("surface"))
        painter.drawPixmap(-across, layout.head - down, body)
        painter.save()
        painter.translate(-across, layout.head - down)
        self._paint_cursor(painter, layout)
        painter.restore()
        painter.drawPixmap(-across, 0, head)
        if across:
            self._paint_fixed_heads(painter, layout, body, head, down)
        painter.end()

    def _paint_fixed_heads(
        self, painter: QPainter, layout: GridLayout, body: QPixmap, head: QPixmap, down: int
    ) -> None:
        ratio = self.devicePixelRatioF()
        width = layout.head_width
        port = self.viewport().height() - layout.head
        part = QRectF(0, down * ratio, width * ratio, port * ratio)
        painter.drawPixmap(QRectF(0, layout.head, width, port), body, part)
        painter.drawPixmap(
            QRectF(0, 0, width, layout.head), head, QRectF(0, 0, width * ratio, layout.head * ratio)
        )

    def _paint_cursor(self, painter: QPainter, layout: GridLayout) -> None:
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if self._hover is not None and self._carried is None:
            row = self._row_of(self._hover)
            painter.setPen(QPen(theme().color("focus"), 1.2))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(layout.bar_rect(row, self._hover).adjusted(0.5, 0.5, -0.5, -0.5), 4, 4)
        if self.row is not None and self.row.line is not None:
            rect = layout.cell_rect(self._row, self._column).adjusted(0, 0, -1, -1)
            painter.setBrush(Qt.BrushStyle.NoBrush if self.hasFocus() else with_alpha("selected", 0.35))
            painter.setPen(QPen(theme().color("focus"), 2 if self.hasFocus() else 1))
            painter.drawRoundedRect(rect.adjusted(1, 1, -1, -1), 3, 3)
            if len(self.events) > 1 and self.hasFocus():
                self._paint_chosen(painter, layout)
        if self._carried is not None:
            bar, day = self._carried
            row = self._row_of(bar)
            painter.setOpacity(0.85)
            moved = bar._replace(first=day, last=min(day + bar.last - bar.first, COLUMNS - 1))
            paint_bar(painter, layout.bar_rect(row, moved), moved)

    def _paint_chosen(self, painter: QPainter, layout: GridLayout) -> None:
        assert self.row is not None
        bar = next((b for b in self.row.bars if b.event.key == self.event_key), None)
        if bar is not None:
            painter.setPen(QPen(theme().color("today"), 1.6))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(layout.bar_rect(self._row, bar).adjusted(0.5, 0.5, -0.5, -0.5), 4, 4)

    def _row_of(self, bar: Bar) -> int:
        return next(n for n, row in enumerate(self._rows) if any(b is bar for b in row.bars))

    # the mouse

    def _content(self, at: QPointF) -> QPointF:
        return QPointF(
            at.x() + self.horizontalScrollBar().value(),
            at.y() - self.grid().head + self.verticalScrollBar().value(),
        )

    def _place(self, at: QPointF) -> tuple[int, int] | None:
        if at.y() < self.grid().head:
            return None
        content = self._content(at)
        row, column = self.grid().row_at(content.y()), self.grid().column_at(content.x())
        return (row, column) if row is not None and column is not None else None

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Select the cell; a bar may become a drag."""
        place = self._place(event.position())
        if place is None or self._rows[place[0]].line is None:
            return
        bar = self.grid().bar_at(self._content(event.position()))
        number = 0
        if bar is not None:
            keys = [one.key for one in self._rows[place[0]].at(place[1])]
            number = keys.index(bar.event.key) if bar.event.key in keys else 0
            if event.button() is Qt.MouseButton.LeftButton:
                self._pressed = (bar, event.position().toPoint())
        self.select(place[0], place[1], number)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Hover, or carry the pressed bar along its row."""
        if self._pressed is not None and event.buttons() & Qt.MouseButton.LeftButton:
            self._carry(event)
            return
        hover = self.grid().bar_at(self._content(event.position())) if self._place(event.position()) else None
        if hover is not self._hover:
            self._hover = hover
            self.viewport().update()

    def _carry(self, event: QMouseEvent) -> None:
        assert self._pressed is not None
        bar, start = self._pressed
        far = (event.position().toPoint() - start).manhattanLength() >= QApplication.startDragDistance()
        column = self.grid().column_at(self._content(event.position()).x())
        if (far or self._carried is not None) and column:
            self._carried = (bar, column)
            self.viewport().setCursor(Qt.CursorShape.ClosedHandCursor)
            self.viewport().update()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Let go of what is carried: the event is to move to that day."""
        del event
        carried, self._pressed, self._carried = self._carried, None, None
        self.viewport().unsetCursor()
        self.viewport().update()
        if carried is not None and carried[1] != carried[0].first:
            self.moved.emit(carried[0].event.key, carried[1])

    def _put_back(self) -> None:
        """What was carried stays where it is."""
        self._pressed = self._carried = None
        self.viewport().unsetCursor()
        self.viewport().update()
        self.said.emit("已放回，没有改动")

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """Open the bar; a new event on an empty place."""
        place = self._place(event.position())
        if place is None or event.button() is not Qt.MouseButton.LeftButton:
            return
        bar = self.grid().bar_at(self._content(event.position()))
        if bar is not None:
            self.opened.emit(bar.event.key)
        elif self._rows[place[0]].line is not None:
            if place != (self._row, self._column):
                self.select(*place)
            self._ask_new()

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """The menu of the cell: under the pointer, or at the cursor for the keyboard."""
        if event.reason() is QContextMenuEvent.Reason.Keyboard:
            self.menu_requested.emit(self.cursor_place().center())
        else:
            self.menu_requested.emit(event.globalPos())

    def cursor_place(self) -> QRect:
        """Where the cursor is, in global coordinates."""
        if self.row is None:
            return QRect(self.mapToGlobal(QPoint(20, 20)), QSize(1, 1))
        rect = self.grid().cell_rect(self._row, self._column)
        rect.translate(
            -self.horizontalScrollBar().value(), self.grid().head - self.verticalScrollBar().value()
        )
        return QRect(self.viewport().mapToGlobal(rect.topLeft().toPoint()), rect.size().toSize())

    def leaveEvent(self, event: QEvent) -> None:
        """Nothing is under the pointer any more."""
        self._hover = None
        self.viewport().update()
        super().leaveEvent(event)

    def viewportEvent(self, event: QEvent) -> bool:
        """The tooltip tells the event, else the unit."""
        if isinstance(event, QHelpEvent) and event.type() == QEvent.Type.ToolTip:
            at = QPointF(event.pos())
            place, bar = self._place(at), self.grid().bar_at(self._content(at))
            row = self.grid().row_at(self._content(at).y()) if at.y() >= self.grid().head else None
            words = ""
            if place is not None and bar is not None:
                words = event_sentence(bar.event, bar) + (f"；另有 {bar.more} 场" if bar.more else "")
            elif row is not None:
                shown = self._rows[row]
                words = f"{shown.title}：{shown.note}"
            QToolTip.showText(event.globalPos(), plain_tip(words), self)
            return True
        return super().viewportEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Say where the cursor is."""
        super().focusInEvent(event)
        self._tell()
        self.viewport().update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """The cursor is drawn thinner."""
        super().focusOutEvent(event)
        self.viewport().update()

    # the keyboard

    def event(self, event: QEvent) -> bool:
        """Alt+arrows and Ctrl+N belong to the cell rather than to the menu bar."""
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.ShortcutOverride:
            alt = bool(event.modifiers() & Qt.KeyboardModifier.AltModifier) and event.key() in _DAYS
            new = event.modifiers() == Qt.KeyboardModifier.ControlModifier and event.key() == Qt.Key.Key_N
            if alt or new:
                event.accept()
                return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Arrows walk, Enter opens or makes, Alt+arrows move, Space goes through the events of a day."""
        key, modifiers = Qt.Key(event.key()), event.modifiers()
        if key == Qt.Key.Key_Escape and self._carried is not None:
            self._put_back()
        elif self.row is None:
            super().keyPressEvent(event)
        elif modifiers & Qt.KeyboardModifier.AltModifier and key in _DAYS:
            self._nudge(_DAYS[key])
        elif modifiers & Qt.KeyboardModifier.ControlModifier and key == Qt.Key.Key_N:
            self._ask_new()
        elif key in _STEPS:
            down, right = _STEPS[key]
            row = self._next_row(self._row, down) if down else self._row
            self.select(row, self._column + right)
        elif key in (Qt.Key.Key_Home, Qt.Key.Key_End):
            self.select(self._row, 1 if key == Qt.Key.Key_Home else COLUMNS - 1)
        elif key in (Qt.Key.Key_PageUp, Qt.Key.Key_PageDown):
            self._next_group(1 if key == Qt.Key.Key_PageDown else -1)
        elif key == Qt.Key.Key_Space and self.events:
            self.select(self._row, self._column, (self._number + 1) % len(self.events))
        elif key in _ENTER:
            self._open_or_make()
        else:
            super().keyPressEvent(event)

    def _next_group(self, step: int) -> None:
        heads = [number for number, row in enumerate(self._rows) if row.line is None]
        here = max((n for n in heads if n < self._row), default=0)
        at = heads.index(here) + step if heads else 0
        if 0 <= at < len(heads):
            self.select(heads[at] + 1, self._column)

    def _open_or_make(self) -> None:
        if self.event_key is not None:
            self.opened.emit(self.event_key)
        else:
            self._ask_new()

    def _ask_new(self) -> None:
        row = self.row
        if row is not None and row.line is not None:
            self.new_requested.emit(row.line.name if row.line.key else "", self._column)

    def _nudge(self, days: int) -> None:
        if self.event_key is None:
            self.said.emit("这一格没有活动，先用方向键走到一场活动上")
        else:
            self.nudged.emit(self.event_key, days)
