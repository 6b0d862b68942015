"""右栏：预览与它上方的一条；做不出来时说清原因，留着上一次的，变灰。"""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QStackedWidget, QWidget

from gui.exporting.pdf_pages import FoundText, PdfPages
from gui.exporting.preview import PdfPreview
from gui.exporting.preview_bar import PreviewBar
from gui.exporting.previewing import Preview
from gui.kit.announce import announce
from gui.kit.boxes import in_column
from gui.kit.empty_state import EmptyAction, EmptyState
from gui.kit.message_bar import BarArea
from gui.kit.skeleton import Skeleton
from gui.session.messages import Action, Bar
from gui.session.runner import SKELETON_AFTER, Runner, RunProgress

SEARCH_AFTER = 150
TOPIC = "preview"


class PreviewPane(QWidget):
    """Shows one ``Preview`` after the other, or in words why there is none."""

    def __init__(self, runner: Runner, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._runner = runner
        self.bar = PreviewBar()
        self.bars = BarArea()
        self.stack = QStackedWidget(self)
        self.preview = PdfPreview(runner, self.stack)
        self.empty = EmptyState()
        self.skeleton = Skeleton(6, "正在做预览……")
        waiting = QWidget()
        in_column(self.skeleton, None, inside=waiting, margins=40)
        self._waiting = waiting
        for widget in (self.preview, self.empty, waiting):
            self.stack.addWidget(widget)
        in_column(self.bar, self.bars, (self.stack, 1), inside=self, margins=0, spacing=0)
        self._slow = QTimer(self, singleShot=True, interval=SKELETON_AFTER)
        self._slow.timeout.connect(self._show_waiting)
        self._search = QTimer(self, singleShot=True, interval=SEARCH_AFTER)
        self._search.timeout.connect(self._look_for)
        self._found: tuple[FoundText, ...] = ()
        self._current = -1
        self._connect()

    def _connect(self) -> None:
        bar, preview = self.bar, self.preview
        bar.page_entered.connect(preview.go_to_page)
        bar.page_stepped.connect(preview.step_page)
        bar.zoom_stepped.connect(preview.step_zoom)
        bar.zoom_chosen.connect(preview.choose_zoom)
        bar.search_changed.connect(self._on_search_changed)
        bar.search_stepped.connect(self._step_found)
        bar.search_closed.connect(preview.setFocus)
        preview.page_changed.connect(self._on_page_changed)
        preview.zoom_changed.connect(self._on_zoom_changed)

    # what is shown

    def show_preview(self, made: Preview) -> None:
        """Show a new print at the place of the one before."""
        self._slow.stop()
        self.bars.withdraw(TOPIC)
        self.stack.setCurrentWidget(self.preview)
        self.preview.show_pages(made.pages, made.pictures)
        self._on_zoom_changed()
        self.bar.show_status(f"预览已更新 · {max(made.seconds, 0.1):.1f} 秒")
        self._found, self._current = (), -1
        if self.bar.searching:
            self._look_for()

    def show_under_way(self) -> None:
        """A new print is being made: what is shown is the one before."""
        self.bar.show_status("正在更新预览……", "caption")
        if self.preview.pages is None:
            self._slow.start()

    def _show_waiting(self) -> None:
        if self.preview.pages is None:
            self.stack.setCurrentWidget(self._waiting)

    def show_error(self, words: str, actions: Sequence[Action] = ()) -> None:
        """Say why the print could not be made; the last one stays, greyed out."""
        self._slow.stop()
        self.preview.show_stale(stale=True)
        if self.preview.pages is None:
            self.empty.show_words("search", "没有做成预览", ("原因见上。",))
            self.stack.setCurrentWidget(self.empty)
        self.bar.show_status("预览不是最新的" if self.preview.pages else "", "warning")
        self.bars.show_bar(Bar("danger", words, tuple(actions), TOPIC, closable=False))
        announce(self, words)

    def show_empty(self, title: str, lines: Sequence[str], actions: Sequence[EmptyAction] = ()) -> None:
        """Say that there is nothing to print, and what can be done."""
        self.forget()
        self.empty.show_words("calendar", title, lines, actions)
        self.stack.setCurrentWidget(self.empty)

    def forget(self) -> None:
        """What was shown was another print: begin with page 1, keep the size."""
        self._slow.stop()
        self.bars.withdraw(TOPIC)
        self.bar.show_status("")
        self.preview.show_nothing()
        self.bar.show_page(0, 0)
        self._found, self._current = (), -1
        self.bar.show_found(0, -1)

    def _on_page_changed(self, page: int) -> None:
        self.bar.show_page(page, self.preview.count)

    def _on_zoom_changed(self) -> None:
        self.bar.show_zoom(self.preview.zoom, self.preview.factor)

    # searching

    def open_search(self) -> None:
        """Write what is looked for."""
        if self.preview.pages is not None:
            self.bar.open_search()

    def _on_search_changed(self) -> None:
        self._search.start()

    def _look_for(self) -> None:
        pages, words = self.preview.pages, self.bar.searching
        if pages is None or not words.strip():
            self._show_found(())
            return
        self._runner.run("查找", partial(_find, pages, words), partial(self._take, pages, words), quiet=True)

    def _take(self, pages: PdfPages, words: str, found: tuple[FoundText, ...]) -> None:
        if pages is self.preview.pages and words == self.bar.searching:
            self._show_found(found)

    def _show_found(self, found: tuple[FoundText, ...]) -> None:
        """Begin at the page that is looked at."""
        page = self.preview.page - 1
        ahead = (number for number, place in enumerate(found) if place.page >= page)
        self._found = found
        self._current = next(ahead, 0) if found else -1
        self._show_current()

    def _step_found(self, step: int) -> None:
        if self._found:
            self._current = (self._current + step) % len(self._found)
            self._show_current()

    def _show_current(self) -> None:
        self.bar.show_found(len(self._found), self._current)
        self.preview.show_found(self._found, self._current)

    @property
    def found(self) -> tuple[int, int]:
        """How many places were found, and which is shown (from 0)."""
        return len(self._found), self._current


def _find(pages: PdfPages, words: str, _: RunProgress) -> tuple[FoundText, ...]:
    return pages.find(words)
