"""候选月：选定、备选、占用与不可排的日子，点一天就换。"""

from __future__ import annotations

from datetime import date

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from gui.planning.proposal.choices import Choices
from gui.planning.proposal.month import CandidateMonth
from gui.planning.proposal.month_values import DayLook, MonthDay, days_open, month_days
from gui.session.year_session import YearSession
from tests.gui.planning.proposal import factories
from tests.gui.planning.proposal.test_choices import COMMUNITY, JUNE, LECTURE, OPEN_MONTH, SENIOR

pytestmark = pytest.mark.qt_log_ignore(
    "This plugin does not support", extend=True
)  # the offscreen platform says so


@pytest.fixture
def choices(session: YearSession) -> Choices:
    return Choices(session, factories.proposal(session.snapshot))


def november(choices: Choices) -> dict[int, MonthDay]:
    return {day.day.day: day for day in month_days(choices, COMMUNITY, date(2027, 11, 1))}


def test_chosen_alternative_and_occupied_days(choices: Choices) -> None:
    days = november(choices)
    assert {n: day.word for n, day in days.items() if day.word} == {
        4: "园区", 10: "校区", 11: "备选", 16: "问政", 18: "选定", 24: "讲堂", 25: "备选",
    }  # fmt: skip


def test_rest_days_are_hatched_but_can_be_picked(choices: Choices) -> None:
    assert {n for n, day in november(choices).items() if day.look is DayLook.AVOIDED} == {
        6, 7, 13, 14, 20, 21, 27, 28,
    }  # fmt: skip


def test_days_outside_the_period_or_blocked_are_closed(choices: Choices) -> None:
    june = {day.day.day: day for day in month_days(choices, JUNE, date(2027, 6, 1))}
    closed = {n for n, day in june.items() if day.look is DayLook.CLOSED}
    assert closed == {*range(1, 15), 22, 24}
    assert june[22].words == "6月22日 周二 不可：停排：直播间设备检修"


def test_a_unit_that_is_busy_then_closes_nothing_but_warns(choices: Choices) -> None:
    choices.move_to(LECTURE, date(2027, 11, 18))
    eighteenth = {day.day.day: day for day in month_days(choices, LECTURE, date(2027, 11, 1))}[18]
    assert eighteenth.look is DayLook.CHOSEN


def test_the_days_of_an_entry_are_those_of_its_period(choices: Choices) -> None:
    assert days_open(choices, choices.row(SENIOR).entry) == (date(2027, 10, 1), date(2028, 1, 1))
    assert days_open(choices, choices.row(OPEN_MONTH).entry).first == date(2027, 6, 15)


@pytest.fixture
def month(qtbot: QtBot, choices: Choices) -> CandidateMonth:
    made = CandidateMonth()
    qtbot.addWidget(made)
    made.resize(400, 220)
    made.show_days(month_days(choices, COMMUNITY, date(2027, 11, 1)))
    made.show()
    return made


def test_the_keyboard_begins_on_the_chosen_day_and_picks_another(month: CandidateMonth, qtbot: QtBot) -> None:
    assert month.day == date(2027, 11, 18)
    qtbot.keyClick(month, Qt.Key.Key_Down)
    with qtbot.waitSignal(month.day_picked) as picked:
        qtbot.keyClick(month, Qt.Key.Key_Return)
    assert picked.args == [date(2027, 11, 25)]


def test_a_click_picks(month: CandidateMonth, qtbot: QtBot) -> None:
    with qtbot.waitSignal(month.day_picked) as picked:
        place = month.day_rect(date(2027, 11, 11)).center().toPoint()
        qtbot.mouseClick(month, Qt.MouseButton.LeftButton, pos=place)
    assert picked.args == [date(2027, 11, 11)]


def test_a_closed_day_is_not_picked(month: CandidateMonth, qtbot: QtBot, choices: Choices) -> None:
    month.show_days(month_days(choices, JUNE, date(2027, 6, 1)))
    with qtbot.assertNotEmitted(month.day_picked):
        place = month.day_rect(date(2027, 6, 22)).center().toPoint()
        qtbot.mouseClick(month, Qt.MouseButton.LeftButton, pos=place)


def test_leaving_the_month_asks_for_the_next_one(month: CandidateMonth, qtbot: QtBot) -> None:
    qtbot.keyClick(month, Qt.Key.Key_Down)
    with qtbot.waitSignal(month.month_left) as asked:
        qtbot.keyClick(month, Qt.Key.Key_Down)
    assert asked.args == [1]


def test_escape_gives_the_focus_back(month: CandidateMonth, qtbot: QtBot) -> None:
    with qtbot.waitSignal(month.left):
        qtbot.keyClick(month, Qt.Key.Key_Escape)


def test_enter_on_the_chosen_day_leaves_it_as_it_is(month: CandidateMonth, qtbot: QtBot) -> None:
    with qtbot.waitSignal(month.left), qtbot.assertNotEmitted(month.day_picked):
        qtbot.keyClick(month, Qt.Key.Key_Return)
