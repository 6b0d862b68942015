"""拟定一个季度的走进园区主题 (§2 每季度突出一个主题)。"""

from __future__ import annotations

from PySide6.QtWidgets import QLineEdit, QWidget

from gui.dialogs.form import FormDialog
from gui.operations.session import YearSession
from models import commands
from models.domain.errors import CommandError
from models.domain.events import Campaign


class QuarterThemeDialog(FormDialog):
    """One line of text: the quarter's theme."""

    def __init__(self, session: YearSession, quarter: int, parent: QWidget | None = None) -> None:
        name = f"{'一二三四'[quarter - 1]}季度走进园区主题"
        super().__init__(name, "确定主题", parent, width=520)
        self._session, self._quarter = session, quarter
        self.add_heading(name, Campaign.PARK)
        rule = session.ruleset.rule("park.quarterly")
        self.add_quote(rule.quote, rule.clause)
        self.theme = QLineEdit(session.snapshot.year_row.quarter_themes[quarter - 1] or "")
        self.theme.setPlaceholderText("如 税费优惠与融资服务")
        self._row = self.add_row("主题", self.theme)
        self.theme.setFocus()

    def accept_form(self) -> None:
        """The quarter has its theme."""
        if not self.theme.text().strip():
            self._row.say("请填写主题")
            raise CommandError("还没有填写主题。")
        done = self._session.attempt(
            commands.set_quarter_theme, self._session.year, self._quarter, self.theme.text()
        )
        if done is not None and done.changes:
            self._session.tell_done(done)
