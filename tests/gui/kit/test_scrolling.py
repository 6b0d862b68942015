"""会滚动的一栏：滚轮不改值；页面造在它要站的地方，样式只算一次。"""

from __future__ import annotations

from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import QApplication, QComboBox, QLabel, QSpinBox, QVBoxLayout
from pytestqt.qtbot import QtBot

from gui.kit.scrolling import ScrolledColumn, WheelGuard


def _wheel(widget: QComboBox | QSpinBox) -> QWheelEvent:
    event = QWheelEvent(
        QPointF(5, 5), QPointF(5, 5), QPoint(0, -120), QPoint(0, -120),
        Qt.MouseButton.NoButton, Qt.KeyboardModifier.NoModifier, Qt.ScrollPhase.NoScrollPhase, False,
    )  # fmt: skip
    QApplication.sendEvent(widget, event)
    return event


def test_the_wheel_passes_over_choices_and_numbers(qtbot: QtBot) -> None:
    area = ScrolledColumn()
    qtbot.addWidget(area)
    column = QVBoxLayout(area.body)
    choice, number = QComboBox(), QSpinBox()
    choice.addItems(["一", "二", "三"])
    for control in (choice, number):
        column.addWidget(control)
    _wheel(choice)
    assert choice.currentIndex() == 1, "Qt changes the value, which the guard is there for"
    guard = WheelGuard(area)
    guard.guard(area)
    _wheel(choice)
    _wheel(number)
    assert (choice.currentIndex(), number.value()) == (1, 0)
    assert not choice.focusPolicy() & Qt.FocusPolicy.WheelFocus & ~Qt.FocusPolicy.StrongFocus


def test_a_column_is_as_wide_as_its_area_and_scrolls_up_and_down(qtbot: QtBot) -> None:
    area = ScrolledColumn()
    qtbot.addWidget(area)
    column = QVBoxLayout(area.body)
    for number in range(40):
        column.addWidget(QLabel(f"第 {number} 行"))
    area.resize(300, 200)
    area.show()
    assert area.body.width() == area.viewport().width()
    assert area.verticalScrollBar().maximum() > 0
    assert not area.horizontalScrollBar().isVisible()
