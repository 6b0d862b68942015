"""一处缺口里的好日子：来得及通知，学校在上课，离期限还留有余地。"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from itertools import groupby

from models.domain.events import Campaign
from models.domain.periods import Period
from planners.autoplan.year.facts import YearFacts
from planners.autoplan.year.needs import Need
from planners.school_terms import BreakDays

NOTICE = 5
"""Working days that people are told ahead where it can be."""
SLACK = 4
"""One in so many of the days is left before the period ends, at most the days of the early warning."""


def calendar_name(need: Need) -> str:
    """The calendar of a need's good days."""
    kind = "term" if need.campaign is Campaign.CAMPUS else "notice"
    return f"{kind}:{need.window.first.isoformat()}:{need.window.end.isoformat()}"


def good_days(facts: YearFacts, need: Need) -> Iterator[Period]:
    """The days of the window with enough notice, in school terms for 校区, not just before its end.

    Where none is left, all days of the window.
    """
    noticed = facts.workdays.add(facts.today, NOTICE)
    breaks = facts.school_breaks if need.campaign is Campaign.CAMPUS else BreakDays()
    days = [
        day
        for day in need.window.days()
        if day >= noticed and day not in breaks and facts.workdays.is_workday(day)
    ]
    if not days:
        yield need.window
        return
    kept = days[: len(days) - min(facts.context.lead, len(days) // SLACK)]
    for _, month in groupby(kept, key=lambda day: (day.year, day.month)):
        held = list(month)
        yield Period(held[0], held[-1] + timedelta(days=1))
