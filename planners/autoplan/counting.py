"""先数一数：不经搜索，毫秒之内找出多半的排不下——没有可排的半天、单位排满、上限小于必办、下限够不着。"""

from __future__ import annotations

from collections import Counter as Tally
from collections import defaultdict
from collections.abc import Iterator
from typing import NamedTuple

from planners.autoplan.compiled import (
    OPEN,
    Compiled,
    CompiledEvent,
    GapRoom,
    PlaceRoom,
    QuotaRoom,
    SharedRoom,
    UnitRoom,
)
from planners.autoplan.constraint_ids import Constraint, may_count
from planners.autoplan.counting_decisions import decision_findings
from planners.autoplan.findings import Cause, Finding
from planners.autoplan.grid import slots_of
from planners.autoplan.packing import UNLIMITED, Packing, most_apart
from planners.autoplan.problem import CountRule, Problem
from planners.autoplan.rooms import live_rooms


def count_findings(problem: Problem, compiled: Compiled | None = None) -> Iterator[Finding]:
    """What counting alone proves impossible, the plainest first; nothing found proves nothing.

    The events (or decisions) of a finding cannot all be placed: the sub-problem of them is infeasible.
    ``compiled``: the same problem, if it is in numbers already.
    """
    yield from decision_findings(problem)
    if any(event.required for event in problem.events) or _minima(problem):
        yield from _Count(compiled or Compiled(problem)).findings()


def _minima(problem: Problem) -> list[CountRule]:
    return [rule for rule in problem.rules if isinstance(rule, CountRule) and rule.minimum]


class _Item(NamedTuple):
    """An event with the slots it can still have; ``forced``: the rooms that it takes up wherever it stands."""

    event: CompiledEvent
    slots: int
    forced: frozenset[int]


