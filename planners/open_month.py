"""政府开放月：哪些单位报了、哪天开放、够不够数、谁还没报；其余各月的常态化开放。

Pure facts over snapshot and check. Every number here is the check's own: the month's count is that of
the rule for August as a whole, a unit is open where its cell of the rule by unit is reached.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from datetime import date, timedelta
from typing import NamedTuple

from models.domain.events import Campaign, Event, EventStatus
from models.domain.periods import month_period
from models.domain.rules import GroupKind, PeriodKind
from models.domain.snapshot import YearSnapshot
from models.domain.units import Unit, UnitKind
from planners.checks.context import number
from planners.deadline_items import OPEN_MONTH_NOTICE, OPEN_MONTH_NOTICED
from planners.masked import shown_on_screen
from planners.results import Cell, CellState, YearCheck

AUGUST = 8
DAYS = 31
THEME = "open_month.theme"
"""Settings of the year: the month's theme, the day on which its table is to be public, and was."""
_USUAL_KINDS = (UnitKind.TOWN, UnitKind.DEPARTMENT)


def kinds_asked(check: YearCheck) -> tuple[UnitKind, ...]:
    """Who is expected to open, as the rule by unit reads 各单位; others that take part are shown, not counted."""
    rules = check.ruleset.counting(Campaign.OPEN_MONTH, GroupKind.UNIT)
    with_parks = any(rule.group is GroupKind.UNIT_PARK for rule in rules)
    return (*_USUAL_KINDS, UnitKind.PARK) if with_parks else _USUAL_KINDS


class OpenDay(NamedTuple):
    """An event of the month on the days ``first``–``last`` (1–31) as far as they lie in August.

    ``counts``: the check counts it (planned or held, not only online, begun in August).
    ``interactive``: it has one of the forms that §22 asks for.
    """

    event: Event
    first: int
    last: int
    counts: bool
    interactive: bool


class UnitLine(NamedTuple):
    """A unit and what it has reported: dated events by day, others without a day (those of 8月, 8月中旬 among them).

    ``forecast``: how many of them the check counts; ``exempt``: why the unit need not open.
    """

    key: str
    name: str
    kind: UnitKind | None
    days: tuple[OpenDay, ...]
    undated: tuple[Event, ...]
    forecast: int
    exempt: str = ""
    asked: bool = False

    @property
    def reported(self) -> bool:
        """Whether the unit has reported anything, a draft included."""
        return bool(self.days or self.undated)

    @property
    def online(self) -> bool:
        """Whether the unit has an event that is held only online."""
        return any(day.event.online_only for day in self.days) or any(e.online_only for e in self.undated)

    @property
    def is_expected(self) -> bool:
        """Whether the unit counts among those that are to open."""
        return self.asked and not self.exempt


class OpenMonth(NamedTuple):
    """The month as a whole. ``per_day`` and ``months`` count what the check counts."""

    year: int
    lines: tuple[UnitLine, ...]
    forecast: int
    held: int
    minimum: int
    target: int | None
    most: int | None
    own_mark: str
    state: CellState
    per_day: tuple[int, ...]
    months: tuple[int, ...]
    expected: int
    without_expected: int
    signed_up: int
    tentative: int
    online: int
    drafts: int
    without_interaction: int
    theme: str
    notice_due: date | None
    notice_done: date | None

    @property
    def asked(self) -> tuple[UnitLine, ...]:
        """The units that are to open."""
        return tuple(line for line in self.lines if line.is_expected)

    @property
    def units_open(self) -> int:
        """How many of the units that are to open have an event that counts."""
        return sum(line.forecast > 0 for line in self.asked)

    @property
    def missing(self) -> tuple[UnitLine, ...]:
        """The units that are to open and have reported nothing, 街镇 first."""
        return tuple(line for line in self.asked if not line.reported)

    @property
    def range_words(self) -> str:
        """What the month is to reach: 30–80, else its minimum.

        >>> _range(1, 30, 80), _range(1, None, None)
        ('30–80', '≥1')
        """
        return _range(self.minimum, self.target, self.most)

    @property
    def regular(self) -> int:
        """How many open days lie outside August (§22 常态化)."""
        return sum(self.months) - self.months[AUGUST - 1]


