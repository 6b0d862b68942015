"""一次用户动作一个函数：打开哪张表单、执行哪条命令。窗口与各页都叫它做事。

The forms are imported when they are first opened: the window need not wait for them.
"""

from __future__ import annotations

from datetime import date, time
from functools import cached_property, partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from gui.kit.page import NewEvent
from gui.services.drafts import Draft
from gui.session.messages import Action
from gui.session.year_session import YearSession
from models.domain.events import Campaign, Event, EventStatus
from planners import wording
from planners.results import Cell
from planners.zones import zone_of

if TYPE_CHECKING:
    from gui.event.zone_questions import ZoneQuestions
    from gui.services.rule_entry import RuleEntry
    from models.domain.year import BlockedPeriod

PLANNABLE = frozenset({"not_invited"})
"""Situations of a decision for which the planner has a proposal: a meeting and delegates."""


class FormDesk(QObject):
    """What the user can do with the open year, beside what a page does by itself.

    ``proposal_requested`` carries the ``Finding`` that the planner is to propose something for,
    ``decision_shown`` the key of a decision whose page is to be shown.
    """

    proposal_requested = Signal(object)
    decision_shown = Signal(str)

    def __init__(self, session: YearSession, window: QWidget) -> None:
        super().__init__(window)
        self._session = session
        self._window = window

    @cached_property
    def zones(self) -> ZoneQuestions:
        """What is asked about zones that go with a meeting."""
        from gui.event.zone_questions import ZoneQuestions

        made = ZoneQuestions(self._session, self)
        made.event_requested.connect(self.edit_event)
        return made

    def _event(self, key: str) -> Event | None:
        event = self._session.snapshot.event_by_key.get(key)
        if event is None:
            self._session.messages.toast("这场活动已不在计划里。")
        return event

    def _open_form(self, event: Event | None = None, **known: object) -> None:
        from gui.event.dialog import EventDialog

        EventDialog(self._session, event, parent=self._window, **known).exec()  # type: ignore[arg-type]

    def edit_event(self, key: str) -> None:
        """Open the event's form."""
        if event := self._event(key):
            self._open_form(event)

    def new_event(
        self,
        campaign: Campaign | None = None,
        day: date | None = None,
        group: str | None = None,
        at: time | None = None,
    ) -> None:
        """Open an empty form, prefilled with what is known."""
        if self._session.has_year:
            self._open_form(campaign=campaign, day=day, group=group, at=at)

    def new_event_as_asked(self, asked: NewEvent) -> None:
        """Open an empty form with the rule and period of the place that asked."""
        if asked.copy_of and (model := self._event(asked.copy_of)):
            self._open_form(campaign=asked.campaign, like=model)
        else:
            self.new_event(asked.campaign, asked.day, asked.group, asked.at)

    def continue_draft(self, draft: Draft) -> None:
        """Open the form that was left half-filled."""
        stored = None if draft.is_new else self._session.snapshot.event_by_key.get(draft.event.key)
        self._open_form(stored, campaign=draft.event.campaign, draft=draft.event)

    def tell_decision(self, key: str) -> None:
        """Lead to the decision ``key``; where the planner can help say what is missing, with 看建议."""
        session = self._session
        if all(decision.key != key for decision in session.snapshot.decisions):
            session.messages.toast("这项决策事项已不在目录里。")
            return
        self.decision_shown.emit(key)
        found = [f for f in session.check.findings if f.decision == key and f.situation in PLANNABLE]
        if not found or session.read_only:
            session.messages.withdraw("decision")
            return
        text = "".join(wording.finding_sentence(f, session.check, session.snapshot) for f in found)
        offered = [Action("看建议", partial(self.proposal_requested.emit, f)) for f in found]
        session.messages.bar("info", text, offered, topic="decision")

    def postpone_event(self, key: str, day: date | None = None) -> None:
        """Ask for the reason, then put the event into 待定, or on another day (``day`` is proposed)."""
        from gui.event.reason_dialogs import StatusReasonDialog

        if event := self._event(key):
            StatusReasonDialog(self._session, event, EventStatus.POSTPONED, self._window, day=day).exec()

    def cancel_event(self, key: str) -> None:
        """Ask for the reason, then cancel the event."""
        from gui.event.reason_dialogs import StatusReasonDialog

        if event := self._event(key):
            StatusReasonDialog(self._session, event, EventStatus.CANCELLED, self._window).exec()

    def record_result(self, key: str) -> None:
        """Open the form of the event's result."""
        from gui.event.result_dialog import ResultDialog

        if event := self._event(key):
            ResultDialog(self._session, event, self._window).exec()

    def explain_cell(self, cell: Cell) -> None:
        """Open the form 登记说明 of a missed period."""
        from gui.event.reason_dialogs import ExplainDialog

        ExplainDialog(self._session, cell, self._window).exec()

    def exempt_cell(self, cell: Cell) -> None:
        """Open the form 登记豁免 of a period that is not over."""
        from gui.event.reason_dialogs import ExemptDialog

        ExemptDialog(self._session, cell, self._window).exec()

    def edit_pause(self, day: date, period: BlockedPeriod | None = None) -> None:
        """Open the form of a 停排: of ``period``, or of a new one on ``day``."""
        from gui.rules.blocked_dialog import BlockedDialog

        BlockedDialog(self._session, day, period, self._window).exec()

    def change_parameter(self, name: str) -> None:
        """Ask for another value of a setting; what that would change is shown before it is saved."""
        from gui.rules.parameter_dialog import parameter_dialog

        if self._session.has_year and not self._session.read_only:
            parameter_dialog(self._session, name, self._window).exec()

    def write_letters(self, key: str, feedback: bool) -> None:  # noqa: FBT001  as the signal of a page gives it
        """Ask which letters of the decision ``key`` are to be written, and where to."""
        from gui.exporting.letters_dialog import open_letters

        open_letters(self._session, key, self._window, feedback=feedback)

    def import_catalogue(self) -> None:
        """Read a catalogue of decisions from Excel."""
        from gui.intake.sheets import import_catalogue

        import_catalogue(self._session, self._window)

    def show_policy(self, key: str = "") -> None:
        """Open the window of the policy documents, on the document called ``key``."""
        from gui.policies.policies_dialog import PoliciesDialog

        if self._session.has_year:
            PoliciesDialog(self._session, self._window, policy=key).exec()

    def edit_policy(self, key: str) -> None:
        """Open the form of the policy document ``key``, of a new one for ""."""
        from gui.policies.policy_form import PolicyForm

        found = next((one for one in self._session.snapshot.policies if one.key == key), None)
        PolicyForm(self._session, found, self._window).exec()

    def show_milestone(self, code: str = "") -> None:
        """Open the window of the year's milestones, on the one of the rule ``code``."""
        from gui.policies.policies_dialog import PoliciesDialog

        if self._session.has_year:
            PoliciesDialog(self._session, self._window, milestone=code or "*").exec()

    def edit_zone(self, key: str) -> None:
        """Open the contents of the zone ``key``, or of the one at the meeting ``key``, which is set up first."""
        from gui.event.zone_dialog import ZoneDialog

        zone = self.zones.set_up(key) if zone_of(self._session.snapshot, key) is None else key
        event = zone_of(self._session.snapshot, zone) if zone else None
        if event is not None:
            ZoneDialog(self._session, event, self._window).exec()

    def show_towns(self) -> None:
        """Open the table of the 街镇 and their visits; a new visit where one is asked for there."""
        from gui.rules.towns_dialog import TownsDialog

        if self._session.has_year:
            dialog = TownsDialog(self._session, self._window)
            if dialog.exec() and dialog.chosen:
                self.new_event(Campaign.COMMUNITY, group=dialog.chosen)

    def show_units(self) -> None:
        """Open the lists of units, schools and venues."""
        from gui.years.units.units_dialog import UnitsDialog

        if self._session.has_year:
            dialog = UnitsDialog(self._session, self._window)
            dialog.exec()
            dialog.deleteLater()

    def set_school_terms(self) -> None:
        """Open the form of the school breaks."""
        from gui.rules.terms_dialog import SchoolTermsDialog

        if self._session.has_year:
            SchoolTermsDialog(self._session, self._window).exec()

    def edit_rule(self, code: str = "", entry: RuleEntry | None = None) -> None:
        """Open the form of the year's own rule ``code``, of a new one for "", which begins as ``entry``."""
        from gui.rules.own_rule_form import ask_own_rule, own_rule_entry

        session = self._session
        if session.has_year and (not code or any(rule.code == code for rule in session.ruleset.rules)):
            ask_own_rule(session, self._window, own_rule_entry(session, code) if code else entry)

    def set_theme(self, quarter: int) -> None:
        """Open the form of a quarter's theme."""
        from gui.overview.theme_dialog import QuarterThemeDialog

        QuarterThemeDialog(self._session, quarter, self._window).exec()
