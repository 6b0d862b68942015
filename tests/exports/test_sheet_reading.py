"""读报送表：模板原样、改过的、各单位自己的；每一格不收的都有行、列、值、原因。"""

from __future__ import annotations

from datetime import datetime
from io import BytesIO
from typing import Any

import pytest
from openpyxl import load_workbook  # noqa: TID253  the tests need it at once

from exports.xlsx.columns import COLUMNS, SheetField
from exports.xlsx.reading.returned import returned_bytes
from exports.xlsx.reading.taking import changes_of, step_title, usual_ticks
from exports.xlsx.reading.values import RowFate
from exports.xlsx.template import FIRST_ROW, template_bytes
from models.domain.errors import CommandError, InputError
from models.domain.events import Campaign, EventStatus, Precision, SchoolStage
from models.domain.snapshot import YearSnapshot
from models.domain.units import Unit, UnitKind
from tests.exports.office_reading import HOSTILE, parts, sheets
from tests.exports.sheet_making import HEAD, TITLE, only, read, saved, submission, workbook
from tests.factories import UNITS, event, sample, year

LAW = event("community", "2027-06-16", key="a", title="民法典进社区", lead_units=("区司法局",), towns=("顾村镇",),
            expected=50, note="原备注")  # fmt: skip
OTHER = event("lecture", "2027-07-01", key="b", title="法律讲堂", lead_units=("区司法局",))


def changed(data: bytes, **cells: Any) -> bytes:
    """The template with other values in its first prefilled rows: ``time_1`` is 活动时间 of the second row."""
    book = load_workbook(BytesIO(data))
    sheet = book["报送表"]
    for name, value in cells.items():
        field, _, row = name.rpartition("_")
        sheet.cell(FIRST_ROW + int(row), COLUMNS.index(SheetField(field)) + 1).value = value
    return saved(book)


# our own template


@pytest.mark.parametrize("unit", [unit.key for unit in sample().units])
def test_a_template_that_comes_back_untouched_changes_nothing(unit: str) -> None:
    reading = read(template_bytes(sample(), unit), sample())
    assert {row.state for row in reading.rows} <= {RowFate.SAME}
    assert (reading.own, reading.unit, reading.remarks, reading.missing) == (True, unit, (), ())


def test_only_what_the_unit_changed_is_taken() -> None:
    snapshot = year(LAW, OTHER)
    data = changed(template_bytes(snapshot, "区司法局"), time_0="6月18日9:00—11:00", expected_0=80)
    first, second = read(data, snapshot).rows
    assert (first.state, first.fields, second.state) == (
        RowFate.CHANGED,
        ("starts_at", "ends_at", "expected"),
        RowFate.SAME,
    )
    assert first.after == LAW._replace(
        starts_at=datetime(2027, 6, 18, 9), ends_at=datetime(2027, 6, 18, 11), expected=80
    )


def test_what_the_office_changed_meanwhile_stays_where_the_unit_left_the_cell() -> None:
    data = changed(template_bytes(year(LAW), "区司法局"), note_0="新备注")
    now = LAW._replace(starts_at=datetime(2027, 6, 30, 14), ends_at=datetime(2027, 6, 30, 16), place="新地点")
    after = YearSnapshot(year().year_row, units=UNITS, events=[now], revision=5)
    reading = read(data, after)
    assert only(reading).after == now._replace(note="新备注")
    assert reading.remarks == ("发出这份表之后计划改动过：单位没有改的格子保持现在的计划，只收单位改了的。",)


def test_an_emptied_cell_of_our_own_sheet_takes_the_words_away() -> None:
    row = only(read(changed(template_bytes(year(LAW), "区司法局"), note_0=None), year(LAW)))
    assert (row.fields, row.after and row.after.note) == (("note",), "")


