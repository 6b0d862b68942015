"""export xlsx、template、docx 与 import FILE.xlsx：从命令行走完一份报送表的来回。"""

from __future__ import annotations

import json
from io import BytesIO
from pathlib import Path

from openpyxl import load_workbook  # noqa: TID253  the tests need it at once

from exports.xlsx.columns import COLUMNS, SheetField
from exports.xlsx.template import FIRST_ROW
from tests.exports.office_reading import word_text
from tests.exports.sheet_making import submission, workbook
from tests.headless.conftest import Office


def returned(office: Office, **cells: object) -> Path:
    """The template of 区司法局 with other values: ``time_0`` is 活动时间 of its first row."""
    path = office.folder / "报送.xlsx"
    assert office.run("export", "template", 2027, "--unit", "司法局", "-o", path).code == 0
    book = load_workbook(path)
    for name, value in cells.items():
        field, _, row = name.rpartition("_")
        book["报送表"].cell(FIRST_ROW + int(row), COLUMNS.index(SheetField(field)) + 1).value = value
    book.save(path)
    return path


def test_the_ledger_and_the_template_are_written(office: Office) -> None:
    office.imported()
    ledger, template = office.folder / "台账.xlsx", office.folder / "模板.xlsx"
    answer = office.run("export", "xlsx", 2027, "--campaign", "lecture", "-o", ledger)
    assert answer == (0, "", f"已导出2027年活动台账，1 场：{ledger}\n")
    assert load_workbook(ledger).active["E4"].value == "民法典解读"
    answer = office.run("export", "template", 2027, "--unit", "sf", "-o", template)
    assert answer == (0, "", f"已导出2027年报送表模板（区司法局，已列出 2 场）：{template}\n")


def test_the_plan_and_the_notice_are_written_as_word(office: Office) -> None:
    office.imported()
    plan, notice = office.folder / "计划.docx", office.folder / "通知.docx"
    assert office.run("export", "docx", 2027, "--quarter", 2, "-o", plan).code == 0
    assert "民法典解读" in word_text(plan.read_bytes())
    early = office.run("export", "docx", 2027, "--notice", "-o", notice)
    assert (early.code, early.err.splitlines()[0]) == (2, "错误：2027 年度还没有印发稿，没有可比的。")
    assert office.run("release", 2027, "--name", "甲").code == 0
    sheet = returned(office, time_1="6月24日14:00—16:00")
    assert office.run("import", sheet, "--apply").code == 0
    answer = office.run("export", "docx", 2027, "--notice", "-o", notice)
    assert answer == (0, "", f"已导出2027年变更通知（Word），共 1 项：{notice}\n")
    assert "民法典解读" in word_text(notice.read_bytes())
    assert office.run("export", "docx", 2027, "--quarter", 2, "--release", 1, "-o", plan).code == 0
    assert "印发稿1" in word_text(plan.read_bytes())
    assert office.run("export", "docx", 2027, "--quarter", 2, "--release", 7, "-o", plan).code == 2


def test_word_documents_take_the_options_of_the_print(office: Office) -> None:
    office.imported()
    path = office.folder / "计划.docx"
    run = ("export", "docx", 2027, "--quarter", 2, "-o", path)
    assert office.run(*run, "--title", "二季度安排", "--date", "2027-03-28").code == 0
    text = word_text(path.read_bytes())
    assert ("二季度安排" in text, "2027年3月28日" in text, "民法典解读" in text) == (True, True, True)
    for words, listed in (
        (("--unit", "顾村镇"), False),
        (("--unit", "司法局"), True),
        (("--campaign", "park"), False),
    ):
        assert office.run(*run, *words).code == 0
        assert ("民法典解读" in word_text(path.read_bytes())) == listed
    assert office.run("release", 2027).code == 0
    sheet = returned(office, time_1="6月24日14:00—16:00")
    assert office.run("import", sheet, "--apply").code == 0
    for unit, count in (("sf", 1), ("gc", 0)):
        answer = office.run("export", "docx", 2027, "--notice", "--unit", unit, "-o", path)
        assert answer == (0, "", f"已导出2027年变更通知（Word），共 {count} 项：{path}\n")


