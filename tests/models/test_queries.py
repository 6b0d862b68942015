from __future__ import annotations

import gc

import pytest

from models import commands
from models.domain.errors import CommandError
from models.domain.snapshot import ItemKind
from models.queries import has_year, item_changes, redo_title, revision, undo_title, year_snapshot, years
from models.store import Store, open_store
from tests.models.years import large_year, small_year


def test_an_empty_file_has_no_years_no_steps_and_revision_nought(store: Store) -> None:
    commands.undo(store)
    commands.create_year(store, small_year(2026))
    commands.delete_year(store, 2026)
    assert (years(store), has_year(store, 2027), redo_title(store)) == ((), False, None)
    with open_store(store.path.with_name("新.db")) as fresh:
        assert (years(fresh), revision(fresh), undo_title(fresh)) == ((), 0, None)


def test_a_year_that_is_not_there_is_said(store: Store) -> None:
    with pytest.raises(CommandError, match="数据文件里没有 2030 年度"):
        year_snapshot(store, 2030)


def test_a_snapshot_knows_its_revision_its_file_and_the_neighbouring_holidays(store: Store) -> None:
    snapshot = year_snapshot(store, 2027)
    assert (snapshot.revision, snapshot.installation) == (1, store.installation)
    assert set(snapshot.neighbours) >= {2026, 2028}
    assert list(snapshot.stamps) == ["E1", "E2", "E3"]


def test_a_large_year_is_read_as_it_was_written(store: Store) -> None:
    commands.import_year(store, large_year(1200))
    assert gc.isenabled()
    snapshot = year_snapshot(store, 2027)
    assert gc.isenabled()
    assert snapshot == large_year(1200)
    first, second = snapshot.events[:2]
    assert first.platforms is second.platforms


def test_the_collector_stays_off_where_it_was_off(store: Store) -> None:
    gc.disable()
    try:
        year_snapshot(store, 2027)
        assert not gc.isenabled()
    finally:
        gc.enable()


def test_the_changes_of_one_item_come_newest_first_without_those_of_others(store: Store) -> None:
    year = small_year()
    first, second = year.events[:2]
    changed = first._replace(note="甲"), second._replace(note="乙")
    commands.change_events(store, year.year, changed, "两场")
    commands.change_event(store, year.year, changed[1]._replace(note="丙"))
    commands.undo(store)
    found = item_changes(store, year.year, ItemKind.EVENT, first.key)
    assert [step.title for step in found] == ["两场", f"新建{year.year}年度"]
    assert all({change.key for change in step.changes} == {first.key} for step in found)
    assert found[0].changes[0].after == changed[0]
    assert len(item_changes(store, year.year, ItemKind.EVENT, second.key)) == 4
    assert len(item_changes(store, year.year, ItemKind.EVENT, second.key, limit=1)) == 1
    assert item_changes(store, year.year, ItemKind.UNIT, first.key) == ()
