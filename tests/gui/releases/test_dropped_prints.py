"""印件、校验码拖到窗口上：是哪一稿当场说出；没有打开年度时不接。"""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDropEvent
from pytestqt.qtbot import QtBot

from exports.prints import PrintKind, PrintOptions, ReleaseMark, make_print
from gui.releases.drifting import DriftDialog
from gui.services.opening import open_demo
from gui.services.program_settings import SettingsFile
from gui.shell.application import new_session
from gui.shell.main_window import MainWindow
from models.releases import Release, release_year
from tests.gui.conftest import NOW


@pytest.fixture
def window(
    qtbot: QtBot, themed: None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[MainWindow]:
    monkeypatch.setattr(DriftDialog, "open", lambda _: None)
    made = MainWindow(partial(new_session, lambda: NOW), SettingsFile(tmp_path / "s.json"), tmp_path)
    qtbot.addWidget(made)
    yield made
    made.close()


def opened(window: MainWindow, folder: Path) -> Release:
    """The demonstration year is open in the window and released."""
    window.open_with(partial(open_demo, folder / "demo.db"))
    session = window.session
    assert session is not None
    release = release_year(session.store, session.year, "", NOW.date())
    session.refresh()
    return release


def words(text: str) -> QMimeData:
    data = QMimeData()
    data.setText(text)
    return data


def file(path: Path) -> QMimeData:
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(path))])
    return data


def drop(window: MainWindow, data: QMimeData) -> bool:
    event = QDropEvent(
        QPointF(5, 5),
        Qt.DropAction.CopyAction,
        data,
        Qt.MouseButton.LeftButton,
        Qt.KeyboardModifier.NoModifier,
    )
    event.ignore()
    window.dropEvent(event)
    return event.isAccepted()


def answer(qtbot: QtBot, window: MainWindow) -> str:
    qtbot.waitUntil(lambda: bool(window.findChildren(DriftDialog)))
    (dialog,) = window.findChildren(DriftDialog)
    return dialog.answer.text()


def test_a_dropped_print_tells_its_release(qtbot: QtBot, window: MainWindow, tmp_path: Path) -> None:
    release = opened(window, tmp_path)
    assert window.session is not None
    mark = ReleaseMark(release.number, release.name, release.released_on, release.digest)
    snapshot, check = window.session.snapshot, window.session.check
    printed = make_print(PrintKind.WALL, snapshot, check, PrintOptions(month=6, release=mark))
    (tmp_path / "月历.pdf").write_bytes(printed.data)
    assert drop(window, file(tmp_path / "月历.pdf"))
    assert answer(qtbot, window).endswith(f"与{release.label}一致。")


def test_dropped_words_with_a_check_number_tell_their_release(
    qtbot: QtBot, window: MainWindow, tmp_path: Path
) -> None:
    release = opened(window, tmp_path)
    assert not drop(window, words("没有校验码"))
    assert drop(window, words(f"印发稿1 {release.short_hash}"))
    assert answer(qtbot, window) == f"校验码 {release.short_hash.upper()}与{release.label}一致。"


def test_without_a_year_there_is_nothing_to_check_against(window: MainWindow, tmp_path: Path) -> None:
    (tmp_path / "月历.pdf").write_bytes(b"%PDF")
    assert not drop(window, file(tmp_path / "月历.pdf"))
    assert not drop(window, words("内容校验码 63512A36"))
