"""台账（.xlsx）：与屏幕一样，日期是真日期，文字永远是文字，字节不变。"""

from __future__ import annotations

from datetime import datetime, time
from io import BytesIO
from zipfile import ZipFile

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from exports.xlsx.cells import LONGEST_CELL, put_text, text_of
from exports.xlsx.ledger import ledger_bytes
from models.domain.events import Campaign, Event, Precision
from models.domain.snapshot import YearSnapshot
from models.domain.text import clean_text
from planners.ledger_groups import Grouping, Order, grouped
from planners.ledger_rows import LedgerColumn, ledger_rows
from tests.exports.office_reading import HOSTILE, parts, sheets, texts
from tests.factories import check, event, sample, year

DATED = event(Campaign.LECTURE, "2027-06-16", key="a", title="讲堂", lead_units=("区司法局",))
VAGUE = Event("b", Campaign.COMMUNITY, "社区", starts_at=datetime(2027, 9, 11), ends_at=datetime(2027, 9, 21),
              precision=Precision.TEN_DAYS, raw_time="9月中旬前后")  # fmt: skip
UNDATED = Event("c", Campaign.PARK, "园区", precision=Precision.UNSET)
TENTATIVE = event(Campaign.LECTURE, "2027-07-01", key="d", title="未定讲堂", tentative=True)


BY_DAY = Order()


def ledger(
    snapshot: YearSnapshot, grouping: Grouping = Grouping.NONE, order: Order = BY_DAY, **more: object
) -> bytes:
    checked = check(snapshot)
    groups = grouped(ledger_rows(snapshot, checked), grouping, order, snapshot, checked.ruleset)
    return ledger_bytes(snapshot, checked.ruleset, groups, **more)  # type: ignore[arg-type]


def test_exact_days_and_times_are_real_and_everything_else_is_words() -> None:
    sheet = sheets(ledger(year(DATED, VAGUE, UNDATED, TENTATIVE))).active
    cells = {row[4].value: (row[2], row[3]) for row in sheet.iter_rows(min_row=3)}
    assert {title: (day.value, clock.value) for title, (day, clock) in cells.items()} == {
        "讲堂": (datetime(2027, 6, 16), time(14, 0)),
        "社区": ("9月中旬前后", None),
        "园区": ("待定", None),
        "未定讲堂": ("7月1日 周四", time(14, 0)),
    }
    assert cells["讲堂"][0].is_date
    assert cells["社区"][0].data_type == "s"


def test_rows_groups_and_columns_are_those_of_the_screen() -> None:
    columns = (LedgerColumn.TITLE, LedgerColumn.DATE, LedgerColumn.HOST)
    order = Order(LedgerColumn.DATE, descending=True)
    data = ledger(
        year(DATED, VAGUE, UNDATED), Grouping.MONTH, order, columns=columns, conditions="单位：区司法局"
    )
    assert texts(sheets(data).active) == [
        ["宝山区2027年度政务公开活动台账（单位：区司法局；共 3 场）", None, None],
        ["活动名称", "日期", "牵头单位"],
        ["待定日期（1 场）", None, None],
        ["园区", "待定", None],
        ["9月（1 场）", None, None],
        ["社区", "9月中旬前后", None],
        ["6月（1 场）", None, None],
        ["讲堂", datetime(2027, 6, 16), "区司法局"],
    ]


def test_the_head_is_frozen_repeated_in_print_and_columns_are_wide_enough() -> None:
    sheet = sheets(ledger(sample())).active
    assert (sheet.freeze_panes, sheet.print_title_rows, sheet.page_setup.orientation) == (
        "A3",
        "$2:$2",
        "landscape",
    )
    assert sheet.column_dimensions["E"].width >= 40
    assert sheet.auto_filter.ref == f"A2:I{sheet.max_row}"
    assert sheets(ledger(sample(), Grouping.MONTH)).active.auto_filter.ref is None


def test_an_empty_ledger_has_its_head() -> None:
    assert texts(sheets(ledger(year())).active)[1][:3] == ["工作线", "状态", "日期"]


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_text_is_stored_as_text_and_read_back_as_it_was(text: str) -> None:
    data = ledger(year(DATED._replace(title=text)))
    cell = sheets(data).active.cell(3, 5)
    assert (cell.data_type, text_of(cell.value)) == ("s", clean_text(text))
    assert b"<f>" not in parts(data)["xl/worksheets/sheet1.xml"]


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t="])
def test_what_begins_like_a_formula_stays_text_when_it_is_edited(start: str) -> None:
    cell = sheets(ledger(year(DATED._replace(title=f"{start}1+1")))).active.cell(3, 5)
    assert cell.quotePrefix


def test_ten_thousand_characters_are_kept_and_the_limit_of_a_cell_is_not_passed() -> None:
    long = "长" * 10_000
    assert sheets(ledger(year(DATED._replace(title=long)))).active.cell(3, 5).value == long
    from openpyxl import Workbook

    cell = Workbook().active["A1"]
    put_text(cell, "长" * 40_000)
    assert len(cell.value) == LONGEST_CELL


def test_the_same_data_give_the_same_bytes_without_a_clock_or_a_person() -> None:
    data = ledger(sample(), Grouping.UNIT)
    assert data == ledger(sample(), Grouping.UNIT)
    core = parts(data)["docProps/core.xml"].decode()
    assert core.count("2027-01-01T00:00:00Z") == 2
    assert "<dc:creator>宝公开排期</dc:creator>" in core
    with ZipFile(BytesIO(data)) as packed:
        assert {info.date_time for info in packed.infolist()} == {(1980, 1, 1, 0, 0, 0)}


@settings(max_examples=60, deadline=None)
@given(st.text(max_size=80))
def test_every_text_comes_back(text: str) -> None:
    from openpyxl import Workbook, load_workbook

    book = Workbook()
    put_text(book.active["A1"], text)
    target = BytesIO()
    book.save(target)
    cell = load_workbook(BytesIO(target.getvalue())).active["A1"]
    assert text_of(cell.value or "") == clean_text(text)
    assert cell.data_type in ("s", "n")
