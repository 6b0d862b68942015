"""窗口的骨架：菜单知道现在能做什么，区域一圈走得通，位置总在屏幕上，日志不写内容。"""

from __future__ import annotations

import logging
import stat
import sys
from collections.abc import Callable, Iterator
from datetime import datetime
from functools import partial
from pathlib import Path

import pytest
from PySide6.QtCore import QRect, QSize
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu
from pytestqt.qtbot import QtBot

from exports.package import write_package
from gui.attendance.decision_dialog import DecisionDialog
from gui.calendar.page import CalendarPage
from gui.data_files.restore_dialog import RestoreDialog
from gui.exporting.kinds import KINDS
from gui.intake.package_dialog import ImportDialog, change_lines
from gui.kit.help_dialogs import SHORTCUTS, ClauseTextDialog, ShortcutsDialog
from gui.kit.page import ExportTarget
from gui.kit.theme import theme
from gui.services.drafts import Draft, DraftFile, FormDraft, FormDrafts
from gui.services.logs import start_log, trace_words
from gui.services.opening import open_demo
from gui.session.year_session import YearSession
from gui.settings.page import SettingsPage
from gui.shell.first_run import FirstRunPage
from gui.shell.frame import UndoActions, fits_with_title, kept_inside
from gui.shell.main_window import MainWindow
from gui.shell.rail import RailButton
from gui.shell.status_line import holidays_words, rules_words, saved_words
from models import backups, commands
from models.domain.events import Campaign, Event
from models.reference import blank_year
from models.sample import WRITTEN
from models.store import Store, open_store
from tests.gui.conftest import NOW
from tests.gui.windows import window_at
from tests.stores import filled_store


@pytest.fixture
def window(qtbot: QtBot, themed: None, tmp_path: Path) -> Iterator[MainWindow]:
    made = window_at(NOW, tmp_path)
    qtbot.addWidget(made)
    yield made
    made.close()


def actions_of(window: MainWindow) -> dict[str, QAction]:
    return {
        action.text().replace("&", ""): action for action in window.findChildren(QAction) if action.text()
    }


def test_what_needs_a_year_is_grey_until_there_is_one(window: MainWindow, tmp_path: Path) -> None:
    names = ("新建活动…", "重新检查", "印发稿…", "新建年度…", "立即备份")
    window.open_with(partial(open_store, tmp_path / "new.db"))
    empty = [actions_of(window)[name].isEnabled() for name in names]
    window.open_with(partial(filled_store, tmp_path / "demo.db"))
    full = [actions_of(window)[name].isEnabled() for name in names]
    assert (empty, full) == ([False, False, False, True, True], [True] * 5)


def test_a_read_only_file_offers_no_change(window: MainWindow, tmp_path: Path) -> None:
    with open_demo(tmp_path / "demo.db", WRITTEN):
        window.open_with(partial(open_demo, tmp_path / "demo.db", WRITTEN))
        found = actions_of(window)
        assert [found[name].isEnabled() for name in ("新建活动…", "新建年度…", "立即备份")] == [False] * 3
        assert found["重新检查"].isEnabled()
        assert window.status_line.findChildren(type(window.status_line._saved))[0].text() == "只读"


