"""印：排版、写出、读回核对，一份或几份印件一个文件。"""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

from exports.pdf.desk import PrintDocument, WritingDesk
from exports.pdf.document import write_pdf
from exports.pdf.flow import Align, Flow, Sheet, Style
from exports.pdf.fonts import MISSING_MARK, FontBook, Role, font_book
from exports.pdf.items import digest_of
from exports.pdf.page import GRID_LEADING, GRID_PITCH, Layout
from exports.pdf.proof import Expected, prove
from exports.pdf.spill import write_notes
from exports.pdf.text import clean
from exports.pdf.times import day_line
from exports.print_options import COMPACT, Printed, PrintOptions, ReleaseMark
from models.domain.errors import InputError
from models.domain.text import quoted

DEMO = "演示数据，非真实活动安排"
_BASIS = Style(Role.NOTE, 10.5, 18)
_REMARK = Style(Role.NOTE, 10.5, 16)
_FOOT_ROOM = 0.8
_SCANT = 0.35
"""A last page that is filled less is not worth a sheet."""
_LONGEST_NAME = 20


class _Set(NamedTuple):
    """A document laid out: its pages and what must be found on them."""

    sheets: list[Sheet]
    expected: Expected


def print_documents(
    documents: Sequence[PrintDocument], layout: Layout, options: PrintOptions, *, demo: bool = False
) -> Printed:
    """The documents as one PDF that was read back and found complete, each from a new page on.

    The same documents, layout, options and fonts give the same bytes. Raises ``InputError`` where
    there is nothing to print, ``UserError`` when an item cannot be found on the finished pages.
    """
    if not documents:
        raise InputError("没有可以打印的内容。", "没有写出文件。", "请换一个范围。")
    book = font_book(bundled_only=layout.bundled_only)
    digest = digest_of(checked_words(documents))
    mark = standing_mark(documents[0], options)
    marks = (f"内容校验码 {digest}", *((mark, DEMO) if demo else (mark,)))
    sets: list[_Set] = []
    for document in documents:
        first = sets[-1].expected.pages.stop if sets else 1
        sets.append(_typeset(document, layout, options, book, first, marks))
    sheets = [sheet for one in sets for sheet in one.sheets]
    feet = [foot for one in sets for foot in one.expected.feet]
    data = write_pdf(sheets, layout, book, documents[0].title, feet)
    prove(data, layout, [one.expected for one in sets])
    items = sum(document.items for document in documents)
    return Printed(data, len(sheets), items, _warnings(documents, book), digest)


def checked_words(documents: Iterable[PrintDocument]) -> Iterator[str]:
    """Everything that the check number is about: not who prints, when, and how."""
    for document in documents:
        yield document.title
        yield from document.leads
        yield from document.remarks
        for part in document.parts:
            yield from (text for _, text in part.words())


def standing_mark(document: PrintDocument, options: PrintOptions) -> str:
    """What its foot says that it is of: the release with the beginning of its hash, else 草案 or 尚未印发."""
    release = options.release
    if release is None:
        return document.draft or "尚未印发"
    return f"{release_words(release)} {release.digest[:8]}"


def standing_words(document: PrintDocument, options: PrintOptions) -> str:
    """What stands below its title: 草案 or the release; "" in the clean form of a release, which is as it goes out."""
    if options.release is None:
        return f"（{document.draft}）" if document.draft else ""
    return "" if options.clean else release_words(options.release)


def release_words(release: ReleaseMark) -> str:
    """印发稿3“二季度计划”（2027年6月1日）."""
    name = clean(release.name).text.replace("\n", " ")
    if len(name) > _LONGEST_NAME:
        name = f"{name[: _LONGEST_NAME - 1]}…"
    return f"印发稿{release.number}{quoted(name) if name else ''}（{day_line(release.day)}）"


# ── 排版 ──


def _typeset(
    document: PrintDocument,
    layout: Layout,
    options: PrintOptions,
    book: FontBook,
    first: int,
    marks: tuple[str, ...],
) -> _Set:
    """Lay the document out; where its last page would hold next to nothing, closer if that saves the page.

    A poster is to be one sheet: it is set closer wherever that saves one.
    """
    desk = _settled(document, layout, options, book, first)
    worth = 1.0 if document.poster else _SCANT
    if options.spacing != COMPACT and len(desk.flow.sheets) > 1 and desk.flow.y < worth * desk.flow.height:
        closer = _settled(document, layout, options._replace(spacing=COMPACT), book, first)
        if len(closer.flow.sheets) < len(desk.flow.sheets):
            desk = closer
    sheets = desk.flow.sheets
    feet = tuple(_feet(document.items, len(sheets), marks, book, desk.flow.width))
    return _Set(sheets, _expected(document, desk, feet, book))


def _settled(
    document: PrintDocument, layout: Layout, options: PrintOptions, book: FontBook, first: int
) -> WritingDesk:
    """Laid out; again where cells point to later pages, whose numbers are known only then."""
    desk = _lay_out(document, layout, options, book, first, {})
    if desk.marks and (desk.asked or desk.spill.notes):
        desk = _lay_out(document, layout, options, book, first, desk.marks)
    return desk


