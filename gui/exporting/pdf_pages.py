"""PDF 的页：大小、画成图、找文字；预览、打印读的都是同一份字节。"""

from __future__ import annotations

import ctypes
import unicodedata
from collections import OrderedDict
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from functools import partial
from typing import Any, NamedTuple

from PySide6.QtCore import QObject, QRectF, QSize, QSizeF, Qt, Signal
from PySide6.QtGui import QImage

from exports.pdf.pdfium import PDFIUM
from gui.session.runner import Runner, RunProgress

MOST_KEPT = 240_000_000
"""Bytes of pictures that are kept."""
Picture = tuple[int, QSize]
"""A page and how many pixels it has."""
POINTS_AN_INCH = 72.0
MOST_FOUND = 500
_BGRX = 3
_FOR_PRINTER = 0x800


class FoundOnPage(NamedTuple):
    """A place where a text stands: page from 0, and rectangles in points from the page's upper left corner."""

    page: int
    rects: tuple[QRectF, ...]


class PdfPages:
    """The pages of a finished PDF. May be asked from any thread; nothing stays open between two questions.

    ``sizes`` are width and height of the pages in points, ``title`` is what the document calls itself.
    """

    def __init__(self, data: bytes) -> None:
        self.data = data
        with _opened(data) as document:
            self.title = str(document.get_metadata_value("Title"))
            self.sizes = tuple(QSizeF(*document.get_page_size(page)) for page in range(len(document)))

    def __len__(self) -> int:
        return len(self.sizes)

    def picture(self, page: int, size: QSize) -> QImage:
        """The whole page, ``size`` pixels large."""
        return self.band(page, size, 0, size.height())

    def band(self, page: int, size: QSize, top: int, height: int, *, for_printer: bool = False) -> QImage:
        """The strip of ``height`` pixels from ``top`` of the page, which is ``size`` pixels large as a whole."""
        image = QImage(size.width(), height, QImage.Format.Format_RGB32)
        image.fill(Qt.GlobalColor.white)
        with _opened(self.data) as document:
            _draw(
                document, page, image, QRectF(0, -top, size.width(), size.height()), for_printer=for_printer
            )
        return image

    def find(self, text: str) -> tuple[FoundOnPage, ...]:
        """Every place of ``text``, in order, at most ``MOST_FOUND``; spaces and line ends do not matter."""
        wanted = "".join(_plain(character) for character in text)
        if not wanted:
            return ()
        with _opened(self.data) as document:
            found = [place for page in range(len(document)) for place in _places(document, page, wanted)]
        return tuple(found[:MOST_FOUND])


@contextmanager
def _opened(data: bytes) -> Iterator[Any]:
    """The document, alone with PDFium until the block ends."""
    import pypdfium2

    with PDFIUM:
        document = pypdfium2.PdfDocument(data)
        try:
            yield document
        finally:
            document.close()


def _draw(document: Any, page: int, image: QImage, area: QRectF, *, for_printer: bool) -> None:
    """Draw the page into ``area`` of the image; what lies outside the image is left out."""
    from pypdfium2 import raw

    pixels = (ctypes.c_char * image.sizeInBytes()).from_buffer(image.bits())
    bitmap = raw.FPDFBitmap_CreateEx(image.width(), image.height(), _BGRX, pixels, image.bytesPerLine())
    try:
        place = (round(area.left()), round(area.top()), round(area.width()), round(area.height()))
        raw.FPDF_RenderPageBitmap(bitmap, document[page], *place, 0, _FOR_PRINTER if for_printer else 0)
    finally:
        raw.FPDFBitmap_Destroy(bitmap)


def _places(document: Any, number: int, wanted: str) -> Iterator[FoundOnPage]:
    from pypdfium2 import raw

    page = document[number]
    words = page.get_textpage()
    height = page.get_height()
    characters = [chr(raw.FPDFText_GetUnicode(words, at)) for at in range(words.count_chars())]
    read, origins = _squeezed(characters)
    at = read.find(wanted)
    while at >= 0:
        boxes = [words.get_charbox(origins[one]) for one in range(at, at + len(wanted))]
        yield FoundOnPage(number, _lines(boxes, height))
        at = read.find(wanted, at + len(wanted))


def _squeezed(characters: list[str]) -> tuple[str, list[int]]:
    """The text for comparison, and for each of its characters the number of the one it came from."""
    pieces = [(_plain(character), number) for number, character in enumerate(characters)]
    return "".join(piece for piece, _ in pieces), [number for piece, number in pieces for _ in piece]


def _plain(character: str) -> str:
    """The character as it is compared: one form, one case, no white space and hyphens."""
    folded = unicodedata.normalize("NFKC", character).casefold()
    return "".join(one for one in folded if not one.isspace() and one not in "\u00ad\ufffe\u0002")


def _lines(boxes: list[tuple[float, float, float, float]], height: float) -> tuple[QRectF, ...]:
    """The characters' boxes (left, bottom, right, top) as one rectangle a line."""
    lines: list[QRectF] = []
    for left, bottom, right, top in boxes:
        rect = QRectF(left, height - top, right - left, top - bottom)
        if lines and rect.left() >= lines[-1].left() and _beside(lines[-1], rect):
            lines[-1] = lines[-1].united(rect)
        else:
            lines.append(rect)
    return tuple(lines)


def _beside(line: QRectF, rect: QRectF) -> bool:
    middle = rect.center().y()
    return line.top() - 4 <= middle <= line.bottom() + 4


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


def _picture(pages: PdfPages, page: int, size: QSize, _: RunProgress) -> QImage:
    return pages.picture(page, size)
