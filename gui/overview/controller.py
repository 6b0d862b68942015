"""年度总览上的问与答：格子卡片、选日期、季度主题、右键菜单，以及它们引出的命令。"""

from __future__ import annotations

from datetime import date
from functools import partial

from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtWidgets import QMenu, QWidget

from gui.kit.card_contents import CardAction, CardContents, card_contents
from gui.kit.cell_card import CellCard
from gui.kit.day_question import DayQuestions
from gui.kit.event_menu import CellMenuAction, build_menu, cell_actions
from gui.kit.page import NewEvent, Page
from gui.overview.board_canvas import BoardHit, BoardHitKind
from gui.overview.board_cursor import Cursor, along_chips
from gui.overview.year_board import YearBoard
from gui.services.board_values import BoardCell, BoardLine
from gui.session import event_actions as actions
from gui.session.event_actions import DayQuestion
from gui.session.suggestions import Suggestions
from gui.session.year_session import YearSession
from models import commands
from models.domain.events import Event
from models.domain.snapshot import ItemKind
from planners.proposals import Entry
from planners.results import Cell
from planners.wording import short_day


class BoardController(DayQuestions):
    """Answers what the user asks of a place on the board. What needs a dialog of its own is asked for by the page's signals."""

    def __init__(self, session: YearSession, suggestions: Suggestions, board: YearBoard, host: Page) -> None:
        super().__init__(session, host)
        self._suggestions = suggestions
        self._board = board
        self.card = CellCard(host)
        self.home: QWidget = board
        """Where the keyboard goes back to: the board, or the table in its place."""
        self._place: tuple[str, int] = ("", 1)
        self.card.chosen.connect(self._on_card_chosen)
        self.card.closed.connect(self.leave)
        self.card.chips_wanted.connect(self._on_chips_wanted)

    # the card

    def show_card(self, line_key: str, month: int) -> None:
        """Show the card of a cell beside it."""
        found = self._find(line_key, month)
        if found is None:
            return
        self.show_card_beside(line_key, month, self._in_host(self._board.cell_viewport_rect(found[0], month)))

    def show_card_beside(self, line_key: str, month: int, place: QRect) -> None:
        """Show the card of a cell beside ``place`` (coordinates of the page)."""
        found = self._find(line_key, month)
        if found is None:
            return
        self._place = (line_key, month)
        contents = self.card_of(found[1], found[2])
        if self._session.read_only:
            contents = contents._replace(buttons=())
        self.card.show_cell(contents, place)

    def card_of(self, line: BoardLine, cell: BoardCell) -> CardContents:
        """What the card of a cell says."""
        suggestion = self._suggestions.at(cell.cell)
        return card_contents(line, cell, self._session.snapshot, self._session.check, suggestion)

    def _find(self, line_key: str, month: int) -> tuple[int, BoardLine, BoardCell] | None:
        row = self._board.row_of(line_key)
        if row is None:
            return None
        line = self._board.line_at(row)
        return row, line, line.cell_at(month)

    def _in_host(self, place: QRect) -> QRect:
        corner = self._board.viewport().mapTo(self._page, place.topLeft())
        return QRect(corner, place.size())

    def leave(self) -> None:
        """Back to the board."""
        self.home.setFocus(Qt.FocusReason.PopupFocusReason)

    def _on_chips_wanted(self) -> None:
        contents, cursor = self._board.contents, self._board.place
        if contents is not None and cursor is not None:
            self._board.setFocus(Qt.FocusReason.PopupFocusReason)
            self._board.go_to(along_chips(Cursor(cursor.row, cursor.month), contents, 1))

    def _on_card_chosen(self, action: CardAction) -> None:
        found, contents = self._find(*self._place), self.card.contents
        if found is None or contents is None:
            return
        self.leave()
        _, line, cell = found
        self._do(action, line, cell, contents)

    def _do(self, action: CardAction, line: BoardLine, cell: BoardCell, contents: CardContents) -> None:
        if action is CardAction.ACCEPT and contents.suggestion is not None:
            self.schedule(contents.suggestion)
        elif action is CardAction.OTHER_DAY:
            self.ask_other_day(line, cell, contents.suggestion)
        elif action is CardAction.NEW:
            self.ask_new(line.key, self._place[1])
        elif action is CardAction.THEME:
            self.ask_theme((cell.first + 2) // 3)
        elif action in (CardAction.EXPLAIN, CardAction.EXEMPT, CardAction.WITHDRAW) and cell.cell:
            self._about_rule(action, cell.cell)
        elif contents.event is not None and action is CardAction.CONFIRM:
            actions.confirm(self._session, contents.event)
        elif contents.event is not None and action is CardAction.RECORD:
            self._page.result_requested.emit(contents.event)
        elif contents.event is not None:
            self._page.event_requested.emit(contents.event)

    def _about_rule(self, action: CardAction, cell: Cell) -> None:
        if action is CardAction.EXPLAIN:
            self._page.explain_requested.emit(cell)
        elif action is CardAction.EXEMPT:
            self._page.exempt_requested.emit(cell)
        else:
            year = self._session.snapshot.year
            self._session.perform(commands.withdraw_exemption, year, cell.key, toast=True)

    def accept_at(self, line_key: str, month: int) -> None:
        """排入 what is suggested for a cell (Ctrl+Enter); the card where nothing can be suggested."""
        found = self._find(line_key, month)
        suggestion = self._suggestions.at(found[2].cell) if found else None
        if suggestion is None or self._session.read_only:
            self.show_card(line_key, month)
        else:
            self.schedule(suggestion)

    def schedule(self, entry: Entry) -> None:
        """Carry out one new event at once; what a person should look at first is shown as a proposal."""
        if actions.is_plain(entry):
            actions.accept_entry(self._session, entry)
        else:
            self._page.proposal_requested.emit(entry)

    def ask_new(self, line_key: str, month: int) -> None:
        """Ask for a new event with campaign, 学段 and a day of the month filled in."""
        found = self._find(line_key, month)
        if found is None or found[1].campaign is None or self._session.read_only:
            return
        line = found[1]
        assert line.campaign is not None
        today, year = self._session.today, self._session.snapshot.year
        judged = actions.judged_month(self._session, DayQuestion(line.campaign, group=line.part), year, month)
        day = judged.best or max(date(year, month, 1), min(today, date(year, month, 28)))
        self._page.new_event_requested.emit(NewEvent(line.campaign, day, line.part))

    # the mini calendar

    def ask_other_day(self, line: BoardLine, cell: BoardCell, suggestion: Entry | None) -> None:
        """Ask for the day of a missing event."""
        if line.campaign is None or cell.cell is None:
            return
        event = suggestion.event if suggestion else None
        month = event.day.month if event and event.day else self._place[1]
        question = DayQuestion(line.campaign, group=cell.cell.group)
        row = self._board.row_of(line.key)
        place = self._in_host(self._board.cell_viewport_rect(row or 0, cell.first))
        question = self.proposed_question(question, suggestion)
        self.ask(question, suggestion, (self._session.snapshot.year, month), place)

    def ask_move(self, key: str, month: int, at: QPoint) -> None:
        """Ask for the day in ``month`` to which an event moves; ``at`` is a global point."""
        self._ask_day(key, month, at, copies=False)

    def ask_copy(self, key: str, month: int, at: QPoint) -> None:
        """Ask for the day in ``month`` of another event like that of ``key``."""
        self._ask_day(key, month, at, copies=True)

    def _ask_day(self, key: str, month: int, at: QPoint, *, copies: bool) -> None:
        event = self._session.snapshot.event_by_key.get(key)
        if event is None or self._session.read_only:
            return
        question, when = _question_of(event, copies=copies), (self._session.snapshot.year, month)
        self.ask(question, None, when, self._page.mapFromGlobal(at))

    def ask_postpone(self, key: str, month: int) -> None:
        """Ask for the reason of 延期: to the best day of another month, or into 待定 from its own."""
        session = self._session
        event = session.snapshot.event_by_key.get(key)
        if event is None or session.read_only:
            return
        latest = event.latest_day
        if latest is None or (latest.year, latest.month) == (session.year, month):
            self._page.postpone_requested.emit(key)
            return
        best = actions.judged_month(session, _question_of(event), session.year, month).best
        if best is None:
            session.messages.toast(f"{month}月没有可以改到的日子，请在表单里另选")
        self._page.postpone_to_requested.emit(key, best)

    # themes

    def ask_theme(self, quarter: int) -> None:
        """Ask for the theme of a quarter beside its band."""
        row = self._board.row_of("park")
        if row is None or self._session.read_only:
            return
        place = self._in_host(self._board.cell_viewport_rect(row, 3 * quarter - 2))
        self.ask_theme_at(quarter, place.adjusted(0, 0, -place.width() * 2 // 3, 0))

    # menus

    def show_menu(self, hit: BoardHit, at: QPoint) -> None:
        """Show the menu of an event or a cell at a global point."""
        event = self._session.snapshot.event_by_key.get(hit.key)
        if hit.kind is BoardHitKind.CHIP and event is not None:
            self.pop_up_for(event, self.offered(event), at)
        elif hit.kind is BoardHitKind.CHIP:
            return
        elif hit.row >= 0:
            self._show_cell_menu(self._board.line_at(hit.row), hit.month, at)

    def move(self, event: Event) -> None:
        """Ask for the day below the chip."""
        month = (event.latest_day or self._session.today).month
        self.ask_move(event.key, month, self._chip_corner(event.key))

    def _chip_corner(self, key: str) -> QPoint:
        """The global lower left corner of a chip, for what opens below it."""
        viewport = self._board.viewport()
        for hit in self._board.layer().hits:
            if hit.key == key:
                return viewport.mapToGlobal(self._board.to_viewport(hit.rect).bottomLeft().toPoint())
        return viewport.mapToGlobal(viewport.rect().center())

    def _show_cell_menu(self, line: BoardLine, month: int, at: QPoint) -> None:
        self._place = (line.key, month)
        cell = line.cell_at(month)
        suggestion = self._suggestions.at(cell.cell)
        offered = cell_actions(
            line, cell, suggested=suggestion is not None, read_only=self._session.read_only
        )
        words = [(self._cell_words(action, suggestion), action) for action in offered]
        menu = build_menu(self._page, [words], self._on_cell_action)
        self._add_period(menu, line, cell)
        if menu.isEmpty():
            return
        self.pop_up(menu, at)

    @staticmethod
    def _cell_words(action: CellMenuAction, suggestion: Entry | None) -> str:
        day = suggestion.event.day if suggestion and suggestion.event else None
        return f"{action.label} {short_day(day)}" if action is CellMenuAction.ACCEPT and day else action.label

    def _add_period(self, menu: QMenu, line: BoardLine, cell: BoardCell) -> None:
        """看本周期全部: every event of the period, each opens."""
        if line.campaign is None:
            return
        chips = [chip for month in range(cell.first, cell.last + 1) for chip in line.chips_at(month)]
        if not chips:
            return
        entries = [(f"{chip.when} {chip.title}（{chip.status.label}）", chip.key) for chip in chips]
        period = build_menu(menu, [entries], self._on_period_chosen)
        period.setTitle("看本周期全部")
        menu.addMenu(period)

    def _on_period_chosen(self, key: object) -> None:
        self._page.event_requested.emit(str(key))

    def _on_cell_action(self, action: object) -> None:
        found = self._find(*self._place)
        if found is None:
            return
        _, line, cell = found
        if action is CellMenuAction.NEW:
            self.ask_new(line.key, self._place[1])
        elif action is CellMenuAction.ACCEPT:
            self.accept_at(*self._place)
        elif action is CellMenuAction.OTHER_DAY:
            self.ask_other_day(line, cell, self._suggestions.at(cell.cell))
        elif cell.cell is not None:
            explain = action is CellMenuAction.EXPLAIN
            self._about_rule(CardAction.EXPLAIN if explain else CardAction.EXEMPT, cell.cell)

    def show_more(self, line_key: str, month: int, at: QPoint) -> None:
        """“+n”: every event of the month, each opens."""
        found = self._find(line_key, month)
        if found is None:
            return
        line = found[1]
        entries = [(f"{chip.text}（{chip.status.label}）", chip.key) for chip in line.chips_at(month)]
        self.pop_up(build_menu(self._page, [entries], partial(self._on_more_chosen, line)), at)

    def _on_more_chosen(self, line: BoardLine, key: object) -> None:
        if line.campaign is not None and self._session.snapshot.item(ItemKind.EVENT, str(key)):
            self._page.event_requested.emit(str(key))


def _question_of(event: Event, *, copies: bool = False) -> DayQuestion:
    stage = event.stages[0].label if event.stages else None
    return DayQuestion(event.campaign, event.key, stage, copies)
