"""常态化开放：十二个月各几场的柱子；方向键走，Enter 到那个月的日历。"""

from __future__ import annotations

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFocusEvent, QHelpEvent, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QToolTip, QWidget

from gui.kit.announce import announce
from gui.kit.marks import draw_text, metrics, text_width
from gui.kit.theme import theme
from planners.open_month import AUGUST

_STEPS = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1, Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}


class MonthHistogram(QWidget):
    """Open days of each month. ``month_chosen`` carries the month (1–12) that was clicked or entered."""

    month_chosen = Signal(int)

    def __init__(self) -> None:
        super().__init__()
        self._counts: tuple[int, ...] = (0,) * 12
        self._month = 1
        self._hover = 0
        self.setMouseTracking(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setAccessibleName("各月开放活动，方向键走，回车看那个月的日历")
        theme().changed.connect(self.updateGeometry)

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

    def month_rect(self, month: int) -> QRectF:
        """The column of a month."""
        width = self.width() / 12
        return QRectF((month - 1) * width, 0, width, self.height())

    def _at(self, at: QPointF) -> int:
        return min(12, max(1, int(at.x() * 12 / max(1, self.width())) + 1))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Bars; August, which §22 asks for by itself, is outlined only and cut at the height of the others."""
        del event
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        small = theme().font(12)
        line = metrics(small).height()
        foot, room = self.height() - line - 6, self.height() - 2 * line - 12
        most = max((c for m, c in enumerate(self._counts, 1) if m != AUGUST), default=0) or 1
        look = theme().campaign("open")
        for month, count in enumerate(self._counts, 1):
            rect = self.month_rect(month)
            if month == self._hover or (self.hasFocus() and month == self._month):
                painter.setPen(
                    QPen(theme().color("focus"), 2 if self.hasFocus() and month == self._month else 1)
                )
                painter.setBrush(theme().color("hover"))
                painter.drawRoundedRect(rect.adjusted(1, 1, -1, -1), 4, 4)
            height = min(1.0, count / most) * room if count else 0
            bar = QRectF(rect.center().x() - 7, foot - height, 14, height)
            painter.setPen(QPen(look.tile, 1.1) if month == AUGUST else Qt.PenStyle.NoPen)
            painter.setBrush(theme().color("surface") if month == AUGUST else look.tile)
            if count:
                painter.drawRect(bar)
            words = str(count) if count else "—"
            left = rect.center().x() - text_width(small, words) / 2
            ink = theme().color("ink" if count else "ink3")
            draw_text(painter, left, foot - height - line / 2 - 1, words, small, ink)
            name = str(month)
            left = rect.center().x() - text_width(small, name) / 2
            draw_text(painter, left, self.height() - line / 2 - 2, name, small, theme().color("ink2"))
        painter.setPen(QPen(theme().color("gridStrong"), 1))
        painter.drawLine(QPointF(0, foot + 0.5), QPointF(self.width(), foot + 0.5))
        painter.end()

    def _words(self, month: int) -> str:
        return f"{month}月开放活动 {self._counts[month - 1]} 场，回车看日历"

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Frame the month under the pointer."""
        self._hover = self._at(event.position())
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.update()

    def leaveEvent(self, event: QEvent) -> None:
        """Nothing is under the pointer any more."""
        self._hover = 0
        self.update()
        super().leaveEvent(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Go to the month."""
        if event.button() is Qt.MouseButton.LeftButton:
            self._month = self._at(event.position())
            self.month_chosen.emit(self._month)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Arrows walk, Enter goes to the month."""
        key = Qt.Key(event.key())
        if key in _STEPS:
            self._month = min(12, max(1, self._month + _STEPS[key]))
            announce(self, self._words(self._month))
            self.update()
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.month_chosen.emit(self._month)
        else:
            super().keyPressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Say where the cursor is."""
        super().focusInEvent(event)
        announce(self, self._words(self._month))
        self.update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """The cursor is not seen any more."""
        super().focusOutEvent(event)
        self.update()

    def event(self, event: QEvent) -> bool:
        """The tooltip says the month's number."""
        if isinstance(event, QHelpEvent) and event.type() == QEvent.Type.ToolTip:
            QToolTip.showText(event.globalPos(), self._words(self._at(QPointF(event.pos()))), self)
            return True
        return super().event(event)
