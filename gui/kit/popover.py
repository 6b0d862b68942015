"""浮层：圆角卡片，带影子，贴着所指的地方；Esc 或点别处就收起。"""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QPoint, QRect, QRectF, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QHideEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPainterPath,
    QPaintEvent,
    QPen,
    QRegion,
    QShowEvent,
)
from PySide6.QtWidgets import QApplication, QFrame, QWidget

from gui.kit.theme import theme

SHADOW = 12
GAP = 2
_CORNER, _NOTCH = 8, 7


class Popover(QFrame):
    """A card inside its parent. ``closed`` is emitted when it was dismissed (Esc, click elsewhere)."""

    closed = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._notch: QPoint | None = None
        self.setContentsMargins(SHADOW, SHADOW, SHADOW, SHADOW)
        self.hide()

    def open_beside(self, place: QRect) -> None:
        """Show the card to the right of ``place`` (parent coordinates), else to its left, always inside."""
        self._fit()
        size, room = self.size(), self.parentWidget().rect()
        right = place.right() + GAP
        on_right = right + size.width() - SHADOW <= room.right()
        left = right if on_right else place.left() - size.width() - GAP + 1
        top = place.top() + 8 - SHADOW
        box = self._inside(QRect(left, top, size.width(), size.height()), room)
        beside = box.left() == left
        middle = min(max(place.center().y(), box.top() + SHADOW + 20), box.bottom() - SHADOW - 20)
        edge = SHADOW if on_right else box.width() - SHADOW
        self._notch = QPoint(edge, middle - box.top()) if beside else None
        self._open(box)

    def open_at(self, point: QPoint) -> None:
        """Show the card below ``point`` (parent coordinates), moved so that all of it is inside."""
        self._fit()
        size = self.size()
        box = QRect(point.x() - SHADOW, point.y() + 4 - SHADOW, size.width(), size.height())
        self._notch = None
        self._open(self._inside(box, self.parentWidget().rect()))

    def _fit(self) -> None:
        """Take the size that the contents want, whether they were ever shown or not."""
        layout = self.layout()
        if layout is not None:
            layout.invalidate()
            layout.activate()
        hint = self.sizeHint().expandedTo(self.minimumSize()).boundedTo(self.maximumSize())
        if self.hasHeightForWidth():
            hint.setHeight(max(hint.height(), self.heightForWidth(hint.width())))
        self.resize(hint)

    def dismiss(self) -> None:
        """Hide the card as the user does."""
        if self.isVisible():
            self.hide()
            self.closed.emit()

    def _inside(self, box: QRect, room: QRect) -> QRect:
        box.moveLeft(max(room.left() - SHADOW + 4, min(box.left(), room.right() - box.width() + SHADOW - 4)))
        box.moveTop(max(room.top() - SHADOW + 4, min(box.top(), room.bottom() - box.height() + SHADOW - 4)))
        return box

    def _open(self, box: QRect) -> None:
        self.setGeometry(box)
        self.raise_()
        self.show()
        self.update()

    def showEvent(self, event: QShowEvent) -> None:
        """Watch for clicks elsewhere."""
        super().showEvent(event)
        QApplication.instance().installEventFilter(self)

    def hideEvent(self, event: QHideEvent) -> None:
        """Stop watching."""
        QApplication.instance().removeEventFilter(self)
        super().hideEvent(event)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """A click outside the card dismisses it (and still does what it does there)."""
        if event.type() == QEvent.Type.MouseButtonPress and isinstance(event, QMouseEvent):
            inside = isinstance(watched, QWidget) and (watched is self or self.isAncestorOf(watched))
            other_window = isinstance(watched, QWidget) and watched.window() is not self.window()
            if isinstance(watched, QWidget) and not inside and not other_window:
                self.dismiss()
        return super().eventFilter(watched, event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc dismisses."""
        if event.key() == Qt.Key.Key_Escape:
            self.dismiss()
        else:
            super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint shadow, card and notch."""
        del event
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        card = QRectF(self.rect()).adjusted(SHADOW + 0.5, SHADOW + 0.5, -SHADOW - 0.5, -SHADOW - 0.5)
        _paint_shadow(painter, card)
        path = QPainterPath()
        path.addRoundedRect(card, _CORNER, _CORNER)
        if self._notch is not None:
            path = path.united(_notch_path(self._notch, to_left=self._notch.x() <= SHADOW))
        painter.setPen(QPen(theme().color("gridStrong"), 1))
        painter.setBrush(theme().color("raised"))
        painter.drawPath(path)
        painter.end()


def _paint_shadow(painter: QPainter, card: QRectF) -> None:
    painter.setPen(Qt.PenStyle.NoPen)
    color = QColor(theme().color("shadow"))
    painter.save()
    inside = card.adjusted(
        _CORNER, _CORNER, -_CORNER, -_CORNER
    ).toRect()  # hidden by the card: not worth painting
    painter.setClipRegion(QRegion(card.adjusted(-SHADOW, -SHADOW, SHADOW, SHADOW).toRect()) - QRegion(inside))
    for step in range(SHADOW - 2, 0, -1):
        color.setAlphaF(0.014 if not theme().dark else 0.05)
        painter.setBrush(color)
        reach = card.adjusted(-step, -step + 2, step, step + 2)
        painter.drawRoundedRect(reach, _CORNER + step, _CORNER + step)
    painter.restore()


def _notch_path(at: QPoint, *, to_left: bool) -> QPainterPath:
    direction = -1 if to_left else 1
    edge = at.x() + (0.5 if to_left else -0.5)
    path = QPainterPath()
    path.moveTo(edge - direction, at.y() - _NOTCH)
    path.lineTo(edge + direction * _NOTCH, at.y())
    path.lineTo(edge - direction, at.y() + _NOTCH)
    path.closeSubpath()
    return path
