"""全年达成的小方格：键盘用方向键走，Enter 打开；状态靠图标加文字，不靠颜色。"""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

from PySide6.QtCore import QEvent, QPointF, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QFocusEvent,
    QHelpEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QPixmap,
    QResizeEvent,
)
from PySide6.QtWidgets import QSizePolicy, QToolTip, QWidget

from gui.kit.announce import announce
from gui.kit.icons import paint_icon
from gui.kit.marks import STATE_LOOKS, draw_text, elided, metrics, paint_hatch, text_width
from gui.kit.plain import plain_tip
from gui.kit.theme import theme
from gui.rules.looks import cell_fill
from gui.rules.matrix import Matrix, MatrixCell
from planners.results import Cell, CellState

_STEPS = {
    Qt.Key.Key_Left: (0, -1),
    Qt.Key.Key_Right: (0, 1),
    Qt.Key.Key_Up: (-1, 0),
    Qt.Key.Key_Down: (1, 0),
}
_DASHED = (CellState.GAP,)


class _Sizes(NamedTuple):
    """What the words of the matrix ask for in the present width."""

    head: float
    row: int
    label: float
    cell: float


class PeriodMatrix(QWidget):
    """Rows of cells. ``cell_chosen`` carries the ``Cell`` that was clicked or entered."""

    cell_chosen = Signal(object)

    def __init__(self, describe: Callable[[Cell], str]) -> None:
        super().__init__()
        self._describe = describe
        self._matrix = Matrix("", (), (), ())
        self._cursor = (0, 0)
        self._hover: tuple[int, int] | None = None
        self._sizes: _Sizes | None = None
        self._stamps: dict[tuple[object, ...], QPixmap] = {}
        self.setMouseTracking(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def show_matrix(self, matrix: Matrix) -> None:
        """Show ``matrix``; the cursor stays where it was, if that is still there."""
        self._matrix = matrix
        self.forget_sizes()
        row = min(self._cursor[0], max(0, len(matrix.cells) - 1))
        width = len(matrix.cells[row]) if matrix.cells else 0
        self._cursor = (row, min(self._cursor[1], max(0, width - 1)))
        self.setAccessibleName(f"{matrix.title}全年达成，{len(matrix.rows)} 行，方向键移动，Enter 打开")
        self.updateGeometry()
        self.update()

    @property
    def matrix(self) -> Matrix:
        """What is shown."""
        return self._matrix

    @property
    def current(self) -> Cell | None:
        """The cell that the cursor is on."""
        row, column = self._cursor
        cells = self._matrix.cells
        return cells[row][column].cell if cells and column < len(cells[row]) else None

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

    def _at(self, at: QPointF) -> tuple[int, int] | None:
        for row, cells in enumerate(self._matrix.cells):
            for column in range(len(cells)):
                if self.cell_rect(row, column).contains(at):
                    return row, column
        return None

    # painting

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint heads and cells."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        small, label_font = theme().font(12), theme().font(13, bold=True)
        for column, text in enumerate(self._matrix.columns):
            rect = self.cell_rect(0, column)
            left = rect.center().x() - text_width(small, text) / 2
            draw_text(painter, left, self._measured().head / 2 - 2, text, small, theme().color("ink2"))
        width = self._measured().label - 10
        for row, text in enumerate(self._matrix.rows):
            first = self.cell_rect(row, 0)
            if first.bottom() < event.rect().top() or first.top() > event.rect().bottom():
                continue
            draw_text(
                painter,
                0,
                first.center().y(),
                elided(text, label_font, width),
                label_font,
                theme().color("ink"),
            )
            for column, shown in enumerate(self._matrix.cells[row]):
                self._paint_place(painter, self.cell_rect(row, column), shown, (row, column))
        painter.end()

    def _paint_place(
        self, painter: QPainter, rect: QRectF, shown: MatrixCell, place: tuple[int, int]
    ) -> None:
        """A cell and the frame around it; cells that say the same are painted once."""
        key = (shown.cell.state, shown.text, shown.caption, rect.width(), rect.height())
        stamp = self._stamps.get(key)
        if stamp is None:
            stamp = self._stamps[key] = self._stamp(rect, shown)
        painter.drawPixmap(rect.topLeft(), stamp)
        current = self.hasFocus() and self._cursor == place
        if self._hover == place or current:
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(theme().color("focus"), 2 if current else 1.2))
            painter.drawRoundedRect(rect.adjusted(1, 1, -1, -1), 5, 5)

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
        pen = QPen(theme().color(look.line if state not in _DASHED else "controlBorder"), 1.1)
        if state in _DASHED:
            pen.setDashPattern([3.0, 2.0])
        painter.setPen(pen)
        painter.setBrush(theme().color(cell_fill(state)))
        painter.drawRoundedRect(rect.adjusted(0.5, 0.5, -0.5, -0.5), 5, 5)
        if not state.is_asked:
            paint_hatch(painter, rect.adjusted(2, 2, -2, -2), theme().color("grid"), 6)
        self._paint_words(painter, rect, shown)

    def _paint_words(self, painter: QPainter, rect: QRectF, shown: MatrixCell) -> None:
        look, small = STATE_LOOKS[shown.cell.state], theme().font(12)
        middle = rect.center().y()
        if shown.caption:
            line = metrics(small).height()
            left = rect.center().x() - text_width(small, shown.caption) / 2
            draw_text(painter, left, rect.top() + 3 + line / 2, shown.caption, small, theme().color("ink2"))
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

    # mouse and keyboard

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Frame the cell under the pointer."""
        self._hover = self._at(event.position())
        self.setCursor(Qt.CursorShape.PointingHandCursor if self._hover else Qt.CursorShape.ArrowCursor)
        self.update()

    def leaveEvent(self, event: QEvent) -> None:
        """Nothing is under the pointer any more."""
        self._hover = None
        self.update()
        super().leaveEvent(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Choose the cell under the pointer."""
        if event.button() == Qt.MouseButton.LeftButton and (place := self._at(event.position())):
            self._cursor = place
            self.update()
            self._choose()

    def _choose(self) -> None:
        if self.current is not None:
            self.cell_chosen.emit(self.current)

    def event(self, event: QEvent) -> bool:
        """The tooltip says the cell in a sentence."""
        if isinstance(event, QHelpEvent) and event.type() == QEvent.Type.ToolTip:
            place = self._at(QPointF(event.pos()))
            if place is not None:
                shown = self._matrix.cells[place[0]][place[1]]
                QToolTip.showText(event.globalPos(), plain_tip(self._describe(shown.cell)), self)
            return True
        return super().event(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Say where the cursor is."""
        super().focusInEvent(event)
        self._tell()
        self.update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """The cursor is not seen any more."""
        super().focusOutEvent(event)
        self.update()

    def _tell(self) -> None:
        if self.current is not None:
            announce(self, self._describe(self.current))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Arrows walk, Enter chooses."""
        key = Qt.Key(event.key())
        if key in _STEPS and self._matrix.cells:
            row = min(max(0, self._cursor[0] + _STEPS[key][0]), len(self._matrix.cells) - 1)
            column = min(max(0, self._cursor[1] + _STEPS[key][1]), len(self._matrix.cells[row]) - 1)
            self._cursor = row, column
            self._tell()
            self.update()
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._choose()
        else:
            super().keyPressEvent(event)

    def cursor_place(self) -> QRect:
        """Where the cursor is, in global coordinates."""
        rect = self.cell_rect(*self._cursor).toRect()
        return QRect(self.mapToGlobal(rect.topLeft()), rect.size())
