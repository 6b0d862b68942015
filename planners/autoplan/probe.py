"""小问题的穷举：有解给方案，无解给证明，到了限度说“未找到”。"""

from __future__ import annotations

import random
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from typing import NamedTuple

from planners.autoplan.compiled import NONE, Compiled, CompiledEvent, Spot
from planners.autoplan.grid import slots_of
from planners.autoplan.probe_decisions import seat_decisions
from planners.autoplan.problem import CountRule, Placement, Plan, Problem, Status
from planners.autoplan.relax import bare
from planners.autoplan.rooms import LiveRoom, live_rooms

FIRST_ROUND = 60
"""Placements tried before the search begins anew with what it has learnt."""


class Probed(NamedTuple):
    """``plan`` where feasible (of what is required, nothing more); ``nodes`` placements tried."""

    status: Status
    plan: Plan | None
    nodes: int


def never() -> bool:
    """Nobody asks to stop."""
    return False


def probe(problem: Problem, nodes: int, stop: Callable[[], bool] = never) -> Probed:
    """Feasible with a plan, or proved infeasible, or not found within ``nodes`` placements."""
    seats = seat_decisions(problem, nodes)
    if seats is None:
        return Probed(Status.INFEASIBLE, None, 0)
    search = _Search(Compiled(bare(problem)._replace(decisions=())))
    status = search.run(nodes, stop)
    if status is not Status.FEASIBLE:
        return Probed(status, None, search.nodes)
    if len(seats) < len(problem.decisions):
        return Probed(Status.NOT_FOUND, None, search.nodes)
    return Probed(status, Plan(search.placements(), seats), search.nodes)


class _Choice(NamedTuple):
    """A host and place of an event: the rooms it takes up; ``counts``: at which slots it meets a demand."""

    host: int
    place: int
    rooms: tuple[LiveRoom, ...]
    counts: tuple[tuple[int, int], ...]


class _Branch(NamedTuple):
    """The event to be placed next; ``demand`` it is to meet, which it may also not do if ``loose``."""

    variable: int
    demand: int
    loose: bool


class _Step:
    """A branch of the search with the values still to try; ``undo`` takes the last one back."""

    __slots__ = ("branch", "undo", "values")

    def __init__(self, branch: _Branch, values: Iterator[tuple[_Choice, int]]) -> None:
        self.branch = branch
        self.values = values
        self.undo: Callable[[], None] | None = None


