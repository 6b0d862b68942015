from __future__ import annotations

import gzip
import sqlite3
from pathlib import Path

import pytest

from exports.package import read_package
from models import commands, migrations
from models.backups import backup, list_backups, verify
from models.commands import create_year
from models.domain.errors import StoreError
from models.queries import year_snapshot
from models.rows import ALL_ROWS
from models.store import Store, open_store
from tests.models.years import small_year

DATAFILES = Path(__file__).resolve().parent.parent / "data" / "datafiles"
GOOD_STEP = (3, ("ALTER TABLE unit ADD COLUMN phone TEXT NOT NULL DEFAULT ''",))
BAD_STEP = (4, ("CREATE TABLE extra (a)", "INSERT INTO nowhere VALUES (1)"))
DANGLING_STEP = (3, ("DELETE FROM unit",))


def with_steps(monkeypatch: pytest.MonkeyPatch, *steps: tuple[int, tuple[str, ...]]) -> None:
    monkeypatch.setattr(migrations, "STEPS", (*migrations.STEPS, *steps))
    monkeypatch.setattr(migrations, "CURRENT_VERSION", steps[-1][0])


def test_the_tables_and_the_row_classes_name_the_same_columns(store: Store) -> None:
    for row in ALL_ROWS:
        columns = {found[1] for found in store.rows(f"PRAGMA table_info({row.table_name()})")}
        assert columns == set(row._meta.fields)


def test_an_older_file_is_copied_and_then_upgraded(
    store: Store, path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    store.close()
    with_steps(monkeypatch, GOOD_STEP)
    with open_store(path) as upgraded:
        assert year_snapshot(upgraded, 2027) == small_year()
        assert upgraded.rows("PRAGMA user_version") == [(3,)]
    (copy,) = [info.path for info in list_backups(path) if info.reason == "升级前"]
    assert verify(copy) == ()


def test_a_step_that_fails_leaves_the_last_whole_one_and_can_be_tried_again(
    store: Store, path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    store.close()
    with monkeypatch.context() as patch:
        with_steps(patch, GOOD_STEP, BAD_STEP)
        with pytest.raises(StoreError):
            open_store(path)
    with_steps(monkeypatch, GOOD_STEP)
    with open_store(path) as upgraded:
        assert upgraded.rows("SELECT name FROM sqlite_master WHERE name = 'extra'") == []
        assert year_snapshot(upgraded, 2027) == small_year()


def test_a_step_that_breaks_a_reference_is_taken_back(
    store: Store, path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    store.close()
    with monkeypatch.context() as patch:
        with_steps(patch, DANGLING_STEP)
        with pytest.raises(StoreError, match="引用不一致"):
            open_store(path)
    with open_store(path) as again:
        assert year_snapshot(again, 2027) == small_year()


def test_an_older_file_that_is_only_read_is_upgraded_in_a_copy_and_stays_as_it_is(
    store: Store, path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    store.close()
    before = path.read_bytes()
    with_steps(monkeypatch, GOOD_STEP)
    with open_store(path, read_only=True) as reader:
        assert year_snapshot(reader, 2027) == small_year()
        assert reader.rows("PRAGMA user_version") == [(3,)]
        assert reader.read_only
        assert reader.read_only_reason.endswith(reader.format_note)
        assert "旧格式（2）" in reader.format_note
        with pytest.raises(sqlite3.OperationalError):
            reader.connection.execute("DELETE FROM unit")
        assert verify(backup(reader)) == ()
    assert path.read_bytes() == before
    assert [info.reason for info in list_backups(path)] == ["手动"]
    with open_store(path) as upgraded:
        assert (upgraded.format_note, upgraded.read_only_reason) == ("", "")


def test_an_older_file_that_cannot_be_upgraded_is_not_read_either(
    store: Store, path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    store.close()
    before = path.read_bytes()
    with_steps(monkeypatch, GOOD_STEP, BAD_STEP)
    with pytest.raises(StoreError):
        open_store(path, read_only=True)
    assert path.read_bytes() == before


def test_a_new_file_that_could_not_be_finished_is_absent(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with monkeypatch.context() as patch:
        with_steps(patch, (2, BAD_STEP[1]))
        with pytest.raises(StoreError):
            open_store(path)
    assert [entry.name for entry in path.parent.iterdir()] == ["数据.db.lock"]
    with open_store(path) as store:
        create_year(store, small_year())


@pytest.mark.parametrize("version", range(1, migrations.CURRENT_VERSION))
def test_a_file_of_every_released_version_opens_with_all_its_facts(path: Path, version: int) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(gzip.decompress((DATAFILES / f"version-{version}.db.gz").read_bytes()))
    facts = gzip.decompress((DATAFILES / f"version-{version}.json.gz").read_bytes())
    assert verify(path) == ()
    with open_store(path) as upgraded:
        year = year_snapshot(upgraded, 2027)
        commands.undo(upgraded)
        assert year_snapshot(upgraded, 2027) == read_package(facts, "当时的示例年度")
    assert [event.key for event in year.events] != []
    assert verify(path) == ()


def test_a_release_can_be_neither_changed_nor_deleted(store: Store) -> None:
    with store.transaction():
        store.write("INSERT INTO release VALUES (2027, ?, '', '', '', '', 0, '', ?)", [(1, b"x")])
    for statement in ("UPDATE release SET name = ? WHERE number = 1", "DELETE FROM release WHERE name <> ?"):
        with pytest.raises(sqlite3.DatabaseError, match="never changed"), store.transaction():
            store.write(statement, [("甲",)])
    assert store.rows("SELECT name, contents FROM release") == [("", b"x")]
