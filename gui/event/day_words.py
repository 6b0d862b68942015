"""一天合不合适：是什么日子、当周几场、有没有停排，一句话说清。"""

from __future__ import annotations

from datetime import date, timedelta

from gui.session.year_session import YearSession
from models.domain.events import Campaign, Event
from models.domain.workdays import workdays_of
from planners.school_terms import break_on, school_breaks
from planners.suggest import Demand, Judge

DAYS_AHEAD = 30
ROUGHLY_KNOWN = "只知道大致时间：整段都在周期里才计入，不查冲突"
_ALSO_SAID = ("停排", "学校放假")
"""Of the planner's reasons against a day, those that the words on day and week do not hold yet."""


def likely_day(session: YearSession, campaign: Campaign, group: str | None) -> date | None:
    """The best of the next thirty days of the year for one more event of ``campaign``; None where none is left."""
    year = session.year
    first = max(session.today + timedelta(days=1), date(year, 1, 1))
    end = min(first + timedelta(days=DAYS_AHEAD), date(year + 1, 1, 1))
    judge = Judge(session.snapshot, session.check, Demand(campaign, None, group))
    best = judge.best(first, end) if first < end else None
    return best.day if best else None


def day_words(session: YearSession, event: Event) -> tuple[str, str]:
    """What speaks for or against the day of a dated event, and the look of the words (good, warning)."""
    assert event.starts_at is not None
    day = event.starts_at.date()
    workdays = workdays_of(session.snapshot)
    load, limit = _week_load(session, event, day), session.check.week_limit
    parts = [f"当周 {load} 场，" + (f"超过 {limit} 场上限" if load > limit else f"未超 {limit} 场上限")]
    against = _against(session, event, day)
    if workdays.is_workday(day):
        parts.insert(0, "工作日，放假安排未公布" if workdays.is_estimated(day) else "工作日")
    else:
        parts.insert(0, f"{workdays.name_of(day) or '周末'}，休息日（只作提示）")
    good = workdays.is_workday(day) and load <= limit and not against
    return " · ".join([*against, *parts]), "good" if good else "warning"


def _week_load(session: YearSession, event: Event, day: date) -> int:
    """How many events the week of ``day`` has with ``event`` in it."""
    monday = day - timedelta(days=day.weekday())
    others = (
        other
        for other in session.snapshot.events
        if other.key != event.key
        and other.counts_in_forecast
        and other.day is not None
        and other.campaign is not Campaign.HOST_MEETING
        and monday <= other.day < monday + timedelta(days=7)
    )
    return sum(1 for _ in others) + (1 if event.counts_in_forecast else 0)


def _against(session: YearSession, event: Event, day: date) -> list[str]:
    judge = Judge(session.snapshot, session.check, Demand(event.campaign, event))
    said = [reason for reason in judge.verdict(day).reasons if reason.startswith(_ALSO_SAID)]
    if event.campaign is not Campaign.CAMPUS:
        return said
    settings = dict(session.snapshot.year_row.settings)
    shut = break_on(day, school_breaks(session.year, settings, session.ruleset))
    return [f"{reason}：{shut.words}" if shut and reason == "学校放假" else reason for reason in said]
