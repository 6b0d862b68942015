"""主窗口：菜单、导航、页面、状态栏；没有领域逻辑。"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from functools import partial
from pathlib import Path

from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QCloseEvent, QGuiApplication, QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QFileDialog,
    QHBoxLayout,
    QMainWindow,
    QMenu,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from gui import menus
from gui.messages import Action, Messages, Toast
from gui.operations import opening
from gui.operations.desk import Desk
from gui.operations.exporting import Exporter, open_folder
from gui.operations.runner import Runner
from gui.operations.session import YearSession
from gui.pages.first_run import FirstRunPage
from gui.pages.overview import OverviewPage
from gui.plain import tool_button
from gui.settings import SettingsFile
from gui.theme import theme
from gui.undo import UndoActions
from gui.widgets.message_bar import BarArea
from gui.widgets.rail import Rail
from gui.widgets.status_line import StatusLine
from gui.widgets.toast import ToastStack
from models.domain.errors import UserError
from models.domain.events import Campaign
from models.store import Store

PROGRAM = "宝公开排期"
OpenStore = Callable[[], Store]


class MainWindow(QMainWindow):
    """The window of one data file. Another file is opened in its place."""

    def __init__(
        self, make_session: Callable[[Store, Messages], YearSession], settings: SettingsFile, logs: Path
    ) -> None:
        super().__init__()
        self._make_session = make_session
        self.settings = settings
        self._logs = logs
        self.session: YearSession | None = None
        self.overview: OverviewPage | None = None
        self.desk: Desk | None = None
        self.exporter: Exporter | None = None
        self.messages = Messages(self)
        self.runner = Runner(self.messages, self)
        self.undo_actions = UndoActions(self)
        self._build()
        self._build_menus()
        self._add_region_keys()
        self._restore_geometry()

    # what is seen

    def _build(self) -> None:
        self.rail = Rail()
        self.rail.add_page("overview", "年度总览", "table")
        self.bars = BarArea()
        self.stack = QStackedWidget()
        self.first_run = FirstRunPage()
        self.first_run.new_year_requested.connect(self.new_year)
        self.first_run.open_requested.connect(self.ask_for_file)
        self.first_run.demo_requested.connect(self.open_demo)
        self.stack.addWidget(self.first_run)
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
        self.setMinimumSize(640, 420)

    def _show_toast(self, toast: Toast) -> None:
        """One toast at a time: what an older one offers to undo is no longer the newest step."""
        self.toasts.clear()
        self.toasts.show_toast(toast)

    def _build_menus(self) -> None:
        bar = self.menuBar()
        self._fill_file_menu(menus.add_menu(bar, "文件", "F"))
        edit = menus.add_menu(bar, "编辑", "E")
        edit.addAction(self.undo_actions.undo)
        edit.addAction(self.undo_actions.redo)
        self._fill_view_menu(menus.add_menu(bar, "视图", "V"))
        activities = menus.add_menu(bar, "活动", "A")
        menus.add_action(activities, "新建活动…", self.new_event, "Ctrl+N")
        rules = menus.add_menu(bar, "规则", "R")
        menus.add_action(rules, "重新检查", self.recheck, "F5")
        for quarter in range(1, 5):
            words = f"拟定{'一二三四'[quarter - 1]}季度走进园区主题…"
            menus.add_action(rules, words, partial(self._with_desk, "set_theme", quarter))
        self._fill_output_menu(menus.add_menu(bar, "输出", "O"))
        self._fill_help_menu(menus.add_menu(bar, "帮助", "H"))
        self._add_corner()

    def _fill_file_menu(self, menu: QMenu) -> None:
        menus.add_action(menu, "新建年度…", self.new_year)
        menus.add_action(menu, "打开数据文件…", self.ask_for_file, "Ctrl+O")
        menus.add_action(menu, "打开演示年度", self.open_demo)
        menu.addSeparator()
        menus.add_action(menu, "导入年度数据包…", self.import_package, "Ctrl+I")
        menu.addSeparator()
        menus.add_action(menu, "立即备份", self.backup_now, "Ctrl+S")
        menus.add_action(menu, "从备份恢复…", self.ask_for_backup)
        menu.addSeparator()
        menus.add_action(menu, "退出", self.close, "Ctrl+Q")

    def _fill_view_menu(self, menu: QMenu) -> None:
        menus.add_action(menu, "年度总览", self.show_overview, "Ctrl+1")
        self.table_action = menus.add_action(menu, "以表格显示", self._toggle_table)
        self.table_action.setCheckable(True)
        menus.add_action(menu, "上一年度", partial(self._step_year, -1))
        menus.add_action(menu, "下一年度", partial(self._step_year, 1))
        menu.addSeparator()
        menus.add_choices(
            menu.addMenu("文字大小"), menus.TEXT_SIZES, self.settings.values.text_scale, self._choose_scale
        )
        menus.add_choices(
            menu.addMenu("颜色"), menus.COLOR_MODES, self.settings.values.mode, self._choose_mode
        )

    def _fill_output_menu(self, menu: QMenu) -> None:
        plans = menu.addMenu("季度活动计划（PDF）")
        for quarter in range(1, 5):
            words = f"第{'一二三四'[quarter - 1]}季度…"
            menus.add_action(plans, words, partial(self._export, "export_quarter", quarter))
        calendars = menu.addMenu("日历文件（iCal）")
        menus.add_action(calendars, "全部活动…", partial(self._export, "export_calendar"))
        for campaign in Campaign:
            menus.add_action(
                calendars, f"{campaign.label}…", partial(self._export, "export_calendar", campaign)
            )
        menus.add_action(menu, "年度数据包…", partial(self._export, "export_package"))

    def _fill_help_menu(self, menu: QMenu) -> None:
        menus.add_action(menu, "快捷键", self._show_shortcuts, "F1")
        menus.add_action(menu, "要点原文", self._show_clauses)
        menus.add_action(menu, "打开日志文件夹", partial(open_folder, self._logs))

    def _add_corner(self) -> None:
        corner = QWidget()
        row = QHBoxLayout(corner)
        row.setContentsMargins(0, 0, 10, 0)
        row.setSpacing(2)
        for action in (self.undo_actions.undo, self.undo_actions.redo):
            made = tool_button("undo" if action is self.undo_actions.undo else "redo", action.text())
            made.setDefaultAction(action)
            made.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonIconOnly)
            row.addWidget(made)
        row.addWidget(tool_button("sun", "切换浅色与深色", self._toggle_dark))
        self._corner = corner  # the menu bar takes the widget but not the Python object
        self.menuBar().setCornerWidget(corner, Qt.Corner.TopRightCorner)

    def _add_region_keys(self) -> None:
        for keys, step in (("F6", 1), ("Shift+F6", -1)):
            QShortcut(QKeySequence(keys), self).activated.connect(partial(self._next_region, step))

    def _next_region(self, step: int) -> None:
        regions: list[QWidget] = [
            self.rail,
            *(self.overview.regions() if self._shows_overview() else [self.first_run]),
        ]
        focus = self.focusWidget()
        here = next(
            (
                n
                for n, region in enumerate(regions)
                if focus and (region is focus or region.isAncestorOf(focus))
            ),
            -1,
        )
        target = regions[(here + step) % len(regions)]
        chain = [target, *target.findChildren(QWidget)]
        for widget in chain:
            if widget.focusPolicy() & Qt.FocusPolicy.TabFocus and widget.isVisible() and widget.isEnabled():
                widget.setFocus(Qt.FocusReason.TabFocusReason)
                return

    def _shows_overview(self) -> bool:
        return self.overview is not None and self.stack.currentWidget() is self.overview

    # which data are open

    def open_with(self, open_store: OpenStore) -> bool:
        """Close the data that are open and open others; said in a bar where it cannot be."""
        self._close_session()
        self.bars.clear()
        try:
            store = open_store()
        except UserError as error:
            self._show_state()
            self.messages.error(
                error,
                [Action("打开其他文件…", self.ask_for_file), Action("从备份恢复…", self.ask_for_backup)],
            )
            return False
        self._take(self._make_session(store, self.messages))
        return True

    def _take(self, session: YearSession) -> None:
        self.session = session
        self.desk = Desk(session, self)
        self.exporter = Exporter(session, self.runner, self)
        self.exporter.folder = self.settings.values.last_folder
        self.overview = OverviewPage(session)
        self._connect_overview(self.overview, self.desk)
        self.stack.addWidget(self.overview)
        self.undo_actions.follow(session)
        self.status_line.follow(session)
        session.year_changed.connect(self._show_state)
        session.open_nearest_year()
        self._show_state()
        if session.read_only:
            self.messages.bar("warning", session.store.read_only_reason, topic="read-only", closable=False)

    def _connect_overview(self, page: OverviewPage, desk: Desk) -> None:
        page.event_requested.connect(desk.edit_event)
        page.new_event_requested.connect(desk.new_event_as_asked)
        page.decision_requested.connect(desk.tell_decision)
        page.postpone_requested.connect(desk.postpone_event)
        page.cancel_requested.connect(desk.cancel_event)
        page.result_requested.connect(desk.record_result)
        page.explain_requested.connect(desk.explain_cell)
        page.exempt_requested.connect(desk.exempt_cell)
        page.said.connect(self.messages.said)

    def _close_session(self) -> None:
        self.undo_actions.follow(None)
        self.status_line.follow(None)
        if self.overview is not None:
            self.stack.removeWidget(self.overview)
            self.overview.deleteLater()
        if self.session is not None:
            self.session.store.close()
            self.session.deleteLater()
        self.session = self.overview = self.desk = self.exporter = None

    def _show_state(self) -> None:
        session = self.session
        if session is not None and session.has_year and self.overview is not None:
            self.stack.setCurrentWidget(self.overview)
            district = session.snapshot.year_row.district
            self.setWindowTitle(f"{PROGRAM} — {session.year} 年度 · {district}")
            return
        year = (session.today if session else date.today()).year
        self.first_run.set_year(
            year + (1 if self._is_late() else 0), read_only=session is None or session.read_only
        )
        self.stack.setCurrentWidget(self.first_run)
        self.setWindowTitle(PROGRAM)

    def _is_late(self) -> bool:
        """From October on the next year is what is planned."""
        return self.session is not None and self.session.today.month >= 10

    # what the menus do

    def new_year(self) -> None:
        """Open the form 新建年度 and show the year made."""
        session = self.session
        if session is None:
            return
        known = session.years()
        year = max(known) + 1 if known else session.today.year + (1 if self._is_late() else 0)
        from gui.dialogs.new_year_dialog import NewYearDialog

        dialog = NewYearDialog(session, year, self)
        if dialog.exec() and dialog.created is not None:
            session.open_year(dialog.created)

    def open_demo(self) -> None:
        """Open the invented year, from a file of its own."""
        self.open_with(opening.open_demo)

    def ask_for_file(self) -> None:
        """Ask for a data file and open it."""
        from models.store import open_store

        chosen, _ = QFileDialog.getOpenFileName(
            self, "打开数据文件", self.settings.values.last_folder, "数据文件 (*.db)"
        )
        if chosen:
            self.open_with(partial(open_store, chosen))

    def import_package(self) -> None:
        """Ask for a year package and make its year as it says, one step."""
        session = self.session
        if session is None or session.read_only:
            return
        chosen, _ = QFileDialog.getOpenFileName(
            self, "导入年度数据包", self.settings.values.last_folder, "年度数据包 (*.json)"
        )
        if not chosen:
            return
        done = session.perform(opening.import_package, Path(chosen), toast=True)
        if done is not None:
            session.open_year(done.year)

    def backup_now(self) -> None:
        """Make a backup by hand and say where it is."""
        if self.session is None:
            return
        try:
            path = opening.named_backup(self.session.store)
        except UserError as error:
            self.messages.error(error)
            return
        self.messages.toast(
            f"已备份为 {path.name}", Action("打开所在文件夹", partial(open_folder, path.parent))
        )

    def ask_for_backup(self) -> None:
        """Ask for a backup and put it in the place of the data file, which is kept aside."""
        where = self.session.store.path if self.session else opening.default_path()
        chosen, _ = QFileDialog.getOpenFileName(
            self, "从备份恢复", str(opening.backups.backup_folder(where)), "备份 (*.db)"
        )
        if not chosen:
            return
        from models.store import open_store

        try:
            aside = opening.restore_backup(where, Path(chosen), self._close_session)
        except UserError as error:
            self.open_with(partial(open_store, where))
            self.messages.error(error)
            return
        if self.open_with(partial(open_store, where)):
            self.messages.toast(f"已恢复；原来的数据放在 {aside.name}" if aside else "已恢复")

    def new_event(self) -> None:
        """Open an empty event form."""
        self._with_desk("new_event")

    def recheck(self) -> None:
        """Read and check the year again."""
        if self.session is not None:
            self.session.refresh()

    def show_overview(self) -> None:
        """Show the year board."""
        if self.overview is not None and self.session is not None and self.session.has_year:
            self.stack.setCurrentWidget(self.overview)

    def _with_desk(self, name: str, *arguments: object) -> None:
        if self.desk is not None and self.session is not None and self.session.has_year:
            getattr(self.desk, name)(*arguments)

    def _export(self, name: str, *arguments: object) -> None:
        if self.exporter is not None and self.session is not None and self.session.has_year:
            getattr(self.exporter, name)(*arguments)

    def _toggle_table(self) -> None:
        if self.overview is not None:
            self.overview.show_as_table(self.table_action.isChecked())

    def _step_year(self, step: int) -> None:
        session = self.session
        if session is not None and session.has_year and session.year + step in session.years():
            session.open_year(session.year + step)

    def _choose_scale(self, scale: object) -> None:
        assert isinstance(scale, float)
        self.settings.change(text_scale=scale)
        theme().choose(scale=scale)

    def _choose_mode(self, mode: object) -> None:
        assert isinstance(mode, str)
        self.settings.change(mode=mode)
        theme().choose(mode=mode)

    def _toggle_dark(self) -> None:
        self._choose_mode("light" if theme().dark else "dark")

    def _show_shortcuts(self) -> None:
        from gui.dialogs.help_dialogs import ShortcutsDialog

        ShortcutsDialog(self).exec()

    def _show_clauses(self) -> None:
        from gui.dialogs.help_dialogs import ClauseTextDialog

        ClauseTextDialog(self).exec()

    # the window itself

    def _restore_geometry(self) -> None:
        self.resize(1366, 728)
        if self.settings.values.geometry is not None:
            wanted = QRect(*self.settings.values.geometry)
            if any(screen.availableGeometry().intersects(wanted) for screen in QGuiApplication.screens()):
                self.setGeometry(wanted)

    def closeEvent(self, event: QCloseEvent) -> None:
        """Remember the window; the data are already saved."""
        if not self.isMaximized():
            frame = self.geometry()
            self.settings.change(geometry=(frame.x(), frame.y(), frame.width(), frame.height()))
        folder = self.exporter.folder if self.exporter else self.settings.values.last_folder
        self.settings.change(maximized=self.isMaximized(), last_folder=folder)
        self._close_session()
        super().closeEvent(event)
