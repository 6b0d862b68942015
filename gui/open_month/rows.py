"""开放月的格子：哪些行看得见，一行里的日条怎样叠放，悬停与播报说什么。"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from typing import NamedTuple

from models.domain.events import Event, EventStatus, Labelled, Precision
from models.domain.text import quoted
from models.domain.units import UnitKind
from models.domain.workdays import WEEKDAYS, Workdays
from planners import wording
from planners.open_month import AUGUST, DAYS, OpenDay, OpenMonth, UnitLine

MOST_LANES = 3
"""So many bars lie above one another in a row; what is more is counted."""
UNDATED = 0
"""The column before the 1st: events that have no day yet."""


class LineFilter(Labelled):
    """Which lines are shown."""

    ALL = "all", "全部"
    REPORTED = "reported", "已报送"
    MISSING = "missing", "未报送"
    ONLINE = "online", "有线上"


class MonthBar(NamedTuple):
    """An event in a row: columns ``first``–``last`` (0: no day yet), the lane it lies in.

    ``more``: how many others of that day find no lane and stand behind this one.
    """

    event: Event
    first: int
    last: int
    lane: int
    counts: bool
    interactive: bool
    more: int = 0


class GridRow(NamedTuple):
    """A unit's row with its bars, or the heading of a group (``line`` None)."""

    title: str
    note: str
    line: UnitLine | None = None
    bars: tuple[MonthBar, ...] = ()
    lanes: int = 1

    def at(self, column: int) -> tuple[Event, ...]:
        """The events of a column, those behind a counted bar too, by start."""
        if self.line is None:
            return ()
        if column == UNDATED:
            return self.line.undated
        return tuple(day.event for day in self.line.days if day.first <= column <= day.last)


class DayHead(NamedTuple):
    """A day's head: weekday, 休 or 班 with the holiday's name, how many events the check counts."""

    number: int
    weekday: str
    rest: bool
    mark: str
    name: str
    estimated: bool
    count: int


def day_heads(month: OpenMonth, workdays: Workdays, named: Iterable[date]) -> tuple[DayHead, ...]:
    """The 31 heads of the month; ``named``: the days off that the arrangement lists."""
    listed = frozenset(named)
    heads = []
    for number in range(1, DAYS + 1):
        day = date(month.year, AUGUST, number)
        mark = "班" if workdays.is_makeup(day) else "休" if day in listed else ""
        heads.append(
            DayHead(
                number,
                WEEKDAYS[day.weekday()],
                not workdays.is_workday(day),
                mark,
                workdays.name_of(day) if mark == "休" else "",
                workdays.is_estimated(day),
                month.per_day[number - 1],
            )
        )
    return tuple(heads)


def grid_rows(month: OpenMonth, chosen: LineFilter = LineFilter.ALL, text: str = "") -> tuple[GridRow, ...]:
    """The rows that ``chosen`` and the words lets through, under the heading of their group."""
    rows: list[GridRow] = []
    for title, kinds in _GROUPS:
        lines = [line for line in month.lines if line.kind in kinds]
        shown = [line for line in lines if _passes(line, chosen) and text.strip() in line.name]
        if not shown:
            continue
        asked = [line for line in lines if line.is_expected]
        note = (
            f"报送 {sum(line.reported for line in asked)}/{len(asked)}，计入 {sum(line.forecast > 0 for line in asked)} 个"
            if asked
            else "参加，不计入应报送单位"
        )
        rows.append(GridRow(title, note))
        rows += [_row(line) for line in shown]
    return tuple(rows)


_GROUPS: tuple[tuple[str, tuple[UnitKind | None, ...]], ...] = (
    ("街镇", (UnitKind.TOWN,)),
    ("部门", (UnitKind.DEPARTMENT,)),
    ("园区", (UnitKind.PARK,)),
    ("其他", (UnitKind.SCHOOL, UnitKind.OTHER, None)),
)


def _passes(line: UnitLine, chosen: LineFilter) -> bool:
    if chosen is LineFilter.REPORTED:
        return line.reported
    if chosen is LineFilter.MISSING:
        return line.is_expected and not line.reported
    return chosen is LineFilter.ALL or line.online


