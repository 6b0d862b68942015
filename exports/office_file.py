"""Office 文件的外壳：同样的内容总是同样的字节，属性里没有人名也没有时钟。"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from io import BytesIO
from typing import Any
from xml.sax.saxutils import escape
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from models.domain.errors import StoreError

PROGRAM = "宝公开排期"
CORE = "docProps/core.xml"
_MIDNIGHT_1980 = (1980, 1, 1, 0, 0, 0)


def book_bytes(book: Any) -> bytes:
    """The workbook as openpyxl writes it; ``StoreError`` where the temporary files it needs cannot be written."""
    target = BytesIO()
    try:
        book.save(target)
    except OSError as error:
        raise StoreError(
            "工作簿没有做成：临时文件夹写不进去。",
            f"系统报告：{error.strerror or error}。没有写出文件。",
            "请在系统盘上清出空间后再试。",
        ) from error
    return target.getvalue()


def repacked(data: bytes, title: str, day: date, replaced: Mapping[str, bytes] | None = None) -> bytes:
    """The Office file ``data`` with nothing in it that changes from run to run.

    Times of the archive are those of 1980; the core properties are ``title``, the program and ``day``;
    ``replaced`` takes the place of parts of the same name.
    """
    parts = {CORE: _core(title, day), **(replaced or {})}
    target = BytesIO()
    with ZipFile(BytesIO(data)) as source, ZipFile(target, "w", ZIP_DEFLATED) as packed:
        for name in source.namelist():
            info = ZipInfo(name, _MIDNIGHT_1980)
            info.compress_type = ZIP_DEFLATED
            info.create_system = 0
            info.external_attr = 0
            packed.writestr(info, parts.get(name, source.read(name)), compresslevel=6)
    return target.getvalue()


def _core(title: str, day: date) -> bytes:
    moment = f"{day.isoformat()}T00:00:00Z"
    return (
        '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
        '<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties" '
        'xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/" '
        'xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">'
        f"<dc:title>{escape(title)}</dc:title><dc:creator>{PROGRAM}</dc:creator>"
        f"<cp:lastModifiedBy>{PROGRAM}</cp:lastModifiedBy>"
        f'<dcterms:created xsi:type="dcterms:W3CDTF">{moment}</dcterms:created>'
        f'<dcterms:modified xsi:type="dcterms:W3CDTF">{moment}</dcterms:modified>'
        "</cp:coreProperties>"
    ).encode()
