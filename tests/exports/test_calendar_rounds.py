"""印发稿 3 与 4：收件人先读前一份，再读后一份，最后恰好是后一份；单位文件、变更通知也对得上。"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, timedelta, timezone
from pathlib import Path

import pytest

from exports.calendar_difference import calendar_difference
from exports.change_files import change_files
from exports.ical import calendar_bytes
from exports.ical_reading import read_calendar
from exports.package import read_package
from models import commands
from models.domain.errors import UserError
from models.domain.events import EventStatus
from models.domain.snapshot import YearSnapshot
from models.queries import year_snapshot
from models.releases import release_year, released_snapshot
from models.sample import sample_year
from models.store import Store, open_store
from planners.change_kinds import ChangeKind, units_of
from planners.change_notice import unit_notices
from planners.release_changes import PlanChanges, plan_changes
from tests.exports.calendar_readers import KHAL, icalendar_reader, khal_reader, own_reader
from tests.factories import check as check_of

TICK = datetime(2027, 6, 15, tzinfo=timezone.utc)
YEAR = 2027


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    """The sample year: released twice for practice, then 印发稿3; everything that can happen; then 印发稿4."""
    opened = open_store(tmp_path_factory.mktemp("rounds") / "a.db")
    seconds = iter(range(1_000_000))
    opened.clock = lambda: TICK + timedelta(seconds=next(seconds))
    commands.create_year(opened, read_package(sample_year(), "sample"))
    for _ in range(3):
        release_year(opened, YEAR, "", date(YEAR, 6, 1))
    _everything(opened)
    release_year(opened, YEAR, "", date(YEAR, 6, 20))
    yield opened
    opened.close()


def _everything(opened: Store) -> None:
    """Moved, renamed, cancelled, postponed, handed over, deleted, new, changed and changed back."""
    events = [
        event for event in year_snapshot(opened, YEAR).events
        if event.is_timed and event.starts_at.date() > date(YEAR, 6, 20) and event.status in (EventStatus.PLANNED, EventStatus.CONFIRMED) and not event.host_event
    ]  # fmt: skip
    moved, renamed, off, postponed, handed, deleted, back, undone = events[:8]
    commands.move_event(opened, YEAR, moved.key, moved.starts_at.replace(hour=16))
    commands.change_event(opened, YEAR, renamed._replace(title="改名；逗号, 反斜\\n <b>&"))
    commands.set_event_status(opened, YEAR, off.key, EventStatus.CANCELLED, "台风")
    commands.set_event_status(opened, YEAR, postponed.key, EventStatus.POSTPONED, "另行通知")
    commands.change_event(opened, YEAR, handed._replace(lead_units=("区司法局",), responsible_units=()))
    commands.delete_event(opened, YEAR, deleted.key)
    commands.move_event(opened, YEAR, back.key, back.starts_at + timedelta(days=1))
    commands.move_event(opened, YEAR, back.key, back.starts_at)
    commands.move_event(opened, YEAR, undone.key, undone.starts_at + timedelta(days=1))
    commands.undo(opened)
    commands.add_event(
        opened,
        YEAR,
        moved._replace(key="NEU1", title="新的一场", starts_at=datetime(YEAR, 9, 1, 9), ends_at=None),
    )


def third_and_fourth(store: Store) -> tuple[YearSnapshot, YearSnapshot]:
    return released_snapshot(store, YEAR, 3), released_snapshot(store, YEAR, 4)


def changes_of(store: Store) -> PlanChanges:
    before, after = third_and_fourth(store)
    return plan_changes(before, after, check_of(before), check_of(after), ("3", "4"))


def test_two_readers_end_with_exactly_the_second_calendar(store: Store) -> None:
    third, fourth = map(calendar_bytes, third_and_fourth(store))
    for reader in (own_reader, icalendar_reader):
        held = reader([third, fourth])
        assert held == reader([fourth])
        assert len(held) > 90
        assert held != reader([third])
    assert own_reader([fourth]) == icalendar_reader([fourth])


@pytest.mark.skipif(KHAL is None, reason="khal is not installed")
def test_khal_ends_with_exactly_the_second_calendar(store: Store, tmp_path: Path) -> None:
    third, fourth = map(calendar_bytes, third_and_fourth(store))
    assert khal_reader([third, fourth], tmp_path) == icalendar_reader([fourth])


def test_a_reader_that_gets_them_the_wrong_way_round_keeps_the_newer(store: Store) -> None:
    third, fourth = map(calendar_bytes, third_and_fourth(store))
    assert own_reader([fourth, third]) == own_reader([fourth])


def test_a_release_gives_the_bytes_of_its_day_whatever_happens_later(store: Store) -> None:
    third = calendar_bytes(released_snapshot(store, YEAR, 3))
    draft = year_snapshot(store, YEAR)
    later = next(event for event in draft.events if event.status is EventStatus.PLANNED and event.is_timed)
    commands.change_event(store, YEAR, later._replace(note="以后的改动"))
    assert calendar_bytes(released_snapshot(store, YEAR, 3)) == third
    commands.undo(store)


def test_the_difference_says_what_happened(store: Store) -> None:
    third, fourth = map(calendar_bytes, third_and_fourth(store))
    difference = calendar_difference(third, fourth)
    changes = changes_of(store)
    off = changes.count(ChangeKind.CANCELLED) + changes.count(ChangeKind.POSTPONED)
    assert (len(difference.new), len(difference.cancelled), difference.gone, difference.older) == (
        1,
        off,
        (),
        (),
    )
    assert off == 4  # one of them is a zone that went with its host
    assert difference.words == f"新增 1 · 更新 {len(difference.updated)} · 取消 4"
    assert calendar_difference(fourth, fourth).words == "没有变化"
    back = calendar_difference(fourth, third)
    assert len(back.older) == len(difference.updated) + len(difference.cancelled)


def test_the_difference_and_the_changes_are_the_same_set(store: Store) -> None:
    third, fourth = map(calendar_bytes, third_and_fourth(store))
    difference = calendar_difference(third, fourth)
    touched = {
        uid.split("@")[0].removeprefix(f"{YEAR}-")
        for _, uid in (*difference.new, *difference.updated, *difference.cancelled)
    }
    keys = {change.key for change in changes_of(store).events}
    assert keys <= touched
    moved_and_back = touched - keys
    assert len(moved_and_back) == 2  # their SEQUENCE went on, though all is as it was


def test_the_files_of_all_units_add_up_to_the_changes(store: Store) -> None:
    before, after = third_and_fourth(store)
    changes = changes_of(store)
    made = change_files(changes, before, after)
    sent = {key for file in made.files for key in file.keys}
    assert sent | set(made.left_out) == {change.key for change in changes.events}
    assert not sent & set(made.left_out)
    assert made.left_out == ()
    notices = {
        notice.unit: {change.key for change in notice.changes}
        for notice in unit_notices(changes, before, after)
    }
    assert {file.unit: set(file.keys) for file in made.files} == notices
    for file in made.files:
        uids = {found.uid.split("@")[0] for found in read_calendar(file.data).components}
        assert uids == {f"{YEAR}-{key}" for key in file.keys}


def test_a_unit_that_applies_its_file_has_what_it_should(store: Store) -> None:
    """Whoever holds the unit's third calendar and applies the change file holds its fourth one."""
    before, after = third_and_fourth(store)
    for file in change_files(changes_of(store), before, after).files:
        try:
            old = [calendar_bytes(before, unit=file.unit)]
        except UserError:
            old = []
        held = own_reader([*old, file.data])
        try:
            wanted = own_reader([calendar_bytes(after, unit=file.unit)])
        except UserError:
            wanted = {}
        on = {uid: said for uid, said in held.items() if not said[2]}
        assert on == {uid: said for uid, said in wanted.items() if not said[2]}


def test_an_event_handed_over_is_off_for_the_old_unit_only(store: Store) -> None:
    before, after = third_and_fourth(store)
    changes = changes_of(store)
    handed = next(change for change in changes.events if "lead_units" in change.fields)
    old = next(unit for unit in units_of(handed.before) if unit not in units_of(handed.after))
    files = {file.unit: file for file in change_files(changes, before, after).files}
    for unit, off in ((old, True), ("区司法局", False)):
        found = next(one for one in read_calendar(files[unit].data).components if handed.key in one.uid)
        assert found.cancelled is off
    assert changes.count(ChangeKind.NEW) == 1


def test_no_change_makes_no_file(store: Store) -> None:
    _, after = third_and_fourth(store)
    check = check_of(after)
    with pytest.raises(UserError, match="没有排定活动的变化"):
        change_files(plan_changes(after, after, check, check, ("4", "4")), after, after)
