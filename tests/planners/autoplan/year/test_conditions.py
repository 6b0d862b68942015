"""条件：范围、停排、拒绝、锁定、可动与否，一律照办。"""

from __future__ import annotations

from datetime import date, datetime, timedelta

import pytest

from models.domain.events import Campaign, Event, EventStatus
from models.domain.snapshot import EventStamp, YearSnapshot
from models.domain.year import BlockedPeriod, Exemption
from planners.autoplan.year.needs import need_key
from planners.proposals import Cause, ReasonKind, Way
from planners.school_terms import BreakDays, school_breaks
from tests.factories import check, event, rules_of, year
from tests.planners.autoplan.year.factories import UNITS, entry_for, labels, open_for, planned, words_of

LECTURES_OF_YEAR = [
    event("lecture", f"2027-{month:02}-10", key=f"L{month}") for month in (7, 8, 9, 10, 11, 12)
]
ONLY_LECTURES = {"campaigns": (Campaign.LECTURE,), "targets": False}


def lectures(*more: Event, **lists: object) -> YearSnapshot:
    """A year whose lectures from July on are planned."""
    return year(*LECTURES_OF_YEAR, *more, units=UNITS, **lists)


def the_day(snapshot: YearSnapshot, label: str = "公开讲堂 · 6月", **conditions: object) -> date:
    """The day proposed for the lecture of June."""
    found = entry_for(planned(snapshot, **{**ONLY_LECTURES, **conditions}), label).event
    assert found is not None
    assert found.starts_at is not None
    return found.starts_at.date()


def test_only_what_is_asked_for_is_planned() -> None:
    found = planned(year(units=UNITS), targets=False, campaigns=(Campaign.COMMUNITY,))
    assert {entry.campaign for entry in found.entries} == {Campaign.COMMUNITY}


def test_nothing_is_placed_outside_the_scope() -> None:
    found = planned(year(units=UNITS), first=date(2027, 9, 1), last=date(2027, 10, 31), targets=False)
    days = [entry.event.starts_at.date() for entry in found.entries if entry.event and entry.event.starts_at]
    assert days
    assert all(date(2027, 9, 1) <= day <= date(2027, 10, 31) for day in days)


def test_days_the_user_blocks_are_left_free() -> None:
    usual = the_day(lectures())
    assert the_day(lectures(), blocked=(usual,)) != usual


def test_a_month_that_is_blocked_is_said_with_its_reason() -> None:
    blocked = BlockedPeriod(
        "b", date(2027, 6, 1), date(2027, 6, 30), "直播间大修", campaigns=(Campaign.LECTURE,)
    )
    found = planned(lectures(blocked=(blocked,)), **ONLY_LECTURES)
    assert found.entries == ()
    left = open_for(found, "公开讲堂 · 6月")
    assert left.cause is Cause.BLOCKED
    assert "直播间大修" in left.text


def test_a_period_without_a_working_day_left_is_said() -> None:
    found = planned(lectures(), today=date(2027, 6, 30), **ONLY_LECTURES)
    assert open_for(found, "公开讲堂 · 6月").cause is Cause.NO_DAY


def test_a_rejected_entry_does_not_come_again_and_is_said() -> None:
    key = need_key("lecture.monthly", date(2027, 6, 1), None, 1)
    found = planned(lectures(), rejected=(key,), **ONLY_LECTURES)
    assert found.entries == ()
    assert open_for(found, "公开讲堂 · 6月").cause is Cause.REJECTED


def test_a_locked_entry_keeps_its_day_hours_and_host() -> None:
    before = entry_for(planned(lectures(), **ONLY_LECTURES), "公开讲堂 · 6月")
    assert before.event is not None
    kept = before.event._replace(starts_at=datetime(2027, 6, 29, 15), ends_at=datetime(2027, 6, 29, 16))
    again = entry_for(planned(lectures(), locked=((before.key, kept),), **ONLY_LECTURES), "公开讲堂 · 6月")
    assert again.event == kept


def test_only_units_that_may_be_asked_hold_something() -> None:
    found = planned(lectures(), units=("区税务局",), **ONLY_LECTURES)
    assert [entry.event.lead_units for entry in found.entries if entry.event] == [("区税务局",)]


def test_an_exempt_cell_gets_nothing() -> None:
    exempt = Exemption("lecture.monthly", date(2027, 6, 1), date(2027, 6, 30), None, "另有安排")
    assert planned(lectures(exemptions=(exempt,)), **ONLY_LECTURES).entries == ()


@pytest.mark.parametrize(
    ("status", "way"), [("postponed", Way.REVIVE), ("draft", Way.DATE), ("planned", Way.DATE)]
)
def test_what_waits_for_a_day_is_used_before_anything_is_invented(status: str, way: Way) -> None:
    waiting = event("lecture", None, key="W", status=status, title="消费维权", lead_units=("区市场监管局",))
    found = entry_for(planned(lectures(waiting), **ONLY_LECTURES), "公开讲堂 · 6月")
    assert found.event is not None
    assert (found.way, found.event.key, found.event.title) == (way, "W", "消费维权")
    assert found.event.status is EventStatus.PLANNED
    assert found.changes[0].before == waiting


