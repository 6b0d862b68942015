"""可行性证明：只看硬性要求；排得出就给出一个方案，排不出须有证明，到限为未找到。

Lazy constraint generation: solve, look what is broken, try to round, write the broken limits down, again.
Infeasible with some of the limits is infeasible with all.
"""

from __future__ import annotations

from collections.abc import Callable

from planners.autoplan.compiled import Compiled
from planners.autoplan.event_table import Assignment
from planners.autoplan.exact.decisions import place_decisions
from planners.autoplan.exact.domains import domains_of
from planners.autoplan.exact.formulation import Formulation
from planners.autoplan.exact.milp import End
from planners.autoplan.exact.rounding import complete, round_to_state
from planners.autoplan.problem import Plan, PlanProblem, Status

EFFORT = 20_000
"""Questions of the search, unless told."""


def prove(
    problem: PlanProblem, *, effort: int | None = None, stop: Callable[[], bool] | None = None
) -> tuple[Status, Plan | None]:
    """FEASIBLE with a legal plan, INFEASIBLE if there is proved to be none, NOT_FOUND at the limit.

    Only required events are placed, and others as far as rules need them; a baseline is not looked at.
    """
    left = EFFORT if effort is None else effort
    status, decisions = place_decisions(problem, effort=left, stop=stop)
    if status is Status.INFEASIBLE:
        return status, None
    compiled = Compiled(problem)
    found, placed = _place(compiled, left, stop)
    if found is not Status.FEASIBLE or status is not Status.FEASIBLE:
        return found if found is Status.INFEASIBLE else Status.NOT_FOUND, None
    placements = tuple(
        compiled.placement(number, assignment) for number, assignment in sorted(placed.items())
    )
    return Status.FEASIBLE, Plan(placements, decisions)


def _place(
    compiled: Compiled, effort: int, stop: Callable[[], bool] | None
) -> tuple[Status, dict[int, Assignment]]:
    formulation = Formulation(compiled, domains_of(compiled, soft=False), scatter=True)
    while effort > 0 and not (stop is not None and stop()):
        outcome = formulation.milp.solve(effort=effort, first=True, stop=stop)
        effort -= outcome.work + 1
        if outcome.end is End.INFEASIBLE:
            return Status.INFEASIBLE, {}
        if not outcome.found:
            return Status.NOT_FOUND, {}
        placed = formulation.read(outcome.values)
        broken = formulation.broken(placed)
        if not broken:
            return Status.FEASIBLE, formulation.assignments(placed)
        wanted = {formulation.domains[number].event.number: cell for number, cell in placed.items()}
        state = round_to_state(compiled, wanted)
        if complete(state):
            return Status.FEASIBLE, {n: at for n, at in enumerate(state.at) if at is not None}
        for limit in broken:
            formulation.forbid(limit)
    return Status.NOT_FOUND, {}
