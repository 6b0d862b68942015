"""小小的建造函数：一场活动、一个年度、一次检查，其余都取平常的值。"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime, time, timedelta
from functools import lru_cache
from itertools import count
from typing import Any

from exports.package import read_package
from models.domain.events import Campaign, Event, EventStatus
from models.domain.rules import RuleSet
from models.domain.snapshot import YearSnapshot
from models.domain.units import Unit, UnitKind, Venue
from models.domain.year import Holidays, Setting, Year
from models.holidays import holidays_for, neighbour_holidays
from models.rulesets import ruleset_for
from models.sample import sample_year
from planners.checks import check_year
from planners.results import Cell, Conflict, Finding, YearCheck

TODAY = date(2027, 6, 15)
UNITS = (
    Unit("区司法局", "区司法局"),
    Unit("区教育局", "区教育局"),
    Unit("顾村镇", "顾村镇", UnitKind.TOWN),
    Unit("罗店镇", "罗店镇", UnitKind.TOWN),
    Unit("南大智慧城", "南大智慧城", UnitKind.PARK),
)
VENUES = (Venue("v1", "“宝你汇”直播间"), Venue("v2", "区图书馆"))
_numbers = count(1)


def event(
    campaign: Campaign | str = Campaign.LECTURE,
    day: date | str | None = "2027-06-16",
    *,
    at: time | str = "14:00",
    hours: float = 2,
    status: EventStatus | str = EventStatus.PLANNED,
    key: str | None = None,
    **fields: Any,
) -> Event:
    """An event of ``campaign`` on ``day`` (None: undated), two hours from 14:00 unless told otherwise."""
    key = key or f"E{next(_numbers)}"
    starts = None
    if day is not None:
        day = date.fromisoformat(day) if isinstance(day, str) else day
        at = time.fromisoformat(at) if isinstance(at, str) else at
        starts = datetime.combine(day, at)
    return Event(
        key,
        Campaign(campaign),
        fields.pop("title", f"活动{key}"),
        fields.pop("short", key),
        starts,
        starts + timedelta(hours=hours) if starts else None,
        status=EventStatus(status),
        **fields,
    )


def year(
    *events: Event,
    number: int = 2027,
    settings: Mapping[str, Setting] | None = None,
    themes: tuple[str | None, str | None, str | None, str | None] = ("一", "二", "三", "四"),
    holidays: Holidays | None = None,
    **lists: Any,
) -> YearSnapshot:
    """A year with a few units and venues, quarter themes set and the holidays that are known of it."""
    row = Year(
        number,
        holidays=holidays or holidays_for(number),
        quarter_themes=themes,
        settings=tuple((settings or {}).items()),
    )
    lists = {"units": UNITS, "venues": VENUES, "neighbours": neighbour_holidays(number), **lists}
    return YearSnapshot(row, events=events, **lists)


def rules_of(snapshot: YearSnapshot) -> RuleSet:
    """The rule set of a year under its own settings."""
    row = snapshot.year_row
    return ruleset_for(row.year, row.ruleset, dict(row.settings))


def check(snapshot: YearSnapshot, today: date = TODAY) -> YearCheck:
    """The year checked on ``today`` under its own settings."""
    return check_year(snapshot, today, rules_of(snapshot))


def cell(checked: YearCheck, rule: str, first: str, group: str | None = None) -> Cell:
    """The one cell of ``rule`` and ``group`` that begins on ``first``."""
    (found,) = (c for c in checked.cells if (c.rule, c.first.isoformat(), c.group) == (rule, first, group))
    return found


def findings(checked: YearCheck, situation: str) -> list[Finding]:
    """The findings of one situation."""
    return [finding for finding in checked.findings if finding.situation == situation]


def conflicts(checked: YearCheck, kind: str) -> list[Conflict]:
    """The conflicts of one kind."""
    return [conflict for conflict in checked.conflicts if conflict.kind == kind]


@lru_cache(maxsize=1)
def sample() -> YearSnapshot:
    """The sample year."""
    return read_package(sample_year(), "示例年度")
