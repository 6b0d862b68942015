"""会议哪天排定：来自办那一步的日子；整年导入、随决策一起来的说不出；撤销、改期跟着变。"""

from __future__ import annotations

from datetime import date, datetime, timezone
from pathlib import Path

import pytest

from models import commands
from models.domain.attendance import Decision, Meeting
from models.domain.changes import RowChange
from models.domain.snapshot import ItemKind
from models.queries import year_snapshot
from models.settled_meetings import settled_meetings
from models.store import Store, open_store
from tests.factories import year

FIXED = Meeting("m1", "区政府常务会议", "第8次", datetime(2027, 3, 22, 9, 30))
OPEN = Meeting("m2", "区政府常务会议", "第11次", datetime(2027, 4, 26, 9, 30), tentative=True)
CASE = Decision("d1", "停车管理办法", meeting="m2")


class Clock:
    """A clock that stands at noon of a day."""

    def __init__(self) -> None:
        self.day = date(2027, 1, 18)

    def __call__(self) -> datetime:
        return datetime(self.day.year, self.day.month, self.day.day, 12, tzinfo=timezone.utc)


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def store(tmp_path: Path, clock: Clock) -> Store:
    with open_store(tmp_path / "数据.db", clock=clock) as opened:
        commands.create_year(opened, year(meetings=(FIXED, OPEN), decisions=(CASE,)))
        yield opened


def settled(store: Store) -> dict[str, date]:
    return settled_meetings(store, 2027, year_snapshot(store, 2027).meetings)


def put(store: Store, clock: Clock, day: date, meeting: Meeting) -> dict[str, date]:
    clock.day = day
    commands.put_item(store, 2027, ItemKind.MEETING, meeting)
    return settled(store)


def test_a_year_that_came_as_a_whole_says_nothing(store: Store) -> None:
    assert settled(store) == {}


def test_the_day_is_that_of_the_step_that_settled_the_present_day(store: Store, clock: Clock) -> None:
    fixed = OPEN._replace(tentative=False)
    assert put(store, clock, date(2027, 4, 12), fixed) == {"m2": date(2027, 4, 12)}
    assert put(store, clock, date(2027, 4, 13), fixed._replace(place="301")) == {"m2": date(2027, 4, 12)}
    at_ten = fixed._replace(starts_at=datetime(2027, 4, 26, 10))
    assert put(store, clock, date(2027, 4, 14), at_ten) == {"m2": date(2027, 4, 12)}
    moved = fixed._replace(starts_at=datetime(2027, 5, 10, 9, 30))
    assert put(store, clock, date(2027, 4, 20), moved) == {"m2": date(2027, 4, 20)}
    commands.undo(store)
    assert settled(store) == {"m2": date(2027, 4, 12)}
    commands.redo(store)
    assert settled(store) == {"m2": date(2027, 4, 20)}
    assert put(store, clock, date(2027, 4, 21), OPEN) == {}
    assert put(store, clock, date(2027, 4, 22), FIXED._replace(starts_at=datetime(2027, 3, 29, 9))) == {
        "m1": date(2027, 4, 22)
    }


def test_a_new_meeting_is_settled_when_a_decision_is_given_it_not_when_both_are_imported(
    store: Store, clock: Clock
) -> None:
    clock.day = date(2027, 2, 3)
    new = FIXED._replace(key="m3", number="第30次")
    commands.apply_changes(
        store, 2027, "登记会议排定",
        [RowChange(ItemKind.MEETING, "m3", None, new), RowChange(ItemKind.DECISION, "d1", CASE, CASE._replace(meeting="m3"))],
    )  # fmt: skip
    other, along = new._replace(key="m4"), Decision("d2", "菜场改造", meeting="m4")
    commands.apply_changes(
        store, 2027, "导入",
        [RowChange(ItemKind.MEETING, "m4", None, other), RowChange(ItemKind.DECISION, "d2", None, along)],
    )  # fmt: skip
    assert settled(store) == {"m3": date(2027, 2, 3)}


def test_a_meeting_moved_along_with_the_whole_year_was_not_settled_by_an_earlier_step(
    store: Store, clock: Clock
) -> None:
    fixed = OPEN._replace(tentative=False)
    put(store, clock, date(2027, 4, 12), fixed)
    moved = fixed._replace(starts_at=datetime(2027, 5, 10, 9, 30))
    row = year_snapshot(store, 2027).year_row
    commands.apply_changes(
        store, 2027, "导入",
        [
            RowChange(ItemKind.YEAR, "2027", row, row._replace(district="宝山")),
            RowChange(ItemKind.MEETING, "m2", fixed, moved),
        ],
    )  # fmt: skip
    assert settled(store) == {}
