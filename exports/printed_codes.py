"""印件的校验码：从页脚那一行、从我们自己的 PDF 与 Word 文件里读出来。"""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import unescape
from io import BytesIO
from zipfile import ZipFile

from exports.office_guard import UNREADABLE, WORD, fault_of
from models.domain.errors import InputError
from models.domain.text import quoted

LONGEST_TEXT = 2_000
_CODE = re.compile(r"(?<![0-9A-Za-z])[0-9A-Fa-f]{6,64}(?![0-9A-Za-z])")
_NUMBER = re.compile(r"印发稿\s*[第（(]?\s*(\d{1,4})")
_FOOT = re.compile(r"[^\r\n]*校验码[^\r\n]*(?:\r?\n[^\r\n]*)?")
"""The line with the check number and the next one: on a narrow page the foot takes two."""
_WORD_FOOT = re.compile(r"word/footer\d*\.xml")
_MOST_PAGES = 3
_WORD_TEXT = re.compile(r"<w:t(?: [^<>]*)?>([^<]*)</w:t>")
_LARGEST_PART = 1_000_000
_DAMAGED = "已损坏或加了密码"


def codes_in(text: str) -> tuple[str, ...]:
    """The check numbers in ``text``, in capitals; of a print's digest six characters are enough."""
    return tuple(code.upper() for code in _CODE.findall(text[:LONGEST_TEXT]))


def releases_named_in(text: str) -> frozenset[int]:
    """The numbers of the releases that ``text`` names."""
    return frozenset(int(number) for number in _NUMBER.findall(text))


def foot_of(data: bytes, name: str = "") -> str:
    """The foot with the check number in a PDF, a Word document or a short text; "" where there is none.

    ``InputError`` where the file is damaged or locked.
    """
    if data.startswith(b"%PDF"):
        return _first_foot(_pdf_texts(data, name))
    if data.startswith(b"PK"):
        return _first_foot(_word_texts(data, name))
    try:
        text = data[: LONGEST_TEXT + 1].decode("utf-8-sig")
    except UnicodeDecodeError:
        return ""
    return text if len(data) <= LONGEST_TEXT and _CODE.search(text) else ""


def _first_foot(texts: Iterator[str]) -> str:
    for text in texts:
        for foot in _FOOT.findall(text):
            if _CODE.search(foot):
                return " ".join(str(foot).split())
    return ""


def _pdf_texts(data: bytes, name: str) -> Iterator[str]:
    """The text of the first pages: the foot is the same on each."""
    import pypdfium2

    from exports.pdf.pdfium import PDFIUM

    with PDFIUM:
        try:
            document = pypdfium2.PdfDocument(data)
        except pypdfium2.PdfiumError as error:
            raise _unreadable(name) from error
        try:
            for at in range(min(len(document), _MOST_PAGES)):
                page = document[at]
                words = page.get_textpage()
                yield words.get_text_range()
                words.close()
                page.close()
        except pypdfium2.PdfiumError as error:
            raise _unreadable(name) from error
        finally:
            document.close()


def _word_texts(data: bytes, name: str) -> Iterator[str]:
    """The text of each foot of a Word document."""
    if why := fault_of(data, WORD._replace(damaged=_DAMAGED, locked=_DAMAGED)):
        raise _unreadable(name, why)
    try:
        with ZipFile(BytesIO(data)) as parts:
            for part in parts.infolist():
                if _WORD_FOOT.fullmatch(part.filename) and part.file_size <= _LARGEST_PART:
                    xml = parts.read(part).decode(errors="replace")
                    yield unescape("".join(_WORD_TEXT.findall(xml)))
    except UNREADABLE as error:
        raise _unreadable(name) from error


def _unreadable(name: str, why: str = _DAMAGED) -> InputError:
    shown = quoted(name) if name else "这个文件"
    remedy = "请改用页脚的校验码或日历文件核对。"
    return InputError(f"{shown}打不开，{why}。", "没有核对。", remedy)
