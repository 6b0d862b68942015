"""公众列席的表单：会议改期先确认、不越过环节、候补接替、遮挡、函件、永久删除、只读、一步撤销。"""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import cast

import pytest
from PySide6.QtCore import QDate, Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from gui.attendance.candidates_form import CandidatesForm
from gui.attendance.decision_dialog import DecisionDialog
from gui.attendance.erase_dialog import EraseDialog
from gui.attendance.opinion_dialog import OpinionDialog
from gui.attendance.opinions_forms import OpinionsForm, StudyForm
from gui.attendance.people_forms import InvitedForm, PresentForm, ToldForm
from gui.attendance.person_dialog import PersonDialog
from gui.attendance.schedule_form import NEW, ScheduleForm
from gui.exporting.letters_dialog import LettersDialog
from gui.session.year_session import YearSession
from models import commands
from models.domain.attendance import (
    Attendance,
    DecisionBody,
    Delegate,
    Invitation,
    Outcome,
)
from models.domain.snapshot import ItemKind
from models.export_log import recent_exports
from planners.attendance.stages import Stage, StageState
from tests.gui.attendance.forms import accept, decision, delegate, invitation, line, opinion, shown, stage

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support", extend=True)  # offscreen says so
ID_NUMBER = "11010519491231002X"
"""The example of the standard; it has its check digit."""


@pytest.mark.parametrize("which", list(Stage))
def test_every_stage_of_every_decision_has_a_form_that_changes_nothing_by_itself(
    qtbot: QtBot, session: YearSession, which: Stage
) -> None:
    before = session.snapshot
    for one in session.snapshot.decisions:
        dialog = stage(qtbot, session, one.key, which)
        dialog.reject()
        assert not dialog.isVisible()
    assert session.snapshot == before


# meetings


def test_a_moved_meeting_lists_its_deadlines_and_is_confirmed_then_undone(
    qtbot: QtBot, session: YearSession
) -> None:
    dialog = cast("ScheduleForm", stage(qtbot, session, "d5", Stage.SCHEDULED))
    before = session.snapshot
    dialog.meeting.day.setDate(QDate(2027, 8, 2))
    assert "代表遴选　7月12日 → 7月19日" in dialog.moves.text()
    assert accept(dialog).startswith("改期会移动 ")
    assert session.snapshot.meetings == before.meetings
    assert dialog.accept_button.text() == "确认改期"
    assert accept(dialog) == ""
    meeting = line(session, "d5").meeting
    assert meeting is not None
    assert meeting.starts_at is not None
    assert meeting.starts_at.date() == date(2027, 8, 2)
    assert line(session, "d5").node(Stage.SELECTED).day == date(2027, 7, 19)
    session.undo()
    assert session.snapshot.meetings == before.meetings


def test_a_new_meeting_is_made_with_the_decision_in_one_step(qtbot: QtBot, session: YearSession) -> None:
    count = len(session.snapshot.meetings)
    dialog = cast("ScheduleForm", stage(qtbot, session, "d8", Stage.SCHEDULED))
    dialog.which.choose(NEW)
    dialog.meeting.number.setText("第30次")
    dialog.meeting.place.setText("301 会议室")
    assert accept(dialog) == ""
    made = session.snapshot.meetings[-1]
    assert (made.number, made.place, made.tentative) == ("第30次", "301 会议室", True)
    assert decision(session, "d8").meeting == made.key
    session.undo()
    assert (len(session.snapshot.meetings), decision(session, "d8").meeting) == (count, None)


# delegates


def test_no_form_passes_over_an_open_stage(qtbot: QtBot, session: YearSession) -> None:
    dialog = cast("CandidatesForm", stage(qtbot, session, "d5", Stage.SELECTED))
    dialog.quota.setValue(5)
    dialog.noticed.set_value(date(2027, 6, 14))
    assert accept(dialog) == ""
    assert decision(session, "d5").quota == 5
    dialog = cast("CandidatesForm", stage(qtbot, session, "d5", Stage.SELECTED))
    dialog.write_new()
    dialog.rows[0].name.edit.setText("代表1")
    dialog.selected.set_value(date(2027, 6, 15))
    assert "会议排定”还没有办" in accept(dialog)
    assert decision(session, "d5").selected_on is None


