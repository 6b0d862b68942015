"""先数一数：每种原因一例；数出来的都确实无解，够得着的一律不报。"""

from __future__ import annotations

from collections.abc import Callable

import pytest

from planners.autoplan.precheck import BottleneckCause, bottlenecks_of
from planners.autoplan.problem import (
    CapacityRule,
    GapBy,
    GapRule,
    Per,
    PlanDecision,
    PlanMeeting,
    PlanPlace,
    PlanProblem,
    Representative,
)
from planners.autoplan.relax import restrict
from tests.planners.autoplan.crowded import crowded_year
from tests.planners.autoplan.small_oracle import TooBigError, feasible_plan
from tests.planners.autoplan.small_years import at_least, at_most, block, day, days, event, pin, year

DECISION = PlanDecision("决", "决策", "一区", "居民", days(0, 6), 1)
MEETING = PlanMeeting("会", "一区", day(3), 1)
PERSON = Representative("人", "一区", "居民", 1, 0)
APART = GapRule("距", "间隔", "讲堂", GapBy.CAMPAIGN, 4)
ONE_A_DAY = CapacityRule("一天一场", "上限", ("讲堂",), Per.DAY, 1)


def deciding(**fields: object) -> PlanProblem:
    """One decision, one meeting, one person, unless told otherwise."""
    whole = {"meetings": (MEETING,), "decisions": (DECISION,), "representatives": (PERSON,)} | fields
    return year(**whole)


CASES: list[tuple[BottleneckCause, tuple[str, ...], Callable[[], PlanProblem]]] = [
    (BottleneckCause.NO_SLOT, ("一",), lambda: year(event("一", days(5, 6)))),
    (BottleneckCause.NO_SLOT, ("一",), lambda: year(event("一", days(0, 1)), blocks=(block("停", days(0, 4), "甲"),))),
    (BottleneckCause.NO_SLOT, ("一",), lambda: year(event("一", days(0, 1), pinned=pin("一", 5)))),
    (BottleneckCause.UNIT, ("一", "二", "三"), lambda: year(*(event(key, days(0, 4)) for key in "一二三"))),
    (
        BottleneckCause.UNIT,
        ("一", "二"),
        lambda: year(*(event(key, days(0, 0), hosts=(), co_hosts=("乙",), halves=("AM",)) for key in "一二")),
    ),
    (
        BottleneckCause.PLACE,
        ("一", "二"),
        lambda: year(
            *(event(key, days(0, 0), hosts=(), places=("厅",), halves=("AM",)) for key in "一二"),
            places=(PlanPlace("厅", "大厅", 1),),
        ),
    ),
    (
        BottleneckCause.CAPACITY,
        ("一", "二"),
        lambda: year(event("一", days(0, 0)), event("二", days(0, 0), hosts=()), rules=(ONE_A_DAY,)),
    ),
    (
        BottleneckCause.GAP,
        ("一", "二"),
        lambda: year(event("一", days(0, 1)), event("二", days(2, 3), hosts=()), rules=(APART,)),
    ),
    (
        BottleneckCause.MAXIMUM,
        ("一", "二"),
        lambda: year(event("一", days(0, 1)), event("二", days(2, 9)), rules=(at_most("多", 1, days(0, 13)),)),
    ),
    (
        BottleneckCause.MINIMUM,
        ("一", "二"),
        lambda: year(event("一", days(0, 1)), event("二", days(7, 9)), rules=(at_least("少", 2, days(0, 6)),)),
    ),
    (
        BottleneckCause.MINIMUM,
        ("一", "二"),
        lambda: year(
            *(event(key, days(0, 0), required=False, hosts=()) for key in "一二"),
            rules=(at_least("少", 2, days(0, 6)), ONE_A_DAY),
        ),
    ),
]  # fmt: skip


@pytest.mark.parametrize(("cause", "events", "build"), CASES)
def test_each_cause_is_counted(
    cause: BottleneckCause, events: tuple[str, ...], build: Callable[[], PlanProblem]
) -> None:
    bottleneck = next(bottlenecks_of(build()))
    assert (bottleneck.cause, bottleneck.events) == (cause, events)


@pytest.mark.parametrize(
    ("cause", "problem"),
    [
        (BottleneckCause.NO_MEETING, deciding(meetings=())),
        (BottleneckCause.PEOPLE, deciding(representatives=())),
        (BottleneckCause.PEOPLE, deciding(representatives=(PERSON._replace(away=(days(3, 3),)),))),
        (
            BottleneckCause.PEOPLE,
            deciding(decisions=(DECISION, DECISION._replace(key="决二")), meetings=(MEETING._replace(max_items=2),)),
        ),
        (
            BottleneckCause.MEETINGS,
            deciding(
                decisions=(DECISION, DECISION._replace(key="决二")),
                representatives=(PERSON._replace(max_items=2),),
            ),
        ),
    ],
)  # fmt: skip
def test_each_cause_of_decisions_is_counted(cause: BottleneckCause, problem: PlanProblem) -> None:
    assert next(bottlenecks_of(problem)).cause is cause


def test_what_just_fits_is_not_reported() -> None:
    events = (event("一", days(0, 4)), event("二", days(0, 4)), event("三", days(7, 11)))
    rules = (
        APART._replace(min_days=1),
        ONE_A_DAY,
        at_least("少", 2, days(0, 6)),
        at_most("多", 3, days(0, 13)),
    )
    assert list(bottlenecks_of(year(*events, rules=rules))) == []
    assert list(bottlenecks_of(deciding())) == []


@pytest.mark.parametrize("first", range(0, 60, 20))
def test_whatever_is_reported_is_impossible(first: int) -> None:
    reported = 0
    for seed in range(first, first + 20):
        problem = crowded_year(seed)
        for bottleneck in bottlenecks_of(problem):
            try:
                assert feasible_plan(restrict(problem, bottleneck.events, bottleneck.decisions)) is None, (
                    seed,
                    bottleneck,
                )
            except TooBigError:
                continue
            reported += 1
    assert reported > 20
