"""随手改坏的问题：要么用中文拒绝，要么照常求解且守住硬约束，从不崩溃。"""

from __future__ import annotations

import copy
import json
from collections.abc import Iterator
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from models.domain.errors import InputError
from planners.autoplan.bare_format import read_problem
from planners.autoplan.bare_plan import plan_document
from planners.autoplan.solve import solve
from tests.planners.autoplan.checker import soft_cost, violations
from tests.planners.autoplan.problems import small

STRANGE: tuple[Any, ...] = (
    None, True, False, 0, 1, -1, 2, 10**7, 10**8, 10**400, 1.5, float("nan"), float("inf"), "", "x", "甲局", "广场",
    "讲堂", "活动1", "PM", "2027-01-06", "2027-01-09", "2026-01-01", "9999-12-31", "\ud800", [], [[]], ["甲局"], {},
    {"a": 1}, [["2027-01-04", "2027-01-05"]], ["workday", "weekend"], ["holiday"], {"all": True}, "gap", "host", [0, 4],
)  # fmt: skip


def places(value: Any, way: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    """The way to every value inside ``value``."""
    if way:
        yield way
    entries = (
        value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    )
    for step, entry in entries:
        yield from places(entry, (*way, step))


def spoilt(way: tuple[Any, ...], value: Any, how: str) -> dict[str, Any]:
    document = small()
    holder: Any = document
    for step in way[:-1]:
        holder = holder[step]
    if how == "gone":
        del holder[way[-1]]
    elif how == "twice" and isinstance(holder, list):
        holder.append(copy.deepcopy(holder[way[-1]]))
    else:
        holder[way[-1]] = copy.deepcopy(value)
    return document


@settings(max_examples=150, deadline=None, derandomize=True)
@given(
    st.sampled_from(list(places(small()))),
    st.sampled_from(STRANGE),
    st.sampled_from(["other", "other", "other", "gone", "twice"]),
)
def test_a_spoilt_problem_is_refused_in_words_or_solved(way: tuple[Any, ...], value: Any, how: str) -> None:
    document = spoilt(way, value, how)
    try:
        problem = read_problem(document)
    except InputError as error:
        refused = str(error).encode().decode()
    else:
        refused = ""
    if refused:
        assert "没有求解" in refused
        return
    solution = solve(problem, seed=1, effort=200)
    plan = plan_document(problem, solution)
    assert json.dumps(plan, ensure_ascii=False).encode()
    assert {line.partition(" ")[0] for line in violations(document, plan)} <= set(solution.unmet)
    assert plan["cost"] == sum(soft_cost(document, plan).values())
