"""条件页：默认说得清、填什么得什么、不合理的就地说明。"""

from __future__ import annotations

from datetime import date, datetime

import pytest
from PySide6.QtCore import QDate, QPoint, QPointF, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from gui.planning.conditions_dialog import ConditionsDialog
from gui.planning.day_picker import DayPicker
from gui.planning.memory import Remembered
from gui.session.year_session import YearSession
from models.domain.events import Campaign, Event
from planners.proposals import Conditions, Weighing

LOCKED = Event("new-1", Campaign.LECTURE, "讲堂", starts_at=datetime(2027, 11, 24, 14))

pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints", extend=True)  # the offscreen platform says so


def opened(qtbot: QtBot, session: YearSession, remembered: Remembered = Remembered()) -> ConditionsDialog:  # noqa: B008
    dialog = ConditionsDialog(session, remembered)
    qtbot.addWidget(dialog)
    return dialog


def test_untouched_it_asks_for_the_rest_of_the_year(qtbot: QtBot, session: YearSession) -> None:
    dialog = opened(qtbot, session)
    assert dialog.first.date().toString("yyyy-MM-dd") == "2027-06-16"
    assert dialog.last.date().toString("yyyy-MM-dd") == "2027-12-31"
    assert dialog.fixed.isChecked()
    assert not dialog.fixed.isEnabled()
    dialog.accept_button.click()
    assert dialog.result() == 1
    assert dialog.conditions == Conditions()


def test_what_is_filled_in_is_asked(qtbot: QtBot, session: YearSession) -> None:
    dialog = opened(qtbot, session)
    dialog.first.setDate(QDate(2027, 7, 1))
    dialog.last.setDate(QDate(2027, 9, 30))
    dialog.campaigns.set_values(["lecture", "campus"])
    dialog.units.set_keys(["区医保局"])
    dialog.blocked.choose([date(2027, 8, 3)])
    dialog.movable.setChecked(True)
    dialog.moves.setValue(4)
    dialog.targets.choose(False)
    dialog.weighing.choose(Weighing.COVERAGE)
    dialog.seed.setValue(5)
    dialog.accept_button.click()
    assert dialog.conditions == Conditions(
        first=date(2027, 7, 1),
        last=date(2027, 9, 30),
        campaigns=(Campaign.LECTURE, Campaign.CAMPUS),
        units=("区医保局",),
        blocked=(date(2027, 8, 3),),
        targets=False,
        weighing=Weighing.COVERAGE,
        movable=True,
        max_moves=4,
        seed=5,
    )


def test_a_budget_counts_only_where_events_may_move(qtbot: QtBot, session: YearSession) -> None:
    dialog = opened(qtbot, session)
    assert not dialog.moves.isEnabled()
    dialog.movable.setChecked(True)
    assert dialog.moves.isEnabled()
    dialog.moves.setValue(4)
    dialog.movable.setChecked(False)
    dialog.accept_button.click()
    assert dialog.conditions.max_moves is None


@pytest.mark.parametrize(
    ("spoil", "words"),
    [
        (lambda d: d.first.setDate(d.last.date()) or d.last.setDate(QDate(2027, 7, 1)), "不能晚于"),
        (lambda d: d.campaigns.set_values([]), "至少选一条工作线"),
        (lambda d: d.units.setText("没有的局"), "没有名为“没有的局”的单位"),
    ],
)
def test_what_makes_no_sense_is_refused_in_words(
    qtbot: QtBot, session: YearSession, spoil: object, words: str
) -> None:
    dialog = opened(qtbot, session)
    spoil(dialog)  # type: ignore[operator]
    dialog.accept_button.click()
    assert words in dialog.refusal_text()
    assert dialog.result() == 0


def test_rejected_and_locked_entries_are_listed_by_name_and_can_come_back(
    qtbot: QtBot, session: YearSession
) -> None:
    asked = Conditions(rejected=("a", "b"), locked=(("c", LOCKED),))
    dialog = opened(qtbot, session, Remembered(asked, {"a": "走进园区 · 四季度", "c": "公开讲堂 · 11月"}))
    assert dialog.rejected.keys == ("a", "b")
    dialog.rejected.take_out("a")
    dialog.locked.take_out("c")
    dialog.accept_button.click()
    assert (dialog.conditions.rejected, dialog.conditions.locked) == (("b",), ())


def test_everything_goes_back_to_its_default(qtbot: QtBot, session: YearSession) -> None:
    asked = Conditions(targets=False, movable=True, rejected=("a",), blocked=(date(2027, 8, 3),), seed=9)
    dialog = opened(qtbot, session, Remembered(asked))
    dialog._on_default()
    dialog.accept_button.click()
    assert dialog.conditions == Conditions()


def test_the_wheel_is_left_to_the_form_and_changes_no_value(qtbot: QtBot, session: YearSession) -> None:
    dialog = opened(qtbot, session)
    dialog.show()
    dialog.movable.setChecked(True)
    for control in (dialog.weighing, dialog.first, dialog.moves, dialog.seed):
        at = QPointF(control.rect().center())
        turn = QWheelEvent(
            at, control.mapToGlobal(at), QPoint(), QPoint(0, -120), Qt.MouseButton.NoButton,
            Qt.KeyboardModifier.NoModifier, Qt.ScrollPhase.NoScrollPhase, False,
        )  # fmt: skip
        QApplication.sendEvent(control, turn)
        assert not turn.isAccepted()
    dialog.accept_button.click()
    assert dialog.conditions == Conditions(movable=True)


def test_days_are_chosen_by_click_and_by_keyboard(qtbot: QtBot, themed: None) -> None:
    picker = DayPicker(2027, {date(2027, 6, 22)}, {date(2027, 6, 19)})
    qtbot.addWidget(picker)
    picker.show_month(date(2027, 6, 1))
    picker.show()
    at = picker.grid.day_rect(date(2027, 6, 18)).center().toPoint()
    QTest.mouseClick(picker.grid, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, at)
    QTest.keyClick(picker.grid, Qt.Key.Key_Down)
    QTest.keyClick(picker.grid, Qt.Key.Key_Space)
    assert picker.days == (date(2027, 6, 18), date(2027, 6, 25))
    assert picker.words == "另外停排 2 天：6月18日、6月25日"
    QTest.keyClick(picker.grid, Qt.Key.Key_Down)
    assert picker.grid.month == date(2027, 7, 1)
    assert picker.grid.day == date(2027, 7, 2)
    QTest.keyClick(picker.grid, Qt.Key.Key_PageUp)
    QTest.mouseClick(picker.grid, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, at)
    assert picker.days == (date(2027, 6, 25),)
