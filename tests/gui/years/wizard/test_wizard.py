"""新建年度的向导：六步走到底、草稿、键盘、盖住的窗口，以及建好之后的首轮排期。"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from functools import partial
from pathlib import Path

import pytest
from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QApplication, QCheckBox, QLabel, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from gui.kit.theme import theme
from gui.services.program_settings import SettingsFile
from gui.session.year_session import YearSession
from gui.shell.application import new_session
from gui.shell.main_window import MainWindow
from gui.years.document.document_dialog import DocumentDialog
from gui.years.units.units_model import UnitColumn
from gui.years.wizard.answers import FirstRound, HolidaySource
from gui.years.wizard.rules_step import RulesStep
from gui.years.wizard.wizard import NewYearWizard
from models import commands, queries
from models.domain.units import UnitKind
from models.holidays import holidays_for
from models.rulesets import document_text, ruleset_for
from models.store import open_store
from planners.proposals import Way
from tests.factories import sample
from tests.stores import filled_store

pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints", extend=True)  # the offscreen platform says so
NOW = datetime(2027, 11, 20, 14, 32)
NOTICE = """一、元旦：1月1日（周六）至3日（周一）放假调休，共3天。1月9日（周日）上班。
二、春节：1月25日至31日放假调休，共7天。"""


@pytest.fixture
def wizard(qtbot: QtBot, session: YearSession) -> NewYearWizard:
    """The wizard for 2028 over nothing, beside the sample of 2027."""
    made = NewYearWizard(session, year=2028, clock=lambda: NOW)
    qtbot.addWidget(made)
    made.resize(1366, 768)
    made.show()
    return made


def through(wizard: NewYearWizard, step: int) -> None:
    """Go on until ``step`` is shown."""
    while wizard.step < step:
        before = wizard.step
        wizard.go_next()
        assert wizard.step == before + 1, wizard.refusal.text()


def test_all_steps_lead_to_a_year_in_one_step(
    wizard: NewYearWizard, session: YearSession, qtbot: QtBot
) -> None:
    through(wizard, 5)
    assert wizard.next_button.text() == "新建 2028 年度"
    with qtbot.waitSignal(wizard.created) as told:
        wizard.next_button.click()
    assert told.args == [2028, FirstRound.COPY, 2027]
    made = queries.year_snapshot(session.store, 2028)
    assert made.units == sample().units
    assert made.year_row.holidays == holidays_for(2028)
    assert made.events == ()
    assert session.undo_title == "新建2028年度"
    commands.undo(session.store)
    assert queries.years(session.store) == (2027,)


def test_a_year_that_is_there_ends_the_way_on_the_first_step(wizard: NewYearWizard, qtbot: QtBot) -> None:
    page = wizard.pages[0]
    page.year.setValue(2027)  # type: ignore[attr-defined]
    page.year.setFocus()  # type: ignore[attr-defined]
    qtbot.keyClick(page.year, Qt.Key.Key_Return)  # type: ignore[attr-defined]
    assert wizard.step == 0
    assert wizard.refusal.text() == "2027 年度已经有了，请换一个年份。"
    assert not wizard.stepper.buttons[1].isEnabled()
    page.year.setValue(2029)  # type: ignore[attr-defined]
    assert wizard.refusal.text() == ""
    qtbot.keyClick(page.year, Qt.Key.Key_Return)  # type: ignore[attr-defined]
    assert wizard.step == 1


def test_alt_n_and_alt_b_go_on_and_back(wizard: NewYearWizard, qtbot: QtBot) -> None:
    alt = Qt.KeyboardModifier.AltModifier
    wizard.activateWindow()
    qtbot.keyClick(wizard, Qt.Key.Key_N, alt)
    assert wizard.step == 1
    qtbot.keyClick(wizard, Qt.Key.Key_B, alt)
    assert wizard.step == 0


def test_control_enter_goes_on_from_a_box_and_leaves_it_as_it_is(wizard: NewYearWizard, qtbot: QtBot) -> None:
    through(wizard, 1)
    box = next(one for one in wizard.page.findChildren(QCheckBox) if one.isEnabled())
    box.setFocus()
    before = box.isChecked()
    qtbot.keyClick(box, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert (box.isChecked(), wizard.step) == (before, 2)


def test_the_steps_passed_can_be_gone_back_to_and_later_ones_wait(wizard: NewYearWizard) -> None:
    through(wizard, 3)
    states = [made.state for made in wizard.stepper.buttons]
    assert states == ["done", "done", "done", "current", "ahead", "ahead"]
    wizard.stepper.buttons[1].click()
    assert wizard.step == 1
    assert [made.state for made in wizard.stepper.buttons] == [
        "done",
        "current",
        "done",
        "done",
        "ahead",
        "ahead",
    ]
    assert "带来 2027 年设置" in wizard.stepper.buttons[0].accessibleName()


def test_readings_are_stored_with_their_reasons_and_a_clause_switched_off_needs_one(
    wizard: NewYearWizard, session: YearSession
) -> None:
    through(wizard, 1)
    lecture, park = wizard.pages[1].cards[:2]  # type: ignore[attr-defined]
    assert [made.count.text() for made in wizard.pages[1].cards] == [
        "12",
        "4",
        "11",
        "12",
        "—",
        "按目录",
        "1",
    ]  # type: ignore[attr-defined]
    assert wizard.pages[1].total.text() == "全年 40 个检查点"  # type: ignore[attr-defined]
    lecture.parameters.controls["lecture.minimum"].setValue(2)
    lecture.reason.setText("主任会议定")
    lecture.reason.textEdited.emit("主任会议定")
    assert lecture.parameters.origin.text() == "自定"
    park.box.click()
    wizard.go_next()
    assert (wizard.step, wizard.refusal.text()) == (1, "停用“走进园区”须写明理由。")
    park.reason.setText("园区改造")
    park.reason.textEdited.emit("园区改造")
    assert wizard.pages[1].total.text() == "全年 36 个检查点（另有 4 个登记豁免）"  # type: ignore[attr-defined]
    through(wizard, 5)
    wizard.go_next()
    made = queries.year_snapshot(session.store, 2028)
    assert dict(made.year_row.settings) == {"lecture.minimum": 2, "reason:lecture.minimum": "主任会议定"}
    assert {exemption.reason for exemption in made.exemptions} == {"园区改造"}


def test_a_pasted_notice_is_read_and_what_is_wrong_holds_the_step(
    wizard: NewYearWizard, qtbot: QtBot
) -> None:
    through(wizard, 2)
    editor = wizard.pages[2].editor  # type: ignore[attr-defined]
    assert not wizard.answers.holidays.announced
    editor.text.setPlainText(NOTICE.replace("周六", "周五"))
    qtbot.waitUntil(lambda: editor.notice is not None)
    wizard.go_next()
    assert wizard.step == 2
    assert wizard.refusal.text().startswith("第 1 行：写着周五，2028年1月1日是周六")
    editor.text.setPlainText(NOTICE)
    qtbot.waitUntil(lambda: editor.notice is not None and not editor.notice.unread)
    assert "没有提到清明节" in editor.reading.text()
    assert wizard.answers.source is HolidaySource.PASTED
    assert (len(wizard.answers.holidays.days_off), len(wizard.answers.holidays.makeup_workdays)) == (10, 1)
    wizard.go_next()
    assert wizard.step == 3


def test_days_can_be_clicked_one_by_one(wizard: NewYearWizard, qtbot: QtBot) -> None:
    through(wizard, 2)
    editor = wizard.pages[2].editor  # type: ignore[attr-defined]
    grid = editor.grid
    grid.setFocus()
    saturday = datetime(2028, 5, 6).date()
    for expected in ("off", "worked", "plain"):
        spot = grid.day_rect(saturday).center().toPoint()
        qtbot.mouseClick(grid, Qt.MouseButton.LeftButton, pos=spot)
        off = dict(wizard.answers.holidays.days_off)
        worked = wizard.answers.holidays.makeup_workdays
        found = "off" if saturday in off else "worked" if saturday in worked else "plain"
        assert found == expected
    assert wizard.answers.source is HolidaySource.CLICKED
    qtbot.keyClick(grid, Qt.Key.Key_Up)
    qtbot.keyClick(grid, Qt.Key.Key_Space)
    assert dict(wizard.answers.holidays.days_off)[datetime(2028, 4, 29).date()] == "放假"
    editor.announced.click()
    assert wizard.answers.holidays.announced
    editor.sources[HolidaySource.KNOWN].click()
    assert wizard.answers.holidays == holidays_for(2028)


def test_a_notice_comes_from_a_file_and_a_bad_file_says_why(
    wizard: NewYearWizard, tmp_path: Path, qtbot: QtBot
) -> None:
    through(wizard, 2)
    editor = wizard.pages[2].editor  # type: ignore[attr-defined]
    good, bad = tmp_path / "通知.txt", tmp_path / "照片.txt"
    good.write_bytes(NOTICE.encode("gb18030"))
    bad.write_bytes(b"\0\1\2")
    editor.read_file(bad)
    assert editor.reading.text().startswith("照片.txt 不是文字文件")
    editor.read_file(good)
    assert len(wizard.answers.holidays.days_off) == 10


def test_a_renamed_unit_keeps_its_key_and_its_former_name(wizard: NewYearWizard) -> None:
    through(wizard, 3)
    page = wizard.pages[3]
    model = page.model  # type: ignore[attr-defined]
    row = next(n for n, unit in enumerate(model.items) if unit.name == "区医保局")
    assert model.setData(model.index(row, UnitColumn.NAME), "区医疗保障局")
    assert model.setData(model.index(row, UnitColumn.CAP), "2")
    unit = next(unit for unit in wizard.answers.units if unit.key == "区医保局")
    assert (unit.name, unit.aliases, unit.week_cap) == ("区医疗保障局", ("区医保局",), 2)
    assert not model.setData(model.index(row, UnitColumn.NAME), " ")
    assert not model.setData(model.index(row, UnitColumn.CAP), "很多")
    assert model.setData(model.index(row, UnitColumn.KIND), "街镇")
    assert model.items[row].kind is UnitKind.TOWN


def test_units_are_filtered_ticked_and_added(wizard: NewYearWizard, qtbot: QtBot) -> None:
    through(wizard, 3)
    page = wizard.pages[3]
    page.pane.search.setText("sfj")  # type: ignore[attr-defined]
    assert page.table.model().rowCount() == 1  # type: ignore[attr-defined]
    page.table.selectRow(0)  # type: ignore[attr-defined]
    qtbot.keyClick(page.table, Qt.Key.Key_Space)  # type: ignore[attr-defined]
    assert "区司法局" in wizard.answers.left_out
    page.pane.add_item()  # type: ignore[attr-defined]
    assert wizard.answers.units[-1].name == "新单位"
    model = page.model  # type: ignore[attr-defined]
    assert model.setData(model.index(len(model.items) - 1, 0), "区数据局")
    assert (wizard.answers.units[-1].name, wizard.answers.units[-1].aliases) == ("区数据局", ())


def test_themes_and_schools_can_wait_or_be_given(
    wizard: NewYearWizard, session: YearSession, qtbot: QtBot
) -> None:
    through(wizard, 4)
    page = wizard.pages[4]
    page.themes[1].setCurrentText("人才服务")  # type: ignore[attr-defined]
    page.pane.add_item()  # type: ignore[attr-defined]
    model = page.model  # type: ignore[attr-defined]
    last = model.rowCount() - 1
    assert model.setData(model.index(last, 3), Qt.CheckState.Checked, Qt.ItemDataRole.CheckStateRole)
    assert "高中 3 所" in page.pane.counts.text()  # type: ignore[attr-defined]
    QApplication.clipboard().setText("甲校\t备注\n\n乙校\n")
    qtbot.keyClick(page.table, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)  # type: ignore[attr-defined]
    assert [school.name for school in wizard.answers.schools[-2:]] == ["甲校", "乙校"]
    page.table.clearSelection()  # type: ignore[attr-defined]
    page.table.selectRow(model.rowCount() - 1)  # type: ignore[attr-defined]
    qtbot.keyClick(page.table, Qt.Key.Key_Delete)  # type: ignore[attr-defined]
    assert wizard.answers.themes == ("", "人才服务", "", "")
    through(wizard, 5)
    wizard.go_next()
    made = queries.year_snapshot(session.store, 2028)
    assert made.year_row.quarter_themes == (None, "人才服务", None, None)
    assert [school.name for school in made.schools[5:]] == ["新学校", "甲校"]


def test_a_draft_is_kept_and_gone_on_with(wizard: NewYearWizard, session: YearSession, qtbot: QtBot) -> None:
    through(wizard, 4)
    wizard.pages[4].themes[0].setCurrentText("营商环境")  # type: ignore[attr-defined]
    with qtbot.waitSignal(wizard.left):
        wizard.draft_button.click()
    assert queries.years(session.store) == (2027,)
    again = NewYearWizard(session, year=2028, clock=lambda: NOW)
    qtbot.addWidget(again)
    assert (again.step, again.answers.themes[0]) == (4, "营商环境")
    assert again.bars.texts == ("接着 11月20日 14:32 的草稿填：2028 年度，第 5 步。",)
    again.bars.findChild(QPushButton).click()
    assert (again.step, again.answers.themes[0], again.bars.texts) == (0, "", ())
    third = NewYearWizard(session, year=2028)
    qtbot.addWidget(third)
    assert third.step == 0


def test_a_window_closed_in_between_loses_nothing(
    wizard: NewYearWizard, session: YearSession, qtbot: QtBot
) -> None:
    through(wizard, 1)
    wizard.hide()
    again = NewYearWizard(session, year=2028)
    qtbot.addWidget(again)
    assert again.step == 1


def test_an_error_on_writing_is_said_and_the_answers_stay(
    wizard: NewYearWizard, session: YearSession
) -> None:
    through(wizard, 5)
    session.hold("正在自动排期")
    wizard.go_next()
    assert "正在自动排期" in wizard.refusal.text()
    assert wizard.isVisible()
    assert queries.years(session.store) == (2027,)


@pytest.mark.parametrize("size", [QSize(1366, 768), QSize(1093, 540), QSize(911, 464)])
def test_every_field_can_be_reached_in_small_windows(wizard: NewYearWizard, size: QSize) -> None:
    wizard.resize(size)
    for step in range(6):
        QApplication.processEvents()
        body = wizard.page.body
        assert body.width() <= wizard.page.area.viewport().width(), step
        for button in (wizard.draft_button, wizard.back_button, wizard.next_button):
            assert wizard.rect().contains(button.mapTo(wizard, button.rect().bottomRight())), step
            assert button.width() >= button.sizeHint().width()
        if step < 5:
            wizard.go_next()


@pytest.fixture
def window(qtbot: QtBot, themed: None, tmp_path: Path) -> MainWindow:
    made = MainWindow(partial(new_session, lambda: NOW), SettingsFile(tmp_path / "settings.json"), tmp_path)
    qtbot.addWidget(made)
    made.resize(1366, 768)
    return made


def opened(window: MainWindow, path: Path, *, with_sample: bool) -> NewYearWizard:
    """The wizard opened from the menu over the window."""
    (filled_store if with_sample else open_store)(path).close()
    window.open_with(partial(open_store, path))
    window.show()
    window.files.new_year()
    wizard = window.files.making.wizard
    assert wizard is not None
    return wizard


def test_the_page_covers_the_window_and_gives_it_back(
    window: MainWindow, tmp_path: Path, qtbot: QtBot
) -> None:
    title: Callable[[], str] = window.windowTitle
    wizard = opened(window, tmp_path / "a.db", with_sample=True)
    assert wizard.geometry() == window.rect()
    assert title() == "宝公开排期 — 新建 2028 年度"
    assert not window.menuBar().isEnabled()
    window.resize(1200, 700)
    assert wizard.geometry() == window.rect()
    qtbot.keyClick(wizard, Qt.Key.Key_N, Qt.KeyboardModifier.ControlModifier)
    assert QApplication.activeModalWidget() is None
    wizard.leave()
    assert window.menuBar().isEnabled()
    assert isinstance(window.centralWidget(), QWidget)
    assert window.centralWidget().isEnabled()
    assert title() == "宝公开排期 — 2027 年度 · 宝山区"
    assert window.files.making.wizard is None
    window.close()


def test_last_year_is_proposed_once_the_year_is_there(window: MainWindow, tmp_path: Path) -> None:
    wizard = opened(window, tmp_path / "a.db", with_sample=True)
    through(wizard, 5)
    wizard.go_next()
    session, planning = window.session, window.tools.planning
    assert session is not None
    assert planning is not None
    assert session.year == 2028
    shown = planning.proposal
    assert shown is not None
    assert shown.proposal.title == "沿用 2027 年安排"
    assert {entry.way for entry in shown.proposal.entries} == {Way.NEW}
    shown.accept_ticked()
    assert len(session.snapshot.events) > 80
    session.undo()
    assert session.snapshot.events == ()
    session.undo()
    assert session.years() == (2027,)
    window.close()


def test_an_empty_file_gets_its_first_year(window: MainWindow, tmp_path: Path) -> None:
    wizard = opened(window, tmp_path / "new.db", with_sample=False)
    assert wizard.answers.year == 2028
    through(wizard, 5)
    page = wizard.pages[5]
    assert not page.choices[FirstRound.COPY].isEnabled()  # type: ignore[attr-defined]
    page.choices[FirstRound.BLANK].click()  # type: ignore[attr-defined]
    wizard.go_next()
    assert window.session is not None
    assert window.session.year == 2028
    assert window.stack.currentWidget() is window.overview
    window.close()


def test_the_planner_starts_where_that_was_chosen(
    window: MainWindow, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    wizard = opened(window, tmp_path / "a.db", with_sample=True)
    started: list[int] = []
    assert window.tools is not None
    assert window.session is not None
    session = window.session
    monkeypatch.setattr(window.tools.planning, "start", lambda: started.append(session.year))
    through(wizard, 5)
    wizard.pages[5].choices[FirstRound.AUTO].click()  # type: ignore[attr-defined]
    wizard.go_next()
    assert started == [2028]
    window.close()


def test_a_file_that_cannot_be_changed_gets_no_page(window: MainWindow, tmp_path: Path, qtbot: QtBot) -> None:
    path = tmp_path / "a.db"
    window.open_with(partial(filled_store, path))
    assert window.session is not None
    window.session.hold("正在自动排期，暂时只能看")
    with qtbot.waitSignal(window.messages.toast_requested) as told:
        window.files.new_year()
    assert told.args[0].text == "正在自动排期，暂时只能看"
    assert window.files.making.wizard is None
    window.close()


@pytest.mark.parametrize(("mode", "scale"), [("dark", 1.0), ("light", 1.3)])
def test_every_step_is_shown_in_both_themes_and_large_letters(
    wizard: NewYearWizard, mode: str, scale: float
) -> None:
    theme().choose(mode, scale)
    for step in range(6):
        QApplication.processEvents()
        assert not wizard.grab().isNull(), step
        assert wizard.page.body.width() <= wizard.page.area.viewport().width(), step
        if step < 5:
            wizard.go_next()


def test_a_new_document_is_quoted_from_the_second_step_on_and_made_with_the_year(
    wizard: NewYearWizard, session: YearSession, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    new = (
        document_text(2024)
        .replace("2024年", "2028年")
        .replace("〔2024〕14号", "〔2028〕6号")
        .replace("每月至少开展1—2场政策“公开讲堂”", "每月至少举办2场政策“公开讲堂”直播课")
    )

    def answered(dialog: DocumentDialog) -> int:
        dialog.text.setPlainText(new)
        dialog.read_button.click()
        dialog.accept_button.click()
        return 1

    monkeypatch.setattr(DocumentDialog, "exec", answered)
    through(wizard, 1)
    step = wizard.page
    assert isinstance(step, RulesStep)
    offered = next(made for made in step.bars.findChildren(QPushButton) if made.text() == "导入要点…")
    offered.click()
    assert "已换成新文" in " ".join(step.bars.texts)
    assert "每月至少举办2场政策‘公开讲堂’直播课" in [
        made.text().strip("“”") for made in step.findChildren(QLabel)
    ]
    wizard.go_back()
    through(wizard, 5)
    wizard.next_button.click()
    row = queries.year_snapshot(session.store, 2028).year_row
    rules = ruleset_for(2028, row.ruleset, dict(row.settings))
    assert rules.document.endswith("宝府办〔2028〕6号")
    assert not rules.carried_over
    assert rules.rule("lecture.monthly").quote == "每月至少举办2场政策“公开讲堂”直播课"
