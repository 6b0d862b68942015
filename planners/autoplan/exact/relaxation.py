"""全题的放宽：逐区求下界，并给出各场的大致去处（同区撞期可能还在）。"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable
from math import ceil
from typing import NamedTuple

from planners.autoplan.compiled import Compiled
from planners.autoplan.exact.milp import End
from planners.autoplan.exact.objective import Objective
from planners.autoplan.exact.settle import Cell
from planners.autoplan.exact.spaces import Space, spaces_of
from planners.autoplan.exact.split import Split

EFFORT = 2_000
"""Questions of the search for each part, unless told."""
ITERATIONS = 2_000_000
SLACK = 1e-4

Stop = Callable[[], bool]


class Relaxed(NamedTuple):
    """A part's events (numbers), a lower bound of what they cost, where a relaxed solution has them.

    ``infeasible``: there is proved to be no legal plan of the part.
    """

    events: tuple[int, ...]
    bound: int
    cells: dict[int, Cell]
    infeasible: bool = False


class Parts:
    """A problem taken apart by district. No plan costs less than the sum of what its parts cost."""

    def __init__(self, compiled: Compiled) -> None:
        self.compiled = compiled
        self.spaces = spaces_of(compiled)
        district = {campaign.key: campaign.district for campaign in compiled.problem.campaigns}
        parts: dict[str, list[Space]] = defaultdict(list)
        for space in self.spaces:
            parts[district[compiled.families[space.event.family].campaign]].append(space)
        self.parts = list(parts.values())
        self._counters = self._counters_of_parts()

    def _counters_of_parts(self) -> list[list[int]]:
        """By part: the counters that no other part adds to; those of no part belong to the first."""
        users: dict[int, set[int]] = defaultdict(set)
        for number, spaces in enumerate(self.parts):
            for space in spaces:
                for counter in space.counts:
                    users[counter].add(number)
        found: list[list[int]] = [[] for _ in self.parts]
        for counter in range(len(self.compiled.counters)):
            if len(of := users[counter] or {0}) == 1 and found:
                found[min(of)].append(counter)
        return found

    def relax(
        self, number: int, *, effort: int = EFFORT, rounded: bool = True, stop: Stop | None = None
    ) -> Relaxed:
        """The relaxation of a part: linear only unless ``rounded``."""
        spaces = self.parts[number]
        events = tuple(space.event.number for space in spaces)
        compiled = self.compiled
        objective = Objective(compiled.grid.per_day, compiled.problem.keep, soft=True)
        split = Split(compiled, spaces, objective, days=True, counters=self._counters[number])
        linear = split.milp.solve(effort=ITERATIONS, relaxed=True, stop=stop)
        if linear.end is End.INFEASIBLE:
            return Relaxed(events, 0, {}, infeasible=True)
        if not linear.found:
            return Relaxed(events, 0, {})
        bound = ceil(linear.cost - SLACK)
        if not rounded:
            return Relaxed(events, bound, {})
        whole = split.milp.solve(effort=effort, stop=stop)
        if whole.end is End.INFEASIBLE:
            return Relaxed(events, bound, {}, infeasible=True)
        if whole.bound > bound:
            bound = ceil(whole.bound - SLACK)
        cells = split.read(whole.values) if whole.found else {}
        return Relaxed(events, bound, {events[index]: cell for index, cell in cells.items()})
