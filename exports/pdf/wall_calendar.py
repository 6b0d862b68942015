"""《月历》：一个月一页，格子里放不下的写明“还有 n 项，见第 m 页”，在后页列全。"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from datetime import date, timedelta
from typing import NamedTuple

from exports.pdf.chart import Band, Chart
from exports.pdf.choice import ChosenEvents
from exports.pdf.desk import PrintDocument, WritingDesk
from exports.pdf.flow import Align, Fill, RuledLine, Style
from exports.pdf.fonts import Role
from exports.pdf.items import item
from exports.pdf.proof import TextBox
from exports.pdf.quarter_facts import title_of
from exports.pdf.table import INNER, OUTER
from exports.pdf.text import LONGEST_FIELD, clean
from exports.pdf.wall_facts import HEADS, TITLE_COLUMN, UNSURE, WallItem, marks_of, month_entries
from exports.print_options import PrintOptions
from models.domain.errors import InputError
from models.domain.periods import month_period
from models.domain.snapshot import YearSnapshot
from models.domain.workdays import WEEKDAYS
from planners.results import YearCheck
from planners.wording import estimate_mark

_HEAD = Style(Role.HEAD, 10.5, 14)
_DAY = Style(Role.HEAD, 10.5, 13)
_NOTE = Style(Role.NOTE, 8, 13)
_ENTRY, _LARGE_ENTRY = Style(Role.BODY, 8, 10), Style(Role.BODY, 10.5, 13.5)
_LARGE_FROM = 130.0
"""Width of a square from which its entries are printed larger (A3)."""

_SIDE, _ABOVE = 2.5, 2.0
_GREY = 0.93
_LEAST_ROW = 40.0
_MOST_ENTRY_LINES = 3
_WIDE, _NARROW = (10, 40, 75, 25, 45, 30), (9, 30, 50, 17, 28, 22)
_WEEK = 7


class Month(NamedTuple):
    """The squares of a month and what goes into them; ``names`` are the names of days off and 班."""

    year: int
    month: int
    entries: tuple[WallItem, ...]
    names: Mapping[date, str]
    off: frozenset[date]

    def words(self) -> Iterator[tuple[int | None, str]]:
        """Every item, with what the squares and the list behind them say."""
        for day, name in sorted(self.names.items()):
            yield None, f"{day.isoformat()}{name}"
        for entry in self.entries:
            texts = (cell if isinstance(cell, str) else cell.text for cell in entry.cells)
            yield None, "\x1f".join((entry.text, *(clean(text).text for text in texts)))

    def write(self, desk: WritingDesk) -> None:
        """The month stands on one page; what does not fit its square is listed on the next."""
        left = _Squares(desk, self).draw()
        if left:
            self._write_rest(desk, left)

    def _write_rest(self, desk: WritingDesk, left: Sequence[WallItem]) -> None:
        desk.flow.turn()
        items = [item(number, HEADS, entry.cells, TITLE_COLUMN) for number, entry in enumerate(left, start=1)]
        dated = [one for one, entry in zip(items, left, strict=True) if entry.day is not None]
        undated = [one for one, entry in zip(items, left, strict=True) if entry.day is None]
        titled = (("月历格中未列的活动", dated), ("日期未定的活动", undated))
        bands = tuple(Band(title, tuple(one.row for one in some)) for title, some in titled if some)
        heading = f"{self.year}年{self.month}月活动续表"
        Chart(HEADS, _WIDE, _NARROW, bands, TITLE_COLUMN, frozenset({0, 1, 3}), heading=heading).write(desk)
        pages = {row.number: row.page for row in desk.tables[-1]}
        for one, entry in zip(items, left, strict=True):
            if one.number in pages and entry.day not in desk.marks:
                desk.marks[entry.day] = pages[one.number]


def wall_calendar(
    snapshot: YearSnapshot, _check: YearCheck, options: PrintOptions
) -> tuple[PrintDocument, ...]:
    """The chosen month, or all twelve, each counted by itself. ``InputError`` for a month that is none."""
    if options.month is not None and options.month not in range(1, 13):
        raise InputError(f"没有{options.month}月。", "没有写出文件。", "月份应为1至12。")
    choice = ChosenEvents(snapshot, options)
    months = (options.month,) if options.month else range(1, 13)
    return tuple(_document(choice, month) for month in months)


def _document(choice: ChosenEvents, month: int) -> PrintDocument:
    snapshot = choice.snapshot
    entries = month_entries(choice, month)
    holidays = snapshot.holidays
    period = month_period(snapshot.year, month)
    names = {day: clean(name, 12).text for day, name in holidays.days_off if day in period}
    names |= {day: "班" for day in holidays.makeup_workdays if day in period}
    off = frozenset(day for day in period.days() if _is_off(day, names))
    usual = f"{snapshot.year_row.district}{snapshot.year}年{month}月政务公开活动月历"
    title = title_of(choice.options, usual)
    several = choice.options.month is None and bool(choice.options.title.strip())
    undated = sum(entry.day is None for entry in entries)
    legend = f"{marks_of(choice)}；{UNSURE} 未定" if choice.options.mark_unconfirmed else marks_of(choice)
    estimate = () if holidays.announced else (f"注：{estimate_mark(snapshot.year)}。",)
    return PrintDocument(
        title=f"{title}（{month}月）" if several else title,
        parts=(Month(snapshot.year, month, entries, names, off),),
        items=len(entries),
        leads=(f"{legend}{f'；另有{undated}项日期未定' if undated else ''}", *estimate),
        cut=tuple(_cut(entries)),
        poster=True,
    )


def _cut(entries: Sequence[WallItem]) -> Iterator[str]:
    """Which texts are longer than is printed; by name, for what stands in a square has no number."""
    for entry in entries:
        one = item(0, HEADS, entry.cells, TITLE_COLUMN)
        for column, lost in one.cut:
            yield f"“{one.title[:20]}”的{column}超过{LONGEST_FIELD}字，末尾{lost}字没有印出。"


def _is_off(day: date, names: Mapping[date, str]) -> bool:
    name = names.get(day)
    return name != "班" and (name is not None or day.weekday() >= 5)


class _Squares:
    """Draws the squares of a month in the rest of the page."""

    def __init__(self, desk: WritingDesk, month: Month) -> None:
        self._desk, self._month = desk, month
        self._flow = desk.flow
        period = month_period(month.year, month.month)
        self._first, self._end = period.first, period.end
        self._monday = self._first - timedelta(days=self._first.weekday())
        self._weeks = ((self._end - self._monday).days + _WEEK - 1) // _WEEK
        self._column = self._flow.width / _WEEK
        self._entry = _LARGE_ENTRY if self._column >= _LARGE_FROM else _ENTRY
        self._by_day: dict[date, list[WallItem]] = defaultdict(list)
        for entry in month.entries:
            if entry.day is not None:
                self._by_day[entry.day].append(entry)

    def draw(self) -> list[WallItem]:
        """The page is drawn; the entries that did not find room, those without a day last."""
        flow = self._flow
        head = _HEAD.leading + 2 * _ABOVE
        if not flow.fits(head + self._weeks * _LEAST_ROW):
            flow.turn()
        top = flow.y
        self._weekdays()
        flow.y += head
        height = (flow.height - flow.y) / self._weeks
        left: list[WallItem] = []
        for week in range(self._weeks):
            for at in range(_WEEK):
                day = self._monday + timedelta(days=week * _WEEK + at)
                if self._first <= day < self._end:
                    left += self._square(day, at * self._column, height)
            flow.y += height
        self._lines(top, head, height)
        return [*left, *(entry for entry in self._month.entries if entry.day is None)]

    def _weekdays(self) -> None:
        flow = self._flow
        for at, name in enumerate(WEEKDAYS):
            flow.put([f"周{name}"], _HEAD, Align.CENTRE, at * self._column, flow.y + _ABOVE, self._column)

    def _square(self, day: date, x: float, height: float) -> list[WallItem]:
        flow, inside = self._flow, self._column - 2 * _SIDE
        name = self._month.names.get(day, "")
        if day in self._month.off:
            flow.sheet.fills.append(Fill(x, flow.y, x + self._column, flow.y + height, _GREY))
        flow.put([str(day.day)], _DAY, Align.LEFT, x + _SIDE, flow.y + _ABOVE, inside)
        flow.put([name], _NOTE, Align.RIGHT, x + _SIDE, flow.y + _ABOVE, inside)
        top = flow.y + _ABOVE + _DAY.leading
        room = int((flow.y + height - top - _ABOVE) / self._entry.leading + 0.01)
        lines, left = self._fitted(day, inside, room)
        flow.put(lines, self._entry, Align.LEFT, x + _SIDE, top, inside)
        said = f"{day.day}{name}{''.join(lines)}"
        self._desk.spots.append(
            TextBox(
                f"{day.month}月{day.day}日",
                flow.sheet.number,
                x,
                x + self._column,
                flow.y,
                flow.y + height,
                said,
            )
        )
        return left

    def _fitted(self, day: date, width: float, room: int) -> tuple[list[str], list[WallItem]]:
        """The lines that fit a square and the entries that do not: none is cut, none is dropped."""
        broken = [
            (entry, self._flow.lines_of(entry.text, self._entry, width))
            for entry in self._by_day.get(day, [])
        ]
        short = [(entry, lines) for entry, lines in broken if len(lines) <= _MOST_ENTRY_LINES]
        if len(short) == len(broken) and sum(len(lines) for _, lines in broken) <= room:
            self._desk.shown += len(broken)
            return [line for _, lines in broken for line in lines], []
        page = self._desk.page_of(day)
        kept: list[str] = []
        shown: list[WallItem] = []
        for entry, lines in short:
            tail = self._tail(len(broken) - len(shown) - 1, page, width)
            if len(kept) + len(lines) + len(tail) <= room:
                kept += lines
                shown.append(entry)
        self._desk.shown += len(shown)
        left = [entry for entry, _ in broken if not any(entry is one for one in shown)]
        return [*kept, *self._tail(len(left), page, width)], left

    def _tail(self, left: int, page: int, width: float) -> list[str]:
        return self._flow.lines_of(f"还有{left}项，见第{page}页", self._entry, width)

    def _lines(self, top: float, head: float, height: float) -> None:
        rules, right, bottom = self._flow.sheet.rules, self._flow.width, self._flow.y
        for x in (0.0, right):
            rules.append(RuledLine(x, top, x, bottom, OUTER))
        for y in (top, bottom):
            rules.append(RuledLine(0, y, right, y, OUTER))
        for at in range(1, _WEEK):
            rules.append(RuledLine(at * self._column, top, at * self._column, bottom, INNER))
        for week in range(self._weeks):
            y = top + head + week * height
            rules.append(RuledLine(0, y, right, y, INNER))
