"""日期乘半天编成号：一位一个半天，时段、日别、半天都成位图。

Slot = day number × halves + half number; a Python integer is a set of slots. All set algebra of the
planner is & | ~ on such integers: a year of halves is a dozen machine words.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date

from models.domain.periods import Period
from planners.autoplan.problem import DayKind, PlanProblem


class SlotGrid:
    """The slots of a horizon (day number × halves + half number) and the bit sets of parts of it."""

    def __init__(self, problem: PlanProblem) -> None:
        self.first = problem.horizon.first
        self.days = problem.horizon.days()
        self.halves = problem.halves
        self.per_day = len(self.halves)
        self.size = len(self.days) * self.per_day
        self.all = (1 << self.size) - 1
        self.day_bits = (1 << self.per_day) - 1
        self._half_number = {half: number for number, half in enumerate(self.halves)}
        # Weeks count from the Monday of the first day, so that they are ISO weeks.
        base = self.first.toordinal() - self.first.weekday()
        self.week = [(day.toordinal() - base) // 7 for day in self.days]
        self.month = [day.year * 12 + day.month for day in self.days]
        self.weekday = [day.weekday() for day in self.days]
        self.kind = [problem.day_kinds.get(day) for day in self.days]
        self.week_bits = [
            self.of_days(n for n, of in enumerate(self.week) if of == week)
            for week in range(self.week[-1] + 1 if self.week else 0)
        ]
        self._kind_bits = {
            kind: self.of_days(n for n, of in enumerate(self.kind) if of is kind) for kind in DayKind
        }

    def slot(self, day: date, half: str) -> int | None:
        """The slot of ``day`` and ``half``; None outside the horizon or for an unknown half."""
        number, place = (day - self.first).days, self._half_number.get(half)
        if place is None or not 0 <= number < len(self.days):
            return None
        return number * self.per_day + place

    def day_of(self, slot: int) -> date:
        """The date of a slot."""
        return self.days[slot // self.per_day]

    def half_of(self, slot: int) -> str:
        """The half of a slot."""
        return self.halves[slot % self.per_day]

    def span(self, first: int, end: int) -> int:
        """The slots of the days numbered ``first`` to ``end`` (excluded), cut to the horizon."""
        first, end = max(0, first), min(len(self.days), end)
        return ((1 << (end - first) * self.per_day) - 1) << first * self.per_day if first < end else 0

    def period(self, period: Period) -> int:
        """The slots of a period, as far as the horizon goes."""
        return self.span((period.first - self.first).days, (period.end - self.first).days)

    def of_days(self, numbers: Iterable[int]) -> int:
        """The slots of the days with these numbers."""
        bits = 0
        for number in numbers:
            bits |= self.span(number, number + 1)
        return bits

    def of_kinds(self, kinds: Iterable[DayKind]) -> int:
        """The slots of days of these kinds."""
        bits = 0
        for kind in kinds:
            bits |= self._kind_bits[kind]
        return bits

    def of_halves(self, halves: Iterable[str]) -> int:
        """The slots of these halves."""
        numbers = {self._half_number[half] for half in halves if half in self._half_number}
        return sum(1 << slot for slot in range(self.size) if slot % self.per_day in numbers)


def slots_of(bits: int) -> Iterator[int]:
    """The numbers of the bits set, ascending."""
    while bits:
        low = bits & -bits
        yield low.bit_length() - 1
        bits ^= low