def test_candidates_come_from_the_register_or_are_new_and_their_groups_are_counted(
    qtbot: QtBot, session: YearSession
) -> None:
    dialog = cast("CandidatesForm", stage(qtbot, session, "d5", Stage.SELECTED))
    dialog.known.choose("p11")
    dialog.pick()
    dialog.write_new()
    row = dialog.rows[1]
    row.name.edit.setText("王小明")
    row.group.setCurrentText("企业")
    assert dialog.balance_words() == "均衡：居民 1、企业 1 · 共 2 人"
    dialog.quota.setValue(1)
    assert dialog.balance.text().endswith("名额 1 人，已超出")
    row.reserve.setChecked(True)
    assert dialog.balance.text() == "均衡：居民 1 · 共 1 人，候补 1 人，名额 1 人"
    assert accept(dialog) == ""
    people = [delegate(session, one.delegate) for one in line(session, "d5").invitations]
    assert [(one.name, one.group, one.reserve) for one in people] == [
        ("代表甲", "居民", False),
        ("王小明", "企业", True),
    ]
    session.undo()
    assert line(session, "d5").invitations == ()


def test_somebody_who_came_cannot_be_taken_off_the_list(qtbot: QtBot, session: YearSession) -> None:
    dialog = cast("CandidatesForm", stage(qtbot, session, "d1", Stage.SELECTED))
    dialog.rows[0]._on_remove()
    assert len(dialog.rows) == 2


def test_a_reserve_steps_in_with_one_click_and_undo_leads_back(qtbot: QtBot, session: YearSession) -> None:
    reserve = Delegate("p9", "赵候补", "13800001111", reserve=True)
    session.attempt(commands.put_item, 2027, ItemKind.DELEGATE, reserve)
    session.attempt(commands.put_item, 2027, ItemKind.INVITATION, Invitation("i9", "d4", "p9"))
    before = session.snapshot
    dialog = cast("PresentForm", stage(qtbot, session, "d4", Stage.PRESENT))
    assert not dialog.offer.isVisible()
    dialog.came["i41"].choose(Attendance.LEAVE)
    assert dialog.offer.text() == "请候补赵*递补"
    dialog.offer.click()
    assert not dialog.offer.isVisible()
    assert accept(dialog) == ""
    assert invitation(session, "i41").attendance is Attendance.LEAVE
    assert invitation(session, "i9").invited_on == session.today
    assert not delegate(session, "p9").reserve
    session.undo()
    assert session.snapshot == before


def test_days_are_today_where_there_is_none_and_never_to_come(qtbot: QtBot, session: YearSession) -> None:
    session.attempt(commands.put_item, 2027, ItemKind.INVITATION, Invitation("i9", "d4", "p11"))
    dialog = cast("InvitedForm", stage(qtbot, session, "d4", Stage.INVITED))
    assert dialog.days["i9"].value() == session.today
    dialog.days["i9"].control.day.setDate(QDate(2027, 6, 16))
    assert "还没有到" in accept(dialog)
    dialog.days["i9"].control.day.setDate(QDate(2027, 6, 15))
    assert accept(dialog) == ""
    assert invitation(session, "i9").invited_on == date(2027, 6, 15)
    assert invitation(session, "i41").invited_on == date(2027, 6, 21)


def test_nobody_is_told_before_the_opinions_are_studied(qtbot: QtBot, session: YearSession) -> None:
    dialog = cast("ToldForm", stage(qtbot, session, "d2", Stage.TOLD))
    assert "“采纳研究”还没有办" in accept(dialog)
    assert invitation(session, "i21").told_on is None


def test_names_stay_hidden_in_the_form_until_they_are_held_open(qtbot: QtBot, session: YearSession) -> None:
    known = Delegate("p41", "孙悟空", "13912345678", "居民")
    session.attempt(commands.put_item, 2027, ItemKind.DELEGATE, known)
    dialog = shown(qtbot, PersonDialog(session, line(session, "d4"), invitation(session, "i41")))
    assert (dialog.name.edit.text(), dialog.phone.edit.text()) == ("孙*", "139****5678")
    QTest.mousePress(dialog.show_button, Qt.MouseButton.LeftButton)
    assert (dialog.name.edit.text(), dialog.phone.edit.text()) == ("孙悟空", "13912345678")
    QTest.mouseRelease(dialog.show_button, Qt.MouseButton.LeftButton)
    assert dialog.name.edit.text() == "孙*"
    dialog.group.setCurrentText("企业")
    assert accept(dialog) == ""
    assert delegate(session, "p41") == known._replace(group="企业")
    assert "孙悟空" not in (session.undo_title or "")


def test_an_id_number_is_refused_below_its_field(qtbot: QtBot, session: YearSession) -> None:
    dialog = shown(qtbot, PersonDialog(session, line(session, "d4")))
    dialog.name.edit.setText("孙悟空")
    dialog.phone.edit.setText(ID_NUMBER)
    assert "身份证号码" in accept(dialog)
    assert "身份证号码" in dialog.row_of(dialog.phone).remark.text()
    assert "孙悟空" not in dialog.refusal_text()
    assert all(one.name != "孙悟空" for one in session.snapshot.delegates)


