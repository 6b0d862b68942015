"""界面测试共用：主题装好的应用、装着演示年度的小数据文件、今天固定的会话。"""

from __future__ import annotations

import gc
from collections.abc import Callable, Iterator
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, SignalInstance
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot
from pytestqt.wait_signal import SignalBlocker

from gui.kit.theme import install_fonts, theme
from gui.session import runner, suggestions
from gui.session.messages import Messages
from gui.session.year_session import YearSession
from gui.shell.application import waiting_notice
from models.store import Store
from tests.stores import filled_store

NOW = datetime(2027, 6, 15, 14, 32)
PATIENCE = 60_000
"""Milliseconds that a test waits before it fails: what is waited for comes, however busy the machine is."""


class PatientBot(QtBot):
    """Waits for what is to come, on any machine."""

    def waitUntil(self, callback: Callable[[], bool | None], *, timeout: int = PATIENCE) -> None:
        super().waitUntil(callback, timeout=timeout)

    def waitSignal(self, signal: SignalInstance, *, timeout: int = PATIENCE, **how: Any) -> SignalBlocker:
        return super().waitSignal(signal, timeout=timeout, **how)


@pytest.fixture
def qtbot(qapp: QApplication, request: pytest.FixtureRequest) -> QtBot:
    return PatientBot(request)


@pytest.fixture(scope="session")
def qapp_cls() -> type[QApplication]:
    return QApplication


@pytest.fixture(scope="session")
def dressed(qapp: QApplication) -> None:
    """The style sheet set once: every setting of it visits all widgets that are still alive."""
    qapp.setStyle("Fusion")
    install_fonts()
    theme().choose("light", 1.0)


@pytest.fixture
def themed(qapp: QApplication, dressed: None) -> Iterator[None]:
    yield
    if (theme().mode, theme().scale) != ("light", 1.0):
        theme().choose("light", 1.0)


@pytest.fixture(autouse=True)
def no_leftovers(qapp: QApplication, swept: None) -> Iterator[None]:
    """Widgets closed by a test are gone before the next one; ``swept`` collects between tests only.

    As in the program, the collector never runs on a thread of the background: widgets must not die there.
    """
    gc.disable()
    yield
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


@pytest.fixture(autouse=True)
def nothing_under_way(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """The background of a test is over with it: no thread is the last to hold a window."""
    used: list[runner.Runner] = []
    run = runner.Runner.run

    def noted(one: runner.Runner, *words: Any, **more: Any) -> runner.Job:
        used.append(one)
        return run(one, *words, **more)

    monkeypatch.setattr(runner.Runner, "run", noted)
    yield
    for job, thread in (job for one in used for job in one._jobs):
        job.progress.cancel()
        thread.join()


@pytest.fixture(autouse=True)
def haste(monkeypatch: pytest.MonkeyPatch) -> None:
    """No bar “正在……” because the machine is slow; suggestions are looked for without the pause for the user."""
    monkeypatch.setattr(runner, "BAR_AFTER", 10 * PATIENCE)
    monkeypatch.setattr(suggestions, "PAUSE", 20)


@pytest.fixture
def sample_store(tmp_path: Path) -> Iterator[Store]:
    with filled_store(tmp_path / "sample.db") as store:
        yield store


@pytest.fixture
def session(themed: None, sample_store: Store) -> YearSession:
    made = YearSession(sample_store, Messages(), clock=lambda: NOW, make_notice=waiting_notice)
    made.open_year(2027)
    return made
