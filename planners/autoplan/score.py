"""一个方案的得分：各项偏好分项合计，与旧方案相比动了多少；逐项重算，不靠搜索中的账。"""

from __future__ import annotations

from collections import Counter as Tally
from collections.abc import Iterator, Mapping
from datetime import timedelta
from itertools import product
from typing import NamedTuple

from planners.autoplan.problem import (
    CoverTerm,
    CrowdTerm,
    LoadTerm,
    MonthTerm,
    Placement,
    Plan,
    PlanEvent,
    Problem,
    SoftTerm,
    SpreadTerm,
    StandingEvent,
    WeekdayTerm,
)


class Score(NamedTuple):
    """Soft cost by term (own terms ``unplaced half weekday_avoid vacation`` first), keeping, moved events."""

    terms: tuple[tuple[str, int], ...]
    keep_cost: int
    moved: int

    @property
    def cost(self) -> int:
        """The soft cost."""
        return sum(cost for _, cost in self.terms)


class _Held(NamedTuple):
    campaign: str
    day: object
    month: tuple[int, int]
    weekday: int
    host: str | None
    place: str | None
    units: frozenset[str]


def score(problem: Problem, plan: Plan) -> Score:
    """The exact soft cost of ``plan`` by term, its keep cost and the number of moved baseline events."""
    placed = {placement.event: placement for placement in plan.placements}
    held = list(_held(problem, placed))
    terms = [
        *_own_terms(problem, placed),
        *((term.key, _term_cost(problem, term, held)) for term in problem.soft),
    ]
    keep_cost, moved = _keeping(problem, placed)
    return Score(tuple(terms), keep_cost, moved)


def _held(problem: Problem, placed: Mapping[str, Placement]) -> Iterator[_Held]:
    owner = {place.key: place.unit for place in problem.places}
    for event in problem.events:
        if (at := placed.get(event.key)) is not None:
            units = {at.host, *event.co_hosts, owner.get(at.place or "")}
            yield _one(event.campaign, at, frozenset(unit for unit in units if unit is not None))
    for standing in problem.standing:
        if standing.slots and standing.slots[0][0] in problem.horizon:
            yield _one_standing(standing, owner)


def _one(campaign: str, at: Placement, units: frozenset[str]) -> _Held:
    return _Held(campaign, at.day, (at.day.year, at.day.month), at.day.weekday(), at.host, at.place, units)


def _one_standing(event: StandingEvent, owner: Mapping[str, str | None]) -> _Held:
    day, half = event.slots[0]
    units = {*event.units, event.host, owner.get(event.place or "")}
    at = Placement(event.key, day, half, event.host, event.place)
    return _one(event.campaign, at, frozenset(unit for unit in units if unit is not None))


def _own_terms(problem: Problem, placed: Mapping[str, Placement]) -> list[tuple[str, int]]:
    weights = problem.weights
    own: Tally[str] = Tally(unplaced=0, half=0, weekday_avoid=0, vacation=0)
    for event in problem.events:
        at = placed.get(event.key)
        if at is None:
            if not event.required:
                own["unplaced"] += event.value * weights.unplaced // 100
            continue
        if event.preferred_half is not None and at.half != event.preferred_half:
            own["half"] += weights.half
        if at.day.weekday() in event.avoid_weekdays:
            own["weekday_avoid"] += weights.weekday_avoid
        if _in_vacation(problem, event, at):
            own["vacation"] += weights.vacation
    return list(own.items())


def _in_vacation(problem: Problem, event: PlanEvent, at: Placement) -> bool:
    if event.preferred_calendar is None:
        return False
    return not any(at.day in period for period in problem.calendars[event.preferred_calendar])


def _term_cost(problem: Problem, term: SoftTerm, held: list[_Held]) -> int:
    if isinstance(term, SpreadTerm):
        return term.weight * _spread(problem, term, held)
    counts, keys, low = _counted(problem, term, held)
    return term.weight * sum(max(0, low - counts[key]) + max(0, counts[key] - term.high) for key in keys)


def _counted(
    problem: Problem, term: LoadTerm | CoverTerm | CrowdTerm | MonthTerm | WeekdayTerm, held: list[_Held]
) -> tuple[Tally[object], list[object], int]:
    months = sorted({(day.year, day.month) for day in problem.horizon.days()})
    if isinstance(term, LoadTerm):
        return Tally(h.host for h in held if h.campaign in term.campaigns), list(term.units), term.low
    if isinstance(term, CoverTerm):
        return Tally(h.place for h in held if h.campaign == term.campaign), list(term.places), term.low
    if isinstance(term, MonthTerm):
        return Tally(h.month for h in held if h.campaign in term.campaigns), list(months), term.low
    if isinstance(term, WeekdayTerm):
        return Tally(h.weekday for h in held if h.campaign in term.campaigns), list(range(5)), 0
    counts = Tally((unit, h.month) for h in held for unit in h.units)
    return counts, list(product(term.units, months)), 0  # type: ignore[return-value]


def _spread(problem: Problem, term: SpreadTerm, held: list[_Held]) -> int:
    days = Tally(h.day for h in held if h.campaign == term.campaign)
    total = 0
    for first in problem.horizon.days():
        inside = sum(days[first + timedelta(days=n)] for n in range(term.days))
        total += max(0, inside - 1)
    return total


def _keeping(problem: Problem, placed: Mapping[str, Placement]) -> tuple[int, int]:
    cost, moved, keep = 0, 0, problem.keep
    for old in problem.baseline or ():
        at = placed.get(old.event)
        if at is None:
            cost += keep.drop
            moved += 1
            continue
        if at.day != old.day:
            cost += keep.day
        elif at.half != old.half:
            cost += keep.half
        cost += keep.host * (at.host != old.host) + keep.place * (at.place != old.place)
        moved += at != old
    return cost, moved