# opinions


def test_opinions_are_written_one_below_the_other_in_one_step(qtbot: QtBot, session: YearSession) -> None:
    dialog = cast("OpinionsForm", stage(qtbot, session, "d2", Stage.OPINIONS))
    dialog.add_opinion()
    dialog.rows[-1].text.setPlainText("接驳交通同步落实")
    dialog.add_opinion()
    dialog.rows[-1].text.setPlainText("设两年过渡期")
    assert accept(dialog) == ""
    assert [one.text for one in line(session, "d2").opinions][1:] == ["接驳交通同步落实", "设两年过渡期"]
    session.undo()
    assert len(line(session, "d2").opinions) == 1


def test_a_refused_opinion_says_what_is_lacking_below_the_words(qtbot: QtBot, session: YearSession) -> None:
    dialog = shown(qtbot, OpinionDialog(session, line(session, "d2"), opinion(session, "o2")))
    dialog.study.outcome.choose(Outcome.NOT_ADOPTED)
    assert "须写明说明" in accept(dialog)
    assert dialog.study.of(dialog.study.reply).row.remark.text() == "“未采纳”须写明说明（第20条）"
    dialog.study.reply.setPlainText("不属本方案范围")
    assert accept(dialog) == ""
    assert opinion(session, "o2").decided_on == session.today


def test_the_day_an_answer_is_due_follows_the_day_it_was_referred(qtbot: QtBot, session: YearSession) -> None:
    dialog = shown(qtbot, OpinionDialog(session, line(session, "d2"), opinion(session, "o2")))
    dialog.study.referred.set_value(date(2027, 6, 1))
    assert dialog.study.of(dialog.study.referred).row.remark.text() == "6月16日 周三前答复"


def test_studying_all_opinions_makes_the_stage_done(qtbot: QtBot, session: YearSession) -> None:
    dialog = cast("StudyForm", stage(qtbot, session, "d2", Stage.STUDIED))
    dialog.studies[0][1].outcome.choose(Outcome.ADOPTED)
    assert accept(dialog) == ""
    assert line(session, "d2").node(Stage.STUDIED).state is StageState.DONE


# decisions


def test_a_special_case_needs_who_approved_it(qtbot: QtBot, session: YearSession) -> None:
    dialog = shown(qtbot, DecisionDialog(session, decision(session, "d7")))
    dialog.exemption.setText("涉工作秘密")
    dialog._show_rows()
    assert "谁批准" in accept(dialog)
    dialog.exempted_by.setText("区司法局")
    assert accept(dialog) == ""
    assert decision(session, "d7").exempted_by == "区司法局"


def test_a_town_records_how_it_heard_those_concerned(qtbot: QtBot, session: YearSession) -> None:
    dialog = shown(qtbot, DecisionDialog(session, None))
    assert "还没有填写事项名称" in accept(dialog)
    dialog.title_edit.setText("菜场改造")
    dialog.body.choose(DecisionBody.TOWN)
    dialog.forms.set_values(["网上征集"])
    dialog.heard.set_value(date(2027, 6, 1))
    assert accept(dialog) == ""
    made = decision(session, dialog.key)
    assert (made.body, made.hearing_forms, made.heard_on) == (
        DecisionBody.TOWN,
        ("网上征集",),
        date(2027, 6, 1),
    )


def test_a_decision_goes_with_its_invitations_and_opinions_and_comes_back(
    qtbot: QtBot, session: YearSession
) -> None:
    before = session.snapshot
    dialog = shown(qtbot, DecisionDialog(session, decision(session, "d2")))
    dialog.delete_button.click()
    assert "连同 2 条邀请、1 条意见" in dialog.refusal_text()
    assert session.snapshot == before
    dialog.delete_button.click()
    assert (dialog.key, dialog.isVisible()) == ("", False)
    assert session.snapshot.item(ItemKind.DECISION, "d2") is None
    session.undo()
    assert session.snapshot == before


def test_what_was_entered_is_thrown_away_only_when_asked_again(qtbot: QtBot, session: YearSession) -> None:
    dialog = shown(qtbot, DecisionDialog(session, decision(session, "d2")))
    dialog.short.setText("学校布局")
    dialog.reject()
    assert dialog.isVisible()
    assert dialog.back_button.text() == "不保存，离开"
    dialog.reject()
    assert not dialog.isVisible()
    assert decision(session, "d2").short == ""


