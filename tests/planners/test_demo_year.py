"""演示年度：哪天打开都是真的——过去的办完了，两项有风险，一项逾期，还有几项要办。"""

from __future__ import annotations

from datetime import date

import pytest

from exports.package import write_package
from gui.services.opening import demo_of
from models.domain.events import EventStatus
from models.sample import WRITTEN
from planners.agenda import agenda
from planners.year_count import year_count
from tests.factories import check, sample

DAYS = (
    "2026-01-01", "2026-01-08", "2026-02-14", "2026-03-31", "2026-05-04", "2026-06-30", "2026-08-15", "2026-10-01",
    "2026-11-25", "2026-12-31", "2027-01-07", "2027-01-20", "2027-07-01", "2027-12-28", "2028-02-29", "2030-09-10",
)  # fmt: skip


@pytest.mark.parametrize("day", DAYS)
def test_it_is_true_on_any_day(day: str) -> None:
    today = date.fromisoformat(day)
    made = demo_of(today)
    found = check(made, today)
    entries = agenda(found, made)
    count = year_count(found, entries)
    held = [event.day for event in made.events if event.status is EventStatus.HELD]
    assert (count.overdue, count.at_risk) == (1, 2)
    assert count.gap + count.beside >= 1
    assert len(held) >= 2
    assert all(at is not None and at < today for at in held)
    assert not [e for e in made.events if e.awaits_result(today)]
    assert not [e for e in made.events if e.host_event and e.host_event not in made.event_by_key]
    assert {e.day.year for e in made.events if e.day is not None} == {made.year}
    assert all(str(value) <= day for name, value in made.year_row.settings if name.startswith("done:"))
    assert made.year_row.setting("demo") is True


def test_early_in_january_the_year_before_is_shown() -> None:
    assert demo_of(date(2027, 1, 7)).year == 2026
    assert demo_of(date(2027, 1, 8)).year == 2027


def test_one_day_gives_the_same_bytes_and_the_day_of_the_sample_the_sample() -> None:
    today = date(2026, 11, 25)
    assert write_package(demo_of(today)) == write_package(demo_of(today))
    assert demo_of(WRITTEN) == sample()
