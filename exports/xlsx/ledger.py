"""活动台账（.xlsx）：与屏幕上筛选、分组、排序后的一样，日期是真日期。"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any

from exports.office_file import book_bytes, repacked
from exports.xlsx.cells import FONT, dress, put_clock, put_day, put_text
from models.domain.events import Event, Precision
from models.domain.masking import Masks, masks_of
from models.domain.rules import RuleSet
from models.domain.snapshot import YearSnapshot
from planners.ledger_groups import Group
from planners.ledger_rows import HEADS, LedgerColumn, LedgerRow, row_texts

ALL_COLUMNS = tuple(LedgerColumn)
_WIDTHS: Mapping[LedgerColumn, float] = {
    LedgerColumn.TILE: 12,
    LedgerColumn.STATUS: 9,
    LedgerColumn.DATE: 16,
    LedgerColumn.TIME: 8,
    LedgerColumn.TITLE: 42,
    LedgerColumn.HOST: 24,
    LedgerColumn.PLACE: 32,
    LedgerColumn.COUNTED: 22,
    LedgerColumn.MISSING: 16,
}
_HEAD_ROW = 2


def ledger_bytes(
    snapshot: YearSnapshot,
    ruleset: RuleSet,
    groups: Iterable[Group],
    columns: Sequence[LedgerColumn] = ALL_COLUMNS,
    conditions: str = "",
) -> bytes:
    """The rows of ``groups`` in their order, a line above each group, the ``columns`` that are shown.

    ``conditions`` are the words of the filter, told in the title. Exact days and times are real dates and
    times, everything else is text; no delegate's name or phone is in it. The same rows give the same bytes.
    """
    from openpyxl import Workbook

    masks = masks_of(snapshot)
    snapshot, conditions = masks.year(snapshot), masks.text(conditions)
    groups = tuple(_masked(group, masks) for group in groups)
    columns = tuple(columns)
    book = Workbook()
    sheet = book.active
    sheet.title = "活动台账"
    count = sum(len(group.rows) for group in groups)
    title = f"{snapshot.year_row.district}{snapshot.year}年度政务公开活动台账"
    _write_head(sheet, columns, _title(title, conditions, count))
    at = _HEAD_ROW
    for group in groups:
        if group.title:
            at += 1
            _write_group(sheet, at, len(columns), f"{group.title}（{len(group.rows)} 场）")
        for row in group.rows:
            at += 1
            _write_row(sheet, at, columns, row, snapshot, ruleset)
    _set_up(sheet, columns, at, filtered=all(not group.title for group in groups))
    return repacked(book_bytes(book), title, date(snapshot.year, 1, 1))


def _masked(group: Group, masks: Masks) -> Group:
    rows = tuple(row._replace(event=masks.whole(row.event)) for row in group.rows)
    return group._replace(title=masks.text(group.title), rows=rows)


def _title(title: str, conditions: str, count: int) -> str:
    return f"{title}（{f'{conditions}；' if conditions else ''}共 {count} 场）"


def _write_head(sheet: Any, columns: Sequence[LedgerColumn], title: str) -> None:
    from openpyxl.styles import Alignment, Font, PatternFill

    put_text(sheet.cell(1, 1), title)
    sheet.cell(1, 1).font = Font(name=FONT, size=14, bold=True)
    sheet.cell(1, 1).alignment = Alignment(vertical="center")
    if len(columns) > 1:
        sheet.merge_cells(start_row=1, start_column=1, end_row=1, end_column=len(columns))
    sheet.row_dimensions[1].height = 26
    for at, column in enumerate(columns, 1):
        cell = sheet.cell(_HEAD_ROW, at)
        put_text(cell, HEADS[column] or "工作线")
        cell.font = Font(name=FONT, size=11, bold=True)
        cell.fill = PatternFill("solid", fgColor="E8EDF4")
        cell.alignment = Alignment(horizontal="center", vertical="center")
        cell.border = _border()
    sheet.row_dimensions[_HEAD_ROW].height = 20


def _border() -> Any:
    from openpyxl.styles import Border, Side

    line = Side(style="thin", color="9AA5B1")
    return Border(left=line, right=line, top=line, bottom=line)


def _write_group(sheet: Any, at: int, width: int, title: str) -> None:
    from openpyxl.styles import Font, PatternFill

    cell = sheet.cell(at, 1)
    put_text(cell, title)
    cell.font = Font(name=FONT, size=11, bold=True)
    for column in range(1, width + 1):
        sheet.cell(at, column).fill = PatternFill("solid", fgColor="F3F5F8")
        sheet.cell(at, column).border = _border()
    if width > 1:
        sheet.merge_cells(start_row=at, start_column=1, end_row=at, end_column=width)


def _write_row(
    sheet: Any,
    at: int,
    columns: Sequence[LedgerColumn],
    row: LedgerRow,
    snapshot: YearSnapshot,
    ruleset: RuleSet,
) -> None:
    texts = row_texts(row, snapshot, ruleset)
    for place, column in enumerate(columns, 1):
        cell = sheet.cell(at, place)
        dress(cell, "ledger", _look)
        _put(cell, column, row.event, texts[column])


def _look(cell: Any) -> None:
    from openpyxl.styles import Alignment, Font

    cell.font = Font(name=FONT, size=11)
    cell.alignment = Alignment(vertical="center", wrap_text=True, horizontal="left")
    cell.border = _border()


def _put(cell: Any, column: LedgerColumn, event: Event, text: str) -> None:
    """A real date or time where it is exactly known, else the words on the screen; raw words where there are some."""
    start = event.starts_at
    if column is LedgerColumn.DATE and start is not None and is_exact_day(event):
        put_day(cell, start.date())
    elif column is LedgerColumn.TIME and start is not None and event.precision is Precision.TIME:
        put_clock(cell, start)
    elif column is LedgerColumn.DATE and event.raw_time.strip() and event.day is None:
        put_text(cell, event.raw_time)
    else:
        put_text(cell, text)


def is_exact_day(event: Event) -> bool:
    """Whether one certain day says it all: known to the day, and not 暂定."""
    return event.day is not None and not event.tentative


def _set_up(sheet: Any, columns: Sequence[LedgerColumn], last: int, *, filtered: bool) -> None:
    from openpyxl.utils import get_column_letter

    for place, column in enumerate(columns, 1):
        sheet.column_dimensions[get_column_letter(place)].width = _WIDTHS[column]
    sheet.freeze_panes = f"A{_HEAD_ROW + 1}"
    if filtered and columns:
        sheet.auto_filter.ref = f"A{_HEAD_ROW}:{get_column_letter(len(columns))}{max(last, _HEAD_ROW)}"
    sheet.page_setup.orientation = "landscape"
    sheet.page_setup.paperSize = 9
    sheet.page_setup.fitToHeight = 0
    sheet.sheet_properties.pageSetUpPr.fitToPage = True
    sheet.print_title_rows = f"{_HEAD_ROW}:{_HEAD_ROW}"
    sheet.oddFooter.center.text = "第 &P 页，共 &N 页"
