"""全年达成的小方格：键盘用方向键走，Enter 打开；状态靠图标加文字，不靠颜色。"""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPixmap, QResizeEvent

from gui.kit.cell_grid import CellGrid
from gui.kit.icons import paint_icon
from gui.kit.marks import (
    STATE_LOOKS,
    draw_centred,
    draw_text,
    elided,
    metrics,
    paint_box,
    paint_hatch,
    text_width,
)
from gui.kit.theme import theme
from gui.rules.looks import cell_fill
from gui.rules.matrix import Matrix, MatrixCell
from planners.results import Cell, CellState


class _Sizes(NamedTuple):
    """What the words of the matrix ask for in the present width."""

    head: float
    row: int
    label: float
    cell: float


class PeriodMatrix(CellGrid):
    """Rows of cells. ``cell_chosen`` carries the ``Cell`` that was clicked or entered."""

    cell_chosen = Signal(object)

    def __init__(self, describe: Callable[[Cell], str]) -> None:
        super().__init__("")
        self._describe = describe
        self._matrix = Matrix("", (), (), ())
        self._sizes: _Sizes | None = None
        self._stamps: dict[tuple[object, ...], QPixmap] = {}

    def show_matrix(self, matrix: Matrix) -> None:
        """Show ``matrix``; the cursor stays where it was, if that is still there."""
        self._matrix = matrix
        self.forget_sizes()
        row, column = self.place or (0, 0)
        row = min(row, max(0, len(matrix.cells) - 1))
        cells = matrix.cells[row] if matrix.cells else ()
        self.place = (row, min(column, len(cells) - 1)) if cells else None
        self.setAccessibleName(f"{matrix.title}全年达成，{len(matrix.rows)} 行，方向键移动，Enter 打开")
        self.updateGeometry()
        self.update()

    @property
    def matrix(self) -> Matrix:
        """What is shown."""
        return self._matrix

    def rows(self) -> list[list[tuple[int, int]]]:
        return [[(row, n) for n in range(len(cells))] for row, cells in enumerate(self._matrix.cells)]

    def row_words(self, row: int) -> str:
        return self._matrix.rows[row]

    def place_rect(self, place: tuple[int, int]) -> QRectF:
        return self.cell_rect(*place)

    def words_of(self, place: tuple[int, int]) -> str:
        return self._describe(self._matrix.cells[place[0]][place[1]].cell)

    def choose(self, place: tuple[int, int]) -> None:
        self.cell_chosen.emit(self._matrix.cells[place[0]][place[1]].cell)

    @property
    def current(self) -> Cell | None:
        """The cell that the cursor is on."""
        return self._matrix.cells[self.place[0]][self.place[1]].cell if self.place else None

    # geometry

    def sizeHint(self) -> QSize:
        """Head and rows."""
        sizes = self._measured()
        return QSize(300, round(sizes.head + len(self._matrix.rows) * (sizes.row + self._gap())))

    def minimumSizeHint(self) -> QSize:
        """As high as it is."""
        return QSize(200, self.sizeHint().height())

    def _gap(self) -> int:
        return 3 if self._matrix.dense else 6

    def forget_sizes(self) -> None:
        """Measure everything anew: contents, width, theme or text size are other ones."""
        self._sizes = None
        self._stamps.clear()
        self.updateGeometry()
        self.update()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The cells share another width."""
        super().resizeEvent(event)
        self.forget_sizes()

    def _measured(self) -> _Sizes:
        if self._sizes is None:
            matrix, line = self._matrix, metrics(theme().font(12)).height()
            captions = any(shown.caption for row in matrix.cells for shown in row)
            font = theme().font(13, bold=True)
            widest = max((text_width(font, row) for row in matrix.rows), default=0)
            label = min(widest, self.width() * 0.42) + (10 if widest else 0)
            columns = max(1, len(matrix.columns))
            cell = (self.width() - label - self._gap() * (columns - 1)) / columns
            if columns == 1 and not matrix.dense:
                cell = min(cell, 160 * theme().scale)
            row = line + 6 if matrix.dense else 2 * line + 8 if captions else 1.5 * line + 16
            head = line + 8 if any(matrix.columns) else 0
            self._sizes = _Sizes(head, round(row), label, cell)
        return self._sizes

    def cell_rect(self, row: int, column: int) -> QRectF:
        """Where a cell is drawn."""
        sizes, gap = self._measured(), self._gap()
        left = sizes.label + column * (sizes.cell + gap)
        return QRectF(round(left), round(sizes.head + row * (sizes.row + gap)), int(sizes.cell), sizes.row)

    # painting

    def paint(self, painter: QPainter, seen: QRectF) -> None:
        """Paint heads and cells."""
        small, label_font = theme().font(12), theme().font(13, bold=True)
        for column, text in enumerate(self._matrix.columns):
            middle = self.cell_rect(0, column).center().x()
            draw_centred(painter, middle, self._measured().head / 2 - 2, text, small, theme().color("ink2"))
        width = self._measured().label - 10
        for row, text in enumerate(self._matrix.rows):
            first = self.cell_rect(row, 0)
            if first.bottom() < seen.top() or first.top() > seen.bottom():
                continue
            words = elided(text, label_font, width)
            draw_text(painter, 0, first.center().y(), words, label_font, theme().color("ink"))
            for column, shown in enumerate(self._matrix.cells[row]):
                self._paint_place(painter, self.cell_rect(row, column), shown, (row, column))

    def _paint_place(
        self, painter: QPainter, rect: QRectF, shown: MatrixCell, place: tuple[int, int]
    ) -> None:
        """A cell and the frame around it; cells that say the same are painted once."""
        key = (shown.cell.state, shown.text, shown.caption, rect.width(), rect.height())
        stamp = self._stamps.get(key)
        if stamp is None:
            stamp = self._stamps[key] = self._stamp(rect, shown)
        painter.drawPixmap(rect.topLeft(), stamp)
        current = self.hasFocus() and self.place == place
        if self.hover == place or current:
            self.paint_ring(painter, rect.adjusted(1, 1, -1, -1), 5, 2 if current else 1.2)

    def _stamp(self, rect: QRectF, shown: MatrixCell) -> QPixmap:
        ratio = self.devicePixelRatioF()
        stamp = QPixmap((rect.size() * ratio).toSize())
        stamp.setDevicePixelRatio(ratio)
        stamp.fill(Qt.GlobalColor.transparent)
        painter = QPainter(stamp)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._paint_cell(painter, QRectF(QPointF(0, 0), rect.size()), shown)
        painter.end()
        return stamp

    def _paint_cell(self, painter: QPainter, rect: QRectF, shown: MatrixCell) -> None:
        state = shown.cell.state
        look = STATE_LOOKS[state]
        dashed = state is CellState.GAP
        line = "controlBorder" if dashed else look.line
        box = rect.adjusted(0.5, 0.5, -0.5, -0.5)
        paint_box(painter, box, cell_fill(state), line, 5, 1.1, dashed=dashed)
        if not state.is_asked:
            paint_hatch(painter, rect.adjusted(2, 2, -2, -2), theme().color("grid"), 6)
        self._paint_words(painter, rect, shown)

    def _paint_words(self, painter: QPainter, rect: QRectF, shown: MatrixCell) -> None:
        look, small = STATE_LOOKS[shown.cell.state], theme().font(12)
        middle = rect.center().y()
        if shown.caption:
            line = metrics(small).height()
            top = rect.top() + 3 + line / 2
            draw_centred(painter, rect.center().x(), top, shown.caption, small, theme().color("ink2"))
            middle = rect.bottom() - 4 - line / 2
        font, color = theme().font(12, bold=True), theme().color(look.color)
        text = elided(shown.text, font, rect.width() - (22 if look.icon else 6))
        if self._matrix.dense and len(self._matrix.columns) > 1:
            text = "" if look.icon else text[:1]
        width = text_width(font, text) + (14 + (4 if text else 0) if look.icon else 0)
        left = rect.center().x() - width / 2
        if look.icon:
            paint_icon(painter, look.icon, QRectF(left, middle - 7, 14, 14), color)
            left += 18
        draw_text(painter, left, middle, text, font, color)
