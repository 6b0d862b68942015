"""表单里的先后：没有会议不邀请，没开会不登记到会，没研究不反馈；换会议先确认；特殊情况写明批准；街镇的五个环节。"""

from __future__ import annotations

from datetime import date, datetime
from typing import cast

import pytest
from PySide6.QtCore import QDate
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from gui.attendance.decision_dialog import DecisionDialog
from gui.attendance.opinion_dialog import OpinionDialog
from gui.attendance.opinions_forms import StudyForm
from gui.attendance.people_forms import InvitedForm, PresentForm, ToldForm
from gui.attendance.person_dialog import PersonDialog
from gui.attendance.schedule_form import ScheduleForm
from gui.session.year_session import YearSession
from models import commands
from models.domain.attendance import (
    Attendance,
    Decision,
    DecisionBody,
    Delegate,
    Invitation,
    Meeting,
    Opinion,
    Outcome,
)
from models.domain.snapshot import Item, ItemKind
from planners.attendance.stages import Stage
from tests.gui.attendance.forms import accept, decision, invitation, line, opinion, shown, stage

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support", extend=True)  # offscreen says so
UNSCHEDULED = Decision("d9", "停车管理办法", listed_on=date(2027, 1, 18))
HEARD = Decision(
    "t1", "菜场改造", DecisionBody.TOWN, listed_on=date(2027, 1, 18), hearing_forms=("交流座谈",),
    heard_on=date(2027, 5, 20),
)  # fmt: skip


def put(session: YearSession, kind: ItemKind, *items: Item) -> None:
    for item in items:
        session.attempt(commands.put_item, 2027, kind, item)


def person(qtbot: QtBot, session: YearSession, key: str, row: str = "") -> PersonDialog:
    """The form of a delegate of the decision ``key``; a new one, named, for ""."""
    made = shown(qtbot, PersonDialog(session, line(session, key), invitation(session, row) if row else None))
    if not row:
        made.name.edit.setText("代表9")
    return made


# a delegate in the lower pane


def test_nobody_is_invited_comes_or_is_told_where_there_is_no_meeting(
    qtbot: QtBot, session: YearSession
) -> None:
    put(session, ItemKind.DECISION, UNSCHEDULED)
    dialog = person(qtbot, session, "d9")
    dialog.invited.set_value(session.today)
    assert "还没有排定会议，不能登记邀请" in accept(dialog)
    dialog.invited.set_value(None)
    dialog.attendance.choose(Attendance.LEAVE)
    assert "会议还没有定日期，不能登记到会" in accept(dialog)
    dialog.attendance.choose(None)
    dialog.told.set_value(session.today)
    assert "会议还没有定日期，不能登记反馈" in accept(dialog)
    assert line(session, "d9").invitations == ()
    dialog.told.set_value(None)
    assert accept(dialog) == ""
    assert [row.invited_on for row in line(session, "d9").invitations] == [None]


@pytest.mark.parametrize("came", [Attendance.PRESENT, Attendance.ABSENT])
def test_before_the_meeting_only_leave_is_recorded(
    qtbot: QtBot, session: YearSession, came: Attendance
) -> None:
    dialog = person(qtbot, session, "d4", "i41")  # the meeting is on 28 June, today is the 15th
    dialog.attendance.choose(came)
    assert "会议还没有开，不能登记到会" in accept(dialog)
    dialog.attendance.choose(Attendance.LEAVE)
    dialog.told.set_value(session.today)
    assert "会议还没有开，没有可反馈的" in accept(dialog)
    dialog.told.set_value(None)
    assert accept(dialog) == ""
    assert invitation(session, "i41").attendance is Attendance.LEAVE
    form = cast("PresentForm", stage(qtbot, session, "d4", Stage.PRESENT))
    form.came["i42"].choose(came)
    refused = {Attendance.PRESENT: "“发出邀请”还没有办", Attendance.ABSENT: "会议还没有开，不能登记到会"}
    assert refused[came] in accept(form)
    assert invitation(session, "i42").attendance is None


def test_nobody_is_invited_after_the_meeting(qtbot: QtBot, session: YearSession) -> None:
    dialog = person(qtbot, session, "d2")
    dialog.invited.set_value(date(2027, 4, 27))
    assert "邀请日期晚于会议（4月26日）" in accept(dialog)
    dialog.invited.set_value(date(2027, 4, 26))
    assert accept(dialog) == ""
    put(session, ItemKind.INVITATION, Invitation("i9", "d2", "p31"))
    form = cast("InvitedForm", stage(qtbot, session, "d2", Stage.INVITED))
    assert form.days["i9"].value() is None
    said = [one.text() for one in form.findChildren(QLabel)]
    assert "会议已经开过：没有邀请的改为候补，或在“代表遴选”从名单里去掉。" in said


