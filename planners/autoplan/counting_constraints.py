"""计数：规则的下限与各项偏好都是数场次，数在区间内不计代价；一场活动加到哪几个数上，查得到。"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Hashable, Iterable
from typing import NamedTuple

from planners.autoplan.numbering import OPEN, Numbering
from planners.autoplan.problem import CoverTerm, CrowdTerm, LoadTerm, MonthTerm, SpreadTerm, WeekdayTerm

_Key = tuple[str, str | int, int]
"""What is counted by, the campaign or unit, and the host, place, month or weekday."""


class CountingConstraint(NamedTuple):
    """A number of events that costs ``weight`` for each one below ``low`` or above ``high``.

    ``hard``: the minimum of a count rule. ``initial``: how many fixed events it counts.
    """

    name: str
    low: int
    high: int
    weight: int
    hard: bool = False
    initial: int = 0


class CountingTable:
    """All counting constraints of a problem; an event short of a rule's minimum costs ``hard``.

    Days that no rule and no term tells apart are of one type.
    """

    def __init__(self, numbering: Numbering, hard: int) -> None:
        self._numbering = numbering
        self._hard = hard
        self.counting: list[CountingConstraint] = []
        self.sources: list[frozenset[str | int]] = []
        """By counting constraint: the campaigns, or the units (by number), whose events it counts."""
        self.day_type: list[int] = []
        self._example: list[int] = []
        self._find_day_types()
        self._minimum: dict[int, int] = {}
        self._minimum_slots: dict[int, int] = {}
        self._by: dict[_Key, list[int]] = defaultdict(list)
        self._add_minima()
        for term in numbering.problem.soft:
            if not isinstance(term, SpreadTerm):
                self._add_term(term)
        self._count_fixed()

    @property
    def day_types(self) -> int:
        """How many types of days there are."""
        return len(self._example)

    def families_of(self, number: int) -> frozenset[int]:
        """The families of the events that can add to a hard counting constraint."""
        rule = next(rule for rule, constraint in self._minimum.items() if constraint == number)
        kin = self._numbering.families
        return frozenset(family for family, of in enumerate(kin) if rule in of.rules)

    def _find_day_types(self) -> None:
        grid, numbering = self._numbering.grid, self._numbering
        spans = sorted({numbering.counted_slots(number) for number in range(len(numbering.count_rules))})
        seen: dict[Hashable, int] = {}
        for day in range(len(grid.days)):
            inside = tuple(bits >> day * grid.per_day & 1 for bits in spans)
            # What an event adds to depends on the day only through these three; a year has a few hundred such
            # types at most, and the table of constraints is found once for each.
            key = (grid.month[day], grid.weekday[day], inside)
            if key not in seen:
                seen[key] = len(seen)
                self._example.append(day)
            self.day_type.append(seen[key])

    def _add_minima(self) -> None:
        numbering = self._numbering
        for number, rule in enumerate(numbering.count_rules):
            if rule.minimum:
                self._minimum[number] = len(self.counting)
                self._minimum_slots[number] = numbering.counted_slots(number)
                held = numbering.fixed_count(number)
                constraint = CountingConstraint(
                    rule.key, rule.minimum, OPEN, self._hard, hard=True, initial=held
                )
                self._add(constraint, rule.campaigns)

    def _add(self, constraint: CountingConstraint, sources: Iterable[str | int]) -> None:
        self.counting.append(constraint)
        self.sources.append(frozenset(sources))

    def _add_term(self, term: LoadTerm | CoverTerm | CrowdTerm | MonthTerm | WeekdayTerm) -> None:
        for keys in self._counted_by(term):
            for key in keys:
                self._by[key].append(len(self.counting))
            low = 0 if isinstance(term, (CrowdTerm, WeekdayTerm)) else term.low
            self._add(
                CountingConstraint(term.key, low, term.high, term.weight), (source for _, source, _ in keys)
            )

    def _counted_by(
        self, term: LoadTerm | CoverTerm | CrowdTerm | MonthTerm | WeekdayTerm
    ) -> list[list[_Key]]:
        """For each counting constraint of the term, what adds to it."""
        numbering, months = self._numbering, sorted(set(self._numbering.grid.month))
        if isinstance(term, LoadTerm):
            return [[("host", c, numbering.units[unit]) for c in term.campaigns] for unit in term.units]
        if isinstance(term, CoverTerm):
            return [[("place", term.campaign, numbering.places[place])] for place in term.places]
        if isinstance(term, CrowdTerm):
            return [[("unit", numbering.units[u], month)] for u in term.units for month in months]
        if isinstance(term, MonthTerm):
            return [[("month", campaign, month) for campaign in term.campaigns] for month in months]
        return [[("weekday", campaign, weekday) for campaign in term.campaigns] for weekday in range(5)]

    def _count_fixed(self) -> None:
        for event in self._numbering.fixed:
            if event.first is None:
                continue
            day_type = self.day_type[event.first // self._numbering.grid.per_day]
            for number in self.of(event.family, event.host, event.place, day_type):
                constraint = self.counting[number]
                if not constraint.hard:
                    self.counting[number] = constraint._replace(initial=constraint.initial + 1)

    def of(self, family: int, host: int, place: int, day_type: int) -> tuple[int, ...]:
        """The numbers of the counting constraints that an event of ``family`` adds to, there and on such a day."""
        numbering, grid = self._numbering, self._numbering.grid
        day, kin = self._example[day_type], numbering.families[family]
        found = [
            self._minimum[rule]
            for rule in kin.rules
            if rule in self._minimum
            and self._minimum_slots[rule] >> day * grid.per_day & 1
            and numbering.counts(rule, host, place)
        ]
        month = grid.month[day]
        keys: tuple[_Key, ...] = (
            ("host", kin.campaign, host),
            ("place", kin.campaign, place),
            *(("unit", unit, month) for unit in numbering.engaged(family, host, place)),
            ("month", kin.campaign, month),
            ("weekday", kin.campaign, grid.weekday[day]),
        )
        for key in keys:
            found += self._by.get(key, ())
        return tuple(found)
