"""删除个人信息连同备份：默认勾选，后台逐份改写，停下和改不成的说清，删过之后可以只改备份。"""

from __future__ import annotations

from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from gui.attendance.controller import AttendanceDesk
from gui.attendance.erase_dialog import OUT_OF_REACH, EraseDialog
from gui.attendance.erasing import TITLE, erase_from_backups
from gui.attendance.page import AttendancePage
from gui.attendance.person_dialog import PersonDialog
from gui.session.plan_versions import PlanVersions
from gui.session.runner import CancelledError, RunProgress
from gui.session.year_session import YearSession
from models import commands
from models.backups import backup
from models.delegates import erase_delegates
from models.domain.attendance import Delegate
from models.domain.snapshot import ItemKind
from models.own_files import backup_folder
from models.releases import release_year
from planners.attendance.stages import decision_line
from tests.gui.attendance.test_dialogs import accept, shown
from tests.gui.attendance.test_privacy import words
from tests.gui.conftest import NOW

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support", extend=True)  # offscreen says so
NAME, PHONE = "欧阳建国", "13812345678"


@pytest.fixture
def people(session: YearSession) -> YearSession:
    """The delegates of d1, who were told, with a name; two backups hold it."""
    for key in ("p11", "p12"):
        session.attempt(commands.put_item, 2027, ItemKind.DELEGATE, Delegate(key, NAME, PHONE, "居民"))
        backup(session.store)
    return session


def erase_dialog(qtbot: QtBot, session: YearSession) -> EraseDialog:
    line = decision_line(session.snapshot, session.ruleset, session.today, "d1")
    return shown(qtbot, EraseDialog(session, line))


def naming(session: YearSession) -> list[Path]:
    files = (path for path in session.store.path.parent.rglob("*") if path.is_file())
    return sorted(path for path in files if NAME.encode() in path.read_bytes())


def test_the_backups_are_ticked_and_what_is_out_of_reach_is_said(qtbot: QtBot, people: YearSession) -> None:
    dialog = erase_dialog(qtbot, people)
    assert dialog.with_backups
    assert "也从以前的 2 份备份里删去" in [*words(dialog)]
    assert OUT_OF_REACH in [*words(dialog)]


def test_those_of_no_decision_go_when_ticked(qtbot: QtBot, people: YearSession) -> None:
    assert erase_dialog(qtbot, people).others is None
    idle = Delegate("p77", "司马相如", "13900005678", "居民")
    people.attempt(commands.put_item, 2027, ItemKind.DELEGATE, idle)
    dialog = erase_dialog(qtbot, people)
    assert dialog.others is not None
    assert "司* · 居民 · 139****5678" in [*words(dialog)]
    assert "p77" not in dialog.chosen()
    dialog.others.setChecked(True)
    dialog.known.setChecked(True)
    assert dialog.accept_button.text() == "删除 3 人的信息"
    assert accept(dialog) == ""
    assert not any(one.name for one in people.snapshot.delegates if one.key in ("p11", "p12", "p77"))


def test_without_backups_none_are_offered(qtbot: QtBot, session: YearSession) -> None:
    dialog = erase_dialog(qtbot, session)
    assert (dialog.with_backups, dialog.backups.isVisibleTo(dialog)) == (False, False)


def test_the_page_erases_and_then_rewrites_the_backups(
    qtbot: QtBot, people: YearSession, monkeypatch: pytest.MonkeyPatch
) -> None:
    def agreed(dialog: EraseDialog) -> int:
        dialog.known.setChecked(True)
        dialog.accept_form()
        return 1

    monkeypatch.setattr(EraseDialog, "exec", agreed)
    said: list[str] = []
    people.messages.said.connect(said.append)
    page = AttendancePage(people)
    qtbot.addWidget(page)
    AttendanceDesk(people, page).erase("d1")
    assert said == ["已删除 2 名代表的个人信息，不能撤销。"]
    qtbot.waitUntil(lambda: len(said) == 2)
    assert said[1] == "2 份备份：2 份已删去，0 份里本来没有"
    assert naming(people) == []


def test_unticked_the_backups_stay_and_may_be_rewritten_alone_later(
    qtbot: QtBot, people: YearSession
) -> None:
    dialog = erase_dialog(qtbot, people)
    dialog.backups.setChecked(False)
    dialog.known.setChecked(True)
    assert accept(dialog) == ""
    assert not dialog.with_backups
    assert len(naming(people)) == 2
    later = erase_dialog(qtbot, people)
    assert (later.boxes, later.accept_button.text(), later.refusal_text()) == ({}, "从备份里删去", "")
    assert not later.accept_button.isEnabled()
    later.known.setChecked(True)
    assert accept(later) == ""
    later.backups.setChecked(False)
    assert not later.accept_button.isEnabled()


def test_backups_that_could_not_be_rewritten_are_named(qtbot: QtBot, people: YearSession) -> None:
    people.attempt(erase_delegates, 2027, ["p11", "p12"])
    bad, good = sorted(backup_folder(people.store.path).glob("*.db"))
    bad.write_bytes(bad.read_bytes()[:-100])
    bars: list[object] = []
    people.messages.bar_requested.connect(bars.append)
    page = AttendancePage(people)
    qtbot.addWidget(page)
    erase_from_backups(people, page)
    qtbot.waitUntil(lambda: bool(bars))
    (bar,) = bars
    assert (bar.kind, bar.topic) == ("warning", TITLE)  # type: ignore[attr-defined]
    assert f"1 份没有改成，里面可能还有：{bad.name}：数据文件已损坏" in bar.text  # type: ignore[attr-defined]
    assert naming(people) == [bad]
    assert good.exists()


