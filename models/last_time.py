"""取消日期之前的时间：怎样写进一列，怎样读出来。发布过的活动延期待定后，日历上仍在原来那天标出取消。"""

from __future__ import annotations

from datetime import datetime

from models.domain.events import Event, Precision
from models.domain.snapshot import LastTime


def time_text(event: Event) -> str:
    """When ``event`` is, as it is stored; "" while it has no time."""
    if event.starts_at is None:
        return ""
    return last_time_text(LastTime(event.starts_at, event.ends_at, event.precision))


def last_time_text(last: LastTime | None) -> str:
    """``last`` as it is stored; "" where there is none."""
    if last is None:
        return ""
    ends_at = last.ends_at.isoformat() if last.ends_at is not None else ""
    return f"{last.starts_at.isoformat()}|{ends_at}|{last.precision.value}"


def last_time_of(text: str) -> LastTime | None:
    """What ``time_text`` wrote."""
    if not text:
        return None
    starts_at, ends_at, precision = text.split("|")
    return LastTime(
        datetime.fromisoformat(starts_at),
        datetime.fromisoformat(ends_at) if ends_at else None,
        Precision(precision),
    )


def with_last_time(event: Event, text: str) -> Event:
    """``event`` with the time that was taken from it, where it has none and ``text`` holds one."""
    last = last_time_of(text) if event.starts_at is None else None
    return event if last is None else event._replace(**last._asdict())
