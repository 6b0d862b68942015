"""新建年度：打开整页向导；建好之后打开它，沿用上年的给出建议，自动的就排。"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from models import commands, queries
from planners.copying import copy_year
from planners.rehearsal import rehearse

if TYPE_CHECKING:
    from gui.shell.frame import WindowFrame
    from gui.shell.tools import Tools
    from gui.years.wizard.answers import FirstRound
    from gui.years.wizard.wizard import NewYearWizard
    from models.domain.year import Holidays


class HolidayImport(QObject):
    """Takes a new arrangement of days off into the open year."""

    def __init__(self, window: WindowFrame, tools: Tools) -> None:
        super().__init__(window)
        self._window = window
        self._tools = tools

    def open(self) -> None:
        """Ask for the arrangement, then show what it does; why not, where nothing can be changed."""
        session = self._window.session
        if session is None or not session.has_year:
            return
        if session.read_only:
            session.messages.toast(session.read_only_reason)
            return
        from gui.years.holidays.holidays_dialog import HolidaysDialog

        dialog = HolidaysDialog(session.year, session.snapshot.holidays, self._window)
        dialog.keep_drafts(session)
        if dialog.exec():
            self.rehearse(dialog.holidays)
        dialog.deleteLater()

    def rehearse(self, holidays: Holidays) -> None:
        """Propose what must give way to ``holidays``; where nothing must, only the arrangement is stored."""
        session = self._window.session
        if session is None:
            return
        if holidays == session.snapshot.year_row.holidays:
            session.messages.toast("与现在的放假安排相同，没有改动")
            return
        proposal = rehearse(session.snapshot, holidays, session.ruleset, session.today)
        if proposal.entries or proposal.open:
            self._tools.planning.show_proposal(proposal, has_conditions=False)
        elif session.perform(commands.set_holidays, session.year, holidays, toast=True) is not None:
            session.messages.said.emit("没有活动落在新的放假日或调休日")


class NewYear(QObject):
    """The wizard of the window, at most one at a time; the year and its first events are two steps."""

    def __init__(self, window: WindowFrame, tools: Tools) -> None:
        super().__init__(window)
        self._window = window
        self._tools = tools
        self.wizard: NewYearWizard | None = None
        self.holidays = HolidayImport(window, tools)

    def open(self, year: int) -> None:
        """Show the wizard for ``year``, or where it was left; why not, where nothing can be changed."""
        session = self._window.session
        if session is None or self.wizard is not None:
            return
        if session.read_only:
            session.messages.toast(session.read_only_reason)
            return
        from gui.years.wizard.wizard import NewYearWizard

        self.wizard = NewYearWizard(session, self._window, year=year)
        self.wizard.created.connect(self._on_created)
        self.wizard.left.connect(self._drop)
        self.wizard.open()

    def _drop(self) -> None:
        if self.wizard is not None:
            self.wizard.deleteLater()
        self.wizard = None
        self._window.stack.currentWidget().setFocus()

    def _on_created(self, year: int, first_round: FirstRound, previous: int | None) -> None:
        from gui.years.wizard.answers import FirstRound

        session, tools = self._window.session, self._tools
        self._drop()
        if session is None:
            return
        session.open_year(year)
        if not session.has_year or session.year != year:
            return
        if first_round is FirstRound.COPY and previous is not None:
            before = queries.year_as_far_as_readable(session.store, previous)
            proposal = copy_year(before, session.snapshot, session.ruleset, session.today)
            tools.planning.show_proposal(proposal, has_conditions=False)
        elif first_round is FirstRound.AUTO:
            tools.planning.start()
        else:
            session.messages.toast(f"已新建 {year} 年度")
