"""中栏：控件重用，多于六十项改用清单，空格展开已满足项。"""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from gui.rules.card_painter import lay_out
from gui.rules.cards import Act
from gui.rules.findings_pane import MOST_CARDS, Calm, FindingsPane
from gui.rules.folded_box import FoldedRow
from tests.gui.rules.samples import card

pytestmark = [
    pytest.mark.qt_log_ignore("propagateSizeHints", extend=True),
    pytest.mark.usefixtures("themed"),
]


@pytest.fixture
def pane(qtbot: QtBot) -> FindingsPane:
    made = FindingsPane()
    qtbot.addWidget(made)
    made.resize(900, 600)
    made.show()
    return made


def cards(count: int) -> list:
    return [card(f"k{number}", where=f"第 {number} 项") for number in range(count)]


def test_few_findings_are_widgets_that_are_used_again(pane: FindingsPane) -> None:
    pane.show_cards(cards(3), None)
    before = pane.card_widgets
    pane.show_cards(cards(2), None)
    assert pane.card_widgets == before[:2]
    assert [widget.card.where for widget in pane.card_widgets] == ["第 0 项", "第 1 项"]


def test_many_findings_are_a_list(pane: FindingsPane) -> None:
    pane.show_cards(cards(MOST_CARDS + 1), None)
    assert pane.is_long
    assert pane.card_widgets == ()
    assert pane.long_list.cards.rowCount() == MOST_CARDS + 1
    assert pane.long_list.isVisibleTo(pane)
    pane.show_cards(cards(2), None)
    assert not pane.long_list.isVisibleTo(pane)


def test_the_list_acts_by_keyboard(pane: FindingsPane, qtbot: QtBot) -> None:
    pane.show_cards(cards(70), None)
    assert pane.focus_card("k65")
    with qtbot.waitSignal(pane.acted) as first:
        QTest.keyClick(pane.long_list, Qt.Key.Key_Return)
    with qtbot.waitSignal(pane.acted) as second:
        QTest.keyClick(pane.long_list, Qt.Key.Key_Return, Qt.KeyboardModifier.ShiftModifier)
    assert (first.args, second.args) == (["k65", Act.FIX], ["k65", Act.OTHER_DAY])


def test_the_list_acts_by_mouse(pane: FindingsPane, qtbot: QtBot) -> None:
    pane.show_cards(cards(70), None)
    view = pane.long_list
    rect = view.visualRect(view.cards.index(2))
    place = lay_out(pane.cards[2], rect.width(), one_line=True).buttons[1].center().toPoint()
    with qtbot.waitSignal(pane.acted) as acted:
        QTest.mouseClick(
            view.viewport(), Qt.MouseButton.LeftButton, pos=rect.topLeft() + QPoint(place.x(), place.y())
        )
    assert acted.args == ["k2", Act.OTHER_DAY]


def test_a_far_finding_is_scrolled_to(pane: FindingsPane) -> None:
    pane.show_cards(cards(70), None)
    pane.widget().layout().activate()
    pane.focus_card("k60")
    place = pane.place_of("k60")
    top = pane.viewport().mapToGlobal(QPoint(0, 0)).y()
    assert top <= place.center().y() <= top + pane.viewport().height()


def test_what_is_met_is_folded_until_space(pane: FindingsPane) -> None:
    pane.show_cards(cards(1), None)
    pane.show_met("已满足或已排 2 项", "小学 2", [FoldedRow("check", "success", "小学", "3/10 普法")] * 2)
    assert not pane.met.is_open
    assert pane.met.head.key_words == "空格键展开"
    QTest.keyClick(pane.card_widgets[0], Qt.Key.Key_Space)
    assert pane.met.is_open
    assert pane.met.view.isVisibleTo(pane)
    assert pane.met.head.key_words == "空格键收起"


def test_the_last_card_leads_on_to_what_is_folded(pane: FindingsPane) -> None:
    pane.show_cards(cards(1), None)
    pane.show_met("已满足或已排 1 项", "", [FoldedRow("check", "success", "小学", "3/10")])
    QTest.keyClick(pane.card_widgets[0], Qt.Key.Key_Down)
    assert pane.focusWidget() is pane.met.head


def test_a_hint_is_used_by_its_button(pane: FindingsPane, qtbot: QtBot) -> None:
    rows = [FoldedRow("info", "info", "罗泾镇", "0/1 场", "自动补"), FoldedRow("info", "info", "二", "丙")]
    pane.show_cards([], None)
    pane.show_hints("提示 2 项", rows, unfolded=True)
    view = pane.hints.view
    rect = view.visualRect(pane.hints.rows.index(0))
    with qtbot.waitSignal(pane.hint_chosen) as chosen:
        at = QPoint(rect.right() - 30, rect.center().y())
        QTest.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=at)
    assert chosen.args == [0]
    view.setCurrentIndex(pane.hints.rows.index(1))
    with qtbot.waitSignal(pane.hint_chosen) as entered:
        QTest.keyClick(view, Qt.Key.Key_Return)
    assert entered.args == [1]


def test_without_findings_it_says_why(pane: FindingsPane) -> None:
    pane.show_cards([], Calm("check", "这一条都已满足或已排", ("按 F8 看下一项发现。",)))
    assert pane.calm.isVisibleTo(pane)
    assert pane.calm.title == "这一条都已满足或已排"
    pane.show_cards(cards(1), None)
    assert not pane.calm.isVisibleTo(pane)
