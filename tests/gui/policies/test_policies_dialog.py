"""政策文件与年度节点的窗口：登记、今日已办、改期限，每步可撤销。"""

from __future__ import annotations

from datetime import date

import pytest
from PySide6.QtCore import QDate, Qt
from pytestqt.qtbot import QtBot

from exports.package import write_package
from gui.policies.policies_dialog import PoliciesDialog
from gui.policies.policy_form import PolicyForm
from gui.session.year_session import YearSession
from models import commands
from models.domain.policies import PolicyDocument
from models.domain.snapshot import ItemKind
from planners.policy_rows import ClockState

FIRST = PolicyDocument("Y1", "若干措施", published_on=date(2027, 6, 8), office_name=True, online_service=True)
SECOND = PolicyDocument("Y2", "实施<b>办法", published_on=date(2027, 5, 10), office_name=True)


@pytest.fixture
def filled(session: YearSession) -> YearSession:
    for policy in (FIRST, SECOND):
        session.attempt(commands.put_item, 2027, ItemKind.POLICY, policy)
    return session


def opened(qtbot: QtBot, session: YearSession, **where: str) -> PoliciesDialog:
    dialog = PoliciesDialog(session, **where)
    qtbot.addWidget(dialog)
    return dialog


def stored(session: YearSession, key: str) -> PolicyDocument:
    found = session.snapshot.item(ItemKind.POLICY, key)
    assert isinstance(found, PolicyDocument)
    return found


def test_documents_stand_by_what_is_due_next_with_their_clocks_in_words(
    qtbot: QtBot, filled: YearSession
) -> None:
    dialog = opened(qtbot, filled)
    model = dialog.policies.model
    assert [row.policy.key for row in model.rows] == ["Y2", "Y1"]
    words = [model.index(1, column).data().replace("\n", "，") for column in range(7)]
    assert words[2:6] == [
        "6月8日",
        "6月16日前，剩 2 个工作日",
        "6月16日前，剩 2 个工作日",
        "0/3 · 9月1日前，剩 57 个工作日（自定）",
    ]
    assert model.index(0, 3).data() == "5月17日到期\n已过 29 天"
    assert model.index(0, 4).data() == "—"
    assert "<b>" not in model.index(0, 0).data(Qt.ItemDataRole.ToolTipRole)


def test_one_click_files_links_and_pushes_and_every_click_is_a_step(
    qtbot: QtBot, filled: YearSession
) -> None:
    before = write_package(filled.snapshot)
    dialog = opened(qtbot, filled, policy="Y1")
    pane = dialog.policies
    pane.file_button.click()
    pane.link_button.click()
    pane.push_button.click()
    policy = stored(filled, "Y1")
    assert (policy.filed_on, policy.linked_on, policy.integrated) == (
        date(2027, 6, 15),
        date(2027, 6, 15),
        True,
    )
    assert not any(made.isEnabled() for made in (pane.file_button, pane.link_button, pane.push_button))
    assert pane.current is not None
    assert pane.current.policy.key == "Y1"
    assert pane.current.filing.state is ClockState.DONE
    for _ in range(3):
        dialog.undo_button.click()
    assert write_package(filled.snapshot) == before


def test_a_document_is_added_with_the_form(qtbot: QtBot, session: YearSession) -> None:
    form = PolicyForm(session)
    qtbot.addWidget(form)
    form.accept_button.click()
    assert "标题" in form.refusal_text()
    form.title.setText("促进就业若干措施")
    form.unit.setText("区经委")
    form.published.tick.setChecked(True)
    form.published.day.setDate(QDate(2027, 6, 8))
    form.office.setChecked(True)
    assert "6月16日" in form.row_of(form.office).remark.text()
    form.filed.tick.setChecked(True)
    form.filed.day.setDate(QDate(2027, 6, 7))
    form.accept_button.click()
    assert "早于发布日" in form.refusal_text()
    form.filed.day.setDate(QDate(2027, 6, 16))
    form.accept_button.click()
    assert "还没有到" in form.refusal_text()
    form.filed.day.setDate(QDate(2027, 6, 10))
    form.materials.set_values(("草案解读",))
    form.accept_button.click()
    policy = stored(session, form.key)
    assert (policy.title, policy.unit, policy.filed_on, policy.materials) == (
        "促进就业若干措施", "区经委", date(2027, 6, 10), ("草案解读",),
    )  # fmt: skip
    (hint,) = [f for f in session.check.findings if f.situation == "policy_materials"]
    assert hint.missing == ("精细化解读",)


def test_opening_a_form_and_saving_changes_nothing(qtbot: QtBot, filled: YearSession) -> None:
    for key in ("Y1", "Y2"):
        form = PolicyForm(filled, stored(filled, key))
        qtbot.addWidget(form)
        assert form.entered() == stored(filled, key)


