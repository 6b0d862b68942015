"""周期频次：每条规则 × 周期 × 分组一格，七种状态。"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date
from typing import NamedTuple

from models.domain.events import Event, EventStatus, SchoolStage
from models.domain.periods import Period, month_period, quarter_period, year_period
from models.domain.rules import GroupKind, PeriodKind, Rule
from models.domain.units import UnitKind
from models.domain.year import Exemption
from planners.checks.context import CheckContext, number, words
from planners.feasibility import last_feasible_day
from planners.results import Cell, CellState

AUGUST_EXEMPTION = "集中开展政府开放月（第2条）"
AUDIENCES = ("学生", "家长")
_HELD, _CONFIRMED = EventStatus.HELD, EventStatus.CONFIRMED


class Group(NamedTuple):
    """One group of a rule: its label and which events belong to it."""

    label: str | None
    holds: Callable[[Event], bool] | None


def frequency_cells(context: CheckContext, rule: Rule) -> Iterator[Cell]:
    """A cell for every group and period of ``rule``, groups in their order, periods by date."""
    groups = _groups(context, rule)
    exempt_month = number(rule, "exempt_month", 0)
    for group in groups:
        for period in periods(rule, context.snapshot.year):
            events = _counted(context, rule, period, group)
            if exempt_month and period.first.month == exempt_month and rule.period is PeriodKind.MONTH:
                yield _cell(context, rule, period, group, events)._replace(
                    state=CellState.EXEMPT, reason=AUGUST_EXEMPTION, minimum=0, last_feasible_day=None
                )
            else:
                yield _cell(context, rule, period, group, events)


def periods(rule: Rule, year: int) -> tuple[Period, ...]:
    """The periods of the year in which the rule counts."""
    if rule.period is PeriodKind.MONTH:
        return tuple(month_period(year, month) for month in range(1, 13))
    if rule.period is PeriodKind.QUARTER:
        return tuple(quarter_period(year, quarter) for quarter in range(1, 5))
    return (month_period(year, 8),) if rule.period is PeriodKind.AUGUST else (year_period(year),)


def _groups(context: CheckContext, rule: Rule) -> list[Group]:
    if rule.group is GroupKind.STAGE:
        return [_stage_group(stage) for stage in SchoolStage]
    if rule.group is GroupKind.STAGE_AUDIENCE:
        return [_stage_audience_group(stage, audience) for stage in SchoolStage for audience in AUDIENCES]
    if rule.group is GroupKind.THEME_CLASS:
        return [_theme_group(name) for name in words(rule, "classes")]
    if rule.group is GroupKind.TOWN:
        towns = [unit for unit in context.snapshot.units if unit.kind is UnitKind.TOWN]
        return [_town_group(town.key, town.name) for town in towns]
    if rule.group is GroupKind.UNIT:
        kinds = (UnitKind.DEPARTMENT, UnitKind.TOWN)
        return [_unit_group(unit.key, unit.name) for unit in context.snapshot.units if unit.kind in kinds]
    return [Group(None, None)]


def _stage_group(stage: SchoolStage) -> Group:
    return Group(stage.label, lambda event: stage in event.stages)


def _stage_audience_group(stage: SchoolStage, audience: str) -> Group:
    return Group(
        f"{stage.label}·{audience}", lambda event: stage in event.stages and audience in event.audience
    )


def _theme_group(name: str) -> Group:
    return Group(name, lambda event: event.theme_class == name)


def _town_group(key: str, name: str) -> Group:
    return Group(name, lambda event: key in event.towns)


def _unit_group(key: str, name: str) -> Group:
    return Group(
        name, lambda event: key in event.lead_units or key in event.responsible_units or key in event.towns
    )


def _counted(context: CheckContext, rule: Rule, period: Period, group: Group) -> list[Event]:
    events = [event for campaign in rule.campaigns for event in context.events_in(campaign, period)]
    if rule.period is PeriodKind.AUGUST:
        events = [event for event in events if not event.online_only]
    return [event for event in events if group.holds(event)] if group.holds else events


def _cell(context: CheckContext, rule: Rule, period: Period, group: Group, events: list[Event]) -> Cell:
    minimum = number(rule, "minimum")
    held = confirmed = 0
    for event in events:
        held += event.status is _HELD
        confirmed += event.status is _CONFIRMED
    forecast = len(events)
    theme = _theme(context, rule, period)
    exemption = _exemption(context, rule, period, group)
    state = _state(context, rule, period, minimum, held, confirmed, forecast, theme_missing=theme == "")
    if exemption is not None and state is not CellState.NOT_APPLICABLE:
        state = CellState.EXEMPT
    current = period.first <= context.today <= period.last
    ordered = sorted(events, key=_start) if len(events) > 1 else events
    return Cell(
        rule.code,
        rule.clause,
        rule.severity,
        group.label,
        period.first,
        period.last,
        minimum,
        number(rule, "target", 0) or None,
        held,
        forecast,
        confirmed,
        state,
        context.workdays_left(period.last) if current else None,
        _mendable_until(context, rule, period, state, ordered, minimum, theme_missing=theme == ""),
        tuple([event.key for event in ordered]),
        exemption.reason if exemption else _explanation(context, rule, period, group),
        theme,
        estimated=not context.snapshot.year_row.holidays.announced,
    )


def _start(event: Event) -> tuple[object, str]:
    return (event.starts_at, event.key)


def _theme(context: CheckContext, rule: Rule, period: Period) -> str | None:
    if rule.code != "park.quarterly":
        return None
    return context.snapshot.year_row.quarter_themes[(period.first.month - 1) // 3] or ""


def _exemption(context: CheckContext, rule: Rule, period: Period, group: Group) -> Exemption | None:
    if not context.snapshot.exemptions:
        return None
    key = Exemption(rule.code, period.first, period.last, group.label).key
    return next((exemption for exemption in context.snapshot.exemptions if exemption.key == key), None)


def _explanation(context: CheckContext, rule: Rule, period: Period, group: Group) -> str:
    key = Exemption(rule.code, period.first, period.last, group.label).key
    return str(context.settings.get(f"explanation:{key}") or "")


def _state(
    context: CheckContext,
    rule: Rule,
    period: Period,
    minimum: int,
    held: int,
    confirmed: int,
    forecast: int,
    *,
    theme_missing: bool,
) -> CellState:
    if rule.valid_from is not None and period.last < rule.valid_from:
        return CellState.NOT_APPLICABLE
    if held >= minimum and not theme_missing:
        return CellState.DONE
    if period.last < context.today:
        return CellState.OVERDUE
    short = forecast < minimum or theme_missing
    if period.first <= context.today and context.workdays_left(period.last) <= context.lead:
        return CellState.AT_RISK if short or held + confirmed < minimum else CellState.PLANNED
    return CellState.GAP if short else CellState.PLANNED


def _mendable_until(
    context: CheckContext,
    rule: Rule,
    period: Period,
    state: CellState,
    ordered: list[Event],
    minimum: int,
    *,
    theme_missing: bool,
) -> date | None:
    """The last day on which what is missing can still be put right; None where nothing is, or can be."""
    if state not in (CellState.AT_RISK, CellState.GAP):
        return None
    shortfall = minimum - len(ordered)
    if shortfall > 0 or theme_missing:
        blocked = context.blocked_days[rule.campaigns[0]]
        return last_feasible_day(period, context.today, max(1, shortfall), context.workdays, blocked)
    unconfirmed = [event for event in ordered if event.status not in (_HELD, _CONFIRMED)]
    return unconfirmed[-1].day if unconfirmed else None
