"""从放宽的解起步：落实成方案，修补，再做大邻域搜索；界与方案相遇便是最好。"""

from __future__ import annotations

from collections.abc import Callable
from random import Random
from typing import NamedTuple

from planners.autoplan.compiled import Compiled
from planners.autoplan.construct import construct, repair
from planners.autoplan.exact.large_neighbourhood import search_neighbourhoods
from planners.autoplan.exact.milp import Effort
from planners.autoplan.exact.relaxation import Parts, Relaxed
from planners.autoplan.exact.rounding import Cell, complete, round_to_state
from planners.autoplan.moves import Mover
from planners.autoplan.state import State

EFFORT, EFFORT_A_PART = 900, 300
"""Questions of the search for the relaxations of all rounds."""
IMPROVING, IMPROVING_A_PART = 200, 100
"""The same for each of the two times that a plan is improved."""
FEWEST_ROUNDS, MOST_ROUNDS, ROUNDS_GROWTH = 3, 20, 1_500
"""Small problems are relaxed anew more often."""
REPAIR_TEMPERATURE, REPAIR_ROUNDS = 3.0, 20

Stop = Callable[[], bool]


class Start(NamedTuple):
    """The best plan found and what every plan costs at least, in the search's cost (``State.cost``).

    ``infeasible``: there is proved to be no legal plan; the state places what can be placed.
    """

    state: State
    bound: int
    infeasible: bool = False


def relaxed_start(compiled: Compiled, *, effort: int | None = None, stop: Stop = lambda: False) -> Start:
    """The relaxation's solution made a plan, as good as a large neighbourhood search makes it.

    ``effort``: questions of the search, the neighbourhood search apart (None: by size). Stopped early,
    the best so far.
    """
    rounds = _Rounds(compiled, effort, stop)
    rounds.first()
    most = max(FEWEST_ROUNDS, min(MOST_ROUNDS, ROUNDS_GROWTH // max(1, len(compiled.events))))
    for _ in range(most):
        if rounds.done() or not rounds.again():
            break
    return rounds.end()


class _Rounds:
    """Relax, round, improve; relax again with the limits that were broken; improve what came of it."""

    def __init__(self, compiled: Compiled, effort: int | None, stop: Stop) -> None:
        self._stop = stop
        self._parts = Parts(compiled)
        self._near = self._parts.near()
        self._compiled = self._parts.compiled
        self._effort = Effort(EFFORT + EFFORT_A_PART * len(self._near) if effort is None else effort)
        self._improved = False
        self._relaxed: list[Relaxed] = []
        self._state = State(self._compiled)

    def first(self) -> None:
        """Relax every district for the first time, round and improve."""
        for number in range(len(self._parts.events)):
            self._relaxed.append(self._parts.relax(number, effort=self._effort, stop=self._stop))
        cells: dict[int, Cell] = {}
        for part in self._relaxed:
            cells |= part.cells
        self._state = self._rounded(cells)
        self._improve()

    def again(self) -> bool:
        """Relax the districts anew that broke limits; False where that cannot help."""
        helped = False
        for number, part in enumerate(self._relaxed):
            if self.done() or (part.halves and not part.broken):
                continue
            # Limits that a relaxation by whole days broke say nothing about halves: those begin anew.
            known = part.broken if part.halves else []
            found = self._parts.relax(
                number,
                effort=self._effort,
                halves=True,
                known=known,
                strict=not part.infeasible,
                stop=self._stop,
            )
            broken = list(dict.fromkeys([*known, *found.broken]))
            helped |= not part.halves or found.bound > part.bound or len(broken) > len(part.broken)
            self._relaxed[number] = found._replace(bound=max(part.bound, found.bound), broken=broken)
            self._try(number, found.cells)
        return helped

    def _try(self, number: int, cells: dict[int, Cell]) -> None:
        """Take over the new solution of a district if that makes the whole cheaper."""
        mine = set(self._parts.events[number])
        others = {
            n: (1 << at.slot, at.host, at.place)
            for n, at in enumerate(self._state.at)
            if at is not None and n not in mine
        }
        state = self._rounded(others | cells)
        if state.cost < self._state.cost:
            self._state, self._improved = state, False

    def _rounded(self, cells: dict[int, Cell]) -> State:
        """The cells made a plan, what is missing placed as far as a little search can."""
        state = round_to_state(self._compiled, cells)
        if not complete(state):
            mover = Mover(state, Random(0))
            construct(mover, self._stop)
            repair(mover, REPAIR_TEMPERATURE, REPAIR_ROUNDS, self._stop)
        return state

    def _improve(self) -> None:
        search_neighbourhoods(
            self._state,
            self._parts.events,
            near=self._near,
            bound=self._bound(),
            effort=Effort(IMPROVING + IMPROVING_A_PART * len(self._near)),
            stop=self._stop,
        )
        self._improved = True

    def _bound(self) -> int:
        return sum(part.bound for part in self._relaxed)

    def done(self) -> bool:
        """Whether the plan is proved the best, the effort spent, or nobody waits for a better one."""
        return self._stop() or self._effort.left <= 0 or self._state.cost <= self._bound()

    def end(self) -> Start:
        """What was found, improved once more if it is not what was improved already."""
        if not self._improved:
            self._improve()
        return Start(self._state, self._bound(), any(part.infeasible for part in self._relaxed))
