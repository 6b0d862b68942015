"""全年日历：十二个月一屏，休、班分明；点一天就换，方向键也行。"""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Collection, Mapping
from datetime import date

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPen
from PySide6.QtWidgets import QSizePolicy

from gui.kit.day_cells import DayCells
from gui.kit.marks import draw_centred, draw_text, metrics
from gui.kit.theme import theme
from models.domain.periods import month_period, year_period
from planners.wording import day_label

_GAP, _WEEKS = 22, 6


class YearGrid(DayCells):
    """The days of a year; ``toggled`` carries the day that was clicked.

    ``off`` (day → name) and ``worked`` (make-up days) are what it shows; dashed where they are estimated.
    """

    toggled = Signal(object)
    choosing = (Qt.Key.Key_Space,)

    def __init__(self, year: int) -> None:
        super().__init__("全年放假安排，方向键移动，空格在放假、上班与平常之间换")
        self.year = year
        self.off: Mapping[date, str] = {}
        self.worked: Collection[date] = frozenset()
        self.estimated = False
        self.can_change = True
        self.place = date(year, 1, 1)
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def show_days(
        self, year: int, off: Mapping[date, str], worked: Collection[date], *, estimated: bool
    ) -> None:
        """Show the days off and the make-up days of ``year``."""
        self.year, self.off, self.worked, self.estimated = year, off, frozenset(worked), estimated
        if self.place.year != year:
            self.place = date(year, 1, 1)
        self.update()

    # sizes

    def _least(self) -> tuple[float, float]:
        """The smallest a day may be."""
        height = round(metrics(theme().font(13)).height() + 5)
        return round(height * 1.25), height

    def cell_size(self) -> tuple[float, float]:
        """A day, wider where there is room."""
        least, height = self._least()
        columns = self.columns(self.width())
        room = (self.width() - (columns - 1) * _GAP) / columns / 7
        return max(least, min(room, 1.8 * height)), height

    def _block(self) -> tuple[float, float]:
        """A month: its name, the weekdays and six weeks."""
        width, height = self.cell_size()
        return 7 * width, (_WEEKS + 2.2) * height

    def columns(self, width: float) -> int:
        """How many months stand side by side: a divisor of twelve."""
        room = int((width + _GAP) // (7 * self._least()[0] + _GAP))
        return next(number for number in (6, 4, 3, 2, 1) if number <= max(1, room))

    def hasHeightForWidth(self) -> bool:
        """The narrower, the higher."""
        return True

    def heightForWidth(self, width: int) -> int:
        """All months below one another in their columns."""
        _, height = self._block()
        rows = 12 // self.columns(width)
        return round(rows * height + (rows - 1) * _GAP / 2)

    def sizeHint(self) -> QSize:
        """Four months side by side."""
        wide = round(4 * 7 * self._least()[0] + 3 * _GAP)
        return QSize(wide, self.heightForWidth(wide))

    def minimumSizeHint(self) -> QSize:
        """One month wide."""
        width, height = self._least()
        return QSize(round(7 * width), round((_WEEKS + 2.2) * height))

    def head_height(self) -> float:
        return 2.2 * self.cell_size()[1]

    def origin(self, day: date) -> QPointF:
        row, column = divmod(day.month - 1, self.columns(self.width()))
        width, height = self._block()
        return QPointF(column * (width + _GAP), row * (height + _GAP / 2))

    def shown_days(self) -> tuple[date, ...]:
        return year_period(self.year).days()

    def place_at(self, at: QPointF) -> date | None:
        """The day under a point."""
        for month in range(1, 13):
            if self._month_rect(month).contains(at):
                days = month_period(self.year, month).days()
                return next((day for day in days if self.day_rect(day).contains(at)), None)
        return None

    def _month_rect(self, month: int) -> QRectF:
        corner = self.origin(date(self.year, month, 1))
        return QRectF(corner.x(), corner.y(), *self._block())

    # painting

    def paint(self, painter: QPainter, seen: QRectF) -> None:
        """Paint the months that are seen."""
        for month in range(1, 13):
            if seen.intersects(self._month_rect(month)):
                self._paint_month(painter, month)

    def _paint_month(self, painter: QPainter, month: int) -> None:
        corner, height = self.origin(date(self.year, month, 1)), self.cell_size()[1]
        name = theme().font(14, bold=True)
        left, middle = corner.x() + 4, corner.y() + height * 0.6
        draw_text(painter, left, middle, f"{month}月", name, theme().color("ink"))
        self.paint_weekdays(painter, corner.x(), corner.y() + height * 1.7, "ink3")
        for day in month_period(self.year, month).days():
            self._paint_day(painter, day)

    def _paint_day(self, painter: QPainter, day: date) -> None:
        rect = self.day_rect(day)
        off, worked = day in self.off, day in self.worked
        ink = "ink3" if day.weekday() >= 5 else "ink"
        if off or worked:
            ink, ground = ("danger", "dangerBg") if off else ("info", "infoBg")
            style = Qt.PenStyle.DashLine if self.estimated else Qt.PenStyle.SolidLine
            painter.setPen(QPen(theme().color("dangerLine" if off else "infoLine"), 1, style))
            painter.setBrush(theme().color(ground))
            painter.drawRoundedRect(rect, 4, 4)
        font = theme().font(13 if not (off or worked) else 12, bold=off or worked)
        words = f"{day.day}{'休' if off else '班'}" if off or worked else str(day.day)
        draw_centred(painter, rect.center().x(), rect.center().y(), words, font, theme().color(ink))
        if day == self.place and self.hasFocus():
            self.paint_ring(painter, rect)

    # walking and changing

    def words_of(self, place: date) -> str:
        """6月9日 周三，端午节放假."""
        if place in self.off:
            state = f"{self.off[place]}放假"
        elif place in self.worked:
            state = "调休上班"
        else:
            state = "周末" if place.weekday() >= 5 else "工作日"
        return f"{day_label(place)}，{state}"

    def can_choose(self, place: date) -> bool:
        return self.can_change

    def choose(self, place: date) -> None:
        if self.can_change:
            self.toggled.emit(place)
            self.tell()

    def go_to(self, place: date) -> None:
        """Put the keyboard on a day, within the year."""
        if place.year == self.year:
            super().go_to(place)

    def page(self, step: int) -> bool:
        """The same day of the neighbouring month, within the year."""
        month = self.place.month + step
        if 1 <= month <= 12:
            last = monthrange(self.year, month)[1]
            self.go_to(date(self.year, month, min(self.place.day, last)))
        return True
