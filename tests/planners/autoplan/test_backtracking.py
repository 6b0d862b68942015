"""穷举：与另写的一遍穷举说法一致，给出的方案合法，到了限度就说未找到。"""

from __future__ import annotations

import pytest

from planners.autoplan.backtracking import backtrack
from planners.autoplan.problem import PlanDecision, PlanMeeting, PlanUnit, Representative, Status
from tests.planners.autoplan.crowded import crowded_year
from tests.planners.autoplan.small_oracle import TooBigError, feasible_plan, is_legal
from tests.planners.autoplan.small_years import at_least, day, days, event, year


@pytest.mark.parametrize("first", range(0, 160, 20))
def test_it_agrees_with_trying_everything(first: int) -> None:
    agreed = 0
    for seed in range(first, first + 20):
        problem = crowded_year(seed)
        tried = backtrack(problem, 20_000)
        try:
            plan = feasible_plan(problem)
        except TooBigError:
            continue
        assert tried.status is (Status.INFEASIBLE if plan is None else Status.FEASIBLE), seed
        if tried.plan is not None:
            assert is_legal(problem, tried.plan), seed
        agreed += 1
    assert agreed > 10


def test_a_year_without_events_is_feasible() -> None:
    tried = backtrack(year(), 10)
    assert tried.status is Status.FEASIBLE
    assert tried.plan is not None
    assert tried.plan.placements == ()


def test_optional_events_are_placed_only_where_a_minimum_needs_them() -> None:
    optional = tuple(event(key, days(0, 9), required=False) for key in "一二三")
    tried = backtrack(year(*optional, rules=(at_least("少", 2, days(0, 4)),)), 100)
    assert tried.plan is not None
    assert len(tried.plan.placements) == 2


def test_alike_slots_are_not_tried_over_and_over() -> None:
    """Seven events for two units of three a week each, in one week: hopeless, and seen to be so."""
    units = (PlanUnit("甲", "甲局", 3), PlanUnit("乙", "乙局", 3))
    events = tuple(event(str(n), days(0, 4), hosts=("甲", "乙")) for n in range(7))
    tried = backtrack(year(*events, units=units), 3_000)
    assert tried.status is Status.INFEASIBLE


def test_at_its_limit_it_says_that_it_does_not_know() -> None:
    events = tuple(event(str(n), days(0, 13)) for n in range(4))
    assert backtrack(year(*events), 0).status is Status.NOT_FOUND


def test_decisions_are_seated_or_proved_impossible() -> None:
    meetings = (PlanMeeting("会一", "一区", day(1), 1), PlanMeeting("会二", "一区", day(8), 1))
    people = (Representative("人", "一区", "居民", 2, 7),)
    two = tuple(PlanDecision(key, key, "一区", "居民", days(0, 13), 1) for key in ("决一", "决二"))
    problem = year(meetings=meetings, decisions=two, representatives=people)
    plan = backtrack(problem, 100).plan
    assert plan is not None
    assert [seat.meeting for seat in plan.decisions] == ["会一", "会二"]
    stricter = problem._replace(representatives=(people[0]._replace(min_gap_days=8),))
    assert backtrack(stricter, 100).status is Status.INFEASIBLE