def _row(line: UnitLine) -> GridRow:
    bars = stacked(line.days)
    if line.undated:
        first = OpenDay(line.undated[0], UNDATED, UNDATED, counts=False, interactive=True)
        bars = (_bar(first, 0, len(line.undated) - 1), *bars)
    note = f"{line.forecast} 场" if line.forecast else "未计入" if line.reported else line.exempt or "未报送"
    return GridRow(line.name, note, line, bars, max((bar.lane + 1 for bar in bars), default=1))


def stacked(days: Sequence[OpenDay]) -> tuple[MonthBar, ...]:
    """Each bar in the highest free lane; past the last lane it is counted behind a bar of its day."""
    ends = [0] * MOST_LANES
    bars: list[MonthBar] = []
    for day in days:
        lane = next((lane for lane, end in enumerate(ends) if end < day.first), None)
        if lane is None:
            _count_behind(bars, day.first)
            continue
        ends[lane] = day.last
        bars.append(_bar(day, lane, 0))
    return tuple(bars)


def _bar(day: OpenDay, lane: int, more: int) -> MonthBar:
    return MonthBar(day.event, day.first, day.last, lane, day.counts, day.interactive, more)


def _count_behind(bars: list[MonthBar], column: int) -> None:
    """The lowest bar over ``column`` stands for one more."""
    number = max(
        (n for n, bar in enumerate(bars) if bar.first <= column <= bar.last), key=lambda n: bars[n].lane
    )
    bars[number] = bars[number]._replace(more=bars[number].more + 1)


def bar_words(event: Event) -> tuple[str, ...]:
    """What a bar of one day may say, longest first: 13:30 走进应急, 13:30, 13时; 线上 where it is only online."""
    name = event.short or event.title
    if event.online_only:
        return (f"线上 {name}", "线上", "线")
    if event.starts_at is None or event.precision not in (Precision.TIME, Precision.HALF_DAY):
        return (name, name[:2])
    if event.precision is Precision.HALF_DAY:
        half = "上午" if event.starts_at.hour < 12 else "下午"
        return (f"{half} {name}", half, half[0])
    clock = f"{event.starts_at.hour}:{event.starts_at.minute:02d}"
    return (f"{clock} {name}", clock, f"{event.starts_at.hour}时")


def event_sentence(event: Event, bar: OpenDay | MonthBar | None = None) -> str:
    """An event in one sentence: name, when, status, what keeps it from counting, forms, people."""
    parts = [quoted(event.title), wording.time_label(event), event.status_label]
    if event.online_only:
        parts.append("只在线上，不计入")
    elif bar is not None and not bar.counts and event.status in (EventStatus.PLANNED, EventStatus.CONFIRMED):
        parts.append("不计入8月")
    parts.append("、".join(event.forms) if event.forms else "没有登记环节")
    if bar is not None and not bar.interactive and event.forms:
        parts.append("缺互动环节")
    parts.append(people_words(event))
    return " · ".join(part for part in parts if part)


def people_words(event: Event) -> str:
    """预计 30 人，已报名 12（电话报名）."""
    parts = []
    if event.expected:
        parts.append(f"预计 {event.expected} 人")
    if event.signed_up is not None:
        parts.append(f"已报名 {event.signed_up}" + (f"（{event.signup}）" if event.signup else ""))
    elif event.signup:
        parts.append(f"报名：{event.signup}")
    return "，".join(parts)


def place_words(row: GridRow, column: int, year: int) -> str:
    """Where the cursor is and what is there."""
    if row.line is None:
        return f"{row.title}：{row.note}"
    day = "未定日期" if column == UNDATED else wording.day_label(date(year, AUGUST, column))
    events = row.at(column)
    names = "；".join(event_sentence(event) for event in events[:3])
    more = f"等 {len(events)} 场" if len(events) > 3 else ""
    if not events:
        names = "回车新建" if column != UNDATED else "没有未定日期的活动"
    return f"{row.title}（{row.note}）{day}：{names}{more}"


def summary_words(month: OpenMonth) -> str:
    """46 场，在 30–80 内; 12 场，不足 30–80; 90 场，超过 30–80."""
    if month.target and month.forecast < month.target:
        place = f"距目标 {month.range_words} 还差 {month.target - month.forecast} 场"
    elif month.most and month.forecast > month.most:
        place = f"超过 {month.range_words}"
    else:
        place = f"在 {month.range_words} 内"
    return f"{month.forecast} 场，{place}"
