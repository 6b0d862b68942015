"""规则检查页右栏的事：显示一条的参数，改参数，登记与撤回豁免和说明，看原文。"""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QObject

from gui.kit.event_menu import build_menu
from gui.kit.page import Page
from gui.rules.contents import excuses_of
from gui.rules.controller import RuleFixes
from gui.rules.matrix import matrices
from gui.rules.side_panel import Excuse, RuleSidePanel
from gui.services.rule_parameters import can_be_changed, parameter_lines, reading_notes
from gui.session.town_years import towns_of
from gui.session.year_session import YearSession
from models import commands
from models.domain.events import Campaign
from models.domain.rules import GroupKind, Rule, RuleKind
from models.domain.year import Setting
from models.own_document import former_name
from planners.results import Cell, CellState
from planners.rule_rows import RuleLine
from planners.school_terms import school_breaks
from planners.visits import coverage_words
from planners.wording import short_day


class RulePanel(QObject):
    """Fills the panel of ``page`` and does what is asked there. ``line`` is the one it shows."""

    def __init__(self, session: YearSession, side: RuleSidePanel, fixes: RuleFixes, page: Page) -> None:
        super().__init__(page)
        self._session = session
        self._side = side
        self._fixes = fixes
        self._page = page
        self.line: RuleLine | None = None
        side.change_clicked.connect(self.change_parameters)
        side.decided.connect(self.decide)
        side.withdraw_clicked.connect(self.withdraw_rule)
        side.add_clicked.connect(self._on_add)
        side.withdrawn.connect(self._on_withdrawn)

    def show_line(self, line: RuleLine) -> None:
        """Show how ``line`` is counted."""
        self.line = line
        session, side = self._session, self._side
        year, ruleset = session.row, session.ruleset
        side.show_matrices(matrices(line.rules, session.redacted.check, session.redacted.snapshot))
        entries = parameter_lines(line, ruleset, year, session.snapshot.blocked)
        side.show_parameters(
            entries, changeable=can_be_changed(line, ruleset), added=self._added(line) is not None
        )
        side.decide_button.setVisible(bool(self._undecided()))
        side.show_notes([*self._facts(line), *reading_notes(line, ruleset)])
        counted = any(ruleset.rule(code).kind is RuleKind.FREQUENCY for code in line.rules)
        side.show_excuses(
            excuses_of(line, session.redacted.check, session.redacted.snapshot), can_add=counted
        )
        side.allow_changes(allowed=not session.read_only)

    def _added(self, line: RuleLine | None) -> Rule | None:
        """The rule of the line where the year added it itself; such a rule stands alone in its line."""
        known = self._session.ruleset.rules
        return next((rule for rule in known if rule.added and line and rule.code in line.rules), None)

    def _facts(self, line: RuleLine) -> list[str]:
        """What the facts say beside the words: that a rule was added, 街镇 left out for years, the school breaks."""
        session = self._session
        if (added := self._added(line)) is not None:
            until = "，只这一年" if added.valid_to else ""
            since = (
                f"自{added.valid_from.year}年{short_day(added.valid_from)}起"
                if added.valid_from
                else "全年适用"
            )
            return [f"本年度自加的规则（{added.severity.label}），{since}{until}。"]
        rules = [rule for rule in session.ruleset.rules if rule.code in line.rules]
        covers = any(rule.counts(Campaign.COMMUNITY, GroupKind.TOWN) for rule in rules)
        if covers and (words := coverage_words(towns_of(session))):
            return [words]
        if any(rule.check == "in_school_break" for rule in rules):
            settings = dict(session.row.settings)
            breaks = school_breaks(session.year, settings, session.ruleset)
            return [f"现按{'、'.join(one.words for one in breaks)}；起止日在菜单“规则 → 学校假期…”里登记。"]
        return []

    def show_source(self) -> None:
        """Show the whole document at the clause of the line."""
        from gui.kit.help_dialogs import ClauseTextDialog

        line, session = self.line, self._session
        if line is not None and line.rules:
            quote = session.ruleset.rule(line.rules[0]).quote
            row = session.row
            dialog = ClauseTextDialog(self._page, quote, row.ruleset, dict(row.settings))
            dialog.exec()
            dialog.deleteLater()

    def change_parameters(self) -> None:
        """Open the form of the line's parameters."""
        from gui.rules.own_rule_form import ask_own_rule, own_rule_entry
        from gui.rules.parameter_dialog import ParameterDialog

        line, session = self.line, self._session
        if (added := self._added(line)) is not None:
            ask_own_rule(session, self._page.window(), own_rule_entry(session, added.code))
            return
        if line is None or not can_be_changed(line, session.ruleset):
            return
        if session.read_only:
            session.messages.toast(session.read_only_reason)
            return
        dialog = ParameterDialog(session, line, self._page.window())
        dialog.exec()
        dialog.deleteLater()

    def decide(self) -> None:
        """The words of the line's rules have changed and their numbers stay: nobody need look at it any more."""
        session = self._session
        rules = self._undecided()
        if rules and not session.read_only:
            values: dict[str, Setting] = {former_name(rule.code): None for rule in rules}
            title = f"核对口径：{'、'.join(rule.title for rule in rules)}原文已改，数不变"
            session.perform(commands.change_settings, session.year, values, title, toast=True)

    def _undecided(self) -> tuple[Rule, ...]:
        codes = self.line.rules if self.line else ()
        return tuple(rule for rule in self._session.ruleset.undecided if rule.code in codes)

    def withdraw_rule(self) -> None:
        """Take the added rule of the line away, after what that changes."""
        from gui.rules.own_rule_form import WithdrawRuleDialog

        session, added = self._session, self._added(self.line)
        if added is None or session.read_only:
            return
        dialog = WithdrawRuleDialog(session, added, self._page.window())
        dialog.exec()
        dialog.deleteLater()

    def add_rule(self) -> None:
        """Ask for a rule of the year's own; it is shown once it is there."""
        from gui.rules.own_rule_form import ask_own_rule

        known = {rule.code for rule in self._session.ruleset.rules}
        if ask_own_rule(self._session, self._page.window()):
            fresh = (rule.code for rule in self._session.ruleset.rules if rule.code not in known)
            self._page.go_to(next(fresh, ""))

    def _on_add(self) -> None:
        """Offer the periods that can still be exempted."""
        line, session = self.line, self._session
        if line is None or session.read_only:
            return
        cells = [
            cell
            for cell in session.check.cells
            if cell.rule in line.rules
            and cell.last >= session.today
            and (cell.state.is_mendable or cell.state is CellState.PLANNED)
        ]
        if not cells:
            session.messages.toast("没有还能豁免的周期；已过的周期请登记说明")
            return
        entries = [(self._choice(line, cell), number) for number, cell in enumerate(cells)]
        button = self._side.add_button
        menu = build_menu(self._page, [entries], partial(self._on_cell_chosen, cells))
        self._fixes.pop_up(menu, button.mapToGlobal(button.rect().bottomLeft()))

    def _choice(self, line: RuleLine, cell: Cell) -> str:
        first, last = cell.first.month, cell.last.month
        span = f"{first}月" if first == last else f"{first}—{last}月"
        title = self._session.ruleset.rule(cell.rule).title if cell.rule != line.key else ""
        return " ".join(part for part in (title, cell.group, span, f"（{cell.state.label}）") if part)

    def _on_cell_chosen(self, cells: list[Cell], number: object) -> None:
        if isinstance(number, int):
            self._page.exempt_requested.emit(cells[number])

    def _on_withdrawn(self, excuse: Excuse) -> None:
        session, cell = self._session, excuse.cell
        if excuse.key:
            session.perform(commands.withdraw_exemption, session.year, excuse.key, toast=True)
        elif cell is not None:
            place = (cell.rule, cell.first, cell.last, cell.group)
            session.perform(commands.explain, session.year, *place, "", toast=True)
