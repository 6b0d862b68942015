"""专区随会议走：改期、延期、取消、恢复、撤销之后，专区总在会议那一天。"""

from __future__ import annotations

from contextlib import suppress
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from models import commands
from models.domain.changes import RowChange
from models.domain.errors import CommandError, UserError
from models.domain.events import Campaign, Event, EventStatus
from models.domain.snapshot import ItemKind
from models.hosting import ALONG, ZoneDayError
from models.queries import year_snapshot
from models.store import Store, open_store
from tests.factories import event, year

S = EventStatus
HOST = event(
    "host_meeting", "2027-06-25", at="10:00", key="H", place="会议中心", title="政策发布会", short="发布会"
)
ZONE = event("tech_forum", "2027-06-25", at="10:00", key="Z", place="会议中心", host_event="H", short="专区")
OTHER = event("host_meeting", "2027-09-28", at="14:00", key="H2", title="宣讲会", short="宣讲会")


@pytest.fixture
def zones(tmp_path: Path) -> Store:
    with open_store(tmp_path / "zones.db") as opened:
        commands.create_year(opened, year(HOST, ZONE, OTHER))
        yield opened


def at(store: Store, key: str) -> Event:
    return year_snapshot(store, 2027).event_by_key[key]


def test_a_moved_meeting_takes_its_zone_along_in_one_step(zones: Store) -> None:
    done = commands.move_event(zones, 2027, "H", datetime(2027, 6, 28, 14))
    assert done.title == "移动“发布会”到6月28日（专区随同）"
    assert (at(zones, "Z").starts_at, at(zones, "Z").ends_at) == (
        datetime(2027, 6, 28, 14),
        datetime(2027, 6, 28, 16),
    )
    commands.undo(zones)
    assert (at(zones, "H"), at(zones, "Z")) == (HOST, ZONE)


def test_a_zone_with_its_own_time_keeps_its_distance_within_the_day(zones: Store) -> None:
    commands.change_event(zones, 2027, ZONE._replace(starts_at=datetime(2027, 6, 25, 10, 30)))
    commands.move_event(zones, 2027, "H", datetime(2027, 6, 28, 14))
    assert at(zones, "Z").starts_at == datetime(2027, 6, 28, 14, 30)
    commands.move_event(zones, 2027, "H", datetime(2027, 6, 29, 23, 45))
    assert at(zones, "Z").starts_at == datetime(2027, 6, 29, 14, 30)


def test_a_postponed_meeting_takes_its_zone_out_of_the_plan_and_back(zones: Store) -> None:
    commands.set_event_status(zones, 2027, "H", S.POSTPONED, "场地另有安排")
    zone = at(zones, "Z")
    assert (zone.status, zone.day, zone.status_reason) == (S.POSTPONED, None, f"{ALONG}延期：场地另有安排")
    commands.move_event(zones, 2027, "H", datetime(2027, 7, 1, 9))
    zone = at(zones, "Z")
    assert (zone.status, zone.starts_at, zone.status_reason) == (S.PLANNED, datetime(2027, 7, 1, 9), "")


def test_a_cancelled_meeting_cancels_its_zone_and_both_can_come_back(zones: Store) -> None:
    commands.set_event_status(zones, 2027, "H", S.CANCELLED, "并入其他活动")
    assert at(zones, "Z").status is S.CANCELLED
    with pytest.raises(CommandError, match="已取消，不能在那里设专区"):
        commands.set_event_status(zones, 2027, "Z", S.PLANNED)
    commands.set_event_status(zones, 2027, "H", S.PLANNED)
    assert at(zones, "Z").status is S.PLANNED


def test_a_zone_that_was_cancelled_by_itself_stays_cancelled(zones: Store) -> None:
    commands.set_event_status(zones, 2027, "Z", S.CANCELLED, "不设")
    commands.set_event_status(zones, 2027, "H", S.CANCELLED, "停办")
    commands.set_event_status(zones, 2027, "H", S.PLANNED)
    assert (at(zones, "Z").status, at(zones, "Z").status_reason) == (S.CANCELLED, "不设")


def test_a_meeting_whose_zone_was_held_cannot_be_withdrawn(zones: Store) -> None:
    commands.set_event_status(zones, 2027, "Z", S.CONFIRMED)
    commands.set_event_status(zones, 2027, "Z", S.HELD)
    with pytest.raises(CommandError, match="已登记为已举办"):
        commands.set_event_status(zones, 2027, "H", S.CANCELLED, "停办")


def test_a_zone_cannot_leave_the_day_of_its_meeting(zones: Store) -> None:
    with pytest.raises(ZoneDayError) as refused:
        commands.move_event(zones, 2027, "Z", datetime(2027, 6, 26, 10))
    assert (refused.value.host, refused.value.starts_at) == ("H", datetime(2027, 6, 26, 10))
    assert "设在“发布会”（6月25日）现场" in str(refused.value)
    commands.move_event(zones, 2027, "Z", datetime(2027, 6, 25, 15))
    assert at(zones, "Z").starts_at == datetime(2027, 6, 25, 15)


