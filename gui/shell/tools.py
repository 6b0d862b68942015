"""打开的数据文件上能做的事：表单、导出、排期、印发；哪样先用到，哪样才载入。"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property
from typing import TYPE_CHECKING

from gui.shell.later import later

if TYPE_CHECKING:
    from gui.kit.exporter import Exporter
    from gui.kit.page import Page
    from gui.planning.planning import Planning
    from gui.releases.releasing import Releasing
    from gui.session.messages import Action
    from gui.session.since_release import SinceRelease
    from gui.session.year_session import YearSession
    from gui.shell.desk import Desk
    from gui.shell.main_window import MainWindow
    from models.domain.changes import ChangeSet
    from models.domain.errors import UserError
    from planners.proposals import Conditions
    from planners.released_events import Departure

SERVED = (
    ("event_requested", "desk.edit_event"),
    ("new_event_requested", "desk.new_event_as_asked"),
    ("decision_requested", "desk.tell_decision"),
    ("policy_requested", "desk.show_policy"),
    ("milestone_requested", "desk.show_milestone"),
    ("zone_requested", "desk.edit_zone"),
    ("postpone_requested", "desk.postpone_event"),
    ("postpone_to_requested", "desk.postpone_event"),
    ("cancel_requested", "desk.cancel_event"),
    ("result_requested", "desk.record_result"),
    ("explain_requested", "desk.explain_cell"),
    ("exempt_requested", "desk.exempt_cell"),
    ("plan_requested", "planning.start"),
    ("gaps_requested", "planning.fill_gaps"),
    ("proposal_requested", "planning.show"),
    ("calendar_requested", "exporter.export_events"),
    ("release_requested", "releasing.release"),
)
"""The signals of a page, and who does what is asked."""


class Tools:
    """What serves ``session`` in ``window``; each is made when it is first asked for."""

    def __init__(self, window: MainWindow, session: YearSession) -> None:
        self._window = window
        self._session = session
        session.remedies = self._remedies
        session.done.connect(self._on_done)
        session.guard.ask = self._ask_about_released

    @cached_property
    def desk(self) -> Desk:
        """The forms of the open year."""
        from gui.shell.desk import Desk

        made = Desk(self._session, self._window)
        made.proposal_requested.connect(later(self, "planning.show_for_finding"))
        made.decision_shown.connect(self._window.show_decision)
        return made

    @cached_property
    def exporter(self) -> Exporter:
        """The one way out for files."""
        from gui.kit.exporter import Exporter

        window = self._window
        made = Exporter(self._session, window.runner, window, window.settings)
        made.folder = window.settings.values.last_folder
        return made

    @cached_property
    def planning(self) -> Planning:
        """The auto-planner."""
        from gui.planning.planning import Planning

        window = self._window
        return Planning(self._session, window.settings, window.runner, window)

    @cached_property
    def releasing(self) -> Releasing:
        """The releases and the questions about them."""
        from gui.releases.releasing import Releasing

        return Releasing(self._window, self._session)

    @property
    def export_folder(self) -> str:
        """Where the last export went."""
        if "exporter" in self.__dict__:
            return self.exporter.folder
        return self._window.settings.values.last_folder

    def serve(self, page: Page) -> None:
        """What any page may ask for, done here."""
        window = self._window
        page.use_settings(window.settings)
        if page.lets_out:
            page.use_exporter(self.exporter)
        for signal, path in SERVED:
            getattr(page, signal).connect(later(self, path))
        page.page_requested.connect(window.show_page)
        page.said.connect(window.messages.said)

    def conditions_for_one(self) -> Conditions:
        """What the user asks of every plan, also of a single event (排入)."""
        return self.planning.conditions_for_one()

    def _on_done(self, done: ChangeSet) -> None:
        self.desk.zones.look_at(done)

    def _remedies(self, error: UserError) -> list[Action]:
        return self.desk.zones.remedies(error)

    def _ask_about_released(self, since: SinceRelease, departures: Sequence[Departure]) -> tuple[bool, bool]:
        return self.releasing.ask(since, departures)

    def abandon(self) -> None:
        """Stop what goes on."""
        if "planning" in self.__dict__:
            self.planning.abandon()

    def put_away(self) -> None:
        """Afterwards none of them is there any more."""
        for name in ("desk", "exporter", "planning", "releasing"):
            if name in self.__dict__:
                self.__dict__.pop(name).deleteLater()
