"""规则检查页的行：次序、分级、缺什么、何时前、怎么办，按值核对。"""

from __future__ import annotations

from functools import lru_cache

from models.domain.attendance import Decision
from models.domain.events import Campaign, EventStatus
from models.domain.policies import PolicyDocument
from models.domain.year import Exemption
from planners.results import CellState
from planners.rule_row_words import Fix, met_words
from planners.rule_rows import (
    OWN_DOUBLE,
    OWN_LOAD,
    RowState,
    RuleLine,
    RuleRow,
    all_met,
    line_of,
    met_by_group,
    rule_lines,
)
from tests.factories import cell, check, event, sample, year


@lru_cache(maxsize=1)
def sample_lines() -> tuple[RuleLine, ...]:
    return rule_lines(check(sample()), sample())


def line(rule: str, lines: tuple[RuleLine, ...] | None = None) -> RuleLine:
    found = line_of(lines or sample_lines(), rule)
    assert found is not None
    return found


def said(row: RuleRow) -> tuple[str, ...]:
    return (row.state.label, row.words.where, row.words.missing, row.words.until, row.fix.label)


def test_clauses_stand_in_the_order_of_the_document_then_what_is_our_own() -> None:
    clauses = [shown.clause for shown in sample_lines()]
    own = clauses.index("")
    numbers = [int(number) for number in clauses[:own]]
    assert numbers == sorted(numbers)
    assert numbers[:5] == [1, 2, 2, 2, 3]
    assert set(clauses[own:]) == {""}
    assert all(shown.own for shown in sample_lines()[own:])
    assert [shown.title for shown in sample_lines()[own:]][:4] == [
        "街镇覆盖",
        "避开学校假期",
        "各单位开放",
        "每周不超 8 场",
    ]


def test_every_rule_stands_in_one_line() -> None:
    codes = [code for shown in sample_lines() for code in shown.rules]
    assert sorted(codes) == sorted(rule.code for rule in check(sample()).ruleset.rules)


def test_the_campus_clause_of_the_sample() -> None:
    campus = line("campus.stages")
    assert (campus.asks, campus.passed, campus.total) == ("每季分学段至少 1 场", 8, 12)
    assert [said(row) for row in campus.rows] == [
        ("逾期", "高中 · 一季度", "0/1 场，期限已过", "3月31日（已过 76 天）", "登记说明…"),
        (
            "有风险",
            "初中 · 二季度",
            "1/1 场，但 6月22日 仍为“已排”",
            "6月22日（剩 5 个工作日）",
            "标为已确认",
        ),
        ("待补", "初中 · 三季度", "0/1 场", "9月30日（停排期外可排 22 个工作日）", "排入"),
        ("待补", "高中 · 四季度", "0/1 场", "12月31日（可排 62 个工作日）", "排入"),
    ]
    assert met_by_group(campus) == (("小学", 4), ("初中", 2), ("高中", 2))


def test_the_sample_counts_as_its_summary_does() -> None:
    counts = {state: sum(shown.count(state) for shown in sample_lines()) for state in RowState}
    assert (counts[RowState.OVERDUE], counts[RowState.AT_RISK], counts[RowState.GAP]) == (1, 2, 5)


def test_what_is_waiting_is_no_hint_and_no_gap() -> None:
    attendance = line("attendance.invited")
    assert [row.state for row in attendance.rows] == [RowState.OPEN] * 4
    assert (attendance.passed, attendance.total) == (6, 7)
    assert {row.state for row in attendance.hints} == {RowState.HINT}


def test_a_sibling_rule_names_itself() -> None:
    first, second = line("attendance.feedback").rows[:2]
    assert first.words.where.startswith("向代表反馈 · ")
    assert not second.words.where.startswith("邀请代表列席")


def test_a_missing_theme_is_asked_for_first() -> None:
    (row,) = line("park.quarterly").rows
    assert (row.fix, row.words.missing) == (Fix.THEME, "0/1 场，季度主题未定")


def test_an_explained_miss_keeps_its_row_and_says_so() -> None:
    key = "explanation:lecture.monthly|2027-01-01|2027-01-31|"
    snapshot = year(settings={key: "设备故障"})
    row = line("lecture.monthly", rule_lines(check(snapshot), snapshot)).rows[0]
    assert (row.state, row.words.remedy) == (RowState.OVERDUE, "已登记说明：设备故障")


def test_an_unconfirmed_event_without_a_school_says_that_too() -> None:
    snapshot = year(
        event(Campaign.CAMPUS, "2027-06-22", stages=(), key="c", short="普法", lead_units=("区司法局",)),
        settings={"campus.group": "none"},
    )
    rows = line("campus.stages", rule_lines(check(snapshot), snapshot)).rows
    row = next(row for row in rows if row.state is RowState.AT_RISK)
    assert row.words.missing == "1/1 场，但 6月22日 仍为“已排”且无学校"
    assert row.words.remedy == "选定学校，与区司法局商定后标为已确认"
    assert row.event == "c"


