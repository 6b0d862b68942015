"""当日的各行：停排、冲突在前，活动按时间在后，末尾是提示。"""

from __future__ import annotations

from datetime import datetime
from typing import NamedTuple

from gui.calendar.days import CalendarDays
from gui.calendar.deadlines import DayDeadline, DeadlineState
from gui.calendar.values import CalendarChip, CalendarDay, DayDetails
from models.domain.events import Event, Labelled
from models.domain.rules import Severity
from models.domain.snapshot import ItemKind, YearSnapshot
from models.domain.text import quoted
from models.domain.year import BlockedPeriod
from planners.results import Conflict, ConflictKind
from planners.wording import event_name, resource_name, short_day

_TITLES = {ConflictKind.VENUE: "场地冲突", ConflictKind.UNIT: "单位冲突", ConflictKind.TOWN_DAY: "同街镇同日"}

_NO_TIME = datetime(1, 1, 1)


class DayRowKind(Labelled):
    """How a row of the day is drawn."""

    CONFLICT = "conflict", "冲突"
    ADVICE = "advice", "提示"
    PAUSE = "pause", "停排"
    EVENT = "event", "活动"
    DUE = "due", "时限"
    OVERDUE = "overdue", "逾期时限"
    DONE = "done", "已办时限"
    EMPTY = "empty", "没有活动"


class DayRow(NamedTuple):
    """A row: an event (its chip), or words of some tone. ``key`` names what Enter opens."""

    kind: DayRowKind
    title: str
    lines: tuple[str, ...] = ()
    chip: CalendarChip | None = None
    key: str = ""

    @property
    def words(self) -> str:
        """The row in one line."""
        if self.chip is not None:
            return f"{self.chip.words} {self.chip.detail}"
        return f"{self.title}：{'，'.join(self.lines)}" if self.lines else self.title


def day_rows(days: CalendarDays, details: DayDetails) -> tuple[DayRow, ...]:
    """Every row of a day, the hard conflicts first."""
    snapshot, day = days.snapshot, details.day
    hard = [c for c in details.conflicts if c.severity is Severity.HARD]
    soft = [c for c in details.conflicts if c.severity is not Severity.HARD]
    rows = [_conflict_row(conflict, snapshot) for conflict in hard]
    rows += [_pause_row(period, snapshot) for period in day.blocked]
    rows += [_deadline_row(row) for row in day.deadlines]
    rows += [_event_row(chip) for chip in in_time_order(day)]
    rows += [_conflict_row(conflict, snapshot) for conflict in soft]
    if not day.chips:
        rows.append(DayRow(DayRowKind.EMPTY, "这一天没有活动", ("双击或按 Ctrl+N 新建",)))
    return tuple(rows)


def in_time_order(day: CalendarDay) -> tuple[CalendarChip, ...]:
    """The chips of a day by time alone: the panel has room for all of them."""
    return tuple(sorted(day.chips, key=_by_time))


def _by_time(chip: CalendarChip) -> tuple[datetime, str]:
    return chip.starts or _NO_TIME, chip.key


_DUE_KINDS = {
    DeadlineState.OVERDUE: DayRowKind.OVERDUE,
    DeadlineState.OPEN: DayRowKind.DUE,
    DeadlineState.DONE: DayRowKind.DONE,
}


def _deadline_row(row: DayDeadline) -> DayRow:
    return DayRow(_DUE_KINDS[row.state], row.item.title, row.lines, key=row.key)


def _event_row(chip: CalendarChip) -> DayRow:
    return DayRow(DayRowKind.EVENT, chip.title, (), chip, chip.key)


def _conflict_row(conflict: Conflict, snapshot: YearSnapshot) -> DayRow:
    names = "与".join(quoted(event_name(snapshot, key)) for key in conflict.events[:3])
    more = f"等 {len(conflict.events)} 场" if len(conflict.events) > 3 else ""
    what = "都在" if conflict.kind is ConflictKind.TOWN_DAY else "同用"
    lines: tuple[str, ...] = (f"{names}{more}{what}", resource_name(conflict, snapshot))
    if conflict.kind is ConflictKind.UNIT:
        lines = (f"{names}{more}都由", f"{resource_name(conflict, snapshot)}牵头")
    kind = DayRowKind.CONFLICT if conflict.severity is Severity.HARD else DayRowKind.ADVICE
    title = _TITLES[conflict.kind]
    if clock := _shared_time(conflict, snapshot):
        title += f" {clock}"
    return DayRow(kind, title, lines, key=conflict.events[0])


def _shared_time(conflict: Conflict, snapshot: YearSnapshot) -> str:
    """14:00–15:30, the time in which two events compete; "" where there are more or it is another kind."""
    if conflict.kind is ConflictKind.TOWN_DAY:
        return ""
    spans = [
        event.span
        for key in conflict.events
        if isinstance(event := snapshot.event_by_key.get(key), Event) and event.span is not None
    ]
    if len(spans) != 2:
        return ""
    start, end = max(span[0] for span in spans), min(span[1] for span in spans)
    return f"{start:%H:%M}–{end:%H:%M}" if start < end else ""


def _pause_row(period: BlockedPeriod, snapshot: YearSnapshot) -> DayRow:
    return DayRow(DayRowKind.PAUSE, f"停排：{period.reason or '未写原因'}", (pause_words(period, snapshot),))


def pause_words(period: BlockedPeriod, snapshot: YearSnapshot) -> str:
    """For whom and how long a 停排 holds: 走进校区 · 7月1日至8月31日."""
    whom = [campaign.label for campaign in period.campaigns]
    whom += [snapshot.unit_name(key) for key in period.units]
    whom += [_venue_name(snapshot, key) for key in period.venues]
    days = short_day(period.first)
    if period.last != period.first:
        days += f"至{short_day(period.last)}"
    return f"{'、'.join(whom) or '全部活动'} · {days}"


def _venue_name(snapshot: YearSnapshot, key: str) -> str:
    return str(getattr(snapshot.item(ItemKind.VENUE, key), "name", key))
