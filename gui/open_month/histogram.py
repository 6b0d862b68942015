"""常态化开放：十二个月各几场的柱子；方向键走，Enter 到那个月的日历。"""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPen

from gui.kit.cell_grid import CellGrid
from gui.kit.marks import draw_centred, metrics, paint_box
from gui.kit.theme import theme
from planners.open_month import AUGUST


class MonthHistogram(CellGrid):
    """Open days of each month. ``month_chosen`` carries the month (1–12) that was clicked or entered."""

    month_chosen = Signal(int)

    def __init__(self) -> None:
        super().__init__("各月开放活动，方向键走，回车看那个月的日历")
        self._counts: tuple[int, ...] = (0,) * 12
        self.place = 1

    def show_counts(self, counts: tuple[int, ...]) -> None:
        """Show the twelve numbers."""
        self._counts = counts
        self.update()

    @property
    def counts(self) -> tuple[int, ...]:
        """The twelve numbers."""
        return self._counts

    def sizeHint(self) -> QSize:
        """Bars and the names of the months."""
        return QSize(260, round(96 * theme().scale))

    def minimumSizeHint(self) -> QSize:
        """As high as it is."""
        return QSize(200, self.sizeHint().height())

    def rows(self) -> list[range]:
        return [range(1, 13)]

    def place_rect(self, place: int) -> QRectF:
        width = self.width() / 12
        return QRectF((place - 1) * width, 0, width, self.height())

    def beside(self, place: int, across: int, down: int) -> int:
        return min(12, max(1, place + across + down))

    def words_of(self, place: int) -> str:
        return f"{place}月开放活动 {self._counts[place - 1]} 场，回车看日历"

    def choose(self, place: int) -> None:
        self.month_chosen.emit(place)

    def paint(self, painter: QPainter, seen: QRectF) -> None:
        """Bars; August, which §22 asks for by itself, is outlined only and cut at the height of the others."""
        small = theme().font(12)
        line = metrics(small).height()
        foot, room = self.height() - line - 6, self.height() - 2 * line - 12
        most = max((c for m, c in enumerate(self._counts, 1) if m != AUGUST), default=0) or 1
        look = theme().campaign("open")
        for month, count in enumerate(self._counts, 1):
            rect, current = self.place_rect(month), self.hasFocus() and month == self.place
            middle = rect.center().x()
            if month == self.hover or current:
                paint_box(painter, rect.adjusted(1, 1, -1, -1), "hover", "focus", 4, 2 if current else 1)
            height = min(1.0, count / most) * room if count else 0
            painter.setPen(QPen(look.tile, 1.1) if month == AUGUST else Qt.PenStyle.NoPen)
            painter.setBrush(theme().color("surface") if month == AUGUST else look.tile)
            if count:
                painter.drawRect(QRectF(middle - 7, foot - height, 14, height))
            words, ink = (str(count), "ink") if count else ("—", "ink3")
            draw_centred(painter, middle, foot - height - line / 2 - 1, words, small, theme().color(ink))
            draw_centred(
                painter, middle, self.height() - line / 2 - 2, str(month), small, theme().color("ink2")
            )
        painter.setPen(QPen(theme().color("gridStrong"), 1))
        painter.drawLine(QPointF(0, foot + 0.5), QPointF(self.width(), foot + 0.5))
