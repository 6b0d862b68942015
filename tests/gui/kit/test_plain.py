"""按钮：回车与空格一样按下；带 Ctrl 的回车归表单。"""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractButton
from pytestqt.qtbot import QtBot

from gui.kit.plain import button, tool_button

CONTROL, KEYPAD = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.KeypadModifier


@pytest.mark.parametrize("made", [lambda: button("改"), lambda: tool_button("search", "搜索")])
def test_enter_presses_a_button(qtbot: QtBot, themed: None, made: object) -> None:
    pressed: QAbstractButton = made()  # type: ignore[operator]
    qtbot.addWidget(pressed)
    count: list[bool] = []
    pressed.clicked.connect(lambda: count.append(True))
    qtbot.keyClick(pressed, Qt.Key.Key_Return)
    qtbot.keyClick(pressed, Qt.Key.Key_Enter, KEYPAD)
    qtbot.keyClick(pressed, Qt.Key.Key_Space)
    qtbot.keyClick(pressed, Qt.Key.Key_Return, CONTROL)
    assert len(count) == 3
