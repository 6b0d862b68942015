"""年度总览的几何：行高、列宽、日期的位置，全部由字高与窗口大小算出。"""

from collections.abc import Sequence
from datetime import date
from typing import NamedTuple

from PySide6.QtCore import QRectF, QSizeF

from gui.services.board_values import BoardLine, LineKind
from models.domain.periods import month_period

REFERENCE_FONT_HEIGHT = 17.4
"""Height of the 12 px interface font at which the sizes of the tokens hold."""
FULL_WIDTH = 1124
"""Below this width of the board (a window of 1200 less the rail) six months are shown at a time."""
STANDARD_WIDTH = 1440
"""From this width on rows and heads have their standard size."""
STRETCH = 1.35

# standard and compact minimum height of a row (tokens: size.board.rowMin)
_ROW_MIN = {
    LineKind.MONTHLY: (86, 62),
    LineKind.THEMED: (96, 66),
    LineKind.QUARTERLY: (50, 38),
    LineKind.EVENTS: (52, 38),
    LineKind.OPEN_MONTH: (100, 64),
    LineKind.ATTENDANCE: (56, 40),
}


class BoardMetrics(NamedTuple):
    """Sizes in logical pixels for one text size; ``compact`` is the variant for small windows."""

    compact: bool
    scale: float
    group_width: int
    header_width: int
    quarter_height: int
    month_height: int
    strip_height: int
    column_min: int
    chip_height: int
    mark_height: int

    @property
    def left(self) -> int:
        """Where the months begin."""
        return self.group_width + self.header_width

    @property
    def top(self) -> int:
        """Where the rows begin."""
        return self.quarter_height + self.month_height

    def row_min(self, kind: LineKind) -> int:
        """The least height of a row of ``kind``."""
        return round(_ROW_MIN[kind][self.compact] * self.scale)


def board_metrics(font_height: float, *, compact: bool) -> BoardMetrics:
    """The sizes for an interface font whose 12 px line is ``font_height`` high."""
    scale = max(1.0, font_height / REFERENCE_FONT_HEIGHT)
    sizes = (28, 150, 24, 30, 46, 78, 20, 20) if compact else (28, 206, 28, 36, 72, 88, 22, 22)
    return BoardMetrics(compact, scale, *(round(size * scale) for size in sizes))


class BoardLayout(NamedTuple):
    """Where everything is, in content coordinates (before scrolling).

    ``columns`` are the left edges of ``months`` and the right edge of the last one; ``rows`` the
    same for the lines. ``strip`` is the top of the load strip, None where there is none.
    """

    metrics: BoardMetrics
    months: tuple[int, ...]
    columns: tuple[int, ...]
    rows: tuple[int, ...]
    strip: int | None
    width: int
    height: int

    def column(self, month: int) -> tuple[int, int]:
        """Left and right edge of ``month``, which must be shown."""
        index = self.months.index(month)
        return self.columns[index], self.columns[index + 1]

    def cell_rect(self, row: int, first: int, last: int) -> QRectF:
        """The part of a cell that is shown; empty where none of its months is."""
        shown = [month for month in self.months if first <= month <= last]
        if not shown:
            return QRectF()
        left, right = self.column(shown[0])[0], self.column(shown[-1])[1]
        return QRectF(left, self.rows[row], right - left, self.rows[row + 1] - self.rows[row])

    def row_rect(self, row: int) -> QRectF:
        """The whole row, its header included."""
        return QRectF(0, self.rows[row], self.width, self.rows[row + 1] - self.rows[row])

    def strip_rect(self) -> QRectF:
        """The load strip over the whole width; empty where it is off."""
        if self.strip is None:
            return QRectF()
        return QRectF(0, self.strip, self.width, self.height - self.strip)

    def row_at(self, y: float) -> int | None:
        """The row at ``y``, None outside the rows."""
        for row in range(len(self.rows) - 1):
            if self.rows[row] <= y < self.rows[row + 1]:
                return row
        return None

    def month_at(self, x: float) -> int | None:
        """The month at ``x``, None outside the months."""
        for index, month in enumerate(self.months):
            if self.columns[index] <= x < self.columns[index + 1]:
                return month
        return None

    def day_x(self, day: date) -> float | None:
        """The middle of ``day`` on the time axis, None where its month is not shown."""
        if day.month not in self.months:
            return None
        left, right = self.column(day.month)
        return left + (right - left) * (day.day - 0.5) / month_period(day.year, day.month).last.day

    def quarters(self) -> tuple[tuple[int, int, int], ...]:
        """Quarter, left and right edge of each quarter that is shown."""
        shown = sorted({(month + 2) // 3 for month in self.months})
        return tuple(
            (quarter, self.column(3 * quarter - 2)[0], self.column(3 * quarter)[1]) for quarter in shown
        )


def is_compact(size: QSizeF, lines: Sequence[BoardLine], font_height: float) -> bool:
    """Whether the standard sizes do not fit ``size``."""
    full = board_metrics(font_height, compact=False)
    needed = full.top + full.strip_height + sum(full.row_min(line.kind) for line in lines)
    return size.width() < STANDARD_WIDTH or size.height() < needed


def lay_out(
    size: QSizeF, lines: Sequence[BoardLine], metrics: BoardMetrics, *, half: int = 1, strip: bool = True
) -> BoardLayout:
    """Lay the board out for a viewport of ``size``; ``half`` of the year (1, 2) where it is narrow.

    Rows are stretched up to ``STRETCH`` to fill the height; what does not fit scrolls.
    """
    narrow = size.width() < FULL_WIDTH
    months = tuple(range(6 * half - 5, 6 * half + 1)) if narrow else tuple(range(1, 13))
    strip_height = metrics.strip_height if strip and not narrow else 0
    column = max(float(metrics.column_min), (size.width() - metrics.left) / len(months))
    columns = tuple(metrics.left + round(column * index) for index in range(len(months) + 1))
    rows = _rows(lines, metrics, size.height() - metrics.top - strip_height)
    height = max(rows[-1] + strip_height, int(size.height()))
    return BoardLayout(
        metrics=metrics,
        months=months,
        columns=columns,
        rows=rows,
        strip=height - strip_height if strip_height else None,
        width=columns[-1],
        height=height,
    )


def _rows(lines: Sequence[BoardLine], metrics: BoardMetrics, room: float) -> tuple[int, ...]:
    least = [metrics.row_min(line.kind) for line in lines]
    stretch = min(STRETCH, max(1.0, room / sum(least))) if least else 1.0
    edges, total = [metrics.top], 0.0
    for height in least:
        total += height * stretch
        edges.append(metrics.top + int(total))
    return tuple(edges)
