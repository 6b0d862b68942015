"""排不下的话：每种约束、每种放宽一句，都用名称与日期。"""

from __future__ import annotations

import pytest

from planners.autoplan.constraint_ids import constraint_ids
from planners.autoplan.loosening import ladders
from planners.autoplan.precheck import bottlenecks_of
from planners.autoplan.problem import PlanProblem
from planners.wording_explain import (
    ProblemWords,
    conflict_sentence,
    listed,
    listed_constraints,
    loosening_sentence,
    span_name,
)
from tests.planners.autoplan.small_years import at_least, at_most, block, days, event, year
from tests.planners.autoplan.test_loosening import everything

CONSTRAINTS = {
    "required:一": "“讲座一”必须举办",
    "window:一": "“讲座一”限在3月3日—3月4日",
    "pinned:一": "“讲座一”已定在3月3日上午",
    "blocked:停": "甲局3月1日—3月3日停排（培训）",
    "clash:甲": "甲局同一半天只能参加 1 场",
    "weekcap:甲": "甲局每周至多 2 场",
    "place:厅": "大厅同一半天至多 1 场",
    "rule:少": "“讲堂至少3场”（3月1日—3月7日至少 3 场）",
    "rule:多": "“讲堂至多1场”（3月1日—3月7日至多 1 场）",
    "rule:距": "“间隔”（相隔至少 5 天）",
    "rule:满": "“上限”（每天至多 1 场）",
    "decision:决": "“决策”须在3月1日—3月7日上会，请 2 名居民",
    "meeting:会": "3月4日的会议至多 1 件",
    "rep:人": "人至多 1 次、两次相隔至少 7 天、3月4日不在",
}

STEPS = {
    "required:一": ["“讲座一”改为可办可不办"],
    "window:一": [
        "“讲座一”的期限延后到3月5日（原到3月4日）",
        "“讲座一”提前到3月2日起（原从3月3日起）",
    ],
    "pinned:一": ["“讲座一”不固定在3月3日上午"],
    "blocked:停": ["“甲局3月1日—3月3日停排（培训）”让出3月3日", "取消“甲局3月1日—3月3日停排（培训）”"],
    "clash:甲": ["允许甲局同一半天参加多场"],
    "weekcap:甲": ["甲局放宽为每周至多 3 场"],
    "place:厅": ["大厅同一半天放宽为 2 场"],
    "rule:少": ["“讲堂至少3场”由至少 3 场放宽为 2 场"],
    "rule:多": ["“讲堂至多1场”由至多 1 场放宽为 2 场"],
    "rule:距": ["“间隔”由至少 5 天放宽为 4 天"],
    "rule:满": ["“上限”由至多 1 场放宽为 2 场"],
    "decision:决": [
        "“决策”延后到3月10日上会（原到3月7日）",
        "“决策”少请 1 名居民",
        "“决策”今年不上会",
    ],
    "meeting:会": ["3月4日的会议放宽为 2 件"],
    "rep:人": ["人放宽为至多 2 次", "人两次之间放宽为 0 天", "请人在3月4日也能到会"],
}


@pytest.mark.parametrize("constraint", CONSTRAINTS)
def test_every_constraint_is_said(constraint: str) -> None:
    assert constraint in constraint_ids(everything())
    assert ProblemWords(everything()).constraint(constraint) == CONSTRAINTS[constraint]


@pytest.mark.parametrize("constraint", STEPS)
def test_every_smallest_step_is_said(constraint: str) -> None:
    problem = everything()
    said = [
        loosening_sentence(ProblemWords(problem), ladder[0])
        for ladder in ladders(problem, constraint, ["一"])
    ]
    assert said == STEPS[constraint]


def sentence(problem: PlanProblem) -> str:
    """What is said where all of the constraints are in conflict, as counting sees it."""
    return conflict_sentence(
        ProblemWords(problem), constraint_ids(problem), next(bottlenecks_of(problem), None)
    )


def bare_year(*events: object, **fields: object) -> PlanProblem:
    """A year without places, and with 甲 alone."""
    return year(*events, **{"places": (), "units": year().units[:1]} | fields)  # type: ignore[arg-type]


def test_too_few_for_a_minimum_name_the_windows_that_lie_elsewhere() -> None:
    events = tuple(event(key, days(7, 9), required=False, hosts=()) for key in "一二三")
    said = sentence(bare_year(*events, units=(), rules=(at_least("少", 1, days(0, 6)),)))
    assert said == (
        "“讲堂至少1场”（3月1日—3月7日至少 1 场），"
        "而可算的 3 场各有期限（“讲座一”、“讲座二”、“讲座三”），至多排得出 0 场。"
    )


def test_too_many_for_a_maximum_say_how_many_there_is_most_within() -> None:
    events = tuple(event(key, days(0, 4), hosts=()) for key in "一二")
    said = sentence(bare_year(*events, units=(), rules=(at_most("多", 1, days(0, 6)),)))
    assert said == (
        "3月1日—3月5日有 2 场必须举办的活动相争（“讲座一”、“讲座二”），"
        "而“讲堂至多1场”（3月1日—3月7日至多 1 场），至多排得下 1 场。"
    )


def test_no_day_at_all_names_what_stops_it() -> None:
    said = sentence(bare_year(event("一", days(0, 1), hosts=()), units=(), blocks=(block("停", days(0, 1)),)))
    assert said == (
        "“讲座一”必须在3月1日—3月2日举办，其间没有可排的半天：全部活动3月1日—3月2日停排（培训）；只排工作日。"
    )


def test_what_counting_does_not_see_is_listed() -> None:
    problem = bare_year(event("一", days(0, 1)))
    rules = constraint_ids(problem)
    assert listed_constraints(ProblemWords(problem), rules) == (
        "“讲座一”必须在3月1日—3月2日举办；甲局同一半天只能参加 1 场；甲局每周至多 2 场"
    )
    assert conflict_sentence(ProblemWords(problem), rules, None).endswith("；这些要求不能同时做到。")


def test_long_lists_are_cut_and_equal_titles_told_apart() -> None:
    assert listed([str(n) for n in range(9)]) == "0、1、2、3、4等 9 项"
    assert span_name(days(0, 0)) == "3月1日"
    twice = year(event("一", days(0, 0), title="讲座"), event("二", days(1, 1), title="讲座"))
    assert ProblemWords(twice).events(["一", "二"]) == "“讲座”（3月1日）、“讲座”（3月2日）"
