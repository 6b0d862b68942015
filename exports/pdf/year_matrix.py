"""《年度总览》：规则 × 十二个月的大表，不作要求的格子画斜线。"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from exports.pdf.desk import PrintDocument, WritingDesk
from exports.pdf.flow import Align, Breaking, Fill, Flow, RuledLine, Style
from exports.pdf.fonts import Role
from exports.pdf.proof import TextBox
from exports.pdf.quarter_facts import basis_of, title_of
from exports.pdf.table import INNER, OUTER, PrintedRow
from exports.pdf.text import clean
from exports.pdf.year_facts import MONTHS, MatrixRow, MonthSpan, month_totals, year_lines
from exports.print_options import PrintOptions
from models.domain.snapshot import YearSnapshot
from planners.results import YearCheck
from planners.wording import day_label, estimate_mark

_HEAD = Style(Role.HEAD, 9, 12)
_TITLE = Style(Role.HEAD, 9, 11.5)
_BODY = Style(Role.BODY, 8, 10)
_TIGHTER = 0.6
"""How much closer the lines of a cell stand to one another where the print is compact."""
_SHARE_NUMBER, _SHARE_TITLE, _SHARE_MONTH = 8.0, 39.0, 14.8
_SIDE, _ABOVE, _COMPACT_ABOVE = 2.0, 2.0, 0.6
_MOST_LINES = 7
_KEPT_TOGETHER = 3
"""So many rows at least stand with the totals on the last page."""
_GREY = 0.88
_HATCH_STEP, _HATCH_WEIGHT = 7.0, 0.25
_LEGEND = "注：格内为场次/下限、状态和日期；灰底为逾期、有风险或待补；斜线为不作要求"


class _Edges(NamedTuple):
    """The upright lines: 序号, title, then the twelve months."""

    number: float
    title: float
    months: tuple[float, ...]

    def span(self, first: int, last: int) -> tuple[float, float]:
        """From the left edge of month ``first`` to the right edge of month ``last``."""
        return self.months[first - 1], self.months[last]


class YearMatrix(NamedTuple):
    """The rows of the year and the totals below them."""

    lines: tuple[MatrixRow, ...]
    totals: tuple[int, ...]

    def words(self) -> Iterator[tuple[int | None, str]]:
        """Everything in it, row by row."""
        for number, line in enumerate(self.lines, start=1):
            yield number, f"{line.title}\x1f{line.asks}"
            yield from ((number, "\x1f".join(map(str, (*span[:2], *span.lines)))) for span in line.spans)
        yield None, "\x1f".join(map(str, self.totals))

    def write(self, desk: WritingDesk) -> None:
        """The matrix stands on the pages; a row is never cut."""
        writer = _Writer(desk)
        writer.head()
        heights = [*map(writer.height_of, self.lines), writer.height_of_totals]
        last = max(0, len(self.lines) - _KEPT_TOGETHER)
        for at, line in enumerate(self.lines):
            writer.row(at + 1, line, sum(heights[at:]) if at == last else heights[at])
        writer.totals(self.totals)
        writer.finish()
        desk.tables.append(tuple(writer.placements))


def year_matrix(snapshot: YearSnapshot, check: YearCheck, options: PrintOptions) -> tuple[PrintDocument, ...]:
    """The year on one sheet as far as it fits: what is asked, planned and done in every period."""
    lines = tuple(
        _cleaned(line) for line in year_lines(snapshot, check, options.campaigns, clauses=options.clauses)
    )
    totals = month_totals(snapshot, options.campaigns)
    announced = snapshot.holidays.announced
    found = check.summary
    state = (
        f"截至{day_label(check.today, check.year)}：刚性检查点{found.total}个，已满足{found.done}、已排{found.planned}、"
        f"有风险{found.at_risk}、逾期{found.overdue}、待补{found.gap}"
        f"{f'，豁免{found.exempt}' if found.exempt else ''}"
    )
    document = PrintDocument(
        title=title_of(options, f"{snapshot.year_row.district}{snapshot.year}年政务公开活动年度总览"),
        parts=(YearMatrix(lines, totals),),
        items=len(lines),
        leads=(*((basis_of(check.ruleset),) if options.clauses else ()), state),
        remarks=(f"{_LEGEND}{'' if announced else f'；{estimate_mark(snapshot.year)}'}。",),
        poster=True,
    )
    return (document,)


def _cleaned(line: MatrixRow) -> MatrixRow:
    """The line's texts as they are printed: on one line each, as long as a cell of the matrix bears."""
    spans = tuple(
        span._replace(lines=tuple(_one_line(text, 60) for text in span.lines)) for span in line.spans
    )
    return MatrixRow(_one_line(line.title, 60), _one_line(line.asks, 40), spans)


