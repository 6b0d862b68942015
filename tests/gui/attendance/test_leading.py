"""从年度总览、日历、搜索都走到公众列席页的那一项；排期能帮上忙的仍给“看建议”。"""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from pathlib import Path

import pytest
from PySide6.QtGui import QAction
from pytestqt.qtbot import QtBot

from gui.attendance.page import AttendancePage
from gui.kit.page import ATTENDANCE
from gui.shell.main_window import MainWindow
from gui.shell.pages import PAGES
from planners.attendance.stages import Stage
from tests.gui.conftest import NOW
from tests.gui.windows import window_at
from tests.stores import filled_store

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support", extend=True)  # offscreen says so


@pytest.fixture
def window(qtbot: QtBot, themed: None, tmp_path: Path) -> Iterator[MainWindow]:
    made = window_at(NOW, tmp_path)
    qtbot.addWidget(made)
    made.open_with(partial(filled_store, tmp_path / "demo.db"))
    made.resize(1366, 768)
    made.show()
    yield made
    made.close()


def page_of(window: MainWindow) -> AttendancePage:
    page = window.stack.currentWidget()
    assert isinstance(page, AttendancePage)
    return page


def test_a_chip_of_the_board_leads_to_the_stage_that_is_to_be_done(window: MainWindow) -> None:
    window.overview.decision_requested.emit("d2")
    page = page_of(window)
    assert (page.table.key, page.table.stage) == ("d2", Stage.STUDIED)
    assert [shown.bar.topic for shown in window.bars._bars] == []


def test_what_the_planner_can_help_with_still_offers_a_proposal(window: MainWindow) -> None:
    assert window.tools is not None
    window.tools.desk.tell_decision("d5")
    assert page_of(window).table.key == "d5"
    (bar,) = [shown.bar for shown in window.bars._bars if shown.bar.topic == "decision"]
    assert [one.label for one in bar.actions] == ["看建议"]
    window.tools.desk.tell_decision("d1")
    assert [shown.bar.topic for shown in window.bars._bars] == []


def test_a_decision_that_is_gone_is_said(window: MainWindow) -> None:
    assert window.tools is not None
    window.tools.desk.tell_decision("nowhere")
    assert window.toasts.texts == ("这项决策事项已不在目录里。",)


def test_the_keys_of_the_pages_follow_the_rail(window: MainWindow) -> None:
    keys = {action.shortcut().toString(): action.text() for action in window.findChildren(QAction)}
    assert [keys[f"Ctrl+{number}"] for number in range(1, len(PAGES) + 1)] == [entry.words for entry in PAGES]
    window.show_page(ATTENDANCE)
    assert page_of(window).isVisible()
