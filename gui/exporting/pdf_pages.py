"""PDF 的页：大小、画成图、找文字；预览、打印读的都是同一份字节。"""

from __future__ import annotations

import ctypes
import unicodedata
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, NamedTuple

from PySide6.QtCore import QRectF, QSize, QSizeF, Qt
from PySide6.QtGui import QImage

from exports.pdf.pdfium import PDFIUM

POINTS_AN_INCH = 72.0
MOST_FOUND = 500
_BGRX = 3
_FOR_PRINTER = 0x800


class Found(NamedTuple):
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

    def find(self, text: str) -> tuple[Found, ...]:
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


def _places(document: Any, number: int, wanted: str) -> Iterator[Found]:
    from pypdfium2 import raw

    page = document[number]
    words = page.get_textpage()
    height = page.get_height()
    characters = [chr(raw.FPDFText_GetUnicode(words, at)) for at in range(words.count_chars())]
    read, origins = _squeezed(characters)
    at = read.find(wanted)
    while at >= 0:
        boxes = [words.get_charbox(origins[one]) for one in range(at, at + len(wanted))]
        yield Found(number, _lines(boxes, height))
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
