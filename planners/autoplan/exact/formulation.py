"""整题的整数规划：时段、主办、场所分开选；计数与名额一次写全，撞期等先放着，撞了再补。

Mixed integer model: cell (slot or day), host and place of an event are chosen by separate columns and
linked only where a constraint must know two of them at once (``EventColumns.count``). Limits of single
slots, weeks and distances would be tens of thousands of rows: they are written down lazily, where a
solution breaks them (``broken``, ``forbid``). Each is valid for every legal plan, so bounds stay bounds.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from planners.autoplan.compiled import Compiled
from planners.autoplan.event_table import Assignment
from planners.autoplan.exact.domains import ALWAYS, EventDomain, cells, open_slots
from planners.autoplan.exact.event_columns import EventColumns
from planners.autoplan.exact.milp import INFINITY, Milp
from planners.autoplan.grid import slots_of
from planners.autoplan.problem import SpreadTerm
from planners.autoplan.resources import GapResource, PlaceResource, QuotaResource, UnitResource


class Limit(NamedTuple):
    """At most ``most`` events that take up ``resource`` on the slots ``bits``."""

    resource: int
    bits: int
    most: int


class _Band(NamedTuple):
    """``off`` counts by how much the sum of ``columns`` goes past ``edge`` (upwards: ``sign`` 1)."""

    columns: list[int]
    edge: int
    sign: int
    off: int


class Formulation:
    """The model of some events of a problem. Every legal plan of them is one of its solutions.

    Its solutions keep windows, halves, pins, blocked periods, count rules and all resources that each
    event takes up whatever its host and place; the others only as far as ``forbid`` was called.
    What it minimises: the preferences if ``soft``; ``hard`` for a required event left out and for each
    event short of a minimum (None: not allowed); ``scatter``: a cost without meaning that spreads the
    events. ``precise``: for costs of very different sizes. ``days``: whole days are chosen, not halves.
    ``counting``: the counting constraints that the objective may look at (all).
    """

    def __init__(
        self,
        compiled: Compiled,
        domains: Sequence[EventDomain],
        *,
        soft: bool = False,
        hard: int | None = None,
        scatter: bool = False,
        precise: bool = False,
        days: bool = False,
        counting: Iterable[int] | None = None,
    ) -> None:
        self.compiled = compiled
        self.domains = domains
        self.milp = Milp(precise=precise or hard is not None)
        self.days = days
        self._soft, self._hard, self._scatter = soft, hard, scatter
        self.choices = [self._choice(domain) for domain in domains]
        self.users: dict[int, list[int]] = defaultdict(list)
        for number, domain in enumerate(domains):
            for resource in domain.resources:
                self.users[resource].append(number)
        self._open = open_slots(compiled, self.users)
        self.forbidden: set[Limit] = set()
        self._limits: dict[int, list[Limit]] = {}
        self._bands: list[_Band] = []
        wanted = range(len(compiled.counting)) if counting is None else counting
        self._count_rules([n for n in wanted if soft or compiled.counting[n].hard])
        self._quotas()
        # Limits on events that take up the resource wherever they go cost few columns and cut much: at once.
        for resource, users in self.users.items():
            sure = [number for number in users if domains[number].resources[resource] is ALWAYS]
            for limit in self.limits(resource) if len(sure) > 1 else ():
                self._forbid_early(limit, sure)
        if soft:
            self._spreads()

    def _choice(self, domain: EventDomain) -> EventColumns:
        parts = cells(domain, self.compiled.grid.per_day, days=self.days)
        priced = [(bits, self._cell_cost(domain, bits)) for bits in parts]
        event = domain.event
        absence = self._hard if event.required else event.value if self._soft else 0
        return EventColumns(self.milp, domain, priced, absence)

    def _cell_cost(self, domain: EventDomain, bits: int) -> float:
        """The least that the event costs in these slots, its counts apart."""
        if self._scatter:
            return 10 + (domain.event.number * 7919 + bits.bit_length() * 104729) % 101 / 100
        return min(domain.event.slot_costs[slot] for slot in slots_of(bits)) if self._soft else 0

    # what is counted

    def _count_rules(self, wanted: Sequence[int]) -> None:
        columns: dict[int, list[int]] = {number: [] for number in wanted}
        constants = dict.fromkeys(wanted, 0)
        for choice in self.choices:
            for number, pairs in choice.domain.counts.items():
                if number not in columns:
                    continue
                for condition, bits in pairs:
                    count = choice.count(condition, bits)
                    columns[number] += count.columns
                    constants[number] += count.constant
        for number in wanted:
            constraint = self.compiled.counting[number]
            done = constraint.initial + constants[number]
            if constraint.hard and self._hard is None:
                if constraint.low > done:
                    self.milp.row(constraint.low - done, INFINITY, columns[number])
            else:
                self._band(columns[number], constraint.low - done, constraint.high - done, constraint.weight)

    def _band(self, columns: list[int], low: int, high: int, weight: int) -> None:
        """``weight`` for each one below ``low`` or above ``high``."""
        if low > 0:
            short = self.milp.column(weight, 0, low)
            self.milp.row(low, INFINITY, [*columns, short])
            self._bands.append(_Band(columns, low, -1, short))
        if len(columns) > high:
            # The lower bound counts what fixed events are over already, which no choice can mend.
            over = self.milp.column(weight, max(0, -high), max(0, len(columns) - high))
            self.milp.row(-INFINITY, high, [*columns, over], [1.0] * len(columns) + [-1.0])
            self._bands.append(_Band(columns, high, 1, over))

    def _quotas(self) -> None:
        for resource, users in self.users.items():
            quota = self.compiled.resources[resource]
            if not isinstance(quota, QuotaResource):
                continue
            columns: list[int] = []
            left = quota.maximum
            for number in users:
                count = self.choices[number].count(self.domains[number].resources[resource], quota.slots)
                columns += count.columns
                left -= count.constant
            if len(columns) > left:
                self.milp.row(-INFINITY, left, columns)

    def _spreads(self) -> None:
        """The spread terms that events of the model belong to."""
        compiled = self.compiled
        by_campaign: dict[str, list[EventColumns]] = defaultdict(list)
        for choice in self.choices:
            by_campaign[compiled.families[choice.domain.event.family].campaign].append(choice)
        for campaign, choices in by_campaign.items():
            for number in compiled.spreads_of.get(campaign, ()):
                self._spread(compiled.spreads[number], choices)

    def _spread(self, term: SpreadTerm, choices: Sequence[EventColumns]) -> None:
        days: dict[int, list[int]] = defaultdict(list)
        for choice in choices:
            for bits, column in choice.cells:
                days[self._day(bits)].append(column)
        fixed = [0] * len(self.compiled.grid.days)
        for day in self.compiled.fixed_days.get(term.campaign, ()):
            fixed[day] += 1
        for first in range(len(fixed)):
            window = range(first, min(first + term.days, len(fixed)))
            there = sum(fixed[window.start : window.stop])
            columns = [column for day in window if day in days for column in days[day]]
            if columns and len(columns) + there > 1:
                self._band(columns, 0, 1 - there, term.weight)
            # Fixed events alone crowd this window: a constant.
            elif there > 1:
                self.milp.offset += term.weight * (there - 1)

    def _day(self, bits: int) -> int:
        return ((bits & -bits).bit_length() - 1) // self.compiled.grid.per_day

    # what is taken up

    def limits(self, resource: int) -> list[Limit]:
        """Every limit of a resource that its users could break."""
        of = self.compiled.resources[resource]
        if isinstance(of, QuotaResource):
            return []
        if isinstance(of, GapResource):
            return self._gap_limits(resource, of)
        if isinstance(of, UnitResource):
            found = self._counted_limits(resource, 1, (), 1) if of.exclusive else []
            return found + self._week_limits(resource, of)
        if isinstance(of, PlaceResource):
            return self._counted_limits(resource, of.capacity, of.fixed, 1)
        step = self.compiled.grid.per_day if of.per_day else 1
        return self._counted_limits(resource, of.maximum, of.fixed, step)

    def _used(self, resource: int) -> int:
        bits = 0
        for number in self.users[resource]:
            bits |= self.domains[number].slots
        return bits & self._open[resource]

    def _counted_limits(self, resource: int, capacity: int, fixed: tuple[int, ...], step: int) -> list[Limit]:
        """Per slot (day where ``step`` is a day); where days are chosen, of the slots of a day together."""
        per_day = self.compiled.grid.per_day
        taken: dict[int, int] = defaultdict(int)
        for slot in fixed:
            taken[slot // step] += 1
        found = []
        used = self._used(resource)
        while used:
            slot = (used & -used).bit_length() - 1
            width = per_day if self.days else step
            bits = ((1 << width) - 1) << slot // width * width
            parts = range(slot // width * width // step, (slot // width * width + width - 1) // step + 1)
            # Where whole days are chosen, the parts of a day are added up: weaker, but true of every plan.
            most = sum(
                max(0, capacity - taken[part]) for part in parts if used >> part * step & ((1 << step) - 1)
            )
            if most < len(self.users[resource]):
                found.append(Limit(resource, bits, most))
            used &= ~bits
        return found

    def _week_limits(self, resource: int, unit: UnitResource) -> list[Limit]:
        grid = self.compiled.grid
        taken = [0] * len(grid.week_bits)
        for slot in unit.engagements:
            taken[grid.week[slot // grid.per_day]] += 1
        used = self._used(resource)
        return [
            Limit(resource, bits, unit.cap - taken[week])
            for week, bits in enumerate(grid.week_bits)
            if used & bits and 0 < unit.cap - taken[week] < len(self.users[resource])
        ]

    def _gap_limits(self, resource: int, gap: GapResource) -> list[Limit]:
        if len(self.users[resource]) < 2:
            return []
        grid = self.compiled.grid
        return [
            Limit(resource, grid.span(first, first + gap.min_days), 1)
            for first in range(max(1, len(grid.days) - gap.min_days + 1))
        ]

    def _forbid_early(self, limit: Limit, sure: Sequence[int]) -> None:
        """Write the limit down if the events that surely take up the resource could break it."""
        inside = [number for number in sure if self.domains[number].slots & limit.bits]
        if len(inside) <= limit.most:
            return
        # Nobody else uses it, so this is the whole limit; ``forbid`` need not come back to it.
        if len(sure) == len(self.users[limit.resource]):
            self.forbidden.add(limit)
        columns = [column for number in inside for column in self.choices[number].time(limit.bits)]
        self.milp.row(-INFINITY, limit.most, columns)

    def forbid(self, limit: Limit) -> bool:
        """Write the limit down for every event that may break it; False if it stood there already."""
        if limit in self.forbidden:
            return False
        self.forbidden.add(limit)
        columns: list[int] = []
        most = limit.most
        for number in self.users[limit.resource]:
            part = self.domains[number].slots & limit.bits
            if part:
                count = self.choices[number].count(self.domains[number].resources[limit.resource], part)
                columns += count.columns
                most -= count.constant
        self.milp.row(-INFINITY, most, columns)
        return True

    def read(self, values: Sequence[float], least: float = 0.5) -> dict[int, tuple[int, int, int]]:
        """By number within the model: cell, host and place of the events placed (chosen by ``least``)."""
        found = ((number, choice.read(values, least)) for number, choice in enumerate(self.choices))
        return {number: at for number, at in found if at is not None}

    def write(self, at: Mapping[int, Assignment]) -> dict[int, float]:
        """The values of all columns for a plan (assignments by number of the problem's events)."""
        values: dict[int, float] = {}
        for choice in self.choices:
            values |= choice.write(at.get(choice.domain.event.number))
        for band in self._bands:
            total = sum(values[column] for column in band.columns)
            values[band.off] = max(0.0, band.sign * (total - band.edge))
        return values

    def broken(self, placed: Mapping[int, tuple[int, int, int]]) -> list[Limit]:
        """The limits that a solution breaks."""
        inside: dict[int, list[int]] = defaultdict(list)
        for number, (bits, host, place) in placed.items():
            event = self.domains[number].event
            for resource in self.compiled.resources_of(event.family, host, place):
                if resource in self.users:
                    inside[resource].append(bits)
        found = []
        for resource, all_bits in inside.items():
            gap = isinstance(self.compiled.resources[resource], GapResource)
            for limit in self._limits_at(resource, all_bits):
                if sum(1 for bits in all_bits if bits & limit.bits) > limit.most:
                    # Of the windows of a gap that hold the same events, the one that begins with them.
                    first_day = self._day(limit.bits)
                    if not gap or any(self._day(bits) == first_day for bits in all_bits):
                        found.append(limit)
        return found

    def _limits_at(self, resource: int, all_bits: Sequence[int]) -> list[Limit]:
        """The limits of a resource that matter for events in these cells."""
        if len(all_bits) < 2:
            return []
        if resource not in self._limits:
            self._limits[resource] = self.limits(resource)
        together = 0
        for bits in all_bits:
            together |= bits
        return [limit for limit in self._limits[resource] if limit.bits & together]

    def assignments(self, placed: Mapping[int, tuple[int, int, int]]) -> dict[int, Assignment]:
        """The assignments by number of the problem's events, where slots are chosen."""
        return {
            self.domains[number].event.number: Assignment(bits.bit_length() - 1, host, place)
            for number, (bits, host, place) in placed.items()
        }
