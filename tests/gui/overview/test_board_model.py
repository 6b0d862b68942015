"""以表格显示：同一份内容的表格与 TSV。"""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from gui.overview.board_model import BoardModel, BoardRole, cell_text
from gui.overview.board_table import BoardTable
from planners.results import CellState
from tests.gui.overview.board_samples import line, sample_contents


def model() -> BoardModel:
    made = BoardModel()
    made.set_contents(sample_contents())
    return made


def test_rows_are_lines_and_columns_the_rule_and_the_months() -> None:
    made = model()
    assert (made.rowCount(), made.columnCount()) == (9, 13)
    assert made.headerData(0, Qt.Orientation.Vertical) == "公开讲堂"
    assert [made.headerData(c, Qt.Orientation.Horizontal) for c in (0, 1, 12)] == ["规则", "1月", "12月"]


def test_a_cell_gives_state_counts_chips_and_span() -> None:
    made = model()
    june, quarter = made.index(0, 6), made.index(1, 4)
    assert made.data(june, BoardRole.STATE) is CellState.AT_RISK
    assert made.data(june, BoardRole.COUNTS) == ((0, 0, 1),)
    assert [chip.key for chip in made.data(made.index(0, 7), BoardRole.CHIPS)] == ["A008"]
    assert [made.data(made.index(1, c), BoardRole.SPAN) for c in (4, 5, 6)] == [3, 1, 1]
    assert made.data(quarter) == (
        "已满足 2/1\n主题：人才服务与科技创新\n4月15日 人才安居（已举办）\n5月27日 科创扶持（已举办）\n6月24日 知产保护（已确认）"
    )


def test_a_conflict_is_said_in_words() -> None:
    forum = line("tech_forum")
    assert cell_text(forum, forum.cell_at(11)) == "11月16日 无宿主（已排，有冲突）"


def test_the_whole_table_as_tsv_has_one_line_a_row_and_no_inner_breaks() -> None:
    rows = model().as_tsv().rstrip("\n").split("\n")
    assert len(rows) == 10
    assert {row.count("\t") for row in rows} == {13}
    assert rows[1].split("\t")[:3] == [
        "公开讲堂",
        "每月 ≥1 场 · 宜 2 场；办6 · 排5 · 缺2",
        "已满足 1/1；1月20日 稳岗就业（已举办）",
    ]


def test_what_looks_like_a_formula_is_quoted_for_the_spreadsheet() -> None:
    contents = sample_contents()
    evil = contents.lines[6]._replace(title="=1+1", words="=SUM(A1)")
    made = BoardModel()
    made.set_contents(contents._replace(lines=(evil,)))
    assert made.as_tsv().split("\n")[1].split("\t")[1] == "'=SUM(A1)"


def test_quarters_are_joined_and_control_c_copies_for_excel(qtbot: QtBot) -> None:
    made = model()
    table = BoardTable(made)
    qtbot.addWidget(table)
    assert [table.columnSpan(1, 1), table.columnSpan(0, 1)] == [3, 1]
    QTest.keyClick(table, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    assert QGuiApplication.clipboard().text() == made.as_tsv()


def test_enter_in_the_table_opens_the_card_of_the_cell(qtbot: QtBot) -> None:
    table = BoardTable(model())
    qtbot.addWidget(table)
    table.setCurrentIndex(table.model().index(0, 6))
    with qtbot.waitSignal(table.cell_activated) as opened:
        QTest.keyClick(table, Qt.Key.Key_Return)
    assert opened.args == ["lecture", 6]