def test_exemptions_are_met_and_say_why() -> None:
    from datetime import date

    exemption = Exemption("lecture.monthly", date(2027, 9, 1), date(2027, 9, 30), None, "直播间改造")
    snapshot = year(exemptions=(exemption,))
    checked = check(snapshot)
    shown = line("lecture.monthly", rule_lines(checked, snapshot))
    exempt = cell(checked, "lecture.monthly", "2027-09-01")
    assert exempt in shown.met
    assert (shown.passed, shown.total) == (0, 11)
    assert met_words(exempt, snapshot) == "豁免：直播间改造"


def test_a_met_cell_names_its_events() -> None:
    held = event(day="2027-01-20", short="稳岗就业", status=EventStatus.HELD)
    more = event(day="2027-01-22", short="社保", status=EventStatus.HELD)
    snapshot = year(held, more)
    january = cell(check(snapshot), "lecture.monthly", "2027-01-01")
    assert january.state is CellState.DONE
    assert met_words(january, snapshot) == "1月20日 稳岗就业、1月22日 社保（2/1，达宜办数）"


def test_double_bookings_ahead_are_to_be_mended_and_past_ones_are_hints() -> None:
    clash = {"venue": "v1", "lead_units": ()}
    snapshot = year(
        event(day="2027-09-01", key="a", **clash),
        event(Campaign.PARK, "2027-09-01", key="b", **clash),
        event(day="2027-03-01", key="c", status=EventStatus.HELD, **clash),
        event(Campaign.PARK, "2027-03-01", key="d", status=EventStatus.HELD, **clash),
    )
    double = line(OWN_DOUBLE, rule_lines(check(snapshot), snapshot))
    assert [(row.state, row.event) for row in double.rows] == [(RowState.OPEN, "b")]
    assert [row.state for row in double.hints] == [RowState.HINT]


def test_a_crowded_week_leads_to_the_calendar() -> None:
    rows = line(OWN_LOAD).hints
    assert said(rows[0]) == ("提示", "8月2日起的一周", "9 场，上限 8 场", "8月2日前", "在日历中看")


def test_documents_are_counted_and_have_a_fix_each() -> None:
    from datetime import date

    late = PolicyDocument(
        "p1", "甲办法", published_on=date(2027, 6, 10), office_name=True, online_service=True
    )
    filed = PolicyDocument(
        "p2", "乙办法", published_on=date(2027, 5, 6), office_name=True, filed_on=date(2027, 5, 7)
    )
    snapshot = year(policies=(late, filed))
    lines = rule_lines(check(snapshot), snapshot)
    filing = line("policy.filing", lines)
    assert (filing.passed, filing.total) == (1, 2)
    assert said(filing.rows[0]) == (
        "有风险", "甲办法", "解读材料还没有备案", "6月17日（剩 3 个工作日）", "记为今日备案",
    )  # fmt: skip
    assert line("policy.linkage", lines).rows[0].fix is Fix.LINK
    assert line("policy.forms", lines).rows[0].words.missing == "0/3 种解读方式"
    assert {row.fix for row in line("policy.integration", lines).hints} == {Fix.PUSH}


def test_a_decision_with_a_written_reason_is_not_counted() -> None:
    decisions = (Decision("d1", "甲"), Decision("d2", "乙", exemption="涉密"))
    snapshot = year(decisions=decisions)
    attendance = line("attendance.invited", rule_lines(check(snapshot), snapshot))
    assert attendance.total == 1


def test_a_milestone_that_is_done_is_met() -> None:
    catalogues = line("year.catalogue.district")
    assert (catalogues.title, catalogues.passed, catalogues.total) == ("重大行政决策目录", 2, 2)
    assert (line("year.evaluation").passed, line("year.evaluation").total) == (0, 3)
    assert line("year.evaluation").rows[0].fix is Fix.DONE


def test_keys_name_rows_whatever_their_state_is() -> None:
    keys = [row.key for shown in sample_lines() for row in (*shown.rows, *shown.hints)]
    assert len(set(keys)) == len(keys)
    overdue = line("campus.stages").rows[0]
    assert overdue.key == "campus.stages|2027-01-01|高中"


def test_all_met_looks_at_what_decides_only() -> None:
    assert not all_met(sample_lines())
    calm = tuple(shown._replace(rows=()) for shown in sample_lines())
    assert all_met(calm)
    waiting = tuple(
        shown._replace(rows=tuple(row for row in shown.rows if row.state is RowState.OPEN))
        for shown in sample_lines()
    )
    assert all_met(waiting)
