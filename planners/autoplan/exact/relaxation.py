"""全题的放宽：逐区求下界，并给出各场的大致去处（同区撞期可能还在）。"""

from __future__ import annotations

from collections import Counter as Tally
from collections import defaultdict
from collections.abc import Callable, Iterable
from typing import NamedTuple

from planners.autoplan.compiled import NONE, Compiled
from planners.autoplan.exact.milp import Effort, End
from planners.autoplan.exact.objective import Objective
from planners.autoplan.exact.settle import Cell
from planners.autoplan.exact.spaces import Space, prepared, spaces_of
from planners.autoplan.exact.split import Limit, Split

EFFORT = 300
"""Questions of the search for one relaxation."""
ITERATIONS = 2_000_000
LIKELY = 0.3
"""A fractional choice is taken for a placement from here on."""

Stop = Callable[[], bool]


class Relaxed(NamedTuple):
    """A part: a lower bound of what it costs, where a solution has its events, the limits that this breaks.

    ``infeasible``: there is proved to be no legal plan of the part; the rest then speaks of plans that
    leave required events out at the price that the search sets on them. ``halves``: it tells the halves
    of a day apart.
    """

    bound: int
    cells: dict[int, Cell]
    broken: list[Limit]
    infeasible: bool = False
    halves: bool = True


class Parts:
    """A problem taken apart by district. No plan costs less than the sum of what its parts cost.

    The cost is that of the search's state: with a baseline, what is moved weighs more than the rest.
    """

    def __init__(self, compiled: Compiled) -> None:
        self._plain = compiled
        self.compiled = prepared(compiled)
        self.events = _by_district(compiled)
        self._spaces: dict[int, list[Space]] = {}
        self._counters = self._counters_of_parts()
        self._alone = self._cost_of_standing()
        self._again = compiled.problem.baseline is not None

    def spaces(self, number: int) -> list[Space]:
        """The choices of the events of a part, found when first asked for."""
        if number not in self._spaces:
            self._spaces[number] = spaces_of(self.compiled, numbers=self.events[number])
        return self._spaces[number]

    def forget(self, number: int) -> None:
        """Let the choices of a part go: those of a whole city fill a gigabyte."""
        self._spaces.pop(number, None)
        self.compiled = prepared(self._plain)

    def _counters_of_parts(self) -> list[list[int]]:
        """By part: the counters that no other part adds to; those that none adds to belong to the first."""
        adding: dict[str | int, set[int]] = defaultdict(set)
        for part, events in enumerate(self.events):
            for source in sources_of(self.compiled, events):
                adding[source].add(part)
        found: list[list[int]] = [[] for _ in self.events]
        for counter, sources in enumerate(self.compiled.sources):
            parts = set[int]().union(*(adding[source] for source in sources if source in adding)) or {0}
            if len(parts) == 1:
                found[min(parts)].append(counter)
        return found

    def near(self) -> list[list[int]]:
        """By part: the events that share a room or counter with one of its own, these included."""
        if len(self.events) == 1:
            return self.events
        uses = [
            [
                (space.event.number, {*space.rooms, *(~counter for counter in space.counts)})
                for space in self.spaces(number)
            ]
            for number in range(len(self.events))
        ]
        every: list[set[int]] = [set().union(*(used for _, used in part)) for part in uses]
        return [
            sorted(
                number
                for other, part in enumerate(uses)
                if other == own or not every[other].isdisjoint(used_here)
                for number, used in part
                if other == own or not used.isdisjoint(used_here)
            )
            for own, used_here in enumerate(every)
        ]

    def _cost_of_standing(self) -> int:
        """What the standing events of campaigns cost by spread terms that no event can change."""
        compiled = self.compiled
        open_campaigns = {compiled.families[event.family].campaign for event in compiled.events}
        total = 0
        for term in compiled.spreads:
            if term.campaign in open_campaigns:
                continue
            days = Tally(compiled.standing_days.get(term.campaign, ()))
            for first in range(len(compiled.grid.days)):
                inside = sum(days[first + n] for n in range(term.days))
                total += term.weight * max(0, inside - 1)
        return total

    def linear(self, number: int, *, stop: Stop | None = None) -> Relaxed:
        """The bound of a part from its linear relaxation alone."""
        split = self._split(number, halves=False, strict=True)
        outcome = split.milp.solve(effort=ITERATIONS, relaxed=True, stop=stop)
        return Relaxed(outcome.least, {}, [], outcome.end is End.INFEASIBLE)

    def relax(
        self,
        number: int,
        *,
        effort: Effort,
        halves: bool = False,
        known: Iterable[Limit] = (),
        strict: bool = True,
        stop: Stop | None = None,
    ) -> Relaxed:
        """The relaxation of a part with whole days chosen (or ``halves``) and the limits ``known`` kept; draws on ``effort``."""
        known = known if halves else ()
        split = self._split(number, halves=halves, strict=strict)
        for limit in known:
            split.forbid(limit)
        linear = split.milp.solve(effort=ITERATIONS, relaxed=True, stop=stop)
        whole = linear
        if linear.found:
            whole = effort.spend(split.milp.solve(effort=effort.share(EFFORT), stop=stop))
        if End.INFEASIBLE in (linear.end, whole.end):
            if not strict:
                return Relaxed(0, {}, [], infeasible=True)
            elastic = self.relax(number, effort=effort, halves=True, known=known, strict=False, stop=stop)
            return elastic
        cells = split.read(whole.values) if whole.found else {}
        if linear.found and not cells:
            cells = split.read(linear.values, LIKELY)
        broken = split.broken(cells)
        events = self.events[number]
        placed = {events[index]: cell for index, cell in cells.items()}
        return Relaxed(max(linear.least, whole.least), placed, broken, not strict, halves or self._again)

    def _split(self, number: int, *, halves: bool, strict: bool) -> Split:
        compiled = self.compiled
        first = compiled.precedence
        objective = Objective(
            compiled.grid.per_day,
            compiled.problem.keep,
            soft=True,
            move=first.move * self._again,
            keep=first.keep * self._again,
            hard=None if strict else first.hard,
        )
        days = not halves and not self._again
        split = Split(compiled, self.spaces(number), objective, days=days, counters=self._counters[number])
        split.milp.offset += 0 if number else self._alone
        return split


def _by_district(compiled: Compiled) -> list[list[int]]:
    """The numbers of the events of each district, one empty list where there are none."""
    district = {campaign.key: campaign.district for campaign in compiled.problem.campaigns}
    parts: dict[str, list[int]] = defaultdict(list)
    for event in compiled.events:
        parts[district[compiled.families[event.family].campaign]].append(event.number)
    return list(parts.values()) or [[]]


def sources_of(compiled: Compiled, events: Iterable[int]) -> set[str | int]:
    """The campaigns and the units (by number) that these events can bring to a counter."""
    found: set[str | int] = set()
    for number in events:
        event = compiled.events[number]
        found.add(compiled.families[event.family].campaign)
        found.update(host for host in event.hosts if host != NONE)
        for place in event.places:
            found.update(compiled.engaged(event.family, NONE, place))
    return found
