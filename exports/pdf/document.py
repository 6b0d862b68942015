"""写出 PDF：页面、页码、页脚、书签；同样的内容总是同样的字节。"""

from __future__ import annotations

from collections.abc import Sequence
from io import BytesIO
from threading import Lock
from typing import Any, NamedTuple

from exports.pdf.flow import Fill, PrintedWords, RuledLine, Sheet, Style
from exports.pdf.fonts import FontBook, Role, Typeface
from exports.pdf.page import FOLIO_SIZE, Layout, PageFrame, folio_of, frame_of, turned

PROGRAM = "宝公开排期"
_DASH = "—"
_FOOT_STYLE = Style(Role.BODY, 9, 11)
_FOOT_DROP = 14.0
_RENDERING = Lock()
"""reportlab's fonts keep a reading position: one document at a time."""


def write_pdf(
    sheets: Sequence[Sheet], layout: Layout, book: FontBook, title: str, feet: Sequence[str]
) -> bytes:
    """The bytes of the document: ``sheets`` in order, each with its page number and its line of ``feet``.

    Title and program are the only metadata: no person, no time, no random id.
    """
    from reportlab.pdfgen.canvas import Canvas

    target = BytesIO()
    with _RENDERING:
        font = book[Role.BODY].glyph(_DASH).font  # or reportlab names Helvetica on every page
        canvas = Canvas(target, pageCompression=1, invariant=1, initialFontName=font)
        _describe(canvas, title)
        for sheet, foot in zip(sheets, feet, strict=True):
            _draw_page(_Pen(canvas, book, frame_of(layout, sheet.number)), layout, sheet, foot)
            canvas.showPage()
        canvas.save()
    return target.getvalue()


def _describe(canvas: Any, title: str) -> None:
    from reportlab.pdfbase.pdfdoc import PDFString

    document = canvas._doc  # noqa: SLF001 (reportlab has no other way to the catalogue)
    document.info = _information()
    document.Catalog.Lang = PDFString("zh-CN")
    canvas.setTitle(title)
    canvas.setAuthor(PROGRAM)
    canvas.setCreator(PROGRAM)
    canvas.setSubject(title)
    canvas.setViewerPreference("DisplayDocTitle", "true")


def _information() -> Any:
    from reportlab.pdfbase.pdfdoc import PDFDictionary, PDFInfo, PDFString

    class Information(PDFInfo):  # type: ignore[misc]
        """Document information without the times, which reportlab would invent in its invariant mode."""

        def format(self, document: Any) -> Any:
            entries = {
                "Title": self.title,
                "Author": self.author,
                "Subject": self.subject,
                "Creator": self.creator,
            }
            return PDFDictionary({key: PDFString(value) for key, value in entries.items()}).format(document)

    return Information()


class _Pen(NamedTuple):
    """Draws on a page in the coordinates of its 版心."""

    canvas: Any
    book: FontBook
    frame: PageFrame

    def words(self, words: PrintedWords) -> None:
        self.line(self.frame.left + words.x, self.frame.top - words.y, words.style, words.text)

    def line(self, x: float, y: float, style: Style, text: str) -> None:
        """Draw ``text`` from the point (x, y) of the sheet, each stretch in its own font."""
        pen = self.canvas.beginText(x, y)
        for font, stretch in self.book[style.role].runs(text):
            pen.setFont(font, style.size)
            pen.textOut(stretch)
        self.canvas.drawText(pen)

    def rule(self, rule: RuledLine) -> None:
        self.canvas.setLineWidth(rule.weight)
        left, top = self.frame.left, self.frame.top
        self.canvas.line(left + rule.x0, top - rule.y0, left + rule.x1, top - rule.y1)

    def fill(self, fill: Fill) -> None:
        self.canvas.setFillGray(fill.grey)
        left, top = self.frame.left + fill.x0, self.frame.top - fill.y1
        self.canvas.rect(left, top, fill.x1 - fill.x0, fill.y1 - fill.y0, stroke=0, fill=1)
        self.canvas.setFillGray(0)


def _draw_page(pen: _Pen, layout: Layout, sheet: Sheet, foot: str) -> None:
    frame = pen.frame
    pen.canvas.setPageSize((frame.sheet_width, frame.sheet_height))
    pen.canvas.setLineCap(2)
    for fill in sheet.fills:
        pen.fill(fill)
    for rule in sheet.rules:
        pen.rule(rule)
    for cover in sheet.covers:
        pen.fill(cover)
    for words in sheet.words:
        pen.words(words)
    _draw_headings(pen, sheet)
    _draw_folio(pen, layout, sheet.number)
    _draw_foot(pen, layout, sheet.number, foot)


def _draw_headings(pen: _Pen, sheet: Sheet) -> None:
    for at, (title, y) in enumerate(sheet.headings):
        key = f"p{sheet.number}-{at}"
        pen.canvas.bookmarkHorizontalAbsolute(key, pen.frame.top - y)
        pen.canvas.addOutlineEntry(title, key)


def _draw_folio(pen: _Pen, layout: Layout, number: int) -> None:
    style = Style(Role.FOLIO, FOLIO_SIZE, FOLIO_SIZE)
    typeface = pen.book[style.role]
    text = f"{_DASH} {number} {_DASH}"
    folio = folio_of(layout, number, typeface.width(text, style.size), _dash_top(typeface))
    pen.canvas.saveState()
    pen.canvas.translate(folio.x, folio.y)
    if folio.turned:
        pen.canvas.rotate(-90)
    pen.line(0, 0, style, text)
    pen.canvas.restoreState()


def _dash_top(typeface: Typeface) -> float:
    """How far the upper edge of the page number's dash lies above the baseline."""
    return typeface.bounds(_DASH)[1] * FOLIO_SIZE / 1000


def _draw_foot(pen: _Pen, layout: Layout, number: int, foot: str) -> None:
    """The line or lines below the 版心, at the side where the page number is not."""
    frame, style = pen.frame, _FOOT_STYLE
    beside_folio = layout.official and not turned(layout) and number % 2 == 0
    for at, line in enumerate(foot.split("\n")):
        room = frame.width - pen.book[style.role].width(line, style.size)
        y = frame.bottom - _FOOT_DROP - at * style.leading
        pen.line(frame.left + (room if beside_folio else 0), y, style, line)
