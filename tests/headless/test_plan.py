"""plan：只提建议；--apply 采纳勾选的各项，一步可撤销；再排没有新建议。"""

from __future__ import annotations

import json
from typing import Any

import pytest

from models import commands
from models.queries import year_snapshot
from models.sample import sample_year
from models.store import open_store
from tests.headless.conftest import SMALL_YEAR, Office

FEW = ("--effort", "3000", "--today", "2027-06-15")
FULL: dict[str, Any] = {
    "units": [*SMALL_YEAR["units"], {"key": "nd", "name": "南大智慧城", "kind": "park"}],
    "quarter_themes": {"1": "甲", "2": "乙", "3": "丙", "4": "丁"},
}


def test_without_apply_nothing_changes_and_the_list_is_the_result(office: Office) -> None:
    office.imported(**FULL)
    before = office.exported()
    answer = office.run("plan", 2027, *FEW)
    assert answer.code == 0
    lines = answer.out.splitlines()
    assert lines[0].startswith("自动排期建议：2027 年度，6月16日–12月31日，共 ")
    assert "☑ 1. " in lines[1]
    assert any(line.strip().startswith("补缺：第 1 条每月至少 1 次：7月 0/1") for line in lines)
    assert "什么都没改；加上 --apply" in answer.err
    assert office.exported() == before


def test_apply_is_one_step_that_can_be_undone_and_a_second_plan_proposes_nothing(office: Office) -> None:
    office.imported(**FULL)
    before = office.exported()
    answer = office.run("plan", 2027, "--apply", *FEW)
    assert answer.code == 0
    assert "已采纳勾选的" in answer.err
    assert len(office.exported()["events"]) > len(before["events"])
    again = office.run("plan", 2027, "--apply", *FEW)
    assert "共 0 项" in again.out
    assert again.err == "没有可提的建议，没有改动。\n"
    with open_store(office.data) as store:
        assert commands.undo(store) is not None
        assert len(year_snapshot(store, 2027).events) == len(before["events"])


def test_a_blank_year_is_planned_whole(office: Office) -> None:
    assert office.run("new", 2027).code == 0
    answer = office.run("plan", 2027, "--apply", "--effort", "20000", "--today", "2026-11-24")
    assert answer.code == 0
    checked = json.loads(office.run("check", 2027, "--today", "2026-11-24", "--json").out)
    assert checked["summary"] == {"done": 0, "planned": 40, "at_risk": 0, "overdue": 0, "gap": 0, "exempt": 1}
    assert checked["conflicts"] == []
    again = office.run("plan", 2027, "--effort", "0", "--today", "2026-11-24")
    assert "共 0 项" in again.out


def test_the_json_names_entries_reasons_and_what_stays_open(office: Office) -> None:
    path = office.folder / "示例.json"
    path.write_bytes(sample_year())
    assert office.run("import", path, "--apply").code == 0
    answer = office.run("plan", 2027, "--json", *FEW)
    plain = json.loads(answer.out)
    assert list(plain) == [
        "year", "today", "first", "last", "applied", "entries", "open", "cost", "bound", "proved", "terms",
        "moved", "needed_moves", "seed", "effort",
    ]  # fmt: skip
    assert (plain["applied"], plain["first"]) == (None, "2027-06-16")
    first = next(entry for entry in plain["entries"] if entry["key"] == "lecture.monthly|2027-06-01||1")
    assert (first["way"], first["event"]["key"]) == ("revive", "A007")
    assert {reason["kind"] for reason in first["reasons"]} >= {"rule", "spacing", "load", "conflict"}
    past = next(entry for entry in plain["open"] if entry["cause"] == "past")
    assert (past["rule"], past["group"], past["for_person"]) == ("campus.stages", "高中", False)


def test_a_hard_rule_that_found_no_place_is_exit_code_one(office: Office) -> None:
    blocked = {
        "key": "b",
        "first": "2027-09-01",
        "last": "2027-09-30",
        "reason": "装修",
        "campaigns": ["lecture"],
    }
    office.imported(**FULL, blocked=[blocked])
    answer = office.run("plan", 2027, *FEW)
    assert answer.code == 1
    assert "公开讲堂 · 9月：9月1日至9月30日之间的工作日都已停排（装修）。" in answer.out
    assert "可以：" in answer.out


@pytest.mark.parametrize("words", [("--moves", "x"), ("--moves", "-1"), ("--from", "明天"), ("--seed", "a")])
def test_wrong_words_change_nothing(office: Office, words: tuple[str, str]) -> None:
    office.imported()
    assert office.run("plan", 2027, *words).code == 2


def test_from_limits_the_scope(office: Office) -> None:
    office.imported(**FULL)
    plain = json.loads(office.run("plan", 2027, "--json", "--from", "2027-10-01", *FEW).out)
    assert all(entry["event"]["starts_at"] >= "2027-10-01" for entry in plain["entries"])


def test_a_year_that_is_not_there_is_refused(office: Office) -> None:
    office.imported()
    assert office.run("plan", 2029, *FEW).code != 0
