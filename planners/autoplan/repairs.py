"""补救：每一步小放宽都先在副本上照样核过，排得下才说出来，由小到大。

Hitting sets of conflict sets, smallest first: each set of loosening steps is tried by solving the
loosened problem; where it fails, the new conflict is learnt and the set grows by what meets it.
"""

from __future__ import annotations

from collections.abc import Sequence
from heapq import heappop, heappush
from typing import NamedTuple

from planners.autoplan.conflict_sets import (
    ConflictSet,
    deletion_filter,
    infeasible_part,
    minimal_conflict_set,
    on_problem,
)
from planners.autoplan.constraint_ids import ConstraintKind, split_id
from planners.autoplan.judge import FeasibilityJudge, Missing, counted, seat_all, unmet
from planners.autoplan.loosening import OPTIONAL_SIZE, RULE_SIZE, Loosening, ladders, loosen
from planners.autoplan.problem import CountRule, Plan, PlanProblem, Status
from planners.autoplan.relax import relax

MOST_REMEDIES = 4
MOST_OF_ONE = 2
"""Remedies that loosen the same constraint first."""
MOST_LOOKS = 150
MOST_TRIALS = 24
MUCH_LARGER = 8
"""Nobody needs to hear of what asks so much more than the minimal_conflict_set remedy."""
ANOTHER_STEP = 3
"""How much one more step weighs against a larger one."""


class Remedy(NamedTuple):
    """Steps that together make the year feasible: a plan was found with them."""

    steps: tuple[Loosening, ...]

    @property
    def size(self) -> int:
        """How much the steps ask together."""
        return sum(step.size for step in self.steps) + ANOTHER_STEP * (len(self.steps) - 1)


class _Rung(NamedTuple):
    """A step and where it comes from: the number of its ladder among those of its constraint."""

    ladder: int
    step: Loosening


def remedies(
    problem: PlanProblem, conflict: ConflictSet, plan: Plan, judge: FeasibilityJudge
) -> tuple[Remedy, ...]:
    """Tried ways out of the conflict, the minimal_conflict_set first; each makes ``problem`` feasible.

    ``plan`` is as for ``FeasibilityJudge.complete``. Conflicts that turn up on the way are met as well.
    """
    return _Ways(problem, conflict, plan, judge).find()


class _Ways:
    """Sets of steps from the minimal_conflict_set up; a set that leaves a known conflict grows by what meets it."""

    def __init__(
        self, problem: PlanProblem, conflict: ConflictSet, plan: Plan, judge: FeasibilityJudge
    ) -> None:
        self._problem, self._plan, self._judge = problem, plan, judge
        self._known: list[ConflictSet] = []
        self._ladders: list[list[tuple[str, int, tuple[Loosening, ...]]]] = []
        self._resolved: dict[tuple[int, tuple[Loosening, ...]], bool] = {}
        self._heap: list[tuple[int, int, tuple[_Rung, ...]]] = []
        self._seen: set[frozenset[Loosening]] = set()
        self._covered: list[frozenset[Loosening]] = []
        self._order = 0
        self._trials = 0
        self._learn(conflict)
        self._grow((), 0)

    def _learn(self, conflict: ConflictSet) -> None:
        events = [key for kind, key in map(split_id, conflict.rules) if kind is ConstraintKind.REQUIRED]
        self._known.append(conflict)
        self._ladders.append(
            [
                (constraint, number, ladder)
                for constraint in conflict.rules
                for number, ladder in enumerate(ladders(self._problem, constraint, events))
            ]
        )

    def find(self) -> tuple[Remedy, ...]:
        """Up to ``MOST_REMEDIES`` ways, the minimal_conflict_set first."""
        found: list[Remedy] = []
        looks = 0
        while self._heap and len(found) < MOST_REMEDIES and looks < MOST_LOOKS and not self._judge.over:
            looks += 1
            size, _, rungs = heappop(self._heap)
            # The heap gives the smallest first: nothing near the first remedy comes any more.
            if found and size > found[0].size + MUCH_LARGER:
                break
            steps = tuple(rung.step for rung in rungs)
            # More steps than a remedy that is known already.
            if any(covered <= set(steps) for covered in self._covered):
                continue
            if sum(steps[0].constraint == other.steps[0].constraint for other in found) >= MOST_OF_ONE:
                self._covered.append(frozenset(steps))
                continue
            # A set that leaves a known conflict cannot work: no need to solve the year with it.
            left = next((n for n in range(len(self._known)) if not self._resolves(n, steps)), None)
            if left is not None:
                self._grow(rungs, left)
            elif self._trials < MOST_TRIALS:
                self._try(rungs, steps, found)
        return tuple(sorted(found, key=lambda remedy: remedy.size))

    def _try(self, rungs: tuple[_Rung, ...], steps: tuple[Loosening, ...], found: list[Remedy]) -> None:
        """Solve the whole with the steps; where it cannot be done, learn why."""
        self._trials += 1
        loosened = loosen(self._problem, steps)
        if self._judge.complete(loosened, self._plan) is not None:
            remedy = Remedy(_needed(self._problem, steps, self._plan, self._judge))
            if remedy not in found:
                found.append(remedy)
            self._covered.append(frozenset(remedy.steps))
            return
        part = infeasible_part(loosened, self._plan, self._judge, near=True)
        if part is not None:
            self._learn(on_problem(self._problem, part, minimal_conflict_set(part, self._judge)))
            self._grow(rungs, len(self._known) - 1)

    def _resolves(self, number: int, steps: tuple[Loosening, ...]) -> bool:
        """Whether the known conflict is none any more with the steps."""
        rules = self._known[number].rules
        relevant = tuple(step for step in steps if step.constraint in rules)
        key = (number, relevant)
        if key not in self._resolved:
            loosened = loosen(self._known[number].problem, relevant)
            self._resolved[key] = self._judge.decide(loosened).status is not Status.INFEASIBLE
        return self._resolved[key]

    def _grow(self, rungs: tuple[_Rung, ...], number: int) -> None:
        """The set with, of each ladder, the minimal_conflict_set step that meets the conflict."""
        for constraint, which, ladder in self._ladders[number]:
            others = tuple(r for r in rungs if (r.step.constraint, r.ladder) != (constraint, which))
            before = tuple(rung.step for rung in others if rung.step.constraint != constraint)
            if len(before) != len(others):
                continue
            rung = self._smallest(number, before, ladder)
            if rung is None:
                continue
            grown = (*others, _Rung(which, rung))
            steps = frozenset(one.step for one in grown)
            if steps not in self._seen:
                self._seen.add(steps)
                self._order += 1
                size = Remedy(tuple(steps)).size
                heappush(self._heap, (size, self._order, grown))

    def _smallest(
        self, number: int, before: tuple[Loosening, ...], ladder: Sequence[Loosening]
    ) -> Loosening | None:
        """The first step of the ladder that meets the conflict, along with those taken before."""
        # The ladder only widens, so if its last step does not help none does, and halving finds the first.
        if not self._resolves(number, (*before, ladder[-1])):
            return None
        low, high = 0, len(ladder) - 1
        while low < high:
            middle = (low + high) // 2
            if self._resolves(number, (*before, ladder[middle])):
                high = middle
            else:
                low = middle + 1
        return ladder[low]


