"""右栏：预览与它上方的一条；做不出来时说清原因，留着上一次的，变灰。"""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import QSize, Qt, QTimer, Signal
from PySide6.QtGui import QIntValidator, QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLineEdit, QPushButton, QStackedWidget, QWidget

from gui.exporting.page_layout import Fit, Zoom
from gui.exporting.pdf_pages import FoundOnPage, PdfPages
from gui.exporting.preview import PdfPreview
from gui.exporting.previewing import Preview
from gui.kit.announce import announce
from gui.kit.boxes import in_column
from gui.kit.empty_state import EmptyAction, EmptyState
from gui.kit.icons import icon
from gui.kit.message_bar import BarArea
from gui.kit.plain import button, label, plain_tip, restyle
from gui.kit.skeleton import Skeleton
from gui.kit.theme import theme
from gui.session.messages import Action, Bar
from gui.session.runner import SKELETON_AFTER, Runner, RunProgress

LEAST_ROOM, ROOM, SEARCH_ROOM, STATUS_ROOM = 460, 500, 240, 160
"""Widths at text size 1 of what is always there, of the search, and of the words on the preview."""
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
        self._found: tuple[FoundOnPage, ...] = ()
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

    def _take(self, pages: PdfPages, words: str, found: tuple[FoundOnPage, ...]) -> None:
        if pages is self.preview.pages and words == self.bar.searching:
            self._show_found(found)

    def _show_found(self, found: tuple[FoundOnPage, ...]) -> None:
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


def _find(pages: PdfPages, words: str, _: RunProgress) -> tuple[FoundOnPage, ...]:
    return pages.find(words)


class PreviewSearchLine(QLineEdit):
    """The field for what is looked for: Enter next, Shift+Enter the one before, Esc closes."""

    stepped = Signal(int)
    closed = Signal()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter, Shift+Enter and Esc."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.stepped.emit(-1 if event.modifiers() & Qt.KeyboardModifier.ShiftModifier else 1)
        elif event.key() == Qt.Key.Key_Escape:
            self.closed.emit()
        else:
            super().keyPressEvent(event)


