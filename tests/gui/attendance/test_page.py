"""公众列席页：键盘走格、办结、九个环节从头到尾、街镇听取意见、超期、空、只读、姓名遮住。"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path

import pytest
from PySide6.QtCore import QDate, QDeadlineTimer, Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from gui.attendance.candidates_form import CandidatesForm
from gui.attendance.decision_dialog import DecisionDialog
from gui.attendance.opinions_forms import OpinionsForm, StudyForm
from gui.attendance.page import AttendancePage
from gui.attendance.schedule_form import NEW, ScheduleForm
from gui.attendance.stage_table import StageColumn
from gui.kit.form import FormDialog
from gui.kit.page import ATTENDANCE
from gui.session.messages import Messages
from gui.session.year_session import YearSession
from gui.shell.pages import PAGES
from models import commands
from models.domain.attendance import Decision, DecisionBody, Delegate, Outcome
from models.domain.snapshot import ItemKind
from models.store import open_store
from planners.attendance.stages import STAGES, Stage, StageNode, StageState, decision_line
from tests.factories import year
from tests.gui.conftest import PATIENCE

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support", extend=True)  # offscreen says so
CTRL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def page(qtbot: QtBot, session: YearSession) -> AttendancePage:
    return shown(qtbot, session)


def shown(qtbot: QtBot, session: YearSession) -> AttendancePage:
    made = AttendancePage(session)
    qtbot.addWidget(made)
    made.resize(1844, 990)
    made.show()
    made.table.setFocus()
    return made


def press(page: QWidget, key: Qt.Key, *, ctrl: bool = False) -> None:
    QTest.keyClick(page, key, CTRL if ctrl else Qt.KeyboardModifier.NoModifier)


def in_form(action: Callable[[FormDialog], None], open_it: Callable[[], None]) -> list[FormDialog]:
    """Open a form and do ``action`` in it while it is open; the forms that were seen."""
    seen: list[FormDialog] = []

    def act() -> None:
        dialog = QApplication.activeModalWidget()
        if not isinstance(dialog, FormDialog):
            QTimer.singleShot(20, act)
            return
        seen.append(dialog)
        action(dialog)
        if dialog.isVisible():
            seen.append(dialog)
            dialog._leaving = True  # type: ignore[attr-defined]
            dialog.reject()

    QTimer.singleShot(0, act)
    open_it()
    deadline = QDeadlineTimer(PATIENCE)
    while (not seen or seen[0].isVisible()) and not deadline.hasExpired():
        QApplication.processEvents()
    return seen


def test_the_rows_are_the_decisions_and_the_numbers_those_of_the_year(page: AttendancePage) -> None:
    assert [row.key for row in page.table.stages.rows] == [f"d{n}" for n in range(1, 9)]
    assert page.header.numbers.text() == "2027 年度区级目录 8 项 · 应邀 7 · 例外 1"
    assert page.table.stages.rows[7].exempt.startswith("特殊情况不邀请：涉及应急处置细节")


def test_the_arrows_walk_over_decisions_and_stages(page: AttendancePage) -> None:
    page.table.select("d1", int(StageColumn.TITLE))
    for key in (Qt.Key.Key_Down, Qt.Key.Key_Right, Qt.Key.Key_Right, Qt.Key.Key_Right):
        press(page.table, key)
    assert (page.table.key, page.table.stage) == ("d2", Stage.SCHEDULED)
    press(page.table, Qt.Key.Key_Left)
    press(page.table, Qt.Key.Key_Up)
    assert (page.table.key, page.table.stage) == ("d1", Stage.LISTED)


def test_ctrl_enter_completes_the_stage_today_in_one_step(page: AttendancePage) -> None:
    session = page._session
    page.go_to("d3")
    assert page.table.stage is Stage.PUBLISHED
    press(page.table, Qt.Key.Key_Return, ctrl=True)
    assert decision(session, "d3").published_on == date(2027, 6, 15)
    session.undo()
    assert decision(session, "d3").published_on is None


def test_what_needs_a_form_says_so_and_offers_it(page: AttendancePage) -> None:
    told: list[object] = []
    page._session.messages.bar_requested.connect(told.append)
    page.go_to("d2")
    press(page.table, Qt.Key.Key_Return, ctrl=True)
    assert [one.label for one in told[0].actions] == ["打开采纳研究"]  # type: ignore[attr-defined]


def forget_invitations(session: YearSession) -> None:
    """Nobody was invited to d2, whose meeting is over."""
    snapshot = session.snapshot
    for kind in (ItemKind.OPINION, ItemKind.INVITATION):
        for item in snapshot.items(kind):
            if item.decision == "d2":
                session.perform(commands.remove_item, session.year, kind, item.key, "删去")


def test_overdue_decisions_can_be_seen_alone(page: AttendancePage) -> None:
    assert not page.header.late.isVisible()
    page.go_to("d2")
    assert page.panes.late.text() == "采纳研究超期 20 天"  # a day of the office's own: said, but no 逾期
    forget_invitations(page._session)
    page.header.late.click()
    assert [row.key for row in page.table.stages.rows] == ["d2"]


def test_towns_and_parks_stand_apart(page: AttendancePage) -> None:
    session = page._session
    page.header.bodies.choose(True)
    assert page.lines == ()
    assert page.empty.isVisible()
    heard = Decision(
        "t1", "菜场改造", DecisionBody.TOWN, hearing_forms=("交流座谈",), heard_on=date(2027, 5, 1)
    )
    session.attempt(commands.put_item, 2027, ItemKind.DECISION, heard)
    assert [row.key for row in page.table.stages.rows] == ["t1"]
    assert page.header.numbers.text().endswith("决策 1 项 · 已听取意见 1")
    page.go_to("d2")
    assert (page.shows_hearings, page.table.key) == (False, "d2")


def test_a_meeting_leads_to_its_decision(page: AttendancePage) -> None:
    page.go_to("m4")
    assert page.table.key == "d4"


def test_names_are_seen_only_while_they_are_held_open(page: AttendancePage) -> None:
    session = page._session
    person = Delegate("p21", "欧阳建国", "13812345678", "居民")
    session.attempt(commands.put_item, 2027, ItemKind.DELEGATE, person)
    page.go_to("d2")
    names = lambda: page.panes.people.details.rows[0].words[0].text  # noqa: E731
    assert names() == "欧*"
    QTest.keyPress(page.panes.show_button, Qt.Key.Key_Space)
    assert names() == "欧阳建国"
    QTest.keyRelease(page.panes.show_button, Qt.Key.Key_Space)
    assert names() == "欧*"
    QTest.keyPress(page.panes.show_button, Qt.Key.Key_Space)
    page.hide()
    assert names() == "欧*"


def test_delete_takes_an_opinion_away_and_undo_brings_it_back(page: AttendancePage) -> None:
    session = page._session
    page.go_to("d2")
    page.panes.opinions.setFocus()
    press(page.panes.opinions, Qt.Key.Key_Delete)
    assert page.panes.opinions.details.rows == ()
    session.undo()
    assert [row.key for row in page.panes.opinions.details.rows] == ["o2"]


def test_a_case_is_closed_only_when_all_are_told(page: AttendancePage) -> None:
    session = page._session
    page.go_to("d2")
    page.panes.close_button.click()
    assert decision(session, "d2").closed_on is None
    page.go_to("d1")
    page.panes.close_button.click()
    assert decision(session, "d1").closed_on == date(2027, 6, 15)
    assert page.panes.close_button.text() == "撤回结案"


def test_an_empty_year_offers_the_first_decision(qtbot: QtBot, themed: None, tmp_path: Path) -> None:
    with open_store(tmp_path / "empty.db") as store:
        commands.create_year(store, year())
        session = YearSession(store, Messages(), clock=lambda: datetime(2027, 6, 15, 14, 32))
        session.open_year(2027)
        page = shown(qtbot, session)
        assert page.empty.isVisible()
        assert not page.panes.isVisible()
        page.hide()


def test_nothing_can_be_changed_in_data_that_are_read_only(page: AttendancePage) -> None:
    session = page._session
    session.hold("正在备份")
    buttons = (
        page.header.new_button,
        page.header.import_button,
        page.panes.add_person,
        page.panes.add_opinion,
    )
    assert [made.isEnabled() for made in (*buttons, page.panes.close_button, page.panes.erase_button)] == [
        False
    ] * 6
    page.go_to("d3")
    press(page.table, Qt.Key.Key_Return, ctrl=True)
    assert decision(session, "d3").published_on is None


def test_the_page_is_the_fifth_of_the_rail() -> None:
    assert [entry.name for entry in PAGES].index(ATTENDANCE) == 4


def decision(session: YearSession, key: str) -> Decision:
    found = session.snapshot.item(ItemKind.DECISION, key)
    assert isinstance(found, Decision)
    return found


def store(dialog: FormDialog) -> None:
    """Ctrl+Enter."""
    press(dialog, Qt.Key.Key_Return, ctrl=True)


def name_decision(dialog: FormDialog) -> None:
    assert isinstance(dialog, DecisionDialog)
    dialog.title_edit.insert("菜场改造")
    store(dialog)


def schedule(dialog: FormDialog) -> None:
    assert isinstance(dialog, ScheduleForm)
    dialog.which.choose(NEW)
    dialog.meeting.day.setDate(QDate(2027, 7, 12))
    store(dialog)


def move(dialog: FormDialog) -> None:
    assert isinstance(dialog, ScheduleForm)
    dialog.meeting.day.setDate(QDate(2027, 7, 19))
    assert "代表遴选　6月28日 → 7月5日" in dialog.moves.text()
    store(dialog)
    store(dialog)


def choose_people(dialog: FormDialog) -> None:
    assert isinstance(dialog, CandidatesForm)
    for name in ("代表1", "代表2"):
        dialog.write_new()
        dialog.rows[-1].name.edit.insert(name)
    store(dialog)


def say(dialog: FormDialog) -> None:
    assert isinstance(dialog, OpinionsForm)
    dialog.rows[0].text.insertPlainText("设两年过渡期")
    store(dialog)


def study(dialog: FormDialog) -> None:
    assert isinstance(dialog, StudyForm)
    dialog.studies[0][1].outcome.choose(Outcome.ADOPTED)
    store(dialog)


class Walk:
    """A decision on the page, gone through by keyboard."""

    def __init__(self, page: AttendancePage, key: str) -> None:
        self.page, self.session, self.key = page, page._session, key

    def on(self, stage: Stage) -> None:
        self.page.table.select(self.key, int(StageColumn.FIRST_STAGE) + STAGES.index(stage))

    def form(self, stage: Stage, action: Callable[[FormDialog], None]) -> None:
        self.on(stage)
        in_form(action, lambda: press(self.page.table, Qt.Key.Key_Return))

    def complete(self, stage: Stage) -> StageState:
        self.on(stage)
        press(self.page.table, Qt.Key.Key_Return, ctrl=True)
        return self.node(stage).state

    def node(self, stage: Stage) -> StageNode:
        session = self.session
        return decision_line(session.snapshot, session.ruleset, session.today, self.key).node(stage)

    def at(self, day: date) -> None:
        self.session.today = day
        self.session.refresh()


def test_a_decision_goes_through_all_nine_stages_by_keyboard_with_a_moved_meeting(
    page: AttendancePage,
) -> None:
    in_form(name_decision, page.make_new)
    walk = Walk(page, page._session.snapshot.decisions[-1].key)
    assert page.table.key == walk.key
    walk.form(Stage.SCHEDULED, schedule)
    assert walk.node(Stage.SELECTED).day == date(2027, 6, 28)
    walk.form(Stage.SCHEDULED, move)
    assert walk.node(Stage.SELECTED).day == date(2027, 7, 5)
    assert walk.complete(Stage.SCHEDULED) is StageState.DONE
    walk.form(Stage.SELECTED, choose_people)
    walk.at(date(2027, 7, 5))
    assert walk.complete(Stage.SELECTED) is StageState.DONE
    assert walk.complete(Stage.INVITED) is StageState.DONE
    assert walk.complete(Stage.PRESENT) is StageState.CURRENT
    walk.at(date(2027, 7, 20))
    assert walk.complete(Stage.PRESENT) is StageState.DONE
    walk.form(Stage.OPINIONS, say)
    walk.form(Stage.STUDIED, study)
    walk.at(date(2027, 7, 28))
    assert walk.complete(Stage.TOLD) is StageState.DONE
    assert walk.complete(Stage.PUBLISHED) is StageState.DONE
    assert {walk.node(stage).state for stage in Stage} == {StageState.DONE}
    page.panes.close_button.click()
    assert decision(page._session, walk.key).closed_on == date(2027, 7, 28)


def test_hostile_words_stay_words_in_tips(page: AttendancePage) -> None:
    session = page._session
    title = "<b>学校</b>布局&调整"
    session.attempt(commands.put_item, 2027, ItemKind.DECISION, decision(session, "d2")._replace(title=title))
    page.go_to("d2")
    tip = page.table.model().data(page.table.model().index(1, 0), Qt.ItemDataRole.ToolTipRole)
    assert "&lt;b&gt;" in tip
    assert page.panes.title.text() == title


def test_a_low_window_has_the_delegates_and_the_opinions_in_tabs(page: AttendancePage) -> None:
    people, opinions = page.panes.people.details.rowCount(), page.panes.opinions.details.rowCount()
    assert page.panes.people.isVisible()
    assert page.panes.opinions.isVisible()
    page.resize(1100, 500)
    tabs = page.panes.tabs
    assert tabs is not None
    assert [tabs.tabText(n) for n in range(tabs.count())] == [f"代表（{people}）", f"意见（{opinions}）"]
    assert page.panes.people.isVisible()
    assert not page.panes.opinions.isVisible()
    assert [page.panes.show_button.isVisible(), page.panes.privacy.isVisible()] == [True, False]
    tabs.setCurrentIndex(1)
    assert [page.panes.show_button.isVisible(), page.panes.add_opinion.isVisible()] == [False, True]
    page.resize(1844, 990)
    assert not page.panes.in_tabs
    assert [page.panes.show_button.isVisible(), page.panes.privacy.isVisible()] == [True, True]
    assert page.panes.people.isVisible()
    assert page.panes.opinions.isVisible()


def test_another_list_shows_the_chosen_decision_once(
    page: AttendancePage, monkeypatch: pytest.MonkeyPatch
) -> None:
    shown_people: list[int] = []
    show = page.panes.show_people
    monkeypatch.setattr(
        page.panes, "show_people", lambda rows, words: (shown_people.append(1), show(rows, words))
    )
    in_time = next(line for line in page.lines if not line.late)
    forget_invitations(page._session)
    page.table.select(in_time.decision.key)
    shown_people.clear()
    page.header.late.setChecked(True)
    assert page.table.key != in_time.decision.key
    assert len(shown_people) == 1


def test_the_clause_gives_its_room_to_the_rows_of_a_low_page(page: AttendancePage) -> None:
    assert page.clause.isVisible()
    page.resize(1100, 420)
    assert not page.clause.isVisible()
    page.resize(1100, 640)
    assert page.clause.isVisible()
