"""每场活动还能怎么排：可用时段、主办与场所；其中哪些占用何处、计入何数，归成几种条件。"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from copy import copy
from enum import Enum
from functools import lru_cache
from typing import NamedTuple

from planners.autoplan.compiled import Compiled, CompiledEvent, QuotaRoom, Spot
from planners.autoplan.grid import slots_of
from planners.autoplan.rooms import live_rooms

Option = tuple[int, int]
"""Host and place."""


class Kind(Enum):
    """What a condition asks of an event's host and place."""

    ALWAYS = "always"
    HOST = "host"
    PLACE = "place"
    EITHER = "either"
    BOTH = "both"


class Condition(NamedTuple):
    """Holds for an option with a host among ``hosts`` and/or a place among ``places``, as ``kind`` says."""

    kind: Kind
    hosts: frozenset[int] = frozenset()
    places: frozenset[int] = frozenset()


ALWAYS = Condition(Kind.ALWAYS)


class Space(NamedTuple):
    """An event's choices: each option with its open slots (never none), all of them together in ``slots``.

    ``rooms``: when it takes up which room; ``counts``: when and on which slots it adds to which counter;
    ``segments`` divide the slots so that every count of some options only is on whole segments.
    """

    event: CompiledEvent
    slots: int
    hosts: tuple[int, ...]
    places: tuple[int, ...]
    open: Mapping[Option, int]
    rooms: Mapping[int, Condition]
    counts: Mapping[int, tuple[tuple[Condition, int], ...]]
    segments: tuple[int, ...]


def prepared(compiled: Compiled) -> Compiled:
    """The same problem, remembering the counters it was asked for."""
    view = copy(compiled)
    view.counters_of = lru_cache(maxsize=None)(compiled.counters_of)
    return view


def open_slots(compiled: Compiled, rooms: Iterable[int]) -> dict[int, int]:
    """The slots that each of these rooms (by number) leaves open beside the standing events."""
    numbers = list(rooms)
    view = copy(compiled)
    view.rooms = [compiled.rooms[number] for number in numbers]
    return {number: room.open for number, room in zip(numbers, live_rooms(view), strict=True)}


def spaces_of(compiled: Compiled, *, numbers: Iterable[int] | None = None, soft: bool = True) -> list[Space]:
    """The choices of the events ``numbers`` (all); ``soft``: with the counters of the preferences."""
    events = compiled.events if numbers is None else [compiled.events[number] for number in numbers]
    maker = _Maker(compiled, events, soft=soft)
    return [maker.space(event) for event in events]