class PreviewBar(QFrame):
    """``page_entered`` (from 1), ``page_stepped`` and ``zoom_stepped`` (1 or -1), ``zoom_chosen`` (a ``Zoom``),
    ``search_changed`` (the words), ``search_stepped`` (1 or -1), ``search_closed``.
    """

    page_entered = Signal(int)
    page_stepped = Signal(int)
    zoom_stepped = Signal(int)
    zoom_chosen = Signal(object)
    search_changed = Signal(str)
    search_stepped = Signal(int)
    search_closed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("FilterBar")
        self._page = 0
        self._look = "good"
        self.up_button = _small("chevron-up", "上一页（PgUp）", partial(self.page_stepped.emit, -1))
        self.down_button = _small("chevron-down", "下一页（PgDn）", partial(self.page_stepped.emit, 1))
        self.page_field = QLineEdit()
        self.page_field.setValidator(QIntValidator(0, 99_999, self))
        self.page_field.setAccessibleName("页码")
        self.page_field.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.page_field.editingFinished.connect(self._on_page_entered)
        self.count = label("/ 0 页", "secondary")
        self.out_button = _small("minus", "缩小（Ctrl+-）", partial(self.zoom_stepped.emit, -1))
        self.in_button = _small("plus", "放大（Ctrl++）", partial(self.zoom_stepped.emit, 1))
        self.width_button = button("适合页宽", partial(self.zoom_chosen.emit, Fit.WIDTH), small=True)
        self.width_button.setToolTip("Ctrl+0")
        self.whole_button = button("整页", partial(self.zoom_chosen.emit, Fit.PAGE), small=True)
        self.search_button = _small("search", "查找文字（Ctrl+F）", self.open_search)
        self.search = PreviewSearchLine()
        self.search.setPlaceholderText("在预览中查找")
        self.search.setAccessibleName("在预览中查找")
        self.search.textChanged.connect(self.search_changed)
        self.search.stepped.connect(self.search_stepped)
        self.search.closed.connect(self.close_search)
        self.found = label("", "caption")
        self.status = label("", "good")
        self._tick = label()
        self._tick.setPixmap(icon("check", "success").pixmap(QSize(16, 16)))
        self._tick.hide()
        self._lay_out()
        self.close_search()
        theme().changed.connect(self._style)
        self._style()
        self.show_page(0, 0)
        self.show_zoom(Fit.WIDTH, 1.0)

    def _lay_out(self) -> None:
        row = QHBoxLayout(self)
        row.setSizeConstraint(QHBoxLayout.SizeConstraint.SetNoConstraint)  # what does not fit is left out
        row.setContentsMargins(16, 0, 16, 0)
        row.setSpacing(8)
        pages: tuple[QWidget, ...] = (self.up_button, self.page_field, self.count, self.down_button)
        for widget in pages:
            row.addWidget(widget)
        sizes = (_divider(), self.out_button, self.width_button, self.in_button, self.whole_button)
        self._sizes: tuple[QWidget, ...] = sizes
        for widget in sizes:
            row.addWidget(widget)
        row.addWidget(_divider())
        for widget in (self.search_button, self.search, self.found):
            row.addWidget(widget)
        row.addStretch(1)
        row.addWidget(self._tick)
        row.addWidget(self.status)

    def _style(self) -> None:
        scale = theme().scale
        self._tick.setPixmap(icon("check", "success").pixmap(QSize(16, 16)))
        self.setFixedHeight(round(42 * scale))
        self.page_field.setFixedSize(round(46 * scale), round(28 * scale))
        self.page_field.setStyleSheet("min-height: 0; padding: 0 4px;")
        self.search.setFixedHeight(round(28 * scale))
        self.search.setStyleSheet("min-height: 0;")
        self.search.setMaximumWidth(round(200 * scale))
        self.width_button.setMinimumWidth(round(86 * scale))

    def _fit(self) -> None:
        """Leave out what a narrow window has no room for: the words on the preview, the sizes while searching."""
        width, searching = self.width() / theme().scale, self.search.isVisibleTo(self)
        needed = ROOM + (SEARCH_ROOM if searching else 0)
        for widget in self._sizes:
            widget.setVisible(width >= (needed if searching else LEAST_ROOM))
        said = bool(self.status.text())
        self.status.setVisible(
            said and (width >= needed + STATUS_ROOM or (self._look != "good" and not searching))
        )
        self._tick.setVisible(said and self._look == "good" and (width >= needed or searching))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Show what there is room for."""
        super().resizeEvent(event)
        self._fit()

    # page and size

    def show_page(self, page: int, count: int) -> None:
        """Show which page of how many is looked at."""
        self._page = page
        if not self.page_field.hasFocus() or not self.page_field.isModified():
            self.page_field.setText(str(page) if count else "")
        self.count.setText(f"/ {count} 页")
        self.up_button.setEnabled(page > 1)
        self.down_button.setEnabled(page < count)
        for widget in (
            self.page_field,
            self.out_button,
            self.in_button,
            self.width_button,
            self.whole_button,
        ):
            widget.setEnabled(count > 0)
        self.search_button.setEnabled(count > 0)

    def show_zoom(self, zoom: Zoom, factor: float) -> None:
        """Mark what was chosen; the size in per cent stands where 适合页宽 was."""
        percent = f"{round(factor * 100)}%"
        self.width_button.setText("适合页宽" if zoom is Fit.WIDTH else percent)
        restyle(self.width_button, "kind", "plain" if zoom is not Fit.WIDTH else "")
        restyle(self.whole_button, "kind", "" if zoom is Fit.PAGE else "plain")
        self.width_button.setAccessibleName(f"适合页宽，现在 {percent}")

    def _on_page_entered(self) -> None:
        if not self.page_field.isModified():
            return
        self.page_field.setModified(False)
        text = self.page_field.text()
        if text:
            self.page_entered.emit(int(text))
        self.page_field.setText(str(self._page))

    # status

    def show_status(self, words: str, look: str = "good") -> None:
        """Say how the preview stands; ``look`` is good, caption, warning or error."""
        restyle(self.status, "role", look)
        self._look = look
        self._tick.setToolTip(words)
        self._fit()
        self.status.setText(words)

    # searching

    def open_search(self) -> None:
        """Show the field and write in it."""
        self.search.show()
        self.found.show()
        self._fit()
        self.search.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.search.selectAll()

    def close_search(self) -> None:
        """Put the field away, and with it what was found."""
        had_focus = self.search.hasFocus()
        self.search.hide()
        self.found.hide()
        self.search.clear()
        self.show_found(0, -1)
        self._fit()
        if had_focus:
            self.search_closed.emit()

    @property
    def searching(self) -> str:
        """What is looked for; "" where nothing is."""
        return self.search.text()

    def show_found(self, count: int, current: int) -> None:
        """Say how often it was found, and which place is shown."""
        if not self.searching:
            self.found.setText("")
        else:
            self.found.setText(f"{current + 1}/{count}" if count else "没有找到")


def _small(icon_name: str, tip: str, clicked: partial[object] | object) -> QPushButton:
    made = button("", small=True)
    made.setIcon(icon(icon_name, "ink2"))
    made.setIconSize(QSize(16, 16))
    made.setToolTip(plain_tip(tip))
    made.setAccessibleName(tip)
    made.clicked.connect(clicked)
    return made


def _divider() -> QFrame:
    line = QFrame(objectName="Line")
    line.setFixedSize(1, 20)
    return line
