"""窗口里的坏去处：磁盘满、文件夹没了、被占着、只读。旧文件不动，话里有文件名和办法，做好的字节换个地方照样写得成。"""

from __future__ import annotations

import errno
import os
import stat
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path

import pytest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from exports import files
from exports.letter_files import LetterOrder, write_letters
from gui.exporting.calendars import Calendars, _changes_written, _invitations_written
from gui.kit.exporter import PDF, Exporter, Made, Outgoing
from gui.services.calendar_orders import CalendarOrder, CalendarPlan
from gui.session.runner import RunProgress
from gui.session.year_session import YearSession
from models import commands
from models.domain.errors import StoreError
from tests.exports.every_export import facts
from tests.exports.faulty_disk import FOR_GOOD, FaultyDisk, faulty
from tests.factories import check
from tests.gui.exporting.test_exporter import Heard, Waits, answer, wait

__all__ = ["wait"]

OLD, NEW = b"old", b"%PDF new" * 1_000
PLAN = Outgoing("quarter", "季度活动计划", "三季度计划", PDF)


@pytest.fixture(autouse=True)
def _no_waiting(monkeypatch: pytest.MonkeyPatch) -> None:
    def pause(_: float) -> None: ...

    monkeypatch.setattr(files.patiently, "__defaults__", (pause, files.RETRY_PAUSES))
    monkeypatch.setattr(files.write_atomically, "__kwdefaults__", {"pause": pause})


def held(target: Path, **more: object) -> FaultyDisk:
    return FaultyDisk(target.parent, 1, errno.EACCES, only=("replace",), **more)  # type: ignore[arg-type]


# ── 一个文件 ──

Bad = Callable[[Path], FaultyDisk | None]


def _full(target: Path) -> FaultyDisk:
    target.write_bytes(OLD)
    return FaultyDisk(target.parent, 1, errno.ENOSPC, FOR_GOOD, only=("write",))


def _held(target: Path) -> FaultyDisk:
    target.write_bytes(OLD)
    return held(target, times=FOR_GOOD)


def _broken(target: Path) -> FaultyDisk:
    target.write_bytes(OLD)
    return FaultyDisk(target.parent, 1, errno.EIO, FOR_GOOD, only=("fsync",))


def _gone(target: Path) -> None:
    target.parent.rmdir()


def _folder(target: Path) -> None:
    target.mkdir()


def _read_only(target: Path) -> None:
    target.write_bytes(OLD)
    target.parent.chmod(stat.S_IRUSR | stat.S_IXUSR)


ROOT = pytest.mark.skipif(os.name != "posix" or os.geteuid() == 0, reason="root may write everywhere")


@pytest.mark.parametrize(
    ("bad", "why", "remedy"),
    [
        (_full, "磁盘已满。", "请清出空间后再试。"),
        (_held, "没有写入权限，或文件正被其他程序占用。", "请关闭占用它的程序，或换一个位置保存。"),
        (_broken, "系统报告：", "请换一个位置保存。"),
        (_gone, "文件夹不存在。", "请先建好文件夹，或换一个位置保存。"),
        (_folder, "目标是一个文件夹。", "请写明文件名。"),
        pytest.param(_read_only, "没有写入权限", "换一个位置保存。", marks=ROOT),
    ],
)
def test_a_bad_target_is_said_nothing_is_lost_and_another_place_works(
    exporter: Exporter,
    session: YearSession,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    wait: Waits,
    bad: Bad,
    why: str,
    remedy: str,
) -> None:
    target, better = tmp_path / "U盘" / "计划.pdf", tmp_path / "好.pdf"
    target.parent.mkdir()
    disk = bad(target)
    before = sorted(tmp_path.rglob("*"))
    heard = Heard(session.messages)
    asked = answer(monkeypatch, target, better)
    try:
        with faulty(disk or FaultyDisk(tmp_path)):
            exporter.save(PLAN, Made(NEW))
            wait(lambda: bool(heard.bars))
    finally:
        if target.parent.exists():
            target.parent.chmod(0o700)
    (bar,) = heard.bars
    assert bar.kind == "danger"
    assert str(target) in bar.text
    assert why in bar.text
    assert remedy in bar.text
    assert "做好的内容还在。" in bar.text
    assert sorted(path for path in tmp_path.rglob("*") if "sample" not in path.name) == [
        path for path in before if "sample" not in path.name
    ]
    assert not target.is_file() or target.read_bytes() == OLD
    assert (exporter.recent(5), heard.toasts) == ((), [])
    bar.actions[0].run()
    wait(lambda: bool(heard.toasts))
    assert asked == ["三季度计划.pdf"] * 2
    assert better.read_bytes() == NEW
    assert [recent.export.name for recent in exporter.recent(5)] == ["好.pdf"]


def test_a_file_held_for_a_moment_is_written_without_a_word(
    exporter: Exporter, session: YearSession, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, wait: Waits
) -> None:
    target = tmp_path / "计划.pdf"
    target.write_bytes(OLD)
    heard = Heard(session.messages)
    answer(monkeypatch, target)
    with faulty(held(target, times=3)) as disk:
        exporter.save(PLAN, Made(NEW))
        wait(lambda: bool(heard.toasts))
    assert len(disk.failed) == 3
    assert target.read_bytes() == NEW
    assert heard.bars == []


def test_the_data_file_is_never_replaced_by_an_export(
    exporter: Exporter, session: YearSession, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, wait: Waits
) -> None:
    data, better = session.store.path, tmp_path / "好.pdf"
    before = data.read_bytes()
    heard = Heard(session.messages)
    answer(monkeypatch, data, better)
    exporter.save(PLAN, Made(NEW, published=("A001",)))
    (bar,) = heard.bars
    assert "不能导出到程序自己的文件" in bar.text
    assert data.read_bytes() == before
    bar.actions[0].run()
    wait(lambda: bool(heard.toasts))
    assert better.read_bytes() == NEW


