from __future__ import annotations

import os
import sqlite3
import subprocess
import sys
from contextlib import closing
from datetime import date, datetime, timezone
from pathlib import Path

import pytest

from exports.package import write_package
from models import commands, migrations
from models.backups import backup, described, list_backups
from models.commands import change_settings, create_year, put_item
from models.connection import PRAGMAS, Database
from models.datafile import journal_of
from models.domain.errors import ReadOnlyError, StoreError
from models.domain.own_mark import APPLICATION_ID
from models.domain.snapshot import ItemKind
from models.domain.units import Unit
from models.own_files import backup_folder
from models.queries import year_snapshot, years
from models.releases import last_number, release_year
from models.store import Store, open_store
from tests.models.conftest import STARTED, Clock
from tests.models.years import large_year, small_year

ROOT = Path(__file__).resolve().parents[2]


def refusal(path: Path | str) -> StoreError:
    with pytest.raises(StoreError) as caught:
        open_store(path)
    return caught.value


def test_a_new_file_is_made_whole_and_empty(path: Path) -> None:
    with open_store(path) as store:
        assert (years(store), store.read_only, store.path) == ((), False, path)
        installation = store.installation
    assert len(installation) == 36
    with open_store(path) as again:
        assert again.installation == installation
    assert sorted(entry.name for entry in path.parent.iterdir()) == ["数据.db", "数据.db.lock"]


def test_every_setting_is_in_force(store: Store) -> None:
    found = {name: store.rows(f"PRAGMA {name}")[0][0] for name, _, _ in PRAGMAS}
    assert found == {name: expected for name, _, expected in PRAGMAS}
    assert store.rows("PRAGMA application_id") == [(APPLICATION_ID,)]
    assert store.rows("PRAGMA user_version") == [(migrations.CURRENT_VERSION,)]


def test_a_closed_store_reads_nothing_and_may_be_closed_again(store: Store) -> None:
    store.close()
    store.close()
    with pytest.raises(StoreError):
        years(store)


def test_nothing_is_written_outside_a_transaction_that_sqlite_rolled_back_by_itself(store: Store) -> None:
    def write_after_all() -> None:
        with store.transaction():
            store.connection.rollback()
            store.write("DELETE FROM unit WHERE year = ?", [(2027,)])

    with pytest.raises(AssertionError):
        write_after_all()
    assert year_snapshot(store, 2027) == small_year()


def test_what_was_stored_is_there_after_opening_again(store: Store, path: Path) -> None:
    store.close()
    with open_store(path) as again:
        assert year_snapshot(again, 2027) == small_year()


def test_the_folder_of_a_new_file_is_made(tmp_path: Path) -> None:
    with open_store(tmp_path / "新" / "文件夹" / "a.db") as store:
        assert store.path.exists()


def test_the_second_to_open_reads_only_and_is_told_who_writes(store: Store, path: Path) -> None:
    with open_store(path) as second:
        assert second.read_only
        assert second.read_only_reason.startswith("此数据文件正由 ")
        assert f"{STARTED.astimezone():%m月%d日}" in second.read_only_reason
        put_item(store, 2027, ItemKind.UNIT, Unit("new", "新单位"))
        assert "new" in year_snapshot(second, 2027).unit_by_key
        with pytest.raises(ReadOnlyError, match="当前为只读，改动没有保存"):
            put_item(second, 2027, ItemKind.UNIT, Unit("x", "x"))
    store.close()
    with open_store(path) as third:
        assert not third.read_only


def test_a_reader_sees_one_moment_though_somebody_writes_meanwhile(store: Store, path: Path) -> None:
    with open_store(path) as second, second.reading():
        before = year_snapshot(second, 2027)
        store.rows("PRAGMA busy_timeout = 1")
        with pytest.raises(StoreError, match="正被别的程序占用"):
            put_item(store, 2027, ItemKind.UNIT, Unit("new", "新单位"))
        assert year_snapshot(second, 2027) == before
    assert "new" not in year_snapshot(store, 2027).unit_by_key
    put_item(store, 2027, ItemKind.UNIT, Unit("new", "新单位"))


def test_the_lock_of_a_killed_process_is_taken_over(store: Store, path: Path) -> None:
    store.close()
    with subprocess.Popen(
        [sys.executable, "-c", HOLD, str(path)],
        cwd=ROOT,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    ) as holder:
        assert holder.stdout is not None
        assert holder.stdout.readline() == "open\n"
        with open_store(path) as second:
            assert second.read_only
        holder.kill()
    with open_store(path) as third:
        assert not third.read_only


