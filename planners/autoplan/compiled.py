"""问题编成号码与位图，供构造、退火与求界共用；只读，一次编成。"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from planners.autoplan.grid import Grid
from planners.autoplan.problem import (
    BlockScope,
    CapacityRule,
    CountRule,
    CoverTerm,
    CrowdTerm,
    GapBy,
    GapRule,
    LoadTerm,
    MonthTerm,
    Per,
    Placement,
    PlanEvent,
    Problem,
    SpreadTerm,
    StandingEvent,
    WeekdayTerm,
)

NONE = -1
"""The host or place of an event that needs none."""
OPEN = 1 << 30
"""An upper bound that nothing reaches."""
HARD = 1_000_000
"""What one missing required event or one event short of a rule's minimum costs in the search."""


class Spot(NamedTuple):
    """Where an event stands, in numbers; host and place ``NONE`` where it has none."""

    slot: int
    host: int
    place: int


class Counter(NamedTuple):
    """A number of events that costs ``weight`` for each one below ``low`` or above ``high``.

    ``hard``: the minimum of a count rule. ``initial``: how many standing events it counts.
    """

    name: str
    low: int
    high: int
    weight: int
    hard: bool = False
    initial: int = 0


class UnitRoom(NamedTuple):
    """A unit's time: ``closed`` slots (停排), at most ``cap`` a week, one a slot if ``exclusive``.

    ``standing``: the slots that standing events occupy, ``engagements``: the first slot of each.
    """

    unit: int
    closed: int
    cap: int
    standing: tuple[int, ...]
    engagements: tuple[int, ...]
    exclusive: bool = True


class PlaceRoom(NamedTuple):
    """A place's time: ``closed`` slots, at most ``capacity`` events a slot."""

    place: int
    closed: int
    capacity: int
    standing: tuple[int, ...]


class GapRoom(NamedTuple):
    """Days ``min_days`` around every event of the group are closed."""

    rule: str
    min_days: int
    standing: tuple[int, ...]


class SharedRoom(NamedTuple):
    """A capacity rule: at most ``maximum`` events per slot, or per day where ``per_day``."""

    rule: str
    maximum: int
    per_day: bool
    standing: tuple[int, ...]


class QuotaRoom(NamedTuple):
    """A count rule's maximum: ``slots`` are closed once ``maximum`` (left for us) are there."""

    rule: str
    slots: int
    maximum: int


Room = UnitRoom | PlaceRoom | GapRoom | SharedRoom | QuotaRoom


class CompiledEvent(NamedTuple):
    """An event in numbers. ``slots``: where its window, day kinds, halves, general and campaign blocks allow it.

    ``family``: events of a family are alike for every rule and term but their window, value and
    preferences. ``slot_costs``: half, weekday and vacation cost by slot. ``value``: soft cost of leaving it
    out (optional ones); ``kept``: its spot in the baseline.
    """

    number: int
    key: str
    required: bool
    value: int
    slots: int
    hosts: tuple[int, ...]
    places: tuple[int, ...]
    family: int
    slot_costs: Sequence[int]
    pinned: bool
    kept: Spot | None


class _Family(NamedTuple):
    campaign: str
    co_hosts: tuple[int, ...]
    rules: tuple[int, ...]


