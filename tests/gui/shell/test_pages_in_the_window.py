"""页面在窗口里：换页、改窗口大小、改文字大小之后仍然好用；按键按在窗口上。"""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from gui.calendar.page import CalendarPage
from gui.exporting.page import ExportsPage
from gui.kit.page import CALENDAR, LEDGER, RULES, SETTINGS
from gui.kit.side_drawer import SideDrawer
from gui.kit.theme import theme
from gui.ledger.page import LedgerPage
from gui.rules.page import RulesPage
from gui.shell.main_window import MainWindow
from tests.gui.conftest import NOW
from tests.gui.windows import window_at
from tests.stores import filled_store

SHIFT = Qt.KeyboardModifier.ShiftModifier


@pytest.fixture
def window(qtbot: QtBot, themed: None, tmp_path: Path) -> Iterator[MainWindow]:
    made = window_at(NOW, tmp_path, "年.db")
    qtbot.addWidget(made)
    made.resize(1366, 768)
    made.open_with(partial(filled_store, tmp_path / "年.db"))
    made.show()
    made.activateWindow()
    QApplication.processEvents()
    yield made
    made.close()


def rules_of(window: MainWindow) -> RulesPage:
    window.show_page(RULES)
    QApplication.processEvents()
    page = window.stack.page
    assert isinstance(page, RulesPage)
    return page


def pressed(window: MainWindow, page: RulesPage, times: int, *, back: bool = False) -> list[tuple[str, str]]:
    """Where each of ``times`` presses of F8 on the window led."""
    found = []
    for _ in range(times):
        QTest.keyClick(window, Qt.Key.Key_F8, SHIFT if back else Qt.KeyboardModifier.NoModifier)
        QApplication.processEvents()
        line = page.line
        found.append((line.key if line else "", page.findings.current_key() or ""))
    return found


def all_findings(page: RulesPage) -> list[tuple[str, str]]:
    return [(line.key, row.key) for line in page.lines for row in line.rows]


def test_f8_walks_through_all_findings_and_around(window: MainWindow) -> None:
    page = rules_of(window)
    found = all_findings(page)
    start = next(n for n, (line, _) in enumerate(found) if page.line and line == page.line.key)
    assert len(found) > 5
    assert pressed(window, page, len(found) + 1) == [*found[start:], *found[: start + 1]]


def test_shift_f8_visits_the_findings_of_a_clause_from_the_last_to_the_first(window: MainWindow) -> None:
    page = rules_of(window)
    found = all_findings(page)
    several = next(line for line in page.lines if len(line.rows) > 1)
    page.show_rule(several.key)
    pressed(window, page, 1)
    here = found.index((several.key, several.rows[0].key))
    backwards = [found[(here - n) % len(found)] for n in range(1, len(found) + 1)]
    assert pressed(window, page, len(found), back=True) == backwards


def test_f8_from_another_page_goes_to_the_rules(window: MainWindow) -> None:
    window.show_page(LEDGER)
    QApplication.processEvents()
    QTest.keyClick(window, Qt.Key.Key_F8)
    page = window.stack.page
    assert isinstance(page, RulesPage)
    assert (page.line and page.line.key, page.findings.current_key()) == all_findings(page)[0]


# drawers


def opened_drawer(window: MainWindow, name: str) -> SideDrawer:
    window.show_page(name)
    QApplication.processEvents()
    page = window.stack.page
    if isinstance(page, LedgerPage):
        page.show_inspector(page.view.ledger.shown_keys()[0])
        drawer = page.drawer
    elif isinstance(page, CalendarPage):
        page.toggle_drawer()
        drawer = page.drawer
    else:
        assert isinstance(page, RulesPage)
        page.header.panel_button.click()
        drawer = page.panes.drawer
    assert drawer.is_open
    return drawer


def edges(drawer: SideDrawer) -> tuple[int, int, int, int]:
    """Right edge and bottom of the drawer, then those that it is to have."""
    around = drawer.parentWidget()
    assert isinstance(around, QWidget)
    return drawer.x() + drawer.width(), drawer.y() + drawer.height(), around.width(), around.height()


@pytest.mark.parametrize("name", [LEDGER, CALENDAR, RULES])
def test_a_drawer_keeps_to_the_edge_when_the_window_changes_on_another_page(
    window: MainWindow, name: str
) -> None:
    drawer = opened_drawer(window, name)
    window.show_page(SETTINGS)
    window.resize(1093, 700)
    QApplication.processEvents()
    window.show_page(name)
    QApplication.processEvents()
    assert drawer.is_open
    right, bottom, width, height = edges(drawer)
    assert (right, bottom) == (width, height)


@pytest.mark.parametrize("name", [LEDGER, CALENDAR, RULES])
def test_a_drawer_begins_below_the_head_after_another_text_size(window: MainWindow, name: str) -> None:
    drawer = opened_drawer(window, name)
    window.show_page(SETTINGS)
    theme().choose(scale=1.3)
    QApplication.processEvents()
    window.show_page(name)
    QApplication.processEvents()
    right, bottom, width, height = edges(drawer)
    assert (right, bottom) == (width, height)
    page = window.stack.page
    assert page is not None
    header = page.findChild(QWidget, "PageHeader")
    assert header is not None
    assert drawer.mapTo(page, QPoint(0, 0)).y() >= header.height()


def test_what_a_page_said_is_over_when_another_is_shown(window: MainWindow) -> None:
    window.show_page("open_month")
    window.messages.said.emit("友谊路街道（1 场）8月1日 周日：回车新建")
    assert window.status_line.spoken
    window.show_page("settings")
    assert window.status_line.spoken == ""


def test_the_ledger_and_the_checklist_leave_from_their_own_pages(window: MainWindow) -> None:
    for name, pressed_button, kind in (
        ("ledger", "export", "ledger"),
        ("rules", "print_button", "findings"),
    ):
        page = window.stack.show_page(name)
        getattr(page.header, pressed_button).click()
        shown = window.stack.page
        assert isinstance(shown, ExportsPage)
        assert shown.kind.key == kind
