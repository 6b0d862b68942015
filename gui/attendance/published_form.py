"""信息公开：哪一天主动公开了会议有关信息。"""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import QWidget

from gui.attendance.stage_form import StageForm, newly
from gui.kit.bindings import not_to_come
from gui.kit.optional_day import OptionalDay
from gui.session.year_session import YearSession
from models.domain.changes import RowChange
from planners.attendance.stages import DecisionLine, Stage


class PublishedForm(StageForm):
    """The day of publication; today where there is none yet."""

    STAGE = Stage.PUBLISHED

    def __init__(self, session: YearSession, line: DecisionLine, parent: QWidget | None = None) -> None:
        super().__init__(session, line, parent, width=520)
        today = session.today
        self.published = self.bind(
            "公开日期",
            OptionalDay("已主动公开", self.decision.published_on or today, today),
            "published_on",
            checks=(not_to_come(today, "公开日期"),),
        )
        self.opened()
        self.published.day.setFocus()

    def makes_done(self, change: RowChange) -> bool:
        """The day of publication."""
        return newly(change, "published_on")

    def changes(self) -> Sequence[RowChange]:
        """The decision with its day."""
        self.fields.require(self.decision)
        return [RowChange.of(self.decision, self.fields.applied_to(self.decision))]
