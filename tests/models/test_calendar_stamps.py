"""SEQUENCE：发布过的活动改了时间、地点、状态、单位或撤回才加一，从不减。"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timezone
from pathlib import Path

import pytest

from models import commands
from models.domain.events import Campaign, Event, EventStatus
from models.domain.snapshot import EventStamp, ItemKind
from models.domain.units import School, Unit, Venue
from models.queries import revision, year_snapshot
from models.store import Store, open_store
from tests.models.conftest import Clock
from tests.models.years import LECTURE, VISIT, small_year


def stamp(store: Store, key: str) -> EventStamp:
    return year_snapshot(store, 2027).stamps[key]


@pytest.fixture
def published(store: Store) -> Store:
    """E1 and E2 are in colleagues' calendars, E3 is not."""
    commands.mark_exported(store, 2027, ["E1", "E2"])
    return store


def test_a_new_event_starts_at_nought(store: Store, clock: Clock) -> None:
    assert stamp(store, "E1") == EventStamp(clock.now, clock.now, 0, exported=False)


def test_marking_is_no_step_and_marking_again_writes_nothing(published: Store) -> None:
    assert revision(published) == 1
    assert stamp(published, "E1").exported
    assert not stamp(published, "E3").exported
    with open_store(published.path, read_only=True) as reader:
        commands.mark_exported(reader, 2027, ["E2"])


@pytest.mark.parametrize(
    ("change", "moves"),
    [
        (lambda e: e._replace(starts_at=datetime(2027, 6, 16, 13)), 1),
        (lambda e: e._replace(ends_at=None), 1),
        (lambda e: e._replace(place="另一处"), 1),
        (lambda e: e._replace(place="", venue="v2"), 1),
        (lambda e: e._replace(status=EventStatus.CONFIRMED), 1),
        (lambda e: e._replace(online_only=True), 1),
        (lambda e: e._replace(lead_units=("jy",)), 1),
        (lambda e: e._replace(responsible_units=("jy",)), 1),
        (lambda e: e._replace(towns=()), 1),
        (lambda e: e._replace(campaign=Campaign.COMMUNITY), 1),
        (lambda e: e._replace(title="新标题", note="备注"), 0),
        (lambda e: e._replace(venue="v2"), 0),
    ],
)
def test_time_place_status_and_units_count_on_and_nothing_else(
    published: Store, change: Callable[[Event], Event], moves: int
) -> None:
    before = stamp(published, "E1")
    commands.change_event(published, 2027, change(LECTURE))
    after = stamp(published, "E1")
    assert after.sequence == moves
    assert after.changed_at > before.changed_at
    assert after.created_at == before.created_at
    assert stamp(published, "E2").sequence == 0


def test_an_event_never_published_counts_nothing(store: Store) -> None:
    commands.move_event(store, 2027, "E1", datetime(2027, 7, 1, 9))
    assert stamp(store, "E1").sequence == 0


def test_undo_counts_on_too(published: Store) -> None:
    commands.move_event(published, 2027, "E1", datetime(2027, 7, 1, 9))
    commands.undo(published)
    assert year_snapshot(published, 2027) == small_year()
    assert stamp(published, "E1").sequence == 2


def test_a_published_event_that_is_deleted_is_kept_to_be_cancelled(published: Store) -> None:
    made = stamp(published, "E1").created_at
    commands.delete_event(published, 2027, "E1")
    (withdrawn,) = year_snapshot(published, 2027).withdrawn
    assert withdrawn.event == LECTURE
    assert (withdrawn.stamp.created_at, withdrawn.stamp.sequence, withdrawn.stamp.exported) == (made, 1, True)
    commands.undo(published)
    assert year_snapshot(published, 2027).withdrawn == ()
    back = stamp(published, "E1")
    assert (back.created_at, back.sequence, back.exported) == (made, 2, True)


