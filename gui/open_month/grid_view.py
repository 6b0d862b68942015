"""开放月的格子：单位 × 31 天；方向键走格，Enter 打开或新建，Alt+方向键与拖动改日期。"""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QPoint, QPointF, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QContextMenuEvent, QHelpEvent, QKeyEvent, QMouseEvent, QPainter
from PySide6.QtWidgets import QToolTip, QWidget

from gui.kit.cell_grid import DAYS, ENTER, PAGES, STEPS
from gui.kit.marks import new_pixmap, paint_box, with_alpha
from gui.kit.plain import plain_tip
from gui.kit.scrolled_grid import Layer, ScrolledGrid
from gui.open_month.grid_layout import COLUMNS, GridLayout
from gui.open_month.grid_painter import paint_bar, paint_head, paint_rows
from gui.open_month.rows import DayHead, GridRow, MonthBar, event_sentence, place_words
from models.domain.events import Event

_Cell = tuple[int, int]


class OpenMonthGrid(ScrolledGrid):
    """Units × days; ``place`` is row and column. Says by signals what the user wants.

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
    place: _Cell
    hover: MonthBar | None

    def __init__(self, parent: QWidget | None = None) -> None:
        self._rows: tuple[GridRow, ...] = ()
        self._heads: tuple[DayHead, ...] = ()
        self._corner, self._year, self._today = "", 2000, 0
        self._layout: GridLayout | None = None
        self.place, self._number = (0, 1), 0
        self._drag: tuple[MonthBar, int] | None = None
        words = "方向键走格，空格走同一天的各场，回车打开或新建，Alt+方向键改日期，Home 和 End 到月初月末"
        super().__init__("开放月：单位与日期", words, parent)

    # what is shown

    def show_month(
        self, rows: Sequence[GridRow], heads: Sequence[DayHead], corner: str, year: int, today: int
    ) -> None:
        """Show ``rows``; the cursor stays on its unit where that is still there."""
        unit = self.row.title if self.row else ""
        self._rows, self._heads = tuple(rows), tuple(heads)
        self._corner, self._year, self._today = corner, year, today
        self._pressed = self._drag = self.hover = None
        known = next((n for n, row in enumerate(self._rows) if row.line and row.title == unit), None)
        self.place = known if known is not None else self._next_row(-1, 1), self.column
        self._number = min(self._number, max(0, len(self.events) - 1))
        self.invalidate()

    def has_content(self) -> bool:
        return True

    def forget_layout(self) -> None:
        self._layout = None

    def grid(self) -> GridLayout:
        """The present layout; its rows begin below the head."""
        if self._layout is None:
            self._layout = GridLayout(self.viewport().width(), self._rows)
        return self._layout

    def fixed(self) -> tuple[int, int]:
        return self.grid().head_width, self.grid().head

    def content_size(self) -> QSize:
        layout = self.grid()
        return QSize(layout.width, layout.height + layout.head)

    def render_layer(self) -> Layer:
        layout = self.grid()
        pixmap = new_pixmap(self.content_size(), self.devicePixelRatioF())
        painter = QPainter(pixmap)
        painter.save()
        painter.translate(0, layout.head)
        painter.setClipRect(0, 0, layout.width, layout.height)
        paint_rows(painter, layout, self._heads, self._today)
        painter.restore()
        painter.setClipRect(0, 0, layout.width, layout.head)
        paint_head(painter, layout, self._heads, self._corner, self._today)
        painter.end()
        return Layer(pixmap)

    # where the cursor is

    @property
    def row(self) -> GridRow | None:
        """The row of the cursor."""
        return self._rows[self.place[0]] if 0 <= self.place[0] < len(self._rows) else None

    @property
    def column(self) -> int:
        """The day of the cursor; 0 the column 未定."""
        return self.place[1]

    @property
    def events(self) -> tuple[Event, ...]:
        """The events under the cursor."""
        return self.row.at(self.column) if self.row else ()

    @property
    def event_key(self) -> str | None:
        """The event that a key acts on."""
        events = self.events
        return events[min(self._number, len(events) - 1)].key if events else None

    def select(self, row: int, column: int, number: int = 0) -> None:
        """Put the cursor on a cell and on one of its events."""
        if not 0 <= row < len(self._rows) or self._rows[row].line is None:
            return
        self.place, self._number = (row, min(max(0, column), COLUMNS - 1)), number
        self._bring_into_view()
        self.viewport().update()
        self.selected.emit()
        self.say(self.words_of(self.place))

    def go_to(self, place: _Cell) -> None:
        """Put the cursor on a cell."""
        self.select(*place)

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
        rect = self.content_rect(self.place)
        if self.place[0] <= 1:  # with the heading above the first unit
            rect.setTop(rect.top() - self.grid().group_height)
        self.reveal(rect)

    # the cells

    def rows(self) -> list[list[_Cell]]:
        units = (number for number, row in enumerate(self._rows) if row.line is not None)
        return [[(number, column) for column in range(COLUMNS)] for number in units]

    def row_words(self, row: int) -> str:
        return self._rows[self.rows()[row][0][0]].title

    def words_of(self, place: _Cell) -> str:
        return place_words(self._rows[place[0]], place[1], self._year)

    def tell(self) -> None:
        if self.row is not None:
            self.say(self.words_of(self.place))

    def content_rect(self, place: _Cell | MonthBar) -> QRectF:
        layout = self.grid()
        inside = (
            layout.bar_rect(self._row_of(place), place)
            if isinstance(place, MonthBar)
            else layout.cell_rect(*place)
        )
        return inside.translated(0, layout.head)

    def place_at(self, at: QPointF) -> _Cell | None:
        content = self._below_head(at)
        row, column = self.grid().row_at(content.y()), self.grid().column_at(content.x())
        above = at.y() < self.grid().head
        return None if above or row is None or column is None else (row, column)

    def _below_head(self, at: QPointF) -> QPointF:
        """A viewport point in the coordinates of the layout."""
        return self.to_content(at) - QPointF(0, self.grid().head)

    def _bar_at(self, at: QPointF) -> MonthBar | None:
        return self.grid().bar_at(self._below_head(at)) if self.place_at(at) else None

    # painting

    def paint_overlay(self, painter: QPainter, *, in_head: bool) -> None:
        """Cursor, hover and what is dragged."""
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if self.hover is not None and self._drag is None:
            self._frame_bar(painter, self.hover, "focus", 1.2)
        if self.row is not None and self.row.line is not None:
            rect = self.content_rect(self.place).adjusted(1, 1, -2, -2)
            paint_box(
                painter,
                rect,
                "" if self.hasFocus() else with_alpha("selected", 0.35),
                "focus",
                3,
                2 if self.hasFocus() else 1,
            )
            bar = next((b for b in self.row.bars if b.event.key == self.event_key), None)
            if bar is not None and len(self.events) > 1 and self.hasFocus():
                self._frame_bar(painter, bar, "today", 1.6)
        if self._drag is not None:
            bar, day = self._drag
            painter.setOpacity(0.85)
            moved = bar._replace(first=day, last=min(day + bar.last - bar.first, COLUMNS - 1))
            rect = self.grid().bar_rect(self._row_of(bar), moved)
            paint_bar(painter, rect.translated(0, self.grid().head), moved)

    def _frame_bar(self, painter: QPainter, bar: MonthBar, color: str, width: float) -> None:
        paint_box(
            painter, self.content_rect(bar).adjusted(0.5, 0.5, -0.5, -0.5), line=color, radius=4, width=width
        )

    def _row_of(self, bar: MonthBar) -> int:
        return next(n for n, row in enumerate(self._rows) if bar in row.bars)

    # the mouse

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Select the cell; a bar may become a drag."""
        place = self.place_at(event.position())
        if place is None or self._rows[place[0]].line is None:
            return
        bar, number = self._bar_at(event.position()), 0
        if bar is not None:
            keys = [one.key for one in self._rows[place[0]].at(place[1])]
            number = keys.index(bar.event.key) if bar.event.key in keys else 0
            if event.button() is Qt.MouseButton.LeftButton:
                self._pressed = (bar, event.position().toPoint())
        self.select(*place, number)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Hover, or drag the pressed bar along its row."""
        if self._pressed is not None and event.buttons() & Qt.MouseButton.LeftButton:
            bar, start = self._pressed
            column = self.grid().column_at(self.to_content(event.position()).x())
            if column and (self._drag is not None or self.passed_drag_distance(event, start)):
                self._drag = (bar, column)
                self.viewport().setCursor(Qt.CursorShape.ClosedHandCursor)
                self.viewport().update()
        else:
            self.point_at(self._bar_at(event.position()))

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Drop what is dragged: the event is to move to that day."""
        del event
        if (drag := self._end_drag()) is not None and drag[1] != drag[0].first:
            self.moved.emit(drag[0].event.key, drag[1])

    def _end_drag(self) -> tuple[MonthBar, int] | None:
        drag, self._pressed, self._drag = self._drag, None, None
        self.viewport().unsetCursor()
        self.viewport().update()
        return drag

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """Open the bar; a new event on an empty place."""
        place = self.place_at(event.position())
        if place is None or event.button() is not Qt.MouseButton.LeftButton:
            return
        if (bar := self._bar_at(event.position())) is not None:
            self.opened.emit(bar.event.key)
        elif self._rows[place[0]].line is not None:
            if place != self.place:
                self.select(*place)
            self._ask_new()

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """The menu of the cell: under the pointer, or at the cursor for the keyboard."""
        keyboard = event.reason() is QContextMenuEvent.Reason.Keyboard
        self.menu_requested.emit(self.cursor_place().center() if keyboard else event.globalPos())

    def cursor_place(self) -> QRect:
        """Where the cursor is, in global coordinates."""
        if self.row is None:
            return QRect(self.mapToGlobal(QPoint(20, 20)), QSize(1, 1))
        return self.global_rect(self.place)

    def show_tip(self, event: QHelpEvent) -> bool:
        """The tool tip tells the event, else the unit."""
        at = QPointF(event.pos())
        row = self.grid().row_at(self._below_head(at).y()) if at.y() >= self.grid().head else None
        words = ""
        if (bar := self._bar_at(at)) is not None:
            words = event_sentence(bar.event, bar) + (f"；另有 {bar.more} 场" if bar.more else "")
        elif row is not None:
            words = f"{self._rows[row].title}：{self._rows[row].note}"
        QToolTip.showText(event.globalPos(), plain_tip(words), self)
        return True

    # the keyboard

    def event(self, event: QEvent) -> bool:
        """Alt+arrows and Ctrl+N belong to the cell rather than to the menu bar."""
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.ShortcutOverride:
            alt = bool(event.modifiers() & Qt.KeyboardModifier.AltModifier) and event.key() in DAYS
            new = event.modifiers() == Qt.KeyboardModifier.ControlModifier and event.key() == Qt.Key.Key_N
            if alt or new:
                event.accept()
                return True
        return super().event(event)

    def on_key(self, key: Qt.Key, modifiers: Qt.KeyboardModifier) -> bool:
        """Arrows walk, Enter opens or makes, Alt+arrows move, Space goes through the events of a day."""
        row, column = self.place
        if key == Qt.Key.Key_Escape and self._drag is not None:
            self._end_drag()
            self.said.emit("已放回，没有改动")
        elif self.row is None:
            return False
        elif modifiers & Qt.KeyboardModifier.AltModifier and key in DAYS:
            self._nudge(DAYS[key])
        elif modifiers & Qt.KeyboardModifier.ControlModifier and key == Qt.Key.Key_N:
            self._ask_new()
        elif key in STEPS:
            across, down = STEPS[key]
            self.select(self._next_row(row, down) if down else row, column + across)
        elif key in (Qt.Key.Key_Home, Qt.Key.Key_End):
            self.select(row, 1 if key == Qt.Key.Key_Home else COLUMNS - 1)
        elif key in PAGES:
            self._next_group(PAGES[key])
        elif key == Qt.Key.Key_Space and self.events:
            self.select(row, column, (self._number + 1) % len(self.events))
        elif key not in ENTER:
            return False
        elif self.event_key is not None:
            self.opened.emit(self.event_key)
        else:
            self._ask_new()
        return True

    def _next_group(self, step: int) -> None:
        heads = [number for number, row in enumerate(self._rows) if row.line is None]
        here = max((n for n in heads if n < self.place[0]), default=0)
        at = heads.index(here) + step if heads else 0
        if 0 <= at < len(heads):
            self.select(heads[at] + 1, self.column)

    def _ask_new(self) -> None:
        row = self.row
        if row is not None and row.line is not None:
            self.new_requested.emit(row.line.name if row.line.key else "", self.column)

    def _nudge(self, days: int) -> None:
        if self.event_key is None:
            self.said.emit("这一格没有活动，先用方向键走到一场活动上")
        else:
            self.nudged.emit(self.event_key, days)
