"""周期频次：每条规则 × 周期 × 分组一格，七种状态。"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
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


class Grouping(NamedTuple):
    """The groups of a rule in their order, and the groups to which an event belongs."""

    labels: tuple[str | None, ...]
    of: Callable[[Event], Iterable[str]] | None = None


class Demand(NamedTuple):
    """What a rule asks of each of its cells."""

    rule: Rule
    minimum: int
    target: int | None
    exempt_month: int


def frequency_cells(context: CheckContext, rule: Rule) -> Iterator[Cell]:
    """A cell for every group and period of ``rule``, groups in their order, periods by date."""
    grouping = _grouping(context, rule)
    demand = Demand(
        rule, number(rule, "minimum"), number(rule, "target", 0) or None, number(rule, "exempt_month", 0)
    )
    spans = periods(rule, context.snapshot.year)
    counted = [_by_group(_counted(context, rule, period), grouping) for period in spans]
    for label in grouping.labels:
        for period, events in zip(spans, counted, strict=True):
            yield _cell(context, demand, period, label, events.get(label, ()))


def periods(rule: Rule, year: int) -> tuple[Period, ...]:
    """The periods of the year in which the rule counts."""
    if rule.period is PeriodKind.MONTH:
        return tuple(month_period(year, month) for month in range(1, 13))
    if rule.period is PeriodKind.QUARTER:
        return tuple(quarter_period(year, quarter) for quarter in range(1, 5))
    return (month_period(year, 8),) if rule.period is PeriodKind.AUGUST else (year_period(year),)


def _grouping(context: CheckContext, rule: Rule) -> Grouping:
    if rule.group is GroupKind.NONE:
        return Grouping((None,))
    if rule.group is GroupKind.STAGE:
        return Grouping(
            tuple(stage.label for stage in SchoolStage), lambda e: [stage.label for stage in e.stages]
        )
    if rule.group is GroupKind.STAGE_AUDIENCE:
        labels = tuple(f"{stage.label}·{audience}" for stage in SchoolStage for audience in AUDIENCES)
        return Grouping(labels, _stages_and_audiences)
    if rule.group is GroupKind.THEME_CLASS:
        return Grouping(words(rule, "classes"), lambda event: (event.theme_class,))
    kinds = (UnitKind.TOWN,) if rule.group is GroupKind.TOWN else (UnitKind.DEPARTMENT, UnitKind.TOWN)
    names = {unit.key: unit.name for unit in context.snapshot.units if unit.kind in kinds}
    if rule.group is GroupKind.TOWN:
        return Grouping(tuple(names.values()), lambda event: _named(names, event.towns))
    return Grouping(
        tuple(names.values()),
        lambda event: _named(names, {*event.lead_units, *event.responsible_units, *event.towns}),
    )


def _named(names: Mapping[str, str], keys: Iterable[str]) -> list[str]:
    return [names[key] for key in keys if key in names]


def _stages_and_audiences(event: Event) -> list[str]:
    return [f"{stage.label}·{word}" for stage in event.stages for word in AUDIENCES if word in event.audience]


def _by_group(events: Sequence[Event], grouping: Grouping) -> Mapping[str | None, Sequence[Event]]:
    if grouping.of is None:
        return {None: events}
    found: dict[str | None, list[Event]] = {}
    for event in events:
        for label in grouping.of(event):
            found.setdefault(label, []).append(event)
    return found


def _counted(context: CheckContext, rule: Rule, period: Period) -> list[Event]:
    if len(rule.campaigns) == 1:
        events = context.events_in(rule.campaigns[0], period)
    else:
        events = [event for campaign in rule.campaigns for event in context.events_in(campaign, period)]
    if rule.period is PeriodKind.AUGUST:
        return [event for event in events if not event.online_only]
    return events


def _cell(
    context: CheckContext, demand: Demand, period: Period, label: str | None, events: Sequence[Event]
) -> Cell:
    rule = demand.rule
    held = confirmed = 0
    for event in events:
        held += event.status is _HELD
        confirmed += event.status is _CONFIRMED
    theme = _theme(context, rule, period)
    state = _state(context, demand, period, held, confirmed, len(events), theme_missing=theme == "")
    state, reason = _excused(context, demand, period, label, state)
    ordered = sorted(events, key=_start) if len(events) > 1 else events
    current = period.first <= context.today <= period.last
    return Cell(
        rule.code,
        rule.clause,
        rule.severity,
        label,
        period.first,
        period.last,
        demand.minimum,
        demand.target,
        held,
        len(events),
        confirmed,
        state,
        context.workdays_left(period.last) if current else None,
        _mendable_until(context, demand, period, state, ordered, theme_missing=theme == ""),
        tuple([event.key for event in ordered]),
        reason,
        theme,
        context.estimated,
    )


def _start(event: Event) -> tuple[object, str]:
    return (event.starts_at, event.key)


def _theme(context: CheckContext, rule: Rule, period: Period) -> str | None:
    if rule.code != "park.quarterly":
        return None
    return context.snapshot.year_row.quarter_themes[(period.first.month - 1) // 3] or ""


def _excused(
    context: CheckContext, demand: Demand, period: Period, label: str | None, state: CellState
) -> tuple[CellState, str]:
    """豁免 by the clause or by a registered exemption, else the state with the 说明 registered for it."""
    if state is CellState.NOT_APPLICABLE:
        return state, ""
    if demand.exempt_month == period.first.month and demand.rule.period is PeriodKind.MONTH:
        return CellState.EXEMPT, AUGUST_EXEMPTION
    if not context.exemptions and not context.explanations:
        return state, ""
    key = Exemption(demand.rule.code, period.first, period.last, label).key
    if (reason := context.exemptions.get(key)) is not None:
        return CellState.EXEMPT, reason
    return state, context.explanations.get(key, "")


def _state(
    context: CheckContext,
    demand: Demand,
    period: Period,
    held: int,
    confirmed: int,
    forecast: int,
    *,
    theme_missing: bool,
) -> CellState:
    if demand.rule.valid_from is not None and period.last < demand.rule.valid_from:
        return CellState.NOT_APPLICABLE
    if held >= demand.minimum and not theme_missing:
        return CellState.DONE
    if period.last < context.today:
        return CellState.OVERDUE
    short = forecast < demand.minimum or theme_missing
    if period.first <= context.today and context.workdays_left(period.last) <= context.lead:
        return CellState.AT_RISK if short or held + confirmed < demand.minimum else CellState.PLANNED
    return CellState.GAP if short else CellState.PLANNED


def _mendable_until(
    context: CheckContext,
    demand: Demand,
    period: Period,
    state: CellState,
    ordered: Sequence[Event],
    *,
    theme_missing: bool,
) -> date | None:
    """The last day on which what is missing can still be put right; None where nothing is, or can be."""
    if state is not CellState.AT_RISK and state is not CellState.GAP:
        return None
    shortfall = demand.minimum - len(ordered)
    if shortfall > 0 or theme_missing:
        blocked = context.blocked_days[demand.rule.campaigns[0]]
        return last_feasible_day(period, context.today, max(1, shortfall), context.workdays, blocked)
    unconfirmed = [event for event in ordered if event.status not in (_HELD, _CONFIRMED)]
    return unconfirmed[-1].day if unconfirmed else None
