"""占用：单位、场所、间隔、容量、上限各管一张“还空着”的位图，放进一场、拿走一场都随之更新。

One object a resource with the bit set ``open`` of slots that still take one more event. ``add`` and
``remove`` are exact inverses in any order; they are the inner loop of the search.
"""

from __future__ import annotations

from typing import Protocol

from planners.autoplan.compiled import Compiled
from planners.autoplan.grid import SlotGrid
from planners.autoplan.resources import (
    CapacityResource,
    GapResource,
    PlaceResource,
    QuotaResource,
    Resource,
    UnitResource,
)


class Availability(Protocol):
    """What is taken up: ``open`` are the slots where one more event finds room."""

    open: int

    def add(self, slot: int) -> None:
        """One more event at ``slot``."""

    def remove(self, slot: int) -> None:
        """One event less at ``slot``."""


class _UnitAvailability:
    """One engagement a slot, ``cap`` an ISO week."""

    __slots__ = ("_cap", "_closed", "_exclusive", "_grid", "_taken", "_weeks", "open")

    def __init__(self, grid: SlotGrid, resource: UnitResource) -> None:
        self._grid = grid
        self._cap = resource.cap
        self._exclusive = resource.exclusive
        self._closed = resource.closed
        self._weeks = [0] * len(grid.week_bits)
        self._taken = 0
        for slot in resource.engagements:
            self._weeks[grid.week[slot // grid.per_day]] += 1
        for slot in resource.fixed if resource.exclusive else ():
            self._closed |= 1 << slot
        for week, count in enumerate(self._weeks):
            if count >= self._cap:
                self._closed |= grid.week_bits[week]
        self.open = grid.all & ~self._closed

    def add(self, slot: int) -> None:
        week = self._grid.week[slot // self._grid.per_day]
        self._weeks[week] += 1
        if self._exclusive:
            self._taken |= 1 << slot
            self.open &= ~(1 << slot)
        # Equal, not above: the week closes with the event that fills it; events come one at a time.
        if self._weeks[week] == self._cap:
            self.open &= ~self._grid.week_bits[week]

    def remove(self, slot: int) -> None:
        week = self._grid.week[slot // self._grid.per_day]
        self._weeks[week] -= 1
        self._taken &= ~(1 << slot)
        if self._weeks[week] == self._cap - 1:
            # The week opens again, but for blocked slots and those taken by other events.
            self.open |= self._grid.week_bits[week] & ~self._closed & ~self._taken
        elif self._weeks[week] < self._cap and not self._closed >> slot & 1:
            self.open |= 1 << slot


class _SingleAvailability:
    """One event a slot."""

    __slots__ = ("open",)

    def __init__(self, open_slots: int) -> None:
        self.open = open_slots

    def add(self, slot: int) -> None:
        self.open &= ~(1 << slot)

    def remove(self, slot: int) -> None:
        self.open |= 1 << slot


class _CountedAvailability:
    """``capacity`` events a slot, or a day where ``per_day`` is more than one slot."""

    __slots__ = ("_bits", "_capacity", "_closed", "_counts", "_step", "open")

    def __init__(
        self, grid: SlotGrid, closed: int, capacity: int, fixed: tuple[int, ...], *, per_day: bool
    ) -> None:
        self._step = grid.per_day if per_day else 1
        self._bits = grid.day_bits if per_day else 1
        self._closed = closed
        self._capacity = capacity
        self._counts: dict[int, int] = {}
        for slot in fixed:
            self._counts[slot // self._step] = self._counts.get(slot // self._step, 0) + 1
        for place, count in self._counts.items():
            if count >= capacity:
                self._closed |= self._bits << place * self._step
        # No event ever passes the bound, so nothing would close it.
        if capacity < 1:
            self._closed = grid.all
        self.open = grid.all & ~self._closed

    def add(self, slot: int) -> None:
        place = slot // self._step
        count = self._counts.get(place, 0) + 1
        self._counts[place] = count
        if count >= self._capacity:
            self.open &= ~(self._bits << place * self._step)

    def remove(self, slot: int) -> None:
        place = slot // self._step
        count = self._counts[place] - 1
        self._counts[place] = count
        if count < self._capacity:
            self.open |= (self._bits << place * self._step) & ~self._closed


class _GapAvailability:
    """Days closer than the gap to an event of the group are closed."""

    __slots__ = ("_closed", "_near", "_per_day", "_placed", "open")

    def __init__(self, grid: SlotGrid, near: list[int], resource: GapResource) -> None:
        self._per_day = grid.per_day
        self._near = near
        self._placed: list[int] = []
        closed = 0
        for day in resource.fixed:
            closed |= self._near[day]
        self._closed = grid.all & ~closed
        self.open = self._closed

    def add(self, slot: int) -> None:
        day = slot // self._per_day
        self._placed.append(day)
        self.open &= ~self._near[day]

    def remove(self, slot: int) -> None:
        # Neighbourhoods of several events overlap, so what one leaves is only open if no other closes it:
        # count anew instead of clearing bits. There are few events in a group.
        self._placed.remove(slot // self._per_day)
        closed = 0
        for day in self._placed:
            closed |= self._near[day]
        self.open = self._closed & ~closed


class _QuotaAvailability:
    """The slots of the period are closed once the maximum is there."""

    __slots__ = ("_all", "_count", "_maximum", "_slots", "open")

    def __init__(self, grid: SlotGrid, resource: QuotaResource) -> None:
        self._all = grid.all
        self._slots = resource.slots
        self._maximum = resource.maximum
        self._count = 0
        self.open = self._all & ~resource.slots if resource.maximum < 1 else self._all

    def add(self, slot: int) -> None:
        if self._slots >> slot & 1:
            self._count += 1
            if self._count == self._maximum:
                self.open = self._all & ~self._slots

    def remove(self, slot: int) -> None:
        if self._slots >> slot & 1:
            self._count -= 1
            if self._count == self._maximum - 1:
                self.open = self._all


def availabilities(compiled: Compiled) -> list[Availability]:
    """The resources of a problem with nothing but the fixed events in them."""
    near: dict[int, list[int]] = {}
    return [_availability(compiled.grid, resource, near) for resource in compiled.resources]


def _availability(grid: SlotGrid, resource: Resource, near: dict[int, list[int]]) -> Availability:
    if isinstance(resource, UnitResource):
        return _UnitAvailability(grid, resource)
    if isinstance(resource, PlaceResource):
        # By far the most places take one event: one bit, no count.
        if resource.capacity == 1:
            taken = 0
            for slot in resource.fixed:
                taken |= 1 << slot
            return _SingleAvailability(grid.all & ~resource.closed & ~taken)
        return _CountedAvailability(grid, resource.closed, resource.capacity, resource.fixed, per_day=False)
    if isinstance(resource, GapResource):
        if resource.min_days not in near:
            near[resource.min_days] = [
                grid.span(day - resource.min_days + 1, day + resource.min_days)
                for day in range(len(grid.days))
            ]
        return _GapAvailability(grid, near[resource.min_days], resource)
    if isinstance(resource, CapacityResource):
        return _CountedAvailability(grid, 0, resource.maximum, resource.fixed, per_day=resource.per_day)
    return _QuotaAvailability(grid, resource)
