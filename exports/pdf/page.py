"""版式：纸张、方向、版心，公文附件的网格与页码位置（GB/T 9704-2012）。"""

from __future__ import annotations

from typing import NamedTuple

from models.domain.events import Labelled

MM = 72 / 25.4

GRID_PITCH = 156 * MM / 28
"""Width of a character of the body text, 15.79 pt: 28 of them in 156 mm."""

GRID_LEADING = 225 * MM / 22
"""Height of a line, 28.99 pt: 22 of them in 225 mm."""

FOLIO_SIZE = 14.0
"""四号."""

FOLIO_DROP = 7 * MM
"""From the lower edge of the 版心 to the top of the dash of the page number."""


class Paper(Labelled):
    """Sheet sizes."""

    A4 = "a4", "A4"
    A3 = "a3", "A3"


class Orientation(Labelled):
    """How the sheet is read."""

    LANDSCAPE = "landscape", "横向"
    PORTRAIT = "portrait", "纵向"


class Margins(Labelled):
    """公文附件 keeps the margins and the grid of official documents; 普通打印 uses the paper."""

    OFFICIAL = "official", "公文附件"
    PLAIN = "plain", "普通打印"


_SHORT_LONG = {Paper.A4: (210, 297), Paper.A3: (297, 420)}
_TOP, _BINDING, _BODY_WIDTH, _BODY_HEIGHT = 37, 28, 156, 225
_FORE_EDGE = 210 - _BINDING - _BODY_WIDTH
_FOOT = 297 - _TOP - _BODY_HEIGHT
_PLAIN_FOLIO_DROP = 12 * MM
_PLAIN_SIDE, _PLAIN_TOP, _PLAIN_BOTTOM = 17, 16, 20


class Layout(NamedTuple):
    """How a document is printed; ``attachment`` is line 1 of a 公文附件."""

    paper: Paper = Paper.A4
    orientation: Orientation = Orientation.LANDSCAPE
    margins: Margins = Margins.OFFICIAL
    bundled_only: bool = False
    attachment: str = "附件1"

    @property
    def official(self) -> bool:
        """Whether the margins are those of official documents."""
        return self.margins is Margins.OFFICIAL

    @property
    def landscape(self) -> bool:
        """Whether the sheet is wider than high."""
        return self.orientation is Orientation.LANDSCAPE


class PageFrame(NamedTuple):
    """The sheet and the 版心 on it, in points from the lower left corner."""

    sheet_width: float
    sheet_height: float
    left: float
    bottom: float
    width: float
    height: float

    @property
    def right(self) -> float:
        """The right edge of the 版心."""
        return self.left + self.width

    @property
    def top(self) -> float:
        """The upper edge of the 版心."""
        return self.bottom + self.height


def frame_of(layout: Layout, number: int) -> PageFrame:
    """The sheet and 版心 of page ``number``.

    A landscape 公文附件 is a portrait page turned clockwise (7.5 横排表格): its head lies at the
    binding side on odd pages and at the fore edge on even ones.
    """
    short, long = (side * MM for side in _SHORT_LONG[layout.paper])
    width, height = (long, short) if layout.landscape else (short, long)
    top, right, bottom, left = (side * MM for side in _margins(layout, odd=number % 2 == 1))
    return PageFrame(width, height, left, bottom, width - left - right, height - top - bottom)


def _margins(layout: Layout, *, odd: bool) -> tuple[int, int, int, int]:
    """Top, right, bottom and left margin in millimetres."""
    if not layout.official:
        return _PLAIN_TOP, _PLAIN_SIDE, _PLAIN_BOTTOM, _PLAIN_SIDE
    left, right = (_BINDING, _FORE_EDGE) if odd else (_FORE_EDGE, _BINDING)
    if turned(layout):
        return left, _TOP, right, _FOOT
    return _TOP, right, _FOOT, left


def turned(layout: Layout) -> bool:
    """Whether the page is a portrait one turned clockwise; an A3 sheet is folded in and stays upright."""
    return layout.official and layout.landscape and layout.paper is Paper.A4


class Folio(NamedTuple):
    """Where the page number is: its left end (before turning) and whether it is turned clockwise."""

    x: float
    y: float
    turned: bool = False


def folio_of(layout: Layout, number: int, width: float, dash_top: float) -> Folio:
    """Where 「— n —」 of page ``number`` goes, ``width`` points wide, its dash ``dash_top`` above the baseline.

    公文附件: the top of the dash 7 mm below the 版心, odd pages one character from the right, even
    ones one from the left; a landscape A4 page carries it where the other pages of the document
    have theirs, so that it stands turned at the left: low on odd pages, high on even ones.
    普通打印: in the middle.
    """
    frame = frame_of(layout, number)
    if not layout.official:
        return Folio(frame.left + (frame.width - width) / 2, frame.bottom - _PLAIN_FOLIO_DROP - dash_top)
    odd = number % 2 == 1
    if turned(layout):
        start = frame.bottom + FOLIO_SIZE + width if odd else frame.top - FOLIO_SIZE
        return Folio(frame.left - FOLIO_DROP - dash_top, start, turned=True)
    start = frame.right - FOLIO_SIZE - width if odd else frame.left + FOLIO_SIZE
    return Folio(start, frame.bottom - FOLIO_DROP - dash_top)
