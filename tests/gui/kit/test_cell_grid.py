"""画出来的格子：键盘、指针、只重画动了的格，读屏软件看到行与格。"""

from __future__ import annotations

from datetime import date

import pytest
from PySide6.QtCore import QPoint, QRectF, Qt, Signal
from PySide6.QtGui import QAccessible, QPainter
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from gui.calendar.page import CalendarPage
from gui.kit.cell_grid import CellGrid
from gui.open_month.page import OpenMonthPage
from gui.overview.page import OverviewPage
from gui.session.year_session import YearSession

pytestmark = [
    pytest.mark.qt_log_ignore("propagateSizeHints", extend=True),  # the offscreen platform says so
    pytest.mark.usefixtures("themed"),
]
Role, Name = QAccessible.Role, QAccessible.Text.Name


class Board(CellGrid):
    """Two rows of three cells, 20 pixels each; the last one cannot be chosen."""

    chosen = Signal(object)

    def __init__(self) -> None:
        super().__init__("棋盘")
        self.place = (0, 0)
        self.painted: list[QRectF] = []

    def rows(self) -> list[list[tuple[int, int]]]:
        return [[(row, column) for column in range(3)] for row in range(2)]

    def row_words(self, row: int) -> str:
        return f"第 {row + 1} 行"

    def place_rect(self, place: tuple[int, int]) -> QRectF:
        return QRectF(20 * place[1], 20 * place[0], 20, 20)

    def words_of(self, place: tuple[int, int]) -> str:
        return f"{place[0]}-{place[1]}"

    def can_choose(self, place: tuple[int, int]) -> bool:
        return place != (1, 2)

    def choose(self, place: tuple[int, int]) -> None:
        self.chosen.emit(place)

    def paint(self, painter: QPainter, seen: QRectF) -> None:
        self.painted.append(seen)


@pytest.fixture
def board(qtbot: QtBot) -> Board:
    made = Board()
    qtbot.addWidget(made)
    made.resize(200, 200)
    made.show()
    qtbot.waitUntil(lambda: bool(made.painted))
    return made


@pytest.mark.parametrize(
    ("keys", "place"),
    [
        ((Qt.Key.Key_Right, Qt.Key.Key_Down), (1, 1)),
        ((Qt.Key.Key_Left, Qt.Key.Key_Up), (0, 0)),
        ((Qt.Key.Key_Down, Qt.Key.Key_Down, Qt.Key.Key_End), (1, 2)),
        ((Qt.Key.Key_End, Qt.Key.Key_Right, Qt.Key.Key_Home), (0, 0)),
    ],
)
def test_keys_walk_and_stay_inside(board: Board, keys: tuple[Qt.Key, ...], place: tuple[int, int]) -> None:
    for key in keys:
        QTest.keyClick(board, key)
    assert board.place == place


def test_enter_and_a_click_choose(board: Board, qtbot: QtBot) -> None:
    with qtbot.waitSignal(board.chosen) as chosen:
        QTest.keyClick(board, Qt.Key.Key_Return)
    assert chosen.args == [(0, 0)]
    with qtbot.waitSignal(board.chosen) as chosen:
        QTest.mouseClick(board, Qt.MouseButton.LeftButton, pos=QPoint(30, 30))
    assert (chosen.args, board.place) == ([(1, 1)], (1, 1))
    with qtbot.assertNotEmitted(board.chosen):
        QTest.mouseClick(board, Qt.MouseButton.LeftButton, pos=QPoint(150, 150))


def test_a_press_that_is_let_go_elsewhere_chooses_nothing(board: Board, qtbot: QtBot) -> None:
    with qtbot.assertNotEmitted(board.chosen):
        QTest.mousePress(board, Qt.MouseButton.LeftButton, pos=QPoint(30, 30))
        QTest.mouseRelease(board, Qt.MouseButton.LeftButton, pos=QPoint(10, 10))


def test_only_the_cells_that_changed_are_painted_anew(board: Board, qtbot: QtBot) -> None:
    board.painted.clear()
    QTest.keyClick(board, Qt.Key.Key_Right)
    qtbot.waitUntil(lambda: bool(board.painted))
    assert board.painted[-1].right() < 60
    assert board.painted[-1].bottom() < 40


def test_the_pointer_shows_what_can_be_chosen(board: Board) -> None:
    QTest.mouseMove(board, QPoint(30, 30))
    board.point_at((1, 1))
    assert board.cursor().shape() is Qt.CursorShape.PointingHandCursor
    board.point_at((1, 2))
    assert board.cursor().shape() is Qt.CursorShape.ArrowCursor


def test_a_screen_reader_finds_a_table_of_rows_and_cells(board: Board) -> None:
    board.go_to((1, 2))
    table = QAccessible.queryAccessibleInterface(board)
    assert (table.role(), table.text(Name), table.childCount()) == (Role.Table, "棋盘", 2)
    row = table.child(1)
    assert (row.role(), row.text(Name), row.childCount()) == (Role.Row, "第 2 行", 3)
    cell = row.child(2)
    assert (cell.role(), cell.text(Name)) == (Role.Cell, "1-2")
    assert cell.rect().topLeft() == board.mapToGlobal(QPoint(40, 20))
    assert cell.state().focused
    assert table.focusChild() is cell
    assert (row.indexOfChild(cell), table.indexOfChild(row)) == (2, 1)
    assert table.childAt(*cell.rect().center().toTuple()) is row


def test_what_a_screen_reader_held_is_empty_after_the_grid_is_gone(qtbot: QtBot) -> None:
    board = Board()
    row = QAccessible.queryAccessibleInterface(board).child(0)
    assert row.isValid()
    with qtbot.waitSignal(board.destroyed):
        board.deleteLater()
    assert not row.isValid()
    assert row.childCount() == 0


def test_the_board_the_calendar_and_the_open_month_are_tables_too(qtbot: QtBot, session: YearSession) -> None:
    overview, calendar, month = OverviewPage(session), CalendarPage(session), OpenMonthPage(session)
    for page in (overview, calendar, month):
        qtbot.addWidget(page)
        page.resize(1366, 768)
        page.show()
    calendar.go_to(date(2027, 6, 17))
    texts = []
    for grid, row, cell in ((overview.board, 0, 5), (calendar.month, 0, 1), (month.grid, 0, 1)):
        table = QAccessible.queryAccessibleInterface(grid)
        assert table.role() is Role.Table
        texts.append(table.child(row).child(cell).text(Name))
    assert texts[0].startswith("公开讲堂 6月 有风险")
    assert texts[1].startswith("6月1日 周二，")
    assert texts[2].startswith("友谊路街道（1 场）8月1日")
    assert QAccessible.queryAccessibleInterface(calendar.month).focusChild().text(Name).startswith("6月17日")
