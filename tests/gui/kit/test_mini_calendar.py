"""小月历：宜可避、最好的一天、避要再问一次。"""

from __future__ import annotations

from datetime import date

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from gui.kit.mini_calendar import MiniCalendar
from models.domain.events import Campaign
from models.domain.periods import month_period
from planners.results import DayVerdict, Verdict
from planners.suggest import Demand, Judge
from tests.factories import sample
from tests.gui.overview.board_samples import sample_check

pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints", extend=True)  # the offscreen platform says so

TODAY = date(2027, 6, 15)


@pytest.fixture
def calendar(qtbot: QtBot) -> MiniCalendar:
    host = QWidget()
    qtbot.addWidget(host)
    host.resize(900, 700)
    made = MiniCalendar(host)
    made.host = host
    judge = Judge(sample(), sample_check(), Demand(Campaign.LECTURE))
    verdicts = tuple(map(judge.verdict, month_period(2027, 6).days()))
    made.show_month(verdicts, date(2027, 6, 23), TODAY, subject="公开讲堂，新排一场", verb="排入")
    host.show()
    made.open_for(QPoint(100, 100))
    return made


def verdict(calendar: MiniCalendar, day: int) -> DayVerdict:
    found = calendar.grid.verdict(date(2027, 6, day))
    assert found is not None
    return found


def test_the_best_day_is_selected_and_its_reasons_are_said(calendar: MiniCalendar) -> None:
    assert (calendar.grid.day, calendar.accept_text) == (date(2027, 6, 23), "排入 6月23日")
    assert calendar.reason.startswith("6月23日 周三：宜。工作日")


def test_past_and_blocked_days_are_impossible_and_weekends_to_avoid(calendar: MiniCalendar) -> None:
    found = [verdict(calendar, day).verdict for day in (14, 22, 19, 23)]
    assert found == [Verdict.IMPOSSIBLE, Verdict.IMPOSSIBLE, Verdict.AVOID, Verdict.GOOD]


def test_enter_takes_the_day(calendar: MiniCalendar, qtbot: QtBot) -> None:
    with qtbot.waitSignal(calendar.day_chosen) as chosen:
        QTest.keyClick(calendar.grid, Qt.Key.Key_Return)
    assert chosen.args == [date(2027, 6, 23)]
    assert not calendar.isVisible()


def test_arrows_walk_days_and_weeks(calendar: MiniCalendar) -> None:
    for key, day in (
        (Qt.Key.Key_Right, 24),
        (Qt.Key.Key_Up, 17),
        (Qt.Key.Key_Left, 16),
        (Qt.Key.Key_Down, 23),
    ):
        QTest.keyClick(calendar.grid, key)
        assert calendar.grid.day == date(2027, 6, day)


def test_a_day_to_avoid_is_asked_about_once(calendar: MiniCalendar, qtbot: QtBot) -> None:
    calendar.grid.go_to(date(2027, 6, 19))
    with qtbot.assertNotEmitted(calendar.day_chosen):
        QTest.keyClick(calendar.grid, Qt.Key.Key_Return)
    assert calendar.accept_text == "仍要排入 6月19日"
    with qtbot.waitSignal(calendar.day_chosen) as chosen:
        QTest.keyClick(calendar.grid, Qt.Key.Key_Return)
    assert chosen.args == [date(2027, 6, 19)]


def test_an_impossible_day_is_refused_with_its_reason(calendar: MiniCalendar, qtbot: QtBot) -> None:
    calendar.grid.go_to(date(2027, 6, 22))
    assert "停排：直播间设备检修" in calendar.reason
    with qtbot.assertNotEmitted(calendar.day_chosen):
        QTest.keyClick(calendar.grid, Qt.Key.Key_Return)
    assert calendar.isVisible()


def test_leaving_the_month_asks_for_the_next_one(calendar: MiniCalendar, qtbot: QtBot) -> None:
    with qtbot.waitSignal(calendar.month_wanted) as wanted:
        QTest.keyClick(calendar.grid, Qt.Key.Key_PageDown)
    assert wanted.args == [1]
    calendar.grid.go_to(date(2027, 6, 30))
    with qtbot.waitSignal(calendar.month_wanted) as wanted:
        QTest.keyClick(calendar.grid, Qt.Key.Key_Right)
    assert wanted.args == [1]


def test_a_click_selects_and_a_double_click_takes_the_day(calendar: MiniCalendar, qtbot: QtBot) -> None:
    place = calendar.grid.day_rect(date(2027, 6, 29)).center().toPoint()
    QTest.mouseClick(calendar.grid, Qt.MouseButton.LeftButton, pos=place)
    assert calendar.grid.day == date(2027, 6, 29)
    with qtbot.waitSignal(calendar.day_chosen) as chosen:
        QTest.mouseDClick(calendar.grid, Qt.MouseButton.LeftButton, pos=place)
    assert chosen.args == [date(2027, 6, 29)]


def test_escape_closes_without_a_day(calendar: MiniCalendar, qtbot: QtBot) -> None:
    with qtbot.assertNotEmitted(calendar.day_chosen), qtbot.waitSignal(calendar.closed):
        QTest.keyClick(calendar.grid, Qt.Key.Key_Escape)
