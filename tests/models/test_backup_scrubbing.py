"""删净个人信息：数据文件、日志和每一份备份的字节里都不再有；改不了的备份原样留着，说出名字。"""

from __future__ import annotations

import errno
import gzip
import sqlite3
from collections.abc import Callable
from contextlib import closing
from datetime import date
from pathlib import Path

import pytest

from exports.ical import calendar_bytes
from models import backup_scrubbing, commands
from models.backup_scrubbing import Erased, ScrubReport, erased_in, scrub_backups
from models.backups import backup, verify
from models.delegates import erase_delegates
from models.domain.attendance import Attendance, Decision, Delegate, Invitation, Opinion, Outcome
from models.domain.errors import StoreError
from models.domain.snapshot import ItemKind
from models.evidence_files import FOLDER
from models.export_log import log_export
from models.named_texts import texts_naming
from models.own_files import backup_folder
from models.queries import change_log, one_item, year_snapshot
from models.restoring import restore
from models.scrubbing import Person
from models.store import Store, open_store
from models.verifying import checksum_file
from tests.exports.faulty_disk import FaultyDisk, faulty
from tests.models.conftest import Clock

PERSON = Delegate("p9", "欧阳娜娜某", "13912345678", "学生家长")
OTHER = Delegate("p8", "司马相如某", "13687654321", "居民")
SECRETS = (PERSON.name, PERSON.phone)
DATAFILES = Path(__file__).resolve().parent.parent / "data" / "datafiles"


@pytest.fixture
def people(store: Store) -> Store:
    """Two delegates, one of whom has been told, changed a few times, with backups on the way."""
    commands.put_item(store, 2027, ItemKind.DECISION, Decision("d9", "学校布局调整"))
    for person in (PERSON._replace(phone=""), PERSON, OTHER):
        commands.put_item(store, 2027, ItemKind.DELEGATE, person)
        backup(store)
    told = Invitation("i9", "d9", "p9", date(2027, 4, 20), Attendance.PRESENT, date(2027, 5, 20))
    commands.put_item(store, 2027, ItemKind.INVITATION, told)
    backup(store)
    return store


def files_with(folder: Path, secret: str) -> list[str]:
    """The files in ``folder`` and below whose bytes hold ``secret``."""
    return sorted(
        path.name for path in folder.rglob("*") if path.is_file() and secret.encode() in path.read_bytes()
    )


def backups_of(store: Store) -> list[Path]:
    return sorted(backup_folder(store.path).glob("*.db"))


def test_no_byte_of_the_erased_is_left_in_the_data_file_and_its_backups(people: Store) -> None:
    folder = people.path.parent
    assert len(files_with(folder, PERSON.name)) == 5
    before = {path: path.name for path in backups_of(people)}
    erase_delegates(people, 2027, ["p9"])
    assert [files_with(folder, secret) for secret in SECRETS] == [
        [path.name for path in backups_of(people)],
        [path.name for path in backups_of(people)][1:],
    ]
    report = scrub_backups(erased_in(people))
    assert (set(report.cleaned), report.clean, report.failed) == (set(before), (), ())
    assert [files_with(folder, secret) for secret in SECRETS] == [[], []]
    assert len(files_with(folder, OTHER.name)) == 3
    people.close()
    assert [files_with(folder, secret) for secret in SECRETS] == [[], []]
    suffixes = [path.suffix for path in sorted(backup_folder(people.path).iterdir())]
    assert suffixes == [".db", ".sha256"] * 4
    assert [verify(path) for path in before] == [()] * 4


def test_the_rest_of_a_scrubbed_backup_is_as_it_was(people: Store, tmp_path: Path) -> None:
    newest = backups_of(people)[-1]
    with open_store(newest, read_only=True) as copy:
        before, steps = year_snapshot(copy, 2027), len(change_log(copy))
    erase_delegates(people, 2027, ["p9"])
    scrub_backups(erased_in(people))
    with open_store(newest, read_only=True) as copy:
        after = year_snapshot(copy, 2027)
        assert len(change_log(copy)) == steps
    assert after.delegates == tuple(
        person._replace(name="", phone="") if person == PERSON else person for person in before.delegates
    )
    assert after.events == before.events
    assert after.stamps == before.stamps
    target = tmp_path / "恢复" / "数据.db"
    restore(target, newest)
    with open_store(target) as restored:
        while commands.undo(restored) is not None:
            found = one_item(restored, ItemKind.DELEGATE, 2027, "p9") if _has_year(restored) else None
            assert found in (None, PERSON._replace(name="", phone=""))


