"""印发稿：冻结的一份从此不变，读回与当日一字不差，放回是一步，撤销又是草案。"""

from __future__ import annotations

import sqlite3
import zlib
from contextlib import closing
from datetime import date, datetime
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from models import commands
from models.backups import verify
from models.delegates import erase_delegates
from models.domain.attendance import Delegate
from models.domain.errors import CommandError, StoreError
from models.domain.events import Campaign, Event, EventStatus
from models.domain.periods import quarter_of
from models.domain.snapshot import ItemKind, YearSnapshot
from models.queries import year_snapshot
from models.releases import last_release, lay_back, release_year, released_snapshot, releases
from models.store import Store, open_store
from tests.models.random_years import random_years
from tests.models.years import LECTURE, small_year

DAY = date(2027, 6, 1)


def later(event: Event, day: int = 28) -> Event:
    assert event.starts_at is not None
    starts = event.starts_at.replace(day=day)
    return event._replace(starts_at=starts, ends_at=starts.replace(hour=20))


def without_names(snapshot: YearSnapshot) -> list[object]:
    return [
        item._replace(name="", phone="") if isinstance(item, Delegate) else item
        for kind in ItemKind
        for item in snapshot.items(kind)
    ]


def in_2027(snapshot: YearSnapshot) -> YearSnapshot:
    lists = {kind.value: snapshot.items(kind) for kind in ItemKind if kind is not ItemKind.YEAR}
    return YearSnapshot(snapshot.year_row._replace(year=2027), **lists)


def test_a_release_is_read_back_with_stamps_and_withdrawn_events(store: Store) -> None:
    commands.mark_exported(store, 2027, ["E1", "E2"])
    commands.delete_event(store, 2027, "E2")
    made = release_year(store, 2027, "第二季度稿", DAY)
    now = year_snapshot(store, 2027)
    frozen = released_snapshot(store, 2027, 1)
    assert frozen == now
    assert (frozen.stamps, frozen.withdrawn) == (now.stamps, now.withdrawn)
    assert (frozen.installation, frozen.neighbours) == (now.installation, now.neighbours)
    assert (made.number, made.name, made.released_on, made.user) == (1, "第二季度稿", DAY, "张三")
    assert releases(store, 2027) == (made,)
    assert made.events == len(now.events)


def test_numbers_go_on_by_year_and_an_empty_name_is_given_one(store: Store) -> None:
    commands.create_year(store, YearSnapshot(small_year().year_row._replace(year=2028)))
    first, second = (release_year(store, 2027, name, DAY) for name in ("", "  二稿 "))
    other = release_year(store, 2028, "", DAY)
    assert (first.number, first.name) == (1, "2027年第1稿")
    assert (second.number, second.name) == (2, "二稿")
    assert (other.number, other.name) == (1, "2028年第1稿")
    assert last_release(store, 2027) == second
    assert last_release(store, 2026) is None
    assert first.label == "印发稿1（2027-06-01）"


def test_equal_plans_have_equal_hashes_and_a_changed_one_another(store: Store) -> None:
    first, second = release_year(store, 2027, "", DAY), release_year(store, 2027, "", DAY)
    commands.change_event(store, 2027, later(LECTURE))
    third = release_year(store, 2027, "", DAY)
    assert first.digest == second.digest != third.digest
    assert len(first.short_hash) == 8


def test_dated_events_that_are_no_drafts_count_as_published(store: Store) -> None:
    draft = Event("E8", Campaign.PARK, "草拟", starts_at=datetime(2027, 9, 1, 9), status=EventStatus.DRAFT)
    undated = Event("E9", Campaign.PARK, "未定")
    commands.add_event(store, 2027, draft)
    commands.add_event(store, 2027, undated)
    release_year(store, 2027, "", DAY)
    exported = {key for key, stamp in year_snapshot(store, 2027).stamps.items() if stamp.exported}
    assert {"E1", "E2"} <= exported
    assert exported.isdisjoint({"E8", "E9"})
    commands.change_event(store, 2027, later(LECTURE))
    assert year_snapshot(store, 2027).stamps["E1"].sequence == 1
    assert released_snapshot(store, 2027, 1).stamps["E1"].sequence == 0


