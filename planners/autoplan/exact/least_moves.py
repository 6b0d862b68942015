"""最少改动：旧方案里至少要动几场才能合法，能证明就证明。"""

from __future__ import annotations

from collections.abc import Callable

from planners.autoplan.compiled import compile_problem
from planners.autoplan.exact.milp import End
from planners.autoplan.exact.objective import Objective
from planners.autoplan.exact.settle import complete, settle
from planners.autoplan.exact.spaces import spaces_of
from planners.autoplan.exact.split import Split
from planners.autoplan.problem import Plan, Problem
from planners.autoplan.score import score
from planners.autoplan.state import State

ROUNDS = 30
EFFORT = 4_000


def fewest_moves(
    problem: Problem, *, effort: int | None = None, stop: Callable[[], bool] | None = None
) -> tuple[int, bool, Plan | None]:
    """How many events of the baseline must change at least, whether that is proved, a plan (no decisions).

    Without a plan the number is a lower bound only; proved without a plan: there is no legal plan.
    """
    compiled = compile_problem(problem._replace(max_moves=None))
    split = Split(
        compiled,
        spaces_of(compiled, soft=False),
        Objective(compiled.grid.per_day, problem.keep, move=1),
    )
    left = EFFORT if effort is None else effort
    least, best, best_plan = 0, len(problem.baseline or ()) + 1, None
    for _ in range(ROUNDS):
        outcome = split.milp.solve(effort=left, stop=stop)
        left -= outcome.work
        if outcome.end is End.INFEASIBLE:
            return 0, True, None
        least = max(least, outcome.least)
        if not outcome.found or left <= 0:
            break
        cells = split.read(outcome.values)
        broken = split.broken(cells)
        state = settle(compiled, {split.spaces[n].event.number: cell for n, cell in cells.items()})
        moved = _moved(problem, state)
        if moved < best:
            best, best_plan = moved, state.plan()
        if best <= least or not broken:
            break
        for limit in broken:
            split.forbid(limit)
    if best_plan is None:
        return least, False, None
    return best, best <= least, best_plan


def _moved(problem: Problem, state: State) -> int:
    return score(problem, state.plan()).moved if complete(state) else 1 << 30
