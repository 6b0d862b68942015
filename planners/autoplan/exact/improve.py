"""邻域改良：其余活动不动，放开的几场求最好的排法。"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

from planners.autoplan.compiled import Spot
from planners.autoplan.exact.fixing import with_fixed
from planners.autoplan.exact.milp import Effort
from planners.autoplan.exact.objective import Objective
from planners.autoplan.exact.settle import complete, put_cheapest
from planners.autoplan.exact.spaces import spaces_of
from planners.autoplan.exact.split import Split
from planners.autoplan.state import State

ROUNDS = 6
"""How often the model is solved again with the limits that its last solution broke."""
EFFORT = 300
"""Questions of the search for each of these."""
NODES = 200
ITERATIONS = 200_000
SLACK = 1e-5

Stop = Callable[[], bool]


def improve_state(
    state: State,
    free: Iterable[int],
    *,
    near: Sequence[int] | None = None,
    nodes: int = NODES,
    effort: Effort | None = None,
    stop: Stop | None = None,
) -> bool:
    """Move the events ``free`` so that the state becomes cheaper; False (and nothing moved) if not found.

    ``effort`` is drawn on. ``near``: events beside which no other shares a room or counter with the free ones (all).
    """
    around = range(len(state.at)) if near is None else near
    neighbourhood = _Neighbourhood(state, sorted(set(free)), around)
    return neighbourhood.solve(nodes, Effort(ROUNDS * EFFORT) if effort is None else effort, stop)


def search_objective(state: State) -> Objective:
    """What the state's cost counts; nothing hard may be broken unless something is missing already."""
    compiled = state.compiled
    first = compiled.precedence
    return Objective(
        compiled.grid.per_day,
        compiled.problem.keep,
        soft=True,
        move=first.move,
        keep=first.keep,
        hard=None if complete(state) else first.hard,
    )


class _Neighbourhood:
    """The free events of a state, everything else being fixed."""

    def __init__(self, state: State, free: Sequence[int], near: Sequence[int]) -> None:
        self._state = state
        self._free = free
        self._before = {number: spot for number in free if (spot := state.at[number]) is not None}
        held = set(free)
        fixed = {n: spot for n in near if n not in held and (spot := state.at[n]) is not None}
        view = with_fixed(state.compiled, fixed)
        spaces = spaces_of(view, numbers=free)
        touched = {counter for space in spaces for counter in space.counts}
        self._split = Split(view, spaces, search_objective(state), counters=sorted(touched))

    def solve(self, nodes: int, effort: Effort, stop: Stop | None) -> bool:
        """Solve, settle what breaks a limit, write it down, solve again."""
        milp, split = self._split.milp, self._split
        before = milp.cost_of(split.write(self._before))
        relaxed = milp.solve(effort=ITERATIONS, relaxed=True, stop=stop)
        if not relaxed.found or relaxed.least >= before - SLACK:
            return False
        for _ in range(ROUNDS):
            share = effort.share(EFFORT)
            outcome = effort.spend(milp.solve(effort=share, nodes=nodes, stop=stop))
            if not outcome.found or outcome.cost >= before - SLACK:
                return False
            cells = split.read(outcome.values)
            broken = split.broken(cells)
            if self._take(cells):
                return True
            if not broken:
                return False
            for limit in broken:
                split.forbid(limit)
        return False

    def _take(self, cells: dict[int, tuple[int, int, int]]) -> bool:
        """Put the free events where the solution has them; as before if that is no better."""
        state = self._state
        cost = state.cost
        self._lift()
        pending = []
        for index, (bits, host, place) in cells.items():
            number = self._free[index]
            option = state.option(number, Spot(0, host, place))
            if state.free(number, option) & bits:
                state.drop(number, option, bits.bit_length() - 1)
            else:
                pending.append(number)
        for number in pending:
            put_cheapest(state, number)
        if state.cost < cost:
            return True
        self._lift()
        for number, spot in self._before.items():
            state.drop(number, state.option(number, spot), spot.slot)
        return False

    def _lift(self) -> None:
        for number in self._free:
            if self._state.at[number] is not None:
                self._state.lift(number)
