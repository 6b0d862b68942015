"""佐证材料的文件：按内容存，读回一字不差，同样的内容一份，坏了缺了说得出名字。"""

from __future__ import annotations

import errno
import hashlib
import os
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from models import commands
from models.backups import backup
from models.domain.errors import CommandError, StoreError
from models.domain.papers import Evidence, EvidenceKind
from models.evidence import (
    add_evidence,
    change_evidence,
    checked_link,
    new_keys,
    record_result,
    remove_evidence,
)
from models.evidence_backup import evidence_problems
from models.evidence_files import EvidenceFolder, FileState
from models.queries import revision, year_snapshot
from models.restoring import restore
from models.store import Store, open_store


@pytest.fixture
def folder(tmp_path: Path) -> EvidenceFolder:
    return EvidenceFolder(tmp_path / "data" / "数据.db")


def made(tmp_path: Path, data: bytes = b"scan", name: str = "签到表.pdf") -> Path:
    """A file of the user's own."""
    path = tmp_path / name
    path.write_bytes(data)
    return path


def kept(folder: EvidenceFolder) -> list[Path]:
    """The files in the folder."""
    return [path for path in folder.folder.rglob("*") if path.is_file()]


def piece(stored_digest: str, size: int = 4, key: str = "F0001") -> Evidence:
    return Evidence(key, "E1", EvidenceKind.SIGN_IN, "签到表", "签到表.pdf", stored_digest, size)


@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(st.lists(st.binary(min_size=1, max_size=300), min_size=1, max_size=6))
def test_what_is_added_is_read_back_and_equal_content_is_kept_once(
    tmp_path_factory: pytest.TempPathFactory, contents: list[bytes]
) -> None:
    base = tmp_path_factory.mktemp("evidence")
    folder = EvidenceFolder(base / "数据.db")
    for number, data in enumerate(contents):
        stored = folder.add(made(base, data, f"文件{number}.jpg"))
        assert (stored.digest, stored.size) == (hashlib.sha256(data).hexdigest(), len(data))
        assert folder.read(stored.digest) == data
        assert folder.has(stored.digest, stored.size)
    assert len(kept(folder)) == len(set(contents))


def test_the_user_s_file_stays_and_a_later_change_of_it_does_not_reach_the_kept_one(
    folder: EvidenceFolder, tmp_path: Path
) -> None:
    source = made(tmp_path)
    stored = folder.add(source)
    source.write_bytes(b"changed")
    assert folder.read(stored.digest) == b"scan"
    assert not os.access(folder.path_of(stored.digest), os.W_OK) or os.geteuid() == 0


@pytest.mark.parametrize(
    ("name", "data", "words"),
    [
        ("病毒.exe", b"MZ", "不是可以作佐证的文件类型"),
        ("空.pdf", b"", "空文件"),
        ("无后缀", b"x", "不是可以作佐证"),
    ],
)
def test_what_is_no_evidence_is_refused_by_name(
    folder: EvidenceFolder, tmp_path: Path, name: str, data: bytes, words: str
) -> None:
    with pytest.raises(CommandError, match=words) as caught:
        folder.add(made(tmp_path, data, name))
    assert name in caught.value.what
    assert not folder.folder.exists()


def test_folders_missing_files_and_too_large_ones_are_refused(
    folder: EvidenceFolder, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "夹.pdf").mkdir()
    with pytest.raises(CommandError, match="文件夹"):
        folder.add(tmp_path / "夹.pdf")
    with pytest.raises(CommandError, match="读不到"):
        folder.add(tmp_path / "没有.pdf")
    monkeypatch.setattr("models.evidence_files.LARGEST", 3)
    with pytest.raises(CommandError, match="超过 0 MB"):
        folder.add(made(tmp_path))


