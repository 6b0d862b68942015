"""下界：逐区放宽求界；放宽的解落实、打磨后若正好到界，就是最好的方案。"""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

from planners.autoplan.compiled import compile_problem
from planners.autoplan.exact.relaxation import Parts
from planners.autoplan.exact.relaxed_start import relaxed_start
from planners.autoplan.exact.settle import complete
from planners.autoplan.problem import Plan, Problem

Stop = Callable[[], bool]
Report = Callable[[int, int], None]
"""Called with the parts done and all there are."""


class Bound(NamedTuple):
    """No legal plan's soft cost is less than ``value``; ``plan`` costs just that if ``proved_optimal``.

    ``plan`` is legal, without decisions. ``infeasible``: there is proved to be no legal plan at all
    (the value then says nothing).
    """

    value: int
    proved_optimal: bool
    plan: Plan | None
    infeasible: bool = False


def lower_bound(
    problem: Problem, *, effort: int | None = None, stop: Stop | None = None, report: Report | None = None
) -> Bound:
    """A proved lower bound of the soft cost (whatever the baseline), and a plan that may reach it.

    ``effort`` 0: from the linear relaxation alone, no plan; else questions of the search, polishing apart.
    """
    compiled = compile_problem(problem._replace(baseline=None, max_moves=None))
    if effort != 0 and problem.baseline is None:
        start = relaxed_start(compiled, effort=effort, stop=stop, report=report)
        if start.infeasible:
            return Bound(0, proved_optimal=False, plan=None, infeasible=True)
        legal = complete(start.state)
        best = legal and start.state.cost == start.bound
        return Bound(start.bound, best, start.state.plan() if legal else None)
    parts = Parts(compiled)
    value = 0
    for number in range(len(parts.events)):
        found = parts.linear(number, stop=stop)
        if found.infeasible:
            return Bound(0, proved_optimal=False, plan=None, infeasible=True)
        value += found.bound
        if report is not None:
            report(number + 1, len(parts.events))
    return Bound(value, proved_optimal=False, plan=None)
