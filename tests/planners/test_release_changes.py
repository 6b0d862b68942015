"""两稿之间：每种改动认得出，合起来不多不少；通知按单位分，各单位合起来就是全部。"""

from __future__ import annotations

from datetime import datetime

from hypothesis import given, settings
from hypothesis import strategies as st

from models.domain.events import Campaign, Event, EventStatus
from models.domain.snapshot import YearSnapshot
from planners.change_kinds import ChangeKind, units_of
from planners.change_notice import unit_notices
from planners.release_changes import PlanChanges, event_changes, plan_changes
from planners.results import CellState
from tests.factories import check, event, year

S = EventStatus
BASE = event(Campaign.LECTURE, "2027-06-16", key="a", lead_units=("区司法局",))


def changes(before: YearSnapshot, after: YearSnapshot) -> PlanChanges:
    return plan_changes(before, after, check(before), check(after), ("印发稿1", "草案"))


def only(before: Event | None, after: Event | None) -> ChangeKind:
    (found,) = event_changes(*({} if e is None else {e.key: e} for e in (before, after)))
    return found.kind


def test_each_kind_is_known() -> None:
    moved = BASE._replace(starts_at=datetime(2027, 6, 18, 14), ends_at=datetime(2027, 6, 18, 16))
    assert only(None, BASE) is ChangeKind.NEW
    assert only(BASE, None) is ChangeKind.CANCELLED
    assert only(BASE, moved) is ChangeKind.MOVED
    assert only(BASE, moved._replace(place="区图书馆")) is ChangeKind.MOVED
    assert only(BASE, BASE._replace(place="区图书馆")) is ChangeKind.CHANGED
    assert only(BASE, BASE._replace(status=S.CONFIRMED)) is ChangeKind.CHANGED
    assert only(BASE, BASE._replace(status=S.CANCELLED, status_reason="雨")) is ChangeKind.CANCELLED
    assert only(BASE, BASE._replace(status=S.POSTPONED, starts_at=None)) is ChangeKind.POSTPONED
    assert only(BASE._replace(status=S.CANCELLED), moved) is ChangeKind.RESTORED
    assert only(BASE._replace(status=S.POSTPONED), BASE) is ChangeKind.RESTORED


def test_a_planned_event_that_was_held_is_no_change_and_the_way_back_is_one() -> None:
    held = BASE._replace(status=S.HELD, attended=80)
    for planned in (BASE, BASE._replace(status=S.CONFIRMED)):
        assert event_changes({"a": planned}, {"a": held}) == ()
        assert only(held, planned) is ChangeKind.CHANGED
    assert only(BASE, held._replace(place="区图书馆")) is ChangeKind.CHANGED
    assert only(BASE._replace(status=S.CANCELLED), held) is ChangeKind.RESTORED


def test_who_takes_over_is_who_came_into_the_part() -> None:
    def heirs(before: Event, after: Event) -> tuple[str, ...]:
        (found,) = event_changes({"a": before}, {"a": after})
        return found.heirs

    joint = BASE._replace(lead_units=("区司法局", "区教育局"), towns=("顾村镇",), park="南大智慧城")
    assert heirs(joint, joint._replace(lead_units=("区教育局", "区税务局"))) == ("区税务局",)
    assert heirs(joint, joint._replace(lead_units=("区教育局",))) == ("区教育局",)
    assert heirs(joint, joint._replace(towns=("罗店镇",))) == ("罗店镇",)
    assert heirs(joint, joint._replace(towns=())) == ()
    assert heirs(joint, joint._replace(park="智慧湾")) == ()


def test_fields_that_differ_are_named() -> None:
    (found,) = event_changes({"a": BASE}, {"a": BASE._replace(place="区图书馆", online_only=True)})
    assert found.fields == ("place", "online_only")


def test_whoever_was_asked_before_has_to_know_too() -> None:
    other = BASE._replace(lead_units=("区教育局",), towns=("顾村镇",))
    (found,) = event_changes({"a": BASE}, {"a": other})
    assert found.units == ("区教育局", "顾村镇", "区司法局")


def test_rules_whose_state_changes_are_listed_and_no_others() -> None:
    confirmed = BASE._replace(status=S.CONFIRMED)
    before, after = year(confirmed), year(confirmed._replace(status=S.CANCELLED, status_reason="雨"))
    found = changes(before, after)
    states = {
        (change.after.rule, change.after.first.month): (change.before.state, change.after.state)
        for change in found.rules
        if change.before is not None and change.after is not None
    }
    assert states["lecture.monthly", 6] == (CellState.PLANNED, CellState.AT_RISK)
    assert ("lecture.monthly", 7) not in states
    assert changes(before, before).rules == ()


def test_notices_follow_the_order_of_the_units_with_those_of_nobody_last() -> None:
    after = year(
        BASE._replace(place="区图书馆", towns=("罗店镇",)), event(Campaign.PARK, "2027-09-01", key="b")
    )
    notices = unit_notices(changes(year(BASE), after), year(BASE), after)
    assert [notice.unit for notice in notices] == ["区司法局", "罗店镇", None]
    assert [change.key for change in notices[-1].changes] == ["b"]


UNITS = ("区司法局", "区教育局", "顾村镇", "不在册的单位")
EVENTS = st.builds(
    Event,
    st.sampled_from("abcdefgh"),
    st.sampled_from(Campaign),
    st.text(max_size=3),
    starts_at=st.none() | st.sampled_from([datetime(2027, 6, day, 9) for day in (1, 8, 30)]),
    status=st.sampled_from(EventStatus),
    lead_units=st.lists(st.sampled_from(UNITS), unique=True, max_size=2).map(tuple),
    towns=st.lists(st.sampled_from(UNITS), unique=True, max_size=2).map(tuple),
)
PLANS = st.lists(EVENTS, unique_by=lambda event: event.key, max_size=8)


@settings(max_examples=30, deadline=None)
@given(PLANS, PLANS)
def test_applied_to_the_one_side_they_give_the_other(one: list[Event], other: list[Event]) -> None:
    before, after = year(*one), year(*other)
    found = changes(before, after)
    applied = dict(before.event_by_key)
    for change in found.events:
        assert applied.get(change.key) == change.before
        applied.pop(change.key, None)
        if change.after is not None:
            applied[change.key] = change.after
    course = (S.PLANNED, S.CONFIRMED)
    for key, now in after.event_by_key.items():
        was = applied.pop(key)
        assert was == now or (was.status in course and was._replace(status=S.HELD) == now)
    assert applied == {}
    assert len({change.key for change in found.events}) == len(found.events)


@settings(max_examples=30, deadline=None)
@given(PLANS, PLANS)
def test_the_units_notices_add_up_to_all_changes(one: list[Event], other: list[Event]) -> None:
    before, after = year(*one), year(*other)
    found = changes(before, after)
    notices = unit_notices(found, before, after)
    assert {change.key for notice in notices for change in notice.changes} == {c.key for c in found.events}
    for notice in notices:
        assert len({change.key for change in notice.changes}) == len(notice.changes)
        assert all(
            (notice.unit in c.units) or (notice.unit is None and c.lead is None) for c in notice.changes
        )
    for change in found.all:
        holders = [notice.unit for notice in notices if change in notice.changes]
        assert change.lead in holders
        staying = set(change.units) if change.kind is ChangeKind.CANCELLED else set(units_of(change.after))
        assert set(change.former) == set(holders) - {None} - staying
    assert [notice.unit for notice in notices].count(None) <= 1