class _Search:
    """Depth first, the tightest event first; who fails often comes earlier in the next round."""

    def __init__(self, compiled: Compiled) -> None:
        self._compiled = compiled
        self._rooms = live_rooms(compiled)
        self._set_demands()
        self._set_variables()
        count = len(self._events)
        self._weights = [1] * count
        self._spots: list[Spot | None] = [None] * count
        self._masks = [compiled.grid.all] * count
        self._sizes = [0] * count
        self._gives: list[frozenset[int]] = [frozenset()] * count
        self._excluded: list[frozenset[int]] = [frozenset()] * count
        self._available = [0] * len(self._needs)
        self._over = False
        self.nodes = 0

    # what there is

    def _set_demands(self) -> None:
        """The minima of the count rules that the standing events do not meet yet."""
        compiled, grid = self._compiled, self._compiled.grid
        lacking = {
            counter.name: counter.low - counter.initial
            for counter in compiled.counters
            if counter.hard and counter.low > counter.initial
        }
        self._demand_rules = [
            rule for rule in compiled.problem.rules if isinstance(rule, CountRule) and rule.key in lacking
        ]
        self._needs = [lacking[rule.key] for rule in self._demand_rules]
        self._demand_bits = [
            grid.period(rule.period)
            & (grid.of_kinds(rule.where.day_kinds) if rule.where.day_kinds else grid.all)
            for rule in self._demand_rules
        ]

    def _set_variables(self) -> None:
        """The events that matter: required ones, and those that can meet a demand."""
        compiled = self._compiled
        self._events: list[CompiledEvent] = []
        self._choices: list[tuple[_Choice, ...]] = []
        self._users: dict[int, set[int]] = defaultdict(set)
        self._peers: list[list[int]] = []
        self._contributors: list[set[int]] = [set() for _ in self._needs]
        groups: dict[object, list[int]] = {}
        for event in compiled.events:
            choices = self._choices_of(event)
            if not event.required and not any(choice.counts for choice in choices):
                continue
            number = len(self._events)
            self._events.append(event)
            self._choices.append(choices)
            for choice in choices:
                for room in choice.rooms:
                    self._users[id(room)].add(number)
                for demand, _ in choice.counts:
                    self._contributors[demand].add(number)
            alike = (event.family, event.slots, event.hosts, event.places, event.required)
            groups.setdefault(alike, []).append(number)
            self._peers.append(groups[alike])

    def _choices_of(self, event: CompiledEvent) -> tuple[_Choice, ...]:
        compiled = self._compiled
        original = compiled.problem.events[event.number]
        attributes = set(original.attributes)
        asked = [
            number
            for number, rule in enumerate(self._demand_rules)
            if original.campaign in rule.campaigns and attributes.issuperset(rule.where.attributes)
        ]
        return tuple(
            _Choice(
                host,
                place,
                tuple(self._rooms[number] for number in compiled.rooms_of(event.family, host, place)),
                tuple(
                    (number, bits)
                    for number in asked
                    if self._counts_at(number, host, place)
                    and (bits := self._demand_bits[number] & event.slots)
                ),
            )
            for host in event.hosts
            for place in event.places
        )

    def _counts_at(self, demand: int, host: int, place: int) -> bool:
        where = self._demand_rules[demand].where
        units, places = self._compiled.problem.units, self._compiled.problem.places
        return (not where.hosts or (host != NONE and units[host].key in where.hosts)) and (
            not where.places or (place != NONE and places[place].key in where.places)
        )

    # the search

    def run(self, nodes: int, stop: Callable[[], bool]) -> Status:
        """Search one group of events after another; those of different groups never meet."""
        if not self._refresh(range(len(self._events)), []) or not all(self._contributors):
            return Status.INFEASIBLE
        self._stop = stop
        whole = Status.FEASIBLE
        for variables, demands in self._groups():
            self._variables, self._demands = variables, demands
            status = self._run_group(self.nodes + nodes)
            if status is Status.INFEASIBLE:
                return status
            if status is Status.NOT_FOUND:
                whole = status
        return whole

    def _groups(self) -> Iterator[tuple[list[int], list[int]]]:
        """Variables that share a room or a demand, directly or through others; and the demands."""
        root = list(range(len(self._events)))

        def find(number: int) -> int:
            while root[number] != number:
                root[number] = root[root[number]]
                number = root[number]
            return number

        for sharing in (*self._users.values(), *self._contributors):
            first, *others = sharing or (0,)
            for other in others:
                root[find(other)] = find(first)
        groups: dict[int, tuple[list[int], list[int]]] = defaultdict(lambda: ([], []))
        for variable in range(len(self._events)):
            groups[find(variable)][0].append(variable)
        for demand, contributors in enumerate(self._contributors):
            groups[find(min(contributors))][1].append(demand)
        yield from sorted(groups.values(), key=lambda group: len(group[0]))

    def _run_group(self, nodes: int) -> Status:
        """Search in rounds, each twice as long, until one is complete or the group's nodes are used up."""
        length, number = FIRST_ROUND, 0
        while self.nodes < nodes:
            self._limit, self._over = min(nodes, self.nodes + length), False
            self._chance = random.Random(number) if number else None  # noqa: S311
            if self._descend():
                return Status.FEASIBLE
            if not self._over:
                return Status.INFEASIBLE
            if self._stop():
                return Status.NOT_FOUND
            length, number = length * 2, number + 1
        return Status.NOT_FOUND

    def _free(self, variable: int, choice: _Choice) -> int:
        bits = self._events[variable].slots & self._masks[variable]
        for room in choice.rooms:
            bits &= room.open
        return bits

    def _refresh(self, variables: Iterable[int], trail: list[tuple[int, int, frozenset[int]]]) -> bool:
        """Sizes and demands met anew; False as soon as a required event has no room left."""
        for variable in variables:
            if self._spots[variable] is not None:
                continue
            bits, gives = 0, set()
            for choice in self._choices[variable]:
                free = self._free(variable, choice)
                bits |= free
                for demand, mask in choice.counts:
                    if free & mask:
                        gives.add(demand)
            trail.append((variable, self._sizes[variable], self._gives[variable]))
            self._sizes[variable] = bits.bit_count()
            self._give(variable, frozenset(gives) - self._excluded[variable])
            if not bits and self._events[variable].required:
                self._weights[variable] += 1
                return False
        return True

    def _give(self, variable: int, gives: frozenset[int]) -> None:
        before = self._gives[variable]
        if gives != before:
            for demand in before - gives:
                self._available[demand] -= 1
            for demand in gives - before:
                self._available[demand] += 1
            self._gives[variable] = gives

    def _descend(self) -> bool:
        """True with the whole group placed; False, and all is as before, if there is no way or the round is over."""
        steps: list[_Step] = []
        while True:
            branch = self._next_branch()
            if branch is not None and branch.variable < 0:
                return True
            if branch is not None:
                steps.append(_Step(branch, self._values(branch)))
            if not self._advance(steps):
                return False

    def _advance(self, steps: list[_Step]) -> bool:
        """Take the next value that fits, going back where none is left; False: nothing is left at all."""
        while steps:
            step = steps[-1]
            if step.undo is not None:
                step.undo()
                step.undo = None
            if not self._over and (self.nodes >= self._limit or (self.nodes % 256 == 255 and self._stop())):
                self._over = True
            value = None if self._over else next(step.values, None)
            if value is not None:
                self.nodes += 1
                if self._try(step, *value):
                    return True
            elif step.branch.loose and not self._over:
                step.undo = self._exclude(step.branch)
                step.branch = step.branch._replace(loose=False)
                return True
            else:
                steps.pop()
        return False

    def _next_branch(self) -> _Branch | None:
        """What to place next; None: a demand cannot be met; variable −1: nothing is left to do."""
        best, best_size = _Branch(-1, NONE, loose=False), float("inf")
        slackest: tuple[int, int] | None = None
        for demand in self._demands:
            need = self._needs[demand]
            slack = self._available[demand] - need
            if need <= 0:
                continue
            if slack < 0:
                self._blame(demand)
                return None
            if slack == 0:
                variable, size = self._tightest(demand)
                if size < best_size:
                    best, best_size = _Branch(variable, demand, loose=False), size
            elif slackest is None or slack < slackest[0]:
                slackest = (slack, demand)
        for variable in self._variables:
            if self._events[variable].required and self._spots[variable] is None:
                size = self._sizes[variable] / self._weights[variable]
                if size < best_size:
                    best, best_size = _Branch(variable, NONE, loose=False), size
        if best.variable < 0 and slackest is not None:
            return _Branch(self._tightest(slackest[1])[0], slackest[1], loose=True)
        return best

    def _tightest(self, demand: int) -> tuple[int, float]:
        size, variable = min(
            (self._sizes[number] / self._weights[number], number)
            for number in self._contributors[demand]
            if demand in self._gives[number]
        )
        return variable, size

    def _blame(self, demand: int) -> None:
        for variable in self._contributors[demand]:
            self._weights[variable] += 1

    def _values(self, branch: _Branch) -> Iterator[tuple[_Choice, int]]:
        """Every place to try: those that meet demands first, then the freest."""
        ranked = []
        for number, choice in enumerate(self._choices[branch.variable]):
            bits = self._free(branch.variable, choice)
            counted = dict(choice.counts)
            if branch.demand != NONE:
                bits &= counted.get(branch.demand, 0)
            useful = 0
            for demand, mask in choice.counts:
                if self._needs[demand] > 0:
                    useful |= mask
            for part, rank in ((bits & useful, 0), (bits & ~useful, 1)):
                if part:
                    order = self._chance.random() if self._chance else number
                    ranked.append((rank, -part.bit_count() if not self._chance else 0, order, choice, part))
        ranked.sort(key=lambda entry: entry[:3])
        for _, _, _, choice, part in ranked:
            slots = list(slots_of(part))
            if self._chance:
                turn = self._chance.randrange(len(slots))
                slots = slots[turn:] + slots[:turn]
            for slot in slots:
                yield choice, slot

    def _try(self, step: _Step, choice: _Choice, slot: int) -> bool:
        """Place the step's event there; whether every other one still has room. ``step.undo`` takes it back."""
        variable = step.branch.variable
        dirty: set[int] = set()
        for room in choice.rooms:
            before = room.open
            room.add(slot)
            if room.open != before:
                dirty |= self._users[id(room)]
        self._spots[variable] = Spot(slot, choice.host, choice.place)
        gave = self._gives[variable]
        self._give(variable, frozenset())
        met = [demand for demand, mask in choice.counts if mask >> slot & 1]
        for demand in met:
            self._needs[demand] -= 1
        masks = self._order_peers(variable, slot, dirty)
        trail: list[tuple[int, int, frozenset[int]]] = []
        fits = self._refresh(dirty, trail)

        def undo() -> None:
            for number, size, gives in reversed(trail):
                self._sizes[number] = size
                self._give(number, gives)
            for number, mask in masks:
                self._masks[number] = mask
            for demand in met:
                self._needs[demand] += 1
            self._spots[variable] = None
            self._give(variable, gave)
            for room in choice.rooms:
                room.remove(slot)

        step.undo = undo
        return fits

    def _order_peers(self, variable: int, slot: int, dirty: set[int]) -> list[tuple[int, int]]:
        """Events that are alike stand in the order of their numbers."""
        masks = []
        for peer in self._peers[variable]:
            if peer != variable and self._spots[peer] is None:
                masks.append((peer, self._masks[peer]))
                later = self._compiled.grid.all & -(1 << slot)
                self._masks[peer] &= later if peer > variable else (2 << slot) - 1
                dirty.add(peer)
        return masks

    def _exclude(self, branch: _Branch) -> Callable[[], None]:
        """The event is not counted on for the demand any more; what takes that back."""
        variable, demand = branch.variable, branch.demand
        before, gave = self._excluded[variable], self._gives[variable]
        self._excluded[variable] = before | {demand}
        self._give(variable, gave - {demand})

        def undo() -> None:
            self._excluded[variable] = before
            self._give(variable, gave)

        return undo

    def placements(self) -> tuple[Placement, ...]:
        """Everything placed, in the order of the problem's events."""
        return tuple(
            self._compiled.placement(event.number, spot)
            for event, spot in zip(self._events, self._spots, strict=True)
            if spot is not None
        )
