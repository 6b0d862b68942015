"""为什么排不下：先说相争的几条，再说试过管用的放宽；说的每一句都经得起另一遍穷举。"""

from __future__ import annotations

import pytest

from planners.autoplan.backtracking import backtrack
from planners.autoplan.bare_format import read_problem
from planners.autoplan.loosening import loosen
from planners.autoplan.problem import (
    Plan,
    PlanCampaign,
    PlanDecision,
    PlanProblem,
    PlanUnit,
    Status,
)
from planners.autoplan.relax import relax
from planners.autoplan.solve import solve
from planners.explain import Explanation, explain_problem
from tests.planners.autoplan.checker import violations
from tests.planners.autoplan.crowded import crowded_year
from tests.planners.autoplan.explained import NOTHING, faults
from tests.planners.autoplan.problems import stored
from tests.planners.autoplan.small_oracle import is_legal
from tests.planners.autoplan.small_years import block, days, event, year


def refuse(problem: PlanProblem) -> tuple[Status, None]:
    """An oracle that knows nothing."""
    return Status.NOT_FOUND, None


def explain(problem: PlanProblem) -> Explanation:
    """The explanation where the search placed nothing and no solver helps."""
    return explain_problem(problem, NOTHING, oracle=refuse)


def test_a_feasible_solution_needs_no_explanation() -> None:
    problem = year(event("一", days(0, 4)))
    assert explain_problem(problem, NOTHING._replace(status=Status.FEASIBLE)) == Explanation()


def test_a_feasible_year_that_the_search_missed_comes_with_a_plan() -> None:
    problem = year(event("一", days(0, 4)))
    explanation = explain(problem)
    assert (explanation.conflicts, explanation.proved) == ((), False)
    assert explanation.plan is not None
    assert is_legal(problem, explanation.plan)


def test_conflict_and_ways_out_are_said_with_names_and_dates() -> None:
    problem = year(*(event(key, days(0, 4)) for key in "一二三"))
    explanation = explain(problem)
    assert explanation.proved
    (blocking,) = explanation.conflicts
    assert blocking.text == (
        "3月1日—3月5日有 3 场必须举办的活动相争（“讲座一”、“讲座二”、“讲座三”），"
        "而甲局每周至多 2 场，至多排得下 2 场。"
    )
    assert explanation.fixes[0].text == "“讲座一”的期限延后到3月8日（原到3月5日）。"
    assert explanation.fixes[0].relax == ("window:一",)
    assert ("weekcap:甲",) in [fix.relax for fix in explanation.fixes]


def test_independent_conflicts_have_their_own_fixes_and_common_ones() -> None:
    problem = year(
        event("一", days(0, 4)),
        event("二", days(7, 11), hosts=("乙",)),
        blocks=(block("停一", days(0, 4), "甲"), block("停二", days(7, 11), "乙")),
    )
    explanation = explain(problem)
    assert len(explanation.conflicts) == 2
    for blocking in explanation.conflicts:
        assert blocking.fixes
        assert all(set(fix.relax) <= set(blocking.rules) for fix in blocking.fixes)
    assert explanation.fixes
    for fix in explanation.fixes:
        assert all(set(fix.relax) & set(blocking.rules) for blocking in explanation.conflicts)
        assert backtrack(loosen(problem, fix.steps), 1_000).status is Status.FEASIBLE


def test_decisions_are_explained_too() -> None:
    decision = PlanDecision("决", "停车办法", "一区", "居民", days(0, 6), 1)
    (blocking,) = explain(year(decisions=(decision,))).conflicts
    assert blocking.rules == ("decision:决",)
    assert blocking.text == "“停车办法”须在3月1日—3月7日上会，请 1 名居民，其间没有可上的会议。"


def test_asked_to_stop_it_claims_nothing_it_has_not_shown() -> None:
    problem = year(*(event(key, days(0, 4)) for key in "一二三"))
    explanation = explain_problem(problem, NOTHING, oracle=refuse, stop=lambda: True)
    assert explanation.fixes == ()
    assert all(not blocking.minimal for blocking in explanation.conflicts)