def test_a_new_row_gets_the_key_of_its_line_and_a_second_return_doubles_nothing() -> None:
    snapshot = year(LAW)
    data = changed(
        template_bytes(snapshot, "区司法局"),
        campaign_1="走进社区",
        title_1="反诈宣传",
        time_1="5月中旬",
        towns_1="罗店镇",
    )
    _, new = read(data, snapshot).rows
    assert (new.state, new.after and new.after.lead_units, new.after and new.after.precision) == (
        RowFate.NEW,
        ("区司法局",),
        Precision.TEN_DAYS,
    )
    assert new.after is not None
    assert new.after.key.startswith("R0-")
    again = year(LAW, new.after)
    assert [row.state for row in read(data, again).rows] == [RowFate.SAME, RowFate.SAME]
    renamed = changed(data, title_1="反诈宣传（改名）")
    assert read(renamed, again).rows[1].before == new.after


def test_two_copies_of_one_blank_template_do_not_overwrite_each_other() -> None:
    blank = template_bytes(year(), "区司法局")
    one = changed(blank, campaign_0="走进社区", title_0="甲", time_0="5月12日")
    other = changed(blank, campaign_0="公开讲堂", title_0="乙", time_0="6月12日")
    first = only(read(one)).after
    assert first is not None
    second = only(read(other, year(first)))
    assert (second.state, second.ask) == (RowFate.NEW, True)
    assert second.after is not None
    assert second.after.key != first.key


def test_a_row_that_was_taken_out_is_told_and_the_event_stays() -> None:
    book = load_workbook(BytesIO(template_bytes(year(LAW, OTHER), "区司法局")))
    book["报送表"].delete_rows(FIRST_ROW)
    reading = read(saved(book), year(LAW, OTHER))
    assert (reading.missing, [row.state for row in reading.rows]) == (("a",), [RowFate.SAME])


def test_a_copied_row_is_refused_as_the_same_event() -> None:
    book = load_workbook(BytesIO(template_bytes(year(LAW), "区司法局")))
    sheet = book["报送表"]
    for cell in sheet[FIRST_ROW]:
        sheet.cell(FIRST_ROW + 1, cell.column).value = cell.value
    first, second = read(saved(book), year(LAW)).rows
    assert (first.state, second.state) == (RowFate.SAME, RowFate.REFUSED)
    assert second.refused[0].reason == f"与第 {FIRST_ROW} 行说的是同一场"


def test_a_template_of_another_year_is_refused() -> None:
    with pytest.raises(InputError, match="是 2027 年度的报送表"):
        read(template_bytes(year(LAW), "区司法局"), year(number=2026))


# what the template is


def test_the_template_has_lists_a_hidden_version_and_keys_and_protects_the_head() -> None:
    book = sheets(template_bytes(year(LAW), "区司法局"))
    sheet = book["报送表"]
    assert [name for name in book.sheetnames if book[name].sheet_state == "hidden"] == ["清单", "底稿"]
    assert [book["清单"].cell(1, at).value for at in (1, 2, 3)] == [
        "outreach-submission/1",
        "2027",
        "区司法局",
    ]
    assert sheet.cell(FIRST_ROW, len(COLUMNS) + 1).value == "a"
    assert sheet.column_dimensions["S"].hidden
    assert (sheet["A1"].value, sheet["C2"].value) == ("宝山区2027年度政务公开活动报送表", "区司法局")
    assert "A1:R1" in [str(area) for area in sheet.merged_cells.ranges]
    lists = {str(rule.sqref).split(":")[0]: rule.formula1 for rule in sheet.data_validations.dataValidation}
    assert lists["B5"] == "清单!$A$3:$A$9"
    assert {"B5", "G5", "H5", "I5", "K5", "L5", "M5"} <= set(lists)
    assert (sheet.protection.sheet, sheet["A4"].protection.locked, sheet["C5"].protection.locked) == (
        True,
        True,
        False,
    )
    assert sheet.freeze_panes == "D5"


def test_the_same_year_gives_the_same_template_and_an_unknown_unit_none() -> None:
    assert template_bytes(sample(), "区司法局") == template_bytes(sample(), "区司法局")
    with pytest.raises(CommandError):
        template_bytes(year(), "没有的单位")


