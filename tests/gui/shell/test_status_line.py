"""状态栏：窄窗里依据与节假日让位，演示标记不被挤走，刚说的话看得见。"""

from __future__ import annotations

from collections.abc import Callable

import pytest
from pytestqt.qtbot import QtBot

from gui.kit.theme import theme
from gui.session.year_session import YearSession
from gui.shell.status_line import StatusLine, holidays_words

pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints", extend=True)  # the offscreen platform says so
SAID = "友谊路街道（1 场）8月1日 周日：回车新建"


@pytest.fixture
def make_line(qtbot: QtBot, session: YearSession) -> Callable[[int], StatusLine]:
    def make(width: int) -> StatusLine:
        theme().choose(scale=1.3)
        line = StatusLine()
        qtbot.addWidget(line)
        line.follow(session)
        line._mark.setText("演示数据 · 非真实活动安排")
        line.resize(width, 30)
        line.show()
        return line

    return make


def test_the_facts_are_cut_and_the_mark_stays(
    make_line: Callable[[int], StatusLine], session: YearSession
) -> None:
    line = make_line(1093)
    assert line._mark.geometry().right() <= line.width()
    assert line._holidays.isVisible()
    assert line._holidays.text().endswith("…")
    assert line._holidays.toolTip() == line._holidays.whole == holidays_words(session)


def test_what_is_said_has_room_in_a_narrow_line(make_line: Callable[[int], StatusLine]) -> None:
    line = make_line(1093)
    line.say(SAID)
    line.layout().activate()
    assert line._spoken.width() >= line._spoken.fontMetrics().horizontalAdvance(SAID)
    assert not line._holidays.isVisible()
    line._fall_silent()
    assert line._holidays.isVisible()
    assert line._rules.isVisible()


def test_in_a_wide_line_nothing_steps_aside(make_line: Callable[[int], StatusLine]) -> None:
    line = make_line(2200)
    line.say(SAID)
    assert line._holidays.isVisible()
    assert line._rules.text() == line._rules.whole