def test_a_reserve_who_stepped_in_at_the_meeting_was_invited_by_its_day(
    qtbot: QtBot, session: YearSession
) -> None:
    put(session, ItemKind.DELEGATE, Delegate("p9", "代表9", reserve=True))
    put(session, ItemKind.INVITATION, Invitation("i9", "d2", "p9"))
    form = cast("PresentForm", stage(qtbot, session, "d2", Stage.PRESENT))
    form.came["i21"].choose(Attendance.ABSENT)
    form.offer.click()
    assert form.note.text() == "递补 1 人：不再是候补，没有邀请日期的记会议那天。"
    assert accept(form) == ""
    assert invitation(session, "i9") == Invitation("i9", "d2", "p9", date(2027, 4, 26), Attendance.PRESENT)


# feedback


def test_nobody_is_told_before_their_own_opinions_are_studied(qtbot: QtBot, session: YearSession) -> None:
    dialog = person(qtbot, session, "d2", "i21")
    dialog.told.set_value(date(2027, 5, 3))
    assert "这名代表有 1 条意见还没有写明采纳情况，先反馈的不算（第20条）" in accept(dialog)
    answered = opinion(session, "o2")._replace(outcome=Outcome.ADOPTED, decided_on=date(2027, 6, 14))
    put(session, ItemKind.OPINION, answered)
    dialog = person(qtbot, session, "d2", "i21")
    dialog.told.set_value(date(2027, 6, 13))
    assert "早于意见研究定下的日期（6月14日）" in accept(dialog)
    dialog.told.set_value(date(2027, 4, 25))
    assert "反馈日期早于会议" in accept(dialog)
    dialog.told.set_value(date(2027, 6, 14))
    assert accept(dialog) == ""
    silent = person(qtbot, session, "d2", "i22")  # said nothing
    silent.told.set_value(date(2027, 4, 27))
    assert accept(silent) == ""


def test_what_was_told_too_early_is_pointed_out_and_told_again_today(
    qtbot: QtBot, session: YearSession
) -> None:
    put(session, ItemKind.INVITATION, invitation(session, "i21")._replace(told_on=date(2027, 5, 3)))
    kept = person(qtbot, session, "d2", "i21")  # what an older file has can be changed elsewhere
    kept.group.setCurrentText("企业")
    assert accept(kept) == ""
    answered = opinion(session, "o2")._replace(outcome=Outcome.ADOPTED, decided_on=date(2027, 6, 14))
    put(session, ItemKind.OPINION, answered)
    form = cast("ToldForm", stage(qtbot, session, "d2", Stage.TOLD))
    assert form.days["i21"].value() == session.today
    form.days["i21"].control.day.setDate(QDate(2027, 6, 13))
    assert "早于意见研究定下的日期（6月14日）" in accept(form)
    form.days["i21"].control.day.setDate(QDate(2027, 6, 15))
    assert accept(form) == ""
    assert [row.told_on for row in line(session, "d2").invitations] == [date(2027, 6, 15)] * 2


def test_feedback_waits_for_who_came(qtbot: QtBot, session: YearSession) -> None:
    put(session, ItemKind.INVITATION, invitation(session, "i22")._replace(attendance=None))
    dialog = person(qtbot, session, "d2", "i22")
    dialog.told.set_value(session.today)
    assert "还没有登记到会情况，不能登记反馈" in accept(dialog)
    dialog.attendance.choose(Attendance.ABSENT)
    assert "缺席的代表不登记反馈" in accept(dialog)


def test_an_outcome_has_its_day(qtbot: QtBot, session: YearSession) -> None:
    dialog = shown(qtbot, OpinionDialog(session, line(session, "d2"), opinion(session, "o2")))
    dialog.study.outcome.choose(Outcome.ADOPTED)
    dialog.study.decided.set_value(None)
    assert "采纳情况还没有写明哪天定的" in accept(dialog)
    dialog.reject()
    put(session, ItemKind.OPINION, opinion(session, "o2")._replace(outcome=Outcome.ADOPTED))
    undated = shown(qtbot, OpinionDialog(session, line(session, "d2"), opinion(session, "o2")))
    undated.text.setPlainText("接驳交通同步落实")
    assert accept(undated) == ""
    assert opinion(session, "o2").decided_on is None


# another meeting, a special case