def test_a_blank_template_lists_nothing_and_reads_as_nothing() -> None:
    reading = read(template_bytes(year(LAW)), year(LAW))
    assert (reading.rows, reading.own, reading.unit) == ((), True, None)


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_text_in_a_template_stays_text_and_comes_back_the_same(text: str) -> None:
    snapshot = year(LAW._replace(title=text.strip(), note=text.strip()))
    data = template_bytes(snapshot, "区司法局")
    assert b"<f>" not in parts(data)["xl/worksheets/sheet1.xml"]
    assert only(read(data, snapshot)).state is RowFate.SAME


# the departments' own sheets


def test_a_departments_own_sheet() -> None:
    data = submission(
        (1, "法律服务体验", "８月９日\n１４：００－１６：００", "公共法律服务中心", "区司法局", "约５０人"),
        (2, "调解室开放日", "8月26、27日", "", "", ""),
        ("合计", "2场"),
        ("注：时间以通知为准",),
    )
    reading = read(data)
    first, second = reading.rows
    assert first.after is not None
    assert (first.after.campaign, first.after.starts_at, first.after.ends_at, first.after.raw_time) == (
        Campaign.OPEN_MONTH,
        datetime(2027, 8, 9, 14),
        datetime(2027, 8, 9, 16),
        "",
    )
    assert [one.starts_at for one in second.split] == [datetime(2027, 8, 26), datetime(2027, 8, 27)]
    assert second.after is not None
    assert (second.after.lead_units, second.after.raw_time) == (("区司法局",), "8月26、27日")
    assert reading.passed_over == (("Sheet1", 6, "合计 2场"), ("Sheet1", 7, "注：时间以通知为准"))
    assert (reading.unit, reading.own) == ("区司法局", False)


@pytest.mark.parametrize(
    "head",
    [
        ("序号", "活动主题", "拟开展时间", "场所", "主办单位", "备注"),
        ("序号", "活动内容", "时间", "地点", "承办单位", "备注"),
        ("序号", "活动名称（主题）", "活动时间", "活动地点", "开放单位", "备 注"),
        ("编号", "名称", "举办时间\n（具体到时刻）", "举办地点", "责任单位", "说明"),
    ],
)
def test_heads_in_other_words(head: tuple[str, ...]) -> None:
    row = only(read(submission((1, "开放日", "8月9日", "大厅", "区教育局", "x"), head=head)))
    assert row.after is not None
    assert (row.after.title, row.after.day, row.after.place, row.after.lead_units, row.after.note) == (
        "开放日",
        datetime(2027, 8, 9).date(),
        "大厅",
        ("区教育局",),
        "x",
    )


def test_a_head_of_two_rows() -> None:
    data = workbook(
        [
            [TITLE],
            ["填报单位", "区司法局"],
            ["序号", "活动信息", None, "时间", None, "备注"],
            [None, "活动名称", "活动地点", "日期", "时段", None],
            [1, "开放日", "大厅", "8月9日", "9:00-11:00", "x"],
        ],
        merged=("A3:A4", "B3:C3", "D3:E3", "F3:F4"),
    )
    row = only(read(data))
    assert row.after is not None
    assert (row.after.place, row.after.starts_at, row.after.ends_at) == (
        "大厅",
        datetime(2027, 8, 9, 9),
        datetime(2027, 8, 9, 11),
    )


def test_cells_merged_down_a_column_count_for_each_row() -> None:
    data = submission(
        (1, "甲", "8月9日", "大厅", "区教育局"), (2, "乙", "8月10日"), merged=("D4:D5", "E4:E5")
    )
    assert [
        (row.after.title, row.after.place, row.after.lead_units) for row in read(data).rows if row.after
    ] == [
        ("甲", "大厅", ("区教育局",)),
        ("乙", "大厅", ("区教育局",)),
    ]


