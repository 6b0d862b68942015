"""每场活动还能怎么排：可用时段、主办与场所；其中哪些占用何处、计入何数，归成几种条件。

The domain of an event: options (host, place) with their open slots. Which options take up a resource or
add to a count is stated as a condition on host and place, as the model has no column for a pair.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from copy import copy
from enum import Enum
from functools import lru_cache
from typing import NamedTuple

from planners.autoplan.availability import availabilities
from planners.autoplan.compiled import Compiled
from planners.autoplan.event_table import Assignment, CompiledEvent
from planners.autoplan.grid import slots_of
from planners.autoplan.resources import QuotaResource

Option = tuple[int, int]
"""Host and place."""


class ConditionKind(Enum):
    """What a condition asks of an event's host and place."""

    ALWAYS = "always"
    HOST = "host"
    PLACE = "place"
    EITHER = "either"
    BOTH = "both"


class OptionCondition(NamedTuple):
    """Holds for an option with a host among ``hosts`` and/or a place among ``places``, as ``kind`` says."""

    kind: ConditionKind
    hosts: frozenset[int] = frozenset()
    places: frozenset[int] = frozenset()


ALWAYS = OptionCondition(ConditionKind.ALWAYS)


class EventDomain(NamedTuple):
    """An event's choices: each option with its open slots (never none), all of them together in ``slots``.

    ``resources``: when it takes up which room; ``counts``: when and on which slots it adds to which counting constraint;
    ``segments`` divide the slots so that every count of some options only is on whole segments.
    """

    event: CompiledEvent
    slots: int
    hosts: tuple[int, ...]
    places: tuple[int, ...]
    open: Mapping[Option, int]
    resources: Mapping[int, OptionCondition]
    counts: Mapping[int, tuple[tuple[OptionCondition, int], ...]]
    segments: tuple[int, ...]


def prepared(compiled: Compiled) -> Compiled:
    """The same problem, remembering the counting constraints it was asked for."""
    view = copy(compiled)
    view.counting_of = lru_cache(maxsize=None)(compiled.counting_of)
    return view


def open_slots(compiled: Compiled, resources: Iterable[int]) -> dict[int, int]:
    """The slots that each of these resources (by number) leaves open beside the fixed events."""
    numbers = list(resources)
    view = copy(compiled)
    view.resources = [compiled.resources[number] for number in numbers]
    return {number: resource.open for number, resource in zip(numbers, availabilities(view), strict=True)}


def domains_of(
    compiled: Compiled, *, numbers: Iterable[int] | None = None, soft: bool = True
) -> list[EventDomain]:
    """The choices of the events ``numbers`` (all); ``soft``: with the counting constraints of the preferences."""
    events = compiled.events if numbers is None else [compiled.events[number] for number in numbers]
    builder = _DomainBuilder(compiled, events, soft=soft)
    return [builder.domain(event) for event in events]


