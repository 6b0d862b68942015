"""打印：每页自己的方向，真实大小，次序与份数，停得下来，没有打印机时给出办法。"""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import QMarginsF, QRectF, QSizeF
from PySide6.QtGui import QPageLayout, QPageSize
from PySide6.QtPrintSupport import QPrinter
from pytestqt.qtbot import QtBot

from gui.exporting.pdf_pages import PdfPages
from gui.exporting.printing import Printing, layout_of, page_order, place_on, prepare, print_on
from gui.kit.exporter import PDF, Exporter, Made, Outgoing
from gui.session.messages import Bar, Toast
from gui.session.runner import CancelledError, Runner, RunProgress
from gui.session.year_session import YearSession

PLAN = Outgoing("quarter", "季度活动计划", "三季度计划", PDF)
DOTS = 72


@pytest.fixture
def printer(themed: None, pages: PdfPages, tmp_path: Path) -> QPrinter:
    """A printer that writes a PDF, coarse and therefore quick."""
    made = QPrinter(QPrinter.PrinterMode.ScreenResolution)
    made.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    made.setOutputFileName(str(tmp_path / "out.pdf"))
    made.setResolution(DOTS)
    prepare(made, "三季度计划", pages)
    return made


def printed(tmp_path: Path) -> PdfPages:
    return PdfPages((tmp_path / "out.pdf").read_bytes())


def shapes(pages: PdfPages) -> list[tuple[int, int]]:
    return [(round(size.width()), round(size.height())) for size in pages.sizes]


def test_every_page_leaves_the_printer_turned_as_it_is(
    pages: PdfPages, printer: QPrinter, tmp_path: Path
) -> None:
    assert print_on(printer, pages, RunProgress()) == 3
    # the third page, A3, is made to fit the A4 sheet that was chosen
    assert shapes(printed(tmp_path)) == [(595, 842), (842, 595), (595, 842)]


def test_what_is_printed_stands_where_the_page_has_it(
    pages: PdfPages, printer: QPrinter, tmp_path: Path
) -> None:
    print_on(printer, pages, RunProgress())
    on_paper = printed(tmp_path)
    for page in (0, 1):
        size = pages.sizes[page].toSize()
        there, here = on_paper.picture(page, size), pages.picture(page, size)
        corner = size.height() - 350
        assert [there.pixelColor(x, corner).lightness() < 128 for x in (60, 90, 250, 290)] == [
            here.pixelColor(x, corner).lightness() < 128 for x in (60, 90, 250, 290)
        ]


def test_a_page_keeps_its_true_size_on_its_own_paper() -> None:
    a4, a3 = QSizeF(595.3, 841.9), QSizeF(841.9, 1190.6)
    assert place_on(a4, QSizeF(4960, 7016), 600).size().toSize() == QSizeF(4961, 7016).toSize()
    fitted = place_on(a3, QSizeF(595, 842), 72)
    assert (round(fitted.width()), round(fitted.height())) == (595, 841)
    assert place_on(QSizeF(100, 100), QSizeF(200, 300), 72) == QRectF(0, 50, 200, 200)


def test_the_paper_of_a_page_is_known() -> None:
    assert layout_of(QSizeF(595.3, 841.9)) == QPageLayout(
        QPageSize(QPageSize.PageSizeId.A4), QPageLayout.Orientation.Portrait, QMarginsF()
    )
    turned = layout_of(QSizeF(1190.6, 841.9))
    assert turned.pageSize().id() is QPageSize.PageSizeId.A3
    assert turned.orientation() is QPageLayout.Orientation.Landscape


def test_range_copies_and_order_are_kept(printer: QPrinter) -> None:
    printer.setPrintRange(QPrinter.PrintRange.PageRange)
    printer.setFromTo(2, 3)
    assert page_order(printer, 3) == [1, 2]
    printer.setPageOrder(QPrinter.PageOrder.LastPageFirst)
    assert page_order(printer, 3) == [2, 1]
    if not printer.supportsMultipleCopies():
        printer.setCopyCount(2)
        printer.setCollateCopies(True)
        assert page_order(printer, 3) == [2, 1, 2, 1]
        printer.setCollateCopies(False)
        assert page_order(printer, 3) == [2, 2, 1, 1]


def test_printing_can_be_stopped_between_pages(pages: PdfPages, printer: QPrinter) -> None:
    progress = RunProgress()
    seen: list[int] = []

    def stop_after_first(done: int, _total: int) -> None:
        seen.append(done)
        if done == 1:
            progress.cancel()

    progress.reported.connect(stop_after_first)
    with pytest.raises(CancelledError):
        print_on(printer, pages, progress)
    assert seen == [0, 1]


def test_printing_goes_on_in_the_background_and_is_logged(
    qtbot: QtBot,
    session: YearSession,
    exporter: Exporter,
    pages: PdfPages,
    printer: QPrinter,
    tmp_path: Path,
) -> None:
    toasts: list[Toast] = []
    session.messages.toast_requested.connect(toasts.append)
    runner = Runner(session.messages)
    Printing(session, runner, exporter, exporter.parent()).start(PLAN, pages, printer)
    qtbot.waitUntil(lambda: bool(toasts))
    assert toasts[0].text == "已送往打印机：季度活动计划，3 页"
    assert [recent.export.name for recent in exporter.recent(5)] == ["三季度计划（打印）"]
    assert len(printed(tmp_path)) == 3


def test_without_a_printer_a_pdf_is_offered(
    session: YearSession, exporter: Exporter, pages: PdfPages, monkeypatch: pytest.MonkeyPatch
) -> None:
    bars: list[Bar] = []
    saved: list[Made] = []
    session.messages.bar_requested.connect(bars.append)
    monkeypatch.setattr("gui.exporting.printing.QPrinterInfo.availablePrinterNames", staticmethod(list))
    monkeypatch.setattr(exporter, "save", lambda _outgoing, made: saved.append(made))
    printing = Printing(session, Runner(session.messages), exporter, exporter.parent())
    printing.print_pages(PLAN, pages, Made(pages.data))
    assert [bar.kind for bar in bars] == ["info"]
    assert "没有可用的打印机" in bars[0].text
    bars[0].actions[0].run()
    assert saved == [Made(pages.data)]


@pytest.mark.qt_log_ignore("QPainter::begin")
def test_a_printer_that_refuses_is_said(pages: PdfPages, printer: QPrinter, tmp_path: Path) -> None:
    from models.domain.errors import UserError

    printer.setOutputFileName(str(tmp_path / "没有" / "out.pdf"))
    with pytest.raises(UserError, match="打印机没有接受这份打印。"):
        print_on(printer, pages, RunProgress())