def test_a_full_disk_is_called_by_its_name_and_leaves_nothing(
    folder: EvidenceFolder, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(path: Path) -> None:
        raise OSError(errno.ENOSPC, "no space")

    monkeypatch.setattr("models.evidence_files.sync_file", full)
    with pytest.raises(StoreError, match="磁盘已满"):
        folder.add(made(tmp_path))
    assert kept(folder) == []


def test_a_copy_that_is_stopped_leaves_nothing(folder: EvidenceFolder, tmp_path: Path) -> None:
    class StoppedError(Exception):
        pass

    def stop(done: int, total: int) -> None:
        raise StoppedError(done, total)

    with pytest.raises(StoppedError):
        folder.add(made(tmp_path), stop)
    assert kept(folder) == []


def test_missing_and_damaged_files_are_told_apart_and_adding_again_mends_them(
    folder: EvidenceFolder, tmp_path: Path
) -> None:
    source = made(tmp_path)
    stored = folder.add(source)
    path = folder.path_of(stored.digest)
    path.chmod(0o600)
    path.write_bytes(b"spam")
    assert folder.state(stored.digest) is FileState.DAMAGED
    with pytest.raises(StoreError, match="已损坏"):
        folder.read(stored.digest)
    (words,) = folder.problems([piece(stored.digest)])
    assert "签到表" in words
    assert "已损坏" in words
    folder.add(source)
    assert folder.state(stored.digest) is FileState.PRESENT
    path.unlink()
    assert folder.state(stored.digest) is FileState.MISSING
    assert "不在" in folder.problems([piece(stored.digest)], thoroughly=False)[0]


@pytest.mark.parametrize(
    "digest", ["../../etc/passwd", "", "A" * 64, "a" * 63, "a" * 64 + "\n", "../" + "a" * 61]
)
def test_no_digest_of_a_hostile_package_ever_becomes_a_path(folder: EvidenceFolder, digest: str) -> None:
    with pytest.raises(StoreError):
        folder.path_of(digest)
    assert folder.state(digest) is FileState.DAMAGED
    assert not folder.has(digest, 1)


def test_a_copy_for_viewing_can_be_written_to_without_touching_the_kept_file_and_untouched_ones_are_forgotten(
    folder: EvidenceFolder, tmp_path: Path
) -> None:
    stored = folder.add(made(tmp_path))
    copy = folder.copy_for_viewing(piece(stored.digest), "签到表.pdf")
    assert copy.read_bytes() == b"scan"
    copy.chmod(0o600)
    copy.write_bytes(b"scribbled")
    assert folder.read(stored.digest) == b"scan"
    again = folder.copy_for_viewing(piece(stored.digest), "签到表.pdf")
    assert again.read_bytes() == b"scan"
    assert folder.forget_viewed() == (copy,)
    assert not again.exists()
    assert set(kept(folder)) == {folder.path_of(stored.digest), copy}


def test_only_what_was_not_kept_before_can_be_forgotten(folder: EvidenceFolder, tmp_path: Path) -> None:
    first, again = folder.add(made(tmp_path)), folder.add(made(tmp_path, name="又一次.pdf"))
    assert (first.fresh, again.fresh) == (True, False)
    folder.forget(again)
    assert folder.has(first.digest, 4)
    folder.forget(first)
    assert kept(folder) == []


def test_data_that_can_only_be_read_are_looked_at_from_the_cache(
    folder: EvidenceFolder, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    stored = folder.add(made(tmp_path))
    monkeypatch.setattr("models.evidence_files.viewing_cache", lambda: tmp_path / "cache")
    real = Path.mkdir

    def refuse(path: Path, *args: object, **kwargs: object) -> None:
        if "查看" in path.parts:
            raise PermissionError(errno.EACCES, "read-only")
        real(path, *args, **kwargs)  # type: ignore[arg-type]

    monkeypatch.setattr(Path, "mkdir", refuse)
    copy = folder.copy_for_viewing(piece(stored.digest), "签到表.pdf")
    assert copy.read_bytes() == b"scan"
    assert copy.is_relative_to(tmp_path / "cache")
    folder.forget_viewed()
    assert not copy.exists()


def test_opening_the_data_clears_what_a_killed_program_left(store: Store, path: Path, tmp_path: Path) -> None:
    folder = EvidenceFolder(path)
    stored = folder.add(made(tmp_path))
    folder.copy_for_viewing(piece(stored.digest), "签到表.pdf")
    names = (".0123456789ab.part", ".ba9876543210.part", ".abc.part")
    old, young, foreign = (folder.folder / name for name in names)
    for half in (old, young, foreign):
        half.write_bytes(b"half")
    for half in (old, foreign):
        os.utime(half, (0, 0))
    store.close()
    open_store(path).close()
    assert set(kept(folder)) == {folder.path_of(stored.digest), young, foreign}


# the steps


def test_adding_and_removing_are_steps_that_undo_takes_back_and_the_file_is_still_there(
    store: Store, path: Path, tmp_path: Path
) -> None:
    before = year_snapshot(store, 2027)
    folder = EvidenceFolder(path)
    stored = folder.add(made(tmp_path))
    item = piece(stored.digest)
    assert add_evidence(store, 2027, [item]).title == "加入佐证材料“签到表”"
    with_item = year_snapshot(store, 2027)
    assert with_item.evidence == (*before.evidence, item)
    remove_evidence(store, 2027, item.key)
    assert year_snapshot(store, 2027) == before
    commands.undo(store)
    assert year_snapshot(store, 2027) == with_item
    assert folder.read(item.digest) == b"scan"
    commands.undo(store)
    assert year_snapshot(store, 2027) == before


def test_a_result_with_its_evidence_is_one_step(store: Store) -> None:
    before = year_snapshot(store, 2027)
    event = before.event_by_key["E1"]
    link = Evidence("F0001", "E1", EvidenceKind.LINK, link="https://example.com/1")
    add_evidence(store, 2027, [link])
    other = link._replace(key="F0002", link="https://example.com/2")
    started = year_snapshot(store, 2027), revision(store)
    record_result(store, 2027, event._replace(attended=80), [other])
    after = year_snapshot(store, 2027)
    assert (after.evidence, after.event_by_key["E1"].attended) == ((*before.evidence, other), 80)
    assert revision(store) == started[1] + 1
    commands.undo(store)
    assert year_snapshot(store, 2027) == started[0]


def test_the_kind_of_a_piece_can_be_changed(store: Store) -> None:
    link = Evidence("F0001", "E1", EvidenceKind.LINK, link="https://example.com/1")
    add_evidence(store, 2027, [link])
    change_evidence(store, 2027, link._replace(kind=EvidenceKind.PRESS))
    assert year_snapshot(store, 2027).evidence[-1].kind is EvidenceKind.PRESS


@pytest.mark.parametrize(
    "link",
    [
        "javascript:alert(1)",
        "file:///etc/passwd",
        "ftp://a/b",
        "https://",
        "http://a b",
        "你好",
        "https://[",
        "",
    ],
)
def test_only_web_addresses_are_links(store: Store, link: str) -> None:
    before = year_snapshot(store, 2027)
    with pytest.raises(CommandError, match="不是网址"):
        checked_link(link)
    with pytest.raises(CommandError):
        add_evidence(store, 2027, [Evidence("F0001", "E1", EvidenceKind.LINK, link=link)])
    assert year_snapshot(store, 2027) == before


def test_a_link_is_taken_without_the_spaces_around_it() -> None:
    assert checked_link(" https://www.shbsq.gov.cn/a?b=1 \n") == "https://www.shbsq.gov.cn/a?b=1"


def test_evidence_is_one_file_or_one_link(store: Store) -> None:
    for wrong in (
        Evidence("F1", "E1", EvidenceKind.PHOTO),
        piece("a" * 64)._replace(link="https://a.cn"),
        piece("../x"),
    ):
        with pytest.raises(CommandError):
            add_evidence(store, 2027, [wrong])


def test_new_keys_are_free_and_different(store: Store) -> None:
    snapshot = year_snapshot(store, 2027)
    keys = new_keys(snapshot, 3)
    assert len(set(keys)) == 3
    add_evidence(store, 2027, [Evidence(k, "E1", EvidenceKind.LINK, link="https://a.cn") for k in keys])
    assert not {*new_keys(year_snapshot(store, 2027), 5)} & {*keys}


# backups


def test_a_backup_elsewhere_takes_the_files_along_and_restoring_from_there_brings_them_back(
    store: Store, path: Path, tmp_path: Path
) -> None:
    stored = EvidenceFolder(path).add(made(tmp_path))
    add_evidence(store, 2027, [piece(stored.digest)])
    target = backup(store, tmp_path / "U盘" / "备份.db")
    assert evidence_problems(target) == ()
    assert evidence_problems(backup(store)) == ()
    named = backup(store, path.parent / "备份" / "年终.db")
    assert evidence_problems(named) == ()
    assert not (named.parent / "材料").exists()
    store.close()
    new = tmp_path / "新电脑" / "数据.db"
    restore(new, target)
    assert EvidenceFolder(new).read(stored.digest) == b"scan"


def test_a_restore_says_which_files_are_missing(store: Store, path: Path, tmp_path: Path) -> None:
    folder = EvidenceFolder(path)
    stored = folder.add(made(tmp_path))
    add_evidence(store, 2027, [piece(stored.digest)])
    copy = backup(store)
    store.close()
    new = tmp_path / "别处" / "数据.db"
    folder.path_of(stored.digest).chmod(0o600)
    folder.path_of(stored.digest).unlink()
    restore(new, copy)
    (words,) = evidence_problems(new)
    assert "签到表" in words
    assert "不在" in words
