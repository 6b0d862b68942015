"""小问题的另一种穷举：逐个活动、逐个决策照定义试遍，与排期程序没有一行共用。

``feasible_plan`` gives a plan that keeps every hard constraint, or None where there is none. It sees
dates and keys only, checks each constraint by its definition, and is meant for a dozen events over
some weeks.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from datetime import date
from itertools import combinations
from typing import NamedTuple

from planners.autoplan.problem import (
    BlockScope,
    CapacityRule,
    CountRule,
    DecisionPlacement,
    GapBy,
    GapRule,
    Per,
    Placement,
    Plan,
    PlanEvent,
    PlanProblem,
)

MOST_TRIES = 4_000


class TooBigError(Exception):
    """Too much for trying everything."""


class Stand(NamedTuple):
    """An event with its place in time, as far as the constraints see it."""

    campaign: str
    attributes: frozenset[tuple[str, str]]
    day: date
    half: str
    host: str | None
    place: str | None
    units: frozenset[str]


class SmallOracle:
    """One problem, tried event by event, those with the fewest possibilities first."""

    def __init__(self, problem: PlanProblem) -> None:
        self.problem = problem
        self.owner = {place.key: place.unit for place in problem.places}
        self.kinds = {campaign.key: campaign.day_kinds for campaign in problem.campaigns}
        self.caps = {unit.key: unit.week_cap for unit in problem.units}
        self.exclusive = {unit.key: unit.exclusive for unit in problem.units}
        self.capacity = {place.key: place.capacity for place in problem.places}
        self.fixed: list[Stand] = []
        for event in problem.fixed:
            day, half = event.slots[0]
            owner = self.owner[event.place] if event.place else None
            units = {unit for unit in (*event.units, event.host, owner) if unit is not None}
            self.fixed.append(
                Stand(event.campaign, frozenset(event.attributes), day, half, event.host, event.place,
                      frozenset(units))
            )  # fmt: skip
        minima = [rule for rule in problem.rules if isinstance(rule, CountRule) and rule.minimum]
        self.minima = minima
        useful = {campaign for rule in minima for campaign in rule.campaigns}
        self.events = [event for event in problem.events if event.required or event.campaign in useful]
        self.spots = {event.key: list(self.spots_of(event)) for event in self.events}
        self.tries = 0

    def stand(self, event: PlanEvent, spot: Placement) -> Stand:
        owner = self.owner[spot.place] if spot.place else None
        units = {unit for unit in (spot.host, owner, *event.co_hosts) if unit is not None}
        return Stand(event.campaign, frozenset(event.attributes), spot.day, spot.half, spot.host, spot.place,
                     frozenset(units))  # fmt: skip

    def spots_of(self, event: PlanEvent) -> Iterator[Placement]:
        for day in self.problem.horizon.days():
            if day not in event.period or self.problem.day_kinds.get(day) not in self.kinds[event.campaign]:
                continue
            for half in event.halves:
                for host in event.hosts or (None,):
                    for place in event.places or (None,):
                        spot = Placement(event.key, day, half, host, place)
                        pin = event.pinned
                        if (pin is None or spot[1:] == pin[1:]) and not self.blocked(self.stand(event, spot)):
                            yield spot

    def blocked(self, stand: Stand) -> bool:
        for block in self.problem.blocks:
            if stand.day not in block.period or block.half not in (None, stand.half):
                continue
            if (
                block.scope is BlockScope.ALL
                or (block.scope is BlockScope.CAMPAIGN and block.target == stand.campaign)
                or (block.scope is BlockScope.PLACE and block.target == stand.place)
                or (block.scope is BlockScope.UNIT and block.target in stand.units)
            ):
                return True
        return False

    def fits(self, new: Stand, others: list[Stand]) -> bool:
        """Whether one more event breaks nothing."""
        for unit in new.units:
            same = [other for other in others if unit in other.units]
            if self.exclusive[unit] and any((o.day, o.half) == (new.day, new.half) for o in same):
                return False
            week = new.day.isocalendar()[:2]
            cap = self.caps[unit]
            if cap is not None and sum(other.day.isocalendar()[:2] == week for other in same) >= cap:
                return False
        if new.place is not None and (capacity := self.capacity[new.place]) is not None:
            here = [o for o in others if (o.place, o.day, o.half) == (new.place, new.day, new.half)]
            if len(here) >= capacity:
                return False
        return all(self.keeps(rule, new, others) for rule in self.problem.rules)

    def keeps(self, rule: CountRule | GapRule | CapacityRule, new: Stand, others: list[Stand]) -> bool:
        if isinstance(rule, GapRule):
            if new.campaign != rule.campaign:
                return True
            near = [
                o
                for o in others
                if o.campaign == rule.campaign and abs((o.day - new.day).days) < rule.min_days
            ]
            if rule.by is GapBy.CAMPAIGN:
                return not near
            mine = new.place if rule.by is GapBy.PLACE else new.host
            return mine is None or all((o.place if rule.by is GapBy.PLACE else o.host) != mine for o in near)
        if isinstance(rule, CapacityRule):
            if new.campaign not in rule.campaigns:
                return True
            same = [o for o in others if o.campaign in rule.campaigns and o.day == new.day]
            if rule.per is Per.SLOT:
                same = [other for other in same if other.half == new.half]
            return len(same) < rule.maximum
        if rule.maximum is None or not self.counts(rule, new):
            return True
        return sum(self.counts(rule, other) for other in others) < rule.maximum

    def counts(self, rule: CountRule, stand: Stand) -> bool:
        where = rule.where
        return (
            stand.campaign in rule.campaigns
            and stand.day in rule.period
            and set(where.attributes) <= stand.attributes
            and (not where.hosts or stand.host in where.hosts)
            and (not where.places or stand.place in where.places)
            and (not where.day_kinds or self.problem.day_kinds.get(stand.day) in where.day_kinds)
        )

    def search(self, waiting: list[PlanEvent], stands: list[Stand], spots: list[Placement]) -> bool:
        for rule in self.minima:
            assert rule.minimum is not None
            have = sum(self.counts(rule, stand) for stand in stands)
            if have + sum(event.campaign in rule.campaigns for event in waiting) < rule.minimum:
                return False
        if not waiting:
            return True
        room = {
            event.key: [s for s in self.spots[event.key] if self.fits(self.stand(event, s), stands)]
            for event in waiting
        }
        event = min(waiting, key=lambda one: (not one.required, len(room[one.key])))
        rest = [other for other in waiting if other is not event]
        for spot in room[event.key]:
            self.tries += 1
            if self.tries > MOST_TRIES:
                raise TooBigError
            if self.search(rest, [*stands, self.stand(event, spot)], spots):
                spots.append(spot)
                return True
        return not event.required and self.search(rest, stands, spots)

    # decisions

    def seat(self, number: int, seats: list[DecisionPlacement]) -> bool:
        if number == len(self.problem.decisions):
            return True
        decision = self.problem.decisions[number]
        days = {meeting.key: meeting.day for meeting in self.problem.meetings}
        items = Counter(seat.meeting for seat in seats)
        for meeting in self.problem.meetings:
            if meeting.district != decision.district or meeting.day not in decision.period:
                continue
            if items[meeting.key] >= meeting.max_items:
                continue
            free = []
            for person in self.problem.representatives:
                asked = [seat.meeting for seat in seats if person.key in seat.representatives]
                if (
                    (person.district, person.group) == (decision.district, decision.group)
                    and not any(meeting.day in away for away in person.away)
                    and len(asked) < person.max_items
                    and all(
                        other == meeting.key or abs((days[other] - meeting.day).days) >= person.min_gap_days
                        for other in asked
                    )
                ):
                    free.append(person.key)
            for people in combinations(free, decision.representatives):
                self.tries += 1
                if self.tries > MOST_TRIES:
                    raise TooBigError
                seats.append(DecisionPlacement(decision.key, meeting.key, people))
                if self.seat(number + 1, seats):
                    return True
                seats.pop()
        return False


def feasible_plan(problem: PlanProblem) -> Plan | None:
    """A legal plan, or None: everything was tried."""
    oracle = SmallOracle(problem)
    spots: list[Placement] = []
    seats: list[DecisionPlacement] = []
    if not oracle.search(oracle.events, list(oracle.fixed), spots) or not oracle.seat(0, seats):
        return None
    return Plan(tuple(spots), tuple(seats))


def is_legal(problem: PlanProblem, plan: Plan) -> bool:
    """Whether the plan keeps every hard constraint."""
    oracle = SmallOracle(problem)
    events = {event.key: event for event in problem.events}
    placed = {placement.event for placement in plan.placements}
    if len(placed) < len(plan.placements):
        return False
    if any(event.required and event.key not in placed for event in problem.events):
        return False
    stands = list(oracle.fixed)
    for placement in plan.placements:
        event = events[placement.event]
        if placement not in list(oracle.spots_of(event)):
            return False
        stand = oracle.stand(event, placement)
        if not oracle.fits(stand, stands):
            return False
        stands.append(stand)
    return all(sum(oracle.counts(rule, s) for s in stands) >= (rule.minimum or 0) for rule in oracle.minima)