def test_an_event_never_published_is_deleted_without_a_trace(store: Store) -> None:
    commands.delete_event(store, 2027, "E1")
    assert year_snapshot(store, 2027).withdrawn == ()


def test_published_events_outlive_their_year(published: Store) -> None:
    commands.move_event(published, 2027, "E1", datetime(2027, 7, 1, 9))
    commands.delete_year(published, 2027)
    commands.undo(published)
    assert {key: (s.sequence, s.exported) for key, s in year_snapshot(published, 2027).stamps.items()} == {
        "E1": (3, True),
        "E2": (2, True),
        "E3": (0, False),
    }


def test_the_key_of_a_withdrawn_event_is_not_given_again(published: Store) -> None:
    key = commands.new_key(year_snapshot(published, 2027), ItemKind.EVENT)
    commands.add_event(published, 2027, LECTURE._replace(key=key))
    commands.mark_exported(published, 2027, [key])
    commands.delete_event(published, 2027, key)
    fresh = year_snapshot(published, 2027)
    fresh.revision = 1
    assert commands.new_key(fresh, ItemKind.EVENT) != key


@pytest.mark.parametrize(
    ("kind", "item"),
    [
        (ItemKind.VENUE, Venue("v1", "新名字")),
        (ItemKind.SCHOOL, School("s1", "新名字")),
        (ItemKind.UNIT, Unit("yq", "新名字")),
        (ItemKind.UNIT, Unit("gc", "新名字")),
    ],
)
def test_a_place_of_another_name_has_moved(published: Store, kind: ItemKind, item: Unit) -> None:
    commands.change_events(
        published,
        2027,
        [LECTURE._replace(place="", towns=("gc",)), VISIT._replace(place="区图书馆")],
        "改地点",
    )
    before = {key: stamp(published, key).sequence for key in ("E1", "E2")}
    commands.put_item(published, 2027, kind, item)
    after = {key: stamp(published, key).sequence for key in ("E1", "E2")}
    assert after == before | ({"E1": 2} if item.key in ("v1", "gc") else {})


def test_a_place_changed_otherwise_has_not_moved(published: Store) -> None:
    commands.change_event(published, 2027, LECTURE._replace(place=""))
    before = stamp(published, "E1")
    venue = year_snapshot(published, 2027).item(ItemKind.VENUE, "v1")
    assert isinstance(venue, Venue)
    commands.put_item(published, 2027, ItemKind.VENUE, venue._replace(capacity=5, unit=None))
    assert stamp(published, "E1") == before


def test_another_address_of_the_venue_counts_on_also_where_the_place_is_written(published: Store) -> None:
    commands.change_event(published, 2027, LECTURE._replace(place="二楼", venue="v1"))
    before = stamp(published, "E1").sequence
    venue = year_snapshot(published, 2027).item(ItemKind.VENUE, "v1")
    assert isinstance(venue, Venue)
    commands.put_item(published, 2027, ItemKind.VENUE, venue._replace(capacity=77))
    assert stamp(published, "E1").sequence == before
    commands.put_item(published, 2027, ItemKind.VENUE, venue._replace(capacity=77, address="另一条路1号"))
    assert stamp(published, "E1").sequence == before + 1


@pytest.mark.parametrize("at", [datetime(1970, 1, 1), datetime(1980, 1, 4, 8), datetime(2161, 5, 6)])
def test_a_step_under_a_clock_that_is_wrong_by_decades_can_be_read_again(
    store: Store, path: Path, at: datetime
) -> None:
    store.close()
    at = at.replace(tzinfo=timezone.utc)
    with open_store(path, clock=lambda: at) as wrong:
        event = year_snapshot(wrong, 2027).event_by_key["E1"]
        commands.change_event(wrong, 2027, event._replace(note="改"))
        assert stamp(wrong, "E1").changed_at == at
        commands.undo(wrong)
        assert year_snapshot(wrong, 2027).event_by_key["E1"] == event