def test_forms_of_data_that_are_read_only_store_nothing(qtbot: QtBot, session: YearSession) -> None:
    session.hold("正在备份")
    for which in Stage:
        dialog = stage(qtbot, session, "d2", which)
        assert not dialog.accept_button.isEnabled()
        assert "正在备份" in dialog.refusal_text()
        dialog.reject()
        assert not dialog.isVisible()


# letters and erasing


@pytest.mark.parametrize("suffix", ["docx", "pdf"])
def test_letters_are_written_masked(qtbot: QtBot, session: YearSession, tmp_path: Path, suffix: str) -> None:
    session.attempt(commands.put_item, 2027, ItemKind.DELEGATE, Delegate("p11", "孙悟空", "13912345678"))
    folder = tmp_path / "letters"
    folder.mkdir()
    dialog = shown(qtbot, LettersDialog(session, line(session, "d1"), feedback=True))
    dialog.suffix.choose(suffix)
    dialog.folder.setText(str(folder))
    with qtbot.waitSignal(session.messages.toast_requested) as told:
        assert accept(dialog) == ""
    assert f"已生成 2 份反馈函，在 {folder}" in told.args[0].text
    names = sorted(path.name for path in folder.iterdir())
    assert names == [f"反馈函-养老服务设施布局专项规划（示例）-0{n}.{suffix}" for n in (1, 2)]
    (logged,) = recent_exports(session.store, 2027)
    assert (logged.kind, logged.unmasked) == ("letters", False)


def test_letters_with_names_are_asked_for_and_logged(
    qtbot: QtBot, session: YearSession, tmp_path: Path
) -> None:
    session.attempt(commands.put_item, 2027, ItemKind.DELEGATE, Delegate("p11", "孙悟空"))
    folder = tmp_path / "letters"
    folder.mkdir()
    dialog = shown(qtbot, LettersDialog(session, line(session, "d1"), feedback=False))
    dialog.folder.setText(str(folder))
    dialog.unmasked.setChecked(True)
    assert "姓名全文" in accept(dialog)
    assert list(folder.iterdir()) == []
    with qtbot.waitSignal(session.messages.toast_requested):
        assert accept(dialog) == ""
    assert any("孙悟空" in path.name for path in folder.iterdir())
    (logged,) = recent_exports(session.store, 2027)
    assert (logged.unmasked, "孙悟空" in logged.name) == (True, False)


def test_no_feedback_letter_is_offered_where_nothing_is_to_be_fed_back(
    qtbot: QtBot, session: YearSession, tmp_path: Path
) -> None:
    nothing = shown(qtbot, LettersDialog(session, line(session, "d2"), feedback=True))
    assert [box.isEnabled() for _, _, box in nothing.rows] == [False, False]
    assert "没有提出意见，会议信息也还没有公开" in nothing.rows[1][2].text()
    assert not nothing.accept_button.isEnabled()
    dialog = shown(qtbot, LettersDialog(session, line(session, "d1"), feedback=True))
    dialog.folder.setText(str(tmp_path))
    dialog.closing.day.set_value(date(2027, 1, 4))
    assert "反馈函的日期（2027年1月4日）早于函里写到的" in accept(dialog)
    assert not list(tmp_path.glob("反馈函*"))
    dialog.closing.day.set_value(None)
    dialog.closing.phone.setText("56560000")
    assert dialog.order().closing.phone == "56560000"


def test_letters_need_a_folder_and_ask_before_they_replace(
    qtbot: QtBot, session: YearSession, tmp_path: Path
) -> None:
    dialog = shown(qtbot, LettersDialog(session, line(session, "d1"), feedback=False))
    dialog.folder.setText(str(tmp_path / "nowhere"))
    assert "没有这个文件夹" in accept(dialog)
    (tmp_path / "邀请函-养老服务设施布局专项规划（示例）-01.docx").write_bytes(b"old")
    dialog.folder.setText(str(tmp_path))
    assert "1 份同名的函件" in accept(dialog)


def test_erasing_is_asked_and_refused_before_the_feedback(qtbot: QtBot, session: YearSession) -> None:
    waiting = shown(qtbot, EraseDialog(session, line(session, "d2")))
    assert "2 名代表还没有反馈" in waiting.refusal_text()
    assert not waiting.known.isEnabled()
    dialog = shown(qtbot, EraseDialog(session, line(session, "d1")))
    assert not dialog.accept_button.isEnabled()
    dialog.known.setChecked(True)
    assert accept(dialog) == ""
    assert [delegate(session, key).name for key in ("p11", "p12")] == ["", ""]