def test_a_zone_may_go_to_another_meeting_on_that_meetings_day(zones: Store) -> None:
    with pytest.raises(ZoneDayError):
        commands.change_event(zones, 2027, ZONE._replace(host_event="H2"))
    there = ZONE._replace(host_event="H2", starts_at=OTHER.starts_at, ends_at=OTHER.ends_at)
    commands.change_event(zones, 2027, there)
    commands.move_event(zones, 2027, "H", datetime(2027, 6, 28, 14))
    assert at(zones, "Z").day == OTHER.day


def test_a_step_that_moves_both_itself_is_taken_as_it_is(zones: Store) -> None:
    host, zone = (
        e._replace(starts_at=datetime(2027, 7, 2, hour), ends_at=datetime(2027, 7, 2, 16))
        for e, hour in ((HOST, 9), (ZONE, 11))
    )
    done = commands.apply_changes(
        zones, 2027, "采纳", [RowChange.of(b, e) for e, b in ((host, HOST), (zone, ZONE))]
    )
    assert (done.title, at(zones, "Z").starts_at) == ("采纳", datetime(2027, 7, 2, 11))


def test_an_old_discrepancy_does_not_hinder_other_changes(tmp_path: Path) -> None:
    astray = ZONE._replace(starts_at=datetime(2027, 6, 27, 10), ends_at=datetime(2027, 6, 27, 12))
    with open_store(tmp_path / "old.db") as store:
        commands.create_year(store, year(HOST, astray))
        commands.change_event(store, 2027, astray._replace(note="改备注"))
        commands.move_event(store, 2027, "H", datetime(2027, 6, 28, 10))
        assert at(store, "Z").starts_at == datetime(2027, 6, 28, 10)


KEYS = st.sampled_from(("H", "H2", "Z"))
DAYS = st.integers(0, 40).map(lambda n: datetime(2027, 6, 1, 9) + timedelta(days=n, minutes=30 * n))
STEPS = st.lists(
    st.one_of(
        st.tuples(st.just("move"), KEYS, DAYS),
        st.tuples(st.just("status"), KEYS, st.sampled_from(EventStatus)),
        st.tuples(st.just("keep"), KEYS, st.sampled_from((S.POSTPONED, S.CANCELLED))),
        st.tuples(st.just("undated"), KEYS, st.none()),
        st.tuples(st.just("host"), st.just("Z"), st.sampled_from(("H", "H2", None))),
        st.tuples(st.just("put"), KEYS, DAYS),
        st.tuples(st.sampled_from(("undo", "redo", "delete")), KEYS, st.none()),
    ),
    max_size=14,
)


def take(store: Store, step: tuple[str, str, object]) -> None:
    kind, key, value = step
    known = year_snapshot(store, 2027).event_by_key.get(key)
    if kind in ("undo", "redo"):
        (commands.undo if kind == "undo" else commands.redo)(store)
    elif kind == "delete":
        commands.delete_event(store, 2027, key)
    elif known is None:
        return
    elif kind == "move":
        commands.move_event(store, 2027, key, value)  # type: ignore[arg-type]
    elif kind in ("status", "keep"):
        commands.set_event_status(store, 2027, key, value, "原因", keep_date=kind == "keep")  # type: ignore[arg-type]
    elif kind == "undated":
        commands.change_event(store, 2027, known._replace(starts_at=None, ends_at=None))
    elif kind == "host":
        commands.change_event(store, 2027, known._replace(host_event=value))
    elif kind == "put":
        commands.put_item(store, 2027, ItemKind.EVENT, known._replace(starts_at=value, ends_at=None))


@settings(max_examples=30, deadline=None)
@given(STEPS)
def test_a_zone_is_on_its_meetings_day_whatever_is_done_and_undone(
    tmp_path_factory: pytest.TempPathFactory, steps: list[tuple[str, str, object]]
) -> None:
    with open_store(tmp_path_factory.mktemp("law") / "law.db") as store:
        commands.create_year(store, year(HOST, ZONE, OTHER))
        for step in steps:
            with suppress(UserError):
                take(store, step)
            if 2027 not in [row[0] for row in store.rows("SELECT year FROM year")]:
                return
            events = year_snapshot(store, 2027).event_by_key
            for zone in events.values():
                if zone.campaign is Campaign.TECH_FORUM and zone.host_event:
                    host = events[zone.host_event]
                    assert zone.day in (None, host.day)
                    if host.status is S.CANCELLED:
                        assert zone.status in (S.POSTPONED, S.CANCELLED)
