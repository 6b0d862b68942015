"""拟定一个季度的走进园区主题 (§2 每季度突出一个主题)。"""

from __future__ import annotations

from PySide6.QtWidgets import QLineEdit, QWidget

from gui.dialogs.form_dialog import FormDialog
from gui.operations.session import YearSession
from gui.plain import label
from models import commands
from models.domain.errors import CommandError


class QuarterThemeDialog(FormDialog):
    """One line of text: the quarter's theme."""

    def __init__(self, session: YearSession, quarter: int, parent: QWidget | None = None) -> None:
        name = f"{'一二三四'[quarter - 1]}季度"
        super().__init__(f"{name}走进园区主题", "确定主题", parent, width=480)
        self._session, self._quarter = session, quarter
        self.form.addRow(label("“每季度突出一个主题制定走进计划”（第2条）", "secondary", wrap=True))
        self.theme = QLineEdit(session.snapshot.year_row.quarter_themes[quarter - 1] or "")
        self.theme.setPlaceholderText("如 税费优惠与融资服务")
        self.add_row("主题", self.theme)
        self.theme.setFocus()

    def accept_form(self) -> None:
        """The quarter has its theme."""
        if not self.theme.text().strip():
            raise CommandError("请填写主题。")
        done = self._session.attempt(
            commands.set_quarter_theme, self._session.year, self._quarter, self.theme.text()
        )
        if done is not None:
            self._session.tell_done(done)