def _range(minimum: int, target: int | None, most: int | None) -> str:
    if target and most:
        return f"{target}–{most}"
    return f"≥{target or minimum}"


def open_month(snapshot: YearSnapshot, check: YearCheck) -> OpenMonth:
    """The open month of the year: a line for every 街镇 and department, then for others that take part.

    Events that name no unit stand in a last line without a key. Delegates are masked.
    """
    snapshot, check, _ = shown_on_screen(snapshot, check)
    events = [event for event in snapshot.events if event.campaign is Campaign.OPEN_MONTH]
    silent = {key for f in check.findings if f.situation == "no_interaction" for key in f.events}
    cell = next(iter(_cells(check, GroupKind.NONE)), None)
    known = frozenset(cell.events) if cell else frozenset(e.key for e in events if _counts(e, snapshot.year))
    days, undated = _in_august(events, snapshot.year, frozenset(silent), known)
    counted = [day.event for day in days if day.counts] + [event for event in undated if event.key in known]
    limits = _limits(check)
    row = snapshot.year_row
    return OpenMonth(
        year=snapshot.year,
        lines=_lines(snapshot, check, days, undated, known),
        forecast=cell.forecast if cell else len(counted),
        held=cell.held if cell else sum(event.status is EventStatus.HELD for event in counted),
        minimum=cell.minimum if cell else 1,
        target=cell.target if cell else None,
        most=limits[0],
        own_mark=limits[1],
        state=cell.state if cell else CellState.NOT_APPLICABLE,
        per_day=_per_day(day for day in days if day.counts),
        months=_months(events, snapshot.year),
        expected=sum(event.expected or 0 for event in counted),
        without_expected=sum(not event.expected for event in counted),
        signed_up=sum(event.signed_up or 0 for event in counted),
        tentative=sum(event.tentative for event in counted),
        online=sum(day.event.online_only for day in days),
        drafts=sum(day.event.status is EventStatus.DRAFT for day in days),
        without_interaction=sum(event.key in silent for event in counted),
        theme=str(row.setting(THEME) or ""),
        notice_due=_date(row.setting(OPEN_MONTH_NOTICE)),
        notice_done=_date(row.setting(OPEN_MONTH_NOTICED)),
    )


def _limits(check: YearCheck) -> tuple[int | None, str]:
    """The most events that the month is to have, and （自定） where the office itself has said so."""
    rules = check.ruleset.on(date(check.year, 8, 1)).counting(Campaign.OPEN_MONTH, GroupKind.NONE)
    return (number(rules[0], "most", 0) or None, rules[0].own_mark("target", "most")) if rules else (None, "")


def _cells(check: YearCheck, group: GroupKind) -> list[Cell]:
    """The August cells of the first rule that counts open days in the groups of ``group``."""
    rules = check.ruleset.on(date(check.year, 8, 1)).counting(Campaign.OPEN_MONTH, group)
    code = next((rule.code for rule in rules if rule.period is PeriodKind.AUGUST), None)
    return [cell for cell in check.cells if cell.rule == code]


def _in_august(
    events: Iterable[Event], year: int, silent: frozenset[str], known: frozenset[str]
) -> tuple[list[OpenDay], list[Event]]:
    """The events that touch August by start, and those without a day that may; cancelled ones left out."""
    august = month_period(year, AUGUST)
    days, undated = [], []
    for event in events:
        if event.status is EventStatus.CANCELLED:
            continue
        if event.span is None or event.day is None:
            said = event.days
            if said is None or (said.first < august.end and august.first < said.end):
                undated.append(event)
            continue
        start, end = event.span[0].date(), _last_day(event)
        if start < august.end and end >= august.first:
            first, last = max(start, august.first).day, min(end, august.last).day
            days.append(OpenDay(event, first, last, event.key in known, event.key not in silent))
    days.sort(key=lambda day: (day.first, day.event.starts_at, day.event.key))
    return days, undated


