"""先数一数：不经搜索，毫秒之内找出多半的排不下——没有可排的半天、单位排满、上限小于必办、会上没有位子。

Necessary conditions only: pigeonhole counts of events against the resources they cannot avoid. What it
reports is proved; silence proves nothing.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator
from enum import Enum
from typing import NamedTuple

from planners.autoplan.availability import availabilities
from planners.autoplan.compiled import Compiled
from planners.autoplan.constraint_ids import ConstraintKind, may_count
from planners.autoplan.event_table import CompiledEvent
from planners.autoplan.grid import slots_of
from planners.autoplan.numbering import OPEN
from planners.autoplan.packing import UNLIMITED, Packing, most_apart
from planners.autoplan.problem import CountRule, PlanDecision, PlanMeeting, PlanProblem, Representative
from planners.autoplan.resources import (
    CapacityResource,
    GapResource,
    PlaceResource,
    QuotaResource,
    UnitResource,
)


class BottleneckCause(str, Enum):
    """Why the items of a bottleneck cannot all be placed."""

    NO_SLOT = "no_slot"
    UNIT = "unit"
    PLACE = "place"
    CAPACITY = "capacity"
    GAP = "gap"
    MAXIMUM = "maximum"
    MINIMUM = "minimum"
    NO_MEETING = "no_meeting"
    MEETINGS = "meetings"
    PEOPLE = "people"


class Bottleneck(NamedTuple):
    """``events`` (or ``decisions``) do not fit; ``constraints`` name what they meet; ``fits`` how many do."""

    cause: BottleneckCause
    events: tuple[str, ...]
    constraints: tuple[str, ...]
    decisions: tuple[str, ...] = ()
    fits: int = 0


def bottlenecks_of(problem: PlanProblem, compiled: Compiled | None = None) -> Iterator[Bottleneck]:
    """What counting alone proves impossible, the plainest first; nothing found proves nothing.

    The events (or decisions) of a bottleneck cannot all be placed: the sub-problem of them is infeasible.
    ``compiled``: the same problem, if it is in numbers already.
    """
    yield from _decision_bottlenecks(problem)
    if any(event.required for event in problem.events) or any(
        isinstance(rule, CountRule) and rule.minimum for rule in problem.rules
    ):
        yield from _Count(compiled or Compiled(problem)).bottlenecks()


class _Item(NamedTuple):
    """An event with the slots it can still have; ``forced``: the resources that it takes up wherever it stands."""

    event: CompiledEvent
    slots: int
    forced: frozenset[int]


class _Count:
    """The required events of a problem against the resources they cannot avoid, and the minima."""

    def __init__(self, compiled: Compiled) -> None:
        self._problem = compiled.problem
        self._compiled = compiled
        self._grid = self._compiled.grid
        self._availability = availabilities(self._compiled)
        self._items = [
            self._item(event, self._options(event)) for event in self._compiled.events if event.required
        ]

    def _options(self, event: CompiledEvent) -> list[tuple[int, int]]:
        return [(host, place) for host in event.hosts for place in event.places]

    def _item(self, event: CompiledEvent, options: list[tuple[int, int]], within: int = -1) -> _Item:
        """The event with these options only, at slots of ``within`` only."""
        bits, forced = 0, None
        for host, place in options:
            resources = self._compiled.resources_of(event.family, host, place)
            free = event.slots & within
            for resource in resources:
                free &= self._availability[resource].open
            bits |= free
            if free:
                # What every option takes up cannot be avoided, whichever is chosen.
                forced = set(resources) if forced is None else forced & set(resources)
        return _Item(event, bits, frozenset(forced or ()))

    def bottlenecks(self) -> Iterator[Bottleneck]:
        for item in self._items:
            if not item.slots:
                yield Bottleneck(
                    BottleneckCause.NO_SLOT, (item.event.key,), (ConstraintKind.REQUIRED.of(item.event.key),)
                )
        by_resource: dict[int, list[_Item]] = defaultdict(list)
        for item in self._items:
            if item.slots:
                for resource in item.forced:
                    by_resource[resource].append(item)
        for resource, items in sorted(by_resource.items()):
            yield from self._resource_bottlenecks(resource, items)
        for number, rule in enumerate(self._compiled.numbering.count_rules):
            if rule.minimum:
                yield from self._minimum_bottlenecks(number, rule.minimum)

    # resources

    def _resource_bottlenecks(self, number: int, items: list[_Item]) -> Iterator[Bottleneck]:
        resource = self._compiled.resources[number]
        if isinstance(resource, QuotaResource):
            yield from self._quota_bottlenecks(resource, items)
        elif isinstance(resource, GapResource):
            yield from self._gap_bottlenecks(resource, items)
        else:
            for group in self._overfull(resource, items):
                events = tuple(item.event.key for item in group)
                yield Bottleneck(_CAUSES[type(resource)], events, self._ids(resource), fits=len(group) - 1)

    def _overfull(
        self, resource: UnitResource | PlaceResource | CapacityResource, items: list[_Item]
    ) -> list[list[_Item]]:
        packing = self._packing(resource, [item.slots for item in items])
        if packing is None:
            return []
        return [[items[number] for number in group] for group in packing.fill()]

    def _packing(
        self, resource: UnitResource | PlaceResource | CapacityResource, cells: list[int]
    ) -> Packing | None:
        grid = self._grid
        if isinstance(resource, UnitResource):
            if not resource.exclusive and resource.cap >= OPEN:
                return None
            weeks = [grid.week[slot // grid.per_day] for slot in range(grid.size)]
            cap = UNLIMITED if resource.cap >= OPEN else resource.cap
            taken = Counter(weeks[slot] for slot in resource.engagements)
            return Packing(cells, 1 if resource.exclusive else UNLIMITED, weeks, cap, None, taken)
        if isinstance(resource, PlaceResource):
            return (
                None
                if resource.capacity >= OPEN
                else Packing(cells, resource.capacity, taken=Counter(resource.fixed))
            )
        if not resource.per_day:
            return Packing(cells, resource.maximum, taken=Counter(resource.fixed))
        days = [slot // grid.per_day for slot in range(grid.size)]
        held = Counter(slot // grid.per_day for slot in resource.fixed)
        return Packing(cells, UNLIMITED, days, resource.maximum, None, held)

    def _ids(self, resource: UnitResource | PlaceResource | CapacityResource) -> tuple[str, ...]:
        if isinstance(resource, CapacityResource):
            return (ConstraintKind.RULE.of(resource.rule),)
        if isinstance(resource, PlaceResource):
            return (ConstraintKind.PLACE.of(self._problem.places[resource.place].key),)
        unit = self._problem.units[resource.unit]
        ids = [ConstraintKind.CLASH.of(unit.key)] if unit.exclusive else []
        return (*ids, *([ConstraintKind.WEEKCAP.of(unit.key)] if unit.week_cap is not None else ()))

    def _quota_bottlenecks(self, resource: QuotaResource, items: list[_Item]) -> Iterator[Bottleneck]:
        inside = [item for item in items if not item.slots & ~resource.slots]
        if len(inside) > resource.maximum:
            inside.sort(key=lambda item: item.slots.bit_count())
            events = tuple(item.event.key for item in inside[: resource.maximum + 1])
            yield Bottleneck(
                BottleneckCause.MAXIMUM,
                events,
                (ConstraintKind.RULE.of(resource.rule),),
                fits=resource.maximum,
            )

    def _gap_bottlenecks(self, resource: GapResource, items: list[_Item]) -> Iterator[Bottleneck]:
        spans = [sorted({slot // self._grid.per_day for slot in slots_of(item.slots)}) for item in items]
        order = sorted(range(len(items)), key=lambda number: spans[number][-1])
        # Items by their last day: those inside each window from ``first`` on must lie apart within it.
        for first in sorted({days[0] for days in spans}):
            inside: list[_Item] = []
            days: set[int] = set()
            for number in order:
                if spans[number][0] < first:
                    continue
                inside.append(items[number])
                days.update(spans[number])
                most = most_apart(sorted(days), resource.min_days)
                if len(inside) > most:
                    events = tuple(one.event.key for one in inside)
                    yield Bottleneck(
                        BottleneckCause.GAP, events, (ConstraintKind.RULE.of(resource.rule),), fits=most
                    )
                    break

    # minima

    def _minimum_bottlenecks(self, number: int, minimum: int) -> Iterator[Bottleneck]:
        """Fewer events can count than the rule asks for, or they do not fit where they would count."""
        problem, numbering = self._problem, self._compiled.numbering
        rule, bits = numbering.count_rules[number], numbering.counted_slots(number)
        inside = []
        for event in self._compiled.events:
            if may_count(rule, problem.events[event.number]):
                options = [option for option in self._options(event) if numbering.counts(number, *option)]
                inside.append(self._item(event, options, bits))
        events = tuple(item.event.key for item in inside)
        usable = [item for item in inside if item.slots]
        lacking = minimum - numbering.fixed_count(number)
        ids = (ConstraintKind.RULE.of(rule.key),)
        if len(usable) < lacking:
            yield Bottleneck(BottleneckCause.MINIMUM, events, ids, fits=len(usable))
            return
        if lacking < 1:
            return
        for resource in sorted(frozenset.intersection(*(item.forced for item in usable))):
            most = self._most_within(resource, usable)
            if most < lacking:
                yield Bottleneck(BottleneckCause.MINIMUM, events, ids, fits=most)
                return

    def _most_within(self, number: int, items: list[_Item]) -> int:
        """At most so many of the items find room there."""
        resource = self._compiled.resources[number]
        if isinstance(resource, QuotaResource):
            free = sum(1 for item in items if item.slots & ~resource.slots)
            return min(len(items), resource.maximum + free)
        if isinstance(resource, GapResource):
            days = {slot // self._grid.per_day for item in items for slot in slots_of(item.slots)}
            return most_apart(sorted(days), resource.min_days)
        packing = self._packing(resource, [item.slots for item in items])
        return len(items) - len(packing.fill()) if packing is not None else len(items)


_CAUSES: dict[type, BottleneckCause] = {
    UnitResource: BottleneckCause.UNIT,
    PlaceResource: BottleneckCause.PLACE,
    CapacityResource: BottleneckCause.CAPACITY,
}


def _decision_bottlenecks(problem: PlanProblem) -> Iterator[Bottleneck]:
    """The decisions that counting alone proves impossible."""
    for decision in problem.decisions:
        if not _meetings_in_window(problem, decision):
            yield Bottleneck(BottleneckCause.NO_MEETING, (), (), (decision.key,))
        elif not _suitable(problem, decision):
            people = tuple(ConstraintKind.REP.of(person.key) for person in _people(problem, decision))
            yield Bottleneck(BottleneckCause.PEOPLE, (), people, (decision.key,))
    yield from _too_many_items(problem)
    yield from _too_many_seats(problem)


def _meetings_in_window(problem: PlanProblem, decision: PlanDecision) -> list[PlanMeeting]:
    return [
        meeting
        for meeting in problem.meetings
        if meeting.district == decision.district and meeting.day in decision.period and meeting.max_items > 0
    ]


def _people(problem: PlanProblem, decision: PlanDecision) -> list[Representative]:
    return [
        person
        for person in problem.representatives
        if (person.district, person.group) == (decision.district, decision.group)
    ]


def _suitable(problem: PlanProblem, decision: PlanDecision) -> list[PlanMeeting]:
    """The meetings in its window to which enough people can come."""
    people = [person for person in _people(problem, decision) if person.max_items > 0]
    return [
        meeting
        for meeting in _meetings_in_window(problem, decision)
        if sum(not any(meeting.day in away for away in person.away) for person in people)
        >= decision.representatives
    ]


def _too_many_items(problem: PlanProblem) -> Iterator[Bottleneck]:
    """More decisions than their meetings take."""
    decisions = [decision for decision in problem.decisions if _suitable(problem, decision)]
    if not decisions:
        return
    number = {meeting.key: place for place, meeting in enumerate(problem.meetings)}
    limits = [meeting.max_items for meeting in problem.meetings]
    most = max(limits)
    taken = {place: most - limit for place, limit in enumerate(limits)}
    cells = [
        sum(1 << number[meeting.key] for meeting in _suitable(problem, decision)) for decision in decisions
    ]
    for group in Packing(cells, most, taken=taken).fill():
        keys = tuple(decisions[item].key for item in group)
        asked = {meeting.key for item in group for meeting in _suitable(problem, decisions[item])}
        ids = tuple(
            ConstraintKind.MEETING.of(meeting.key) for meeting in problem.meetings if meeting.key in asked
        )
        yield Bottleneck(BottleneckCause.MEETINGS, (), ids, keys, len(group) - 1)


def _too_many_seats(problem: PlanProblem) -> Iterator[Bottleneck]:
    """A group is asked more often than its people may be."""
    for district, group in dict.fromkeys((d.district, d.group) for d in problem.decisions):
        asked = [d for d in problem.decisions if (d.district, d.group) == (district, group)]
        people = _people(problem, asked[0])
        seats = sum(person.max_items for person in people)
        if sum(decision.representatives for decision in asked) > seats:
            ids = tuple(ConstraintKind.REP.of(person.key) for person in people)
            yield Bottleneck(
                BottleneckCause.PEOPLE, (), ids, tuple(decision.key for decision in asked), seats
            )
