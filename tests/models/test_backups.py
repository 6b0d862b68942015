from __future__ import annotations

import random
import sqlite3
from contextlib import closing, suppress
from datetime import datetime, timedelta, timezone
from pathlib import Path

import pytest

from models.backups import backup, copy_database, daily_backup, list_backups, newest_backup, verify
from models.commands import change_settings, delete_year, import_year
from models.datafile import journal_of
from models.domain.errors import BusyError, StoreError
from models.domain.snapshot import YearSnapshot
from models.own_files import backup_folder
from models.queries import year_snapshot, years
from models.restoring import restore
from models.store import Store, open_store
from models.verifying import checksum_file
from tests.exports.faulty_disk import FaultyDisk, faulty
from tests.models.conftest import Clock
from tests.models.years import large_year, small_year


def test_a_backup_is_a_whole_data_file_with_its_checksum(store: Store) -> None:
    path = backup(store)
    assert path.parent == backup_folder(store.path)
    assert path.name.endswith("_手动.db")
    assert checksum_file(path).read_text(encoding="utf-8").endswith(f"  {path.name}\n")
    assert verify(path) == ()
    with open_store(path, read_only=True) as copy:
        assert year_snapshot(copy, 2027) == small_year()
    assert sorted(entry.suffix for entry in path.parent.iterdir()) == [".db", ".sha256"]


def test_a_backup_may_go_to_a_named_file_and_take_its_place(store: Store, tmp_path: Path) -> None:
    target = tmp_path / "盘" / "我的备份.db"
    assert backup(store, target) == target
    delete_year(store, 2027)
    backup(store, target)
    assert verify(target) == ()
    with open_store(target, read_only=True) as copy:
        assert years(copy) == ()


def test_a_backup_over_the_data_file_itself_or_a_folder_is_refused(store: Store, tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="数据文件自己"):
        backup(store, store.path)
    with pytest.raises(StoreError, match="这是一个文件夹"):
        backup(store, tmp_path)
    assert year_snapshot(store, 2027) == small_year()


@pytest.mark.parametrize(
    "name", ["{0}.lock", "{0}.holder", "{0}-journal", "{0}-wal", "{1}.draft.json", "备份/旧.db"]
)
def test_a_backup_over_a_file_of_the_program_is_refused(store: Store, name: str) -> None:
    target = store.path.parent / name.format(store.path.name, store.path.stem)
    target.parent.mkdir(exist_ok=True)
    if name.startswith("备份"):
        target.write_text("x", encoding="utf-8")
    before = target.read_bytes() if target.exists() else None
    with pytest.raises(StoreError, match=r"程序自己的文件.*未改动"):
        backup(store, target)
    assert (target.read_bytes() if target.exists() else None) == before


def test_a_backup_over_another_data_file_that_is_used_here_is_refused(store: Store, tmp_path: Path) -> None:
    other = tmp_path / "去年.db"
    open_store(other).close()
    before = other.read_bytes()
    with pytest.raises(StoreError, match="程序自己的文件"):
        backup(store, other)
    assert other.read_bytes() == before


def test_a_backup_of_a_file_that_another_program_holds_is_refused_not_waited_for(
    store: Store, tmp_path: Path
) -> None:
    store.connection.execute("PRAGMA busy_timeout = 0")
    with closing(sqlite3.connect(store.path, isolation_level=None)) as other:
        other.execute("BEGIN EXCLUSIVE")
        with pytest.raises(BusyError, match="正被别的程序占用"):
            backup(store, tmp_path / "拷贝.db")
    assert not (tmp_path / "拷贝.db").exists()
    assert verify(backup(store, tmp_path / "拷贝.db")) == ()


def test_a_reader_may_make_a_backup_beside_the_writer(store: Store) -> None:
    with open_store(store.path) as second:
        assert second.read_only
        assert verify(backup(second)) == ()


