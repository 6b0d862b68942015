"""预览：PDF 的页一张接一张；重新做好后页码与大小不变，找到的文字用荧光笔标出。"""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, QSizeF, Qt, Signal
from PySide6.QtGui import QColor, QImage, QKeyEvent, QPainter, QPaintEvent, QPen, QResizeEvent, QWheelEvent
from PySide6.QtWidgets import QAbstractScrollArea, QFrame, QWidget

from gui.exporting.page_layout import (
    Fit,
    PageLayout,
    Zoom,
    factor_of,
    next_step,
    picture_size,
    shown_size,
)
from gui.exporting.pdf_pages import FoundOnPage, PagePictures, PdfPages
from gui.kit.theme import theme
from gui.session.runner import Runner

LINE = 48
PAPER, MARKED, MARKED_HERE = QColor("#FFFFFF"), QColor("#FFE58A"), QColor("#FFB347")
"""Paper and marker pens: the same in both themes, as the page is white in both."""


class PreviewPlace(NamedTuple):
    """Which page is shown how large, for whoever makes the next PDF: its picture can be there at once."""

    page: int
    zoom: Zoom
    room: QSizeF
    ratio: float

    def picture_size(self, pages: PdfPages) -> tuple[int, QSize]:
        """The page that will be seen of ``pages`` and the pixels it will have."""
        page = min(self.page, len(pages) - 1)
        return page, picture_size(shown_size(pages.sizes[page], self.zoom, self.room), self.ratio)


