"""主窗口：菜单、导航、页面、状态栏；没有领域逻辑。"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, cast

from PySide6.QtCore import QMimeData, QRect, QSize, Qt, QTimer
from PySide6.QtGui import (
    QCloseEvent,
    QDragEnterEvent,
    QDropEvent,
    QGuiApplication,
)
from PySide6.QtWidgets import QHBoxLayout, QMainWindow, QVBoxLayout, QWidget

from gui.menu_bar import WindowMenus
from gui.messages import Action, Messages, Toast
from gui.operations.data_files import DataFiles
from gui.operations.desk import Desk
from gui.operations.drafts import Draft, DraftFile
from gui.operations.exporting import Exporter
from gui.operations.planning import Planning
from gui.operations.releasing import Releasing
from gui.operations.runner import Runner
from gui.operations.session import YearSession
from gui.page_stack import PageStack
from gui.pages.first_run import FirstRunPage
from gui.pages.overview import OverviewPage
from gui.pages.page import Page
from gui.pages.registry import ATTENDANCE, EXPORTS, LEDGER, OVERVIEW, PAGES, RULES, SETTINGS
from gui.region_keys import RegionKeys
from gui.settings import SettingsFile
from gui.theme import theme
from gui.undo import UndoActions
from gui.widgets.message_bar import BarArea
from gui.widgets.rail import Rail
from gui.widgets.status_line import StatusLine
from gui.widgets.toast import ToastStack
from models.domain.errors import UserError
from models.domain.events import Campaign
from models.evidence_files import EvidenceFolder
from models.locations import default_path
from models.store import Store, open_store
from planners.agenda import urgent

if TYPE_CHECKING:
    from gui.dialogs.search.search_dialog import SearchDialog
    from gui.pages.exports_page import ExportsPage

PROGRAM = "宝公开排期"
FIRST_SIZE = QSize(1680, 960)
"""At the first start: wide enough for the docked panel, where the screen is."""
TITLE_BAR = 40
"""Pixels of the bar that the system puts above a window, at the most."""

OpenStore = Callable[[], Store]


class MainWindow(QMainWindow):
    """The window of one data file. Another file is opened in its place."""

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
        self.desk: Desk | None = None
        self.exporter: Exporter | None = None
        self.planning: Planning | None = None
        self.releasing: Releasing | None = None
        self._settings_page: QWidget | None = None
        self._search: SearchDialog | None = None
        self.messages = Messages(self)
        self.runner = Runner(self.messages, self)
        self.files = DataFiles(self)
        self.undo_actions = UndoActions(self)
        self._build()
        self.menus = WindowMenus(self)
        self.region_keys = RegionKeys(self, self._regions)
        self._restore_geometry()
        self._show_state()

    # what is seen

    def _build(self) -> None:
        self.rail = Rail()
        for entry in PAGES:
            self.rail.add_page(entry.name, entry.words, entry.icon)
        self.rail.add_foot(SETTINGS, "设置", "gear")
        self.rail.page_requested.connect(self.show_page)
        self.bars = BarArea()
        self.stack = PageStack()
        self.stack.page_made.connect(self._connect_page)
        self.first_run = FirstRunPage()
        self.first_run.new_year_requested.connect(self.files.new_year)
        self.first_run.open_requested.connect(self.files.ask_for_file)
        self.first_run.demo_requested.connect(self.files.open_demo)
        self.stack.show_other(self.first_run)
        column = QVBoxLayout()
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.bars)
        column.addWidget(self.stack, 1)
        centre = QWidget()
        row = QHBoxLayout(centre)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        row.addWidget(self.rail)
        row.addLayout(column, 1)
        self.setCentralWidget(centre)
        self.status_line = StatusLine()
        self.setStatusBar(self.status_line)
        self.toasts = ToastStack(centre)
        self.messages.toast_requested.connect(self._show_toast)
        self.messages.bar_requested.connect(self.bars.show_bar)
        self.messages.bar_withdrawn.connect(self.bars.withdraw)
        self.messages.said.connect(self.status_line.say)
        self.setMinimumSize(640, 420)
        self.setAcceptDrops(True)

    def _show_toast(self, toast: Toast) -> None:
        """One toast at a time: what an older one offers to undo is no longer the newest step."""
        self.toasts.clear()
        self.toasts.show_toast(toast)

    def _regions(self) -> list[QWidget]:
        page = self.stack.page
        inside = page.regions() if page is not None else [self.stack.currentWidget()]
        return [self.rail, *([self.bars] if self.bars.isVisible() else []), *inside]

    # which data are open

    def open_with(self, open_store: OpenStore) -> bool:
        """Close the data that are open and open others; said in a bar where it cannot be."""
        self.close_session()
        self.bars.clear()
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
        self.desk = Desk(session, self)
        self.exporter = Exporter(session, self.runner, self, self.settings)
        self.exporter.folder = self.settings.values.last_folder
        self.planning = Planning(session, self.settings, self.runner, self)
        self.releasing = Releasing(self)
        session.open_nearest_year()
        self.desk.proposal_requested.connect(self.planning.show_for_finding)
        self.desk.decision_shown.connect(self._show_decision)
        self.stack.follow(session, self.planning.conditions_for_one)
        self.undo_actions.follow(session)
        self.status_line.follow(session)
        session.year_changed.connect(self._show_state)
        session.changed.connect(self._count_urgent)
        session.done.connect(self.toasts.drop_undo)
        session.held.connect(self._allow)
        self._show_state()
        self.stack.currentWidget().setFocus()
        self._tell_what_was_found(session)

    def _tell_what_was_found(self, session: YearSession) -> None:
        store = session.store
        if session.read_only:
            again = Action("重新打开", partial(self.open_with, partial(open_store, store.path)))
            self.messages.bar("warning", store.read_only_reason, [again], topic="read-only", closable=False)
        if store.backup_problem:
            self.messages.bar("warning", store.backup_problem, topic="backup")
        draft = DraftFile(store.path).read()
        if draft is not None and not session.read_only and draft.year in session.years():
            self._offer_draft(draft)

    def _offer_draft(self, draft: Draft) -> None:
        name = draft.event.short or draft.event.title or draft.event.campaign.label
        words = f"上次有一张没有保存的活动表单：“{name}”（{draft.at:%m月%d日 %H:%M}）。"
        take, drop = partial(self._continue_draft, draft), partial(self._drop_draft)
        self.messages.bar(
            "info", words, [Action("接着填", take), Action("丢弃", drop)], topic="draft", closable=False
        )

    def _continue_draft(self, draft: Draft) -> None:
        self.messages.withdraw("draft")
        if self.session is not None and self.desk is not None:
            if self.session.year != draft.year:
                self.session.open_year(draft.year)
            self.desk.continue_draft(draft)

    def _drop_draft(self) -> None:
        self.messages.withdraw("draft")
        DraftFile(self.data_file).discard()

    def _connect_page(self, page: Page) -> None:
        """What any page may ask for, done here."""
        desk, planning, exporter = self.desk, self.planning, self.exporter
        if desk is None or planning is None or exporter is None:
            return
        page.use_settings(self.settings)
        page.use_exporter(exporter)
        page.event_requested.connect(desk.edit_event)
        page.new_event_requested.connect(desk.new_event_as_asked)
        page.decision_requested.connect(desk.tell_decision)
        page.policy_requested.connect(desk.show_policy)
        page.milestone_requested.connect(desk.show_milestone)
        page.zone_requested.connect(desk.edit_zone)
        page.postpone_requested.connect(desk.postpone_event)
        page.postpone_to_requested.connect(desk.postpone_event)
        page.cancel_requested.connect(desk.cancel_event)
        page.result_requested.connect(desk.record_result)
        page.explain_requested.connect(desk.explain_cell)
        page.exempt_requested.connect(desk.exempt_cell)
        page.plan_requested.connect(planning.start)
        page.gaps_requested.connect(planning.fill_gaps)
        page.proposal_requested.connect(planning.show)
        page.page_requested.connect(self.show_page)
        page.calendar_requested.connect(exporter.export_events)
        page.release_requested.connect(self.release)
        page.said.connect(self.messages.said)

    def close_session(self) -> None:
        """Afterwards no data file is open and nothing speaks of one."""
        self.undo_actions.follow(None)
        self.status_line.follow(None)
        if self.planning is not None:
            self.planning.abandon()
        self.stack.abandon()
        if self.session is not None:
            EvidenceFolder(self.session.store.path).forget_viewed()
            self.session.store.close()
        for part in (self.desk, self.exporter, self.planning, self.releasing, self.session):
            if part is not None:
                part.deleteLater()
        self.session = self.desk = self.exporter = self.planning = self.releasing = None
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
            district = session.snapshot.year_row.district
            self.setWindowTitle(f"{PROGRAM} — {session.year} 年度 · {district}")
            return
        if session is None:
            self.first_run.set_closed()
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
        count = urgent(session.check, session.snapshot) if session and session.has_year else 0
        self.rail.show_count(RULES, count, "逾期或有风险")

    # pages

    @property
    def overview(self) -> OverviewPage | None:
        """The year board's page, where it was shown."""
        page = self.stack.made(OVERVIEW)
        return page if isinstance(page, OverviewPage) else None

    def show_page(self, name: str, target: object = None) -> None:
        """Show the page called ``name`` and go to ``target`` on it; the first-run page while no year is open."""
        if name == SETTINGS:
            self.stack.show_other(self._make_settings_page())
        elif self.session is None or not self.session.has_year:
            name = OVERVIEW
            self.stack.show_other(self.first_run)
        elif (page := self.stack.show_page(name, target)) is not None and target is None:
            page.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.rail.show_page(name)

    def _show_decision(self, key: str) -> None:
        self.show_page(ATTENDANCE, key)

    def show_settings(self) -> None:
        """Show the settings."""
        self.show_page(SETTINGS)

    def search(self) -> None:
        """Search anything: events, units, clauses, decisions, commands, dates."""
        if self.session is None or not self.session.has_year:
            return
        if self._search is None:
            from gui.dialogs.search.search_dialog import SearchDialog

            self._search = SearchDialog(self)
        self._search.open()

    def find_on_page(self) -> None:
        """Take the focus to the search field of the page that is shown."""
        if self.stack.page is not None:
            self.stack.page.find()

    def next_finding(self, step: int) -> None:
        """Show the next (1) or previous (-1) finding on the page of the rules."""
        if self.session is None or not self.session.has_year:
            return
        from gui.pages.rules_page import RulesPage

        self.show_page(RULES)
        page = self.stack.page
        if isinstance(page, RulesPage):
            page.next_finding(step)

    def _make_settings_page(self) -> QWidget:
        """The settings page, made when it is first asked for; it looks anew whenever it is shown."""
        from gui.pages.settings_page import SettingsPage

        if self._settings_page is None:
            self._settings_page = SettingsPage(self)
        return self._settings_page

    def show_as_table(self, *, shown: bool) -> None:
        """Show the year as a table, or as the board."""
        if self.session is None or not self.session.has_year:
            return
        self.show_page(OVERVIEW)
        if self.overview is not None:
            self.overview.show_as_table(shown)

    def step_year(self, step: int) -> None:
        """Open the year before or after, where the data file has it."""
        session = self.session
        if session is not None and session.has_year and session.year + step in session.years():
            session.open_year(session.year + step)

    # what the menus do with the open year

    def new_event(self, campaign: Campaign | None = None) -> None:
        """Open an empty event form: of ``campaign``, else of the cell that is selected on the board."""
        if self.desk is None:
            return
        if campaign is None and self.stack.page is not None:
            self.stack.page.make_new()
        else:
            self.desk.new_event(campaign)

    def plan(self) -> None:
        """Plan at once, with the conditions asked for last."""
        if self.planning is not None:
            self.planning.start()

    def ask_plan_conditions(self) -> None:
        """Ask for the conditions, then plan."""
        if self.planning is not None:
            self.planning.ask_conditions()

    def show_towns(self) -> None:
        """Show which 街镇 were visited in this and earlier years."""
        if self.desk is not None:
            self.desk.show_towns()

    def set_school_terms(self) -> None:
        """Open the form of the school breaks."""
        if self.desk is not None:
            self.desk.set_school_terms()

    def set_theme(self, quarter: int) -> None:
        """Open the form of a quarter's theme."""
        if self.desk is not None:
            self.desk.set_theme(quarter)

    def show_policies(self) -> None:
        """Open the window of the policy documents."""
        if self.desk is not None:
            self.desk.show_policy()

    def show_milestones(self) -> None:
        """Open the window of the year's milestones."""
        if self.desk is not None:
            self.desk.show_milestone()

    def show_needed_evidence(self) -> None:
        """Open the form of what a whole record of an event holds."""
        from gui.dialogs.evidence.needed_form import NeededKindsForm

        if self.session is not None and self.session.has_year:
            NeededKindsForm(self.session, self).exec()

    def release(self) -> None:
        """Freeze the plan as the next release, after what should be seen first."""
        if self.releasing is not None:
            self.releasing.release()

    def show_releases(self) -> None:
        """Show the releases and what differs between them."""
        if self.releasing is not None:
            self.releasing.show_releases()

    def recheck(self) -> None:
        """Read and check the year again."""
        if self.session is not None:
            self.session.refresh()
            self.messages.toast("已重新检查")

    def show_export(self, kind: str = "", **options: object) -> None:
        """Show what leaves the office, on the kind called ``kind`` with some of its options chosen."""
        if self.session is None or not self.session.has_year:
            return
        from gui.widgets.exports.kinds import ExportTarget

        self.show_page(EXPORTS, ExportTarget(kind, tuple(options.items())) if kind else None)

    def export_ledger(self) -> None:
        """The ledger as it is looked at now, as an Excel file."""
        from gui.pages.ledger_page import LedgerPage

        page = self.stack.made(LEDGER)
        views = {"view": page.view_now("")} if isinstance(page, LedgerPage) else {}
        self.show_export("ledger", **views)

    def check_drift(self, path: Path | None = None) -> None:
        """Which release a colleague's calendar is; without ``path`` the code of a print is asked for."""
        session = self.session
        if session is None or not session.has_year:
            return
        from gui.dialogs.drift_dialog import CodeDialog
        from gui.operations.drifting import Drifting

        drifting = Drifting(session, self.runner, self)
        if path is not None:
            drifting.check_file(path)
            return
        dialog = CodeDialog(self)
        if dialog.exec():
            drifting.check_text(dialog.text)
        dialog.deleteLater()

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
        page = self.stack.page
        if page is not None and page is self.stack.made(EXPORTS):
            return cast("ExportsPage", page)
        self.show_export()
        return None

    # looks and help

    def choose_scale(self, scale: float) -> None:
        """Use the text size ``scale`` from now on."""
        self.settings.change(text_scale=scale)
        theme().choose(scale=scale)

    def choose_mode(self, mode: str) -> None:
        """Use the colours of ``mode`` from now on."""
        self.settings.change(mode=mode)
        theme().choose(mode=mode)

    def toggle_dark(self) -> None:
        """Dark where it was light, light where it was dark."""
        self.choose_mode("light" if theme().dark else "dark")

    def show_shortcuts(self) -> None:
        """Show the shortcuts that exist."""
        from gui.dialogs.help_dialogs import ShortcutsDialog

        ShortcutsDialog(self).exec()

    def show_clauses(self) -> None:
        """Show the founding document word for word."""
        from gui.dialogs.help_dialogs import ClauseTextDialog

        session = self.session
        has_year = session is not None and session.has_year
        settings = dict(session.snapshot.year_row.settings) if session is not None and has_year else {}
        ClauseTextDialog(self, settings=settings).exec()

    def import_document(self) -> None:
        """Take the 要点 of the open year in place of the one it follows."""
        from gui.operations.new_document import import_document

        if self.session is not None and self.session.has_year:
            import_document(self.session, self)

    # the window itself

    def _restore_geometry(self) -> None:
        """As large and where it was, pushed back onto a screen that is there."""
        screen = QGuiApplication.primaryScreen().availableGeometry()
        self.resize(screen.size().boundedTo(FIRST_SIZE))
        if self.settings.values.geometry is not None:
            wanted = QRect(*self.settings.values.geometry)
            screens = [known.availableGeometry() for known in QGuiApplication.screens()]
            screen = next((area for area in screens if area.contains(wanted.center())), screen)
            self.setGeometry(kept_inside(wanted, screen))

    @property
    def starts_maximized(self) -> bool:
        """As it was left; on a screen that has no room for it and its title bar as well."""
        room = self.screen().availableGeometry().size()
        return self.settings.values.maximized or not fits_with_title(self.size(), room)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """A workbook or a calendar can be dropped anywhere on the window."""
        if dropped_file(event.mimeData()) is not None:
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        """A 报送表 or a department's calendar is previewed, one of our own is checked against the releases."""
        path = dropped_file(event.mimeData())
        if path is not None:
            event.acceptProposedAction()
            opened = self.check_drift if self._is_own_calendar(path) else self.files.open_sheet
            QTimer.singleShot(0, self, partial(opened, path))

    def _is_own_calendar(self, path: Path) -> bool:
        """Whether the data file that is open has written the calendar at ``path``: its id is in it."""
        if path.suffix.lower() != ".ics" or self.session is None or not self.session.has_year:
            return False
        try:
            with path.open("rb") as file:
                return self.session.snapshot.installation.encode() in file.read(1_000_000)
        except OSError:
            return False

    def closeEvent(self, event: QCloseEvent) -> None:
        """Remember the window; the data are already saved."""
        if not self.isMaximized():
            frame = self.geometry()
            self.settings.change(geometry=(frame.x(), frame.y(), frame.width(), frame.height()))
        folder = self.exporter.folder if self.exporter else self.settings.values.last_folder
        self.settings.change(maximized=self.isMaximized(), last_folder=folder)
        self.runner.wait()
        self.close_session()
        super().closeEvent(event)


def dropped_file(dragged: QMimeData) -> Path | None:
    """The workbook or calendar that is dragged over the window; None for anything else, or for several files."""
    urls = dragged.urls() if dragged.hasUrls() else []
    if len(urls) != 1 or not urls[0].isLocalFile():
        return None
    path = Path(urls[0].toLocalFile())
    return path if path.suffix.lower() in (".xlsx", ".ics") else None


def fits_with_title(size: QSize, room: QSize) -> bool:
    """Whether a window of this size can be shown whole, the bar above it too."""
    return size.width() <= room.width() and size.height() + TITLE_BAR <= room.height()


def kept_inside(wanted: QRect, screen: QRect) -> QRect:
    """``wanted`` made no larger than ``screen`` and moved onto it."""
    size = wanted.size().boundedTo(screen.size())
    left = min(max(wanted.left(), screen.left()), screen.right() - size.width() + 1)
    top = min(max(wanted.top(), screen.top()), screen.bottom() - size.height() + 1)
    return QRect(left, top, size.width(), size.height())
