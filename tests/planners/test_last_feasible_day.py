"""最晚哪天还补得上。"""

from __future__ import annotations

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from models.domain.periods import Period, month_period
from models.domain.workdays import Workdays
from models.holidays import holidays_for
from planners.deadlines import last_feasible_day

WORKDAYS = Workdays.from_holidays({year: holidays_for(year) for year in (2026, 2027)})
JUNE = month_period(2027, 6)
TODAY = date(2027, 6, 15)
NOTHING: frozenset[date] = frozenset()


def test_one_missing_event_may_wait_for_the_last_working_day() -> None:
    assert last_feasible_day(JUNE, TODAY, 1, WORKDAYS, NOTHING) == date(2027, 6, 30)


def test_each_further_event_needs_a_working_day_of_its_own() -> None:
    assert last_feasible_day(JUNE, TODAY, 3, WORKDAYS, NOTHING) == date(2027, 6, 28)


def test_a_month_that_ends_in_a_weekend_ends_on_friday() -> None:
    assert last_feasible_day(month_period(2027, 7), TODAY, 1, WORKDAYS, NOTHING) == date(2027, 7, 30)


def test_more_missing_events_than_working_days_cannot_be_mended() -> None:
    assert last_feasible_day(JUNE, TODAY, 12, WORKDAYS, NOTHING) == TODAY
    assert last_feasible_day(JUNE, TODAY, 13, WORKDAYS, NOTHING) is None


def test_a_period_that_is_over_cannot_be_mended() -> None:
    assert last_feasible_day(month_period(2027, 5), TODAY, 1, WORKDAYS, NOTHING) is None


@given(
    st.dates(date(2027, 5, 20), date(2027, 7, 10)),
    st.integers(1, 15),
    st.frozensets(st.integers(0, 29).map(lambda n: date(2027, 6, 1) + timedelta(days=n))),
)
def test_from_the_last_feasible_day_on_there_are_just_as_many_free_days_as_are_missing(
    today: date, missing: int, blocked: frozenset[date]
) -> None:
    free = [
        day
        for day in Period(max(JUNE.first, today), JUNE.end).days()
        if WORKDAYS.is_workday(day) and day not in blocked
    ]
    found = last_feasible_day(JUNE, today, missing, WORKDAYS, blocked)
    assert found == (free[-missing] if missing <= len(free) else None)
