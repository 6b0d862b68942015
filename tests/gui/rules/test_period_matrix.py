"""全年达成的小方格：内容、键盘、说话。"""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from gui.rules.matrix import Matrix, matrices
from gui.rules.period_matrix import PeriodMatrix
from planners.parameter_effect import with_settings
from tests.factories import check, sample
from tests.gui.overview.board_samples import sample_check

pytestmark = [
    pytest.mark.qt_log_ignore("propagateSizeHints", extend=True),
    pytest.mark.usefixtures("themed"),
]


def matrix_of(*codes: str) -> Matrix:
    return matrices(codes, sample_check(), sample())[0]


@pytest.fixture
def shown(qtbot: QtBot) -> PeriodMatrix:
    made = PeriodMatrix(lambda cell: f"{cell.group} {cell.first}")
    qtbot.addWidget(made)
    made.show_matrix(matrix_of("campus.stages"))
    made.resize(360, made.sizeHint().height())
    made.show()
    return made


def test_groups_by_quarters_as_in_the_picture() -> None:
    matrix = matrix_of("campus.stages")
    assert matrix.columns == ("一季度", "二季度", "三季度", "四季度")
    assert matrix.rows == ("小学", "初中", "高中")
    assert [[shown.text for shown in row] for row in matrix.cells] == [
        ["3月10日", "4月28日", "9月3日", "10月27日"],
        ["3月24日", "6月22日", "待补", "11月10日"],
        ["逾期", "5月12日", "9月24日", "待补"],
    ]


def test_months_stand_three_to_a_quarter() -> None:
    matrix = matrix_of("community.monthly")
    assert matrix.rows == ("一季度", "二季度", "三季度", "四季度")
    assert [shown.caption for shown in matrix.cells[2]] == ["7月", "8月", "9月"]
    assert matrix.cells[2][1].text == "豁免"
    assert not matrix.dense


def test_months_of_many_groups_are_dense() -> None:
    snapshot = with_settings(sample(), {"community.group": "town"})
    (matrix,) = matrices(("community.monthly",), check(snapshot), snapshot)
    assert matrix.dense
    assert (len(matrix.rows), len(matrix.columns)) == (12, 12)


def test_a_quarter_without_its_theme_says_what_it_lacks() -> None:
    assert [shown.text for shown in matrix_of("park.quarterly").cells[0]][3] == "待补"


def test_every_cell_lies_inside(shown: PeriodMatrix) -> None:
    for row in range(3):
        for column in range(4):
            assert shown.rect().contains(shown.cell_rect(row, column).toAlignedRect())


def test_arrows_walk_and_enter_chooses(shown: PeriodMatrix, qtbot: QtBot) -> None:
    for key in (Qt.Key.Key_Down, Qt.Key.Key_Right, Qt.Key.Key_Right):
        QTest.keyClick(shown, key)
    with qtbot.waitSignal(shown.cell_chosen) as chosen:
        QTest.keyClick(shown, Qt.Key.Key_Return)
    assert (chosen.args[0].group, chosen.args[0].first.month) == ("初中", 7)
    QTest.keyClick(shown, Qt.Key.Key_Up)
    QTest.keyClick(shown, Qt.Key.Key_Up)
    assert shown.current.group == "小学"


def test_a_click_chooses_the_cell_under_it(shown: PeriodMatrix, qtbot: QtBot) -> None:
    at = shown.cell_rect(2, 0).center().toPoint()
    with qtbot.waitSignal(shown.cell_chosen) as chosen:
        QTest.mouseClick(shown, Qt.MouseButton.LeftButton, pos=at)
    assert (chosen.args[0].group, chosen.args[0].first.month) == ("高中", 1)
    with qtbot.assertNotEmitted(shown.cell_chosen):
        QTest.mouseClick(shown, Qt.MouseButton.LeftButton, pos=QPoint(2, 2))


def test_the_cursor_stays_inside_a_smaller_matrix(shown: PeriodMatrix) -> None:
    for _ in range(3):
        QTest.keyClick(shown, Qt.Key.Key_Down)
        QTest.keyClick(shown, Qt.Key.Key_Right)
    shown.show_matrix(matrix_of("park.quarterly"))
    assert shown.current.rule == "park.quarterly"