def test_a_backup_that_fails_leaves_the_older_one(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    path = backup(store, store.path.with_name("b.db"))
    before = path.read_bytes()
    monkeypatch.setattr("models.backups.sync_file", _full)
    with pytest.raises(StoreError, match="磁盘已满"):
        backup(store, path)
    assert path.read_bytes() == before
    assert verify(path) == ()
    assert [entry.name for entry in path.parent.glob(".*")] == []


def _full(_: Path) -> None:
    raise OSError(28, "No space left on device")


def test_a_copy_that_does_not_count_the_same_is_thrown_away(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    counts = iter(({"event": 3}, {"event": 2}))
    monkeypatch.setattr("models.backups.row_counts", lambda _: next(counts))
    with pytest.raises(StoreError, match="备份核对没有通过"):
        backup(store)
    assert list(backup_folder(store.path).iterdir()) == []


def test_forty_of_forty_flipped_bits_are_found(store: Store) -> None:
    path = backup(store)
    sound = path.read_bytes()
    rng = random.Random(1)
    for _ in range(40):
        spoilt = bytearray(sound)
        spoilt[rng.randrange(len(sound))] ^= 1 << rng.randrange(8)
        path.write_bytes(spoilt)
        assert len(verify(path)) == 1
    path.write_bytes(sound)
    assert verify(path) == ()


def test_verify_says_in_words_what_is_wrong(store: Store, tmp_path: Path) -> None:
    assert verify(tmp_path / "没有.db") == (f"没有这个文件：{tmp_path / '没有.db'}。",)
    store.connection.execute("PRAGMA foreign_keys = 0")
    store.connection.execute("DELETE FROM meeting")
    store.connection.execute("UPDATE event SET campaign = 'party' WHERE key = 'E2'")
    assert verify(store.path) == (
        "表 decision 第 1 行引用了不存在的 meeting。",
        (
            "活动“E2”的工作线：“party”，"
            "只能是 lecture、park、community、campus、tech_forum、open_month、host_meeting 之一。"
        ),
    )


def test_a_sound_file_in_use_is_found_sound(store: Store) -> None:
    assert verify(store.path) == ()


def test_backups_are_listed_newest_first_and_strangers_are_not(store: Store, clock: Clock) -> None:
    older = backup(store)
    clock.now += timedelta(days=1)
    newer = backup(store, reason="导入前")
    (backup_folder(store.path) / "数据_副本.db").write_bytes(b"x")
    (backup_folder(store.path) / "别的_20270101-000000_手动.db").write_bytes(b"x")
    listed = list_backups(store.path)
    assert [(info.path, info.reason) for info in listed] == [(newer, "导入前"), (older, "手动")]
    assert newest_backup(store.path) == newer
    newer.write_bytes(b"x")
    assert newest_backup(store.path) == older


def test_two_backups_of_one_second_have_two_names(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(store, "clock", lambda: datetime(2027, 6, 15, tzinfo=timezone.utc))
    assert backup(store) != backup(store)
    assert [info.reason for info in list_backups(store.path)] == ["手动", "手动"]


def test_restoring_brings_the_backup_back_and_puts_the_old_file_aside(store: Store, path: Path) -> None:
    kept = backup(store)
    change_settings(store, 2027, {"lead": 5})
    changed = year_snapshot(store, 2027)
    store.close()
    aside = restore(path, kept)
    assert aside is not None
    with open_store(path) as restored:
        assert year_snapshot(restored, 2027) == small_year()
    with open_store(aside, read_only=True) as old:
        assert year_snapshot(old, 2027) == changed
    assert verify(kept) == ()


def test_restoring_over_a_damaged_file_and_its_journal_keeps_both(store: Store, path: Path) -> None:
    kept = backup(store)
    store.close()
    path.write_bytes(b"broken")
    journal_of(path).write_bytes(b"journal")
    aside = restore(path, kept)
    assert aside is not None
    assert (aside.read_bytes(), journal_of(aside).read_bytes()) == (b"broken", b"journal")
    with open_store(path) as restored:
        assert year_snapshot(restored, 2027) == small_year()


def test_restoring_where_the_file_is_gone_ignores_a_journal_left_behind(store: Store, path: Path) -> None:
    kept = backup(store)
    store.close()
    path.unlink()
    journal_of(path).write_bytes(b"journal")
    assert restore(path, kept) is None
    assert not journal_of(path).exists()
    with open_store(path) as restored:
        assert year_snapshot(restored, 2027) == small_year()


def test_restoring_into_a_file_in_use_is_refused(store: Store, path: Path) -> None:
    kept = backup(store)
    with pytest.raises(StoreError, match="不能恢复"):
        restore(path, kept)
    assert year_snapshot(store, 2027) == small_year()


def test_restoring_an_unsound_backup_or_the_file_itself_changes_nothing(store: Store, path: Path) -> None:
    kept = backup(store)
    kept.write_bytes(kept.read_bytes()[:-1])
    store.close()
    before = path.read_bytes()
    with pytest.raises(StoreError, match="这份备份不能用"):
        restore(path, kept)
    with pytest.raises(StoreError, match="正在使用的数据文件"):
        restore(path, path)
    assert path.read_bytes() == before


def test_a_restore_that_fails_at_the_last_moment_puts_the_old_file_back(
    store: Store, path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    kept = backup(store)
    store.close()
    before = path.read_bytes()
    original = Path.replace

    def replace(self: Path, target: Path) -> Path:
        if target == path and self.suffix == ".tmp":
            raise OSError(5, "Input/output error")
        return original(self, target)

    monkeypatch.setattr(Path, "replace", replace)
    with pytest.raises(StoreError, match="磁盘写不进去"):
        restore(path, kept)
    assert path.read_bytes() == before


@pytest.mark.parametrize("confirmed", [True, False])
def test_a_restore_whose_last_call_fails_is_done_and_never_called_undone(
    store: Store, path: Path, monkeypatch: pytest.MonkeyPatch, *, confirmed: bool
) -> None:
    kept = backup(store)
    change_settings(store, 2027, {"a": 1})
    store.close()

    def sync(folder: Path) -> None:
        if folder == path.parent:
            raise OSError(5, "Input/output error")

    monkeypatch.setattr("models.restoring.sync_folder", sync)
    if confirmed:
        assert restore(path, kept) is not None
    else:
        monkeypatch.setattr("models.datafile.sync_folder", sync)
        with pytest.raises(StoreError, match="磁盘没有确认"):
            restore(path, kept)
    with open_store(path) as restored:
        assert year_snapshot(restored, 2027) == small_year()


class WatchedDisk(FaultyDisk):
    """Knows also where each call was made."""

    def __init__(self, folder: Path, first: int = 0) -> None:
        super().__init__(folder, first)
        self.where: list[Path] = []
        self._last = Path()

    def concerns(self, where: object) -> bool:
        self._last = Path(f"/proc/self/fd/{where}").resolve() if isinstance(where, int) else Path(str(where))
        return super().concerns(where)

    def touch(self, name: str) -> None:
        self.where.append(self._last)
        super().touch(name)


@pytest.mark.skipif(not Path("/proc/self/fd").exists(), reason="what is open is not told here")
def test_the_old_file_is_on_the_disk_in_the_backup_folder_before_its_place_is_taken(
    store: Store, path: Path
) -> None:
    kept = backup(store)
    store.close()
    with faulty(WatchedDisk(path.parent)) as disk:
        aside = restore(path, kept)
    assert isinstance(disk, WatchedDisk)
    assert aside is not None
    made = list(zip(disk.calls, disk.where, strict=True))
    put_aside = made.index(("replace", path))
    taken = max(n for n, (name, where) in enumerate(made) if name == "replace" and where.suffix == ".tmp")
    assert put_aside < made.index(("fsync", aside.parent), put_aside) < taken
    assert ("fsync", path.parent) in made[taken:]


def test_whatever_call_of_the_disk_fails_a_restore_loses_neither_file(store: Store, path: Path) -> None:
    kept = backup(store)
    change_settings(store, 2027, {"a": 1})
    store.close()
    before = path.read_bytes()
    with faulty(FaultyDisk(path.parent)) as counting:
        restore(path, kept)
    restored = path.read_bytes()
    assert len(counting.calls) > 5
    for number in range(1, len(counting.calls) + 1):
        path.write_bytes(before)
        aside = set(backup_folder(path).glob("*_恢复前*.db"))
        with faulty(FaultyDisk(path.parent, number)), suppress(StoreError):
            restore(path, kept)
        assert path.read_bytes() in (before, restored), number
        new = set(backup_folder(path).glob("*_恢复前*.db")) - aside
        assert before in [one.read_bytes() for one in (path, *new)], number
        assert verify(kept) == ()


def test_the_daily_backups_are_thinned(store: Store, clock: Clock) -> None:
    for _ in range(30):
        clock.now += timedelta(days=1)
        assert daily_backup(store) is not None
        assert daily_backup(store) is None
    days = [info.made_at.date() for info in list_backups(store.path)]
    today = clock.now.astimezone().date()
    assert days[:12] == [today - timedelta(days=n) for n in range(12)]
    assert len(days) == 15
    assert len(list(backup_folder(store.path).glob("*.sha256"))) == 15


def test_of_the_backups_of_one_second_the_last_is_the_newest(store: Store, clock: Clock) -> None:
    moment = clock()
    store.clock = lambda: moment
    made = [backup(store) for _ in range(11)]
    assert [info.path for info in list_backups(store.path)] == made[::-1]
    assert newest_backup(store.path) == made[-1]


def test_an_empty_file_is_not_backed_up(path: Path) -> None:
    with open_store(path) as store:
        assert daily_backup(store) is None


def test_a_large_import_makes_a_backup_first_and_a_small_one_does_not(store: Store) -> None:
    small = small_year()
    import_year(store, YearSnapshot(small.year_row, units=small.units))
    assert list_backups(store.path) == ()
    import_year(store, large_year(250))
    (info,) = list_backups(store.path)
    assert info.reason == "导入前"
    with open_store(info.path, read_only=True) as copy:
        assert year_snapshot(copy, 2027).units == small.units


def test_a_copy_of_an_older_schema_counts_what_there_is(store: Store, tmp_path: Path) -> None:
    store.connection.execute("DROP TABLE withdrawn_event")
    copy_database(store.connection, tmp_path / "旧.db")
    assert (tmp_path / "旧.db").exists()