@pytest.mark.parametrize("first", range(0, 20, 5))
def test_nothing_superfluous_and_nothing_that_does_not_help(first: int) -> None:
    """More of them: ``python -m tests.bench.bench_explain``."""
    for seed in range(first, first + 5):
        problem = crowded_year(seed)
        explanation = explain_problem(problem, NOTHING, oracle=refuse, effort=6_000)
        assert faults(problem, explanation) == [], seed
        assert bool(explanation.fixes) == bool(explanation.conflicts), seed


def test_the_solver_settles_what_trying_does_not() -> None:
    """Eight events for four hosts that share three mornings of one day each: many ways to try."""
    asked = []

    def oracle(problem: PlanProblem) -> tuple[Status, Plan | None]:
        asked.append(problem)
        tried = backtrack(problem, 100_000)
        return tried.status, tried.plan

    units = tuple(PlanUnit(f"u{n}", f"单位{n}", 1) for n in range(4))
    hosts = [("u0", "u1"), ("u1", "u2"), ("u2", "u3"), ("u3", "u0"), ("u0", "u2"), ("u1", "u3")]
    events = tuple(event(f"e{n}", days(0, 4), hosts=hosts[n % 6]) for n in range(5))
    explanation = explain_problem(year(*events, units=units, places=()), NOTHING, oracle=oracle)
    assert explanation.proved
    assert all(blocking.minimal for blocking in explanation.conflicts)


def test_the_stored_infeasible_year_is_explained_and_mended() -> None:
    document = stored("S-infeasible-1")
    problem = read_problem(document)
    solution = solve(problem, effort=2_000)
    explanation = explain_problem(problem, solution)
    assert {blocking.rules for blocking in explanation.conflicts} == {
        ("required:D001:讲堂:011", "window:D001:讲堂:011", "blocked:blk-live-june"),
        ("blocked:blk-live-june", "rule:D001:讲堂:月06"),
    }
    assert explanation.fixes[0].relax == ("blocked:blk-live-june",)
    mended = backtrack(loosen(problem, explanation.fixes[0].steps), 3_000).plan
    assert mended is not None
    without = [entry for entry in document["blocked"] if entry["id"] != "blk-live-june"]
    assert violations({**document, "blocked": without}, plan_document(mended)) == []


def plan_document(plan: Plan) -> dict[str, object]:
    """The plan as the independent checker reads it."""
    return {
        "placements": [
            {"event": p.event, "date": p.day.isoformat(), "half": p.half, "host": p.host, "place": p.place}
            for p in plan.placements
        ],
        "decisions": [
            {"decision": d.decision, "meeting": d.meeting, "reps": list(d.representatives)}
            for d in plan.decisions
        ],
    }


def test_a_large_year_is_explained_by_the_district_in_need() -> None:
    """Two districts share 甲; the one that is whole stands as it is, and the other works around it."""
    campaigns = (year().campaigns[0], year().campaigns[0]._replace(key="园区", district="二区"))
    assert isinstance(campaigns[0], PlanCampaign)
    units = (PlanUnit("甲", "甲局", 2), *(PlanUnit(f"u{n}", f"单位{n}", 5) for n in range(80)))
    others = tuple(event(f"e{n}", days(0, 27), hosts=(f"u{n % 80}",), campaign="园区") for n in range(320))
    shared = event("共", days(0, 4), campaign="园区")
    own = tuple(event(key, days(0, 4)) for key in "一二三")
    problem = year(*others, shared, *own, weeks=4, units=units, places=(), campaigns=campaigns)
    placed = backtrack(relax(problem, ["required:二", "required:三"]), 5_000).plan
    assert placed is not None
    explanation = explain_problem(problem, NOTHING._replace(plan=placed), oracle=refuse)
    (blocking, *_) = explanation.conflicts
    assert blocking.rules == (
        "required:一", "required:二", "required:三", "window:一", "window:二", "window:三", "weekcap:甲"
    )  # fmt: skip
    assert explanation.fixes
    for fix in explanation.fixes:
        assert backtrack(loosen(problem, fix.steps), 20_000).status is Status.FEASIBLE