def _needed(
    problem: PlanProblem, steps: tuple[Loosening, ...], plan: Plan, judge: FeasibilityJudge
) -> tuple[Loosening, ...]:
    """The steps, which together help, without those that are not needed for it."""
    if len(steps) < 2:
        return steps
    return deletion_filter(
        steps, lambda some: not judge.over and judge.complete(loosen(problem, some), plan) is not None
    )


def give_up(problem: PlanProblem, plan: Plan, judge: FeasibilityJudge) -> Remedy | None:
    """What always helps: to leave out what cannot be had, no more than needed; None where nothing is tried.

    Events that ``plan`` does not hold, minima it does not reach, decisions that find no seats.
    """
    events = [_without(problem, missing, plan) for missing in unmet(problem, plan.placements)]
    decisions = [
        Loosening(ConstraintKind.DECISION.of(d.key), OPTIONAL_SIZE, "decisions", d.key, (), ())
        for d in problem.decisions
    ]
    dropped = deletion_filter(decisions, lambda kept: seat_all(loosen(problem, kept)) is not None)
    seated = loosen(problem, dropped)

    def helps(steps: Sequence[Loosening]) -> bool:
        return not judge.over and judge.complete(loosen(seated, steps), plan) is not None

    if judge.over or not helps(events):
        return None
    return Remedy((*deletion_filter(events, helps), *dropped))


def _without(problem: PlanProblem, missing: Missing, plan: Plan) -> Loosening:
    """The step that asks no more than ``plan`` has."""
    if missing.rule is None:
        key = missing.events[0]
        return Loosening(
            ConstraintKind.REQUIRED.of(key), OPTIONAL_SIZE, "events", key, (("required", False),)
        )
    rule = next(rule for rule in problem.rules if rule.key == missing.rule)
    assert isinstance(rule, CountRule)
    assert rule.minimum is not None
    reached = counted(problem, rule, plan.placements)
    size = RULE_SIZE * (rule.minimum - reached)
    return Loosening(ConstraintKind.RULE.of(rule.key), size, "rules", rule.key, (("minimum", reached),))


def whole_remedies(
    problem: PlanProblem,
    found: Sequence[tuple[ConflictSet, Sequence[Remedy]]],
    plan: Plan,
    judge: FeasibilityJudge,
    last: Remedy | None,
) -> tuple[Remedy, ...]:
    """Ways out of all conflicts at once: one remedy for each, together tried on the whole year.

    Where none will do, ``last``.
    """
    result: list[Remedy] = []
    if len(found) == 1:
        result += found[0][1]
    elif all(ways for _, ways in found):
        for pick in _picks([len(ways) for _, ways in found]):
            if len(result) >= MOST_REMEDIES or judge.over:
                break
            chosen = [ways[number] for (_, ways), number in zip(found, pick, strict=True)]
            steps = tuple(dict.fromkeys(step for remedy in chosen for step in remedy.steps))
            if judge.complete(loosen(problem, steps), plan) is not None:
                remedy = Remedy(_needed(problem, steps, plan, judge))
                result += [remedy] if remedy not in result else []
    if not result and last is not None:
        result.append(last)
    return tuple(sorted(result, key=lambda remedy: remedy.size))


def _picks(counts: Sequence[int]) -> list[list[int]]:
    """The first of each, then with one exchanged."""
    first = [0] * len(counts)
    return [first] + [
        [*first[:place], other, *first[place + 1 :]]
        for other in range(1, MOST_REMEDIES)
        for place, count in enumerate(counts)
        if other < count
    ]


def without_others(
    problem: PlanProblem, conflict: ConflictSet, all_of_them: Sequence[ConflictSet]
) -> PlanProblem:
    """``problem`` with every other conflict out of the way."""
    return relax(problem, [rule for other in all_of_them if other is not conflict for rule in other.rules])
