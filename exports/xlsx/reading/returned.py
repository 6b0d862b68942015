"""退回件：单位交来的那张表原样，有问题的格子标出来，旁边写明原因。"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from datetime import date
from io import BytesIO
from typing import Any

from exports.office_file import PROGRAM, book_bytes, repacked
from exports.office_guard import require_safe
from exports.xlsx.cells import FONT, put_text
from exports.xlsx.reading.heads import MARK_HEAD
from exports.xlsx.reading.plain import bare
from exports.xlsx.reading.values import CellProblem, FileReading, FileRow

_REFUSED, _ODD = "FFC7CE", "FFEB9C"
_MARK_WIDTH = 46


def returned_bytes(data: bytes, reading: FileReading) -> bytes:
    """The workbook ``data`` with every problem of ``reading`` marked: cell coloured, reason beside the row.

    Red for what was not taken, yellow for what was taken and looks odd; marks of an earlier 退回件 are gone. The
    same sheet and problems give the same bytes.
    """
    from openpyxl import load_workbook

    require_safe(data, reading.file)
    book = load_workbook(BytesIO(data), keep_links=False)
    by_sheet: dict[str, list[FileRow]] = defaultdict(list)
    for row in reading.rows:
        by_sheet[row.sheet].append(row)
    for name, rows in by_sheet.items():
        if name in book.sheetnames:
            _mark_sheet(book[name], rows)
    return repacked(book_bytes(book), f"退回：{reading.file}", date(reading.year, 1, 1))


def _mark_sheet(sheet: Any, rows: Iterable[FileRow]) -> None:
    column = _mark_column(sheet)
    head_row = max(1, min((row.row for row in rows), default=2) - 1)
    for row in rows:
        for problem in row.problems:
            if problem.column:
                _mark_cell(sheet, problem)
        words = "；".join(_said(problem) for problem in row.problems)
        cell = _upper_left(sheet, row.row, column)
        put_text(cell, words)
        _look(cell, _REFUSED if row.refused else _ODD if words else "")
    _write_head(sheet, head_row, column)
    from openpyxl.utils import get_column_letter

    dimension = sheet.column_dimensions[get_column_letter(column)]
    dimension.width, dimension.hidden = _MARK_WIDTH, False


def _said(problem: CellProblem) -> str:
    where = f"{problem.head}：" if problem.head else ""
    fate = "（不收）" if problem.refused else ""
    return f"{where}{problem.reason}{fate}"


def _mark_column(sheet: Any) -> int:
    """The column of the marks: that of an earlier 退回件, cleared, else a new one."""
    for cells in sheet.iter_rows(min_row=1, max_row=min(sheet.max_row, 40)):
        for cell in cells:
            if isinstance(cell.value, str) and bare(cell.value) == MARK_HEAD:
                _clear_marks(sheet, cell.column)
                return int(cell.column)
    return int(sheet.max_column) + 1


def _clear_marks(sheet: Any, column: int) -> None:
    from openpyxl.styles import PatternFill

    for cells in sheet.iter_rows():
        for cell in cells:
            if cell.column == column:
                cell.value = None
            if getattr(cell, "comment", None) is not None and cell.comment.author == PROGRAM:
                cell.comment = None
            if cell.fill.fgColor.rgb in (f"00{_REFUSED}", f"00{_ODD}", f"FF{_REFUSED}", f"FF{_ODD}"):
                cell.fill = PatternFill()


def _upper_left(sheet: Any, row: int, column: int) -> Any:
    """The cell, or the one whose merged range covers it: only that one can be written."""
    cell = sheet.cell(row, column)
    if type(cell).__name__ != "MergedCell":
        return cell
    for merged in sheet.merged_cells.ranges:
        if cell.coordinate in merged:
            return sheet.cell(merged.min_row, merged.min_col)
    return cell


def _mark_cell(sheet: Any, problem: CellProblem) -> None:
    from openpyxl.comments import Comment
    from openpyxl.styles import PatternFill

    cell = _upper_left(sheet, problem.row, problem.column)
    cell.fill = PatternFill("solid", fgColor=_REFUSED if problem.refused else _ODD)
    earlier = f"{cell.comment.text}\n" if cell.comment is not None and cell.comment.author == PROGRAM else ""
    comment = Comment(f"{earlier}{_said(problem)}", PROGRAM)
    comment.width, comment.height = 260, 80
    cell.comment = comment


def _look(cell: Any, color: str) -> None:
    from openpyxl.styles import Alignment, Font, PatternFill

    cell.font = Font(name=FONT, size=11)
    cell.alignment = Alignment(wrap_text=True, vertical="center")
    if color:
        cell.fill = PatternFill("solid", fgColor=color)


def _write_head(sheet: Any, row: int, column: int) -> None:
    from openpyxl.styles import Alignment, Font

    cell = _upper_left(sheet, row, column)
    if cell.column != column:
        return
    put_text(cell, "问题（程序标注）")
    cell.font = Font(name="黑体", size=11, bold=True)
    cell.alignment = Alignment(horizontal="center", vertical="center")
