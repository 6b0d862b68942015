"""占用：单位、场所、间隔、容量、上限各管一张“还空着”的位图，放进一场、拿走一场都随之更新。"""

from __future__ import annotations

from typing import Protocol

from planners.autoplan.compiled import (
    Compiled,
    GapRoom,
    PlaceRoom,
    QuotaRoom,
    Room,
    SharedRoom,
    UnitRoom,
)
from planners.autoplan.grid import Grid


class LiveRoom(Protocol):
    """What is taken up: ``open`` are the slots where one more event finds room."""

    open: int

    def add(self, slot: int) -> None:
        """One more event at ``slot``."""

    def remove(self, slot: int) -> None:
        """One event less at ``slot``."""


class _UnitTime:
    """One engagement a slot, ``cap`` an ISO week."""

    __slots__ = ("_cap", "_closed", "_exclusive", "_grid", "_taken", "_weeks", "open")

    def __init__(self, grid: Grid, room: UnitRoom) -> None:
        self._grid = grid
        self._cap = room.cap
        self._exclusive = room.exclusive
        self._closed = room.closed
        self._weeks = [0] * len(grid.week_bits)
        self._taken = 0
        for slot in room.engagements:
            self._weeks[grid.week[slot // grid.per_day]] += 1
        for slot in room.standing if room.exclusive else ():
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
        if self._weeks[week] == self._cap:
            self.open &= ~self._grid.week_bits[week]

    def remove(self, slot: int) -> None:
        week = self._grid.week[slot // self._grid.per_day]
        self._weeks[week] -= 1
        self._taken &= ~(1 << slot)
        if self._weeks[week] == self._cap - 1:
            self.open |= self._grid.week_bits[week] & ~self._closed & ~self._taken
        elif self._weeks[week] < self._cap and not self._closed >> slot & 1:
            self.open |= 1 << slot


class _SingleRoom:
    """One event a slot."""

    __slots__ = ("open",)

    def __init__(self, open_slots: int) -> None:
        self.open = open_slots

    def add(self, slot: int) -> None:
        self.open &= ~(1 << slot)

    def remove(self, slot: int) -> None:
        self.open |= 1 << slot


class _CountedRoom:
    """``capacity`` events a slot, or a day where ``per_day`` is more than one slot."""

    __slots__ = ("_bits", "_capacity", "_closed", "_counts", "_step", "open")

    def __init__(
        self, grid: Grid, closed: int, capacity: int, standing: tuple[int, ...], *, per_day: bool
    ) -> None:
        self._step = grid.per_day if per_day else 1
        self._bits = grid.day_bits if per_day else 1
        self._closed = closed
        self._capacity = capacity
        self._counts: dict[int, int] = {}
        for slot in standing:
            self._counts[slot // self._step] = self._counts.get(slot // self._step, 0) + 1
        for place, count in self._counts.items():
            if count >= capacity:
                self._closed |= self._bits << place * self._step
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


class _Distance:
    """Days closer than the gap to an event of the group are closed."""

    __slots__ = ("_closed", "_near", "_per_day", "_placed", "open")

    def __init__(self, grid: Grid, near: list[int], room: GapRoom) -> None:
        self._per_day = grid.per_day
        self._near = near
        self._placed: list[int] = []
        closed = 0
        for day in room.standing:
            closed |= self._near[day]
        self._closed = grid.all & ~closed
        self.open = self._closed

    def add(self, slot: int) -> None:
        day = slot // self._per_day
        self._placed.append(day)
        self.open &= ~self._near[day]

    def remove(self, slot: int) -> None:
        self._placed.remove(slot // self._per_day)
        closed = 0
        for day in self._placed:
            closed |= self._near[day]
        self.open = self._closed & ~closed


class _Quota:
    """The slots of the period are closed once the maximum is there."""

    __slots__ = ("_all", "_count", "_maximum", "_slots", "open")

    def __init__(self, grid: Grid, room: QuotaRoom) -> None:
        self._all = grid.all
        self._slots = room.slots
        self._maximum = room.maximum
        self._count = 0
        self.open = self._all & ~room.slots if room.maximum < 1 else self._all

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


def live_rooms(compiled: Compiled) -> list[LiveRoom]:
    """The rooms of a problem with nothing but the standing events in them."""
    near: dict[int, list[int]] = {}
    return [_live(compiled.grid, room, near) for room in compiled.rooms]


def _live(grid: Grid, room: Room, near: dict[int, list[int]]) -> LiveRoom:
    if isinstance(room, UnitRoom):
        return _UnitTime(grid, room)
    if isinstance(room, PlaceRoom):
        if room.capacity == 1:
            taken = 0
            for slot in room.standing:
                taken |= 1 << slot
            return _SingleRoom(grid.all & ~room.closed & ~taken)
        return _CountedRoom(grid, room.closed, room.capacity, room.standing, per_day=False)
    if isinstance(room, GapRoom):
        if room.min_days not in near:
            near[room.min_days] = [
                grid.span(day - room.min_days + 1, day + room.min_days) for day in range(len(grid.days))
            ]
        return _Distance(grid, near[room.min_days], room)
    if isinstance(room, SharedRoom):
        return _CountedRoom(grid, 0, room.maximum, room.standing, per_day=room.per_day)
    return _Quota(grid, room)
