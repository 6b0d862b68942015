"""下界：逐区放宽求界；放宽的解落实、打磨后若正好到界，就是最好的方案。"""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

from planners.autoplan.compiled import Compiled, compile_problem
from planners.autoplan.exact.polish import polish
from planners.autoplan.exact.relaxation import EFFORT, Parts, Relaxed
from planners.autoplan.exact.settle import Cell, complete, settle
from planners.autoplan.problem import Plan, Problem
from planners.autoplan.state import State

Stop = Callable[[], bool]
Report = Callable[[int, int], None]
"""Called with the parts done and all there are."""


class Bound(NamedTuple):
    """No legal plan costs less than ``value``; ``plan`` (without decisions) costs just that if ``proved_optimal``.

    ``infeasible``: there is proved to be no legal plan at all (the value says nothing then).
    """

    value: int
    proved_optimal: bool
    plan: Plan | None
    infeasible: bool = False


class Start(NamedTuple):
    """A plan from the relaxation: where it stands, what it costs at least, its parts."""

    state: State
    bound: int
    parts: tuple[tuple[int, ...], ...]
    infeasible: bool = False


def lower_bound(
    problem: Problem,
    *,
    effort: int | None = None,
    stop: Stop | None = None,
    report: Report | None = None,
) -> Bound:
    """A proved lower bound of the soft cost and, where it turns up, a plan that reaches it.

    ``effort`` 0: the linear relaxation only, no plan.
    """
    compiled = compile_problem(problem)
    if effort == 0:
        found = _relax(Parts(compiled), 0, stop, report)
        infeasible = any(part.infeasible for part in found)
        value = 0 if infeasible else sum(part.bound for part in found)
        return Bound(value, proved_optimal=False, plan=None, infeasible=infeasible)
    start = relaxed_start(compiled, effort=effort, stop=stop, report=report)
    if start.infeasible:
        return Bound(0, proved_optimal=False, plan=None, infeasible=True)
    legal = complete(start.state)
    return Bound(
        start.bound, legal and start.state.cost == start.bound, start.state.plan() if legal else None
    )


def relaxed_start(
    compiled: Compiled,
    *,
    effort: int | None = None,
    stop: Stop | None = None,
    report: Report | None = None,
    polished: bool = True,
) -> Start:
    """The relaxation's solution made a plan as far as it goes, and its bound."""
    found = _relax(Parts(compiled), EFFORT if effort is None else effort, stop, report)
    cells: dict[int, Cell] = {}
    for part in found:
        cells |= part.cells
    state = settle(compiled, cells)
    start = Start(
        state,
        sum(part.bound for part in found),
        tuple(part.events for part in found),
        any(part.infeasible for part in found),
    )
    if polished and not start.infeasible:
        polish(state, start.parts, bound=start.bound, stop=stop or (lambda: False))
    return start


def _relax(parts: Parts, effort: int, stop: Stop | None, report: Report | None) -> list[Relaxed]:
    found = []
    for number in range(len(parts.parts)):
        found.append(parts.relax(number, effort=effort, rounded=effort > 0, stop=stop))
        if report is not None:
            report(number + 1, len(parts.parts))
    return found
