"""导入放假安排：问安排、预演，受影响的活动逐场建议；采纳才改，安排与改期合为一步。"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from models import commands
from planners.rehearsal import rehearse

if TYPE_CHECKING:
    from gui.shell.main_window import MainWindow
    from models.domain.year import Holidays


class HolidayImport(QObject):
    """Takes a new arrangement of days off into the open year."""

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window)
        self._window = window

    def open(self) -> None:
        """Ask for the arrangement, then show what it does; why not, where nothing can be changed."""
        session = self._window.session
        if session is None or not session.has_year:
            return
        if session.read_only:
            session.messages.toast(session.read_only_reason)
            return
        from gui.years.holidays.holidays_dialog import HolidaysDialog

        dialog = HolidaysDialog(session.year, session.snapshot.year_row.holidays, self._window)
        dialog.keep_drafts(session)
        if dialog.exec():
            self.rehearse(dialog.holidays)
        dialog.deleteLater()

    def rehearse(self, holidays: Holidays) -> None:
        """Propose what must give way to ``holidays``; where nothing must, only the arrangement is stored."""
        session, tools = self._window.session, self._window.tools
        if session is None or tools is None:
            return
        if holidays == session.snapshot.year_row.holidays:
            session.messages.toast("与现在的放假安排相同，没有改动")
            return
        proposal = rehearse(session.snapshot, holidays, session.ruleset, session.today)
        if proposal.entries or proposal.open:
            tools.planning.show_proposal(proposal, has_conditions=False)
        elif session.perform(commands.set_holidays, session.year, holidays, toast=True) is not None:
            session.messages.said.emit("没有活动落在新的放假日或调休日")