class _Maker:
    def __init__(self, compiled: Compiled, events: Iterable[CompiledEvent], *, soft: bool) -> None:
        self._compiled = compiled
        self._soft = soft
        options = {(e.family, host, place) for e in events for host in e.hosts for place in e.places}
        rooms = {room for option in options for room in compiled.rooms_of(*option)}
        self._open = open_slots(compiled, sorted(rooms))
        self._conditions: dict[object, dict[int, Condition]] = {}
        self._counts: dict[object, dict[int, tuple[tuple[Condition, int], ...]]] = {}

    def space(self, event: CompiledEvent) -> Space:
        hosts, places = event.hosts, event.places
        opened = self._opened(event.family, event.slots, hosts, places)
        together = 0
        for bits in opened.values():
            together |= bits
        hosts = tuple(h for h in hosts if any((h, p) in opened for p in places))
        places = tuple(p for p in places if any((h, p) in opened for h in hosts))
        rooms = self._rooms_of(event.family, hosts, places)
        counts = self._counts_of(event.family, hosts, places, together)
        return Space(
            event, together, hosts, places, opened, rooms, counts, self._cut(together, rooms, counts)
        )

    def _opened(
        self, family: int, slots: int, hosts: Sequence[int], places: Sequence[int]
    ) -> dict[Option, int]:
        opened = {}
        for host in hosts:
            for place in places:
                bits = slots
                for room in self._compiled.rooms_of(family, host, place):
                    bits &= self._open[room]
                if bits:
                    opened[host, place] = bits
        return opened

    def _rooms_of(self, family: int, hosts: Sequence[int], places: Sequence[int]) -> dict[int, Condition]:
        key = (family, hosts, places)
        if key not in self._conditions:
            options: dict[int, set[Option]] = defaultdict(set)
            for host in hosts:
                for place in places:
                    for room in self._compiled.rooms_of(family, host, place):
                        options[room].add((host, place))
            self._conditions[key] = {room: _condition(of, hosts, places) for room, of in options.items()}
        return self._conditions[key]

    def _counts_of(
        self, family: int, hosts: Sequence[int], places: Sequence[int], slots: int
    ) -> dict[int, tuple[tuple[Condition, int], ...]]:
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
    ) -> dict[int, tuple[tuple[Condition, int], ...]]:
        counters = self._compiled.counters
        found: dict[int, dict[frozenset[Option], int]] = defaultdict(lambda: defaultdict(int))
        for day_type, bits in bits_by_type.items():
            options: dict[int, set[Option]] = defaultdict(set)
            for host in hosts:
                for place in places:
                    for counter in self._compiled.counters_of(family, host, place, day_type):
                        if self._soft or counters[counter].hard:
                            options[counter].add((host, place))
            for counter, of in options.items():
                found[counter][frozenset(of)] |= bits
        return {
            counter: tuple((_condition(of, hosts, places), bits) for of, bits in sets.items())
            for counter, sets in found.items()
        }

    def _cut(
        self,
        slots: int,
        rooms: Mapping[int, Condition],
        counts: Mapping[int, tuple[tuple[Condition, int], ...]],
    ) -> tuple[int, ...]:
        masks = {
            bits
            for pairs in counts.values()
            for condition, bits in pairs
            if condition is not ALWAYS and bits != slots
        }
        for room, condition in rooms.items():
            quota = self._compiled.rooms[room]
            if condition is not ALWAYS and isinstance(quota, QuotaRoom):
                masks.add(quota.slots & slots)
        parts = [slots] if slots else []
        for mask in sorted(masks):
            parts = [piece for part in parts for piece in (part & mask, part & ~mask) if piece]
        return tuple(sorted(parts))


def _condition(options: Iterable[Option], hosts: Sequence[int], places: Sequence[int]) -> Condition:
    """The condition that holds for just these options of all ``hosts`` × ``places``."""
    options = set(options)
    if len(options) == len(hosts) * len(places):
        return ALWAYS
    full_hosts = frozenset(h for h in hosts if all((h, p) in options for p in places))
    full_places = frozenset(p for p in places if all((h, p) in options for h in hosts))
    if full_hosts and full_places:
        return Condition(Kind.EITHER, full_hosts, full_places)
    if full_hosts:
        return Condition(Kind.HOST, full_hosts)
    if full_places:
        return Condition(Kind.PLACE, frozenset(), full_places)
    return Condition(
        Kind.BOTH, frozenset(host for host, _ in options), frozenset(place for _, place in options)
    )


def holds(condition: Condition, spot: Spot) -> bool:
    """Whether the host and place of ``spot`` meet the condition."""
    if condition.kind is Kind.ALWAYS:
        return True
    asked = [spot.host in condition.hosts] * bool(condition.hosts) + [spot.place in condition.places] * bool(
        condition.places
    )
    return all(asked) if condition.kind is Kind.BOTH else any(asked)


def cells(space: Space, per_day: int, *, days: bool) -> list[int]:
    """The slots of a space one by one, or day by day."""
    if not days:
        return [1 << slot for slot in slots_of(space.slots)]
    found = []
    rest, day_bits = space.slots, (1 << per_day) - 1
    while rest:
        first = ((rest & -rest).bit_length() - 1) // per_day * per_day
        found.append(space.slots & day_bits << first)
        rest &= ~(day_bits << first)
    return found
