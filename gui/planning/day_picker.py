"""点选日子：一个月一页，点一下选中，再点一下去掉；本来就停排的日子画斜线。"""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Collection, Iterable
from datetime import date, timedelta

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from gui.kit.announce import announce
from gui.kit.marks import draw_text, metrics, paint_hatch, text_width
from gui.kit.plain import label, tool_button
from gui.kit.theme import theme
from models.domain.workdays import WEEKDAYS
from planners.wording import day_label, short_day

_SHOWN_DAYS = 12
"""Days that the line below the month names; more are counted."""


class DayGrid(QWidget):
    """The days of a month, Monday first; ``toggled`` carries the day that was clicked."""

    toggled = Signal(object)
    month_left = Signal(int)

    def __init__(self) -> None:
        super().__init__()
        self.month = date(2000, 1, 1)
        self.chosen: frozenset[date] = frozenset()
        self.closed: frozenset[date] = frozenset()
        self.free: frozenset[date] = frozenset()
        self.day = self.month
        """Where the keyboard is."""
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName("点选停排的日子，方向键移动，空格选中")
        self.setMouseTracking(False)

    def show_month(self, month: date, day: date) -> None:
        """Show the month of ``month`` with the keyboard on ``day``."""
        self.month, self.day = month.replace(day=1), day
        self.update()

    def sizeHint(self) -> QSize:
        """Seven columns, the head and six weeks."""
        width, height = self._cell()
        return QSize(7 * width, 7 * height)

    def minimumSizeHint(self) -> QSize:
        """No smaller than that."""
        return self.sizeHint()

    def _cell(self) -> tuple[int, int]:
        height = round(metrics(theme().font(13)).height() + 8)
        return round(height * 1.6), height

    def day_rect(self, day: date) -> QRectF:
        """Where ``day`` is drawn."""
        width, height = self._cell()
        offset = self.month.weekday() + day.day - 1
        return QRectF(offset % 7 * width, (1 + offset // 7) * height, width, height).adjusted(1, 1, -2, -2)

    def _days(self) -> list[date]:
        return [
            self.month.replace(day=n + 1) for n in range(monthrange(self.month.year, self.month.month)[1])
        ]

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint weekdays and days."""
        del event
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        width, height = self._cell()
        small = theme().font(12)
        for column, name in enumerate(WEEKDAYS):
            left = (column + 0.5) * width - text_width(small, name) / 2
            draw_text(painter, left, height / 2, name, small, theme().color("ink3"))
        for day in self._days():
            self._paint_day(painter, day)
        painter.end()

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
        left = rect.center().x() - text_width(font, words) / 2
        draw_text(painter, left, rect.center().y(), words, font, theme().color(ink))
        if day == self.day and self.hasFocus():
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(theme().color("focus"), 2))
            painter.drawRoundedRect(rect, 4, 4)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Choose the day under the pointer, or let it go."""
        if (day := self._day_at(event.position())) is not None:
            self.day = day
            self.toggled.emit(day)

    def _day_at(self, at: QPointF) -> date | None:
        return next((day for day in self._days() if self.day_rect(day).contains(at)), None)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Arrows walk days and weeks, PgUp/PgDn months, Space chooses."""
        steps = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1, Qt.Key.Key_Up: -7, Qt.Key.Key_Down: 7}
        if event.key() in steps:
            self._walk(self.day + timedelta(days=steps[Qt.Key(event.key())]))
        elif event.key() in (Qt.Key.Key_PageUp, Qt.Key.Key_PageDown):
            self.month_left.emit(1 if event.key() == Qt.Key.Key_PageDown else -1)
        elif event.key() == Qt.Key.Key_Space:
            self.toggled.emit(self.day)
        else:
            super().keyPressEvent(event)

    def _walk(self, day: date) -> None:
        step = (day.year - self.month.year) * 12 + day.month - self.month.month
        if step and day.year != self.month.year:
            return
        self.day = day
        if step:
            self.month_left.emit(step)
        self.update()
        announce(self, f"{day_label(day)}{'，停排' if day in self.chosen else ''}")

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Show where the keyboard is."""
        self.update()
        super().focusInEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Take the ring away."""
        self.update()
        super().focusOutEvent(event)


class DayPicker(QWidget):
    """Chooses days of one year. ``closed`` days take no events anyhow, ``free`` ones are days off."""

    changed = Signal()

    def __init__(self, year: int, closed: Collection[date], free: Collection[date]) -> None:
        super().__init__()
        self._year = year
        self.grid = DayGrid()
        self.grid.closed, self.grid.free = frozenset(closed), frozenset(free)
        self._title = label("")
        self._before = tool_button("chevron-left", "上个月", self._on_before)
        self._after = tool_button("chevron-right", "下个月", self._on_after)
        self._words = label("", "caption", wrap=True)
        head = QHBoxLayout()
        head.setSpacing(4)
        head.addWidget(self._before)
        head.addWidget(self._title)
        head.addWidget(self._after)
        head.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        column.addLayout(head)
        column.addWidget(self.grid, 0, Qt.AlignmentFlag.AlignLeft)
        column.addWidget(self._words)
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

    def _on_before(self) -> None:
        self._turn(-1)

    def _on_after(self) -> None:
        self._turn(1)

    def _turn(self, step: int) -> None:
        month = self.grid.month.month + step
        if 1 <= month <= 12:
            self.show_month(date(self._year, month, 1))
