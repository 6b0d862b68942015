"""填了一半的各种表单：程序被杀掉以后再打开可以接着填；存好、放弃、删除个人信息之后不再有。"""

from __future__ import annotations

import os
import stat
import subprocess
import sys
from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path

import pytest
from PySide6.QtCore import QDateTime
from PySide6.QtWidgets import (
    QAbstractButton,
    QComboBox,
    QDateTimeEdit,
    QLineEdit,
    QPlainTextEdit,
    QSpinBox,
    QTableWidget,
    QWidget,
)
from pytestqt.qtbot import QtBot

from gui.attendance.candidates_form import CandidatesForm
from gui.attendance.decision_dialog import DecisionDialog
from gui.attendance.opinion_dialog import OpinionDialog
from gui.attendance.opinions_forms import OpinionsForm
from gui.attendance.person_dialog import PersonDialog
from gui.attendance.stage_dialogs import STAGES, stage_dialog
from gui.event.evidence.needed_form import NeededKindsForm
from gui.event.reason_dialogs import ExemptDialog, ExplainDialog, StatusReasonDialog
from gui.event.result_dialog import ResultDialog
from gui.event.zone_dialog import ZoneDialog
from gui.exporting.addresses_dialog import AddressesDialog
from gui.kit import entered
from gui.kit.form import FormDialog
from gui.open_month.theme_and_notice import OpenMonthDialog
from gui.overview.theme_dialog import QuarterThemeDialog
from gui.policies.policy_form import PolicyForm
from gui.releases.release_dialog import ReleaseDialog
from gui.rules.blocked_dialog import BlockedDialog
from gui.rules.parameter_dialog import ParameterDialog
from gui.rules.terms_dialog import SchoolTermsDialog
from gui.services.drafts import FormDraft, FormDrafts
from gui.session.year_session import YearSession
from gui.years.document.document_dialog import DocumentDialog
from gui.years.holidays.holiday_editor import HolidayEditor
from gui.years.holidays.holidays_dialog import HolidaysDialog
from gui.years.units.units_dialog import UnitsDialog
from models.delegates import erase_delegates
from models.domain.events import Campaign, EventStatus
from models.domain.snapshot import ItemKind
from planners.attendance.stages import decision_line
from planners.results import CellState
from planners.rule_rows import line_of, rule_lines

pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints")
Make = Callable[[YearSession], FormDialog]
NOTICE = "国务院办公厅关于2027年部分节假日安排的通知\n一、元旦：1月1日（周五）至3日（周日）放假调休，共3天。"


def line(session: YearSession, key: str = "d1") -> object:
    return decision_line(session.snapshot, session.ruleset, session.today, key)


def event(session: YearSession, campaign: Campaign) -> object:
    return next(one for one in session.snapshot.events if one.campaign is campaign and one.day is not None)


def cell(session: YearSession, *states: CellState) -> object:
    return next(one for one in session.check.cells if one.state in states)


def holidays(session: YearSession) -> FormDialog:
    made = HolidaysDialog(2027, session.snapshot.year_row.holidays)
    made.keep_drafts(session)
    return made


def document(session: YearSession) -> FormDialog:
    made = DocumentDialog(2027, session.ruleset, "1. 旧的一条。")
    made.keep_drafts(session)
    return made


FORMS: dict[str, Make] = {
    "new decision": DecisionDialog,
    "decision": lambda s: DecisionDialog(s, s.snapshot.decisions[0]),
    "new delegate": lambda s: PersonDialog(s, line(s)),
    "delegate": lambda s: PersonDialog(s, line(s), line(s).invitations[0]),
    "opinion": lambda s: OpinionDialog(s, line(s)),
    "policy": PolicyForm,
    "result": lambda s: ResultDialog(s, event(s, Campaign.LECTURE)),
    "zone": lambda s: ZoneDialog(s, event(s, Campaign.TECH_FORUM)),
    "units": UnitsDialog,
    "holidays": holidays,
    "document": document,
    "pause": lambda s: BlockedDialog(s, date(2027, 9, 6)),
    "postponement": lambda s: StatusReasonDialog(s, event(s, Campaign.LECTURE), EventStatus.POSTPONED),
    "explanation": lambda s: ExplainDialog(s, cell(s, CellState.OVERDUE)),
    "exemption": lambda s: ExemptDialog(s, cell(s, CellState.GAP, CellState.AT_RISK)),
    "release": ReleaseDialog,
    "parameter": lambda s: ParameterDialog(s, line_of(rule_lines(s.check, s.snapshot), "lecture.monthly")),
    "open month": OpenMonthDialog,
    "school terms": SchoolTermsDialog,
    "theme": lambda s: QuarterThemeDialog(s, 3),
    "addresses": AddressesDialog,
    "needed kinds": NeededKindsForm,
    **{name: lambda s, stage=stage: stage_dialog(s, line(s), stage) for name, stage in STAGES.items()},
}


