"""日历的值：一天、一周、一块活动，都已算好，各视图只管取用。"""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import NamedTuple

from gui.calendar.deadlines import DayDeadline
from models.domain.events import Campaign, EventStatus, Labelled
from models.domain.year import BlockedPeriod
from planners.results import Conflict

ATTENDANCE_KIND = "attend"
"""The kind of the decisions of 公众列席 among the campaigns."""


class CalendarMode(Labelled):
    """The three views of the calendar."""

    MONTH = "month", "月"
    WEEK = "week", "周"
    AGENDA = "agenda", "日程"


class CalendarChip(NamedTuple):
    """An event (or the meeting of a decision) on one day.

    ``names`` are its names from the most telling to the shortest: the first that fits is shown.
    ``starts`` and ``ends`` are None where no clock time is known; ``later`` for the days after the first
    of an event of several days.
    """

    key: str
    kind: Campaign | str
    names: tuple[str, ...]
    title: str
    status: EventStatus
    starts: datetime | None = None
    ends: datetime | None = None
    detail: str = ""
    conflict: bool = False
    unrecorded: bool = False
    decision: bool = False
    later: bool = False
    half: str = ""

    @property
    def clock(self) -> str:
        """09:30, 上午, or "" where only the day is known."""
        if self.half:
            return self.half
        return f"{self.starts:%H:%M}" if self.starts is not None else ""

    @property
    def words(self) -> str:
        """The chip in one line, for screen readers."""
        parts = (self.clock, self.title, self.status.label, "冲突" if self.conflict else "")
        return " ".join(part for part in parts if part)


class CalendarDay(NamedTuple):
    """A day: its chips (conflicts first, then by time), what kind of day it is, and why nothing may be planned."""

    day: date
    chips: tuple[CalendarChip, ...] = ()
    workday: bool = True
    makeup: bool = False
    holiday: str = ""
    estimated: bool = False
    blocked: tuple[BlockedPeriod, ...] = ()
    paused: str = ""
    """Why nothing of what is shown may be planned on this day; "" where something may."""
    deadlines: tuple[DayDeadline, ...] = ()
    """What is due on this day."""

    @property
    def lines(self) -> int:
        """How many lines stand above the chips: the reason of a 停排, the deadlines."""
        return bool(self.paused) + bool(self.deadlines)

    @property
    def conflicts(self) -> int:
        """How many chips are in conflict."""
        return sum(1 for chip in self.chips if chip.conflict)

    @property
    def mark(self) -> str:
        """休 on a day off by arrangement, 班 on a weekend day that is worked."""
        return "班" if self.makeup else "休" if self.holiday else ""

    @property
    def mark_words(self) -> str:
        """What stands beside the mark."""
        return "调休上班" if self.makeup else self.holiday


class CalendarWeek(NamedTuple):
    """Seven days from a Monday, how many events they hold, and how many they should hold at most."""

    monday: date
    days: tuple[CalendarDay, ...]
    total: int
    limit: int

    @property
    def number(self) -> int:
        """The ISO week number."""
        return self.monday.isocalendar().week

    @property
    def is_over(self) -> bool:
        """Whether the week holds more than its limit."""
        return self.total > self.limit


class CalendarFilter(NamedTuple):
    """What the toolbar lets through. ``hidden`` are campaigns (or 列席) that are switched off.

    ``deadlines``: whether deadlines are shown; they are no events, so that nothing is missed without them.
    """

    hidden: frozenset[str] = frozenset()
    unit: str | None = None
    conflicts_only: bool = False
    deadlines: bool = True

    @property
    def is_open(self) -> bool:
        """Whether every event is let through."""
        return self._replace(deadlines=True) == CalendarFilter()


class DayDetails(NamedTuple):
    """A day in the panel: its conflicts (hard ones first) beside what the calendar shows of it."""

    day: CalendarDay
    conflicts: tuple[Conflict, ...]


def same_day_of_month(day: date, step: int) -> date:
    """The same day ``step`` months later, the last one where that month is shorter."""
    month = day.month - 1 + step
    year, month = day.year + month // 12, month % 12 + 1
    last = (date(year + month // 12, month % 12 + 1, 1) - timedelta(days=1)).day
    return date(year, month, min(day.day, last))
