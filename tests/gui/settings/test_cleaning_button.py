"""设置页的“清理佐证文件”：在后台看，看完了问，同意了才移走。"""

from __future__ import annotations

import os
from collections.abc import Iterator
from datetime import datetime
from functools import partial
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from gui.event.evidence.clean_dialog import CleanDialog
from gui.services.opening import open_demo
from gui.services.program_settings import SettingsFile
from gui.settings.page import SettingsPage
from gui.shell.application import new_session
from gui.shell.main_window import MainWindow
from models.evidence_files import EvidenceFolder

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support", extend=True)  # offscreen says so


@pytest.fixture
def window(qtbot: QtBot, themed: None, tmp_path: Path) -> Iterator[MainWindow]:
    clock = partial(datetime, 2027, 6, 15, 14, 32)
    made = MainWindow(partial(new_session, clock), SettingsFile(tmp_path / "settings.json"), tmp_path)
    qtbot.addWidget(made)
    made.open_with(partial(open_demo, tmp_path / "demo.db"))
    yield made
    made.close()


def test_unused_evidence_files_are_looked_for_in_the_background_and_shown(
    window: MainWindow, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    source = tmp_path / "照片.jpg"
    source.write_bytes(b"stray")
    folder = EvidenceFolder(window.data_file)
    path = folder.path_of(folder.add(source).digest)
    os.utime(path, (1_000_000_000, 1_000_000_000))
    shown: list[CleanDialog] = []

    def agreed(dialog: CleanDialog) -> int:
        shown.append(dialog)
        dialog.accept_form()
        return 1

    monkeypatch.setattr(CleanDialog, "exec", agreed)
    window.show_settings()
    page = window.stack.currentWidget()
    assert isinstance(page, SettingsPage)
    page.refresh()
    page.data.clean_button.click()
    qtbot.waitUntil(lambda: bool(shown))
    assert not path.exists()
