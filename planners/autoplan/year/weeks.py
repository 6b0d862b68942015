"""每周还排得下几场：区级每周上限减去已有的。"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta

from models.domain.events import Campaign
from models.domain.periods import Period
from planners.autoplan.year.facts import YearFacts
from planners.autoplan.year.needs import Need


def mondays(facts: YearFacts) -> Iterable[tuple[date, int]]:
    """Each ISO week that touches the year: its Monday and how many events it holds."""
    return ((load.monday, load.total) for load in facts.check.loads)


def week_maximum(facts: YearFacts, held: int) -> int:
    """The limit of a week that holds ``held`` events now; one that is over it must not get more."""
    return max(facts.check.week_limit, held)


def capacity_left(facts: YearFacts, period: Period, others: Iterable[Need]) -> int:
    """How many events the weeks of ``period`` still take when the needs for that period alone are placed."""
    room = 0
    for monday, held in mondays(facts):
        days = [monday + timedelta(days=n) for n in range(7)]
        if any(day in period and _usable(facts, day) for day in days):
            room += max(0, facts.check.week_limit - held)
    inside = (need for need in others if need.window.first >= period.first and need.window.end <= period.end)
    return max(0, room - sum(1 for _ in inside))


def _usable(facts: YearFacts, day: date) -> bool:
    return facts.workdays.is_workday(day) and day not in facts.closed(Campaign.OPEN_MONTH)