def test_units_are_known_by_alias_and_an_unknown_one_is_refused_with_the_most_like() -> None:
    units = (*UNITS, Unit("rs", "区人力资源社会保障局", aliases=("区人社局",)))
    head = ("活动名称", "活动时间", "主办单位", "协办单位")
    data = submission(
        ("甲", "8月9日", "区人社局", "司法局、顾村镇"), ("乙", "8月9日", "区人力资源保障局", ""), head=head
    )
    snapshot = year(units=(units[0]._replace(aliases=("司法局",)), *units[1:]))
    first, second = read(data, snapshot).rows
    assert first.after is not None
    assert (first.after.lead_units, first.after.responsible_units) == (("rs",), ("区司法局", "顾村镇"))
    problem = second.refused[0]
    assert (problem.row, problem.column, problem.head, problem.value, problem.reason) == (
        5,
        3,
        "主办单位",
        "区人力资源保障局",
        "没有这个单位，是否为“区人力资源社会保障局”",
    )
    assert (
        str(problem)
        == "第 5 行 C 列（主办单位）：“区人力资源保障局”，没有这个单位，是否为“区人力资源社会保障局”"
    )


@pytest.mark.parametrize(
    ("row", "reason"),
    [
        ((1, "", "8月9日", "", "区司法局"), "没有写活动名称"),
        ((1, "甲", "2月30日", "", "区司法局"), "没有 2027年2月30日 这一天"),
        ((1, "甲", "2026年8月9日", "", "区司法局"), "是2026年的，不在2027年度"),
        ((1, "甲", 8.1, "", "区司法局"), "可能是8月1日，也可能是8月10日，请写明"),
        ((1, "甲", datetime(2026, 8, 9), "", "区司法局"), "是2026年的，不在2027年度"),
        ((1, "甲", "8月9日", "", "区司法局", "110101199003070011"), "里面有身份证号，请删去后再报"),
    ],
)
def test_what_is_refused_and_why(row: tuple[Any, ...], reason: str) -> None:
    read_row = only(read(submission(row)))
    assert (read_row.state, [problem.reason for problem in read_row.refused]) == (RowFate.REFUSED, [reason])


def test_an_id_number_is_not_even_shown() -> None:
    reading = read(submission((1, "甲", "8月9日", "", "区司法局", "张三 110101199003070011")))
    assert "110101199003070011" not in repr(reading)


def test_without_a_campaign_a_row_waits_until_one_is_chosen() -> None:
    data = submission((1, "甲", "8月9日", "", "区司法局"), title="2027年活动报送表")
    assert [p.reason for p in only(read(data)).refused] == ["没有写是哪条工作线，表名里也没有"]
    chosen = only(read(data, campaign=Campaign.LECTURE))
    assert chosen.after is not None
    assert chosen.after.campaign is Campaign.LECTURE


def test_stages_and_towns_and_schools() -> None:
    head = ("工作线", "活动名称", "活动时间", "学段", "街镇", "牵头单位")
    rows = (("走进校区", "甲", "9月9日", "小学、初中", "", "区教育局"), ("走进社区", "乙", "9月9日", "", "各街镇", "区司法局"),
            ("走进校区", "丙", "9月9日", "大学", "", "区教育局"))  # fmt: skip
    first, second, third = read(submission(*rows, head=head)).rows
    assert first.after
    assert first.after.stages == (SchoolStage.PRIMARY, SchoolStage.JUNIOR)
    assert second.after
    assert second.after.towns == ("顾村镇", "罗店镇")
    assert third.refused[0].reason == "学段只有小学、初中、高中、一贯制、中职"


def test_a_time_that_is_not_understood_stays_in_its_words() -> None:
    row = only(read(submission((1, "甲", "每周三", "", "区司法局"))))
    assert row.after is not None
    assert (row.after.starts_at, row.after.raw_time) == (None, "每周三")
    assert [problem.reason for problem in row.warnings] == ["没有看懂这个时间，按待定收下，原话留着"]


def test_a_time_that_is_not_understood_never_takes_a_known_day_away() -> None:
    reading = read(changed(template_bytes(year(LAW), "区司法局"), time_0="每周三"), year(LAW))
    assert only(reading).state is RowFate.REFUSED


