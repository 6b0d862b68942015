"""月视图：一个月的各周，周一在前；冲突从不藏进“还有 n 场”。"""

from __future__ import annotations

from datetime import date, time

from PySide6.QtCore import QPoint, QPointF, QRectF, QSizeF, Qt, Signal
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QWidget

from gui.calendar.canvas import DragTarget
from gui.calendar.day_view import DayView
from gui.calendar.days import CalendarDays
from gui.calendar.month_layout import MonthLayout, lay_out_month, lines_above, shown_chips
from gui.calendar.month_painter import MonthPainting, render_month
from gui.calendar.values import CalendarDay, CalendarWeek
from gui.kit.cell_grid import DAYS
from gui.kit.scrolled_grid import SCROLL, Layer
from gui.kit.theme import theme


class MonthView(DayView):
    """Shows a month. ``week_requested`` carries the Monday of a week whose head was clicked."""

    week_requested = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        self._month = date(2000, 1, 1)
        self._layout: MonthLayout | None = None
        words = "方向键走日，PgUp 和 PgDn 换月，Tab 走当天的活动，回车打开，Ctrl+M 拿起活动"
        super().__init__("月视图", words, parent)

    def show_month(self, days: CalendarDays, day: date, today: date) -> None:
        """Show the month of ``day``, which is selected."""
        kept = self._chip if day == self.place else None
        self._month = day.replace(day=1)
        self.place, self._chip = day, kept
        self.set_days(days, today=today)
        self.ensure_visible(day)

    @property
    def month(self) -> date:
        """The first day of the month shown."""
        return self._month

    def weeks(self) -> tuple[CalendarWeek, ...]:
        """The weeks shown."""
        return self.days.month(self._month)

    def month_layout(self) -> MonthLayout:
        """The present layout."""
        if self._layout is None:
            self._layout = lay_out_month(QSizeF(self.viewport().size()), self.weeks())
        return self._layout

    def forget_layout(self) -> None:
        self._layout = None

    def head_height(self) -> int:
        return self.month_layout().metrics.top

    def content_height(self) -> int:
        return self.month_layout().height

    def day_rect(self, day: date) -> QRectF:
        return self.month_layout().day_rect(day)

    def shown_days(self) -> tuple[date, ...]:
        return self.month_layout().days

    def render_days(self, drag: DragTarget | None) -> Layer:
        ratio = self.devicePixelRatioF()
        return render_month(self.month_layout(), self.weeks(), self._month, self.today, ratio, drag)

    def landing_rect(self, drag: DragTarget) -> QRectF:
        layout = self.month_layout()
        if drag.target is None or not layout.holds(drag.target):
            return QRectF()
        day, room = self.days.day(drag.target), layout.room(drag.target)
        own = self.chip_rect(drag.target, drag.key)
        if not own.isEmpty() and not drag.copies:
            return own
        shown = shown_chips(day, room, line_left=layout.has_line_left(drag.target))
        slot = shown + lines_above(day, room) - bool(day.paused)
        return layout.slot_rect(drag.target, min(slot, room - 1))

    def drop_at(self, at: QPointF) -> tuple[date | None, time | None]:
        inside = self.viewport().rect().contains(at.toPoint()) and at.y() >= self.head_height()
        return (self.month_layout().day_at(self.to_content(at)) if inside else None), None

    def edge_at(self, at: QPoint) -> tuple[int, int]:
        edge, bar = self.vertical_edge(at), self.verticalScrollBar()
        at_end = bar.value() == (bar.maximum() if edge > 0 else bar.minimum())
        return (0, edge) if at_end else (edge * SCROLL, 0)

    def key_step(self, key: Qt.Key) -> tuple[int, int]:
        return DAYS[key], 0

    def week_clicked(self, monday: date) -> None:
        self.week_requested.emit(monday)

    def paint_selected_day(self, painter: QPainter, day: CalendarDay) -> None:
        MonthPainting(painter, self.month_layout(), self._month, self.today).paint_day(
            day, theme().color("selected")
        )
