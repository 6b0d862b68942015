"""待定区：延期的和还没有定到哪一天的活动。"""

from __future__ import annotations

from datetime import date
from typing import NamedTuple

from gui.calendar.days import CalendarDays
from gui.session.landing import stands_on_a_day
from models.domain.events import Campaign, Event, EventStatus, Precision
from models.domain.periods import month_period, quarter_of, quarter_period
from planners.wording import QUARTERS


class WaitingRow(NamedTuple):
    """An event without a day: its name, what is known (``line``), and where it should go (for sorting)."""

    key: str
    campaign: Campaign
    name: str
    line: str
    status: EventStatus

    @property
    def words(self) -> str:
        """The row in one line."""
        return f"{self.name}，{self.line}"


def waits(event: Event) -> bool:
    """Whether ``event`` belongs to 待定区: it is to take place and its day is not known."""
    return event.status not in (EventStatus.CANCELLED, EventStatus.HELD) and not stands_on_a_day(event)


def waiting_rows(days: CalendarDays) -> tuple[WaitingRow, ...]:
    """What the filter lets through of 待定区: postponed ones first, then by the time that is known."""
    chosen = days.chosen._replace(conflicts_only=False)
    filtered = days if chosen == days.chosen else CalendarDays(days.snapshot, days.check, chosen, days.beside)
    waiting = [event for event in days.snapshot.events if waits(event) and filtered.passes(event)]
    waiting.sort(key=_in_order)
    return tuple(_row(event, days) for event in waiting)


def _in_order(event: Event) -> tuple[bool, bool, date, str]:
    postponed = event.status is EventStatus.POSTPONED
    return not postponed, event.day is None, event.day or date.min, event.key


def _row(event: Event, days: CalendarDays) -> WaitingRow:
    unit = "、".join(days.snapshot.unit_name(key) for key in event.lead_units[:2])
    town = "、".join(days.snapshot.unit_name(key) for key in event.towns[:1])
    state = event.status.label if event.status is not EventStatus.PLANNED else ""
    parts = (unit or town, known_time(event), state)
    return WaitingRow(
        event.key, event.campaign, event.title, " · ".join(part for part in parts if part), event.status
    )


def known_time(event: Event) -> str:
    """What is known of the time: 原定 6月10日, 9月中旬, 须在 10–12月, 日期未定."""
    if event.starts_at is None:
        return event.raw_time or "日期未定"
    day = event.starts_at.date()
    if event.precision is Precision.TEN_DAYS:
        return f"{day.month}月{'上旬' if day.day <= 10 else '中旬' if day.day <= 20 else '下旬'}"
    if event.precision is Precision.MONTH:
        return f"须在 {day.month}月"
    if event.precision is Precision.QUARTER:
        first = quarter_period(day.year, quarter_of(day)).first.month
        return f"须在 {first}–{first + 2}月（{QUARTERS[quarter_of(day) - 1]}季度）"
    return event.raw_time or f"原定 {day.month}月{day.day}日"


def wanted_days(event: Event) -> tuple[date, date] | None:
    """From which day to which (excluded) an event of coarse time should go; None where nothing is known."""
    if event.starts_at is None or event.precision is Precision.UNSET:
        return None
    day = event.starts_at.date()
    if event.precision is Precision.MONTH:
        return tuple(month_period(day.year, day.month))
    if event.precision is Precision.QUARTER:
        return tuple(quarter_period(day.year, quarter_of(day)))
    if event.ends_at is not None and event.precision is Precision.TEN_DAYS:
        return day, event.ends_at.date()
    return None
