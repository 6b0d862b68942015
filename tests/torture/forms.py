"""P13：填了一半的表单，窗口被杀之后，下次启动还给填表的人。"""

from __future__ import annotations

import os
import subprocess
import sys
from datetime import date
from pathlib import Path

from gui.services.drafts import DraftFile
from tests.stores import filled_store
from tests.torture.interposed import ROOT
from tests.torture.promise import Failures, Row, Trial


def half_filled(trial: Trial) -> list[Row]:
    """P13 with figures."""
    failures: Failures = []
    for number in range(trial.rounds):
        path = trial.fresh(f"草稿{number}") / "数据.db"
        filled_store(path).close()
        title = f"第{number}场消费维权公开课"
        _killed_while_filling(path, title)
        draft = DraftFile(path).read()
        if draft is None or draft.event.title != title:
            failures.append(f"第 {number} 次：草稿不在")
            continue
        bars = _said_at_the_next_start(path)
        offered = f"第{number}场" in bars and "没有保存" in bars
        failures += [] if offered else [f"第 {number} 次：启动时没有提起：{bars[:100]}"]
    return [Row("填表时被杀，再启动", trial.rounds, failures)]


def _child(word: str, *words: str) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-c", f"import sys; from tests.torture.forms import {word}; {word}(*sys.argv[1:])", *words],
        cwd=ROOT, stdout=subprocess.PIPE, text=True, stderr=subprocess.DEVNULL,
        env=os.environ | {"QT_QPA_PLATFORM": "offscreen"},
    )  # fmt: skip


def _killed_while_filling(path: Path, title: str) -> None:
    child = _child("fill", str(path), title)
    assert child.stdout is not None
    child.stdout.readline()
    child.kill()
    child.communicate()


def _said_at_the_next_start(path: Path) -> str:
    return _child("start_again", str(path)).communicate()[0]


def fill(path: str, title: str) -> None:
    """Type ``title`` into a new form; say so once a draft is there; stay until killed."""
    from PySide6.QtWidgets import QApplication

    from gui.event.dialog import EventDialog
    from gui.session.messages import Messages
    from gui.session.year_session import YearSession
    from models.domain.events import Campaign
    from models.store import open_store
    from tests.gui.conftest import NOW

    application = QApplication([])
    session = YearSession(open_store(path), Messages(), clock=lambda: NOW)
    session.open_year(2027)
    dialog = EventDialog(session, campaign=Campaign.LECTURE, day=date(2027, 6, 23))
    dialog.open()
    dialog.fields.title.control.setText(title)
    while (draft := DraftFile(Path(path)).read()) is None or draft.event.title != title:
        application.processEvents()
    print("kept", flush=True)
    application.exec()


def start_again(path: str) -> None:
    """Print what the bars of the window say when it opens the file."""
    from PySide6.QtWidgets import QApplication

    from gui.services.program_settings import SettingsFile
    from gui.session.year_session import YearSession
    from gui.shell.main_window import MainWindow
    from models.store import open_store
    from tests.gui.conftest import NOW

    application = QApplication([])
    folder = Path(path).parent
    window = MainWindow(
        lambda store, messages: YearSession(store, messages, clock=lambda: NOW), SettingsFile(folder / "设置.json"),
        folder, Path(path),
    )  # fmt: skip
    window.messages.said.connect(lambda text: print(text, flush=True))
    window.open_with(lambda: open_store(path))
    application.processEvents()
    os._exit(0)
