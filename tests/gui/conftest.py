"""界面测试共用：主题装好的应用、装着演示年度的小数据文件、今天固定的会话。"""

from __future__ import annotations

import gc
from collections.abc import Iterator
from datetime import datetime
from itertools import count
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication, QEvent
from PySide6.QtWidgets import QApplication

from exports.package import read_package
from gui.messages import Messages
from gui.operations.session import YearSession
from gui.theme import install_fonts, theme
from models import commands
from models.sample import sample_year
from models.store import Store, open_store

NOW = datetime(2027, 6, 15, 14, 32)
COLLECT_EVERY = 10
_tests = count(1)


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
def no_leftovers(qapp: QApplication) -> Iterator[None]:
    """Widgets closed by a test are gone before the next one; garbage is collected between tests only.

    As in the program, the collector never runs on a thread of the background: widgets must not die there.
    """
    gc.disable()
    yield
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    if next(_tests) % COLLECT_EVERY == 0:
        gc.collect()
    gc.enable()


@pytest.fixture
def sample_store(tmp_path: Path) -> Iterator[Store]:
    with open_store(tmp_path / "sample.db") as store:
        commands.create_year(store, read_package(sample_year(), "sample"))
        yield store


@pytest.fixture
def session(themed: None, sample_store: Store) -> YearSession:
    made = YearSession(sample_store, Messages(), clock=lambda: NOW)
    made.open_year(2027)
    return made
