"""候选月的画法与走法：七列小格，选定、备选、占用、斜线一目了然。"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFocusEvent, QHelpEvent, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QToolTip, QWidget

from gui.kit.announce import announce
from gui.kit.marks import draw_text, fitted, metrics, paint_hatch, text_width
from gui.kit.plain import plain_tip
from gui.kit.theme import theme
from gui.planning.proposal.month_values import DayLook, MonthDay
from gui.session.redaction import redacted
from models.domain.workdays import WEEKDAYS

_GAP = 4
_BOLD = (DayLook.CHOSEN,)
_INKS = {
    DayLook.CHOSEN: ("onPrimary", "onPrimary"),
    DayLook.ALTERNATIVE: ("ink", "success"),
    DayLook.FREE: ("ink", "ink2"),
    DayLook.AVOIDED: ("ink2", "ink2"),
    DayLook.CLOSED: ("ink3", "ink3"),
}


class CandidateMonth(QWidget):
    """The days of one month. ``day_picked`` on click, Enter or Space; ``month_left`` asks for a neighbour;
    ``left``: Esc, or Enter on the chosen day, gives the focus back.
    """

    day_picked = Signal(date)
    month_left = Signal(int)
    left = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._days: dict[date, MonthDay] = {}
        self._cursor: date | None = None
        self._hover: date | None = None
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMouseTracking(True)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setAccessibleName("候选日期")
        theme().changed.connect(self.updateGeometry)

    def show_days(self, days: Sequence[MonthDay]) -> None:
        """Show the days of one month; the cursor stays on its day of the month, else goes to the chosen one."""
        self._days = {day.day: day for day in days}
        if self._cursor not in self._days:
            chosen = next((d.day for d in days if d.look is DayLook.CHOSEN), None)
            offered = next((d.day for d in days if d.look is not DayLook.CLOSED), None)
            self._cursor = chosen or offered or (days[0].day if days else None)
        said = (d.words for d in days if d.look in (DayLook.CHOSEN, DayLook.ALTERNATIVE))
        self.setAccessibleDescription(redacted("；".join(said)))
        self.updateGeometry()
        self.update()

    @property
    def days(self) -> tuple[MonthDay, ...]:
        """The days shown."""
        return tuple(self._days.values())

    @property
    def cursor_day(self) -> date | None:
        """The day the keyboard is on."""
        return self._cursor

    def put_cursor(self, day: date) -> None:
        """Put the keyboard on ``day``, where it is shown."""
        if day in self._days:
            self._cursor = day
            self.update()

    # measures

    def _row_height(self) -> int:
        return round(2 * metrics(theme().font(12)).height() - 2)

    def _head_height(self) -> int:
        return round(metrics(theme().font(12)).height() + 5)

    def _weeks(self) -> int:
        if not self._days:
            return 5
        first, last = min(self._days), max(self._days)
        return (first.weekday() + (last - first).days) // 7 + 1

    def sizeHint(self) -> QSize:
        """Head and as many weeks as the month has."""
        return QSize(300, self._head_height() + self._weeks() * self._row_height())

    def minimumSizeHint(self) -> QSize:
        """Two characters a day."""
        return QSize(7 * 40, self.sizeHint().height())

    def day_rect(self, day: date) -> QRectF:
        """Where ``day`` is drawn."""
        first = min(self._days)
        offset = first.weekday() + (day - first).days
        width = (self.width() + _GAP) / 7
        left, top = offset % 7 * width, self._head_height() + offset // 7 * self._row_height()
        return QRectF(left, top, width - _GAP, self._row_height() - 3)

    # painting

    def paintEvent(self, event: QPaintEvent) -> None:
        """Weekdays, days, and the ring around the one the keyboard is on."""
        del event
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        font, width = theme().font(12), (self.width() + _GAP) / 7
        for column, name in enumerate(WEEKDAYS):
            left = column * width + (width - _GAP) / 2 - text_width(font, name) / 2
            draw_text(painter, left, self._head_height() / 2 - 2, name, font, theme().color("ink2"))
        for day in self._days.values():
            self._paint_day(painter, day)
        if self.hasFocus() and self._cursor is not None:
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(theme().color("focus"), 2))
            painter.drawRoundedRect(self.day_rect(self._cursor).adjusted(-1, -1, 1, 1), 5, 5)
        painter.end()

    def _paint_day(self, painter: QPainter, day: MonthDay) -> None:
        rect = self.day_rect(day.day)
        self._paint_ground(painter, rect, day)
        number_ink, word_ink = (theme().color(name) for name in _INKS[day.look])
        bold = day.look in _BOLD
        font = theme().font(12, bold=bold)
        line = metrics(font).height()
        draw_text(painter, rect.left() + 6, rect.top() + line / 2 - 1, str(day.day.day), font, number_ink)
        word = fitted(day.word, font, rect.width() - 4)
        left = rect.center().x() - text_width(font, word) / 2
        draw_text(painter, left, rect.bottom() - line / 2 + 1, word, font, word_ink)

    def _paint_ground(self, painter: QPainter, rect: QRectF, day: MonthDay) -> None:
        box = rect.adjusted(0.5, 0.5, -0.5, -0.5)
        if day.look in (DayLook.AVOIDED, DayLook.CLOSED):
            painter.fillRect(rect, theme().color("surfaceAlt"))
            paint_hatch(painter, rect, theme().color("grid"), 6)
            if day.day == self._hover and day.look is DayLook.AVOIDED:
                painter.setBrush(Qt.BrushStyle.NoBrush)
                painter.setPen(QPen(theme().color("controlBorder"), 1))
                painter.drawRoundedRect(box, 3, 3)
            return
        fill, line = {
            DayLook.CHOSEN: ("primaryFill", "primaryFill"),
            DayLook.ALTERNATIVE: ("successBg", "successLine"),
            DayLook.FREE: ("surface", "border"),
        }[day.look]
        hovered = day.day == self._hover and day.look is not DayLook.CHOSEN
        if hovered and day.look is DayLook.FREE:
            fill = "hover"
        painter.setBrush(theme().color(fill))
        painter.setPen(QPen(theme().color("primary" if hovered else line), 1))
        painter.drawRoundedRect(box, 3, 3)

    # walking and picking

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Arrows walk days and weeks, PgUp/PgDn months, Enter or Space picks, Esc goes back."""
        steps = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1, Qt.Key.Key_Up: -7, Qt.Key.Key_Down: 7}
        if self._cursor is None or event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier:
            super().keyPressEvent(event)
        elif event.key() in steps:
            self._walk(steps[Qt.Key(event.key())])
        elif event.key() in (Qt.Key.Key_PageUp, Qt.Key.Key_PageDown):
            self.month_left.emit(1 if event.key() == Qt.Key.Key_PageDown else -1)
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space):
            self._pick(self._cursor)
        elif event.key() == Qt.Key.Key_Escape:
            self.left.emit()
        else:
            super().keyPressEvent(event)

    def _walk(self, days: int) -> None:
        assert self._cursor is not None
        goal = self._cursor + timedelta(days=days)
        if goal in self._days:
            self._cursor = goal
            self.update()
            self._say()
        else:
            self.month_left.emit(1 if days > 0 else -1)

    def _say(self) -> None:
        if self._cursor is not None:
            announce(self, self._days[self._cursor].words)

    def _pick(self, day: date) -> None:
        """Pick a day that can be; of another say why not."""
        found = self._days[day]
        if found.look is DayLook.CLOSED:
            announce(self, found.words)
            QToolTip.showText(
                self.mapToGlobal(self.day_rect(day).bottomLeft().toPoint()), plain_tip(found.words), self
            )
        elif found.look is DayLook.CHOSEN:
            self.left.emit()
        else:
            self.day_picked.emit(day)

    def _day_at(self, at: QPointF) -> date | None:
        return next((day for day in self._days if self.day_rect(day).contains(at)), None)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Pick the day under the pointer."""
        if (day := self._day_at(event.position())) is not None:
            self._cursor = day
            self.update()
            self._pick(day)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Show what can be picked."""
        day = self._day_at(event.position())
        if day != self._hover:
            self._hover = day
            can = day is not None and self._days[day].look not in (DayLook.CLOSED, DayLook.CHOSEN)
            self.setCursor(Qt.CursorShape.PointingHandCursor if can else Qt.CursorShape.ArrowCursor)
            self.update()

    def leaveEvent(self, event: QEvent) -> None:
        """Forget the hover."""
        super().leaveEvent(event)
        self._hover = None
        self.update()

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Say where the keyboard is."""
        super().focusInEvent(event)
        self._say()
        self.update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Take the ring away."""
        super().focusOutEvent(event)
        self.update()

    def event(self, event: QEvent) -> bool:
        """A day's tooltip says why."""
        if event.type() == QEvent.Type.ToolTip and isinstance(event, QHelpEvent):
            day = self._day_at(QPointF(event.pos()))
            QToolTip.showText(event.globalPos(), plain_tip(self._days[day].words if day else ""), self)
            return True
        return super().event(event)