HOLD = """
import sys
from models.store import open_store
store = open_store(sys.argv[1])
print("open", flush=True)
sys.stdin.read()
"""


def test_opened_for_reading_it_takes_no_lock_and_makes_nothing(store: Store, path: Path) -> None:
    store.close()
    before = sorted(path.parent.iterdir())
    with open_store(path, read_only=True) as reader, open_store(path) as writer:
        assert reader.read_only_reason == "以只读方式打开。"
        assert not writer.read_only
    assert sorted(path.parent.iterdir()) == sorted([*before, backup_folder(path)])


def test_opened_for_reading_a_missing_file_is_not_made(path: Path) -> None:
    with pytest.raises(StoreError, match="没有这个数据文件"):
        open_store(path, read_only=True)
    assert not path.exists()


@pytest.mark.parametrize(("what", "said"), [("file", "这个文件"), ("folder", "这个文件夹")])
def test_where_nothing_may_be_written_it_is_open_for_reading(
    store: Store, path: Path, monkeypatch: pytest.MonkeyPatch, what: str, said: str
) -> None:
    store.close()
    closed = path if what == "file" else path.parent
    monkeypatch.setattr("models.store.os.access", lambda place, _: Path(place) != closed)
    with open_store(path) as reader:
        assert reader.read_only_reason == f"没有权限写{said}：{closed}，当前为只读。"
        assert year_snapshot(reader, 2027) == small_year()