def _has_year(store: Store) -> bool:
    return bool(store.rows("SELECT 1 FROM year"))


def test_a_second_time_nothing_is_rewritten(people: Store) -> None:
    erase_delegates(people, 2027, ["p9"])
    scrub_backups(erased_in(people))
    before = {path: path.stat().st_mtime_ns for path in backups_of(people)}
    report = scrub_backups(erased_in(people))
    assert (report.cleaned, set(report.clean)) == ((), set(before))
    assert {path: path.stat().st_mtime_ns for path in backups_of(people)} == before
    assert report.words == "4 份备份：0 份已删去，4 份里本来没有"


def test_before_anybody_was_erased_no_backup_is_opened(people: Store) -> None:
    for path in backups_of(people):
        path.write_bytes(b"damaged")
    assert scrub_backups(erased_in(people)) == ScrubReport()


def test_those_erased_earlier_are_taken_out_as_well(people: Store) -> None:
    erase_delegates(people, 2027, ["p9"])
    backup(people)
    commands.remove_item(people, 2027, ItemKind.INVITATION, "i9")
    commands.remove_item(people, 2027, ItemKind.DELEGATE, "p9")
    assert len(scrub_backups(erased_in(people)).cleaned) == 4
    assert files_with(people.path.parent, PERSON.name) == []


def test_who_has_the_key_now_stays_in_the_backups(people: Store) -> None:
    erase_delegates(people, 2027, ["p9"])
    commands.remove_item(people, 2027, ItemKind.INVITATION, "i9")
    commands.remove_item(people, 2027, ItemKind.DELEGATE, "p9")
    new = Delegate("p9", "诸葛后来某", "13500001111")
    commands.put_item(people, 2027, ItemKind.DELEGATE, new)
    latest = backup(people)
    report = scrub_backups(erased_in(people))
    assert latest in report.clean
    assert files_with(people.path.parent, PERSON.name) == []
    assert latest.name in files_with(people.path.parent, new.name)


