"""坏条件下写出：每一次磁盘调用都出一次错，旧文件或新文件必居其一，错在哪里说得清，不留临时文件，之后照样写得成。"""

from __future__ import annotations

import errno
import os
from collections.abc import Callable, Mapping
from functools import lru_cache
from pathlib import Path

import pytest

from exports import files
from exports.calendar_folder import FolderOptions, write_folder
from exports.evidence_pack import evidence_pack
from exports.files import write_atomically
from models.domain.errors import StoreError
from tests.exports.every_export import DIGEST, EXPORTS, PHOTO, TODAY, Facts, facts
from tests.exports.faulty_disk import EVERY_ERROR, FOR_GOOD, FaultyDisk, faulty
from tests.exports.watching import watched
from tests.factories import check

OLD, NEW = b"old " * 100, b"new " * 5_000
Tree = Mapping[str, bytes]
Write = Callable[[Path], object]
WHERE = {"file": "计划.pdf", "zip": "佐证.zip", "folder": "佐证", "calendars": ""}


@pytest.fixture(autouse=True)
def pauses(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    """The seconds that were waited for a held file; the tests do not wait."""
    waited: list[float] = []
    monkeypatch.setattr(files.patiently, "__defaults__", (waited.append, files.RETRY_PAUSES))
    for write in (files.write_atomically, files.put_in_place, files.put_together):
        monkeypatch.setattr(write, "__kwdefaults__", {"pause": waited.append})
    return waited


@lru_cache(maxsize=1)
def year() -> Facts:
    return facts(("办事指南", "惠企政策"))


@lru_cache(maxsize=1)
def last_year() -> Facts:
    return facts(("旧的办事指南", "惠企政策"))


def _index(*_: object) -> bytes:
    return b"%PDF new"


def _file(target: Path) -> None:
    write_atomically(target, NEW)


def _pack(target: Path) -> None:
    now = year().now
    evidence_pack(now, check(now, TODAY), 2, {DIGEST: PHOTO}.__getitem__, target, make_index=_index)


def _calendars(folder: Path) -> None:
    report = write_folder(folder, year().now, FolderOptions(check=None))
    if report.failed:
        raise StoreError("；".join(name for name, _ in report.failed), report.failed[0][1], "再导出一次。")


WRITERS: Mapping[str, Write] = {"file": _file, "zip": _pack, "folder": _pack, "calendars": _calendars}


def prepared(kind: str, folder: Path) -> Path:
    """``folder`` holds what was exported earlier; where it is written to now."""
    target = folder / WHERE[kind]
    if kind == "folder":
        target.mkdir()
        (target / "佐证清单.pdf").write_bytes(OLD)
        (target / "旧的.txt").write_bytes(OLD)
    elif kind == "calendars":
        write_folder(folder, last_year().now)
    else:
        target.write_bytes(OLD)
    return target


def tree(folder: Path) -> Tree:
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def is_leftover(name: str) -> bool:
    """Whether a file belongs to a temporary copy, or to the pack before this one."""
    top = Path(name).parts[0]
    return top.startswith(".") or "（上一份" in top


def outcome(kind: str, folder: Path, disk: FaultyDisk) -> StoreError | None:
    """What the export said; None where it succeeded."""
    try:
        with faulty(disk):
            WRITERS[kind](folder / WHERE[kind])
    except StoreError as error:
        return error
    return None


@lru_cache(maxsize=8)
def good(kind: str, root: Path) -> tuple[Tree, tuple[str, ...]]:
    """What a good disk holds in the end, and the calls that were made."""
    folder = root / f"good-{kind}"
    folder.mkdir(parents=True)
    prepared(kind, folder)
    disk = FaultyDisk(folder)
    assert outcome(kind, folder, disk) is None
    return tree(folder), tuple(disk.calls)


@pytest.mark.parametrize("code", EVERY_ERROR, ids=lambda code: errno.errorcode[code])
@pytest.mark.parametrize("kind", WRITERS)
def test_every_call_of_the_disk_may_fail_once(
    kind: str, code: int, tmp_path: Path, tmp_path_factory: pytest.TempPathFactory
) -> None:
    wanted, calls = good(kind, tmp_path_factory.getbasetemp() / "good")
    assert len(calls) >= 6
    most = 30 if kind == "calendars" else len(calls)  # every file of a folder goes the same way
    for number in range(1, most + 1):
        folder = tmp_path / str(number)
        folder.mkdir()
        prepared(kind, folder)
        before = tree(folder)
        disk = FaultyDisk(folder, number, code)
        error = outcome(kind, folder, disk)
        after = tree(folder)
        place = f"{kind}, call {number} ({disk.failed})"
        kept = {name: data for name, data in after.items() if not is_leftover(name)}
        if error is None:
            assert kept == wanted, place
        else:
            assert WHERE[kind] in error.what, place
            assert all((error.effect, error.remedy)), place
            assert ("未改动" in error.effect) is (kept != wanted), f"{place}: {error}"
            assert kept in (before, wanted) or kind == "calendars", place
            assert all(data in (before.get(name), wanted.get(name)) for name, data in kept.items()), place
        if code == errno.EACCES or not set(disk.failed) & {"unlink", "rmdir", "open"}:
            assert set(kept) == set(after), f"{place} left {set(after) - set(kept)}"
        assert outcome(kind, folder, FaultyDisk(folder)) is None, place
        assert {name for name in tree(folder) if not is_leftover(name)} == set(wanted), place


@pytest.mark.parametrize("kind", WRITERS)
def test_a_disk_that_stays_full_leaves_what_was_there(kind: str, tmp_path: Path) -> None:
    prepared(kind, tmp_path)
    before = tree(tmp_path)
    error = outcome(kind, tmp_path, FaultyDisk(tmp_path, 1, errno.ENOSPC, FOR_GOOD, only=("write", "flush")))
    assert error is not None
    assert tree(tmp_path) == before
    assert "磁盘已满" in error.effect
    assert "清出空间" in error.remedy
    assert ".part" not in str(error)


@pytest.mark.parametrize("kind", ["file", "zip", "folder"])
@pytest.mark.parametrize(
    "code", [errno.EACCES, errno.EBUSY, errno.EPERM], ids=lambda code: errno.errorcode[code]
)
def test_a_file_held_three_times_is_written_within_a_second(
    kind: str, code: int, tmp_path: Path, pauses: list[float]
) -> None:
    target = prepared(kind, tmp_path)
    disk = FaultyDisk(tmp_path, 1, code, 3, only=("rename",) if kind == "folder" else ("replace",))
    assert outcome(kind, tmp_path, disk) is None
    assert len(disk.failed) == len(pauses) == 3
    assert 0 < sum(pauses) < 1
    assert OLD not in tree(tmp_path).values()
    assert target.exists()


@pytest.mark.parametrize("kind", WRITERS)
def test_a_target_held_for_good_stays_as_it_was_and_another_place_works(
    kind: str, tmp_path: Path, pauses: list[float]
) -> None:
    prepared(kind, tmp_path)
    before = tree(tmp_path)
    held = FaultyDisk(
        tmp_path, 1, errno.EACCES, FOR_GOOD, only=("rename",) if kind == "folder" else ("replace",)
    )
    error = outcome(kind, tmp_path, held)
    assert error is not None
    assert tree(tmp_path) == before
    assert 0.9 < sum(pauses) < 3
    assert WHERE[kind] in error.what
    assert "请关闭占用它的程序" in error.remedy
    elsewhere = tmp_path / "别处"
    elsewhere.mkdir()
    assert outcome(kind, elsewhere, FaultyDisk(elsewhere)) is None


@pytest.mark.parametrize("kind", WRITERS)
def test_a_folder_that_is_gone_is_said(kind: str, tmp_path: Path) -> None:
    error = outcome(kind, tmp_path / "没有", FaultyDisk(tmp_path))
    assert error is not None
    assert "文件夹" in str(error)
    assert "请先建好文件夹" in error.remedy
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("kind", ["file", "zip"])
def test_a_folder_in_the_place_of_the_file_is_not_touched(kind: str, tmp_path: Path) -> None:
    target = tmp_path / WHERE[kind]
    target.mkdir()
    (target / "别人的.txt").write_bytes(OLD)
    error = outcome(kind, tmp_path, FaultyDisk(tmp_path))
    assert error is not None
    assert "是一个文件夹" in error.effect
    assert tree(tmp_path) == {f"{WHERE[kind]}/别人的.txt": OLD}


def test_a_folder_with_other_things_is_not_replaced_by_a_pack(tmp_path: Path) -> None:
    (tmp_path / "佐证").mkdir()
    (tmp_path / "佐证" / "别人的.txt").write_bytes(OLD)
    error = outcome("folder", tmp_path, FaultyDisk(tmp_path))
    assert error is not None
    assert "没有动它" in error.effect
    assert tree(tmp_path) == {"佐证/别人的.txt": OLD}


@pytest.mark.skipif(os.name != "posix" or os.geteuid() == 0, reason="root may write everywhere")
@pytest.mark.parametrize("kind", ["file", "zip", "calendars"])
def test_a_read_only_folder_is_said(kind: str, tmp_path: Path) -> None:
    prepared(kind, tmp_path)
    before = tree(tmp_path)
    tmp_path.chmod(0o500)
    try:
        error = outcome(kind, tmp_path, FaultyDisk(tmp_path))
    finally:
        tmp_path.chmod(0o700)
    assert error is not None
    assert "没有写入权限" in error.effect
    assert tree(tmp_path) == before


def test_what_a_killed_export_left_is_removed_a_day_later(tmp_path: Path) -> None:
    old, young, foreign = (
        tmp_path / name for name in (".0123456789ab.part", ".ba9876543210.part", ".mine.part")
    )
    for path in (old, young, foreign):
        path.mkdir()
        (path / "a.jpg").write_bytes(OLD)
    for path in (old, foreign):
        os.utime(path, (1_000_000, 1_000_000))
    assert outcome("zip", tmp_path, FaultyDisk(tmp_path)) is None
    assert sorted(path.name for path in tmp_path.iterdir()) == [young.name, foreign.name, WHERE["zip"]]


def test_the_older_pack_is_in_sight_while_the_new_one_takes_its_place(tmp_path: Path) -> None:
    """As after a power cut between the two renamings."""
    prepared("folder", tmp_path)
    disk = FaultyDisk(tmp_path, 2, errno.EIO, FOR_GOOD, only=("rename",))
    error = outcome("folder", tmp_path, disk)
    assert error is not None
    (name,) = (path.name for path in tmp_path.iterdir())
    assert name.startswith("佐证（上一份")
    assert f"上一份现名“{name}”，内容未改动" in error.effect
    assert (tmp_path / name / "旧的.txt").read_bytes() == OLD


def test_a_huge_file_in_a_calendar_folder_is_neither_read_nor_replaced(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("exports.calendar_present.MOST_BYTES", len(NEW) - 1)
    huge = tmp_path / "宝山区2027年政务公开活动.ics"
    huge.write_bytes(NEW)
    with watched() as heard:
        assert outcome("calendars", tmp_path, FaultyDisk(tmp_path)) is None
    assert str(huge) not in heard
    assert huge.read_bytes() == NEW
    assert "宝山区2027年政务公开活动-日历.ics" in {path.name for path in tmp_path.iterdir()}


def test_an_unconfirmed_write_is_not_called_an_unwritten_one(tmp_path: Path) -> None:
    prepared("file", tmp_path)
    disk = FaultyDisk(tmp_path, 2, errno.EIO, only=("fsync",))
    error = outcome("file", tmp_path, disk)
    assert error is not None
    assert "已写好，但磁盘没有确认" in error.what
    assert tree(tmp_path) == {WHERE["file"]: NEW}


def test_a_stick_without_access_rights_takes_files(tmp_path: Path) -> None:
    target = prepared("file", tmp_path)
    target.chmod(0o640)
    assert outcome("file", tmp_path, FaultyDisk(tmp_path, 1, errno.EPERM, FOR_GOOD, only=("chmod",))) is None
    assert target.read_bytes() == NEW


@pytest.mark.parametrize("name", [name for name in EXPORTS if name.endswith("xlsx")])
def test_a_full_temporary_folder_is_said_where_a_workbook_is_made(
    name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object, **__: object) -> str:
        raise OSError(errno.ENOSPC, "没有空间")

    monkeypatch.setattr("openpyxl.worksheet._writer.create_temporary_file", full)
    with pytest.raises(StoreError, match="临时文件夹写不进去"):
        EXPORTS[name](year())
