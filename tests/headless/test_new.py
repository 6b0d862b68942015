"""new：新建年度。"""

from __future__ import annotations

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
