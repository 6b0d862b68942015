"""月视图的几何：七列、五六行；冲突再多也排得下，不够高就滚动。"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from datetime import date, timedelta
from typing import NamedTuple

from PySide6.QtCore import QPointF, QRectF, QSizeF

from gui.calendar.values import CalendarDay, CalendarWeek
from gui.kit.chips import chip_height
from gui.kit.marks import metrics, text_width
from gui.kit.theme import theme

GAP = 3
PAD = 4
LEAST_CHIPS = 2
"""Chips that even the lowest row has room for."""


class MonthMetrics(NamedTuple):
    """Sizes in the present text size: week column, weekday row, head of a day, a chip, the line “还有 n 场”."""

    left: int
    top: int
    day_head: int
    chip: int
    more: int

    @property
    def step(self) -> int:
        """From the top of a chip to that of the next."""
        return self.chip + GAP


def month_metrics() -> MonthMetrics:
    """The sizes in the present text size."""
    line = metrics(theme().font(12)).height()
    return MonthMetrics(
        round(max(52, text_width(theme().font(12, bold=True), "00 场") + 14)),
        round(line + 14),
        round(metrics(theme().font(14, bold=True)).height() + 6),
        chip_height(compact=False),
        round(metrics(theme().font(12, bold=True)).height()),
    )


class MonthLayout(NamedTuple):
    """Where everything of a month stands, in content coordinates."""

    metrics: MonthMetrics
    monday: date
    columns: tuple[int, ...]
    rows: tuple[int, ...]

    @property
    def width(self) -> int:
        """Width of the content."""
        return self.columns[-1]

    @property
    def height(self) -> int:
        """Height of the content."""
        return self.rows[-1]

    @property
    def days(self) -> tuple[date, ...]:
        """Every day shown, in order."""
        return tuple(self.monday + timedelta(days=n) for n in range(7 * (len(self.rows) - 1)))

    def holds(self, day: date) -> bool:
        """Whether ``day`` is shown."""
        return 0 <= (day - self.monday).days < 7 * (len(self.rows) - 1)

    def day_rect(self, day: date) -> QRectF:
        """The cell of ``day``; empty where it is not shown."""
        if not self.holds(day):
            return QRectF()
        row, column = divmod((day - self.monday).days, 7)
        left, top = self.columns[column], self.rows[row]
        return QRectF(left, top, self.columns[column + 1] - left, self.rows[row + 1] - top)

    def week_rect(self, row: int) -> QRectF:
        """The week's head at the left."""
        return QRectF(0, self.rows[row], self.metrics.left, self.rows[row + 1] - self.rows[row])

    def day_at(self, at: QPointF) -> date | None:
        """The day at a point; None outside the cells."""
        column = bisect_right(self.columns, at.x()) - 1
        row = bisect_right(self.rows, at.y()) - 1
        if not 0 <= column < 7 or not 0 <= row < len(self.rows) - 1:
            return None
        return self.monday + timedelta(days=7 * row + column)

    def room(self, day: date) -> int:
        """How many chips (or lines) fit below the head of ``day``."""
        height = self.day_rect(day).height() - self.metrics.day_head - 1
        return max(1, int(height // self.metrics.step))

    def has_line_left(self, day: date) -> bool:
        """Whether “还有 n 场” fits below all the chips that fit."""
        height = self.day_rect(day).height() - self.metrics.day_head - 1
        return height - self.room(day) * self.metrics.step >= self.metrics.more

    def more_rect(self, day: date, slot: int) -> QRectF:
        """The place of “还有 n 场” in the ``slot``-th place of ``day``; below the last chip it is lower."""
        place = self.slot_rect(day, slot)
        if slot >= self.room(day):
            place.setHeight(self.metrics.more)
        return place

    def slot_rect(self, day: date, slot: int) -> QRectF:
        """The place of the ``slot``-th chip of ``day``."""
        cell = self.day_rect(day)
        top = cell.top() + self.metrics.day_head + slot * self.metrics.step
        return QRectF(cell.left() + PAD, top, cell.width() - 2 * PAD, self.metrics.chip)


def has_due_in_head(day: CalendarDay, room: int) -> bool:
    """Whether the deadlines of ``day`` are a flag in its head: a line of their own would push an event out."""
    return bool(day.deadlines and day.chips) and len(day.chips) + day.lines > room


def lines_above(day: CalendarDay, room: int) -> int:
    """The lines that stand above the chips of ``day`` where ``room`` lines fit."""
    return day.lines - has_due_in_head(day, room)


def shown_chips(day: CalendarDay, room: int, *, line_left: bool = False) -> int:
    """How many chips of ``day`` are shown where ``room`` lines fit: all, or one less for “还有 n 场”.

    ``line_left``: below them is room for “还有 n 场” besides.
    """
    room -= lines_above(day, room)
    count = len(day.chips)
    return count if count <= room else max(day.conflicts, room - (not line_left), 0)


def lines_needed(day: CalendarDay) -> int:
    """The lines without which a conflict would be hidden."""
    if not day.conflicts:
        return 0
    return day.conflicts + (1 if len(day.chips) > day.conflicts else 0) + bool(day.paused)


def lay_out_month(size: QSizeF, weeks: Sequence[CalendarWeek]) -> MonthLayout:
    """Seven equal columns; rows share the height, but none hides a conflict."""
    sizes = month_metrics()
    width = max(int(size.width()), sizes.left + 7 * 60)
    across = width - sizes.left
    columns = tuple(sizes.left + round(across * n / 7) for n in range(8))
    least = sizes.day_head + LEAST_CHIPS * sizes.step + PAD
    needed = [
        max(least, sizes.day_head + max(map(lines_needed, week.days)) * sizes.step + PAD) for week in weeks
    ]
    heights = _shared(max(0, int(size.height()) - sizes.top), needed)
    rows = [sizes.top]
    for height in heights:
        rows.append(rows[-1] + height)
    return MonthLayout(sizes, weeks[0].monday, columns, tuple(rows))


def _shared(height: int, needed: Sequence[int]) -> list[int]:
    """``height`` shared evenly, each share at least what is needed; more than ``height`` where it must be."""
    if sum(needed) >= height:
        return list(needed)
    large = {n for n, least in enumerate(needed) if least * len(needed) > height}
    while True:
        rest = height - sum(needed[n] for n in large)
        others = len(needed) - len(large)
        grown = {n for n, least in enumerate(needed) if n not in large and least * others > rest}
        if not grown:
            break
        large |= grown
    shares = [needed[n] if n in large else rest // others for n in range(len(needed))]
    spare = height - sum(shares)
    for n in range(len(needed)):
        if n not in large and spare > 0:
            shares[n] += 1
            spare -= 1
    return shares
