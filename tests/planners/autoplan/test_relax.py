"""放宽与划片：去掉哪条就少哪条，别的不动；划出来的一片不比原来难。"""

from __future__ import annotations

from collections.abc import Callable

import pytest

from planners.autoplan.backtracking import backtrack
from planners.autoplan.constraint_ids import constraint_ids
from planners.autoplan.problem import (
    GapBy,
    GapRule,
    PlanDecision,
    PlanMeeting,
    PlanProblem,
    Representative,
    Status,
)
from planners.autoplan.relax import hold, only, relax, restrict
from tests.planners.autoplan.crowded import crowded_year
from tests.planners.autoplan.small_oracle import feasible_plan, is_legal
from tests.planners.autoplan.small_years import at_least, at_most, block, day, days, event, pin, year

ONE = event("一", days(0, 1))
TWO = event("二", days(0, 1), pinned=pin("二", 0))


def decided() -> PlanProblem:
    """Two decisions for one meeting with one place, one person."""
    return year(
        meetings=(PlanMeeting("会", "一区", day(3), 1),),
        decisions=tuple(PlanDecision(key, key, "一区", "居民", days(0, 6), 1) for key in ("决一", "决二")),
        representatives=(Representative("人", "一区", "居民", 1, 7, (days(5, 6),)),),
    )


def test_ids_name_every_constraint_once_and_only_what_asks_for_something() -> None:
    problem = year(
        ONE, TWO._replace(required=False), event("三", days(0, 13)), blocks=(block("停", days(0, 0), "甲"),)
    )
    assert constraint_ids(problem) == (
        "required:一", "required:三", "window:一", "window:二", "pinned:二", "blocked:停", "clash:甲",
        "clash:乙", "weekcap:甲", "place:厅",
    )  # fmt: skip
    assert constraint_ids(decided())[-4:] == ("decision:决一", "decision:决二", "meeting:会", "rep:人")


INFEASIBLE: dict[str, Callable[[], PlanProblem]] = {
    "required:一": lambda: year(ONE, blocks=(block("停", days(0, 6)),)),
    "window:一": lambda: year(ONE, blocks=(block("停", days(0, 6)),)),
    "blocked:停": lambda: year(ONE, blocks=(block("停", days(0, 6)),)),
    "pinned:二": lambda: year(TWO, blocks=(block("停", days(0, 0)),)),
    "clash:甲": lambda: year(TWO, TWO._replace(key="三", pinned=pin("三", 0))),
    "weekcap:甲": lambda: year(*(event(key, days(0, 1)) for key in "一二三")),
    "place:厅": lambda: year(
        *(event(key, days(0, 0), hosts=(), places=("厅",), halves=("AM",)) for key in "一二"),
        places=(year().places[0]._replace(unit=None),),
    ),
    "rule:少": lambda: year(rules=(at_least("少", 1, days(0, 6)),)),
    "rule:多": lambda: year(ONE, rules=(at_most("多", 0, days(0, 6)),)),
    "rule:距": lambda: year(
        ONE, event("二", days(0, 1)), rules=(GapRule("距", "间隔", "讲堂", GapBy.CAMPAIGN, 3),)
    ),
    "decision:决一": decided,
    "meeting:会": lambda: decided()._replace(
        representatives=(*decided().representatives, Representative("人二", "一区", "居民", 1, 7))
    ),
    "rep:人": lambda: decided()._replace(meetings=(PlanMeeting("会", "一区", day(3), 2),)),
}


@pytest.mark.parametrize("constraint", INFEASIBLE)
def test_without_the_constraint_there_is_a_plan(constraint: str) -> None:
    problem = INFEASIBLE[constraint]()
    assert constraint in constraint_ids(problem)
    assert feasible_plan(problem) is None
    assert feasible_plan(relax(problem, [constraint])) is not None


def test_only_leaves_nothing_but_the_named_constraints() -> None:
    problem = year(ONE, TWO, blocks=(block("停", days(0, 6)),), rules=(at_most("多", 0, days(0, 6)),))
    assert constraint_ids(only(problem, ["required:一", "blocked:停"])) == ("required:一", "blocked:停")


FEASIBLE = [seed for seed in range(120) if backtrack(crowded_year(seed), 2_000).status is Status.FEASIBLE]
"""Years that are not too crowded after all."""


@pytest.mark.parametrize("seed", FEASIBLE)
def test_a_part_is_feasible_where_the_whole_is(seed: int) -> None:
    problem = crowded_year(seed)
    for inside in (problem.events[:3], problem.events[2:6]):
        assert feasible_plan(restrict(problem, [one.key for one in inside])) is not None


def test_a_part_keeps_a_minimum_only_if_all_that_may_count_are_in_it() -> None:
    problem = year(ONE, TWO, rules=(at_least("少", 1, days(0, 6)),))
    assert restrict(problem, ["一"]).rules == ()
    assert restrict(problem, ["一", "二"]).rules == problem.rules


@pytest.mark.parametrize("seed", FEASIBLE)
def test_a_plan_around_what_stands_completes_it(seed: int) -> None:
    problem = crowded_year(seed)
    whole = feasible_plan(problem)
    assert whole is not None
    free = {placement.event for placement in whole.placements[:2]}
    rest = tuple(placement for placement in whole.placements if placement.event not in free)
    again = feasible_plan(hold(problem, rest, free))
    assert again is not None
    assert is_legal(problem, whole._replace(placements=rest + again.placements))
