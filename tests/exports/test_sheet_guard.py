"""外来的工作簿：太大、太密、加密、带外部实体、结构坏的，打开之前就不收。"""

from __future__ import annotations

from io import BytesIO
from zipfile import ZIP_DEFLATED, ZIP_STORED, ZipFile

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from exports.office_guard import MOST_COLUMNS, MOST_PARTS, MOST_ROWS, require_safe
from exports.xlsx.reading.grid import read_workbook
from models.domain.errors import InputError, UserError
from tests.exports.sheet_making import HEAD, read, repacked_with, submission, workbook

GOOD = submission((1, "甲", "8月9日", "", "区司法局"))
SHEET = "xl/worksheets/sheet1.xml"


def packed(*parts: tuple[str, bytes], method: int = ZIP_DEFLATED) -> bytes:
    target = BytesIO()
    with ZipFile(target, "w", method) as archive:
        for name, content in parts:
            archive.writestr(name, content)
    return target.getvalue()


def test_a_sound_workbook_is_let_in() -> None:
    require_safe(GOOD, "x.xlsx")


@pytest.mark.parametrize(
    ("data", "why"),
    [
        (b"", "它不是完好的 .xlsx 文件"),
        (b"PK\x03\x04", "它不是完好的 .xlsx 文件"),
        (GOOD[:-40], "它不是完好的 .xlsx 文件"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"0" * 100, "加密的工作簿，或旧的 .xls 格式"),
        (packed(("a.txt", b"x")), "它不是 .xlsx 工作簿"),
        (packed(("xl/workbook.xml", b"<a/>"), ("../../x", b"x")), "指向文件夹之外"),
        (packed(("xl/workbook.xml", b"<a/>"), ("C:\\x", b"x")), "指向文件夹之外"),
        (packed(("xl/workbook.xml", b"<a/>"), ("XL/workbook.xml", b"<a/>")), "重名"),
        (packed(("xl/workbook.xml", b"<a/>"), *((f"x{n}", b"") for n in range(MOST_PARTS))), "个部分，至多 300 个"),
        (packed(("xl/workbook.xml", b" " * 3_000_000)), "压缩超过 150 倍"),
        (repacked_with(GOOD, **{SHEET: b'<!DOCTYPE a [<!ENTITY b SYSTEM "file:///etc/passwd">]><a>&b;</a>'}), "文档类型声明"),
        (repacked_with(GOOD, **{SHEET: b"<a/>" + b" " * (2**20 - 6) + b"<!doctype a>"}), "文档类型声明|压缩超过"),
        (repacked_with(GOOD, **{SHEET: '<?xml version="1.0" encoding="utf-16"?><!DOCTYPE a><a/>'.encode("utf-16")}), "不是 UTF-8"),
    ],
)  # fmt: skip
def test_what_is_not_let_in_is_said(data: bytes, why: str) -> None:
    with pytest.raises(InputError, match=why):
        require_safe(data, "x.xlsx")


def test_a_doctype_over_the_edge_of_two_chunks_is_seen() -> None:
    padding = bytes(n % 94 + 32 for n in range(2**20 - 5)).replace(b"<", b"a").replace(b"&", b"a")
    data = packed(("xl/workbook.xml", b"<a/>"), ("x.xml", padding + b"<!DOCTYPE x>"), method=ZIP_STORED)
    with pytest.raises(InputError, match="文档类型声明"):
        require_safe(data, "x.xlsx")


def test_an_encrypted_part_is_seen() -> None:
    data = bytearray(packed(("xl/workbook.xml", b"<a/>")))
    central = data.index(b"PK\x01\x02")
    data[central + 8] |= 1
    with pytest.raises(InputError, match="加密的部分"):
        require_safe(bytes(data), "x.xlsx")


def test_a_size_that_lies_is_seen() -> None:
    data = bytearray(packed(("xl/workbook.xml", b"<a/>" * 100), method=ZIP_DEFLATED))
    central = data.index(b"PK\x01\x02")
    data[central + 24 : central + 28] = (8).to_bytes(4, "little")
    with pytest.raises(InputError):
        require_safe(bytes(data), "x.xlsx")


def test_too_many_rows_and_columns_are_named() -> None:
    with pytest.raises(InputError, match=f"超过 {MOST_COLUMNS} 列"):
        read_workbook(workbook([[1] * (MOST_COLUMNS + 1)]), "x.xlsx")
    rows = "".join(f'<row r="{n}"><c r="A{n}"><v>1</v></c></row>' for n in range(1, MOST_ROWS + 2))
    xml = (
        '<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">'
        f"<sheetData>{rows}</sheetData></worksheet>"
    )
    with pytest.raises(InputError, match=f"超过 {MOST_ROWS} 行"):
        read_workbook(repacked_with(GOOD, **{SHEET: xml.encode()}), "x.xlsx")


def test_a_row_far_down_is_not_walked_to() -> None:
    xml = (
        b'<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>'
        b'<row r="1"><c r="A1"><v>1</v></c></row><row r="1048576"><c r="A1048576"><v>1</v></c></row></sheetData>'
        b'<mergeCells><mergeCell ref="A1:XFD1048576"/></mergeCells></worksheet>'
    )
    grid = read_workbook(repacked_with(GOOD, **{SHEET: xml}), "x.xlsx").sheets[0]
    assert len(grid.rows) == 1
    assert len(grid.merged) < 200


def test_a_claimed_dimension_is_not_believed() -> None:
    xml = (
        b'<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><dimension ref="A1:XFD1048576"/>'
        b'<sheetData><row r="1"><c r="A1"><v>7</v></c></row></sheetData></worksheet>'
    )
    assert read_workbook(repacked_with(GOOD, **{SHEET: xml}), "x.xlsx").sheets[0].rows == ((7,),)


@pytest.mark.parametrize("xml", [b"<a", b"", b"<worksheet/>", b"\xff\xfe"])
def test_a_broken_sheet_is_told_in_words(xml: bytes) -> None:
    with pytest.raises(InputError):
        read(repacked_with(GOOD, **{SHEET: xml}))


def test_formulas_are_never_worked_out() -> None:
    from openpyxl import load_workbook

    book = load_workbook(BytesIO(GOOD))
    book.active["B4"].value = "=1+1"
    target = BytesIO()
    book.save(target)
    assert [problem.reason for problem in read(target.getvalue()).problems] == ["没有写活动名称"]


@settings(max_examples=60, deadline=None)
@given(st.integers(0, len(GOOD) - 1), st.integers(1, 255))
def test_a_damaged_byte_never_breaks_the_reader(at: int, flip: int) -> None:
    damaged = bytearray(GOOD)
    damaged[at] ^= flip
    try:
        read(bytes(damaged))
    except UserError:
        return


@settings(max_examples=40, deadline=None)
@given(st.lists(st.lists(st.one_of(st.none(), st.text(max_size=12), st.floats(allow_nan=False, allow_infinity=False),
                                   st.booleans(), st.dates()), max_size=6), max_size=5))  # fmt: skip
def test_any_rows_are_read_or_refused_in_words(rows: list[list[object]]) -> None:
    from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE

    clean = [
        [ILLEGAL_CHARACTERS_RE.sub("", value) if isinstance(value, str) else value for value in row]
        for row in rows
    ]
    try:
        data = workbook([["2027年政府开放月"], HEAD, *clean])
    except (UnicodeEncodeError, ValueError):
        return
    reading = read(data)
    assert all(row.after is not None or row.problems for row in reading.rows)
