"""打开数据文件时说的：查看材料的文件夹里有人改过、新放进的文件，说出名字和位置。"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from functools import partial
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from gui.services.program_settings import SettingsFile
from gui.session.messages import Bar
from gui.shell.application import new_session
from gui.shell.main_window import MainWindow
from models.store import open_store
from tests.stores import filled_store

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support", extend=True)  # offscreen says so


@pytest.fixture
def window(qtbot: QtBot, themed: None, tmp_path: Path) -> Iterator[MainWindow]:
    clock = partial(datetime, 2027, 6, 15, 14, 32)
    made = MainWindow(partial(new_session, clock), SettingsFile(tmp_path / "settings.json"), tmp_path)
    qtbot.addWidget(made)
    yield made
    made.close()


@pytest.mark.parametrize(
    ("names", "words"),
    [(["批注.docx"], "批注.docx（在"), (["一", "二", "三", "四"], "等 4 个文件（在"), ([], "")],
)
def test_files_left_among_the_copies_for_viewing_are_named_with_their_place(
    window: MainWindow, tmp_path: Path, names: list[str], words: str
) -> None:
    path = tmp_path / "数据.db"
    filled_store(path).close()
    folder = tmp_path / "材料" / "查看" / "0123456789ab"
    folder.mkdir(parents=True)
    for name in names:
        (folder / name).write_bytes(b"mine")
    bars: list[Bar] = []
    window.messages.bar_requested.connect(bars.append)
    window.open_with(partial(open_store, path))
    said = [bar.text for bar in bars if bar.topic == "viewing"]
    assert [words in text and str(folder) in text for text in said] == [True] * bool(names)
    assert sorted(file.name for file in folder.glob("*")) == sorted(names)
