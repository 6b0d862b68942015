"""建议落到年度上：每个条目只改一次，只改要改的，编号不撞，其余原样。"""

from __future__ import annotations

from datetime import date

from models.domain.attendance import Decision, Meeting
from models.domain.changes import RowChange
from models.domain.events import Campaign, EventStatus
from planners.proposals import Entry, Way
from planners.proposals_applied import apply_entries, as_accepted, entries_changes
from tests.factories import event, year


def entry(*changes: RowChange, key: str = "k", way: Way = Way.NEW) -> Entry:
    return Entry(key, way, "补哪里", "—", changes)


def add(made: object) -> RowChange:
    return RowChange.of(None, made)  # type: ignore[arg-type]


def change(before: object, after: object) -> RowChange:
    return RowChange.of(before, after)  # type: ignore[arg-type]


def test_new_events_stand_at_the_end_and_changed_ones_keep_their_place() -> None:
    old, other, new = event(key="A1"), event(key="A2"), event(key="A3")
    moved = old._replace(place="区图书馆")
    after = apply_entries(year(old, other), [entry(change(old, moved)), entry(add(new))])
    assert after.events == (moved, other, new)


def test_a_removed_event_is_gone_and_everything_else_is_as_it_was() -> None:
    old, other = event(key="A1"), event(key="A2")
    before = year(old, other)
    after = apply_entries(before, [entry(change(old, None), way=Way.REMOVE)])
    assert after.events == (other,)
    assert (after.units, after.venues, after.neighbours) == (before.units, before.venues, before.neighbours)


def test_nothing_to_apply_gives_the_snapshot_itself() -> None:
    snapshot = year(event())
    assert apply_entries(snapshot, []) is snapshot
    assert entries_changes(snapshot, []) == ()


def test_two_entries_that_change_one_event_become_one_change_of_both_fields() -> None:
    old = event(key="A1")
    day = old._replace(place="区图书馆")
    host = old._replace(lead_units=("区司法局",))
    (made,) = entries_changes(year(old), [entry(change(old, day)), entry(change(old, host))])
    assert (made.before, made.after) == (old, old._replace(place="区图书馆", lead_units=("区司法局",)))


def test_themes_of_two_quarters_stand_side_by_side() -> None:
    snapshot = year(themes=("一", "二", None, None))
    row = snapshot.year_row
    entries = [
        entry(change(row, row._replace(quarter_themes=themes)))
        for themes in (("一", "二", "三", None), ("一", "二", None, "四"))
    ]
    assert apply_entries(snapshot, entries).year_row.quarter_themes == ("一", "二", "三", "四")


def test_a_field_changed_meanwhile_is_kept_where_the_entry_does_not_touch_it() -> None:
    old = event(key="A1")
    now = old._replace(note="主讲人已定")
    (made,) = entries_changes(year(now), [entry(change(old, old._replace(place="区图书馆")))])
    assert (made.before, made.after) == (now, now._replace(place="区图书馆"))


def test_an_edit_of_an_item_that_is_gone_is_left_out() -> None:
    old = event(key="A1")
    assert entries_changes(year(), [entry(change(old, old._replace(place="区图书馆")))]) == ()


def test_a_taken_key_is_replaced_and_what_points_to_it_follows() -> None:
    meeting = event(Campaign.HOST_MEETING, key="E0007")
    zone = event(Campaign.TECH_FORUM, key="E0008", host_event="E0007")
    snapshot = year(event(key="E0007"), event(key="E0008"))
    host, zone = (made.after for made in entries_changes(snapshot, [entry(add(meeting), add(zone))]))
    assert (host.key, zone.key) == ("E0009", "E0010")
    assert zone.host_event == "E0009"


def test_two_new_events_of_one_key_get_two() -> None:
    made = entries_changes(year(), [entry(add(event(key="E0001"))), entry(add(event(key="E0001")))])
    assert [one.key for one in made] == ["E0001", "E0002"]


def test_a_decision_goes_to_its_meeting() -> None:
    decision = Decision("D1", "滨水贯通方案")
    snapshot = year(decisions=(decision,), meetings=(Meeting("M1", "区政府常务会议"),))
    seated = change(decision, decision._replace(meeting="M1"))
    assert apply_entries(snapshot, [entry(seated, way=Way.ASSIGN)]).decisions[0].meeting == "M1"


def test_accepted_as_draft_only_what_is_newly_scheduled() -> None:
    planned = event(key="A1")
    postponed = event(key="A2", day=None, status="postponed")
    moved = planned._replace(place="区图书馆")
    revived = postponed._replace(starts_at=planned.starts_at, status=EventStatus.PLANNED)
    made = as_accepted(entry(add(event())), draft=True)
    assert made.event is not None
    assert made.event.status is EventStatus.DRAFT
    assert as_accepted(entry(change(planned, moved)), draft=True).event == moved
    assert as_accepted(entry(change(postponed, revived)), draft=True).event == revived._replace(
        status=EventStatus.DRAFT
    )


def test_a_locked_day_locks_the_event() -> None:
    made = as_accepted(entry(add(event(day=date(2027, 9, 1)))), pinned=True).event
    assert made is not None
    assert (made.pinned, made.status) == (True, EventStatus.PLANNED)
