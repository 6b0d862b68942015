"""小的放宽：期限多一天、每周多一场、停排让一天、规则少一场……由小到大成一架梯子。

A ladder is a list of steps that only widen, the smallest first; ``size`` makes steps of different kinds
comparable (one day more of a window is 1).
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from datetime import date, timedelta
from typing import Any, NamedTuple, TypeVar

from models.domain.periods import Period
from planners.autoplan.constraint_ids import ConstraintKind, split_id
from planners.autoplan.problem import (
    Block,
    BlockScope,
    CapacityRule,
    CountRule,
    GapRule,
    PlanDecision,
    PlanEvent,
    PlanMeeting,
    PlanPlace,
    PlanProblem,
    PlanUnit,
    Representative,
    Rule,
)

STEPS = (1, 2, 3, 5, 8, 13, 21, 34, 55)
MOST_DAYS_OF_A_BLOCK = 12
OPTIONAL_SIZE = 14
CLASH_SIZE = 10
UNPINNED_SIZE = 3
RULE_SIZE = 3


_Thing = TypeVar("_Thing", PlanUnit, PlanPlace, PlanEvent, Rule, PlanDecision, PlanMeeting, Representative)


class Loosening(NamedTuple):
    """One constraint loosened: the thing with ``key`` in ``table`` gets other ``fields``, or ``parts`` for itself.

    ``size``: how much is asked of people, one day more of a window being 1.
    """

    constraint: str
    size: int
    table: str
    key: str
    fields: tuple[tuple[str, Any], ...] = ()
    parts: tuple[Any, ...] | None = None


def loosen(problem: PlanProblem, steps: Iterable[Loosening]) -> PlanProblem:
    """``problem`` with the steps taken one after another."""
    for step in steps:
        table: tuple[Any, ...] = getattr(problem, step.table)
        changed: dict[str, Any] = {step.table: tuple(_loosened(table, step))}
        problem = problem._replace(**changed)
    return problem


def _loosened(table: Iterable[Any], step: Loosening) -> Iterator[Any]:
    """The table with the step taken; a block in several parts gives way as a whole."""
    done = False
    for thing in table:
        if thing.key != step.key:
            yield thing
        elif step.parts is None:
            yield thing._replace(**dict(step.fields))
        elif not done:
            done = True
            yield from step.parts


def ladders(
    problem: PlanProblem, constraint: str, events: Collection[str]
) -> Iterator[tuple[Loosening, ...]]:
    """The ways to loosen ``constraint``, each from the smallest step up; ``events`` are those in conflict."""
    kind, key = split_id(constraint)
    rungs = _Rungs(problem, constraint, events)
    table = {
        ConstraintKind.REQUIRED: rungs.optional,
        ConstraintKind.WINDOW: rungs.window,
        ConstraintKind.PINNED: rungs.pinned,
        ConstraintKind.BLOCKED: rungs.block,
        ConstraintKind.CLASH: rungs.clash,
        ConstraintKind.WEEKCAP: rungs.week_cap,
        ConstraintKind.PLACE: rungs.place,
        ConstraintKind.RULE: rungs.rule,
        ConstraintKind.DECISION: rungs.decision,
        ConstraintKind.MEETING: rungs.meeting,
        ConstraintKind.REP: rungs.person,
    }
    for ladder in table[kind](key):
        if ladder:
            yield tuple(ladder)


class _Rungs:
    """The ladders of one constraint."""

    def __init__(self, problem: PlanProblem, constraint: str, events: Collection[str]) -> None:
        self._problem = problem
        self._constraint = constraint
        self._events = events

    def _step(self, size: int, table: str, key: str, **fields: object) -> Loosening:
        return Loosening(self._constraint, size, table, key, tuple(fields.items()))

    def _instead(self, size: int, table: str, key: str, *parts: object) -> Loosening:
        return Loosening(self._constraint, size, table, key, (), parts)

    def _event(self, key: str) -> PlanEvent:
        return _find(self._problem.events, key)

    def optional(self, key: str) -> Iterator[list[Loosening]]:
        """The event may be left out."""
        yield [self._step(OPTIONAL_SIZE, "events", key, required=False)]

    def pinned(self, key: str) -> Iterator[list[Loosening]]:
        """The event is free."""
        yield [self._step(UNPINNED_SIZE, "events", key, pinned=None)]

    def window(self, key: str) -> Iterator[list[Loosening]]:
        """Some more candidate days after the window, or before it."""
        event = self._event(key)
        later = [day for day in self._candidates(event) if day >= event.period.end]
        sooner = [day for day in self._candidates(event) if day < event.period.first][::-1]
        yield [
            self._step(count, "events", key, period=event.period._replace(end=day + timedelta(1)))
            for count, day in _counted(later)
        ]
        yield [
            self._step(count, "events", key, period=event.period._replace(first=day))
            for count, day in _counted(sooner)
        ]

    def _candidates(self, event: PlanEvent) -> list[date]:
        """The days on which the series takes place and nothing general stops it."""
        kinds = next(c.day_kinds for c in self._problem.campaigns if c.key == event.campaign)
        stopped = [
            block.period
            for block in self._problem.blocks
            if block.half is None
            and (
                block.scope is BlockScope.ALL
                or (block.scope is BlockScope.CAMPAIGN and block.target == event.campaign)
            )
        ]
        return [
            day
            for day in self._problem.horizon.days()
            if self._problem.day_kinds.get(day) in kinds and not any(day in period for period in stopped)
        ]

    def block(self, key: str) -> Iterator[list[Loosening]]:
        """One day of the blocked period given free, or all of it."""
        parts = [block for block in self._problem.blocks if block.key == key]
        blocked = [day for part in parts for day in part.period.days()]
        windows = [self._event(event).period for event in self._events]
        days = [day for day in blocked if not windows or any(day in window for window in windows)]
        if len(blocked) > 1:
            for day in days[:MOST_DAYS_OF_A_BLOCK]:
                yield [self._instead(2, "blocks", key, *(p for part in parts for p in _without(part, day)))]
        yield [self._instead(3 + len(blocked) // 2, "blocks", key)]

    def clash(self, key: str) -> Iterator[list[Loosening]]:
        """Several engagements at once."""
        yield [self._step(CLASH_SIZE, "units", key, exclusive=False)]

    def week_cap(self, key: str) -> Iterator[list[Loosening]]:
        """One more a week, two more …"""
        unit = _find(self._problem.units, key)
        assert unit.week_cap is not None
        yield [self._step(2 * more, "units", key, week_cap=unit.week_cap + more) for more in STEPS[:4]]

    def place(self, key: str) -> Iterator[list[Loosening]]:
        """One more at a time, two more …"""
        place = _find(self._problem.places, key)
        assert place.capacity is not None
        yield [self._step(4 * more, "places", key, capacity=place.capacity + more) for more in STEPS[:3]]

    def rule(self, key: str) -> Iterator[list[Loosening]]:
        """A minimum lowered, a maximum raised, a distance shortened, by one and more."""
        rule = _find(self._problem.rules, key)
        if isinstance(rule, GapRule):
            yield [
                self._step(less, "rules", key, min_days=rule.min_days - less)
                for less in STEPS
                if less < rule.min_days
            ]
        elif isinstance(rule, CapacityRule):
            yield [
                self._step(RULE_SIZE * more, "rules", key, maximum=rule.maximum + more)
                for more in (1, 2, 3, 4, 5, 6, 8, 12, 20)
            ]
        else:
            yield from self._bounds(rule)

    def _bounds(self, rule: CountRule) -> Iterator[list[Loosening]]:
        if rule.minimum:
            yield [
                self._step(RULE_SIZE * less, "rules", rule.key, minimum=rule.minimum - less)
                for less in range(1, rule.minimum + 1)
            ]
        if rule.maximum is not None:
            yield [
                self._step(RULE_SIZE * more, "rules", rule.key, maximum=rule.maximum + more)
                for more in (1, 2, 3, 4, 5, 6, 8, 12, 20)
            ]

    # decisions

    def decision(self, key: str) -> Iterator[list[Loosening]]:
        """The window opened to further meetings, one representative less, no decision at all."""
        decision = _find(self._problem.decisions, key)
        days = sorted(m.day for m in self._problem.meetings if m.district == decision.district)
        period = decision.period
        yield [
            self._step(
                1 + (day - period.last).days // 7,
                "decisions",
                key,
                period=Period(period.first, day + timedelta(1)),
            )
            for day in days
            if day >= period.end
        ]
        yield [
            self._step(
                1 + (period.first - day).days // 7,
                "decisions",
                key,
                period=Period(day, period.end),
            )
            for day in reversed(days)
            if day < period.first
        ]
        yield [
            self._step(
                3 * less,
                "decisions",
                key,
                representatives=decision.representatives - less,
            )
            for less in range(1, decision.representatives + 1)
        ]
        yield [self._instead(OPTIONAL_SIZE, "decisions", key)]

    def meeting(self, key: str) -> Iterator[list[Loosening]]:
        """One item more, two more …"""
        meeting = _find(self._problem.meetings, key)
        yield [
            self._step(2 * more, "meetings", key, max_items=meeting.max_items + more) for more in STEPS[:3]
        ]

    def person(self, key: str) -> Iterator[list[Loosening]]:
        """Asked once more, at a shorter distance, or there after all."""
        person = _find(self._problem.representatives, key)
        yield [
            self._step(2 * more, "representatives", key, max_items=person.max_items + more)
            for more in STEPS[:3]
        ]
        yield [
            self._step(
                2 + less // 7,
                "representatives",
                key,
                min_gap_days=person.min_gap_days - less,
            )
            for less in sorted({7, 14, 21, person.min_gap_days})
            if 0 < less <= person.min_gap_days
        ]
        for away in person.away:
            left = tuple(other for other in person.away if other != away)
            yield [self._step(4, "representatives", key, away=left)]


def _find(things: Iterable[_Thing], key: str) -> _Thing:
    return next(thing for thing in things if thing.key == key)


def _counted(days: list[date]) -> list[tuple[int, date]]:
    """One day more, two more …, all of them."""
    counts = [count for count in STEPS if count < len(days)]
    return [(count, days[count - 1]) for count in (*counts, *([len(days)] if days else []))]


def _without(block: Block, day: date) -> tuple[Block, ...]:
    """The block without that day."""
    if day not in block.period:
        return (block,)
    before = Period(block.period.first, day)
    after = Period(day + timedelta(1), block.period.end)
    return tuple(block._replace(period=period) for period in (before, after) if period.first < period.end)
