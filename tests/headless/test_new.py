"""new：新建年度。"""

from __future__ import annotations

import json

import pytest

from models.commands import undo
from models.queries import years
from models.store import open_store
from tests.headless.conftest import Office


def test_a_new_year_has_units_and_holidays_but_no_events(office: Office) -> None:
    code, out, err = office.run("new", 2028)
    assert (code, out) == (0, "")
    assert err.splitlines()[0].startswith("已新建 2028 年度（规则集 2024，")
    assert err.splitlines()[1] == "2028年放假安排未公布，暂按法定节日估算。"
    answer = office.run("export", "json", 2028, "-o", "-")
    assert '"events": []' in answer.out
    assert '"2028-01-26": "春节"' in answer.out


def test_a_year_with_an_announced_calendar_says_nothing_of_estimates(office: Office) -> None:
    err = office.run("new", 2026).err
    assert "估算" not in err
    assert err.startswith("已新建 2026 年度")


def test_a_year_that_is_there_is_not_replaced(office: Office) -> None:
    office.imported()
    before = office.exported()
    answer = office.run("new", 2027)
    assert (answer.code, answer.out, answer.err.splitlines()[0]) == (2, "", "错误：2027 年度已经有了。")
    assert office.exported() == before


def test_an_unknown_rule_set_is_refused_before_a_file_is_made(office: Office) -> None:
    answer = office.run("new", 2027, "--ruleset", 2031)
    assert (answer.code, answer.err.splitlines()[0]) == (2, "错误：没有 2031 年的规则集。")
    assert not office.data.exists()


def test_last_year_comes_along_on_the_same_weekdays_with_a_reason_each(office: Office) -> None:
    office.imported()
    code, out, err = office.run("new", 2028, "--copy", 2027, "--today", "2027-11-20")
    assert code == 0, err
    assert "☑ 1. 走进社区 · 3月（上年3月5日 周五） → 3月3日 周五 09:00（暂定）" in out
    assert "上年6月第三个星期四（6月17日），今年同周同日" in out
    assert "已新建 2028 年度，沿用 2027 年活动 2 场（已排，暂定）" in err
    events = json.loads(office.run("export", "json", 2028, "-o", "-").out)["events"]
    assert [(e["title"], e["starts_at"], e["status"], e["tentative"]) for e in events] == [
        ("普法宣传", "2028-03-03T09:00", "planned", True),
        ("民法典解读", "2028-06-15T14:00", "planned", True),
    ]


def test_copying_is_one_step_that_undo_takes_back(office: Office) -> None:
    office.imported()
    assert office.run("new", 2028, "--copy", 2027, "--today", "2027-11-20").code == 0
    with open_store(office.data) as store:
        assert undo(store) is not None
        assert years(store) == (2027,)


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("new", 2028, "--copy", 2026), "错误：没有 2026 年度可沿用。"),
        (("new", 2027, "--copy", 2027), "错误：2027 年度已经有了。"),
    ],
)
def test_a_year_that_cannot_be_copied_is_refused(
    office: Office, words: tuple[object, ...], said: str
) -> None:
    office.imported()
    answer = office.run(*words)
    assert (answer.code, answer.out, answer.err.splitlines()[0]) == (2, "", said)


def test_today_without_copy_makes_no_sense(office: Office) -> None:
    answer = office.run("new", 2028, "--today", "2027-11-20")
    assert (answer.code, answer.out) == (2, "")
    assert "--today 只与 --copy 同用" in answer.err
