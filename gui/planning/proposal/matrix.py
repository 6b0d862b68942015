"""对照表的一半：规则线 × 月份的小格，可用方向键走，读屏可听。"""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QRectF, QSize, Signal
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QWidget

from gui.kit.cell_grid import CellGrid
from gui.kit.icons import paint_icon
from gui.kit.marks import STATE_LOOKS, draw_centred, draw_text, metrics, paint_box, paint_hatch, text_width
from gui.kit.theme import theme
from gui.planning.proposal.matrix_values import ComparedCell, Mark, MatrixLine
from gui.session.redaction import redacted
from planners.results import CellState

FILLS = {
    CellState.DONE: ("successBg", "successLine"),
    CellState.PLANNED: ("surface", "infoLine"),
    CellState.AT_RISK: ("warningBg", "warningLine"),
    CellState.OVERDUE: ("dangerBg", "dangerLine"),
}
_UNTICKED = "未勾选"


class ComparedMatrix(CellGrid):
    """Twelve months, a row a line. ``cell_chosen`` on click or Enter carries the cell's ``Target``."""

    cell_chosen = Signal(object)

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(name, parent)
        self._lines: tuple[MatrixLine, ...] = ()
        self._month: int | None = None

    def show_lines(self, lines: Sequence[MatrixLine], month: int | None) -> None:
        """Show ``lines``; ``month`` (1–12) is the current one, None in another year."""
        self._lines, self._month = tuple(lines), month
        row, column = self.place or (0, 0)
        row = min(row, max(0, len(self._lines) - 1))
        self.place = (row, min(column, len(self._lines[row].cells) - 1)) if self._lines else None
        self.setAccessibleDescription(redacted(self.words()))
        self.updateGeometry()
        self.update()

    def words(self) -> str:
        """The whole matrix in words, a line a rule."""
        return "\n".join(f"{line.title}：{'；'.join(c.words for c in line.cells)}" for line in self._lines)

    # measures

    def row_height(self) -> int:
        """Height of a row with its gap (25 px at the standard text size)."""
        return round(metrics(theme().font(12)).height() + 8)

    def _head_height(self) -> int:
        return round(metrics(theme().font(12)).height() + 5)

    def _title_width(self) -> float:
        font = theme().font(13)
        return max((text_width(font, line.title) for line in self._lines), default=60.0) + 10

    def sizeHint(self) -> QSize:
        """As wide as there is room, as high as its lines."""
        return QSize(560, self._head_height() + len(self._lines) * self.row_height())

    def minimumSizeHint(self) -> QSize:
        """Room for icons in twelve months."""
        return QSize(round(self._title_width()) + 12 * 24, self.sizeHint().height())

    def cell_rect(self, row: int, cell: ComparedCell) -> QRectF:
        """Where ``cell`` of line ``row`` is drawn."""
        left = self._title_width()
        step = (self.width() - left) / 12
        top = self._head_height() + row * self.row_height()
        x = left + (cell.first - 1) * step
        return QRectF(x, top, (cell.last - cell.first + 1) * step - 3, self.row_height() - 3)

    # painting

    def paint(self, painter: QPainter, seen: QRectF) -> None:
        """Months, titles, cells, and the ring around the cell the keyboard is on."""
        self._paint_months(painter)
        font = theme().font(13)
        for row, line in enumerate(self._lines):
            middle = self._head_height() + row * self.row_height() + (self.row_height() - 3) / 2
            left = self._title_width() - 10 - text_width(font, line.title)
            draw_text(painter, left, middle, line.title, font, theme().color("ink2"))
            for cell in line.cells:
                paint_cell(painter, self.cell_rect(row, cell), cell)
        if self.hasFocus() and self.place is not None:
            self.paint_ring(painter, self.place_rect(self.place).adjusted(-1, -1, 1, 1), 5)

    def _paint_months(self, painter: QPainter) -> None:
        left = self._title_width()
        step = (self.width() - left) / 12
        for month in range(1, 13):
            now = month == self._month
            font = theme().font(12, bold=now)
            x = left + (month - 0.5) * step - 1.5
            color = theme().color("primary" if now else "ink2")
            draw_centred(painter, x, (self._head_height() - 5) / 2, str(month), font, color)

    # walking

    def _cell(self, place: tuple[int, int]) -> ComparedCell:
        return self._lines[place[0]].cells[place[1]]

    def rows(self) -> list[list[tuple[int, int]]]:
        return [[(row, n) for n in range(len(line.cells))] for row, line in enumerate(self._lines)]

    def row_words(self, row: int) -> str:
        return self._lines[row].title

    def place_rect(self, place: tuple[int, int]) -> QRectF:
        return self.cell_rect(place[0], self._cell(place))

    def words_of(self, place: tuple[int, int]) -> str:
        return f"{self._lines[place[0]].title} {self._cell(place).words}"

    def beside(self, place: tuple[int, int], across: int, down: int) -> tuple[int, int]:
        """To another cell of the line, or to the cell of another line that lies in the same month."""
        if across:
            return super().beside(place, across, 0)
        row, month = max(0, min(place[0] + down, len(self._lines) - 1)), self._cell(place).first
        cells = self._lines[row].cells
        return row, next((n for n, cell in enumerate(cells) if cell.first <= month <= cell.last), 0)

    def can_choose(self, place: tuple[int, int]) -> bool:
        return self._cell(place).target is not None

    def choose(self, place: tuple[int, int]) -> None:
        if self.can_choose(place):
            self.cell_chosen.emit(self._cell(place).target)


