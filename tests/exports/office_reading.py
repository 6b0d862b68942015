"""Office 文件读回来：每一段文字的字体、压缩包里的时间、单元格的类型。"""

from __future__ import annotations

from io import BytesIO
from typing import Any
from xml.etree import ElementTree as ET
from zipfile import ZipFile

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
HOSTILE = (
    '=HYPERLINK("http://x","点")',
    "+1+1",
    "-2",
    "@SUM(A1)",
    "\t=1",
    "<b>&amp;</b><img src=x>",
    "]]><!DOCTYPE x>",
    "_x0041_ 与 _x000D_",
    "#N/A",
    "'引号",
    "𠮷野家 蕰藻浜",
    "第一行\n第二行",
    "'; DROP TABLE event; --",
    "{=cmd|' /C calc'!A0}",
)
"""Texts that try to be something else than text; none holds what ``clean_text`` takes away but the tab."""


def sheets(data: bytes) -> Any:
    """The workbook as openpyxl reads it."""
    from openpyxl import load_workbook

    return load_workbook(BytesIO(data))


def texts(sheet: Any) -> list[list[Any]]:
    """The values of a sheet, row by row."""
    return [[cell.value for cell in row] for row in sheet.iter_rows()]


def parts(data: bytes) -> dict[str, bytes]:
    """The parts of the file by name."""
    with ZipFile(BytesIO(data)) as packed:
        return {name: packed.read(name) for name in packed.namelist()}


def runs_without_font(data: bytes) -> list[str]:
    """Every run of body, tables, headers and footers that lacks a face in one of the four scripts."""
    found = []
    for name, part in parts(data).items():
        if not name.startswith(("word/document", "word/header", "word/footer")):
            continue
        for run in ET.fromstring(part).iter(f"{W}r"):
            fonts = run.find(f"{W}rPr/{W}rFonts")
            faces = (
                {fonts.get(f"{W}{script}") for script in ("ascii", "hAnsi", "eastAsia", "cs")}
                if fonts is not None
                else {None}
            )
            if None in faces or len(faces) != 1:
                found.append(f"{name}: {ET.tostring(run, encoding='unicode')[:200]}")
    return found


def word_text(data: bytes) -> str:
    """All the words of the body, paragraph by paragraph."""
    body = ET.fromstring(parts(data)["word/document.xml"])
    lines = []
    for paragraph in body.iter(f"{W}p"):
        line = ""
        for node in paragraph.iter():
            if node.tag == f"{W}t":
                line += node.text or ""
            elif node.tag in (f"{W}br", f"{W}cr"):
                line += "\n"
        lines.append(line)
    return "\n".join(lines)
