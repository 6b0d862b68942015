"""一个方案的得分：各项偏好分项合计，与旧方案相比动了多少；逐项重算，不靠搜索中的账。"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from datetime import date, timedelta
from typing import NamedTuple

from planners.autoplan.problem import (
    CoverTerm,
    CrowdTerm,
    FixedEvent,
    LoadTerm,
    MonthTerm,
    Placement,
    Plan,
    PlanProblem,
    SoftTerm,
    SpreadTerm,
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
    day: date
    month: tuple[int, int]
    weekday: int
    host: str | None
    place: str | None
    units: frozenset[str]


def score(problem: PlanProblem, plan: Plan) -> Score:
    """The exact soft cost of ``plan`` by term, its keep cost and the number of moved baseline events."""
    placed = {placement.event: placement for placement in plan.placements}
    held = _Year(problem, _held(problem, placed))
    terms = [*_own_terms(problem, placed), *((term.key, held.cost(term)) for term in problem.soft)]
    keep_cost, moved = _keeping(problem, placed)
    return Score(tuple(terms), keep_cost, moved)


def _held(problem: PlanProblem, placed: Mapping[str, Placement]) -> Iterator[_Held]:
    owner = {place.key: place.unit for place in problem.places}
    for event in problem.events:
        if (at := placed.get(event.key)) is not None:
            units = {at.host, *event.co_hosts, owner.get(at.place or "")}
            yield _one(event.campaign, at, frozenset(unit for unit in units if unit is not None))
    for fixed in problem.fixed:
        if fixed.slots and fixed.slots[0][0] in problem.horizon:
            yield _one_fixed(fixed, owner)


def _one(campaign: str, at: Placement, units: frozenset[str]) -> _Held:
    return _Held(campaign, at.day, (at.day.year, at.day.month), at.day.weekday(), at.host, at.place, units)


def _one_fixed(event: FixedEvent, owner: Mapping[str, str | None]) -> _Held:
    day, half = event.slots[0]
    units = {*event.units, event.host, owner.get(event.place or "")}
    at = Placement(event.key, day, half, event.host, event.place)
    return _one(event.campaign, at, frozenset(unit for unit in units if unit is not None))


def _own_terms(problem: PlanProblem, placed: Mapping[str, Placement]) -> list[tuple[str, int]]:
    weights = problem.weights
    own: Counter[str] = Counter(unplaced=0, half=0, weekday_avoid=0, vacation=0)
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
        calendar = event.preferred_calendar
        if calendar is not None and not any(at.day in period for period in problem.calendars[calendar]):
            own["vacation"] += weights.vacation
    return list(own.items())


class _Year:
    """What is held, by campaign, and how often each unit is engaged in each month."""

    def __init__(self, problem: PlanProblem, held: Iterable[_Held]) -> None:
        self._days = problem.horizon.days()
        self._months = sorted({(day.year, day.month) for day in self._days})
        self._of: dict[str, list[_Held]] = defaultdict(list)
        self._engagements: Counter[tuple[str, tuple[int, int]]] = Counter()
        for event in held:
            self._of[event.campaign].append(event)
            self._engagements.update((unit, event.month) for unit in event.units)

    def cost(self, term: SoftTerm) -> int:
        """What a soft term costs."""
        if isinstance(term, SpreadTerm):
            return term.weight * self._crowded_windows(term)
        low = 0 if isinstance(term, (CrowdTerm, WeekdayTerm)) else term.low
        counts = self._counts(term)
        return term.weight * sum(max(0, low - count) + max(0, count - term.high) for count in counts)

    def _counts(self, term: LoadTerm | CoverTerm | CrowdTerm | MonthTerm | WeekdayTerm) -> list[int]:
        if isinstance(term, CrowdTerm):
            return [self._engagements[unit, month] for unit in term.units for month in self._months]
        if isinstance(term, CoverTerm):
            places = Counter(event.place for event in self._of[term.campaign])
            return [places[place] for place in term.places]
        held = [event for campaign in dict.fromkeys(term.campaigns) for event in self._of[campaign]]
        if isinstance(term, LoadTerm):
            hosts = Counter(event.host for event in held)
            return [hosts[unit] for unit in term.units]
        if isinstance(term, MonthTerm):
            months = Counter(event.month for event in held)
            return [months[month] for month in self._months]
        weekdays = Counter(event.weekday for event in held)
        return [weekdays[weekday] for weekday in range(5)]

    def _crowded_windows(self, term: SpreadTerm) -> int:
        """Over all windows, how many events they hold beyond one."""
        on = Counter(event.day for event in self._of[term.campaign])
        # Windows begin on every day of the horizon; the last ones reach beyond it and count what is there.
        total = 0
        for first in self._days:
            total += max(0, sum(on[first + timedelta(days=n)] for n in range(term.days)) - 1)
        return total


def _keeping(problem: PlanProblem, placed: Mapping[str, Placement]) -> tuple[int, int]:
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
