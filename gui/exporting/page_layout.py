"""预览里各页的位置：适合页宽、整页或某个比例；纯计算。"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from enum import Enum

from PySide6.QtCore import QRectF, QSize, QSizeF

MARGIN, GAP = 20.0, 16.0
PIXELS_A_POINT = 96 / 72
SMALLEST, LARGEST = 0.1, 4.0
STEPS = (0.1, 0.25, 0.33, 0.5, 0.67, 0.75, 0.9, 1.0, 1.1, 1.25, 1.5, 1.75, 2.0, 2.5, 3.0, 4.0)
MOST_PIXELS = 12_000_000
"""Of one picture: a page enlarged further is a stretched picture of this size."""


class Fit(Enum):
    """A zoom that follows the window."""

    WIDTH = "适合页宽"
    PAGE = "整页"


Zoom = Fit | float
"""What was chosen: 1.0 is true size at 96 dots an inch."""


def factor_of(size: QSizeF, zoom: Zoom, room: QSizeF) -> float:
    """How large a page of ``size`` points is shown in ``room``, 1.0 being true size."""
    if isinstance(zoom, float):
        return min(max(zoom, SMALLEST), LARGEST)
    wide = (room.width() - 2 * MARGIN) / (size.width() * PIXELS_A_POINT)
    high = (room.height() - 2 * MARGIN) / (size.height() * PIXELS_A_POINT)
    return min(max(wide if zoom is Fit.WIDTH else min(wide, high), SMALLEST), LARGEST)


def shown_size(size: QSizeF, zoom: Zoom, room: QSizeF) -> QSizeF:
    """The page in pixels of the window, whole ones."""
    factor = factor_of(size, zoom, room) * PIXELS_A_POINT
    return QSizeF(max(round(size.width() * factor), 1), max(round(size.height() * factor), 1))


def picture_size(shown: QSizeF, ratio: float) -> QSize:
    """The pixels of the screen that a page shown so large has, within ``MOST_PIXELS``."""
    pixels = shown.width() * shown.height() * ratio * ratio
    shrunk = ratio * min(1.0, (MOST_PIXELS / pixels) ** 0.5)
    return QSize(max(round(shown.width() * shrunk), 1), max(round(shown.height() * shrunk), 1))


def next_step(factor: float, direction: int) -> float:
    """The next larger (1) or smaller (-1) of ``STEPS``."""
    if direction > 0:
        return next((step for step in STEPS if step > factor * 1.01), LARGEST)
    return next((step for step in reversed(STEPS) if step < factor * 0.99), SMALLEST)


class PageLayout:
    """Pages one below the other, each in the middle of the room."""

    def __init__(self, sizes: Sequence[QSizeF], zoom: Zoom, room: QSizeF) -> None:
        shown = [shown_size(size, zoom, room) for size in sizes]
        self.width = max((size.width() for size in shown), default=0.0) + 2 * MARGIN
        middle = max(self.width, room.width()) / 2
        self.rects: list[QRectF] = []
        top = MARGIN
        for size in shown:
            self.rects.append(QRectF(round(middle - size.width() / 2), top, size.width(), size.height()))
            top += size.height() + GAP
        self.height = top - GAP + MARGIN if shown else 0.0
        self._tops = [rect.top() for rect in self.rects]

    def page_at(self, y: float) -> int:
        """The page at the height ``y``, the one above where a gap is there; 0 for the first."""
        return max(bisect_right(self._tops, y) - 1, 0)

    def pages_between(self, top: float, bottom: float) -> range:
        """The pages that are seen from ``top`` to ``bottom``."""
        if not self.rects:
            return range(0)
        return range(self.page_at(top), self.page_at(bottom) + 1)

    def place_of(self, y: float) -> tuple[int, float]:
        """The page at ``y`` and how far down on it that is, in parts of its height."""
        if not self.rects:
            return 0, 0.0
        page = self.page_at(y)
        rect = self.rects[page]
        return page, (y - rect.top()) / rect.height()

    def y_of(self, page: int, part: float) -> float:
        """The height of a place; the last page where there is no such page any more."""
        if not self.rects:
            return 0.0
        rect = self.rects[min(page, len(self.rects) - 1)]
        return rect.top() + part * rect.height()
