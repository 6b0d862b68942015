"""裁断：一个问题有解、无解还是不知道——先数，再穷举，最后问求解器；整年只在没排下的周围找。

Decides sub-problems with growing means: counting (``precheck``), backtracking, HiGHS (``oracle``). Effort
is counted in weighted nodes. A plan of the whole is looked for around what is missing only: the rest
is fixed, so a failure there proves nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable
from typing import NamedTuple

from planners.autoplan.availability import availabilities
from planners.autoplan.backtracking import backtrack, never
from planners.autoplan.compiled import Compiled
from planners.autoplan.constraint_ids import is_counted, may_count
from planners.autoplan.event_table import Assignment, CompiledEvent
from planners.autoplan.neighbourhood import Neighbourhood
from planners.autoplan.precheck import bottlenecks_of
from planners.autoplan.problem import (
    CountRule,
    DecisionPlacement,
    FixedEvent,
    Placement,
    Plan,
    PlanEvent,
    PlanProblem,
    Status,
)
from planners.autoplan.relax import bare, hold
from planners.autoplan.seating import seat_decisions

Oracle = Callable[[PlanProblem], tuple[Status, Plan | None]]

NODES = 1_500
"""Placements tried on one problem before the oracle is asked."""
LOCAL_NODES = 400
SIZES = (1, 8, 20, 50, 120)
"""How many events around one that is not placed are freed, step by step."""
SMALL_YEAR = 60
"""A problem of so few events is always judged as a whole."""
BUDGET = 200_000
"""Operations of one explanation: placements tried, weighed by how many events they may touch."""


class FeasibilityVerdict(NamedTuple):
    """``plan`` where feasible: what is required stands in it."""

    status: Status
    plan: Plan | None


class FeasibilityJudge:
    """Decides problems, counting its effort; ``unsure`` once something stayed undecided.

    ``fixed``: what else is placed in the year; whole plans go with it, proofs do without it.
    """

    def __init__(
        self,
        oracle: Oracle | None,
        effort: int | None = None,
        stop: Callable[[], bool] = never,
        fixed: tuple[FixedEvent, ...] = (),
    ) -> None:
        self._fixed = fixed
        self._oracle = oracle
        self._left = BUDGET if effort is None else effort
        self._stop = stop
        self.unsure = False

    @property
    def over(self) -> bool:
        """Whether the effort is spent or somebody asked to stop."""
        return self._left <= 0 or self._stop()

    def decide(self, problem: PlanProblem) -> FeasibilityVerdict:
        """By counting, by trying everything, by the oracle: whichever answers first."""
        verdict = self.glance(problem, NODES)
        if verdict.status is not Status.NOT_FOUND or self._oracle is None or self.over:
            self.unsure |= verdict.status is Status.NOT_FOUND
            return verdict
        self._left -= self._weight(problem, NODES)
        status, plan = self._oracle(problem)
        self.unsure |= status is Status.NOT_FOUND
        return FeasibilityVerdict(status, plan)

    def glance(self, problem: PlanProblem, nodes: int = LOCAL_NODES) -> FeasibilityVerdict:
        """By counting and by trying ``nodes`` placements; often NOT_FOUND."""
        self._left -= 1
        compiled = Compiled(problem)
        if next(bottlenecks_of(problem, compiled), None) is not None:
            return FeasibilityVerdict(Status.INFEASIBLE, None)
        tried = backtrack(problem, nodes if not self.over else 0, self._stop, compiled)
        self._left -= self._weight(problem, tried.nodes)
        return FeasibilityVerdict(tried.status, tried.plan)

    @staticmethod
    def _weight(problem: PlanProblem, nodes: int) -> int:
        return nodes * (20 + len(problem.events)) // 40

    def complete(self, problem: PlanProblem, plan: Plan) -> Plan | None:
        """A plan of the whole ``problem`` that keeps to ``plan`` away from what is not met; None: not found.

        ``plan`` may leave things out but breaks nothing that ``problem`` forbids.
        """
        problem = problem._replace(fixed=problem.fixed + self._fixed)
        if len(problem.events) <= SMALL_YEAR:
            return self.decide(problem).plan
        seats = seat_all(problem)
        if seats is None:
            return None
        events = {event.key: event for event in problem.events}
        placements = tuple(placement for placement in plan.placements if placement.event in events)
        for missing in unmet(problem, placements):
            found = self._mend(problem, placements, missing)
            if found is None:
                return None
            placements = found
        return Plan(placements, seats)

    def _mend(
        self, problem: PlanProblem, placements: tuple[Placement, ...], missing: Missing
    ) -> tuple[Placement, ...] | None:
        """``placements`` with the missing thing met and nothing else lost, freeing as little as will do."""
        around = Neighbourhood(problem, {placement.event for placement in placements})
        # One thing at a time: minima short elsewhere may stay as short as they are, or no mending would do.
        tolerant = _no_worse(problem, placements, missing.rule)
        for size in SIZES:
            if self.over:
                return None
            inside = set(around.grow(missing.events, max(size, len(missing.events) + size // 2)))
            kept = tuple(placement for placement in placements if placement.event not in inside)
            # What had no place before may go on having none, but for the missing thing itself.
            out = inside - {placement.event for placement in placements} - set(missing.events)
            verdict = self.glance(hold(_optional(tolerant, out), kept, inside))
            if verdict.plan is not None:
                return kept + verdict.plan.placements
        return None


def seat_all(problem: PlanProblem) -> tuple[DecisionPlacement, ...] | None:
    """Every decision at a meeting; None where that is impossible or not found."""
    seats = seat_decisions(problem, nodes=NODES, prove=True).seats
    return seats if len(seats) == len(problem.decisions) else None


def legal_part(problem: PlanProblem, placements: Iterable[Placement]) -> tuple[Placement, ...]:
    """What of the placements keeps the constraints of ``problem``, minima apart, the required first."""
    compiled = Compiled(bare(problem))
    resources = availabilities(compiled)
    wanted = {placement.event: placement for placement in placements}
    kept = []
    for event in sorted(compiled.events, key=lambda event: not event.required):
        placement = wanted.get(event.key)
        assignment = compiled.assignment(placement) if placement is not None else None
        if placement is None or assignment is None or not _suits(event, assignment):
            continue
        taken = [
            resources[number]
            for number in compiled.resources_of(event.family, assignment.host, assignment.place)
        ]
        if all(resource.open >> assignment.slot & 1 for resource in taken):
            kept.append(placement)
            for resource in taken:
                resource.add(assignment.slot)
    return tuple(kept)


def _suits(event: CompiledEvent, assignment: Assignment) -> bool:
    return (
        bool(event.slots >> assignment.slot & 1)
        and assignment.host in event.hosts
        and assignment.place in event.places
    )


class Missing(NamedTuple):
    """What a plan does not meet: a required event, or a rule's minimum (``events`` that could count)."""

    events: tuple[str, ...]
    rule: str | None = None


