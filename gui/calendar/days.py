"""日历的内容：一年的活动按日排开，用到哪天才算哪天。"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from datetime import date, datetime, timedelta
from functools import cached_property

from gui.calendar.deadlines import DayDeadline, by_day
from gui.calendar.values import (
    ATTENDANCE_KIND,
    CalendarChip,
    CalendarDay,
    CalendarFilter,
    CalendarWeek,
    DayDetails,
)
from gui.services.event_chips import short_title
from gui.session.landing import stands_on_a_day
from models.domain.attendance import Decision
from models.domain.events import Campaign, Event, EventStatus, Precision
from models.domain.rules import Severity
from models.domain.snapshot import YearSnapshot
from models.domain.workdays import workdays_of
from models.domain.year import BlockedPeriod
from planners.attendance.stages import meeting_of
from planners.deadline_items import deadline_items
from planners.masked import shown_on_screen
from planners.results import Conflict, ConflictKind, DeadlineItem, YearCheck

_HARD_KINDS = (ConflictKind.VENUE, ConflictKind.UNIT)
_ONE = timedelta(days=1)
_NO_TIME = datetime(1, 1, 1)
LONGEST_SPAN = 62
"""Days that an event of several days is shown on at most."""


def toggle_of(kind: Campaign | str) -> str:
    """The toggle that shows ``kind``: a meeting that carries a zone goes with 科创问政."""
    return str(Campaign.TECH_FORUM if kind is Campaign.HOST_MEETING else kind)


class CalendarDays:
    """The days of a year under a filter, delegates masked. Days are made when they are asked for, and kept."""

    def __init__(
        self,
        snapshot: YearSnapshot,
        check: YearCheck,
        chosen: CalendarFilter = CalendarFilter(),  # noqa: B008
        beside: Iterable[DeadlineItem] = (),
    ) -> None:
        """``beside``: the deadlines of other years that are shown among the year's own."""
        self.snapshot, self.check, _ = shown_on_screen(snapshot, check)
        self.chosen = chosen
        self.beside = tuple(beside)
        self.workdays = workdays_of(snapshot)
        self._conflicts: dict[date, list[Conflict]] = defaultdict(list)
        self.conflicting = self._find_conflicts()
        self._events: dict[date, list[Event]] = defaultdict(list)
        self._decisions: dict[date, list[tuple[Decision, datetime]]] = defaultdict(list)
        self._days: dict[date, CalendarDay] = {}
        self._totals = {load.monday: load.total for load in check.loads}
        self._place_events()
        self._place_decisions()

    def _find_conflicts(self) -> frozenset[str]:
        found: set[str] = set()
        for conflict in self.check.conflicts:
            if conflict.kind is not ConflictKind.WEEK_LOAD:
                self._conflicts[conflict.day].append(conflict)
            if conflict.kind in _HARD_KINDS:
                found.update(conflict.events)
        return frozenset(found)

    def passes(self, event: Event) -> bool:
        """Whether the filter lets ``event`` through."""
        chosen = self.chosen
        return (
            (not chosen.hidden or toggle_of(event.campaign) not in chosen.hidden)
            and (chosen.unit is None or chosen.unit in event.units or chosen.unit in event.towns)
            and (not chosen.conflicts_only or event.key in self.conflicting)
        )

    def _place_events(self) -> None:
        everything = self.chosen.is_open
        for event in self.snapshot.events:
            if stands_on_a_day(event) and (everything or self.passes(event)):
                assert event.starts_at is not None
                self._events[event.starts_at.date()].append(event)
                if event.ends_at is not None and event.ends_at.date() > event.starts_at.date():
                    for day in later_days(event):
                        self._events[day].append(event)

    def _place_decisions(self) -> None:
        chosen = self.chosen
        if ATTENDANCE_KIND in chosen.hidden or chosen.conflicts_only:
            return
        for decision in self.snapshot.decisions:
            meeting = meeting_of(decision, self.snapshot)
            if meeting is None or meeting.starts_at is None or chosen.unit not in (None, decision.unit):
                continue
            self._decisions[meeting.starts_at.date()].append((decision, meeting.starts_at))

    @cached_property
    def deadlines(self) -> Mapping[date, tuple[DayDeadline, ...]]:
        """What is due on which day, where deadlines are shown."""
        chosen = self.chosen
        if not chosen.deadlines or chosen.conflicts_only:
            return {}
        return by_day(self._deadline_items, self.check.today, chosen.unit)

    @cached_property
    def _deadline_items(self) -> tuple[DeadlineItem, ...]:
        return (*deadline_items(self.snapshot, self.check), *self.beside)

    def deadline_called(self, name: str) -> DeadlineItem | None:
        """The deadline of that name."""
        return next((item for item in self._deadline_items if item.name == name), None)

    # days and weeks

    def day(self, day: date) -> CalendarDay:
        """The day with its chips."""
        if (known := self._days.get(day)) is None:
            known = self._days[day] = self._make_day(day)
        return known

    def week(self, monday: date) -> CalendarWeek:
        """The seven days from ``monday``."""
        days = tuple(self.day(monday + n * _ONE) for n in range(7))
        return CalendarWeek(monday, days, self._totals.get(monday, 0), self.check.week_limit)

    def month(self, first: date) -> tuple[CalendarWeek, ...]:
        """The weeks (Monday first) that touch the month of ``first``."""
        start = first.replace(day=1)
        end = (start + timedelta(days=31)).replace(day=1)
        monday = start - timedelta(days=start.weekday())
        weeks = []
        while monday < end:
            weeks.append(self.week(monday))
            monday += timedelta(days=7)
        return tuple(weeks)

    def details(self, day: date) -> DayDetails:
        """What the panel says of a day: the conflicts beside its chips, hard ones first."""
        found = sorted(self._conflicts.get(day, ()), key=_by_severity)
        return DayDetails(self.day(day), tuple(found))

    def busy_days(self) -> tuple[date, ...]:
        """The days on which something takes place, in order."""
        return tuple(sorted({*self._events, *self._decisions}))

    def listed_days(self) -> tuple[date, ...]:
        """The days on which something takes place or is due, in order."""
        due = (day for day in self.deadlines if day.year == self.snapshot.year)
        return tuple(sorted({*self._events, *self._decisions, *due}))

    def count(self, first: date, end: date) -> int:
        """How many events (and decisions) are shown from ``first`` to ``end`` (excluded)."""
        found = [len(events) for day, events in self._events.items() if first <= day < end]
        return sum(found) + sum(len(rows) for day, rows in self._decisions.items() if first <= day < end)

    def _make_day(self, day: date) -> CalendarDay:
        blocked = tuple(period for period in self.snapshot.blocked if period.first <= day <= period.last)
        workdays = self.workdays
        return CalendarDay(
            day,
            self._chips(day),
            workdays.is_workday(day),
            workdays.is_makeup(day),
            workdays.name_of(day),
            workdays.is_estimated(day),
            blocked,
            self._paused(blocked),
            self.deadlines.get(day, ()),
        )

    def _paused(self, blocked: Iterable[BlockedPeriod]) -> str:
        for period in blocked:
            if self._covers_all(period):
                return period.reason or "停排"
        return ""

    def _covers_all(self, period: BlockedPeriod) -> bool:
        """Whether the period bars everything that the filter lets through."""
        if period.units or period.venues:
            return self.chosen.unit is not None and self.chosen.unit in period.units and not period.campaigns
        if not period.campaigns:
            return True
        barred = {toggle_of(campaign) for campaign in period.campaigns}
        shown = {toggle_of(campaign) for campaign in Campaign} - self.chosen.hidden
        return bool(shown) and shown <= barred

    # chips

    def _chips(self, day: date) -> tuple[CalendarChip, ...]:
        chips = [self._event_chip(event, day) for event in self._events.get(day, ())]
        chips += [self._decision_chip(*row) for row in self._decisions.get(day, ())]
        chips.sort(key=_in_order)
        return tuple(chips)

    def _event_chip(self, event: Event, day: date) -> CalendarChip:
        starts, ends = event.span or (None, None)
        later = event.day != day
        timed = event.precision is Precision.TIME and not later
        snapshot = self.snapshot
        half = ""
        if event.precision is Precision.HALF_DAY and starts is not None and not later:
            half = "上午" if starts.hour < 12 else "下午"
        units = "、".join(snapshot.unit_name(key) for key in event.units[:2])
        place = snapshot.place_of(event)
        return CalendarChip(
            event.key,
            event.campaign,
            event_names(event, snapshot),
            event.title,
            event.status,
            starts if timed or half else None,
            ends if timed or half else None,
            " · ".join(part for part in (units, place) if part),
            event.key in self.conflicting and event.status is not EventStatus.CANCELLED,
            event.awaits_result(self.check.today),
            later=later,
            half=half,
        )

    def _decision_chip(self, decision: Decision, starts: datetime) -> CalendarChip:
        status = EventStatus.HELD if starts.date() < self.check.today else EventStatus.PLANNED
        return CalendarChip(
            decision.key,
            ATTENDANCE_KIND,
            (short_title(decision.title),),
            decision.title,
            status,
            starts,
            starts + timedelta(hours=2),
            f"{self.snapshot.unit_name(decision.unit)} · 公众列席" if decision.unit else "公众列席",
            decision=True,
        )


def later_days(event: Event) -> tuple[date, ...]:
    """The days of an event of several days after its first one."""
    assert event.starts_at is not None
    assert event.ends_at is not None
    first = event.starts_at.date()
    last = (event.ends_at - timedelta(microseconds=1)).date()
    count = min((last - first).days, LONGEST_SPAN)
    return tuple(first + n * _ONE for n in range(1, count + 1))


def event_names(event: Event, snapshot: YearSnapshot) -> tuple[str, ...]:
    """The names of an event from the most telling to the shortest; the last one may be cut to fit."""
    short = event.short or event.title[:4]
    names = [event.title]
    if len(event.towns) == 1:
        town = snapshot.unit_name(event.towns[0])
        names = [f"{town}·{event.title}", *names]
    if not event.title.startswith(short):
        names.append(short)
    return tuple(names)


def _in_order(chip: CalendarChip) -> tuple[bool, bool, datetime, str]:
    off = chip.status in (EventStatus.CANCELLED, EventStatus.POSTPONED)
    return not chip.conflict, off, chip.starts or _NO_TIME, chip.key


def _by_severity(conflict: Conflict) -> bool:
    return conflict.severity is not Severity.HARD
