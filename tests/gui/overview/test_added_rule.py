"""规则集文件里加一条规则，不写一行程序：总览、规则检查、印件、自动排期、现在要办都有它。"""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from exports.pdf.quarter_facts import frequency_rows
from exports.pdf.year_facts import year_lines
from exports.prints import PrintKind, make_print, usual_options
from gui.kit.card_contents import card_contents
from gui.overview.board_contents import board_contents
from gui.services.board_values import BoardContents, BoardLine, LineKind
from models import rulesets
from models.domain.events import Campaign
from planners.agenda import agenda
from planners.autoplan.planning import plan_year, propose_one
from planners.proposals import Conditions, Entry
from planners.results import AgendaGroup, CellState
from planners.rule_rows import RowState, rule_lines
from tests.exports.pdf_reading import squeezed
from tests.factories import TODAY, cell, check, event, sample, year

QUARTERLY: dict[str, Any] = {
    "code": "own.business",
    "clause": "1",
    "title": "营商讲堂",
    "quote": "细化营商环境类、产业发展类、民生保障类等政策主题分类",
    "kind": "frequency",
    "check": "frequency",
    "severity": "hard",
    "campaigns": ["lecture"],
    "period": "quarter",
    "group": "theme_class",
    "parameters": [
        {"name": "minimum", "value": 1, "origin": "office", "note": "每季一场"},
        {"name": "classes", "value": "营商环境类", "origin": "text"},
    ],
}
MILESTONE: dict[str, Any] = {
    "code": "own.report",
    "clause": "31",
    "title": "半年小结",
    "quote": "考核结果公布",
    "kind": "milestone",
    "check": "milestone",
    "severity": "hint",
    "campaigns": [],
    "period": None,
    "group": "none",
    "parameters": [
        {"name": "month", "value": 6, "origin": "office"},
        {"name": "day", "value": 25, "origin": "office"},
    ],
}
NAME = "营商讲堂 · 营商环境类"


@pytest.fixture(autouse=True)
def _file_with_more_rules(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """The rule set of 2024 as a file with two rules more, read like the one of the program."""
    shutil.copytree(rulesets.FOLDER.parent, tmp_path / "data")
    path = tmp_path / "data" / "rulesets" / "2024.json"
    plain = json.loads(path.read_text(encoding="utf-8"))
    plain["rules"] += [QUARTERLY, MILESTONE]
    path.write_text(json.dumps(plain, ensure_ascii=False), encoding="utf-8")
    monkeypatch.setattr(rulesets, "FOLDER", path.parent)
    rulesets._loaded.cache_clear()
    yield
    rulesets._loaded.cache_clear()


def board() -> BoardContents:
    return board_contents(sample(), check(sample()))


def line(contents: BoardContents, title: str) -> BoardLine:
    return next(one for one in contents.lines if one.title == title)


def test_the_board_has_a_line_for_it_beside_the_others_of_its_campaign() -> None:
    contents = board()
    titles = [one.title for one in contents.lines]
    assert titles.index(NAME) == titles.index("公开讲堂") + 1
    added = line(contents, NAME)
    assert (added.group, added.kind, added.campaign) == ("直播课", LineKind.QUARTERLY, Campaign.LECTURE)
    assert added.words == "每季 ≥1 场"
    states = [one.state for one in added.cells]
    assert states == [CellState.DONE, CellState.AT_RISK, CellState.PLANNED, CellState.GAP]
    card = card_contents(added, added.cell_at(6), sample(), check(sample()), None)
    assert card.title == f"{NAME} · 二季度"


def test_its_line_shows_the_events_of_its_class_alone() -> None:
    snapshot = year(
        event(day="2027-05-04", key="own", theme_class="营商环境类"),
        event(day="2027-05-05", key="other", theme_class="民生保障类"),
    )
    contents = board_contents(snapshot, check(snapshot))
    assert [chip.key for chip in line(contents, NAME).chips_at(5)] == ["own"]
    assert [chip.key for chip in line(contents, "公开讲堂").chips_at(5)] == ["own", "other"]


def test_the_month_of_the_milestone_says_what_is_due() -> None:
    june = board().months[5]
    assert "半年小结，请在6月25日前办理（自定期限，剩 9 个工作日）。" in june.milestones


def test_the_rules_page_has_it_in_the_line_of_its_clause() -> None:
    lines = rule_lines(check(sample()), sample())
    (lectures,) = (one for one in lines if "own.business" in one.rules)
    rows = [(row.state, row.words.where) for row in lectures.rows if row.rule == "own.business"]
    assert rows == [(RowState.AT_RISK, f"{NAME} · 二季度"), (RowState.GAP, f"{NAME} · 四季度")]
    (years,) = (one for one in lines if "own.report" in one.rules)
    assert "半年小结" in [row.words.where for row in years.hints]


def test_the_prints_name_it() -> None:
    snapshot, checked = sample(), check(sample())
    options = usual_options(PrintKind.QUARTER, snapshot, TODAY)
    names = [row.name for row in frequency_rows(checked, 2, options)]
    assert f"{NAME} · 二季度" in names
    titles = [one.title for one in year_lines(snapshot, checked, (), clauses=False)]
    assert "营商讲堂·营商环境类" in titles
    made = make_print(
        PrintKind.FINDINGS, snapshot, checked, usual_options(PrintKind.FINDINGS, snapshot, TODAY)
    )
    text = squeezed(made.data)
    assert "营商讲堂·营商环境类·四季度" in text
    assert "半年小结" in text


def test_the_planner_plans_for_it_and_lets_one_lecture_serve_month_and_quarter() -> None:
    ruleset = check(sample()).ruleset
    entries = plan_year(sample(), TODAY, ruleset).entries
    own = [entry for entry in entries if any(target.rule == "own.business" for target in entry.targets)]
    assert {entry.event.theme_class for entry in own if entry.event} == {"营商环境类"}
    assert {target.first for entry in own for target in entry.targets if target.rule == "own.business"} == {
        date(2027, 4, 1),
        date(2027, 10, 1),
    }
    assert all("lecture.monthly" in [target.rule for target in entry.targets] for entry in own)
    october = cell(check(sample()), "own.business", "2027-10-01", "营商环境类")
    answer = propose_one(sample(), TODAY, ruleset, october, Conditions())
    assert isinstance(answer, Entry)
    assert answer.event is not None
    assert (answer.event.campaign, answer.event.theme_class) == (Campaign.LECTURE, "营商环境类")
    assert "own.business" in [target.rule for target in answer.targets]


def test_what_is_to_be_done_now_names_both() -> None:
    told = [(e.group, e.line) for e in agenda(check(sample()), sample()) if e.title in (NAME, "半年小结")]
    assert told == [
        (AgendaGroup.AT_RISK, "二季度 0/1"),
        (AgendaGroup.DUE, "未办 · 6月25日前"),
        (AgendaGroup.GAP, "四季度 0/1"),
    ]
