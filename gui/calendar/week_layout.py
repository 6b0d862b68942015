"""周视图的几何：时间格从八点到十八点，同时的活动并排，挤不下的收成“+n”，冲突的永远露着。"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from datetime import date, datetime, time, timedelta
from typing import NamedTuple

from PySide6.QtCore import QPointF, QRectF, QSizeF

from gui.calendar.month_layout import GAP, PAD
from gui.calendar.values import CalendarChip, CalendarDay, CalendarWeek
from gui.kit.chips import chip_height
from gui.kit.marks import metrics, text_width
from gui.kit.theme import theme

WORK_HOURS = (8, 18)
LEAST_BLOCK = 30
"""Minutes that even the shortest event takes, so that its name can be read."""

NARROWEST = 46
"""Pixels below which events beside one another are not squeezed."""

MORE_WIDTH = 30
MOST_ALL_DAY = 3
SNAP = 30
"""Minutes to which a drop in the time grid is rounded."""


class Slot(NamedTuple):
    """Where an event stands among those at the same time: ``column`` of ``columns``."""

    column: int
    columns: int


class SideBySide(NamedTuple):
    """The slots of a day by key, and the groups of which some are hidden: their start and how many."""

    slots: dict[str, Slot]
    hidden: tuple[tuple[int, int], ...]


class Span(NamedTuple):
    """An event as minutes of its day."""

    key: str
    start: int
    end: int
    conflict: bool

    def overlaps(self, other: Span) -> bool:
        """Whether both share a moment."""
        return self.start < other.end and other.start < self.end


def span_of(chip: CalendarChip, day: date) -> Span:
    """The minutes of ``day`` that a timed chip takes, at least ``LEAST_BLOCK``."""
    assert chip.starts is not None
    assert chip.ends is not None
    midnight = datetime.combine(day, time())
    start = max(0, int((chip.starts - midnight).total_seconds() // 60))
    end = min(24 * 60, int((chip.ends - midnight).total_seconds() // 60))
    return Span(chip.key, start, max(end, start + LEAST_BLOCK), chip.conflict)


def side_by_side(spans: Sequence[Span], most: int) -> SideBySide:
    """Events at the same time beside one another, at most ``most``; more only where all of them conflict."""
    slots: dict[str, Slot] = {}
    hidden: list[tuple[int, int]] = []
    for group in _groups(spans):
        columns: list[list[Span]] = []
        left_out = 0
        for span in sorted(group, key=_conflicts_first):
            column = _free_column(columns, span)
            if column < max(1, most) or span.conflict:
                if column == len(columns):
                    columns.append([])
                columns[column].append(span)
            else:
                left_out += 1
        for number, column_spans in enumerate(columns):
            for span in column_spans:
                slots[span.key] = Slot(number, len(columns))
        if left_out:
            hidden.append((min(span.start for span in group), left_out))
    return SideBySide(slots, tuple(hidden))


def _groups(spans: Sequence[Span]) -> list[list[Span]]:
    """Spans that touch one another, directly or through others."""
    groups: list[list[Span]] = []
    until = -1
    for span in sorted(spans, key=_by_start):
        if span.start >= until:
            groups.append([])
        groups[-1].append(span)
        until = max(until, span.end)
    return groups


def _free_column(columns: Sequence[Sequence[Span]], span: Span) -> int:
    for number, column in enumerate(columns):
        if not any(other.overlaps(span) for other in column):
            return number
    return len(columns)


def _by_start(span: Span) -> tuple[int, int, str]:
    return span.start, -span.end, span.key


def _conflicts_first(span: Span) -> tuple[bool, int, int, str]:
    return not span.conflict, span.start, -span.end, span.key


class WeekMetrics(NamedTuple):
    """Sizes: hour column, weekday head, row of all-day events, an hour, a chip."""

    left: int
    head: int
    all_day: int
    hour: int
    chip: int


class WeekLayout(NamedTuple):
    """Where everything of a week stands, in content coordinates; ``top`` is where the hours begin."""

    metrics: WeekMetrics
    monday: date
    columns: tuple[int, ...]
    first_hour: int
    last_hour: int

    @property
    def top(self) -> int:
        """Where the time grid begins."""
        return self.metrics.head + self.metrics.all_day

    @property
    def height(self) -> int:
        """Height of the content."""
        return self.top + (self.last_hour - self.first_hour) * self.metrics.hour + 1

    @property
    def width(self) -> int:
        """Width of the content."""
        return self.columns[-1]

    @property
    def days(self) -> tuple[date, ...]:
        """The seven days."""
        return tuple(self.monday + timedelta(days=n) for n in range(7))

    def column_of(self, day: date) -> int | None:
        """The column of ``day``; None where it is not shown."""
        number = (day - self.monday).days
        return number if 0 <= number < 7 else None

    def day_rect(self, day: date) -> QRectF:
        """The time grid of ``day``."""
        column = self.column_of(day)
        if column is None:
            return QRectF()
        left = self.columns[column]
        return QRectF(left, self.top, self.columns[column + 1] - left, self.height - self.top)

    def head_rect(self, day: date) -> QRectF:
        """The head and the all-day row of ``day``."""
        grid = self.day_rect(day)
        return QRectF(grid.left(), 0, grid.width(), self.top)

    def all_day_slot(self, day: date, slot: int) -> QRectF:
        """The place of the ``slot``-th event without a clock time."""
        head = self.head_rect(day)
        top = self.metrics.head + 3 + slot * (self.metrics.chip + GAP)
        return QRectF(head.left() + PAD, top, head.width() - 2 * PAD, self.metrics.chip)

    def y_of(self, minutes: float) -> float:
        """The height at which a minute of the day lies."""
        return self.top + (minutes / 60 - self.first_hour) * self.metrics.hour

    def block_rect(self, day: date, start: int, end: int, slot: Slot, *, spare: int = 0) -> QRectF:
        """The place of an event from ``start`` to ``end`` (minutes); ``spare`` pixels are left at the right."""
        grid = self.day_rect(day)
        room = grid.width() - 6 - spare
        width = room / slot.columns
        left = grid.left() + 3 + slot.column * width
        top = self.y_of(start)
        return QRectF(left, top + 1, width - 2, self.y_of(end) - top - 2)

    def most_columns(self) -> int:
        """How many events fit beside one another."""
        return max(1, int((self.columns[1] - self.columns[0] - 6) // (NARROWEST * theme().scale)))

    def clock_at(self, y: float) -> time | None:
        """The half hour at ``y``; None outside the hours."""
        minutes = 60 * self.first_hour + 30 * int(120 * (y - self.top) / self.metrics.hour / 60)
        inside = self.top <= y and minutes < 60 * self.last_hour
        return time(minutes // 60, minutes % 60) if inside else None

    def day_at(self, x: float) -> date | None:
        """The day at ``x``."""
        column = bisect_right(self.columns, x) - 1
        return self.monday + timedelta(days=column) if 0 <= column < 7 else None

    def place_at(self, at: QPointF) -> date | None:
        """The day at a point of the content; None outside the columns."""
        return self.day_at(at.x()) if 0 <= at.y() <= self.height else None


def timed(day: CalendarDay) -> tuple[CalendarChip, ...]:
    """The chips of ``day`` that stand in the time grid."""
    return tuple(chip for chip in day.chips if chip.starts is not None)


def untimed(day: CalendarDay) -> tuple[CalendarChip, ...]:
    """The chips of ``day`` without a clock time."""
    return tuple(chip for chip in day.chips if chip.starts is None)


def shown_untimed(count: int) -> int:
    """How many of ``count`` events without a time are shown: all, or one less for “还有 n 场”."""
    return count if count <= MOST_ALL_DAY else MOST_ALL_DAY - 1


def lay_out_week(size: QSizeF, week: CalendarWeek, hours: tuple[int, int] = WORK_HOURS) -> WeekLayout:
    """Seven equal columns; the hours fill the height, or scroll where they would be too low."""
    line = metrics(theme().font(12)).height()
    chip = chip_height(compact=False)
    rows = max(1, min(MOST_ALL_DAY, max(len(untimed(day)) + day.lines for day in week.days)))
    left = round(max(56, text_width(theme().font(12), "全天未定") + 12))
    head, all_day = round(line + 20), rows * (chip + GAP) + 5
    first, last = _hours(week, hours)
    least = round(2 * line + 8)
    hour = max(least, int((size.height() - head - all_day - 1) // (last - first)))
    across = max(int(size.width()), left + 7 * 60) - left
    columns = tuple(left + round(across * n / 7) for n in range(8))
    return WeekLayout(WeekMetrics(left, head, all_day, hour, chip), week.monday, columns, first, last)


def _hours(week: CalendarWeek, least: tuple[int, int]) -> tuple[int, int]:
    """``least``, wider where an event begins earlier or ends later."""
    spans = [span_of(chip, day.day) for day in week.days for chip in timed(day)]
    first = min([least[0] * 60, *(span.start for span in spans)]) // 60
    last = -(-max([least[1] * 60, *(span.end for span in spans)]) // 60)
    return first, last
