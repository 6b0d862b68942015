"""占用之处：单位的时间、场所、间隔、容量与上限，各是一间；一场活动占哪几间，查得到。"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from planners.autoplan.event_table import CompiledEvent
from planners.autoplan.numbering import NONE, OPEN, NumberedFixedEvent, Numbering
from planners.autoplan.problem import BlockScope, CapacityRule, GapBy, GapRule, Per


class UnitResource(NamedTuple):
    """A unit's time: ``closed`` slots (停排), at most ``cap`` a week, one a slot if ``exclusive``.

    ``fixed``: the slots that fixed events occupy, ``engagements``: the first slot of each.
    """

    unit: int
    closed: int
    cap: int
    fixed: tuple[int, ...]
    engagements: tuple[int, ...]
    exclusive: bool = True


class PlaceResource(NamedTuple):
    """A place's time: ``closed`` slots, at most ``capacity`` events a slot."""

    place: int
    closed: int
    capacity: int
    fixed: tuple[int, ...]


class GapResource(NamedTuple):
    """Days closer than ``min_days`` to an event of the group are closed; ``fixed`` are day numbers."""

    rule: str
    min_days: int
    fixed: tuple[int, ...]


class CapacityResource(NamedTuple):
    """A capacity rule: at most ``maximum`` events a slot, or a day where ``per_day``."""

    rule: str
    maximum: int
    per_day: bool
    fixed: tuple[int, ...]


class QuotaResource(NamedTuple):
    """A count rule's maximum: ``slots`` are closed once the ``maximum`` (left for us) is there."""

    rule: str
    slots: int
    maximum: int


Resource = UnitResource | PlaceResource | GapResource | CapacityResource | QuotaResource


class ResourceTable:
    """All resources of a problem: those of the units first, then of the places, then of the rules."""

    def __init__(self, numbering: Numbering, events: Sequence[CompiledEvent]) -> None:
        self._numbering = numbering
        self._events = events
        self.resources: list[Resource] = [*self._unit_resources(), *self._place_resources()]
        self._first_place = len(numbering.problem.units)
        self._gaps: dict[str, list[tuple[GapBy, dict[int, int]]]] = defaultdict(list)
        self._shared: dict[str, list[int]] = defaultdict(list)
        self._quotas: dict[int, int] = {}
        for rule in numbering.problem.rules:
            if isinstance(rule, GapRule):
                self._add_gaps(rule)
            elif isinstance(rule, CapacityRule):
                self._add_shared(rule)
        self._add_quotas()
        self._known: dict[tuple[int, int, int], tuple[int, ...]] = {}

    def _unit_resources(self) -> list[UnitResource]:
        numbering = self._numbering
        taken: dict[int, list[int]] = defaultdict(list)
        engagements: dict[int, list[int]] = defaultdict(list)
        for event in numbering.fixed:
            for number in numbering.engaged(event.family, event.host, event.place):
                taken[number] += event.slots
                engagements[number] += () if event.first is None else (event.first,)
        closed = self._closed(BlockScope.UNIT)
        return [
            UnitResource(
                number,
                closed[unit.key],
                OPEN if unit.week_cap is None else unit.week_cap,
                tuple(taken[number]),
                tuple(engagements[number]),
                unit.exclusive,
            )
            for number, unit in enumerate(numbering.problem.units)
        ]

    def _place_resources(self) -> list[PlaceResource]:
        numbering = self._numbering
        taken: dict[int, list[int]] = defaultdict(list)
        for event in numbering.fixed:
            taken[event.place] += event.slots
        closed = self._closed(BlockScope.PLACE)
        return [
            PlaceResource(
                number,
                closed[place.key],
                OPEN if place.capacity is None else place.capacity,
                tuple(taken[number]),
            )
            for number, place in enumerate(numbering.problem.places)
        ]

    def _closed(self, scope: BlockScope) -> dict[str, int]:
        closed: dict[str, int] = defaultdict(int)
        for block in self._numbering.problem.blocks:
            if block.scope is scope:
                closed[block.target] |= self._numbering.closed_slots(block)
        return closed

    def _fixed_of(self, campaigns: Sequence[str]) -> Iterator[tuple[int, NumberedFixedEvent]]:
        """First slot and event, of each fixed event of the campaigns that counts within the horizon."""
        numbering = self._numbering
        for event in numbering.fixed:
            if event.first is not None and numbering.families[event.family].campaign in campaigns:
                yield event.first, event

    def _add_gaps(self, rule: GapRule) -> None:
        days: dict[int, list[int]] = {}
        for event in self._events:
            if self._numbering.families[event.family].campaign == rule.campaign:
                options = {GapBy.CAMPAIGN: (NONE,), GapBy.PLACE: event.places, GapBy.HOST: event.hosts}
                for option in options[rule.by]:
                    days.setdefault(option, [])
        for first, fixed in self._fixed_of((rule.campaign,)):
            group = _group(rule.by, fixed.host, fixed.place)
            if group in days:
                days[group].append(first // self._numbering.grid.per_day)
        numbers = {}
        for group, held in days.items():
            # An event without a place (host) is near to nobody by place (host).
            if rule.by is GapBy.CAMPAIGN or group != NONE:
                numbers[group] = len(self.resources)
                self.resources.append(GapResource(rule.key, rule.min_days, tuple(held)))
        self._gaps[rule.campaign].append((rule.by, numbers))

    def _add_shared(self, rule: CapacityRule) -> None:
        for campaign in dict.fromkeys(rule.campaigns):
            self._shared[campaign].append(len(self.resources))
        fixed = tuple(first for first, _ in self._fixed_of(rule.campaigns))
        self.resources.append(CapacityResource(rule.key, rule.maximum, rule.per is Per.DAY, fixed))

    def _add_quotas(self) -> None:
        numbering = self._numbering
        for number, rule in enumerate(numbering.count_rules):
            if rule.maximum is not None:
                self._quotas[number] = len(self.resources)
                # A maximum that the fixed events exceed already is no fault of ours: nothing more may come.
                left = max(0, rule.maximum - numbering.fixed_count(number))
                self.resources.append(QuotaResource(rule.key, numbering.counted_slots(number), left))

    def of(self, family: int, host: int, place: int) -> tuple[int, ...]:
        """The numbers of the resources that an event of ``family`` takes up with ``host`` at ``place``."""
        option = (family, host, place)
        if option not in self._known:
            self._known[option] = self._find(family, host, place)
        return self._known[option]

    def _find(self, family: int, host: int, place: int) -> tuple[int, ...]:
        kin = self._numbering.families[family]
        found = list(self._numbering.engaged(family, host, place))
        if place != NONE:
            found.append(self._first_place + place)
        for by, numbers in self._gaps[kin.campaign]:
            if (group := _group(by, host, place)) in numbers:
                found.append(numbers[group])
        found += self._shared[kin.campaign]
        found += [
            self._quotas[rule]
            for rule in kin.rules
            if rule in self._quotas and self._numbering.counts(rule, host, place)
        ]
        return tuple(found)


def _group(by: GapBy, host: int, place: int) -> int:
    return {GapBy.CAMPAIGN: NONE, GapBy.PLACE: place, GapBy.HOST: host}[by]
