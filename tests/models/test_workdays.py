"""工作日：国务院安排下的算例，与加减、计数互逆的定律。"""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.domain.periods import month_period
from models.domain.snapshot import YearSnapshot
from models.domain.workdays import Workdays, workdays_of
from models.domain.year import Holidays, Year
from models.holidays import holidays_for, neighbour_holidays

KNOWN = Workdays.from_holidays({year: holidays_for(year) for year in range(2024, 2029)})
DAYS = st.dates(date(2024, 1, 1), date(2028, 12, 31))
ANY_DAY = st.dates(date(2015, 1, 1), date(2040, 12, 31))


def test_working_days_of_2024_by_month() -> None:
    months = [month_period(2024, month) for month in range(1, 13)]
    assert [KNOWN.count(*period) for period in months] == [22, 18, 21, 22, 21, 19, 23, 22, 21, 19, 21, 22]


@pytest.mark.parametrize(
    ("published", "due"),
    [
        ("2024-04-28", "2024-05-08"),
        ("2024-09-27", "2024-10-10"),
        ("2025-01-23", "2025-02-06"),
        ("2026-02-14", "2026-02-28"),
    ],
)
def test_the_fifth_working_day_after_publication(published: str, due: str) -> None:
    assert KNOWN.add(date.fromisoformat(published), 5) == date.fromisoformat(due)


@pytest.mark.parametrize(("issued", "due"), [("2024-04-28", "2024-05-28"), ("2026-09-02", "2026-10-08")])
def test_thirty_days_after_issue_roll_forward_to_a_working_day(issued: str, due: str) -> None:
    day = date.fromisoformat(issued) + timedelta(days=30)
    assert KNOWN.roll_forward(day) == date.fromisoformat(due)


def test_a_makeup_sunday_is_worked_and_a_holiday_monday_is_not() -> None:
    assert KNOWN.is_workday(date(2024, 4, 28))
    assert KNOWN.is_makeup(date(2024, 4, 28))
    assert not KNOWN.is_workday(date(2024, 5, 1))
    assert KNOWN.name_of(date(2024, 5, 1)) == "劳动节"
    assert KNOWN.name_of(date(2024, 5, 8)) == ""


def test_a_year_not_announced_is_an_estimate() -> None:
    assert [KNOWN.is_estimated(date(year, 6, 1)) for year in (2023, 2026, 2027)] == [True, False, True]


@given(DAYS, st.integers(1, 80))
def test_adding_working_days_passes_as_many_as_were_added(day: date, number: int) -> None:
    end = KNOWN.add(day, number)
    assert KNOWN.is_workday(end)
    assert KNOWN.count(day + timedelta(days=1), end + timedelta(days=1)) == number


@given(DAYS, st.integers(1, 60))
def test_counting_back_undoes_counting_forward_from_a_working_day(day: date, number: int) -> None:
    start = KNOWN.roll_forward(day)
    assert KNOWN.add(KNOWN.add(start, number), -number) == start


@given(ANY_DAY, st.integers(0, 300), st.integers(0, 300))
def test_counts_of_adjoining_ranges_add_up(first: date, one: int, two: int) -> None:
    middle = first + timedelta(days=one)
    end = middle + timedelta(days=two)
    assert KNOWN.count(first, middle) + KNOWN.count(middle, end) == KNOWN.count(first, end)


@given(ANY_DAY, st.integers(0, 60))
def test_a_count_is_the_number_of_days_that_are_worked(first: date, length: int) -> None:
    days = [first + timedelta(days=n) for n in range(length)]
    assert KNOWN.count(first, first + timedelta(days=length)) == sum(map(KNOWN.is_workday, days))


def test_an_empty_or_reversed_range_has_no_working_day() -> None:
    assert KNOWN.count(date(2026, 6, 1), date(2026, 6, 1)) == 0
    assert KNOWN.count(date(2026, 6, 2), date(2026, 6, 1)) == 0


@given(DAYS)
def test_rolling_forward_gives_the_first_working_day_not_before(day: date) -> None:
    rolled = KNOWN.roll_forward(day)
    assert KNOWN.is_workday(rolled)
    assert KNOWN.count(day, rolled) == 0


def test_a_year_knows_its_own_arrangement_and_what_is_known_of_its_neighbours() -> None:
    own = Holidays(announced=True, days_off=((date(2026, 12, 31), "庆典"),))
    snapshot = YearSnapshot(Year(2026, holidays=own), neighbours=neighbour_holidays(2026))
    workdays = workdays_of(snapshot)
    assert workdays.name_of(date(2026, 12, 31)) == "庆典"
    assert workdays.add(date(2026, 12, 30), 1) == date(2027, 1, 4)
    assert workdays.name_of(date(2025, 10, 1)) == holidays_name(2025)


def holidays_name(year: int) -> str:
    return dict(holidays_for(year).days_off)[date(year, 10, 1)]


def test_equal_arrangements_share_their_sums() -> None:
    years = {year: holidays_for(year) for year in range(2024, 2029)}
    assert Workdays.from_holidays(years) is Workdays.from_holidays(dict(years))
