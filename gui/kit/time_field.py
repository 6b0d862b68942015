"""什么时候：日期与时刻，或只知道的半天、日、旬、月、季；没有定的写原话。"""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from typing import NamedTuple

from PySide6.QtCore import QLocale, QTime, QTimer, Signal
from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from gui.kit.choices import Choice
from gui.kit.controls import clock_edit, show_value, value_of
from gui.kit.day_edit import day_edit
from gui.kit.flow_layout import in_lines
from gui.kit.plain import label
from gui.kit.theme import theme
from models.domain.events import ASSUMED_LENGTH, Event, Precision
from models.domain.periods import month_period, quarter_of, quarter_period
from models.domain.workdays import WEEKDAYS
from planners.suggest import USUAL_TIMES

HALVES = ((time(9, 0), time(12, 0)), (time(13, 30), time(17, 0)))
"""What 上午 and 下午 are taken to be."""

_ORDER = (
    Precision.TIME,
    Precision.HALF_DAY,
    Precision.DAY,
    Precision.TEN_DAYS,
    Precision.MONTH,
    Precision.QUARTER,
    Precision.UNSET,
)
_WORDS = {
    Precision.TIME: "日期和时刻",
    Precision.HALF_DAY: "哪天上午或下午",
    Precision.DAY: "哪一天",
    Precision.TEN_DAYS: "哪一旬",
    Precision.MONTH: "哪个月",
    Precision.QUARTER: "哪个季度",
    Precision.UNSET: "还没有定",
}


class When(NamedTuple):
    """When an event takes place, as far as it is known."""

    starts_at: datetime | None
    ends_at: datetime | None
    precision: Precision
    tentative: bool
    raw_time: str


def when_of(event: Event) -> When:
    """The time of ``event``."""
    return When(event.starts_at, event.ends_at, event.precision, event.tentative, event.raw_time)


