"""主窗口：菜单、导航、页面、状态栏；没有领域逻辑。"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from functools import cached_property, partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QMimeData, Qt, QTimer
from PySide6.QtGui import QCloseEvent, QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QHBoxLayout, QMainWindow, QVBoxLayout, QWidget

from gui.kit.message_bar import BarArea
from gui.kit.page import ATTENDANCE, OVERVIEW, RULES, SETTINGS
from gui.services.program_settings import SettingsFile
from gui.session.messages import Action, Messages, Toast
from gui.session.runner import Runner
from gui.session.year_session import YearSession
from gui.shell.dropped import dropped_code, dropped_file, is_print, is_written_by
from gui.shell.found_at_opening import FoundAtOpening
from gui.shell.menu_bar import WindowMenus
from gui.shell.page_stack import PageStack
from gui.shell.pages import PAGES
from gui.shell.rail import Rail
from gui.shell.region_keys import RegionKeys
from gui.shell.status_line import StatusLine
from gui.shell.tools import Tools
from gui.shell.undo import UndoActions
from gui.shell.window_commands import WindowCommands
from gui.shell.window_place import fits_with_title, put_back
from models.domain.errors import UserError
from models.locations import default_path
from models.store import Store
from planners.agenda import urgent

if TYPE_CHECKING:
    from gui.overview.page import OverviewPage
    from gui.settings.page import SettingsPage
    from gui.shell.data_files import DataFiles
    from gui.shell.desk import Desk
    from gui.shell.first_run import FirstRunPage
    from gui.shell.safe_start import SafeStartPage
    from gui.shell.toast import ToastStack

PROGRAM = "宝公开排期"
OpenStore = Callable[[], Store]


class MainWindow(QMainWindow):
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
        super().__init__()
        self._make_session = make_session
        self.settings = settings
        self.logs = logs
        self.data_file = data_file or default_path()
        """The data file that is open, or was asked for and could not be opened."""
        self.session: YearSession | None = None
        self.tools: Tools | None = None
        self.messages = Messages(self)
        self.runner = Runner(self.messages, self)
        self.commands = WindowCommands(self)
        self.found = FoundAtOpening(self)
        self.undo_actions = UndoActions(self)
        self._build()
        self.menus = WindowMenus(self)
        self.region_keys = RegionKeys(self, self._regions)
        put_back(self, settings.values.geometry)
        self._allow()
        self.setWindowTitle(PROGRAM)

    # what is seen

    def _build(self) -> None:
        # Each part is made inside the one around it: moved there later it would be styled anew.
        centre = QWidget(self)
        self.rail = Rail(centre)
        for entry in PAGES:
            self.rail.add_page(entry.name, entry.words, entry.icon)
        self.rail.add_foot(SETTINGS, "设置", "gear")
        self.rail.page_requested.connect(self.show_page)
        self.bars = BarArea(centre)
        self.stack = PageStack(centre)
        self.stack.page_made.connect(self._serve)
        column = QVBoxLayout()
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.bars)
        column.addWidget(self.stack, 1)
        row = QHBoxLayout(centre)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        row.addWidget(self.rail)
        row.addLayout(column, 1)
        self.setCentralWidget(centre)
        self.status_line = StatusLine(self)
        self.setStatusBar(self.status_line)
        self.messages.toast_requested.connect(self._show_toast)
        self.messages.bar_requested.connect(self.bars.show_bar)
        self.messages.bar_withdrawn.connect(self.bars.withdraw)
        self.messages.said.connect(self.status_line.say)
        self.setMinimumSize(640, 420)
        self.setAcceptDrops(True)

    @cached_property
    def toasts(self) -> ToastStack:
        """What is said for a moment, above everything."""
        from gui.shell.toast import ToastStack

        return ToastStack(self.centralWidget())

    @cached_property
    def files(self) -> DataFiles:
        """What is done with whole data files and years."""
        from gui.shell.data_files import DataFiles

        return DataFiles(self)

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
        self._settings_page.data.check_file()

    def _open_year(self, year: int) -> None:
        if self.session is not None:
            self.session.open_year(year)

    @cached_property
    def _settings_page(self) -> SettingsPage:
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
        if self.tools is not None:
            self.tools.desk.change_parameter(name)

    def _show_toast(self, toast: Toast) -> None:
        """One toast at a time: what an older one offers to undo is no longer the newest step."""
        self.toasts.clear()
        self.toasts.show_toast(toast)

    def _drop_undo(self) -> None:
        if "toasts" in self.__dict__:
            self.toasts.drop_undo()

    def _regions(self) -> list[QWidget]:
        page = self.stack.page
        inside = page.regions() if page is not None else [self.stack.currentWidget()]
        return [self.rail, *([self.bars] if self.bars.isVisible() else []), *inside]

    # which data are open

    def open_with(self, open_store: OpenStore) -> bool:
        """Close the data that are open and open others; said in a bar where it cannot be."""
        self.close_session()
        self.bars.clear()
        if "toasts" in self.__dict__:
            self.toasts.clear()
        try:
            store = open_store()
        except UserError as error:
            self._show_state()
            remedies = [
                Action("打开其他文件…", self.files.ask_for_file),
                Action("从备份恢复…", self.files.ask_for_backup),
            ]
            self.messages.error(error, remedies)
            return False
        self._take(self._make_session(store, self.messages))
        return True

    def _take(self, session: YearSession) -> None:
        self.session = session
        self.data_file = session.store.path
        self.settings.remember_file(self.data_file)
        self.tools = Tools(self, session)
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

    def _serve(self, page: QWidget) -> None:
        if self.tools is not None:
            self.tools.serve(page)

    @property
    def forms(self) -> Desk | None:
        """The forms of the open year; None where none is open."""
        return self.tools.desk if self.tools is not None else None

    def close_session(self) -> None:
        """Afterwards no data file is open and nothing speaks of one."""
        self.undo_actions.follow(None)
        self.status_line.follow(None)
        if self.tools is not None:
            self.tools.abandon()
        self.stack.abandon()
        if self.session is not None:
            from models.evidence_files import EvidenceFolder

            EvidenceFolder(self.session.store.path).forget_viewed()
            self.session.store.close()
            self.session.deleteLater()
        if self.tools is not None:
            self.tools.put_away()
        self.session = self.tools = None
        self._count_urgent()

    @property
    def shows_own_data(self) -> bool:
        """Whether the open data file is the one in the user's data folder."""
        return self.data_file == default_path()

    def today(self) -> date:
        """Today, as the open session sees it."""
        return self.session.today if self.session else date.today()

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

    def _count_urgent(self) -> None:
        """What is overdue or at risk, at the button of the rules."""
        session = self.session
        count = urgent(session.agenda) if session and session.has_year else 0
        self.rail.show_count(RULES, count, "逾期或有风险")

    # pages

    @property
    def overview(self) -> OverviewPage | None:
        """The year board's page, where it was shown."""
        return self.stack.made(OVERVIEW)  # type: ignore[return-value]

    def show_page(self, name: str, target: object = None) -> None:
        """Show the page called ``name`` and go to ``target`` on it; the first-run page while no year is open."""
        if target is None:
            self.status_line.say("")  # what another page said is over
        if name == SETTINGS:
            self._settings_page.follow(self.session, self.data_file)
            self.stack.show_other(self._settings_page)
        elif self.session is None or not self.session.has_year:
            name = OVERVIEW
            troubled = self.session is not None and self.session.trouble is not None
            self.stack.show_other(self.safe_start if troubled else self.first_run)
        elif (page := self.stack.show_page(name, target)) is not None and target is None:
            page.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.rail.show_page(name)

    def show_decision(self, key: str) -> None:
        """Show the decision ``key``."""
        self.show_page(ATTENDANCE, key)

    def show_settings(self) -> None:
        """Show the settings."""
        self.show_page(SETTINGS)

    # the window itself

    @property
    def starts_maximized(self) -> bool:
        """As it was left; on a screen that has no room for it and its title bar as well."""
        room = self.screen().availableGeometry().size()
        return self.settings.values.maximized or not fits_with_title(self.size(), room)

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
        folder = self.tools.export_folder if self.tools else self.settings.values.last_folder
        self.settings.change(maximized=self.isMaximized(), last_folder=folder)
        self.runner.wait()
        self.close_session()
        super().closeEvent(event)
