"""同一条工作线隔几天，先按惯例，天数排不下时逐日放宽；每周还排得下几场，区级上限减去已有的。"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, timedelta

from models.domain.events import Campaign
from models.domain.periods import Period
from planners.autoplan.year.facts import YearFacts
from planners.autoplan.year.needs import Need
from planners.school_terms import BreakDays

WANTED_GAP: Mapping[Campaign, int] = {
    Campaign.LECTURE: 7,
    Campaign.PARK: 14,
    Campaign.COMMUNITY: 7,
    Campaign.CAMPUS: 5,
}
"""Days that two events of a campaign are to lie apart; 开放月 is meant to be close."""
WANTED_SPREAD: Mapping[Campaign, int] = {
    Campaign.LECTURE: 14,
    Campaign.PARK: 45,
    Campaign.COMMUNITY: 21,
    Campaign.CAMPUS: 14,
    Campaign.OPEN_MONTH: 1,
}
"""Days within which a second event of a campaign is unwelcome."""


def gaps_of(facts: YearFacts, needs: Iterable[Need]) -> dict[Campaign, int]:
    """The largest distance for each campaign, up to the wanted one, that leaves room for all its needs.

    1: at most one a day; 0: not even that can be kept.
    """
    needs = list(needs)
    return {
        campaign: _largest_gap(facts, campaign, [need for need in needs if need.campaign is campaign])
        for campaign in WANTED_GAP
    }


def _largest_gap(facts: YearFacts, campaign: Campaign, needs: Sequence[Need]) -> int:
    held = [event.day for event in facts.context.by_campaign[campaign] if event.day]
    windows = {need.window for need in needs}
    days = {window: _usable(facts, campaign, window.days()) for window in windows}
    wanted = {window: _number_within(needs, window) for window in windows if days[window]}
    # A hard rule of its own making must never be what makes a year impossible: the largest that fits.
    for gap in range(WANTED_GAP[campaign], 0, -1):
        if all(_capacity(days[window], held, gap) >= number for window, number in wanted.items()):
            return gap
    return 0


def _number_within(needs: Iterable[Need], window: Period) -> int:
    return sum(
        need.window.first >= window.first and need.window.end <= window.end and not need.resting
        for need in needs
    )


def _usable(facts: YearFacts, campaign: Campaign, days: Iterable[date]) -> list[date]:
    closed = facts.closed(campaign)
    breaks = facts.school_breaks if campaign is Campaign.CAMPUS else BreakDays()
    free = [day for day in days if facts.workdays.is_workday(day) and day not in closed]
    return [day for day in free if day not in breaks] or free


def _capacity(days: Sequence[date], held: Sequence[date], gap: int) -> int:
    """How many events fit on ``days`` with ``gap`` between them and to those held."""
    count, last = 0, date.min
    for day in days:
        apart = last == date.min or (day - last).days >= gap
        if apart and all(abs((day - other).days) >= gap for other in held):
            count, last = count + 1, day
    return count


def mondays(facts: YearFacts) -> Iterable[tuple[date, int]]:
    """Each ISO week that touches the year: its Monday and how many events it holds."""
    return ((load.monday, load.total) for load in facts.check.loads)


def week_maximum(facts: YearFacts, held: int) -> int:
    """The limit of a week that holds ``held`` events now; one that is over it must not get more."""
    return max(facts.check.week_limit, held)


def capacity_left(facts: YearFacts, period: Period, others: Iterable[Need]) -> int:
    """How many events the weeks of ``period`` still take when the needs for that period alone are placed."""
    left = 0
    closed = facts.closed(Campaign.OPEN_MONTH)
    for monday, held in mondays(facts):
        days = [day for n in range(7) if (day := monday + timedelta(days=n)) in period]
        if any(facts.workdays.is_workday(day) and day not in closed for day in days):
            left += max(0, facts.check.week_limit - held)
    inside = (need for need in others if need.window.first >= period.first and need.window.end <= period.end)
    return max(0, left - sum(1 for _ in inside))
