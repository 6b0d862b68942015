"""工作日：放假与调休之下，哪天上班、之间有几个工作日、往后第几个工作日是哪天。"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from functools import lru_cache
from itertools import accumulate

from models.domain.snapshot import YearSnapshot
from models.domain.year import Holidays

SATURDAY = 5
WEEKDAYS = "一二三四五六日"
"""The signs of the days of a week, Monday first."""
_ONE = timedelta(days=1)


class Workdays:
    """Working days of the years known; of other years only the weekends are known (estimated)."""

    def __init__(self, holidays: Mapping[int, Holidays]) -> None:
        self._years = dict(sorted(holidays.items()))
        self._off = {day: name for year in self._years.values() for day, name in year.days_off}
        self._makeup = {day for year in self._years.values() for day in year.makeup_workdays}
        first, last = (min(self._years), max(self._years)) if self._years else (2000, 2000)
        self._base = date(first, 1, 1).toordinal()
        self._end = date(last + 1, 1, 1).toordinal()
        days = map(date.fromordinal, range(self._base, self._end))
        self._before = [0, *accumulate(map(self._by_rule, days))]

    @classmethod
    def from_holidays(cls, holidays: Mapping[int, Holidays]) -> Workdays:
        """The working days under ``holidays`` (year → arrangement); equal arrangements share one value."""
        return _cached(tuple(sorted(holidays.items())))

    def _by_rule(self, day: date) -> bool:
        return day in self._makeup or (day.weekday() < SATURDAY and day not in self._off)

    def is_workday(self, day: date) -> bool:
        """Whether ``day`` is worked, make-up days included."""
        return self._by_rule(day)

    def is_makeup(self, day: date) -> bool:
        """Whether ``day`` is a weekend day that is worked (调休上班)."""
        return day in self._makeup

    def name_of(self, day: date) -> str:
        """The name of the holiday on ``day``; "" on other days."""
        return self._off.get(day, "")

    def is_estimated(self, day: date) -> bool:
        """Whether what is known of ``day`` is an estimate: its year's notice is not out."""
        year = self._years.get(day.year)
        return year is None or not year.announced

    def _count_before(self, ordinal: int) -> int:
        """Working days from the first known day up to ``ordinal`` (excluded); beyond, weekdays."""
        if ordinal < self._base:
            return -_weekdays(ordinal, self._base)
        if ordinal > self._end:
            return self._before[-1] + _weekdays(self._end, ordinal)
        return self._before[ordinal - self._base]

    def count(self, first: date, end: date) -> int:
        """Working days from ``first`` (included) to ``end`` (excluded); 0 for an empty range."""
        if end <= first:
            return 0
        return self._count_before(end.toordinal()) - self._count_before(first.toordinal())

    def add(self, day: date, workdays: int) -> date:
        """The ``workdays``-th working day after ``day`` (day 0); negative counts back; 0 is ``day``."""
        step = _ONE if workdays > 0 else -_ONE
        for _ in range(abs(workdays)):
            day += step
            while not self._by_rule(day):
                day += step
        return day

    def roll_forward(self, day: date) -> date:
        """``day`` itself where it is worked, else the next working day."""
        while not self._by_rule(day):
            day += _ONE
        return day


def _weekdays(first: int, end: int) -> int:
    """Mondays to Fridays among the ordinals from ``first`` to ``end`` (excluded)."""
    weeks, rest = divmod(end - first, 7)
    return weeks * 5 + sum(date.fromordinal(first + n).weekday() < SATURDAY for n in range(rest))


@lru_cache(maxsize=16)
def _cached(holidays: tuple[tuple[int, Holidays], ...]) -> Workdays:
    return Workdays(dict(holidays))


def workdays_of(snapshot: YearSnapshot) -> Workdays:
    """The working days around a snapshot's year: its own arrangement and what is known of its neighbours."""
    return Workdays.from_holidays({**snapshot.neighbours, snapshot.year: snapshot.holidays})
