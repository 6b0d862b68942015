"""全年日历：十二个月一屏，休、班分明；点一天就换，方向键也行。"""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Collection, Mapping
from datetime import date, timedelta

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFocusEvent, QHelpEvent, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QToolTip, QWidget

from gui.kit.announce import announce
from gui.kit.marks import draw_text, metrics, text_width
from gui.kit.theme import theme
from models.domain.workdays import WEEKDAYS
from planners.wording import day_label

_GAP, _WEEKS = 22, 6


class YearGrid(QWidget):
    """The days of a year; ``toggled`` carries the day that was clicked.

    ``off`` (day → name) and ``worked`` (make-up days) are what it shows; dashed where they are estimated.
    """

    toggled = Signal(object)

    def __init__(self, year: int) -> None:
        super().__init__()
        self.year = year
        self.off: Mapping[date, str] = {}
        self.worked: Collection[date] = frozenset()
        self.estimated = False
        self.can_change = True
        self.day = date(year, 1, 1)
        """Where the keyboard is."""
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self.setAccessibleName("全年放假安排，方向键移动，空格在放假、上班与平常之间换")
        theme().changed.connect(self.updateGeometry)

    def show_days(
        self, year: int, off: Mapping[date, str], worked: Collection[date], *, estimated: bool
    ) -> None:
        """Show the days off and the make-up days of ``year``."""
        self.year, self.off, self.worked, self.estimated = year, off, frozenset(worked), estimated
        if self.day.year != year:
            self.day = date(year, 1, 1)
        self.update()

    # sizes

    def _least(self) -> tuple[float, float]:
        """The smallest a day may be."""
        height = round(metrics(theme().font(13)).height() + 5)
        return round(height * 1.25), height

    def _cell(self) -> tuple[float, float]:
        """A day, wider where there is room."""
        least, height = self._least()
        columns = self.columns(self.width())
        room = (self.width() - (columns - 1) * _GAP) / columns / 7
        return max(least, min(room, 1.8 * height)), height

    def _block(self) -> tuple[float, float]:
        """A month: its name, the weekdays and six weeks."""
        width, height = self._cell()
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

    def _origin(self, month: int) -> QPointF:
        columns = self.columns(self.width())
        width, height = self._block()
        row, column = divmod(month - 1, columns)
        return QPointF(column * (width + _GAP), row * (height + _GAP / 2))

    def day_rect(self, day: date) -> QRectF:
        """Where ``day`` is drawn."""
        width, height = self._cell()
        origin = self._origin(day.month)
        place = day.replace(day=1).weekday() + day.day - 1
        left, top = origin.x() + place % 7 * width, origin.y() + (2.2 + place // 7) * height
        return QRectF(left, top, width, height).adjusted(1, 1, -1, -1)

    def day_at(self, at: QPointF) -> date | None:
        """The day under a point."""
        for month in range(1, 13):
            origin = self._origin(month)
            block = QRectF(origin.x(), origin.y(), *self._block())
            if block.contains(at):
                days = (date(self.year, month, n + 1) for n in range(monthrange(self.year, month)[1]))
                return next((day for day in days if self.day_rect(day).contains(at)), None)
        return None

    # painting

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the months that are seen."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        seen = QRectF(event.rect())
        for month in range(1, 13):
            origin = self._origin(month)
            if seen.intersects(QRectF(origin.x(), origin.y(), *self._block())):
                self._paint_month(painter, month, origin)
        painter.end()

    def _paint_month(self, painter: QPainter, month: int, origin: QPointF) -> None:
        width, height = self._cell()
        name, small = theme().font(14, bold=True), theme().font(12)
        draw_text(
            painter, origin.x() + 4, origin.y() + height * 0.6, f"{month}月", name, theme().color("ink")
        )
        for column, weekday in enumerate(WEEKDAYS):
            left = origin.x() + (column + 0.5) * width - text_width(small, weekday) / 2
            draw_text(painter, left, origin.y() + height * 1.7, weekday, small, theme().color("ink3"))
        for number in range(monthrange(self.year, month)[1]):
            self._paint_day(painter, date(self.year, month, number + 1))

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
        left = rect.center().x() - text_width(font, words) / 2
        draw_text(painter, left, rect.center().y(), words, font, theme().color(ink))
        if day == self.day and self.hasFocus():
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(theme().color("focus"), 2))
            painter.drawRoundedRect(rect, 4, 4)

    # hands

    def words_of(self, day: date) -> str:
        """6月9日 周三，端午节放假."""
        if day in self.off:
            state = f"{self.off[day]}放假"
        elif day in self.worked:
            state = "调休上班"
        else:
            state = "周末" if day.weekday() >= 5 else "工作日"
        return f"{day_label(day)}，{state}"

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Change the day under the pointer."""
        if (day := self.day_at(event.position())) is not None:
            self.day = day
            self._toggle()

    def _toggle(self) -> None:
        if self.can_change:
            self.toggled.emit(self.day)
            announce(self, self.words_of(self.day))
        self.update()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Arrows walk days and weeks, PgUp/PgDn months, Space changes the day."""
        steps = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1, Qt.Key.Key_Up: -7, Qt.Key.Key_Down: 7}
        if event.key() in steps:
            self._go(self.day + timedelta(days=steps[Qt.Key(event.key())]))
        elif event.key() in (Qt.Key.Key_PageUp, Qt.Key.Key_PageDown):
            month = self.day.month + (1 if event.key() == Qt.Key.Key_PageDown else -1)
            if 1 <= month <= 12:
                last = monthrange(self.year, month)[1]
                self._go(date(self.year, month, min(self.day.day, last)))
        elif event.key() == Qt.Key.Key_Space:
            self._toggle()
        else:
            super().keyPressEvent(event)

    def _go(self, day: date) -> None:
        if day.year == self.year:
            self.day = day
            self.update()
            announce(self, self.words_of(day))

    def event(self, event: QEvent) -> bool:
        """Tell in a tip what a day is."""
        if event.type() == QEvent.Type.ToolTip and isinstance(event, QHelpEvent):
            day = self.day_at(QPointF(event.pos()))
            QToolTip.showText(event.globalPos(), self.words_of(day) if day else "", self)
            return True
        return super().event(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Show where the keyboard is."""
        self.update()
        super().focusInEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Take the ring away."""
        self.update()
        super().focusOutEvent(event)
