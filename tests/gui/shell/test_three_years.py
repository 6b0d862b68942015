"""三年一个文件，二月里打开：哪一年没办完的都在现在要办里，点开到那一年去办，撤销也在那一年。"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date, datetime
from functools import partial
from pathlib import Path

import pytest
from PySide6.QtCore import QRectF, Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog, QListView, QPushButton
from pytestqt.qtbot import QtBot

from gui.calendar.page import CalendarPage
from gui.event.reason_dialogs import ExplainDialog
from gui.event.result_dialog import ResultDialog
from gui.kit.page import CALENDAR, OVERVIEW
from gui.overview.todo_delegate import button_rect
from gui.overview.todo_model import TodoModel, TodoRow
from gui.policies.policies_dialog import PoliciesDialog
from gui.shell.main_window import MainWindow
from models.domain.events import EventStatus
from planners.results import AgendaGroup
from tests.gui.windows import window_at
from tests.three_years import three_years

NOW = datetime(2027, 2, 1, 9)
pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints", extend=True)  # offscreen says so
OF_2026 = [
    "2026年 · 公开讲堂",
    "2026年 · 解读材料备案 · 稳岗补贴办法",
    "2026年 · 待登记 · 公积金",
    "2026年 · 考核结果公布",
]


@pytest.fixture
def window(qtbot: QtBot, themed: None, tmp_path: Path) -> Iterator[MainWindow]:
    made = window_at(NOW, tmp_path, "年.db")
    qtbot.addWidget(made)
    made.resize(1720, 960)
    made.open_with(partial(three_years, tmp_path / "年.db"))
    made.show()
    made.activateWindow()
    qtbot.waitUntil(lambda: len(of_2026(made)) == len(OF_2026))
    yield made
    made.close()


def todo_list(window: MainWindow) -> tuple[QListView, list[TodoRow]]:
    assert window.overview is not None
    view = window.overview.todo.view
    model = view.model()
    assert isinstance(model, TodoModel)
    return view, [model.row(model.index(number)) for number in range(model.rowCount())]


def of_2026(window: MainWindow) -> list[str]:
    entries = (row.entry for row in todo_list(window)[1])
    return [entry.title for entry in entries if entry is not None and entry.year == 2026]


def click(window: MainWindow, title: str, then: Callable[[QDialog], object]) -> None:
    """Press the button of the entry called ``title``; ``then`` works in the form that it opens."""
    view, rows = todo_list(window)
    number = next(n for n, row in enumerate(rows) if row.entry is not None and row.entry.title == title)
    index = view.model().index(number, 0)
    view.scrollTo(index)
    place = button_rect(QRectF(view.visualRect(index)), rows[number]).center().toPoint()
    done: list[bool] = []

    def work() -> None:
        dialog = QApplication.activeModalWidget()
        if isinstance(dialog, QDialog):
            then(dialog)
            dialog.close()
            done.append(True)
        else:
            QTimer.singleShot(5, work)

    QTimer.singleShot(0, work)
    QTest.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=place)
    QApplication.processEvents()
    assert done


def go_back(window: MainWindow) -> None:
    """Press 回到 2027 年度; what is open is looked at anew."""
    buttons = window.findChildren(QPushButton)
    (button,) = (one for one in buttons if one.text() == "回到 2027 年度" and one.isVisible())
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)
    assert window.session is not None
    assert window.session.year == 2027


def test_what_is_open_in_the_years_beside_stands_among_what_is_to_be_done(window: MainWindow) -> None:
    assert window.session is not None
    assert window.session.year == 2027
    assert of_2026(window) == OF_2026
    groups = [row.group for row in todo_list(window)[1] if row.entry is None]
    assert groups == [AgendaGroup.OVERDUE, AgendaGroup.AT_RISK, AgendaGroup.DUE, AgendaGroup.GAP]
    assert window.overview is not None
    own = window.session.check.summary
    assert own.overdue == 0
    assert window.overview.filters.todo_button.text() == f"现在要办 {own.at_risk + 3}"


def test_each_is_done_in_its_year_from_where_it_stands_and_undone_there(
    window: MainWindow, qtbot: QtBot
) -> None:
    session = window.session
    assert session is not None

    def explain(dialog: QDialog) -> None:
        assert isinstance(dialog, ExplainDialog)
        dialog.reason.setPlainText("场地临时停用，改在次月补办。")
        dialog.accept_button.click()

    click(window, OF_2026[0], explain)
    assert session.year == 2026
    go_back(window)
    qtbot.waitUntil(lambda: of_2026(window) == OF_2026[1:])

    def file(dialog: QDialog) -> None:
        assert isinstance(dialog, PoliciesDialog)
        dialog.policies.file_button.click()

    click(window, OF_2026[1], file)
    assert session.year == 2026
    assert session.snapshot.policies[0].filed_on == NOW.date()
    go_back(window)
    qtbot.waitUntil(lambda: of_2026(window) == OF_2026[2:])

    def record(dialog: QDialog) -> None:
        assert isinstance(dialog, ResultDialog)
        dialog.accept_button.click()

    click(window, OF_2026[2], record)
    assert session.snapshot.event_by_key["L12"].status is EventStatus.HELD
    go_back(window)
    qtbot.waitUntil(lambda: of_2026(window) == OF_2026[3:])

    def publish(dialog: QDialog) -> None:
        assert isinstance(dialog, PoliciesDialog)
        QApplication.processEvents()
        (line,) = (line for line in dialog.milestones.lines.values() if line.done.tick.hasFocus())
        assert line.row.title == "考核结果公布"
        line.done.tick.click()

    click(window, OF_2026[3], publish)
    go_back(window)
    qtbot.waitUntil(lambda: of_2026(window) == [])

    session.undo()
    assert session.year == 2026
    assert [entry.title for entry in session.agenda] == ["考核结果公布"]


def test_the_calendar_shows_what_is_due_in_another_year(window: MainWindow, qtbot: QtBot) -> None:
    window.show_page(CALENDAR, date(2027, 3, 31))
    page = window.stack.page
    assert isinstance(page, CalendarPage)
    shown = page.current_days().day(date(2027, 3, 31)).deadlines
    (due,) = (one for one in shown if one.words == "时限 2026年 · 考核结果公布，待办")
    opened: list[str] = []

    def look(dialog: QDialog) -> None:
        QApplication.processEvents()
        opened.append(dialog.windowTitle())
        dialog.close()

    QTimer.singleShot(0, lambda: look(QApplication.activeModalWidget()))  # type: ignore[arg-type]
    page.month.deadline_requested.emit(due.key.removeprefix("⚑"))
    assert opened == ["政策文件与年度节点"]
    assert window.session is not None
    assert window.session.year == 2026
    window.show_page(OVERVIEW)


def test_the_years_are_looked_at_after_the_first_picture_and_only_where_a_step_changed_them(
    window: MainWindow, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    session = window.session
    assert session is not None
    read: list[int] = []
    from gui.session import other_years

    known = other_years.read_open_year

    def noted(store: object, year: int, today: date) -> object:
        read.append(year)
        return known(store, year, today)  # type: ignore[arg-type]

    monkeypatch.setattr(other_years, "read_open_year", noted)
    from models import commands

    session.perform(commands.set_quarter_theme, 2027, 4, "绿色低碳")
    session.read_beside()
    assert read == []
    session.open_year(2026)
    assert read == []
    session.perform(commands.change_settings, 2026, {"week_limit": 6})
    session.open_year(2027)
    assert session.read_beside()
    assert read == [2026]
