"""从外面读文字：等的时候窗口照常动；敌意的文件说清楚；太长的不放进框里。"""

from __future__ import annotations

from pathlib import Path
from time import sleep

import pytest
from PySide6.QtCore import QMimeData, QTimer
from PySide6.QtWidgets import QApplication, QProgressDialog, QWidget
from pytestqt.qtbot import QtBot

from gui.kit.pasted_text import PastedText
from gui.session import outside
from gui.session.outside import text_in_file, waited
from gui.session.runner import CancelledError, RunProgress
from gui.shell.main_window import is_written_by
from models.apart import read_apart
from models.domain.errors import InputError
from tests.exports.hostile_documents import GOOD, REFUSED

NOTHING = "没有读入。"


@pytest.fixture
def window(qtbot: QtBot, themed: None) -> QWidget:
    made = QWidget()
    qtbot.addWidget(made)
    return made


def test_a_document_is_read_while_the_window_goes_on(window: QWidget, tmp_path: Path) -> None:
    beats: list[int] = []
    timer = QTimer(window)
    timer.timeout.connect(lambda: beats.append(1))
    timer.start(5)
    path = tmp_path / "要点.docx"
    path.write_bytes(GOOD)
    assert text_in_file(window, path, NOTHING) == "\n".join(["一、元旦：1月1日放假。"] * 3)
    assert len(beats) > 3


@pytest.mark.parametrize("name", ["unclosed", "deflate", "number", "bomb"])
def test_a_hostile_document_is_an_error_in_words(window: QWidget, tmp_path: Path, name: str) -> None:
    path = tmp_path / "要点.docx"
    path.write_bytes(REFUSED[name])
    with pytest.raises(InputError, match=r"“要点.docx”.*没有读入。"):
        text_in_file(window, path, NOTHING)


def test_what_takes_long_can_be_stopped(window: QWidget, monkeypatch: pytest.MonkeyPatch) -> None:
    def slow(progress: RunProgress) -> object:
        return read_apart(sleep, (1000,), "a", NOTHING, lambda: progress.step(0, 0))

    def stop() -> None:
        for bar in window.findChildren(QProgressDialog):
            bar.canceled.emit()

    monkeypatch.setattr(outside, "_PATIENCE", 50)
    timer = QTimer(window)
    timer.timeout.connect(stop)
    timer.start(20)
    with pytest.raises(CancelledError):
        waited(window, "读", slow)


def test_text_that_is_too_long_is_neither_pasted_nor_put(qtbot: QtBot, themed: None) -> None:
    field = PastedText("通知原文", "", 10)
    qtbot.addWidget(field)
    told: list[str] = []
    field.refused.connect(told.append)
    for text in ("甲" * 11, "甲" * 10):
        data = QMimeData()
        data.setText(text)
        field.insertFromMimeData(data)
    assert not field.put("乙" * 11)
    assert field.toPlainText() == "甲" * 10
    assert told == ["有 11 字，太长，不像通知原文，没有放进来。"] * 2
    QApplication.processEvents()


def test_a_dropped_calendar_that_is_no_file_is_not_opened(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "a.ics"
    folder.mkdir()
    monkeypatch.setattr(Path, "open", lambda *_: pytest.fail("opened"))
    assert not is_written_by(folder, "x")
