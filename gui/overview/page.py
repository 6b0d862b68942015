"""年度总览：规则为行、月份为列，缺什么、何时前、怎么办。"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from functools import cached_property, partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QKeyEvent, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QStackedLayout, QVBoxLayout, QWidget

from gui.kit.deadline_places import open_deadline
from gui.kit.head_bars import FilterBar, Legend, PageHeader
from gui.kit.page import CALENDAR, NewEvent, Page
from gui.kit.side_drawer import WIDE, SideDrawer, side_width
from gui.kit.theme import theme
from gui.overview.board_canvas import BoardHit, BoardOptions
from gui.overview.board_contents import board_contents
from gui.overview.year_board import YearBoard
from gui.services.board_values import BoardContents, BoardFilter
from gui.session.suggestions import Suggestions
from gui.session.year_session import YearSession
from models.domain.events import Campaign
from models.domain.units import UnitKind
from models.domain.workdays import WEEKDAYS
from planners.results import AgendaAction, AgendaEntry, AgendaGroup, Cell, CellState, FindingState
from planners.wording import short_day, year_in_words
from planners.year_count import year_count

if TYPE_CHECKING:
    from gui.kit.empty_state import EmptyState
    from gui.kit.popover import Popover
    from gui.overview.board_model import BoardModel
    from gui.overview.board_table import BoardTable
    from gui.overview.controller import BoardController
    from gui.overview.todo_model import TodoRow
    from gui.overview.todo_panel import TodoPanel
    from planners.proposals import Conditions, Entry

ROOMY = 1180
_URGENT = (AgendaGroup.OVERDUE, AgendaGroup.AT_RISK)


class OverviewPage(Page):
    """The home page: the year board, the agenda, and what is asked of a place on the board."""

    def __init__(
        self,
        session: YearSession,
        conditions: Callable[[], Conditions] | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._session = session
        self.suggestions = Suggestions(session, conditions, self)
        self._state: CellState | None = None
        self._as_table = False
        self._entries: tuple[AgendaEntry, ...] = ()
        self.header = PageHeader(self)
        self.filters = FilterBar(self)
        self._centre = QWidget(self)
        self.board = YearBoard(self._centre)
        self._lay_out()
        self._connect()
        self.setFocusProxy(self.board)
        self.refresh()

    def _lay_out(self) -> None:
        self._stack = QStackedLayout(self._centre)
        self._stack.addWidget(self.board)
        left = QVBoxLayout()
        left.setSpacing(0)
        left.addWidget(self.filters)
        left.addWidget(self._centre, 1)
        self._row = QHBoxLayout()
        self._row.setSpacing(0)
        self._row.addLayout(left, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.header)
        column.addLayout(self._row, 1)
        self._style()

    @cached_property
    def todo(self) -> TodoPanel:
        """现在要办: made when there is room for it, or when it is asked for."""
        from gui.overview.todo_panel import TodoPanel

        made = TodoPanel(self)
        made.action_requested.connect(self._on_todo_action)
        made.entry_selected.connect(self._on_todo_selected)
        if self._session.has_year:
            made.show_rows(*self._rows())
        return made

    @cached_property
    def drawer(self) -> SideDrawer:
        """Where the panel is while the page is too narrow for both."""
        made = SideDrawer(self, self.todo, self._dock, lambda: self.header.height() + self.filters.height())
        made.closed.connect(partial(self.filters.todo_button.setFocus, Qt.FocusReason.PopupFocusReason))
        made.fit()
        return made

    @property
    def _has_drawer(self) -> bool:
        return "drawer" in self.__dict__

    @cached_property
    def controller(self) -> BoardController:
        """What is asked and answered on the board."""
        from gui.overview.controller import BoardController

        made = BoardController(self._session, self.suggestions, self.board, self)
        made.home = self.table if self._as_table else self.board
        return made

    @cached_property
    def model(self) -> BoardModel:
        """The rows and cells of the table."""
        from gui.overview.board_model import BoardModel

        return BoardModel()

    @cached_property
    def table(self) -> BoardTable:
        """The year as a table."""
        from gui.overview.board_table import BoardTable

        made = BoardTable(self.model)
        made.cell_activated.connect(self._on_table_activated)
        self._stack.addWidget(made)
        return made

    @cached_property
    def empty(self) -> EmptyState:
        """What is said where no line is left."""
        from gui.kit.empty_state import EmptyState

        made = EmptyState()
        self._stack.addWidget(made)
        return made

    @cached_property
    def _legend(self) -> Popover:
        """What the marks of the board mean."""
        from gui.kit.popover import Popover

        made = Popover(self)
        column = QVBoxLayout(made)
        column.setContentsMargins(14, 10, 14, 10)
        column.addWidget(Legend())
        return made

    def _style(self) -> None:
        self.header.setFixedHeight(self.head_height())
        self.filters.setFixedHeight(round(40 * theme().scale))

    def _connect(self) -> None:
        board = self.board
        board.event_requested.connect(self.event_requested)
        board.decision_requested.connect(self.decision_requested)
        board.month_requested.connect(self._on_month_requested)
        board.week_requested.connect(self._on_week_requested)
        board.said.connect(self.said)
        board.set_describer(self._describe)
        # The controller is made when something is first asked of it: the start need not wait for it.
        board.cell_activated.connect(lambda *at: self.controller.show_card(*at))
        board.suggestion_requested.connect(lambda *at: self.controller.accept_at(*at))
        board.new_event_requested.connect(lambda *at: self.controller.ask_new(*at))
        board.theme_requested.connect(lambda quarter: self.controller.ask_theme(quarter))
        board.move_requested.connect(lambda *asked: self.controller.ask_move(*asked))
        board.copy_requested.connect(lambda *asked: self.controller.ask_copy(*asked))
        board.postpone_requested.connect(lambda *asked: self.controller.ask_postpone(*asked))
        board.more_requested.connect(lambda *asked: self.controller.show_more(*asked))
        board.context_requested.connect(lambda hit, at: self.controller.show_menu(hit, at))
        self.header.year_stepped.connect(self._session.open_year)
        self.header.pill_toggled.connect(self._on_pill_toggled)
        self.header.new_clicked.connect(self.make_new)
        self.header.plan_clicked.connect(self.plan_requested)
        self.filters.changed.connect(self._on_filters_changed)
        self.filters.todo_clicked.connect(self.toggle_drawer)
        self.filters.legend_clicked.connect(self._on_legend_clicked)
        self.suggestions.found.connect(self._show_rows)
        self._session.changed.connect(self.refresh)
        self._session.beside_changed.connect(self._show_todo)
        self._session.held.connect(self._allow)
        theme().changed.connect(self._on_theme_changed)

    # what is shown

    def refresh(self) -> None:
        """Show the year of the session as it is now."""
        if not self._session.has_year:
            return
        snapshot = self._session.redacted[0]
        self._show_header()
        towns = [(u.name, u.key) for u in snapshot.units if u.kind is UnitKind.TOWN]
        leading = {key for event in snapshot.events for key in event.units}
        units = [(u.name, u.key) for u in snapshot.units if u.key in leading and u.kind is not UnitKind.TOWN]
        self.filters.show_choices(units, towns)
        self._show_todo()
        self._show_board()

    def _show_header(self) -> None:
        snapshot, today = self._session.snapshot, self._session.today
        wide = self.width() >= WIDE
        title = f"{year_in_words(snapshot.year)}年度总览" if wide else "年度总览"
        week = f"第 {today.isocalendar().week} 周"
        subtitle = f"截至 {short_day(today)} 星期{WEEKDAYS[today.weekday()]} · {week}"
        self.header.show_year(snapshot.year, title, subtitle, self._session.years())
        self.header.show_width(wide=wide, roomy=self.width() >= ROOMY + 140)
        self._allow()

    def _allow(self) -> None:
        self.header.allow_changes(allowed=not self._session.read_only)

    def _show_todo(self) -> None:
        """The counts are the year's own; 现在要办 has what is open in the other years of the file as well."""
        entries, check = self._session.agenda, self._session.check
        self._entries = self._with_other_years(entries)
        count = year_count(check, entries)
        self.header.show_counts(count)
        elsewhere = sum(entry.year is not None and entry.group in _URGENT for entry in self._entries)
        self.filters.show_todo_count(count.urgent + elsewhere)
        self._show_rows()
        self.suggestions.prepare(entry.cell for entry in entries if entry.cell and _is_urgent(entry))

    def _with_other_years(self, entries: tuple[AgendaEntry, ...]) -> tuple[AgendaEntry, ...]:
        if not self._session.beside:
            return entries
        from planners.open_years import beside

        return beside(entries, self._session.beside)

    def _show_rows(self) -> None:
        """The agenda; what is urgent names its day as soon as that is known, the card of a later cell asks."""
        if "todo" in self.__dict__:
            self.todo.show_rows(*self._rows())

    def _rows(self) -> tuple[Sequence[TodoRow], str, Sequence[str]]:
        from gui.overview.todo_model import todo_rows

        check = self._session.check
        hints = sum(1 for finding in check.findings if finding.state is FindingState.HINT)
        notes = [f"另有提示 {hints} 项，不影响达标"] if hints else []
        notes += [one.problem for one in self._session.beside if one.problem]
        known = [self._known(entry) for entry in self._entries]
        return todo_rows(self._entries, known), "\n".join(notes), self._all_done_words()

    def _known(self, entry: AgendaEntry) -> Entry | None:
        return self.suggestions.known(entry.cell) if entry.cell and _is_urgent(entry) else None

    def _all_done_words(self) -> tuple[str, ...]:
        from gui.overview.words import all_done_words

        session = self._session
        return all_done_words(session.check.summary.total, session.redacted.snapshot.events, session.today)

    def _show_board(self) -> None:
        contents = board_contents(self._session.snapshot, self._session.check, self._filter())
        self.board.set_options(BoardOptions(self.filters.names.isChecked(), self.filters.loads.isChecked()))
        self.board.set_contents(contents)
        if self._as_table:
            self.model.set_contents(contents)
        if contents.lines:
            self._stack.setCurrentWidget(self.table if self._as_table else self.board)
        else:
            self._show_empty()

    def show_as_table(self, shown: bool) -> None:  # noqa: FBT001
        """以表格显示: the same rows and cells in a table, for screen readers and Excel."""
        self._as_table = shown
        self.controller.home = self.table if shown else self.board
        self._show_board()

    def _filter(self) -> BoardFilter:
        return BoardFilter(
            unit=self.filters.unit,
            town=self.filters.town,
            status=self.filters.status,
            state=self._state,
            unmet_only=self.filters.unmet.isChecked(),
        )

    def _show_empty(self) -> None:
        """No line is left: all satisfied, or nothing that matches, and why."""
        from gui.kit.empty_state import EmptyAction
        from gui.overview.words import why_empty

        chosen = self._filter()
        if chosen.unmet_only and not chosen.hides_events and chosen.state is None:
            lines = self._all_done_words()[1:]
            actions = (EmptyAction("显示全部行", self.clear_filters),)
            self.empty.show_words("check", self._all_done_words()[0], lines, actions)
        else:
            words = [*self.filters.chosen_words(), *([self._state.label] if self._state else [])]
            lines = (
                "条件：" + " · ".join(words),
                *why_empty(chosen, self.filters.chosen_words(), self._session.snapshot.events),
            )
            actions = (EmptyAction("清除全部条件", self.clear_filters),)
            self.empty.show_words("search", "没有符合全部条件的活动", lines, actions)
        self._stack.setCurrentWidget(self.empty)

    def clear_filters(self) -> None:
        """Let everything through again."""
        self._state = None
        self.header.clear_pills()
        self.filters.clear()

    def _describe(self, hit: BoardHit) -> str:
        from gui.kit.event_words import as_tooltip, with_release
        from gui.overview.board_words import hit_words

        contents = self.board.contents
        if contents is None:
            return ""
        words = hit_words(hit, contents, self._session.snapshot, self._session.check)
        return as_tooltip(with_release(words, hit.key, self._session))

    @property
    def contents(self) -> BoardContents | None:
        """What the board shows."""
        return self.board.contents

    # what the user does

    def _on_filters_changed(self) -> None:
        self._show_board()

    def _on_pill_toggled(self, state: CellState | None) -> None:
        self._state = state
        self._show_board()

    def make_new(self) -> None:
        """A new event of the line and month that are selected."""
        cursor, contents = self.board.place, self.board.contents
        if cursor is not None and contents is not None and contents.lines[cursor.row].campaign:
            self.controller.ask_new(contents.lines[cursor.row].key, cursor.month)
        else:
            self.new_event_requested.emit(NewEvent(Campaign.LECTURE))

    def _on_month_requested(self, month: int) -> None:
        self.page_requested.emit(CALENDAR, date(self._session.year, month, 1))

    def _on_week_requested(self, monday: str) -> None:
        self.page_requested.emit(CALENDAR, date.fromisoformat(monday))

    def _on_table_activated(self, line_key: str, month: int) -> None:
        row = self.board.row_of(line_key)
        if row is None:
            return
        place = self.table.visualRect(self.model.index(row, month))
        corner = self.table.viewport().mapTo(self, place.topLeft())
        self.controller.show_card_beside(line_key, month, QRect(corner, place.size()))

    def _on_todo_selected(self, entry: AgendaEntry) -> None:
        """Show where the entry is on the board."""
        if (place := self._place_of(entry)) is not None:
            self.board.select(*place)

    def _place_of(self, entry: AgendaEntry) -> tuple[int, int] | None:
        if entry.year not in (None, self._session.year):
            return None
        for row, line in enumerate(self.board.contents.lines if self.board.contents else ()):
            for cell in line.cells:
                if entry.cell is not None and entry.cell in cell.cells:
                    return row, cell.ghost or cell.first
            wanted = entry.event or _decision_of(entry)
            for month in range(1, 13):
                if entry.cell is None and any(chip.key == wanted for chip in line.chips_at(month)):
                    return row, month
        return None

    def _on_todo_action(self, entry: AgendaEntry) -> None:
        self.drawer.close_by_user()
        if not self._goes_to(entry.year):
            return
        if entry.action is AgendaAction.EXPLAIN and entry.cell is not None:
            self.explain_requested.emit(entry.cell)
        elif entry.action is AgendaAction.SET_THEME and entry.cell is not None:
            self.controller.ask_theme((entry.cell.first.month + 2) // 3)
        elif entry.action is AgendaAction.SCHEDULE:
            self._schedule(entry)
        elif entry.action is AgendaAction.RECORD and entry.event is not None:
            self.result_requested.emit(entry.event)
        elif entry.event is not None:
            self.event_requested.emit(entry.event)
        elif entry.finding is not None and entry.finding.decision is not None:
            self._on_todo_selected(entry)
            self.decision_requested.emit(entry.finding.decision)
        elif entry.finding is not None and entry.finding.policy is not None:
            self.policy_requested.emit(entry.finding.policy)
        elif entry.finding is not None:
            self.milestone_requested.emit(entry.finding.milestone)
        elif entry.due is not None:
            open_deadline(self, entry.due.key, self._session.snapshot, self._session.ruleset)

    def _goes_to(self, year: int | None) -> bool:
        """Whether what is of ``year`` can be dealt with: another year is opened for it."""
        if year is None:
            return True
        from gui.session.visiting import visit

        return visit(self._session, year)

    def _schedule(self, entry: AgendaEntry) -> None:
        """排入 or 自动补: drag out at once (with 撤销); where nothing can be done its card and the reason."""
        suggestion = self.suggestions.at(entry.cell)
        if suggestion is not None and not self._session.read_only:
            self.controller.schedule(suggestion)
            return
        if entry.cell is not None and suggestion is None:
            self._say_why(entry.cell)
        if self._place_of(entry) is None:
            self.clear_filters()
        if (place := self._place_of(entry)) is not None:
            self.board.select(*place)
            self.controller.show_card(self.board.line_at(place[0]).key, place[1])

    def _say_why(self, cell: Cell) -> None:
        from planners.proposals import Open

        answer = self.suggestions.answer(cell)
        if isinstance(answer, Open):
            self._session.messages.bar("info", f"{answer.label}：{answer.text}", topic="suggestion")

    def _on_legend_clicked(self) -> None:
        corner = self.filters.mapTo(self, self.filters.rect().bottomRight())
        corner.setX(max(0, corner.x() - self._legend.sizeHint().width() - 8))
        self._legend.open_at(corner)

    # the panel and the drawer

    def toggle_drawer(self) -> None:
        """Open or close 现在要办 where it is a drawer."""
        if self.drawer.is_open:
            self.drawer.close_by_user()
        elif self.drawer.open():
            self.todo.view.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def _dock(self) -> None:
        self._row.addWidget(self.todo)
        self.todo.setFixedWidth(side_width(theme().size("todoPanel")))

    def wait(self) -> None:
        """Stop looking for suggestions."""
        self.suggestions.wait()

    def regions(self) -> list[QWidget]:
        """The stops of F6 on this page: header, filters, main view, panel."""
        main = self._stack.currentWidget()
        panel = (self.todo.view,) if self._has_drawer and self.todo.isVisible() else ()
        return [self.header.pill(CellState.OVERDUE), self.filters.unmet, main or self.board, *panel]

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Dock or undock the panel, leave out what does not fit."""
        super().resizeEvent(event)
        self._fit_drawer()
        self._style()
        wide = self.width() >= WIDE
        self.filters.show_width(wide=wide, docked=wide, strip=self.width() >= 1124)
        if self._session.has_year:
            self._show_header()

    def _fit_drawer(self) -> None:
        if self._has_drawer:
            self.drawer.fit()
        elif self.width() >= WIDE:
            _ = self.drawer  # made, and docked

    def showEvent(self, event: QShowEvent) -> None:
        """The keyboard begins on the board."""
        super().showEvent(event)
        self.begin_on(self.board)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc closes the drawer."""
        if event.key() == Qt.Key.Key_Escape and self._has_drawer and self.drawer.is_open:
            self.drawer.close_by_user()
        else:
            super().keyPressEvent(event)

    def _on_theme_changed(self) -> None:
        self._style()
        self._fit_drawer()
        if self._session.has_year:
            self._show_header()


def _decision_of(entry: AgendaEntry) -> str | None:
    """The decision that the entry's finding or deadline is about; a key that is none is found nowhere."""
    if entry.finding is not None:
        return entry.finding.decision
    return entry.due.key.split("|")[1] if entry.due is not None and "|" in entry.due.key else None


def _is_urgent(entry: AgendaEntry) -> bool:
    return entry.year is None and entry.action is AgendaAction.SCHEDULE and entry.group is AgendaGroup.AT_RISK