class _DomainBuilder:
    def __init__(self, compiled: Compiled, events: Iterable[CompiledEvent], *, soft: bool) -> None:
        self._compiled = compiled
        self._soft = soft
        options = {(e.family, host, place) for e in events for host in e.hosts for place in e.places}
        resources = {resource for option in options for resource in compiled.resources_of(*option)}
        self._open = open_slots(compiled, sorted(resources))
        self._conditions: dict[object, dict[int, OptionCondition]] = {}
        self._counts: dict[object, dict[int, tuple[tuple[OptionCondition, int], ...]]] = {}

    def domain(self, event: CompiledEvent) -> EventDomain:
        hosts, places = event.hosts, event.places
        opened = self._opened(event.family, event.slots, hosts, places)
        together = 0
        for bits in opened.values():
            together |= bits
        hosts = tuple(h for h in hosts if any((h, p) in opened for p in places))
        places = tuple(p for p in places if any((h, p) in opened for h in hosts))
        resources = self._resources_of(event.family, hosts, places)
        counts = self._counts_of(event.family, hosts, places, together)
        return EventDomain(
            event, together, hosts, places, opened, resources, counts, self._cut(together, resources, counts)
        )

    def _opened(
        self, family: int, slots: int, hosts: Sequence[int], places: Sequence[int]
    ) -> dict[Option, int]:
        opened = {}
        for host in hosts:
            for place in places:
                bits = slots
                for resource in self._compiled.resources_of(family, host, place):
                    bits &= self._open[resource]
                if bits:
                    opened[host, place] = bits
        return opened

    def _resources_of(
        self, family: int, hosts: Sequence[int], places: Sequence[int]
    ) -> dict[int, OptionCondition]:
        key = (family, hosts, places)
        if key not in self._conditions:
            options: dict[int, set[Option]] = defaultdict(set)
            for host in hosts:
                for place in places:
                    for resource in self._compiled.resources_of(family, host, place):
                        options[resource].add((host, place))
            self._conditions[key] = {
                resource: _condition(of, hosts, places) for resource, of in options.items()
            }
        return self._conditions[key]

    def _counts_of(
        self, family: int, hosts: Sequence[int], places: Sequence[int], slots: int
    ) -> dict[int, tuple[tuple[OptionCondition, int], ...]]:
        bits_by_type: dict[int, int] = defaultdict(int)
        grid = self._compiled.grid
        rest = slots
        while rest:
            day = ((rest & -rest).bit_length() - 1) // grid.per_day
            of_day = grid.day_bits << day * grid.per_day
            bits_by_type[self._compiled.day_type[day]] |= of_day & slots
            rest &= ~of_day
        key = (family, hosts, places, tuple(bits_by_type.items()))
        if key not in self._counts:
            self._counts[key] = self._count(family, hosts, places, bits_by_type)
        return self._counts[key]

    def _count(
        self, family: int, hosts: Sequence[int], places: Sequence[int], bits_by_type: Mapping[int, int]
    ) -> dict[int, tuple[tuple[OptionCondition, int], ...]]:
        counting = self._compiled.counting
        found: dict[int, dict[frozenset[Option], int]] = defaultdict(lambda: defaultdict(int))
        for day_type, bits in bits_by_type.items():
            options: dict[int, set[Option]] = defaultdict(set)
            for host in hosts:
                for place in places:
                    for constraint in self._compiled.counting_of(family, host, place, day_type):
                        if self._soft or counting[constraint].hard:
                            options[constraint].add((host, place))
            for constraint, of in options.items():
                found[constraint][frozenset(of)] |= bits
        return {
            constraint: tuple((_condition(of, hosts, places), bits) for of, bits in sets.items())
            for constraint, sets in found.items()
        }

    def _cut(
        self,
        slots: int,
        resources: Mapping[int, OptionCondition],
        counts: Mapping[int, tuple[tuple[OptionCondition, int], ...]],
    ) -> tuple[int, ...]:
        masks = {
            bits
            for pairs in counts.values()
            for condition, bits in pairs
            if condition is not ALWAYS and bits != slots
        }
        for resource, condition in resources.items():
            quota = self._compiled.resources[resource]
            if condition is not ALWAYS and isinstance(quota, QuotaResource):
                masks.add(quota.slots & slots)
        parts = [slots] if slots else []
        for mask in sorted(masks):
            parts = [piece for part in parts for piece in (part & mask, part & ~mask) if piece]
        return tuple(sorted(parts))


def _condition(options: Iterable[Option], hosts: Sequence[int], places: Sequence[int]) -> OptionCondition:
    """The condition that holds for just these options of all ``hosts`` × ``places``."""
    options = set(options)
    if len(options) == len(hosts) * len(places):
        return ALWAYS
    full_hosts = frozenset(h for h in hosts if all((h, p) in options for p in places))
    full_places = frozenset(p for p in places if all((h, p) in options for h in hosts))
    if full_hosts and full_places:
        return OptionCondition(ConditionKind.EITHER, full_hosts, full_places)
    if full_hosts:
        return OptionCondition(ConditionKind.HOST, full_hosts)
    if full_places:
        return OptionCondition(ConditionKind.PLACE, frozenset(), full_places)
    return OptionCondition(
        ConditionKind.BOTH, frozenset(host for host, _ in options), frozenset(place for _, place in options)
    )


def holds(condition: OptionCondition, assignment: Assignment) -> bool:
    """Whether the host and place of ``assignment`` meet the condition."""
    if condition.kind is ConditionKind.ALWAYS:
        return True
    asked = [assignment.host in condition.hosts] * bool(condition.hosts) + [
        assignment.place in condition.places
    ] * bool(condition.places)
    return all(asked) if condition.kind is ConditionKind.BOTH else any(asked)


def cells(domain: EventDomain, per_day: int, *, days: bool) -> list[int]:
    """The slots of a domain one by one, or day by day."""
    if not days:
        return [1 << slot for slot in slots_of(domain.slots)]
    found = []
    rest, day_bits = domain.slots, (1 << per_day) - 1
    while rest:
        first = ((rest & -rest).bit_length() - 1) // per_day * per_day
        found.append(domain.slots & day_bits << first)
        rest &= ~(day_bits << first)
    return found