def test_a_weekend_is_used_where_no_working_day_is_left_and_says_why() -> None:
    planned_months = [event("community", f"2027-{m:02}-10", key=f"C{m}") for m in (7, 9, 10, 11, 12)]
    held = [event("community", f"2027-{m:02}-10", key=f"C{m}", status="held") for m in (1, 2, 3, 4)]
    found = planned(
        year(*held, *planned_months, units=UNITS), today=date(2027, 5, 28), targets=False, campaigns=(Campaign.COMMUNITY,),
        last=date(2027, 5, 31), blocked=(date(2027, 5, 31),),
    )  # fmt: skip
    entry = entry_for(found, "走进社区 · 5月")
    assert entry.event is not None
    assert entry.event.day in (date(2027, 5, 29), date(2027, 5, 30))
    assert words_of(entry, ReasonKind.REST_DAY).endswith("周期内已没有可排的工作日")


MOVABLE = {"campaigns": (Campaign.LECTURE,), "targets": False, "movable": True}


def clashing(**fields: object) -> YearSnapshot:
    """A planned lecture on a day that is blocked for everybody."""
    own = event("lecture", "2027-06-16", key="B", lead_units=("区税务局",), **fields)
    blocked = BlockedPeriod("b", date(2027, 6, 16), date(2027, 6, 16), "考试")
    return lectures(own, blocked=(blocked,))


def test_nothing_moves_unless_the_user_lets_it() -> None:
    assert planned(clashing(), **ONLY_LECTURES).entries == ()


def test_a_broken_event_moves_within_its_month_and_says_why() -> None:
    (entry,) = planned(clashing(), **MOVABLE).entries
    assert (entry.way, entry.changes[0].before) == (Way.MOVE, clashing().event_by_key["B"])
    assert entry.event is not None
    assert entry.event.starts_at is not None
    assert entry.event.starts_at.month == 6
    assert entry.event.starts_at.date() != date(2027, 6, 16)
    assert entry.reasons[0].text == "原定的6月16日停排（考试）"


def test_a_move_that_is_locked_keeps_its_day_and_one_that_is_rejected_does_not_come_again() -> None:
    (entry,) = planned(clashing(), **MOVABLE).entries
    assert entry.event is not None
    kept = entry.event._replace(starts_at=datetime(2027, 6, 29, 14), ends_at=datetime(2027, 6, 29, 16))
    (again,) = planned(clashing(), locked=((entry.key, kept),), **MOVABLE).entries
    assert again.event == kept
    assert planned(clashing(), rejected=(entry.key,), **MOVABLE).entries == ()


@pytest.mark.parametrize("fields", [{"pinned": True}, {"status": "confirmed"}])
def test_what_is_pinned_or_confirmed_stays_even_where_it_is_broken(fields: dict[str, object]) -> None:
    assert planned(clashing(**fields), **MOVABLE).entries == ()


def test_what_colleagues_have_in_their_calendars_stays() -> None:
    base = clashing()
    stamp = EventStamp(datetime(2027, 1, 1), datetime(2027, 1, 1), exported=True)
    released = YearSnapshot(
        base.year_row, units=base.units, venues=base.venues, events=base.events, blocked=base.blocked,
        stamps={"B": stamp}, neighbours=base.neighbours,
    )  # fmt: skip
    assert planned(released, **MOVABLE).entries == ()


def test_a_budget_of_no_moves_moves_nothing() -> None:
    found = planned(clashing(), max_moves=0, **MOVABLE)
    assert (found.entries, found.moved, found.needed_moves) == ((), 0, 1)
    left = open_for(found, "公开讲堂 · 6月16日")
    assert (left.cause, left.text) == (Cause.BUDGET, "改动数已用完，至少要挪 1 场。")


def test_well_placed_events_do_not_move_for_the_sake_of_looks() -> None:
    close = event("lecture", "2027-07-12", key="Z", lead_units=("区税务局",))
    found = planned(lectures(event("lecture", "2027-06-20", key="J"), close), **MOVABLE)
    assert found.entries == ()


def test_two_events_of_one_unit_are_told_apart() -> None:
    same = {"lead_units": ("区税务局",)}
    june = [
        event("lecture", "2027-06-17", key="P", **same),
        event("community", "2027-06-17", key="Q", **same),
    ]
    months = [event("community", f"2027-{m:02}-10", key=f"C{m}") for m in (7, 9, 10, 11, 12)]
    snapshot = lectures(*june, *months)
    assert len(check(snapshot).conflicts) == 1
    asked = {"campaigns": (Campaign.LECTURE, Campaign.COMMUNITY), "targets": False, "movable": True}
    (entry,) = planned(snapshot, **asked).entries
    assert entry.way is Way.MOVE
    assert entry.event is not None
    assert entry.event.starts_at is not None
    moved = entry.event.starts_at - datetime(2027, 6, 17, 14)
    assert moved != timedelta(0)
    assert "区税务局同一时段有 2 场" in entry.reasons[0].text


def test_labels_of_open_days_name_the_units_that_open_together() -> None:
    found = planned(year(units=UNITS, settings={"week_limit": 1}), campaigns=(Campaign.OPEN_MONTH,))
    joint = [label for label in labels(found.entries) if "、" in label]
    assert joint
    assert all(label.startswith(("各单位开放 · ", "政府开放月")) for label in joint)


def test_a_school_visit_is_planned_outside_the_breaks_that_were_entered() -> None:
    breaks = {"school_break.winter": "2027-01-23/2027-02-21", "school_break.summer": "2027-07-03/2027-09-15"}
    snapshot = year(units=UNITS, settings=breaks)
    found = planned(snapshot, targets=False, campaigns=(Campaign.CAMPUS,))
    days = [entry.event.day for entry in found.entries if entry.event is not None and entry.event.day]
    assert days
    shut = BreakDays(school_breaks(2027, breaks, rules_of(snapshot)))
    assert [day for day in days if day in shut] == []
