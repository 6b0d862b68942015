"""放假安排的话：共几天、每个节日哪几天，通知读懂了没有。"""

from __future__ import annotations

from datetime import date, timedelta
from itertools import groupby

from models.domain.workdays import WEEKDAYS
from models.domain.year import Holidays
from planners.notice_text import Notice
from planners.wording import short_day

MOST_LINES = 6


def total_words(holidays: Holidays) -> str:
    """放假 33 天，调休上班 6 天 · where from."""
    origin = holidays.notice if holidays.announced and holidays.notice else "估算，程序里和印发件上都会标明"
    return f"放假 {len(holidays.days_off)} 天，调休上班 {len(holidays.makeup_workdays)} 天 · {origin}"


def arrangement_lines(holidays: Holidays) -> list[str]:
    """One line a festival: 春节 2月15日 周日—2月23日 周一（9 天）; the make-up days last."""
    lines = []
    for name, group in groupby(holidays.days_off, key=lambda entry: entry[1]):
        days = [day for day, _ in group]
        spans = "、".join(_span(first, last) for first, last in _runs(days))
        lines.append(f"{name}　{spans}（{len(days)} 天）")
    if holidays.makeup_workdays:
        lines.append(f"上班　{'、'.join(_day(day) for day in holidays.makeup_workdays)}")
    return lines


def _runs(days: list[date]) -> list[tuple[date, date]]:
    runs: list[tuple[date, date]] = []
    for day in days:
        if runs and day - runs[-1][1] == timedelta(days=1):
            runs[-1] = runs[-1][0], day
        else:
            runs.append((day, day))
    return runs


def _span(first: date, last: date) -> str:
    return _day(first) if first == last else f"{_day(first)}—{_day(last)}"


def _day(day: date) -> str:
    return f"{short_day(day)}（{WEEKDAYS[day.weekday()]}）"


def reading_words(notice: Notice | None) -> tuple[str, str]:
    """What was read and what was not, line by line, and the look of the words."""
    if notice is None:
        return "", "caption"
    if notice.unread:
        lines = [unread.words for unread in notice.unread[:MOST_LINES]]
        if len(notice.unread) > MOST_LINES:
            lines.append(f"还有 {len(notice.unread) - MOST_LINES} 行没有读懂。")
        return "\n".join(lines), "error"
    if notice.missing:
        return f"没有提到{'、'.join(notice.missing)}，请看看通知是否完整。", "warning"
    return f"全部读懂：{notice.name or '通知'}", "good"