class TimeField(QWidget):
    """Edits a ``When``; what the user does not touch comes out exactly as it went in.

    ``narrow``: day and hours on one line, or on two where there is no room; how exactly they are known below.
    """

    changed = Signal()
    finished = Signal()
    """The user is through with a part of it."""

    def __init__(self, year: int, *, narrow: bool = False) -> None:
        super().__init__()
        self._year = year
        self._narrow = narrow
        self._before = When(None, None, Precision.TIME, False, "")
        self._shown = self._before
        self.precision = Choice([(_WORDS[precision], precision) for precision in _ORDER])
        self.precision.setAccessibleName("知道到哪一步")
        self.precision.setMinimumContentsLength(7)
        self.day = day_edit("yyyy-MM-dd ddd" if narrow else "yyyy-MM-dd")
        self.day.setLocale(QLocale(QLocale.Language.Chinese, QLocale.Country.China))
        self.weekday = label(role="secondary")
        self.starts, self.ends = clock_edit("开始时间"), clock_edit("结束时间")
        self.until = label("至")
        self.half = Choice([("上午", 0), ("下午", 1)])
        self.month = Choice([(f"{month}月", month) for month in range(1, 13)])
        self.third = Choice([("上旬", 0), ("中旬", 1), ("下旬", 2)])
        self.quarter = Choice([(f"{'一二三四'[n - 1]}季度", n) for n in range(1, 5)])
        self.tentative = QCheckBox("暂定")
        self.raw_time = QLineEdit()
        self.raw_time.setPlaceholderText("原话，如 9月中旬、视会期而定（可不填）")
        self._name_controls()
        self._lay_out()
        self._connect()
        self._show_controls()

    def _name_controls(self) -> None:
        names = (
            (self.day, "日期"),
            (self.half, "上午或下午"),
        )
        for control, name in (*names, (self.month, "月份"), (self.third, "旬"), (self.quarter, "季度")):
            control.setAccessibleName(name)
        self.raw_time.setAccessibleName("时间的原话")

    def _lay_out(self) -> None:
        if self._narrow:
            self._lay_out_narrow()
            return
        exact = QHBoxLayout()
        exact.setSpacing(8)
        for widget in (
            self.precision,
            self.quarter,
            self.month,
            self.third,
            self.day,
            self.weekday,
            self.half,
        ):
            exact.addWidget(widget)
        for widget in (self.starts, self.until, self.ends, self.tentative):
            exact.addWidget(widget)
        exact.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        column.addLayout(exact)
        column.addWidget(self.raw_time)
        self.setFocusProxy(self.day)

    def _lay_out_narrow(self) -> None:
        self._hours = QWidget()
        hours = QHBoxLayout(self._hours)
        hours.setContentsMargins(0, 0, 0, 0)
        hours.setSpacing(6)
        for widget in (self.starts, self.until, self.ends):
            hours.addWidget(widget)
        for edit in (self.starts, self.ends):
            edit.setFixedWidth(round(76 * theme().scale))
        self.day.setMinimumWidth(round(140 * theme().scale))
        exact = in_lines(self.quarter, self.month, self.third, self.half, self.day, self._hours, gap=6)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        column.addWidget(exact)
        column.addWidget(in_lines(self.precision, self.tentative, gap=6))
        column.addWidget(self.raw_time)
        self.weekday.hide()
        self.setFocusProxy(self.day)

    def _connect(self) -> None:
        self.precision.currentIndexChanged.connect(self._on_precision)
        for box in (self.half, self.month, self.third, self.quarter):
            box.currentIndexChanged.connect(self.changed)
        self.day.dateChanged.connect(self._on_day)
        self.starts.timeChanged.connect(self._on_starts)
        self.ends.timeChanged.connect(self.changed)
        self.tentative.toggled.connect(self.changed)
        self.raw_time.textEdited.connect(self.changed)
        for edit in (self.day, self.starts, self.ends, self.raw_time):
            edit.editingFinished.connect(self.finished)
        for box in (self.precision, self.half, self.month, self.third, self.quarter):
            box.activated.connect(self.finished)
        self.tentative.clicked.connect(self.finished)
        calendar = self.day.calendarWidget()
        calendar.clicked.connect(self._on_day_picked)
        calendar.activated.connect(self._on_day_picked)

    def show_when(self, event: Event, fallback: date) -> None:
        """Show the time of ``event``; an undated one gets ``fallback`` and its usual hours, unused until chosen."""
        usual_start, usual_end = USUAL_TIMES[event.campaign]
        starts = event.starts_at or datetime.combine(fallback, usual_start)
        known = event.precision in (Precision.TIME, Precision.HALF_DAY)
        clock = starts.time() if event.starts_at and known else usual_start
        self._before = when_of(event)
        self.precision.choose(event.precision if event.starts_at else Precision.UNSET)
        show_value(self.day, starts.date())
        show_value(self.starts, clock)
        show_value(self.ends, _finish(event, usual_end) if known else usual_end)
        self.half.choose(0 if clock.hour < 12 else 1)
        self.month.choose(starts.month)
        self.third.choose(min(2, (starts.day - 1) // 10))
        self.quarter.choose(quarter_of(starts.date()))
        self.tentative.setChecked(event.tentative)
        self.raw_time.setText(event.raw_time)
        self._show_controls()
        self._shown = self._entered()

    def use_hours_of(self, event: Event) -> None:
        """Show the usual hours of the event's campaign: for a new event whose campaign was changed."""
        start, end = USUAL_TIMES[event.campaign]
        show_value(self.starts, start)
        show_value(self.ends, end)

    def value(self) -> When:
        """The time as entered; what was not touched is exactly as before."""
        entered, shown, before = self._entered(), self._shown, self._before
        if entered[:3] == shown[:3]:
            entered = entered._replace(
                starts_at=before.starts_at, ends_at=before.ends_at, precision=before.precision
            )
        return entered

    def _entered(self) -> When:
        precision = self.precision.value()
        starts_at, ends_at = self._span(precision)
        return When(starts_at, ends_at, precision, self.tentative.isChecked(), self.raw_time.text().strip())

    def _span(self, precision: Precision) -> tuple[datetime | None, datetime | None]:
        day = self.day.date().toPython()
        if precision is Precision.UNSET:
            return None, None
        if precision is Precision.TIME:
            starts_at = datetime.combine(day, value_of(self.starts))
            return starts_at, self._end_after(starts_at)
        if precision is Precision.HALF_DAY:
            start, end = HALVES[self.half.value()]
            return datetime.combine(day, start), datetime.combine(day, end)
        first, end = self._days(precision, day)
        return datetime.combine(first, time()), datetime.combine(end, time())

    def _end_after(self, starts_at: datetime) -> datetime:
        """The end on the same day; an event over several days keeps its length."""
        before = self._before
        if before.starts_at and before.ends_at and before.ends_at.date() > before.starts_at.date():
            return starts_at + (before.ends_at - before.starts_at)
        return datetime.combine(starts_at.date(), value_of(self.ends))

    def _days(self, precision: Precision, day: date) -> tuple[date, date]:
        if precision is Precision.DAY:
            return day, day + timedelta(days=1)
        if precision is Precision.QUARTER:
            return quarter_period(self._year, self.quarter.value())
        month = month_period(self._year, self.month.value())
        if precision is Precision.MONTH:
            return month
        first = month.first + timedelta(days=10 * self.third.value())
        return first, month.end if self.third.value() == 2 else first + timedelta(days=10)

    def _show_controls(self) -> None:
        precision = self.precision.value()
        daily = precision in (Precision.TIME, Precision.HALF_DAY, Precision.DAY)
        timed = precision is Precision.TIME
        for widget, shown in (
            (self.day, daily),
            (self.weekday, daily and not self._narrow),
            (self.starts, timed),
            (self.until, timed),
            (self.ends, timed),
            (self.half, precision is Precision.HALF_DAY),
            (self.month, precision in (Precision.TEN_DAYS, Precision.MONTH)),
            (self.third, precision is Precision.TEN_DAYS),
            (self.quarter, precision is Precision.QUARTER),
            (self.tentative, precision is not Precision.UNSET),
            (self.raw_time, not timed or bool(self._before.raw_time)),
        ):
            widget.setVisible(shown)
        if self._narrow:
            self._hours.setVisible(timed)
        self._name_weekday()

    def _name_weekday(self) -> None:
        self.weekday.setText(f"周{WEEKDAYS[self.day.date().dayOfWeek() - 1]}")

    def _on_precision(self) -> None:
        self._show_controls()
        self.changed.emit()

    def _on_day_picked(self) -> None:
        """Once the calendar is closed: it gives its day only then."""
        QTimer.singleShot(0, self, self.finished.emit)

    def _on_day(self) -> None:
        self._name_weekday()
        self.changed.emit()

    def _on_starts(self, starts: QTime) -> None:
        if self.ends.time() <= starts:
            self.ends.setTime(starts.addSecs(round(ASSUMED_LENGTH.total_seconds())))
        self.changed.emit()


def _finish(event: Event, usual_end: time) -> time:
    if event.starts_at is None:
        return usual_end
    return (event.ends_at or event.starts_at + ASSUMED_LENGTH).time()