def scribble(control: QWidget) -> None:
    """Enter something else in ``control``, as somebody at the keyboard would."""
    if isinstance(control, QTableWidget):
        for item in entered._cells(control):
            item.setText("a@b.cn")
    elif isinstance(control, QAbstractButton):
        control.setChecked(not control.isChecked())
    elif isinstance(control, QComboBox):
        if control.isEditable():
            control.setCurrentText("另一种")
        elif control.count():
            control.setCurrentIndex((control.currentIndex() + 1) % control.count())
    elif isinstance(control, QSpinBox):
        control.setValue(control.value() + 1 if control.value() < control.maximum() else control.minimum())
    elif isinstance(control, QDateTimeEdit):
        control.setDateTime(QDateTime(control.dateTime()).addDays(1))
    else:
        write(control)


def write(control: QWidget) -> None:
    """Write something in ``control``."""
    if isinstance(control, QPlainTextEdit):
        control.setPlainText(f"{control.toPlainText()}又写了一句")
    elif isinstance(control, QLineEdit):
        control.setText(f"{control.text()}又写")
    elif isinstance(control, HolidayEditor):
        control.text.setPlainText(NOTICE)
        control.read_now()
    else:
        for child in control.findChildren(QLineEdit):
            child.setText("又写")


def filled(qtbot: QtBot, session: YearSession, make: Make) -> FormDialog:
    form = make(session)
    qtbot.addWidget(form)
    for control in list(entered._controls(form._content)):
        scribble(control)
    assert form.draft is not None
    form.draft.look()
    return form


def again(qtbot: QtBot, session: YearSession, make: Make) -> FormDialog:
    form = make(session)
    qtbot.addWidget(form)
    form.show()
    return form


@pytest.mark.parametrize("name", FORMS)
def test_a_form_left_half_filled_is_offered_and_filled_as_it_was(
    qtbot: QtBot, session: YearSession, name: str
) -> None:
    left = filled(qtbot, session, FORMS[name])
    later = again(qtbot, session, FORMS[name])
    blank = later.drafted()
    assert later.draft is not None
    assert later.draft.isVisible()
    later.draft.go_on_button.click()
    assert later.drafted() == left.drafted() != blank
    assert not later.draft.isVisible()


def test_rows_that_were_written_and_taken_away_come_back_so(qtbot: QtBot, session: YearSession) -> None:
    left = CandidatesForm(session, line(session))
    qtbot.addWidget(left)
    left.write_new()
    left.rows[-1].name.edit.setText("欧阳建国")
    left.write_new()
    left.rows[-1].name.edit.setText("司马相如")
    left.draft.look()
    later = again(qtbot, session, lambda s: CandidatesForm(s, line(s)))
    later.draft.go_on()
    names = [row.name.value() for row in later.rows]
    assert names == [row.name.value() for row in left.rows]
    assert names[-2:] == ["欧阳建国", "司马相如"]
    assert later.rows[-1].name.edit.text() == "司*"


def test_opinions_written_one_below_the_other_come_back(qtbot: QtBot, session: YearSession) -> None:
    left = OpinionsForm(session, line(session))
    qtbot.addWidget(left)
    for words in ("多设几处", "早点开门"):
        left.add_opinion()
        left.rows[-1].text.setPlainText(words)
    left.draft.look()
    later = again(qtbot, session, lambda s: OpinionsForm(s, line(s)))
    later.draft.go_on()
    assert [row.text.toPlainText() for row in later.rows] == [row.text.toPlainText() for row in left.rows]


def test_a_list_of_units_comes_back_with_its_new_ones(qtbot: QtBot, session: YearSession) -> None:
    left = UnitsDialog(session)
    qtbot.addWidget(left)
    left.units.model.add(["区新设局"])
    left.draft.look()
    later = again(qtbot, session, UnitsDialog)
    later.draft.go_on()
    assert later.lists() == left.lists()
    assert later.changes()


def test_a_form_of_another_item_is_not_offered_the_draft(qtbot: QtBot, session: YearSession) -> None:
    filled(qtbot, session, FORMS["decision"])
    other = again(qtbot, session, lambda s: DecisionDialog(s, s.snapshot.decisions[1]))
    assert not other.draft.isVisible()


def drafts(session: YearSession) -> tuple[FormDraft, ...]:
    return FormDrafts(session.store.path).read()


def test_what_is_stored_leaves_no_draft(qtbot: QtBot, session: YearSession) -> None:
    form = DecisionDialog(session)
    qtbot.addWidget(form)
    form.title_edit.setText("养老服务设施布局专项规划")
    form.draft.look()
    assert [(one.kind, one.place, one.title) for one in drafts(session)] == [
        ("DecisionDialog", ("",), "新增决策事项")
    ]
    form.accept_button.click()
    assert (form.result(), drafts(session), form.draft._file.path.exists()) == (1, (), False)


def test_what_is_given_up_leaves_no_draft(qtbot: QtBot, session: YearSession) -> None:
    form = filled(qtbot, session, FORMS["policy"])
    form.open()
    form.back_button.click()
    assert not form.isVisible()
    assert drafts(session) == ()


