"""rule：年度自加的规则，列出、新增、修改、撤去，先说会怎样；此后 check、数据包、沿用都有它。"""

from __future__ import annotations

import json
from typing import Any

import pytest

from tests.exports.pdf_reading import squeezed
from tests.headless.conftest import Office

TODAY = ("--today", "2027-05-10")
LECTURES = ("名称=营商讲堂", "工作线=公开讲堂", "周期=每季度", "场数=2")
ANNUAL = "例子=政府信息公开年报（各单位）"


@pytest.fixture
def small(office: Office) -> Office:
    """The small year: a lecture confirmed for 17 June."""
    office.imported()
    return office


def cells(office: Office, code: str = "added.1") -> list[tuple[Any, ...]]:
    found = json.loads(office.run("check", 2027, *TODAY, "--json").out)["cells"]
    return [
        (c["first"], c["minimum"], c["forecast"], c["severity"], c["clause"], c["state"])
        for c in found
        if c["rule"] == code
    ]


def test_what_a_rule_would_say_is_shown_and_nothing_saved(small: Office) -> None:
    answer = small.run("rule", 2027, "add", *LECTURES, *TODAY)
    assert (answer.code, answer.err) == (0, "没有保存；要保存请加 --apply。\n")
    assert answer.out.splitlines() == [
        "营商讲堂：每季至少 2 场，自7月1日起，只作提示，不计入达标。",
        "4 个周期格：待补 2 · 不适用 2。",
    ]
    assert cells(small) == []
    hard = small.run("rule", 2027, "add", *LECTURES, "性质=刚性", *TODAY).out
    assert "检查点由" in hard
    assert "营商讲堂 · 三季度：将为 0/2（待补）" in hard


def test_an_added_rule_is_checked_from_its_day_on_as_a_hint_of_the_office(small: Office) -> None:
    assert small.run("rule", 2027, "add", *LECTURES, *TODAY, "--apply").out == "已新增规则“营商讲堂”。\n"
    assert cells(small) == [
        ("2027-01-01", 2, 0, "hint", "自定", "not_applicable"),
        ("2027-04-01", 2, 1, "hint", "自定", "not_applicable"),
        ("2027-07-01", 2, 0, "hint", "自定", "gap"),
        ("2027-10-01", 2, 0, "hint", "自定", "gap"),
    ]
    said = small.run("check", 2027, *TODAY).out
    assert "自定 营商讲堂（提示）：一季度－ 二季度－ 三季度＋ 四季度＋" in said


def test_it_is_changed_and_withdrawn(small: Office) -> None:
    small.run("rule", 2027, "add", *LECTURES, *TODAY, "--apply")
    changed = small.run(
        "rule", 2027, "change", "added.1", "场数=1", "性质=刚性", "起算=2027-04-01", "--apply"
    )
    assert changed.out == "已修改规则“营商讲堂”。\n"
    assert [cell[1:4] + cell[5:] for cell in cells(small)][1] == (1, 1, "hard", "planned")
    assert small.run("rule", 2027).out == "added.1  营商讲堂：每季至少 1 场（自定，刚性，自2027-04-01起）\n"
    listed = json.loads(small.run("rule", 2027, "--json").out)
    assert [(rule["code"], rule["asks"], rule["valid_from"]) for rule in listed] == [
        ("added.1", "每季至少 1 场", "2027-04-01")
    ]
    warned = small.run("rule", 2027, "withdraw", "营商讲堂", *TODAY).out
    assert warned.startswith("撤去“营商讲堂”，连同它的期限、完成日、豁免和说明：\n将使检查点由")
    assert small.run("rule", 2027, "withdraw", "营商讲堂", "--apply").out == "已撤去规则“营商讲堂”。\n"
    assert cells(small) == []
    assert "没有自加的规则" in small.run("rule", 2027).err


