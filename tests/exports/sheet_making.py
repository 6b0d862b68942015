"""各单位的报送表：小小的建造函数。"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from io import BytesIO
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile

from exports.xlsx.cells import put_text
from exports.xlsx.reading.submission import read_submission
from exports.xlsx.reading.values import FileReading, FileRow
from models.domain.snapshot import YearSnapshot
from tests.factories import year

TITLE = "2027年宝山区政府开放月活动报送表"
HEAD = ("序号", "活动名称", "活动时间", "活动地点", "牵头单位", "备注")


def workbook(rows: Iterable[Sequence[Any]], *, merged: Sequence[str] = (), title: str = "Sheet1") -> bytes:
    """A workbook with one sheet of ``rows``; texts are texts."""
    from openpyxl import Workbook

    book = Workbook()
    sheet = book.active
    sheet.title = title
    for row in rows:
        sheet.append(list(row))
    for cells in sheet.iter_rows():
        for cell in cells:
            if isinstance(cell.value, str):
                put_text(cell, cell.value)
    for area in merged:
        sheet.merge_cells(area)
    return saved(book)


def saved(book: Any) -> bytes:
    """The bytes of ``book``."""
    target = BytesIO()
    book.save(target)
    return target.getvalue()


def submission(
    *rows: Sequence[Any],
    head: Sequence[Any] = HEAD,
    unit: str = "填报单位：区司法局",
    title: str = TITLE,
    merged: Sequence[str] = (),
) -> bytes:
    """A department's own sheet: title, 填报单位, head, rows (from row 4 on)."""
    return workbook([[title], [unit], head, *rows], merged=merged)


def read(data: bytes, snapshot: YearSnapshot | None = None, **more: Any) -> FileReading:
    """What the sheet says about a small year."""
    return read_submission(data, snapshot if snapshot is not None else year(), "报送.xlsx", **more)


def only(reading: FileReading) -> FileRow:
    """The one row."""
    (row,) = reading.rows
    return row


def repacked_with(data: bytes, **parts: bytes) -> bytes:
    """The workbook with other or further parts; ``a__b`` in a name stands for a/b, ``_xml`` at its end for .xml."""
    target = BytesIO()
    with ZipFile(BytesIO(data)) as source, ZipFile(target, "w", ZIP_DEFLATED) as packed:
        for name in source.namelist():
            packed.writestr(name, parts.pop(name, source.read(name)))
        for name, content in parts.items():
            packed.writestr(name, content)
    return target.getvalue()
