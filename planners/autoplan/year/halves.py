"""上午与下午：一场活动占哪几个半天，一个半天里通常几点到几点。"""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

from models.domain.events import Event, Precision

AM, PM = "AM", "PM"
HALVES = (AM, PM)
NOON = time(12)
USUAL = {AM: (time(9, 30), time(11, 30)), PM: (time(14), time(16))}
"""When an event of a half begins and ends where nothing else is known."""

Hours = tuple[time, time]


def half_of(moment: datetime | time) -> str:
    """The half in which something that begins then counts."""
    clock = moment.time() if isinstance(moment, datetime) else moment
    return AM if clock < NOON else PM


def within_one_half(hours: Hours) -> bool:
    """Whether something from the first to the second hour leaves the other half of the day free."""
    return hours[0] < hours[1] and (hours[1] <= NOON or hours[0] >= NOON)


def slots_of(event: Event) -> tuple[tuple[date, str], ...]:
    """Every half that a dated event takes up, the one where it counts first.

    One known to the day takes up all of it; one known to a part of a month or less none but the first.
    """
    assert event.starts_at is not None
    span = event.span
    assert span is not None
    first = (event.starts_at.date(), half_of(event.starts_at))
    if not event.is_timed and event.precision is not Precision.DAY:
        return (first,)
    start, end = span
    found = [
        (day, half)
        for day in (start.date() + timedelta(days=n) for n in range((end.date() - start.date()).days + 1))
        for half in HALVES
        if _begin(day, half) < end and start < _begin(day, half) + timedelta(hours=12)
    ]
    return (first, *(slot for slot in found if slot != first))


def _begin(day: date, half: str) -> datetime:
    return datetime.combine(day, time(0) if half == AM else NOON)
