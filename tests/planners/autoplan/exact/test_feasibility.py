"""可行性：小题与穷举一致；大题有解给合法方案，无解给证明。"""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from models.domain.periods import Period
from planners.autoplan.bare_format import read_problem
from planners.autoplan.exact.feasibility import prove
from planners.autoplan.problem import Plan, PlanProblem, Status
from tests.planners.autoplan.checker import violations
from tests.planners.autoplan.crowded import FIRST, crowded_year
from tests.planners.autoplan.exact.every_plan import few_events
from tests.planners.autoplan.problems import Document, small, stored
from tests.planners.autoplan.small_oracle import TooBigError, feasible_plan, is_legal
from tests.planners.autoplan.tight_problems import tight


def document_of(plan: Plan) -> Document:
    """The plan in the bare format."""
    return {
        "placements": [
            {
                "event": at.event,
                "date": at.day.isoformat(),
                "half": at.half,
                "host": at.host,
                "place": at.place,
            }
            for at in plan.placements
        ],
        "decisions": [
            {"decision": at.decision, "meeting": at.meeting, "reps": list(at.representatives)}
            for at in plan.decisions
        ],
    }


@pytest.mark.parametrize("seed", range(30))
def test_crowded_years_are_judged_as_trying_everything_judges_them(seed: int) -> None:
    problem = crowded_year(seed)
    status, plan = prove(problem)
    try:
        possible = feasible_plan(problem) is not None
    except TooBigError:
        possible = status is Status.FEASIBLE
    assert status is (Status.FEASIBLE if possible else Status.INFEASIBLE)
    assert (plan is not None) == possible
    assert plan is None or is_legal(problem, plan)


@pytest.mark.parametrize("seed", [4, 7, 20, 25, 34])
def test_plans_of_tight_problems_break_nothing(seed: int) -> None:
    document = tight(seed, 12)
    status, plan = prove(read_problem(document))
    assert status is not Status.NOT_FOUND
    if plan is not None:
        assert violations(document, document_of(plan)) == []


def test_the_stored_problems() -> None:
    assert prove(read_problem(stored("S-infeasible-1"))) == (Status.INFEASIBLE, None)
    document = stored("S-feasible-1")
    status, plan = prove(read_problem(document))
    assert status is Status.FEASIBLE
    assert plan is not None
    assert violations(document, document_of(plan)) == []


def crowd(events: int, **unit: object) -> PlanProblem:
    """So many events of one unit on one day, anywhere."""
    problem = few_events(0)
    one = problem.events[0]._replace(
        campaign="c0", required=True, period=Period(FIRST, FIRST + timedelta(1)), hosts=("u0",), places=(),
        co_hosts=(), halves=("AM", "PM"), pinned=None,
    )  # fmt: skip
    units = (problem.units[0]._replace(**{"week_cap": None, **unit}), *problem.units[1:])
    return problem._replace(
        events=tuple(one._replace(key=f"e{n}") for n in range(events)),
        units=units, rules=(), blocks=(), fixed=(),
    )  # fmt: skip


@pytest.mark.parametrize(
    ("events", "unit", "status"),
    [
        (2, {}, Status.FEASIBLE),
        (3, {}, Status.INFEASIBLE),
        (3, {"exclusive": False}, Status.FEASIBLE),
        (3, {"exclusive": False, "week_cap": 2}, Status.INFEASIBLE),
    ],
)
def test_a_unit_is_engaged_once_at_a_time_unless_that_is_lifted(
    events: int, unit: dict[str, object], status: Status
) -> None:
    assert prove(crowd(events, **unit))[0] is status


def test_a_place_without_capacity_takes_any_number() -> None:
    problem = crowd(3, exclusive=False)
    events = tuple(event._replace(places=("p0",), halves=("AM",)) for event in problem.events)
    for capacity, status in ((None, Status.FEASIBLE), (3, Status.FEASIBLE), (2, Status.INFEASIBLE)):
        places = (problem.places[0]._replace(capacity=capacity, unit=None), *problem.places[1:])
        assert prove(problem._replace(events=events, places=places))[0] is status


def test_decisions_count_too() -> None:
    problem = read_problem(small())
    status, plan = prove(problem)
    assert status is Status.FEASIBLE
    assert plan is not None
    assert [(at.meeting, at.representatives) for at in plan.decisions] == [("会1", ("代表1",))]
    gone = problem.representatives[0]._replace(away=(Period(date(2027, 1, 1), date(2027, 2, 1)),))
    assert prove(problem._replace(representatives=(gone,))) == (Status.INFEASIBLE, None)


def test_at_the_limit_nothing_is_claimed() -> None:
    problem = crowd(2)
    assert prove(problem, effort=0) == (Status.NOT_FOUND, None)
    assert prove(problem, stop=lambda: True) == (Status.NOT_FOUND, None)
