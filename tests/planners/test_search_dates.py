"""搜索里的日期：写法各样，认得的才算。"""

from __future__ import annotations

from datetime import date

import pytest

from planners.search_dates import found_days
from tests.factories import TODAY, event, sample, year


@pytest.mark.parametrize(
    ("query", "day"),
    [
        ("8月18日", date(2027, 8, 18)),
        ("8月18", date(2027, 8, 18)),
        (" 8 月 18 号 ", date(2027, 8, 18)),
        ("8-18", date(2027, 8, 18)),
        ("08/18", date(2027, 8, 18)),
        ("2026-08-18", date(2026, 8, 18)),
        ("2028年2月29日", date(2028, 2, 29)),
        ("20270818", date(2027, 8, 18)),
        ("今天", TODAY),
        ("大后天", date(2027, 6, 18)),
        ("周三", date(2027, 6, 16)),
        ("下周三", date(2027, 6, 23)),
        ("上星期天", date(2027, 6, 13)),
        ("8月", date(2027, 8, 1)),
        ("2026年8月", date(2026, 8, 1)),
        ("8月中旬", date(2027, 8, 11)),
        ("三季度", date(2027, 7, 1)),
        ("第33周", date(2027, 8, 16)),
        ("国庆", date(2027, 10, 1)),
        ("中", date(2027, 9, 15)),
    ],
)
def test_the_day_that_is_meant(query: str, day: date) -> None:
    assert [found.day for found in found_days(query, year(), TODAY)] == [day]


@pytest.mark.parametrize(
    "query", ["", "2月30日", "13月1日", "8", "社区", "2027", "第60周", "99999999", "0月"]
)
def test_other_words_name_no_day(query: str) -> None:
    assert found_days(query, year(), TODAY) == ()


def test_a_day_says_what_is_on_it() -> None:
    busy = year(event(day="2027-09-15"), event(day="2027-09-15"))
    assert found_days("9月15日", busy, TODAY)[0].note == "2027年 · 第 37 周 · 休 中秋节 · 2 场活动"
    assert found_days("1月30日", sample(), TODAY)[0].note == "2027年 · 第 4 周 · 调休上班 · 没有活动"
    assert found_days("2026-09-15", busy, TODAY)[0].note == "2026年 · 第 38 周"
