"""清理佐证文件的表单：列出没有用到的和缺了的，同意了才移走，只读时不移。"""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from gui.event.evidence.clean_dialog import CleanDialog
from gui.session.messages import Bar, Toast
from gui.session.year_session import YearSession
from models.domain.errors import CommandError
from models.domain.papers import Evidence, EvidenceKind
from models.evidence import add_evidence
from models.evidence_cleaning import ASIDE, evidence_state
from models.evidence_files import EvidenceFolder
from tests.gui.attendance.test_privacy import words

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support", extend=True)  # offscreen says so


def stray(session: YearSession, data: bytes) -> Path:
    """A file that was added long ago and that nothing refers to."""
    source = session.store.path.with_name("照片.jpg")
    source.write_bytes(data)
    folder = EvidenceFolder(session.store.path)
    path = folder.path_of(folder.add(source).digest)
    os.utime(path, (1_000_000_000, 1_000_000_000))
    return path


def clean_dialog(qtbot: QtBot, session: YearSession) -> CleanDialog:
    state = evidence_state(session.store.path, session.store.clock())
    dialog = CleanDialog(session, state)
    qtbot.addWidget(dialog)
    dialog.show()
    return dialog


def test_what_nothing_needs_is_listed_and_moved(qtbot: QtBot, session: YearSession) -> None:
    paths = [stray(session, data) for data in (b"one", b"two" * 1000)]
    dialog = clean_dialog(qtbot, session)
    assert dialog.list.count() == 2
    assert dialog.accept_button.text() == "移走 2 份"
    toasts: list[Toast] = []
    session.messages.toast_requested.connect(toasts.append)
    dialog.accept_button.click()
    assert dialog.result() == CleanDialog.DialogCode.Accepted
    assert [toast.text for toast in toasts] == ["已移走 2 份佐证文件"]
    assert not any(path.exists() for path in paths)
    (folder,) = (session.store.path.parent / ASIDE).iterdir()
    assert len(list(folder.iterdir())) == 2
    again = clean_dialog(qtbot, session)
    assert "没有可以清理的。" in [*words(again)]
    assert not again.accept_button.isEnabled()


def test_missing_files_are_named_five_of_them(qtbot: QtBot, session: YearSession) -> None:
    event = session.snapshot.events[0].key
    pieces = [
        Evidence(f"F9{number}", event, EvidenceKind.PHOTO, f"照片{number}", "a.jpg", f"{number}" * 64, 9)
        for number in range(7)
    ]
    session.attempt(add_evidence, 2027, pieces)
    read = [*words(clean_dialog(qtbot, session))]
    assert sum(line.startswith("佐证材料“照片") for line in read) == 5
    assert any(line.startswith("另有 2 份，命令 clean 列出全部。") for line in read)


def test_a_file_that_cannot_be_moved_is_told(
    qtbot: QtBot, session: YearSession, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = stray(session, b"held")

    def refuse(_: Path, __: Path) -> Path:
        raise OSError(5, "io")

    dialog = clean_dialog(qtbot, session)
    monkeypatch.setattr(Path, "rename", refuse)
    bars: list[Bar] = []
    session.messages.bar_requested.connect(bars.append)
    dialog.accept_button.click()
    assert [bar.text.startswith("没有移走：") for bar in bars] == [True]
    assert path.exists()


def test_read_only_nothing_is_moved(qtbot: QtBot, session: YearSession) -> None:
    path = stray(session, b"stray")
    session.hold("正在排期")
    dialog = clean_dialog(qtbot, session)
    assert not dialog.accept_button.isEnabled()
    assert dialog.refusal_text() == "正在排期"
    with pytest.raises(CommandError, match="正在排期"):
        dialog.accept_form()
    assert path.exists()
