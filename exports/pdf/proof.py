"""核对：把写好的 PDF 读回来，每一项必须正好找到一次，否则不交出去。"""

from __future__ import annotations

import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from exports.pdf.page import Layout, PageFrame, frame_of
from exports.pdf.pdfium import PDFIUM
from exports.pdf.table import PrintedRow
from models.domain.errors import UserError

_LOST = dict.fromkeys(map(ord, "-\u00ad\u2010\u2011\ufffe\u0002"))
"""Hyphens: PDFium joins lines at them."""


class TextBox(NamedTuple):
    """A rectangle of a page (from the upper left corner of the 版心) in which ``text`` stands and nothing else."""

    what: str
    page: int
    left: float
    right: float
    top: float
    bottom: float
    text: str


class Expected(NamedTuple):
    """What must be on the pages of one document, in printed characters.

    ``pages`` from the first to behind the last; ``items`` the titles by number, ``rows`` where they
    were put, table by table; ``spots`` what stands outside of tables; ``phrases`` (what it is, its
    words) that must be found somewhere; ``feet`` the line or lines below every page; ``total`` items,
    of which ``shown`` stand outside of tables.
    """

    pages: range
    items: Mapping[int, str]
    rows: tuple[tuple[PrintedRow, ...], ...]
    spots: tuple[TextBox, ...]
    phrases: tuple[tuple[str, str], ...]
    notes: tuple[str, ...]
    feet: tuple[str, ...]
    total: int = 0
    shown: int = 0


def prove(data: bytes, layout: Layout, documents: Sequence[Expected]) -> None:
    """Read ``data`` back with PDFium and find everything expected where it belongs, exactly once.

    Raises ``UserError`` that names the item, or says which other part is missing.
    """
    import pypdfium2

    with PDFIUM:
        document = pypdfium2.PdfDocument(data)
        try:
            _prove_pages(_Pages(document, layout), documents)
        finally:
            document.close()


class _Pages:
    """The pages' text, by place. Pages are read one after the other; one text is kept at a time."""

    def __init__(self, document: Any, layout: Layout) -> None:
        self._layout = layout
        self._document = document
        self._open: tuple[int, Any] = (0, None)

    def __len__(self) -> int:
        return len(self._document)

    def whole(self, page: int) -> str:
        """All the text of a page that lies on the sheet."""
        return str(self._text(page).get_text_bounded())

    def body(self, page: int) -> str:
        """The text inside the 版心."""
        frame = self._frame(page)
        return self.within(page, 0, frame.width, 0, frame.height)

    def within(self, page: int, left: float, right: float, top: float, bottom: float) -> str:
        """The text inside a rectangle measured from the upper left corner of the 版心."""
        frame = self._frame(page)
        return str(
            self._text(page).get_text_bounded(
                left=frame.left + left,
                right=frame.left + right,
                top=frame.top - top,
                bottom=frame.top - bottom,
            )
        )

    def _frame(self, page: int) -> PageFrame:
        return frame_of(self._layout, page)

    def _text(self, page: int) -> Any:
        if self._open[0] != page:
            self._open = page, self._document[page - 1].get_textpage()
        return self._open[1]


def _prove_pages(pages: _Pages, documents: Sequence[Expected]) -> None:
    wanted = sum(len(expected.pages) for expected in documents)
    if len(pages) != wanted:
        raise _refused(f"应有{wanted}页，读回{len(pages)}页")
    for expected in documents:
        _prove_document(pages, expected)


def _prove_document(pages: _Pages, expected: Expected) -> None:
    body, counted, read = [], [], _Read(expected)
    for page, foot in zip(expected.pages, expected.feet, strict=True):
        _prove_foot(pages, page, foot)
        counted += _numbers(pages, page, read.runs[page])
        read.rows_stand(pages, page)
        _prove_spots(pages, read.spots[page])
        body.append(squeezed(pages.body(page)))
    _prove_items(expected, counted, read)
    text = "".join(body)
    for what, part in _parts(expected):
        if squeezed(part) not in text:
            raise _refused(f"读回时找不到{what}“{part[:20]}”")


