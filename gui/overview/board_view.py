"""年度总览的视图：静态层贴图、固定表头与行头、命中，不管选择与拖动。"""

from __future__ import annotations

from PySide6.QtCore import QPoint, QPointF, QRect, QRectF, QSizeF, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractScrollArea, QWidget

from gui.kit.marks import metrics
from gui.kit.theme import theme
from gui.overview.board_canvas import BoardOptions, Hit, HitKind
from gui.overview.board_layout import FULL_WIDTH, BoardLayout, board_metrics, is_compact, lay_out
from gui.overview.board_painter import StaticLayer, render_board
from gui.services.board_values import BoardContents, BoardLine


class BoardView(QAbstractScrollArea):
    """Shows a ``BoardContents`` from a painted static layer; heads and row headers stay while scrolling."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._contents: BoardContents | None = None
        self._options = BoardOptions()
        self._layout: BoardLayout | None = None
        self._static: StaticLayer | None = None
        self._half: int | None = None
        # A viewport of our own: for one that Qt made PySide6 sets up the classes of all widgets first, 10 ms.
        self.setViewport(QWidget())
        self.setFrameShape(QAbstractScrollArea.Shape.NoFrame)
        self.viewport().setMouseTracking(True)
        self.viewport().setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        theme().changed.connect(self.invalidate)

    def set_contents(self, contents: BoardContents) -> None:
        """Show ``contents``; another year begins with its own half."""
        if self._contents is None or self._contents.year != contents.year:
            self._half = None
        self._contents = contents
        self.invalidate()

    def set_options(self, options: BoardOptions) -> None:
        """Switch 活动名 and 负荷条."""
        self._options = options
        self.invalidate()

    @property
    def contents(self) -> BoardContents | None:
        """What is shown."""
        return self._contents

    @property
    def is_narrow(self) -> bool:
        """Whether only six months are shown."""
        return self.viewport().width() < FULL_WIDTH

    def line_at(self, row: int) -> BoardLine:
        """The line of ``row``."""
        assert self._contents is not None
        return self._contents.lines[row]

    def row_of(self, key: str) -> int | None:
        """The row of the line called ``key``, None while it is hidden."""
        lines = self._contents.lines if self._contents else ()
        return next((row for row, line in enumerate(lines) if line.key == key), None)

    def board_layout(self) -> BoardLayout:
        """The present layout."""
        if self._layout is None:
            self._layout = self._lay_out()
            self._update_scroll_bars()
        return self._layout

    def _lay_out(self) -> BoardLayout:
        lines = self._contents.lines if self._contents else ()
        size = QSizeF(self.viewport().size())
        height = metrics(theme().font(12)).height()
        sizes = board_metrics(height, compact=is_compact(size, lines, height))
        return lay_out(size, lines, sizes, half=self.half, strip=self._options.loads)

    @property
    def half(self) -> int:
        """The half of the year shown in a narrow window: that of today unless chosen."""
        if self._half is not None:
            return self._half
        current = self._contents.current_month if self._contents else None
        return 2 if current and current > 6 else 1

    def show_half(self, half: int) -> None:
        """Show the first or second half of the year (narrow windows)."""
        self._half = min(max(half, 1), 2)
        self.invalidate()

    def static_layer(self) -> StaticLayer:
        """The painted static layer, painted anew only after something changed."""
        layout = self.board_layout()
        ratio = self.devicePixelRatioF()
        if self._static is None or self._static.pixmap.devicePixelRatioF() != ratio:
            assert self._contents is not None
            self._static = render_board(self._contents, layout, self._options, ratio)
        return self._static

    def to_content(self, position: QPointF) -> QPointF:
        """Viewport to content coordinates; heads and row headers do not scroll."""
        sizes = self.board_layout().metrics
        x, y = position.x(), position.y()
        return QPointF(
            x + self.scrolled().x() if x >= sizes.left else x,
            y + self.scrolled().y() if y >= sizes.top else y,
        )

    def to_viewport(self, rect: QRectF) -> QRectF:
        """A rectangle of the body in viewport coordinates."""
        return rect.translated(-self.scrolled().x(), -self.scrolled().y())

    def scrolled(self) -> QPoint:
        """How far the body is scrolled."""
        return QPoint(self.horizontalScrollBar().value(), self.verticalScrollBar().value())

    def hit_at(self, position: QPointF) -> Hit | None:
        """What is at a viewport position: the chip before the cell below it."""
        if self._contents is None:
            return None
        layout, at = self.board_layout(), self.to_content(position)
        for hit in reversed(self.static_layer().hits):
            if hit.rect.contains(at) and (hit.kind is HitKind.MONTH) == (position.y() < layout.metrics.top):
                return hit
        row, month = layout.row_at(at.y()), layout.month_at(at.x())
        if row is None or month is None or position.y() < layout.metrics.top:
            return None
        cell = self.line_at(row).cell_at(month)
        return Hit(layout.cell_rect(row, cell.first, cell.last), HitKind.CELL, row, month, "")

    def cell_viewport_rect(self, row: int, month: int) -> QRect:
        """The cell around ``month`` in viewport coordinates, for placing a card beside it."""
        cell = self.line_at(row).cell_at(month)
        return self.to_viewport(self.board_layout().cell_rect(row, cell.first, cell.last)).toRect()

    def _update_scroll_bars(self) -> None:
        assert self._layout is not None
        size = self.viewport().size()
        for bar, content, page in (
            (self.horizontalScrollBar(), self._layout.width, size.width()),
            (self.verticalScrollBar(), self._layout.height, size.height()),
        ):
            bar.setPageStep(page)
            bar.setSingleStep(40)
            bar.setRange(0, max(0, content - page))

    def invalidate(self) -> None:
        """Lay out and paint anew."""
        self._layout = self._static = None
        self.board_layout()
        self.viewport().update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Blit the static layer in its four parts and paint the overlay."""
        if self._contents is None:
            return
        painter = QPainter(self.viewport())
        area = event.rect()
        painter.fillRect(area, theme().color("surface"))
        for target, source in self._parts():
            visible = target.intersected(area)
            if not visible.isEmpty():
                painter.setClipRect(visible)
                painter.drawPixmap(target.topLeft() - source, self.static_layer().pixmap)
        sizes = self.board_layout().metrics
        body = self.viewport().rect().adjusted(sizes.left, sizes.top, 0, 0)
        painter.setClipRect(body.adjusted(-2, -2, 0, 0).intersected(area))
        painter.translate(-self.scrolled())
        self.paint_overlay(painter)
        painter.end()

    def _parts(self) -> tuple[tuple[QRect, QPoint], ...]:
        """Body, head, row headers and corner: where they go, and which content point comes first."""
        sizes, scroll = self.board_layout().metrics, self.scrolled()
        width, height = self.viewport().width(), self.viewport().height()
        left, top = sizes.left, sizes.top
        return (
            (
                QRect(left, top, width - left, height - top),
                QPoint(left + scroll.x(), top + scroll.y()),
            ),
            (QRect(left, 0, width - left, top), QPoint(left + scroll.x(), 0)),
            (QRect(0, top, left, height - top), QPoint(0, top + scroll.y())),
            (QRect(0, 0, left, top), QPoint(0, 0)),
        )

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Lay out anew."""
        super().resizeEvent(event)
        self.invalidate()

    def scrollContentsBy(self, dx: int, dy: int) -> None:
        """The heads stay, so everything is blitted anew."""
        del dx, dy
        self.viewport().update()

    def paint_overlay(self, painter: QPainter) -> None:
        """Painted over the static layer, in content coordinates; nothing in the plain view."""
