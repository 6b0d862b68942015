"""打印用的时间写法：一行日期，一行钟点；「暂定」照写。"""

from __future__ import annotations

from datetime import date, datetime, timedelta

from models.domain.attendance import Meeting
from models.domain.events import Event, Precision
from models.domain.workdays import WEEKDAYS

TENTATIVE = "（暂定）"


def printed_time(event: Event) -> str:
    """When an event takes place, to its precision; vague times in the words of their source.

    An uncertain time ends in 「（暂定）」, once.
    """
    text = _exact(event) if event.day else event.raw_time.strip() or event.day_words or "待定"
    return text + TENTATIVE if event.tentative and "暂定" not in text else text


def meeting_time(meeting: Meeting) -> str:
    """Day and clock time of a meeting."""
    if meeting.starts_at is None:
        return "待定"
    text = f"{day_words(meeting.starts_at.date())}\n{meeting.starts_at:%H:%M}"
    return text + TENTATIVE if meeting.tentative else text


def day_words(day: date) -> str:
    """6月23日（周三）."""
    return f"{day.month}月{day.day}日（周{WEEKDAYS[day.weekday()]}）"


def day_line(day: date) -> str:
    """2027年3月15日."""
    return f"{day.year}年{day.month}月{day.day}日"


def _exact(event: Event) -> str:
    start = event.starts_at
    assert start is not None
    if event.precision is Precision.DAY:
        return _days(start, event.ends_at)
    if event.precision is Precision.HALF_DAY:
        return f"{day_words(start.date())}\n{'上午' if start.hour < 12 else '下午'}"
    if event.ends_at is None:
        return f"{day_words(start.date())}\n{start:%H:%M}"
    if event.ends_at.date() == start.date():
        return f"{day_words(start.date())}\n{start:%H:%M}—{event.ends_at:%H:%M}"
    return f"{day_words(start.date())}{start:%H:%M}\n至{day_words(event.ends_at.date())}{event.ends_at:%H:%M}"


def _days(start: datetime, end: datetime | None) -> str:
    """The days of a span that ends with the first midnight after it."""
    last = (end - timedelta(microseconds=1)).date() if end and end > start else start.date()
    if last == start.date():
        return day_words(start.date())
    return f"{day_words(start.date())}\n至{day_words(last)}"
