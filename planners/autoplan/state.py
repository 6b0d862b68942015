"""搜索中的方案：谁在哪里、各处还空多少、每一动作价差几何；硬约束始终成立。

Delta evaluation: placing and removing keep cost, counts and bit sets up to date, so that a price is a
few integer operations. Slots, days, hosts and places are numbers of ``Compiled``; bit n of a mask is
slot n. Checked against ``score``, which counts anew.
"""

from __future__ import annotations

from planners.autoplan.availability import Availability, availabilities
from planners.autoplan.compiled import Compiled
from planners.autoplan.event_table import Assignment, CompiledEvent
from planners.autoplan.problem import Plan, SpreadTerm


class _Spread:
    """How many events each window of a spread term holds, as bit sets of the windows with 1, 2, 3 … events."""

    __slots__ = ("_days", "_levels", "_masks", "_weight")

    def __init__(self, days: int, term: SpreadTerm) -> None:
        self._weight = term.weight
        self._levels = [0]
        self._masks = []
        for day in range(days):
            first = max(0, day - term.days + 1)
            self._masks.append(((1 << day - first + 1) - 1) << first)

    def price(self, day: int) -> int:
        """What one more event on ``day`` costs."""
        return self._weight * (self._levels[0] & self._masks[day]).bit_count()

    def add(self, day: int) -> None:
        # Unary counting with bit sets: level n holds the windows of more than n events, and those in it
        # already move on to the next level.
        carry, levels = self._masks[day], self._levels
        for number, level in enumerate(levels):
            levels[number] = level | carry
            carry &= level
            if not carry:
                return
        levels.append(carry)

    def remove(self, day: int) -> None:
        # Backwards: each window of ``gone`` leaves the highest level it is in, and only that one.
        levels, gone = self._levels, self._masks[day]
        for number in range(len(levels) - 1, -1, -1):
            last = levels[number]
            levels[number] = last & ~gone
            gone &= ~last


class Option:
    """An event's host and place: the resources it takes up, the counting constraints it adds to by type of day."""

    __slots__ = ("counting", "family", "host", "place", "resources")

    def __init__(
        self, family: int, host: int, place: int, resources: tuple[Availability, ...], day_types: int
    ) -> None:
        self.family = family
        self.host = host
        self.place = place
        self.resources = resources
        self.counting: list[tuple[int, ...] | None] = [None] * day_types