def test_the_menus_lead_to_every_kind_of_export(
    window: MainWindow, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    window.open_with(partial(filled_store, tmp_path / "demo.db"))
    gone: list[ExportTarget] = []
    monkeypatch.setattr(window, "show_page", lambda _page, target: gone.append(target))
    output = next(action.menu() for action in window.menuBar().actions() if action.text().startswith("输出"))
    assert isinstance(output, QMenu)
    output.aboutToShow.emit()
    for menu in (output, *output.findChildren(QMenu)):
        for action in menu.actions():
            if not isinstance(action.menu(), QMenu) and not action.text().endswith("…"):
                action.trigger()
    assert {target.kind for target in gone} == {kind.key for kind in KINDS}
    packs = [target.options for target in gone if target.kind == "evidence-pack"]
    assert packs == [(("quarter", quarter),) for quarter in range(1, 5)]


def test_the_sheet_lists_every_shortcut_of_the_menus_and_no_other(window: MainWindow, tmp_path: Path) -> None:
    window.open_with(partial(filled_store, tmp_path / "demo.db"))
    known = {keys.toString() for action in window.findChildren(QAction) for keys in action.shortcuts()}
    listed = {keys for _, keys in SHORTCUTS[0][1]}
    assert listed - known == {"F6", "Shift+F6"}
    assert known - listed == {"Ctrl+Shift+Z"}, "a second one for 重做; all others are in the sheet"


def test_no_shortcut_is_given_twice(window: MainWindow, tmp_path: Path) -> None:
    window.open_with(partial(filled_store, tmp_path / "demo.db"))
    actions = {id(action): action for action in window.findChildren(QAction)}.values()
    keys = [key.toString() for action in actions for key in action.shortcuts()]
    assert sorted(keys) == sorted(set(keys))


def test_f6_goes_round_the_regions_and_back(qtbot: QtBot, window: MainWindow, tmp_path: Path) -> None:
    window.open_with(partial(filled_store, tmp_path / "demo.db"))
    window.resize(1366, 728)
    with qtbot.waitExposed(window):
        window.show()
    start = window.focusWidget()
    seen = []
    for _ in range(10):
        window.region_keys.step(1)
        seen.append(window.focusWidget())
        if window.focusWidget() is start:
            break
    assert start is window.overview.board
    assert seen[-1] is start
    assert any(isinstance(widget, RailButton) for widget in seen)
    window.region_keys.step(-1)
    assert window.focusWidget() in seen[-3:]


def test_f6_goes_on_from_the_middle_of_a_bar(qtbot: QtBot, window: MainWindow, tmp_path: Path) -> None:
    window.open_with(partial(filled_store, tmp_path / "demo.db"))
    window.show_page("calendar")
    with qtbot.waitExposed(window):
        window.show()
    page = window.stack.page
    assert isinstance(page, CalendarPage)
    page.filters.toggles[3].setFocus()
    window.region_keys.step(1)
    assert window.focusWidget() is page.month


def test_shift_f10_opens_the_menu_of_the_day_with_the_keyboard(
    qtbot: QtBot, window: MainWindow, tmp_path: Path
) -> None:
    window.open_with(partial(filled_store, tmp_path / "demo.db"))
    window.show_page("calendar")
    with qtbot.waitExposed(window):
        window.show()
    page = window.stack.page
    assert isinstance(page, CalendarPage)
    asked: list[object] = []
    page.month.context_requested.disconnect()
    page.month.context_requested.connect(lambda *what: asked.append(what))
    window.region_keys.open_context_menu()
    assert asked


def test_the_settings_page_names_the_data_file_and_changes_the_look(
    window: MainWindow, tmp_path: Path
) -> None:
    window.open_with(partial(filled_store, tmp_path / "demo.db"))
    window.show()
    window.show_settings()
    page = window.stack.currentWidget()
    assert isinstance(page, SettingsPage)
    page.looks.scale.choose(1.15)
    page.looks.mode.choose("dark")
    assert (theme().scale, theme().dark) == (1.15, True)
    assert (window.settings.values.text_scale, window.settings.values.mode) == (1.15, "dark")
    assert page.data.path.text() == str(tmp_path / "demo.db")
    assert window.rail.page_shown() == "settings"
    window.show_page("overview")
    assert window.rail.page_shown() == "overview"
    assert "逾期或有风险" in window.rail.findChildren(RailButton)[3].accessibleName()


def test_a_draft_left_behind_is_offered_and_can_be_dropped(window: MainWindow, tmp_path: Path) -> None:
    event = Event("E0001", Campaign.LECTURE, "消费维权公开课", "消费维权", datetime(2027, 6, 23, 14))
    drafts = DraftFile(tmp_path / "demo.db")
    drafts.keep(Draft(2027, True, event, NOW))
    window.open_with(partial(filled_store, tmp_path / "demo.db"))
    assert [text for text in window.bars.texts if "消费维权" in text] == [
        "上次有一张没有保存的活动表单：“消费维权”（06月15日 14:32）。"
    ]
    window.found.drop_draft()
    assert (window.bars.texts, drafts.read()) == ((), None)


@pytest.mark.qt_log_ignore("propagateSizeHints")
def test_forms_left_behind_are_named_and_the_newest_is_gone_on_with(
    window: MainWindow, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    drafts = FormDrafts(tmp_path / "demo.db")
    drafts.keep(FormDraft("ParameterDialog|2027|公开讲堂", 2027, "规则参数：公开讲堂", NOW, [None, []]))
    values = [None, [["事项", "养老服务设施布局专项规划"], ["简称", "养老"]]]
    drafts.keep(FormDraft("DecisionDialog|2027|", 2027, "新增决策事项", NOW.replace(minute=40), values))
    window.open_with(partial(filled_store, tmp_path / "demo.db"))
    assert (
        "上次有 2 张没有保存的表单：“新增决策事项”（06月15日 14:40）、“规则参数：公开讲堂”（06月15日 14:32）。再打开时可以接着填。"
        in window.bars.texts
    )
    opened: list[str] = []
    monkeypatch.setattr(DecisionDialog, "exec", lambda form: opened.append(form.title_edit.text()) or 0)
    window.found._continue_form(drafts.read()[0])
    assert opened == ["养老服务设施布局专项规划"]
    assert window.bars.texts == ()
    window.found.drop_forms()
    assert drafts.read() == ()


def test_the_file_that_could_not_be_opened_is_the_one_that_is_restored(
    qtbot: QtBot, window: MainWindow, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    where = tmp_path / "年度.db"
    with open_demo(where, WRITTEN) as store:
        commands.move_event(store, 2027, "A027", datetime(2027, 6, 17, 9))
        kept = backups.backup(store)
    where.write_bytes(b"damaged" * 100)
    assert not window.open_with(partial(open_store, where))
    monkeypatch.setattr(RestoreDialog, "exec", lambda dialog: dialog.accept_button.click() or True)
    window.files.ask_for_backup()
    assert window.session is not None
    assert window.session.snapshot.event_by_key["A027"].starts_at == datetime(2027, 6, 17, 9)
    assert kept.exists()


def test_an_import_shows_first_what_it_changes(
    qtbot: QtBot, window: MainWindow, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    window.open_with(partial(filled_store, tmp_path / "demo.db"))
    session = window.session
    assert session is not None
    package = tmp_path / "年度.json"
    package.write_bytes(write_package(session.snapshot))
    before = session.snapshot
    session.attempt(commands.delete_event, 2027, "A027")
    asked: list[ImportDialog] = []
    monkeypatch.setattr(ImportDialog, "exec", lambda dialog: asked.append(dialog) or True)
    monkeypatch.setattr("gui.shell.data_files.ask_what_to_open", lambda *_: package)
    window.files.import_package()
    qtbot.waitUntil(lambda: bool(asked) and not window.runner.busy)
    assert sorted(e.key for e in session.snapshot.events) == sorted(e.key for e in before.events)
    session.undo()
    assert "A027" not in session.snapshot.event_by_key


def test_the_lines_of_an_import_count_what_is_new_changed_and_gone(sample_store: Store) -> None:
    from models.queries import year_snapshot

    before = year_snapshot(sample_store, 2027)
    commands.delete_event(sample_store, 2027, "A027")
    commands.move_event(sample_store, 2027, "A017", datetime(2027, 6, 28, 9))
    changes = commands.differences(before, year_snapshot(sample_store, 2027))
    assert change_lines(changes) == ("活动：修改 1，删除 1",)


def test_the_window_comes_back_where_it_was(
    qtbot: QtBot, themed: None, tmp_path: Path, window: MainWindow
) -> None:
    window.setGeometry(30, 40, 700, 500)
    window.close()
    again = window_at(NOW, tmp_path, "x.db")
    qtbot.addWidget(again)
    assert again.geometry() == QRect(30, 40, 700, 500)


@pytest.mark.parametrize(
    ("wanted", "kept"),
    [
        (QRect(100, 100, 800, 600), QRect(100, 100, 800, 600)),
        (QRect(-500, 900, 800, 600), QRect(0, 168, 800, 600)),
        (QRect(0, 0, 5000, 3000), QRect(0, 0, 1366, 768)),
        (QRect(1300, 700, 800, 600), QRect(566, 168, 800, 600)),
    ],
)
def test_a_window_is_never_off_the_screen(wanted: QRect, kept: QRect) -> None:
    assert kept_inside(wanted, QRect(0, 0, 1366, 768)) == kept


@pytest.mark.parametrize(
    ("size", "room", "fits"),
    [((1366, 768), (1366, 768), False), ((1280, 700), (1366, 768), True), ((1680, 960), (1920, 1040), True)],
)
def test_a_window_without_room_for_its_title_fills_the_screen(
    size: tuple[int, int], room: tuple[int, int], fits: bool
) -> None:
    assert fits_with_title(QSize(*size), QSize(*room)) is fits


def test_the_status_line_says_what_the_checks_lean_on(session: object) -> None:
    assert saved_words(None) == "没有打开数据"
    assert saved_words(session) == "已保存"
    session.perform(commands.move_event, 2027, "A027", datetime(2027, 6, 17, 9))
    assert saved_words(session) == "已保存 14:32"
    assert rules_words(session) == "规则依据：宝府办〔2024〕14号 · 规则集 2024 · 沿用"
    assert holidays_words(session).startswith("节假日：2027（未公布")


def test_the_first_page_names_the_year_and_asks_for_what_is_clicked(qtbot: QtBot, themed: None) -> None:
    page = FirstRunPage()
    qtbot.addWidget(page)
    page.set_year(2028, read_only=False)
    asked: list[str] = []
    page.new_year_requested.connect(lambda: asked.append("new"))
    page.open_requested.connect(lambda: asked.append("open"))
    page.demo_requested.connect(lambda: asked.append("demo"))
    for made in (page.new_button, page.open_button, page.demo_button):
        made.click()
    assert (page.new_button.text(), asked) == ("新建 2028 年度", ["new", "open", "demo"])
    page.set_year(2028, read_only=True)
    assert not page.new_button.isEnabled()


@pytest.mark.parametrize("dialog", [ShortcutsDialog, ClauseTextDialog])
def test_a_dialog_stays_inside_its_window(
    qtbot: QtBot, window: MainWindow, dialog: Callable[[MainWindow], ShortcutsDialog]
) -> None:
    window.resize(640, 420)
    shown = dialog(window)
    assert shown.width() <= 640 * 0.92
    assert shown.height() <= 420 * 0.92


@pytest.fixture
def log(tmp_path: Path) -> Iterator[Path]:
    root = logging.getLogger()
    before = list(root.handlers)
    start_log(tmp_path / "log")
    yield tmp_path / "log" / "program.log"
    for handler in [handler for handler in root.handlers if handler not in before]:
        handler.close()
        root.removeHandler(handler)


def test_the_log_is_private_bounded_and_holds_warnings_only(log: Path) -> None:
    logging.getLogger("gui").info("ignored")
    logging.getLogger("gui").warning("changed %d rows", 3)
    text = log.read_text(encoding="utf-8")
    assert text.endswith("WARNING gui changed 3 rows\n")
    assert "ignored" not in text
    if sys.platform != "win32":
        assert stat.S_IMODE(log.stat().st_mode) == 0o600


def test_a_trace_names_places_and_never_values() -> None:
    try:
        int("王某某 13900000000")
    except ValueError as error:
        words = trace_words(type(error), error.__traceback__)
    assert words.startswith("ValueError\nPython ")
    assert "gui/shell/test_frame.py:" in words
    assert "139" not in words
    assert str(Path.home()) not in words


def test_an_exported_calendar_is_remembered_as_published(
    qtbot: QtBot, window: MainWindow, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    window.open_with(partial(filled_store, tmp_path / "demo.db"))
    target = tmp_path / "讲堂.ics"
    monkeypatch.setattr("gui.kit.exporter.ask_where_to_save", lambda *_: target)
    window.tools.exporter.export_events(["A001", "A002"])
    qtbot.waitUntil(target.exists)
    qtbot.waitUntil(lambda: bool(window.toasts.texts))
    stamps = window.session.snapshot.stamps
    assert window.toasts.texts == ("已导出 讲堂.ics",)
    assert stamps["A001"].exported
    assert not stamps["A027"].exported
    assert window.status_line.spoken == "已导出 讲堂.ics"


def test_a_calendar_without_events_is_refused_in_words(
    qtbot: QtBot, window: MainWindow, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    window.open_with(partial(open_store, tmp_path / "new.db"))
    commands.create_year(window.session.store, blank_year(2027))
    window.session.open_year(2027)
    target = tmp_path / "空.ics"
    monkeypatch.setattr("gui.kit.exporter.ask_where_to_save", lambda *_: target)
    window.tools.exporter.export_events([])
    qtbot.waitUntil(lambda: bool(window.bars.texts))
    assert window.bars.texts[0].startswith("没有可以写入日历的活动。")
    assert not target.exists()


def test_files_opened_before_are_offered_while_they_are_there(window: MainWindow, tmp_path: Path) -> None:
    for name in ("甲.db", "乙.db", "丙&丁.db"):
        window.open_with(partial(open_store, tmp_path / name))
    (tmp_path / "甲.db").unlink()
    window.open_with(partial(filled_store, tmp_path / "demo.db"))
    window.menus.recent.aboutToShow.emit()
    assert [action.text() for action in window.menus.recent.actions()] == [
        str(tmp_path / "丙&&丁.db"),
        str(tmp_path / "乙.db"),
    ]
    window.menus.recent.actions()[1].trigger()
    assert window.data_file == tmp_path / "乙.db"


def test_names_with_markup_are_shown_as_they_are(session: YearSession) -> None:
    actions = UndoActions(session)
    actions.follow(session)
    event = session.snapshot.event_by_key["A027"]._replace(short="<b>")
    session.perform(commands.change_event, 2027, event)
    assert "&lt;b&gt;" in actions.undo.toolTip()