def test_a_stop_on_the_way_is_said_as_it_is(
    qtbot: QtBot, people: YearSession, monkeypatch: pytest.MonkeyPatch
) -> None:
    def stopped(_: RunProgress, done: int, total: int) -> None:
        if done == 1:
            raise CancelledError(f"{total}")

    people.attempt(erase_delegates, 2027, ["p11", "p12"])
    monkeypatch.setattr(RunProgress, "step", stopped)
    said: list[str] = []
    people.messages.said.connect(said.append)
    page = AttendancePage(people)
    qtbot.addWidget(page)
    erase_from_backups(people, page)
    qtbot.waitUntil(lambda: bool(said))
    assert said[0].startswith("已停止，有的备份还没有改写。没改写的备份里仍有姓名和电话。")
    assert len(naming(people)) == 1


def test_a_release_that_was_read_already_has_no_names_after_erasing(people: YearSession) -> None:
    release_year(people.store, 2027, "", NOW.date())
    versions = PlanVersions(people)
    assert NAME in {one.name for one in versions.released(1)()[0].delegates}
    people.attempt(erase_delegates, 2027, ["p11", "p12"])
    assert NAME not in {one.name for one in versions.released(1)()[0].delegates}


# what other texts say


@pytest.fixture
def named(people: YearSession) -> YearSession:
    """One is named in a title and, with the phone, in a note; a unit has the same name."""
    first, second = people.snapshot.events[:2]
    note = f"联系{NAME} 138-1234-5678"
    people.attempt(commands.change_event, 2027, first._replace(note=note))
    people.attempt(commands.change_event, 2027, second._replace(short="", title=f"{NAME}谈布局"))
    unit = people.snapshot.units[0]
    people.attempt(
        commands.put_item, 2027, ItemKind.UNIT, unit._replace(aliases=(*unit.aliases, f"{NAME}工作室"))
    )
    return people


def ticks(dialog: EraseDialog) -> dict[str, bool]:
    return {box.text(): box.isChecked() for box in dialog.texts.boxes.values()}


def test_each_text_is_a_tick_and_only_the_certain_ones_are_set(qtbot: QtBot, named: YearSession) -> None:
    dialog = erase_dialog(qtbot, named)
    listed = ticks(dialog)
    (title,) = (where for where in listed if where.endswith("的名称"))
    assert {where: ticked for where, ticked in listed.items() if where.endswith(("的备注", "的名称"))} == {
        title: False,
        next(where for where in listed if where.endswith("的备注")): True,
    }
    assert "工作室" not in "".join(words(dialog))
    assert NAME not in "".join(words(dialog))
    assert "〔欧*〕谈布局　→　欧*谈布局" in [*words(dialog)]
    dialog.show_button.pressed.emit()
    assert f"〔{NAME}〕谈布局　→　欧*谈布局" in [*words(dialog)]
    dialog.show_button.released.emit()
    assert NAME not in "".join(words(dialog))


def test_what_is_not_ticked_stays_and_what_is_ticked_goes(qtbot: QtBot, named: YearSession) -> None:
    first, second = named.snapshot.events[:2]
    units = named.snapshot.units
    dialog = erase_dialog(qtbot, named)
    dialog.texts.tick_all()
    for place, box in dialog.texts.boxes.items():
        box.setChecked("谈布局" in place[1])
    dialog.known.setChecked(True)
    assert dialog.accept_button.text() == "删除 2 人的信息，改 1 处文字"
    assert accept(dialog) == ""
    after = named.snapshot.event_by_key
    assert after[second.key].title == "欧*谈布局"
    assert after[first.key].note == first.note
    assert named.snapshot.units == units


def test_the_list_follows_the_people_and_keeps_its_ticks(qtbot: QtBot, named: YearSession) -> None:
    named.attempt(commands.put_item, 2027, ItemKind.DELEGATE, Delegate("p12", "王小明", "", "居民"))
    dialog = erase_dialog(qtbot, named)
    (title,) = (place for place in dialog.texts.boxes if "谈布局" in place[1])
    dialog.texts.boxes[title].setChecked(True)
    dialog.boxes["p12"].setChecked(False)
    assert dialog.texts.boxes[title].isChecked()
    dialog.boxes["p11"].setChecked(False)
    assert (dialog.texts.boxes, dialog.texts.isVisibleTo(dialog)) == ({}, False)
    assert not dialog.show_button.isVisibleTo(dialog)


@pytest.mark.parametrize("name", ["居民代表", "区医保局"])
def test_a_group_is_refused_in_the_form_with_the_field_for_it(
    qtbot: QtBot, session: YearSession, name: str
) -> None:
    line = decision_line(session.snapshot, session.ruleset, session.today, "d1")
    form = shown(qtbot, PersonDialog(session, line))
    form.name.edit.setText(name)
    form.name.changed.emit()
    assert "请写在“类别”里" in form.row_of(form.name).remark.text()
    assert f"“{name}”是群体、身份或单位，不是姓名。没有保存。请写在“类别”里" in accept(form)
