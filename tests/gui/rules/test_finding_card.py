"""发现卡片：说全四样，按钮用键盘按得到，长话换行不盖按钮。"""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from gui.rules.card_painter import lay_out
from gui.rules.cards import Act
from gui.rules.finding_card import FindingCard
from tests.gui.rules.samples import card

pytestmark = [
    pytest.mark.qt_log_ignore("propagateSizeHints", extend=True),
    pytest.mark.usefixtures("themed"),
]


@pytest.fixture
def shown(qtbot: QtBot) -> FindingCard:
    made = FindingCard()
    qtbot.addWidget(made)
    made.resize(900, 120)
    made.show_card(card())
    made.show()
    return made


def test_it_is_said_whole(shown: FindingCard) -> None:
    assert shown.accessibleName() == (
        "待补，初中 · 三季度，缺什么：0/1 场，何时前：9月30日，怎么办：建议 9月14日。排入 9月14日；其他日期…"
    )
    assert shown.button_texts == ("排入 9月14日", "其他日期…")


def test_enter_and_shift_enter_use_the_buttons(shown: FindingCard, qtbot: QtBot) -> None:
    with qtbot.waitSignal(shown.chosen) as first:
        QTest.keyClick(shown, Qt.Key.Key_Return)
    with qtbot.waitSignal(shown.chosen) as second:
        QTest.keyClick(shown, Qt.Key.Key_Return, Qt.KeyboardModifier.ShiftModifier)
    assert (first.args, second.args) == ([Act.FIX], [Act.OTHER_DAY])


def test_enter_on_a_focused_button_uses_that_one(shown: FindingCard, qtbot: QtBot) -> None:
    second = shown._buttons[1]
    second.setFocus()
    shown._buttons[1].hasFocus = lambda: True  # the offscreen window is never active
    with qtbot.waitSignal(shown.chosen) as chosen:
        QTest.keyClick(shown, Qt.Key.Key_Return)
    assert chosen.args == [Act.OTHER_DAY]


def test_arrows_and_space_ask_the_pane(shown: FindingCard, qtbot: QtBot) -> None:
    with qtbot.waitSignal(shown.left) as down:
        QTest.keyClick(shown, Qt.Key.Key_Down)
    assert down.args == [1]
    with qtbot.waitSignal(shown.space_pressed):
        QTest.keyClick(shown, Qt.Key.Key_Space)


def test_buttons_are_used_again_for_another_card(shown: FindingCard) -> None:
    before = list(shown._buttons)
    shown.show_card(card("other", buttons=card().buttons[:1]))
    assert shown._buttons == before
    assert [button.isVisibleTo(shown) for button in shown._buttons] == [True, False]


def test_long_words_take_more_lines_and_keep_clear_of_the_buttons(themed: None) -> None:
    long = card(remedy="已登记说明：" + "因场馆修缮，" * 30)
    wide, narrow = lay_out(long, 1000), lay_out(long, 600)
    assert narrow.height > wide.height > lay_out(card(), 1000).height
    for lines in (wide, narrow):
        assert not any(lines.texts[2].intersects(place) for place in lines.buttons)
        assert all(place.bottom() < lines.height for place in lines.buttons)


def test_in_a_list_every_card_is_equally_high(themed: None) -> None:
    long = card(remedy="已登记说明：" + "因场馆修缮，" * 30)
    assert lay_out(long, 800, one_line=True).height == lay_out(card(), 800, one_line=True).height
