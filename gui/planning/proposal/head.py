"""对话框的头：标题、小结、范围、调整条件；也是拖动它的把手。"""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QSizePolicy

from gui.kit.elided import ElidedLabel
from gui.kit.icons import icon
from gui.kit.plain import button, label, restyle, tool_button


class ProposalHead(QFrame):
    """Title, summary and scope at the top; ``matrices_toggled`` says whether they are to be shown."""

    conditions_requested = Signal()
    close_requested = Signal()
    matrices_toggled = Signal(bool)

    def __init__(self, title: str, scope: str) -> None:
        super().__init__(objectName="ProposalHead")
        self.title = label(title, "page")
        self.summary = ElidedLabel("", "secondary")
        self.scope = ElidedLabel(scope, "caption")
        self.matrices_button = button("显示前后对照", self._on_toggle, small=True, icon_name="chevron-down")
        self.matrices_button.setCheckable(True)
        self.conditions_button = button("调整条件…", self._on_conditions, small=True, icon_name="gear")
        self.close_button = tool_button("close", "关闭", self._on_close)
        self.close_button.setIcon(icon("close", "primary"))
        self.scope.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Preferred)
        self.scope.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        row = self._row = QHBoxLayout(self)
        row.setContentsMargins(24, 9, 18, 9)
        row.setSpacing(10)
        row.addWidget(self.title)
        row.addWidget(self.summary, 1)
        row.addWidget(self.scope)
        row.addWidget(self.matrices_button)
        row.addWidget(self.conditions_button)
        row.addWidget(self.close_button)

    def show_summary(self, words: str, tip: str, *, instead: bool = False) -> None:
        """Say what the proposal does; ``tip`` holds how it came about. ``instead``: of the matrices."""
        restyle(self.summary, "role", "count" if instead else "secondary")
        self.summary.show_text(words, tip)

    def set_compact(self, *, compact: bool) -> None:
        """Smaller, with a button for the matrices and without the scope."""
        restyle(self.title, "role", "panel" if compact else "page")
        self.scope.setVisible(not compact)
        self.matrices_button.setVisible(compact)
        self._row.setContentsMargins(*((18, 6, 12, 6) if compact else (24, 9, 18, 9)))

    def show_matrices_state(self, *, shown: bool) -> None:
        """Say what the button would do."""
        self.matrices_button.setChecked(shown)
        self.matrices_button.setText("收起前后对照" if shown else "显示前后对照")
        self.matrices_button.setIcon(icon("chevron-up" if shown else "chevron-down"))

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Drag the dialog by its head."""
        handle = self.window().windowHandle()
        if event.button() is Qt.MouseButton.LeftButton and handle is not None:
            handle.startSystemMove()

    def _on_toggle(self) -> None:
        self.matrices_toggled.emit(self.matrices_button.isChecked())

    def _on_conditions(self) -> None:
        self.conditions_requested.emit()

    def _on_close(self) -> None:
        self.close_requested.emit()
