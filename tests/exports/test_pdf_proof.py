"""核对：少一项、多一项、错一处，都不交出去。"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest

from exports.pdf import printing
from exports.pdf.flow import Sheet
from exports.pdf.page import Layout
from exports.pdf.quarter_plan import quarter_plan
from exports.pdf.table import PrintRow, PrintTable
from exports.print_options import PrintOptions
from models.domain.errors import UserError
from models.domain.snapshot import YearSnapshot
from models.rulesets import ruleset_for
from planners.checks import check_year
from tests.exports.test_pdf_quarter_plan import event, year

LAYOUT = Layout(bundled_only=True)


@pytest.fixture
def snapshot() -> YearSnapshot:
    return year(*(event(number) for number in range(14)))


def make(snapshot: YearSnapshot) -> None:
    options = PrintOptions(quarter=2)
    check = check_year(snapshot, date(2027, 6, 15), ruleset_for(2027))
    printing.print_documents(quarter_plan(snapshot, check, options), LAYOUT, options)


def spoil(monkeypatch: pytest.MonkeyPatch, change: Callable[[list[Sheet]], None]) -> None:
    """Change the pages between the layout and the writing."""
    write = printing.write_pdf

    def spoiled(sheets: list[Sheet], *rest: object) -> bytes:
        change(sheets)
        return write(sheets, *rest)  # type: ignore[arg-type]

    monkeypatch.setattr(printing, "write_pdf", spoiled)


def without(text: str) -> Callable[[list[Sheet]], None]:
    def change(sheets: list[Sheet]) -> None:
        for sheet in sheets:
            sheet.words = [words for words in sheet.words if words.text != text]

    return change


def test_an_item_whose_title_was_not_drawn_is_named(
    snapshot: YearSnapshot, monkeypatch: pytest.MonkeyPatch
) -> None:
    spoil(monkeypatch, without("第7号活动"))
    with pytest.raises(UserError, match="读回时第5项“第7号活动”没有正好找到一次"):
        make(snapshot)


def test_an_item_that_the_table_drops_is_named(
    snapshot: YearSnapshot, monkeypatch: pytest.MonkeyPatch
) -> None:
    write_row = PrintTable.row

    def drop(table: PrintTable, row: PrintRow) -> None:
        if row.number != 5:
            write_row(table, row)

    monkeypatch.setattr(PrintTable, "row", drop)
    with pytest.raises(UserError, match="第5项“第7号活动”"):
        make(snapshot)


def test_an_item_that_is_printed_twice_is_named(
    snapshot: YearSnapshot, monkeypatch: pytest.MonkeyPatch
) -> None:
    write_row = PrintTable.row

    def twice(table: PrintTable, row: PrintRow) -> None:
        write_row(table, row)
        if row.number == 5:
            write_row(table, row)

    monkeypatch.setattr(PrintTable, "row", twice)
    with pytest.raises(UserError, match="第5项“第7号活动”"):
        make(snapshot)


def test_titles_that_changed_places_are_noticed(
    snapshot: YearSnapshot, monkeypatch: pytest.MonkeyPatch
) -> None:
    def swap(sheets: list[Sheet]) -> None:
        names = {"第0号活动": "第6号活动", "第6号活动": "第0号活动"}
        for sheet in sheets:
            sheet.words = [words._replace(text=names.get(words.text, words.text)) for words in sheet.words]

    spoil(monkeypatch, swap)
    with pytest.raises(UserError, match="第1项“第0号活动”"):
        make(snapshot)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("宝山区2027年第二季度政务公开活动计划", "找不到标题"),
        ("公开讲堂 · 4月：至少1场，目标2场", "找不到频次核对"),
    ],
)
def test_a_missing_title_or_duty_is_noticed(
    snapshot: YearSnapshot, monkeypatch: pytest.MonkeyPatch, text: str, message: str
) -> None:
    spoil(monkeypatch, without(text))
    with pytest.raises(UserError, match=message):
        make(snapshot)


def test_a_foot_with_another_count_is_noticed(
    snapshot: YearSnapshot, monkeypatch: pytest.MonkeyPatch
) -> None:
    write = printing.write_pdf

    def miscounted(sheets: object, layout: object, book: object, title: object, feet: list[str]) -> bytes:
        return write(sheets, layout, book, title, [foot.replace("14 项", "13 项") for foot in feet])  # type: ignore[arg-type]

    monkeypatch.setattr(printing, "write_pdf", miscounted)
    with pytest.raises(UserError, match="第1页的页脚不完整") as refused:
        make(snapshot)
    assert refused.value.effect == "没有写出文件，原有文件不变。"
