"""邀请函与反馈函（PDF）：公文版心，与 Word 同样的文字，读回核对过。"""

from __future__ import annotations

from exports.letters import Letter, LetterTo, day_line, letter_words
from exports.pdf.document import write_pdf
from exports.pdf.flow import Align, Flow, Style
from exports.pdf.fonts import Role, font_book
from exports.pdf.page import GRID_LEADING, GRID_PITCH, Layout, Orientation
from exports.pdf.proof import Expected, prove
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
    signed = (("称呼", printed(letter.salutation)), ("落款", printed(letter.signature)))
    pages = range(1, len(flow.sheets) + 1)
    prove(data, layout, [Expected(pages, {}, (), (), (*phrases, *signed), (), feet)])
    return data


def _close(flow: Flow, letter: Letter, last: str) -> None:
    """The last paragraph, then signature and date at the right, two characters in: no signature stands on a page
    without a paragraph above it. A long signature takes as many lines as it needs.
    """
    room = flow.width - 2 * GRID_PITCH
    signed = [
        line
        for words in (letter.signature, day_line(letter.day))
        for line in flow.lines_of(words, _BODY, room)
    ]
    together = len(flow.lines_of(last, _BODY, flow.width)) + 1 + min(len(signed), _MOST_TOGETHER)
    if not flow.fits(together * GRID_LEADING):
        flow.turn()
    flow.write(last, _BODY)
    flow.y += GRID_LEADING
    for line in signed:
        if not flow.fits(GRID_LEADING):
            flow.turn()
        flow.put([line], _BODY, Align.RIGHT, 0, flow.y, room)
        flow.y += GRID_LEADING
