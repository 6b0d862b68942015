"""check：报告、JSON 的形状与退出码。"""

from __future__ import annotations

import json
import sqlite3
from contextlib import closing
from typing import Any

import pytest

from gui.headless.check_plan import misses_a_hard_rule
from models.domain.rules import Severity
from models.sample import sample_year
from planners.results import Finding, FindingState, Summary, YearCheck
from tests.headless.conftest import Office

TODAY = ("--today", "2027-06-15")


@pytest.fixture
def sample(office: Office) -> Office:
    """An office that works on the sample year."""
    path = office.folder / "示例.json"
    path.write_bytes(sample_year())
    assert office.run("import", path, "--apply").code == 0
    return office


def told(office: Office, *words: str) -> dict[str, Any]:
    answer = office.run("check", 2027, *words, "--json")
    assert answer.err == ""
    return dict(json.loads(answer.out))


def test_the_sample_year_is_judged_as_its_document_asks(sample: Office) -> None:
    answer = sample.run("check", 2027, *TODAY, "--json")
    found = json.loads(answer.out)
    assert (answer.code, found["summary"]) == (
        1,
        {"done": 16, "planned": 16, "at_risk": 2, "overdue": 1, "gap": 5, "exempt": 1},
    )
    assert {name: found[name] for name in ("year", "today", "ruleset", "holidays")} == {
        "year": 2027,
        "today": "2027-06-15",
        "ruleset": {"document": "宝府办〔2024〕14号", "year": 2024, "carried_over": True},
        "holidays": {"announced": False, "notice": "演示假设，不是官方安排"},
    }
    (june,) = (c for c in found["cells"] if (c["rule"], c["first"]) == ("lecture.monthly", "2027-06-01"))
    sentence = june.pop("sentence")
    assert june == {
        "rule": "lecture.monthly",
        "clause": "1",
        "severity": "hard",
        "group": None,
        "first": "2027-06-01",
        "last": "2027-06-30",
        "minimum": 1,
        "target": 2,
        "held": 0,
        "forecast": 0,
        "state": "at_risk",
        "workdays_left": 12,
        "last_feasible_day": "2027-06-30",
        "events": [],
        "status": {
            "missing": 1,
            "lacks_theme": False,
            "unconfirmed": 0,
            "until": "2027-06-30",
            "left": 12,
            "event": None,
            "action": "schedule",
        },
    }
    assert sentence.startswith("公开讲堂 · 6月：计划 0/1，还缺 1 场，本周期剩 12 个工作日")


def test_json_has_a_sentence_and_the_keys_for_everything_found(sample: Office) -> None:
    found = told(sample, *TODAY)
    every = found["cells"] + found["findings"] + found["conflicts"]
    assert [entry for entry in every if not entry["sentence"].endswith(("。", "）"))] == []
    (zone,) = (finding for finding in found["findings"] if finding["rule"] == "tech_forum.host")
    assert zone.pop("sentence").endswith("没有宿主会议，须设在重要会议活动现场。")
    assert zone == {
        "rule": "tech_forum.host",
        "clause": "3",
        "severity": "hard",
        "state": "open",
        "own": False,
        "events": ["A045"],
        "decision": None,
    }
    load = next(conflict for conflict in found["conflicts"] if conflict["kind"] == "week_load")
    assert (sorted(load), load["severity"], len(load["events"])) == (
        ["events", "kind", "sentence", "severity"],
        "hint",
        9,
    )


def test_the_report_says_state_by_rule_and_then_what_to_do(sample: Office) -> None:
    code, out, err = sample.run("check", 2027, *TODAY)
    assert (code, err) == (1, "")
    paragraphs = [paragraph.splitlines() for paragraph in out.split("\n\n")]
    assert paragraphs[0] == [
        "宝山区2027年 规则检查（截至2027-06-15）",
        "依据：宝府办〔2024〕14号《2024年宝山区政务公开工作要点》，沿用",
        "放假安排：2027年放假安排未公布，暂按法定节日估算",
        "刚性周期格 40：已满足 16 · 已排 16 · 有风险 2 · 逾期 1 · 待补 5；另有豁免 1",
        "连同事项：逾期 1 · 有风险 2 · 待补 5，另有近期时限 6 项",
    ]
    assert "第1条 公开讲堂：1月✓ 2月✓ 3月✓ 4月✓ 5月✓ 6月！ 7月○ 8月○ 9月○ 10月○ 11月＋ 12月○" in paragraphs[1]
    assert "第2条 走进校区 · 高中：一季度✗ 二季度✓ 三季度○ 四季度＋" in paragraphs[1]
    assert "第2条 街镇覆盖（提示）：已满足 7 · 已排 4 · 待补 1" in paragraphs[1]
    heads = [paragraph[0] for paragraph in paragraphs[2:]]
    assert heads[:3] == ["【逾期】1 格", "【有风险】2 格", "【待补】5 格"]
    assert heads[-1].startswith("【冲突】")
    assert "最晚 6月30日 周三还可补上" in out


