"""周视图：一周的时间格；同时的活动并排，没有时刻的在上面一行。"""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

from PySide6.QtCore import QPoint, QPointF, QRectF, QSizeF, Qt
from PySide6.QtGui import QMouseEvent, QPainter
from PySide6.QtWidgets import QWidget

from gui.calendar.canvas import DragTarget
from gui.calendar.day_view import DayView
from gui.calendar.days import CalendarDays
from gui.calendar.values import CalendarChip, CalendarDay, CalendarWeek
from gui.calendar.week_layout import SNAP, WORK_HOURS, Slot, WeekLayout, lay_out_week
from gui.calendar.week_painter import paint_chosen_head, render_week
from gui.kit.cell_grid import DAYS
from gui.kit.scrolled_grid import EDGE, SCROLL, Layer

STAYS = 20
"""Minutes of movement up or down that still leave the clock time as it is."""


class WeekView(DayView):
    """Shows the week of the selected day."""

    def __init__(self, parent: QWidget | None = None) -> None:
        self._layout: WeekLayout | None = None
        self._hours = WORK_HOURS
        self._grabbed: tuple[QPoint, CalendarChip | None] = (QPoint(), None)
        words = "左右键走日，上下键走周，Tab 走当天的活动，回车打开，Ctrl+M 拿起活动，拿起后上下键改时刻"
        super().__init__("周视图", words, parent)

    def show_week(self, days: CalendarDays, day: date, today: date) -> None:
        """Show the week of ``day``, which is selected."""
        kept = self._chip if day == self.place else None
        self.place, self._chip = day, kept
        self.set_days(days, today=today)

    def show_hours(self, hours: tuple[int, int]) -> None:
        """Show at least these hours of the day (from, to)."""
        if hours != self._hours:
            self._hours = hours
            self.invalidate()

    def week(self) -> CalendarWeek:
        """The week shown."""
        return self.days.week(self.place - timedelta(days=self.place.weekday()))

    def week_layout(self) -> WeekLayout:
        """The present layout."""
        if self._layout is None:
            self._layout = lay_out_week(QSizeF(self.viewport().size()), self.week(), self._hours)
        return self._layout

    def forget_layout(self) -> None:
        self._layout = None

    def select(self, day: date, chip: str | None = None, *, quietly: bool = False) -> None:
        """Select a day; another week is laid out anew."""
        other_week = day - timedelta(days=day.weekday()) != self.place - timedelta(days=self.place.weekday())
        if other_week:
            self.place = day
            self.invalidate()
            if not quietly:
                self.day_selected.emit(day)
        super().select(day, chip, quietly=quietly)

    def head_height(self) -> int:
        return self.week_layout().top

    def content_height(self) -> int:
        return self.week_layout().height

    def day_rect(self, day: date) -> QRectF:
        return self.week_layout().day_rect(day)

    def shown_days(self) -> tuple[date, ...]:
        return self.week_layout().days

    def render_days(self, drag: DragTarget | None) -> Layer:
        return render_week(self.week_layout(), self.week(), self.today, self.devicePixelRatioF(), drag)

    def ensure_visible(self, day: date) -> None:
        """A day is as high as the grid: only a chip is scrolled to."""
        rect = self.chip_rect(day, self._chip) if self._chip else QRectF()
        if rect.bottom() > self.head_height():
            self.reveal(rect, 3)

    def landing_rect(self, drag: DragTarget) -> QRectF:
        layout = self.week_layout()
        if drag.target is None or layout.column_of(drag.target) is None:
            return QRectF()
        if drag.at is None:
            return layout.all_day_slot(drag.target, 0)
        begin = 60 * drag.at.hour + drag.at.minute
        return layout.block_rect(drag.target, begin, begin + max(drag.minutes, SNAP), Slot(0, 1))

    def chip_of(self, key: str) -> CalendarChip | None:
        """The chip of the week called ``key``."""
        return next((chip for day in self.week().days for chip in day.chips if chip.key == key), None)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Remember where the event is grabbed: only a clear move up or down changes its time."""
        super().mousePressEvent(event)
        hit = self.place_at(event.position())
        self._grabbed = event.position().toPoint(), self.chip_of(hit.key) if hit and hit.key else None

    def drop_at(self, at: QPointF) -> tuple[date | None, time | None]:
        if not self.viewport().rect().contains(at.toPoint()):
            return None, None
        layout = self.week_layout()
        day = layout.day_at(at.x())
        if day is None or at.y() < self.head_height():
            return day, None
        return day, self._time_at(at)

    def clock_at(self, at: QPointF) -> time | None:
        if at.y() < self.head_height():
            return None
        return self.week_layout().clock_at(self.to_content(at).y())

    def _time_at(self, at: QPointF) -> time | None:
        """The time an event would begin at; None where it keeps its own (moved hardly up or down)."""
        layout = self.week_layout()
        grabbed, chip = self._grabbed
        if chip is None or chip.starts is None or chip.half or not self.by_pointer:
            return None
        moved = 60 * (at.y() - grabbed.y()) / layout.metrics.hour
        if abs(moved) < STAYS:
            return None
        begin = 60 * chip.starts.hour + chip.starts.minute + SNAP * round(moved / SNAP)
        begin = min(max(begin, 60 * layout.first_hour), 60 * layout.last_hour - SNAP)
        return (datetime.combine(chip.starts.date(), time()) + timedelta(minutes=begin)).time()

    def edge_at(self, at: QPoint) -> tuple[int, int]:
        left, right = self.week_layout().metrics.left, self.viewport().width()
        if 0 <= at.y() <= self.viewport().height():
            across = int(right - EDGE < at.x() <= right + EDGE) - int(0 <= at.x() < left)
            if across:
                return 0, across
        return self.vertical_edge(at) * SCROLL, 0

    def key_step(self, key: Qt.Key) -> tuple[int, int]:
        if key in (Qt.Key.Key_Up, Qt.Key.Key_Down):
            return 0, -SNAP if key == Qt.Key.Key_Up else SNAP
        return DAYS[key], 0

    def paint_selected_day(self, painter: QPainter, day: CalendarDay) -> None:
        paint_chosen_head(painter, self.week_layout(), day.day)

    def keeps_wheel(self) -> bool:
        """In the time grid the wheel scrolls the hours."""
        return True
