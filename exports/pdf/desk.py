"""排版台：一份印件正在写的页，和读回时应当找到的东西。"""

from __future__ import annotations

from collections.abc import Hashable, Iterator, Mapping
from typing import NamedTuple, Protocol

from exports.pdf.flow import Flow, Style
from exports.pdf.fonts import Role
from exports.pdf.page import MM
from exports.pdf.proof import TextBox
from exports.pdf.spill import WIDEST_PAGE, Note, Spill
from exports.pdf.table import PrintedRow, TableLook

_WIDE_FROM = 200 * MM
_MOST_LINES, _MOST_LINES_NARROW = 10, 14
"""Lines a cell may have; longer ones go to the 附注."""

_WIDE_LOOK = TableLook(
    Style(Role.HEAD, 10.5, 15), Style(Role.BODY, 10.5, 14.5), Style(Role.HEAD, 10.5, 14.5), 2.1
)
_NARROW_LOOK = TableLook(Style(Role.HEAD, 9, 13), Style(Role.BODY, 9, 12.5), Style(Role.HEAD, 9, 12.5), 2.0)
"""五号 on the wide page, 小五 in the narrow columns of a portrait one."""

_TIGHTER = 1.5
_COMPACT_ABOVE = 1.2


class WritingDesk:
    """Where the parts of one document are written.

    ``known`` are the pages of the marks of an earlier attempt at the same document: what points to
    a later page learns its number only then. ``items`` are the titles of the numbered rows that are to
    be found, ``shown`` counts items outside of tables.
    """

    def __init__(self, flow: Flow, known: Mapping[Hashable, int], *, compact: bool = False) -> None:
        self.flow = flow
        self.compact = compact
        self.spill = Spill({key: page for key, page in known.items() if isinstance(key, Note)})
        self.tables: list[tuple[PrintedRow, ...]] = []
        self.items: dict[int, str] = {}
        self.shown = 0
        self.spots: list[TextBox] = []
        self.phrases: list[tuple[str, str]] = []
        self.marks: dict[Hashable, int] = {}
        self.asked = False
        self._known = known

    @property
    def wide(self) -> bool:
        """Whether the page has room for columns beside one another."""
        return self.flow.width >= _WIDE_FROM

    @property
    def look(self) -> TableLook:
        """How tables look on this page."""
        look = _WIDE_LOOK if self.wide else _NARROW_LOOK
        if not self.compact:
            return look
        body, band = (style._replace(leading=style.leading - _TIGHTER) for style in (look.body, look.band))
        return look._replace(body=body, band=band, above=_COMPACT_ABOVE)

    @property
    def most_lines(self) -> int:
        """The most lines of a cell."""
        return _MOST_LINES if self.wide else _MOST_LINES_NARROW

    def mark(self, key: Hashable) -> None:
        """Remember that ``key`` begins on this page."""
        self.marks.setdefault(key, self.flow.sheet.number)

    def page_of(self, key: Hashable) -> int:
        """The page of a mark set later; as wide as any page number while it is not known."""
        self.asked = True
        return self._known.get(key, WIDEST_PAGE)


class PrintPart(Protocol):
    """A part of a document: it writes itself and says which words it holds."""

    def write(self, desk: WritingDesk) -> None:
        """Write the part where the desk stands, and note what must be found again."""

    def words(self) -> Iterator[tuple[int | None, str]]:
        """All its texts in order, each with the number of its row: for the check number and missing glyphs."""


class PrintDocument(NamedTuple):
    """A self-contained print: title, lines below it, parts, closing remarks.

    ``items`` is what its feet count; ``cut`` are sentences about texts that were shortened. On a ``poster``
    the title stands close to the upper edge: the rest of the page belongs to what is below it. ``draft`` is what it
    is called below the title while it is of no release; "": nothing, its own words say so.
    """

    title: str
    parts: tuple[PrintPart, ...]
    items: int
    leads: tuple[str, ...] = ()
    remarks: tuple[str, ...] = ()
    cut: tuple[str, ...] = ()
    poster: bool = False
    draft: str = "草案"
