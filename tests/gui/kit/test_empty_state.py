"""空状态：换了话，先前的当时就不见了，不等事件循环。"""

from __future__ import annotations

from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from gui.kit.empty_state import EmptyPicture, EmptyState


def test_what_stood_before_is_gone_at_once(qtbot: QtBot, themed: None) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    shown = EmptyState(window)
    shown.show_words("check", "活动没有改动", ())
    shown.show_words("check", "没有符合筛选的改动", ())
    pictures = [one for one in shown.findChildren(EmptyPicture) if one.isVisibleTo(window)]
    assert (len(pictures), shown.title) == (1, "没有符合筛选的改动")
