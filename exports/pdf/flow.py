"""排版：一页一页往下写，先只记位置，页数定了再画。"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from enum import Enum, auto
from typing import NamedTuple

from exports.pdf.fonts import FontBook, Role
from exports.pdf.page import Layout, frame_of
from exports.pdf.text import wrap, wrap_evenly, wrap_without_orphan

_RISE = 0.88
"""Height of the baseline's em box above it: CJK faces sit 0.88 above and 0.12 below."""


class Align(Enum):
    """Where a line stands in its width."""

    LEFT = 0.0
    CENTRE = 0.5
    RIGHT = 1.0


class Breaking(Enum):
    """How a text is broken into lines."""

    PLAIN = auto()
    EVEN = auto()
    NO_ORPHAN = auto()


_BREAKERS = {Breaking.PLAIN: wrap, Breaking.EVEN: wrap_evenly, Breaking.NO_ORPHAN: wrap_without_orphan}


class Style(NamedTuple):
    """Face, size and leading of a text, in points."""

    role: Role
    size: float
    leading: float

    @property
    def baseline(self) -> float:
        """From the top of a line to its baseline: the characters stand in the middle of the leading."""
        return (self.leading - self.size) / 2 + _RISE * self.size


class PrintedWords(NamedTuple):
    """A line of text: its left end and baseline, measured from the upper left corner of the 版心."""

    x: float
    y: float
    style: Style
    text: str


class RuledLine(NamedTuple):
    """A straight line of ``weight`` points, measured like ``PrintedWords``."""

    x0: float
    y0: float
    x1: float
    y1: float
    weight: float


class Fill(NamedTuple):
    """A rectangle filled with a grey (0 black, 1 white), measured like ``PrintedWords``."""

    x0: float
    y0: float
    x1: float
    y1: float
    grey: float


@dataclass
class Sheet:
    """What stands on one page, in the order in which it is read: ``fills`` lie under the rules, ``covers`` over them."""

    number: int
    words: list[PrintedWords] = field(default_factory=list)
    rules: list[RuledLine] = field(default_factory=list)
    fills: list[Fill] = field(default_factory=list)
    covers: list[Fill] = field(default_factory=list)
    headings: list[tuple[str, float]] = field(default_factory=list)


class Flow:
    """Writes down the pages from number ``first`` on; ``y`` is how far the present page is filled."""

    def __init__(self, layout: Layout, book: FontBook, first: int = 1) -> None:
        frame = frame_of(layout, first)
        self.layout = layout
        self.book = book
        self.width = frame.width
        self.height = frame.height
        self.y = 0.0
        self.sheets = [Sheet(first)]

    @property
    def sheet(self) -> Sheet:
        """The page that is being filled."""
        return self.sheets[-1]

    @property
    def fresh(self) -> bool:
        """Whether nothing stands on the present page yet."""
        return self.y == 0 and not self.sheet.words

    def fits(self, height: float) -> bool:
        """Whether ``height`` points are left on the page."""
        return self.y + height <= self.height + 0.01

    def turn(self) -> None:
        """Begin a new page."""
        self.sheets.append(Sheet(self.sheet.number + 1))
        self.y = 0.0

    def heading(self, title: str) -> None:
        """An entry of the document's outline that leads here."""
        self.sheet.headings.append((title, self.y))

    def lines_of(
        self, text: str, style: Style, width: float, breaking: Breaking = Breaking.PLAIN
    ) -> list[str]:
        """``text`` broken into lines of at most ``width`` points."""
        return _BREAKERS[breaking](text, width, self.book[style.role].at(style.size))

    def put(
        self, lines: Iterable[str], style: Style, align: Align, x: float, top: float, width: float
    ) -> None:
        """Put ``lines`` below ``top``; the filling of the page does not change."""
        for at, line in enumerate(lines):
            if line:
                room = width - self.book[style.role].width(line, style.size)
                baseline = top + at * style.leading + style.baseline
                self.sheet.words.append(PrintedWords(x + align.value * room, baseline, style, line))

    def write(self, text: str, style: Style, align: Align = Align.LEFT) -> None:
        """``text`` in the full width, going on on new pages where it does not fit."""
        breaking = Breaking.EVEN if align is Align.CENTRE else Breaking.PLAIN
        for line in self.lines_of(text, style, self.width, breaking):
            if not self.fits(style.leading):
                self.turn()
            self.put([line], style, align, 0, self.y, self.width)
            self.y += style.leading
