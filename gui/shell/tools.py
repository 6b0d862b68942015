"""打开的数据文件上能做的事：表单、导出、排期、印发；哪样先用到，哪样才载入。"""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

from gui.kit.page import EXPORTS, ExportTarget

if TYPE_CHECKING:
    from exports.print_options import ReleaseMark
    from gui.kit.exporter import Exporter
    from gui.kit.page import Page
    from gui.planning.planning import Planning
    from gui.releases.releasing import Releasing
    from gui.session.year_session import YearSession
    from gui.shell.desk import FormDesk
    from gui.shell.frame import WindowFrame
    from planners.proposals import Conditions


class Tools:
    """What serves the session that is open in ``window``; each is made when it is first asked for."""

    def __init__(self, window: WindowFrame) -> None:
        self._window = window

    @property
    def _session(self) -> YearSession:
        assert self._window.session is not None
        return self._window.session

    def follow(self, session: YearSession) -> None:
        """Answer from now on what ``session`` asks."""
        # Who answers is made when something is first asked of it, here as below: the start need not wait.
        session.remedies = lambda *told: self.desk.zones.remedies(*told)
        session.done.connect(lambda *told: self.desk.zones.look_at(*told))
        session.guard.ask = lambda *told: self.releasing.ask(*told)

    @cached_property
    def desk(self) -> FormDesk:
        """The forms of the open year."""
        from gui.shell.desk import FormDesk

        made = FormDesk(self._session, self._window)
        made.proposal_requested.connect(lambda *asked: self.planning.show_for_finding(*asked))
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

        made = Releasing(self._session, self._window)
        made.page_requested.connect(self._window.show_page)
        made.notice_requested.connect(self._show_notice)
        return made

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
        page.event_requested.connect(lambda *asked: self.desk.edit_event(*asked))
        page.new_event_requested.connect(lambda *asked: self.desk.new_event_as_asked(*asked))
        page.decision_requested.connect(lambda *asked: self.desk.tell_decision(*asked))
        page.policy_requested.connect(lambda *asked: self.desk.show_policy(*asked))
        page.milestone_requested.connect(lambda *asked: self.desk.show_milestone(*asked))
        page.zone_requested.connect(lambda *asked: self.desk.edit_zone(*asked))
        page.postpone_requested.connect(lambda *asked: self.desk.postpone_event(*asked))
        page.postpone_to_requested.connect(lambda *asked: self.desk.postpone_event(*asked))
        page.cancel_requested.connect(lambda *asked: self.desk.cancel_event(*asked))
        page.result_requested.connect(lambda *asked: self.desk.record_result(*asked))
        page.explain_requested.connect(lambda *asked: self.desk.explain_cell(*asked))
        page.exempt_requested.connect(lambda *asked: self.desk.exempt_cell(*asked))
        page.pause_requested.connect(lambda *asked: self.desk.edit_pause(*asked))
        page.letters_requested.connect(lambda *asked: self.desk.write_letters(*asked))
        page.catalogue_requested.connect(lambda *asked: self.desk.import_catalogue(*asked))
        page.plan_requested.connect(lambda *_: self.planning.start())
        page.gaps_requested.connect(lambda *_: self.planning.fill_gaps())
        page.proposal_requested.connect(lambda *asked: self.planning.show(*asked))
        page.calendar_requested.connect(lambda *asked: self.exporter.export_events(*asked))
        page.release_requested.connect(lambda *_: self.releasing.release())
        page.page_requested.connect(window.show_page)
        page.said.connect(window.messages.said)

    def _show_notice(self, start: int, mark: ReleaseMark | None) -> None:
        known = (("baseline", start), ("release", mark))
        self._window.show_page(EXPORTS, ExportTarget("notice", known))

    def conditions_for_one(self) -> Conditions:
        """What the user asks of every plan, also of a single event (排入)."""
        return self.planning.conditions_for_one()

    def put_away(self) -> None:
        """What goes on is stopped; afterwards none of them is there any more."""
        if "planning" in self.__dict__:
            self.planning.abandon()
        for name in ("desk", "exporter", "planning", "releasing"):
            if name in self.__dict__:
                self.__dict__.pop(name).deleteLater()
