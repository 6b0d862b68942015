"""周期：月、季、年与任意窗口，一律半开区间。"""

from datetime import date, timedelta
from typing import NamedTuple


class Period(NamedTuple):
    """Days from ``first`` (included) to ``end`` (excluded)."""

    first: date
    end: date

    @property
    def last(self) -> date:
        """The last day that still belongs to the period."""
        return self.end - timedelta(days=1)

    def __contains__(self, day: object) -> bool:
        return isinstance(day, date) and self.first <= day < self.end

    def days(self) -> tuple[date, ...]:
        """Every day of the period, in order."""
        return tuple(self.first + timedelta(days=n) for n in range((self.end - self.first).days))


def third_period(day: date) -> Period:
    """The 旬 of ``day``: 1–10, 11–20 or 21 to the end of its month."""
    month = month_period(day.year, day.month)
    first = min(1 + (day.day - 1) // 10 * 10, 21)
    return Period(day.replace(day=first), month.end if first == 21 else day.replace(day=first + 10))


def month_period(year: int, month: int) -> Period:
    """The month ``month`` (1–12) of ``year``."""
    return Period(date(year, month, 1), date(year + month // 12, month % 12 + 1, 1))


def quarter_period(year: int, quarter: int) -> Period:
    """The quarter ``quarter`` (1–4) of ``year``."""
    return Period(date(year, 3 * quarter - 2, 1), month_period(year, 3 * quarter).end)


def half_year_period(year: int, half: int) -> Period:
    """The first or the second half (1, 2) of ``year``."""
    return Period(quarter_period(year, 2 * half - 1).first, quarter_period(year, 2 * half).end)


def year_period(year: int) -> Period:
    """The whole calendar year."""
    return Period(date(year, 1, 1), date(year + 1, 1, 1))


def quarter_of(day: date) -> int:
    """The quarter (1–4) in which ``day`` lies."""
    return (day.month + 2) // 3
