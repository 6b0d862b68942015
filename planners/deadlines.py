"""时限的算法：几个工作日、几天后顺延、最晚哪天还补得上，只靠数日子。"""

from __future__ import annotations

from datetime import date, timedelta

from models.domain.periods import Period
from models.domain.workdays import Workdays


def policy_due(workdays: Workdays, published_on: date, days: int) -> date:
    """The ``days``-th working day after publication; that day is day 0, make-up days count (§8, §16)."""
    return workdays.add(published_on, days)


def calendar_due(workdays: Workdays, issued_on: date, days: int) -> date:
    """``days`` calendar days after issue, rolled forward to a working day (§32)."""
    return workdays.roll_forward(issued_on + timedelta(days=days))


def last_feasible_day(
    period: Period, today: date, shortfall: int, workdays: Workdays, blocked: frozenset[date]
) -> date | None:
    """The last day by which the first of ``shortfall`` missing events must stand, one a day.

    Only working days from today on, not blocked for the campaign, count; None when the period has
    fewer of them than events are missing (it cannot be mended any more by the calendar).
    """
    day, missing = period.last, shortfall
    first = max(period.first, today)
    while day >= first:
        if workdays.is_workday(day) and day not in blocked:
            missing -= 1
            if missing <= 0:
                return day
        day -= timedelta(days=1)
    return None
