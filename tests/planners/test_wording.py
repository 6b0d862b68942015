"""话：每种格状态、每种情形、每种冲突一句中文。"""

from __future__ import annotations

import importlib
from datetime import date, datetime
from pathlib import Path

import pytest

from models.domain.events import Event, Precision
from models.domain.rules import RuleKind, Severity
from models.rulesets import CHECKS, ruleset_for
from planners import wording
from planners.checks import FINDING_CHECKS
from planners.results import Cell, CellState, Conflict, ConflictKind, Finding, FindingState, YearCheck
from tests.factories import cell, check, event, sample, year

OWN_SITUATIONS = {"unrecorded", "on_day_off", "policy_filing_late", "policy_linkage_late"}
TEST_FOLDER = Path(__file__).parent / "checks"


@pytest.fixture(scope="module")
def checked() -> YearCheck:
    return check(sample())


def sentence(checked: YearCheck, rule: str, first: str, group: str | None = None) -> str:
    return wording.cell_sentence(cell(checked, rule, first, group), checked, sample())


# Every kind of check has a test module and a wording


def test_every_check_of_the_rule_sets_exists_and_none_is_left_over() -> None:
    assert set(FINDING_CHECKS) | {"frequency"} == set().union(*CHECKS.values())


@pytest.mark.parametrize("situation", sorted(FINDING_CHECKS))
def test_every_check_has_a_test_module_that_names_its_situation(situation: str) -> None:
    module = FINDING_CHECKS[situation].__module__.rsplit(".", 1)[-1]
    text = (TEST_FOLDER / f"test_{module}.py").read_text(encoding="utf-8")
    assert f'"{situation}"' in text
    importlib.import_module(f"tests.planners.checks.test_{module}")


@pytest.mark.parametrize("situation", sorted({*FINDING_CHECKS, *OWN_SITUATIONS}))
def test_every_situation_has_a_chinese_sentence(situation: str, checked: YearCheck) -> None:
    rule = next((r for r in checked.ruleset.rules if r.check == situation), checked.ruleset.rules[0])
    finding = Finding(
        rule.code, rule.clause, Severity.HARD, situation, FindingState.OPEN, events=("A001",), missing=("某事",),
        expected=3, actual=1, due=date(2027, 6, 30), workdays_left=12,
    )  # fmt: skip
    text = wording.finding_sentence(finding, checked, sample())
    assert text.endswith("。")
    assert text.count("。") == 1
    assert "None" not in text


@pytest.mark.parametrize("state", CellState)
def test_every_state_of_a_cell_has_a_chinese_sentence_and_a_line(
    state: CellState, checked: YearCheck
) -> None:
    june = cell(checked, "lecture.monthly", "2027-06-01")._replace(state=state, reason="某因")
    text = wording.cell_sentence(june, checked, sample())
    assert text.startswith("公开讲堂 · 6月：")
    assert "None" not in text
    assert wording.state_line(june)


@pytest.mark.parametrize("kind", ConflictKind)
def test_every_kind_of_conflict_has_a_chinese_sentence(kind: ConflictKind) -> None:
    conflict = Conflict(kind, Severity.HARD, ("A001", "A002"), "v1", date(2027, 7, 7), 8)
    text = wording.conflict_sentence(conflict, sample())
    assert text.endswith("。")
    assert "None" not in text


def test_every_kind_of_rule_is_worded() -> None:
    assert {rule.kind for rule in ruleset_for(2024).rules} == set(RuleKind)


# The words themselves

ESTIMATE = "（2027年放假安排未公布，暂按法定节日估算）"


def test_a_short_month_says_how_short_how_long_and_until_when(checked: YearCheck) -> None:
    assert sentence(checked, "lecture.monthly", "2027-06-01") == (
        "公开讲堂 · 6月：计划 0/1，还缺 1 场，本周期剩 12 个工作日（截至6月30日），"
        f"最晚 6月30日 周三还可补上{ESTIMATE}。"
    )


def test_a_month_without_a_confirmation_asks_for_one(checked: YearCheck) -> None:
    assert sentence(checked, "campus.stages", "2027-04-01", "初中") == (
        "走进校区 · 初中 · 二季度：计划 1/1，未确认，"
        f"“法律科普”6月22日举办，剩 5 个工作日，请尽快确认{ESTIMATE}。"
    )


def test_a_missed_quarter_cannot_be_repaired(checked: YearCheck) -> None:
    assert sentence(checked, "campus.stages", "2027-01-01", "高中") == (
        "走进校区 · 高中 · 一季度：实际 0/1，3月31日到期未达成，已过 76 天；不能补办，待登记说明。"
    )


def test_a_quarter_without_a_theme_says_so(checked: YearCheck) -> None:
    assert sentence(checked, "park.quarterly", "2027-10-01") == (
        f"走进园区 · 四季度：季度主题未定，计划 0/1，还缺 1 场，最晚 12月31日 周五还可补上{ESTIMATE}。"
    )


