"""核对自己也要核对：造的方案一处不错；动一处，就指出那一处。"""

from __future__ import annotations

import copy
from collections.abc import Callable
from typing import Any

import pytest

from tests.planners.autoplan.checker import keep_cost, soft_cost, violations
from tests.planners.autoplan.generator import planted
from tests.planners.autoplan.hidden_plan import Document
from tests.planners.autoplan.problems import small, stored

LEGAL: Document = {
    "placements": [
        {"event": "活动1", "date": "2027-01-06", "half": "AM", "host": "甲局", "place": "广场"},
        {"event": "活动2", "date": "2027-01-08", "half": "PM", "host": "甲局", "place": "礼堂"},
    ],
    "decisions": [{"decision": "决策1", "meeting": "会1", "reps": ["代表1"]}],
}


@pytest.mark.parametrize(("size", "seed"), [("S", 1), ("M", 2), ("L", 3)])
def test_the_planted_plan_breaks_nothing_and_is_the_same_for_the_same_seed(size: str, seed: int) -> None:
    document, hidden = planted(size, seed)
    assert violations(document, hidden) == []
    assert len(hidden["placements"]) == len(document["events"]) > 140
    if size == "S":
        assert planted(size, seed) == (document, hidden) != planted(size, seed + 1)


def edited(change: Callable[[Any, Any], object]) -> list[str]:
    problem, plan = small(), copy.deepcopy(LEGAL)
    change(problem, plan)
    return [line.partition(" ")[0] for line in violations(problem, plan)]


def put(number: int, **fields: Any) -> Callable[[Any, Any], object]:
    """The placement ``number`` with other fields."""
    return lambda _, plan: plan["placements"][number].update(fields)


def pin(problem: Any, _: Any) -> None:
    problem["events"][0]["pinned"] = {"date": "2027-01-07", "half": "AM", "host": "甲局", "place": "广场"}


def block(scope: Document, half: str | None = None) -> Callable[[Any, Any], object]:
    """A further block on the day of the second event."""
    entry = {"id": "停2", "scope": scope, "from": "2027-01-08", "to": "2027-01-08", "half": half}
    return lambda problem, _: problem["blocked"].append(entry)


@pytest.mark.parametrize(
    ("change", "found"),
    [
        (lambda p, q: None, []),
        (lambda p, q: q["placements"].pop(), ["required:活动2", "rule:至少二"]),
        (put(0, event="活动3"), ["required:活动1"]),
        (lambda p, q: q["placements"].append(q["placements"][0]), ["required:活动1", "clash:甲局", "weekcap:甲局", "rule:间隔", "rule:上限"]),
        (put(1, date="2027-01-16"), ["window:活动2", "day"]),
        (put(1, half="EV"), ["half:"]),
        (put(1, host=None), ["host:"]),
        (put(1, place="操场"), ["place:"]),
        (pin, ["pinned:活动1"]),
        (put(0, date="2027-01-05"), ["blocked:停1"]),
        (put(0, date="2027-01-05", half="PM"), []),
        (block({"all": True}), ["blocked:停2"]),
        (block({"all": True}, "AM"), []),
        (block({"campaign": "讲堂"}, "PM"), ["blocked:停2"]),
        (block({"place": "礼堂"}), ["blocked:停2"]),
        (block({"unit": "乙局"}), ["blocked:停2"]),  # owner of the place
        (lambda p, q: p["units"][0].update(week_cap=1), ["weekcap:甲局"]),
        (lambda p, q: p["places"][0].update(capacity=0), ["place:礼堂"]),
        (lambda p, q: p["rules"][0].update(max=1, min=None), ["rule:至少二"]),
        (lambda p, q: p["rules"][0].update(where={"host_in": ["乙局"]}), ["rule:至少二"]),
        (lambda p, q: p["rules"][0].update(where={"place_in": ["礼堂"]}), ["rule:至少二"]),
        (lambda p, q: p["rules"][0].update(where={"day_kinds": ["weekend"]}), ["rule:至少二"]),
        (lambda p, q: p["rules"][1].update(min_days=3), ["rule:间隔"]),
        (lambda p, q: p["rules"][1].update(min_days=3, by="place"), []),
        (lambda p, q: p["rules"][1].update(min_days=3, by="host"), ["rule:间隔"]),
        (lambda p, q: q["decisions"].clear(), ["decision:决策1"]),
        (lambda p, q: p["meetings"][0].update(district="二区"), ["decision:决策1"]),
        (lambda p, q: p["meetings"][0].update(max_items=0), ["meeting:会1"]),
        (lambda p, q: p["decisions"][0].update(reps_needed=2), ["decision:决策1"]),
        (lambda p, q: p["reps"][0].update(group="专家"), ["decision:决策1"]),
        (lambda p, q: p["reps"][0].update(away=[["2027-01-06", "2027-01-06"]]), ["rep:代表1"]),
        (lambda p, q: p["reps"][0].update(max_items=0), ["rep:代表1"]),
    ],
)  # fmt: skip
def test_each_broken_constraint_is_named(change: Callable[[Any, Any], object], found: list[str]) -> None:
    assert edited(change) == found


def test_preferences_are_counted_as_they_are_written() -> None:
    costs = soft_cost(small(), LEGAL)
    assert {name: cost for name, cost in costs.items() if cost} == {
        "unplaced": 100,
        "half": 1,
        "weekday_avoid": 1,
        "crowd:扎堆": 4,
        "spread:疏密": 3,
    }


def test_the_old_plan_of_the_replan_problem_costs_the_proved_optimum() -> None:
    document = stored("S-replan-1")
    old = {"placements": document["baseline"], "decisions": []}
    assert sum(soft_cost(document, old).values()) == 10
    assert keep_cost(document, old) == (0, 0)
    assert {line.partition(" ")[0] for line in violations(document, old) if "decision:" not in line} == {
        "blocked:blk-new"
    }


def test_every_kind_of_change_to_the_old_plan_costs_its_weight() -> None:
    document = small()
    document["baseline"] = [
        LEGAL["placements"][0] | {"date": "2027-01-05", "half": "PM", "host": "乙局"},
        LEGAL["placements"][1] | {"half": "AM", "place": "广场"},
        LEGAL["placements"][1] | {"event": "活动3"},
    ]
    assert keep_cost(document, LEGAL) == (20 + 10 + 5 + 10 + 40, 3)