def test_the_same_event_on_a_departments_own_sheet_changes_it_and_empty_cells_take_nothing_away() -> None:
    head = ("工作线", "活动名称", "活动时间", "街镇", "牵头单位", "备注")
    data = submission(("走进社区", "民法典进社区", "6月20日14:00-16:00", "顾村镇", "区司法局", ""), head=head)
    row = only(read(data, year(LAW)))
    assert (row.state, row.fields, row.after and row.after.note) == (
        RowFate.CHANGED,
        ("starts_at", "ends_at"),
        "原备注",
    )


def test_of_several_of_one_name_none_is_chosen_for_the_user() -> None:
    twice = (LAW, LAW._replace(key="c", starts_at=datetime(2027, 9, 1, 9), ends_at=datetime(2027, 9, 1, 11)))
    head = ("工作线", "活动名称", "活动时间", "街镇", "牵头单位")
    row = only(
        read(submission(("走进社区", LAW.title, "10月8日", "顾村镇", "区司法局"), head=head), year(*twice))
    )
    assert (row.state, row.ask) == (RowFate.NEW, True)


def test_another_name_at_the_same_time_is_asked_about() -> None:
    head = ("工作线", "活动名称", "活动时间", "街镇", "牵头单位")
    row = only(
        read(submission(("走进社区", "新名称", "6月16日14:00", "顾村镇", "区司法局"), head=head), year(LAW))
    )
    assert (row.state, row.ask) == (RowFate.NEW, True)
    assert (
        usual_ticks(
            read(
                submission(("走进社区", "新名称", "6月16日14:00", "顾村镇", "区司法局"), head=head), year(LAW)
            )
        )
        == frozenset()
    )


@pytest.mark.parametrize(
    ("status", "reason"),
    [(EventStatus.HELD, "这一场已举办，日期不能再改"), (EventStatus.CANCELLED, "这一场已取消，请先恢复")],
)
def test_what_is_over_is_not_moved(status: EventStatus, reason: str) -> None:
    head = ("工作线", "活动名称", "活动时间", "街镇", "牵头单位")
    data = submission(("走进社区", "民法典进社区", "6月20日", "顾村镇", "区司法局"), head=head)
    row = only(read(data, year(LAW._replace(status=status))))
    assert (row.state, row.refused[0].reason) == (RowFate.REFUSED, reason)


def test_a_postponed_event_with_a_new_day_is_planned_again() -> None:
    gone = LAW._replace(status=EventStatus.POSTPONED, starts_at=None, ends_at=None, status_reason="下雨")
    row = only(read(changed(template_bytes(year(gone), "区司法局"), time_0="7月8日9:00—11:00"), year(gone)))
    assert row.after is not None
    assert (row.after.status, row.after.status_reason, row.after.day) == (
        EventStatus.PLANNED,
        "",
        datetime(2027, 7, 8).date(),
    )


def test_a_sheet_without_a_head_is_no_submission() -> None:
    with pytest.raises(InputError, match="没有一行表头同时写着活动名称和时间"):
        read(workbook([["随便"], [1, 2, 3]]))


def test_columns_that_say_nothing_known_are_told() -> None:
    head = (*HEAD, "天气")
    reading = read(submission((1, "甲", "8月9日", "", "区司法局", "", "晴"), head=head))
    assert reading.remarks == ("表头 “天气” 没有对应的内容，这些列没有读。",)


# taking


def test_ticked_rows_become_changes_and_a_split_row_several() -> None:
    data = submission((1, "甲", "8月26、27日", "", "区司法局"), (2, "乙", "2月30日", "", "区司法局"))
    reading = read(data)
    ticks = usual_ticks(reading)
    assert ticks == {("Sheet1", 4)}
    assert [(change.before, change.after and change.after.key) for change in changes_of(reading, ticks)] == [
        (None, "E0001")
    ]
    split = changes_of(reading, ticks, ticks)
    assert [change.after.starts_at for change in split] == [datetime(2027, 8, 26), datetime(2027, 8, 27)]  # type: ignore[union-attr]
    assert len({change.key for change in split}) == 2
    assert step_title(reading, split) == "导入报送表“报送.xlsx”（2 项）"


