"""附注：表格里放不下的文字，在后面的附注页上印全文，格子里写明在第几页。"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import NamedTuple

from exports.pdf.flow import Align, Flow, Style
from exports.pdf.fonts import Role
from exports.pdf.page import GRID_LEADING, GRID_PITCH
from exports.pdf.table import Cell, Listing

WIDEST_PAGE = 888
"""Stands for a page number that is not known yet: none is wider."""
_PARAGRAPH = "\u3000\u3000"


class Note(NamedTuple):
    """The whole text of a cell that did not fit, and the names of its row and column."""

    row: str
    column: str
    text: str


class Spill:
    """Cuts cells and keeps the whole texts; ``pages`` says on which page each note will stand."""

    def __init__(self, pages: Mapping[Note, int]) -> None:
        self._pages = pages
        self._notes: dict[Note, None] = {}

    @property
    def notes(self) -> tuple[Note, ...]:
        """The texts that did not fit, each once, in the order of the tables."""
        return tuple(self._notes)

    def has(self, row: str, column: str, text: str) -> bool:
        """Whether this text was cut."""
        return Note(row, column, text) in self._notes

    def cut(
        self, row: str, column: str, cell: Cell, most: int, broken: Callable[[str], list[str]]
    ) -> list[str]:
        """The first lines of a cell and a pointer to the rest; the same height whatever the page number is."""
        note = Note(row, column, cell.text if isinstance(cell, Listing) else cell)
        self._notes[note] = None
        page = self._pages.get(note, WIDEST_PAGE)
        if isinstance(cell, Listing):
            return _cut_list(cell, page, most, broken)
        return _cut_text(cell, page, most, broken)


def _cut_text(text: str, page: int, most: int, broken: Callable[[str], list[str]]) -> list[str]:
    lines = broken(text)
    reserved = len(broken(_text_tail(WIDEST_PAGE)))
    tail = broken(_text_tail(page))
    return [*lines[: most - reserved], *tail, *[""] * (reserved - len(tail))]


def _cut_list(cell: Listing, page: int, most: int, broken: Callable[[str], list[str]]) -> list[str]:
    reserved = len(broken(_list_tail(len(cell.parts), WIDEST_PAGE)))
    shown = len(cell.parts) - 1
    while shown and len(broken("、".join(cell.parts[:shown]))) > most - reserved:
        shown -= 1
    if shown == 0:
        return _cut_text(cell.text, page, most, broken)
    tail = broken(_list_tail(len(cell.parts) - shown, page))
    kept = broken("、".join(cell.parts[:shown]))
    return [*kept, *tail, *[""] * (most - len(kept) - len(tail))]


def _text_tail(page: int) -> str:
    return f"……（全文见第{page}页）"


def _list_tail(left: int, page: int) -> str:
    return f"（还有{left}项，见第{page}页）"


def write_notes(flow: Flow, notes: Sequence[Note]) -> dict[Note, int]:
    """Write the notes on pages of their own and tell on which page each begins.

    On a 公文附件 the text stands in the grid of official documents: 3号仿宋, 28 characters a line
    and 22 lines on a portrait page.
    """
    body, head = note_styles(official=flow.layout.official)
    pages: dict[Note, int] = {}
    if notes:
        flow.turn()
        flow.heading("附注")
        flow.write("附注", head, Align.CENTRE)
    for note in notes:
        if not flow.fits(head.leading + body.leading):
            flow.turn()
        pages[note] = flow.sheet.number
        flow.write(f"{_PARAGRAPH}{note.row}·{note.column}", head)
        for paragraph in note.text.split("\n"):
            flow.write(_PARAGRAPH + paragraph, body)
    return pages


def note_styles(*, official: bool) -> tuple[Style, Style]:
    """Styles of the notes' text and of their heads."""
    if official:
        return Style(Role.BODY, GRID_PITCH, GRID_LEADING), Style(Role.HEAD, GRID_PITCH, GRID_LEADING)
    return Style(Role.BODY, 12, 20), Style(Role.HEAD, 12, 20)
