"""离开了一份日历的：先读印发时的单位、工作线文件，再读现在的，恰好是现在的；没有一项留在那里还算有效。"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, timedelta, timezone
from pathlib import Path

import pytest

from exports.calendar_folder import Scope
from exports.ical import Left, calendar_bytes
from exports.ical_left import left_deadlines, left_entries
from exports.ical_reading import Component, read_calendar
from exports.package import read_package
from gui.services.calendar_orders import CalendarOrder, CalendarPlan, order_bytes
from models import commands
from models.domain.attendance import Decision
from models.domain.errors import UserError
from models.domain.events import Campaign, Event, EventStatus
from models.domain.snapshot import ItemKind, YearSnapshot
from models.queries import year_snapshot
from models.releases import release_year, released_snapshot
from models.sample import sample_year
from models.store import Store, open_store
from tests.exports.calendar_readers import KHAL, icalendar_reader, khal_reader, own_reader
from tests.factories import check as check_of

TICK = datetime(2027, 6, 15, tzinfo=timezone.utc)
YEAR = 2027
TAKER = "区财政局"


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    """The sample year, released once."""
    with open_store(tmp_path / "a.db") as opened:
        seconds = iter(range(1_000_000))
        opened.clock = lambda: TICK + timedelta(seconds=next(seconds))
        commands.create_year(opened, read_package(sample_year(), "sample"))
        release_year(opened, YEAR, "", date(YEAR, 6, 1))
        yield opened


def planned(store: Store) -> list[Event]:
    """Lectures still to come, each of a unit of its own, that are no longer of it after ``take``."""
    return [
        event for event in year_snapshot(store, YEAR).events
        if event.is_timed and event.status is EventStatus.PLANNED and event.campaign is Campaign.LECTURE
        and event.lead_units and TAKER not in event.units
    ]  # fmt: skip


def take(store: Store, event: Event) -> None:
    commands.change_event(store, YEAR, event._replace(lead_units=(TAKER,), responsible_units=()))


def file_of(store: Store, scope: Scope, release: int | None, *earlier: int) -> bytes:
    """The publish file of the draft (or a release) as the program makes it; b"" where there is nothing."""
    order = CalendarOrder(scope.campaign, scope.unit, deadlines=True)
    plan = state(store, release)._replace(earlier=tuple(state(store, number) for number in earlier))
    try:
        return order_bytes(order, plan)
    except UserError:
        return b""


def state(store: Store, release: int | None) -> CalendarPlan:
    snapshot = year_snapshot(store, YEAR) if release is None else released_snapshot(store, YEAR, release)
    return CalendarPlan(snapshot, check_of(snapshot), release)


def scopes(*snapshots: YearSnapshot) -> list[Scope]:
    units = dict.fromkeys(unit.key for snapshot in snapshots for unit in snapshot.units)
    return [Scope(), *map(Scope, Campaign), *(Scope(None, unit) for unit in units)]


def component(data: bytes, key: str) -> Component:
    return next(one for one in read_calendar(data).components if f"-{key}@" in one.uid)


def test_an_event_taken_from_a_unit_is_off_in_its_next_file_with_a_sequence_that_counts(store: Store) -> None:
    event = planned(store)[0]
    scope = Scope(None, event.lead_units[0])
    before = file_of(store, scope, 1)
    take(store, event)
    after = file_of(store, scope, None, 1)
    was, now = component(before, event.key), component(after, event.key)
    assert (was.cancelled, now.cancelled) == (False, True)
    assert now.sequence == was.sequence + 1
    assert now.text("SUMMARY") == f"【已取消】{event.title}"
    assert now.text("DESCRIPTION").startswith("原因：本活动已改由其他单位牵头\n")
    new = component(file_of(store, Scope(None, TAKER), None, 1), event.key)
    assert (new.cancelled, new.sequence) == (False, was.sequence + 1)


def test_when_it_comes_back_it_is_on_again_and_newer(store: Store) -> None:
    event = planned(store)[0]
    scope = Scope(None, event.lead_units[0])
    take(store, event)
    gone = file_of(store, scope, None, 1)
    commands.undo(store)
    back = file_of(store, scope, None, 1)
    assert component(back, event.key).sequence > component(gone, event.key).sequence
    assert own_reader([gone, back]) == own_reader([back])
    assert not component(back, event.key).cancelled


def test_an_event_of_another_campaign_says_so(store: Store) -> None:
    event = planned(store)[0]
    commands.change_event(store, YEAR, event._replace(campaign=Campaign.COMMUNITY))
    gone = component(file_of(store, Scope(Campaign.LECTURE), None, 1), event.key)
    assert (gone.cancelled, gone.text("DESCRIPTION").splitlines()[0]) == (
        True,
        "原因：本活动已改列其他工作线",
    )


def test_one_taken_and_deleted_afterwards_is_off_for_the_first_unit_too(store: Store) -> None:
    event = planned(store)[0]
    scope = Scope(None, event.lead_units[0])
    before = component(file_of(store, scope, 1), event.key)
    take(store, event)
    commands.delete_event(store, YEAR, event.key)
    gone = component(file_of(store, scope, None, 1), event.key)
    assert (gone.cancelled, gone.sequence) == (True, before.sequence + 2)


def test_whoever_missed_a_release_is_told_as_well(store: Store) -> None:
    event = planned(store)[0]
    scope = Scope(None, event.lead_units[0])
    take(store, event)
    release_year(store, YEAR, "", date(YEAR, 6, 20))
    first, third = file_of(store, scope, 1), file_of(store, scope, None, 1, 2)
    assert component(third, event.key).cancelled
    assert own_reader([first, third]) == own_reader([third])
    assert own_reader([first, file_of(store, scope, 2, 1)]) == own_reader([file_of(store, scope, 2, 1)])


def test_deadlines_that_are_none_any_more_are_cancelled(store: Store) -> None:
    decision = year_snapshot(store, YEAR).item(ItemKind.DECISION, "d6")
    assert isinstance(decision, Decision)
    scope = Scope(None, decision.unit)
    exempted = decision._replace(exemption="涉密", exempted_by="司法局")
    before = file_of(store, scope, 1)
    commands.put_item(store, YEAR, ItemKind.DECISION, exempted)
    after = file_of(store, scope, None, 1)
    old, new = read_calendar(before).newest(), read_calendar(after).newest()
    gone = [key for key, found in new.items() if found.cancelled and not old[key].cancelled]
    assert gone
    assert set(old) <= set(new)
    for key in gone:
        assert new[key].text("SUMMARY") == old[key].text("SUMMARY").replace("【时限】", "【已取消】")
        assert new[key].sequence > old[key].sequence
        unfolded = after.replace(b"\r\n ", b"")
        assert b"VALARM" not in unfolded[unfolded.index(key[1].encode()) :].partition(b"END:VEVENT")[0]
    assert own_reader([before, after]) == own_reader([after])


def test_todos_that_are_none_any_more_are_cancelled(store: Store) -> None:
    before = state(store, 1)
    decision = before.snapshot.item(ItemKind.DECISION, "d6")
    assert isinstance(decision, Decision)
    commands.put_item(
        store, YEAR, ItemKind.DECISION, decision._replace(exemption="涉密", exempted_by="司法局")
    )
    plan = state(store, None)._replace(earlier=(before,))
    components = read_calendar(order_bytes(CalendarOrder(todos=True), plan)).components
    off = [one for one in components if one.kind == "VTODO" and one.cancelled]
    assert [one.value("STATUS") for one in off] == ["CANCELLED"] * len(off)
    assert off
    assert all("d6" in one.uid for one in off)


def everything(store: Store) -> None:
    """Handed over, another campaign, deleted, moved, an exempted decision, a policy document gone."""
    handed, other, deleted, moved = planned(store)[:4]
    take(store, handed)
    commands.change_event(store, YEAR, other._replace(campaign=Campaign.COMMUNITY))
    commands.delete_event(store, YEAR, deleted.key)
    assert moved.starts_at is not None
    commands.move_event(store, YEAR, moved.key, moved.starts_at.replace(hour=16))
    take(store, next(one for one in planned(store) if one.key == moved.key))
    decision = year_snapshot(store, YEAR).item(ItemKind.DECISION, "d6")
    assert isinstance(decision, Decision)
    commands.put_item(
        store, YEAR, ItemKind.DECISION, decision._replace(exemption="涉密", exempted_by="司法局")
    )


def test_two_readers_end_with_exactly_the_second_file_of_every_scope(store: Store) -> None:
    everything(store)
    cancelled = 0
    for scope in scopes(year_snapshot(store, YEAR), released_snapshot(store, YEAR, 1)):
        first, second = file_of(store, scope, 1), file_of(store, scope, None, 1)
        for reader in (own_reader, icalendar_reader):
            assert reader([one for one in (first, second) if one]) == reader([second] if second else [])
        # without those that have left, somebody would keep what is not theirs any more
        alone = file_of(store, scope, None)
        held, wanted = (own_reader([one for one in files if one]) for files in ((first, alone), (alone,)))
        cancelled += len(held.keys() - wanted.keys())
    assert cancelled > 4


@pytest.mark.skipif(KHAL is None, reason="khal is not installed")
def test_khal_ends_with_exactly_the_second_file(store: Store, tmp_path: Path) -> None:
    handed = planned(store)[0]
    scope = Scope(None, handed.lead_units[0])
    first = file_of(store, scope, 1)
    everything(store)
    second = file_of(store, scope, None, 1)
    held = khal_reader([first, second], tmp_path)
    assert held == icalendar_reader([second])
    assert any(off for uid, (_, _, off) in held.items() if f"-{handed.key}@" in uid)


def test_what_never_left_is_not_named(store: Store) -> None:
    before, after = released_snapshot(store, YEAR, 1), year_snapshot(store, YEAR)
    assert left_entries(after, [before], unit=planned(store)[0].lead_units[0]) == ()
    assert left_deadlines((), ()) == ()
    assert calendar_bytes(after) == calendar_bytes(after, left=Left())
