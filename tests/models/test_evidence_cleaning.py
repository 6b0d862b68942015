"""清理佐证文件：没有一处提到的才移走；条目、能撤销的步骤、印发稿、备份、同一文件夹的别的数据用到的一份不动。"""

from __future__ import annotations

import os
from datetime import date
from pathlib import Path

import pytest

from models import commands
from models.backups import backup
from models.changelog import UNDO_LIMIT
from models.domain.errors import ReadOnlyError, StoreError
from models.domain.papers import Evidence, EvidenceKind
from models.evidence import add_evidence, remove_evidence
from models.evidence_cleaning import ASIDE, CleanReport, EvidenceState, evidence_state, move_unused
from models.evidence_files import EvidenceFolder
from models.own_files import backup_folder
from models.queries import year_snapshot
from models.releases import release_year
from models.store import Store, open_store
from tests.models.conftest import Clock
from tests.models.years import small_year


def kept(store: Store, data: bytes, name: str = "签到表.pdf", *, days: int = 2) -> str:
    """The digest of a file with ``data`` that was added ``days`` ago."""
    source = store.path.parent / name
    source.write_bytes(data)
    folder = EvidenceFolder(store.path)
    digest = folder.add(source).digest
    source.unlink()
    then = store.clock().timestamp() - days * 86_400
    os.utime(folder.path_of(digest), (then, then))
    return digest


def listed(store: Store, digest: str, key: str = "F0001") -> None:
    """The first event of the year has the file as evidence."""
    event = year_snapshot(store, 2027).events[0].key
    item = Evidence(key, event, EvidenceKind.SIGN_IN, "签到", f"{key}.pdf", digest, 4)
    add_evidence(store, 2027, [item])


def state(store: Store) -> EvidenceState:
    return evidence_state(store.path, store.clock())


def unused(store: Store) -> list[str]:
    return [file.digest for file in state(store).unused]


def many_steps(store: Store, count: int) -> None:
    for number in range(count):
        commands.change_settings(store, 2027, {"calendar.minutes_alarm": number})


def test_a_file_that_nothing_mentions_is_listed_and_moved_aside(store: Store) -> None:
    stray, used = kept(store, b"stray"), kept(store, b"used")
    listed(store, used)
    before = state(store)
    assert ([file.digest for file in before.unused], before.used, before.size) == ([stray], 1, 5)
    report = move_unused(store, str)
    assert (report.moved, report.failed) == (1, ())
    assert report.folder.parent == store.path.parent / ASIDE
    (moved,) = report.folder.iterdir()
    assert (moved.read_bytes(), moved.name) == (b"stray", f"{stray[:8]}-佐证文件")
    assert os.access(moved, os.W_OK)
    folder = EvidenceFolder(store.path)
    assert folder.read(used) == b"used"
    assert not folder.path_of(stray).parent.exists() or stray[:2] == used[:2]
    assert state(store) == before._replace(unused=())
    assert move_unused(store, str).moved == 0


def test_what_an_undo_or_a_redo_would_bring_back_stays(store: Store) -> None:
    removed, undone = kept(store, b"removed"), kept(store, b"undone")
    listed(store, removed)
    remove_evidence(store, 2027, "F0001")
    listed(store, undone, "F0002")
    commands.undo(store)
    assert unused(store) == []
    assert state(store).needed == 2
    assert move_unused(store, str).moved == 0
    commands.redo(store)
    commands.undo(store)
    commands.undo(store)
    assert EvidenceFolder(store.path).problems(year_snapshot(store, 2027).evidence) == ()


def test_what_was_undone_and_left_behind_is_not_needed(store: Store) -> None:
    dropped = kept(store, b"dropped")
    listed(store, dropped)
    commands.undo(store)
    many_steps(store, 1)
    (file,) = state(store).unused
    assert (file.digest, file.name) == (dropped, "F0001.pdf")


def test_steps_older_than_the_last_two_hundred_are_settled_when_files_go(store: Store) -> None:
    removed = kept(store, b"removed")
    listed(store, removed)
    remove_evidence(store, 2027, "F0001")
    many_steps(store, UNDO_LIMIT - 1)
    assert unused(store) == []
    many_steps(store, 1)
    assert unused(store) == [removed]
    assert move_unused(store, str).moved == 1
    for _ in range(UNDO_LIMIT):
        assert commands.undo(store) is not None
    many_steps(store, 1)
    assert commands.undo(store) is not None
    assert commands.undo(store) is None
    assert not any(item.digest for item in year_snapshot(store, 2027).evidence)


