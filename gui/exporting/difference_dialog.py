"""保存之前：原来那个文件将变成怎样。"""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from gui.kit.form import FormDialog


class DifferenceDialog(FormDialog):
    """Says what changes in the file that is there; it is replaced only when this is accepted."""

    def __init__(self, name: str, difference: str, parent: QWidget | None = None) -> None:
        super().__init__("改写日历文件", "改写", parent, width=480)
        self.add_heading(f"与现有的“{name}”相比")
        self.difference = self.add_words(difference, "strong")
        self.add_words(
            "按 UID 和序号比较。收件人的程序照这些更新；原有文件在新文件写好之后才被替换。", "secondary"
        )

    def accept_form(self) -> None:
        """Nothing to check: the answer is the button."""