def _last_day(event: Event) -> date:
    assert event.starts_at is not None
    if event.ends_at is None or event.ends_at <= event.starts_at:
        return event.starts_at.date()
    return (event.ends_at - timedelta(microseconds=1)).date()


def _counts(event: Event, year: int) -> bool:
    in_august = event.lies_in(month_period(year, AUGUST))
    return event.counts_in_forecast and not event.online_only and in_august


def _lines(
    snapshot: YearSnapshot,
    check: YearCheck,
    days: Iterable[OpenDay],
    undated: Iterable[Event],
    known: frozenset[str],
) -> tuple[UnitLine, ...]:
    by_unit: dict[str, list[OpenDay]] = defaultdict(list)
    waiting: dict[str, list[Event]] = defaultdict(list)
    for day in days:
        for key in units_of(day.event):
            by_unit[key].append(day)
    for event in undated:
        for key in units_of(event):
            waiting[key].append(event)
    exempt = {c.group: c.reason for c in _cells(check, GroupKind.UNIT) if c.state is CellState.EXEMPT}
    asked = kinds_asked(check)
    order = {kind: number for number, kind in enumerate(asked)}
    units = sorted(snapshot.units, key=lambda unit: order.get(unit.kind, len(order)))
    shown = [unit for unit in units if unit.kind in asked or unit.key in by_unit or unit.key in waiting]
    lines = [
        _line(unit, by_unit[unit.key], waiting[unit.key], exempt, known)._replace(asked=unit.kind in asked)
        for unit in shown
    ]
    if by_unit[""] or waiting[""]:
        lines.append(UnitLine("", "（未填单位）", None, tuple(by_unit[""]), tuple(waiting[""]), 0))
    return tuple(lines)


def _line(
    unit: Unit,
    days: list[OpenDay],
    undated: list[Event],
    exempt: Mapping[str | None, str],
    known: frozenset[str],
) -> UnitLine:
    forecast = sum(day.counts for day in days) + sum(event.key in known for event in undated)
    excuse = (exempt[unit.name] or "豁免") if unit.name in exempt else ""
    return UnitLine(unit.key, unit.name, unit.kind, tuple(days), tuple(undated), forecast, excuse)


def units_of(event: Event) -> tuple[str, ...]:
    """In whose lines an event stands: lead, responsible units and 街镇, each once; "" where none is named."""
    return tuple(dict.fromkeys((*event.units, *event.towns))) or ("",)


def _per_day(counted: Iterable[OpenDay]) -> tuple[int, ...]:
    found = [0] * DAYS
    for day in counted:
        found[day.first - 1] += 1
    return tuple(found)


def _months(events: Iterable[Event], year: int) -> tuple[int, ...]:
    found = [0] * 12
    for event in events:
        days = event.days if event.counts_in_forecast and not event.online_only else None
        if days is not None and days.last.year == year and days.first.month == days.last.month:
            found[days.first.month - 1] += 1
    return tuple(found)


def _date(value: object) -> date | None:
    try:
        return date.fromisoformat(str(value)) if value else None
    except ValueError:
        return None


def reminder_text(month: OpenMonth) -> str:
    """The list of those who have reported nothing, ready to be sent; "" where all have."""
    if not month.missing:
        return ""
    towns = [line.name for line in month.missing if line.kind is UnitKind.TOWN]
    others = [line.name for line in month.missing if line.kind is not UnitKind.TOWN]
    theme = f"（主题：{month.theme}）" if month.theme else ""
    lines = [f"{month.year}年8月政府开放月活动{theme}，以下 {len(month.missing)} 个单位还没有报送："]
    for words, names in (("街镇", towns), ("部门", others)):
        if names:
            lines.append(f"{words}（{len(names)}）：{'、'.join(names)}")
    if month.notice_due and not month.notice_done:
        lines.append(f"活动表定于{month.notice_due.month}月{month.notice_due.day}日公布，请在此之前报送。")
    return "\n".join(lines)
