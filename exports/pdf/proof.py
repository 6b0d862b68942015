"""核对：把写好的 PDF 读回来，每一项必须正好找到一次，否则不交出去。"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from exports.pdf.page import Frame, Layout, frame_of
from exports.pdf.pdfium import PDFIUM
from exports.pdf.table import Placement
from models.domain.errors import UserError

_LOST = dict.fromkeys(map(ord, "-\u00ad\u2010\u2011\ufffe\u0002"))
"""Hyphens: PDFium joins lines at them."""


class Expected(NamedTuple):
    """What must be on the pages: texts in printed characters, columns measured from the 版心's left."""

    title: str
    items: Mapping[int, str]
    duties: tuple[str, ...]
    notes: tuple[str, ...]
    feet: tuple[str, ...]
    placements: tuple[Placement, ...]
    number_column: tuple[float, float]
    title_column: tuple[float, float]


def prove(data: bytes, layout: Layout, expected: Expected) -> None:
    """Read ``data`` back with PDFium and find everything expected where it belongs, exactly once.

    Raises ``UserError`` that names the item, or says which other part is missing.
    """
    import pypdfium2

    with PDFIUM:
        document = pypdfium2.PdfDocument(data)
        try:
            _prove_pages(_Pages(document, layout), expected)
        finally:
            document.close()


class _Pages:
    """The pages' text, by place."""

    def __init__(self, document: Any, layout: Layout) -> None:
        self._layout = layout
        self._texts = [page.get_textpage() for page in document]

    def __len__(self) -> int:
        return len(self._texts)

    def whole(self, page: int) -> str:
        """All the text of a page that lies on the sheet."""
        return str(self._texts[page - 1].get_text_bounded())

    def body(self, page: int) -> str:
        """The text inside the 版心."""
        frame = self._frame(page)
        return self.within(page, 0, frame.width, 0, frame.height)

    def within(self, page: int, left: float, right: float, top: float, bottom: float) -> str:
        """The text inside a rectangle measured from the upper left corner of the 版心."""
        frame = self._frame(page)
        return str(
            self._texts[page - 1].get_text_bounded(
                left=frame.left + left,
                right=frame.left + right,
                top=frame.top - top,
                bottom=frame.top - bottom,
            )
        )

    def _frame(self, page: int) -> Frame:
        return frame_of(self._layout, page)


def _prove_pages(pages: _Pages, expected: Expected) -> None:
    if len(pages) != len(expected.feet):
        raise _refused(f"应有{len(expected.feet)}页，读回{len(pages)}页")
    _prove_feet(pages, expected.feet)
    _prove_items(pages, expected)
    text = "".join(squeezed(pages.body(page)) for page in range(1, len(pages) + 1))
    for what, part in _parts(expected):
        if squeezed(part) not in text:
            raise _refused(f"读回时找不到{what}“{part[:20]}”")


def _parts(expected: Expected) -> Iterator[tuple[str, str]]:
    yield "标题", expected.title
    yield from (("频次核对", duty) for duty in expected.duties)
    yield from (("附注", note) for note in expected.notes)


def _prove_feet(pages: _Pages, feet: Sequence[str]) -> None:
    """Count, page and check number stand at the foot of every page, each once."""
    for number, foot in enumerate(feet, start=1):
        if squeezed(pages.whole(number)).count(squeezed(foot)) != 1:
            raise _refused(f"第{number}页的页脚不完整")


def _prove_items(pages: _Pages, expected: Expected) -> None:
    counted = [number for page in range(1, len(pages) + 1) for number in _numbers(pages, page, expected)]
    for number, title in expected.items.items():
        found = [placement for placement in expected.placements if placement.number == number]
        if counted.count(number) != 1 or len(found) != 1 or not _stands(pages, found[0], title, expected):
            raise _refused(f"读回时第{number}项“{title[:20]}”没有正好找到一次")
    if len(counted) != len(expected.items):
        raise _refused(f"应有{len(expected.items)}项，读回{len(counted)}项")


def _numbers(pages: _Pages, page: int, expected: Expected) -> list[int]:
    """The 序号 read in their column of a page, from the first numbered row to the last."""
    rows = [placement for placement in expected.placements if placement.page == page]
    if not rows:
        return []
    top, bottom = min(row.top for row in rows), max(row.bottom for row in rows)
    words = pages.within(page, *expected.number_column, top, bottom).split()
    return [int(word) for word in words if word.isascii() and word.isdigit()]


def _stands(pages: _Pages, row: Placement, title: str, expected: Expected) -> bool:
    """Whether number and title stand in their row; a title too long for it begins there and is in the notes."""
    number = pages.within(row.page, *expected.number_column, row.top, row.bottom)
    read = squeezed(pages.within(row.page, *expected.title_column, row.top, row.bottom))
    if squeezed(number) != str(row.number):
        return False
    if title in expected.notes:
        return squeezed(title).startswith(read.rpartition(squeezed("……（全文见第"))[0])
    return read == squeezed(title)


def squeezed(text: str) -> str:
    """``text`` for comparison: one form for every character, without white space and hyphens."""
    return "".join(unicodedata.normalize("NFKC", text).split()).translate(_LOST)


def _refused(what: str) -> UserError:
    return UserError(
        f"PDF 核对没有通过：{what}。",
        "没有写出文件，原有文件不变。",
        "请修改该项的文字后再试，或改用“仅用内置字体”。",
    )