class PdfPreview(QAbstractScrollArea):
    """Shows a PDF. ``page_changed`` carries the number of the page (from 1), ``zoom_changed`` nothing.

    PgUp and PgDn go from page to page, arrows scroll, the wheel with Ctrl enlarges.
    """

    page_changed = Signal(int)
    zoom_changed = Signal()

    def __init__(self, runner: Runner, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setObjectName("PdfPreview")
        self.setAccessibleName("打印预览")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOn)
        self.pictures = PagePictures(runner, self)
        self.pictures.arrived.connect(self._on_arrived)
        self.pages: PdfPages | None = None
        self._layout = PageLayout((), Fit.WIDTH, QSizeF())
        self._zoom: Zoom = Fit.WIDTH
        self._page = 0
        self._found: tuple[FoundOnPage, ...] = ()
        self._current = -1
        self.stale = False
        self.verticalScrollBar().valueChanged.connect(self._on_scrolled)
        theme().changed.connect(self.viewport().update)

    # what is shown

    def show_pages(self, pages: PdfPages, made: Mapping[int, QImage]) -> None:
        """Show ``pages``, at the place and in the size that was shown before; ``made`` pictures at once."""
        place, x = self._layout.place_of(self._eye()), self.horizontalScrollBar().value()
        first = self.pages is None
        self.pages = pages
        self.pictures.show_pages(pages, made)
        self._found, self._current = (), -1
        self.stale = False
        self._lay_out()
        self.horizontalScrollBar().setValue(x)
        self._look_at(0.0 if first else self._layout.y_of(*place))
        self._tell_page()
        self.viewport().update()

    def show_nothing(self) -> None:
        """No page is shown."""
        self.pages = None
        self.pictures.show_pages(None, {})
        self._found, self._current = (), -1
        self._lay_out()
        self.viewport().update()

    def show_stale(self, *, stale: bool) -> None:
        """Grey the pages out: they are not what the options say now."""
        self.stale = stale
        self.viewport().update()

    @property
    def page(self) -> int:
        """The page that is looked at, from 1; 0 where there is none."""
        return self._page + 1 if self.pages is not None else 0

    @property
    def count(self) -> int:
        """How many pages there are."""
        return len(self.pages) if self.pages is not None else 0

    @property
    def zoom(self) -> Zoom:
        """What was chosen."""
        return self._zoom

    @property
    def factor(self) -> float:
        """How large the page is shown, 1.0 being true size."""
        if self.pages is None:
            return self._zoom if isinstance(self._zoom, float) else 1.0
        return factor_of(self.pages.sizes[self._page], self._zoom, self._room())

    def place(self) -> PreviewPlace:
        """Where the preview stands."""
        return PreviewPlace(self._page, self._zoom, self._room(), self.devicePixelRatioF())

    def _room(self) -> QSizeF:
        return QSizeF(self.viewport().size())

    # moving

    def go_to_page(self, number: int) -> None:
        """Show the page ``number`` (from 1) from its top."""
        if self.pages is None:
            return
        page = min(max(number, 1), self.count) - 1
        self.verticalScrollBar().setValue(round(self._layout.rects[page].top() - 8))
        self._set_page(page)

    def step_page(self, step: int) -> None:
        """Show the next (1) or previous (-1) page."""
        self.go_to_page(self.page + step)

    def choose_zoom(self, zoom: Zoom) -> None:
        """Show the pages in this size, the same place in the middle."""
        place, across = self._layout.place_of(self._eye()), self._across()
        self._zoom = zoom
        self._lay_out()
        self._look_at(self._layout.y_of(*place))
        self.horizontalScrollBar().setValue(round(across * self._layout.width - self._room().width() / 2))
        self.zoom_changed.emit()
        self.viewport().update()

    def step_zoom(self, direction: int) -> None:
        """One step larger (1) or smaller (-1)."""
        self.choose_zoom(next_step(self.factor, direction))

    def show_found(self, found: tuple[FoundOnPage, ...], current: int) -> None:
        """Mark what was found; the one numbered ``current`` is brought into view."""
        self._found, self._current = found, current
        if 0 <= current < len(found) and self.pages is not None:
            rect = self._on_screen(found[current].page, found[current].rects[0])
            y = rect.center().y() + self.verticalScrollBar().value()
            x = rect.center().x() + self.horizontalScrollBar().value()
            if not QRectF(self.viewport().rect()).contains(rect):
                self.verticalScrollBar().setValue(round(y - self._room().height() / 2))
                self.horizontalScrollBar().setValue(round(x - self._room().width() / 2))
            self._set_page(found[current].page)
        self.viewport().update()

    def _across(self) -> float:
        """How far across the pages the middle of the window is, in parts of their width."""
        if self.horizontalScrollBar().maximum() == 0 or not self._layout.width:
            return 0.5
        return (self.horizontalScrollBar().value() + self._room().width() / 2) / self._layout.width

    def _eye(self) -> float:
        """The height that the reader looks at: a third down the window."""
        return self.verticalScrollBar().value() + self._room().height() / 3

    def _look_at(self, y: float) -> None:
        self.verticalScrollBar().setValue(round(y - self._room().height() / 3))

    def _on_scrolled(self) -> None:
        self._set_page(self._layout.page_at(self._eye()))

    def _set_page(self, page: int) -> None:
        if page != self._page:
            self._page = page
            self._tell_page()

    def _tell_page(self) -> None:
        self._page = min(self._page, max(self.count - 1, 0))
        self.page_changed.emit(self.page)

    def _lay_out(self) -> None:
        self._layout = PageLayout(self.pages.sizes if self.pages else (), self._zoom, self._room())
        room = self._room()
        for bar, whole, part in (
            (self.verticalScrollBar(), self._layout.height, room.height()),
            (self.horizontalScrollBar(), self._layout.width if self.pages else 0, room.width()),
        ):
            bar.setPageStep(round(part))
            bar.setSingleStep(LINE)
            bar.setRange(0, max(round(whole - part), 0))

    # painting

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the pages that are seen, and ask for the pictures that are not there yet."""
        painter = QPainter(self.viewport())
        painter.fillRect(event.rect(), theme().color("gridStrong"))
        top = self.verticalScrollBar().value()
        seen = self._layout.pages_between(top, top + self._room().height())
        for page in seen:
            self._paint_page(painter, page)
        painter.end()
        self._want(seen)

    def _paint_page(self, painter: QPainter, page: int) -> None:
        rect = self._page_rect(page)
        painter.fillRect(rect.translated(0, 2).adjusted(-1, -1, 1, 1), _shade(theme().color("shadow"), 40))
        painter.fillRect(rect, PAPER)
        image = self.pictures.picture(page, self._pixels(page)) or self.pictures.nearest(page)
        if image is not None:
            painter.setRenderHint(
                QPainter.RenderHint.SmoothPixmapTransform, on=image.size() != self._pixels(page)
            )
            painter.drawImage(rect, image)
        self._paint_marks(painter, page)
        if self.stale:
            painter.fillRect(rect, _shade(theme().color("gridStrong"), 150))

    def _paint_marks(self, painter: QPainter, page: int) -> None:
        painter.setCompositionMode(QPainter.CompositionMode.CompositionMode_Multiply)
        for number, found in enumerate(self._found):
            if found.page == page:
                for rect in found.rects:
                    marked = self._on_screen(page, rect).adjusted(-1, -1, 1, 1)
                    painter.fillRect(marked, MARKED_HERE if number == self._current else MARKED)
        painter.setCompositionMode(QPainter.CompositionMode.CompositionMode_SourceOver)
        if 0 <= self._current < len(self._found) and self._found[self._current].page == page:
            painter.setPen(QPen(QColor("#8A4B00"), 1.5))
            for rect in self._found[self._current].rects:
                painter.drawRect(self._on_screen(page, rect).adjusted(-2, -2, 2, 2))

    def _page_rect(self, page: int) -> QRectF:
        offset = QPointF(self.horizontalScrollBar().value(), self.verticalScrollBar().value())
        return self._layout.rects[page].translated(-offset)

    def _on_screen(self, page: int, rect: QRectF) -> QRectF:
        """A rectangle in points of the page, where it is on the viewport."""
        assert self.pages is not None
        shown, size = self._page_rect(page), self.pages.sizes[page]
        scale = shown.width() / size.width()
        return QRectF(
            shown.left() + rect.left() * scale,
            shown.top() + rect.top() * scale,
            rect.width() * scale,
            rect.height() * scale,
        )

    def _pixels(self, page: int) -> QSize:
        return picture_size(self._layout.rects[page].size(), self.devicePixelRatioF())

    def _want(self, seen: range) -> None:
        """What is seen, then its neighbours."""
        around = (seen.stop, seen.start - 1) if seen else ()
        pages = [*seen, *(page for page in around if 0 <= page < self.count)]
        self.pictures.want([(page, self._pixels(page)) for page in pages])

    def _on_arrived(self, page: int) -> None:
        if page < len(self._layout.rects):
            self.viewport().update(self._page_rect(page).toAlignedRect())

    # events

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep what is looked at in view."""
        super().resizeEvent(event)
        place = self._layout.place_of(self._eye())
        self._lay_out()
        self._look_at(self._layout.y_of(*place))
        self.zoom_changed.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Pages, ends and arrows."""
        bar, side = self.verticalScrollBar(), self.horizontalScrollBar()
        key = event.key()
        if key in (Qt.Key.Key_PageDown, Qt.Key.Key_PageUp):
            self.step_page(1 if key == Qt.Key.Key_PageDown else -1)
        elif key == Qt.Key.Key_Home:
            self.go_to_page(1)
        elif key == Qt.Key.Key_End:
            self.go_to_page(self.count)
        elif key in (Qt.Key.Key_Down, Qt.Key.Key_Up):
            bar.setValue(bar.value() + (LINE if key == Qt.Key.Key_Down else -LINE))
        elif key in (Qt.Key.Key_Right, Qt.Key.Key_Left):
            side.setValue(side.value() + (LINE if key == Qt.Key.Key_Right else -LINE))
        else:
            super().keyPressEvent(event)

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Scroll; with Ctrl, enlarge or make smaller."""
        if event.modifiers() & Qt.KeyboardModifier.ControlModifier and event.angleDelta().y():
            self.step_zoom(1 if event.angleDelta().y() > 0 else -1)
            event.accept()
            return
        super().wheelEvent(event)

    def viewportEvent(self, event: QEvent) -> bool:
        """A screen with other pixels wants other pictures."""
        if event.type() == QEvent.Type.DevicePixelRatioChange:
            self.viewport().update()
        return super().viewportEvent(event)


def _shade(color: QColor, alpha: int) -> QColor:
    shaded = QColor(color)
    shaded.setAlpha(alpha)
    return shaded
