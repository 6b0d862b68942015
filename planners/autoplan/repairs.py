"""补救：每一步小放宽都先在副本上照样核过，排得下才说出来，由小到大。"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from heapq import heappop, heappush
from typing import NamedTuple

from planners.autoplan.blocking import Conflict, impossible_part, smallest
from planners.autoplan.constraint_ids import Constraint, split_id
from planners.autoplan.judge import Judge
from planners.autoplan.loosening import Loosening, ladders, loosen
from planners.autoplan.problem import Plan, Problem, Status
from planners.autoplan.relax import relax

MOST_REMEDIES = 5
MOST_TRIES = 24
MORE_RUNGS = 2
"""How many larger steps of a ladder are tried after one that does not do for the whole year."""
MOST_BRANCHES = 4
DEEPEST = 4


class Remedy(NamedTuple):
    """Steps that together make the year feasible: a plan was found with them."""

    steps: tuple[Loosening, ...]

    @property
    def size(self) -> int:
        """How much the steps ask together."""
        return sum(step.size for step in self.steps)


def remedies(
    problem: Problem, conflict: Conflict, plan: Plan, judge: Judge, most: int = MOST_REMEDIES, depth: int = 1
) -> tuple[Remedy, ...]:
    """Up to ``most`` tried ways out of the conflict, the smallest first; each makes ``problem`` feasible.

    Single steps if any will do; else each with what helps against the conflict that then remains.
    """
    found: list[Remedy] = []
    failed: list[Loosening] = []
    for step, widest in _steps(conflict, judge):
        if len(found) >= most or judge.over:
            break
        if judge.complete(loosen(problem, (step,)), plan) is not None:
            found.append(Remedy((step,)))
        elif widest:
            failed.append(step)
    if found or depth >= DEEPEST:
        return tuple(found)
    for step in failed[:MOST_BRANCHES]:
        found += _continued(problem, step, plan, judge, depth)
        if found or judge.over:
            break
    return tuple(sorted(found, key=lambda remedy: (len(remedy.steps), remedy.size)))


def _continued(problem: Problem, step: Loosening, plan: Plan, judge: Judge, depth: int) -> Iterator[Remedy]:
    """The step together with ways out of the conflict that remains after it."""
    loosened = loosen(problem, (step,))
    part = impossible_part(loosened, plan, judge)
    if part is None:
        return
    for remedy in remedies(loosened, smallest(part, judge), plan, judge, 2, depth + 1):
        yield Remedy((step, *remedy.steps))


def _steps(conflict: Conflict, judge: Judge) -> Iterator[tuple[Loosening, bool]]:
    """Steps that resolve the conflict itself, the smallest first; whether the ladder ends with it."""
    events = [key for kind, key in map(split_id, conflict.rules) if kind is Constraint.REQUIRED]
    heap: list[tuple[int, int, int, int]] = []
    all_ladders = [
        ladder for constraint in conflict.rules for ladder in ladders(conflict.problem, constraint, events)
    ]
    for number, ladder in enumerate(all_ladders):
        _push(heap, number, 0, 0, ladder)
    tries = 0
    while heap and tries < MOST_TRIES:
        _, number, rung, more = heappop(heap)
        ladder = all_ladders[number]
        if judge.decide(loosen(conflict.problem, (ladder[rung],))).status is Status.INFEASIBLE:
            _push(heap, number, rung + 1, more, ladder)
            continue
        tries += 1
        last = rung + 1 == len(ladder) or more == MORE_RUNGS
        yield ladder[rung], last
        if not last:
            _push(heap, number, rung + 1, more + 1, ladder)


def _push(
    heap: list[tuple[int, int, int, int]], number: int, rung: int, more: int, ladder: Sequence[Loosening]
) -> None:
    if rung < len(ladder):
        heappush(heap, (ladder[rung].size, number, rung, more))


def whole_remedies(
    problem: Problem, found: Sequence[tuple[Conflict, Sequence[Remedy]]], plan: Plan, judge: Judge
) -> tuple[Remedy, ...]:
    """Ways out of all conflicts at once: one remedy for each, together tried on the whole year."""
    if not found or not all(remedies for _, remedies in found):
        return ()
    if len(found) == 1:
        return tuple(found[0][1])
    first = [0] * len(found)
    picks = [first] + [
        [*first[:place], other, *first[place + 1 :]]
        for other in range(1, MOST_REMEDIES)
        for place in range(len(found))
        if other < len(found[place][1])
    ]
    result: list[Remedy] = []
    for pick in picks:
        if len(result) >= MOST_REMEDIES or judge.over:
            break
        steps = tuple(
            step for (_, choices), number in zip(found, pick, strict=True) for step in choices[number].steps
        )
        if judge.complete(loosen(problem, steps), plan) is not None:
            result.append(Remedy(steps))
    return tuple(sorted(result, key=lambda remedy: (len(remedy.steps), remedy.size)))


def without_others(problem: Problem, conflict: Conflict, all_of_them: Sequence[Conflict]) -> Problem:
    """``problem`` with every other conflict out of the way."""
    return relax(problem, [rule for other in all_of_them if other is not conflict for rule in other.rules])
