from __future__ import annotations

from random import Random

from planners.autoplan.exact.milp import INFINITY, End, Milp


def knapsacks(rows: int = 30) -> Milp:
    """A model that takes long to solve."""
    chance = Random(1)
    milp = Milp()
    columns = [milp.column(-chance.randint(1, 50)) for _ in range(200)]
    for _ in range(rows):
        milp.row(0, 50, columns, [chance.randint(0, 9) for _ in columns])
    return milp


def test_the_cheapest_choice_is_found_and_its_cost_is_the_bound() -> None:
    milp = Milp()
    milp.offset = 10
    one, two = milp.column(1), milp.column(2)
    milp.row(1, 1, [one, two])
    outcome = milp.solve(effort=100)
    assert (outcome.end, list(outcome.values), outcome.cost, outcome.bound) == (End.OPTIMAL, [1, 0], 11, 11)


def test_rows_and_columns_added_after_a_solve_count() -> None:
    milp = Milp()
    one = milp.column(1)
    milp.row(0, 1, [one])
    assert milp.solve(effort=100).cost == 0
    two = milp.column(5, 0, 3)
    milp.row(2.5, INFINITY, [one, two])
    assert milp.solve(effort=100, relaxed=True).cost == 1 + 5 * 1.5
    assert milp.solve(effort=100).cost == 1 + 5 * 2


def test_what_cannot_be_is_told_even_without_columns() -> None:
    milp = Milp()
    assert milp.solve(effort=1).end is End.OPTIMAL
    milp.row(1, 1, [])
    assert milp.solve(effort=1).end is End.INFEASIBLE
    column = milp.column(1)
    milp.row(2, 3, [column])
    assert milp.solve(effort=100).end is End.INFEASIBLE


def test_a_search_stopped_by_effort_keeps_its_solution_and_repeats_itself() -> None:
    first, second = (knapsacks().solve(effort=12, nodes=1) for _ in range(2))
    assert first == second
    assert first.end is End.FOUND
    assert first.bound < first.cost < 0


def test_it_stops_when_asked_to() -> None:
    assert knapsacks().solve(effort=1_000_000, stop=lambda: True).end in (End.LIMIT, End.FOUND)
