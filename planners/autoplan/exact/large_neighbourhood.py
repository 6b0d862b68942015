"""大邻域搜索：一月、一个系列地放开，其余不动，各求最好的排法，直到再无可省。

Each neighbourhood is a mixed integer program solved by HiGHS with everything outside of it fixed; its
solution is rounded to a legal state, and taken only where that is cheaper.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from copy import copy

from planners.autoplan.compiled import Compiled
from planners.autoplan.event_table import Assignment
from planners.autoplan.exact.domains import domains_of
from planners.autoplan.exact.formulation import Formulation
from planners.autoplan.exact.milp import Effort
from planners.autoplan.exact.rounding import complete, put_cheapest
from planners.autoplan.grid import slots_of
from planners.autoplan.resources import (
    GapResource,
    QuotaResource,
    Resource,
    UnitResource,
)
from planners.autoplan.state import State

PASSES = 3
"""Times over the whole: by single months, then by two and three months at once."""
MOST = 160
"""Events of a neighbourhood."""
ROUNDS = 6
"""How often the model is solved again with the limits that its last solution broke."""
EFFORT = 300
"""Questions of the search for each of these."""
NODES = 200
"""Nodes of the tree for a neighbourhood by itself, and for each of many in turn."""
NODES_EACH = 50
ITERATIONS = 200_000
SLACK = 1e-5

Stop = Callable[[], bool]


def search_neighbourhoods(
    state: State,
    parts: Sequence[Sequence[int]],
    *,
    near: Sequence[Sequence[int]],
    bound: int,
    effort: Effort,
    stop: Stop,
) -> None:
    """Make the state cheaper part by part (numbers of events) until it costs ``bound`` or nothing helps.

    Every neighbourhood is solved exactly, so the state never becomes dearer; ``effort`` is drawn on.
    ``near``: by part the events that share anything with it.
    """
    for months in range(1, PASSES + 1):
        before = state.cost
        for part, around in zip(parts, near, strict=True):
            for free in _neighbourhoods(state, part, months):
                if state.cost <= bound or stop() or effort.left <= 0:
                    return
                improve_state(state, free, near=around, nodes=NODES_EACH, effort=effort, stop=stop)
        if months > 1 and state.cost == before:
            return


def _neighbourhoods(state: State, part: Sequence[int], months: int) -> Iterator[list[int]]:
    """The part's events by so many months, then by campaign."""
    compiled = state.compiled
    movable = [number for number in part if not state.events[number].pinned]
    for first in dict.fromkeys(compiled.grid.month):
        months_of = range(first, first + months)
        window = compiled.grid.of_days(n for n, month in enumerate(compiled.grid.month) if month in months_of)
        yield from _chunks(state, [n for n in movable if _stands_in(state, n, window)])
    campaigns: dict[str, list[int]] = defaultdict(list)
    for number in movable:
        campaigns[compiled.families[state.events[number].family].campaign].append(number)
    for of in campaigns.values():
        yield from _chunks(state, of)


def _stands_in(state: State, number: int, window: int) -> bool:
    """Whether an event stands in the window, or stands nowhere and could stand there."""
    assignment = state.at[number]
    return bool(state.events[number].slots & window if assignment is None else window >> assignment.slot & 1)