class Compiled:
    """A problem in numbers: events, rooms (what is taken up), counters (what is counted), spreads.

    ``rooms_of(family, host, place)`` are the numbers of the rooms an event takes up there;
    ``counters_of(family, host, place, day_type)`` those of the counters it adds to on a day of that
    type (``day_type[day]``). The free slots of an option are the event's slots without what any of
    its rooms closes.
    """

    def __init__(self, problem: Problem) -> None:
        self.problem = problem
        self.grid = grid = Grid(problem)
        self.units = {unit.key: number for number, unit in enumerate(problem.units)}
        self.places = {place.key: number for number, place in enumerate(problem.places)}
        self._owner = [self.units[p.unit] if p.unit is not None else NONE for p in problem.places]
        self._rules = [rule for rule in problem.rules if isinstance(rule, CountRule)]
        self._rules_by_campaign: dict[str, list[int]] = defaultdict(list)
        for number, rule in enumerate(self._rules):
            for campaign in rule.campaigns:
                self._rules_by_campaign[campaign].append(number)
        self.families: list[_Family] = []
        self._family_numbers: dict[_Family, int] = {}
        self.rooms: list[Room] = []
        self.counters: list[Counter] = []
        self._build_day_types()
        self.events = self._compile_events()
        self.number = {event.key: event.number for event in self.events}
        self._standing = [self._stand(event) for event in problem.standing]
        self._build_rooms()
        self._build_counters()
        self.spreads = [term for term in problem.soft if isinstance(term, SpreadTerm)]
        self.spreads_of: dict[str, list[int]] = defaultdict(list)
        for number, term in enumerate(self.spreads):
            self.spreads_of[term.campaign].append(number)
        self.standing_days: dict[str, list[int]] = defaultdict(list)
        for event in problem.standing:
            if (slot := self._first_slot(event)) is not None:
                self.standing_days[event.campaign].append(slot // grid.per_day)

    # events

    def _compile_events(self) -> tuple[CompiledEvent, ...]:
        problem, grid = self.problem, self.grid
        closed_for: dict[str, int] = defaultdict(int)
        for block in problem.blocks:
            if block.scope in (BlockScope.ALL, BlockScope.CAMPAIGN):
                key = block.target if block.scope is BlockScope.CAMPAIGN else ""
                closed_for[key] |= self._block_bits(block.period, block.half)
        open_for = {
            campaign.key: grid.of_kinds(campaign.day_kinds) & ~closed_for[""] & ~closed_for[campaign.key]
            for campaign in problem.campaigns
        }
        kept = {placement.event: placement for placement in problem.baseline or ()}
        self._cost_tables: dict[object, Sequence[int]] = {}
        halves: dict[tuple[str, ...], int] = {}
        compiled = []
        for number, event in enumerate(problem.events):
            if event.halves not in halves:
                halves[event.halves] = grid.of_halves(event.halves)
            slots = grid.period(event.period) & open_for[event.campaign] & halves[event.halves]
            hosts = tuple(self.units[host] for host in event.hosts) or (NONE,)
            places = tuple(self.places[place] for place in event.places) or (NONE,)
            if event.pinned is not None:
                slot = grid.slot(event.pinned.day, event.pinned.half)
                slots &= 1 << slot if slot is not None else 0
                hosts = self._pin(hosts, self.units, event.pinned.host)
                places = self._pin(places, self.places, event.pinned.place)
            compiled.append(
                CompiledEvent(
                    number,
                    event.key,
                    event.required,
                    event.value * problem.weights.unplaced // 100,
                    slots,
                    hosts,
                    places,
                    self._family(event.campaign, event.co_hosts, event.attributes),
                    self._slot_costs(event),
                    event.pinned is not None,
                    self.spot(kept[event.key]) if event.key in kept else None,
                )
            )
        return tuple(compiled)

    def _block_bits(self, period: object, half: str | None) -> int:
        bits = self.grid.period(period)  # type: ignore[arg-type]
        return bits if half is None else bits & self.grid.of_halves((half,))

    @staticmethod
    def _pin(options: tuple[int, ...], numbers: Mapping[str, int], key: str | None) -> tuple[int, ...]:
        number = NONE if key is None else numbers.get(key, NONE)
        return (number,) if number in options else ()

    def _family(self, campaign: str, co_hosts: Iterable[str], attributes: tuple[tuple[str, str], ...]) -> int:
        has = set(attributes)
        matched = tuple(
            number
            for number in self._rules_by_campaign[campaign]
            if has.issuperset(self._rules[number].where.attributes)
        )
        family = _Family(campaign, tuple(self.units[unit] for unit in co_hosts), matched)
        if family not in self._family_numbers:
            self._family_numbers[family] = len(self.families)
            self.families.append(family)
        return self._family_numbers[family]

    def _slot_costs(self, event: PlanEvent) -> Sequence[int]:
        """The event's own cost by slot; one table for all events with the same preferences."""
        key = (event.preferred_half, event.avoid_weekdays, event.preferred_calendar)
        if key not in self._cost_tables:
            self._cost_tables[key] = self._cost_table(event)
        return self._cost_tables[key]

    def _cost_table(self, event: PlanEvent) -> Sequence[int]:
        grid, weights = self.grid, self.problem.weights
        costs = [0] * grid.size
        term = grid.all
        if event.preferred_calendar is not None:
            term = 0
            for period in self.problem.calendars[event.preferred_calendar]:
                term |= grid.period(period)
        for slot in range(grid.size):
            if event.preferred_half is not None and grid.half_of(slot) != event.preferred_half:
                costs[slot] += weights.half
            if grid.weekday[slot // grid.per_day] in event.avoid_weekdays:
                costs[slot] += weights.weekday_avoid
            if not term >> slot & 1:
                costs[slot] += weights.vacation
        return costs

    def _first_slot(self, event: StandingEvent) -> int | None:
        return self.grid.slot(*event.slots[0]) if event.slots else None

    def _stand(self, event: StandingEvent) -> tuple[int, tuple[int, ...], int, int]:
        """Family, slots within the horizon, host and place of a standing event."""
        slots = tuple(slot for pair in event.slots if (slot := self.grid.slot(*pair)) is not None)
        host = self.units[event.host] if event.host is not None else NONE
        place = self.places[event.place] if event.place is not None else NONE
        return self._family(event.campaign, event.units, event.attributes), slots, host, place

    def spot(self, placement: Placement) -> Spot | None:
        """A placement in numbers; None where its slot is outside the horizon or a key is unknown."""
        slot = self.grid.slot(placement.day, placement.half)
        host = NONE if placement.host is None else self.units.get(placement.host)
        place = NONE if placement.place is None else self.places.get(placement.place)
        return None if slot is None or host is None or place is None else Spot(slot, host, place)

    def placement(self, number: int, spot: Spot) -> Placement:
        """The placement of event ``number`` at ``spot``."""
        problem, grid = self.problem, self.grid
        return Placement(
            self.events[number].key,
            grid.day_of(spot.slot),
            grid.half_of(spot.slot),
            None if spot.host == NONE else problem.units[spot.host].key,
            None if spot.place == NONE else problem.places[spot.place].key,
        )

    def engaged(self, family: int, host: int, place: int) -> tuple[int, ...]:
        """The units an event engages: host, co-hosts and owner of the place, each once."""
        units = dict.fromkeys(
            (host, *self.families[family].co_hosts, *((self._owner[place],) if place != NONE else ()))
        )
        units.pop(NONE, None)
        return tuple(units)

    # rooms

    def _build_rooms(self) -> None:
        problem, grid = self.problem, self.grid
        closed_unit, closed_place = [0] * len(problem.units), [0] * len(problem.places)
        for block in problem.blocks:
            bits = self._block_bits(block.period, block.half)
            if block.scope is BlockScope.UNIT:
                closed_unit[self.units[block.target]] |= bits
            elif block.scope is BlockScope.PLACE:
                closed_place[self.places[block.target]] |= bits
        unit_slots: dict[int, list[int]] = defaultdict(list)
        engagements: dict[int, list[int]] = defaultdict(list)
        place_slots: dict[int, list[int]] = defaultdict(list)
        for family, slots, host, place in self._standing:
            for unit in self.engaged(family, host, place):
                unit_slots[unit] += slots
                engagements[unit] += slots[:1]
            if place != NONE:
                place_slots[place] += slots
        for number, unit in enumerate(problem.units):
            cap = OPEN if unit.week_cap is None else unit.week_cap
            taken, engaged = tuple(unit_slots[number]), tuple(engagements[number])
            self.rooms.append(UnitRoom(number, closed_unit[number], cap, taken, engaged, unit.exclusive))
        self._place_rooms = len(self.rooms)
        for number, place in enumerate(problem.places):
            capacity = OPEN if place.capacity is None else place.capacity
            standing = tuple(place_slots[number])
            self.rooms.append(PlaceRoom(number, closed_place[number], capacity, standing))
        self._gap_rooms: dict[str, list[tuple[GapBy, dict[int, int]]]] = defaultdict(list)
        self._shared_rooms: dict[str, list[int]] = defaultdict(list)
        for rule in problem.rules:
            if isinstance(rule, GapRule):
                self._add_gap_rooms(rule)
            elif isinstance(rule, CapacityRule):
                for campaign in dict.fromkeys(rule.campaigns):
                    self._shared_rooms[campaign].append(len(self.rooms))
                standing = tuple(
                    slots[0]
                    for family, slots, _, _ in self._standing
                    if slots and self.families[family].campaign in rule.campaigns
                )
                self.rooms.append(SharedRoom(rule.key, rule.maximum, rule.per is Per.DAY, standing))
        self._quota_rooms: dict[int, int] = {}
        for number, count in enumerate(self._rules):
            if count.maximum is not None:
                self._quota_rooms[number] = len(self.rooms)
                left = max(0, count.maximum - self._standing_count(number))
                self.rooms.append(QuotaRoom(count.key, self._rule_slots(number), left))
        self._option_rooms: dict[tuple[int, int, int], tuple[int, ...]] = {}

    def _add_gap_rooms(self, rule: GapRule) -> None:
        groups: dict[int, list[int]] = {}
        for event in self.events:
            if self.families[event.family].campaign == rule.campaign:
                options = {GapBy.CAMPAIGN: (NONE,), GapBy.PLACE: event.places, GapBy.HOST: event.hosts}[
                    rule.by
                ]
                for option in options:
                    groups.setdefault(option, [])
        for family, slots, host, place in self._standing:
            key = {GapBy.CAMPAIGN: NONE, GapBy.PLACE: place, GapBy.HOST: host}[rule.by]
            if slots and self.families[family].campaign == rule.campaign and key in groups:
                groups[key].append(slots[0] // self.grid.per_day)
        numbers = {}
        for key, days in groups.items():
            if rule.by is GapBy.CAMPAIGN or key != NONE:
                numbers[key] = len(self.rooms)
                self.rooms.append(GapRoom(rule.key, rule.min_days, tuple(days)))
        self._gap_rooms[rule.campaign].append((rule.by, numbers))

    def rooms_of(self, family: int, host: int, place: int) -> tuple[int, ...]:
        """The numbers of the rooms that an event of ``family`` takes up with ``host`` at ``place``."""
        option = (family, host, place)
        if option not in self._option_rooms:
            self._option_rooms[option] = self._find_rooms(family, host, place)
        return self._option_rooms[option]

    def _find_rooms(self, family: int, host: int, place: int) -> tuple[int, ...]:
        kin = self.families[family]
        rooms = list(self.engaged(family, host, place))
        if place != NONE:
            rooms.append(self._place_rooms + place)
        for by, numbers in self._gap_rooms[kin.campaign]:
            key = {GapBy.CAMPAIGN: NONE, GapBy.PLACE: place, GapBy.HOST: host}[by]
            if key in numbers:
                rooms.append(numbers[key])
        rooms += self._shared_rooms[kin.campaign]
        rooms += [
            self._quota_rooms[rule]
            for rule in kin.rules
            if rule in self._quota_rooms and self._counts_at(rule, host, place)
        ]
        return tuple(rooms)

    # counters

    def _counts_at(self, rule: int, host: int, place: int) -> bool:
        """Whether a count rule counts events with this host and place (campaign and attributes apart)."""
        hosts, places = self._rule_options[rule]
        return (hosts is None or host in hosts) and (places is None or place in places)

    def _rule_slots(self, rule: int) -> int:
        where = self._rules[rule].where
        bits = self.grid.period(self._rules[rule].period)
        return bits & self.grid.of_kinds(where.day_kinds) if where.day_kinds else bits

    def _standing_count(self, rule: int) -> int:
        bits = self._rule_slots(rule)
        return sum(
            1
            for family, slots, host, place in self._standing
            if slots
            and rule in self.families[family].rules
            and self._counts_at(rule, host, place)
            and bits >> slots[0] & 1
        )

    def _build_day_types(self) -> None:
        """Days that no rule and no term tells apart have one type."""
        grid = self.grid
        self._rule_options: list[tuple[frozenset[int] | None, frozenset[int] | None]] = [
            (
                frozenset(self.units[host] for host in rule.where.hosts) if rule.where.hosts else None,
                frozenset(self.places[place] for place in rule.where.places) if rule.where.places else None,
            )
            for rule in self._rules
        ]
        spans = {(rule.period, rule.where.day_kinds) for rule in self._rules}
        masks = sorted(
            {grid.period(period) & (grid.of_kinds(kinds) if kinds else grid.all) for period, kinds in spans}
        )
        seen: dict[object, int] = {}
        self.day_type = []
        self._type_day: list[int] = []
        for day in range(len(grid.days)):
            inside = tuple(mask >> day * grid.per_day & 1 for mask in masks)
            key = (grid.month[day], grid.weekday[day], inside)
            if key not in seen:
                seen[key] = len(seen)
                self._type_day.append(day)
            self.day_type.append(seen[key])
        self.day_types = len(seen)

    def _build_counters(self) -> None:
        months = sorted(set(self.grid.month))
        self._minimum: dict[int, int] = {}
        for number, rule in enumerate(self._rules):
            if rule.minimum:
                self._minimum[number] = len(self.counters)
                self.counters.append(
                    Counter(rule.key, rule.minimum, OPEN, HARD, True, self._standing_count(number))
                )
        self._rule_bits = {number: self._rule_slots(number) for number in self._minimum}
        self._by_host: dict[tuple[str, int], list[int]] = defaultdict(list)
        self._by_place: dict[tuple[str, int], list[int]] = defaultdict(list)
        self._by_unit: dict[tuple[int, int], list[int]] = defaultdict(list)
        self._by_month: dict[tuple[str, int], list[int]] = defaultdict(list)
        self._by_weekday: dict[tuple[str, int], list[int]] = defaultdict(list)
        for term in self.problem.soft:
            if isinstance(term, LoadTerm):
                for unit in term.units:
                    self._count(
                        term,
                        term.low,
                        term.high,
                        self._by_host,
                        [(c, self.units[unit]) for c in term.campaigns],
                    )
            elif isinstance(term, CoverTerm):
                for place in term.places:
                    self._count(
                        term, term.low, term.high, self._by_place, [(term.campaign, self.places[place])]
                    )
            elif isinstance(term, CrowdTerm):
                for unit in term.units:
                    for month in months:
                        self._count(term, 0, term.high, self._by_unit, [(self.units[unit], month)])
            elif isinstance(term, MonthTerm):
                for month in months:
                    self._count(
                        term, term.low, term.high, self._by_month, [(c, month) for c in term.campaigns]
                    )
            elif isinstance(term, WeekdayTerm):
                for weekday in range(5):
                    self._count(term, 0, term.high, self._by_weekday, [(c, weekday) for c in term.campaigns])
        self._add_standing_counts()

    def _count(
        self,
        term: LoadTerm | CoverTerm | CrowdTerm | MonthTerm | WeekdayTerm,
        low: int,
        high: int,
        table: dict[tuple[object, int], list[int]],  # type: ignore[type-var]
        keys: Iterable[tuple[object, int]],
    ) -> None:
        for key in keys:
            table[key].append(len(self.counters))
        self.counters.append(Counter(term.key, low, high, term.weight))

    def _add_standing_counts(self) -> None:
        for family, slots, host, place in self._standing:
            if slots:
                day_type = self.day_type[slots[0] // self.grid.per_day]
                for number in self.counters_of(family, host, place, day_type):
                    counter = self.counters[number]
                    if not counter.hard:
                        self.counters[number] = counter._replace(initial=counter.initial + 1)

    def counters_of(self, family: int, host: int, place: int, day_type: int) -> tuple[int, ...]:
        """The numbers of the counters that an event of ``family`` adds to, there and on such a day."""
        day, campaign = self._type_day[day_type], self.families[family].campaign
        slot, month = day * self.grid.per_day, self.grid.month[day]
        found = [
            self._minimum[rule]
            for rule in self.families[family].rules
            if rule in self._minimum
            and self._rule_bits[rule] >> slot & 1
            and self._counts_at(rule, host, place)
        ]
        found += self._by_host.get((campaign, host), ())
        found += self._by_place.get((campaign, place), ())
        for unit in self.engaged(family, host, place):
            found += self._by_unit.get((unit, month), ())
        found += self._by_month.get((campaign, month), ())
        found += self._by_weekday.get((campaign, self.grid.weekday[day]), ())
        return tuple(found)


def compile_problem(problem: Problem) -> Compiled:
    """``problem`` in numbers; its references must be sound (``bare_format`` sees to that)."""
    return Compiled(problem)