@pytest.mark.parametrize(
    ("data", "name"),
    [(b"%PDF-1.7", "佐证文件.pdf"), (b"\xff\xd8\xff\xe0", "佐证文件.jpg"), (b"?", "佐证文件")],
)
def test_a_file_whose_name_nobody_knows_is_called_by_its_kind(store: Store, data: bytes, name: str) -> None:
    digest = kept(store, data)
    assert [file.name for file in state(store).unused] == [name]
    (moved,) = move_unused(store, str).folder.iterdir()
    assert moved.name == f"{digest[:8]}-{name}"


def test_releases_and_backups_keep_their_files(store: Store) -> None:
    released, backed = kept(store, b"released"), kept(store, b"backed up")
    listed(store, released)
    release_year(store, 2027, "", date(2027, 6, 1))
    remove_evidence(store, 2027, "F0001")
    listed(store, backed, "F0002")
    copy = backup(store)
    remove_evidence(store, 2027, "F0002")
    many_steps(store, UNDO_LIMIT)
    assert (unused(store), state(store).needed) == ([], 2)
    copy.unlink()
    assert unused(store) == [backed]


def test_another_data_file_in_the_folder_shares_the_files(store: Store, clock: Clock) -> None:
    shared = kept(store, b"shared")
    with open_store(store.path.with_name("演示"), clock=clock) as demo:
        commands.create_year(demo, small_year())
        listed(demo, shared)
    (store.path.parent / "Thumbs.db").write_bytes(b"\xd0\xcf\x11\xe0 not ours")
    assert (unused(store), state(store).used) == ([], 1)


def test_a_file_of_today_may_belong_to_a_form_not_saved_yet(store: Store) -> None:
    kept(store, b"just added", days=0)
    assert (unused(store), state(store).needed) == ([], 1)


@pytest.mark.parametrize("where", ["beside", "backup"])
def test_with_a_file_that_cannot_be_read_nothing_is_moved(store: Store, where: str) -> None:
    kept(store, b"stray")
    bad = store.path.with_name("另一份.db") if where == "beside" else backup_folder(store.path) / "旧.db"
    bad.parent.mkdir(exist_ok=True)
    bad.write_bytes(store.path.read_bytes()[:200] + b"x" * 5_000)
    with pytest.raises(StoreError, match="读不懂") as caught:
        move_unused(store, str)
    assert str(bad) in caught.value.remedy
    assert not (store.path.parent / ASIDE).exists()
    assert len(list(EvidenceFolder(store.path).kept())) == 1


def test_missing_files_are_named(store: Store) -> None:
    digest = kept(store, b"lost")
    listed(store, digest)
    EvidenceFolder(store.path).path_of(digest).unlink()
    (sentence,) = state(store).missing
    assert sentence == f"佐证材料“签到”（签到表）文件不在：{digest[:12]}。"


def test_what_cannot_be_moved_stays_and_is_named(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    first, second = sorted((kept(store, b"one"), kept(store, b"two")))
    plain = Path.rename

    def rename(self: Path, target: Path) -> Path:
        if self.name == first:
            raise OSError(5, "io")
        return plain(self, target)

    monkeypatch.setattr(Path, "rename", rename)
    report = move_unused(store, str)
    assert (report.moved, len(report.failed)) == (1, 1)
    assert report.failed[0].startswith(f"佐证文件（{first[:8]}）：磁盘写不进去")
    assert unused(store) == [first]
    assert not EvidenceFolder(store.path).path_of(second).exists()


def test_a_reader_moves_nothing(store: Store, clock: Clock) -> None:
    kept(store, b"stray")
    with (
        open_store(store.path, read_only=True, clock=clock) as reader,
        pytest.raises(ReadOnlyError),
    ):
        move_unused(reader, str)
    assert unused(store) != []


def test_without_a_folder_there_is_nothing(store: Store) -> None:
    assert state(store) == EvidenceState()
    assert isinstance(move_unused(store, str), CleanReport)
    assert sorted(path.name for path in store.path.parent.iterdir() if path.is_dir()) == []
