"""建议对话框：键盘走完全程，采纳是一步，撤销还原，出错不关，小窗口什么也不缺。"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractButton, QWidget
from pytestqt.qtbot import QtBot

from exports.package import write_package
from gui.kit.theme import theme
from gui.planning.proposal.month_values import DayLook
from gui.planning.proposal.proposal_dialog import ProposalDialog
from gui.session.year_session import YearSession
from models import commands
from models.domain.errors import StoreError
from models.domain.events import EventStatus
from planners.proposals import Proposal
from tests.gui.planning.proposal import factories
from tests.gui.planning.proposal.test_choices import COMMUNITY, JUNE, OPEN_MONTH, PARK

pytestmark = pytest.mark.qt_log_ignore(
    "This plugin does not support", extend=True
)  # the offscreen platform says so

CTRL, ALT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.AltModifier
Open = Callable[..., ProposalDialog]


@pytest.fixture
def open_dialog(qtbot: QtBot, session: YearSession) -> Open:
    def opened(size: tuple[int, int] = (1920, 1080), **changed: object) -> ProposalDialog:
        host = QWidget()
        qtbot.addWidget(host)
        host.resize(*size)
        host.show()
        proposal = factories.proposal(session.snapshot, **changed)
        dialog = ProposalDialog(session, proposal, host, seconds=1.8)
        qtbot.addWidget(dialog)
        dialog.show()
        dialog.activateWindow()
        qtbot.waitUntil(dialog.table.hasFocus)
        dialog.host = host
        return dialog

    return opened


@pytest.fixture
def dialog(open_dialog: Open) -> ProposalDialog:
    return open_dialog()


def keys(qtbot: QtBot, widget: QWidget, *pressed: Qt.Key) -> None:
    for key in pressed:
        qtbot.keyClick(widget, key)


# what is said


def test_head_counts_and_buttons_say_what_is_proposed(dialog: ProposalDialog) -> None:
    assert dialog.head.summary.whole == "补 6 处缺口、挪 1 场，用时 1.8 秒，已到最优"
    assert dialog.head.scope.whole == "范围：6月15日—12月31日 · 不动“已确认”与“已举办”"
    assert dialog.band.texts == ("满足或已排 32 / 40", "36 / 40 另 1 项排入后待确认（勾选 6 项时）")
    assert (dialog.foot.all_button.text(), dialog.foot.accept_button.text()) == (
        "全部采纳（7）",
        "采纳勾选的 6 项",
    )
    assert dialog.open_box.texts[:2] == (
        "仍无法满足 1 项",
        "校区 · 高中 · 一季度：期限 3月31日 已过，任何排法都不能补。请登记说明。",
    )


def test_the_distance_to_the_bound_is_said_where_nothing_is_proved(open_dialog: Open) -> None:
    summary = open_dialog(proved=False, bound=8).head.summary
    assert summary.whole.endswith("距下界 3 分")


def test_the_first_row_is_explained(dialog: ProposalDialog) -> None:
    assert dialog.detail.heading.text() == "公开讲堂 · 6月"
    assert dialog.detail.line.text() == "6月23日 周三 14:00 · “宝你汇”直播间 · 区商务委"
    assert dialog.detail.reasons.texts[0] == "补缺：第 1 条每月至少 1 场：6月 0/1，剩 12 个工作日"


def test_repairs_of_what_cannot_be_met_are_listed(open_dialog: Open) -> None:
    box = open_dialog(open=(factories.trouble(),)).open_box
    assert box.texts[2:] == ("可试：取消 11月15日—19日的停排", "可试：把每周上限提高到 9 场")


# keyboard


def test_three_of_seven_are_accepted_with_the_keyboard_alone(
    dialog: ProposalDialog, session: YearSession, qtbot: QtBot
) -> None:
    down, space = Qt.Key.Key_Down, Qt.Key.Key_Space
    keys(qtbot, dialog.table, down, down, down, space, down, space, down, down, space)
    assert dialog.foot.accept_button.text() == "采纳勾选的 3 项"
    with qtbot.waitSignal(dialog.accepted):
        qtbot.keyClick(dialog.table, Qt.Key.Key_Return, CTRL)
    keys_now = set(session.snapshot.event_by_key)
    assert session.snapshot.event_by_key["A007"].status is EventStatus.PLANNED
    assert {"E9001", "E9004"} <= keys_now
    assert not {"E9002", "E9005"} & keys_now


def test_enter_changes_the_day_and_goes_back_to_the_table(dialog: ProposalDialog, qtbot: QtBot) -> None:
    dialog.table.select(COMMUNITY)
    keys(qtbot, dialog.table, Qt.Key.Key_Return)
    assert dialog.detail.month.hasFocus()
    keys(qtbot, dialog.detail.month, Qt.Key.Key_Down, Qt.Key.Key_Return)
    assert dialog.detail.line.text().startswith("11月25日 周四 09:00")
    assert "距上一场 41 天、下一场 8 天" in dialog.detail.reasons.texts[1]
    qtbot.waitUntil(lambda: looks(dialog)[25] is DayLook.CHOSEN and looks(dialog)[12] is DayLook.ALTERNATIVE)
    keys(qtbot, dialog.detail.month, Qt.Key.Key_Escape)
    assert dialog.table.hasFocus()
    assert dialog.isVisible()


def looks(dialog: ProposalDialog) -> dict[int, DayLook]:
    return {day.day.day: day.look for day in dialog.detail.month.days}


def test_delete_rejects_and_is_remembered_and_can_be_taken_back(dialog: ProposalDialog, qtbot: QtBot) -> None:
    with qtbot.waitSignal(dialog.rejected_entry) as said:
        keys(qtbot, dialog.table, Qt.Key.Key_Delete)
    assert said.args == ["lecture.monthly|2027-06|1"]
    assert (dialog.table.number, dialog.foot.accept_button.text()) == (1, "采纳勾选的 5 项")
    dialog.table.select(JUNE)
    with qtbot.waitSignal(dialog.restored_entry):
        dialog.detail.reject_button.click()
    assert dialog.foot.accept_button.text() == "采纳勾选的 6 项"


def test_a_locked_day_is_told_and_another_day_unlocks_it(dialog: ProposalDialog, qtbot: QtBot) -> None:
    dialog.table.select(COMMUNITY)
    with qtbot.waitSignal(dialog.locked) as said:
        dialog.detail.lock_button.click()
    assert (said.args[0], said.args[1].day) == ("community.monthly|2027-11", date(2027, 11, 18))
    with qtbot.waitSignal(dialog.unlocked):
        dialog.detail.day_picked.emit(date(2027, 11, 25))
    assert not dialog.detail.lock_button.isChecked()


def test_ctrl_a_ticks_all_and_alt_arrows_step(dialog: ProposalDialog, qtbot: QtBot) -> None:
    qtbot.keyClick(dialog.table, Qt.Key.Key_A, CTRL)
    assert dialog.foot.accept_button.text() == "采纳勾选的 7 项"
    qtbot.keyClick(dialog, Qt.Key.Key_Down, ALT)
    assert dialog.detail.heading.text() == "校区 · 初中 · 三季度"
    qtbot.keyClick(dialog, Qt.Key.Key_Up, ALT)
    assert dialog.detail.heading.text() == "公开讲堂 · 6月"


def test_escape_closes_and_changes_nothing(
    dialog: ProposalDialog, session: YearSession, qtbot: QtBot
) -> None:
    before = session.snapshot
    with qtbot.waitSignal(dialog.rejected):
        keys(qtbot, dialog.table, Qt.Key.Key_Escape)
    assert session.snapshot is before


def test_a_cell_of_the_matrix_leads_to_its_entry(dialog: ProposalDialog) -> None:
    target = dialog.choices.row(PARK).entry.targets[0]
    dialog.band.cell_chosen.emit(target)
    assert dialog.table.number == PARK


# acceptance


def test_acceptance_is_one_step_and_undo_takes_all_of_it_back(
    dialog: ProposalDialog, session: YearSession, qtbot: QtBot
) -> None:
    before, toasts = write_package(session.snapshot), []
    session.messages.toast_requested.connect(toasts.append)
    dialog.foot.accept_button.click()
    assert not dialog.isVisible()
    assert session.undo_title == "采纳 6 项建议"
    assert (session.check.summary.planned, session.check.summary.at_risk) == (20, 2)
    assert session.snapshot.event_by_key["A079"].day == date(2027, 8, 16)
    assert (toasts[0].text, toasts[0].action.label) == ("已采纳 6 项建议（1 步）", "撤销")
    toasts[0].action.run()
    assert write_package(session.snapshot) == before


def test_all_are_accepted_those_that_need_a_person_too(dialog: ProposalDialog, session: YearSession) -> None:
    dialog.foot.all_button.click()
    assert session.undo_title == "采纳 7 项建议"
    assert "E9003" in session.snapshot.event_by_key


def test_as_drafts_nothing_counts(dialog: ProposalDialog, session: YearSession) -> None:
    dialog.foot.planned_box.click()
    assert dialog.band.texts[1] == "32 / 40 草拟 5 处不计入（勾选 6 项时）"
    dialog.foot.accept_button.click()
    assert session.snapshot.event_by_key["E9004"].status is EventStatus.DRAFT
    assert session.check.summary.planned == 16


def test_an_error_is_said_and_the_dialog_stays(
    dialog: ProposalDialog, session: YearSession, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object) -> None:
        raise StoreError("磁盘已满。", "没有保存。")

    before = session.snapshot
    monkeypatch.setattr(commands, "apply_changes", fail)
    dialog.foot.accept_button.click()
    assert dialog.isVisible()
    assert dialog.foot.refusal.text() == "没有采纳：磁盘已满。没有保存。"
    assert session.snapshot is before
    monkeypatch.undo()
    dialog.foot.accept_button.click()
    assert session.undo_title == "采纳 6 项建议"


def test_a_row_that_went_stale_is_marked_and_left_out(dialog: ProposalDialog, session: YearSession) -> None:
    event = session.snapshot.event_by_key["A079"]
    session.attempt(commands.change_event, 2027, event._replace(note="改过"))
    assert dialog.body.count.text() == "建议 7 项 · 已变化 1 项"
    assert dialog.foot.accept_button.text() == "采纳勾选的 5 项"
    dialog.table.select(OPEN_MONTH)
    assert dialog.detail.bars.texts == ("已变化：“垃圾去哪”已被改过。",)
    dialog.foot.all_button.click()
    assert session.undo_title == "采纳 6 项建议"
    assert session.snapshot.event_by_key["A079"].note == "改过"


def test_another_year_closes_it(dialog: ProposalDialog, session: YearSession) -> None:
    session.close_year()
    assert not dialog.isVisible()


def test_a_read_only_year_can_be_looked_at_only(
    open_dialog: Open, session: YearSession, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(type(session), "read_only", property(lambda _: True))
    monkeypatch.setattr(session.store, "read_only_reason", "另一台电脑正在使用。")
    dialog = open_dialog()
    assert not dialog.foot.accept_button.isEnabled()
    assert dialog.foot.refusal.text() == "另一台电脑正在使用。"


# states and sizes


def test_nothing_to_propose(open_dialog_empty: Callable[..., ProposalDialog], qtbot: QtBot) -> None:
    dialog = open_dialog_empty()
    assert (dialog.empty.title, dialog.table.isVisible(), dialog.foot.cancel_button.text()) == (
        "没有要补的",
        False,
        "关闭",
    )
    (again,) = [b for b in dialog.empty.findChildren(QAbstractButton) if b.text() == "调整条件…"]
    with qtbot.waitSignal(dialog.conditions_requested):
        again.click()


@pytest.fixture
def open_dialog_empty(qtbot: QtBot, session: YearSession) -> Callable[..., ProposalDialog]:
    def opened(**changed: object) -> ProposalDialog:
        proposal: Proposal = factories.proposal(session.snapshot, entries=(), **{"open": (), **changed})
        dialog = ProposalDialog(session, proposal)
        qtbot.addWidget(dialog)
        dialog.show()
        return dialog

    return opened


def test_where_nothing_could_be_planned_the_diagnosis_can_be_exported(
    open_dialog_empty: Callable[..., ProposalDialog], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    dialog = open_dialog_empty(open=(factories.trouble(),))
    assert dialog.empty.title == "没有能补上的"
    target = tmp_path / "诊断.txt"
    monkeypatch.setattr("gui.planning.proposal.proposal_dialog.ask_where_to_save", lambda *_: target)
    dialog.open_box.diagnosis_button.click()
    words = target.read_text(encoding="utf-8")
    assert "1. 走进社区 · 11月（无可排日）：11月 22 个工作日全部停排或占满" in words
    assert "可试：把每周上限提高到 9 场（放宽 weekcap:all）" in words


@pytest.mark.parametrize("size", [(1920, 1080), (1366, 768), (1093, 614), (911, 464)])
@pytest.mark.parametrize("scale", [1.0, 1.3])
def test_nothing_is_cut_at_any_size(open_dialog: Open, size: tuple[int, int], scale: float) -> None:
    theme().choose("light", scale)
    dialog = open_dialog(size)
    assert dialog.width() <= size[0]
    assert dialog.height() <= size[1]
    cut = [
        button.text() or button.accessibleName()
        for button in dialog.findChildren(QAbstractButton)
        if button.isVisible() and button.text() and button.width() < button.minimumSizeHint().width()
    ]
    assert cut == []
    outside = [
        button.text()
        for button in dialog.foot.findChildren(QAbstractButton)
        if button.isVisible() and not dialog.foot.rect().contains(button.geometry())
    ]
    assert outside == []


def test_a_small_window_folds_the_matrices_into_one_line(open_dialog: Open, qtbot: QtBot) -> None:
    dialog = open_dialog((1366, 768))
    assert not dialog.band.isVisible()
    assert dialog.head.summary.whole == "满足或已排 32 → 36 / 40，另 1 项待确认（勾选 6 项）"
    dialog.head.matrices_button.click()
    assert dialog.band.isVisible()
    assert dialog.open_box.more_button.isVisible()
    dialog.open_box.more_button.click()
    assert dialog.open_box.diagnosis_button.isVisible()


def test_a_very_small_window_is_filled(open_dialog: Open) -> None:
    dialog = open_dialog((1093, 614))
    assert (dialog.width(), dialog.height()) == (1093, 614)


def test_four_hundred_rows(qtbot: QtBot, session: YearSession) -> None:
    dialog = ProposalDialog(session, factories.many(session.snapshot, 400))
    qtbot.addWidget(dialog)
    dialog.show()
    dialog.table.select(399)
    assert dialog.detail.heading.text().startswith("走进社区")
    assert dialog.foot.accept_button.text() == "采纳勾选的 400 项"


def test_every_control_has_a_name(dialog: ProposalDialog) -> None:
    nameless = [
        button
        for button in dialog.findChildren(QAbstractButton)
        if not (button.text() or button.accessibleName())
    ]
    assert [type(button).__name__ for button in nameless if button.isVisible()] == []
    assert dialog.table.accessibleName() == "建议"
    assert dialog.choices.rows[0].entry.label in str(
        dialog.table.model().index(0, 0).data(Qt.ItemDataRole.AccessibleTextRole)
    )


def test_the_window_behind_is_dimmed_while_it_is_open(dialog: ProposalDialog) -> None:
    assert [type(child).__name__ for child in dialog.host.children() if isinstance(child, QWidget)].count(
        "Scrim"
    ) == 1
    dialog.reject()
    assert dialog._scrim is None


def test_both_themes_paint_everything(dialog: ProposalDialog) -> None:
    light = dialog.grab().toImage()
    theme().choose("dark", 1.0)
    dark = dialog.grab().toImage()
    assert light.pixelColor(5, 400).lightness() > 200
    assert dark.pixelColor(5, 400).lightness() < 60
