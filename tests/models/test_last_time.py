"""延期待定的活动记得原来的时间：撤销、删除、印发都不丢，未发布的也记。"""

from __future__ import annotations

from datetime import datetime

import pytest

from models import commands
from models.domain.events import Event, EventStatus, Precision
from models.domain.snapshot import LastTime
from models.last_time import last_time_of, last_time_text, time_text
from models.queries import year_snapshot
from models.releases import release_year, released_snapshot
from models.store import Store
from tests.models.test_releases import DAY
from tests.models.years import LECTURE, small_year


def postponed(store: Store, event: Event = LECTURE) -> None:
    commands.change_event(
        store,
        2027,
        event._replace(
            status=EventStatus.POSTPONED,
            status_reason="台风",
            starts_at=None,
            ends_at=None,
            precision=Precision.UNSET,
        ),
    )


def was(event: Event) -> LastTime:
    assert event.starts_at is not None
    return LastTime(event.starts_at, event.ends_at, event.precision)


def test_the_time_that_was_taken_is_remembered_through_further_changes(store: Store) -> None:
    assert year_snapshot(store, 2027).stamps["E1"].last_time is None
    postponed(store)
    commands.change_event(store, 2027, year_snapshot(store, 2027).event_by_key["E1"]._replace(note="再议"))
    assert year_snapshot(store, 2027).stamps["E1"].last_time == was(LECTURE)


def test_a_second_postponement_remembers_the_later_time(store: Store) -> None:
    postponed(store)
    starts = datetime(2027, 9, 1, 9)
    again = LECTURE._replace(starts_at=starts, ends_at=None)
    commands.change_event(store, 2027, again)
    postponed(store, again)
    assert year_snapshot(store, 2027).stamps["E1"].last_time == LastTime(starts, None, LECTURE.precision)


def test_deleted_while_postponed_it_is_cancelled_where_it_was_and_comes_back_with_it(store: Store) -> None:
    commands.mark_exported(store, 2027, ["E1"])
    postponed(store)
    commands.delete_event(store, 2027, "E1")
    (gone,) = year_snapshot(store, 2027).withdrawn
    assert was(gone.event) == was(LECTURE)
    commands.undo(store)
    back = year_snapshot(store, 2027)
    assert back.event_by_key["E1"].starts_at is None
    assert back.stamps["E1"].last_time == was(LECTURE)
    commands.undo(store)
    assert year_snapshot(store, 2027) == small_year()


def test_a_release_keeps_it(store: Store) -> None:
    postponed(store)
    release_year(store, 2027, "", DAY)
    commands.change_event(store, 2027, LECTURE)
    assert released_snapshot(store, 2027, 1).stamps["E1"].last_time == was(LECTURE)


@pytest.mark.parametrize("ends_at", [None, datetime(2027, 7, 2, 9)])
@pytest.mark.parametrize("precision", list(Precision))
def test_what_is_stored_is_read_back(ends_at: datetime | None, precision: Precision) -> None:
    last = LastTime(datetime(2027, 7, 1, 9, 30), ends_at, precision)
    assert last_time_of(last_time_text(last)) == last
    assert time_text(LECTURE._replace(**last._asdict())) == last_time_text(last)
    assert (last_time_of(""), time_text(LECTURE._replace(starts_at=None))) == (None, "")
