"""成批改：每场改成什么，哪些不改、为什么。"""

from __future__ import annotations

from datetime import date, datetime

import pytest

from gui.ledger.bulk_changes import (
    on_day,
    shifted,
    skipped_words,
    to_day,
    with_lead,
    with_partner,
    with_status,
)
from models.domain.events import Event, EventStatus, Precision
from tests.factories import TODAY, event

DAY = date(2027, 9, 9)


def test_a_timed_event_keeps_time_and_length() -> None:
    moved = on_day(event(at="15:30", hours=1.5), DAY)
    assert (moved.starts_at, moved.ends_at) == (datetime(2027, 9, 9, 15, 30), datetime(2027, 9, 9, 17))


def test_an_undated_event_gets_the_usual_hours_tentatively() -> None:
    moved = on_day(event("campus", None, status="postponed", status_reason="天气"), DAY)
    assert moved.starts_at == datetime(2027, 9, 9, 15, 30)
    assert (moved.status, moved.status_reason, moved.tentative) == (EventStatus.PLANNED, "", True)


def test_an_undated_draft_stays_a_draft() -> None:
    assert on_day(event(day=None, status="draft"), DAY).status is EventStatus.DRAFT


def test_what_was_known_to_the_month_is_known_to_the_day() -> None:
    rough = event(precision=Precision.MONTH)._replace(
        starts_at=datetime(2027, 6, 1), ends_at=datetime(2027, 7, 1)
    )
    moved = on_day(rough, DAY)
    assert (moved.precision, moved.starts_at, moved.ends_at) == (
        Precision.DAY,
        datetime(2027, 9, 9),
        datetime(2027, 9, 10),
    )


def reasons(*events: Event, days: int = 7) -> list[str]:
    return [one.reason for one in shifted(events, days, 2027).skipped]


def test_shifting_leaves_out_what_has_no_day_or_is_over() -> None:
    assert reasons(event(day=None), event(status="held"), event(status="cancelled")) == [
        "还没有日期",
        "已举办，日期不能改",
        "已取消，日期不能改",
    ]
    assert reasons(event(precision=Precision.MONTH), event(day="2027-12-28")) == [
        "只知道大致时间",
        "会落到 2027 年度之外",
    ]


def test_shifting_moves_each_by_the_same_days() -> None:
    change = shifted([event(day="2027-06-16"), event(day="2027-06-20")], -3, 2027)
    assert [one.day for one in change.events] == [date(2027, 6, 13), date(2027, 6, 17)]


def test_putting_on_one_day_leaves_those_that_are_there() -> None:
    change = to_day([event(day=DAY), event(day="2027-06-20")], DAY)
    assert [one.day for one in change.events] == [DAY]
    assert change.skipped == ()


@pytest.mark.parametrize(
    ("one", "status", "reason"),
    [
        (event(status="held"), EventStatus.PLANNED, "现为“已举办”，不能改为“已排”"),
        (event(day=None), EventStatus.CONFIRMED, "还没有日期"),
        (event(status="confirmed"), EventStatus.HELD, "日期还没有到"),
    ],
)
def test_a_status_that_may_not_follow_is_left_out(one: Event, status: EventStatus, reason: str) -> None:
    change = with_status([one], status, TODAY)
    assert (change.events, change.skipped[0].reason) == ((), reason)


def test_postponing_takes_the_day_away_and_keeps_it_in_words() -> None:
    ((after,), _) = with_status([event()], EventStatus.POSTPONED, TODAY, "天气")
    assert (after.starts_at, after.raw_time, after.status_reason) == (None, "原定 6月16日", "天气")


def test_an_event_that_has_the_status_is_neither_changed_nor_left_out() -> None:
    assert with_status([event()], EventStatus.PLANNED, TODAY) == ((), ())


def test_a_new_lead_unit_is_no_longer_a_partner() -> None:
    ((after,), _) = with_lead([event(lead_units=("a",), responsible_units=("b", "c"))], ("b",))
    assert (after.lead_units, after.responsible_units) == (("b",), ("c",))


def test_partners_are_added_once_and_taken_away() -> None:
    one, other = event(lead_units=("a",), responsible_units=("b",)), event(lead_units=("c",))
    added = with_partner([one, other], ("b",), added=True).events
    assert [event_.key for event_ in added] == [other.key]
    assert added[0].responsible_units == ("b",)
    assert with_partner([one, other], ("b",), added=False).events[0].responsible_units == ()


def test_what_is_left_out_is_said_in_one_sentence() -> None:
    events = [event(short=f"第{n}场", status="held") for n in range(5)]
    words = skipped_words(shifted(events, 7, 2027).skipped)
    assert words == (
        "5 场不改：“第0场”已举办，日期不能改；“第1场”已举办，日期不能改；“第2场”已举办，日期不能改 等。"
    )
    assert skipped_words(()) == ""
