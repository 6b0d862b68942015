"""整窗走查：首次启动、演示年度、新建年度、撤销活过重启、只读。"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from functools import partial
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from gui.services.opening import open_demo
from gui.services.program_settings import SettingsFile
from gui.session.messages import Bar
from gui.shell.application import new_session
from gui.shell.main_window import MainWindow
from models import commands
from models.queries import year_snapshot
from models.sample import WRITTEN
from models.store import open_store

NOW = datetime(2027, 6, 15, 14, 32)


@pytest.fixture
def make_window(qtbot: QtBot, themed: None, tmp_path: Path) -> Callable[[], MainWindow]:
    def make() -> MainWindow:
        window = MainWindow(
            partial(new_session, lambda: NOW), SettingsFile(tmp_path / "settings.json"), tmp_path
        )
        qtbot.addWidget(window)
        return window

    return make


def test_an_empty_start_offers_a_new_year_and_the_demo(
    make_window: Callable[[], MainWindow], tmp_path: Path
) -> None:
    window = make_window()
    window.open_with(partial(open_store, tmp_path / "new.db"))
    assert window.stack.currentWidget() is window.first_run
    assert window.first_run.new_button.text() == "新建 2027 年度"
    window.close()


def test_the_demo_shows_the_board_and_says_that_it_is_one(
    make_window: Callable[[], MainWindow], tmp_path: Path
) -> None:
    window = make_window()
    window.open_with(partial(open_demo, tmp_path / "demo.db", WRITTEN))
    assert window.stack.currentWidget() is window.overview
    assert window.windowTitle() == "宝公开排期 — 2027 年度 · 宝山区"
    assert window.session is not None
    assert window.session.is_demo
    window.close()


def test_undo_outlives_a_restart(make_window: Callable[[], MainWindow], tmp_path: Path) -> None:
    first = make_window()
    first.open_with(partial(open_demo, tmp_path / "demo.db", WRITTEN))
    assert first.session is not None
    before = first.session.snapshot.event_by_key["A027"]
    first.session.perform(commands.move_event, 2027, "A027", datetime(2027, 6, 17, 9))
    first.close()
    second = make_window()
    second.open_with(partial(open_demo, tmp_path / "demo.db", WRITTEN))
    assert second.session is not None
    assert second.undo_actions.undo.text() == "撤销 移动“民法典”到6月17日"
    second.undo_actions.undo.trigger()
    assert second.session.snapshot.event_by_key["A027"] == before
    second.close()


def test_a_second_window_is_read_only_and_says_so(
    make_window: Callable[[], MainWindow], tmp_path: Path
) -> None:
    with open_demo(tmp_path / "demo.db", WRITTEN):
        window = make_window()
        window.open_with(partial(open_demo, tmp_path / "demo.db", WRITTEN))
        assert window.session is not None
        assert window.session.read_only
        assert any("只读" in text for text in window.bars.texts)
        window.session.perform(commands.move_event, 2027, "A027", datetime(2027, 6, 17, 9))
        assert window.session.snapshot.event_by_key["A027"].starts_at == datetime(2027, 6, 18, 9)
        window.close()


def test_what_is_open_elsewhere_can_be_copied_and_worked_on_there(
    make_window: Callable[[], MainWindow], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    target = tmp_path / "我的" / "副本.db"
    target.parent.mkdir()
    monkeypatch.setattr("gui.shell.data_files.ask_where_to_save", lambda *_: target)
    with open_demo(tmp_path / "demo.db", WRITTEN) as held:
        window = make_window()
        bars: list[Bar] = []
        window.messages.bar_requested.connect(bars.append)
        window.open_with(partial(open_demo, tmp_path / "demo.db", WRITTEN))
        (copy,) = (action for bar in bars for action in bar.actions if action.label == "另存副本并打开…")
        copy.run()
        assert window.session is not None
        assert (window.session.read_only, window.data_file) == (False, target)
        assert window.session.snapshot == year_snapshot(held, 2027)
        assert not any("只读" in text for text in window.bars.texts)
        window.close()


def test_a_damaged_file_is_refused_with_a_way_out(
    make_window: Callable[[], MainWindow], tmp_path: Path
) -> None:
    broken = tmp_path / "broken.db"
    broken.write_bytes(b"not a database at all" * 100)
    window = make_window()
    assert not window.open_with(partial(open_store, broken))
    assert any("损坏" in text for text in window.bars.texts)
    assert broken.read_bytes() == b"not a database at all" * 100
    window.close()


def test_a_toast_never_offers_to_undo_another_step(
    make_window: Callable[[], MainWindow], tmp_path: Path
) -> None:
    window = make_window()
    window.open_with(partial(open_demo, tmp_path / "demo.db", WRITTEN))
    session = window.session
    assert session is not None
    first, second = (event.key for event in session.snapshot.events[40:42])
    session.perform(commands.move_event, 2027, first, datetime(2027, 8, 24, 9), toast=True)
    assert [text for text in window.toasts.texts if text.startswith("已")] != []
    session.attempt(commands.move_event, 2027, second, datetime(2027, 8, 25, 9))
    assert window.toasts.texts == ()
    window.close()
