"""窗口的架子：导航、页面、条幅、状态栏，和打开着的是哪个数据文件；谁来做事由主窗口接上。"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QMainWindow, QVBoxLayout, QWidget

from gui.kit.message_bar import BarArea
from gui.kit.page import ATTENDANCE, OVERVIEW, RULES, SETTINGS
from gui.services.program_settings import SettingsFile
from gui.session.messages import Action, Messages, Toast
from gui.session.runner import Runner
from gui.session.year_session import YearSession
from gui.shell.page_stack import PageStack
from gui.shell.pages import PAGES
from gui.shell.rail import Rail
from gui.shell.region_keys import RegionKeys
from gui.shell.status_line import StatusLine
from gui.shell.undo import UndoActions
from gui.shell.window_place import fits_with_title, put_back
from models.datafile import DamagedError
from models.domain.errors import UserError
from models.locations import default_path
from models.store import Store
from planners.year_count import year_count

if TYPE_CHECKING:
    from gui.overview.page import OverviewPage
    from gui.shell.toast import ToastStack

PROGRAM = "宝公开排期"
OpenStore = Callable[[], Store]


class Frame(QMainWindow):
    """What is seen of the program, and the session of the data file that is open.

    What serves the open data knows the frame; the frame knows nobody that serves. ``MainWindow`` fills in
    what is shown without a year (``_page_without_year``, ``_settings_page``), what is offered where a file cannot
    be opened (``_remedies``) and what follows when a session begins or ends (``_take``, ``_let_go``).
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
        self.messages = Messages(self)
        self.runner = Runner(self.messages, self)
        self.undo_actions = UndoActions(self)
        self._build()
        self.region_keys = RegionKeys(self, self._regions)
        put_back(self, settings.values.geometry)
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
            if isinstance(error, DamagedError):
                self.data_file = error.path
            self._show_state()
            self.messages.error(error, self._remedies(error))
            return False
        self._take(self._make_session(store, self.messages))
        return True

    def close_session(self) -> None:
        """Afterwards no data file is open and nothing speaks of one."""
        self.undo_actions.follow(None)
        self.status_line.follow(None)
        self._let_go()
        self.stack.abandon()
        session, self.session = self.session, None
        if session is not None:
            from models.evidence_files import EvidenceFolder

            EvidenceFolder(session.store.path).forget_viewed()
            session.store.close()
            session.deleteLater()
        self._count_urgent()

    def _take(self, session: YearSession) -> None:
        """Everything follows ``session`` from now on."""
        raise NotImplementedError

    def _let_go(self) -> None:
        """Everything that served the session stops, before its pages go."""
        raise NotImplementedError

    def _remedies(self, error: UserError) -> list[Action]:
        """What is offered where a data file cannot be opened because of ``error``."""
        raise NotImplementedError

    def _show_state(self) -> None:
        """Show the page that belongs to what is open, and allow what can be done with it."""
        raise NotImplementedError

    def _page_without_year(self) -> QWidget:
        """What is shown in the place of every page while no year is open."""
        raise NotImplementedError

    def _settings_page(self) -> QWidget:
        """The settings as they are now."""
        raise NotImplementedError

    @property
    def shows_own_data(self) -> bool:
        """Whether the open data file is the one in the user's data folder."""
        return self.data_file == default_path()

    def today(self) -> date:
        """Today, as the open session sees it."""
        return self.session.today if self.session else date.today()

    def _count_urgent(self) -> None:
        """What is overdue or at risk, at the button of the rules."""
        session = self.session
        count = 0
        if session is not None and session.has_year:
            count = year_count(session.check, session.snapshot).urgent
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
            self.stack.show_other(self._settings_page())
        elif self.session is None or not self.session.has_year:
            name = OVERVIEW
            self.stack.show_other(self._page_without_year())
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
