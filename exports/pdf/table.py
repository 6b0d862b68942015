"""表格：有线表，表头每页重复，组名不落单，太长的格子转到附注，一项也不丢。"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import NamedTuple

from exports.pdf.flow import Align, Breaking, Flow, RuledLine, Style

OUTER, INNER = 1.0, 0.5
"""Weights of the outer and inner lines in points."""


class PrintColumn(NamedTuple):
    """A column: its head, width in points and where its lines stand."""

    title: str
    width: float
    align: Align = Align.LEFT


class Listing(NamedTuple):
    """A cell that holds a list; cut short it says how many are left."""

    parts: tuple[str, ...]

    @property
    def text(self) -> str:
        """The whole list."""
        return "、".join(self.parts)


Cell = str | Listing


class PrintRow(NamedTuple):
    """A row; ``name`` says which it is where a note refers to it, ``number`` its 序号 where it has one."""

    cells: tuple[Cell, ...]
    name: str
    number: int | None = None

    @property
    def texts(self) -> tuple[str, ...]:
        """The whole text of every cell."""
        return tuple(cell.text if isinstance(cell, Listing) else cell for cell in self.cells)


class PrintedRow(NamedTuple):
    """Where a numbered row was printed: page, upper and lower line (from the top of the 版心), and
    from where to where its 序号 and its title stand (from the left)."""

    number: int
    page: int
    top: float
    bottom: float
    number_at: tuple[float, float]
    title_at: tuple[float, float]


class TableLook(NamedTuple):
    """How a table looks: faces and the white between words and lines."""

    head: Style
    body: Style
    band: Style
    side: float = 3.0
    above: float = 3.5


Cut = Callable[[str, str, Cell, int, Callable[[str], list[str]]], list[str]]
"""Shortens a cell: names of row and column, contents, the most lines allowed, how to break a text."""


class PrintTable:
    """A table being written into a flow."""

    def __init__(
        self,
        flow: Flow,
        columns: Sequence[PrintColumn],
        look: TableLook,
        cut: Cut,
        most_lines: int,
        title_column: int = 1,
    ) -> None:
        self._flow = flow
        self._columns = tuple(columns)
        self._look = look
        self._cut = cut
        self._most_lines = most_lines
        self._title_column = title_column
        self._top = 0.0
        self._edges = _edges(self._columns)
        self._head_lines = [
            self._lines(look.head, column.title, column, evenly=True) for column in self._columns
        ]
        self._waiting: list[tuple[str, bool]] = []
        self.placements: list[PrintedRow] = []

    @property
    def head_height(self) -> float:
        """Height of the head row."""
        return self._height(self._head_lines, self._look.head)

    def row_height(self, row: PrintRow) -> float:
        """Height of ``row``."""
        return self._height(self._cell_lines(row), self._look.body)

    def band_height(self, title: str) -> float:
        """Height of a group title."""
        return self._height([self._across(self._look.band, title)], self._look.band)

    def passage_height(self, text: str) -> float:
        """Height of a line of text over the full width."""
        return self._height([self._across(self._look.body, text)], self._look.body)

    def start(self) -> None:
        """Write the head."""
        self._begin_page()

    def band(self, title: str) -> None:
        """A group title over the full width; it is written together with the next row."""
        self._waiting.append((title, True))

    def passage(self, text: str) -> None:
        """A line of text over the full width, kept with what follows like a group title."""
        self._waiting.append((text, False))

    def notice(self, text: str) -> None:
        """A sentence over the full width in place of rows."""
        lines, style = self._across(self._look.body, text), self._look.body
        self._line_above()
        self._flow.put(
            lines, style, Align.CENTRE, self._look.side, self._flow.y + style.leading, self._inside
        )
        self._flow.y += (len(lines) + 2) * style.leading

    def row(self, row: PrintRow) -> None:
        """Write ``row`` and the group titles that wait for it, on a new page where they do not fit together."""
        lines = self._cell_lines(row)
        height = self._height(lines, self._look.body)
        self._write_waiting(height)
        self._write_row(row, lines, height)

    def flush(self) -> None:
        """Write the titles and lines that still wait for a row."""
        self._write_waiting(0)

    def _write_waiting(self, height: float) -> None:
        """Write what waits, on a new page where it does not fit together with ``height`` more points."""
        looks = (
            (text, self._look.band if title else self._look.body, title) for text, title in self._waiting
        )
        bands = [(text, style, self._across(style, text), title) for text, style, title in looks]
        self._waiting = []
        if not self._flow.fits(height + sum(self._height([lines], style) for _, style, lines, _ in bands)):
            self._turn()
        for text, style, lines, title in bands:
            if title:
                self._flow.heading(text)
            self._write_band(lines, style)

    def finish(self) -> None:
        """Close the table with its outer lines."""
        flow, right = self._flow, self._edges[-1]
        for x in (0.0, right):
            flow.sheet.rules.append(RuledLine(x, self._top, x, flow.y, OUTER))
        for y in (self._top, flow.y):
            flow.sheet.rules.append(RuledLine(0, y, right, y, OUTER))

    def _turn(self) -> None:
        self.finish()
        self._flow.turn()
        self._begin_page()

    def _begin_page(self) -> None:
        self._top = self._flow.y
        self._write_cells(
            self._head_lines, self._look.head, [Align.CENTRE] * len(self._columns), self.head_height
        )

    def _write_band(self, lines: list[str], style: Style) -> None:
        flow, look = self._flow, self._look
        self._line_above()
        flow.put(lines, style, Align.LEFT, look.side, flow.y + look.above, self._inside)
        flow.y += self._height([lines], style)

    def _write_row(self, row: PrintRow, lines: list[list[str]], height: float) -> None:
        top = self._flow.y
        self._line_above()
        self._write_cells(lines, self._look.body, [column.align for column in self._columns], height)
        if row.number is not None:
            number_at, title_at = self._span(0), self._span(self._title_column)
            self.placements.append(
                PrintedRow(row.number, self._flow.sheet.number, top, self._flow.y, number_at, title_at)
            )

    def _line_above(self) -> None:
        y = self._flow.y
        self._flow.sheet.rules.append(RuledLine(0, y, self._edges[-1], y, INNER))

    def _write_cells(self, cells: list[list[str]], style: Style, aligns: list[Align], height: float) -> None:
        flow = self._flow
        for lines, column, align, x in zip(cells, self._columns, aligns, self._edges, strict=False):
            top = flow.y + (height - len(lines) * style.leading) / 2
            flow.put(lines, style, align, x + self._look.side, top, column.width - 2 * self._look.side)
        for x in self._edges[1:-1]:
            flow.sheet.rules.append(RuledLine(x, flow.y, x, flow.y + height, INNER))
        flow.y += height

    def _cell_lines(self, row: PrintRow) -> list[list[str]]:
        return [
            self._fitted(row, cell, text, column)
            for cell, text, column in zip(row.cells, row.texts, self._columns, strict=True)
        ]

    def _fitted(self, row: PrintRow, cell: Cell, text: str, column: PrintColumn) -> list[str]:
        def broken(words: str) -> list[str]:
            return self._lines(self._look.body, words, column)

        lines = broken(text)
        if len(lines) <= self._most_lines:
            return lines
        return self._cut(row.name, column.title, cell, self._most_lines, broken)

    def _lines(self, style: Style, text: str, column: PrintColumn, *, evenly: bool = False) -> list[str]:
        """The lines of a cell: of even length where it is centred, no lone character at the end of others."""
        breaking = Breaking.EVEN if evenly or column.align is Align.CENTRE else Breaking.NO_ORPHAN
        return self._flow.lines_of(text, style, column.width - 2 * self._look.side, breaking)

    def _span(self, column: int) -> tuple[float, float]:
        return self._edges[column], self._edges[column + 1]

    @property
    def _inside(self) -> float:
        """Width between the white at both edges of the table."""
        return self._edges[-1] - 2 * self._look.side

    def _across(self, style: Style, text: str) -> list[str]:
        return self._flow.lines_of(text, style, self._inside)

    def _height(self, cells: Sequence[Sequence[str]], style: Style) -> float:
        return max(len(lines) for lines in cells) * style.leading + 2 * self._look.above


def _edges(columns: Sequence[PrintColumn]) -> list[float]:
    """The positions of the upright lines, left edge first."""
    edges = [0.0]
    for column in columns:
        edges.append(edges[-1] + column.width)
    return edges
