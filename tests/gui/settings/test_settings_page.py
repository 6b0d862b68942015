"""设置页：选了就生效，年度的一步可撤销，备份列得出、核得了、恢复得了。"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from functools import partial
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt, QTime
from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import QApplication, QToolButton
from pytestqt.qtbot import QtBot

from gui.data_files.restore_dialog import RestoreDialog
from gui.kit.theme import theme
from gui.rules.parameter_dialog import ParameterDialog
from gui.services.program_settings import SettingsFile
from gui.settings import data_card
from gui.settings.backup_rows import BackupColumn, BackupRows
from gui.settings.card import SettingsCard
from gui.settings.page import SettingsPage
from gui.settings.year_card import ALARM_MINUTES, ALARM_TIME
from gui.shell.application import new_session
from gui.shell.main_window import MainWindow
from models.backups import list_backups
from models.store import open_store
from tests.stores import filled_store

NOW = datetime(2027, 6, 15, 14, 32)


@pytest.fixture
def window(qtbot: QtBot, themed: None, tmp_path: Path) -> Iterator[MainWindow]:
    made = MainWindow(partial(new_session, lambda: NOW), SettingsFile(tmp_path / "settings.json"), tmp_path)
    qtbot.addWidget(made)
    made.open_with(partial(filled_store, tmp_path / "demo.db"))
    made.resize(1366, 768)
    made.show()
    yield made
    made.close()


@pytest.fixture
def page(qtbot: QtBot, window: MainWindow) -> SettingsPage:
    window.show_settings()
    shown = window.stack.currentWidget()
    assert isinstance(shown, SettingsPage)
    qtbot.waitUntil(lambda: not window.runner.busy)
    return shown


def undo_title(window: MainWindow) -> str | None:
    assert window.session is not None
    return window.session.undo_title


# the look


def test_looks_hold_at_once_and_are_remembered(page: SettingsPage, window: MainWindow) -> None:
    page.looks.scale.choose(1.15)
    page.looks.mode.choose("dark")
    assert (theme().scale, theme().mode) == (1.15, "dark")
    assert (window.settings.values.text_scale, window.settings.values.mode) == (1.15, "dark")


def test_a_look_chosen_in_the_menu_is_shown(page: SettingsPage, window: MainWindow) -> None:
    window.commands.choose_scale(1.3)
    window.commands.toggle_dark()
    assert (page.looks.scale.value(), page.looks.mode.value()) == (1.3, "dark")


def test_the_hours_of_the_week_keep_their_distance(page: SettingsPage, window: MainWindow) -> None:
    page.looks.starts.choose(16)
    page.looks.starts.activated.emit(page.looks.starts.currentIndex())
    assert window.settings.values.work_hours == (16, 20)
    page.looks.ends.choose(10)
    page.looks.ends.activated.emit(page.looks.ends.currentIndex())
    assert window.settings.values.work_hours == (6, 10)


def test_settings_that_cannot_be_written_are_told_and_hold_for_now(
    page: SettingsPage, window: MainWindow, tmp_path: Path
) -> None:
    blocked = tmp_path / "file"
    blocked.write_text("")
    window.settings.path = blocked / "settings.json"
    page.looks.hours_chosen.emit(7, 19)
    assert any("下次打开会忘记" in text for text in page.bars.texts)
    assert window.settings.values.work_hours == (7, 19)


def test_the_wheel_scrolls_and_changes_nothing(page: SettingsPage) -> None:
    spin, before = page.year.minutes, page.year.minutes.value()
    at = QPointF(spin.rect().center())
    wheel = QWheelEvent(
        at, spin.mapToGlobal(at), QPoint(), QPoint(0, 120),
        Qt.MouseButton.NoButton, Qt.KeyboardModifier.NoModifier, Qt.ScrollPhase.NoScrollPhase, False,
    )  # fmt: skip
    QApplication.sendEvent(spin, wheel)
    assert spin.value() == before


# the year


def test_the_values_of_the_year_are_shown_with_their_origin(page: SettingsPage, window: MainWindow) -> None:
    assert page.year.title.text() == "2027 年度"
    assert page.year.values["week_limit"].text() == "8 场（默认）"
    assert page.year.values["lead_workdays"].text() == "20 个工作日（默认）"


def test_the_name_of_the_office_is_one_step_and_an_empty_one_the_usual(
    page: SettingsPage, window: MainWindow
) -> None:
    assert window.session is not None
    usual = "宝山区人民政府办公室"
    assert page.year.office.text() == usual
    before = undo_title(window)
    page.year.office.editingFinished.emit()
    assert undo_title(window) == before
    page.year.office.setText(" 宝山区政务公开  办公室 ")
    page.year.office.editingFinished.emit()
    assert undo_title(window) == "修改办公室名称"
    assert window.session.snapshot.year_row.office == page.year.office.text() == "宝山区政务公开 办公室"
    page.year.office.clear()
    page.year.office.editingFinished.emit()
    assert window.session.snapshot.year_row.setting("office") is None
    assert page.year.office.text() == usual
    window.session.undo()
    assert page.year.office.text() == "宝山区政务公开 办公室"


@pytest.mark.parametrize(
    ("name", "value", "words"),
    [
        ("week_limit", 10, "8 场（默认）；自6月21日起 10 场（自定：试行）"),
        ("lead_workdays", 5, "5 个工作日（自定：试行）"),
    ],
)
def test_a_parameter_is_changed_in_the_dialog_that_shows_its_effect(
    page: SettingsPage, window: MainWindow, monkeypatch: pytest.MonkeyPatch, name: str, value: int, words: str
) -> None:
    asked: list[tuple[list[str], str]] = []

    def answer(dialog: ParameterDialog) -> int:
        dialog.controls[name].setValue(value)  # type: ignore[union-attr]
        dialog.show_effect()
        asked.append((list(dialog.controls), dialog.headline))
        dialog.reason.setText("试行")
        dialog.accept_form()
        return 1

    monkeypatch.setattr(ParameterDialog, "exec", answer)
    page.year.change_buttons[name].click()
    ((controls, headline),) = asked
    assert controls == [name]
    assert headline
    assert page.year.values[name].text() == words
    assert window.session is not None
    window.session.undo()
    assert "默认" in page.year.values[name].text()


def test_reminders_are_stored_as_one_step(page: SettingsPage, window: MainWindow) -> None:
    card = page.year
    assert not card.save.isEnabled()
    card.at.setTime(QTime(9, 30))
    card.ahead.setChecked(False)
    assert not card.minutes.isEnabled()
    card.save.click()
    assert window.session is not None
    row = window.session.snapshot.year_row
    assert (row.setting(ALARM_TIME), row.setting(ALARM_MINUTES)) == ("09:30", -1)
    assert undo_title(window) == "修改日历提醒：前一个工作日 09:30"
    assert not card.save.isEnabled()
    window.session.undo()
    assert card.at.time() == QTime(15, 0)
    assert card.ahead.isChecked()


def test_reminders_back_at_the_usual_are_no_setting_any_more(page: SettingsPage, window: MainWindow) -> None:
    card = page.year
    card.before.setChecked(False)
    card.save.click()
    assert window.session is not None
    assert window.session.snapshot.year_row.setting(ALARM_TIME) == ""
    card.before.setChecked(True)
    card.save.click()
    assert window.session.snapshot.year_row.setting(ALARM_TIME) is None


def test_reminders_that_were_entered_can_be_taken_back(page: SettingsPage) -> None:
    page.year.minutes.setValue(90)
    page.year.reset.click()
    assert page.year.minutes.value() == 30
    assert page.year.changes() == {}


def test_while_nothing_can_be_changed_the_year_is_grey_and_says_why(
    page: SettingsPage, window: MainWindow
) -> None:
    assert window.session is not None
    window.session.hold("正在排期")
    assert page.year.remark.text() == "现在只能看：正在排期。"
    assert not page.year.change_buttons["week_limit"].isEnabled()
    assert not page.year.before.isEnabled()
    window.session.hold("")
    assert page.year.change_buttons["week_limit"].isEnabled()


def test_without_a_year_it_says_what_to_do(qtbot: QtBot, window: MainWindow, tmp_path: Path) -> None:
    window.open_with(partial(open_store, tmp_path / "empty.db"))
    window.show_settings()
    shown = window.stack.currentWidget()
    assert isinstance(shown, SettingsPage)
    assert "还没有打开年度" in shown.year.remark.text()
    assert shown.year.values["week_limit"].text() == "—"
    qtbot.waitUntil(lambda: not window.runner.busy)


def test_the_rules_page_is_one_click_away(
    page: SettingsPage, window: MainWindow, monkeypatch: pytest.MonkeyPatch
) -> None:
    page.year.rules_button.click()
    assert window.rail.page_shown() == "rules"


# files and backups


def test_backups_are_listed_newest_first_and_made_here(
    qtbot: QtBot, page: SettingsPage, window: MainWindow
) -> None:
    before = len(page.data.rows.rows)
    page.data.now_button.click()
    qtbot.waitUntil(lambda: len(page.data.rows.rows) == before + 1)
    assert page.data.rows.rows[0].reason == "手动"
    assert page.data.chosen is not None
    assert page.data.path.text() == str(window.data_file)
    assert f"备份 {before + 1} 份" in page.data.state.text()


def test_a_backup_is_looked_at_and_one_that_is_broken_cannot_be_chosen(
    qtbot: QtBot, page: SettingsPage, window: MainWindow
) -> None:
    data = page.data
    data.now_button.click()
    qtbot.waitUntil(lambda: bool(data.rows.rows))
    data.select(0)
    data.check_button.click()
    qtbot.waitUntil(data.check_button.isEnabled)
    state = data.rows.index(0, BackupColumn.STATE)
    assert state.data() == "完好"
    assert data.restore_button.isEnabled()
    data.rows.rows[0].path.write_bytes(b"rubbish" * 100)
    data.check_button.click()
    qtbot.waitUntil(lambda: state.data() == "有问题")
    qtbot.waitUntil(data.check_button.isEnabled)
    assert not data.restore_button.isEnabled()
    assert any("没有通过核对" in text for text in data.bars.texts)


def test_the_data_file_is_looked_at_while_it_is_open(qtbot: QtBot, page: SettingsPage) -> None:
    page.data.check_file_button.click()
    qtbot.waitUntil(lambda: bool(page.data.bars.texts))
    assert page.data.bars.texts == ("数据文件完好。",)


def test_the_selected_backup_is_asked_for_and_put_in_place(
    qtbot: QtBot, page: SettingsPage, window: MainWindow, monkeypatch: pytest.MonkeyPatch
) -> None:
    page.data.now_button.click()
    qtbot.waitUntil(lambda: bool(page.data.rows.rows))
    page.data.select(0)
    wanted = page.data.rows.rows[0].path
    offered: list[int] = []

    def answer(dialog: RestoreDialog) -> int:
        offered.append(dialog.list.currentRow())
        dialog.accept_form()
        return 1

    monkeypatch.setattr(RestoreDialog, "exec", answer)
    page.data.restore_button.click()
    assert offered == [0]
    assert wanted in [info.path for info in list_backups(window.data_file)]
    assert any(info.reason == "恢复前" for info in list_backups(window.data_file))
    assert window.session is not None


def test_without_backups_it_says_so(qtbot: QtBot, window: MainWindow, tmp_path: Path) -> None:
    window.open_with(partial(open_store, tmp_path / "empty.db"))
    window.show_settings()
    shown = window.stack.currentWidget()
    assert isinstance(shown, SettingsPage)
    qtbot.waitUntil(lambda: not shown.data.none.isHidden())
    assert shown.data.table.isHidden()
    assert not shown.data.restore_button.isEnabled()


def test_a_folder_that_cannot_be_read_is_told(
    qtbot: QtBot, window: MainWindow, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(_: Path) -> None:
        raise PermissionError(13, "权限不够")

    monkeypatch.setattr(data_card, "list_backups", refuse)
    window.show_settings()
    shown = window.stack.currentWidget()
    assert isinstance(shown, SettingsPage)
    qtbot.waitUntil(lambda: bool(shown.data.bars.texts))
    assert shown.data.bars.texts[0].startswith("备份没有列出来：权限不够")


def test_a_skeleton_stands_in_while_a_slow_disk_is_waited_for(qtbot: QtBot, page: SettingsPage) -> None:
    data = page.data
    data.rows.show_rows(())
    job = data._listing
    assert job is not None
    job.slow.emit()
    assert not data.skeleton.isHidden()
    assert data.table.isHidden()
    assert not data.skeleton.grab().isNull()
    data.list_again()
    qtbot.waitUntil(data.skeleton.isHidden)


def test_a_list_that_is_there_is_not_hidden_by_the_skeleton(qtbot: QtBot, page: SettingsPage) -> None:
    page.data.now_button.click()
    qtbot.waitUntil(lambda: bool(page.data.rows.rows))
    assert page.data._listing is not None
    page.data._listing.slow.emit()
    assert page.data.skeleton.isHidden()


def test_recent_files_are_opened_or_forgotten(qtbot: QtBot, page: SettingsPage, window: MainWindow) -> None:
    here, gone = window.data_file.with_name("other.db"), window.data_file.with_name("gone.db")
    open_store(here).close()
    for path in (gone, here, window.data_file):
        window.settings.remember_file(path)
    page.refresh()
    qtbot.waitUntil(lambda: not window.runner.busy)
    words = [label.text() for label in page.recent.findChildren(type(page.recent.title)) if label.text()]
    assert "文件不在了" in words
    assert "现在打开的" in words
    crosses = {cross.accessibleName(): cross for cross in page.recent.findChildren(QToolButton)}
    crosses["从名单里去掉 gone.db"].click()
    assert str(gone) not in window.settings.values.recent
    page.recent.file_requested.emit(here)
    assert window.data_file == here


def test_rows_without_backups_are_empty(themed: None) -> None:
    rows = BackupRows()
    rows.show_verdicts({Path("x"): ()})
    assert rows.rowCount() == 0


# the page itself


@pytest.mark.parametrize("scale", [1.0, 1.15, 1.3])
@pytest.mark.parametrize("size", [(911, 464), (1093, 540), (1366, 768), (1920, 1080)])
def test_nothing_is_cut(
    qtbot: QtBot, page: SettingsPage, window: MainWindow, size: tuple[int, int], scale: float
) -> None:
    window.commands.choose_scale(scale)
    window.resize(*size)
    qtbot.waitUntil(lambda: page.area.widget().width() == page.area.viewport().width())
    for card in (page.looks, page.year, page.privacy, page.data, page.recent):
        qtbot.waitUntil(partial(fits, card))


def fits(card: SettingsCard) -> bool:
    wide = card.minimumSizeHint().width() <= card.width()
    return wide and card.layout().heightForWidth(card.width()) <= card.height()


def test_two_columns_become_one_in_a_narrow_window(page: SettingsPage, window: MainWindow) -> None:
    assert page.data.mapTo(page, QPoint()).x() > page.looks.mapTo(page, QPoint()).x()
    window.resize(911, 600)
    QApplication.processEvents()
    assert page.data.mapTo(page, QPoint()).x() == page.looks.mapTo(page, QPoint()).x()
    assert page.data.width() > 600


def test_every_control_can_be_reached_by_the_keyboard_and_has_a_name(page: SettingsPage) -> None:
    from PySide6.QtWidgets import QAbstractButton, QAbstractSpinBox, QComboBox

    controls = [
        control
        for kind in (QAbstractButton, QAbstractSpinBox, QComboBox)
        for control in page.findChildren(kind)
        if control.isVisible()
    ]
    assert len(controls) > 15
    for control in controls:
        named = control.accessibleName() or (control.text() if isinstance(control, QAbstractButton) else "")
        assert named, control
