"""单位、学校与场地从菜单和搜索里打开，不用鼠标。"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from functools import partial
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from gui.search.source import menu_commands
from gui.services.program_settings import SettingsFile
from gui.shell.application import new_session
from gui.shell.main_window import MainWindow
from gui.years.units.units_dialog import UnitsDialog
from tests.stores import filled_store

WORDS = "单位、学校与场地…"


@pytest.fixture
def window(qtbot: QtBot, themed: None, tmp_path: Path) -> Iterator[MainWindow]:
    clock = partial(datetime, 2027, 6, 15, 14, 32)
    made = MainWindow(partial(new_session, clock), SettingsFile(tmp_path / "settings.json"), tmp_path)
    qtbot.addWidget(made)
    made.open_with(partial(filled_store, tmp_path / "demo.db"))
    yield made
    made.close()


def test_the_menu_and_the_search_open_the_lists_also_where_nothing_can_be_changed(
    window: MainWindow, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened: list[bool] = []
    monkeypatch.setattr(UnitsDialog, "exec", lambda form: opened.append(form.accept_button.isEnabled()) or 0)
    command = next(c for c in menu_commands(window.menuBar()).values() if c.entry.title == WORDS)
    command.action.trigger()
    assert window.session is not None
    window.session.hold("正在排期")
    assert command.action.isEnabled()
    command.action.trigger()
    assert opened == [True, False]