def test_a_new_file_where_nothing_may_be_written_is_refused(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("models.store.os.access", lambda *_: False)
    assert refusal(path).what == f"不能在这里建立数据文件：{path}。"


def test_a_text_file_is_refused_untouched(path: Path) -> None:
    path.write_text("这不是数据库" * 50, encoding="utf-8")
    before = path.read_bytes()
    assert refusal(path).what == f"数据文件已损坏或不是数据文件：{path}。"
    assert path.read_bytes() == before


def test_a_foreign_database_is_refused_untouched(path: Path) -> None:
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("CREATE TABLE t (a)")
    before = path.read_bytes()
    assert refusal(path).what == f"这不是宝公开排期的数据文件：{path}。"
    assert path.read_bytes() == before


def test_a_newer_file_is_refused_untouched(store: Store, path: Path) -> None:
    store.close()
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("PRAGMA user_version = 99")
    before = path.read_bytes()
    error = refusal(path)
    assert error.what == f"数据文件由更新的版本写成（格式 99，本程序到 2）：{path}。"
    assert error.remedy == "请升级程序后再打开。"
    assert path.read_bytes() == before


def test_a_folder_and_a_server_address_are_refused(tmp_path: Path) -> None:
    assert refusal(tmp_path).what == f"这是一个文件夹，不是数据文件：{tmp_path}。"
    assert refusal("postgresql://office/plan").what == "本版本还不能连接 PostgreSQL。"


def test_an_empty_file_that_never_was_ours_becomes_a_data_file(path: Path) -> None:
    path.touch()
    with open_store(path) as store:
        assert years(store) == ()


def test_a_file_that_once_held_data_and_is_empty_now_is_not_replaced(store: Store, path: Path) -> None:
    store.close()
    path.write_bytes(b"")
    error = refusal(path)
    assert error.what == f"数据文件是空的：{path}。"
    assert error.effect == "它以前有过内容，程序没有用空白的替换它。"
    assert path.read_bytes() == b""


def test_a_file_that_is_gone_while_its_backups_are_there_is_not_replaced(store: Store, path: Path) -> None:
    kept = backup(store)
    store.close()
    path.unlink()
    error = refusal(path)
    assert error.what == f"数据文件不见了：{path}。"
    assert error.remedy == f"请从备份恢复：{kept}（{described(path, kept)}）。若要从头开始，请先移走备份。"
    assert not path.exists()


def test_a_file_that_is_gone_without_a_trace_is_made_anew(store: Store, path: Path) -> None:
    store.close()
    path.unlink()
    with open_store(path) as fresh:
        assert years(fresh) == ()


def test_a_damaged_file_is_refused_with_the_newest_sound_backup(store: Store, path: Path) -> None:
    sound, spoilt = backup(store), backup(store)
    spoilt.write_bytes(spoilt.read_bytes()[:-100])
    store.close()
    damaged = bytearray(path.read_bytes())
    damaged[4096 : 3 * 4096] = bytes(2 * 4096)
    path.write_bytes(damaged)
    error = refusal(path)
    assert error.what == f"数据文件已损坏或不是数据文件：{path}。"
    assert error.remedy == f"请从最近的备份恢复：{sound}（{described(path, sound)}）。"
    assert path.read_bytes() == bytes(damaged)


def test_no_lost_page_and_no_cut_changes_the_year_unnoticed(store: Store, path: Path) -> None:
    store.close()
    sound = path.read_bytes()
    refused = 0
    variants = [sound[:end] for end in range(2048, len(sound), 2048)]
    variants += [sound[:at] + bytes(4096) + sound[at + 4096 :] for at in range(0, len(sound), 4096)]
    for damaged in variants:
        path.write_bytes(damaged)
        try:
            with open_store(path, read_only=True) as opened:
                assert year_snapshot(opened, 2027) == small_year()
        except StoreError:
            refused += 1
            assert path.read_bytes() == damaged
    assert refused >= len(variants) - 3  # a page in the middle of one long text of the log has no structure


def test_a_value_no_program_of_ours_wrote_is_a_damaged_file(store: Store) -> None:
    store.connection.execute("UPDATE event SET starts_at = '2027-13-01T00:00' WHERE key = 'E1'")
    with pytest.raises(StoreError, match="数据文件已损坏"):
        year_snapshot(store, 2027)


def test_a_transaction_cut_off_by_a_kill_is_rolled_back_even_by_a_reader(store: Store, path: Path) -> None:
    store.close()
    before = path.read_bytes()
    killed = subprocess.run([sys.executable, "-c", CUT_OFF, str(path)], cwd=ROOT, check=False)
    assert killed.returncode != 0
    assert journal_of(path).stat().st_size > 0
    assert path.read_bytes() != before
    with open_store(path, read_only=True) as reader:
        assert year_snapshot(reader, 2027) == small_year()


def test_a_transaction_cut_off_by_a_kill_is_said_where_it_cannot_be_rolled_back(
    store: Store, path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    store.close()
    subprocess.run([sys.executable, "-c", CUT_OFF, str(path)], cwd=ROOT, check=False)
    monkeypatch.setattr("models.store.os.access", lambda *_: False)
    assert "上次没有正常关闭" in refusal(path).what


CUT_OFF = """
import os, sys
from models.store import open_store
store = open_store(sys.argv[1])
store.rows("PRAGMA cache_size = 1")
with store.transaction():
    for number in range(400):
        store.write("UPDATE event SET note = ?", [(str(number) * 2000,)])
        store.write("UPDATE unit SET name = ?", [(str(number) * 2000,)])
    os.kill(os.getpid(), 9)
"""


def test_todays_backup_is_made_at_the_first_opening(store: Store, path: Path, clock: Clock) -> None:
    store.close()
    for _ in range(2):
        open_store(path, clock=clock).close()
    assert [info.reason for info in list_backups(path)] == ["每日"]
    clock.now = datetime(2027, 6, 17, tzinfo=timezone.utc)
    open_store(path, clock=clock).close()
    assert len(list_backups(path)) == 2


def test_a_backup_that_fails_is_said_and_keeps_nobody_out(
    store: Store, path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    store.close()
    monkeypatch.setattr("models.backups.sync_file", _full)
    with open_store(path) as again:
        assert again.backup_problem.startswith("今天的自动备份没有做成：磁盘已满")
        assert year_snapshot(again, 2027) == small_year()
    assert list(backup_folder(path).iterdir()) == []


def _full(_: Path) -> None:
    raise OSError(28, "No space left on device")


def test_a_full_disk_is_called_by_its_name_and_costs_nothing_saved(store: Store) -> None:
    before = write_package(year_snapshot(store, 2027))
    pages = store.rows("PRAGMA page_count")[0][0]
    store.rows(f"PRAGMA max_page_count = {pages}")
    for _ in range(2):
        with pytest.raises(StoreError) as caught:
            change_settings(store, 2027, {f"x{n}": "长" * 9000 for n in range(20)})
        assert str(caught.value) == "磁盘已满，这一步没有保存。此前保存的内容都在。请清理磁盘后再做一次。"
    assert write_package(year_snapshot(store, 2027)) == before
    store.rows("PRAGMA max_page_count = 1000000")
    change_settings(store, 2027, {"x": "长" * 9000})
    assert year_snapshot(store, 2027).year_row.setting("x") == "长" * 9000


def test_an_import_on_a_full_disk_is_absent_as_a_whole(path: Path) -> None:
    with open_store(path) as store:
        pages = store.rows("PRAGMA page_count")[0][0]
        for extra in range(0, 30, 5):
            store.rows(f"PRAGMA max_page_count = {pages + extra}")
            with pytest.raises(StoreError, match="磁盘已满"):
                create_year(store, large_year(300))
            assert years(store) == ()
        store.rows("PRAGMA max_page_count = 1000000")
        create_year(store, large_year(300))
        assert year_snapshot(store, 2027) == large_year(300)


def test_an_error_of_ours_inside_a_transaction_leaves_nothing_behind(store: Store) -> None:
    with pytest.raises(ZeroDivisionError), store.transaction():
        _half_a_step(store)
    assert year_snapshot(store, 2027) == small_year()


def _half_a_step(store: Store) -> None:
    store.write("DELETE FROM opinion", [()])
    raise ZeroDivisionError


def test_what_a_killed_process_left_half_written_is_swept_up(store: Store, path: Path) -> None:
    kept = backup(store)
    store.close()
    for folder, name in (
        (path.parent, ".数据.db.77.tmp"),
        (kept.parent, ".旧.db.77.tmp"),
        (kept.parent, ".新.db.78.tmp"),
    ):
        (folder / name).write_bytes(b"x")
    os.utime(kept.parent / ".旧.db.77.tmp", (0, 0))
    open_store(path).close()
    assert list(path.parent.glob(".*")) == []
    assert [entry.name for entry in kept.parent.glob(".*")] == [".新.db.78.tmp"]


def test_closing_twice_is_harmless(store: Store) -> None:
    store.close()
    store.close()


def fail_after_commit(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    """The disk errs at the very end: the journal is emptied already, so the step is in the file."""
    real = store.database.execute

    def execute(statement: str, parameters: object = ()) -> sqlite3.Cursor:
        done = real(statement, parameters)  # type: ignore[arg-type]
        if statement == "COMMIT":
            raise sqlite3.OperationalError("disk I/O error")
        return done

    monkeypatch.setattr(store.database, "execute", execute)


def test_a_step_that_is_in_the_file_is_never_called_unsaved(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as patched:
        fail_after_commit(store, patched)
        done = put_item(store, 2027, ItemKind.UNIT, Unit("u9", "区新局"))
    assert done.number > 0
    assert year_snapshot(store, 2027).item(ItemKind.UNIT, "u9") == Unit("u9", "区新局")


def test_a_step_that_the_disk_does_not_confirm_is_told_as_it_is(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    fail_after_commit(store, monkeypatch)
    monkeypatch.setattr("models.datafile.sync_file", lambda path: (_ for _ in ()).throw(OSError(5, "EIO")))
    with pytest.raises(StoreError) as caught:
        put_item(store, 2027, ItemKind.UNIT, Unit("u9", "区新局"))
    assert caught.value.what == "这一步写进了数据文件，但磁盘没有确认。"


def test_an_undo_and_a_release_that_are_in_the_file_are_never_called_unsaved(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    put_item(store, 2027, ItemKind.UNIT, Unit("u9", "区新局"))
    with monkeypatch.context() as patched:
        fail_after_commit(store, patched)
        undone = commands.undo(store)
        released = release_year(store, 2027, "第一稿", date(2027, 6, 15))
    assert undone is not None
    assert undone.number > 0
    assert "u9" not in {unit.key for unit in year_snapshot(store, 2027).units}
    assert last_number(store, 2027) == released.number == 1


def test_a_file_that_one_fault_opened_only_to_read_is_written_all_the_same(path: Path) -> None:
    """SQLite opens it so where the disk errs once, and tells nobody."""
    with open_store(path) as store:
        create_year(store, small_year())
    with open_store(path) as store:
        store.database.close()
        store.database = Database(sqlite3.connect(f"{path.as_uri()}?mode=ro", uri=True, isolation_level=None))
        assert put_item(store, 2027, ItemKind.UNIT, Unit("u9", "区新局")).number > 0
        assert year_snapshot(store, 2027).item(ItemKind.UNIT, "u9") == Unit("u9", "区新局")
