"""硬约束的编号：``required:活动`` ``window:活动`` … 以及每条约束牵涉哪些活动与决策。"""

from __future__ import annotations

from collections.abc import Collection
from enum import Enum

from models.domain.periods import Period
from planners.autoplan.problem import (
    CapacityRule,
    CountRule,
    DayKind,
    GapRule,
    Placement,
    PlanEvent,
    PlanProblem,
    Rule,
)


class ConstraintKind(str, Enum):
    """The kinds of hard constraints, each the first half of an id."""

    REQUIRED = "required"
    WINDOW = "window"
    PINNED = "pinned"
    BLOCKED = "blocked"
    CLASH = "clash"
    WEEKCAP = "weekcap"
    PLACE = "place"
    RULE = "rule"
    DECISION = "decision"
    MEETING = "meeting"
    REP = "rep"

    def of(self, key: str) -> str:
        """The id of the constraint of this kind on the thing with ``key``."""
        return f"{self.value}:{key}"


def split_id(constraint: str) -> tuple[ConstraintKind, str]:
    """Kind and key of an id; keys may contain colons."""
    kind, _, key = constraint.partition(":")
    return ConstraintKind(kind), key


def constraint_ids(problem: PlanProblem) -> tuple[str, ...]:
    """The ids of all hard constraints of ``problem`` that ask for something, in its order."""
    ids = [ConstraintKind.REQUIRED.of(event.key) for event in problem.events if event.required]
    ids += [
        ConstraintKind.WINDOW.of(event.key)
        for event in problem.events
        if not covers(event.period, problem.horizon)
    ]
    ids += [ConstraintKind.PINNED.of(event.key) for event in problem.events if event.pinned is not None]
    ids += [ConstraintKind.BLOCKED.of(block.key) for block in problem.blocks]
    ids += [ConstraintKind.CLASH.of(unit.key) for unit in problem.units if unit.exclusive]
    ids += [ConstraintKind.WEEKCAP.of(unit.key) for unit in problem.units if unit.week_cap is not None]
    ids += [ConstraintKind.PLACE.of(place.key) for place in problem.places if place.capacity is not None]
    ids += [ConstraintKind.RULE.of(rule.key) for rule in problem.rules]
    ids += [ConstraintKind.DECISION.of(decision.key) for decision in problem.decisions]
    ids += [ConstraintKind.MEETING.of(meeting.key) for meeting in problem.meetings]
    ids += [ConstraintKind.REP.of(person.key) for person in problem.representatives]
    return tuple(dict.fromkeys(ids))


def covers(period: Period, inner: Period) -> bool:
    """Whether all of ``inner`` lies in ``period``."""
    return period.first <= inner.first and inner.end <= period.end


def units_of(event: PlanEvent, owner: dict[str, str | None]) -> frozenset[str]:
    """Every unit that some option of the event engages; ``owner`` of each place."""
    owners = {unit for place in event.places if (unit := owner[place]) is not None}
    return frozenset((*event.hosts, *event.co_hosts, *owners))


def owners_of(problem: PlanProblem) -> dict[str, str | None]:
    """The owner of each place."""
    return {place.key: place.unit for place in problem.places}


def may_count(rule: CountRule, event: PlanEvent) -> bool:
    """Whether some option of the event, on some day, is counted by ``rule`` (windows and pins apart)."""
    where = rule.where
    return (
        event.campaign in rule.campaigns
        and set(where.attributes) <= set(event.attributes)
        and (not where.hosts or not set(where.hosts).isdisjoint(event.hosts))
        and (not where.places or not set(where.places).isdisjoint(event.places))
    )


def is_counted(
    rule: CountRule,
    campaign: str,
    attributes: Collection[tuple[str, str]],
    placement: Placement,
    kind: DayKind | None,
) -> bool:
    """Whether the rule counts such an event placed there, on a day of ``kind``."""
    where = rule.where
    return (
        campaign in rule.campaigns
        and placement.day in rule.period
        and set(where.attributes) <= set(attributes)
        and (not where.hosts or placement.host in where.hosts)
        and (not where.places or placement.place in where.places)
        and (not where.day_kinds or kind in where.day_kinds)
    )


def rule_touches(rule: Rule, event: PlanEvent) -> bool:
    """Whether the rule may have a say about the event."""
    if isinstance(rule, CountRule):
        return may_count(rule, event)
    if isinstance(rule, GapRule):
        return rule.campaign == event.campaign
    assert isinstance(rule, CapacityRule)
    return event.campaign in rule.campaigns
