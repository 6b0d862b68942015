"""打开、写、关闭数据文件：别人的文件一个不删、一个不改，哪怕有人在旁边放了链接；自己的只有本人能读。"""

from __future__ import annotations

import os
import stat
import sys
from datetime import timedelta
from pathlib import Path

import pytest

from models.backups import backup, daily_backup, list_backups
from models.commands import change_settings
from models.domain.papers import Evidence, EvidenceKind
from models.evidence_files import EvidenceFolder
from models.locking import lock_file
from models.own_files import backup_folder
from models.queries import year_snapshot
from models.store import Store, open_store
from models.verifying import checksum_file
from tests.models.conftest import Clock
from tests.models.years import small_year

posix = pytest.mark.skipif(sys.platform == "win32", reason="links and access rights of POSIX")


@pytest.fixture
def elsewhere(tmp_path: Path) -> Path:
    """A folder of somebody else, with old files in it."""
    folder = tmp_path / "别人的"
    (folder / "里面").mkdir(parents=True)
    for name in ("合同.docx", "里面/照片.jpg", ".swp.1.tmp", ".a.db.77.tmp", ".0123456789ab.part"):
        (folder / name).write_text("不是我的", encoding="utf-8")
        os.utime(folder / name, (0, 0))
    return folder


def contents(folder: Path) -> dict[Path, bytes]:
    return {path: path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def viewed(store: Store, tmp_path: Path) -> Path:
    """A copy of a piece of evidence that somebody looks at."""
    folder = EvidenceFolder(store.path)
    source = tmp_path / "签到表.docx"
    source.write_bytes(b"scan")
    stored = folder.add(source)
    item = Evidence("F0001", "E1", EvidenceKind.SIGN_IN, "签到表", "签到表.docx", stored.digest, 4)
    return folder.copy_for_viewing(item, "签到表.docx")


@posix
@pytest.mark.parametrize("link", ["材料", "材料/查看", "材料/查看/0123456789ab", "备份"])
def test_a_linked_folder_beside_the_data_loses_nothing(
    store: Store, path: Path, elsewhere: Path, link: str
) -> None:
    store.close()
    before = contents(elsewhere)
    place = path.parent / link
    place.parent.mkdir(parents=True, exist_ok=True)
    place.symlink_to(elsewhere)
    with open_store(path) as again:
        EvidenceFolder(again.path).forget_viewed()
    assert before.items() <= contents(elsewhere).items()
    assert place.is_symlink()


@posix
def test_in_a_linked_folder_of_evidence_nothing_is_cleared(store: Store, path: Path, elsewhere: Path) -> None:
    store.close()
    (elsewhere / "查看").mkdir()
    (elsewhere / "查看" / "笔记.txt").write_text("不是我的", encoding="utf-8")
    before = contents(elsewhere)
    (path.parent / "材料").symlink_to(elsewhere)
    open_store(path).close()
    assert contents(elsewhere) == before


@posix
def test_a_link_among_the_copies_stays_and_its_target_is_neither_changed_nor_overwritten(
    store: Store, path: Path, tmp_path: Path
) -> None:
    copy = viewed(store, tmp_path)
    copy.unlink()
    own = tmp_path / "自己的.docx"
    own.write_text("自己的", encoding="utf-8")
    own.chmod(0o444)
    copy.symlink_to(own)
    assert viewed(store, tmp_path) == copy.with_name("签到表（2）.docx")
    store.close()
    with open_store(path) as again:
        assert again.left_in_viewing == (copy,)
    assert (own.read_text(encoding="utf-8"), stat.S_IMODE(own.stat().st_mode)) == ("自己的", 0o444)
    assert list(copy.parent.iterdir()) == [copy]


def test_what_somebody_changed_or_added_among_the_copies_stays_and_is_named(
    store: Store, path: Path, tmp_path: Path
) -> None:
    copy = viewed(store, tmp_path)
    copy.chmod(0o600)
    copy.write_bytes(b"scan with a remark")
    added = copy.with_name("批注.docx")
    added.write_bytes(b"mine")
    loose = copy.parent.parent / "随手.txt"
    loose.write_bytes(b"mine")
    copy.with_name("~$签到表.docx").write_bytes(b"open in another program")
    again = viewed(store, tmp_path)
    assert (again.name, again.read_bytes()) == ("签到表（2）.docx", b"scan")
    store.close()
    with open_store(path) as opened:
        assert set(opened.left_in_viewing) == {copy, added, loose}
    assert copy.read_bytes() == b"scan with a remark"
    assert (added.exists(), loose.exists(), again.exists()) == (True, True, False)


def test_without_such_files_there_is_nothing_to_say(store: Store, path: Path, tmp_path: Path) -> None:
    copy = viewed(store, tmp_path)
    assert viewed(store, tmp_path) == copy
    store.close()
    with open_store(path) as again:
        assert again.left_in_viewing == ()
    assert not copy.parent.parent.exists()


@posix
@pytest.mark.parametrize("name", ["数据.db.holder", ".数据.db.77.tmp"])
def test_a_link_beside_the_data_is_never_written_or_followed(
    store: Store, path: Path, elsewhere: Path, name: str
) -> None:
    store.close()
    (path.parent / name).symlink_to(elsewhere / "合同.docx")
    before = contents(elsewhere)
    with open_store(path) as writer:
        assert not writer.read_only
        assert contents(elsewhere) == before
        with open_store(path) as second:
            assert " 起）" in second.read_only_reason or name != "数据.db.holder"
    assert contents(elsewhere) == before


def test_a_file_of_others_that_is_called_like_the_note_stays(store: Store, path: Path) -> None:
    store.close()
    note = path.with_name("数据.db.holder")
    note.write_text("我的笔记", encoding="utf-8")
    with open_store(path) as writer, open_store(path) as second:
        assert (writer.read_only, "另一个窗口" in second.read_only_reason) == (False, True)
    assert note.read_text(encoding="utf-8") == "我的笔记"


@posix
@pytest.mark.parametrize("kind", ["link", "pipe"])
def test_a_lock_that_is_no_plain_file_is_named_and_the_data_are_only_read(
    store: Store, path: Path, elsewhere: Path, kind: str
) -> None:
    store.close()
    lock_file(path).unlink()
    if kind == "link":
        lock_file(path).symlink_to(elsewhere / "新的")
    else:
        os.mkfifo(lock_file(path))
    with open_store(path) as again:
        assert again.read_only_reason == (
            f"锁文件是链接或不是普通文件：{lock_file(path)}。请移走它，再重新打开。当前为只读。"
        )
        assert year_snapshot(again, 2027) == small_year()
    assert not (elsewhere / "新的").exists()


def test_temporary_files_of_others_in_the_backup_folder_stay(store: Store, path: Path) -> None:
    folder = backup(store).parent
    store.close()
    for name in (".swp.1.tmp", ".a.db.tmp", ".论文.docx.77.tmp", "a.db.77.tmp", ".旧.db.77.tmp"):
        (folder / name).write_bytes(b"x")
        os.utime(folder / name, (0, 0))
    open_store(path).close()
    left = {entry.name for entry in folder.iterdir() if entry.name.endswith(".tmp")}
    assert left == {".swp.1.tmp", ".a.db.tmp", ".论文.docx.77.tmp", "a.db.77.tmp"}


@posix
def test_backups_in_a_linked_folder_and_linked_ones_are_not_thinned(
    store: Store, path: Path, clock: Clock, tmp_path: Path
) -> None:
    other = tmp_path / "另一块盘"
    other.mkdir()
    backup_folder(path).symlink_to(other)
    for _ in range(16):
        clock.now += timedelta(days=1)
        daily_backup(store)
    assert len(list_backups(store.path)) == 16
    assert len(list(other.glob("*.sha256"))) == 16


def test_a_file_called_like_a_backup_that_was_not_made_here_is_not_thinned(
    store: Store, clock: Clock
) -> None:
    clock.now += timedelta(days=1)
    first = daily_backup(store)
    assert first is not None
    checksum_file(first).unlink()
    for _ in range(16):
        clock.now += timedelta(days=1)
        daily_backup(store)
    assert first.exists()
    assert len(list_backups(store.path)) < 16


@posix
def test_data_and_backups_are_for_the_user_alone_also_older_ones(
    store: Store, path: Path, clock: Clock
) -> None:
    old = backup(store)
    change_settings(store, 2027, {"evidence:lecture": "x"})
    store.close()
    for file in (path, old):
        file.chmod(0o644)
    clock.now += timedelta(days=1)
    with open_store(path, clock=clock) as again:
        files = [again.path, *(info.path for info in list_backups(again.path))]
        assert len(files) == 3
        assert {stat.S_IMODE(file.stat().st_mode) for file in files} == {0o600}


@posix
def test_a_new_data_file_is_for_the_user_alone(path: Path) -> None:
    with open_store(path):
        assert stat.S_IMODE(path.stat().st_mode) == 0o600
