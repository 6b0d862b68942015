"""所有合法方案一个不漏：题小到数得完，最低代价便是数出来的。"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from random import Random

from models.domain.periods import Period
from planners.autoplan.problem import FixedEvent, Placement, Plan, PlanEvent, PlanProblem
from tests.planners.autoplan.crowded import crowded_year
from tests.planners.autoplan.small_oracle import SmallOracle, Stand
from tests.planners.autoplan.test_state import with_terms


def few_events(seed: int) -> PlanProblem:
    """Three or four events with three days each, every kind of term, preferences of their own."""
    chance = Random(seed)
    problem = with_terms(crowded_year(seed), seed)
    events = tuple(_short(chance, event) for event in problem.events[: chance.choice((3, 3, 4))])
    return _sound(problem._replace(events=events, decisions=(), baseline=None))


def _sound(problem: PlanProblem) -> PlanProblem:
    """With only those standing events that break nothing by themselves; one slot each, within the year."""
    kept: tuple[FixedEvent, ...] = ()
    for fixed in problem.fixed:
        one = fixed._replace(slots=fixed.slots[:1])
        oracle = SmallOracle(problem._replace(fixed=(*kept, one)))
        if one.slots[0][0] in problem.horizon and oracle.fits(oracle.fixed[-1], oracle.fixed[:-1]):
            kept = (*kept, one)
    return problem._replace(fixed=kept)


def _short(chance: Random, event: PlanEvent) -> PlanEvent:
    first = event.period.first
    end = min(event.period.end, first + timedelta(3))
    pinned = event.pinned if event.pinned is not None and event.pinned.day < end else None
    return event._replace(
        period=Period(first, end),
        pinned=pinned,
        preferred_half=chance.choice((None, "AM", "PM")),
        avoid_weekdays=(chance.randrange(5),),
        value=chance.choice((5, 50)),
        required=event.required and chance.random() < 0.7,
    )


def every_plan(problem: PlanProblem) -> Iterator[Plan]:
    """Every legal plan of the events."""
    oracle = SmallOracle(problem)

    def extend(number: int, stands: list[Stand], placed: tuple[Placement, ...]) -> Iterator[Plan]:
        if number == len(problem.events):
            if all(
                sum(oracle.counts(rule, s) for s in stands) >= (rule.minimum or 0) for rule in oracle.minima
            ):
                yield Plan(placed)
            return
        event = problem.events[number]
        if not event.required:
            yield from extend(number + 1, stands, placed)
        for spot in oracle.spots_of(event):
            stand = oracle.stand(event, spot)
            if oracle.fits(stand, stands):
                yield from extend(number + 1, [*stands, stand], (*placed, spot))

    yield from extend(0, list(oracle.fixed), ())
