"""到目前最好的方案还差几处：一条只降不升的阶梯线，右端写着从几到几。"""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, QSize
from PySide6.QtGui import QPainter, QPaintEvent, QPen, QPolygonF
from PySide6.QtWidgets import QWidget

from gui.kit.marks import draw_text, metrics, text_width
from gui.kit.theme import theme


class BestCurve(QWidget):
    """The number of unmet demands over time."""

    def __init__(self) -> None:
        super().__init__()
        self._steps: list[tuple[float, int]] = []
        self._now = 0.0
        self.setAccessibleName("未满足的处数")

    def show_best(self, seconds: float, unmet: int | None = None) -> None:
        """At ``seconds`` the best plan leaves ``unmet`` demands open; None: nothing better was found."""
        self._now = max(self._now, seconds)
        if unmet is not None and (not self._steps or unmet < self._steps[-1][1]):
            self._steps.append((self._now, unmet))
            self.setAccessibleDescription(self.words)
        self.update()

    @property
    def words(self) -> str:
        """未满足 8 → 3; empty before the first plan."""
        if not self._steps:
            return ""
        first, last = self._steps[0][1], self._steps[-1][1]
        return f"未满足 {first} → {last}" if first != last else f"未满足 {last}"

    @property
    def best(self) -> int | None:
        """What the best plan leaves open."""
        return self._steps[-1][1] if self._steps else None

    def sizeHint(self) -> QSize:
        """Three lines of text high."""
        return QSize(240, round(metrics(theme().font(12)).height() * 3.2))

    def minimumSizeHint(self) -> QSize:
        """No lower than that."""
        return self.sizeHint()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint ground lines, the steps and the words at their end."""
        del event
        painter = QPainter(self)
        top, bottom = 8.5, self.height() - 8.5
        painter.setPen(QPen(theme().color("grid"), 1))
        for line in (top, (top + bottom) / 2, bottom):
            painter.drawLine(QPointF(0, round(line) + 0.5), QPointF(self.width(), round(line) + 0.5))
        if self._steps:
            self._paint_steps(painter, top, bottom)
        painter.end()

    def _paint_steps(self, painter: QPainter, top: float, bottom: float) -> None:
        font = theme().font(12, bold=True)
        room = self.width() - text_width(font, self.words) - 16
        begin, most = self._steps[0][0], max(1, self._steps[0][1])
        span = max(0.1, self._now - begin)
        points: list[QPointF] = []
        level = top
        for seconds, unmet in self._steps:
            left = (seconds - begin) / span * room
            points.append(QPointF(left, level))
            level = bottom - (bottom - top) * unmet / most
            points.append(QPointF(left, level))
        points.append(QPointF(room, level))
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(theme().color("primary"), 2))
        painter.drawPolyline(QPolygonF(points))
        half = metrics(font).height() / 2
        box = QRectF(room + 4, level - half, text_width(font, self.words) + 8, 2 * half)
        box.moveTop(min(max(box.top(), 0), self.height() - box.height()))
        painter.fillRect(box, theme().color("surface"))
        draw_text(painter, room + 8, box.center().y(), self.words, font, theme().color("primary"))
