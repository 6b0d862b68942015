"""对话框的脚：采纳后算已排还是草拟，取消、全部采纳、采纳勾选的几项；不成时在这里说。"""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QFrame, QHBoxLayout, QVBoxLayout

from gui.kit.plain import button, label


class ProposalFoot(QFrame):
    """Fixed below everything; its signals ask, the dialog does."""

    planned_toggled = Signal(bool)
    cancelled = Signal()
    all_accepted = Signal()
    ticked_accepted = Signal()

    def __init__(self) -> None:
        super().__init__(objectName="ProposalFoot")
        self._compact, self._choosing = False, True
        self.planned_box = QCheckBox("采纳后标为“已排”，待逐一确认")
        self.planned_box.setChecked(True)
        self.planned_box.setToolTip("不勾选则为“草拟”，不计入满足或已排")
        self.planned_box.toggled.connect(self._on_planned)
        self._note = label("全部改动合为一步，可 Ctrl+Z 撤销", "caption")
        self.cancel_button = button("取消", self._on_cancel)
        self.all_button = button("全部采纳", self._on_all)
        self.accept_button = button("采纳", self._on_ticked, kind="primary", icon_name="check")
        self.accept_button.setToolTip("Ctrl+Enter")
        self.refusal = label("", "error", wrap=True)
        self.refusal.hide()
        row = QHBoxLayout()
        row.setSpacing(10)
        row.addWidget(self.planned_box)
        row.addStretch(1)
        row.addWidget(self._note)
        for made in (self.cancel_button, self.all_button, self.accept_button):
            row.addWidget(made)
        column = self._column = QVBoxLayout(self)
        column.setContentsMargins(24, 10, 24, 10)
        column.setSpacing(6)
        column.addWidget(self.refusal)
        column.addLayout(row)

    def show_counts(self, ticked: int, acceptable: int, *, can_change: bool, given: str = "") -> None:
        """Say on the buttons how many entries they accept; ``given``: what is done with them, or without any."""
        self.all_button.setText(f"全部采纳（{acceptable}）")
        words = f"采纳勾选的 {ticked} 项"
        if given:
            words = f"更新并{words}" if ticked else f"只{given}"
        self.accept_button.setText(words)
        self.accept_button.setToolTip(f"{given}，Ctrl+Enter" if given else "Ctrl+Enter")
        self.all_button.setEnabled(acceptable > 0 and can_change)
        self.accept_button.setEnabled((ticked > 0 or bool(given)) and can_change)

    def set_compact(self, *, compact: bool, narrow: bool) -> None:
        """Shorter words, for small windows."""
        self.planned_box.setText("采纳后标为“已排”" if compact else "采纳后标为“已排”，待逐一确认")
        self._compact = compact
        self._show_note()
        self._note.setVisible(self._choosing and not narrow)
        self._column.setContentsMargins(*((18, 7, 18, 7) if compact else (24, 10, 24, 10)))

    def _show_note(self) -> None:
        """What the step will be: undone as one, and drafts count nowhere."""
        undone = "可 Ctrl+Z 撤销" if self._compact else "全部改动合为一步，可 Ctrl+Z 撤销"
        planned = self.planned_box.isChecked()
        self._note.setText(undone if planned else "将作为“草拟”，不计入；可 Ctrl+Z 撤销")

    def _on_planned(self, on: bool) -> None:  # noqa: FBT001
        self._show_note()
        self.planned_toggled.emit(on)

    def set_choosing(self, *, choosing: bool) -> None:
        """Without entries there is only 关闭."""
        self._choosing = choosing
        for widget in (self.planned_box, self._note, self.all_button, self.accept_button):
            widget.setVisible(choosing)
        if not choosing:
            self.cancel_button.setText("关闭")

    def refuse(self, words: str) -> None:
        """Say why nothing was accepted; "" takes the words away."""
        self.refusal.setText(words)
        self.refusal.setVisible(bool(words))

    def _on_cancel(self) -> None:
        self.cancelled.emit()

    def _on_all(self) -> None:
        self.all_accepted.emit()

    def _on_ticked(self) -> None:
        self.ticked_accepted.emit()
