"""台账页：示例年度，今天是 2027 年 6 月 15 日。"""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtWidgets import QMenu
from pytestqt.qtbot import QtBot

from gui.event.inspector.inspector import Inspector
from gui.ledger.page import LedgerPage
from gui.session.year_session import YearSession


@pytest.fixture(autouse=True)
def quiet_menus(monkeypatch: pytest.MonkeyPatch) -> None:
    """Menus are made and chosen from, not shown: the screen of a test cannot take the keyboard for them."""
    monkeypatch.setattr(QMenu, "popup", lambda *_: None)


MakePage = Callable[..., LedgerPage]


@pytest.fixture
def make_page(qtbot: QtBot, session: YearSession) -> MakePage:
    """Shows the page at a size of its own."""

    def make(width: int = 1844, height: int = 964) -> LedgerPage:
        page = LedgerPage(session, Inspector(session))
        qtbot.addWidget(page)
        page.resize(width, height)
        page.show()
        page._idle.stop()
        return page

    return make


@pytest.fixture
def page(make_page: MakePage) -> LedgerPage:
    return make_page()
