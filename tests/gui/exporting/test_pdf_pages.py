"""PDF 的页：大小、画成图、找文字。"""

from __future__ import annotations

from threading import Thread

from PySide6.QtCore import QSize
from PySide6.QtGui import QImage, QPainter

from gui.exporting.pdf_pages import PdfPages

WHOLE = QSize(300, 424)


def test_sizes_and_title_are_those_of_the_document(pages: PdfPages) -> None:
    assert [(round(size.width()), round(size.height())) for size in pages.sizes] == [
        (595, 842),
        (842, 595),
        (842, 1191),
    ]
    assert (len(pages), pages.title) == (3, "Plan of 2027")


def test_bands_one_below_the_other_are_the_page(pages: PdfPages) -> None:
    whole = pages.picture(0, WHOLE)
    joined = QImage(WHOLE, QImage.Format.Format_RGB32)
    painter = QPainter(joined)
    for top in range(0, WHOLE.height(), 100):
        band = pages.band(0, WHOLE, top, min(100, WHOLE.height() - top))
        painter.drawImage(0, top, band)
    painter.end()
    assert joined == whole


def test_what_is_drawn_is_where_the_page_has_it(pages: PdfPages) -> None:
    image = pages.picture(0, WHOLE)
    # the filled rectangle: 72–272 × 300–400 pt from the lower left corner of 595 × 842 pt
    inside, outside = (round(170 * 300 / 595), round((842 - 350) * 424 / 842)), (280, 20)
    assert (image.pixelColor(*inside).lightness(), image.pixelColor(*outside).lightness()) == (0, 255)


def test_words_are_found_across_lines_and_in_any_case(pages: PdfPages) -> None:
    assert [found.page for found in pages.find("ALPHA")] == [0, 1, 2]
    split = pages.find("lecture")
    assert [(found.page, len(found.rects)) for found in split] == [(0, 2), (1, 2), (2, 2)]
    upper, lower = split[0].rects
    assert upper.top() < lower.top()
    assert 842 - 500 < upper.center().y() < 842 - 464


def test_nothing_is_found_for_nothing(pages: PdfPages) -> None:
    assert pages.find("  ") == ()
    assert pages.find("delta") == ()


def test_several_threads_may_ask_at_once(pages: PdfPages) -> None:
    made: list[QImage] = []
    threads = [Thread(target=lambda: made.append(pages.picture(0, WHOLE))) for _ in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert made == [pages.picture(0, WHOLE)] * 6
