"""五个排期问题：硬约束条条都守，得分与另一套核对一致，同样的种子与步数得同样的字节。"""

from __future__ import annotations

import json
from typing import Any

import pytest

from planners.autoplan.bare_format import read_problem
from planners.autoplan.bare_plan import plan_document
from planners.autoplan.solve import solve
from tests.planners.autoplan.checker import keep_cost, soft_cost, violations
from tests.planners.autoplan.generator import planted
from tests.planners.autoplan.hidden_plan import Document
from tests.planners.autoplan.problems import small, stored

FEASIBLE = {"S-feasible-1": 40_000, "S-replan-1": 20_000, "M-feasible-1": 60_000, "L-feasible-1": 1}
"""Operations spent here; real runs spend more."""


def planned(document: Document, effort: int, seed: int = 0) -> dict[str, Any]:
    """The plan as ``solve`` writes it, read back."""
    problem = read_problem(document)
    written = plan_document(problem, solve(problem, seed=seed, effort=effort))
    return dict(json.loads(json.dumps(written, ensure_ascii=False)))


@pytest.mark.parametrize(("name", "effort"), FEASIBLE.items())
def test_a_feasible_problem_is_placed_whole_and_scored_right(name: str, effort: int) -> None:
    document = stored(name)
    plan = planned(document, effort)
    assert violations(document, plan) == []
    assert (plan["status"], plan["unmet"]) == ("feasible", [])
    costs = soft_cost(document, plan)
    assert plan["cost"] == sum(costs.values())
    assert plan["cost_by_term"] == {name.partition(":")[2] or name: cost for name, cost in costs.items()}
    assert (plan["keep_cost"], plan["moved"]) == keep_cost(document, plan)
    placed = {at["event"] for at in plan["placements"]}
    assert set(plan["unplaced"]) == {event["id"] for event in document["events"]} - placed


def test_only_the_three_events_in_the_blocked_weeks_move() -> None:
    document = stored("S-replan-1")
    assert keep_cost(document, planned(document, 20_000))[1] == 3


@pytest.mark.parametrize("seed", [0, 7])
def test_the_same_seed_and_effort_give_the_same_bytes(seed: int) -> None:
    first, second = (json.dumps(planned(stored("S-feasible-1"), 15_000, seed)) for _ in range(2))
    assert first == second


def test_what_can_be_placed_of_an_impossible_year_breaks_nothing() -> None:
    document = stored("S-infeasible-1")
    plan = planned(document, 10_000)
    short = {constraint.partition(" ")[0] for constraint in violations(document, plan)}
    assert plan["status"] != "feasible"
    assert short == set(plan["unmet"]) != set()


@pytest.mark.parametrize(("size", "seed"), [("S", 3), ("S", 4), ("M", 5)])
def test_planted_problems_are_solved(size: str, seed: int) -> None:
    document, hidden = planted(size, seed)
    plan = planned(document, 20_000)
    assert violations(document, plan) == []
    assert plan["cost"] == sum(soft_cost(document, plan).values()) < sum(soft_cost(document, hidden).values())


def test_every_placement_has_its_reasons() -> None:
    document = small()
    plan = planned(document, 2_000)
    reasons = {entry["event"]: entry["texts"] for entry in plan["reasons"]}
    assert list(reasons) == [at["event"] for at in plan["placements"]] == ["活动1", "活动2", "活动3"]
    assert all("补：至少二" in texts for texts in reasons.values())
    assert all(any(text.startswith("距") for text in texts) for texts in reasons.values())