def test_nothing_done_afterwards_changes_it(store: Store) -> None:
    release_year(store, 2027, "", DAY)
    frozen = released_snapshot(store, 2027, 1)
    commands.change_event(store, 2027, later(LECTURE))
    commands.delete_event(store, 2027, "E2")
    commands.change_settings(store, 2027, {"week_limit": 3})
    release_year(store, 2027, "", DAY)
    commands.undo(store)
    assert released_snapshot(store, 2027, 1) == frozen


def test_a_step_of_the_same_second_is_not_counted_into_it(path: Path) -> None:
    with open_store(path, clock=lambda: datetime(2027, 6, 1, 9)) as store:
        commands.create_year(store, small_year())
        release_year(store, 2027, "", DAY)
        revision = year_snapshot(store, 2027).revision
        commands.move_event(store, 2027, "E1", datetime(2027, 6, 28, 9))
        assert year_snapshot(store, 2027).revision > revision
        assert released_snapshot(store, 2027, 1).revision == revision


def test_laying_it_back_is_one_step_and_undo_is_the_draft_again(store: Store) -> None:
    release_year(store, 2027, "", DAY)
    frozen = year_snapshot(store, 2027)
    commands.change_event(store, 2027, later(LECTURE))
    commands.delete_event(store, 2027, "E2")
    commands.add_event(store, 2027, Event("E9", Campaign.PARK, "新的"))
    draft = year_snapshot(store, 2027)
    done = lay_back(store, 2027, 1)
    assert done.title == "放回第1稿"
    assert year_snapshot(store, 2027) == frozen
    commands.undo(store)
    assert year_snapshot(store, 2027) == draft


def test_laying_back_what_is_there_changes_nothing(store: Store) -> None:
    release_year(store, 2027, "", DAY)
    assert lay_back(store, 2027, 1).changes == ()


def test_names_of_delegates_are_not_in_a_release_and_stay_as_they_are_now(store: Store, path: Path) -> None:
    person = Delegate("p7", "欧阳娜娜某", "13912345678", "学生家长")
    commands.put_item(store, 2027, ItemKind.DELEGATE, person)
    release_year(store, 2027, "", DAY)
    (contents,) = store.rows("SELECT contents FROM release")[0]

    assert "欧阳娜娜某" not in zlib.decompress(contents).decode()
    assert "13912345678" not in zlib.decompress(contents).decode()
    assert released_snapshot(store, 2027, 1).item(ItemKind.DELEGATE, "p7") == person
    commands.put_item(store, 2027, ItemKind.DELEGATE, person._replace(name="", phone="", group="其他"))
    lay_back(store, 2027, 1)
    assert year_snapshot(store, 2027).item(ItemKind.DELEGATE, "p7") == person._replace(name="", phone="")


def test_what_is_not_there_is_said(store: Store) -> None:
    with pytest.raises(CommandError, match=r"没有第 4 稿.*还没有印发稿"):
        released_snapshot(store, 2027, 4)
    release_year(store, 2027, "", DAY)
    with pytest.raises(CommandError, match=r"没有第 4 稿.*已有：1"):
        lay_back(store, 2027, 4)
    with pytest.raises(CommandError, match="没有 2031 年度"):
        release_year(store, 2031, "", DAY)


@pytest.mark.parametrize(
    "damage", ["contents = X'00'", "contents = substr(contents, 1, 40)", "digest = 'abc'"]
)
def test_a_damaged_release_is_never_shown_and_the_check_names_it(
    store: Store, path: Path, damage: str
) -> None:
    release_year(store, 2027, "", DAY)
    release_year(store, 2027, "", DAY)
    store.close()
    with closing(sqlite3.connect(path)) as connection, connection:
        (guard,) = connection.execute(
            "SELECT sql FROM sqlite_master WHERE name = 'release_unchanged'"
        ).fetchone()
        connection.execute("DROP TRIGGER release_unchanged")
        connection.execute(f"UPDATE release SET {damage} WHERE number = 1")
        connection.execute(guard)
    assert verify(path) == ("2027 年度第 1 稿的内容与校验值不符。",)
    with open_store(path) as opened:
        with pytest.raises(StoreError, match="第 1 稿的内容与校验值不符"):
            released_snapshot(opened, 2027, 1)
        assert next(release.events for release in releases(opened, 2027)) == 0
        assert released_snapshot(opened, 2027, 2) == year_snapshot(opened, 2027)


