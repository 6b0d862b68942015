"""重复规则：由 dateutil 展开，只到计划年度，有上限；不收的说明缘由 (RFC 5545 3.3.10)。

dateutil runs a rule that never comes true on to the year 9999, and one with INTERVAL=0 for ever: what it is
given here always ends, and what that costs is counted.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from contextlib import suppress
from datetime import datetime, timedelta
from math import prod

MOST_STEPS = 1_000_000
"""Repetitions that are looked at for all the rules of one file."""
MOST_ROWS = 50_000
"""Repetitions in the plan year of all the entries of one file."""
MOST_A_YEAR = 1000
"""Repetitions of one entry in the plan year."""
LONGEST_RULE = 500
_MOST_A_DAY = 24
_ENDLESS = {"DAILY": 40, "WEEKLY": 10, "MONTHLY": 5, "YEARLY": 2}
"""What a rule costs that runs to the year 9999 without coming true."""
_MOST_ENDLESS = 40
"""What such rules may cost in one file."""
_STEPS = {"DAILY": timedelta(days=1), "WEEKLY": timedelta(weeks=1)}
_MONTHS = {month: 29 if month == 2 else 30 if month in (4, 6, 9, 11) else 31 for month in range(1, 13)}
_PARTS = frozenset(
    {"FREQ", "INTERVAL", "COUNT", "UNTIL", "WKST", "BYMONTH", "BYWEEKNO", "BYYEARDAY", "BYMONTHDAY", "BYDAY",
     "BYHOUR", "BYMINUTE", "BYSECOND", "BYSETPOS"}
)  # fmt: skip


class RuleError(ValueError):
    """Why a rule is not taken, and what to do, in words."""


class Budget:
    """What may still be looked at for one file; ``RuleError`` where it is spent: what comes after is refused."""

    def __init__(self, steps: int = MOST_STEPS, rows: int = MOST_ROWS) -> None:
        self._steps, self._rows, self._endless = steps, rows, _MOST_ENDLESS

    def begin(self, frequency: str) -> None:
        """A rule is about to be followed."""
        self.step()
        if _ENDLESS[frequency] > self._endless:
            raise RuleError("这个文件里另有几条永不发生的重复规则，没有再展开，请先去掉它们")

    def step(self) -> None:
        """Something was looked at."""
        self._steps -= 1
        if self._steps < 0:
            raise RuleError("这个文件里重复的日程太多，展开不完，请分成几个文件，或去掉很早以前开始的")

    def ran_out(self, frequency: str) -> None:
        """A rule went on to the end of the calendar."""
        self._endless -= _ENDLESS[frequency]

    def row(self) -> None:
        """A repetition was found in the plan year."""
        self._rows -= 1
        if self._rows < 0:
            raise RuleError(f"这个文件里的重复超过 {MOST_ROWS} 场，请分成几个文件")


def repeated(
    text: str,
    first: datetime,
    window: tuple[datetime, datetime],
    last_of: Callable[[str], datetime | None],
    budget: Budget,
) -> Iterator[datetime]:
    """The times in ``window`` (half open) at which what is ``first`` at that time is repeated by the rule ``text``.

    All are naive times of the entry's own zone; ``last_of``: what UNTIL says there. ``RuleError`` where the rule
    is none that is taken.
    """
    parts = _parts(text)
    until = parts.pop("UNTIL", None)
    last = last_of(until) if until is not None else None
    if until is not None and last is None:
        raise RuleError(f"重复的截止日期“{until[:40]}”读不懂，请改正")
    since, before = window
    found = 0
    for moment in _all(parts, text, _nearer(parts, first, since), budget):
        budget.step()
        if moment >= before or (last is not None and moment > last):
            return
        if moment >= since:
            found += 1
            if found > MOST_A_YEAR:
                raise RuleError(f"一年里重复超过 {MOST_A_YEAR} 次，请逐场写出")
            yield moment


def _all(parts: Mapping[str, str], text: str, start: datetime, budget: Budget) -> Iterator[datetime]:
    """Everything that the rule gives, in order; one that runs to the end of the calendar is charged for it."""
    from dateutil.rrule import rrulestr

    budget.begin(parts["FREQ"])
    try:
        rule = rrulestr(";".join(f"{name}={value}" for name, value in parts.items()), dtstart=start)
    except (ArithmeticError, LookupError, TypeError, ValueError):
        raise RuleError(f"重复规则“{text[:60]}”读不懂，请逐场写出") from None
    with suppress(ValueError):  # weeks of the year 9999 reach beyond the calendar
        yield from rule
    if "COUNT" not in parts:
        budget.ran_out(parts["FREQ"])


def _parts(text: str) -> dict[str, str]:
    """The parts of the rule, checked as far as the library does not."""
    if len(text) > LONGEST_RULE:
        raise RuleError("重复规则太长，请逐场写出")
    parts: dict[str, str] = {}
    for part in filter(None, text.strip().upper().split(";")):
        name, _, value = part.partition("=")
        parts.setdefault(name.strip(), value.strip())
    frequency = parts.get("FREQ", "")
    if frequency in ("SECONDLY", "MINUTELY", "HOURLY"):
        raise RuleError("只收按日、周、月、年重复的日程，请逐场写出")
    if frequency not in _ENDLESS:
        raise RuleError(f"重复规则“{text[:60]}”读不懂，请逐场写出")
    if unknown := sorted(set(parts) - _PARTS):
        raise RuleError(f"重复规则里的“{unknown[0][:20]}”不收，请逐场写出")
    for name in ("INTERVAL", "COUNT"):
        if name in parts and not _is_number(parts[name]):
            raise RuleError(f"重复规则里的“{name}={parts[name][:20]}”不对，请改正")
    if frequency == "DAILY" and "BYSETPOS" in parts:
        raise RuleError("按日的重复规则里的“BYSETPOS”不收，请逐场写出")
    if _is_no_day(parts):
        raise RuleError(f"重复规则“{text[:60]}”说的日子不存在，请改正")
    if frequency in _STEPS and re.search(r"\d", parts.get("BYDAY", "")):
        raise RuleError("按日、按周的重复规则里写了第几个星期几，读不懂，请逐场写出")
    if prod(parts.get(name, "").count(",") + 1 for name in ("BYHOUR", "BYMINUTE", "BYSECOND")) > _MOST_A_DAY:
        raise RuleError(f"一天里重复超过 {_MOST_A_DAY} 次，请逐场写出")
    return parts


def _is_no_day(parts: Mapping[str, str]) -> bool:
    """Whether BYMONTH and BYMONTHDAY name days that no month has, such as 30 February."""
    months = parts.get("BYMONTH", "") or "1"
    days = parts.get("BYMONTHDAY", "")
    if not re.fullmatch(r"[+-]?\d{1,2}(?:,[+-]?\d{1,2})*", days) or not re.fullmatch(
        r"\d\d?(?:,\d\d?)*", months
    ):
        return False
    longest = max(_MONTHS.get(int(month), 0) for month in months.split(","))
    return all(not 0 < abs(int(day)) <= longest for day in days.split(","))


def _is_number(text: str) -> bool:
    return text.isascii() and text.isdigit() and len(text) < 7 and int(text) > 0


def _nearer(parts: Mapping[str, str], first: datetime, since: datetime) -> datetime:
    """A start as near before ``since`` as gives the same repetitions from there on."""
    step = _STEPS.get(parts["FREQ"])
    if step is None or "COUNT" in parts:
        return first
    step *= int(parts.get("INTERVAL", "1"))
    return first + step * max(0, (since - first) // step - 1)
