"""窗口的架子：导航、页面、条幅、状态栏，和打开着的是哪个数据文件；谁来做事由主窗口接上。"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from functools import cached_property, partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QRect, QSize, Qt
from PySide6.QtGui import QAction, QContextMenuEvent, QGuiApplication, QKeyEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QApplication, QMainWindow, QWidget

from gui.kit.boxes import in_column, in_row
from gui.kit.icons import icon
from gui.kit.message_bar import BarArea
from gui.kit.page import ATTENDANCE, OVERVIEW, RULES, SETTINGS
from gui.kit.plain import escaped, plain_tip
from gui.services.program_settings import SettingsFile
from gui.session.messages import Action, Messages, Toast
from gui.session.runner import Runner
from gui.session.year_session import YearSession
from gui.shell.pages import PAGES, PageStack
from gui.shell.rail import Rail
from gui.shell.status_line import StatusLine
from models.datafile import DamagedError
from models.domain.errors import UserError
from models.locations import default_path
from models.store import Store
from planners.year_count import year_count

if TYPE_CHECKING:
    from gui.overview.page import OverviewPage
    from gui.shell.toast import ToastStack

FIRST_SIZE = QSize(1680, 960)
"""At the first start: wide enough for the docked panel, where the screen is."""
TITLE_BAR = 40
"""Pixels of the bar that the system puts above a window, at the most."""
LONGEST_TITLE = 24
PROGRAM = "宝公开排期"
OpenStore = Callable[[], Store]


class WindowFrame(QMainWindow):
    """What is seen of the program, and the session of the data file that is open.

    What serves the open data knows the frame; the frame knows nobody that serves. ``MainWindow`` fills in
    what is shown without a year (``_page_without_year``, ``_settings_page``), what is offered where a file cannot
    be opened (``remedies``) and what follows when a session begins or ends (``_take``, ``_let_go``).
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
        column = in_column(self.bars, (self.stack, 1), margins=0, spacing=0)
        in_row(self.rail, (column, 1), inside=centre, margins=0, spacing=0)
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
            self.messages.error(error, self.remedies(error))
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

    def remedies(self, error: UserError) -> list[Action]:
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
            count = year_count(session.check, session.agenda).urgent
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


def put_back(window: QMainWindow, geometry: tuple[int, int, int, int] | None) -> None:
    """Afterwards the window is as large and where it was, pushed back onto a screen that is there."""
    screen = QGuiApplication.primaryScreen().availableGeometry()
    if geometry is None:
        window.resize(screen.size().boundedTo(FIRST_SIZE))
        return
    wanted = QRect(*geometry)
    screens = [known.availableGeometry() for known in QGuiApplication.screens()]
    screen = next((area for area in screens if area.contains(wanted.center())), screen)
    window.setGeometry(kept_inside(wanted, screen))


def fits_with_title(size: QSize, room: QSize) -> bool:
    """Whether a window of this size can be shown whole, the bar above it too."""
    return size.width() <= room.width() and size.height() + TITLE_BAR <= room.height()


def kept_inside(wanted: QRect, screen: QRect) -> QRect:
    """``wanted`` made no larger than ``screen`` and moved onto it."""
    size = wanted.size().boundedTo(screen.size())
    left = min(max(wanted.left(), screen.left()), screen.right() - size.width() + 1)
    top = min(max(wanted.top(), screen.top()), screen.bottom() - size.height() + 1)
    return QRect(left, top, size.width(), size.height())


class RegionKeys(QObject):
    """The keys that work on whatever page is shown; ``regions`` gives its parts in order."""

    def __init__(self, window: QWidget, regions: Callable[[], list[QWidget]]) -> None:
        super().__init__(window)
        self._window = window
        self._regions = regions
        for keys, run in (
            ("F6", partial(self.step, 1)),
            ("Shift+F6", partial(self.step, -1)),
            ("Shift+F10", self.open_context_menu),
        ):
            QShortcut(QKeySequence(keys), window).activated.connect(run)

    def step(self, by: int) -> None:
        """Move the focus to the next (1) or previous (-1) region that can take it, round and round."""
        regions = self._regions()
        here = _region_of(self._window.focusWidget(), regions, -by)
        for distance in range(1, len(regions) + 1):
            region = regions[(here + by * distance) % len(regions)]
            for widget in (region, *region.findChildren(QWidget)):
                if _takes_focus(widget):
                    widget.setFocus(Qt.FocusReason.TabFocusReason)
                    return

    def open_context_menu(self) -> None:
        """Shift+F10 is the Menu key, also where the system does not say so."""
        widget = self._window.focusWidget()
        if widget is None:
            return
        middle = widget.rect().center()
        asked = QContextMenuEvent(QContextMenuEvent.Reason.Keyboard, middle, widget.mapToGlobal(middle))
        if not QApplication.sendEvent(widget, asked) or not asked.isAccepted():
            pressed = QKeyEvent(QKeyEvent.Type.KeyPress, Qt.Key.Key_Menu, Qt.KeyboardModifier.NoModifier)
            QApplication.sendEvent(widget, pressed)


def _region_of(focus: QWidget | None, regions: list[QWidget], nowhere: int) -> int:
    """The number of the region that holds the focus, else of the one beside it in the same part of the page."""
    if focus is None:
        return nowhere
    for number, region in enumerate(regions):
        if region is focus or region.isAncestorOf(focus):
            return number
    for number, region in enumerate(regions):
        if region.parentWidget() is focus.parentWidget():
            return number
    return nowhere


def _takes_focus(widget: QWidget) -> bool:
    policy = widget.focusPolicy()
    return bool(policy & Qt.FocusPolicy.TabFocus) and widget.isVisible() and widget.isEnabled()


class UndoActions(QObject):
    """The actions 撤销 and 重做, named after the step they touch (撤销 移动“民法典”到6月17日)."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._session: YearSession | None = None
        self.undo = QAction(icon("undo", "ink2"), "撤销", self)
        self.undo.setShortcut(QKeySequence("Ctrl+Z"))
        self.redo = QAction(icon("redo", "ink2"), "重做", self)
        self.redo.setShortcuts([QKeySequence("Ctrl+Y"), QKeySequence("Ctrl+Shift+Z")])
        self.undo.triggered.connect(self._on_undo)
        self.redo.triggered.connect(self._on_redo)
        self._name()

    def follow(self, session: YearSession | None) -> None:
        """Afterwards the actions belong to ``session``; None: to nothing."""
        self._session = session
        if session is not None:
            session.changed.connect(self._name)
            session.held.connect(self._name)
        self._name()

    def _name(self) -> None:
        undo = self._session.undo_title if self._session else None
        redo = self._session.redo_title if self._session else None
        for action, verb, title in ((self.undo, "撤销", undo), (self.redo, "重做", redo)):
            action.setText(escaped(f"{verb} {_short(title)}") if title else verb)
            action.setToolTip(plain_tip(f"{verb}：{title}") if title else f"没有可以{verb}的操作")
            action.setEnabled(title is not None)

    def _on_undo(self) -> None:
        if self._session is not None:
            self._session.undo()

    def _on_redo(self) -> None:
        if self._session is not None:
            self._session.redo()


def _short(title: str) -> str:
    return title if len(title) <= LONGEST_TITLE else title[: LONGEST_TITLE - 1] + "…"