@pytest.mark.parametrize("fault", ["damaged", "full", "held"])
def test_a_backup_that_cannot_be_rewritten_stays_and_is_named(
    people: Store, fault: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    erase_delegates(people, 2027, ["p9"])
    _, bad, *_ = paths = backups_of(people)
    if fault == "damaged":
        data = bytearray(bad.read_bytes())
        data[5000] ^= 1
        bad.write_bytes(data)
    else:
        _refuse(monkeypatch, bad, fault)
    before = bad.read_bytes(), checksum_file(bad).read_bytes()
    report = scrub_backups(erased_in(people))
    monkeypatch.undo()
    assert (bad.read_bytes(), checksum_file(bad).read_bytes()) == before
    assert [path for path, _ in report.failed] == [bad]
    assert set(report.cleaned) == set(paths) - {bad}
    assert report.failures.startswith(f"{bad.name}：")
    assert {"damaged": "校验值不符", "full": "磁盘已满", "held": "没有权限"}[fault] in report.failures
    assert list(bad.parent.glob(".*")) == []
    if fault != "damaged":
        assert scrub_backups(erased_in(people)).cleaned == (bad,)
        assert files_with(people.path.parent, PERSON.name) == []


def _refuse(monkeypatch: pytest.MonkeyPatch, bad: Path, fault: str) -> None:
    """The disk does not take a new file for ``bad``."""
    plain = Path.replace

    def replace(self: Path, target: Path) -> Path:
        if target == bad:
            raise PermissionError(13, "held")
        return plain(self, target)

    if fault == "held":
        monkeypatch.setattr(Path, "replace", replace)
        monkeypatch.setattr("models.patience.PAUSES", ())
        return
    copy = backup_scrubbing.copy_database

    def full(source: sqlite3.Connection, target: Path) -> None:
        if target == bad:
            raise StoreError("磁盘已满，这一步没有保存。")
        copy(source, target)

    monkeypatch.setattr(backup_scrubbing, "copy_database", full)


def test_backups_of_other_data_and_other_files_are_let_be(people: Store, clock: Clock) -> None:
    with open_store(people.path.parent / "别处" / "别的.db", clock=clock) as other:
        commands.create_year(other, year_snapshot(people, 2027))
        foreign = backup(other, backup_folder(people.path) / "别的_20270101-080000_手动.db")
    stranger = backup_folder(people.path) / "说明.txt"
    stranger.write_text(PERSON.name, encoding="utf-8")
    before = foreign.read_bytes()
    erase_delegates(people, 2027, ["p9"])
    assert foreign in scrub_backups(erased_in(people)).clean
    assert foreign.read_bytes() == before
    assert stranger.read_text(encoding="utf-8") == PERSON.name


def test_a_backup_of_the_first_version_is_scrubbed_and_keeps_its_version(tmp_path: Path) -> None:
    data_file = tmp_path / "数据.db"
    old = backup_folder(data_file) / "数据_20260101-080000_升级前.db"
    old.parent.mkdir()
    old.write_bytes(gzip.decompress((DATAFILES / "version-1.db.gz").read_bytes()))
    with closing(sqlite3.connect(old)) as connection:
        ((installation,),) = connection.execute("SELECT value FROM office").fetchall()
        (year, key, name) = connection.execute("SELECT year, key, name FROM delegate").fetchone()
    assert files_with(tmp_path, name) == [old.name]
    report = scrub_backups(Erased(data_file, installation, {(year, key): Person()}))
    assert report.cleaned == (old,)
    assert files_with(tmp_path, name) == []
    assert verify(old) == ()
    with closing(sqlite3.connect(old)) as connection:
        assert connection.execute("PRAGMA user_version").fetchone() == (1,)


def test_it_tells_how_far_it_is_and_stops_between_two_backups(people: Store) -> None:
    erase_delegates(people, 2027, ["p9"])
    told: list[tuple[int, int]] = []

    def stop(done: int, total: int) -> None:
        told.append((done, total))
        if done == 2:
            raise InterruptedError

    with pytest.raises(InterruptedError):
        scrub_backups(erased_in(people), stop)
    assert told == [(0, 4), (1, 4), (2, 4)]
    assert len(files_with(backup_folder(people.path), PERSON.name)) == 2
    assert [verify(path) for path in backups_of(people)] == [()] * 4


def test_a_full_disk_while_the_file_is_rewritten_is_said(
    people: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(_: sqlite3.Connection) -> None:
        raise sqlite3.OperationalError("database or disk is full")

    monkeypatch.setattr("models.delegates.rewrite", full)
    with pytest.raises(StoreError, match="姓名和电话已经删去"):
        erase_delegates(people, 2027, ["p9"])
    monkeypatch.undo()
    assert one_item(people, ItemKind.DELEGATE, 2027, "p9") == PERSON._replace(name="", phone="")
    assert erase_delegates(people, 2027, ["p9"]).changes == ()
    assert people.path.name not in files_with(people.path.parent, PERSON.name)
    assert FOLDER not in {path.name for path in people.path.parent.iterdir()}


# ── 写在别的文字里的 ──


@pytest.fixture
def spoken_of(people: Store) -> Store:
    """The person is named in notes, an opinion, a setting, a title and a withdrawn event; a backup has it all."""
    event = year_snapshot(people, 2027).events[0]
    commands.change_event(
        people, 2027, event._replace(note=f"联系{PERSON.name} {PERSON.phone}", forms=(f"{PERSON.name}主讲",))
    )
    words = f"{PERSON.name}说，可打139-1234-5678"
    commands.put_item(people, 2027, ItemKind.OPINION, Opinion("o9", "d9", "p9", words, Outcome.ADOPTED))
    commands.change_settings(people, 2027, {"explanation:x": f"与{PERSON.name}说好"})
    gone = event._replace(key="E-gone", title=f"{PERSON.name}讲堂", host_event=None)
    commands.add_event(people, 2027, gone)
    commands.mark_exported(people, 2027, ["E-gone"])
    commands.delete_event(people, 2027, "E-gone")
    log_export(people, 2027, "letters", f"邀请函-{PERSON.name}", unmasked=True)
    backup(people)
    return people


def erase_everywhere(store: Store) -> None:
    """The person goes out of every text."""
    erase_delegates(store, 2027, ["p9"], [one.place for one in texts_naming(store, 2027, ["p9"])])


def test_where_the_person_is_named_in_texts_that_were_chosen_it_is_hidden(spoken_of: Store) -> None:
    folder = spoken_of.path.parent
    erase_everywhere(spoken_of)
    assert spoken_of.path.name not in files_with(folder, PERSON.name)
    scrub_backups(erased_in(spoken_of))
    hidden = (PERSON.name, PERSON.phone, "139-1234-5678")
    assert [files_with(folder, secret) for secret in hidden] == [[], [], []]
    snapshot = year_snapshot(spoken_of, 2027)
    assert (snapshot.events[0].note, snapshot.events[0].forms) == ("联系欧* 139****5678", ("欧*主讲",))
    assert snapshot.opinions[-1].text == "欧*说，可打139****5678"
    assert snapshot.year_row.setting("explanation:x") == "与欧*说好"
    assert [event.title for event, _ in snapshot.withdrawn if event.key == "E-gone"] == ["欧*讲堂"]


@pytest.mark.parametrize("erase", [erase_everywhere, lambda store: erase_delegates(store, 2027, ["p9"])])
def test_undo_and_redo_work_on_the_hidden_texts(spoken_of: Store, erase: Callable[[Store], object]) -> None:
    erase(spoken_of)
    after = year_snapshot(spoken_of, 2027)
    steps = 0
    while commands.undo(spoken_of) is not None:
        steps += 1
    assert steps > 8
    while commands.redo(spoken_of) is not None:
        pass
    assert year_snapshot(spoken_of, 2027) == after


def test_unasked_only_what_means_the_person_for_certain_is_hidden_in_the_backups_as_well(
    spoken_of: Store,
) -> None:
    before = year_snapshot(spoken_of, 2027)
    erase_delegates(spoken_of, 2027, ["p9"])
    scrub_backups(erased_in(spoken_of))
    with open_store(backups_of(spoken_of)[-1], read_only=True) as copy:
        for snapshot in (year_snapshot(spoken_of, 2027), year_snapshot(copy, 2027)):
            assert (snapshot.events[0].note, snapshot.events[0].forms) == (
                "联系欧* 139****5678",
                before.events[0].forms,
            )
            assert snapshot.opinions[-1].text == "欧*说，可打139****5678"
            assert snapshot.year_row == before.year_row
            assert snapshot.withdrawn == before.withdrawn
            assert snapshot.delegates[-2] == PERSON._replace(name="", phone="")


def test_calendars_of_the_year_say_the_same_as_before(spoken_of: Store) -> None:
    before = calendar_bytes(year_snapshot(spoken_of, 2027))
    erase_everywhere(spoken_of)
    assert calendar_bytes(year_snapshot(spoken_of, 2027)) == before
    assert "联系欧* 139****5678".encode() in before.replace(b"\r\n ", b"")


def test_a_name_that_somebody_else_has_who_is_still_there_stays_in_the_texts(spoken_of: Store) -> None:
    commands.put_item(spoken_of, 2027, ItemKind.DELEGATE, Delegate("p7", PERSON.name, "13500001111"))
    erase_delegates(spoken_of, 2027, ["p9"])
    note = year_snapshot(spoken_of, 2027).events[0].note
    assert note == f"联系{PERSON.name} 139****5678"


def test_whatever_call_of_the_disk_fails_no_backup_is_lost(people: Store, tmp_path: Path) -> None:
    erase_delegates(people, 2027, ["p9"])
    folder = backup_folder(people.path)
    kept = {path.name: path.read_bytes() for path in folder.iterdir()}
    counting = FaultyDisk(folder)
    with faulty(counting):
        scrub_backups(erased_in(people))
    assert len(counting.calls) > 20
    for number in range(1, len(counting.calls) + 1):
        for path in folder.iterdir():
            path.unlink()
        for name, data in kept.items():
            (folder / name).write_bytes(data)
        with faulty(FaultyDisk(folder, number, errno.EIO)):
            report = scrub_backups(erased_in(people))
        assert len(report.cleaned) + len(report.failed) == 4, number
        assert [verify(path) for path in backups_of(people)] == [()] * 4, number
        scrub_backups(erased_in(people))
        assert files_with(folder, PERSON.name) == [], number
        assert len(backups_of(people)) == 4
