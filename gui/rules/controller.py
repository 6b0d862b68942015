"""规则检查页上的办法：最小而稳妥的一步立即做，可撤销；要问的先问。"""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QRect, Signal

from gui.kit.day_question import DayQuestions
from gui.kit.event_menu import build_menu
from gui.kit.page import ATTENDANCE, CALENDAR, NewEvent, Page
from gui.rules.cards import Act
from gui.session import event_actions as actions
from gui.session.event_actions import DayQuestion
from gui.session.suggestions import Place, Suggestions, place_of
from gui.session.year_session import YearSession
from models import commands
from models.domain.events import Campaign, Event
from models.domain.policies import INTERPRETATIONS, PolicyDocument
from models.domain.snapshot import ItemKind
from models.domain.text import quoted
from planners.milestone_ticks import tick_values
from planners.proposals import Entry, Open
from planners.results import Cell
from planners.rule_row_words import Fix
from planners.rule_rows import RuleRow
from planners.wording import cell_title, milestone_title, short_day, time_label


class RuleFixes(DayQuestions):
    """Does what the buttons of findings say, for ``page``. ``closed``: a popover was left, the keyboard is free.

    ``due_wanted`` asks for the date of a rule (its code) to be changed.
    """

    closed = Signal()
    due_wanted = Signal(str)

    def __init__(self, session: YearSession, suggestions: Suggestions, page: Page) -> None:
        super().__init__(session, page)
        self._suggestions = suggestions
        self.awaited: Place | None = None
        """The cell that is filled as soon as its day is known."""
        suggestions.found.connect(self._on_found)
        session.changed.connect(self._forget)

    def do(self, row: RuleRow, act: Act, place: QRect) -> None:
        """Carry out ``act`` for ``row``; ``place`` (global) is where it was asked for."""
        if act is Act.FIX:
            self._fix(row, place)
        elif act is Act.OTHER_DAY and row.cell is not None:
            self.ask_day(row.cell, place)
        elif act is Act.PERIOD and row.cell is not None:
            self.show_period(row.cell, place)
        elif act is Act.OPEN and row.event is not None:
            self._page.event_requested.emit(row.event)
        elif act is Act.POLICY and row.finding is not None and row.finding.policy is not None:
            self._page.policy_requested.emit(row.finding.policy)
        elif act is Act.DUE:
            self.due_wanted.emit(row.rule)
        elif act is Act.CALENDAR and row.due is not None:
            self._page.page_requested.emit(CALENDAR, row.due)

    def _fix(self, row: RuleRow, place: QRect) -> None:
        fix, page = row.fix, self._page
        if fix is Fix.EVENT and row.event is not None:
            page.event_requested.emit(row.event)
        elif fix is Fix.CALENDAR and row.due is not None:
            page.page_requested.emit(CALENDAR, row.due)
        elif fix is Fix.DECISION and row.finding is not None and row.finding.decision is not None:
            self._open_decision(row.finding.decision)
        elif fix is Fix.POLICY and row.finding is not None and row.finding.policy is not None:
            page.policy_requested.emit(row.finding.policy)
        elif fix is Fix.REPORTS and row.finding is not None:
            page.milestone_requested.emit(row.finding.milestone)
        elif self._session.read_only:
            self._session.messages.toast(self._session.read_only_reason)
        elif fix is Fix.RECORD and row.event is not None:
            page.result_requested.emit(row.event)
        elif fix is Fix.CONFIRM and row.event is not None:
            actions.confirm(self._session, row.event)
        elif fix is Fix.ZONE and row.event is not None:
            page.zone_requested.emit(row.event)
        elif fix is Fix.NEW:
            page.new_event_requested.emit(NewEvent(Campaign.OPEN_MONTH))
        elif row.cell is not None:
            self._fix_cell(fix, row.cell, place)
        else:
            self._note(row, place)

    def _fix_cell(self, fix: Fix, cell: Cell, place: QRect) -> None:
        if fix is Fix.EXPLAIN:
            self._page.explain_requested.emit(cell)
        elif fix is Fix.THEME:
            quarter = (cell.first.month + 2) // 3
            self.ask_theme_at(quarter, self._in_page(place))
        elif fix is Fix.SCHEDULE:
            self.schedule(cell)

    def _open_decision(self, key: str) -> None:
        self._page.page_requested.emit(ATTENDANCE, key)

    # 排入

    def schedule(self, cell: Cell) -> None:
        """Fill ``cell`` as the planner proposes: at once where that is known, else as soon as it is."""
        answer = self._suggestions.reply(cell)
        if answer is None:
            self.awaited = place_of(cell)
            self._suggestions.hurry([cell])
        else:
            self._carry_out(cell, answer)

    def _on_found(self) -> None:
        awaited = self.awaited
        if awaited is None:
            return
        cell = next((c for c in self._session.check.cells if place_of(c) == awaited), None)
        answer = self._suggestions.reply(cell) if cell is not None else None
        if cell is not None and answer is not None:
            self._carry_out(cell, answer)

    def _carry_out(self, cell: Cell, answer: Entry | Open) -> None:
        self.awaited = None
        if self._session.read_only:
            self._session.messages.toast(self._session.read_only_reason)
        elif isinstance(answer, Open):
            title = cell_title(cell, self._session.ruleset)
            self._session.messages.bar("info", f"{title}排不下：{answer.text}", topic="suggestion")
        elif actions.is_plain(answer):
            actions.accept_entry(self._session, answer)
        else:
            self._page.proposal_requested.emit(answer)

    def _forget(self) -> None:
        """What was waited for belonged to another state of the year."""
        self.awaited = None

    # another day

    def ask_day(self, cell: Cell, place: QRect) -> None:
        """Ask for the day of the event that ``cell`` lacks."""
        rule = self._session.ruleset.rule(cell.rule)
        if not rule.campaigns or self._session.read_only:
            return
        answer = self._suggestions.reply(cell)
        proposed = answer if isinstance(answer, Entry) else None
        event = proposed.event if proposed else None
        question = self.proposed_question(DayQuestion(rule.campaigns[0], group=cell.group), proposed)
        day = event.day if event and event.day else max(cell.first, self._session.today)
        self.ask(question, proposed, (day.year, day.month), self._in_page(place))

    def leave(self) -> None:
        """The keyboard goes back to the finding."""
        self.closed.emit()

    # milestones and documents

    def _note(self, row: RuleRow, place: QRect) -> None:
        """Note that something was done today."""
        session, today = self._session, self._session.today
        finding = row.finding
        assert finding is not None
        if row.fix is Fix.DONE:
            name = milestone_title(finding, session.ruleset)
            values = tick_values(session.snapshot, session.ruleset, finding.milestone, today)
            title = f"{quoted(name)}标为已完成"
            session.perform(commands.change_settings, session.year, values, title, toast=True)
            return
        policy = session.snapshot.item(ItemKind.POLICY, finding.policy or "")
        if not isinstance(policy, PolicyDocument):
            return
        if row.fix is Fix.FORM:
            self._ask_form(policy, place)
        elif row.fix is Fix.FILE:
            self._put(policy._replace(filed_on=today), f"登记{quoted(policy.title)}{short_day(today)}备案")
        elif row.fix is Fix.LINK:
            self._put(policy._replace(linked_on=today), f"登记{quoted(policy.title)}{short_day(today)}上线")
        elif row.fix is Fix.PUSH:
            self._put(policy._replace(integrated=True), f"登记{quoted(policy.title)}已集成推送")

    def _put(self, policy: PolicyDocument, title: str) -> None:
        session = self._session
        session.perform(commands.put_item, session.year, ItemKind.POLICY, policy, title, toast=True)

    def _ask_form(self, policy: PolicyDocument, place: QRect) -> None:
        offered = [(form, form) for form in INTERPRETATIONS if form not in policy.forms]
        self.pop_up(build_menu(self._page, [offered], partial(self._on_form, policy)), place.bottomLeft())

    def _on_form(self, policy: PolicyDocument, form: object) -> None:
        after = policy._replace(forms=(*policy.forms, str(form)))
        self._put(after, f"登记{quoted(policy.title)}的{form}")

    # the period

    def show_period(self, cell: Cell, place: QRect) -> None:
        """Every event of the period, whatever its status; each opens."""
        rule = self._session.ruleset.rule(cell.rule)
        events = [event for event in self._session.snapshot.events if _belongs(event, cell, rule.campaigns)]
        events.sort(key=lambda event: (event.starts_at is not None and event.starts_at.isoformat()) or "")
        if not events:
            self._session.messages.toast(f"{cell_title(cell, self._session.ruleset)}没有登记过活动")
            return
        entries = [(f"{time_label(e)} {e.short or e.title}（{e.status.label}）", e.key) for e in events]
        self.pop_up(build_menu(self._page, [entries], self._on_event), place.bottomLeft())

    def show_events(self, keys: tuple[str, ...], place: QRect) -> None:
        """Open the event, or offer the events where there are several."""
        known = self._session.snapshot.event_by_key
        events = [known[key] for key in keys if key in known]
        if len(events) == 1:
            self._page.event_requested.emit(events[0].key)
        elif events:
            entries = [(f"{time_label(e)} {e.short or e.title}（{e.status.label}）", e.key) for e in events]
            self.pop_up(build_menu(self._page, [entries], self._on_event), place.bottomLeft())

    def _on_event(self, key: object) -> None:
        self._page.event_requested.emit(str(key))

    def _in_page(self, place: QRect) -> QRect:
        return QRect(self._page.mapFromGlobal(place.topLeft()), place.size())


def _belongs(event: Event, cell: Cell, campaigns: tuple[Campaign, ...]) -> bool:
    if event.campaign not in campaigns:
        return False
    if event.key in cell.events:
        return True
    day = event.day
    return day is not None and cell.first <= day <= cell.last