def test_the_annual_report_is_ready_to_be_taken(small: Office) -> None:
    assert small.run("rule", 2027, "add", ANNUAL, "起算=2027-01-01", "--apply").code == 0
    (found,) = (
        f for f in json.loads(small.run("check", 2027, "--today", "2027-01-20", "--json").out)["findings"]
        if f["rule"] == "added.1"
    )  # fmt: skip
    assert (found["clause"], found["severity"]) == ("《政府信息公开条例》第四十九条", "hard")
    assert found["sentence"].startswith("政府信息公开年报（各单位）")
    assert "请在1月31日前办理" in found["sentence"]


def test_it_travels_with_the_package_and_into_the_next_year(small: Office) -> None:
    small.run("rule", 2027, "add", *LECTURES, "--apply", "--today", "2027-01-01")
    small.run("rule", 2027, "add", "名称=换届小结", "日期=6-25", "重复=只这一年", "--apply")
    package = small.exported()
    assert json.loads(package["settings"]["rule:added.1"])["title"] == "营商讲堂"
    assert small.run("new", 2028, "--copy", 2027, "--today", "2027-12-01").code == 0
    assert small.run("rule", 2028).out.splitlines() == [
        "added.1  营商讲堂：每季至少 2 场（自定，提示，自2027-04-01起）"
    ]
    small.data = small.folder / "另一份.db"
    path = small.folder / "包.json"
    path.write_text(json.dumps(package, ensure_ascii=False), encoding="utf-8")
    assert small.run("import", path, "--apply").code == 0
    assert len(small.run("rule", 2027).out.splitlines()) == 2


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("add",), "名称：请填写名称"),
        (("add", "名称=甲", "场数=两"), "“场数”的值“两”不对"),
        (("add", "名称=甲", "周期=每天"), "可用：每月、每季度、全年"),
        (("add", "名称=甲", "起算=七月"), "日期应写成 2027-07-01"),
        (("add", "名称=甲", "日期=2-30"), "日期：2月没有这一天"),
        (("add", "名称=甲", "依据=99", "条文=每月一次"), "依据：要点里没有第99条"),
        (("add", "名称=甲", "依据=1", "条文=每月至少三场"), "条文：第1条里没有这句话"),
        (("add", "名称=甲", "分别=学段", "工作线=走进校区"), "分组：请写学段"),
        (("add", "场次=3"), "不认识“场次=3”"),
        (("add", "例子=月报"), "可用：政府信息公开年报（各单位）"),
        (("change", "lecture.monthly", "场数=2"), "没有自加的规则“lecture.monthly”"),
        (("withdraw",), "没有自加的规则“”"),
        (("drop",), "没有“drop”这样的做法"),
    ],
)
def test_what_cannot_be_taken_is_said_with_the_item_and_nothing_is_changed(
    words: tuple[str, ...], told: str, small: Office
) -> None:
    before = small.exported()
    answer = small.run("rule", 2027, *words, "--apply")
    assert (answer.code, answer.out) == (2, "")
    assert told in answer.err
    assert small.exported() == before


def test_a_change_holds_from_its_day_on_and_what_was_judged_stays(small: Office) -> None:
    small.run("rule", 2027, "add", *LECTURES, "场数=1", "起算=2027-01-01", "--apply", *TODAY)
    before = cells(small)
    small.run("rule", 2027, "change", "营商讲堂", "场数=3", "--apply", *TODAY)
    assert [cell[1] for cell in cells(small)] == [1, 1, 3, 3]
    assert cells(small)[:2] == before[:2]
    small.run("rule", 2027, "change", "营商讲堂", "场数=2", "改自=2027-01-01", "--apply", *TODAY)
    assert [cell[1] for cell in cells(small)] == [2, 2, 2, 2]


def findings(office: Office, day: str, code: str = "added.1") -> list[tuple[str, str]]:
    found = json.loads(office.run("check", 2027, "--today", day, "--json").out)["findings"]
    return [(f["severity"], f["sentence"]) for f in found if f["rule"] == code]


