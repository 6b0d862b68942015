"""程序出错：说清影响，给出可复制的诊断信息。"""

from __future__ import annotations

from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QDialog, QHBoxLayout, QPlainTextEdit, QVBoxLayout, QWidget

from gui.plain import button, label


class BugDialog(QDialog):
    """Details of an unexpected error; they hold places in the program, no data."""

    def __init__(self, details: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle("程序出错")
        self._details = details
        words = (
            "这一步没有做完。此前保存的内容都在，可以继续使用；若再次出现，请把下面的诊断信息发给维护人员。"
        )
        text = QPlainTextEdit(details)
        text.setReadOnly(True)
        row = QHBoxLayout()
        row.addWidget(button("复制诊断信息", self.copy))
        row.addStretch(1)
        row.addWidget(button("继续", self.accept, kind="primary"))
        layout = QVBoxLayout(self)
        layout.addWidget(label(words, wrap=True))
        layout.addWidget(text, 1)
        layout.addLayout(row)
        self.resize(640, 360)

    def copy(self) -> None:
        """Put the details on the clipboard."""
        QGuiApplication.clipboard().setText(self._details)
