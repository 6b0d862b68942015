"""菜单里的命令：对打开的年度做什么、到哪一页、看起来怎样；窗口本身不在这里。"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, cast

from gui.kit.page import EXPORTS, LEDGER, OVERVIEW, RULES
from gui.kit.theme import theme

if TYPE_CHECKING:
    from gui.exporting.page import ExportsPage
    from gui.search.search_dialog import SearchDialog
    from gui.session.year_session import YearSession
    from gui.shell.frame import WindowFrame
    from gui.shell.tools import Tools
    from models.domain.events import Campaign


class WindowCommands:
    """What the menus of ``window`` do. Where no year is open, what needs one does nothing."""

    def __init__(self, window: WindowFrame, tools: Tools) -> None:
        self._window = window
        self._tools = tools
        self._search: SearchDialog | None = None

    @property
    def _session(self) -> YearSession | None:
        """The session whose year is open; None where none is."""
        session = self._window.session
        return session if session is not None and session.has_year else None

    # looking

    def search(self) -> None:
        """Search anything: events, units, clauses, decisions, commands, dates."""
        if self._session is None:
            return
        if self._search is None:
            from gui.search.search_dialog import SearchDialog

            self._search = SearchDialog(self._window)
        self._search.open()

    def find_on_page(self) -> None:
        """Take the focus to the search field of the page that is shown."""
        if self._window.stack.page is not None:
            self._window.stack.page.find()

    def next_finding(self, step: int) -> None:
        """Show the next (1) or previous (-1) finding on the page of the rules."""
        if self._session is None:
            return
        from gui.rules.page import RulesPage

        if not isinstance(
            self._window.stack.page, RulesPage
        ):  # going there takes the keyboard off its finding
            self._window.show_page(RULES)
        page = self._window.stack.page
        if isinstance(page, RulesPage):
            page.next_finding(step)

    def show_as_table(self, *, shown: bool) -> None:
        """Show the year as a table, or as the board."""
        if self._session is None:
            return
        self._window.show_page(OVERVIEW)
        if self._window.overview is not None:
            self._window.overview.show_as_table(shown)

    def step_year(self, step: int) -> None:
        """Open the year before or after, where the data file has it."""
        session = self._session
        if session is not None and session.year + step in session.years():
            session.open_year(session.year + step)

    def recheck(self) -> None:
        """Read and check the year again."""
        if self._window.session is not None:
            self._window.session.refresh()
            self._window.messages.toast("已重新检查")

    # changing

    def new_event(self, campaign: Campaign | None = None) -> None:
        """Open an empty event form: of ``campaign``, else of the cell that is selected on the board."""
        page = self._window.stack.page
        if self._window.session is None:
            return
        if campaign is None and page is not None:
            page.make_new()
        else:
            self._tools.desk.new_event(campaign)

    def plan(self) -> None:
        """Plan at once, with the conditions asked for last."""
        if self._window.session is not None:
            self._tools.planning.start()

    def set_theme(self, quarter: int) -> None:
        """Open the form of a quarter's theme."""
        if self._window.session is not None:
            self._tools.desk.set_theme(quarter)

    def show_needed_evidence(self) -> None:
        """Open the form of what a whole record of an event holds."""
        from gui.event.evidence.needed_form import NeededKindsForm

        if self._session is not None:
            NeededKindsForm(self._session, self._window).exec()

    def release(self) -> None:
        """Freeze the plan as the next release, after what should be seen first."""
        if self._window.session is not None:
            self._tools.releasing.release()

    def import_document(self) -> None:
        """Take the 要点 of the open year in place of the one it follows; then rules for its new clauses."""
        from gui.services.rule_entry import entry_from_clause
        from gui.years.document.document_dialog import import_document

        if self._session is not None:
            for number, text in import_document(self._session, self._window):
                self._tools.desk.edit_rule(entry=entry_from_clause(number, text))

    # what leaves the office

    def show_export(self, kind: str = "", **options: object) -> None:
        """Show what leaves the office, on the kind called ``kind`` with some of its options chosen."""
        if self._session is None:
            return
        from gui.kit.page import ExportTarget

        self._window.show_page(EXPORTS, ExportTarget(kind, tuple(options.items())) if kind else None)

    def export_ledger(self) -> None:
        """The ledger as it is looked at now, as an Excel file."""
        from gui.ledger.page import LedgerPage

        page = self._window.stack.made(LEDGER)
        if isinstance(page, LedgerPage):
            self._window.show_page(EXPORTS, page.export_target())
        else:
            self.show_export("ledger")

    def print_shown(self) -> None:
        """Print what the export page shows; from another page go there first."""
        if (page := self._exports_page()) is not None:
            page.print()

    def save_shown(self) -> None:
        """Save what the export page shows; from another page go there first."""
        if (page := self._exports_page()) is not None:
            page.save()

    def _exports_page(self) -> ExportsPage | None:
        """The export page where it was shown already; else it is shown now and None."""
        stack = self._window.stack
        if stack.page is not None and stack.page is stack.made(EXPORTS):
            return cast("ExportsPage", stack.page)
        self.show_export()
        return None

    def check_drift(self, path: Path | None = None) -> None:
        """Which release a colleague's calendar or a print is; without ``path`` its check number is asked for."""
        if self._session is None:
            return
        from gui.releases.drifting import CodeDialog, Drifting

        if path is not None:
            Drifting(self._session, self._window.runner, self._window).check_file(path)
            return
        dialog = CodeDialog(self._window)
        if dialog.exec():
            self.check_code(dialog.text)
        dialog.deleteLater()

    def check_code(self, text: str) -> None:
        """Which release the print is whose check number or foot is ``text``."""
        if self._session is not None:
            from gui.releases.drifting import Drifting

            Drifting(self._session, self._window.runner, self._window).check_text(text)

    # looks and help

    def choose_scale(self, scale: float) -> None:
        """Use the text size ``scale`` from now on."""
        self._window.settings.change(text_scale=scale)
        theme().choose(scale=scale)

    def choose_mode(self, mode: str) -> None:
        """Use the colours of ``mode`` from now on."""
        self._window.settings.change(mode=mode)
        theme().choose(mode=mode)

    def toggle_dark(self) -> None:
        """Dark where it was light, light where it was dark."""
        self.choose_mode("light" if theme().dark else "dark")

    def show_shortcuts(self) -> None:
        """Show the shortcuts that exist."""
        from gui.kit.help_dialogs import ShortcutsDialog

        ShortcutsDialog(self._window).exec()

    def show_clauses(self) -> None:
        """Show the founding document word for word."""
        from gui.kit.help_dialogs import ClauseTextDialog

        session = self._session
        settings = dict(session.row.settings) if session is not None else {}
        ClauseTextDialog(self._window, settings=settings).exec()

    def open_logs(self) -> None:
        """Show the folder of the log."""
        from gui.kit.exporter import open_folder

        open_folder(self._window.logs)
