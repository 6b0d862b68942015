"""待定区：延期的和还没有定到哪一天的活动。"""

from __future__ import annotations

from datetime import date
from typing import NamedTuple

from gui.calendar.days import CalendarDays
from gui.session.landing import stands_on_a_day
from models.domain.events import Campaign, Event, EventStatus, Precision


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
    return not postponed, event.latest_day is None, event.latest_day or date.min, event.key


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
    if event.day is not None or event.days is None:
        return event.raw_time or f"原定 {event.day_words}"
    if event.precision is Precision.QUARTER:
        first, last = event.days.first.month, event.days.last.month
        return f"须在 {first}–{last}月（{event.day_words.removeprefix('第')}）"
    return event.day_words if event.precision is Precision.TEN_DAYS else f"须在 {event.day_words}"


def wanted_days(event: Event) -> tuple[date, date] | None:
    """From which day to which (excluded) an event of coarse time should go; None where nothing is known."""
    return None if event.day else event.days
