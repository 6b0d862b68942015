"""导出打印的版面：页头两个按钮，左边种类与最近导出，中间选项，右边预览或摘要。"""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QSplitter, QStackedWidget, QVBoxLayout, QWidget

from gui.exporting.kinds_list import KindsList
from gui.exporting.option_column import OptionColumn
from gui.exporting.preview_pane import PreviewPane
from gui.exporting.recent_list import RecentList
from gui.exporting.summary_pane import SummaryPane
from gui.kit.icons import icon
from gui.kit.page_head import PageHead
from gui.kit.plain import button, restyle
from gui.kit.side_drawer import side_width
from gui.kit.theme import theme
from gui.session.runner import Runner

TALL, ROOMY = 700, 1500
KINDS_WIDTH, NARROW_KINDS, LEAST_KINDS = 264, 206, 180
OPTIONS_WIDTH, NARROW_OPTIONS, LEAST_OPTIONS = 372, 312, 296


class ExportPanes(QWidget):
    """The parts of the page, where the present size wants them."""

    save_clicked = Signal()
    print_clicked = Signal()

    def __init__(self, runner: Runner, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.save_button = button("", self.save_clicked.emit)
        self.print_button = button("打印…", self.print_clicked.emit, kind="primary", icon_name="printer")
        self.save_button.setToolTip("Ctrl+Shift+P")
        self.print_button.setToolTip("Ctrl+P")
        self._splitter = QSplitter(Qt.Orientation.Horizontal, self, childrenCollapsible=False, handleWidth=1)
        self._left = QFrame(self._splitter, objectName="RulesClauses")
        self.kinds = KindsList(self._left)
        self.recent = RecentList()
        self.column = OptionColumn(self._splitter)
        self._right = QStackedWidget(self._splitter)
        self.pane = PreviewPane(runner, self._right)
        self.summary = SummaryPane(self._right)
        self._lay_out()
        self.show_print()
        theme().changed.connect(self._on_theme_changed)

    def _lay_out(self) -> None:
        self._header = PageHead("导出与打印")
        self._header.add(None, self.save_button, self.print_button)
        left = QVBoxLayout(self._left)
        left.setContentsMargins(0, 6, 0, 0)
        left.setSpacing(0)
        left.addWidget(self.kinds, 1)
        left.addWidget(self.recent)
        self._right.addWidget(self.pane)
        self._right.addWidget(self.summary)
        self._splitter.setStretchFactor(2, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self._header)
        column.addWidget(self._splitter, 1)

    def show_print(self) -> None:
        """A print is shown: its pages, and both buttons."""
        self._right.setCurrentWidget(self.pane)
        self._show_save("另存为 PDF…", primary=False)
        self.print_button.show()

    def show_data(self, save_words: str) -> None:
        """Data are shown: the summary, and one button."""
        self._right.setCurrentWidget(self.summary)
        self._show_save(save_words, primary=True)
        self.print_button.hide()

    def _show_save(self, words: str, *, primary: bool) -> None:
        self.save_button.setText(words)
        self.save_button.setIcon(icon("download", "onPrimary" if primary else "ink"))
        restyle(self.save_button, "kind", "primary" if primary else "")

    def allow(self, *, ready: bool) -> None:
        """Whether there is something to save and to print."""
        self.save_button.setEnabled(ready)
        self.print_button.setEnabled(ready)

    def _fit(self) -> None:
        self._header.setFixedHeight(round((56 if self.height() >= TALL else 50) * theme().scale))
        roomy = self.width() >= ROOMY
        left = side_width(KINDS_WIDTH if roomy else NARROW_KINDS)
        middle = side_width(OPTIONS_WIDTH if roomy else NARROW_OPTIONS)
        self._left.setMinimumWidth(side_width(LEAST_KINDS))
        self.column.setMinimumWidth(side_width(LEAST_OPTIONS))
        for widget, width in ((self._left, left), (self.column, middle)):
            widget.setMaximumWidth(round(width * 1.5))
        self._splitter.setSizes([left, middle, max(self.width() - left - middle, 300)])

    def _on_theme_changed(self) -> None:
        self._fit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Columns as wide as the window allows."""
        super().resizeEvent(event)
        if event.size() != event.oldSize():
            self._fit()
