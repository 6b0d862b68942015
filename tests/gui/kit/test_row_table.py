"""一行一选的表：放不下时各栏一起让，窄的最后让，表头总写得下。"""

from __future__ import annotations

import pytest
from pytestqt.qtbot import QtBot

from gui.kit.row_table import RowTable
from gui.kit.text_rows import TextRows

pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints", extend=True)  # the offscreen platform says so
WIDTHS = (60, 300, 200, 240)


@pytest.fixture
def table(qtbot: QtBot, themed: None) -> RowTable:
    made = RowTable("表", TextRows(("稿", "活动名称", "时间", "改动与问题")))
    qtbot.addWidget(made)
    made.lay_columns(WIDTHS, 3)
    made.show()
    return made


def widths_at(table: RowTable, width: int) -> list[int]:
    table.resize(width, 200)
    return [table.columnWidth(column) for column in range(4)]


def test_one_column_has_what_is_left(table: RowTable) -> None:
    widths = widths_at(table, 1000)
    assert widths[:3] == [60, 300, 200]
    assert sum(widths) == table.viewport().width()


def test_the_wide_ones_give_way_first_and_all_stay_in_sight(table: RowTable) -> None:
    widths = widths_at(table, 620)
    assert widths[0] == 60
    assert 192 <= widths[1] < 300
    assert widths[3] >= 153
    assert sum(widths) == table.viewport().width()


def test_no_head_is_cut_and_room_comes_back(table: RowTable) -> None:
    assert widths_at(table, 300)[1] >= table.fontMetrics().horizontalAdvance("活动名称") + 12
    assert widths_at(table, 1000)[:3] == [60, 300, 200]


def test_a_column_that_is_left_out_leaves_its_room(table: RowTable) -> None:
    before = widths_at(table, 620)
    table.show_column(1, shown=False)
    assert table.columnWidth(2) == 200 > before[2]
