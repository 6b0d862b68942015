"""Reads PDFs back with somebody else's parser, for the tests of this room."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from ctypes import byref, c_double
from typing import Any, NamedTuple


class Spot(NamedTuple):
    """A character and the origin of its glyph in points from the lower left of the page."""

    character: str
    x: float
    y: float


@contextmanager
def opened(data: bytes) -> Iterator[Any]:
    from pypdfium2 import PdfDocument

    document = PdfDocument(data)
    try:
        yield document
    finally:
        document.close()


def texts(data: bytes) -> list[str]:
    """The text of every page."""
    with opened(data) as document:
        return [page.get_textpage().get_text_bounded() for page in document]


def squeezed(data: bytes) -> str:
    """All the text without white space."""
    return "".join("".join(texts(data)).split())


def sizes(data: bytes) -> list[tuple[int, int]]:
    """Width and height of every page in millimetres."""
    with opened(data) as document:
        return [
            (round(page.get_width() * 25.4 / 72), round(page.get_height() * 25.4 / 72)) for page in document
        ]


def spots(data: bytes, page: int) -> list[Spot]:
    """Where every visible character of a page (from 1) stands."""
    with opened(data) as document:
        textpage = document[page - 1].get_textpage()
        return [spot for at in range(textpage.count_chars()) if (spot := _spot(textpage, at))]


def _spot(textpage: Any, at: int) -> Spot | None:
    from pypdfium2 import raw

    character = chr(raw.FPDFText_GetUnicode(textpage.raw, at))
    if character.isspace() or raw.FPDFText_IsGenerated(textpage.raw, at):
        return None
    x, y = c_double(), c_double()
    raw.FPDFText_GetCharOrigin(textpage.raw, at, byref(x), byref(y))
    return Spot(character, x.value, y.value)