# 退回件


def test_a_returned_sheet_is_the_same_with_its_problems_marked() -> None:
    data = submission(
        (1, "甲", "2月30日", "", "区司法局"),
        (2, "乙", "8月9日 星期五", "", "区司法局"),
        (3, "丙", "8月9日", "", "区司法局"),
    )
    reading = read(data)
    marked = returned_bytes(data, reading)
    sheet = sheets(marked).active
    assert [sheet.cell(row, 7).value for row in (3, 4, 5, 6)] == [
        "问题（程序标注）",
        "活动时间：没有 2027年2月30日 这一天（不收）",
        "活动时间：8月9日是星期一，表中写的是星期五",
        None,
    ]
    assert [sheet.cell(row, 3).fill.fgColor.rgb for row in (4, 5, 6)] == ["00FFC7CE", "00FFEB9C", "00000000"]
    assert sheet["C4"].comment.text == "活动时间：没有 2027年2月30日 这一天（不收）"
    assert read(marked).rows == reading.rows
    assert returned_bytes(data, reading) == marked


def test_marking_a_marked_sheet_again_leaves_no_old_marks() -> None:
    data = submission((1, "甲", "2月30日", "", "区司法局"))
    marked = returned_bytes(data, read(data))
    book = load_workbook(BytesIO(marked))
    book.active["C4"].value = "8月9日"
    mended = saved(book)
    again = sheets(returned_bytes(mended, read(mended))).active
    assert (again["G4"].value, again["C4"].comment, again["C4"].fill.fgColor.rgb) == (None, None, "00000000")


def test_the_unit_may_be_named_in_the_title_only() -> None:
    for title in ("区司法局2027年政府开放月活动安排表", "宝山区司法局2027年政府开放月活动表"):
        data = workbook([[title], ["活动名称", "活动时间"], ["开放日", "8月9日"]])
        reading = read(data)
        assert (reading.unit, [row.after and row.after.lead_units for row in reading.rows]) == (
            "区司法局",
            [("区司法局",)],
        )


def test_a_heading_between_rows_names_the_campaign_of_those_below() -> None:
    data = submission(
        ("一、公开讲堂",),
        (1, "甲", "9月9日", "", "区司法局"),
        ("二、走进社区",),
        (2, "乙", "9月9日", "", "区司法局"),
        title="活动表",
    )
    reading = read(data)
    assert [row.after and row.after.campaign for row in reading.rows] == [
        Campaign.LECTURE,
        Campaign.COMMUNITY,
    ]
    assert [words for _, _, words in reading.passed_over] == ["一、公开讲堂", "二、走进社区"]


def test_a_printed_open_month_table() -> None:
    head = ("序号", "活动时间", "活动名称（主题）", "活动形式", "活动地点", "拟参与人数")
    data = submission(
        (1, "8月21日（暂定）", "开放日", "线下", "大厅", "30人"),
        (2, "8月9日", "云开放", "线上", "", 20),
        head=head,
    )
    first, second = read(data).rows
    assert first.after is not None
    assert second.after is not None
    assert (first.after.tentative, first.after.expected, first.after.online_only) == (True, 30, False)
    assert (second.after.online_only, second.after.forms, second.after.expected) == (True, (), 20)


def test_units_that_are_parks_are_taken_as_park() -> None:
    head = ("工作线", "活动名称", "活动时间", "地点", "牵头单位")
    row = only(read(submission(("走进园区", "甲", "9月9日", "南大智慧城", "区司法局"), head=head)))
    assert row.after is not None
    assert row.after.park == "南大智慧城"
    assert UnitKind.PARK.label == "园区"


def test_a_place_longer_than_one_line_stays_out_and_is_said() -> None:
    snapshot = year(LAW)
    row = only(read(changed(template_bytes(snapshot, "区司法局"), place_0="长" * 501), snapshot))
    assert row.after is None or row.after.place == LAW.place
    assert any("最多 500 字" in str(said) for said in row.problems)
