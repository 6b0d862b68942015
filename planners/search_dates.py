"""搜索里的日期：8月18日、8-18、今天、下周三、8月中旬、三季度、第 33 周、国庆。"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, timedelta
from typing import NamedTuple

from models.domain.snapshot import YearSnapshot
from models.domain.workdays import WEEKDAYS, workdays_of
from planners.wording import QUARTERS, day_label

_NEAR = {
    "今天": 0,
    "今日": 0,
    "明天": 1,
    "明日": 1,
    "后天": 2,
    "大后天": 3,
    "昨天": -1,
    "昨日": -1,
    "前天": -2,
}
_WEEKS = {"": 0, "本": 0, "这": 0, "下": 7, "上": -7, "下下": 14}
_THIRDS = {"上旬": 1, "中旬": 11, "下旬": 21}
_WEEKDAY = re.compile(r"(本|这|下下|下|上|)(?:个)?(?:周|星期|礼拜)([一二三四五六日天])")
_FULL = re.compile(r"(\d{4})(?:年|[-/.])(\d{1,2})(?:月|[-/.])(\d{1,2})[日号]?")
_PACKED = re.compile(r"(\d{4})(\d{2})(\d{2})")
_DAY = re.compile(r"(\d{1,2})(?:月|[-/.])(\d{1,2})[日号]?")
_MONTH = re.compile(r"(?:(\d{4})年)?(\d{1,2})月(上旬|中旬|下旬)?")
_QUARTER = re.compile(r"第?([一二三四1-4])季度?")
_WEEK = re.compile(r"第(\d{1,2})周")


class FoundDay(NamedTuple):
    """A day that a query names: its words, and what is to be known of it (2027年 · 休 中秋 · 3 场)."""

    day: date
    words: str
    note: str


def found_days(query: str, snapshot: YearSnapshot, today: date) -> tuple[FoundDay, ...]:
    """The days that ``query`` names, in the year of ``snapshot`` unless it says another; none for other words."""
    text = "".join(query.split())
    if not text:
        return ()
    named = dict(_named(text, snapshot, today))
    return tuple(FoundDay(day, words, day_note(day, snapshot)) for day, words in named.items())


def day_note(day: date, snapshot: YearSnapshot) -> str:
    """2027年 · 第 33 周 · 休 中秋 · 3 场活动; of another year no more than the week."""
    parts = [f"{day.year}年", f"第 {day.isocalendar().week} 周"]
    if day.year == snapshot.year:
        workdays = workdays_of(snapshot)
        if name := workdays.name_of(day):
            parts.append(f"休 {name}")
        elif workdays.is_makeup(day):
            parts.append("调休上班")
        count = sum(event.day == day for event in snapshot.events)
        parts.append(f"{count} 场活动" if count else "没有活动")
    return " · ".join(parts)


def _named(text: str, snapshot: YearSnapshot, today: date) -> Iterator[tuple[date, str]]:
    """Day and its words, the most certain reading first."""
    if text in _NEAR:
        day = today + timedelta(days=_NEAR[text])
        yield day, f"{text} · {day_label(day)}"
    if match := _WEEKDAY.fullmatch(text):
        monday = today - timedelta(days=today.weekday())
        day = monday + timedelta(days=_WEEKS[match[1]] + WEEKDAYS.index(match[2].replace("天", "日")))
        yield day, day_label(day)
    for pattern in (_FULL, _PACKED):
        if match := pattern.fullmatch(text):
            yield from _whole(int(match[1]), int(match[2]), int(match[3]))
    if match := _DAY.fullmatch(text):
        yield from _whole(snapshot.year, int(match[1]), int(match[2]))
    yield from _spans(text, snapshot.year)
    yield from _holidays(text, snapshot)


def _whole(year: int, month: int, day: int) -> Iterator[tuple[date, str]]:
    if (found := _date(year, month, day)) is not None:
        yield found, day_label(found)


def _spans(text: str, year: int) -> Iterator[tuple[date, str]]:
    """Months, thirds of them, quarters and weeks: by their first day."""
    if match := _MONTH.fullmatch(text):
        first = _date(int(match[1] or year), int(match[2]), _THIRDS.get(match[3] or "", 1))
        if first is not None:
            yield first, f"{first.month}月{match[3] or ''}"
    if match := _QUARTER.fullmatch(text):
        number = "一二三四1234".index(match[1]) % 4
        yield date(year, 3 * number + 1, 1), f"{QUARTERS[number]}季度"
    if (match := _WEEK.fullmatch(text)) and 1 <= int(match[1]) <= date(year, 12, 28).isocalendar().week:
        monday = date.fromisocalendar(year, int(match[1]), 1)
        yield monday, f"第 {int(match[1])} 周 · {day_label(monday)}起"


def _holidays(text: str, snapshot: YearSnapshot) -> Iterator[tuple[date, str]]:
    """The first day of every holiday whose name begins with ``text``."""
    seen: set[str] = set()
    for day, name in snapshot.holidays.days_off:
        if name.startswith(text) and name not in seen:
            seen.add(name)
            yield day, f"{name} · {day_label(day)}"


def _date(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None
