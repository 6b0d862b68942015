"""重复的日程：只展开到计划年度内，有上限；看不懂的规则说明后不收 (RFC 5545 3.3.10)。"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, datetime, timedelta
from typing import NamedTuple

from models.domain.errors import InputError

MOST_DAYS = 300_000
"""Days that are looked at for all the rules of one file."""
LONGEST_AGO = 60
"""Years before the plan year in which a rule may have begun."""
_DAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
_BYDAY = re.compile(r"([+-]?[1-5])?(MO|TU|WE|TH|FR|SA|SU)")
_KNOWN = frozenset({"FREQ", "INTERVAL", "COUNT", "UNTIL", "BYDAY", "BYMONTH", "BYMONTHDAY", "WKST"})


class RuleError(ValueError):
    """Why a rule is not taken, in words."""


class Budget:
    """How many days may still be looked at; ``InputError`` where a file asks for more."""

    def __init__(self, days: int = MOST_DAYS) -> None:
        self._left = days

    def spend(self) -> None:
        """One day was looked at."""
        self._left -= 1
        if self._left < 0:
            raise InputError(
                "重复的日程太多，展开不完。", "没有导入。", "请分成几个文件，或去掉很早以前开始的重复日程。"
            )


class Rule(NamedTuple):
    """A rule that can be expanded."""

    frequency: str
    interval: int
    most: int | None
    until: date | None
    weekdays: tuple[tuple[int, int], ...]
    months: tuple[int, ...]
    month_days: tuple[int, ...]


def read_rule(text: str) -> Rule:
    """The rule in ``text``; ``RuleError`` where it is none that is taken."""
    parts: dict[str, str] = {}
    for part in text.strip().upper().split(";"):
        name, _, value = part.partition("=")
        if name:
            parts[name.strip()] = value.strip()
    frequency = parts.get("FREQ", "")
    if frequency not in ("DAILY", "WEEKLY", "MONTHLY", "YEARLY"):
        raise RuleError("只收按日、周、月、年重复的日程")
    if set(parts) - _KNOWN:
        raise RuleError("这种重复规则不收，请逐场写出")
    weekdays = []
    for word in filter(None, parts.get("BYDAY", "").split(",")):
        match = _BYDAY.fullmatch(word)
        if match is None or (match[1] and frequency != "MONTHLY"):
            raise RuleError("这种重复规则不收，请逐场写出")
        weekdays.append((int(match[1] or 0), _DAYS.index(match[2])))
    if weekdays and (frequency == "YEARLY" or parts.get("BYMONTHDAY")):
        raise RuleError("这种重复规则不收，请逐场写出")
    if frequency == "WEEKLY" and (parts.get("BYMONTHDAY") or parts.get("WKST", "MO") not in ("MO", "")):
        raise RuleError("这种重复规则不收，请逐场写出")
    return Rule(
        frequency,
        _number(parts.get("INTERVAL", "1")),
        _number(parts["COUNT"]) if "COUNT" in parts else None,
        _until(parts["UNTIL"]) if "UNTIL" in parts else None,
        tuple(weekdays),
        tuple(_number(word) for word in parts.get("BYMONTH", "").split(",") if word),
        tuple(_number(word) for word in parts.get("BYMONTHDAY", "").split(",") if word),
    )


def days_of(rule: Rule, start: date, year: int, budget: Budget) -> Iterator[date]:
    """The days of ``year`` on which what began on ``start`` is repeated, the first one included."""
    if start.year < year - LONGEST_AGO:
        raise RuleError(f"重复从{start.year}年开始，太早")
    day = start if rule.most is not None else max(start, date(year, 1, 1))
    last = min(date(year, 12, 31), rule.until or date(year, 12, 31))
    found = 0
    while day <= last and (rule.most is None or found < rule.most):
        budget.spend()
        if day == start or _falls_on(rule, start, day):
            found += 1
            if day.year == year:
                yield day
        day += timedelta(days=1)


def _falls_on(rule: Rule, start: date, day: date) -> bool:
    if rule.months and day.month not in rule.months:
        return False
    wanted = {weekday for _, weekday in rule.weekdays}
    months = (day.year - start.year) * 12 + day.month - start.month
    if rule.frequency == "DAILY":
        in_month = not rule.month_days or day.day in rule.month_days
        return (
            (day - start).days % rule.interval == 0 and in_month and (not wanted or day.weekday() in wanted)
        )
    if rule.frequency == "WEEKLY":
        weeks = (day.toordinal() - 1) // 7 - (start.toordinal() - 1) // 7
        return weeks % rule.interval == 0 and day.weekday() in (wanted or {start.weekday()})
    if rule.frequency == "MONTHLY":
        if months % rule.interval:
            return False
        if rule.weekdays:
            return any(_nth(day, nth) and day.weekday() == weekday for nth, weekday in rule.weekdays)
    elif (day.year - start.year) % rule.interval or (not rule.months and day.month != start.month):
        return False
    return day.day in (rule.month_days or (start.day,))


def _nth(day: date, nth: int) -> bool:
    if nth < 0:
        return (day + timedelta(days=-7 * nth)).month != day.month and (
            day + timedelta(days=7 * (-nth - 1))
        ).month == day.month
    return nth == 0 or (day.day - 1) // 7 + 1 == nth


def _number(text: str) -> int:
    if not (text.isascii() and text.isdigit() and len(text) < 7 and int(text) > 0):
        raise RuleError("重复规则里的数字不对")
    return int(text)


def _until(text: str) -> date:
    try:
        found = datetime.strptime(text[:8], "%Y%m%d")
        if text.endswith("Z") and len(text) == 16:
            found = datetime.strptime(text, "%Y%m%dT%H%M%SZ") + timedelta(hours=8)
        return found.date()
    except (ValueError, OverflowError):
        raise RuleError("重复的截止日期读不懂") from None
