"""求界、改良、最少改动：小题与数遍所有方案一致。"""

from __future__ import annotations

import pytest

from planners.autoplan.bare_format import read_problem
from planners.autoplan.compiled import compile_problem
from planners.autoplan.exact.bound import lower_bound
from planners.autoplan.exact.improve import improve
from planners.autoplan.exact.least_moves import fewest_moves
from planners.autoplan.exact.relaxed_start import relaxed_start
from planners.autoplan.problem import Plan, Problem
from planners.autoplan.score import score
from tests.planners.autoplan.checker import keep_cost, soft_cost, violations
from tests.planners.autoplan.exact.every_plan import every_plan, few_events
from tests.planners.autoplan.exact.test_feasibility import crowd, document_of
from tests.planners.autoplan.problems import stored
from tests.planners.autoplan.small_oracle import is_legal

SEEDS = range(20)


def cost_of(problem: Problem, plan: Plan) -> int:
    """What the search counts: moved events before keeping before preferences."""
    first = compile_problem(problem).precedence
    counted = score(problem, plan)
    return counted.moved * first.move + counted.keep_cost * first.keep + counted.cost


@pytest.mark.parametrize("seed", SEEDS)
def test_the_bound_of_a_small_year_is_never_above_the_cheapest_plan(seed: int) -> None:
    problem = few_events(seed)
    costs = [score(problem, plan).cost for plan in every_plan(problem)]
    found, linear = lower_bound(problem), lower_bound(problem, effort=0)
    assert found.infeasible == (not costs)
    if costs:
        assert linear.value <= found.value <= min(costs)
        assert found.plan is not None
        assert is_legal(problem, found.plan)
        assert score(problem, found.plan).cost == min(costs)
        assert found.proved_optimal == (found.value == min(costs))


@pytest.mark.parametrize("seed", SEEDS)
def test_the_dearest_plan_of_a_small_year_is_improved_to_the_cheapest(seed: int) -> None:
    problem = few_events(seed, baseline=seed % 2 == 0)
    plans = list(every_plan(problem))
    if not plans:
        assert lower_bound(problem).infeasible
        return
    compiled, free = compile_problem(problem), [event.key for event in problem.events]
    plan = max(plans, key=lambda plan: cost_of(problem, plan))
    while (better := improve(compiled, plan, free)) is not None:
        assert is_legal(problem, better)
        assert cost_of(problem, better) < cost_of(problem, plan)
        plan = better
    assert cost_of(problem, plan) == min(cost_of(problem, plan) for plan in plans)


@pytest.mark.parametrize("seed", SEEDS)
def test_the_fewest_moves_of_a_small_year_are_proved(seed: int) -> None:
    problem = few_events(seed, baseline=True)
    plans = list(every_plan(problem))
    moves, proved, plan = fewest_moves(problem)
    assert proved
    if not plans:
        assert plan is None
        return
    assert plan is not None
    assert is_legal(problem, plan)
    assert moves == score(problem, plan).moved == min(score(problem, plan).moved for plan in plans)


def test_only_the_free_events_move_and_the_same_start_is_found_again() -> None:
    problem = read_problem(stored("S-feasible-1"))
    compiled = compile_problem(problem)
    first, second = (relaxed_start(compiled, polished=False).state.plan() for _ in range(2))
    assert first == second
    plan = first
    before = {at.event: at for at in plan.placements}
    free = [event.key for event in problem.events if event.campaign.endswith("讲堂")]
    spoilt = plan._replace(placements=tuple(at for at in plan.placements if at.event not in free))
    better = improve(compiled, spoilt, free)
    assert better is not None
    assert {at for at in better.placements if at.event not in free} == set(spoilt.placements)
    assert len(better.placements) >= len(before) - len(free)


def test_a_plan_of_the_small_stored_problem_is_proved_the_best() -> None:
    document = stored("S-feasible-1")
    found = lower_bound(read_problem(document))
    assert (found.value, found.proved_optimal) == (10, True)
    assert found.plan is not None
    written = document_of(found.plan)
    assert [broken for broken in violations(document, written) if not broken.startswith("decision:")] == []
    assert sum(soft_cost(document, written).values()) == 10


def test_an_old_plan_is_kept_as_far_as_can_be() -> None:
    document = stored("S-replan-1")
    problem = read_problem(document)
    assert fewest_moves(problem)[:2] == (3, True)
    start = relaxed_start(compile_problem(problem))
    assert start.proved_optimal
    assert keep_cost(document, document_of(start.state.plan())) == (30, 3)


def test_of_an_impossible_day_as_much_as_can_be_is_placed() -> None:
    problem = crowd(5, week_cap=None)
    assert lower_bound(problem).infeasible
    start = relaxed_start(compile_problem(problem))
    assert (start.infeasible, start.proved_optimal) == (True, True)
    assert len(start.state.plan().placements) == 2


def test_stopped_at_once_there_is_a_state_and_no_false_proof() -> None:
    start = relaxed_start(compile_problem(read_problem(stored("S-feasible-1"))), stop=lambda: True)
    assert not start.proved_optimal
    assert not start.infeasible


@pytest.mark.parametrize("seed", [3, 8, 14])
def test_with_hardly_any_effort_the_bound_still_holds(seed: int) -> None:
    problem = few_events(seed)
    compiled = compile_problem(problem)
    hasty, thorough = relaxed_start(compiled, effort=0), relaxed_start(compiled)
    assert hasty.bound <= thorough.state.cost <= hasty.state.cost
    assert thorough.proved_optimal
