"""活动详情里的话：状态意味着什么，谁还没走进。"""

from __future__ import annotations

import pytest

from models.domain.events import Event, SchoolStage
from models.domain.snapshot import YearSnapshot
from models.domain.units import School
from planners.event_advice import place_advice, status_advice, unvisited
from tests.factories import TODAY, check, event, year

J, S = SchoolStage.JUNIOR, SchoolStage.SENIOR
SCHOOLS = (School("a", "甲校", (J,)), School("b", "乙校", (J, S)), School("c", "丙校", (S,)))


def advice(one: Event) -> tuple[str, str]:
    snapshot = year(one)
    checked = check(snapshot)
    cells = [cell for cell in checked.cells if one.key in cell.events and cell.severity.value == "hard"]
    return tuple(status_advice(one, cells, checked.ruleset, TODAY))  # type: ignore[return-value]


@pytest.mark.parametrize(
    ("one", "part", "look"),
    [
        (event(), "6月16日前须“已确认”，否则6月有落空风险", "warning"),
        (event("campus", stages=(J,)), "否则二季度初中有落空风险", "warning"),
        (event(day="2027-11-10"), "11月10日前须“已确认”", "caption"),
        (event(status="confirmed"), "6月30日前举办并登记结果", "caption"),
        (event(status="draft"), "草拟不计入规则", "warning"),
        (event(day=None), "没有日期，不计入规则", "warning"),
        (event(day="2027-06-01"), "日期已过，请登记结果", "warning"),
        (event(status="cancelled", status_reason="并入其他活动"), "原因：并入其他活动", "warning"),
        (event(day=None, status="postponed"), "已延期，放在待定区", "warning"),
        (event(day="2027-06-01", status="held"), "", "caption"),
    ],
)
def test_what_the_status_means_for_the_rules(one: Event, part: str, look: str) -> None:
    words, found = advice(one)
    assert part in words
    assert bool(words) == bool(part)
    assert found == look


def test_a_period_with_another_confirmed_event_is_not_at_risk_through_this_one() -> None:
    one = event(key="A")
    snapshot = year(one, event(status="confirmed", day="2027-06-18"))
    checked = check(snapshot)
    cells = [cell for cell in checked.cells if one.key in cell.events]
    assert status_advice(one, cells, checked.ruleset, TODAY).words == ""


def campus_year(one: Event, *others: Event) -> YearSnapshot:
    return year(one, *others, schools=SCHOOLS)


def test_schools_of_the_stage_that_nobody_visited_this_term() -> None:
    one = event("campus", "2027-06-22", stages=(J,))
    visited = event("campus", "2027-03-10", stages=(J,), schools=("a",))
    found = unvisited(one, campus_year(one, visited))
    assert (found.keys, found.words) == (("b",), "1 所初中本学期未走进")


def test_a_visit_in_the_other_term_does_not_count() -> None:
    one = event("campus", "2027-10-22", stages=(J,))
    visited = event("campus", "2027-03-10", stages=(J,), schools=("a",))
    assert unvisited(one, campus_year(one, visited)).keys == ("a", "b")


def test_a_cancelled_visit_does_not_count() -> None:
    one = event("campus", "2027-06-22", stages=(S,))
    other = event("campus", "2027-03-10", stages=(S,), schools=("c",), status="cancelled")
    assert unvisited(one, campus_year(one, other)).keys == ("b", "c")


def test_parks_of_the_quarter_and_towns_of_the_year() -> None:
    park = event("park", "2027-06-22")
    assert unvisited(park, year(park)).words == "1 个园区本季度未走进"
    assert unvisited(park, year(park, event("park", "2027-05-02", park="南大智慧城"))).keys == ()
    assert unvisited(park, year(park, event("park", "2027-02-02", park="南大智慧城"))).keys == ("南大智慧城",)
    town = event("community", "2027-06-22")
    assert unvisited(town, year(town, event("community", "2027-01-05", towns=("顾村镇",)))).keys == (
        "罗店镇",
    )
    assert unvisited(event("lecture"), year()).keys == ()


def test_a_missing_place_names_whom_one_could_visit() -> None:
    one = event("campus", "2027-06-22", stages=(J,))
    assert place_advice(one, campus_year(one), lacking=True).words == "未填。名录中有 2 所初中本学期未走进"
    assert place_advice(event(), year(), lacking=True).words == "未填"
    assert place_advice(one, campus_year(one), lacking=False).words == ""
