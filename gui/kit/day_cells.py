"""画出来的月份：周一在前的七列小格，方向键走日与周，PgUp/PgDn 翻月。"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from itertools import groupby

from PySide6.QtCore import QPointF, QRectF, Signal
from PySide6.QtGui import QPainter

from gui.kit.cell_grid import CellGrid
from gui.kit.marks import draw_centred
from gui.kit.theme import theme
from models.domain.workdays import WEEKDAYS


class DayCells(CellGrid):
    """The days of a month; ``month_left`` (-1, 1) asks for a neighbour."""

    month_left = Signal(int)

    @property
    def day(self) -> date | None:
        """Where the keyboard is."""
        return self.place

    def shown_days(self) -> Sequence[date]:
        """The days shown, in order."""
        raise NotImplementedError

    def cell_size(self) -> tuple[float, float]:
        """Width and height of a day with what lies between."""
        raise NotImplementedError

    def head_height(self) -> float:
        """What lies above the first week."""
        return self.cell_size()[1]

    def origin(self, day: date) -> QPointF:
        """The corner of the month of ``day``."""
        return QPointF(0, 0)

    def slot(self, day: date) -> QRectF:
        """The column and week of ``day``."""
        width, height = self.cell_size()
        number, corner = day.replace(day=1).weekday() + day.day - 1, self.origin(day)
        top = corner.y() + self.head_height() + number // 7 * height
        return QRectF(corner.x() + number % 7 * width, top, width, height)

    def day_rect(self, day: date) -> QRectF:
        """Where ``day`` is drawn."""
        return self.slot(day).adjusted(1, 1, -1, -1)

    def place_rect(self, place: date) -> QRectF:
        return self.day_rect(place)

    def rows(self) -> Sequence[Sequence[date]]:
        weeks = groupby(
            self.shown_days(), lambda day: (day.month, (day.replace(day=1).weekday() + day.day - 1) // 7)
        )
        return [tuple(week) for _, week in weeks]

    def beside(self, place: date, across: int, down: int) -> date:
        return place + timedelta(days=across + 7 * down)

    def put(self, place: date) -> None:
        """Put the keyboard on a day, where it is shown."""
        if place in self.shown_days():
            super().put(place)

    def go_to(self, place: date) -> None:
        """Put the keyboard on a day; for one of another month that one is asked for."""
        days = self.shown_days()
        if place in days:
            super().go_to(place)
        elif days:
            self.month_left.emit(1 if place > days[-1] else -1)

    def page(self, step: int) -> bool:
        self.month_left.emit(step)
        return True

    def paint_weekdays(self, painter: QPainter, left: float, middle: float, color: str) -> None:
        """The names of the weekdays above their columns, which begin at ``left``."""
        width = self.cell_size()[0]
        for column, name in enumerate(WEEKDAYS):
            x = left + (column + 0.5) * width
            draw_centred(painter, x, middle, name, theme().font(12), theme().color(color))
