"""主窗口：把各处接起来：菜单、命令、各页要的事，和整个数据文件上的事。"""

from __future__ import annotations

from collections.abc import Callable
from functools import cached_property, partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QMimeData, QTimer
from PySide6.QtGui import QCloseEvent, QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QWidget

from gui.kit.page import OVERVIEW, RULES
from gui.services.program_settings import SettingsFile
from gui.session.messages import Action, Messages
from gui.session.year_session import YearSession
from gui.shell.found_at_opening import FoundAtOpening
from gui.shell.frame import PROGRAM, WindowFrame
from gui.shell.menu_bar import WindowMenus
from gui.shell.tools import Tools
from gui.shell.window_commands import WindowCommands
from models.datafile import DamagedError
from models.domain.errors import UserError
from models.store import Store

if TYPE_CHECKING:
    from gui.settings.page import SettingsPage
    from gui.shell.data_files import DataFiles
    from gui.shell.desk import FormDesk
    from gui.shell.first_run import FirstRunPage
    from gui.shell.safe_start import SafeStartPage

PRINTS = (".pdf", ".docx", ".txt")
"""Where a check number can be read from."""
SUFFIXES = (".xlsx", ".ics", *PRINTS)
LOOKED_AT = 1_000_000
"""Bytes of a calendar in which our own mark is looked for."""