def test_a_document_with_a_lecture_on_it_is_not_deleted_and_that_is_said(
    qtbot: QtBot, filled: YearSession
) -> None:
    lecture = next(e for e in filled.snapshot.events if e.campaign == "lecture")
    filled.attempt(commands.change_event, 2027, lecture._replace(policy="Y1"))
    dialog = opened(qtbot, filled, policy="Y1")
    dialog.policies.remove_button.click()
    assert stored(filled, "Y1").key == "Y1"
    assert dialog.message.text()
    dialog.policies.select("Y2")
    dialog.policies.remove_button.click()
    assert filled.snapshot.item(ItemKind.POLICY, "Y2") is None


def test_a_year_without_documents_says_what_to_do(qtbot: QtBot, session: YearSession) -> None:
    dialog = opened(qtbot, session)
    assert dialog.policies._stack.currentWidget() is dialog.policies.empty


def test_a_milestone_takes_another_day_and_goes_back_to_the_rule_s(
    qtbot: QtBot, session: YearSession
) -> None:
    before = write_package(session.snapshot)
    dialog = opened(qtbot, session, milestone="year.training.general")
    card = dialog.milestones.lines["year.training.general"]
    card.due.day.setDate(QDate(2027, 9, 10))
    card.due.day.editingFinished.emit()
    assert session.snapshot.year_row.setting("due:year.training.general") == "2027-09-10"
    card = dialog.milestones.lines["year.training.general"]
    assert card.row.due == date(2027, 9, 10)
    card.usual.click()
    assert write_package(session.snapshot) == before


def test_a_milestone_is_ticked_off_with_its_day_never_one_to_come(qtbot: QtBot, session: YearSession) -> None:
    dialog = opened(qtbot, session, milestone="*")
    dialog.milestones.lines["year.cases.selection"].done.tick.setChecked(True)
    assert session.snapshot.year_row.setting("done:year.cases.selection") == "2027-06-15"
    card = dialog.milestones.lines["year.cases.selection"]
    assert card.row.state is ClockState.DONE
    card.done.day.setDate(QDate(2027, 7, 1))
    card.done.day.editingFinished.emit()
    assert session.snapshot.year_row.setting("done:year.cases.selection") == "2027-06-15"
    assert "还没有到" in dialog.message.text()
    card.done.tick.setChecked(False)
    assert session.snapshot.year_row.setting("done:year.cases.selection") is None


def test_the_notice_of_the_open_month_gets_a_day(qtbot: QtBot, session: YearSession) -> None:
    dialog = opened(qtbot, session, milestone="*")
    card = dialog.milestones.lines["open_month.notice"]
    card.due.day.setDate(QDate(2027, 7, 20))
    card.due.tick.setChecked(True)
    assert session.snapshot.year_row.setting("due:open_month.notice") == "2027-07-20"


def test_units_report_each_by_itself_and_a_whole_tick_of_former_times_stays_with_the_others(
    qtbot: QtBot, session: YearSession
) -> None:
    dialog = opened(qtbot, session, milestone="year.catalogue.towns")
    line = dialog.milestones.lines["year.catalogue.towns"]
    line.take_keyboard()
    assert line.row.note == "已报 12/12"
    assert line.reports is not None
    assert line.reports.days["顾村镇"].value() == date(2027, 1, 18)
    line.reports.days["顾村镇"].tick.setChecked(False)
    assert line.row.note == "已报 11/12，逾期 1 家"
    assert [report.name for report in line.row.reports if report.done is None] == ["顾村镇"]
    assert dialog.milestones.lines["year.catalogue.district"].row.done == date(2027, 1, 18)
    assert session.snapshot.year_row.setting("done:year.catalogue") is None
    line.reports.all_button.click()
    assert line.row.note == "已报 12/12，其中晚报 1 家"
    session.undo()
    session.undo()
    assert session.snapshot.year_row.setting("done:year.catalogue") == "2027-01-18"
    assert line.row.note == "已报 12/12"


def test_what_comes_back_stands_in_one_card_with_the_time_that_is_due(
    qtbot: QtBot, session: YearSession
) -> None:
    dialog = opened(qtbot, session, milestone="*")
    card = dialog.milestones.cards["year.spot_checks"]
    shown = [line.row.title for line in card.lines.values() if not line.isHidden()]
    assert shown == ["集成推送抽查通报 · 二季度"]
    card.fold.click()
    assert sum(not line.isHidden() for line in card.lines.values()) == 4
    card.lines["year.spot_checks|2027-04-01"].done.tick.setChecked(True)
    assert session.snapshot.year_row.setting("done:year.spot_checks|2027-04-01") == "2027-06-15"
    card.fold.click()
    assert [line.row.title for line in card.lines.values() if not line.isHidden()] == [
        "集成推送抽查通报 · 三季度"
    ]