def test_what_is_done_planned_or_exempt_is_said_shortly(checked: YearCheck) -> None:
    assert [
        sentence(checked, "lecture.monthly", "2027-03-01"),
        sentence(checked, "community.monthly", "2027-07-01"),
        sentence(checked, "community.monthly", "2027-08-01"),
    ] == [
        "公开讲堂 · 3月：已举办 2 场，达到下限 1 场，达宜办数。",
        "走进社区 · 7月：计划 1 场，下限 1 场（暑期健康）。",
        "走进社区 · 8月：豁免，集中开展政府开放月（第2条）。",
    ]


def test_a_period_without_a_free_day_says_that_it_cannot_be_mended() -> None:
    short = cell(check(year()), "lecture.monthly", "2027-06-01")._replace(last_feasible_day=None)
    assert wording.cell_sentence(short, check(year()), year()).endswith("周期内已没有可排的工作日。")


def test_an_announced_year_bears_no_mark_of_an_estimate() -> None:
    snapshot = year(number=2026)
    checked = check(snapshot, date(2026, 6, 15))
    june = cell(checked, "lecture.monthly", "2026-06-01")
    assert "估算" not in wording.cell_sentence(june, checked, snapshot)


def test_the_overdue_feedback_says_what_is_missing_and_since_when(checked: YearCheck) -> None:
    finding = next(f for f in checked.findings if f.situation == "no_feedback")
    assert wording.finding_sentence(finding, checked, sample()) == (
        "决策事项《义务教育学校布局调整方案（示例）》会后 50 天，1 条意见未写明采纳情况，2 名代表未反馈，"
        f"自定期限5月26日已过{ESTIMATE}。"
    )


def test_a_conflict_names_the_place_and_the_events() -> None:
    one = event("lecture", "2027-07-07", venue="v1", short="民法典")
    two = event("lecture", "2027-07-07", venue="v1", short="医保")
    snapshot = year(one, two)
    (conflict,) = check(snapshot).conflicts
    assert wording.conflict_sentence(conflict, snapshot) == (
        "7月7日 周三 “宝你汇”直播间同一时段有 2 场：“民法典”、“医保”。"
    )


@pytest.mark.parametrize(
    ("precision", "start", "end", "words"),
    [
        (Precision.TIME, "2027-06-23T14:00", "2027-06-23T16:00", "6月23日 周三 14:00–16:00"),
        (Precision.TIME, "2027-06-23T14:00", None, "6月23日 周三 14:00"),
        (Precision.TIME, "2027-06-23T14:00", "2027-06-24T09:00", "6月23日 周三 14:00 至 6月24日 周四 09:00"),
        (Precision.HALF_DAY, "2027-06-23T13:00", "2027-06-23T17:00", "6月23日 周三 下午"),
        (Precision.HALF_DAY, "2027-06-23T08:00", "2027-06-23T12:00", "6月23日 周三 上午"),
        (Precision.DAY, "2027-06-23T00:00", "2027-06-24T00:00", "6月23日 周三"),
        (Precision.TEN_DAYS, "2027-06-11T00:00", "2027-06-21T00:00", "6月中旬"),
        (Precision.TEN_DAYS, "2027-06-21T00:00", "2027-07-01T00:00", "6月下旬"),
        (Precision.MONTH, "2027-06-01T00:00", "2027-07-01T00:00", "6月"),
        (Precision.QUARTER, "2027-04-01T00:00", "2027-07-01T00:00", "第二季度"),
        (Precision.UNSET, None, None, "原定 6月10日"),
    ],
)
def test_a_time_is_said_to_its_precision(
    precision: Precision, start: str | None, end: str | None, words: str
) -> None:
    when = Event(
        "e", event().campaign, "活动",
        starts_at=datetime.fromisoformat(start) if start else None,
        ends_at=datetime.fromisoformat(end) if end else None,
        precision=precision, raw_time="原定 6月10日",
    )  # fmt: skip
    assert wording.time_label(when) == words
    if start:
        assert wording.time_label(when._replace(tentative=True)) == f"{words}（暂定）"


def test_a_year_is_written_in_chinese_figures() -> None:
    assert wording.year_in_words(2027) == "二〇二七"


@pytest.mark.parametrize(
    ("rule", "first", "group", "line"),
    [
        ("lecture.monthly", "2027-06-01", None, "0/1"),
        ("lecture.monthly", "2027-03-01", None, "2/1"),
        ("campus.stages", "2027-04-01", "初中", "1/1 未确认"),
        ("campus.stages", "2027-01-01", "高中", "0/1 逾期"),
        ("park.quarterly", "2027-10-01", None, "0/1 主题未定"),
        ("community.monthly", "2027-08-01", None, "豁免"),
    ],
)
def test_a_line_of_a_cell_gives_the_count_that_decides(
    rule: str, first: str, group: str | None, line: str, checked: YearCheck
) -> None:
    found: Cell = cell(checked, rule, first, group)
    assert wording.state_line(found) == line