def _chunks(state: State, numbers: list[int]) -> Iterator[list[int]]:
    """The events in the order of their days, not too many at once."""

    def slot(number: int) -> int:
        assignment = state.at[number]
        return next(slots_of(state.events[number].slots), 0) if assignment is None else assignment.slot

    numbers.sort(key=lambda number: (slot(number), number))
    parts = -(-len(numbers) // MOST)
    for part in range(parts):
        yield numbers[part * len(numbers) // parts : (part + 1) * len(numbers) // parts]


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

    ``effort`` is drawn on. ``near``: events beside which no other shares a resource or count with the free
    ones (all).
    """
    around = range(len(state.at)) if near is None else near
    neighbourhood = _Freed(state, sorted(set(free)), around)
    return neighbourhood.solve(nodes, Effort(ROUNDS * EFFORT) if effort is None else effort, stop)


class _Freed:
    """The free events of a state, everything else being fixed."""

    def __init__(self, state: State, free: Sequence[int], near: Sequence[int]) -> None:
        self._state = state
        self._free = free
        self._before = {number: assignment for number in free if (assignment := state.at[number]) is not None}
        held = set(free)
        fixed = {n: assignment for n in near if n not in held and (assignment := state.at[n]) is not None}
        view = with_fixed(state.compiled, fixed)
        domains = domains_of(view, numbers=free)
        touched = {constraint for domain in domains for constraint in domain.counts}
        # What the state's cost counts; nothing hard may be broken unless something is missing already.
        hard = None if complete(state) else state.compiled.precedence.hard
        self._formulation = Formulation(
            view, domains, soft=True, hard=hard, precise=True, counting=sorted(touched)
        )

    def solve(self, nodes: int, effort: Effort, stop: Stop | None) -> bool:
        """Solve, round what breaks a limit, write that limit down, solve again."""
        milp, formulation = self._formulation.milp, self._formulation
        before = milp.cost_of(formulation.write(self._before))
        # The relaxation costs little and often shows that nothing better is there.
        relaxed = milp.solve(effort=ITERATIONS, relaxed=True, stop=stop)
        if not relaxed.found or relaxed.least >= before - SLACK:
            return False
        for _ in range(ROUNDS):
            share = effort.share(EFFORT)
            outcome = effort.spend(milp.solve(effort=share, nodes=nodes, stop=stop))
            if not outcome.found or outcome.cost >= before - SLACK:
                return False
            cells = formulation.read(outcome.values)
            broken = formulation.broken(cells)
            # Rounding may mend what the solution broke; then the broken limits need no further round.
            if self._take(cells):
                return True
            if not broken:
                return False
            for limit in broken:
                formulation.forbid(limit)
        return False

    def _take(self, cells: dict[int, tuple[int, int, int]]) -> bool:
        """Put the free events where the solution has them; as before if that is no better."""
        state = self._state
        cost = state.cost
        self._lift()
        pending = []
        for index, (bits, host, place) in cells.items():
            number = self._free[index]
            option = state.option(number, Assignment(0, host, place))
            if state.free(number, option) & bits:
                state.drop(number, option, bits.bit_length() - 1)
            else:
                pending.append(number)
        for number in pending:
            put_cheapest(state, number)
        if state.cost < cost:
            return True
        self._lift()
        for number, assignment in self._before.items():
            state.drop(number, state.option(number, assignment), assignment.slot)
        return False

    def _lift(self) -> None:
        for number in self._free:
            if self._state.at[number] is not None:
                self._state.lift(number)


def with_fixed(compiled: Compiled, assignments: Mapping[int, Assignment]) -> Compiled:
    """The same problem with the events of ``assignments`` (by number) fixed there."""
    per_day = compiled.grid.per_day
    slots: dict[int, list[int]] = defaultdict(list)
    counts: dict[int, int] = defaultdict(int)
    days = defaultdict(list, {campaign: list(held) for campaign, held in compiled.fixed_days.items()})
    for number, assignment in assignments.items():
        event = compiled.events[number]
        for resource in compiled.resources_of(event.family, assignment.host, assignment.place):
            slots[resource].append(assignment.slot)
        day = assignment.slot // per_day
        for constraint in compiled.counting_of(
            event.family, assignment.host, assignment.place, compiled.day_type[day]
        ):
            counts[constraint] += 1
        campaign = compiled.families[event.family].campaign
        if campaign in compiled.spreads_of:
            days[campaign].append(day)
    view = copy(compiled)
    view.resources = list(compiled.resources)
    for number, taken in slots.items():
        view.resources[number] = _taken(compiled.resources[number], tuple(taken), per_day)
    view.counting = list(compiled.counting)
    for number, count in counts.items():
        old = compiled.counting[number]
        view.counting[number] = old._replace(initial=old.initial + count)
    view.fixed_days = days
    return view


def _taken(resource: Resource, slots: tuple[int, ...], per_day: int) -> Resource:
    """A resource with events on these slots."""
    if isinstance(resource, QuotaResource):
        return resource._replace(maximum=resource.maximum - sum(resource.slots >> slot & 1 for slot in slots))
    if isinstance(resource, UnitResource):
        resource = resource._replace(engagements=resource.engagements + slots)
    taken = tuple(slot // per_day for slot in slots) if isinstance(resource, GapResource) else slots
    return resource._replace(fixed=resource.fixed + taken)
