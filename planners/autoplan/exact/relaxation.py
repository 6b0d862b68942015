"""全题的放宽：逐区求下界，并给出各场的大致去处（同区撞期可能还在）。

By district: nothing hard crosses districts but shared units and common counts, so the sum over the parts
bounds the whole. First with whole days (half the columns), then with halves and the limits broken so far.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable
from typing import NamedTuple

from planners.autoplan.compiled import Compiled
from planners.autoplan.exact.domains import EventDomain, domains_of, prepared
from planners.autoplan.exact.formulation import Formulation, Limit
from planners.autoplan.exact.milp import Effort, End
from planners.autoplan.exact.rounding import Cell
from planners.autoplan.numbering import NONE

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
    """A problem taken apart by district. No plan costs less than the sum of what its parts cost."""

    def __init__(self, compiled: Compiled) -> None:
        self._plain = compiled
        self.compiled = prepared(compiled)
        self.events = _by_district(compiled)
        self._domains: dict[int, list[EventDomain]] = {}
        self._counting = self._constraints_of_parts()
        self._alone = self._cost_of_fixed()

    def domains(self, number: int) -> list[EventDomain]:
        """The choices of the events of a part, found when first asked for."""
        if number not in self._domains:
            self._domains[number] = domains_of(self.compiled, numbers=self.events[number])
        return self._domains[number]

    def forget(self, number: int) -> None:
        """Let the choices of a part go: those of a whole city fill a gigabyte."""
        self._domains.pop(number, None)
        self.compiled = prepared(self._plain)

    def _constraints_of_parts(self) -> list[list[int]]:
        """By part: the counting constraints that no other part adds to; those that none adds to belong to the first."""
        adding: dict[str | int, set[int]] = defaultdict(set)
        for part, events in enumerate(self.events):
            for source in sources_of(self.compiled, events):
                adding[source].add(part)
        found: list[list[int]] = [[] for _ in self.events]
        for constraint, sources in enumerate(self.compiled.sources):
            # A count that several parts add to is nobody's: leaving it out only lowers the bound.
            parts = set[int]().union(*(adding[source] for source in sources if source in adding)) or {0}
            if len(parts) == 1:
                found[min(parts)].append(constraint)
        return found

    def near(self) -> list[list[int]]:
        """By part: the events that share a resource or counting constraint with one of its own, these included."""
        if len(self.events) == 1:
            return self.events
        uses = [
            [
                (domain.event.number, {*domain.resources, *(~constraint for constraint in domain.counts)})
                for domain in self.domains(number)
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

    def _cost_of_fixed(self) -> int:
        """What the fixed events of campaigns cost by spread terms that no event can change."""
        compiled = self.compiled
        open_campaigns = {compiled.families[event.family].campaign for event in compiled.events}
        total = 0
        for term in compiled.spreads:
            if term.campaign in open_campaigns:
                continue
            days = Counter(compiled.fixed_days.get(term.campaign, ()))
            for first in range(len(compiled.grid.days)):
                inside = sum(days[first + n] for n in range(term.days))
                total += term.weight * max(0, inside - 1)
        return total

    def linear(self, number: int, *, stop: Stop | None = None) -> Relaxed:
        """The bound of a part from its linear relaxation alone."""
        formulation = self._formulation(number, halves=False, strict=True)
        outcome = formulation.milp.solve(effort=ITERATIONS, relaxed=True, stop=stop)
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
        formulation = self._formulation(number, halves=halves, strict=strict)
        for limit in known:
            formulation.forbid(limit)
        linear = formulation.milp.solve(effort=ITERATIONS, relaxed=True, stop=stop)
        whole = linear
        if linear.found:
            whole = effort.spend(formulation.milp.solve(effort=effort.share(EFFORT), stop=stop))
        # Proved: no legal plan. The same once more with what is hard at a price, for a plan of what is possible.
        if End.INFEASIBLE in (linear.end, whole.end):
            if not strict:
                return Relaxed(0, {}, [], infeasible=True)
            return self.relax(number, effort=effort, halves=True, known=known, strict=False, stop=stop)
        cells = formulation.read(whole.values) if whole.found else {}
        if linear.found and not cells:
            cells = formulation.read(linear.values, LIKELY)
        broken = formulation.broken(cells)
        events = self.events[number]
        placed = {events[index]: cell for index, cell in cells.items()}
        return Relaxed(max(linear.least, whole.least), placed, broken, not strict, halves)

    def _formulation(self, number: int, *, halves: bool, strict: bool) -> Formulation:
        formulation = Formulation(
            self.compiled,
            self.domains(number),
            soft=True,
            hard=None if strict else self.compiled.precedence.hard,
            days=not halves,
            counting=self._counting[number],
        )
        formulation.milp.offset += 0 if number else self._alone
        return formulation


def _by_district(compiled: Compiled) -> list[list[int]]:
    """The numbers of the events of each district, one empty list where there are none."""
    district = {campaign.key: campaign.district for campaign in compiled.problem.campaigns}
    parts: dict[str, list[int]] = defaultdict(list)
    for event in compiled.events:
        parts[district[compiled.families[event.family].campaign]].append(event.number)
    return list(parts.values()) or [[]]


def sources_of(compiled: Compiled, events: Iterable[int]) -> set[str | int]:
    """The campaigns and the units (by number) that these events can bring to a counting constraint."""
    found: set[str | int] = set()
    for number in events:
        event = compiled.events[number]
        found.add(compiled.families[event.family].campaign)
        found.update(host for host in event.hosts if host != NONE)
        for place in event.places:
            found.update(compiled.engaged(event.family, NONE, place))
    return found


def linear_bound(compiled: Compiled, *, stop: Callable[[], bool] | None = None) -> int | None:
    """What every legal plan costs at least, in the search's cost; None: there is proved to be none, or stopped."""
    parts = Parts(compiled)
    value = 0
    for number in range(len(parts.events)):
        if stop is not None and stop():
            return None
        found = parts.linear(number, stop=stop)
        parts.forget(number)
        if found.infeasible:
            return None
        value += found.bound
    return value
