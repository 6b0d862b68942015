from __future__ import annotations

from datetime import date, timedelta
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from models.domain.periods import Period
from planners.autoplan.anneal import lay_out
from planners.autoplan.compiled import Compiled
from planners.autoplan.construct import construct
from planners.autoplan.moves import Mover
from planners.autoplan.problem import (
    CoverTerm,
    CrowdTerm,
    FixedEvent,
    LoadTerm,
    MonthTerm,
    PlanProblem,
    SoftTerm,
    SpreadTerm,
    WeekdayTerm,
    Weights,
)
from planners.autoplan.score import score
from planners.autoplan.solve import solve
from planners.autoplan.state import State
from tests.planners.autoplan.crowded import FIRST, crowded_year


def with_terms(problem: PlanProblem, seed: int) -> PlanProblem:
    """The problem with one soft term of each kind and two standing events."""
    chance = Random(seed)
    campaigns = tuple(campaign.key for campaign in problem.campaigns)
    units = tuple(unit.key for unit in problem.units)
    places = tuple(place.key for place in problem.places)
    soft: tuple[SoftTerm, ...] = (
        LoadTerm("负担", campaigns, units, 1, 2, 6),
        CoverTerm("覆盖", campaigns[0], places, 1, 2, 5),
        CrowdTerm("扎堆", units, 2, 4),
        MonthTerm("月均", campaigns, 1, 3, 3),
        WeekdayTerm("星期", campaigns, 1, 2),
        SpreadTerm("疏密", campaigns[0], chance.choice((3, 6, 40)), 3),
        SpreadTerm("疏密二", campaigns[0], 2, 1),
    )
    fixed = tuple(
        FixedEvent(
            f"s{n}",
            "已定",
            chance.choice(campaigns),
            tuple((FIRST + timedelta(chance.randint(-1, 8)), half) for half in problem.halves[: 1 + n]),
            (chance.choice(units),),
            chance.choice((None, *units)),
            chance.choice((None, *places)),
        )
        for n in range(2)
    )
    return problem._replace(soft=soft, fixed=fixed, weights=Weights(100, 1, 2, 30))


def search_cost(state: State) -> int:
    """The cost that the state keeps, without what is missing."""
    return state.cost % state.compiled.precedence.hard


@settings(max_examples=60, deadline=None)
@given(st.integers(0, 10_000))
def test_the_running_cost_is_that_of_the_plan_scored_anew(seed: int) -> None:
    problem = with_terms(crowded_year(seed), seed)
    state = State(Compiled(problem))
    mover = Mover(state, Random(seed))
    construct(mover, lambda: False)
    for step in range(60):
        number = step % len(state.events)
        if state.at[number] is None:
            mover.eject(number, 5.0)
        mover.move(number, 50.0, 3)
        mover.swap(number, (number * 7 + step) % len(state.events), 50.0)
    assert search_cost(state) == score(problem, state.plan()).cost
    missing = sum(event.required and state.at[event.number] is None for event in state.events)
    assert state.cost // state.compiled.precedence.hard >= missing


@settings(max_examples=30, deadline=None)
@given(st.integers(0, 10_000))
def test_laying_out_a_plan_again_restores_everything(seed: int) -> None:
    problem = with_terms(crowded_year(seed), seed)
    state = State(Compiled(problem))
    mover = Mover(state, Random(seed))
    construct(mover, lambda: False)
    before, cost = list(state.at), state.cost
    open_before = [state.free(e.number, o) for e in state.events for o in state.options[e.number]]
    for number in range(len(state.events)):
        mover.move(number, 1000.0, 4)
    lay_out(state, before)
    assert (state.at, state.cost) == (before, cost)
    assert open_before == [state.free(e.number, o) for e in state.events for o in state.options[e.number]]


def test_emptying_a_plan_opens_every_room_again() -> None:
    problem = with_terms(crowded_year(3), 3)
    empty = State(Compiled(problem))
    state = State(Compiled(problem))
    construct(Mover(state, Random(0)), lambda: False)
    for number, spot in enumerate(state.at):
        if spot is not None:
            state.lift(number)
    assert state.cost == empty.cost
    for event in state.events:
        for here, there in zip(state.options[event.number], empty.options[event.number], strict=True):
            assert state.free(event.number, here) == empty.free(event.number, there)


def test_a_standing_event_takes_room_and_is_counted() -> None:
    problem = crowded_year(1)
    event = problem.events[0]
    unit = event.hosts[0]
    day = next(d for d in event.period.days() if d in problem.horizon)
    fixed = FixedEvent("s", "已定", event.campaign, ((day, "AM"), (day, "PM")), (unit,), unit, None)
    free = State(Compiled(problem._replace(blocks=(), rules=())))
    taken = State(Compiled(problem._replace(blocks=(), rules=(), fixed=(fixed,))))
    both = 0b11 << (day - problem.horizon.first).days * 2
    for option, other in zip(free.options[0], taken.options[0], strict=True):
        if option.host == free.compiled.units[unit]:
            assert taken.free(0, other) & both == 0
    load = LoadTerm("负担", (event.campaign,), (unit,), 0, 0, 7)
    counted = problem._replace(soft=(load,), fixed=(fixed,))
    assert score(counted, State(Compiled(counted)).plan()).terms[-1] == ("负担", 7)


@pytest.mark.parametrize("days", [3, 12])
def test_a_spread_counts_each_window_that_holds_more_than_one(days: int) -> None:
    horizon = Period(date(2027, 3, 1), date(2027, 3, 31))
    base = crowded_year(0)
    fixed = tuple(
        FixedEvent(f"s{n}", "已定", base.campaigns[0].key, ((date(2027, 3, day), "AM"),), (), None, None)
        for n, day in enumerate((2, 4, 4, 30))
    )
    term = SpreadTerm("疏密", base.campaigns[0].key, days, 3)
    problem = base._replace(
        horizon=horizon, events=(), rules=(), blocks=(), soft=(term,), fixed=fixed, baseline=None
    )
    held = [2, 4, 4, 30]
    windows = [sum(first <= day < first + days for day in held) for first in range(1, 31)]
    expected = 3 * sum(max(0, count - 1) for count in windows)
    assert score(problem, State(Compiled(problem)).plan()).cost == expected
    assert State(Compiled(problem)).cost == expected


def test_a_required_event_outweighs_any_value_of_an_optional_one() -> None:
    base = crowded_year(0)
    day = base.horizon.first
    one = base.events[0]._replace(
        key="甲", campaign=base.campaigns[0].key, required=True, value=1, halves=("AM",), places=(),
        hosts=(base.units[0].key,), co_hosts=(), pinned=None,
        period=Period(day, day + timedelta(days=1)),
    )  # fmt: skip
    dear = one._replace(key="乙", required=False, value=10_000_000)
    for events in ((one, dear), (dear, one)):
        problem = base._replace(events=events, rules=(), blocks=(), soft=(), baseline=None)
        assert [p.event for p in solve(problem, effort=2_000).plan.placements] == ["甲"]
