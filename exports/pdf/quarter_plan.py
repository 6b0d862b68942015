"""《季度活动计划》：排版、写出、核对。"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import NamedTuple

from exports.pdf.document import PrintedDocument, write_pdf
from exports.pdf.flow import Align, Flow, Style
from exports.pdf.fonts import MISSING_MARK, FontBook, Role, font_book
from exports.pdf.page import GRID_LEADING, GRID_PITCH, MM, Layout
from exports.pdf.proof import Expected, prove
from exports.pdf.quarter_facts import FREQUENCY_HEADS, HEADS, NO_ITEMS, QuarterFacts, quarter_facts
from exports.pdf.spill import Note, Spill, write_notes
from exports.pdf.table import Column, Look, Placement, Table
from exports.pdf.text import LONGEST_FIELD
from models.domain.errors import InputError
from models.domain.snapshot import YearSnapshot
from planners.results import YearCheck

_WIDE = (9, 17, 40, 38, 32, 24, 23, 20, 22)
_NARROW = (8, 13, 29, 27, 20, 16, 15, 13, 15)
"""Widths of the nine columns in millimetres, together 225 and 156; scaled where the paper has more room."""

_WIDE_FROM = 200 * MM
_CENTRED = frozenset({0, 1, 3})
_FREQUENCY_SHARES = (0.29, 0.06, 0.06, 0.23, 0.36)
_FREQUENCY_ALIGNS = (Align.LEFT, Align.CENTRE, Align.CENTRE, Align.LEFT, Align.LEFT)
_MOST_LINES, _MOST_LINES_NARROW = 10, 14
"""Lines a cell may have; longer ones go to the 附注."""

_BASIS = Style(Role.NOTE, 10.5, 18)
_SECTION = Style(Role.HEAD, 14, 26)
_REMARK = Style(Role.NOTE, 10.5, 16)
_GAP = 10.0

_WIDE_LOOK = Look(Style(Role.HEAD, 10.5, 15), Style(Role.BODY, 10.5, 14.5), Style(Role.HEAD, 10.5, 14.5), 2.1)
_NARROW_LOOK = Look(Style(Role.HEAD, 9, 13), Style(Role.BODY, 9, 12.5), Style(Role.HEAD, 9, 12.5), 2.0)
"""五号 on the wide page, 小五 in the narrow columns of a portrait one."""

STANDARD = Layout()
"""A landscape A4 sheet with the margins of a 公文附件, a draft."""


class _Typeset(NamedTuple):
    """The laid out pages and what is to be found on them."""

    flow: Flow
    placements: tuple[Placement, ...]
    notes: tuple[Note, ...]
    note_pages: Mapping[Note, int]


def quarter_plan(
    snapshot: YearSnapshot,
    check: YearCheck,
    quarter: int,
    *,
    layout: Layout = STANDARD,
    printed_on: date | None = None,
) -> PrintedDocument:
    """The plan of ``quarter`` (1–4) as a PDF that was read back and found complete.

    The same facts, layout and fonts give the same bytes. ``printed_on`` is printed where given.
    Warnings name characters without a glyph and texts that were cut. Raises ``InputError`` for
    another quarter, ``UserError`` when an item cannot be found on the finished pages.
    """
    if quarter not in (1, 2, 3, 4):
        raise InputError(f"没有第{quarter}季度。", remedy="季度应为1至4。")
    facts = quarter_facts(snapshot, check, quarter)
    book = font_book(bundled_only=layout.bundled_only)
    typeset = _typeset(facts, layout, book, printed_on)
    feet = _feet(facts, layout, len(typeset.flow.sheets))
    data = write_pdf(typeset.flow.sheets, layout, book, facts.title, feet)
    prove(data, layout, _expected(facts, typeset, feet, book))
    return PrintedDocument(data, _warnings(facts, book), len(feet), len(facts.items))


def _feet(facts: QuarterFacts, layout: Layout, pages: int) -> list[str]:
    """The line below every page."""
    marks = [f"内容校验码 {facts.digest}"]
    if layout.draft:
        marks.append("草案")
    if facts.demo:
        marks.append("演示数据，非真实活动安排")
    return [
        "　".join((f"本表共 {len(facts.items)} 项，第 {page}/{pages} 页", *marks))
        for page in range(1, pages + 1)
    ]


def _typeset(facts: QuarterFacts, layout: Layout, book: FontBook, printed_on: date | None) -> _Typeset:
    """Lay the paper out; a second time where cells point to notes, whose pages are known only then."""
    first = _lay_out(facts, layout, book, printed_on, {})
    return _lay_out(facts, layout, book, printed_on, first.note_pages) if first.notes else first


def _lay_out(
    facts: QuarterFacts,
    layout: Layout,
    book: FontBook,
    printed_on: date | None,
    note_pages: Mapping[Note, int],
) -> _Typeset:
    flow, spill = Flow(layout, book), Spill(note_pages)
    _write_title(flow, facts, printed_on)
    placements = _write_plan(flow, facts, spill)
    _write_frequencies(flow, facts, spill)
    for remark in facts.remarks:
        flow.y += 4
        flow.write(remark, _REMARK)
    pages = write_notes(flow, spill.notes)
    return _Typeset(flow, placements, spill.notes, pages)


def _write_title(flow: Flow, facts: QuarterFacts, printed_on: date | None) -> None:
    """附件 on line 1, the title from line 3 on, 草案 below it; then the basis and the date."""
    official = flow.layout.official
    leading = GRID_LEADING if official else 34.0
    if official:
        flow.write(flow.layout.attachment, Style(Role.HEAD, GRID_PITCH, leading))
        flow.y = 2 * leading
    flow.heading(facts.title)
    flow.write(facts.title, Style(Role.TITLE, 22, leading), Align.CENTRE)
    if flow.layout.draft:
        flow.write("（草案）", Style(Role.NOTE, GRID_PITCH, leading if official else 22), Align.CENTRE)
    _write_basis(flow, facts.basis, printed_on)


def _write_basis(flow: Flow, basis: str, printed_on: date | None) -> None:
    day = f"{printed_on.year}年{printed_on.month}月{printed_on.day}日" if printed_on else ""
    flow.y += 4
    room = flow.width - flow.book[_BASIS.role].width(day, _BASIS.size) - 10
    lines = flow.lines_of(basis, _BASIS, room)
    flow.put(lines, _BASIS, Align.LEFT, 0, flow.y, room)
    flow.put([day], _BASIS, Align.RIGHT, 0, flow.y, flow.width)
    flow.y += len(lines) * _BASIS.leading + 4


def _write_plan(flow: Flow, facts: QuarterFacts, spill: Spill) -> tuple[Placement, ...]:
    look = _look(flow)
    table = Table(flow, _columns(flow.width), look, spill.cut, _most_lines(flow))
    table.start()
    for group in facts.groups:
        table.band(group.title)
        for item in group.items:
            table.row(item.row)
    if not facts.items:
        table.notice(NO_ITEMS)
    table.finish()
    return tuple(table.placements)


def _look(flow: Flow) -> Look:
    return _WIDE_LOOK if flow.width >= _WIDE_FROM else _NARROW_LOOK


def _most_lines(flow: Flow) -> int:
    return _MOST_LINES if flow.width >= _WIDE_FROM else _MOST_LINES_NARROW


def _columns(width: float) -> list[Column]:
    shares = _WIDE if width >= _WIDE_FROM else _NARROW
    return [
        Column(head, width * share / sum(shares), Align.CENTRE if at in _CENTRED else Align.LEFT)
        for at, (head, share) in enumerate(zip(HEADS, shares, strict=True))
    ]


def _write_frequencies(flow: Flow, facts: QuarterFacts, spill: Spill) -> None:
    """频次核对, its heading kept with the head and the first row."""
    if not facts.frequencies:
        return
    look = _look(flow)
    columns = [
        Column(head, flow.width * share, align)
        for head, share, align in zip(FREQUENCY_HEADS, _FREQUENCY_SHARES, _FREQUENCY_ALIGNS, strict=True)
    ]
    table = Table(flow, columns, look, spill.cut, _most_lines(flow))
    flow.y += _GAP
    if not flow.fits(_SECTION.leading + table.head_height + table.row_height(facts.frequencies[0])):
        flow.turn()
    flow.heading("频次核对")
    flow.write("频次核对", _SECTION)
    table.start()
    for row in facts.frequencies:
        table.row(row)
    table.finish()


def _expected(facts: QuarterFacts, typeset: _Typeset, feet: list[str], book: FontBook) -> Expected:
    """What must be read on the pages, in the characters that are printed."""
    printed = book[Role.BODY].printed
    columns = _columns(typeset.flow.width)
    left = columns[0].width + columns[1].width
    return Expected(
        title=book[Role.TITLE].printed(facts.title),
        items={item.number: printed(item.title) for item in facts.items},
        duties=tuple("".join(row.texts[:3]) for row in facts.frequencies),
        notes=tuple(printed(note.text) for note in typeset.notes),
        feet=tuple(printed(foot) for foot in feet),
        placements=typeset.placements,
        number_column=(0, columns[0].width),
        title_column=(left, left + columns[2].width),
    )


def _warnings(facts: QuarterFacts, book: FontBook) -> tuple[str, ...]:
    """What is not printed as it was written: characters without a glyph, texts cut at the limit."""
    warnings = [
        f"第{item.number}项的{column}超过{LONGEST_FIELD}字，末尾{lost}字没有印出。"
        for item in facts.items
        for column, lost in item.cut
    ]
    body = book[Role.BODY]
    where: dict[str, list[int]] = {}
    for item in facts.items:
        for character in body.missing("".join(item.row.texts)):
            where.setdefault(character, []).append(item.number)
    rest = "".join(
        (
            facts.title,
            *(group.title for group in facts.groups),
            *(t for row in facts.frequencies for t in row.texts),
        )
    )
    for character in body.missing(rest):
        where.setdefault(character, [])
    return (*(_missing_warning(character, numbers) for character, numbers in where.items()), *warnings)


def _missing_warning(character: str, numbers: list[int]) -> str:
    places = (
        f"（第{'、'.join(map(str, numbers[:5]))}{'等' if len(numbers) > 5 else ''}项）" if numbers else ""
    )
    return f"“{character}”（U+{ord(character):04X}）没有可用的字形，印作“{MISSING_MARK}”{places}。"
