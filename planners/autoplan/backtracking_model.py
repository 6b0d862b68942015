"""回溯搜索的模型：哪些活动非排不可、哪些可补下限，各在哪些处所争位，哪些半天彼此无别。

Variables are the events that matter, values their candidates (host and place) at a slot. A resource
only counts where enough variables share it to get into each other's way; connected groups are searched
one by one.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from typing import NamedTuple

from planners.autoplan.availability import Availability, availabilities
from planners.autoplan.compiled import Compiled
from planners.autoplan.event_table import CompiledEvent
from planners.autoplan.numbering import OPEN
from planners.autoplan.resources import (
    CapacityResource,
    GapResource,
    PlaceResource,
    QuotaResource,
    UnitResource,
)

_Counts = tuple[tuple[int, int], ...]
_Draft = tuple[int, int, tuple[int, ...], _Counts]


class CandidateOption(NamedTuple):
    """A host and place of an event, possible at ``slots``; ``resources``: where others may be in its way.

    ``counts``: at which slots it meets a demand.
    """

    host: int
    place: int
    slots: int
    resources: tuple[Availability, ...]
    counts: tuple[tuple[int, int], ...]


class BacktrackingModel:
    """What an exhaustive search decides.

    ``events`` are numbered anew: the required ones and those that can meet a demand (a minimum that
    fixed events do not meet). ``peers`` of an event: all that are like it, itself included.
    """

    def __init__(self, compiled: Compiled) -> None:
        self.compiled = compiled
        self._resources = availabilities(compiled)
        self._set_demands()
        self._set_variables()

    def _set_demands(self) -> None:
        """The minima of the count rules that the fixed events do not meet yet."""
        numbering = self.compiled.numbering
        lacking = {
            number: rule.minimum - numbering.fixed_count(number)
            for number, rule in enumerate(numbering.count_rules)
            if rule.minimum and rule.minimum > numbering.fixed_count(number)
        }
        self._demand_rules = list(lacking)
        self.needs = list(lacking.values())
        self.demand_bits = [numbering.counted_slots(number) for number in lacking]

    def _set_variables(self) -> None:
        """The events that matter: required ones, and those that can meet a demand."""
        compiled = self.compiled
        self.events: list[CompiledEvent] = []
        self.peers: list[list[int]] = []
        self.contributors: list[set[int]] = [set() for _ in self.needs]
        alike: dict[object, list[int]] = {}
        users: dict[int, set[int]] = defaultdict(set)
        drafts = []
        for event in compiled.events:
            draft = self._draft(event)
            if not event.required and not any(counts for *_, counts in draft):
                continue
            number = len(self.events)
            self.events.append(event)
            drafts.append(draft)
            for _, _, resources, counts in draft:
                for resource in resources:
                    users[resource].add(number)
                for demand, _ in counts:
                    self.contributors[demand].add(number)
            kind = (event.family, event.slots, event.hosts, event.places, event.required)
            self.peers.append(alike.setdefault(kind, []))
            self.peers[-1].append(number)
        self._binding = {
            resource: using for resource, using in users.items() if self._binds(resource, len(using))
        }
        self.users = {id(self._resources[resource]): using for resource, using in self._binding.items()}
        self.candidates = [
            tuple(self._candidate(event, *option) for option in draft)
            for event, draft in zip(self.events, drafts, strict=True)
        ]

    def _draft(self, event: CompiledEvent) -> list[_Draft]:
        compiled = self.compiled
        rules = compiled.families[event.family].rules
        asked = [demand for demand, rule in enumerate(self._demand_rules) if rule in rules]
        return [
            (
                host,
                place,
                compiled.resources_of(event.family, host, place),
                tuple(
                    (demand, bits)
                    for demand in asked
                    if (bits := self.demand_bits[demand] & event.slots)
                    and compiled.numbering.counts(self._demand_rules[demand], host, place)
                ),
            )
            for host in event.hosts
            for place in event.places
        ]

    def _candidate(
        self, event: CompiledEvent, host: int, place: int, resources: tuple[int, ...], counts: _Counts
    ) -> CandidateOption:
        slots = event.slots
        for resource in resources:
            slots &= self._resources[resource].open
        binding = tuple(self._resources[resource] for resource in resources if resource in self._binding)
        return CandidateOption(host, place, slots, binding, counts)

    def _binds(self, number: int, users: int) -> bool:
        """Whether so many events can get into each other's way there."""
        resource = self.compiled.resources[number]
        if isinstance(resource, UnitResource):
            return users > 1 and (resource.exclusive or resource.cap < OPEN)
        # A distance binds as soon as two share it.
        if isinstance(resource, GapResource):
            return users > 1
        limit = resource.capacity if isinstance(resource, PlaceResource) else resource.maximum
        return users > limit or (
            users > 1 and not isinstance(resource, QuotaResource) and bool(resource.fixed)
        )

    def groups(self) -> Iterator[tuple[list[int], list[int]]]:
        """Variables that share a resource or a demand, directly or through others; and the demands."""
        # Union-find with path halving.
        root = list(range(len(self.events)))

        def find(number: int) -> int:
            while root[number] != number:
                root[number] = root[root[number]]
                number = root[number]
            return number

        for sharing in (*self.users.values(), *self.contributors):
            first, *others = sharing or (0,)
            for other in others:
                root[find(other)] = find(first)
        groups: dict[int, tuple[list[int], list[int]]] = defaultdict(lambda: ([], []))
        for variable in range(len(self.events)):
            groups[find(variable)][0].append(variable)
        for demand, contributors in enumerate(self.contributors):
            groups[find(min(contributors))][1].append(demand)
        yield from sorted(groups.values(), key=lambda group: len(group[0]))

    def slot_classes(self) -> list[int]:
        """The slots in sets: two of a set that hold nothing yet can change places in any plan."""
        grid = self.compiled.grid
        resources = [self.compiled.resources[number] for number in self._binding]
        masks = {candidate.slots for candidates in self.candidates for candidate in candidates} | set(
            self.demand_bits
        )
        masks.update(resource.slots for resource in resources if isinstance(resource, QuotaResource))
        if any(isinstance(resource, UnitResource) and resource.cap < OPEN for resource in resources):
            masks.update(grid.week_bits)
        if any(
            isinstance(resource, GapResource) or (isinstance(resource, CapacityResource) and resource.per_day)
            for resource in resources
        ):
            masks.update(grid.span(day, day + 1) for day in range(len(grid.days)))
        masks.update(
            1 << slot
            for resource in resources
            if isinstance(resource, PlaceResource | CapacityResource)
            for slot in resource.fixed
        )
        # Refine the one class of all slots by every set that some constraint tells apart.
        classes = [grid.all]
        for mask in sorted(masks):
            classes = [part for whole in classes for part in (whole & mask, whole & ~mask) if part]
        return classes
