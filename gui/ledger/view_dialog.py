"""给台账的视图起个名字。"""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import QLineEdit, QWidget

from gui.kit.form import FormDialog
from gui.services.ledger_memory import LONGEST_NAME
from models.domain.errors import CommandError


class ViewNameDialog(FormDialog):
    """Asks for the name of a view; ``name`` is the answer. An old name is taken over."""

    def __init__(self, words: str, known: Sequence[str], parent: QWidget | None = None) -> None:
        super().__init__("保存视图", "保存", parent, width=460)
        self._known = tuple(known)
        self.name = ""
        self.add_heading("把现在的筛选存为视图")
        self.add_words(words, "secondary")
        self.edit = QLineEdit()
        self.edit.setMaxLength(LONGEST_NAME)
        self.edit.setPlaceholderText("如 待确认的校区活动")
        self._row = self.add_row("名字", self.edit)
        self.edit.textChanged.connect(self._on_changed)
        self.edit.returnPressed.connect(self.accept_button.click)
        self.edit.setFocus()

    def _on_changed(self, text: str) -> None:
        taken = text.strip() in self._known
        self._row.say("已有这个名字，保存后换成现在的筛选" if taken else "", "warning")

    def accept_form(self) -> None:
        """``name`` is what was typed."""
        if not self.edit.text().strip():
            self._row.say("请填写名字")
            raise CommandError("还没有填写名字。")
        self.name = self.edit.text().strip()
