"""导出页测试共用：一份横竖都有的小 PDF，装好出口的页面。"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import cache
from io import BytesIO
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from gui.exporting.page import ExportsPage
from gui.exporting.pdf_pages import PdfPages
from gui.kit.exporter import Exporter
from gui.services.program_settings import SettingsFile
from gui.session.runner import Runner
from gui.session.year_session import YearSession

A4, A3 = (595.28, 841.89), (841.89, 1190.55)


@cache
def small_pdf() -> bytes:
    """Three pages: A4 upright, A4 turned, A3 upright; words on each, one split over two lines."""
    from reportlab.pdfgen.canvas import Canvas

    target = BytesIO()
    canvas = Canvas(target, pageCompression=1)
    canvas.setTitle("Plan of 2027")
    for number, size in enumerate((A4, A4[::-1], A3), start=1):
        canvas.setPageSize(size)
        canvas.drawString(72, 500, f"page {number} Alpha")
        canvas.drawString(72, 480, "beta lec")
        canvas.drawString(72, 464, "ture gamma")
        canvas.rect(72, 300, 200, 100, fill=1)
        canvas.showPage()
    canvas.save()
    return target.getvalue()


@pytest.fixture
def pages() -> PdfPages:
    return PdfPages(small_pdf())


@pytest.fixture
def settings(tmp_path: Path) -> SettingsFile:
    return SettingsFile(tmp_path / "settings.json")


@pytest.fixture
def exporter(qtbot: QtBot, session: YearSession, settings: SettingsFile) -> Iterator[Exporter]:
    from PySide6.QtWidgets import QWidget

    window = QWidget()
    qtbot.addWidget(window)
    runner = Runner(session.messages, window)
    made = Exporter(session, runner, window, settings)
    yield made
    runner.wait()


MakePage = Callable[[YearSession], ExportsPage]


@pytest.fixture
def make_page(qtbot: QtBot, exporter: Exporter, settings: SettingsFile) -> Iterator[MakePage]:
    made: list[ExportsPage] = []

    def make(session: YearSession) -> ExportsPage:
        page = ExportsPage(session)
        qtbot.addWidget(page)
        page.use_settings(settings)
        page.use_exporter(exporter)
        page.resize(1400, 800)
        page.show()
        made.append(page)
        return page

    yield make
    for page in made:
        page.wait()


@pytest.fixture
def page(qtbot: QtBot, make_page: MakePage, session: YearSession) -> ExportsPage:
    """The page with the quarter's plan made."""
    made = make_page(session)
    qtbot.waitUntil(lambda: made.pane.preview.count > 0 and not made.maker.waiting)
    return made
