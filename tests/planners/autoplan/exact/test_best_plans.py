"""求界、改良：小题与数遍所有方案一致。"""

from __future__ import annotations

import pytest

from planners.autoplan.bare_format import read_problem
from planners.autoplan.compiled import Compiled
from planners.autoplan.exact.large_neighbourhood import improve_state
from planners.autoplan.exact.relaxation import linear_bound
from planners.autoplan.exact.relaxed_start import Start, relaxed_start
from planners.autoplan.problem import Plan
from planners.autoplan.score import score
from planners.autoplan.state import State
from tests.planners.autoplan.checker import soft_cost, violations
from tests.planners.autoplan.exact.every_plan import every_plan, few_events
from tests.planners.autoplan.exact.test_feasibility import crowd, document_of
from tests.planners.autoplan.problems import stored
from tests.planners.autoplan.small_oracle import is_legal

SEEDS = range(20)


def proved_best(start: Start) -> bool:
    """Whether no plan is cheaper."""
    return start.state.cost <= start.bound


def laid_out(compiled: Compiled, plan: Plan) -> State:
    """The search's state with the plan in it."""
    state = State(compiled)
    for at in plan.placements:
        number, spot = compiled.number[at.event], compiled.assignment(at)
        assert spot is not None
        state.drop(number, state.option(number, spot), spot.slot)
    return state


@pytest.mark.parametrize("seed", SEEDS)
def test_the_bound_of_a_small_year_is_never_above_the_cheapest_plan(seed: int) -> None:
    problem = few_events(seed)
    compiled = Compiled(problem)
    costs = [score(problem, plan).cost for plan in every_plan(problem)]
    found, linear = relaxed_start(compiled), linear_bound(compiled)
    assert found.infeasible == (not costs)
    if costs:
        assert linear is not None
        assert linear <= found.bound <= min(costs)
        assert is_legal(problem, found.state.plan())
        assert found.state.cost == min(costs)
        assert proved_best(found) == (found.bound == min(costs))


@pytest.mark.parametrize("seed", SEEDS)
def test_the_dearest_plan_of_a_small_year_is_improved_to_the_cheapest(seed: int) -> None:
    problem = few_events(seed)
    compiled, plans = Compiled(problem), list(every_plan(problem))
    if not plans:
        assert relaxed_start(compiled).infeasible
        return
    cost = max(score(problem, plan).cost for plan in plans)
    state = laid_out(compiled, max(plans, key=lambda plan: score(problem, plan).cost))
    while improve_state(state, range(len(problem.events))):
        assert is_legal(problem, state.plan())
        assert state.cost < cost
        cost = state.cost
    assert score(problem, state.plan()).cost == min(score(problem, plan).cost for plan in plans)


def test_only_the_free_events_move_and_the_same_start_is_found_again() -> None:
    problem = read_problem(stored("S-feasible-1"))
    compiled = Compiled(problem)
    first, second = (relaxed_start(compiled).state.plan() for _ in range(2))
    assert first == second
    free = [
        event.number for event in compiled.events if problem.events[event.number].campaign.endswith("讲堂")
    ]
    state = laid_out(compiled, first)
    before = list(state.at)
    for number in free:
        if state.at[number] is not None:
            state.lift(number)
    assert improve_state(state, free)
    assert [spot for n, spot in enumerate(state.at) if n not in free] == [
        spot for n, spot in enumerate(before) if n not in free
    ]
    assert sum(spot is not None for spot in state.at) >= len(before) - len(free)


def test_a_plan_of_the_small_stored_problem_is_proved_the_best() -> None:
    document = stored("S-feasible-1")
    found = relaxed_start(Compiled(read_problem(document)))
    assert (found.bound, proved_best(found)) == (10, True)
    written = document_of(found.state.plan())
    assert [broken for broken in violations(document, written) if not broken.startswith("decision:")] == []
    assert sum(soft_cost(document, written).values()) == 10


def test_of_an_impossible_day_as_much_as_can_be_is_placed() -> None:
    problem = crowd(5, week_cap=None)
    assert linear_bound(Compiled(problem)) is None
    start = relaxed_start(Compiled(problem))
    assert (start.infeasible, proved_best(start)) == (True, True)
    assert len(start.state.plan().placements) == 2


def test_stopped_at_once_there_is_a_state_and_no_false_proof() -> None:
    start = relaxed_start(Compiled(read_problem(stored("S-feasible-1"))), stop=lambda: True)
    assert not proved_best(start)
    assert not start.infeasible


@pytest.mark.parametrize("seed", [3, 8, 14])
def test_with_hardly_any_effort_the_bound_still_holds(seed: int) -> None:
    problem = few_events(seed)
    compiled = Compiled(problem)
    hasty, thorough = relaxed_start(compiled, effort=0), relaxed_start(compiled)
    assert hasty.bound <= thorough.state.cost <= hasty.state.cost
    assert proved_best(thorough)
