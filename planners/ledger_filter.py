"""台账的筛选：几个条件一起成立；没有结果时说得出为什么。"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from datetime import date
from typing import NamedTuple

from models.domain.events import Campaign, EventStatus, Labelled
from models.domain.periods import month_period, quarter_period
from models.domain.rules import clause_words
from models.domain.snapshot import YearSnapshot
from planners import wording
from planners.checks.frequency import AUGUST_EXEMPTION
from planners.ledger_rows import LedgerRow
from planners.results import Cell, CellState, YearCheck
from planners.text_match import Needles, matches


class StatusGroup(Labelled):
    """What can be asked of the status beside a single one."""

    ACTIVE = "active", "未取消"
    WAITING = "waiting", "待登记"


StatusChoice = EventStatus | StatusGroup


class LedgerFilter(NamedTuple):
    """The conditions; one that is empty asks nothing. Both days are included."""

    text: str = ""
    campaign: Campaign | None = None
    unit: str | None = None
    town: str | None = None
    status: StatusChoice | None = None
    first: date | None = None
    last: date | None = None
    without_open_month: bool = False
    incomplete: bool = False
    conflicting: bool = False

    @property
    def is_empty(self) -> bool:
        """Whether everything passes."""
        return self == EVERYTHING


EVERYTHING = LedgerFilter()


class Condition(NamedTuple):
    """One condition that is set: its name (the field, ``days`` for both days) and its words."""

    name: str
    words: str


def conditions(chosen: LedgerFilter, snapshot: YearSnapshot) -> tuple[Condition, ...]:
    """The conditions that are set, in words."""
    found = (
        Condition("text", f"“{chosen.text.strip()}”" if chosen.text.strip() else ""),
        Condition("campaign", chosen.campaign.label if chosen.campaign else ""),
        Condition("unit", snapshot.unit_name(chosen.unit) if chosen.unit else ""),
        Condition("town", snapshot.unit_name(chosen.town) if chosen.town else ""),
        Condition("status", chosen.status.label if chosen.status else ""),
        Condition("days", days_words(chosen.first, chosen.last)),
        Condition("without_open_month", "不含开放月明细" if chosen.without_open_month else ""),
        Condition("incomplete", "只看有缺项" if chosen.incomplete else ""),
        Condition("conflicting", "只看有冲突" if chosen.conflicting else ""),
    )
    return tuple(condition for condition in found if condition.words)


def without(chosen: LedgerFilter, name: str) -> LedgerFilter:
    """``chosen`` without the condition called ``name``."""
    if name == "days":
        return chosen._replace(first=None, last=None)
    return chosen._replace(**{name: getattr(EVERYTHING, name)})


def only(chosen: LedgerFilter, name: str) -> LedgerFilter:
    """The condition called ``name`` alone."""
    if name == "days":
        return EVERYTHING._replace(first=chosen.first, last=chosen.last)
    return EVERYTHING._replace(**{name: getattr(chosen, name)})


def in_year(chosen: LedgerFilter, year: int) -> LedgerFilter:
    """``chosen`` with its days carried into ``year``: 8月 stays 8月, the last day of a month the last day."""
    first = chosen.first or chosen.last
    if first is None or first.year == year:
        return chosen
    ahead = year - first.year
    return chosen._replace(first=_years_on(chosen.first, ahead), last=_years_on(chosen.last, ahead))


def _years_on(day: date | None, years: int) -> date | None:
    if day is None:
        return None
    ends = day == month_period(day.year, day.month).last
    return month_period(day.year + years, day.month).last if ends else day.replace(year=day.year + years)


def days_words(first: date | None, last: date | None) -> str:
    """8月, 三季度, 5月12日以后, 6月30日以前, 5月12日—6月30日; "" where neither is set."""
    if first is None and last is None:
        return ""
    if last is None:
        assert first is not None
        return f"{wording.short_day(first)}以后"
    if first is None:
        return f"{wording.short_day(last)}以前"
    if (first, last) == (date(first.year, first.month, 1), month_period(first.year, first.month).last):
        return f"{first.month}月"
    quarter = quarter_period(first.year, (first.month + 2) // 3)
    if (first, last) == (quarter.first, quarter.last):
        return f"{wording.QUARTERS[(first.month - 1) // 3]}季度"
    return (
        wording.short_day(first) if first == last else f"{wording.short_day(first)}—{wording.short_day(last)}"
    )


Test = Callable[[LedgerRow], bool]


def filtered(
    rows: Iterable[LedgerRow], chosen: LedgerFilter, texts: Mapping[str, str], wanted: Needles
) -> list[LedgerRow]:
    """The rows that pass; ``texts`` holds what the words are looked for in, by key."""
    tests = _tests(chosen)
    if wanted:
        tests.append(lambda row: matches(texts[row.event.key], wanted))
    return [row for row in rows if all(test(row) for test in tests)]


def _tests(chosen: LedgerFilter) -> list[Test]:
    """A test for each condition that is set, the text apart."""
    tests: list[Test] = []
    campaign, unit, town = chosen.campaign, chosen.unit, chosen.town
    if campaign is not None:
        tests.append(lambda row: row.event.campaign is campaign)
    if unit is not None:
        tests.append(lambda row: unit in row.event.lead_units or unit in row.event.responsible_units)
    if town is not None:
        tests.append(lambda row: town in row.event.towns or town in row.event.lead_units)
    if chosen.status is not None:
        tests.append(_status_test(chosen.status))
    if chosen.first is not None or chosen.last is not None:
        tests.append(_days_test(chosen.first, chosen.last))
    if chosen.without_open_month:
        tests.append(lambda row: row.event.campaign is not Campaign.OPEN_MONTH)
    if chosen.incomplete:
        tests.append(lambda row: bool(row.missing or row.conflicts))
    if chosen.conflicting:
        tests.append(lambda row: bool(row.conflicts))
    return tests


def _status_test(status: StatusChoice) -> Test:
    if status is StatusGroup.ACTIVE:
        return lambda row: row.event.status is not EventStatus.CANCELLED
    if status is StatusGroup.WAITING:
        return lambda row: row.waiting
    return lambda row: row.event.status is status


def _days_test(first: date | None, last: date | None) -> Test:
    """What may be on one of the days. Undated events are still to come: they pass where no last day is set."""

    def passes(row: LedgerRow) -> bool:
        days = row.event.days
        if days is None:
            return last is None
        return (first is None or first <= days.last) and (last is None or days.first <= last)

    return passes


class WhyNone(NamedTuple):
    """Why nothing passes, and the conditions of which each alone hides what the others let through."""

    lines: tuple[str, ...]
    removable: tuple[Condition, ...]


def why_none(
    chosen: LedgerFilter,
    snapshot: YearSnapshot,
    check: YearCheck,
    count: Callable[[LedgerFilter], int],
) -> WhyNone:
    """Why ``chosen`` lets nothing through; ``count`` says how many rows a filter leaves."""
    named = conditions(chosen, snapshot)
    removable = tuple(c for c in named if count(without(chosen, c.name)))
    exempt = [cell for cell in check.cells if _exempts(cell, check, chosen)]
    if exempt:
        return WhyNone(tuple(_exempt_words(cell, check, snapshot) for cell in exempt[:2]), removable)
    alone = next((c for c in named if not count(only(chosen, c.name))), None)
    if alone is not None:
        return WhyNone((f"{_quoted(alone.words)}本年没有活动。",), removable)
    return WhyNone(("单看每个条件都有活动，合在一起就没有了。",), removable)


def _quoted(words: str) -> str:
    return words if words.startswith("“") else f"“{words}”"


def _exempts(cell: Cell, check: YearCheck, chosen: LedgerFilter) -> bool:
    """Whether the filter looks at nothing but a period in which its campaign need not do anything."""
    if cell.state is not CellState.EXEMPT or chosen.campaign is None:
        return False
    if chosen.campaign not in check.ruleset.rule(cell.rule).campaigns:
        return False
    first, last = chosen.first, chosen.last
    return first is not None and last is not None and cell.first <= first and last <= cell.last


def _exempt_words(cell: Cell, check: YearCheck, snapshot: YearSnapshot) -> str:
    title = wording.cell_title(cell, check.ruleset).replace(" · ", " ")
    registered = any(
        (e.rule, e.first, e.group) == (cell.rule, cell.first, cell.group) for e in snapshot.exemptions
    )
    if registered:
        return f"{title} 已登记豁免（{cell.reason}），本来就不要求活动。"
    by = (
        f"按{clause_words(cell.clause, ' ')}豁免"
        if cell.reason == AUGUST_EXEMPTION
        else f"豁免（{cell.reason}）"
    )
    return f"{title} {by}，本来就不要求活动。"
