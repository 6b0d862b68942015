"""每场活动还能怎么排：可用时段、主办与场所；其中哪些占用何处、计入何数，归成几种条件。"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from enum import Enum
from typing import NamedTuple

from planners.autoplan.compiled import Compiled, CompiledEvent, QuotaRoom, Spot
from planners.autoplan.grid import slots_of
from planners.autoplan.rooms import LiveRoom, live_rooms

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


def spaces_of(
    compiled: Compiled,
    fixed: Mapping[int, Spot] | None = None,
    *,
    numbers: Iterable[int] | None = None,
    rooms: Sequence[LiveRoom] | None = None,
    soft: bool = True,
) -> list[Space]:
    """The choices of the events ``numbers`` (all); those in ``fixed`` have but one.

    ``rooms``: what is taken up already (only by standing events unless told); ``soft``: with the
    counters of the preferences.
    """
    maker = _Maker(compiled, live_rooms(compiled) if rooms is None else rooms, soft=soft)
    return [
        maker.space(compiled.events[number], (fixed or {}).get(number))
        for number in (range(len(compiled.events)) if numbers is None else numbers)
    ]


class _Maker:
    def __init__(self, compiled: Compiled, rooms: Sequence[LiveRoom], *, soft: bool) -> None:
        self._compiled = compiled
        self._open = [room.open for room in rooms]
        self._quotas = {n: room.slots for n, room in enumerate(compiled.rooms) if isinstance(room, QuotaRoom)}
        self._soft = soft
        self._days: list[int] = []
        for day in range(len(compiled.grid.days)):
            self._days.append(compiled.grid.span(day, day + 1))
        self._conditions: dict[object, dict[int, Condition]] = {}
        self._counts: dict[object, dict[int, tuple[tuple[Condition, int], ...]]] = {}

    def space(self, event: CompiledEvent, fixed: Spot | None) -> Space:
        slots = event.slots
        hosts, places = event.hosts, event.places
        if fixed is not None:
            slots &= 1 << fixed.slot
            hosts = tuple(host for host in hosts if host == fixed.host)
            places = tuple(place for place in places if place == fixed.place)
        opened = self._opened(event.family, slots, hosts, places)
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
        per_day = self._compiled.grid.per_day
        rest = slots
        while rest:
            day = ((rest & -rest).bit_length() - 1) // per_day
            bits_by_type[self._compiled.day_type[day]] |= self._days[day] & slots
            rest &= ~self._days[day]
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
            if condition is not ALWAYS and room in self._quotas:
                masks.add(self._quotas[room] & slots)
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
