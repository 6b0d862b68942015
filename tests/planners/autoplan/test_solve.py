from __future__ import annotations

from datetime import timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from planners.autoplan.bare_format import read_problem
from planners.autoplan.problem import Plan, PlanProblem, Solution, Status
from planners.autoplan.solve import solve
from planners.proposals import Progress
from tests.planners.autoplan.crowded import crowded_year
from tests.planners.autoplan.problems import stored
from tests.planners.autoplan.test_state import with_terms

EFFORT = 20_000


def replan() -> PlanProblem:
    return read_problem(stored("S-replan-1"))


@settings(max_examples=10, deadline=None)
@given(st.integers(0, 10_000))
def test_the_same_seed_and_effort_give_the_same_plan(seed: int) -> None:
    problem = with_terms(crowded_year(seed), seed)
    assert solve(problem, seed=seed, effort=EFFORT) == solve(problem, seed=seed, effort=EFFORT)


@settings(max_examples=15, deadline=None)
@given(st.integers(0, 10_000))
def test_every_required_event_is_placed_or_named(seed: int) -> None:
    problem = crowded_year(seed)
    solution = solve(problem, effort=EFFORT)
    placed = {placement.event for placement in solution.plan.placements}
    missing = {event.key for event in problem.events if event.required} - placed
    assert {f"required:{key}" for key in missing} == {u for u in solution.unmet if u.startswith("required:")}
    assert set(solution.unplaced) == {event.key for event in problem.events} - placed
    assert (solution.status is Status.FEASIBLE) == (not solution.unmet)
    for event in problem.events:
        if event.pinned is not None and event.key in placed:
            assert event.pinned in solution.plan.placements


def test_more_effort_never_makes_a_small_plan_dearer() -> None:
    problem = read_problem(stored("S-feasible-1"))
    costs = [solve(problem, effort=effort).cost for effort in (0, 30_000, 120_000)]
    assert costs[0] >= costs[1] >= costs[2]
    assert costs[2] <= 20


def test_progress_is_told_and_its_cost_is_that_of_a_plan_in_hand() -> None:
    told: list[Progress] = []
    solution = solve(read_problem(stored("S-feasible-1")), effort=40_000, report=told.append)
    assert told[0].open_demands == 0
    assert told[-1].cost == solution.cost
    assert [p.effort for p in told] == sorted(p.effort for p in told)


def test_stopped_at_once_the_first_plan_stays() -> None:
    told: list[Progress] = []
    problem = read_problem(stored("S-feasible-1"))
    solution = solve(problem, report=told.append, stop=lambda: bool(told))
    assert solution.status is Status.FEASIBLE
    assert len(solution.plan.placements) == len(problem.events)


def moved_events(problem: PlanProblem, solution: Solution) -> set[str]:
    old = {placement.event: placement for placement in problem.baseline or ()}
    now = {placement.event: placement for placement in solution.plan.placements}
    return {key for key, placement in old.items() if now.get(key) != placement}


def test_a_plan_that_still_holds_is_left_alone() -> None:
    base = read_problem(stored("S-feasible-1"))
    first = solve(base, effort=60_000)
    again = solve(base._replace(baseline=first.plan.placements), seed=9)
    assert again.moved == 0
    assert again.plan.placements == first.plan.placements


def test_only_what_no_longer_fits_is_moved() -> None:
    """Three events of the old plan stand in the blocked week; no other one has to make way."""
    problem = replan()
    solution = solve(problem)
    broken = moved_events(problem, solution)
    frozen = {p.event: p for p in solution.plan.placements}
    assert solution.status is Status.FEASIBLE
    assert solution.moved == len(broken) == 3
    for key in broken:
        back = [p for p in problem.baseline or () if p.event == key]
        pinned = problem._replace(
            baseline=None,
            events=tuple(
                e._replace(pinned=back[0] if e.key == key else frozen[e.key]) for e in problem.events
            ),
        )
        assert key in solve(pinned, effort=0).unplaced


def test_one_in_the_way_is_moved_rather_than_one_left_out() -> None:
    """The free days of the broken event are held by another one that can go elsewhere."""
    base = crowded_year(0)
    first = base.horizon.first
    campaign = base.campaigns[0].key
    one = base.events[0]._replace(
        key="甲", campaign=campaign, required=True, halves=("AM",), hosts=(base.units[0].key,), places=(),
        co_hosts=(), pinned=None, period=base.horizon._replace(end=first + timedelta(days=2)),
    )  # fmt: skip
    two = one._replace(key="乙", period=base.horizon._replace(end=first + timedelta(days=3)))
    problem = base._replace(events=(one, two), rules=(), blocks=(), decisions=(), baseline=None)
    plan = {p.event: p for p in solve(problem, effort=0).plan.placements}
    day_one, day_two = first, first + timedelta(days=1)
    old = (plan["甲"]._replace(day=day_one), plan["乙"]._replace(day=day_two))
    shut = base.blocks[0]._replace(
        scope=base.blocks[0].scope.__class__("all"), target="", half=None,
        period=base.horizon._replace(first=day_one, end=day_two),
    )  # fmt: skip
    again = solve(problem._replace(baseline=old, blocks=(shut,)), effort=5_000)
    assert again.status is Status.FEASIBLE
    assert again.moved == 2
    assert {p.event: p.day for p in again.plan.placements} == {"甲": day_two, "乙": first + timedelta(days=2)}


def test_nothing_to_plan_is_a_plan() -> None:
    empty = crowded_year(0)._replace(events=(), rules=(), decisions=(), baseline=None)
    solution = solve(empty)
    assert (solution.status, solution.plan, solution.cost) == (Status.FEASIBLE, Plan(()), 0)
