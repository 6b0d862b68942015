"""运行中的一步：做完打勾、正在做转圈、还没做留空圈；右边是数目或用时。"""

from __future__ import annotations

from enum import Enum

from PySide6.QtCore import QRectF, QSize, Qt, QTimer
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QWidget

from gui.kit.icons import paint_icon
from gui.kit.marks import draw_text, fitted, metrics, text_width
from gui.kit.theme import theme

_TURN_EVERY = 80
_SIDE = 16


class Stage(Enum):
    """How far a step is."""

    WAITING = "未开始"
    GOING = "进行中"
    DONE = "已完成"


class StepLine(QWidget):
    """One step in words, with its mark at the left and a number at the right."""

    def __init__(self, words: str) -> None:
        super().__init__()
        self.stage = Stage.WAITING
        self.words, self.number = words, ""
        self._angle = 0
        self._turning = QTimer(self, interval=_TURN_EVERY)
        self._turning.timeout.connect(self._turn)
        self._name()

    def show_step(self, stage: Stage, words: str, number: str = "") -> None:
        """Show the step as it is now; it turns only while it is going and seen."""
        if (stage, words, number) == (self.stage, self.words, self.number):
            return
        self.stage, self.words, self.number = stage, words, number
        if stage is Stage.GOING:
            self._turning.start()
        else:
            self._turning.stop()
        self._name()
        self.update()

    def _name(self) -> None:
        self.setAccessibleName(f"{self.words}，{self.stage.value}{f'，{self.number}' if self.number else ''}")

    def _turn(self) -> None:
        self._angle = (self._angle + 30) % 360
        if self.isVisible():
            self.update()

    def sizeHint(self) -> QSize:
        """A line of text."""
        return QSize(200, round(metrics(theme().font(14)).height() + 8))

    def minimumSizeHint(self) -> QSize:
        """A line of text."""
        return self.sizeHint()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint mark, words and number."""
        del event
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        middle = self.height() / 2
        self._paint_mark(painter, QRectF(1, middle - _SIDE / 2, _SIDE, _SIDE))
        small = theme().font(12)
        left = self.width() - text_width(small, self.number)
        draw_text(painter, left, middle, self.number, small, theme().color("ink2"))
        font = theme().font(14, bold=self.stage is Stage.GOING)
        ink = "ink2" if self.stage is Stage.WAITING else "ink"
        words = fitted(self.words, font, left - _SIDE - 22)
        draw_text(painter, _SIDE + 12, middle, words, font, theme().color(ink))
        painter.end()

    def _paint_mark(self, painter: QPainter, box: QRectF) -> None:
        if self.stage is Stage.DONE:
            paint_icon(painter, "check", box, theme().color("success"))
            return
        going = self.stage is Stage.GOING
        ring = box.adjusted(2, 2, -2, -2)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(QPen(theme().color("primary" if going else "controlBorder"), 2 if going else 1.5))
        if going:
            painter.drawArc(ring, -self._angle * 16, 270 * 16)
        else:
            painter.drawEllipse(ring)
