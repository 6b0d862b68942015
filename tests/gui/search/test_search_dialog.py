"""搜索：键盘走一遍，选了就去，去过的记着。"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime
from functools import partial
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from gui.search import search_dialog
from gui.search.rows import RowKind
from gui.search.search_dialog import SearchDialog
from gui.search.source import menu_commands, plain_words
from gui.services.program_settings import SettingsFile
from gui.shell.application import new_session
from gui.shell.main_window import MainWindow
from models import commands
from planners.ledger_filter import LedgerFilter
from planners.search_index import SearchKind
from tests.factories import event, year
from tests.stores import filled_store

NOW = datetime(2027, 6, 15, 14, 32)
Shown = list[tuple[str, object]]


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
def search(window: MainWindow) -> SearchDialog:
    made = SearchDialog(window)
    made.open()
    return made


@pytest.fixture
def shown(window: MainWindow, monkeypatch: pytest.MonkeyPatch) -> Shown:
    pages: Shown = []
    monkeypatch.setattr(window, "show_page", lambda name, target=None: pages.append((name, target)))
    return pages


def key_of(search: SearchDialog) -> str:
    assert search.selected is not None
    return search.selected.entry.key if search.selected.entry else search.selected.words


def heads(search: SearchDialog) -> list[str]:
    return [row.words for row in search.rows.rows if row.kind is RowKind.HEAD]


def press(qtbot: QtBot, search: SearchDialog, key: Qt.Key, held: Qt.KeyboardModifier | None = None) -> None:
    qtbot.keyClick(search.line, key, held or Qt.KeyboardModifier.NoModifier)


def test_it_opens_at_the_top_in_the_middle_with_usual_commands(
    search: SearchDialog, window: MainWindow
) -> None:
    assert abs(search.geometry().center().x() - window.rect().center().x()) <= 1
    assert search.geometry().top() < 60
    assert heads(search) == ["常用命令"]
    assert key_of(search) == "活动 › 新建活动…"


@pytest.mark.parametrize(("width", "height"), [(911, 464), (1093, 540), (1366, 768)])
def test_it_stays_inside_the_window(
    search: SearchDialog, window: MainWindow, width: int, height: int
) -> None:
    search.line.setText("区")
    window.resize(width, height)
    assert window.rect().adjusted(-12, -12, 12, 12).contains(search.geometry())


def test_results_come_by_group_and_the_keys_walk_them(qtbot: QtBot, search: SearchDialog) -> None:
    search.line.setText("科创")
    assert heads(search)[:2] == ["活动", "条文与规则"]
    first = key_of(search)
    press(qtbot, search, Qt.Key.Key_Down)
    assert key_of(search) != first
    press(qtbot, search, Qt.Key.Key_Up)
    assert key_of(search) == first
    press(qtbot, search, Qt.Key.Key_Tab)
    assert search.selected is not None
    assert search.selected.entry is not None
    assert search.selected.entry.kind is SearchKind.RULE
    press(qtbot, search, Qt.Key.Key_Backtab)
    assert key_of(search) == first
    press(qtbot, search, Qt.Key.Key_Up)
    assert search.list.currentIndex().row() == len(search.rows.rows) - 1
    press(qtbot, search, Qt.Key.Key_PageUp)
    press(qtbot, search, Qt.Key.Key_PageUp)
    assert key_of(search) == first


def test_enter_shows_an_event_in_the_ledger_shift_in_the_calendar_control_its_form(
    qtbot: QtBot, search: SearchDialog, window: MainWindow, shown: Shown, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened: list[str] = []
    monkeypatch.setattr(window.tools.desk, "edit_event", opened.append)
    for held in (None, Qt.KeyboardModifier.ShiftModifier, Qt.KeyboardModifier.ControlModifier):
        search.open()
        search.line.setText("民法典进社区")
        press(qtbot, search, Qt.Key.Key_Return, held)
        assert not search.isVisible()
    assert shown == [("ledger", "A027"), ("calendar", "A027")]
    assert opened == ["A027"]


@pytest.mark.parametrize(
    ("query", "page", "target"),
    [
        ("区司法局", "ledger", LedgerFilter(unit="区司法局")),
        ("顾村镇", "ledger", LedgerFilter(town="顾村镇")),
        ("宝山实验学校", "ledger", LedgerFilter(text="宝山实验学校")),
        ("走进园区", "rules", "park.quarterly"),
        ("8月18日", "calendar", date(2027, 8, 18)),
    ],
)
def test_the_page_that_shows_it_is_gone_to(
    qtbot: QtBot, search: SearchDialog, shown: Shown, query: str, page: str, target: object
) -> None:
    search.line.setText(query)
    press(qtbot, search, Qt.Key.Key_Return)
    assert shown == [(page, target)]


def test_what_is_not_listed_of_the_events_is_seen_in_the_ledger(
    qtbot: QtBot, search: SearchDialog, shown: Shown
) -> None:
    search.line.setText("开放")
    while search.selected is None or search.selected.kind is not RowKind.MORE:
        press(qtbot, search, Qt.Key.Key_Down)
    press(qtbot, search, Qt.Key.Key_Return)
    assert shown == [("ledger", LedgerFilter(text="开放"))]


def test_a_decision_is_told(qtbot: QtBot, search: SearchDialog, window: MainWindow) -> None:
    search.line.setText("停车资源")
    press(qtbot, search, Qt.Key.Key_Return)
    assert any("停车" in text or "决策事项" in text for text in window.bars.texts)


def test_commands_show_their_keys_and_are_given(
    qtbot: QtBot, search: SearchDialog, window: MainWindow
) -> None:
    search.line.setText("重新检查")
    assert search.selected is not None
    assert search.selected.entry is not None
    assert (search.selected.entry.shortcut, search.selected.note) == ("F5", "规则")
    said: list[str] = []
    window.messages.said.connect(said.append)
    press(qtbot, search, Qt.Key.Key_Return)
    assert said == ["已重新检查"]


def test_a_command_that_cannot_be_given_says_so_and_does_nothing(
    qtbot: QtBot, search: SearchDialog, window: MainWindow
) -> None:
    search.dismiss()
    assert window.session is not None
    window.session.hold("正在排期")
    search.open()
    search.line.setText("新建年度")
    assert search.selected is not None
    assert search.selected.note == "文件 · 现在不能用"
    press(qtbot, search, Qt.Key.Key_Return)
    assert search.isVisible()


def test_what_was_chosen_comes_first_the_next_time(
    qtbot: QtBot, search: SearchDialog, window: MainWindow, shown: Shown
) -> None:
    for query in ("民法典进社区", "8月18日"):
        search.line.setText(query)
        press(qtbot, search, Qt.Key.Key_Return)
        search.open()
    assert heads(search) == ["最近选过", "常用命令"]
    assert [row.words for row in search.rows.rows[1:3]] == ["8月18日 周三", "民法典进社区"]
    window.data_file = window.data_file.with_name("other.db")
    search.dismiss()
    search.open()
    assert heads(search) == ["常用命令"]


def test_an_event_changed_or_gone_is_not_offered_as_it_was(search: SearchDialog, window: MainWindow) -> None:
    session = window.session
    assert session is not None
    search.line.setText("民法典进社区")
    assert search.selected is not None
    assert search.selected.entry is not None
    search.memory.remember(search.selected.entry, window.data_file)
    search.dismiss()
    session.perform(commands.delete_event, 2027, "A027")
    search.open()
    assert heads(search) == ["常用命令"]
    search.line.setText("民法典进社区")
    assert "A027" not in [row.entry.key for row in search.rows.rows if row.entry]


def test_events_of_other_years_are_found_and_their_year_is_opened(
    qtbot: QtBot, search: SearchDialog, window: MainWindow, shown: Shown
) -> None:
    session = window.session
    assert session is not None
    search.dismiss()
    session.perform(
        commands.create_year, year(event(day="2026-09-09", key="O1", title="旧年老活动"), number=2026)
    )
    search.open()
    search.line.setText("旧年老")
    assert search.selected is not None
    assert search.selected.note.startswith("2026年9月9日")
    press(qtbot, search, Qt.Key.Key_Return)
    assert (session.year, shown) == (2026, [("ledger", "O1")])


def test_without_a_match_it_says_where_it_looked(search: SearchDialog) -> None:
    search.line.setText("不存在的东西")
    assert search.empty.text().startswith("没有找到“不存在的东西”。找过了数据文件里的 1 个年度")
    assert search.selected is None


def test_without_a_year_commands_are_still_found(search: SearchDialog, window: MainWindow) -> None:
    search.dismiss()
    window.close_session()
    search.open()
    search.line.setText("社区服务中心")
    assert "只能找命令" in search.empty.text()
    search.line.setText("打开数据文件")
    assert key_of(search) == "文件 › 打开数据文件…"


def test_escape_gives_the_keyboard_back(qtbot: QtBot, window: MainWindow) -> None:
    overview = window.overview
    assert overview is not None
    overview.board.setFocus()
    search = SearchDialog(window)
    search.open()
    assert window.focusWidget() is search.line
    press(qtbot, search, Qt.Key.Key_Escape)
    assert not search.isVisible()
    assert window.focusWidget() is overview.board


def test_the_number_of_results_is_announced(
    qtbot: QtBot, search: SearchDialog, monkeypatch: pytest.MonkeyPatch
) -> None:
    said: list[str] = []
    monkeypatch.setattr(search_dialog, "announce", lambda _, words: said.append(words))
    search._announcing.setInterval(0)
    search.line.setText("区司法局")
    qtbot.waitUntil(lambda: bool(said))
    assert said == ["找到 8 项：单位 1，活动 7；第一项：区司法局"]


def test_the_words_of_a_menu_are_plain(window: MainWindow) -> None:
    assert plain_words("文件(&F)") == "文件"
    assert plain_words("甲 && 乙") == "甲 & 乙"
    found = menu_commands(window.menuBar())
    assert found["视图 › 外观 › 深色"].action.isCheckable()
    assert found["编辑 › 撤销 新建2027年度"].entry.shortcut == "Ctrl+Z"
