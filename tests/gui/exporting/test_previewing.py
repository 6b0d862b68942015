"""做预览：一次一份，要的总是最后定下的；做不成时说得出为什么。"""

from __future__ import annotations

from threading import Event

import pytest
from PySide6.QtCore import QSize
from pytestqt.qtbot import QtBot

from exports.prints import Printed, PrintKind, PrintOptions
from gui.exporting.pdf_pages import PdfPages
from gui.exporting.previewing import Preview, PreviewMaker, PrintOrder
from gui.session.messages import Messages
from gui.session.runner import Runner
from models.domain.errors import UserError
from tests.factories import check, sample
from tests.gui.conftest import PATIENCE
from tests.gui.exporting.conftest import small_pdf


class Look:
    """Looks at the second page."""

    def picture_size(self, pages: PdfPages) -> tuple[int, QSize]:
        return 1, QSize(84, 60)


class Printer:
    """Prints nothing: records what it was asked for, and waits where it is told to."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.titles: list[str] = []
        self.may_go_on = Event()
        self.may_go_on.set()
        self.error: Exception | None = None
        monkeypatch.setattr("exports.prints.make_print", self.make)
        monkeypatch.setattr("exports.prints.concerns", lambda *_: ("还缺 1 场",))

    def make(self, *arguments: object, changes: object) -> Printed:
        options = arguments[3]
        assert isinstance(options, PrintOptions)
        assert changes is None
        self.titles.append(options.title)
        self.may_go_on.wait(PATIENCE / 1000)
        if self.error is not None:
            raise self.error
        return Printed(small_pdf(), 3, 0, (), "")


@pytest.fixture
def printer(monkeypatch: pytest.MonkeyPatch) -> Printer:
    return Printer(monkeypatch)


@pytest.fixture
def maker(themed: None) -> PreviewMaker:
    return PreviewMaker(Runner(Messages()))


def order(title: str) -> PrintOrder:
    snapshot = sample()
    return PrintOrder(PrintKind.QUARTER, lambda: (snapshot, check(snapshot)), PrintOptions(title=title))


def collect(maker: PreviewMaker) -> list[object]:
    made: list[object] = []
    maker.made.connect(lambda preview: made.append(preview.order.options.title))
    maker.failed.connect(lambda error: made.append(str(error)))
    maker.broke.connect(lambda: made.append(None))
    return made


def test_a_preview_comes_with_the_page_that_is_looked_at(
    qtbot: QtBot, maker: PreviewMaker, printer: Printer
) -> None:
    with qtbot.waitSignal(maker.made) as caught:
        maker.order(order("甲"), Look())
    preview = caught.args[0]
    assert isinstance(preview, Preview)
    assert [(page, image.size()) for page, image in preview.pictures.items()] == [(1, QSize(84, 60))]
    assert (preview.printed.data, preview.pages.data) == (small_pdf(), small_pdf())
    assert preview.concerns == ("还缺 1 场",)


def test_changes_in_quick_succession_make_one_print(
    qtbot: QtBot, maker: PreviewMaker, printer: Printer
) -> None:
    made = collect(maker)
    for title in "甲乙丙":
        maker.order(order(title), Look(), 50)
    qtbot.waitUntil(lambda: bool(made))
    assert (printer.titles, made) == (["丙"], ["丙"])


def test_while_one_is_made_only_the_newest_waits_and_the_stale_one_is_dropped(
    qtbot: QtBot, maker: PreviewMaker, printer: Printer
) -> None:
    made = collect(maker)
    printer.may_go_on.clear()
    maker.order(order("甲"), Look())
    qtbot.waitUntil(lambda: printer.titles == ["甲"])
    for title in "乙丙":
        maker.order(order(title), Look())
        qtbot.wait(20)
    printer.may_go_on.set()
    qtbot.waitUntil(lambda: made == ["丙"])
    assert printer.titles == ["甲", "丙"]
    assert not maker.waiting


def test_what_is_no_longer_wanted_is_dropped(qtbot: QtBot, maker: PreviewMaker, printer: Printer) -> None:
    made = collect(maker)
    printer.may_go_on.clear()
    maker.order(order("甲"), Look())
    qtbot.waitUntil(lambda: printer.titles == ["甲"])
    maker.forget()
    printer.may_go_on.set()
    qtbot.waitUntil(lambda: not maker.waiting)
    assert made == []


def test_what_cannot_be_printed_is_said(qtbot: QtBot, maker: PreviewMaker, printer: Printer) -> None:
    made = collect(maker)
    printer.error = UserError("第 3 页表格行高超过页面。", "没有写出文件。")
    maker.order(order("甲"), Look())
    qtbot.waitUntil(lambda: bool(made))
    printer.error = None
    maker.order(order("乙"), Look())
    qtbot.waitUntil(lambda: len(made) == 2)
    assert made == ["第 3 页表格行高超过页面。没有写出文件。", "乙"]


def test_a_fault_of_the_program_ends_the_waiting(
    qtbot: QtBot, maker: PreviewMaker, printer: Printer, caplog: pytest.LogCaptureFixture
) -> None:
    made = collect(maker)
    printer.error = ValueError("no words of the data in the log")
    maker.order(order("甲"), Look())
    qtbot.waitUntil(lambda: bool(made))
    assert (made, maker.waiting) == ([None], False)
    assert "ValueError" in caplog.text
    assert "no words" not in caplog.text