# ── 许多文件 ──


def _draft() -> CalendarPlan:
    now = facts(("办事指南", "惠企政策")).now
    return CalendarPlan(now, check(now))


def _before() -> CalendarPlan:
    before = facts(("办事指南", "惠企政策")).before
    return CalendarPlan(before, check(before))


def _invited(folder: Path) -> object:
    return _invitations_written(_draft, CalendarOrder(), folder, RunProgress())


def _changed(folder: Path) -> object:
    return _changes_written(_before, _draft, folder, RunProgress())


@pytest.mark.parametrize("write", [_invited, _changed])
def test_one_file_that_is_held_does_not_hinder_the_others(
    qapp: object, write: Callable[[Path], object], tmp_path: Path
) -> None:
    good, bad = tmp_path / "好", tmp_path / "坏"
    good.mkdir()
    bad.mkdir()
    write(good)
    names = sorted(path.name for path in good.iterdir())
    tries = len(files.RETRY_PAUSES) + 1
    disk = FaultyDisk(bad, 2, errno.EACCES, tries, only=("replace",))  # the second file, for good
    with faulty(disk):
        written = write(bad)
    there = sorted(path.name for path in bad.iterdir())
    (missing,) = set(names) - set(there)
    assert there == [name for name in names if name != missing]
    assert any(
        missing in warning and "没有写成" in warning and "占用" in warning
        for warning in written.warnings  # type: ignore[attr-defined]
    )
    assert f"写了 {len(there)} 个" in written.words  # type: ignore[attr-defined]
    assert write(bad).warnings == write(good).warnings  # type: ignore[attr-defined]
    assert sorted(path.name for path in bad.iterdir()) == names


@pytest.mark.parametrize("write", [_invited, _changed])
@pytest.mark.parametrize("code", [errno.ENOSPC, errno.EACCES], ids=lambda code: errno.errorcode[code])
def test_a_folder_that_takes_nothing_is_given_up_soon(
    qapp: object, write: Callable[[Path], object], code: int, tmp_path: Path
) -> None:
    disk = FaultyDisk(tmp_path, 1, code, FOR_GOOD, only=("create",))
    with faulty(disk), pytest.raises(StoreError) as caught:
        write(tmp_path)
    assert str(tmp_path) in caught.value.what
    assert caught.value.remedy
    assert len(disk.calls) <= files.FIRST_FAILURES * (len(files.RETRY_PAUSES) + 1)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("suffix", ["docx", "pdf"])
def test_letters_that_stop_halfway_say_how_far_they_came(qapp: object, suffix: str, tmp_path: Path) -> None:
    now = facts().now
    people = (("p1", "欧阳娜娜某", date(2027, 7, 15)),) * 3
    order = LetterOrder(
        "d1", "学校布局", feedback=False, suffix=suffix, people=people, masked=True, folder=tmp_path
    )
    disk = FaultyDisk(tmp_path, 3, errno.ENOSPC, FOR_GOOD, only=("fsync",))  # two for each letter
    with faulty(disk), pytest.raises(StoreError) as caught:
        write_letters(now, order)
    assert "磁盘已满" in caught.value.effect
    assert "前面 1 份已写好" in caught.value.effect
    assert len(list(tmp_path.iterdir())) == 1
    assert len(write_letters(now, order).names) == len(list(tmp_path.iterdir())) == 3


def test_a_letter_tells_what_its_font_has_not(qapp: object, tmp_path: Path) -> None:
    now = facts(("办事指南", "𠮷祥里")).now
    order = LetterOrder(
        "d1",
        "学校布局",
        feedback=True,
        suffix="pdf",
        people=(("p1", "", None),),
        masked=True,
        folder=tmp_path,
    )
    assert write_letters(now, order).missing == "𠮷"
    assert write_letters(now, order._replace(suffix="docx")).missing == ""


@pytest.fixture
def calendars(qtbot: QtBot, session: YearSession, exporter: Exporter) -> Iterator[Calendars]:
    window = QWidget()
    qtbot.addWidget(window)
    made = Calendars(session, exporter, window)
    yield made
    made._runner.wait()


def test_a_calendar_folder_that_vanished_while_it_was_chosen_is_said(
    calendars: Calendars,
    session: YearSession,
    exporter: Exporter,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    wait: Waits,
) -> None:
    heard = Heard(session.messages)
    monkeypatch.setattr("gui.exporting.calendars.ask_for_folder", lambda *_: tmp_path / "没有")
    calendars.write_folder(CalendarOrder(), None)
    wait(lambda: any(bar.kind == "danger" for bar in heard.bars))
    (bar,) = (bar for bar in heard.bars if bar.kind == "danger")
    assert str(tmp_path / "没有") in bar.text
    assert "请先建好文件夹" in bar.text
    assert exporter.recent(5) == ()


def test_an_old_calendar_that_cannot_be_read_is_replaced_only_when_that_was_seen(
    calendars: Calendars,
    session: YearSession,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    wait: Waits,
) -> None:
    target, seen = tmp_path / "日历.ics", []
    target.write_bytes(b"\xff\x00 no calendar")
    monkeypatch.setattr("gui.exporting.calendars.ask_where_to_save", lambda *_: target)

    def declined(dialog: object) -> int:
        seen.append(dialog)
        return 0

    monkeypatch.setattr("gui.exporting.calendars.DifferenceDialog.exec", declined)
    commands.mark_exported(session.store, session.year, ["A001"])
    calendars.save_file(CalendarOrder(), None)
    wait(lambda: bool(seen))
    assert target.read_bytes() == b"\xff\x00 no calendar"
