"""条文清单与条文块：念得全，走得到，逐字可复制。"""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from gui.kit.help_dialogs import ClauseTextDialog
from gui.rules.clause_list import ClauseList, count_words
from gui.rules.quote_block import QuoteBlock
from models.rulesets import document_text, ruleset_for
from planners.clauses import passage
from tests.gui.rules.samples import line, sample_lines

pytestmark = [
    pytest.mark.qt_log_ignore("propagateSizeHints", extend=True),
    pytest.mark.usefixtures("themed"),
]
QUOTE = ruleset_for(2024).rule("campus.stages").quote


@pytest.fixture
def clauses(qtbot: QtBot) -> ClauseList:
    made = ClauseList()
    qtbot.addWidget(made)
    made.show_lines("宝府办〔2024〕14号", sample_lines(), "campus.stages")
    made.resize(296, 700)
    made.show()
    return made


def test_heads_stand_above_clauses_and_own_rules(clauses: ClauseList) -> None:
    heads = [value for value in clauses.rows.values if isinstance(value, str)]
    assert heads == ["宝府办〔2024〕14号", "本单位自定"]
    assert clauses.rows.data(clauses.currentIndex()) == (
        "走进校区，第2条，每季分学段至少 1 场，逾期 1，有风险 1，待补 2，满足 8/12"
    )


def test_the_numbers_at_the_right(clauses: ClauseList) -> None:
    assert count_words(line("campus.stages")) == "8/12"
    assert count_words(line("attendance.invited")) == "待办 4  6/7"
    assert count_words(line("own.week_load")) == "提示 3"


def test_arrows_skip_heads_and_tell_the_line(clauses: ClauseList, qtbot: QtBot) -> None:
    clauses.choose("year.breakdown")
    with qtbot.waitSignal(clauses.key_chosen) as chosen:
        QTest.keyClick(clauses, Qt.Key.Key_Down)
    assert chosen.args == ["community.coverage"]
    with qtbot.waitSignal(clauses.entered):
        QTest.keyClick(clauses, Qt.Key.Key_Return)


def test_choosing_from_outside_tells_nobody(clauses: ClauseList, qtbot: QtBot) -> None:
    with qtbot.assertNotEmitted(clauses.key_chosen):
        clauses.choose("lecture.monthly")
    assert clauses.rows.value(clauses.currentIndex()).key == "lecture.monthly"


def test_the_quote_is_shown_and_copied_word_for_word(qtbot: QtBot) -> None:
    block = QuoteBlock()
    qtbot.addWidget(block)
    found = passage(document_text(2024), "2", [QUOTE])
    block.show_passage(found, "宝府办〔2024〕14号")
    assert block.caption.text() == "宝府办〔2024〕14号 · 一（一）2 · “走进校区”"
    start, end = block.words.spans[0]
    assert block.words.text[start:end] == QUOTE
    with qtbot.waitSignal(block.copied):
        block.copy_button.click()
    assert QGuiApplication.clipboard().text() == found.text


def test_the_quote_grows_with_a_narrow_pane(qtbot: QtBot) -> None:
    block = QuoteBlock()
    qtbot.addWidget(block)
    block.show_passage(passage(document_text(2024), "2", [QUOTE]), "文")
    assert block.words.heightForWidth(300) > block.words.heightForWidth(900)


def test_an_own_rule_offers_no_source(qtbot: QtBot) -> None:
    block = QuoteBlock()
    qtbot.addWidget(block)
    block.show_own("本单位自己的提醒。")
    assert not block.source_button.isVisibleTo(block)
    block.show_passage(passage(document_text(2024), "2", [QUOTE]), "文")
    assert block.source_button.isVisibleTo(block)


def test_the_document_opens_at_the_quote(qtbot: QtBot) -> None:
    dialog = ClauseTextDialog(None, "每季度突出一个主题制定走进计划")
    qtbot.addWidget(dialog)
    assert dialog.selected == "每季度突出一个主题制定走进计划"
    broken = ClauseTextDialog(None, "政策发布会、部门举办的招商推介会")
    qtbot.addWidget(broken)
    assert "".join(broken.selected.split()) == "政策发布会、部门举办的招商推介会"