class _Count:
    """The required events of a problem against the rooms they cannot avoid, and the minima."""

    def __init__(self, compiled: Compiled) -> None:
        self._problem = compiled.problem
        self._compiled = compiled
        self._grid = self._compiled.grid
        self._live = live_rooms(self._compiled)
        self._items = [
            self._item(event, self._options(event)) for event in self._compiled.events if event.required
        ]

    def _options(self, event: CompiledEvent) -> list[tuple[int, int]]:
        return [(host, place) for host in event.hosts for place in event.places]

    def _item(self, event: CompiledEvent, options: list[tuple[int, int]], within: int = -1) -> _Item:
        """The event with these options only, at slots of ``within`` only."""
        bits, forced = 0, None
        for host, place in options:
            rooms = self._compiled.rooms_of(event.family, host, place)
            free = event.slots & within
            for room in rooms:
                free &= self._live[room].open
            bits |= free
            if free:
                forced = set(rooms) if forced is None else forced & set(rooms)
        return _Item(event, bits, frozenset(forced or ()))

    def findings(self) -> Iterator[Finding]:
        for item in self._items:
            if not item.slots:
                yield Finding(Cause.NO_SLOT, (item.event.key,), (Constraint.REQUIRED.of(item.event.key),))
        by_room: dict[int, list[_Item]] = defaultdict(list)
        for item in self._items:
            if item.slots:
                for room in item.forced:
                    by_room[room].append(item)
        for room, items in sorted(by_room.items()):
            yield from self._room_findings(room, items)
        for rule in _minima(self._problem):
            yield from self._minimum_findings(rule)

    # rooms

    def _room_findings(self, number: int, items: list[_Item]) -> Iterator[Finding]:
        room = self._compiled.rooms[number]
        if isinstance(room, QuotaRoom):
            yield from self._quota_findings(room, items)
        elif isinstance(room, GapRoom):
            yield from self._gap_findings(room, items)
        else:
            for group in self._overfull(room, items):
                events = tuple(item.event.key for item in group)
                yield Finding(self._cause(room), events, self._ids(room), room=len(group) - 1)

    def _overfull(self, room: UnitRoom | PlaceRoom | SharedRoom, items: list[_Item]) -> list[list[_Item]]:
        packing = self._packing(room, [item.slots for item in items])
        if packing is None:
            return []
        return [[items[number] for number in group] for group in packing.fill()]

    def _packing(self, room: UnitRoom | PlaceRoom | SharedRoom, cells: list[int]) -> Packing | None:
        grid = self._grid
        if isinstance(room, UnitRoom):
            if not room.exclusive and room.cap >= OPEN:
                return None
            weeks = [grid.week[slot // grid.per_day] for slot in range(grid.size)]
            cap = UNLIMITED if room.cap >= OPEN else room.cap
            taken = Tally(weeks[slot] for slot in room.engagements)
            return Packing(cells, 1 if room.exclusive else UNLIMITED, weeks, cap, None, taken)
        if isinstance(room, PlaceRoom):
            return (
                None if room.capacity >= OPEN else Packing(cells, room.capacity, taken=Tally(room.standing))
            )
        if not room.per_day:
            return Packing(cells, room.maximum, taken=Tally(room.standing))
        days = [slot // grid.per_day for slot in range(grid.size)]
        held = Tally(slot // grid.per_day for slot in room.standing)
        return Packing(cells, UNLIMITED, days, room.maximum, None, held)

    def _cause(self, room: UnitRoom | PlaceRoom | SharedRoom) -> Cause:
        if isinstance(room, UnitRoom):
            return Cause.UNIT
        return Cause.PLACE if isinstance(room, PlaceRoom) else Cause.CAPACITY

    def _ids(self, room: UnitRoom | PlaceRoom | SharedRoom) -> tuple[str, ...]:
        if isinstance(room, SharedRoom):
            return (Constraint.RULE.of(room.rule),)
        if isinstance(room, PlaceRoom):
            return (Constraint.PLACE.of(self._problem.places[room.place].key),)
        unit = self._problem.units[room.unit]
        ids = [Constraint.CLASH.of(unit.key)] if unit.exclusive else []
        return (*ids, *([Constraint.WEEKCAP.of(unit.key)] if unit.week_cap is not None else ()))

    def _quota_findings(self, room: QuotaRoom, items: list[_Item]) -> Iterator[Finding]:
        inside = [item for item in items if not item.slots & ~room.slots]
        if len(inside) > room.maximum:
            inside.sort(key=lambda item: item.slots.bit_count())
            events = tuple(item.event.key for item in inside[: room.maximum + 1])
            yield Finding(Cause.MAXIMUM, events, (Constraint.RULE.of(room.rule),), room=room.maximum)

    def _gap_findings(self, room: GapRoom, items: list[_Item]) -> Iterator[Finding]:
        spans = [sorted({slot // self._grid.per_day for slot in slots_of(item.slots)}) for item in items]
        order = sorted(range(len(items)), key=lambda number: spans[number][-1])
        for first in sorted({days[0] for days in spans}):
            inside: list[_Item] = []
            days: set[int] = set()
            for number in order:
                if spans[number][0] < first:
                    continue
                inside.append(items[number])
                days.update(spans[number])
                room_for = most_apart(sorted(days), room.min_days)
                if len(inside) > room_for:
                    events = tuple(one.event.key for one in inside)
                    yield Finding(Cause.GAP, events, (Constraint.RULE.of(room.rule),), room=room_for)
                    break

    # minima

    def _minimum_findings(self, rule: CountRule) -> Iterator[Finding]:
        """Fewer events can count than the rule asks for, or they do not fit where they would count."""
        problem, grid = self._problem, self._grid
        bits = grid.period(rule.period)
        if rule.where.day_kinds:
            bits &= grid.of_kinds(rule.where.day_kinds)
        inside = [
            (problem.events[event.number].key, self._item(event, self._counting_options(event, rule), bits))
            for event in self._compiled.events
            if may_count(rule, problem.events[event.number])
        ]
        events = tuple(key for key, _ in inside)
        usable = [item for _, item in inside if item.slots]
        lacking = self._lacking(rule)
        ids = (Constraint.RULE.of(rule.key),)
        if len(usable) < lacking:
            yield Finding(Cause.MINIMUM, events, ids, room=len(usable))
            return
        if lacking < 1:
            return
        for number in sorted(frozenset.intersection(*(item.forced for item in usable))):
            room_for = self._room_for(number, usable)
            if room_for < lacking:
                yield Finding(Cause.MINIMUM, events, ids, room=room_for)
                return

    def _lacking(self, rule: CountRule) -> int:
        counter = next(c for c in self._compiled.counters if c.hard and c.name == rule.key)
        return counter.low - counter.initial

    def _counting_options(self, event: CompiledEvent, rule: CountRule) -> list[tuple[int, int]]:
        units, places = self._problem.units, self._problem.places
        where = rule.where
        return [
            (host, place)
            for host, place in self._options(event)
            if (not where.hosts or (host >= 0 and units[host].key in where.hosts))
            and (not where.places or (place >= 0 and places[place].key in where.places))
        ]

    def _room_for(self, number: int, items: list[_Item]) -> int:
        """At most so many of the items find room there."""
        room = self._compiled.rooms[number]
        if isinstance(room, QuotaRoom):
            free = sum(1 for item in items if item.slots & ~room.slots)
            return min(len(items), room.maximum + free)
        if isinstance(room, GapRoom):
            days = {slot // self._grid.per_day for item in items for slot in slots_of(item.slots)}
            return most_apart(sorted(days), room.min_days)
        packing = self._packing(room, [item.slots for item in items])
        return len(items) - len(packing.fill()) if packing is not None else len(items)
