"""规则检查：逐条对照，缺什么、何时前、怎么办；参数与口径在右。"""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QElapsedTimer, QRect, Qt
from PySide6.QtGui import QKeyEvent, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QApplication, QVBoxLayout, QWidget

from gui.kit.announce import announce
from gui.kit.empty_state import EmptyAction
from gui.kit.page import EXPORTS, Page
from gui.kit.theme import theme
from gui.rules.cards import Act, MetLine, RowCard, met_lines, met_title, row_card
from gui.rules.contents import (
    calm_of,
    chosen_lines,
    chosen_rows,
    hint_rows,
    line_head,
    met_rows,
    next_event,
    subtitle,
)
from gui.rules.controller import CALENDAR, RuleFixes
from gui.rules.findings_pane import Calm
from gui.rules.header import RulesHeader
from gui.rules.panes import ROOMY, RulesPanes
from gui.rules.parameter_panel import RulePanel
from gui.rules.walk import is_about, next_place
from gui.session.messages import Bar
from gui.session.suggestions import Suggestions, can_be_filled
from gui.session.year_session import YearSession
from models.rulesets import document_text
from planners.proposals import Conditions, Entry, Open
from planners.results import Cell, CellState, Finding
from planners.rule_row_words import Fix
from planners.rule_rows import RowState, RuleLine, RuleRow, all_met, line_of, rule_lines
from planners.wording import cell_sentence
from planners.year_count import year_count

"""Height from which the header has its full one."""
MOST_SOUGHT = 8
"""Findings of a line whose day is looked for unasked."""


