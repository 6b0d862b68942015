"""会滚动的大格子：内容画成一层，之后只贴图；表头与行首不动，动的只有悬停、光标与拖动。

The content is rendered once into a ``Layer`` and blitted; the head above and the row heads at the left stay
while the rest scrolls. Rectangles of a layer are in content coordinates, heads included.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, NamedTuple

from PySide6.QtCore import QEvent, QPoint, QPointF, QRect, QRectF, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QHelpEvent, QMouseEvent, QPainter, QPaintEvent, QPixmap, QResizeEvent
from PySide6.QtWidgets import QAbstractScrollArea, QApplication, QToolTip, QWidget

from gui.kit.announce import announce
from gui.kit.cell_grid import Cells
from gui.kit.theme import theme

EDGE = 24
"""Pixels from an edge within which what is dragged scrolls."""
SCROLL = 16
TIP_DELAY = 500
_LINE = 40


class Layer(NamedTuple):
    """A painted layer and what can be pointed at on it."""

    pixmap: QPixmap
    hits: tuple[Any, ...] = ()


class ScrolledGrid(Cells, QAbstractScrollArea):
    """A grid larger than its window. ``said`` repeats for the status bar what screen readers are told."""

    said = Signal(str)
    head_overlay = False
    """Whether something may be selected in the head, too."""
    bleed = 0
    """How far the overlay of the body may reach over the heads."""

    def __init__(self, name: str, description: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._layer: Layer | None = None
        self._describe: Callable[[Any], str] | None = None
        self._pointer = QPoint()
        # A viewport of our own: for one that Qt made PySide6 sets up the classes of all widgets first, 10 ms.
        self.setViewport(QWidget())
        self.setFrameShape(QAbstractScrollArea.Shape.NoFrame)
        self.viewport().setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self.set_up_cells(name, description)
        self._tip = QTimer(self, singleShot=True, interval=TIP_DELAY)
        self._tip.timeout.connect(self._show_described)
        theme().changed.connect(self.invalidate)

    def surface(self) -> QWidget:
        return self.viewport()

    # what a grid says

    def fixed(self) -> tuple[int, int]:
        """Width of the row heads and height of the head."""
        raise NotImplementedError

    def content_size(self) -> QSize:
        """How large the whole content is."""
        raise NotImplementedError

    def has_content(self) -> bool:
        """Whether there is anything to paint yet."""
        raise NotImplementedError

    def render_layer(self) -> Layer:
        """Paint the content."""
        raise NotImplementedError

    def forget_layout(self) -> None:
        """Lay out anew when it is next asked for."""
        raise NotImplementedError

    def content_rect(self, place: Any) -> QRectF:
        """Where a place lies in the content."""
        raise NotImplementedError

    def paint_overlay(self, painter: QPainter, *, in_head: bool) -> None:
        """Paint over the layer, in content coordinates."""

    # the layer

    def layer(self) -> Layer:
        """The painted layer, painted anew only after something changed."""
        if self._layer is None or self._layer.pixmap.devicePixelRatioF() != self.devicePixelRatioF():
            self._layer = self.render_layer()
        return self._layer

    def shown_layer(self) -> Layer:
        """What is blitted."""
        return self.layer()

    def invalidate(self) -> None:
        """Lay out and paint anew."""
        self.forget_layout()
        self._layer = None
        if self.has_content():
            self._fit()
        self.viewport().update()

    def _fit(self) -> None:
        content, port, fixed = self.content_size(), self.viewport().size(), self.fixed()
        for bar, size, room, head in (
            (self.horizontalScrollBar(), content.width(), port.width(), fixed[0]),
            (self.verticalScrollBar(), content.height(), port.height(), fixed[1]),
        ):
            bar.setPageStep(max(1, room - head))
            bar.setSingleStep(_LINE)
            bar.setRange(0, max(0, size - room))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Blit body, head, row heads and corner, and paint the overlay."""
        if not self.has_content():
            return
        painter = QPainter(self.viewport())
        area, pixmap = event.rect(), self.shown_layer().pixmap
        painter.fillRect(area, theme().color("surface"))
        (left, top), port, scroll = self.fixed(), self.viewport().size(), self.scrolled()
        body = QRect(left, top, port.width() - left, port.height() - top)
        head, side = QRect(left, 0, body.width(), top), QRect(0, top, left, body.height())
        across, down = QPoint(scroll.x(), 0), QPoint(0, scroll.y())
        for part, by in ((body, scroll), (head, across), (side, down), (QRect(0, 0, left, top), QPoint())):
            if part.intersects(area):
                painter.setClipRect(part.intersected(area))
                painter.drawPixmap(-by, pixmap)
        overlays = [(body.adjusted(-self.bleed, -self.bleed, 0, 0), scroll)]
        if self.head_overlay:
            overlays.append((head, across))
        for part, by in overlays:
            if part.intersects(area):
                painter.save()
                painter.setClipRect(part.intersected(area))
                painter.translate(-by)
                self.paint_overlay(painter, in_head=part is head)
                painter.restore()
        painter.end()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Lay out anew."""
        super().resizeEvent(event)
        self.invalidate()

    def scrollContentsBy(self, dx: int, dy: int) -> None:
        """The heads stay, so everything is blitted anew."""
        del dx, dy
        self.viewport().update()

    # places

    def scrolled(self) -> QPoint:
        """How far the body is scrolled."""
        return QPoint(self.horizontalScrollBar().value(), self.verticalScrollBar().value())

    def to_content(self, at: QPointF) -> QPointF:
        """Viewport to content coordinates; heads do not scroll."""
        (left, top), scroll = self.fixed(), self.scrolled()
        x, y = at.x(), at.y()
        return QPointF(x + scroll.x() if x >= left else x, y + scroll.y() if y >= top else y)

    def to_viewport(self, rect: QRectF) -> QRectF:
        """A rectangle of the content in viewport coordinates."""
        (left, top), scroll = self.fixed(), self.scrolled()
        across = scroll.x() if rect.right() > left else 0
        return rect.translated(-across, -scroll.y() if rect.bottom() > top else 0)

    def place_rect(self, place: Any) -> QRectF:
        return self.to_viewport(self.content_rect(place))

    def reveal(self, rect: QRectF, margin: int = 0) -> None:
        """Scroll so that a rectangle of the body is seen."""
        (left, top), port = self.fixed(), self.viewport().size()
        for bar, start, end, head, room in (
            (self.horizontalScrollBar(), rect.left(), rect.right(), left, port.width()),
            (self.verticalScrollBar(), rect.top(), rect.bottom(), top, port.height()),
        ):
            if end > bar.value() + room:
                bar.setValue(int(end - room) + 1 + margin)
            if start < bar.value() + head:
                bar.setValue(int(start - head) - margin)

    # saying

    def say(self, text: str) -> None:
        """Tell ``text`` to screen readers and the status bar."""
        announce(self, text)
        self.said.emit(text)

    def set_describer(self, describe: Callable[[Any], str]) -> None:
        """``describe`` gives the tool tip of a place, "" for none."""
        self._describe = describe

    def point_at(self, place: Any) -> None:
        """Another place is pointed at: its tool tip comes after a moment."""
        if place != self.hover:
            self._tip.stop()
            if place is not None:
                QToolTip.hideText()
                self._tip.start()
        super().point_at(place)

    def is_dragging(self) -> bool:
        """Whether something is being dragged: then no tool tip comes."""
        return False

    def _show_described(self) -> None:
        if self.hover is None or self._describe is None or self.is_dragging():
            return
        if text := self._describe(self.hover):
            QToolTip.showText(self.viewport().mapToGlobal(self._pointer), text, self.viewport())

    def show_tip(self, event: QHelpEvent) -> bool:
        """Tool tips come by the grid's own timer."""
        return True

    def viewportEvent(self, event: QEvent) -> bool:
        """The tool tip is that of the place."""
        if event.type() == QEvent.Type.ToolTip and isinstance(event, QHelpEvent):
            return self.show_tip(event)
        return super().viewportEvent(event)

    # dragging

    def passed_drag_distance(self, event: QMouseEvent, start: QPoint) -> bool:
        """Whether the pointer is far enough from ``start`` that it means a drag."""
        way = event.position().toPoint() - start
        return way.manhattanLength() >= QApplication.startDragDistance()
