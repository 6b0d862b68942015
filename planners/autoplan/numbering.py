"""号码：单位、场所各编一号；对一切规则都一样的活动归成一族。"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from typing import NamedTuple

from planners.autoplan.grid import SlotGrid
from planners.autoplan.problem import Block, CountRule, FixedEvent, PlanProblem

NONE = -1
"""The host or place of an event that needs none."""
OPEN = 1 << 30
"""An upper bound that nothing reaches."""


class Family(NamedTuple):
    """Events alike for every rule and term: campaign, co-hosts and the count rules their attributes meet."""

    campaign: str
    co_hosts: tuple[int, ...]
    rules: tuple[int, ...]


class NumberedFixedEvent(NamedTuple):
    """A fixed event in numbers: ``first`` its first slot, where it counts; ``slots`` all it occupies.

    Both as far as the horizon goes.
    """

    family: int
    first: int | None
    slots: tuple[int, ...]
    host: int
    place: int


class Numbering:
    """Numbers of units and places, the families seen so far, the count rules and whom they count."""

    def __init__(self, problem: PlanProblem, grid: SlotGrid) -> None:
        self.problem = problem
        self.grid = grid
        self.units: Mapping[str, int] = {unit.key: number for number, unit in enumerate(problem.units)}
        self.places: Mapping[str, int] = {place.key: number for number, place in enumerate(problem.places)}
        self.owner = [self.units[p.unit] if p.unit is not None else NONE for p in problem.places]
        self.count_rules = [rule for rule in problem.rules if isinstance(rule, CountRule)]
        self._asked = [self._asked_options(rule) for rule in self.count_rules]
        self._rules_of: dict[str, list[int]] = defaultdict(list)
        for number, rule in enumerate(self.count_rules):
            for campaign in rule.campaigns:
                self._rules_of[campaign].append(number)
        self.families: list[Family] = []
        self._family_numbers: dict[Family, int] = {}
        self._met: dict[tuple[str, frozenset[tuple[str, str]]], tuple[int, ...]] = {}
        self.fixed = [self._fix(event) for event in problem.fixed]
        self._fixed_counts = self._count_fixed()

    def _asked_options(self, rule: CountRule) -> tuple[frozenset[int] | None, frozenset[int] | None]:
        hosts = frozenset(self.units[host] for host in rule.where.hosts)
        places = frozenset(self.places[place] for place in rule.where.places)
        return hosts or None, places or None

    def _fix(self, event: FixedEvent) -> NumberedFixedEvent:
        return NumberedFixedEvent(
            self.family(event.campaign, event.units, event.attributes),
            self.grid.slot(*event.slots[0]) if event.slots else None,
            tuple(slot for pair in event.slots if (slot := self.grid.slot(*pair)) is not None),
            NONE if event.host is None else self.units[event.host],
            NONE if event.place is None else self.places[event.place],
        )

    def family(self, campaign: str, co_hosts: Iterable[str], attributes: Iterable[tuple[str, str]]) -> int:
        """The number of the family of such events."""
        # Everything later is remembered by family, so a city of 20,000 events costs a few hundred look-ups.
        asked = (campaign, frozenset(attributes))
        if asked not in self._met:
            self._met[asked] = tuple(
                number
                for number in self._rules_of[campaign]
                if asked[1].issuperset(self.count_rules[number].where.attributes)
            )
        family = Family(campaign, tuple(self.units[unit] for unit in co_hosts), self._met[asked])
        if family not in self._family_numbers:
            self._family_numbers[family] = len(self.families)
            self.families.append(family)
        return self._family_numbers[family]

    def engaged(self, family: int, host: int, place: int) -> tuple[int, ...]:
        """The units an event engages: host, co-hosts and owner of the place, each once."""
        owner = NONE if place == NONE else self.owner[place]
        units = dict.fromkeys((host, *self.families[family].co_hosts, owner))
        units.pop(NONE, None)
        return tuple(units)

    def counts(self, rule: int, host: int, place: int) -> bool:
        """Whether the count rule counts events with this host and place (campaign and attributes apart)."""
        hosts, places = self._asked[rule]
        return (hosts is None or host in hosts) and (places is None or place in places)

    def counted_slots(self, rule: int) -> int:
        """The slots in which the count rule counts."""
        where = self.count_rules[rule].where
        bits = self.grid.period(self.count_rules[rule].period)
        return bits & self.grid.of_kinds(where.day_kinds) if where.day_kinds else bits

    def fixed_count(self, rule: int) -> int:
        """How many fixed events the count rule counts."""
        return self._fixed_counts[rule]

    def _count_fixed(self) -> Counter[int]:
        slots = [self.counted_slots(number) for number in range(len(self.count_rules))]
        return Counter(
            rule
            for event in self.fixed
            if event.first is not None
            for rule in self.families[event.family].rules
            if slots[rule] >> event.first & 1 and self.counts(rule, event.host, event.place)
        )

    def closed_slots(self, block: Block) -> int:
        """The slots that a block closes."""
        bits = self.grid.period(block.period)
        return bits if block.half is None else bits & self.grid.of_halves((block.half,))
