"""整数规划：列与行攒成数组交给 HiGHS；单线程、定种子，按迭代次数计量，随时可停。

A thin layer over ``highspy`` (imported when first solved with; only in a child process or the command
line). One thread, fixed seed; work is counted in questions of the solver's callback, which come at the
same points of every run. Columns default to [0, 1] and integer.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from enum import Enum
from math import ceil, isfinite
from typing import Any, NamedTuple

INFINITY = float("inf")


class End(Enum):
    """How a solve ended; ``FOUND``: a solution, but not known to be the best."""

    OPTIMAL = "optimal"
    INFEASIBLE = "infeasible"
    FOUND = "found"
    LIMIT = "limit"


class SolveOutcome(NamedTuple):
    """The end, the values by column (empty without a solution), their cost, a proved lower bound, the work."""

    end: End
    values: Sequence[float]
    cost: float
    bound: float
    work: int

    @property
    def least(self) -> int:
        """What every solution in whole numbers costs at least (nothing costs less than 0)."""
        if not isfinite(self.bound):
            return 0
        # All costs are integers: a bound of 9.2 is one of 10. The slack covers the solver's tolerances.
        return max(0, ceil(self.bound - 1e-4 - 1e-7 * abs(self.bound)))

    @property
    def found(self) -> bool:
        """Whether there is a solution."""
        return self.end in (End.OPTIMAL, End.FOUND)


class Effort:
    """Questions of the search that may still be spent, over any number of solves."""

    def __init__(self, left: int) -> None:
        self.left = left

    def share(self, most: int) -> int:
        """How many the next solve may spend."""
        return max(0, min(most, self.left))

    def spend(self, outcome: SolveOutcome) -> SolveOutcome:
        """The outcome, its work (and a little for the solve itself) taken off."""
        self.left -= outcome.work + 1
        return outcome


class Milp:
    """A minimisation: columns with cost and bounds, rows with bounds. Grows between solves.

    ``precise``: for costs of very different sizes.
    """

    def __init__(self, *, precise: bool = False) -> None:
        self._precise = precise
        self.offset = 0.0
        self.size = 0
        self._costs: list[float] = []
        self._lower: list[float] = []
        self._upper: list[float] = []
        self._integer: list[bool] = []
        self._row_lower: list[float] = []
        self._row_upper: list[float] = []
        self._starts: list[int] = []
        self._indexes: list[int] = []
        self._values: list[float] = []
        self._solver: Any = None
        self._passed_columns = 0
        self._passed_rows = 0

    @property
    def rows(self) -> int:
        """How many rows there are."""
        return len(self._starts)

    def column(
        self, cost: float = 0.0, lower: float = 0.0, upper: float = 1.0, *, integer: bool = True
    ) -> int:
        """The number of a new column."""
        self._costs.append(cost)
        self._lower.append(lower)
        self._upper.append(upper)
        self._integer.append(integer)
        self.size += 1
        return self.size - 1

    def add_cost(self, column: int, cost: float) -> None:
        """The column (not solved with yet) costs so much more."""
        self._costs[column] += cost

    def cost_of(self, values: Mapping[int, float]) -> float:
        """What a solution costs; columns not named are 0."""
        return self.offset + sum(self._costs[column] * value for column, value in values.items())

    def row(
        self, lower: float, upper: float, indexes: Sequence[int], values: Iterable[float] | None = None
    ) -> None:
        """A new row: the sum of the columns (each with its value, 1 unless told) lies between the bounds."""
        self._row_lower.append(lower)
        self._row_upper.append(upper)
        self._starts.append(len(self._indexes))
        self._indexes += indexes
        self._values += [1.0] * len(indexes) if values is None else values

    def solve(
        self,
        *,
        effort: int,
        nodes: int | None = None,
        relaxed: bool = False,
        first: bool = False,
        stop: Callable[[], bool] | None = None,
    ) -> SolveOutcome:
        """The best solution within ``effort`` (questions of the search, simplex iterations of a relaxation).

        ``nodes`` limits the tree. ``relaxed``: of the linear relaxation; ``first``: any solution will do.
        """
        if not self.size:
            return self._empty()
        solver = self._ready()
        watch = _Watch(effort, stop)
        solver.setOptionValue("solve_relaxation", relaxed)
        solver.setOptionValue("simplex_iteration_limit", effort if relaxed else 2_000_000_000)
        solver.setOptionValue("mip_rel_gap", 1e9 if first else 0.0)
        # Costs are integers, so a gap below 1 is none.
        solver.setOptionValue("mip_abs_gap", 1e9 if first else 0.999)
        solver.setOptionValue("mip_max_nodes", 2_000_000_000 if nodes is None else nodes)
        solver.setOptionValue("mip_max_improving_sols", 1 if first else 2_000_000_000)
        solver.setCallback(watch.ask, None)
        import highspy

        solver.startCallback(highspy.cb.kCallbackMipInterrupt)
        solver.startCallback(highspy.cb.kCallbackSimplexInterrupt)
        solver.run()
        return self._outcome(solver, watch, relaxed=relaxed)

    def _empty(self) -> SolveOutcome:
        """Without columns every sum is 0."""
        if all(low <= 0 <= high for low, high in zip(self._row_lower, self._row_upper, strict=True)):
            return SolveOutcome(End.OPTIMAL, (), self.offset, self.offset, 0)
        return SolveOutcome(End.INFEASIBLE, (), INFINITY, INFINITY, 0)

    def _ready(self) -> Any:
        """The solver with everything added since the last solve."""
        if self._solver is None:
            self._solver = _new_solver(precise=self._precise)
        solver = self._solver
        self._pass_columns(solver)
        self._pass_rows(solver)
        solver.changeObjectiveOffset(self.offset)
        return solver

    def _pass_columns(self, solver: Any) -> None:
        import numpy as np

        first, last = self._passed_columns, self.size
        if first == last:
            return
        none = np.zeros(0, dtype=np.int32)
        solver.addCols(
            last - first,
            np.array(self._costs[first:], dtype=np.float64),
            np.array(self._lower[first:], dtype=np.float64),
            np.array(self._upper[first:], dtype=np.float64),
            0,
            np.zeros(last - first, dtype=np.int32),
            none,
            np.zeros(0, dtype=np.float64),
        )
        integer = [number for number in range(first, last) if self._integer[number]]
        solver.changeColsIntegrality(
            len(integer), np.array(integer, dtype=np.int32), np.ones(len(integer), dtype=np.uint8)
        )
        self._passed_columns = last

    def _pass_rows(self, solver: Any) -> None:
        import numpy as np

        first, last = self._passed_rows, self.rows
        if first == last:
            return
        base = self._starts[first]
        solver.addRows(
            last - first,
            np.array(self._row_lower[first:], dtype=np.float64),
            np.array(self._row_upper[first:], dtype=np.float64),
            len(self._indexes) - base,
            np.array(self._starts[first:], dtype=np.int32) - base,
            np.array(self._indexes[base:], dtype=np.int32),
            np.array(self._values[base:], dtype=np.float64),
        )
        self._passed_rows = last

    def _outcome(self, solver: Any, watch: _Watch, *, relaxed: bool) -> SolveOutcome:
        import highspy

        status = solver.getModelStatus()
        kinds = highspy.HighsModelStatus
        info = solver.getInfo()
        work = max(0, info.simplex_iteration_count) if relaxed else watch.asked
        if status in (kinds.kInfeasible, kinds.kUnboundedOrInfeasible):
            return SolveOutcome(End.INFEASIBLE, (), INFINITY, INFINITY, work)
        found = info.primal_solution_status == 2
        values = solver.getSolution().col_value if found else ()
        cost = info.objective_function_value if found else INFINITY
        if status == kinds.kOptimal:
            return SolveOutcome(End.OPTIMAL, values, cost, cost if relaxed else info.mip_dual_bound, work)
        # A simplex stopped early proves nothing, a tree stopped early still has its dual bound.
        bound = -INFINITY if relaxed else info.mip_dual_bound
        return SolveOutcome(End.FOUND if found and not relaxed else End.LIMIT, values, cost, bound, work)


class _Watch:
    """Counts how often the solver asks and tells it to stop at the limit or when told so itself.

    The questions come at the same points of every run, so they are a measure of effort.
    """

    def __init__(self, limit: int, stop: Callable[[], bool] | None) -> None:
        self._limit = limit
        self._stop = stop
        self.asked = 0

    def ask(self, kind: Any, _message: str, _out: object, into: Any, _data: object) -> None:
        """Called by the solver: interrupts it at the limit or when asked to stop."""
        import highspy

        if into is None:
            return
        if kind == highspy.cb.kCallbackMipInterrupt:
            self.asked += 1
        if self.asked > self._limit or (self._stop is not None and self._stop()):
            into.user_interrupt = True


def _new_solver(*, precise: bool) -> Any:
    import highspy

    solver: Any = highspy.Highs()  # type: ignore[no-untyped-call]
    options: dict[str, object] = {"output_flag": False, "threads": 1, "random_seed": 0}
    if precise:
        options |= {"primal_feasibility_tolerance": 1e-9, "mip_feasibility_tolerance": 1e-9}
    for name, value in options.items():
        solver.setOptionValue(name, value)
    return solver
