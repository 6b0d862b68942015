"""定在某月某日的纪念日、宣传日：沿用上年时留在那一天，不按同周同日挪动。"""

from __future__ import annotations

from datetime import date
from typing import NamedTuple

from models.domain.events import Event, Precision


class FixedDay(NamedTuple):
    """A day of the calendar by its name; ``words``: any of them in an event's title or theme says that it is meant."""

    name: str
    month: int
    day: int
    words: tuple[str, ...]


FIXED_DAYS = (
    FixedDay("学雷锋纪念日", 3, 5, ("学雷锋",)),
    FixedDay("国际消费者权益日", 3, 15, ("消费者权益日", "3·15", "3.15")),
    FixedDay("全民国家安全教育日", 4, 15, ("国家安全教育日",)),
    FixedDay("国际档案日", 6, 9, ("档案日",)),
    FixedDay("国际禁毒日", 6, 26, ("禁毒日",)),
    FixedDay("消防宣传日", 11, 9, ("消防日", "消防宣传日", "119")),
    FixedDay("国家宪法日", 12, 4, ("宪法日", "宪法宣传日")),
)
_EXACT = (Precision.TIME, Precision.HALF_DAY, Precision.DAY)


def fixed_day_of(event: Event, day: date) -> FixedDay | None:
    """The fixed day that ``event`` on ``day`` keeps; None for one that names none, or was held on another day."""
    if event.precision not in _EXACT:
        return None
    said = f"{event.title} {event.short} {event.theme}"
    return next(
        (
            one
            for one in FIXED_DAYS
            if (one.month, one.day) == (day.month, day.day) and any(word in said for word in one.words)
        ),
        None,
    )
