"""一场活动占哪几个半天。"""

from __future__ import annotations

from datetime import date, time

import pytest

from models.domain.events import Precision
from planners.autoplan.year.halves import AM, PM, half_of, slots_of, within_one_half
from tests.factories import event

DAY, NEXT = date(2027, 6, 16), date(2027, 6, 17)


@pytest.mark.parametrize(
    ("at", "hours", "slots"),
    [
        ("09:00", 2, [(DAY, AM)]),
        ("10:00", 2, [(DAY, AM)]),
        ("12:00", 2, [(DAY, PM)]),
        ("11:30", 2, [(DAY, AM), (DAY, PM)]),
        ("18:00", 6, [(DAY, PM)]),
        ("14:00", 24, [(DAY, PM), (NEXT, AM), (NEXT, PM)]),
    ],
)
def test_an_event_takes_up_the_halves_in_which_it_lasts(
    at: str, hours: float, slots: list[tuple[date, str]]
) -> None:
    assert list(slots_of(event(day=DAY, at=at, hours=hours))) == slots


def test_an_event_known_to_the_day_takes_up_all_of_it() -> None:
    whole = event(day=DAY, at="00:00", hours=24)._replace(precision=Precision.DAY)
    assert slots_of(whole) == ((DAY, AM), (DAY, PM))


def test_an_event_known_to_the_month_takes_up_one_place_where_it_counts() -> None:
    month = event(day="2027-06-01", at="00:00", hours=720)._replace(precision=Precision.MONTH)
    assert slots_of(month) == ((date(2027, 6, 1), AM),)


@pytest.mark.parametrize(
    ("first", "last", "inside"),
    [("09:00", "12:00", True), ("11:00", "13:00", False), ("14:00", "14:00", False)],
)
def test_hours_lie_within_one_half_or_not(first: str, last: str, inside: bool) -> None:
    assert within_one_half((time.fromisoformat(first), time.fromisoformat(last))) is inside
    assert half_of(time.fromisoformat(first)) in (AM, PM)
