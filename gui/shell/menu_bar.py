"""菜单栏：工具条上有的，菜单里都有；还没有的页面不列。"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QSize, Qt
from PySide6.QtGui import QAction, QActionGroup
from PySide6.QtWidgets import QMenu, QToolButton, QWidget

from gui.kit import menus
from gui.kit.boxes import in_row
from gui.kit.icons import icon
from gui.kit.plain import tool_button
from gui.kit.theme import theme
from gui.shell.pages import PAGES
from models.domain.events import Campaign

if TYPE_CHECKING:
    from gui.shell.data_files import DataFiles
    from gui.shell.frame import WindowFrame
    from gui.shell.tools import Tools
    from gui.shell.window_commands import WindowCommands

QUARTERS = "一二三四"
_OF = {"quarter": "活动计划", "evidence-pack": "佐证材料包"}


class WindowMenus(QObject):
    """The menus of the window and the buttons at their right.

    What needs an open year, or one that can be changed, is greyed out while there is none.
    """

    def __init__(
        self, window: WindowFrame, commands: WindowCommands, tools: Tools, files: Callable[[], DataFiles]
    ) -> None:
        super().__init__(window)
        self._window = window
        self._commands = commands
        self._tools = tools
        self._files = files
        self._for_year: list[QAction] = []
        self._for_changes: list[QAction] = []
        self._has_year = self._can_change = False
        self._scales: QActionGroup | None = None
        self._modes: QActionGroup | None = None
        bar = window.menuBar()
        self._fill_file(menus.add_menu(bar, "文件", "F"))
        edit = menus.add_menu(bar, "编辑", "E")
        edit.addAction(window.undo_actions.undo)
        edit.addAction(window.undo_actions.redo)
        edit.addSeparator()
        self.search = self._year(edit, "搜索…", self._commands.search, "Ctrl+K")
        self._year(edit, "在本页查找", self._commands.find_on_page, "Ctrl+F")
        self._fill_view(menus.add_menu(bar, "视图", "V"))
        self._fill_activities(menus.add_menu(bar, "活动", "A"))
        self._fill_rules(menus.add_menu(bar, "规则", "R"))
        self._fill_output(menus.add_menu(bar, "输出", "O"))
        self._fill_help(menus.add_menu(bar, "帮助", "H"))
        self._add_corner()

    def show_state(self, *, has_year: bool, can_change: bool) -> None:
        """Grey out what cannot be done now."""
        self._has_year, self._can_change = has_year, can_change
        self._grey_out()
        self.new_year.setEnabled(can_change)
        self.import_package.setEnabled(can_change)
        self.backup.setEnabled(can_change)
        self.own_data.setVisible(not self._window.shows_own_data)

    def _grey_out(self) -> None:
        for action in self._for_year:
            action.setEnabled(self._has_year)
        for action in self._for_changes:
            action.setEnabled(self._has_year and self._can_change)

    def _year(self, menu: QMenu, words: str, run: Callable[[], object], keys: str = "") -> QAction:
        """An entry that needs an open year."""
        made = menus.add_action(menu, words, run, keys)
        self._for_year.append(made)
        return made

    def _change(self, menu: QMenu, words: str, run: Callable[[], object], keys: str = "") -> QAction:
        """An entry that needs a year that can be changed."""
        made = menus.add_action(menu, words, run, keys)
        self._for_changes.append(made)
        return made

    def _add_filled_later(self, menu: QMenu, words: str, fill: Callable[[QMenu], None]) -> None:
        """A menu in ``menu`` that is made, with its entries (none has keys), when ``menu`` is first opened."""
        made = partial(self._make_inner, menu, menu.addAction(words), fill)
        menu.aboutToShow.connect(made, Qt.ConnectionType.SingleShotConnection)

    def _make_inner(self, menu: QMenu, action: QAction, fill: Callable[[QMenu], None]) -> None:
        inner = QMenu(menu)
        action.setMenu(inner)
        fill(inner)
        self._grey_out()

    def _fill_file(self, menu: QMenu) -> None:
        # What concerns whole files is made when it is first asked for: the start need not wait for it.
        window, files = self._window, self._files
        self.new_year = menus.add_action(menu, "新建年度…", lambda: files().new_year(), "Ctrl+Shift+N")
        menus.add_action(menu, "打开数据文件…", lambda: files().ask_for_file(), "Ctrl+O")
        self.recent = menu.addMenu("最近打开")
        self.recent.aboutToShow.connect(self._fill_recent)
        menus.add_action(menu, "打开演示年度", lambda: files().open_demo())
        self.own_data = menus.add_action(menu, "回到我的数据", lambda: files().open_own())
        menu.addSeparator()
        self.import_package = menus.add_action(
            menu, "导入年度数据包…", lambda: files().import_package(), "Ctrl+I"
        )
        self._change(menu, "导入报送表、决策目录、日历…", lambda: files().import_sheet(), "Ctrl+Shift+I")
        menu.addSeparator()
        self.backup = menus.add_action(menu, "立即备份", lambda: files().backup_now(), "Ctrl+S")
        menus.add_action(menu, "从备份恢复…", lambda: files().ask_for_backup())
        menu.addSeparator()
        menus.add_action(menu, "退出", window.close, "Ctrl+Q")

    def _fill_recent(self) -> None:
        """The files opened last that are still there, the open one left out."""
        self.recent.clear()
        for text in self._window.settings.values.recent:
            path = Path(text)
            if path != self._window.data_file and path.exists():
                menus.add_action(self.recent, text, partial(self._files().open_file, path))
        if self.recent.isEmpty():
            self.recent.addAction("（没有）").setEnabled(False)

    def _fill_view(self, menu: QMenu) -> None:
        window, commands = self._window, self._commands
        for number, entry in enumerate(PAGES, start=1):
            shown = partial(window.show_page, entry.name)
            self._year(menu, entry.words, shown, f"Ctrl+{number}")
        menu.addSeparator()
        self.table = self._year(menu, "以表格显示", self._toggle_table)
        self.table.setCheckable(True)
        self._year(menu, "上一年度", partial(commands.step_year, -1))
        self._year(menu, "下一年度", partial(commands.step_year, 1))
        menu.addSeparator()
        self._add_filled_later(menu, "文字大小", self._fill_scales)
        self._add_filled_later(menu, "外观", self._fill_modes)
        menu.addSeparator()
        menus.add_action(menu, "设置", window.show_settings, "Ctrl+,")

    def _fill_scales(self, menu: QMenu) -> None:
        self._scales = menus.add_choices(menu, menus.TEXT_SIZES, theme().scale, self._commands.choose_scale)

    def _fill_modes(self, menu: QMenu) -> None:
        self._modes = menus.add_choices(menu, menus.COLOR_MODES, theme().mode, self._commands.choose_mode)

    def _fill_activities(self, menu: QMenu) -> None:
        commands, tools = self._commands, self._tools
        self._change(menu, "新建活动…", commands.new_event, "Ctrl+N")
        self._add_filled_later(menu, "新建指定工作线的活动", self._fill_campaigns)
        menu.addSeparator()
        self._change(menu, "自动排期", commands.plan, "F9")
        self._change(menu, "自动排期条件…", lambda *_: tools.planning.ask_conditions(), "Shift+F9")
        menu.addSeparator()
        self._change(menu, "佐证材料要求…", commands.show_needed_evidence)

    def _fill_campaigns(self, menu: QMenu) -> None:
        for campaign in Campaign:
            made = partial(self._commands.new_event, campaign)
            self._change(menu, f"{campaign.label}…", made)

    def _fill_rules(self, menu: QMenu) -> None:
        commands, tools = self._commands, self._tools
        self._year(menu, "重新检查", commands.recheck, "F5")
        self._year(menu, "下一个问题", partial(commands.next_finding, 1), "F8")
        self._year(menu, "上一个问题", partial(commands.next_finding, -1), "Shift+F8")
        menu.addSeparator()
        self._change(menu, "新增规则…", lambda *_: tools.desk.edit_rule())
        self._year(menu, "政策文件…", lambda *_: tools.desk.show_policy())
        self._year(menu, "年度节点…", lambda *_: tools.desk.show_milestone())
        menu.addSeparator()
        self._add_filled_later(menu, "走进园区季度主题", self._fill_themes)
        self._year(menu, "单位、学校与场地…", lambda *_: tools.desk.show_units())
        self._year(menu, "街镇走进情况…", lambda *_: tools.desk.show_towns())
        self._change(menu, "学校假期…", lambda *_: tools.desk.set_school_terms())
        menu.addSeparator()
        self._change(menu, "导入放假安排…", lambda *_: self._files().making.holidays.open())
        self._change(menu, "导入新年度要点…", commands.import_document)
        menus.add_action(menu, "要点原文", commands.show_clauses)

    def _fill_themes(self, menu: QMenu) -> None:
        for quarter, numeral in enumerate(QUARTERS, start=1):
            asked = partial(self._commands.set_theme, quarter)
            self._change(menu, f"拟定{numeral}季度主题…", asked)

    def _fill_output(self, menu: QMenu) -> None:
        """The entries with keys; the others when the menu is first opened."""
        commands, tools = self._commands, self._tools
        self._year(menu, "打印…", commands.print_shown, "Ctrl+P")
        self._year(menu, "另存为 PDF…", commands.save_shown, "Ctrl+Shift+P")
        menu.addSeparator()
        self._change(menu, "印发…", commands.release)
        self._year(menu, "印发稿…", lambda *_: tools.releasing.show_releases(), "Ctrl+Shift+R")
        self._year(menu, "核对印件是哪一稿…", commands.check_drift)
        menu.addSeparator()
        menu.aboutToShow.connect(partial(self._fill_exports, menu), Qt.ConnectionType.SingleShotConnection)

    def _fill_exports(self, menu: QMenu) -> None:
        from exports.print_options import PrintKind

        self._add_quarters(menu.addMenu(PrintKind.QUARTER.label), PrintKind.QUARTER.value)
        prints = menu.addMenu("其他印件")
        for kind in PrintKind:
            if kind is not PrintKind.QUARTER:
                self._add_export(prints, kind.label, kind.value)
        self._add_quarters(menu.addMenu("佐证材料包"), "evidence-pack")
        menu.addSeparator()
        self._add_export(menu, "Word 季度计划", "docx")
        self._add_export(menu, "Word 变更通知", "docx-notice")
        self._year(menu, "台账 Excel", self._commands.export_ledger)
        self._add_export(menu, "空白报送表", "template")
        self._add_export(menu, "列席函件", "letters")
        self._add_export(menu, "iCal 日历", "ical")
        self._add_export(menu, "年度数据包", "package")
        self._grey_out()

    def _add_export(self, menu: QMenu, words: str, kind: str) -> None:
        self._year(menu, words, partial(self._commands.show_export, kind))

    def _add_quarters(self, menu: QMenu, kind: str) -> None:
        """The export called ``kind`` of each quarter."""
        for quarter, numeral in enumerate(QUARTERS, start=1):
            shown = partial(self._commands.show_export, kind, quarter=quarter)
            self._year(menu, f"{numeral}季度{_OF[kind]}", shown)

    def _fill_help(self, menu: QMenu) -> None:
        menus.add_action(menu, "快捷键", self._commands.show_shortcuts, "F1")
        menus.add_action(menu, "打开日志文件夹", self._commands.open_logs)

    def _add_corner(self) -> None:
        corner = QWidget()
        row = in_row(
            tool_button("search", "搜索（Ctrl+K）", self._commands.search),
            inside=corner,
            margins=(0, 0, 10, 0),
            spacing=2,
        )
        self.undo_button = QToolButton()
        self.redo_button = QToolButton()
        actions = self._window.undo_actions
        for made, action in ((self.undo_button, actions.undo), (self.redo_button, actions.redo)):
            made.setDefaultAction(action)
            made.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonIconOnly)
            made.setIconSize(QSize(18, 18))
            row.addWidget(made)
        self.dark_button = tool_button("moon", "换成深色", self._commands.toggle_dark)
        row.addWidget(self.dark_button)
        self._corner = corner  # the menu bar takes the widget but not the Python object
        self._window.menuBar().setCornerWidget(corner, Qt.Corner.TopRightCorner)
        theme().changed.connect(self._show_theme)
        self._show_theme()

    def _show_theme(self) -> None:
        words = "换成浅色" if theme().dark else "换成深色"
        self.dark_button.setIcon(icon("sun" if theme().dark else "moon", "ink2"))
        self.dark_button.setToolTip(words)
        self.dark_button.setAccessibleName(words)
        for choice, value in ((self._scales, theme().scale), (self._modes, theme().mode)):
            if choice is not None:
                menus.show_choice(choice, value)

    def _toggle_table(self) -> None:
        self._commands.show_as_table(shown=self.table.isChecked())
