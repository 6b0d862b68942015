"""程序出错：说清影响，给出可复制的诊断信息。"""

from __future__ import annotations

from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QPlainTextEdit, QWidget

from gui.kit.form import FormDialog
from gui.kit.plain import button


class BugDialog(FormDialog):
    """Details of an unexpected error; they hold places in the program, no data."""

    def __init__(self, details: str, parent: QWidget | None = None) -> None:
        super().__init__("程序出错", "继续使用", parent, width=660)
        self._details = details
        self.back_button.hide()
        self.add_heading("这一步没有做完")
        self.add_words("此前保存的内容都在，可以继续使用。若再次出现，请把诊断信息发给维护人员。")
        self.text = QPlainTextEdit(details)
        self.text.setReadOnly(True)
        self.text.setAccessibleName("诊断信息")
        self.text.setMinimumHeight(180)
        self.add_widget(self.text)
        self.add_words("诊断信息只写程序里的位置，不含活动、单位和人员的内容。", "caption")
        self.add_left_button(button("复制诊断信息", self.copy))

    def copy(self) -> None:
        """Put the details on the clipboard."""
        QGuiApplication.clipboard().setText(self._details)

    def accept_form(self) -> None:
        """Nothing more is to be done."""
