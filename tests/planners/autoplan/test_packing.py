"""数得清的排布：排得下多少，多出来的与谁相争。"""

from __future__ import annotations

from itertools import combinations, product

from hypothesis import given, settings
from hypothesis import strategies as st

from planners.autoplan.packing import Packing, most_apart

GROUPS = (0, 0, 1, 1, 2, 2)


def fits(cells: list[int], limit: int, group_limit: int) -> bool:
    """Everything tried: whether all items find a cell."""
    choices = [[cell for cell in range(6) if bits >> cell & 1] for bits in cells]
    return any(
        all(spots.count(cell) <= limit for cell in spots)
        and all(sum(GROUPS[cell] == group for cell in spots) <= group_limit for group in range(3))
        for spots in product(*choices)
    )


def test_the_one_too_many_is_named_with_those_it_competes_with() -> None:
    assert Packing([0b1, 0b110, 0b1], 1).fill() == [[0, 2]]
    assert Packing([0b11, 0b11, 0b100], 1, (0, 0, 1), 1).fill() == [[0, 1]]
    assert Packing([0b11, 0b100], 1).fill() == []


def test_what_is_taken_counts() -> None:
    assert Packing([0b1], 2, taken={0: 2}).fill() == [[0]]
    assert Packing([0b1], 2, GROUPS, 1, group_taken={0: 1}).fill() == [[0]]


@settings(max_examples=120, deadline=None)
@given(st.lists(st.integers(0, 63), min_size=1, max_size=6), st.integers(1, 2), st.integers(1, 3))
def test_as_many_as_possible_are_placed_and_every_list_is_one_too_many(
    cells: list[int], limit: int, group_limit: int
) -> None:
    overfull = Packing(cells, limit, GROUPS, group_limit).fill()
    most = max(
        size
        for size in range(len(cells) + 1)
        for some in combinations(cells, size)
        if fits(list(some), limit, group_limit)
    )
    assert len(cells) - len(overfull) == most
    for group in overfull:
        assert not fits([cells[item] for item in group], limit, group_limit)


def test_days_apart_are_taken_greedily() -> None:
    assert most_apart((1, 2, 3, 6, 7), 3) == 2
    assert most_apart((1, 2, 3, 6, 7), 1) == 5
    assert most_apart((), 5) == 0
