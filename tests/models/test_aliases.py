"""同一份数据换个名字打开：仍只有一处能写；恢复写到真正的文件；文件锁不起作用的地方不写。"""

from __future__ import annotations

import os
import sys
from pathlib import Path

import pytest

from models import restoring
from models.backups import backup, list_backups
from models.commands import delete_year
from models.domain.errors import StoreError
from models.evidence_files import EvidenceFolder
from models.locking import CannotLockError
from models.own_files import backup_folder
from models.queries import year_snapshot, years
from models.restoring import restore
from models.store import Store, open_store
from tests.models.years import small_year

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="needs links that every user can make")


@pytest.fixture(params=["symbolic", "hard"])
def alias(request: pytest.FixtureRequest, store: Store, path: Path) -> Path:
    """Another name of the open data file, in another folder."""
    other = path.parent / "桌面" / "排期.db"
    other.parent.mkdir()
    if request.param == "symbolic":
        other.symlink_to(path)
    else:
        os.link(path, other)
    return other


def test_two_names_of_one_file_give_one_writer(store: Store, path: Path, alias: Path) -> None:
    with open_store(alias) as second:
        assert second.read_only_reason.startswith("此数据文件正由 ")
        assert year_snapshot(second, 2027) == small_year()
    store.close()
    with open_store(alias) as third, open_store(path) as fourth:
        assert (third.read_only, fourth.read_only) == (False, True)


def test_a_file_open_under_another_name_is_not_restored(store: Store, alias: Path) -> None:
    kept = backup(store)
    with pytest.raises(StoreError, match="不能恢复"):
        restore(alias, kept)
    assert year_snapshot(store, 2027) == small_year()


def test_a_restore_by_either_name_is_seen_by_both(store: Store, path: Path, alias: Path) -> None:
    kept = backup(store)
    delete_year(store, 2027)
    store.close()
    aside = restore(alias, kept)
    assert aside is not None
    assert path.samefile(alias)
    for name in (path, alias):
        with open_store(name) as opened:
            assert (opened.read_only, year_snapshot(opened, 2027)) == (False, small_year())
    with open_store(aside, read_only=True) as old:
        assert years(old) == ()


def test_a_restore_into_a_hard_link_that_fails_leaves_the_old_data(
    store: Store, path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    kept = backup(store)
    delete_year(store, 2027)
    store.close()
    before = path.read_bytes()
    os.link(path, path.with_name("另一个.db"))

    pour = restoring._pour

    def failing(source: Path, target: Path) -> None:
        pour(source, target)
        if target == path and source.suffix == ".tmp":
            raise OSError(28, "No space left on device")

    monkeypatch.setattr(restoring, "_pour", failing)
    with pytest.raises(StoreError, match="磁盘已满"):
        restore(path, kept)
    assert path.read_bytes() == before


def test_through_a_link_the_backups_and_files_are_those_of_the_real_file(store: Store, path: Path) -> None:
    link = path.parent / "桌面" / "排期.db"
    link.parent.mkdir()
    link.symlink_to(path)
    kept = backup(store)
    store.close()
    with open_store(link) as opened:
        assert opened.path == path
    assert [info.path for info in list_backups(link)] == [*(info.path for info in list_backups(path))]
    assert kept.parent == backup_folder(link)
    assert EvidenceFolder(link).folder == EvidenceFolder(path).folder
    assert list(link.parent.iterdir()) == [link]


def test_where_everybody_gets_the_lock_nobody_writes(
    store: Store, path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    kept = backup(store)
    store.close()
    monkeypatch.setattr("models.os_lock._lock", lambda *_: None)
    words = "这个位置的文件锁不起作用，几处同时写会丢改动。请把数据文件移到本机磁盘再打开。"
    for _ in range(3):
        with open_store(path) as opened:
            assert opened.read_only_reason == words + "当前为只读。"
    with pytest.raises(CannotLockError, match="文件锁不起作用"):
        restore(path, kept)


def test_where_there_are_no_locks_at_all_the_data_can_still_be_read(
    store: Store, path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    store.close()

    def refuse(*_: object) -> None:
        raise OSError(37, "No locks available")

    monkeypatch.setattr("models.os_lock._lock", refuse)
    with open_store(path) as opened:
        assert "文件锁不起作用" in opened.read_only_reason
        assert year_snapshot(opened, 2027) == small_year()
    with pytest.raises(StoreError, match="文件锁不起作用"):
        open_store(path.with_name("新的.db"))
