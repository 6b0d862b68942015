"""成批改活动：每场改成什么，哪些不能改、为什么；只算，不写。"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date, datetime, timedelta
from typing import NamedTuple

from models import commands
from models.domain.events import Event, EventStatus, Precision
from models.domain.text import quoted
from planners.suggest import USUAL_TIMES

_FIXED = (EventStatus.HELD, EventStatus.CANCELLED)


class Skipped(NamedTuple):
    """An event that is left as it is, and why."""

    event: Event
    reason: str


class BulkChange(NamedTuple):
    """The events as they would be, and those that are left out."""

    events: tuple[Event, ...] = ()
    skipped: tuple[Skipped, ...] = ()


class BulkRefusedError(Exception):
    """An event cannot be changed that way; the words say why."""


def on_day(event: Event, day: date) -> Event:
    """``event`` on ``day``, at its time and as long as before; without one at the usual hours, tentatively.

    What was only known roughly is then known to the day; a postponed event is 已排 again.
    """
    if event.starts_at is None:
        starts, ends = USUAL_TIMES[event.campaign]
        status = EventStatus.PLANNED if event.status is EventStatus.POSTPONED else event.status
        return event._replace(
            starts_at=datetime.combine(day, starts),
            ends_at=datetime.combine(day, ends),
            precision=Precision.TIME,
            tentative=True,
            status=status,
            status_reason="" if status is not event.status else event.status_reason,
        )
    return commands.moved(event, datetime.combine(day, event.starts_at.time()))


def bulk(events: Iterable[Event], change: Callable[[Event], Event]) -> BulkChange:
    """Every event changed by ``change``, those left out that refuse or stay as they are."""
    after, skipped = [], []
    for event in events:
        try:
            changed = change(event)
        except BulkRefusedError as refused:
            skipped.append(Skipped(event, str(refused)))
            continue
        if changed != event:
            after.append(changed)
    return BulkChange(tuple(after), tuple(skipped))


def to_day(events: Iterable[Event], day: date) -> BulkChange:
    """All on one day."""

    def change(event: Event) -> Event:
        _require_movable(event)
        return on_day(event, day)

    return bulk(events, change)


def shifted(events: Iterable[Event], days: int, year: int) -> BulkChange:
    """All by ``days``, each at its own time; none leaves the year."""

    def change(event: Event) -> Event:
        _require_movable(event)
        if event.starts_at is None:
            raise BulkRefusedError("还没有日期")
        if event.day is None:
            raise BulkRefusedError("只知道大致时间")
        day = event.starts_at.date() + timedelta(days=days)
        if day.year != year:
            raise BulkRefusedError(f"会落到 {year} 年度之外")
        return on_day(event, day)

    return bulk(events, change)


def with_status(events: Iterable[Event], status: EventStatus, today: date, reason: str = "") -> BulkChange:
    """All with ``status``; a postponed one loses its day."""

    def change(event: Event) -> Event:
        if event.status is status:
            return event
        if status not in commands.ALLOWED_NEXT[event.status]:
            raise BulkRefusedError(f"现为“{event.status.label}”，不能改为“{status.label}”")
        if status in (EventStatus.CONFIRMED, EventStatus.HELD) and event.starts_at is None:
            raise BulkRefusedError("还没有日期")
        if status is EventStatus.HELD and event.is_ahead(today):
            raise BulkRefusedError("日期还没有到")
        after = event._replace(status=status, status_reason=reason)
        return commands.undated(after) if status is EventStatus.POSTPONED else after

    return bulk(events, change)


def with_lead(events: Iterable[Event], units: tuple[str, ...]) -> BulkChange:
    """All led by ``units``; a unit that leads is not responsible as well."""
    return bulk(
        events,
        lambda event: event._replace(
            lead_units=units,
            responsible_units=tuple(key for key in event.responsible_units if key not in units),
        ),
    )


def with_partner(events: Iterable[Event], units: tuple[str, ...], *, added: bool) -> BulkChange:
    """All with ``units`` among those responsible, or without them."""

    def change(event: Event) -> Event:
        others = tuple(key for key in event.responsible_units if key not in units)
        new = tuple(key for key in units if key not in event.lead_units) if added else ()
        if added and set(new) <= set(event.responsible_units):
            return event
        return event._replace(responsible_units=(*others, *new))

    return bulk(events, change)


def _require_movable(event: Event) -> None:
    if event.status in _FIXED:
        raise BulkRefusedError(f"{event.status.label}，日期不能改")


def skipped_words(skipped: Iterable[Skipped]) -> str:
    """2 场不改：“民法典”已举办，日期不能改；“…”…; "" for none."""
    listed = list(skipped)
    if not listed:
        return ""
    words = [f"{quoted(one.event.short or one.event.title)}{one.reason}" for one in listed[:3]]
    more = " 等" if len(listed) > 3 else ""
    return f"{len(listed)} 场不改：{'；'.join(words)}{more}。"
