"""日历测试共用：演示年度的会话与一页日历。"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from gui.calendar.page import CalendarPage
from gui.session.year_session import YearSession
from tests.gui.overview.board_samples import sample_session
from tests.stores import filled_store


@pytest.fixture
def year_session(themed: None, tmp_path: Path) -> Iterator[YearSession]:
    store = filled_store(tmp_path / "样例.db")
    yield sample_session(store)
    store.close()


@pytest.fixture
def page(qtbot: QtBot, year_session: YearSession) -> CalendarPage:
    made = CalendarPage(year_session)
    qtbot.addWidget(made)
    made.resize(1844, 998)
    made.show()
    return made
