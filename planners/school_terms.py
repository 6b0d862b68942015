"""学校的学期与假期：登记了起止日就按日，没有登记按规则里的月份估计；只提示，从不禁止（第2条）。"""

from collections.abc import Iterable, Iterator, Mapping
from datetime import date, timedelta
from typing import NamedTuple

from models.domain.periods import Period, month_period
from models.domain.rules import RuleSet
from models.domain.year import Setting

WINTER, SUMMER = "school_break.winter", "school_break.summer"
"""Settings of the year: first and last day of 寒假 and 暑假, written 2027-01-23/2027-02-21."""
_NAMES = {WINTER: "寒假", SUMMER: "暑假"}
_HALF_YEAR = 6


class SchoolBreak(NamedTuple):
    """A break of the schools, both days in it; ``own``: its days were entered, else assumed by the month."""

    name: str
    first: date
    last: date
    own: bool

    @property
    def words(self) -> str:
        """寒假（1月23日–2月21日）; what was not entered says so."""
        days = f"{self.first.month}月{self.first.day}日–{self.last.month}月{self.last.day}日"
        return f"{self.name}（{days}{'' if self.own else '，按月份估计'}）"

    def __contains__(self, day: object) -> bool:
        return isinstance(day, date) and self.first <= day <= self.last


def school_breaks(year: int, settings: Mapping[str, Setting], ruleset: RuleSet) -> tuple[SchoolBreak, ...]:
    """The breaks of ``year`` by date: as entered, else the months of the rule ``campus.terms``."""
    months = _months(ruleset)
    found = []
    for name, half in ((WINTER, range(1, _HALF_YEAR + 1)), (SUMMER, range(_HALF_YEAR + 1, 13))):
        if (own := break_days(settings.get(name))) is not None:
            found.append(SchoolBreak(_NAMES[name], *own, own=True))
        else:
            found += [
                SchoolBreak(_NAMES[name], date(year, first, 1), _end(year, last), own=False)
                for first, last in _runs(month for month in months if month in half)
            ]
    return tuple(sorted(found, key=lambda one: one.first))


def _months(ruleset: RuleSet) -> list[int]:
    """The months in which the rule set takes schools to be shut."""
    rules = (rule for rule in ruleset.rules if rule.check == "in_school_break")
    values = (str(rule.parameter("months")) for rule in rules)
    return sorted({int(month) for value in values for month in value.split("、")})


def _end(year: int, month: int) -> date:
    return month_period(year, month).last


def _runs(months: Iterable[int]) -> list[tuple[int, int]]:
    """Months on end: first and last of each stretch."""
    runs: list[tuple[int, int]] = []
    for month in months:
        if runs and runs[-1][1] == month - 1:
            runs[-1] = (runs[-1][0], month)
        else:
            runs.append((month, month))
    return runs


def break_days(value: Setting) -> tuple[date, date] | None:
    """First and last day of a setting; None for anything that is not two days in their order.

    >>> break_days("2027-01-23/2027-02-21")
    (datetime.date(2027, 1, 23), datetime.date(2027, 2, 21))
    >>> break_days("2027-02-21/2027-01-23"), break_days(None)
    (None, None)
    """
    try:
        first, last = (date.fromisoformat(part) for part in str(value or "").split("/"))
    except ValueError:
        return None
    return (first, last) if first <= last else None


def break_setting(first: date, last: date) -> str:
    """The days of a break as the setting holds them."""
    return f"{first.isoformat()}/{last.isoformat()}"


def break_on(day: date, breaks: Iterable[SchoolBreak]) -> SchoolBreak | None:
    """The break in which ``day`` lies."""
    return next((one for one in breaks if day in one), None)


class BreakDays(NamedTuple):
    """The days on which schools are shut: ``day in days``."""

    breaks: tuple[SchoolBreak, ...] = ()

    def __contains__(self, day: object) -> bool:
        return any(day in one for one in self.breaks)

    def by_month(self, year: int) -> Iterator[tuple[int, Period]]:
        """The breaks cut at the months of ``year``: month and days, in order."""
        for month in range(1, 13):
            period = month_period(year, month)
            for one in self.breaks:
                first, end = max(one.first, period.first), min(one.last + timedelta(days=1), period.end)
                if first < end:
                    yield month, Period(first, end)
