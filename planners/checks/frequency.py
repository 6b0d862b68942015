"""周期频次：每条规则 × 周期 × 分组一格，七种状态。"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import date
from typing import NamedTuple

from models.domain.events import Event, EventStatus
from models.domain.periods import Period
from models.domain.rules import GroupKind, PeriodKind, Rule
from models.domain.year import Exemption
from planners.checks.context import CheckContext, number, words
from planners.checks.counting import AUGUST, periods, units_of
from planners.deadlines import last_feasible_day
from planners.results import Cell, CellState

AUGUST_EXEMPTION = "集中开展政府开放月（第2条）"
OWN_EXEMPTION = "本单位自定的豁免月"
AUDIENCES = ("学生", "家长")
_HELD, _CONFIRMED = EventStatus.HELD, EventStatus.CONFIRMED
_MENDABLE = frozenset({CellState.AT_RISK, CellState.GAP})


class CellGroups(NamedTuple):
    """The groups of a rule in their order, and the groups to which an event belongs."""

    labels: tuple[str | None, ...]
    of: Callable[[Event], Iterable[str]] | None = None


class RuleDemand(NamedTuple):
    """What a rule asks of each of its cells."""

    rule: Rule
    minimum: int
    target: int | None
    exempt_month: int


class CountedPeriod(NamedTuple):
    """A period as it stands today: working days left while it is current; its theme where one is asked."""

    period: Period
    last: date
    over: bool
    left: int | None
    theme: str | None
    feasible: dict[int, date | None]
    """Events missing → the last day on which they can still be planned; filled as needed."""


class JudgedPeriod(NamedTuple):
    """A period with the numbers that hold for it, its groups, and the events that count by group."""

    demand: RuleDemand
    span: CountedPeriod
    labels: tuple[str | None, ...]
    events: Mapping[str | None, Sequence[Event]]


def frequency_cells(context: CheckContext, rule: Rule) -> Iterator[Cell]:
    """A cell for every group and period of ``rule``, groups in their order, periods by date.

    Each period is counted and grouped by the rule as it stood on the first day of the period.
    """
    judged = [_judged(context, rule, period) for period in periods(rule, context.snapshot.year)]
    for label in dict.fromkeys(label for one in judged for label in one.labels):
        for demand, span, labels, events in judged:
            if label in labels:
                yield _cell(context, demand, span, label, events.get(label, ()))


def _judged(context: CheckContext, rule: Rule, period: Period) -> JudgedPeriod:
    rule = context.rule_on(rule, period.first)
    grouping = _grouping(context, rule)
    demand = RuleDemand(
        rule, number(rule, "minimum"), number(rule, "target", 0) or None, number(rule, "exempt_month", 0)
    )
    events = _by_group(_counted(context, rule, period), grouping)
    return JudgedPeriod(demand, _span(context, rule, period), grouping.labels, events)


def _span(context: CheckContext, rule: Rule, period: Period) -> CountedPeriod:
    last = period.last
    over, current = last < context.today, period.first <= context.today <= last
    left = context.workdays_left(last) if current else None
    return CountedPeriod(period, last, over, left, _theme(context, rule, period), {})


def _grouping(context: CheckContext, rule: Rule) -> CellGroups:
    if rule.group is GroupKind.NONE:
        return CellGroups((None,))
    if rule.group is GroupKind.STAGE:
        return CellGroups(words(rule, "stages"), lambda e: [stage.label for stage in e.stages])
    if rule.group is GroupKind.STAGE_AUDIENCE:
        labels = tuple(f"{stage}·{audience}" for stage in words(rule, "stages") for audience in AUDIENCES)
        return CellGroups(labels, _stages_and_audiences)
    if rule.group is GroupKind.THEME_CLASS:
        return CellGroups(words(rule, "classes"), lambda event: (event.theme_class,))
    names = {unit.key: unit.name for unit in units_of(context.snapshot, rule.group)}
    if rule.group is GroupKind.TOWN:
        return CellGroups(tuple(names.values()), lambda event: _named(names, event.towns))
    return CellGroups(
        tuple(names.values()),
        lambda event: _named(names, {*event.lead_units, *event.responsible_units, *event.towns}),
    )


def _named(names: Mapping[str, str], keys: Iterable[str]) -> list[str]:
    return [names[key] for key in keys if key in names]


def _stages_and_audiences(event: Event) -> list[str]:
    return [f"{stage.label}·{word}" for stage in event.stages for word in AUDIENCES if word in event.audience]


def _by_group(events: Sequence[Event], grouping: CellGroups) -> Mapping[str | None, Sequence[Event]]:
    if grouping.of is None:
        return {None: events}
    found: dict[str | None, list[Event]] = defaultdict(list)
    for event in events:
        for label in grouping.of(event):
            found[label].append(event)
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
    context: CheckContext, demand: RuleDemand, span: CountedPeriod, label: str | None, events: Sequence[Event]
) -> Cell:
    rule = demand.rule
    held = confirmed = 0
    if events:
        statuses = [event.status for event in events]
        held, confirmed = statuses.count(_HELD), statuses.count(_CONFIRMED)
    state = _state(context, demand, span, held, confirmed, len(events))
    until = None
    if state in _MENDABLE:
        until = _mendable_until(context, demand, span, events)
    state, reason = _excused(context, demand, span, label, state)
    return Cell(
        rule.code,
        rule.clause,
        rule.severity,
        label,
        span.period.first,
        span.last,
        demand.minimum,
        demand.target,
        held,
        len(events),
        confirmed,
        state,
        span.left,
        until if state in _MENDABLE else None,
        tuple([event.key for event in events]),
        reason,
        span.theme,
        context.estimated,
    )


def _theme(context: CheckContext, rule: Rule, period: Period) -> str | None:
    if not any(parameter.name == "theme_required" and parameter.value for parameter in rule.parameters):
        return None
    return context.snapshot.year_row.quarter_themes[(period.first.month - 1) // 3] or ""


def _excused(
    context: CheckContext, demand: RuleDemand, span: CountedPeriod, label: str | None, state: CellState
) -> tuple[CellState, str]:
    """豁免 by the clause or by a registered exemption, else the state with the 说明 registered for it."""
    if state is CellState.NOT_APPLICABLE:
        return state, ""
    if demand.exempt_month == span.period.first.month and demand.rule.period is PeriodKind.MONTH:
        return CellState.EXEMPT, AUGUST_EXEMPTION if demand.exempt_month == AUGUST else OWN_EXEMPTION
    if not context.exemptions and not context.explanations:
        return state, ""
    key = Exemption(demand.rule.code, span.period.first, span.last, label).key
    if (reason := context.exemptions.get(key)) is not None:
        return CellState.EXEMPT, reason
    return state, context.explanations.get(key, "")


def _state(
    context: CheckContext, demand: RuleDemand, span: CountedPeriod, held: int, confirmed: int, forecast: int
) -> CellState:
    if demand.rule.valid_from is not None and span.last < demand.rule.valid_from:
        return CellState.NOT_APPLICABLE
    theme_missing = span.theme == ""
    if held >= demand.minimum and not theme_missing:
        return CellState.DONE
    if span.over:
        return CellState.OVERDUE
    short = forecast < demand.minimum or theme_missing
    if span.left is not None and span.left <= context.lead:
        return CellState.AT_RISK if short or held + confirmed < demand.minimum else CellState.PLANNED
    return CellState.GAP if short else CellState.PLANNED


def _mendable_until(
    context: CheckContext, demand: RuleDemand, span: CountedPeriod, events: Sequence[Event]
) -> date | None:
    """The last day on which what is missing can still be put right; None where it cannot be.

    Where nothing is missing but a confirmation: the day of the last unconfirmed event.
    """
    shortfall = demand.minimum - len(events)
    if shortfall > 0 or span.theme == "":
        missing = max(1, shortfall)
        if missing not in span.feasible:
            blocked = context.blocked_days[demand.rule.campaigns[0]]
            span.feasible[missing] = last_feasible_day(
                span.period, context.today, missing, context.workdays, blocked
            )
        return span.feasible[missing]
    unconfirmed = [event for event in events if event.status is not _HELD and event.status is not _CONFIRMED]
    return max(filter(None, (event.latest_day for event in unconfirmed)), default=None)