def _lay_out(
    document: PrintDocument,
    layout: Layout,
    options: PrintOptions,
    book: FontBook,
    first: int,
    known: Mapping[Hashable, int],
) -> WritingDesk:
    desk = WritingDesk(Flow(layout, book, first), known, compact=options.spacing == COMPACT)
    _write_title(desk.flow, document, options)
    for part in document.parts:
        part.write(desk)
    for remark in document.remarks:
        desk.flow.y += 4
        desk.flow.write(remark, _REMARK)
    for note, page in write_notes(desk.flow, desk.spill.notes).items():
        desk.marks[note] = page
    return desk


def _write_title(flow: Flow, document: PrintDocument, options: PrintOptions) -> None:
    """附件 on line 1, the title from line 3 on, 草案 or the release below it; then issuer, basis and date."""
    official = flow.layout.official and not document.poster
    leading = GRID_LEADING if official else 34.0
    head, title, mark = Style(Role.HEAD, GRID_PITCH, leading), Style(Role.TITLE, 22, leading), GRID_PITCH
    if document.poster:
        head, title, mark = Style(Role.HEAD, 12, 16), Style(Role.TITLE, 18, 26), 10.5
    if flow.layout.official:
        flow.write(clean(flow.layout.attachment, 40).text, head)
        flow.y = head.leading if document.poster else 2 * leading
    flow.heading(document.title)
    flow.write(document.title, title, Align.CENTRE)
    standing = standing_words(document, options)
    if standing and options.release is None:
        below = 16.0 if document.poster else leading if official else 22.0
        flow.write(standing, Style(Role.NOTE, mark, below), Align.CENTRE)
    elif standing:
        flow.write(standing, Style(Role.NOTE, 12, 20), Align.CENTRE)
    _write_leads(flow, document, options)


def _write_leads(flow: Flow, document: PrintDocument, options: PrintOptions) -> None:
    """Issuer and basis at the left, the date at the right of the first of them."""
    issued = options.issued_on
    day = day_line(issued) if issued else ""
    issuer = clean(options.issuer, 100).text.replace("\n", " ")
    leads = [f"编制单位：{issuer}"] if issuer else []
    flow.y += 4
    room = flow.width - flow.book[_BASIS.role].width(day, _BASIS.size) - 10
    flow.put([day], _BASIS, Align.RIGHT, 0, flow.y, flow.width)
    for at, lead in enumerate((*leads, *document.leads) or ("",)):
        width = flow.width if at else room
        lines = flow.lines_of(lead, _BASIS, width)
        flow.put(lines, _BASIS, Align.LEFT, 0, flow.y, width)
        flow.y += len(lines) * _BASIS.leading
    flow.y += 4


def _feet(items: int, pages: int, marks: tuple[str, ...], book: FontBook, width: float) -> Iterator[str]:
    """The line below every page; two lines where one would reach the page number."""
    for page in range(1, pages + 1):
        count = f"本表共 {items} 项，第 {page}/{pages} 页"
        line = "　".join((count, *marks))
        if book[Role.BODY].width(line, 9) <= _FOOT_ROOM * width:
            yield line
        else:
            yield f"{count}　{marks[0]}\n{'　'.join(marks[1:])}"


# ── 核对 ──


def _expected(document: PrintDocument, desk: WritingDesk, feet: tuple[str, ...], book: FontBook) -> Expected:
    """What must be read on the pages, in the characters that are printed."""
    printed = book[Role.BODY].printed
    sheets = desk.flow.sheets
    return Expected(
        pages=range(sheets[0].number, sheets[-1].number + 1),
        total=document.items,
        shown=desk.shown,
        items={number: printed(title) for number, title in desk.items.items()},
        rows=tuple(desk.tables),
        spots=tuple(spot._replace(text=printed(spot.text)) for spot in desk.spots),
        phrases=(
            ("标题", book[Role.TITLE].printed(document.title)),
            *((what, printed(words)) for what, words in desk.phrases),
        ),
        notes=tuple(printed(note.text) for note in desk.spill.notes),
        feet=tuple(printed(foot) for foot in feet),
    )


def _warnings(documents: Sequence[PrintDocument], book: FontBook) -> tuple[str, ...]:
    """What is not printed as it was written: characters without a glyph, texts cut at the limit."""
    body = book[Role.BODY]
    where: dict[str, list[int]] = {}
    for document in documents:
        for number, text in _numbered_words(document):
            for character in body.missing(text.replace("\x1f", "")):
                numbers = where.setdefault(character, [])
                if number is not None and number not in numbers:
                    numbers.append(number)
    cut = (warning for document in documents for warning in document.cut)
    return (*(_missing_warning(character, numbers) for character, numbers in where.items()), *cut)


def _numbered_words(document: PrintDocument) -> Iterator[tuple[int | None, str]]:
    yield None, document.title
    for text in (*document.leads, *document.remarks):
        yield None, text
    for part in document.parts:
        yield from part.words()


def _missing_warning(character: str, numbers: list[int]) -> str:
    places = (
        f"（第{'、'.join(map(str, numbers[:5]))}{'等' if len(numbers) > 5 else ''}项）" if numbers else ""
    )
    return f"“{character}”（U+{ord(character):04X}）没有可用的字形，印作“{MISSING_MARK}”{places}。"