def unmet(problem: PlanProblem, placements: Iterable[Placement]) -> tuple[Missing, ...]:
    """The required events that do not stand, then the count rules short of their minimum."""
    placed = {placement.event: placement for placement in placements}
    missing = [
        Missing((event.key,)) for event in problem.events if event.required and event.key not in placed
    ]
    for rule in problem.rules:
        if (
            isinstance(rule, CountRule)
            and rule.minimum
            and counted(problem, rule, placed.values()) < rule.minimum
        ):
            could = tuple(event.key for event in problem.events if may_count(rule, event))
            missing.append(Missing(could, rule.key))
    return tuple(missing)


def counted(problem: PlanProblem, rule: CountRule, placements: Iterable[Placement]) -> int:
    """How many events, fixed ones included, the rule counts."""
    events = {event.key: event for event in problem.events}
    placed = [(events[at.event].campaign, events[at.event].attributes, at) for at in placements]
    placed += [
        (event.campaign, event.attributes, Placement(event.key, *event.slots[0], event.host, event.place))
        for event in problem.fixed
        if event.slots
    ]
    return sum(
        is_counted(rule, campaign, attributes, at, problem.day_kinds.get(at.day))
        for campaign, attributes, at in placed
    )


def _no_worse(problem: PlanProblem, placements: tuple[Placement, ...], rule: str | None) -> PlanProblem:
    """Every minimum but that of ``rule`` lowered to what the placements reach."""
    rules = tuple(
        one._replace(minimum=min(one.minimum, counted(problem, one, placements)))
        if isinstance(one, CountRule) and one.minimum and one.key != rule
        else one
        for one in problem.rules
    )
    return problem._replace(rules=rules)


def _optional(problem: PlanProblem, keys: Collection[str]) -> PlanProblem:
    """The events with these keys need not be placed."""
    if not keys:
        return problem
    events: tuple[PlanEvent, ...] = tuple(
        event._replace(required=False) if event.key in keys else event for event in problem.events
    )
    return problem._replace(events=events)
