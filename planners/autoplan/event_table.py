"""活动编成号码：哪些时段可排、可由谁、可去哪里、各时段自身的代价。"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from planners.autoplan.numbering import NONE, Numbering
from planners.autoplan.problem import BlockScope, Placement, PlanEvent


class Assignment(NamedTuple):
    """Where an event stands, in numbers: slot, host and place (``NONE`` where it has none)."""

    slot: int
    host: int
    place: int


class CompiledEvent(NamedTuple):
    """An event in numbers. ``slots``: where its window, day kinds, halves, general and campaign blocks allow it.

    ``slot_costs``: half, weekday and vacation cost by slot. ``value``: soft cost of leaving it out
    (optional ones); ``kept``: its assignment in the baseline. A pinned event has one slot, host and place
    at most.
    """

    number: int
    key: str
    required: bool
    value: int
    slots: int
    hosts: tuple[int, ...]
    places: tuple[int, ...]
    family: int
    slot_costs: Sequence[int]
    pinned: bool
    kept: Assignment | None


def compile_events(numbering: Numbering) -> tuple[CompiledEvent, ...]:
    """The events of the problem in numbers, in its order."""
    return _EventTable(numbering).events()


def assignment_of(numbering: Numbering, placement: Placement) -> Assignment | None:
    """A placement in numbers; None where its slot is outside the horizon or a key is unknown."""
    slot = numbering.grid.slot(placement.day, placement.half)
    host = NONE if placement.host is None else numbering.units.get(placement.host)
    place = NONE if placement.place is None else numbering.places.get(placement.place)
    return None if slot is None or host is None or place is None else Assignment(slot, host, place)


class _EventTable:
    def __init__(self, numbering: Numbering) -> None:
        self._numbering = numbering
        self._problem = numbering.problem
        self._grid = numbering.grid
        self._open = self._open_slots()
        self._halves: dict[tuple[str, ...], int] = {}
        self._costs: dict[object, Sequence[int]] = {}
        self._kept = {placement.event: placement for placement in self._problem.baseline or ()}

    def _open_slots(self) -> Mapping[str, int]:
        """By campaign: the slots of its day kinds that no general or campaign block closes."""
        closed: dict[str, int] = defaultdict(int)
        for block in self._problem.blocks:
            if block.scope in (BlockScope.ALL, BlockScope.CAMPAIGN):
                whom = block.target if block.scope is BlockScope.CAMPAIGN else ""
                closed[whom] |= self._numbering.closed_slots(block)
        return {
            campaign.key: self._grid.of_kinds(campaign.day_kinds) & ~closed[""] & ~closed[campaign.key]
            for campaign in self._problem.campaigns
        }

    def events(self) -> tuple[CompiledEvent, ...]:
        return tuple(self._event(number, event) for number, event in enumerate(self._problem.events))

    def _event(self, number: int, event: PlanEvent) -> CompiledEvent:
        numbering = self._numbering
        hosts = tuple(numbering.units[host] for host in event.hosts) or (NONE,)
        places = tuple(numbering.places[place] for place in event.places) or (NONE,)
        slots = self._grid.period(event.period) & self._open[event.campaign] & self._half_slots(event.halves)
        if event.pinned is not None:
            assignment = assignment_of(numbering, event.pinned)
            # A pin outside the horizon or its own options leaves no slot or no option: the event is impossible, not free.
            slots &= 0 if assignment is None else 1 << assignment.slot
            hosts = (assignment.host,) if assignment is not None and assignment.host in hosts else ()
            places = (assignment.place,) if assignment is not None and assignment.place in places else ()
        kept = self._kept.get(event.key)
        return CompiledEvent(
            number,
            event.key,
            event.required,
            event.value * self._problem.weights.unplaced // 100,
            slots,
            hosts,
            places,
            numbering.family(event.campaign, event.co_hosts, event.attributes),
            self._slot_costs(event),
            event.pinned is not None,
            None if kept is None else assignment_of(numbering, kept),
        )

    def _half_slots(self, halves: tuple[str, ...]) -> int:
        if halves not in self._halves:
            self._halves[halves] = self._grid.of_halves(halves)
        return self._halves[halves]

    def _slot_costs(self, event: PlanEvent) -> Sequence[int]:
        """One table for all events with the same preferences."""
        # There are few distinct preferences and many events; a table is as long as the horizon.
        key = (event.preferred_half, event.avoid_weekdays, event.preferred_calendar)
        if key not in self._costs:
            self._costs[key] = self._cost_table(event)
        return self._costs[key]

    def _cost_table(self, event: PlanEvent) -> Sequence[int]:
        grid, weights = self._grid, self._problem.weights
        term = grid.all
        if event.preferred_calendar is not None:
            term = 0
            for period in self._problem.calendars[event.preferred_calendar]:
                term |= grid.period(period)
        costs = [0] * grid.size
        for slot in range(grid.size):
            if event.preferred_half is not None and grid.half_of(slot) != event.preferred_half:
                costs[slot] += weights.half
            if grid.weekday[slot // grid.per_day] in event.avoid_weekdays:
                costs[slot] += weights.weekday_avoid
            if not term >> slot & 1:
                costs[slot] += weights.vacation
        return costs
