"""决策事项目录（.xlsx）：表头各异，层级、单位、日期，不收的说明原因。"""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

import pytest

from exports.xlsx.reading.catalogue import is_catalogue, read_catalogue
from exports.xlsx.reading.taking import changes_of, usual_ticks
from exports.xlsx.reading.values import FileReading, FileRow, RowFate
from models.domain.attendance import Decision, DecisionBody
from models.domain.errors import InputError
from models.domain.snapshot import YearSnapshot
from tests.exports.sheet_making import submission, workbook
from tests.factories import year

TITLE = "宝山区2027年度重大行政决策事项目录"
HEAD = ("序号", "事项名称", "承办单位", "列入日期", "拟提交时间", "层级")


def catalogue(*rows: tuple[Any, ...], head: tuple[str, ...] = HEAD) -> bytes:
    return workbook([[TITLE], head, *rows])


def read(data: bytes, snapshot: YearSnapshot | None = None) -> FileReading:
    return read_catalogue(data, snapshot or year(), "目录.xlsx")


def only(reading: FileReading) -> FileRow:
    (row,) = reading.rows
    return row


def test_a_decision_with_unit_day_and_level() -> None:
    row = only(read(catalogue((1, "养老规划", "区司法局", "2027年1月18日", "第二季度", "区级"))))
    assert (row.state, row.submitted) == (RowFate.NEW, "第二季度")
    assert row.after == Decision("D0001", "养老规划", DecisionBody.DISTRICT, "区司法局", date(2027, 1, 18))


@pytest.mark.parametrize(
    "head",
    [
        ("序号", "决策事项名称", "责任单位", "公布日期", "计划完成时间", "决策主体"),
        ("序号", "重大行政决策事项", "起草单位", "列入目录日期", "拟上会时间", "决策机关"),
    ],
)
def test_heads_in_other_words(head: tuple[str, ...]) -> None:
    row = only(read(catalogue((1, "规划", "顾村镇", datetime(2027, 1, 18), "", "顾村镇"), head=head)))
    assert row.after is not None
    assert (row.after.body, row.after.unit, row.after.listed_on) == (
        DecisionBody.TOWN,
        "顾村镇",
        date(2027, 1, 18),
    )


def test_without_a_level_a_town_or_park_is_its_own() -> None:
    head = ("序号", "事项名称", "承办单位")
    rows = read(
        catalogue((1, "甲", "顾村镇"), (2, "乙", "南大智慧城"), (3, "丙", "区司法局"), head=head)
    ).rows
    assert [row.after and row.after.body for row in rows] == [
        DecisionBody.TOWN,
        DecisionBody.PARK,
        DecisionBody.DISTRICT,
    ]


def test_a_known_title_is_changed_or_the_same() -> None:
    known = Decision("d1", "养老规划", unit="区司法局", listed_on=date(2027, 1, 18))
    snapshot = year(decisions=[known])
    same = only(read(catalogue((1, "养老规划", "区司法局", "2027.1.18", "", "")), snapshot))
    moved = only(read(catalogue((1, " 养老规划", "区教育局", "", "", "")), snapshot))
    assert (same.state, moved.state, moved.fields) == (RowFate.SAME, RowFate.CHANGED, ("unit",))
    assert moved.after == known._replace(unit="区教育局")


@pytest.mark.parametrize(
    ("row", "reason"),
    [
        ((1, "", "区司法局", "", "", "区级"), "没有写事项名称"),
        ((1, "甲", "区某局", "", "", ""), "没有单位“区某局”"),
        ((1, "甲", "区司法局", "2月30日", "", ""), "没有 2027年2月30日 这一天"),
        ((1, "甲", "区司法局", "", "", "国家级"), "层级应为区级、街镇或园区"),
    ],
)
def test_what_is_refused_and_why(row: tuple[Any, ...], reason: str) -> None:
    found = only(read(catalogue(row)))
    assert (found.state, next(problem.reason for problem in found.problems).startswith(reason)) == (
        RowFate.REFUSED,
        True,
    )


def test_the_same_title_twice_is_taken_once() -> None:
    first, second = read(catalogue((1, "甲", "", "", "", ""), (2, "甲", "", "", "", ""))).rows
    assert (first.state, second.state) == (RowFate.NEW, RowFate.REFUSED)


def test_a_day_of_the_year_before_is_fine() -> None:
    row = only(read(catalogue((1, "甲", "", "2026年12月30日", "", ""))))
    assert row.after is not None
    assert row.after.listed_on == date(2026, 12, 30)


def test_only_ticked_rows_become_changes() -> None:
    reading = read(catalogue((1, "甲", "", "", "", ""), (2, "乙", "", "", "", "")))
    assert [change.key for change in changes_of(reading, {("Sheet1", 4)})] == ["D0002"]
    assert len(changes_of(reading, usual_ticks(reading))) == 2


def test_a_catalogue_is_told_from_a_submission() -> None:
    assert is_catalogue(catalogue((1, "甲", "", "", "", "")), "x")
    assert not is_catalogue(submission((1, "甲", "8月9日", "", "区司法局")), "x")
    with pytest.raises(InputError, match="没有找到决策事项目录"):
        read(workbook([["x"]]))