def _one_line(text: str, longest: int) -> str:
    plain = clean(text).text.replace("\n", " ")
    return plain if len(plain) <= longest else f"{plain[: longest - 1]}…"


class _Writer:
    """Draws the rows below one another."""

    def __init__(self, desk: WritingDesk) -> None:
        self._desk = desk
        self._above = _COMPACT_ABOVE if desk.compact else _ABOVE
        self._flow: Flow = desk.flow
        closer = _TIGHTER if desk.compact else 0.0
        self._title = _TITLE._replace(leading=_TITLE.leading - closer)
        self._body = _BODY._replace(leading=_BODY.leading - closer)
        unit = desk.flow.width / (_SHARE_NUMBER + _SHARE_TITLE + MONTHS * _SHARE_MONTH)
        left = (_SHARE_NUMBER + _SHARE_TITLE) * unit
        months = tuple(left + at * _SHARE_MONTH * unit for at in range(MONTHS + 1))
        self._edges = _Edges(_SHARE_NUMBER * unit, left, months)
        self._top = 0.0
        self.placements: list[PrintedRow] = []

    def head(self) -> None:
        """序号, 规则, 1月 … 12月."""
        flow, edges = self._flow, self._edges
        if not flow.fits(6 * _HEAD.leading) and not flow.fresh:
            flow.turn()
        self._top = flow.y
        height = _HEAD.leading + 2 * self._above
        self._put(["序号"], _HEAD, 0, edges.number, height)
        self._put(["规则与要求"], _HEAD, edges.number, edges.title, height)
        for month in range(1, MONTHS + 1):
            self._put([f"{month}月"], _HEAD, *edges.span(month, month), height)
        flow.y += height

    def height_of(self, line: MatrixRow) -> float:
        """How high the row of ``line`` is: as its fullest cell asks."""
        title, asks = self._heading(line)
        tallest = max((len(self._cell(span)) for span in line.spans), default=1) * self._body.leading
        heading = len(title) * self._title.leading + len(asks) * self._body.leading
        return max(heading, tallest) + 2 * self._above

    @property
    def height_of_totals(self) -> float:
        """How high the last row is."""
        return self._body.leading + 2 * self._above

    def _heading(self, line: MatrixRow) -> tuple[list[str], list[str]]:
        width = self._edges.title - self._edges.number
        asks = self._lines(line.asks, self._body, width) if line.asks else []
        return self._lines(line.title, self._title, width), asks

    def row(self, number: int, line: MatrixRow, together: float) -> None:
        """One rule, on a page that has ``together`` points for it and what must stand with it."""
        desk, flow, edges = self._desk, self._flow, self._edges
        (title, asks), height = self._heading(line), self.height_of(line)
        if not flow.fits(together):
            self.finish()
            flow.turn()
            self.head()
        top = flow.y
        self._line()
        self._put([str(number)], self._body, 0, edges.number, height)
        self._put_title(title, asks, height)
        for span in line.spans:
            self._draw(span, self._cell(span), height, f"第{number}行{span.first}月")
        self._uprights(line.spans, height)
        flow.y += height
        desk.items[number] = line.title + line.asks
        self.placements.append(
            PrintedRow(number, flow.sheet.number, top, flow.y, (0, edges.number), (edges.number, edges.title))
        )

    def totals(self, counts: Sequence[int]) -> None:
        """各月场次 below the rules."""
        flow, edges = self._flow, self._edges
        height = self.height_of_totals
        if not flow.fits(height):
            self.finish()
            flow.turn()
            self.head()
        self._line()
        self._put(["合计"], self._title, 0, edges.number, height)
        self._put(["各月场次"], self._title, edges.number, edges.title, height, Align.LEFT)
        for month, count in enumerate(counts, start=1):
            left, right = edges.span(month, month)
            self._put([str(count)], self._body, left, right, height)
            self._spot(f"{month}月的合计", left, right, height, str(count))
        self._uprights((), height)
        flow.y += height

    def finish(self) -> None:
        """The outer lines and the head's own uprights."""
        flow, right = self._flow, self._flow.width
        rules = flow.sheet.rules
        for x in (0.0, right):
            rules.append(RuledLine(x, self._top, x, flow.y, OUTER))
        for y in (self._top, flow.y):
            rules.append(RuledLine(0, y, right, y, OUTER))
        bottom = self._top + _HEAD.leading + 2 * self._above
        for x in (self._edges.number, *self._edges.months[:-1]):
            rules.append(RuledLine(x, self._top, x, bottom, INNER))

    def _cell(self, span: MonthSpan) -> list[str]:
        left, right = self._edges.span(span.first, span.last)
        lines = [line for text in span.lines for line in self._lines(text, self._body, right - left)]
        if len(lines) <= _MOST_LINES:
            return lines
        return [*lines[: _MOST_LINES - 1], "……"]

    def _lines(self, text: str, style: Style, width: float) -> list[str]:
        return self._flow.lines_of(text, style, width - 2 * _SIDE, Breaking.NO_ORPHAN)

    def _put(
        self,
        lines: list[str],
        style: Style,
        left: float,
        right: float,
        height: float,
        align: Align = Align.CENTRE,
    ) -> None:
        top = self._flow.y + (height - len(lines) * style.leading) / 2
        self._flow.put(lines, style, align, left + _SIDE, top, right - left - 2 * _SIDE)

    def _put_title(self, title: list[str], asks: list[str], height: float) -> None:
        flow, edges = self._flow, self._edges
        top = flow.y + (height - len(title) * self._title.leading - len(asks) * self._body.leading) / 2
        width = edges.title - edges.number - 2 * _SIDE
        flow.put(title, self._title, Align.LEFT, edges.number + _SIDE, top, width)
        flow.put(
            asks, self._body, Align.LEFT, edges.number + _SIDE, top + len(title) * self._title.leading, width
        )

    def _draw(self, span: MonthSpan, lines: list[str], height: float, what: str) -> None:
        flow = self._flow
        left, right = self._edges.span(span.first, span.last)
        if span.open:
            flow.sheet.fills.append(Fill(left, flow.y, right, flow.y + height, _GREY))
        if span.hatched:
            self._hatch(left, right, height)
            self._blank_behind(lines, left, right, height)
        self._put(lines, self._body, left, right, height)
        self._spot(what, left, right, height, "".join(lines))

    def _hatch(self, left: float, right: float, height: float) -> None:
        """Thin lines rising to the right, cut at the cell's border."""
        top, bottom = self._flow.y, self._flow.y + height
        x = left - height + _HATCH_STEP
        while x < right:
            start, end = max(x, left), min(x + height, right)
            self._flow.sheet.rules.append(
                RuledLine(start, bottom - (start - x), end, max(top, bottom - (end - x)), _HATCH_WEIGHT)
            )
            x += _HATCH_STEP

    def _blank_behind(self, lines: list[str], left: float, right: float, height: float) -> None:
        """White behind the words of a hatched cell."""
        typeface = self._flow.book[self._body.role]
        width = max((typeface.width(line, self._body.size) for line in lines), default=0.0)
        middle = (left + right) / 2
        top = self._flow.y + (height - len(lines) * self._body.leading) / 2
        self._flow.sheet.covers.append(
            Fill(
                middle - width / 2 - 1,
                top,
                middle + width / 2 + 1,
                top + len(lines) * self._body.leading,
                1.0,
            )
        )

    def _spot(self, what: str, left: float, right: float, height: float, text: str) -> None:
        flow = self._flow
        self._desk.spots.append(TextBox(what, flow.sheet.number, left, right, flow.y, flow.y + height, text))

    def _line(self) -> None:
        y = self._flow.y
        self._flow.sheet.rules.append(RuledLine(0, y, self._flow.width, y, INNER))

    def _uprights(self, spans: Sequence[MonthSpan], height: float) -> None:
        """The lines between the months, but not through a cell of several months."""
        inside = {month for span in spans for month in range(span.first, span.last)}
        flow, edges = self._flow, self._edges
        places = [
            edges.number, edges.title, *(edges.months[month] for month in range(1, MONTHS) if month not in inside)
        ]  # fmt: skip
        for x in places:
            flow.sheet.rules.append(RuledLine(x, flow.y, x, flow.y + height, INNER))
