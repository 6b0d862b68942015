"""拟定一个季度的走进园区主题 (§2 每季度突出一个主题)。"""

from __future__ import annotations

from datetime import date, timedelta

from PySide6.QtWidgets import QWidget

from gui.kit.controls import line_edit
from gui.kit.form import FormDialog
from gui.kit.optional_day import OptionalDay
from gui.session.year_session import YearSession
from models import commands
from models.domain.errors import CommandError
from models.domain.events import Campaign
from models.domain.periods import quarter_period
from models.domain.snapshot import ItemKind
from models.domain.year import Year
from planners.deadline_items import theme_plan_setting
from planners.wording import QUARTERS, short_day

PLAN_AHEAD = 14
"""So many days before the quarter the plan is proposed to stand."""


class QuarterThemeDialog(FormDialog):
    """One line of text: the quarter's theme."""

    def __init__(self, session: YearSession, quarter: int, parent: QWidget | None = None) -> None:
        name = f"{'一二三四'[quarter - 1]}季度走进园区主题"
        super().__init__(name, "确定主题", parent, width=520)
        self._session, self._quarter = session, quarter
        self.add_heading(name, Campaign.PARK)
        if (rule := session.ruleset.themed) is not None:
            self.add_quote(rule.quote, rule.clause)
        self.theme = line_edit("如 税费优惠与融资服务")
        self.theme.setText(session.snapshot.year_row.quarter_themes[quarter - 1] or "")
        self._row = self.add_row("主题", self.theme)
        self._starts = quarter_period(session.year, quarter).first
        day = plan_day(session.snapshot.year_row, quarter)
        self.plan = OptionalDay("定了日期", day, self._starts - timedelta(days=PLAN_AHEAD))
        self._plan_row = self.add_row("计划定稿", self.plan)
        self.add_words(
            "走进计划宜在季度开始前定稿；日期进入期限清单与日历，到期而主题未定会提醒。", "caption"
        )
        self.plan.changed.connect(self._say_plan)
        self._say_plan()
        self.keep_drafts(session, str(quarter))
        self.theme.setFocus()

    def _say_plan(self) -> None:
        """A plan that comes after the quarter has begun is late; only a hint."""
        day = self.plan.value()
        late = day is not None and day >= self._starts
        self._plan_row.say(f"季度{short_day(self._starts)}开始，宜在此之前定稿" if late else "", "warning")

    def accept_form(self) -> None:
        """The quarter has its theme and the day of its plan; one step. The theme may follow a planned day."""
        theme, day = self.theme.text().strip(), self.plan.value()
        if not theme and day is None:
            self._row.say("请填写主题，或先定下定稿日期")
            raise CommandError("还没有填写主题。")
        row = self._session.snapshot.year_row
        after = with_plan_day(with_theme(row, self._quarter, theme or None), self._quarter, day)
        self._session.attempt_and_tell(
            commands.put_item,
            ItemKind.YEAR,
            after,
            f"设定第{QUARTERS[self._quarter - 1]}季度主题",
        )


def plan_day(row: Year, quarter: int) -> date | None:
    """The day by which the plan of the quarter is to stand; None where the year has none."""
    try:
        return date.fromisoformat(str(row.setting(theme_plan_setting(quarter)) or ""))
    except ValueError:
        return None


def with_plan_day(row: Year, quarter: int, day: date | None) -> Year:
    """``row`` with that day; None takes it away."""
    name = theme_plan_setting(quarter)
    kept = {known: value for known, value in row.settings if known != name}
    if day is not None:
        kept[name] = day.isoformat()
    return row._replace(settings=tuple(sorted(kept.items())))


def with_theme(row: Year, quarter: int, theme: str | None) -> Year:
    """``row`` with the theme of the quarter."""
    themes = list(row.quarter_themes)
    themes[quarter - 1] = theme
    return row._replace(quarter_themes=(themes[0], themes[1], themes[2], themes[3]))
