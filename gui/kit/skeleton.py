"""骨架：还没有等到的内容，先画出灰条，让人知道正在来。"""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from gui.kit.theme import theme

_SHARES = (0.86, 0.58, 0.76)
_MARK, _BAR, _GAP = 16, 13, 13


class Skeleton(QWidget):
    """``rows`` grey bars, each with a mark before it; shown where work takes longer than 0.3 s."""

    def __init__(self, rows: int = 3, words: str = "正在读取……") -> None:
        super().__init__()
        self._rows = rows
        self.setAccessibleName(words)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        """One line a row."""
        return QSize(240, round(self._rows * (_MARK + _GAP) * theme().scale))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint marks and bars of changing length."""
        del event
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme().color("grid"))
        scale = theme().scale
        for row in range(self._rows):
            top = row * (_MARK + _GAP) * scale
            painter.drawRoundedRect(QRectF(0, top, _MARK * scale, _MARK * scale), 4, 4)
            left = (_MARK + 10) * scale
            width = (self.width() - left) * _SHARES[row % len(_SHARES)]
            bar = QRectF(left, top + (_MARK - _BAR) / 2 * scale, width, _BAR * scale)
            painter.drawRoundedRect(bar, 3, 3)
        painter.end()
