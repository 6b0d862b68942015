"""同周同日：上年第几个星期几，今年落在哪天；遇放假、停排往最近的日子让。"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from datetime import date, timedelta
from typing import NamedTuple

from models.domain.events import Campaign, Event
from models.domain.periods import Period, month_period, quarter_of, quarter_period
from models.domain.rules import PeriodKind, RuleKind, RuleSet, Severity
from models.domain.snapshot import YearSnapshot
from models.domain.workdays import WEEKDAYS, Workdays, workdays_of
from models.domain.year import BlockedPeriod
from planners.fixed_days import FixedDay, fixed_day_of
from planners.school_terms import BreakDays
from planners.wording import short_day

ORDINALS = "一二三四五"
WEEK = 7


class CopiedDay(NamedTuple):
    """Where an event comes to stand; None: nowhere, its period is over.

    ``same``: the same weekday and week of the month. ``why``: a heading and a sentence where it is not.
    """

    day: date | None
    same: bool
    why: tuple[str, str] = ("", "")


def _never(day: date) -> str:
    del day
    return ""


def week_of_month(day: date) -> int:
    """The how-manieth of its weekday a day is in its month, from 1."""
    return (day.day - 1) // WEEK + 1


def place_in_month(day: date) -> str:
    """3月第二个星期三."""
    return f"{day.month}月第{ORDINALS[week_of_month(day) - 1]}个星期{WEEKDAYS[day.weekday()]}"


def counterpart(day: date, year: int) -> date:
    """The same weekday and week of the same month in ``year``; a fifth one that is not there is the last."""
    first = date(year, day.month, 1)
    found = first + timedelta(days=(day.weekday() - first.weekday()) % WEEK + WEEK * (week_of_month(day) - 1))
    return found if found.month == day.month else found - timedelta(days=WEEK)


def rule_period(ruleset: RuleSet, campaign: Campaign, day: date) -> Period:
    """The period in which the campaign's hard rule counts ``day``: its quarter, else its month."""
    kinds = {
        rule.period
        for rule in ruleset.rules
        if rule.kind is RuleKind.FREQUENCY and rule.severity is Severity.HARD and campaign in rule.campaigns
    }
    if PeriodKind.QUARTER in kinds and PeriodKind.MONTH not in kinds:
        return quarter_period(day.year, quarter_of(day))
    return month_period(day.year, day.month)


class NewDays:
    """Finds the days of the new year for the events of the old one."""

    def __init__(
        self, old: YearSnapshot, new: YearSnapshot, ruleset: RuleSet, breaks: BreakDays, today: date
    ) -> None:
        self._old_days: Workdays = workdays_of(old)
        self.workdays: Workdays = workdays_of(new)
        self._new = new
        self._ruleset = ruleset
        self._breaks = breaks
        self._today = today
        self._blocked: Mapping[date, tuple[BlockedPeriod, ...]] = blocked_days(new)

    def rested(self, day: date) -> bool:
        """Whether last year's ``day`` was a rest day, so that the custom is kept."""
        return not self._old_days.is_workday(day)

    def is_over(self, last: date) -> bool:
        """Whether a span that ends on ``last`` is over."""
        return last <= self._today

    def spot(self, event: Event, old: date, clashes: Callable[[date], str] = _never) -> CopiedDay:
        """Where ``event`` (of the new year, dated ``old`` last year) comes to stand.

        ``clashes`` says what it would collide with on a day; "" nothing. It decides only between days
        to which an event that cannot stay might go.
        """
        if (kept := fixed_day_of(event, old)) is not None:
            return self._on_fixed_day(event, old, kept)
        wanted = counterpart(old, self._new.year)
        fifth = week_of_month(wanted) != week_of_month(old)
        against = self._against(event, old, wanted)
        if not against:
            words = f"今年{old.month}月没有第五个星期{WEEKDAYS[old.weekday()]}，放在最后一个"
            return CopiedDay(wanted, not fifth, ("没有第五周", words) if fifth else ("", ""))
        days = list(self._nearest(event, old, wanted))
        if not days:
            return CopiedDay(None, same=False, why=(against, ""))
        day = next((day for day in days if not clashes(day)), days[0])
        passed = clashes(days[0]) if day != days[0] else ""
        words = f"{short_day(wanted)}{against}，改到最近的{self._kind(day)}{short_day(day)}"
        if passed:
            words = f"{short_day(wanted)}{against}，{short_day(days[0])}{passed}，改到{short_day(day)}"
        return CopiedDay(day, same=False, why=("因放假改期" if self._is_free(wanted) else "改期", words))

    def _on_fixed_day(self, event: Event, old: date, kept: FixedDay) -> CopiedDay:
        """Its own day of the new year, whatever weekday that is; nowhere where the day is over."""
        day = old.replace(year=self._new.year)
        if day < self._today:
            return CopiedDay(None, same=False, why=("已过", ""))
        against = self._against(event, old, day)
        words = f"{kept.name}定在{short_day(day)}，沿用时不挪动" + (
            f"；那天{against}，请确认" if against else ""
        )
        return CopiedDay(day, same=False, why=("固定日期", words))

    def _is_free(self, day: date) -> bool:
        return not self.workdays.is_workday(day)

    def _kind(self, day: date) -> str:
        return "工作日" if self.workdays.is_workday(day) else "休息日"

    def _against(self, event: Event, old: date, day: date) -> str:
        """Why an event cannot stay on ``day``; "" where it can."""
        if day < self._today:
            return "已过"
        for period in self._blocked.get(day, ()):
            if period.concerns(event):
                return f"停排（{period.reason or '未写原因'}）"
        name = self.workdays.name_of(day)
        if self.rested(old):
            return f"{name}放假" if name and not self._old_days.name_of(old) else ""
        if self.workdays.is_workday(day):
            return ""
        if name:
            return f"{name}放假"
        return f"是星期{WEEKDAYS[day.weekday()]}（原先那天调休上班）"

    def _nearest(self, event: Event, old: date, wanted: date) -> Iterator[date]:
        """The days of the rule period that will do, the nearest first, of two the later one.

        A rest day for what was on one, where there is any; no school break for 校区, where there is another day.
        """
        period = rule_period(self._ruleset, event.campaign, wanted)
        days = [day for day in period.days() if day != wanted and not self._against(event, old, day)]
        if event.campaign is Campaign.CAMPUS and wanted not in self._breaks:
            days = [day for day in days if day not in self._breaks] or days
        if self.rested(old):
            days = [day for day in days if self._is_free(day)] or days
        return iter(sorted(days, key=lambda day: (abs((day - wanted).days), day < wanted)))


def blocked_days(snapshot: YearSnapshot) -> dict[date, tuple[BlockedPeriod, ...]]:
    """The closed periods of the year by day."""
    found: dict[date, tuple[BlockedPeriod, ...]] = {}
    for period in snapshot.blocked:
        for day in period.days_near(snapshot.year):
            found[day] = (*found.get(day, ()), period)
    return found
