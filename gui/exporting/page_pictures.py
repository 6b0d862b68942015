"""各页的图：看得见的才画，在后台画，画过的留着。"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Mapping, Sequence
from functools import partial

from PySide6.QtCore import QObject, QSize, Signal
from PySide6.QtGui import QImage

from gui.exporting.pdf_pages import PdfPages
from gui.session.runner import Progress, Runner

MOST_KEPT = 240_000_000
"""Bytes of pictures that are kept."""

Picture = tuple[int, QSize]
"""A page and how many pixels it has."""


class PagePictures(QObject):
    """The pictures of one PDF after the other. ``arrived`` carries the page whose picture is new.

    One picture is made at a time, always one that is still wanted.
    """

    arrived = Signal(int)

    def __init__(self, runner: Runner, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._runner = runner
        self._pages: PdfPages | None = None
        self._kept: OrderedDict[tuple[int, int, int], QImage] = OrderedDict()
        self._wanted: list[Picture] = []
        self._busy = False

    def show_pages(self, pages: PdfPages | None, made: Mapping[int, QImage]) -> None:
        """The pictures are those of ``pages`` from now on; those ``made`` are there already."""
        self._pages = pages
        self._kept.clear()
        self._wanted = []
        for page, image in made.items():
            self._keep(page, image)

    def picture(self, page: int, size: QSize) -> QImage | None:
        """The picture of ``page`` in exactly this size, where it is there."""
        key = (page, size.width(), size.height())
        found = self._kept.get(key)
        if found is not None:
            self._kept.move_to_end(key)
        return found

    def nearest(self, page: int) -> QImage | None:
        """A picture of ``page`` in whatever size, the largest."""
        known = [image for (number, _, _), image in self._kept.items() if number == page]
        return max(known, key=QImage.width, default=None)

    def want(self, wanted: Sequence[Picture]) -> None:
        """These are wanted now, the first one first; what was wanted before is forgotten."""
        self._wanted = [(page, size) for page, size in wanted if self.picture(page, size) is None]
        self._go_on()

    def _go_on(self) -> None:
        if self._busy or not self._wanted or self._pages is None:
            return
        page, size = self._wanted.pop(0)
        self._busy = True
        work = partial(_picture, self._pages, page, size)
        job = self._runner.run("画预览", work, partial(self._take, self._pages, page), quiet=True)
        job.ended.connect(self._on_ended)

    def _on_ended(self) -> None:
        self._busy = False

    def _take(self, pages: PdfPages, page: int, image: QImage) -> None:
        if pages is self._pages:
            self._keep(page, image)
            self.arrived.emit(page)
        self._go_on()

    def _keep(self, page: int, image: QImage) -> None:
        self._kept[page, image.width(), image.height()] = image
        while len(self._kept) > 1 and sum(one.sizeInBytes() for one in self._kept.values()) > MOST_KEPT:
            self._kept.popitem(last=False)


def _picture(pages: PdfPages, page: int, size: QSize, _: Progress) -> QImage:
    return pages.picture(page, size)