def paint_cell(painter: QPainter, rect: QRectF, cell: ComparedCell) -> None:
    """Paint one cell: what the proposal does to it before what it is."""
    box = rect.adjusted(0.5, 0.5, -0.5, -0.5)
    if cell.mark is Mark.ADDED:
        _paint_added(painter, box, pending=cell.pending)
    elif cell.mark is not None:
        _paint_possible(painter, box, cell.mark)
    elif cell.state is CellState.EXEMPT:
        paint_hatch(painter, rect, theme().color("gridStrong"), 5)
    elif cell.state is CellState.GAP:
        paint_box(painter, box, "", "controlBorder", 3, dashed=True)
    else:
        fill, line = FILLS[cell.state]
        paint_box(painter, box, fill, line, 3)
        look = STATE_LOOKS[cell.state]
        _icon(painter, box, look.icon, look.color)


def _paint_added(painter: QPainter, box: QRectF, *, pending: bool) -> None:
    frame = box.adjusted(0.75, 0.75, -0.75, -0.75) if pending else box
    line, width = ("warningLine", 2.5) if pending else ("primaryFill", 1)
    paint_box(painter, frame, "primaryFill", line, 3, width)
    _icon(painter, box, "plus", "onPrimary")


def _paint_possible(painter: QPainter, box: QRectF, mark: Mark) -> None:
    """Dashed: an entry that is not ticked, or one that stays a draft."""
    ground = "infoBg" if mark is Mark.UNTICKED else "surface"
    paint_box(painter, box, ground, "primary", 3, 1.3, dashed=True)
    font = theme().font(12)
    words = _UNTICKED if mark is Mark.UNTICKED else "草拟"
    width = text_width(font, words)
    if width <= box.width() - 6:
        draw_centred(painter, box.center().x(), box.center().y(), words, font, theme().color("primary"))
    else:
        _icon(painter, box, "plus" if mark is Mark.UNTICKED else "edit", "primary")


def _icon(painter: QPainter, box: QRectF, name: str, color: str) -> None:
    side = min(14.0, box.height() - 4)
    middle = box.center()
    rect = QRectF(middle.x() - side / 2, middle.y() - side / 2, side, side)
    paint_icon(painter, name, rect, theme().color(color))
