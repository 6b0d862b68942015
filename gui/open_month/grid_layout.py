"""开放月格子的几何：行首、未定列、31 天，各行的高与日条的位置。"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from itertools import accumulate

from PySide6.QtCore import QPointF, QRectF

from gui.kit.chips import chip_height
from gui.kit.marks import metrics
from gui.kit.theme import theme
from gui.open_month.rows import GridRow, MonthBar
from planners.open_month import DAYS

COLUMNS = DAYS + 1
LEAST_COLUMN = 30
WIDE_COLUMN = 39
_PAD = 3


class GridLayout:
    """Where everything of the grid lies, in content coordinates (the head scrolls only sideways)."""

    def __init__(self, width: float, rows: Sequence[GridRow]) -> None:
        scale = theme().scale
        self.rows = tuple(rows)
        roomy = width >= 206 * scale + COLUMNS * WIDE_COLUMN
        self.head_width = round((206 if roomy else 150) * scale)
        self.column = max(LEAST_COLUMN * scale, (width - self.head_width) / COLUMNS)
        self.width = round(self.head_width + self.column * COLUMNS)
        line = metrics(theme().font(12)).height()
        self.head = round(line * 3 + 14)
        self.bar_height = chip_height(compact=True)
        self.group_height = round(line + 12)
        heights = [self._height(row) for row in self.rows]
        self._tops = [0, *accumulate(heights)]
        self.height = self._tops[-1]

    def _height(self, row: GridRow) -> int:
        if row.line is None:
            return self.group_height
        return row.lanes * (self.bar_height + 2) - 2 + 2 * _PAD + 1

    def row_rect(self, row: int) -> QRectF:
        """A whole row."""
        return QRectF(0, self._tops[row], self.width, self._tops[row + 1] - self._tops[row])

    def left(self, column: int) -> float:
        """Where a column begins."""
        return round(self.head_width + column * self.column)

    def cell_rect(self, row: int, column: int) -> QRectF:
        """A day (or the column 未定) of a row."""
        rect = self.row_rect(row)
        left = self.left(column)
        return QRectF(left, rect.top(), self.left(column + 1) - left, rect.height())

    def bar_rect(self, row: int, bar: MonthBar) -> QRectF:
        """Where a bar is drawn."""
        left, right = self.left(bar.first), self.left(bar.last + 1) - 1
        top = self._tops[row] + _PAD + bar.lane * (self.bar_height + 2)
        return QRectF(left, top, right - left, self.bar_height)

    def row_at(self, y: float) -> int | None:
        """The row at ``y``; None below the last."""
        if not 0 <= y < self.height:
            return None
        return bisect_right(self._tops, y) - 1

    def column_at(self, x: float) -> int | None:
        """The column at ``x`` (0: 未定); None over the row heads."""
        column = int((x - self.head_width) // self.column)
        return column if x >= self.head_width and column < COLUMNS else None

    def bar_at(self, at: QPointF) -> MonthBar | None:
        """The bar under a point."""
        row = self.row_at(at.y())
        if row is None:
            return None
        return next((bar for bar in self.rows[row].bars if self.bar_rect(row, bar).contains(at)), None)
