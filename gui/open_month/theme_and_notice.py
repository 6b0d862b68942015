"""开放月的主题与公布：主题、活动表定于哪天公布、实际哪天公布。"""

from __future__ import annotations

from datetime import date

from PySide6.QtWidgets import QLineEdit, QWidget

from gui.kit.form import FormDialog
from gui.kit.optional_day import OptionalDay
from gui.session.year_session import YearSession
from models import commands
from models.domain.errors import CommandError
from models.domain.events import Campaign
from planners.deadline_items import OPEN_MONTH_NOTICE, OPEN_MONTH_NOTICED
from planners.open_month import THEME, open_month

LONGEST_THEME = 60


class OpenMonthDialog(FormDialog):
    """Theme, day of the notice and day of publication; one step."""

    def __init__(self, session: YearSession, parent: QWidget | None = None) -> None:
        super().__init__("开放月主题与公布", "保存", parent, width=560)
        self._session = session
        month = open_month(session.snapshot, session.check)
        self.add_heading(f"{session.year}年政府开放月", Campaign.OPEN_MONTH)
        rule = next(iter(session.ruleset.counting(Campaign.OPEN_MONTH)), None)
        if rule is not None:
            self.add_quote(rule.quote, rule.clause)
        self.theme = QLineEdit(month.theme, maxLength=LONGEST_THEME)
        self.theme.setPlaceholderText("如 家门口的政府，看得见的服务")
        self.add_row("年度主题", self.theme)
        self.due = OptionalDay("定了公布日", month.notice_due, date(session.year, 7, 20))
        self._due_row = self.add_row("计划公布", self.due)
        self.published = OptionalDay("已经公布", month.notice_done, session.today)
        self._done_row = self.add_row("实际公布", self.published)
        self.add_words("公布日进入期限清单与日历；日期未定的活动在公示表上注明“（暂定）”。", "caption")
        if month.tentative:
            self.add_words(f"现有 {month.tentative} 场日期暂定。", "warning")
        for box in (self.due, self.published):
            box.changed.connect(self._look_again)
        self._look_again()
        self.keep_drafts(session)
        self.theme.setFocus()

    def _look_again(self) -> None:
        due, done = self.due.value(), self.published.value()
        august = date(self._session.year, 8, 1)
        self._due_row.say("已到8月，公众来不及报名" if due and due >= august else "", "warning")
        late = bool(due and done and done > due)
        self._done_row.say("晚于计划公布日" if late else "", "warning")

    def accept_form(self) -> None:
        """The year has theme and days as entered."""
        done = self.published.value()
        if done and done > self._session.today:
            raise CommandError("实际公布日还没有到。", "没有保存。", "请在公布之后登记，或填在“计划公布”。")
        due = self.due.value()
        values = {
            THEME: self.theme.text().strip() or None,
            OPEN_MONTH_NOTICE: due.isoformat() if due else None,
            OPEN_MONTH_NOTICED: done.isoformat() if done else None,
        }
        self._session.attempt_and_tell(commands.change_settings, values, "修改开放月主题与公布")