class MainWindow(WindowFrame):
    """The window of one data file. Another file is opened in its place.

    What the menus do is in ``commands``, what serves the open data in ``tools``, what concerns whole data
    files in ``files``.
    """

    def __init__(
        self,
        make_session: Callable[[Store, Messages], YearSession],
        settings: SettingsFile,
        logs: Path,
        data_file: Path | None = None,
    ) -> None:
        super().__init__(make_session, settings, logs, data_file)
        self.tools = Tools(self)
        self.commands = WindowCommands(self, self.tools)
        self.found = FoundAtOpening(self, self.tools, self.commands, self._files)
        self.menus = WindowMenus(self, self.commands, self.tools, self._files)
        self.stack.page_made.connect(self.tools.serve)
        self._allow()

    def _files(self) -> DataFiles:
        return self.files

    @cached_property
    def files(self) -> DataFiles:
        """What is done with whole data files and years."""
        from gui.shell.data_files import DataFiles

        return DataFiles(self, self.tools)

    @cached_property
    def first_run(self) -> FirstRunPage:
        """The page while no year is open."""
        from gui.shell.first_run import FirstRunPage

        made = FirstRunPage(self.stack)
        made.new_year_requested.connect(self.files.new_year)
        made.open_requested.connect(self.files.ask_for_file)
        made.demo_requested.connect(self.files.open_demo)
        return made

    @cached_property
    def safe_start(self) -> SafeStartPage:
        """The page while a year cannot be read."""
        from gui.shell.safe_start import SafeStartPage

        made = SafeStartPage(self.stack)
        made.undo_requested.connect(self.undo_actions.undo.trigger)
        made.restore_requested.connect(self.files.ask_for_backup)
        made.verify_requested.connect(self._check_file)
        made.export_requested.connect(self.files.export_readable)
        made.open_requested.connect(self.files.ask_for_file)
        made.year_requested.connect(self._open_year)
        return made

    def _check_file(self) -> None:
        self.show_settings()
        self.settings_page.data.check_file()

    def _open_year(self, year: int) -> None:
        if self.session is not None:
            self.session.open_year(year)

    @cached_property
    def settings_page(self) -> SettingsPage:
        """The settings; they look anew whenever they are shown."""
        from gui.settings.page import SettingsPage

        made, files, commands = SettingsPage(self.settings, self.runner), self.files, self.commands
        made.looks.scale_chosen.connect(commands.choose_scale)
        made.looks.mode_chosen.connect(commands.choose_mode)
        made.parameter_requested.connect(self._change_parameter)
        made.rules_requested.connect(partial(self.show_page, RULES))
        made.data.open_requested.connect(files.ask_for_file)
        made.data.backup_requested.connect(files.backup_now)
        made.data.backup_requested.connect(made.data.list_again)
        made.data.restore_requested.connect(files.restore_chosen)
        made.data.other_backup_requested.connect(files.ask_for_backup)
        made.data.clean_requested.connect(files.clean_evidence)
        made.recent.file_requested.connect(files.open_file)
        return made

    def _change_parameter(self, name: str) -> None:
        if self.session is not None:
            self.tools.desk.change_parameter(name)

    def _settings_page(self) -> QWidget:
        self.settings_page.follow(self.session, self.data_file)
        return self.settings_page

    def _page_without_year(self) -> QWidget:
        troubled = self.session is not None and self.session.trouble is not None
        return self.safe_start if troubled else self.first_run

    # which data are open

    def _take(self, session: YearSession) -> None:
        self.session = session
        self.data_file = session.store.path
        self.settings.remember_file(self.data_file)
        self.tools.follow(session)
        session.open_nearest_year()
        self.stack.follow(session, self.tools.conditions_for_one)
        self.undo_actions.follow(session)
        self.status_line.follow(session)
        session.year_changed.connect(self._show_state)
        session.changed.connect(self._count_urgent)
        session.done.connect(self._drop_undo)
        session.held.connect(self._allow)
        self._show_state()
        self.stack.currentWidget().setFocus()
        self.found.tell(session)

    def _let_go(self) -> None:
        self.tools.put_away()

    def remedies(self, error: UserError) -> list[Action]:
        backup = error.backup if isinstance(error, DamagedError) else None
        at_once = [Action("恢复这一份", partial(self.files.restore_at_once, backup))] if backup else []
        return [
            *at_once,
            Action("打开其他文件…", self.files.ask_for_file),
            Action("从备份恢复…", self.files.ask_for_backup),
        ]

    @property
    def forms(self) -> FormDesk | None:
        """The forms of the open year; None where none is open."""
        return self.tools.desk if self.session is not None else None

    def _show_state(self) -> None:
        """Show the page that belongs to what is open, and allow what can be done with it."""
        session = self.session
        self._allow()
        self._count_urgent()
        if session is not None and session.has_year:
            if self.stack.page is None:
                self.show_page(OVERVIEW)
            district = session.redacted.snapshot.year_row.district
            self.setWindowTitle(f"{PROGRAM} — {session.year} 年度 · {district}")
            return
        if session is None:
            self.first_run.set_closed()
        elif session.trouble is not None:
            self.safe_start.show_trouble(session, session.trouble)
        else:
            self.first_run.set_year(self.files.year_to_make(), read_only=session.read_only)
        self.show_page(OVERVIEW)
        self.setWindowTitle(PROGRAM)

    def _allow(self) -> None:
        """Grey out what cannot be done with the open data, or not for the moment."""
        session = self.session
        has_year = session is not None and session.has_year
        self.menus.show_state(has_year=has_year, can_change=session is not None and not session.read_only)

    # the window itself

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """A workbook, a calendar, a print or its check number can be dropped anywhere on the window."""
        if self._use_of(event.mimeData()) is not None:
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        """A 报送表 or a department's calendar is previewed, what is our own is checked against the releases."""
        use = self._use_of(event.mimeData())
        if use is not None:
            event.acceptProposedAction()
            QTimer.singleShot(0, self, use)

    def _use_of(self, dragged: QMimeData) -> Callable[[], object] | None:
        """What is done with ``dragged`` when it is dropped; None where it is nothing for the window."""
        path = dropped_file(dragged)
        known = self.session is not None and self.session.has_year
        if path is None:
            code = dropped_code(dragged) if known else ""
            return partial(self.commands.check_code, code) if code else None
        return None if is_print(path) and not known else partial(self._open_dropped, path)

    def _open_dropped(self, path: Path) -> None:
        session = self.session
        own = session is not None and session.has_year and is_written_by(path, session.snapshot.installation)
        (self.commands.check_drift if own or is_print(path) else self.files.open_sheet)(path)

    def closeEvent(self, event: QCloseEvent) -> None:
        """Remember the window; the data are already saved."""
        if not self.isMaximized():
            frame = self.geometry()
            self.settings.change(geometry=(frame.x(), frame.y(), frame.width(), frame.height()))
        self.settings.change(maximized=self.isMaximized(), last_folder=self.tools.export_folder)
        self.runner.wait()
        self.close_session()
        super().closeEvent(event)


def dropped_file(dragged: QMimeData) -> Path | None:
    """The file that is dragged over the window; None for one of another kind, or for several files."""
    urls = dragged.urls() if dragged.hasUrls() else []
    if len(urls) != 1 or not urls[0].isLocalFile():
        return None
    path = Path(urls[0].toLocalFile())
    return path if path.suffix.lower() in SUFFIXES else None


def dropped_code(dragged: QMimeData) -> str:
    """The words with a check number that are dragged over the window; "" for any others, and for files."""
    if dragged.hasUrls() or not dragged.hasText():
        return ""
    from exports.printed_codes import LONGEST_TEXT, codes_in

    text = dragged.text()
    return text if len(text) <= LONGEST_TEXT and codes_in(text) else ""


def is_print(path: Path) -> bool:
    """Whether ``path`` may be a print, or a text with its check number."""
    return path.suffix.lower() in PRINTS


def is_written_by(path: Path, installation: str) -> bool:
    """Whether the calendar at ``path`` comes from the data file with this id: the id is in it."""
    if path.suffix.lower() != ".ics" or not path.is_file():  # a pipe would hold the window
        return False
    try:
        with path.open("rb") as file:
            return installation.encode() in file.read(LOOKED_AT)
    except OSError:
        return False
