"""导出打印的版面：页头两个按钮，左边种类与最近导出，中间选项，右边预览或摘要。"""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import (
    QFrame,
    QSizePolicy,
    QSplitter,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from gui.exporting.data_options import ExportSummary
from gui.exporting.kinds import KindsList
from gui.exporting.preview_pane import PreviewPane
from gui.exporting.recent_list import RecentList
from gui.kit.boxes import in_column, in_row, take_out
from gui.kit.icons import IconSign, icon
from gui.kit.page_head import PageHead
from gui.kit.plain import button, label, restyle
from gui.kit.row_table import SummaryTable
from gui.kit.scrolling import ScrolledColumn, WheelGuard
from gui.kit.side_drawer import side_width
from gui.kit.theme import theme
from gui.session.runner import Runner

WIDEST = 1160
LEAST_ROWS_SEEN, MOST_ROWS_SEEN = 6, 24
AROUND = 210
"""Height at text size 1 of what stands above and below the table."""
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
        theme().changed.connect(self._fit)

    def _lay_out(self) -> None:
        self._header = PageHead("导出与打印")
        self._header.add(None, self.save_button, self.print_button)
        in_column((self.kinds, 1), self.recent, inside=self._left, margins=(0, 6, 0, 0), spacing=0)
        self._right.addWidget(self.pane)
        self._right.addWidget(self.summary)
        self._splitter.setStretchFactor(2, 1)
        in_column(self._header, (self._splitter, 1), inside=self, margins=0, spacing=0)

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

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Columns as wide as the window allows."""
        super().resizeEvent(event)
        if event.size() != event.oldSize():
            self._fit()


class OptionColumn(QFrame):
    """Holds the form of one kind at a time. ``defaults_wanted``: everything as it is usually."""

    defaults_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent, objectName="ExportOptions")
        self.title = label("", "heading")
        self.defaults_button = button("恢复默认", self.defaults_wanted.emit, kind="flat", small=True)
        self.area = ScrolledColumn(self)
        self._inside = QVBoxLayout(self.area.body)
        self._inside.setContentsMargins(16, 8, 14, 12)
        self._wheel = WheelGuard(self)
        self.foot = Concerns()
        self.form: QWidget | None = None
        head = in_row((self.title, 1), self.defaults_button, margins=(16, 12, 10, 4))
        in_column(head, (self.area, 1), self.foot, inside=self, margins=0, spacing=0)

    def show_form(self, title: str, form: QWidget) -> None:
        """Show ``form`` in the place of the one before, which is gone afterwards."""
        self.title.setText(title)
        form.setAutoFillBackground(False)
        if self.form is not None:
            take_out(self._inside, self.form)
        self._inside.addWidget(form)
        self.area.verticalScrollBar().setValue(0)
        self.form = form
        self._wheel.guard(form)
        self.foot.show_words(())

    def controls(self) -> list[QWidget]:
        """The controls of the form that the keyboard can go to, in order."""
        found = self.form.findChildren(QWidget) if self.form is not None else []
        return [one for one in found if one.isVisible() and one.isEnabled() and _takes_keys(one)]


def _takes_keys(widget: QWidget) -> bool:
    return widget.focusPolicy() & Qt.FocusPolicy.TabFocus == Qt.FocusPolicy.TabFocus


class Concerns(QFrame):
    """What is to be seen before it leaves; takes no room where there is nothing."""

    def __init__(self) -> None:
        super().__init__(objectName="Footer")
        self._words = label("", "warning", wrap=True)
        self._words.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        in_row(
            (IconSign("triangle-warn", "warning", 18), 0, Qt.AlignmentFlag.AlignTop),
            (self._words, 1),
            inside=self,
            margins=(16, 10, 14, 10),
            spacing=8,
        )
        self.hide()

    def show_words(self, words: Sequence[str]) -> None:
        """Show them one below the other."""
        self._words.setText("\n".join(words))
        self._words.setAccessibleName("；".join(words))
        self.setVisible(bool(words))

    @property
    def text(self) -> str:
        """What is shown."""
        return self._words.text()


class SummaryPane(ScrolledColumn):
    """Shows an ``ExportSummary``."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent, body_name="FindingsContent")
        self.setObjectName("FindingsPane")
        self.setFrameShape(QFrame.Shape.NoFrame)
        self._title = label("", "heading", wrap=True)
        self._lines = label("", "", wrap=True)
        self._more = label("", "caption")
        card = QFrame(self.body, objectName="Card")
        self.table = SummaryTable("将要写出的内容", card)
        self.table.setAlternatingRowColors(True)
        card.setMaximumWidth(WIDEST)
        in_column(
            self._title,
            self._lines,
            self.table,
            self._more,
            inside=card,
            margins=(24, 18, 24, 20),
            spacing=10,
        )
        in_column((card, 0), None, inside=self.body, margins=24)

    def show_summary(self, summary: ExportSummary) -> None:
        """Show it."""
        self._title.setText(summary.title)
        self._lines.setText("\n".join(summary.lines))
        self._lines.setVisible(bool(summary.lines))
        self._more.setText(f"另有 {summary.more} 行" if summary.more else "")
        self._more.setVisible(bool(summary.more))
        self.table.setVisible(bool(summary.rows))
        self.table.show_rows(summary.heads, summary.rows)
        self._fit_table()

    @property
    def texts(self) -> tuple[str, str]:
        """Heading and lines."""
        return self._title.text(), self._lines.text()

    def _fit_table(self) -> None:
        """As many rows as the window has room for; the others are scrolled to inside the table."""
        height = self.table.verticalHeader().defaultSectionSize()
        room = int((self.height() - AROUND * theme().scale) // height)
        seen = min(self.table.rowCount(), max(min(room, MOST_ROWS_SEEN), LEAST_ROWS_SEEN))
        self.table.setFixedHeight(seen * height + self.table.horizontalHeader().sizeHint().height() + 4)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Show more rows or fewer."""
        super().resizeEvent(event)
        self._fit_table()