def test_a_form_that_could_not_be_stored_keeps_its_draft(qtbot: QtBot, session: YearSession) -> None:
    form = DecisionDialog(session)
    qtbot.addWidget(form)
    form.short.setText("养老")
    form.draft.look()
    form.accept_button.click()
    assert form.refusal_text()
    assert len(drafts(session)) == 1


def test_an_offer_that_nobody_answered_is_made_again(qtbot: QtBot, session: YearSession) -> None:
    filled(qtbot, session, FORMS["policy"])
    for _ in range(2):
        later = again(qtbot, session, PolicyForm)
        assert later.draft.isVisible()
        later.back_button.click()
    again(qtbot, session, PolicyForm).draft.drop_button.click()
    assert drafts(session) == ()


def test_what_is_taken_back_by_hand_is_no_draft(qtbot: QtBot, session: YearSession) -> None:
    form = PolicyForm(session)
    qtbot.addWidget(form)
    form.title.setText("办法")
    form.draft.look()
    form.title.setText("")
    form.draft.look()
    assert drafts(session) == ()


def test_the_clock_keeps_what_is_entered(qtbot: QtBot, session: YearSession) -> None:
    form = PolicyForm(session)
    qtbot.addWidget(form)
    form.title.setText("办法")
    qtbot.waitUntil(lambda: bool(drafts(session)))


@pytest.mark.skipif(sys.platform == "win32", reason="Windows keeps rights elsewhere")
def test_only_the_user_may_read_drafts_and_no_link_is_written_through(
    qtbot: QtBot, session: YearSession, tmp_path: Path
) -> None:
    other = tmp_path / "别人的.txt"
    other.write_text("原样", encoding="utf-8")
    FormDrafts(session.store.path).path.symlink_to(other)
    filled(qtbot, session, FORMS["new delegate"])
    path = FormDrafts(session.store.path).path
    assert other.read_text(encoding="utf-8") == "原样"
    assert (path.is_symlink(), stat.S_IMODE(path.stat().st_mode)) == (False, 0o600)


def test_erasing_a_person_erases_the_drafts(qtbot: QtBot, session: YearSession) -> None:
    form = PersonDialog(session, line(session))
    qtbot.addWidget(form)
    form.name.edit.setText("欧阳建国")
    form.draft.look()
    path = FormDrafts(session.store.path).path
    assert "欧阳建国" in path.read_text(encoding="utf-8")
    told = next(row.delegate for row in line(session).invitations)
    session.attempt(erase_delegates, 2027, [told])
    assert not path.exists()


@pytest.mark.parametrize("values", [None, 7, [], [None, 7], [["x"], [["标题", 3], 4]], {"a": 1}])
def test_a_draft_that_somebody_changed_leaves_the_form_as_it_is(
    qtbot: QtBot, session: YearSession, values: object
) -> None:
    key = "DecisionDialog|2027|"
    draft = FormDraft(key, 2027, "新增决策事项", datetime(2027, 6, 15, 14, 32), values)
    FormDrafts(session.store.path).keep(draft)
    form = again(qtbot, session, DecisionDialog)
    blank = form.drafted()
    form.draft.go_on()
    assert form.drafted() == blank


KILLED = """
import sys
from datetime import datetime
from pathlib import Path
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication
application = QApplication([])
from gui.attendance.decision_dialog import DecisionDialog
from gui.session.messages import Messages
from gui.session.year_session import YearSession
from models.store import open_store
session = YearSession(open_store(Path(sys.argv[1])), Messages(), clock=lambda: datetime(2027, 6, 15))
session.open_year(2027)
form = DecisionDialog(session)
form.show()
form.title_edit.setText("养老服务设施布局专项规划")
form.hearing_note.setPlainText("听取了三次")
timer = QTimer(interval=50)
timer.timeout.connect(lambda: form.draft._file.path.exists() and print("kept", flush=True))
timer.start()
application.exec()
"""


def test_a_form_survives_the_program_being_killed(qtbot: QtBot, session: YearSession) -> None:
    path = session.store.path
    session.store.close()
    env = {**os.environ, "QT_QPA_PLATFORM": "offscreen"}
    process = subprocess.Popen(
        [sys.executable, "-c", KILLED, str(path)], stdout=subprocess.PIPE, text=True, env=env
    )
    assert process.stdout is not None
    assert process.stdout.readline().strip() == "kept"
    process.kill()
    process.communicate()
    from gui.session.messages import Messages
    from models.store import open_store

    with open_store(path) as store:
        later = YearSession(store, Messages(), clock=lambda: datetime(2027, 6, 15))
        later.open_year(2027)
        form = again(qtbot, later, DecisionDialog)
        form.draft.go_on()
        assert form.title_edit.text() == "养老服务设施布局专项规划"
        assert form.hearing_note.toPlainText() == "听取了三次"
        assert later.snapshot.item(ItemKind.DECISION, "养老") is None