class State:
    """A plan in the making. Every placed event stands where its resources allow it; ``at`` holds the assignments.

    ``cost``: soft terms, ``hard`` for each missing required event and each event short of a minimum,
    and with a baseline ``move`` for each moved event and ``keep`` × its keep cost (``Precedence``). An event left out
    that the baseline does not hold costs its value.
    """

    def __init__(self, compiled: Compiled) -> None:
        self.compiled = compiled
        self.events = compiled.events
        self.per_day = compiled.grid.per_day
        self.at: list[Assignment | None] = [None] * len(self.events)
        self._resources = availabilities(compiled)
        self._counts = [constraint.initial for constraint in compiled.counting]
        self._low = [constraint.low for constraint in compiled.counting]
        self._high = [constraint.high for constraint in compiled.counting]
        self._weight = [constraint.weight for constraint in compiled.counting]
        self._day_type = compiled.day_type
        spreads = [_Spread(len(compiled.grid.days), term) for term in compiled.spreads]
        self._spreads = [
            [spreads[number] for number in compiled.spreads_of.get(family.campaign, ())]
            for family in compiled.families
        ]
        self._options: dict[tuple[int, int, int], Option] = {}
        self.options = [self._options_of(event) for event in self.events]
        self._keep = compiled.problem.keep
        self._precedence = compiled.precedence
        self._leave_out = [self._left_out_cost(event) for event in self.events]
        self.cost = sum(self._leave_out) + self._initial_cost()
        for campaign, days in compiled.fixed_days.items():
            for number in compiled.spreads_of.get(campaign, ()):
                for day in days:
                    self.cost += spreads[number].price(day)
                    spreads[number].add(day)

    def _initial_cost(self) -> int:
        cost = 0
        for count, low, high, weight in zip(self._counts, self._low, self._high, self._weight, strict=True):
            cost += weight * (max(0, low - count) + max(0, count - high))
        return cost

    def _left_out_cost(self, event: CompiledEvent) -> int:
        cost = self._precedence.hard if event.required else event.value
        if event.kept is not None:
            cost += self._precedence.move + self._precedence.keep * self._keep.drop
        return cost

    def _options_of(self, event: CompiledEvent) -> tuple[Option, ...]:
        found = []
        for host in event.hosts:
            for place in event.places:
                key = (event.family, host, place)
                if key not in self._options:
                    resources = tuple(self._resources[number] for number in self.compiled.resources_of(*key))
                    self._options[key] = Option(*key, resources, self.compiled.day_types)
                found.append(self._options[key])
        return tuple(found)

    def option(self, number: int, assignment: Assignment) -> Option:
        """The option (host and place) of event ``number`` at ``assignment``."""
        return self._options[self.events[number].family, assignment.host, assignment.place]

    def free(self, number: int, option: Option) -> int:
        """The slots at which event ``number`` (not placed) finds room with this option."""
        bits = self.events[number].slots
        for resource in option.resources:
            bits &= resource.open
        return bits

    def price(self, number: int, option: Option, slot: int) -> int:
        """What placing event ``number`` there costs, its own absence (``absence``) apart."""
        event = self.events[number]
        cost = event.slot_costs[slot]
        day = slot // self.per_day
        day_type = self._day_type[day]
        # Asked for millions of times: found once an option and type of day, then remembered.
        touched = option.counting[day_type]
        if touched is None:
            touched = self._learn(option, day_type)
        counts, low, high, weight = self._counts, self._low, self._high, self._weight
        for constraint in touched:
            count = counts[constraint]
            # One more above ``high`` costs, one more below ``low`` saves; in between it is free.
            if count >= high[constraint]:
                cost += weight[constraint]
            elif count < low[constraint]:
                cost -= weight[constraint]
        for spread in self._spreads[event.family]:
            cost += spread.price(day)
        if event.kept is not None:
            cost += self._keep_price(event.kept, option, slot)
        return cost

    def _learn(self, option: Option, day_type: int) -> tuple[int, ...]:
        touched = self.compiled.counting_of(option.family, option.host, option.place, day_type)
        option.counting[day_type] = touched
        return touched

    def _keep_price(self, kept: Assignment, option: Option, slot: int) -> int:
        keep = self._keep
        cost = 0
        if slot // self.per_day != kept.slot // self.per_day:
            cost += keep.day
        elif slot != kept.slot:
            cost += keep.half
        if option.host != kept.host:
            cost += keep.host
        if option.place != kept.place:
            cost += keep.place
        moved = slot != kept.slot or option.host != kept.host or option.place != kept.place
        return self._precedence.keep * cost + (self._precedence.move if moved else 0)

    def absence(self, number: int) -> int:
        """What leaving event ``number`` out costs."""
        return self._leave_out[number]

    def drop(self, number: int, option: Option, slot: int, price: int | None = None) -> None:
        """Event ``number`` (not placed) stands there; there must be room (``price``: if known already)."""
        if price is None:
            price = self.price(number, option, slot)
        self.cost += price - self._leave_out[number]
        self.at[number] = Assignment(slot, option.host, option.place)
        for resource in option.resources:
            resource.add(slot)
        counts = self._counts
        day = slot // self.per_day
        for constraint in option.counting[self._day_type[day]] or ():
            counts[constraint] += 1
        for spread in self._spreads[option.family]:
            spread.add(day)

    def lift(self, number: int) -> int:
        """Event ``number`` is taken out; what it cost there (its price, now that it is out)."""
        assignment = self.at[number]
        assert assignment is not None
        option = self.option(number, assignment)
        self.at[number] = None
        slot = assignment.slot
        for resource in option.resources:
            resource.remove(slot)
        day = slot // self.per_day
        touched = option.counting[self._day_type[day]]
        assert touched is not None
        counts = self._counts
        for constraint in touched:
            counts[constraint] -= 1
        for spread in self._spreads[option.family]:
            spread.remove(day)
        # Priced after it is gone: the price is what putting it back would cost.
        price = self.price(number, option, slot)
        self.cost += self._leave_out[number] - price
        return price

    def short(self) -> list[int]:
        """The hard counting constraints whose minimum is not reached."""
        counted = zip(self.compiled.counting, self._counts, strict=True)
        return [
            n for n, (constraint, count) in enumerate(counted) if constraint.hard and count < constraint.low
        ]

    def shortages(self) -> list[str]:
        """The count rules whose minimum is not reached."""
        return [self.compiled.counting[number].name for number in self.short()]

    def plan(self) -> Plan:
        """The placements as they are."""
        return Plan(
            tuple(
                self.compiled.placement(n, assignment)
                for n, assignment in enumerate(self.at)
                if assignment is not None
            )
        )
