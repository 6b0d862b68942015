"""小的放宽：由小到大，只动一处；补救只说试过管用的。"""

from __future__ import annotations

from typing import Any

import pytest

from planners.autoplan.conflict_sets import conflict_sets
from planners.autoplan.constraint_ids import constraint_ids
from planners.autoplan.judge import FeasibilityJudge
from planners.autoplan.loosening import ladders, loosen
from planners.autoplan.problem import (
    CapacityRule,
    GapBy,
    GapRule,
    Per,
    Plan,
    PlanDecision,
    PlanMeeting,
    PlanProblem,
    Representative,
)
from planners.autoplan.repairs import give_up, remedies
from tests.planners.autoplan.small_oracle import feasible_plan
from tests.planners.autoplan.small_years import at_least, at_most, block, day, days, event, pin, year

NOTHING = Plan(())


def everything() -> PlanProblem:
    """One constraint of every kind."""
    return year(
        event("一", days(2, 3), pinned=pin("一", 2)),
        blocks=(block("停", days(0, 2), "甲"),),
        rules=(
            at_least("少", 3, days(0, 6)),
            at_most("多", 1, days(0, 6)),
            GapRule("距", "间隔", "讲堂", GapBy.CAMPAIGN, 5),
            CapacityRule("满", "上限", ("讲堂",), Per.DAY, 1),
        ),
        meetings=(PlanMeeting("会", "一区", day(3), 1), PlanMeeting("会二", "一区", day(9), 1)),
        decisions=(PlanDecision("决", "决策", "一区", "居民", days(0, 6), 2),),
        representatives=(Representative("人", "一区", "居民", 1, 7, (days(3, 3),)),),
    )


@pytest.mark.parametrize("constraint", constraint_ids(everything()))
def test_every_constraint_has_ladders_that_rise_and_change_it_alone(constraint: str) -> None:
    problem = everything()
    found = list(ladders(problem, constraint, ["一"]))
    assert found
    for ladder in found:
        assert [step.size for step in ladder] == sorted({step.size for step in ladder})
        for step in ladder:
            loosened = loosen(problem, [step])
            changed = [
                name for name in PlanProblem._fields if getattr(problem, name) != getattr(loosened, name)
            ]
            assert changed == [step.table]
            assert step.constraint == constraint


def first_step(problem: PlanProblem, constraint: str, ladder: int = 0) -> Any:
    """What the minimal_conflict_set step of a ladder makes of its thing."""
    step = list(ladders(problem, constraint, ["一"]))[ladder][0]
    table = getattr(loosen(problem, [step]), step.table)
    return [thing for thing in table if thing.key == step.key]


def test_a_window_grows_by_the_next_day_that_is_of_use() -> None:
    """After Thursday comes Friday, after Friday Monday, if nothing stops everybody."""
    (grown,) = first_step(year(event("一", days(3, 4))), "window:一")
    assert grown.period == days(3, 7)
    stopped = year(event("一", days(3, 4)), blocks=(block("停", days(7, 7)),))
    assert first_step(stopped, "window:一")[0].period == days(3, 8)
    assert first_step(year(event("一", days(7, 8))), "window:一", 1)[0].period == days(4, 8)


def test_a_block_gives_one_day_free_or_goes() -> None:
    problem = year(event("一", days(0, 4)), blocks=(block("停", days(0, 2)),))
    found = list(ladders(problem, "blocked:停", ["一"]))
    assert [[b.period for b in loosen(problem, ladder[:1]).blocks] for ladder in found] == [
        [days(1, 2)],
        [days(0, 0), days(2, 2)],
        [days(0, 1)],
        [],
    ]


def test_a_block_in_parts_gives_a_second_day_free() -> None:
    problem = year(event("一", days(0, 4)), blocks=(block("停", days(0, 4)),))
    once = loosen(problem, list(ladders(problem, "blocked:停", ["一"]))[2])
    twice = loosen(once, next(ladders(once, "blocked:停", ["一"])))
    assert [one.period for one in twice.blocks] == [days(1, 1), days(3, 4)]


def ways(problem: PlanProblem) -> list[tuple[str, ...]]:
    """The constraints that the remedies of the first conflict loosen."""
    judge = FeasibilityJudge(None)
    conflict = next(conflict_sets(problem, NOTHING, judge))
    found = remedies(problem, conflict, NOTHING, judge)
    for remedy in found:
        assert feasible_plan(loosen(problem, remedy.steps)) is not None
    return [tuple(step.constraint for step in remedy.steps) for remedy in found]


def test_the_smallest_way_out_comes_first() -> None:
    problem = year(*(event(key, days(0, 4)) for key in "一二三"))
    assert ways(problem)[0] == ("window:一",)
    assert ("weekcap:甲",) in ways(problem)


def test_a_step_that_only_moves_the_trouble_is_not_offered_alone() -> None:
    """The block stops the only event; moved out of it, the rule for those days is short."""
    problem = year(
        event("一", days(0, 4)), blocks=(block("停", days(0, 4)),), rules=(at_least("少", 1, days(0, 4)),)
    )
    assert ("window:一",) not in ways(problem)
    assert ("blocked:停",) in ways(problem)


def test_where_one_step_will_not_do_two_are_offered() -> None:
    problem = year(
        event("一", days(0, 4), pinned=pin("一", 0)),
        blocks=(block("停一", days(0, 0), "甲"), block("停二", days(0, 0))),
        weeks=1,
    )
    problem = problem._replace(events=(problem.events[0]._replace(period=days(0, 0)),))
    assert all(len(way) == 2 or way == ("required:一",) for way in ways(problem))


def test_leaving_out_what_cannot_be_had_always_helps_and_leaves_out_no_more() -> None:
    problem = year(*(event(key, days(0, 4)) for key in "一二三四"), event("五", days(7, 11)))
    remedy = give_up(problem, Plan((pin("一", 0), pin("二", 1))), FeasibilityJudge(None))
    assert remedy is not None
    assert len(remedy.steps) == 2
    assert feasible_plan(loosen(problem, remedy.steps)) is not None


def test_decisions_without_seats_are_left_out_too() -> None:
    problem = year(decisions=(PlanDecision("决", "决策", "一区", "居民", days(0, 6), 1),))
    remedy = give_up(problem, NOTHING, FeasibilityJudge(None))
    assert remedy is not None
    assert [step.constraint for step in remedy.steps] == ["decision:决"]