def test_hints_of_one_rule_are_written_out_thrice_only(office: Office) -> None:
    first = {"campaign": "lecture", "title": "讲堂", "status": "held", "starts_at": "2027-06-17T14:00"}
    office.imported(events=[{"key": f"A{number}", **first} for number in range(8)])
    out = office.run("check", 2027, *TODAY).out
    assert out.count("登记了 0 个直播平台") == 3
    assert "  …… 同类提示还有 5 项（--json 列出全部）" in out.splitlines()


def test_an_announced_year_names_its_notice(office: Office) -> None:
    office.imported(holidays={"announced": True, "notice": "国办发明电〔2026〕1号", "days_off": {}})
    out = office.run("check", 2027, *TODAY).out
    assert "放假安排：国办发明电〔2026〕1号" in out.splitlines()


def verdict(summary: Summary, *findings: Finding) -> bool:
    check = YearCheck(2027, None, None, (), findings, (), (), 8, summary)  # type: ignore[arg-type]
    return misses_a_hard_rule(check)


@pytest.mark.parametrize(
    ("summary", "missed"),
    [
        (Summary(done=3, planned=2, exempt=1), False),
        (Summary(done=3, at_risk=1), True),
        (Summary(done=3, overdue=1), True),
        (Summary(done=3, gap=1), True),
    ],
)
def test_a_hard_cell_that_is_short_or_overdue_gives_one(summary: Summary, *, missed: bool) -> None:
    assert verdict(summary) is missed


@pytest.mark.parametrize(
    ("severity", "state", "events", "missed"),
    [
        (Severity.HARD, FindingState.OVERDUE, (), True),
        (Severity.HARD, FindingState.AT_RISK, (), True),
        (Severity.HARD, FindingState.OPEN, ("A045",), True),
        (Severity.HARD, FindingState.OPEN, (), False),
        (Severity.HINT, FindingState.OVERDUE, ("A045",), False),
    ],
)
def test_a_hard_finding_gives_one_unless_it_is_merely_to_be_done(
    severity: Severity, state: FindingState, events: tuple[str, ...], *, missed: bool
) -> None:
    assert verdict(Summary(done=1), Finding("r", "1", severity, "milestone", state, events)) is missed


def test_a_row_that_cannot_be_read_is_named_and_the_answer_is_three(sample: Office) -> None:
    with closing(sqlite3.connect(sample.data)) as connection, connection:
        connection.execute("UPDATE event SET starts_at = '9999-12-31T14:00' WHERE key = 'A001'")
    answer = sample.run("check", 2027, *TODAY)
    assert (answer.code, answer.out) == (3, "")
    assert "活动“A001”的开始时间：“9999-12-31T14:00”，日期应在 1990–2100 年之间" in answer.err
    assert "Traceback" not in answer.err


def test_a_bad_row_of_another_year_does_not_stop_this_one(sample: Office) -> None:
    sample.imported(year=2026)
    with closing(sqlite3.connect(sample.data)) as connection, connection:
        connection.execute(
            "UPDATE delegate SET name = X'FF', phone = CAST(X'EDA080' AS TEXT) WHERE year = 2026"
        )
    assert sample.run("check", 2027, *TODAY).code == 1
    answer = sample.run("check", 2026, *TODAY)
    assert (answer.code, "列席代表“p1”的名称，读不懂" in answer.err) == (3, True)


def test_a_today_beyond_the_years_known_is_refused_with_the_bounds(sample: Office) -> None:
    answer = sample.run("check", 2027, "--today", "9999-12-31")
    assert answer.code == 2
    assert "“9999-12-31”不对，日期应在 1990–2100 年之间" in answer.err


def test_a_month_is_judged_by_the_number_that_held_on_its_first_day(office: Office) -> None:
    package = json.loads(sample_year())
    package["settings"]["lecture.minimum@2027-07-01"] = 2
    path = office.folder / "自七月起.json"
    path.write_text(json.dumps(package, ensure_ascii=False), encoding="utf-8")
    assert office.run("import", path, "--apply").code == 0
    lectures = [c for c in told(office, *TODAY)["cells"] if c["rule"] == "lecture.monthly"]
    assert [c["minimum"] for c in lectures] == [1] * 6 + [2] * 6
    assert json.loads(office.run("export", "json", 2027, "-o", "-").out)["settings"] == package["settings"]
