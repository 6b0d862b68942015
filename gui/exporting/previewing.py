"""预览怎样做出来：在后台，一次一份，过时的不要；第一眼看到的那页一起画好。"""

from __future__ import annotations

from functools import partial
from time import perf_counter
from typing import TYPE_CHECKING, NamedTuple, Protocol

from PySide6.QtCore import QObject, QSize, QTimer, Signal
from PySide6.QtGui import QImage

from exports.prints import Printed, PrintKind, PrintOptions
from gui.exporting.pdf_pages import PdfPages
from gui.session.plan_versions import CheckedYear
from gui.session.runner import Runner, RunProgress
from models.domain.errors import UserError
from models.domain.snapshot import YearSnapshot
from planners.results import YearCheck

if TYPE_CHECKING:
    from planners.release_changes import PlanChanges

AFTER_TYPING, AFTER_CHOICE = 250, 30
"""Milliseconds without another change before a print is made anew."""


class FirstLook(Protocol):
    """Which page of new pages will be looked at, and how many pixels it has."""

    def picture_size(self, pages: PdfPages) -> tuple[int, QSize]:
        """Page (from 0) and size."""


class PrintOrder(NamedTuple):
    """What is to be printed: the kind, the year's facts, the options; ``before`` is where a 变更通知 begins."""

    kind: PrintKind
    year: CheckedYear
    options: PrintOptions
    before: CheckedYear | None = None
    labels: tuple[str, str] = ("", "")


class Preview(NamedTuple):
    """A print that was made: its pages, the picture of the page that is looked at, what is to be seen first."""

    order: PrintOrder
    printed: Printed
    pages: PdfPages
    pictures: dict[int, QImage]
    concerns: tuple[str, ...]
    seconds: float


class PreviewMaker(QObject):
    """Makes the print that was ordered last. ``began``: one is under way; ``made`` carries a ``Preview``;
    ``failed`` the ``UserError``; ``broke``: it ended without either, the log says why.

    One print is made at a time; one ordered meanwhile begins when it ends, whose result is dropped.
    """

    began = Signal()
    made = Signal(object)
    failed = Signal(object)
    broke = Signal()

    def __init__(self, runner: Runner, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._runner = runner
        self._order: PrintOrder | None = None
        self._look: FirstLook | None = None
        self._busy = False
        self._number = 0
        self._answered = True
        self._timer = QTimer(self, singleShot=True)
        self._timer.timeout.connect(self._go_on)

    def order(self, order: PrintOrder, look: FirstLook, delay: int = 0) -> None:
        """Make ``order`` once ``delay`` ms have passed without another order."""
        self._order, self._look = order, look
        self._number += 1
        self._timer.start(delay)

    def forget(self) -> None:
        """Nothing is wanted any more; what is under way is dropped."""
        self._order = None
        self._number += 1
        self._timer.stop()

    @property
    def waiting(self) -> bool:
        """Whether a print is ordered or under way."""
        return self._busy or self._order is not None

    def _go_on(self) -> None:
        if self._busy or self._order is None or self._look is None:
            return
        order, look, number = self._order, self._look, self._number
        self._order = None
        self._busy, self._answered = True, False
        self.began.emit()
        work, done = partial(make_preview, order, look), partial(self._take, number)
        job = self._runner.run("做预览", work, done, quiet=True)
        job.ended.connect(self._on_ended)

    def _on_ended(self) -> None:
        self._busy = False
        QTimer.singleShot(0, self, self._settle)

    def _settle(self) -> None:
        """After the result was taken, or none came: on to what was ordered meanwhile."""
        if not self._answered:
            self._answered = True
            self.broke.emit()
        if self._order is not None and not self._timer.isActive():
            self._go_on()

    def _take(self, number: int, result: Preview | UserError) -> None:
        self._answered = True
        if number != self._number:
            return
        if isinstance(result, Preview):
            self.made.emit(result)
        else:
            self.failed.emit(result)


def make_preview(order: PrintOrder, look: FirstLook, _: RunProgress) -> Preview | UserError:
    """Print, proof and draw; a ``UserError`` is a result as well: it is shown where the pages are."""
    from exports.prints import concerns, make_print

    start = perf_counter()
    try:
        snapshot, check = order.year()
        changes = changes_of(order, snapshot, check)
        printed = make_print(order.kind, snapshot, check, order.options, changes=changes)
    except UserError as error:
        return error
    pages = PdfPages(printed.data)
    page, size = look.picture_size(pages)
    pictures = {page: pages.picture(page, size)}
    seen = concerns(order.kind, snapshot, check, order.options)
    return Preview(order, printed, pages, pictures, seen, perf_counter() - start)


def changes_of(order: PrintOrder, snapshot: YearSnapshot, check: YearCheck) -> PlanChanges | None:
    """What changed since the plan that the order begins at; None for a print without one."""
    if order.before is None:
        return None
    from planners.release_changes import plan_changes

    before, check_before = order.before()
    return plan_changes(before, snapshot, check_before, check, order.labels)
