"""最小相争组：确实无解，少一条就有解；不相干的各成一组。"""

from __future__ import annotations

import pytest

from planners.autoplan.conflict_sets import ConflictSet, conflict_sets, deletion_filter, overlapping
from planners.autoplan.judge import FeasibilityJudge, legal_part, unmet
from planners.autoplan.problem import GapBy, GapRule, Plan, PlanProblem, PlanUnit, Status
from planners.autoplan.relax import relax
from tests.planners.autoplan.crowded import crowded_year
from tests.planners.autoplan.small_oracle import feasible_plan, is_legal
from tests.planners.autoplan.small_years import at_least, block, days, event, pin, year

NOTHING = Plan(())


def found(problem: PlanProblem) -> list[ConflictSet]:
    """The conflicts, with no oracle to help."""
    return list(conflict_sets(problem, NOTHING, FeasibilityJudge(None)))


def test_nothing_is_found_in_a_feasible_year() -> None:
    assert found(year(event("一", days(0, 4)))) == []


def test_a_conflict_names_what_is_needed_and_nothing_else() -> None:
    problem = year(
        event("一", days(0, 4)),
        event("二", days(7, 11)),
        blocks=(block("停一", days(0, 2), "甲"), block("停二", days(3, 4)), block("停三", days(7, 7))),
    )
    (conflict,) = found(problem)
    assert conflict.rules == ("required:一", "window:一", "blocked:停一", "blocked:停二")
    assert conflict.minimal


def test_conflicts_that_share_nothing_are_all_named() -> None:
    problem = year(
        event("一", days(0, 4)),
        event("二", days(7, 11), hosts=("乙",)),
        blocks=(block("停一", days(0, 4), "甲"), block("停二", days(7, 11), "乙")),
    )
    assert {conflict.rules for conflict in found(problem)} == {
        ("required:一", "window:一", "blocked:停一"),
        ("required:二", "window:二", "blocked:停二"),
    }


def test_what_counting_does_not_see_is_found_by_trying() -> None:
    """Three events share two hosts for one morning; no single unit is forced."""
    events = tuple(event(key, days(0, 0), hosts=("甲", "乙"), halves=("AM",)) for key in "一二三")
    (conflict,) = found(year(*events, units=(PlanUnit("甲", "甲局"), PlanUnit("乙", "乙局"))))
    assert set(conflict.rules) == {
        *(f"required:{key}" for key in "一二三"),
        *(f"window:{key}" for key in "一二三"),
        "clash:甲",
        "clash:乙",
    }


def test_a_conflict_that_overlaps_is_named_as_well() -> None:
    problem = year(
        event("一", days(0, 4)), blocks=(block("停", days(0, 4)),), rules=(at_least("少", 1, days(0, 4)),)
    )
    judge = FeasibilityJudge(None)
    first = list(conflict_sets(problem, NOTHING, judge))
    more = list(overlapping(problem, first, NOTHING, judge))
    assert {conflict.rules for conflict in first + more} == {
        ("required:一", "window:一", "blocked:停"),
        ("blocked:停", "rule:少"),
    }


def test_many_alike_conflicts_are_told_once() -> None:
    """Five events, room for two a week: four are too many, whichever four."""
    problem = year(*(event(key, days(0, 4)) for key in "一二三四五"))
    judge = FeasibilityJudge(None)
    first = list(conflict_sets(problem, NOTHING, judge))
    assert [len(conflict.rules) for conflict in first] == [7]
    assert list(overlapping(problem, first, NOTHING, judge)) == []


def test_without_effort_nothing_is_claimed() -> None:
    events = tuple(event(key, days(0, 0), hosts=("甲", "乙"), halves=("AM",)) for key in "一二三")
    assert list(conflict_sets(year(*events), NOTHING, FeasibilityJudge(None, 0))) == []


def test_shrinking_keeps_what_is_needed_in_its_order() -> None:
    needed = {3, 7, 8}
    assert deletion_filter(range(10), lambda kept: needed <= set(kept)) == (3, 7, 8)
    assert deletion_filter((), lambda _: True) == ()


@pytest.mark.parametrize("seed", [219, 228, 29])
def test_large_pigeonholes_end_in_a_proof(seed: int) -> None:
    assert all(conflict.minimal for conflict in found(crowded_year(seed)))


# the judge


def test_what_a_plan_misses_is_found() -> None:
    problem = year(event("一", days(0, 4)), event("二", days(0, 4)), rules=(at_least("少", 2, days(0, 4)),))
    missing = unmet(problem, [pin("一", 0)])
    assert [(one.events, one.rule) for one in missing] == [(("二",), None), (("一", "二"), "少")]


def test_only_legal_placements_are_kept() -> None:
    problem = year(event("一", days(0, 1)), event("二", days(0, 1)), event("三", days(0, 1)))
    kept = legal_part(problem, [pin("一", 0), pin("二", 0), pin("三", 9)])
    assert [placement.event for placement in kept] == ["一"]


@pytest.mark.parametrize("missing", range(0, 70, 10))
def test_a_large_year_is_completed_around_what_is_missing(missing: int) -> None:
    """Seventy events of ten units, a gap rule: one taken out finds its place again, the rest stay legal."""
    units = tuple(PlanUnit(f"u{n}", f"单位{n}", 2) for n in range(10))
    events = tuple(event(f"e{n}", days(0, 27), hosts=(f"u{n % 10}",)) for n in range(70))
    problem = year(
        *events, weeks=4, units=units, places=(), rules=(GapRule("距", "间隔", "讲堂", GapBy.HOST, 2),)
    )
    judge = FeasibilityJudge(None)
    whole = judge.decide(problem)
    assert whole.status is Status.FEASIBLE
    assert whole.plan is not None
    gap = Plan(tuple(p for p in whole.plan.placements if p.event != f"e{missing}"))
    completed = judge.complete(problem, gap)
    assert completed is not None
    assert is_legal(problem, completed)


def test_a_whole_that_cannot_be_is_not_completed() -> None:
    problem = year(*(event(key, days(0, 4)) for key in "一二三"))
    assert FeasibilityJudge(None).complete(problem, Plan((pin("一", 0), pin("二", 1)))) is None
    assert feasible_plan(relax(problem, ["required:三"])) is not None