def test_a_deadline_of_working_days_follows_each_event_and_is_ticked_for_each(small: Office) -> None:
    words = (
        "名称=讲堂回放上线",
        "工作线=公开讲堂",
        "工作日=5",
        "自=活动举办",
        "性质=刚性",
        "起算=2027-01-01",
    )
    assert small.run("rule", 2027, "add", *words, "--apply").code == 0
    assert small.run("rule", 2027).out == (
        "added.1  讲堂回放上线：公开讲堂活动举办后 5 个工作日内（自定，刚性，自2027-01-01起）\n"
    )
    assert findings(small, "2027-06-16") == []
    ((severity, sentence),) = findings(small, "2027-06-18")
    assert severity == "hard"
    assert sentence.startswith("讲堂回放上线 · 民法典解读，请在6月24日前办理（剩 5 个工作日）")
    assert findings(small, "2027-06-28")[0][1].startswith("讲堂回放上线 · 民法典解读，期限6月24日已过")
    calendar = small.run("export", "ics", 2027, "--deadlines", "-o", "-").out
    assert "讲堂回放上线 · 民法典解读" in calendar.replace("\r\n ", "")
    package = small.exported()
    package["settings"]["done:added.1|A001"] = "2027-06-20"
    path = small.folder / "办了.json"
    path.write_text(json.dumps(package, ensure_ascii=False), encoding="utf-8")
    assert small.run("import", path, "--apply").code == 0
    assert findings(small, "2027-06-28") == []


def test_a_milestone_asks_nothing_before_its_day_and_comes_back_each_quarter(small: Office) -> None:
    small.run("rule", 2027, "add", "名称=季度小结", "重复=每季度", "起算=2027-04-01", "--apply")
    assert [sentence.split("，")[0] for _, sentence in findings(small, "2027-07-20")] == [
        "季度小结 · 二季度", "季度小结 · 三季度",
    ]  # fmt: skip
    small.run("rule", 2027, "add", "名称=年初计划", "日期=1-31", "起算=2027-05-01", "--apply")
    assert findings(small, "2027-07-20", "added.2") == []


def test_a_milestone_is_reported_by_each_unit(small: Office) -> None:
    small.run("rule", 2027, "add", ANNUAL, "起算=2027-01-01", "--apply")
    ((_, sentence),) = findings(small, "2027-01-20")
    assert sentence.startswith(
        "政府信息公开年报（各单位），已报 0/2，未报：区司法局、顾村镇，请在1月31日前办理"
    )


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("工作日=0", "自=活动举办"), "工作日：应为 1–250 个工作日"),
        (("工作日=3", "自=发文"), "自：只能自活动举办、政策文件发布、要点印发起算"),
    ],
)
def test_a_deadline_that_cannot_be_reckoned_is_refused(
    words: tuple[str, ...], told: str, small: Office
) -> None:
    answer = small.run("rule", 2027, "add", "名称=甲", *words, "--apply")
    assert (answer.code, answer.out) == (2, "")
    assert told in answer.err


def test_it_is_planned_for_and_printed_with_its_origin(small: Office) -> None:
    hard = ("名称=营商讲堂", "工作线=公开讲堂", "周期=每季度", "场数=9", "性质=刚性", "起算=2027-01-01")
    small.run("rule", 2027, "add", *hard, "--apply")
    path = small.folder / "检查单.pdf"
    assert small.run("export", "findings", 2027, "-o", path).code == 0
    assert "本单位自定营商讲堂：每季至少9场" in squeezed(path.read_bytes())
    plan = json.loads(small.run("plan", 2027, "--from", "2027-07-01", "--effort", 2000, *TODAY, "--json").out)
    asked = {target["rule"] for entry in plan["entries"] for target in entry["targets"]}
    assert "added.1" in asked
