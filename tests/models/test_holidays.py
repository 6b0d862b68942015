"""放假安排：随程序提供的与 chinesecalendar 一致，未公布的按法定节日估算。"""

from __future__ import annotations

from datetime import date, timedelta

import chinese_calendar
import pytest

from models.domain.errors import InputError
from models.domain.workdays import Workdays
from models.domain.year import Holidays
from models.holidays import estimated_holidays, holidays_for, neighbour_holidays, shipped_holidays

ANNOUNCED = (2024, 2025, 2026)
EVERY_DAY = [date(2024, 1, 1) + timedelta(days=n) for n in range(366 + 365 + 365)]


@pytest.mark.parametrize(
    ("year", "notice"),
    [
        (2024, "《国务院办公厅关于2024年部分节假日安排的通知》（国办发明电〔2023〕7号）"),
        (2025, "《国务院办公厅关于2025年部分节假日安排的通知》（国办发明电〔2024〕12号）"),
        (2026, "《国务院办公厅关于2026年部分节假日安排的通知》（国办发明电〔2025〕7号）"),
    ],
)
def test_an_announced_year_names_its_notice(year: int, notice: str) -> None:
    holidays = shipped_holidays(year)
    assert holidays is not None
    assert (holidays.announced, holidays.notice) == (True, notice)


def test_every_day_of_the_announced_years_agrees_with_chinesecalendar() -> None:
    workdays = Workdays.from_holidays({year: holidays_for(year) for year in ANNOUNCED})
    assert [day for day in EVERY_DAY if workdays.is_workday(day) != chinese_calendar.is_workday(day)] == []


def test_the_names_of_days_off_agree_with_chinesecalendar() -> None:
    names = {
        "New Year's Day": "元旦",
        "Spring Festival": "春节",
        "Tomb-sweeping Day": "清明节",
        "Labour Day": "劳动节",
        "Dragon Boat Festival": "端午节",
        "National Day": "国庆节",
        "Mid-autumn Festival": "中秋节",
    }
    other = {}
    for year in ANNOUNCED:
        for day, name in holidays_for(year).days_off:
            _, theirs = chinese_calendar.get_holiday_detail(day)
            if theirs is not None and names[theirs] not in name:
                other[day] = (name, theirs)
    assert other == {}


@pytest.mark.parametrize("year", ANNOUNCED)
def test_days_off_and_makeup_days_never_meet_and_lie_in_the_year(year: int) -> None:
    holidays = holidays_for(year)
    off = {day for day, _ in holidays.days_off}
    assert off & set(holidays.makeup_workdays) == set()
    assert {day.year for day in off | set(holidays.makeup_workdays)} == {year}
    assert {day.weekday() >= 5 for day in holidays.makeup_workdays} == {True}


def test_a_year_not_announced_yet_has_its_statutory_days_only() -> None:
    assert estimated_holidays(2027) == Holidays(
        announced=False,
        notice=None,
        days_off=(
            (date(2027, 1, 1), "元旦"),
            (date(2027, 2, 5), "春节"),
            (date(2027, 2, 6), "春节"),
            (date(2027, 2, 7), "春节"),
            (date(2027, 2, 8), "春节"),
            (date(2027, 4, 5), "清明节"),
            (date(2027, 5, 1), "劳动节"),
            (date(2027, 5, 2), "劳动节"),
            (date(2027, 6, 9), "端午节"),
            (date(2027, 9, 15), "中秋节"),
            (date(2027, 10, 1), "国庆节"),
            (date(2027, 10, 2), "国庆节"),
            (date(2027, 10, 3), "国庆节"),
        ),
    )


def test_the_estimate_of_2028_follows_the_moon_where_two_festivals_meet() -> None:
    days = dict(estimated_holidays(2028).days_off)
    lunar = {day: name for day, name in days.items() if name not in ("元旦", "劳动节", "国庆节")}
    assert lunar == {
        date(2028, 1, 25): "春节",
        date(2028, 1, 26): "春节",
        date(2028, 1, 27): "春节",
        date(2028, 1, 28): "春节",
        date(2028, 4, 4): "清明节",
        date(2028, 5, 28): "端午节",
        date(2028, 10, 3): "国庆节、中秋节",
    }


@pytest.mark.parametrize("year", [2025, 2026])  # 除夕 is a statutory day since 2025
def test_the_estimate_of_an_announced_year_was_right_as_far_as_it_went(year: int) -> None:
    announced = {day for day, _ in holidays_for(year).days_off}
    assert {day for day, _ in estimated_holidays(year).days_off} - announced == set()


def test_what_is_announced_goes_before_the_estimate() -> None:
    assert holidays_for(2026) == shipped_holidays(2026)
    assert shipped_holidays(2027) is None
    assert holidays_for(2027) == estimated_holidays(2027)


def test_the_neighbours_of_a_year_are_known_as_far_as_the_tables_reach() -> None:
    assert neighbour_holidays(2027) == {year: holidays_for(year) for year in (2026, 2027, 2028)}
    assert set(neighbour_holidays(2050)) == {2049, 2050}


def test_a_year_beyond_the_table_of_lunar_dates_is_refused() -> None:
    with pytest.raises(InputError, match="没有 2051 年的农历节日资料（有 2024–2050 年）"):
        estimated_holidays(2051)
