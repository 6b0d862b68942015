"""有线表一个部分：组名、行、空表的话，排满一页接着排。"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from exports.pdf.desk import WritingDesk
from exports.pdf.flow import Align, Style
from exports.pdf.fonts import Role
from exports.pdf.items import ItemGroup, row_text
from exports.pdf.table import PrintColumn, PrintRow, PrintTable

SECTION = Style(Role.HEAD, 14, 26)
_GAP = 10.0
_USUAL_DIGITS, _MORE_A_DIGIT = 3, 0.4
"""The first column is made for numbers of three digits; a number is never broken."""


class Band(NamedTuple):
    """Rows under a common title; an empty title is not printed. ``passages`` stand over the full width
    between the title and the rows."""

    title: str
    rows: tuple[PrintRow, ...]
    passages: tuple[str, ...] = ()


class Chart(NamedTuple):
    """A table. ``wide`` and ``narrow`` are the shares of its columns on wide and narrow pages.

    ``title_column`` is where the title of a numbered row stands. ``heading`` stands above, ``empty``
    in place of rows. Rows without a number are looked for by ``what`` and their first
    ``proven`` cells.
    """

    heads: tuple[str, ...]
    wide: tuple[float, ...]
    narrow: tuple[float, ...]
    bands: tuple[Band, ...]
    title_column: int = 1
    centred: frozenset[int] = frozenset({0})
    heading: str = ""
    empty: str = ""
    what: str = "一行"
    proven: int = 3

    def rows(self) -> Iterator[PrintRow]:
        """Every row, in order."""
        return (row for band in self.bands for row in band.rows)

    def words(self) -> Iterator[tuple[int | None, str]]:
        """Band titles and rows."""
        for band in self.bands:
            yield None, band.title
            yield from ((None, passage) for passage in band.passages)
            yield from ((row.number, row_text(row)) for row in band.rows)

    def write(self, desk: WritingDesk) -> None:
        """The table stands on the pages, its heading never parted from the first row."""
        flow = desk.flow
        desk.items.update(
            (row.number, row.texts[self.title_column]) for row in self.rows() if row.number is not None
        )
        table = PrintTable(
            flow, self._columns(desk), desk.look, desk.spill.cut, desk.most_lines, self.title_column
        )
        self._begin(desk, table)
        for band in self.bands:
            if band.title:
                table.band(band.title)
            for passage in band.passages:
                table.passage(passage)
            for row in band.rows:
                table.row(row)
        table.flush()
        desk.phrases += ((self.what, passage) for band in self.bands for passage in band.passages)
        if self.empty and not self.bands:
            table.notice(self.empty)
        table.finish()
        desk.tables.append(tuple(table.placements))
        for row in self.rows():
            if row.number is None:
                desk.phrases += ((self.what, words) for words in self._uncut(row, desk))

    def _uncut(self, row: PrintRow, desk: WritingDesk) -> Iterator[str]:
        """The words of a row's proven cells, without those that stand whole in the notes only."""
        words = ""
        for head, text in zip(self.heads[: self.proven], row.texts, strict=False):
            if desk.spill.has(row.name, head, text):
                yield words
                words = ""
            else:
                words += text
        yield words

    def _begin(self, desk: WritingDesk, table: PrintTable) -> None:
        flow = desk.flow
        needed = table.head_height + self._first_height(table)
        if self.heading:
            flow.y += 0 if flow.fresh else _GAP
            needed += SECTION.leading
        if not flow.fits(needed) and not flow.fresh:
            flow.turn()
        if self.heading:
            flow.heading(self.heading)
            flow.write(self.heading, SECTION)
        table.start()

    def _first_height(self, table: PrintTable) -> float:
        """What must stand on the page of the head: the first title with its passages and its first row."""
        if not self.bands:
            return 0.0
        first = self.bands[0]
        height = table.band_height(first.title) if first.title else 0.0
        height += sum(map(table.passage_height, first.passages))
        return height + (table.row_height(first.rows[0]) if first.rows else 0.0)

    def _columns(self, desk: WritingDesk) -> list[PrintColumn]:
        first, *others = self.wide if desk.wide else self.narrow
        digits = len(str(max((row.number or 0 for row in self.rows()), default=0)))
        shares = (first * (1 + _MORE_A_DIGIT * max(0, digits - _USUAL_DIGITS)), *others)
        unit = desk.flow.width / sum(shares)
        return [
            PrintColumn(head, share * unit, Align.CENTRE if at in self.centred else Align.LEFT)
            for at, (head, share) in enumerate(zip(self.heads, shares, strict=True))
        ]


def bands_of(groups: Iterable[ItemGroup]) -> tuple[Band, ...]:
    """Groups of items as bands of rows."""
    return tuple(Band(group.title, tuple(item.row for item in group.items)) for group in groups)