def test_words_that_do_not_go_together_are_named(office: Office) -> None:
    for words, reason in (
        ("docx 2027", "export docx 要用 --quarter 写明季度（1–4）"),
        ("docx 2027 --notice --quarter 2", "--notice 只用于 export docx，不与 --quarter 同用"),
        ("xlsx 2027 --notice", "--notice 只用于 export docx，不与 --quarter 同用"),
    ):
        answer = office.run("export", *words.split(), "-o", "x")
        assert (answer.code, answer.err.splitlines()[-1]) == (2, f"错误：{reason}")


def test_a_dry_run_changes_nothing_and_says_what_would_happen(office: Office) -> None:
    office.imported()
    before = office.exported()
    sheet = returned(
        office, time_1="6月18日14:00—16:00", campaign_2="走进社区", title_2="新活动", time_2="2月30日"
    )
    answer = office.run("import", sheet, "--year", 2027)
    assert answer.code == 1
    assert answer.out.splitlines() == [
        "报送.xlsx（2027年报送表，填报单位 区司法局）",
        "  修改 1 · 相同 1 · 不收 1",
        "  相同 第 5 行 普法宣传",
        "  修改 第 6 行 民法典解读：开始时间、结束时间",
        "  不收 第 7 行 新活动",
        "    不收 第 7 行 D 列（活动时间*）：“2月30日”，没有 2027年2月30日 这一天",
    ]
    assert answer.err == "以上只是试读，什么都没改；加上 --apply 才采纳没有问题的行。\n"
    assert office.exported() == before


def test_good_rows_go_in_without_waiting_and_a_second_time_changes_nothing(office: Office) -> None:
    office.imported()
    sheet = returned(
        office, time_1="6月18日14:00—16:00", campaign_2="走进社区", title_2="坏", time_2="2月30日"
    )
    answer = office.run("import", sheet, "--apply", "--json")
    assert answer.code == 1
    told = json.loads(answer.out)
    assert [(row["row"], row["state"], row["key"], row["ticked"]) for row in told["rows"]] == [
        (5, "same", "A002", False),
        (6, "changed", "A001", True),
        (7, "refused", None, False),
    ]
    assert told["rows"][2]["problems"] == [
        {
            "row": 7,
            "column": "D",
            "head": "活动时间*",
            "value": "2月30日",
            "reason": "没有 2027年2月30日 这一天",
            "refused": True,
        }
    ]
    assert (told["kind"], told["applied"], told["unit"]) == ("submission", True, "sf")
    starts = {event["key"]: event["starts_at"] for event in office.exported()["events"]}
    assert starts["A001"] == "2027-06-18T14:00"
    again = office.run("import", sheet, "--apply")
    assert again.err.splitlines()[-1] == "没有可以采纳的行，没有改动。"


def test_rows_without_a_campaign_take_the_one_given(office: Office) -> None:
    office.imported()
    path = office.folder / "自己的表.xlsx"
    path.write_bytes(submission((1, "新讲堂", "9月9日", "", "司法局"), title="活动表"))
    assert office.run("import", path).code == 1
    assert office.run("import", path, "--campaign", "公开讲堂", "--apply").code == 0
    assert [event["title"] for event in office.exported()["events"]][-1] == "新讲堂"


def test_a_catalogue_of_decisions_is_known_by_its_head(office: Office) -> None:
    office.imported()
    path = office.folder / "目录.xlsx"
    path.write_bytes(
        workbook(
            [
                ["重大行政决策事项目录"],
                ["序号", "事项名称", "承办单位", "列入日期"],
                [1, "养老规划", "司法局", "2027.1.18"],
            ]
        )
    )
    assert office.run("import", path, "--apply").code == 0
    (decision,) = office.exported()["decisions"]
    assert (decision["title"], decision["unit"], decision["listed_on"]) == ("养老规划", "sf", "2027-01-18")


def test_what_is_no_sheet_is_refused_and_nothing_is_changed(office: Office) -> None:
    office.imported()
    before = office.exported()
    path = office.folder / "坏.xlsx"
    for content in (b"", b"PK\x03\x04x", BytesIO(b"<html>").getvalue()):
        path.write_bytes(content)
        answer = office.run("import", path, "--apply")
        assert (answer.code, "不能打开“坏.xlsx”" in answer.err) == (2, True)
    assert office.run("import", office.folder / "没有.xlsx").code == 2
    assert office.exported() == before
