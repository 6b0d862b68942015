"""点选日子：一个月一页，点一下选中，再点一下去掉；本来就停排的日子画斜线。"""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Collection, Iterable
from datetime import date
from functools import partial

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPen
from PySide6.QtWidgets import QWidget

from gui.kit.announce import announce
from gui.kit.boxes import in_column, in_row
from gui.kit.day_cells import DayCells
from gui.kit.marks import draw_centred, metrics, paint_hatch
from gui.kit.plain import label, tool_button
from gui.kit.theme import theme
from models.domain.periods import month_period
from planners.wording import day_label, short_day

_SHOWN_DAYS = 12
"""Days that the line below the month names; more are counted."""


class DayGrid(DayCells):
    """The days of a month, Monday first; ``toggled`` carries the day that was clicked."""

    toggled = Signal(object)
    choosing = (Qt.Key.Key_Space,)

    def __init__(self) -> None:
        super().__init__("点选停排的日子，方向键移动，空格选中")
        self.month = self.place = date(2000, 1, 1)
        self.chosen: frozenset[date] = frozenset()
        self.closed: frozenset[date] = frozenset()
        self.free: frozenset[date] = frozenset()

    def show_month(self, month: date, day: date) -> None:
        """Show the month of ``month`` with the keyboard on ``day``."""
        self.month, self.place = month.replace(day=1), day
        self.update()

    def sizeHint(self) -> QSize:
        """Seven columns, the head and six weeks."""
        width, height = self.cell_size()
        return QSize(7 * width, 7 * height)

    def minimumSizeHint(self) -> QSize:
        """No smaller than that."""
        return self.sizeHint()

    def cell_size(self) -> tuple[int, int]:
        height = round(metrics(theme().font(13)).height() + 8)
        return round(height * 1.6), height

    def day_rect(self, day: date) -> QRectF:
        return self.slot(day).adjusted(1, 1, -2, -2)

    def shown_days(self) -> tuple[date, ...]:
        return month_period(self.month.year, self.month.month).days()

    def paint(self, painter: QPainter, seen: QRectF) -> None:
        """Paint weekdays and days."""
        self.paint_weekdays(painter, 0, self.head_height() / 2, "ink3")
        for day in self.shown_days():
            self._paint_day(painter, day)

    def _paint_day(self, painter: QPainter, day: date) -> None:
        rect, chosen = self.day_rect(day), day in self.chosen
        painter.setPen(QPen(theme().color("danger" if chosen else "grid"), 1))
        ground = "dangerBg" if chosen else "surfaceAlt" if day in self.free else "surface"
        painter.setBrush(theme().color(ground))
        painter.drawRoundedRect(rect, 4, 4)
        if day in self.closed:
            paint_hatch(painter, rect.adjusted(2, 2, -2, -2), theme().color("hatch"), 6)
        font = theme().font(13, bold=chosen)
        words = f"{day.day} 停" if chosen else str(day.day)
        ink = "danger" if chosen else "ink3" if day in self.free else "ink"
        draw_centred(painter, rect.center().x(), rect.center().y(), words, font, theme().color(ink))
        if day == self.place and self.hasFocus():
            self.paint_ring(painter, rect)

    def words_of(self, place: date) -> str:
        return f"{day_label(place)}{'，停排' if place in self.chosen else ''}"

    def choose(self, place: date) -> None:
        self.toggled.emit(place)

    def go_to(self, place: date) -> None:
        """Put the keyboard on a day of the year; another month is shown with it."""
        if place.year != self.month.year:
            return
        step, self.place = place.month - self.month.month, place
        if step:
            self.month_left.emit(step)
        self.update()
        self.tell()


class DayPicker(QWidget):
    """Chooses days of one year. ``closed`` days take no events anyhow, ``free`` ones are days off."""

    changed = Signal()

    def __init__(self, year: int, closed: Collection[date], free: Collection[date]) -> None:
        super().__init__()
        self._year = year
        self.grid = DayGrid()
        self.grid.closed, self.grid.free = frozenset(closed), frozenset(free)
        self._title = label("")
        self._before = tool_button("chevron-left", "上个月", partial(self._turn, -1))
        self._after = tool_button("chevron-right", "下个月", partial(self._turn, 1))
        self._words = label("", "caption", wrap=True)
        head = in_row(self._before, self._title, self._after, None, spacing=4)
        in_column(
            head, (self.grid, 0, Qt.AlignmentFlag.AlignLeft), self._words, inside=self, margins=0, spacing=4
        )
        self.setFocusProxy(self.grid)
        self.grid.toggled.connect(self._on_toggled)
        self.grid.month_left.connect(self._turn)
        self.show_month(date(year, 1, 1))
        self._tell()

    def show_month(self, month: date) -> None:
        """Show the month of ``month``, where it is one of the year."""
        if month.year != self._year:
            return
        last = monthrange(month.year, month.month)[1]
        same = (self.grid.day.year, self.grid.day.month) == (month.year, month.month)
        day = self.grid.day if same else month.replace(day=min(self.grid.day.day, last))
        self.grid.show_month(month, day)
        self._title.setText(f"{month.year}年{month.month}月")
        self._before.setEnabled(month.month > 1)
        self._after.setEnabled(month.month < 12)

    @property
    def days(self) -> tuple[date, ...]:
        """The days chosen, in order."""
        return tuple(sorted(self.grid.chosen))

    def choose(self, days: Iterable[date]) -> None:
        """Afterwards exactly ``days`` are chosen."""
        self.grid.chosen = frozenset(days)
        self.grid.update()
        self._tell()

    @property
    def words(self) -> str:
        """What is said about the days chosen."""
        return self._words.text()

    def _on_toggled(self, day: date) -> None:
        self.choose(self.grid.chosen ^ {day})
        announce(self.grid, f"{day_label(day)}{'停排' if day in self.grid.chosen else '不停排'}")
        self.changed.emit()

    def _tell(self) -> None:
        shown = "、".join(short_day(day) for day in self.days[:_SHOWN_DAYS])
        if not self.days:
            self._words.setText("没有另外停排的日子，点日期可加。斜线是已登记的停排日，不用再点。")
        elif len(self.days) > _SHOWN_DAYS:
            self._words.setText(f"另外停排 {len(self.days)} 天：{shown} 等")
        else:
            self._words.setText(f"另外停排 {len(self.days)} 天：{shown}")

    def _turn(self, step: int) -> None:
        month = self.grid.month.month + step
        if 1 <= month <= 12:
            self.show_month(date(self._year, month, 1))