def test_a_year_that_is_deleted_leaves_its_releases_for_an_undo(store: Store) -> None:
    release_year(store, 2027, "", DAY)
    before = year_snapshot(store, 2027)
    commands.delete_year(store, 2027)
    assert len(releases(store, 2027)) == 1
    commands.undo(store)
    assert released_snapshot(store, 2027, 1) == before


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(random_years(), random_years(), st.booleans())
def test_any_year_comes_back_whatever_the_draft_became(
    tmp_path_factory: pytest.TempPathFactory, first: YearSnapshot, second: YearSnapshot, twice: bool
) -> None:
    first, second = in_2027(first), in_2027(second)
    with open_store(tmp_path_factory.mktemp("稿") / "数据.db") as store:
        commands.create_year(store, first)
        release_year(store, 2027, "", DAY)
        frozen = year_snapshot(store, 2027)
        commands.import_year(store, second)
        if twice:
            release_year(store, 2027, "", DAY)
        draft = year_snapshot(store, 2027)
        done = lay_back(store, 2027, 1)
        assert without_names(year_snapshot(store, 2027)) == without_names(frozen)
        if done.changes:
            commands.undo(store)
        assert year_snapshot(store, 2027) == draft
        assert without_names(released_snapshot(store, 2027, 1)) == without_names(frozen)


def test_no_text_of_a_release_names_a_delegate_and_read_back_it_is_as_it_was(store: Store) -> None:
    person = Delegate("p9", "欧阳娜娜某", "13912345678", "居民")
    commands.put_item(store, 2027, ItemKind.DELEGATE, person)
    event = year_snapshot(store, 2027).events[0]
    named = event._replace(note=f"联系{person.name} {person.phone}")
    commands.change_event(store, 2027, named)
    commands.change_settings(store, 2027, {"explanation:x": f"与{person.name}说好"})
    draft = year_snapshot(store, 2027)
    release_year(store, 2027, f"{person.name}稿", DAY)
    ((contents, name),) = store.rows("SELECT contents, name FROM release")
    frozen = zlib.decompress(contents).decode()
    assert (person.name in frozen, person.phone in frozen, name) == (False, False, "欧*稿")
    assert "联系欧* 139****5678" in frozen
    assert released_snapshot(store, 2027, 1) == draft
    assert lay_back(store, 2027, 1).changes == ()
    commands.change_event(store, 2027, named._replace(note="另有安排"))
    assert released_snapshot(store, 2027, 1).events[0].note == "联系欧* 139****5678"
    commands.undo(store)
    erase_delegates(store, 2027, ["p9"])
    erased = released_snapshot(store, 2027, 1)
    assert erased == year_snapshot(store, 2027)
    assert erased.events[0].note == "联系欧* 139****5678"


def test_a_release_of_a_quarter_is_laid_back_alone(store: Store) -> None:
    quarter, before = 2, year_snapshot(store, 2027)
    inside = {event.key for event in before.events if event.day and quarter_of(event.day) == quarter}
    outside = [event for event in before.events if event.day and event.key not in inside]
    assert inside
    assert outside
    made = release_year(store, 2027, "", DAY, quarter)
    assert (made.quarter, releases(store, 2027)) == (quarter, (made,))
    frozen = released_snapshot(store, 2027, 1)
    assert {event.key for event in frozen.events} == inside
    assert frozen.covers == {quarter}
    for event in before.events:
        if event.day is not None:
            commands.change_event(store, 2027, event._replace(place="别处"))
    lay_back(store, 2027, 1)
    now = year_snapshot(store, 2027).event_by_key
    assert all(now[key] == before.event_by_key[key] for key in inside)
    assert all(now[event.key].place == "别处" for event in outside)
