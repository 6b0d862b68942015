"""一张工作表读成格子：值、合并的单元格补齐；只读值，不算公式，不碰别的文件。"""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date, datetime, time, timedelta
from io import BytesIO
from typing import Any, NamedTuple
from zipfile import ZipFile

from exports.office_guard import MOST_COLUMNS, MOST_ROWS, UNREADABLE, require_safe
from exports.xlsx.cells import text_of
from models.domain.errors import InputError
from models.domain.text import LONGEST_TEXT, clean_text, quoted

Value = str | float | int | bool | datetime | date | time | None
"""What a cell holds; text is cleaned and at most ``LONGEST_TEXT`` characters."""

MOST_SHEETS = 50
MOST_MERGED = 20_000
_EMPTY_ROWS_END = 500
"""So many empty rows in a row end a sheet."""


class Grid(NamedTuple):
    """A sheet: its name, its rows (1-based through ``at``), merged cells filled down and across.

    ``merged`` leads from a cell to the upper left one whose value it shows; ``too_long`` names cells cut.
    """

    name: str
    rows: tuple[tuple[Value, ...], ...]
    merged: Mapping[tuple[int, int], tuple[int, int]] = {}
    hidden: bool = False
    too_long: tuple[tuple[int, int], ...] = ()
    width: int = 0
    """The number of columns of the widest row."""

    def at(self, row: int, column: int) -> Value:
        """The value of the cell, or of the merged one it belongs to; None beyond the edge."""
        row, column = self.merged.get((row, column), (row, column))
        if 1 <= row <= len(self.rows) and 1 <= column <= len(self.rows[row - 1]):
            return self.rows[row - 1][column - 1]
        return None

    def text(self, row: int, column: int) -> str:
        """The cell as text; dates and numbers as one would write them."""
        return value_text(self.at(row, column))


class Workbook(NamedTuple):
    """The sheets of a file in their order, and where its serial dates begin."""

    sheets: tuple[Grid, ...]
    epoch: datetime

    def sheet(self, name: str) -> Grid | None:
        """The sheet called ``name``."""
        return next((sheet for sheet in self.sheets if sheet.name == name), None)


def read_workbook(data: bytes, name: str) -> Workbook:
    """All sheets of the .xlsx file ``data``; ``InputError`` where it is none, not safe, or too large."""
    require_safe(data, name)
    from openpyxl import load_workbook
    from openpyxl.utils.exceptions import InvalidFileException

    try:
        book = load_workbook(BytesIO(data), read_only=True, data_only=True, keep_links=False)
        try:
            if len(book.worksheets) > MOST_SHEETS:
                raise InputError(
                    f"{quoted(name)}有 {len(book.worksheets)} 张工作表。", "没有导入。", "请只留要导入的。"
                )
            with ZipFile(BytesIO(data)) as packed:
                sheets = tuple(_grid(sheet, packed, name) for sheet in book.worksheets)
            return Workbook(sheets, book.epoch)
        finally:
            book.close()
    except (
        InvalidFileException,
        KeyError,
        TypeError,
        IndexError,
        AttributeError,
        SyntaxError,
        *UNREADABLE,
    ) as error:
        raise InputError(
            f"{quoted(name)}读不下去：它的内部结构不完整。",
            "没有导入。",
            "请用表格软件打开并另存为 .xlsx 后再导入。",
        ) from error


def _grid(sheet: Any, packed: ZipFile, name: str) -> Grid:
    sheet.reset_dimensions()
    rows: list[tuple[Value, ...]] = []
    too_long: list[tuple[int, int]] = []
    empty = 0
    for at, cells in enumerate(sheet.iter_rows(max_row=MOST_ROWS + 1, values_only=True), 1):
        values = tuple(cells)
        while values and values[-1] in (None, ""):
            values = values[:-1]
        empty = 0 if values else empty + 1
        if empty > _EMPTY_ROWS_END:
            break
        if at > MOST_ROWS:
            raise InputError(
                f"{quoted(name)}的{quoted(sheet.title)}超过 {MOST_ROWS} 行。",
                "没有导入。",
                "请分成几个文件。",
            )
        if len(values) > MOST_COLUMNS:
            raise InputError(
                f"{quoted(name)}的{quoted(sheet.title)}第 {at} 行超过 {MOST_COLUMNS} 列。",
                "没有导入。",
                "请删去多余的列。",
            )
        rows.append(tuple(_value(value, at, column, too_long) for column, value in enumerate(values, 1)))
    while rows and not rows[-1]:
        rows.pop()
    merged = _merged(packed, getattr(sheet, "_worksheet_path", ""), len(rows))
    width = max((len(row) for row in rows), default=0)
    hidden = sheet.sheet_state != "visible"
    return Grid(sheet.title, tuple(rows), merged, hidden, tuple(too_long), width)


def _value(value: Any, row: int, column: int, too_long: list[tuple[int, int]]) -> Value:
    if isinstance(value, str):
        text = clean_text(text_of(value))
        if len(text) > LONGEST_TEXT:
            too_long.append((row, column))
            text = text[:LONGEST_TEXT]
        return text
    if isinstance(value, timedelta):
        minutes = round(value.total_seconds() / 60)
        return time(minutes // 60, minutes % 60) if 0 <= minutes < 1440 else str(value)
    if value is None or isinstance(value, bool | int | float | datetime | date | time):
        return value
    return clean_text(str(value))[:LONGEST_TEXT]


_RANGE = re.compile(r"([A-Z]{1,3})([1-9][0-9]{0,6}):([A-Z]{1,3})([1-9][0-9]{0,6})")


def _merged(packed: ZipFile, path: str, last_row: int) -> dict[tuple[int, int], tuple[int, int]]:
    """Each covered cell and the upper left one of its merged range; the reader of large sheets does not tell them."""
    from defusedxml.ElementTree import iterparse

    found: dict[tuple[int, int], tuple[int, int]] = {}
    path = path.lstrip("/")
    if path not in packed.namelist():
        return found
    with packed.open(path) as stream:
        for _, element in iterparse(stream, events=("end",), forbid_dtd=True):
            tag = element.tag.rpartition("}")[2]
            if tag == "row":
                element.clear()
            elif tag == "mergeCell" and (match := _RANGE.fullmatch(element.get("ref", ""))):
                _cover(found, match, last_row)
                if len(found) > MOST_MERGED:
                    return found
    return found


def _cover(found: dict[tuple[int, int], tuple[int, int]], match: re.Match[str], last_row: int) -> None:
    first, last = _column(match[1]), min(_column(match[3]), MOST_COLUMNS)
    top, bottom = int(match[2]), min(int(match[4]), last_row)
    for row in range(top, bottom + 1):
        for column in range(first, last + 1):
            if len(found) > MOST_MERGED:
                return
            if (row, column) != (top, first):
                found[row, column] = (top, first)


def _column(letters: str) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - 64
    return number


def column_letters(number: int) -> str:
    """The letters of the column.

    >>> column_letters(1), column_letters(28)
    ('A', 'AB')
    """
    letters = ""
    while number:
        number, rest = divmod(number - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


def value_text(value: Value) -> str:
    """The value as one would write it."""
    if value is None:
        return ""
    if isinstance(value, datetime):
        words = f"{value.year}年{value.month}月{value.day}日"
        return words if value.time() == time() else f"{words}{value:%H:%M}"
    if isinstance(value, date):
        return f"{value.year}年{value.month}月{value.day}日"
    if isinstance(value, time):
        return f"{value:%H:%M}"
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, float) and value.is_integer() and abs(value) < 1e15:
        return str(int(value))
    return str(value)
