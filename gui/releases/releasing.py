"""印发、看印发稿、改动前询问：窗口叫这里做，用到时才载入各窗口。"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QApplication, QWidget

from gui.kit.page import ATTENDANCE, LEDGER, RULES
from gui.session.messages import Action
from models.domain.text import quoted

if TYPE_CHECKING:
    from gui.releases.releases_dialog import ReleasesDialog
    from gui.session.since_release import SinceRelease
    from gui.session.year_session import YearSession
    from planners.release_concerns import Concern
    from planners.released_events import Departure


class Releasing(QObject):
    """What is done with releases in the window of ``session``.

    ``page_requested`` as of a page; ``notice_requested`` the 变更通知 from one release to another (None: the draft).
    """

    page_requested = Signal(str, object)
    notice_requested = Signal(int, object)

    def __init__(self, session: YearSession, window: QWidget) -> None:
        super().__init__(window)
        self._window = window
        self._session = session
        self._dialog: ReleasesDialog | None = None

    def ask(self, since: SinceRelease, departures: Sequence[Departure]) -> tuple[bool, bool]:
        """Whether what was released may be changed, and whether never to ask again this time."""
        from gui.releases.question import ask_about_released

        return ask_about_released(QApplication.activeModalWidget() or self._window, since, departures)

    def release(self) -> None:
        """Show what should be seen first, then freeze the draft as the next release."""
        from gui.releases.release_dialog import ReleaseDialog

        session = self._session
        if not session.has_year:
            return
        dialog = ReleaseDialog(session, self._dialog or self._window)
        dialog.exec()
        made, wanted = dialog.made, dialog.wanted
        dialog.deleteLater()
        if made is not None:
            words = f"已印发第{made.number}稿{quoted(made.name)}，校验值 {made.short_hash}"
            if self._dialog is not None:
                self._dialog.say(words)
            session.messages.toast(words, Action("看印发稿", self.show_releases))
        elif wanted is not None:
            self._close()
            self._go_to(wanted)

    def _go_to(self, concern: Concern) -> None:
        if concern.cell is not None:
            self.page_requested.emit(RULES, concern.cell)
        elif concern.finding is not None:
            self.page_requested.emit(RULES, concern.finding)
        elif concern.event is not None:
            self.page_requested.emit(LEDGER, concern.event)

    def show_releases(self) -> None:
        """The releases of the open year, and what differs between them."""
        from gui.releases.releases_dialog import ReleasesDialog

        if not self._session.has_year or self._dialog is not None:
            return
        self._dialog = dialog = ReleasesDialog(self._session, self._window)
        dialog.release_requested.connect(self.release)
        dialog.notice_requested.connect(self._show_notice)
        dialog.event_requested.connect(self._show_event)
        dialog.sitting_requested.connect(self._show_sitting)
        dialog.rule_requested.connect(self._show_rule)
        dialog.exec()
        self._dialog = None
        dialog.deleteLater()

    def _close(self) -> None:
        if self._dialog is not None:
            self._dialog.reject()

    def _show_event(self, key: str) -> None:
        self._close()
        self.page_requested.emit(LEDGER, key)

    def _show_sitting(self, key: str) -> None:
        self._close()
        self.page_requested.emit(ATTENDANCE, key)

    def _show_rule(self, code: str) -> None:
        self._close()
        self.page_requested.emit(RULES, code)

    def _show_notice(self, start: int, end: int | None) -> None:
        """The export page on the 变更通知."""
        from gui.session.plan_versions import PlanVersions

        mark = next((one for one in PlanVersions(self._session).marks() if one.number == end), None)
        self._close()
        self.notice_requested.emit(start, mark)
