"""菜单栏：工具条上有的，菜单里都有；还没有的页面不列。"""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QSize, Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QHBoxLayout, QMenu, QToolButton, QWidget

from exports.print_options import PrintKind
from gui import menus
from gui.icons import icon
from gui.operations.exporting import open_folder
from gui.pages.registry import PAGES
from gui.plain import tool_button
from gui.theme import theme
from models.domain.events import Campaign

if TYPE_CHECKING:
    from gui.main_window import MainWindow

QUARTERS = "一二三四"
_OF = {"quarter": "活动计划", "evidence-pack": "佐证材料包"}


class WindowMenus(QObject):
    """The menus of the window and the buttons at their right.

    What needs an open year, or one that can be changed, is greyed out while there is none.
    """

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window)
        self._window = window
        self._for_year: list[QAction] = []
        self._for_changes: list[QAction] = []
        bar = window.menuBar()
        self._fill_file(menus.add_menu(bar, "文件", "F"))
        edit = menus.add_menu(bar, "编辑", "E")
        edit.addAction(window.undo_actions.undo)
        edit.addAction(window.undo_actions.redo)
        edit.addSeparator()
        self.search = menus.add_action(edit, "搜索…", window.search, "Ctrl+K")
        self._for_year += [
            self.search,
            menus.add_action(edit, "在本页查找", window.find_on_page, "Ctrl+F"),
        ]
        self._fill_view(menus.add_menu(bar, "视图", "V"))
        self._fill_activities(menus.add_menu(bar, "活动", "A"))
        self._fill_rules(menus.add_menu(bar, "规则", "R"))
        self._fill_output(menus.add_menu(bar, "输出", "O"))
        self._fill_help(menus.add_menu(bar, "帮助", "H"))
        self._add_corner()

    def show_state(self, *, has_year: bool, can_change: bool) -> None:
        """Grey out what cannot be done now."""
        for action in self._for_year:
            action.setEnabled(has_year)
        for action in self._for_changes:
            action.setEnabled(has_year and can_change)
        self.new_year.setEnabled(can_change)
        self.import_package.setEnabled(can_change)
        self.backup.setEnabled(can_change)
        self.own_data.setVisible(not self._window.shows_own_data)

    def _fill_file(self, menu: QMenu) -> None:
        files = self._window.files
        self.new_year = menus.add_action(menu, "新建年度…", files.new_year, "Ctrl+Shift+N")
        menus.add_action(menu, "打开数据文件…", files.ask_for_file, "Ctrl+O")
        self.recent = menu.addMenu("最近打开")
        self.recent.aboutToShow.connect(self._fill_recent)
        menus.add_action(menu, "打开演示年度", files.open_demo)
        self.own_data = menus.add_action(menu, "回到我的数据", files.open_own)
        menu.addSeparator()
        self.import_package = menus.add_action(menu, "导入年度数据包…", files.import_package, "Ctrl+I")
        self._for_changes.append(
            menus.add_action(menu, "导入报送表、决策目录、日历…", files.import_sheet, "Ctrl+Shift+I")
        )
        menu.addSeparator()
        self.backup = menus.add_action(menu, "立即备份", files.backup_now, "Ctrl+S")
        menus.add_action(menu, "从备份恢复…", files.ask_for_backup)
        menu.addSeparator()
        menus.add_action(menu, "退出", self._window.close, "Ctrl+Q")

    def _fill_recent(self) -> None:
        """The files opened last that are still there, the open one left out."""
        self.recent.clear()
        for text in self._window.settings.values.recent:
            path = Path(text)
            if path != self._window.data_file and path.exists():
                menus.add_action(self.recent, text, partial(self._window.files.open_file, path))
        if self.recent.isEmpty():
            self.recent.addAction("（没有）").setEnabled(False)

    def _fill_view(self, menu: QMenu) -> None:
        window = self._window
        for number, entry in enumerate(PAGES, start=1):
            shown = partial(window.show_page, entry.name)
            self._for_year.append(menus.add_action(menu, entry.words, shown, f"Ctrl+{number}"))
        menu.addSeparator()
        self.table = menus.add_action(menu, "以表格显示", self._toggle_table)
        self.table.setCheckable(True)
        self._for_year += [
            self.table,
            menus.add_action(menu, "上一年度", partial(window.step_year, -1)),
            menus.add_action(menu, "下一年度", partial(window.step_year, 1)),
        ]
        menu.addSeparator()
        values = window.settings.values
        scales = menus.add_choices(
            menu.addMenu("文字大小"), menus.TEXT_SIZES, values.text_scale, window.choose_scale
        )
        modes = menus.add_choices(menu.addMenu("外观"), menus.COLOR_MODES, values.mode, window.choose_mode)
        self._choices = (scales, modes)
        menu.addSeparator()
        menus.add_action(menu, "设置", window.show_settings, "Ctrl+,")

    def _fill_activities(self, menu: QMenu) -> None:
        window = self._window
        self._for_changes.append(menus.add_action(menu, "新建活动…", window.new_event, "Ctrl+N"))
        kinds = menu.addMenu("新建指定工作线的活动")
        for campaign in Campaign:
            made = menus.add_action(kinds, f"{campaign.label}…", partial(window.new_event, campaign))
            self._for_changes.append(made)
        menu.addSeparator()
        self._for_changes.append(menus.add_action(menu, "自动排期", window.plan, "F9"))
        asked = menus.add_action(menu, "自动排期条件…", window.ask_plan_conditions, "Shift+F9")
        self._for_changes.append(asked)
        menu.addSeparator()
        self._for_changes.append(menus.add_action(menu, "佐证材料要求…", window.show_needed_evidence))

    def _fill_rules(self, menu: QMenu) -> None:
        window = self._window
        self._for_year += [
            menus.add_action(menu, "重新检查", window.recheck, "F5"),
            menus.add_action(menu, "下一个问题", partial(window.next_finding, 1), "F8"),
            menus.add_action(menu, "上一个问题", partial(window.next_finding, -1), "Shift+F8"),
        ]
        menu.addSeparator()
        self._for_year += [
            menus.add_action(menu, "政策文件…", window.show_policies),
            menus.add_action(menu, "年度节点…", window.show_milestones),
        ]
        menu.addSeparator()
        themes = menu.addMenu("走进园区季度主题")
        for quarter in range(1, 5):
            words = f"拟定{QUARTERS[quarter - 1]}季度主题…"
            self._for_changes.append(menus.add_action(themes, words, partial(window.set_theme, quarter)))
        self._for_year.append(menus.add_action(menu, "街镇走进情况…", window.show_towns))
        self._for_changes.append(menus.add_action(menu, "学校假期…", window.set_school_terms))
        menu.addSeparator()
        days_off = window.files.making.holidays.open
        self._for_changes.append(menus.add_action(menu, "导入放假安排…", days_off))
        self._for_changes.append(menus.add_action(menu, "导入新年度要点…", window.import_document))
        menus.add_action(menu, "要点原文", window.show_clauses)

    def _fill_output(self, menu: QMenu) -> None:
        window = self._window
        self._for_year += [
            menus.add_action(menu, "打印…", window.print_shown, "Ctrl+P"),
            menus.add_action(menu, "另存为 PDF…", window.save_shown, "Ctrl+Shift+P"),
        ]
        menu.addSeparator()
        self._for_changes.append(menus.add_action(menu, "印发…", window.release))
        self._for_year.append(menus.add_action(menu, "印发稿…", window.show_releases, "Ctrl+Shift+R"))
        self._for_year.append(menus.add_action(menu, "核对印件是哪一稿…", window.check_drift))
        menu.addSeparator()
        self._add_quarters(menu.addMenu(PrintKind.QUARTER.label), PrintKind.QUARTER.value)
        prints = menu.addMenu("其他印件")
        for kind in PrintKind:
            if kind is not PrintKind.QUARTER:
                shown = partial(window.show_export, kind.value)
                self._for_year.append(menus.add_action(prints, kind.label, shown))
        self._add_quarters(menu.addMenu("佐证材料包"), "evidence-pack")
        menu.addSeparator()
        self._for_year += [
            menus.add_action(menu, "Word 季度计划", partial(window.show_export, "docx")),
            menus.add_action(menu, "台账 Excel", window.export_ledger),
            menus.add_action(menu, "空白报送表", partial(window.show_export, "template")),
            menus.add_action(menu, "iCal 日历", partial(window.show_export, "ical")),
            menus.add_action(menu, "年度数据包", partial(window.show_export, "package")),
        ]

    def _add_quarters(self, menu: QMenu, kind: str) -> None:
        """The export called ``kind`` of each quarter."""
        for quarter in range(1, 5):
            shown = partial(self._window.show_export, kind, quarter=quarter)
            self._for_year.append(menus.add_action(menu, f"{QUARTERS[quarter - 1]}季度{_OF[kind]}", shown))

    def _fill_help(self, menu: QMenu) -> None:
        menus.add_action(menu, "快捷键", self._window.show_shortcuts, "F1")
        menus.add_action(menu, "打开日志文件夹", partial(open_folder, self._window.logs))

    def _add_corner(self) -> None:
        corner = QWidget()
        row = QHBoxLayout(corner)
        row.setContentsMargins(0, 0, 10, 0)
        row.setSpacing(2)
        row.addWidget(tool_button("search", "搜索（Ctrl+K）", self._window.search))
        self.undo_button = QToolButton()
        self.redo_button = QToolButton()
        actions = self._window.undo_actions
        for made, action in ((self.undo_button, actions.undo), (self.redo_button, actions.redo)):
            made.setDefaultAction(action)
            made.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonIconOnly)
            made.setIconSize(QSize(18, 18))
            row.addWidget(made)
        self.dark_button = tool_button("moon", "换成深色", self._window.toggle_dark)
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
        for choice, value in zip(self._choices, (theme().scale, theme().mode), strict=True):
            menus.show_choice(choice, value)

    def _toggle_table(self) -> None:
        self._window.show_as_table(shown=self.table.isChecked())