class RulesPage(Page):
    """Every clause with what was found about it. The keyboard: F8 goes to the next finding wherever it is."""

    def __init__(
        self,
        session: YearSession,
        conditions: Callable[[], Conditions] = Conditions,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._session = session
        self.suggestions = Suggestions(session, conditions, self)
        self.lines: tuple[RuleLine, ...] = ()
        self._key = self._shown_key = ""
        self._fresh = True
        self._filter: RowState | None = None
        self._rows: tuple[RuleRow, ...] = ()
        self._hints: tuple[RuleRow, ...] = ()
        self._met: tuple[MetLine, ...] = ()
        self._sought: set[str] = set()
        self._acted_on = ""
        self._since_act = QElapsedTimer()
        self.header = RulesHeader()
        self.panes = RulesPanes(self._describe, self)
        self.clauses, self.findings, self.side = self.panes.clauses, self.panes.findings, self.panes.side
        self._lay_out()
        self.fixes = RuleFixes(session, self.suggestions, self)
        self.panel = RulePanel(session, self.side, self.fixes, self)
        self._connect()
        self.setFocusProxy(self.clauses)
        self.refresh()

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.header)
        column.addWidget(self.panes, 1)
        self._style()

    def _style(self) -> None:
        self.header.setFixedHeight(self.head_height())

    def _connect(self) -> None:
        self.header.pill_toggled.connect(self._on_pill)
        self.header.plan_clicked.connect(self.gaps_requested)
        self.header.panel_clicked.connect(self.panes.toggle_drawer)
        self.header.print_clicked.connect(self._print_checklist)
        self.panes.add_button.clicked.connect(self.panel.add_rule)
        self.panes.drawer.closed.connect(self.header.panel_button.setFocus)
        self.clauses.key_chosen.connect(self._on_line_chosen)
        self.clauses.entered.connect(self.findings.focus_first)
        self.clauses.space_pressed.connect(self.findings.toggle_met)
        self.findings.acted.connect(self._on_acted)
        self.findings.reached.connect(self._on_reached)
        self.findings.hint_chosen.connect(self._on_hint)
        self.findings.met_chosen.connect(self._on_met)
        self.findings.quote.source_wanted.connect(self.panel.show_source)
        self.findings.quote.copied.connect(self._session.messages.toast)
        self.side.cell_chosen.connect(self._on_cell)
        self.fixes.closed.connect(self._back_to_findings)
        self.fixes.due_wanted.connect(self._on_due_wanted)
        self.suggestions.found.connect(self._show_cards)
        self._session.changed.connect(self.refresh)
        self._session.held.connect(self._on_held)
        self._session.messages.bar_requested.connect(self._on_bar)
        theme().changed.connect(self._on_theme_changed)

    # what is shown

    @property
    def line(self) -> RuleLine | None:
        """The line that is shown."""
        return next((line for line in self.lines if line.key == self._key), None)

    @property
    def rows(self) -> tuple[RuleRow, ...]:
        """The 刚性 findings shown, filtered."""
        return self._rows

    def refresh(self) -> None:
        """Show the year of the session as it is now."""
        if not self._session.has_year:
            self.lines = ()
            return
        self.panes.stale.hide()
        self.lines = rule_lines(self._session.check, self._session.snapshot)
        self.header.show_words(subtitle(self.lines, self._session.ruleset))
        self.header.show_counts(year_count(self._session.check, self._session.agenda))
        self._allow_changes()
        self.panes.foot.setText(f"规则集 {self._session.ruleset.year} · 修改留痕，可撤销")
        self._show_lines()

    def _show_lines(self) -> None:
        shown = chosen_lines(self.lines, self._filter)
        if all(line.key != self._key for line in shown) and shown:
            urgent = next((line for line in shown if line.rows), shown[0])
            self._key = urgent.key
        self.clauses.show_lines(self._session.ruleset.document, shown, self._key)
        self._show_line()

    def _show_line(self) -> None:
        line = self.line
        if line is None:
            return
        session = self._session
        self._fresh = self._key != self._shown_key
        self._shown_key = self._key
        row = session.row
        document = document_text(row.ruleset, dict(row.settings))
        self.findings.show_head(line_head(line, session.check, document))
        self._rows = chosen_rows(line, self._filter)
        self._hints = line.hints if self._filter is None else ()
        self._met = (
            met_lines(line, session.ruleset, session.redacted.snapshot) if self._filter is None else ()
        )
        self._prepare()
        self._show_cards()
        self.findings.show_met(*met_title(line), met_rows(self._met))
        self.panel.show_line(line)

    def _show_cards(self) -> None:
        """Cards and hints, with what the planner proposes as far as that is known."""
        line = self.line
        if line is None:
            return
        key, number = self.findings.current_key(), self.findings.current_number()
        cards = [self._card(row) for row in self._rows]
        calm = None if cards or (self._hints and not all_met(self.lines)) else self._calm(line)
        self.findings.show_cards(cards, calm)
        unfolded = not cards if self._fresh else self.findings.hints.is_open
        self._fresh = False
        rows = hint_rows(self._hints, [self._card(row) for row in self._hints])
        self.findings.show_hints(f"提示 {len(rows)} 项", rows, unfolded=unfolded)
        if number is not None:
            self.findings.focus_near(number, key)

    def _calm(self, line: RuleLine) -> Calm:
        event = next_event(self._session.redacted.snapshot, self._session.today)
        actions = (EmptyAction("看下一场", self._show_next_event),) if event else ()
        return calm_of(line, self.lines, self._filter, self._session, event, actions)

    def _card(self, row: RuleRow) -> RowCard:
        session, answer, sought = self._session, self._answer(row), row.key in self._sought
        return row_card(
            row,
            answer,
            session.redacted.snapshot,
            session.ruleset,
            read_only=session.read_only,
            sought=sought,
            look=self.suggestions.first_look(row.cell) if sought and row.cell and answer is None else None,
        )

    def _answer(self, row: RuleRow) -> Entry | Open | None:
        if row.fix is not Fix.SCHEDULE or row.cell is None:
            return None
        return self.suggestions.reply(row.cell) or self.suggestions.known(row.cell)

    def _on_reached(self, key: str) -> None:
        """The finding that the keyboard is on is looked at before the others."""
        row = next((row for row in self._rows if row.key == key), None)
        if row is not None and row.cell is not None and key in self._sought:
            self.suggestions.hurry([row.cell])

    def _prepare(self) -> None:
        """Find days for what is short on this line, in the background."""
        self._sought = set()
        if self._session.read_only:
            return
        short = [row for row in self._all_rows() if row.fix is Fix.SCHEDULE and row.cell is not None]
        chosen = [row for row in short[:MOST_SOUGHT] if row.cell is not None and can_be_filled(row.cell)]
        self._sought = {row.key for row in chosen}
        self.suggestions.prepare([row.cell for row in chosen if row.cell is not None])

    def _describe(self, cell: Cell) -> str:
        return cell_sentence(cell, self._session.redacted.check, self._session.redacted.snapshot)

    def _allow_changes(self) -> None:
        allowed = not self._session.read_only
        self.header.allow_changes(allowed=allowed)
        self.panes.add_button.setEnabled(allowed)

    def _on_held(self) -> None:
        self._allow_changes()
        self.side.allow_changes(allowed=not self._session.read_only)
        if self._session.has_year:
            self._prepare()
            self._show_cards()

    def _on_bar(self, bar: Bar) -> None:
        """The check could not be made anew: what is shown is the former result."""
        if bar.topic == "check":
            self.panes.stale.setText("规则检查未完成，下面是上一次的结果；可按 F5 重试。")
            self.panes.stale.show()

    # walking

    def show_rule(self, key: str) -> bool:
        """Show the line that ``key`` (a line's or a rule's) stands in; whether there is one."""
        line = line_of(self.lines, key)
        if line is None:
            return False
        if line.key != self._key or all(shown.key != line.key for shown in self._shown_lines()):
            if all(shown.key != line.key for shown in self._shown_lines()):
                self.clear_filter()
            self._key = line.key
            self.findings.fold_met()
            self.clauses.choose(line.key)
            self._show_line()
            self.findings.verticalScrollBar().setValue(0)
        return True

    def _shown_lines(self) -> tuple[RuleLine, ...]:
        return chosen_lines(self.lines, self._filter)

    def _on_line_chosen(self, key: str) -> None:
        self.show_rule(key)
        if (line := self.line) is not None:
            self.said.emit(f"{line.title}：{len(self._rows)} 项要办")

    def go_to(self, target: object) -> None:
        """Show a rule (its code), or a ``Cell`` or ``Finding`` with the keyboard on its card."""
        if isinstance(target, str):
            self.show_rule(target)
        elif isinstance(target, Cell | Finding) and self.show_rule(target.rule):
            self.clear_filter_unless(target)
            row = next((row for row in self._all_rows() if is_about(row, target)), None)
            if row is not None and not self.findings.focus_card(row.key):
                self.findings.hints.unfold(unfolded=True)
                self._focus_hint(row)

    def _all_rows(self) -> tuple[RuleRow, ...]:
        return (*self._rows, *self._hints)

    def _focus_hint(self, row: RuleRow) -> None:
        if row in self._hints:
            view = self.findings.hints.view
            view.setFocus(Qt.FocusReason.OtherFocusReason)
            view.setCurrentIndex(self.findings.hints.rows.index(self._hints.index(row)))
            self.findings.show_part(view, view.visualRect(view.currentIndex()))

    def clear_filter_unless(self, target: Cell | Finding) -> None:
        """Show everything again where ``target`` is filtered away."""
        if self._filter is not None and not any(is_about(row, target) for row in self._rows):
            self.clear_filter()
            self._show_lines()

    def next_finding(self, step: int = 1) -> bool:
        """Take the keyboard to the next (1) or previous (-1) finding, across clauses; whether there is one."""
        found = [
            (line.key, row.key) for line in self._shown_lines() for row in chosen_rows(line, self._filter)
        ]
        if not found:
            words = "没有要办的发现" if self._filter is None else f"没有{self._filter.label}的发现"
            self._session.messages.toast(words)
            return False
        lines = [line.key for line in self._shown_lines()]
        key = self.findings.current_key()
        (line_key, row_key), wraps = next_place(found, lines, self._key, key, step)
        moved = line_key != self._key
        self.show_rule(line_key)
        if moved and self.line is not None:
            announce(self, self.line.title)
        self.findings.focus_card(row_key)
        row = next(row for row in self._rows if row.key == row_key)
        title = self.line.title if self.line else ""
        around = ("从头开始：" if step > 0 else "从末尾开始：") if wraps else ""
        words = f"{around}{title}，{row.state.label}，{row.words.where}，{row.words.missing}"
        self.said.emit(words)
        return True

    def find(self) -> None:
        """The clauses are walked with the keyboard: there the focus goes."""
        self.clauses.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def regions(self) -> list[QWidget]:
        """Header, clauses, findings, panel."""
        widgets: list[QWidget] = [self.header.pill(CellState.OVERDUE), self.clauses]
        cards = self.findings.card_widgets
        if self.findings.is_long:
            widgets.append(self.findings.long_list)
        elif cards:
            widgets.append(cards[0])
        elif self.findings.met.isVisibleTo(self):
            widgets.append(self.findings.met.head)
        else:
            widgets.append(self.findings.quote.copy_button)
        if self.side.isVisible():
            shown = [matrix for matrix in self.side.matrices if matrix.isVisible()]
            widgets.append(shown[0] if shown else self.side.change_button)
        return widgets

    def wait(self) -> None:
        """Stop looking for days."""
        self.suggestions.wait()

    # what the user does

    def _on_pill(self, state: RowState | None) -> None:
        self._filter = state
        self._show_lines()
        self.said.emit(f"只看{state.label}" if state is not None else "显示全部")

    def clear_filter(self) -> None:
        """Show everything again."""
        self.header.clear_pills()
        if self._filter is not None:
            self._filter = None
            self.clauses.show_lines(self._session.ruleset.document, self._shown_lines(), self._key)

    def show_everything(self) -> None:
        """Show everything again, the line as well."""
        self.clear_filter()
        self._show_lines()

    def _on_acted(self, key: str, act: Act) -> None:
        """Carry out what a card asks for; the second half of a double click is not for the next card."""
        pause = QApplication.doubleClickInterval()
        if self._since_act.isValid() and self._since_act.elapsed() < pause and key != self._acted_on:
            return
        row = next((row for row in self._rows if row.key == key), None)
        if row is not None:
            self._acted_on = key
            self._do(row, act, self.findings.place_of(key))
            self._since_act.start()  # only now: the second click waits until the first is done

    def _do(self, row: RuleRow, act: Act, place: QRect) -> None:
        """Carry out ``act``; where a day has to be found first, the card says so."""
        self.fixes.do(row, act, place)
        if self.fixes.awaited is not None and row.key not in self._sought:
            self._sought.add(row.key)
            self._show_cards()

    def _on_hint(self, number: int) -> None:
        if number < len(self._hints):
            view = self.findings.hints.view
            rect = view.visualRect(self.findings.hints.rows.index(number))
            rect.moveTopLeft(view.viewport().mapToGlobal(rect.topLeft()))
            self._do(self._hints[number], Act.FIX, rect)

    def _on_met(self, number: int) -> None:
        if number < len(self._met):
            view = self.findings.met.view
            rect = view.visualRect(self.findings.met.rows.index(number))
            rect.moveTopLeft(view.viewport().mapToGlobal(rect.topLeft()))
            self.fixes.show_events(self._met[number].cell.events, rect)

    def _on_cell(self, cell: Cell) -> None:
        """A cell of the matrix: its events open, one without any goes to its finding."""
        matrix = next((m for m in self.side.matrices if m.current == cell), self.side.matrices[0])
        if cell.events:
            self.fixes.show_events(cell.events, matrix.global_rect(matrix.place))
        else:
            self.panes.drawer.close_by_user()
            self.go_to(cell)

    def _on_due_wanted(self, rule: str) -> None:
        if self.show_rule(rule):
            self.panel.change_parameters()

    def _show_next_event(self) -> None:
        event = next_event(self._session.snapshot, self._session.today)
        if event is not None:
            self.page_requested.emit(CALENDAR, event.key)

    def _back_to_findings(self) -> None:
        if not self.findings.current_key():
            self.findings.focus_first()

    # the window

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Leave out what does not fit."""
        super().resizeEvent(event)
        self._style()
        self._show_width()

    def _print_checklist(self) -> None:
        self.page_requested.emit(EXPORTS, "findings")

    def _show_width(self) -> None:
        roomy = self.width() >= ROOMY * theme().scale
        self.header.show_width(wide=self.panes.drawer.is_docked, roomy=roomy)

    def showEvent(self, event: QShowEvent) -> None:
        """The keyboard begins on the clauses."""
        super().showEvent(event)
        self.begin_on(self.clauses)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc closes the drawer, then takes the filter away."""
        if event.key() == Qt.Key.Key_Escape and self.panes.drawer.is_open:
            self.panes.drawer.close_by_user()
        elif event.key() == Qt.Key.Key_Escape and self._filter is not None:
            self.show_everything()
        elif event.key() == Qt.Key.Key_Space:
            self.findings.toggle_met()
        else:
            super().keyPressEvent(event)

    def _on_theme_changed(self) -> None:
        self._style()
        self.panes.fit()
        self._show_width()
        self.findings.refit()
        self.side.refit()
        self.clauses.doItemsLayout()
        if self._session.has_year:
            self._show_line()
