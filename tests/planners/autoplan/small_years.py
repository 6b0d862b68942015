"""手写的小年度：两三周、几个单位，各项都可另给，供解释一类的测试。"""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from models.domain.periods import Period
from planners.autoplan.problem import (
    Block,
    BlockScope,
    CountFilter,
    CountRule,
    DayKind,
    Placement,
    PlanCampaign,
    PlanEvent,
    PlanPlace,
    PlanProblem,
    PlanUnit,
)

MONDAY = date(2027, 3, 1)


def day(number: int) -> date:
    """The day ``number`` days after Monday, 1 March 2027."""
    return MONDAY + timedelta(number)


def days(first: int, last: int) -> Period:
    """From one day to another, both included."""
    return Period(day(first), day(last + 1))


def year(*events: PlanEvent, weeks: int = 2, **fields: Any) -> PlanProblem:
    """A problem of these events: units 甲 (two a week) and 乙, places 厅 (of 乙) and 场, series 讲堂 on working days."""
    horizon = days(0, 7 * weeks - 1)
    kinds = {d: DayKind.WORKDAY if d.weekday() < 5 else DayKind.WEEKEND for d in horizon.days()}
    whole: dict[str, Any] = {
        "name": "小年度",
        "horizon": horizon,
        "halves": ("AM", "PM"),
        "day_kinds": kinds,
        "calendars": {},
        "blocks": (),
        "units": (PlanUnit("甲", "甲局", 2), PlanUnit("乙", "乙局")),
        "places": (PlanPlace("厅", "大厅", 1, "乙"), PlanPlace("场", "广场", None)),
        "campaigns": (PlanCampaign("讲堂", "公开讲堂", "一区", (DayKind.WORKDAY,)),),
        "events": events,
        "rules": (),
    }
    return PlanProblem(**(whole | fields))


def event(key: str, period: Period, **fields: Any) -> PlanEvent:
    """A required event of 讲堂 that 甲 hosts nowhere in particular, in either half."""
    whole: dict[str, Any] = {
        "key": key,
        "title": f"讲座{key}",
        "campaign": "讲堂",
        "required": True,
        "value": 100,
        "period": period,
        "hosts": ("甲",),
        "places": (),
        "halves": ("AM", "PM"),
    }
    return PlanEvent(**(whole | fields))


def pin(
    key: str, number: int, half: str = "AM", host: str | None = "甲", place: str | None = None
) -> Placement:
    """Where an event is pinned."""
    return Placement(key, day(number), half, host, place)


def block(key: str, period: Period, unit: str | None = None, half: str | None = None) -> Block:
    """No events, or none of ``unit``, in ``period``."""
    return Block(key, BlockScope.UNIT if unit else BlockScope.ALL, unit or "", period, half, "培训")


def at_least(key: str, number: int, period: Period, **where: Any) -> CountRule:
    """So many events of 讲堂 in ``period``."""
    return CountRule(key, f"讲堂至少{number}场", ("讲堂",), CountFilter(**where), period, number, None)


def at_most(key: str, number: int, period: Period, **where: Any) -> CountRule:
    """No more events of 讲堂 in ``period``."""
    return CountRule(key, f"讲堂至多{number}场", ("讲堂",), CountFilter(**where), period, None, number)
