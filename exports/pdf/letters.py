"""邀请函与反馈函（PDF）：公文版心，与 Word 同样的文字，读回核对过。"""

from __future__ import annotations

from exports.letters import Letter, LetterTo, closing_insets, letter_words
from exports.pdf.document import write_pdf
from exports.pdf.flow import Align, Flow, Style
from exports.pdf.fonts import Role, font_book
from exports.pdf.page import GRID_LEADING, GRID_PITCH, Layout, Orientation
from exports.pdf.proof import Expected, prove
from exports.pdf.times import day_line
from models.domain.snapshot import YearSnapshot

_BODY = Style(Role.BODY, GRID_PITCH, GRID_LEADING)
_TITLE = Style(Role.TITLE, 22, GRID_LEADING)
_INDENT = "　　"
_MOST_TOGETHER = 6
"""Lines of a signature that are kept on one page with the last paragraph."""


def letter_pdf(snapshot: YearSnapshot, to: LetterTo, *, bundled_only: bool = False) -> bytes:
    """The letter as a PDF (see ``exports.letters``); the same facts and fonts give the same bytes."""
    return _printed(letter_words(snapshot, to), bundled_only=bundled_only)


def missing_glyphs(letter: Letter, *, bundled_only: bool = False) -> str:
    """The characters of ``letter`` that no font has: a PDF of it prints 〓 for them."""
    book = font_book(bundled_only=bundled_only)
    return "".join(book[Role.BODY].missing("".join(letter.words)))


def _printed(letter: Letter, *, bundled_only: bool) -> bytes:
    layout = Layout(orientation=Orientation.PORTRAIT, attachment="", bundled_only=bundled_only)
    book = font_book(bundled_only=bundled_only)
    flow = Flow(layout, book)
    flow.write(letter.title, _TITLE, Align.CENTRE)
    flow.y += GRID_LEADING
    flow.write(letter.salutation, _BODY)
    body = (*letter.paragraphs, *(f"{name}：{value}" for name, value in letter.facts), *letter.after)
    for words in body[:-1]:
        flow.write(f"{_INDENT}{words}", _BODY)
    _close(flow, letter, f"{_INDENT}{body[-1]}")
    feet = tuple(f"第 {page}/{len(flow.sheets)} 页" for page in range(1, len(flow.sheets) + 1))
    data = write_pdf(flow.sheets, layout, book, letter.title, feet)
    printed = book[Role.BODY].printed
    phrases = (
        ("标题", book[Role.TITLE].printed(letter.title)),
        *(("正文", printed(words)) for words in body),
    )
    signed = tuple(
        (what, printed(words))
        for what, words in (
            ("称呼", letter.salutation),
            ("落款", letter.signature),
            ("日期", day_line(letter.day)),
            ("附注", letter.note),
        )
        if words
    )
    pages = range(1, len(flow.sheets) + 1)
    prove(data, layout, [Expected(pages, {}, (), (), (*phrases, *signed), (), feet)])
    return data


def _close(flow: Flow, letter: Letter, last: str) -> None:
    """The last paragraph, then signature and date where GB/T 9704 has them, then the 附注: no signature stands on a
    page without a paragraph above it. A long signature takes as many lines as it needs.
    """
    width = flow.width / _BODY.size
    signed = flow.lines_of(letter.signature, _BODY, flow.width - 2 * GRID_PITCH)
    day, book = day_line(letter.day), flow.book[_BODY.role]
    insets = closing_insets(
        max(book.width(line, 1) for line in signed), book.width(day, 1), sealed=letter.sealed
    )
    lines = [*((line, insets[0]) for line in signed), (day, insets[1])]
    together = len(flow.lines_of(last, _BODY, flow.width)) + 1 + min(len(lines), _MOST_TOGETHER)
    if not flow.fits(together * GRID_LEADING):
        flow.turn()
    flow.write(last, _BODY)
    flow.y += GRID_LEADING
    for line, inset in lines:
        if not flow.fits(GRID_LEADING):
            flow.turn()
        flow.put([line], _BODY, Align.RIGHT, 0, flow.y, (width - inset) * _BODY.size)
        flow.y += GRID_LEADING
    if letter.note:
        flow.write(f"{_INDENT}{letter.note}", _BODY)
