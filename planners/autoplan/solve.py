"""求解：构造、修补、退火；有旧方案时先少动，再求好。

Steps: greedy construction, repair, the exact relaxation (``prove``: HiGHS, in a child process), then
simulated annealing. All costs are integers of ``State.cost``; ``effort`` counts priced assignments.
"""

from __future__ import annotations

from collections.abc import Callable
from math import sqrt
from random import Random

from planners.autoplan.anneal import anneal, lay_out
from planners.autoplan.compiled import Compiled
from planners.autoplan.construct import construct, keep_baseline, repair
from planners.autoplan.moves import Mover
from planners.autoplan.problem import Plan, PlanProblem, Solution, Status
from planners.autoplan.score import score
from planners.autoplan.seating import seat_decisions
from planners.autoplan.state import State
from planners.proposals import Progress, Step

MOST_SWEEPS, SWEEP_GROWTH = 2_000, 37_000
REPAIR_ROUNDS, REPAIR_TEMPERATURE = 60, 3.0
WIDENING_ROUNDS = 30
OPERATIONS_A_MOVE = 4
LESS_WITHOUT_PLAN = 20
"""Where no legal plan exists, what can be placed is only tidied: the office has to change something first."""
MOST_RELAXED = 6_000
"""Events of a problem whose relaxation is made a plan: beyond, that takes long and a gigabyte."""


def solve(
    problem: PlanProblem,
    *,
    seed: int = 0,
    effort: int | None = None,
    prove: bool = False,
    report: Callable[[Progress], None] | None = None,
    stop: Callable[[], bool] | None = None,
) -> Solution:
    """The best plan that ``effort`` operations (None: by size) find; the same for the same seed and effort.

    Every hard constraint holds for what the plan places; what it could not place is named. ``stop``
    ends the search with the best plan so far. A baseline is kept as far as it goes: fewest moved
    events first, quality second.

    ``prove``: also ask the exact solver (heavy to import: in a process of its own) for a bound and
    the plan of its relaxation; annealing then stops where the bound is reached. The status is
    INFEASIBLE only where it proved that.
    """
    search = _PlanSearch(problem, seed, effort, report or (lambda _: None), stop or (lambda: False))
    search.run(prove=prove)
    return search.solution()


class _PlanSearch:
    def __init__(
        self,
        problem: PlanProblem,
        seed: int,
        effort: int | None,
        report: Callable[[Progress], None],
        stop: Callable[[], bool],
    ) -> None:
        self._problem = problem
        self._seed = seed
        self._report = report
        self._stop = stop
        self._compiled: Compiled = Compiled(problem)
        self._state = State(self._compiled)
        self._mover = Mover(self._state, Random(seed))
        self._effort = effort
        self._bound: int | None = None
        self._infeasible = False

    def run(self, *, prove: bool) -> None:
        """Construct, mend, bound, anneal."""
        state, mover = self._state, self._mover
        free = [event.number for event in state.events if not event.pinned]
        if self._problem.baseline is not None:
            keep_baseline(state)
            free = self._widen()
        construct(mover, self._stop)
        self._tell()
        repair(mover, REPAIR_TEMPERATURE, REPAIR_ROUNDS, self._stop)
        self._tell()
        # Annealing may not trade a kept event for quality: moves come before quality, so only those free
        # already (moved or new) take part.
        if self._problem.baseline is not None:
            free = [n for n in free if (kept := state.events[n].kept) is None or state.at[n] != kept]
        elif prove:
            self._bring_bound()
        # A plan as cheap as the proved bound cannot be improved: stop there.
        enough = 0 if self._bound is None else self._bound
        anneal(mover, free, self._sweeps(len(free)), enough=enough, stop=self._stop, tell=self._tell)
        self._tell()

    def _bring_bound(self) -> None:
        """Take the bound of the exact relaxation, and its plan where that is better.

        Of a very large problem only the linear bound, a district at a time.
        """
        from planners.autoplan.exact.relaxation import linear_bound
        from planners.autoplan.exact.relaxed_start import relaxed_start

        if len(self._state.events) > MOST_RELAXED:
            self._bound = linear_bound(self._compiled, stop=self._stop)
            return
        start = relaxed_start(self._compiled, stop=self._stop)
        if start.infeasible:
            self._infeasible = True
        elif not self._stop():
            self._bound = start.bound
        if start.state.cost < self._state.cost:
            lay_out(self._state, start.state.at)
        self._tell()

    def _widen(self) -> list[int]:
        """Place the broken events without touching others; where that fails, with the fewest others moved."""
        state, mover = self._state, self._mover
        broken = [e.number for e in state.events if e.kept is not None and state.at[e.number] is None]
        construct(mover, self._stop)
        for _ in range(WIDENING_ROUNDS):
            left = [n for n in broken if state.at[n] is None]
            if not left or self._stop():
                break
            for number in left:
                mover.eject(number, 1.0)
        return [event.number for event in state.events if not event.pinned]

    def _sweeps(self, count: int) -> int:
        if self._effort is not None:
            left = max(0, self._effort - self._mover.operations)
            return left // (OPERATIONS_A_MOVE * max(1, count))
        # Total work grows like the square root of the size: large years are near their optimum after
        # fewer sweeps, as their districts anneal side by side.
        sweeps = min(MOST_SWEEPS, int(SWEEP_GROWTH / sqrt(max(1, count))))
        return sweeps // LESS_WITHOUT_PLAN if self._infeasible else sweeps

    def _tell(self) -> None:
        state = self._state
        left = sum(assignment is None for assignment in state.at) + len(state.short())
        # ``hard`` exceeds any sum of soft costs, so the quotient counts what is missing.
        missing, soft = divmod(state.cost, self._compiled.precedence.hard)
        self._report(Progress(Step.SEARCH, "", left, soft, self._mover.operations, legal=not missing))

    def solution(self) -> Solution:
        """What the search came to, scored anew."""
        problem, state = self._problem, self._state
        plan = Plan(state.plan().placements, seat_decisions(problem, seed=self._seed).seats)
        scored = score(problem, plan)
        seated = {placement.decision for placement in plan.decisions}
        unmet = [f"required:{e.key}" for e in state.events if e.required and state.at[e.number] is None]
        unmet += [f"rule:{name}" for name in dict.fromkeys(state.shortages())]
        unmet += [f"decision:{d.key}" for d in problem.decisions if d.key not in seated]
        return Solution(
            Status.FEASIBLE if not unmet else Status.INFEASIBLE if self._infeasible else Status.NOT_FOUND,
            plan,
            scored.cost,
            scored.terms,
            self._bound,
            scored.keep_cost,
            scored.moved,
            tuple(event.key for event in state.events if state.at[event.number] is None),
            tuple(unmet),
            self._mover.operations,
            self._seed,
        )
