"""自动排期的小窗：运行中的样子；没有算出来时，说清为什么、留下了什么、还能做什么。"""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QCloseEvent
from PySide6.QtWidgets import QDialog, QPlainTextEdit, QStackedLayout, QWidget

from gui.kit.announce import announce
from gui.kit.boxes import in_column, in_row
from gui.kit.message_bar import MessageBar
from gui.kit.plain import button, label
from gui.kit.theme import theme
from gui.planning.process import PlanningError
from gui.planning.running_pane import RunningPane
from gui.session.messages import Bar, error_words
from planners.proposals import Progress

WIDTH = 480


class PlanningDialog(QDialog):
    """Shows one run beside the window, which stays usable for reading.

    Closed or Esc while it runs: ``cancel_requested``. After a failure it stays, with ``retry_requested``,
    ``conditions_requested`` and ``diagnosis_requested``.
    """

    stop_requested = Signal()
    cancel_requested = Signal()
    retry_requested = Signal()
    conditions_requested = Signal()
    diagnosis_requested = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle("自动排期")
        self.setModal(False)
        self.pane = RunningPane()
        self.pane.stop_requested.connect(self.stop_requested)
        self.pane.cancel_requested.connect(self.cancel_requested)
        self.failure: FailurePane | None = None
        self._pages = QStackedLayout(self)
        self._pages.addWidget(self.pane)
        self.resize(round(WIDTH * theme().scale), self.pane.sizeHint().height())
        self.pane.stop_button.setFocus(Qt.FocusReason.OtherFocusReason)

    def show_progress(self, progress: Progress) -> None:
        """Show how far the run is now."""
        self.pane.show_progress(progress)

    def show_failure(self, error: PlanningError) -> None:
        """The run ended without a proposal: say why and what was kept, and offer what can be done."""
        self.pane.end()
        self.failure = FailurePane(error, self.pane.stopped_at)
        self.failure.close_button.clicked.connect(self.close)
        self.failure.retry_button.clicked.connect(self.retry_requested)
        self.failure.conditions_button.clicked.connect(self.conditions_requested)
        self.failure.diagnosis_button.clicked.connect(self.diagnosis_requested)
        self._pages.addWidget(self.failure)
        self._pages.setCurrentWidget(self.failure)
        width = self.width()
        self.resize(width, max(self.failure.sizeHint().height(), self.failure.heightForWidth(width)))
        self.failure.retry_button.setFocus(Qt.FocusReason.OtherFocusReason)
        announce(self, error_words(error))

    def finish(self) -> None:
        """Go away without asking for anything."""
        self.pane.end()
        self.hide()
        self.deleteLater()

    def reject(self) -> None:
        """Esc: as the cross of the window."""
        self.close()

    def closeEvent(self, event: QCloseEvent) -> None:
        """While it runs, the run is cancelled; afterwards the dialog goes."""
        if self.failure is None:
            event.ignore()
            self.cancel_requested.emit()
            return
        super().closeEvent(event)
        self.deleteLater()


class FailurePane(QWidget):
    """Why there is no proposal. What was found is not lost where it could be kept; the plan is untouched."""

    def __init__(self, error: PlanningError, stopped_at: str) -> None:
        super().__init__()
        self.close_button = button("关闭")
        self.diagnosis_button = button("导出诊断…")
        self.conditions_button = button("调整条件…")
        self.retry_button = button("再试一次", kind="primary")
        self.bar = MessageBar(Bar("danger", error_words(error), closable=False))
        self._lay_out(stopped_at, error.trace)

    def _lay_out(self, stopped_at: str, trace: str) -> None:
        buttons = in_row(
            self.diagnosis_button,
            None,
            self.close_button,
            self.conditions_button,
            self.retry_button,
            spacing=8,
        )
        column = in_column(
            label("没有算出方案", "heading"),
            self.bar,
            label(stopped_at, "secondary", wrap=True),
            inside=self,
            margins=(24, 18, 24, 18),
            spacing=10,
        )
        if trace:
            column.addWidget(label("出错的位置（不含任何活动内容）：", "caption"))
            places = QPlainTextEdit(trace)
            places.setReadOnly(True)
            places.setTabChangesFocus(True)
            places.setAccessibleName("出错的位置")
            places.setFixedHeight(round(96 * theme().scale))
            column.addWidget(places)
        column.addStretch(1)
        column.addLayout(buttons)
