"""露出电话或姓名的导出：先确认，再离开。"""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import QWidget

from gui.kit.form import FormDialog

LOGGED = "这次导出会记入导出记录（时间、用户、名称）。"
NOT_LOGGED = "数据文件只读，这次导出不会记入导出记录。"


class UnmaskedDialog(FormDialog):
    """Asks whether telephone numbers or names may leave; nothing leaves unless it is accepted."""

    def __init__(
        self, words: str, shown: Sequence[str], *, logged: bool, parent: QWidget | None = None
    ) -> None:
        super().__init__("确认露出个人信息", "确认导出", parent, width=480)
        self.add_heading(f"“{words}”将露出个人信息")
        self.words = (
            f"没有隐去：{'、'.join(shown)}。",
            "收到文件或纸张的人都能看到。只在工作必需时这样做，用后收回或销毁。",
            LOGGED if logged else NOT_LOGGED,
        )
        for line, role in zip(self.words, ("", "secondary", "caption"), strict=True):
            self.add_words(line, role)
        self.back_button.setFocus()

    def accept_form(self) -> None:
        """Nothing to check: the answer is the button."""
