"""现在要办：清单的行、按钮与空状态。"""

from __future__ import annotations

import pytest
from PySide6.QtCore import QRectF, Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from gui.overview.todo_delegate import button_rect
from gui.overview.todo_model import TodoModel, row_words, todo_rows
from gui.overview.todo_panel import TodoPanel
from planners.agenda import agenda
from planners.autoplan.planning import propose_one
from planners.results import AgendaAction
from tests.factories import TODAY, sample
from tests.gui.overview.board_samples import sample_check

pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints", extend=True)  # the offscreen platform says so


def rows():
    entries = agenda(sample_check(), sample())
    urgent = [
        propose_one(sample(), TODAY, sample_check().ruleset, entry.cell)
        if entry.action is AgendaAction.SCHEDULE and entry.group == "at_risk"
        else None
        for entry in entries
    ]
    return todo_rows(entries, urgent)


def panel(qtbot: QtBot) -> TodoPanel:
    made = TodoPanel()
    qtbot.addWidget(made)
    made.resize(312, 900)
    made.show_rows(rows(), "另有提示 3 项")
    made.show()
    return made


def test_groups_with_heads_counts_and_buttons() -> None:
    assert [(row.group.label, row.count) if row.entry is None else row.button for row in rows()] == [
        ("已经逾期", 1),
        "登记说明",
        ("近期有风险", 2),
        "排入 6月23日",
        "去确认",
        ("近期时限", 6),
        "去处理",
        "去处理",
        "去处理",
        "去处理",
        "去处理",
        "去处理",
        ("后续待补", 5),
        "自动补",
        "自动补",
        "自动补",
        "定主题",
        "自动补",
    ]


def test_only_the_urgent_suggestion_is_the_primary_button() -> None:
    assert [row.button for row in rows() if row.primary] == ["排入 6月23日"]


def test_heads_cannot_be_selected_and_rows_speak_for_themselves() -> None:
    model = TodoModel()
    model.set_rows(rows())
    assert model.flags(model.index(0)) == Qt.ItemFlag.NoItemFlags
    assert model.flags(model.index(1)) & Qt.ItemFlag.ItemIsSelectable
    assert (
        row_words(model.row(model.index(1)))
        == "走进校区 · 高中，一季度 0/1，期限3月31日已过 76 天，第2条，登记说明"
    )
    assert model.data(model.index(0)) == "已经逾期 1 项"


def test_a_click_on_the_button_asks_for_the_action(qtbot: QtBot) -> None:
    made = panel(qtbot)
    index = made.view.model().index(3, 0)
    place = button_rect(QRectF(made.view.visualRect(index)), rows()[3]).center().toPoint()
    with qtbot.waitSignal(made.action_requested) as asked:
        QTest.mouseClick(made.view.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert asked.args[0].title == "公开讲堂"


def test_a_click_beside_the_button_only_shows_the_place(qtbot: QtBot) -> None:
    made = panel(qtbot)
    place = made.view.visualRect(made.view.model().index(1, 0)).topLeft()
    with qtbot.assertNotEmitted(made.action_requested), qtbot.waitSignal(made.entry_selected) as shown:
        QTest.mouseClick(made.view.viewport(), Qt.MouseButton.LeftButton, pos=place + place.__class__(30, 14))
    assert shown.args[0].line == "一季度 0/1"


def test_enter_does_what_the_button_does(qtbot: QtBot) -> None:
    made = panel(qtbot)
    made.view.setCurrentIndex(made.view.model().index(4, 0))
    with qtbot.waitSignal(made.action_requested) as asked:
        QTest.keyClick(made.view, Qt.Key.Key_Return)
    assert asked.args[0].action is AgendaAction.CONFIRM


def test_nothing_left_to_do_says_so(qtbot: QtBot) -> None:
    made = panel(qtbot)
    made.show_rows((), "", ("全年 40 个检查点都已满足或已排", "最近要办：6月18日 民法典进社区"))
    assert not made.view.isVisible()
    assert made._empty.title == "全年 40 个检查点都已满足或已排"
