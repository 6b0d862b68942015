"""打印：同一份 PDF 的页，按打印机的分辨率一条条画到纸上；每页自己的纸张方向，可停。"""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QMarginsF, QObject, QRectF, QSize, QSizeF, Qt
from PySide6.QtGui import QPageLayout, QPageSize, QPainter
from PySide6.QtPrintSupport import QPrintDialog, QPrinter, QPrinterInfo
from PySide6.QtWidgets import QWidget

from gui.exporting.pdf_pages import POINTS_AN_INCH, PdfPages
from gui.kit.exporter import NO_PRINTER, READ_ONLY_NOTE, Exporter, Made, Outgoing
from gui.session.messages import Action
from gui.session.runner import Runner, RunProgress
from gui.session.year_session import YearSession
from models.domain.errors import UserError

FINEST = 600
"""Dots an inch that a page is drawn with at most; a finer printer enlarges them."""
BAND = 1024
"""Lines of a page that are drawn at a time."""


class Printing(QObject):
    """Prints what was exported: asks in the system's dialog, prints in the background."""

    def __init__(self, session: YearSession, runner: Runner, exporter: Exporter, window: QWidget) -> None:
        super().__init__(window)
        self._session = session
        self._runner = runner
        self._exporter = exporter
        self._window = window

    def print_pages(self, outgoing: Outgoing, pages: PdfPages, made: Made) -> None:
        """Ask for printer, copies and pages, then print; without a printer a PDF is offered."""
        messages = self._session.messages
        if not QPrinterInfo.availablePrinterNames():
            instead = Action("另存为 PDF…", partial(self._exporter.save, outgoing, made))
            words = "没有可用的打印机，没有打印。可先另存为 PDF，再到有打印机的电脑上打印。"
            messages.bar("info", words, [instead], topic=NO_PRINTER)
            return
        messages.withdraw(NO_PRINTER)
        if not self._exporter.confirm(outgoing):
            return
        printer = QPrinter(QPrinter.PrinterMode.HighResolution)
        prepare(printer, outgoing.name, pages)
        dialog = QPrintDialog(printer, self._window)
        dialog.setWindowTitle(f"打印 {outgoing.name}")
        dialog.setMinMax(1, len(pages))
        dialog.setOption(QPrintDialog.PrintDialogOption.PrintPageRange)
        accepted = dialog.exec()
        dialog.deleteLater()
        if accepted:
            self.start(outgoing, pages, printer)

    def start(self, outgoing: Outgoing, pages: PdfPages, printer: QPrinter) -> None:
        """Print on ``printer`` in the background; a bar with 停止 is shown while it goes on."""
        work = partial(print_on, printer, pages)
        job = self._runner.run(
            f"打印{outgoing.words}", work, partial(self._tell_printed, outgoing, self._session.year)
        )
        job.tell_steps(" 页")

    def _tell_printed(self, outgoing: Outgoing, year: int, sheets: int) -> None:
        logged = self._exporter.note(outgoing, f"{outgoing.name}（打印）", year=year)
        words = f"已送往打印机：{outgoing.words}，{sheets} 页"
        self._session.messages.toast(words if logged else f"{words}（{READ_ONLY_NOTE}）")


def prepare(printer: QPrinter, name: str, pages: PdfPages) -> None:
    """Afterwards the printer knows the document's name and has the paper of its first page."""
    printer.setDocName(name)
    printer.setFullPage(True)
    printer.setPageLayout(layout_of(pages.sizes[0]))


def layout_of(size: QSizeF) -> QPageLayout:
    """The paper of a page of ``size`` points, turned as the page is, without margins."""
    landscape = size.width() > size.height()
    upright = size.transposed() if landscape else size
    paper = QPageSize(upright, QPageSize.Unit.Point, "", QPageSize.SizeMatchPolicy.FuzzyMatch)
    turned = QPageLayout.Orientation.Landscape if landscape else QPageLayout.Orientation.Portrait
    return QPageLayout(paper, turned, QMarginsF(0, 0, 0, 0))


def print_on(printer: QPrinter, pages: PdfPages, progress: RunProgress) -> int:
    """Draw the pages asked for onto ``printer``; returns how many sheets left it.

    Every page is turned as it is in the PDF. On the paper it was made for it has its true size, on
    another one it is made to fit. Raises ``CancelledError`` between two pages, and ``UserError`` where the
    printer refuses.
    """
    order = page_order(printer, len(pages))
    progress.step(0, len(order))
    _turn(printer, pages.sizes[order[0]])
    painter = QPainter()
    if not painter.begin(printer):
        raise _refused()
    try:
        for done, page in enumerate(order):
            if done:
                _next_page(printer, pages.sizes[page])
            _draw(painter, printer, pages, page)
            progress.step(done + 1, len(order))
    except BaseException:
        printer.abort()
        raise
    finally:
        painter.end()
    return len(order)


def page_order(printer: QPrinter, count: int) -> list[int]:
    """The pages (from 0) in the order of the paper: the range asked for, and the copies that the printer
    does not make itself."""
    first, last = 1, count
    if printer.printRange() is QPrinter.PrintRange.PageRange:
        first, last = max(printer.fromPage(), 1), min(printer.toPage() or count, count)
    pages = list(range(first - 1, max(last, first)))
    if printer.pageOrder() is QPrinter.PageOrder.LastPageFirst:
        pages.reverse()
    copies = 1 if printer.supportsMultipleCopies() else max(printer.copyCount(), 1)
    if printer.collateCopies():
        return pages * copies
    return [page for page in pages for _ in range(copies)]


def _turn(printer: QPrinter, size: QSizeF) -> None:
    """Turn the paper as the page is; the paper itself is what the user chose."""
    printer.setPageOrientation(layout_of(size).orientation())


def _next_page(printer: QPrinter, size: QSizeF) -> None:
    _turn(printer, size)
    if not printer.newPage():
        raise _refused()


def _draw(painter: QPainter, printer: QPrinter, pages: PdfPages, page: int) -> None:
    """The page in bands, so that a large sheet needs little memory."""
    place = place_on(
        pages.sizes[page], printer.paperRect(QPrinter.Unit.DevicePixel).size(), printer.resolution()
    )
    dots = min(printer.resolution(), FINEST)
    scale = dots / printer.resolution()
    size = QSize(max(round(place.width() * scale), 1), max(round(place.height() * scale), 1))
    painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
    for top in range(0, size.height(), BAND):
        height = min(BAND, size.height() - top)
        image = pages.band(page, size, top, height, for_printer=True)
        target = QRectF(place.left(), place.top() + top / scale, place.width(), height / scale)
        painter.drawImage(target, image)


def place_on(size: QSizeF, paper: QSizeF, resolution: int) -> QRectF:
    """Where a page of ``size`` points goes on a sheet of ``paper`` dots: true size, or made to fit, in the middle."""
    dots = resolution / POINTS_AN_INCH
    page = QSizeF(size.width() * dots, size.height() * dots)
    same = abs(page.width() - paper.width()) < dots * 3 and abs(page.height() - paper.height()) < dots * 3
    if not same:
        page = page.scaled(paper, Qt.AspectRatioMode.KeepAspectRatio)
    left, top = (paper.width() - page.width()) / 2, (paper.height() - page.height()) / 2
    return QRectF(left, top, page.width(), page.height())


def _refused() -> UserError:
    return UserError(
        "打印机没有接受这份打印。", "没有打印完。", "请检查打印机是否开着、有纸，或先另存为 PDF。"
    )
