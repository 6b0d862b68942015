"""公众列席页：街镇、园区的事项有自己的五个环节；矮窗口里事项的一行与“结案”“生成函件”两个标签都看得到。"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, timezone

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from gui.attendance.page import AttendancePage
from gui.attendance.stage_table import StageColumn
from gui.session.year_session import YearSession
from models import commands
from models.domain.attendance import Attendance, Decision, DecisionBody, Invitation
from models.domain.snapshot import ItemKind
from planners.attendance.stages import Stage, StageState
from tests.gui.attendance.forms import decision, invitation

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support", extend=True)  # offscreen says so
SURVEYED = Decision(
    "t1", "菜场改造", DecisionBody.TOWN, listed_on=date(2027, 1, 20), hearing_forms=("问卷调查",),
    heard_on=date(2027, 4, 2), hearing_note="停车一条已采纳", published_on=date(2027, 5, 6),
)  # fmt: skip
WAITING = Decision("t2", "社区食堂", DecisionBody.PARK, listed_on=date(2027, 2, 1))
URGENT = Decision(
    "t3", "防汛调拨", DecisionBody.TOWN, listed_on=date(2027, 2, 1), exemption="应急", exempted_by="镇党委"
)


@pytest.fixture
def page(qtbot: QtBot, session: YearSession) -> AttendancePage:
    for one in (SURVEYED, WAITING, URGENT):
        session.attempt(commands.put_item, 2027, ItemKind.DECISION, one)
    made = AttendancePage(session)
    qtbot.addWidget(made)
    made.resize(1844, 990)
    made.show()
    return made


def heads(page: AttendancePage) -> list[object]:
    model = page.table.stages
    return [model.headerData(n, Qt.Orientation.Horizontal) for n in range(model.columnCount())]


def test_a_hearing_is_shown_in_its_own_stages(page: AttendancePage) -> None:
    nine = heads(page)
    assert (len(nine), nine[1]) == (12, "区政府常务会议")
    page.header.bodies.choose(True)
    assert heads(page) == [
        "重大行政决策事项", "听取意见的形式", "列入目录", "听取意见", "采纳研究", "反馈", "公开", "参与情况",
    ]  # fmt: skip
    done, waiting, urgent = page.table.stages.rows
    assert done.meeting == "问卷调查"
    assert [(cell.state, cell.caption) for cell in done.cells] == [
        (StageState.DONE, caption) for caption in ("1月20日", "4月2日", "", "5月6日", "5月6日")
    ]
    assert [cell.caption for cell in waiting.cells] == ["2月1日", "待办", "", "", ""]
    assert waiting.cells[1].spoken == "听取意见，在办"
    assert [cell.state for cell in urgent.cells] == [
        StageState.DONE,
        *[StageState.EXEMPT] * 3,
        StageState.CURRENT,
    ]
    assert urgent.exempt == "特殊情况不听取意见：应急（镇党委）"
    assert page.header.numbers.text() == "2027 年度街镇、园区决策 3 项 · 已听取意见 1"
    page.table.select("t1")
    assert page.panes.facts.whole == "承办：未定 · 听取意见：问卷调查（4月2日）"
    page.header.bodies.choose(False)
    assert heads(page) == nine


def test_ctrl_enter_and_the_arrows_work_on_the_stages_of_a_hearing(page: AttendancePage) -> None:
    told: list[object] = []
    page._session.messages.bar_requested.connect(told.append)
    page.go_to("t2")
    assert (page.table.key, page.table.stage) == ("t2", Stage.OPINIONS)
    QTest.keyClick(page.table, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert [one.label for one in told[0].actions] == ["打开听取意见"]  # type: ignore[attr-defined]
    form = decision(page._session, "t2")._replace(hearing_forms=("交流座谈",))
    page._session.attempt(commands.put_item, 2027, ItemKind.DECISION, form)
    QTest.keyClick(page.table, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert decision(page._session, "t2").heard_on == date(2027, 6, 15)
    QTest.keyClick(page.table, Qt.Key.Key_Right)
    QTest.keyClick(page.table, Qt.Key.Key_Right)
    assert page.table.stage is Stage.TOLD
    QTest.keyClick(page.table, Qt.Key.Key_End)
    page.header.bodies.choose(False)
    assert page.table.currentIndex().column() == StageColumn.TITLE


def test_a_hearing_is_closed_once_it_was_held(page: AttendancePage) -> None:
    page.go_to("t2")
    page.panes.close_button.click()
    assert decision(page._session, "t2").closed_on is None
    page.go_to("t1")
    page.panes.close_button.click()
    assert decision(page._session, "t1").closed_on == date(2027, 6, 15)
    assert [cell.state for cell in page.table.stages.rows[0].cells] == [StageState.DONE] * 5


def test_several_of_whom_one_is_invited_are_said_and_wait(page: AttendancePage) -> None:
    session = page._session
    one = invitation(session, "i41")._replace(invited_on=date(2027, 6, 10))
    session.attempt(commands.put_item, 2027, ItemKind.INVITATION, one)
    row = page.table.stages.rows[3]
    assert row.people == "代表 2 / 邀请 1"  # the other is planned for the 21st
    assert (row.cells[3].state, row.cells[3].caption) == (StageState.CURRENT, "限 6月22日")
    QTest.keyClick(_on(page, "d4", Stage.INVITED), Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert page.table.stages.rows[3].people == "代表 2 / 邀请 2"
    assert page.table.stages.rows[3].cells[3].caption == "6月15日"


def _on(page: AttendancePage, key: str, stage: Stage) -> AttendancePage:
    page.table.select(key, int(StageColumn.FIRST_STAGE) + page.table.stages.order.index(stage))
    return page.table  # type: ignore[return-value]


def test_a_feedback_before_the_outcome_is_marked(page: AttendancePage) -> None:
    session = page._session
    early = invitation(session, "i21")._replace(told_on=date(2027, 5, 3))
    session.attempt(commands.put_item, 2027, ItemKind.INVITATION, early)
    page.go_to("d2")
    told = [row.words[5] for row in page.panes.people.details.rows]
    assert [(tone.text, tone.look) for tone in told] == [("5月3日 过早", "bad"), ("未反馈", "bad")]
    session.attempt(
        commands.put_item,
        2027,
        ItemKind.INVITATION,
        early._replace(told_on=None, attendance=Attendance.ABSENT),
    )
    assert page.panes.people.details.rows[0].words[5].text == "—"


def test_a_low_window_has_the_line_and_the_actions_of_the_case_above_both_tabs(page: AttendancePage) -> None:
    page.go_to("d2")
    panes = page.panes
    line = "承办：区教育局 · 4月26日 第11次常务会议 · 企业 1、居民 1"
    assert panes.facts.text() == line
    page.resize(1290, 666)  # at 1366 × 768
    assert panes.in_tabs
    assert panes.tabs is not None
    for tab, adds, others in (
        (0, panes.add_person, panes.add_opinion),
        (1, panes.add_opinion, panes.add_person),
    ):
        panes.tabs.setCurrentIndex(tab)
        shown: list[Callable[[], bool]] = [
            one.isVisible
            for one in (panes.title, panes.late, panes.letters_button, panes.close_button, panes.edit_button)
        ]
        assert [is_visible() for is_visible in shown] == [True] * 5
        assert panes.facts.text() == line
        assert (adds.isVisible(), others.isVisible()) == (True, False)
    page.resize(1844, 990)
    assert not panes.in_tabs
    assert panes.add_person.isVisible()
    assert panes.add_opinion.isVisible()
    assert panes.opinions_title.isVisible()
    assert panes.facts.text() == line


def test_candidates_alone_are_not_called_invited(page: AttendancePage) -> None:
    session = page._session
    session.attempt(commands.put_item, 2027, ItemKind.INVITATION, Invitation("i9", "d5", "p11"))
    assert page.table.stages.rows[4].people == "代表 1 / 邀请 0"
    (finding,) = [f for f in session.check.findings if f.decision == "d5" and f.situation == "not_invited"]
    assert finding.actual == 1


def test_the_day_on_which_a_meeting_was_settled_stands_below_its_stage(page: AttendancePage) -> None:
    session = page._session
    assert page.table.stages.rows[0].cells[1].caption == ""  # came settled with the year
    session.store.clock = lambda: datetime(2027, 6, 11, 9, tzinfo=timezone.utc)
    page.table.select("d5", int(StageColumn.FIRST_STAGE) + 1)
    QTest.keyClick(page.table, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    cell = page.table.stages.rows[4].cells[1]
    assert (cell.state, cell.caption) == (StageState.DONE, "6月11日")
    assert page.desk.line("d5").node(Stage.SCHEDULED).day == date(2027, 6, 11)
    session.undo()
    assert page.table.stages.rows[4].cells[1].caption == "限 6月26日"