def _parts(expected: Expected) -> Iterator[tuple[str, str]]:
    yield from expected.phrases
    yield from (("附注", note) for note in expected.notes)


def _prove_foot(pages: _Pages, page: int, foot: str) -> None:
    """Count, page and check number stand at the foot of the page, each once."""
    whole = squeezed(pages.whole(page))
    if any(whole.count(squeezed(line)) != 1 for line in foot.split("\n")):
        raise _refused(f"第{page}页的页脚不完整")


def _prove_spots(pages: _Pages, spots: Iterable[TextBox]) -> None:
    for spot in spots:
        read = pages.within(spot.page, spot.left, spot.right, spot.top, spot.bottom)
        if squeezed(read) != squeezed(spot.text):
            raise _refused(f"读回时{spot.what}的内容不完整或有多余")


class _Read:
    """What was expected, by page, and which of the numbered rows were found."""

    def __init__(self, expected: Expected) -> None:
        self.runs: dict[int, list[list[PrintedRow]]] = defaultdict(list)
        self.spots: dict[int, list[TextBox]] = defaultdict(list)
        self.placed: dict[int, int] = defaultdict(int)
        self.standing: set[int] = set()
        self._expected = expected
        self._notes = frozenset(expected.notes)
        for table in expected.rows:
            by_page: dict[int, list[PrintedRow]] = defaultdict(list)
            for row in table:
                by_page[row.page].append(row)
                self.placed[row.number] += 1
            for page, rows in by_page.items():
                self.runs[page].append(rows)
        for spot in expected.spots:
            self.spots[spot.page].append(spot)

    def rows_stand(self, pages: _Pages, page: int) -> None:
        """Note which rows of the page have their number and their title where they belong."""
        for row in (row for rows in self.runs[page] for row in rows):
            title = self._expected.items.get(row.number)
            if title is not None and self._stands(pages, row, title):
                self.standing.add(row.number)

    def _stands(self, pages: _Pages, row: PrintedRow, title: str) -> bool:
        """Whether number and title stand in their row; a title too long for it begins there and is in the notes."""
        number = pages.within(row.page, *row.number_at, row.top, row.bottom)
        read = squeezed(pages.within(row.page, *row.title_at, row.top, row.bottom))
        if squeezed(number) != str(row.number):
            return False
        if title in self._notes:
            return squeezed(title).startswith(read.rpartition(squeezed("……（全文见第"))[0])
        return read == squeezed(title)


def _numbers(pages: _Pages, page: int, tables: list[list[PrintedRow]]) -> list[int]:
    """The 序号 read in their columns of a page, table by table, from the first numbered row to the last."""
    found: list[int] = []
    for rows in tables:
        top, bottom = min(row.top for row in rows), max(row.bottom for row in rows)
        words = pages.within(page, *rows[0].number_at, top, bottom).split()
        found += [int(word) for word in words if word.isascii() and word.isdigit()]
    return found


def _prove_items(expected: Expected, counted: list[int], read: _Read) -> None:
    times: dict[int, int] = defaultdict(int)
    for number in counted:
        times[number] += 1
    for number, title in expected.items.items():
        if times[number] != 1 or read.placed[number] != 1 or number not in read.standing:
            raise _refused(f"读回时第{number}项“{title[:20]}”没有正好找到一次")
    if len(counted) != len(expected.items) or len(counted) + expected.shown != expected.total:
        raise _refused(f"应有{expected.total}项，读回{len(counted) + expected.shown}项")


def squeezed(text: str) -> str:
    """``text`` for comparison: one form for every character, without white space and hyphens."""
    return "".join(unicodedata.normalize("NFKC", text).split()).translate(_LOST)


def _refused(what: str) -> UserError:
    return UserError(
        f"PDF 核对没有通过：{what}。",
        "没有写出文件，原有文件不变。",
        "请修改该项的文字后再试，或改用“仅用内置字体”。",
    )
