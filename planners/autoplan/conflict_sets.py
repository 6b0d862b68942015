"""最小相争组：哪几条约束放在一起就无解，少了任何一条就有解。

A minimal unsatisfiable subset of the hard constraints, by deletion filter: each constraint is left out
in turn and stays out if the rest is still infeasible. Events go first, as restricting a problem shrinks
it; a constraint is its id (see ``constraint_ids``).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import NamedTuple, TypeVar

from planners.autoplan.constraint_ids import ConstraintKind, constraint_ids, split_id
from planners.autoplan.judge import SMALL_YEAR, FeasibilityJudge, unmet
from planners.autoplan.neighbourhood import Neighbourhood
from planners.autoplan.precheck import bottlenecks_of
from planners.autoplan.problem import Plan, PlanProblem, Status
from planners.autoplan.relax import bare, only, relax, restrict

T = TypeVar("T")

MOST_CONFLICTS = 12
SIZES = (12, 30, 70, 160)
"""How many events a part around one that is not placed has, before the whole is looked at."""
NEAR = SIZES[:2]
REMOVED_FIRST = (
    ConstraintKind.REQUIRED,
    ConstraintKind.DECISION,
    ConstraintKind.BLOCKED,
    ConstraintKind.RULE,
    ConstraintKind.CLASH,
    ConstraintKind.PLACE,
    ConstraintKind.MEETING,
    ConstraintKind.REP,
    ConstraintKind.WEEKCAP,
    ConstraintKind.WINDOW,
    ConstraintKind.PINNED,
)
"""In this order the filter tries to do without them: what comes late is what a reader is told of."""


class ConflictSet(NamedTuple):
    """``rules`` cannot hold together; ``problem`` has no other constraint.

    ``minimal``: shown that without any one of them there is a plan.
    """

    rules: tuple[str, ...]
    problem: PlanProblem
    minimal: bool


def conflict_sets(problem: PlanProblem, plan: Plan, judge: FeasibilityJudge) -> Iterator[ConflictSet]:
    """Conflicts that share no constraint, until what is left has none (or none is found).

    ``plan`` holds what the search placed; where it has gaps is where conflicts are looked for.
    """
    left = bare(problem)
    for _ in range(MOST_CONFLICTS):
        part = _counted_out(left)
        if part is None and judge.complete(left, plan) is None:
            part = infeasible_part(left, plan, judge)
        if part is None:
            return
        conflict = minimal_conflict_set(part, judge)
        yield conflict
        # Without the constraints of one conflict set the next one shares none with it.
        left = relax(left, conflict.rules)


def overlapping(
    problem: PlanProblem, found: Sequence[ConflictSet], plan: Plan, judge: FeasibilityJudge
) -> Iterator[ConflictSet]:
    """Further conflicts, each left when one member of one found is spared and all other found are.

    Not those that differ from a conflict known in nothing but the events. Where none comes out for a
    member, sparing it was shown to resolve its conflict for the whole ``problem`` (or nothing was found).
    """
    known = [_kind_of(conflict) for conflict in found]
    for conflict in found:
        others = [rule for other in found if other is not conflict for rule in other.rules]
        for spared in conflict.rules:
            if judge.over or len(known) >= MOST_CONFLICTS:
                return
            left = relax(bare(problem), [*others, spared])
            if judge.complete(left, plan) is not None:
                continue
            part = infeasible_part(left, plan, judge, near=True)
            if part is None:
                continue
            further = minimal_conflict_set(part, judge)
            if further.minimal and _kind_of(further) not in known:
                known.append(_kind_of(further))
                yield further


def _kind_of(conflict: ConflictSet) -> tuple[int, frozenset[str]]:
    """How many events and what else a conflict has."""
    own = (ConstraintKind.REQUIRED, ConstraintKind.WINDOW, ConstraintKind.PINNED)
    other = frozenset(rule for rule in conflict.rules if split_id(rule)[0] not in own)
    return len(conflict.rules) if other else -len(conflict.rules), other


def infeasible_part(
    problem: PlanProblem, plan: Plan, judge: FeasibilityJudge, *, near: bool = False
) -> PlanProblem | None:
    """A sub-problem without a plan, small if possible; None: none found.

    Looked for around what ``plan`` does not meet, in larger and larger parts and at last in the whole;
    only where it is easily found if ``near``.
    """
    if (part := _counted_out(problem)) is not None:
        return part
    for district in dict.fromkeys(decision.district for decision in problem.decisions):
        chosen = [decision.key for decision in problem.decisions if decision.district == district]
        part = restrict(problem, (), chosen)
        if judge.decide(part).status is Status.INFEASIBLE:
            return part
    return _infeasible_events(problem, plan, judge, near=near)


def _counted_out(problem: PlanProblem) -> PlanProblem | None:
    """The minimal_conflict_set sub-problem that counting finds impossible."""
    bottlenecks = list(bottlenecks_of(problem))
    if not bottlenecks:
        return None
    least = min(bottlenecks, key=lambda bottleneck: len(bottleneck.events) + len(bottleneck.decisions))
    return restrict(problem, least.events, least.decisions)


def _infeasible_events(
    problem: PlanProblem, plan: Plan, judge: FeasibilityJudge, *, near: bool
) -> PlanProblem | None:
    events = [event.key for event in problem.events]
    if len(events) <= SMALL_YEAR:
        part = restrict(problem, events)
        return part if judge.decide(part).status is Status.INFEASIBLE else None
    around = Neighbourhood(problem)
    sizes, thorough = (SIZES, True) if not near else (NEAR, False)
    placements = [placement for placement in plan.placements if placement.event in set(events)]
    for size in sizes:
        for missing in unmet(problem, placements):
            if judge.over:
                return None
            inside = around.grow(missing.events, size)
            for part in _parts(problem, around, inside):
                verdict = judge.decide(part) if thorough else judge.glance(part)
                if verdict.status is Status.INFEASIBLE:
                    return part
    if not thorough:
        return None
    whole = restrict(problem, events)
    return whole if judge.decide(whole).status is Status.INFEASIBLE else None


def _parts(problem: PlanProblem, around: Neighbourhood, inside: tuple[str, ...]) -> Iterator[PlanProblem]:
    """The sub-problem of these events; the same with the minima they serve, which others may serve too."""
    yield restrict(problem, inside)
    outside = set(around.contributors(inside)) - set(inside)
    if outside:
        events = tuple(
            event._replace(required=False) if event.key in outside else event for event in problem.events
        )
        yield restrict(problem._replace(events=events), (*inside, *outside))


def minimal_conflict_set(part: PlanProblem, judge: FeasibilityJudge) -> ConflictSet:
    """A conflict of ``part``, which has no plan: nothing in it can be spared."""
    # Minimal is only what was decided each time: one undecided sub-problem and it may be too large.
    before, judge.unsure = judge.unsure, False
    decisions = tuple(decision.key for decision in part.decisions)

    def impossible(problem: PlanProblem) -> bool:
        return not judge.over and judge.decide(problem).status is Status.INFEASIBLE

    events = deletion_filter(
        tuple(event.key for event in part.events),
        lambda kept: impossible(restrict(part, kept, decisions)),
    )
    part = restrict(part, events, decisions)
    # What the filter tries early goes if it can: constraints that people know best come last.
    order = {kind: number for number, kind in enumerate(REMOVED_FIRST)}
    ids = sorted(constraint_ids(part), key=lambda constraint: order[split_id(constraint)[0]])
    kept = deletion_filter(tuple(ids), lambda some: impossible(only(part, some)))
    minimal = not judge.unsure and not judge.over
    judge.unsure |= before
    rules = tuple(constraint for constraint in constraint_ids(part) if constraint in kept)
    return ConflictSet(rules, only(part, rules), minimal)


def on_problem(problem: PlanProblem, part: PlanProblem, conflict: ConflictSet) -> ConflictSet:
    """The conflict of a part of some loosened ``problem`` as it is in ``problem`` itself."""
    events = [event.key for event in part.events]
    decisions = [decision.key for decision in part.decisions]
    return conflict._replace(problem=only(restrict(problem, events, decisions), conflict.rules))


def deletion_filter(given: Sequence[T], still: Callable[[Sequence[T]], bool]) -> tuple[T, ...]:
    """As few of the items, in their order, as ``still`` holds for; it holds for all of them.

    Afterwards it holds for none of the results with one item less, if it never holds for a part of
    what it does not hold for.
    """
    items = tuple(given)
    # Halves, quarters … before single items: of n items of which k stay about k·log n questions.
    size = max(1, len(items) // 2)
    while True:
        start = 0
        while start < len(items):
            rest = items[:start] + items[start + size :]
            if still(rest):
                items = rest
            else:
                start += size
        if size == 1:
            return items
        size = max(1, size // 2)
