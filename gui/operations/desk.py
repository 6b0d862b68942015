"""一次用户动作一个函数：打开哪张表单、执行哪条命令。窗口与各页都叫它做事。"""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from gui.dialogs.event_dialog import EventDialog
from gui.dialogs.reason_dialogs import ExemptDialog, ExplainDialog, StatusReasonDialog
from gui.dialogs.result_dialog import ResultDialog
from gui.dialogs.theme_dialog import QuarterThemeDialog
from gui.operations.session import YearSession
from models import commands
from models.domain.events import Campaign, Event, EventStatus
from planners.results import Cell


class Desk(QObject):
    """What the user can do with the open year, beside what a page does by itself."""

    def __init__(self, session: YearSession, window: QWidget) -> None:
        super().__init__(window)
        self._session = session
        self._window = window

    def _event(self, key: str) -> Event | None:
        event = self._session.snapshot.event_by_key.get(key)
        if event is None:
            self._session.messages.toast("这场活动已不在计划里。")
        return event

    def edit_event(self, key: str) -> None:
        """Open the event's form."""
        if event := self._event(key):
            EventDialog(self._session, event, parent=self._window).exec()

    def new_event(
        self, campaign: Campaign | None = None, day: date | None = None, group: str | None = None
    ) -> None:
        """Open an empty form, prefilled with what is known."""
        if self._session.has_year:
            EventDialog(self._session, campaign=campaign, day=day, group=group, parent=self._window).exec()

    def new_event_in(self, cell: Cell) -> None:
        """Open an empty form for what ``cell`` counts, on the first day that is still possible."""
        campaigns = self._session.ruleset.rule(cell.rule).campaigns
        day = cell.first if cell.first > self._session.today else min(self._session.today, cell.last)
        self.new_event(campaigns[0] if campaigns else None, day, cell.group)

    def copy_event(self, key: str) -> None:
        """A copy of the event as a draft, beside it."""
        if event := self._event(key):
            from models.domain.snapshot import ItemKind

            fresh = commands.new_key(self._session.snapshot, ItemKind.EVENT)
            copy = event._replace(
                key=fresh, status=EventStatus.DRAFT, attended=None, pinned=False, status_reason=""
            )
            self._session.perform(
                commands.add_event,
                self._session.year,
                copy,
                f"复制“{event.short or event.title}”",
                toast=True,
            )

    def confirm_event(self, key: str) -> None:
        """The event is 已确认."""
        self._session.perform(
            commands.set_event_status, self._session.year, key, EventStatus.CONFIRMED, toast=True
        )

    def postpone_event(self, key: str) -> None:
        """Ask for the reason, then put the event into 待定."""
        if event := self._event(key):
            StatusReasonDialog(self._session, event, EventStatus.POSTPONED, self._window).exec()

    def cancel_event(self, key: str) -> None:
        """Ask for the reason, then cancel the event."""
        if event := self._event(key):
            StatusReasonDialog(self._session, event, EventStatus.CANCELLED, self._window).exec()

    def record_result(self, key: str) -> None:
        """Open the form of the event's result."""
        if event := self._event(key):
            ResultDialog(self._session, event, self._window).exec()

    def toggle_pinned(self, key: str) -> None:
        """Lock the event against automatic planning, or free it."""
        if event := self._event(key):
            verb = "取消锁定" if event.pinned else "锁定"
            after = event._replace(pinned=not event.pinned)
            self._session.perform(
                commands.change_event,
                self._session.year,
                after,
                f"{verb}“{event.short or event.title}”",
                toast=True,
            )

    def explain_cell(self, cell: Cell) -> None:
        """Open the form 登记说明 of a missed period."""
        ExplainDialog(self._session, cell, self._window).exec()

    def exempt_cell(self, cell: Cell) -> None:
        """Open the form 登记豁免 of a period that is not over."""
        ExemptDialog(self._session, cell, self._window).exec()

    def set_theme(self, quarter: int) -> None:
        """Open the form of a quarter's theme."""
        QuarterThemeDialog(self._session, quarter, self._window).exec()