def test_another_meeting_of_a_decision_is_asked_like_a_moved_one(qtbot: QtBot, session: YearSession) -> None:
    dialog = shown(qtbot, DecisionDialog(session, decision(session, "d5")))
    assert not dialog.moves.isVisible()
    dialog.meeting.choose("m7")
    assert "代表遴选　7月12日 → 10月11日" in dialog.moves.text()
    assert accept(dialog).startswith("改期会移动 7 个期限（见上）。")
    assert decision(session, "d5").meeting == "m5"
    other = cast("ScheduleForm", stage(qtbot, session, "d5", Stage.SCHEDULED))
    other.which.choose("m7")
    same = [text for text in other.moves.text().split("\n") if "→" in text]
    assert same == [text for text in dialog.moves.text().split("\n") if "→" in text]
    other.reject()
    assert accept(dialog) == ""
    assert decision(session, "d5").meeting == "m7"
    session.undo()
    assert decision(session, "d5").meeting == "m5"


def test_taking_a_decision_off_its_meeting_is_asked_too(qtbot: QtBot, session: YearSession) -> None:
    dialog = shown(qtbot, DecisionDialog(session, decision(session, "d5")))
    dialog.meeting.choose("")
    assert "代表遴选　7月12日 → 无" in dialog.moves.text()
    dialog.exemption.setText("涉工作秘密")
    dialog._show_rows()
    assert not dialog.moves.isVisible()  # nobody is invited: no deadline is kept


def test_a_meeting_moved_from_a_decision_that_had_none_is_asked_for_the_others(
    qtbot: QtBot, session: YearSession
) -> None:
    put(session, ItemKind.DECISION, UNSCHEDULED)
    dialog = cast("ScheduleForm", stage(qtbot, session, "d9", Stage.SCHEDULED))
    dialog.which.choose("m5")
    dialog.meeting.day.setDate(QDate(2027, 8, 2))
    assert accept(dialog).startswith("改期会移动 7 个期限")


def test_a_special_case_always_names_who_approved_it(qtbot: QtBot, session: YearSession) -> None:
    put(session, ItemKind.DECISION, decision(session, "d8")._replace(exempted_by=""))
    dialog = shown(qtbot, DecisionDialog(session, decision(session, "d8")))
    dialog.short.setText("应急预案")
    assert "特殊情况还没有写明谁批准" in accept(dialog)
    dialog.exempted_by.setText("区政府办公室")
    assert accept(dialog) == ""


# 街镇、园区


def test_the_stages_of_a_hearing_open_what_belongs_to_them(qtbot: QtBot, session: YearSession) -> None:
    put(session, ItemKind.DECISION, HEARD)
    heard = stage(qtbot, session, "t1", Stage.OPINIONS)
    assert isinstance(heard, DecisionDialog)
    assert heard.focusWidget() is heard.forms.focusProxy()
    assert isinstance(stage(qtbot, session, "t1", Stage.STUDIED), DecisionDialog)
    put(session, ItemKind.DELEGATE, Delegate("p9", "代表9"))
    put(session, ItemKind.INVITATION, Invitation("i9", "t1", "p9"))
    put(session, ItemKind.OPINION, Opinion("o9", "t1", "p9", "夜间开放"))
    assert isinstance(stage(qtbot, session, "t1", Stage.STUDIED), StudyForm)
    told = stage(qtbot, session, "t1", Stage.TOLD)
    assert told.windowTitle().startswith("反馈")


def test_who_takes_part_in_a_hearing_comes_on_its_day(qtbot: QtBot, session: YearSession) -> None:
    put(session, ItemKind.DECISION, HEARD._replace(heard_on=None))
    dialog = person(qtbot, session, "t1")
    dialog.invited.set_value(date(2027, 5, 10))
    dialog.attendance.choose(Attendance.PRESENT)
    assert "还没有登记哪一天听取意见，不能登记到会" in accept(dialog)
    dialog.reject()
    put(session, ItemKind.DECISION, HEARD)
    dialog = person(qtbot, session, "t1")
    dialog.invited.set_value(date(2027, 5, 10))
    dialog.attendance.choose(Attendance.PRESENT)
    dialog.told.set_value(date(2027, 5, 19))
    assert "反馈日期早于听取意见" in accept(dialog)
    dialog.told.set_value(date(2027, 5, 20))
    assert accept(dialog) == ""
    assert line(session, "t1").node(Stage.TOLD).day == date(2027, 5, 20)


def test_a_closed_case_cannot_get_a_meeting_to_come(qtbot: QtBot, session: YearSession) -> None:
    put(session, ItemKind.DECISION, decision(session, "d1")._replace(closed_on=session.today))
    put(session, ItemKind.MEETING, Meeting("m9", "区政府常务会议", "第40次", datetime(2027, 12, 6, 9, 30)))
    dialog = cast("ScheduleForm", stage(qtbot, session, "d1", Stage.SCHEDULED))
    dialog.which.choose("m9")
    assert "不能结案：会议还没有开（第20条）" in accept(dialog)
    assert decision(session, "d1").meeting == "m1"
