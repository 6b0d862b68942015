"""拖着的那一块：跟着指针走，或停在键盘选的那天上。"""

from __future__ import annotations

from PySide6.QtCore import QAbstractAnimation, QEasingCurve, QPoint, QPropertyAnimation, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from gui.kit.chips import Chip, chip_height, paint_chip, tile_size
from gui.kit.marks import text_width, with_alpha
from gui.kit.theme import theme

WIDEST = 220
_SHADOW = 6
BOUNCE = 180


class DragPreview(QWidget):
    """The chip that is dragged; the mouse does not see it."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._chip: Chip | None = None
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self._flight = QPropertyAnimation(self, b"pos", self)
        self._flight.setDuration(BOUNCE)
        self._flight.setEasingCurve(QEasingCurve.Type.OutCubic)
        self._flight.finished.connect(self.hide)
        self.hide()

    def show_chip(self, chip: Chip) -> None:
        """Be ``chip`` from now on."""
        self._chip = chip
        width = min(
            WIDEST * theme().scale, text_width(theme().font(12), chip.text) + tile_size(compact=False) + 22
        )
        self.resize(QSize(round(width) + 2 * _SHADOW, chip_height(compact=False) + 2 * _SHADOW))

    def hang_at(self, at: QPoint) -> None:
        """Hang below a point of the parent."""
        self._flight.stop()
        self.move(at.x() + 8 - _SHADOW, at.y() + 6 - _SHADOW)
        self._come_up()

    def lie_on(self, place: QRectF) -> None:
        """Lie on ``place`` (coordinates of the parent), a little aside so that the landing is seen."""
        self._flight.stop()
        self.move(round(place.left()) + 10 - _SHADOW, round(place.top()) + 6 - _SHADOW)
        self._come_up()

    def _come_up(self) -> None:
        if not self.isVisible():
            self.show()
            self.raise_()

    def fly_back(self, at: QPoint) -> None:
        """Go back to where it came from, then vanish."""
        if not self.isVisible():
            return
        self._flight.stop()
        self._flight.setStartValue(self.pos())
        self._flight.setEndValue(at - QPoint(_SHADOW, _SHADOW))
        self._flight.start(QAbstractAnimation.DeletionPolicy.KeepWhenStopped)

    def vanish(self) -> None:
        """Hide at once."""
        self._flight.stop()
        self.hide()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint a soft shadow and the chip."""
        del event
        if self._chip is None:
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        chip = QRectF(self.rect()).adjusted(_SHADOW, _SHADOW, -_SHADOW, -_SHADOW)
        painter.setPen(Qt.PenStyle.NoPen)
        for step in range(_SHADOW - 1, 0, -1):
            painter.setBrush(with_alpha("shadow", 0.05))
            painter.drawRoundedRect(chip.adjusted(-step, -step + 1, step, step + 1), 4 + step, 4 + step)
        painter.setBrush(theme().color("surface"))
        painter.drawRoundedRect(chip, 4, 4)
        paint_chip(painter, chip, self._chip)
        painter.end()
