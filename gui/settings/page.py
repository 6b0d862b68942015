"""设置：显示、本年度、隐私、数据与备份、最近的文件；宽窗两列，窄窗一列。"""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QResizeEvent, QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from gui.kit.exporter import open_folder
from gui.kit.message_bar import BarArea
from gui.kit.page_head import PageHead
from gui.kit.plain import label
from gui.kit.scrolling import ScrolledColumn, WheelGuard
from gui.kit.theme import theme
from gui.services.program_settings import SettingsFile
from gui.session.messages import Bar
from gui.session.runner import Runner
from gui.session.year_session import YearSession
from gui.settings.card import SettingsCard
from gui.settings.data_card import DataCard
from gui.settings.looks_card import LooksCard
from gui.settings.recent_card import RecentCard
from gui.settings.year_card import YearCard

TWO_COLUMNS = 960
WIDEST = 1320
_PRIVATE = (
    "列席代表的姓名、电话是个人信息：页面、印件、表格、函件和数据包默认遮住（张*、138****1234），按住“显示”才看得到，导出全文要另外确认并记入导出记录。身份证号码一律不收。",
    "数据存在这台电脑的数据文件和备份里，其中有完整的名单；只有你设了日历服务器并按下上传，程序才联网，送出的日历里没有代表的姓名和电话。反馈之后可在“公众列席”删除个人信息，数据文件和以前的备份里都不再留；另存到别处的备份和已导出的文件，请另行清理。",
)


class SettingsPage(QWidget):
    """What can be set. What belongs to the computer holds at once; what belongs to the year is a step of its log."""

    parameter_requested = Signal(str)
    rules_requested = Signal()

    def __init__(self, settings: SettingsFile, runner: Runner) -> None:
        super().__init__()
        self.setObjectName("Settings")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._settings = settings
        self._session: YearSession | None = None
        self._data_file = Path()
        self._wheel = WheelGuard(self)
        self.bars = BarArea(margins=(0, 0, 0, 0))
        self.looks = LooksCard()
        self.year = YearCard()
        self.privacy = SettingsCard("隐私")
        self.data = DataCard(runner)
        self.recent = RecentCard(runner)
        for words in _PRIVATE:
            self.privacy.add_widget(label(words, "secondary", wrap=True))
        self._lay_out()
        self._connect()

    def _lay_out(self) -> None:
        header = self._header = PageHead("设置")
        header.add(4, label("显示随时生效；年度的设置记入变更记录", "secondary"), None)
        content = QWidget()
        outer = QVBoxLayout(content)
        outer.setContentsMargins(20, 16, 20, 24)
        outer.setSpacing(14)
        outer.addWidget(self.bars)
        self._columns = QHBoxLayout()
        self._columns.setSpacing(14)
        self._left, self._right = QVBoxLayout(), QVBoxLayout()
        for column in (self._left, self._right):
            column.setSpacing(14)
            column.addStretch(1)
            self._columns.addLayout(column, 1)
        outer.addLayout(self._columns)
        outer.addStretch(1)
        self.area = ScrolledColumn(self)
        self.area.setAccessibleName("设置")
        middle = QHBoxLayout(self.area.body)
        middle.setContentsMargins(0, 0, 0, 0)
        content.setMaximumWidth(WIDEST)
        middle.addWidget(content, 1)
        middle.addStretch(0)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(header)
        column.addWidget(self.area, 1)
        self._two: bool | None = None
        self._arrange(two=True)

    def _arrange(self, *, two: bool) -> None:
        """Put the cards into two columns, or all into one, in the order in which the keyboard goes."""
        if two == self._two:
            return
        self._two = two
        cards = (self.looks, self.year, self.privacy, self.data, self.recent)
        for card in cards:
            for column in (self._left, self._right):
                column.removeWidget(card)
        for card in cards:
            column = self._right if two and card in (self.data, self.recent) else self._left
            column.insertWidget(column.count() - 1, card)
        self._columns.setStretch(1, 1 if two else 0)
        self._columns.setSpacing(14 if two else 0)

    def _connect(self) -> None:
        self.looks.hours_chosen.connect(self._on_hours)
        self.year.change_requested.connect(self.parameter_requested)
        self.year.rules_requested.connect(self.rules_requested)
        self.data.folder_requested.connect(open_folder)
        self.recent.forget_requested.connect(self._on_forget)
        self._wheel.guard(self)
        theme().changed.connect(self._style)

    # what is shown

    def showEvent(self, event: QShowEvent) -> None:
        """Show everything as it is now."""
        super().showEvent(event)
        self.refresh()

    def follow(self, session: YearSession | None, data_file: Path) -> None:
        """Show from now on what belongs to ``session`` (None: nothing is open) and to ``data_file``."""
        self._session, self._data_file = session, data_file
        if self.isVisible():
            self.refresh()

    def refresh(self) -> None:
        """Show the settings of the program, of the open year and the files there are."""
        session = self._session
        self.looks.show_hours(self._settings.values.work_hours)
        self.looks.show_theme()
        self.show_year()
        can_back_up = session is not None and not session.read_only
        self.data.show_file(self._data_file, can_back_up=can_back_up)
        self.recent.show_files(self._settings.values.recent, self._data_file)
        self._say_problem()
        if session is not None:
            for told in (session.changed, session.held):
                told.connect(self.show_year, Qt.ConnectionType.UniqueConnection)

    def show_year(self) -> None:
        """Show the settings of the open year."""
        self.year.show_session(self._session)

    def _say_problem(self) -> None:
        """Say where the settings could not be written."""
        problem = self._settings.problem
        if problem:
            words = f"{problem}现在的选择这次有效，下次打开会忘记。请检查设置文件所在的文件夹。"
            self.bars.show_bar(Bar("warning", words, (), "settings"))
        else:
            self.bars.withdraw("settings")

    def _style(self) -> None:
        self._header.setFixedHeight(round((56 if self.height() >= 700 else 50) * theme().scale))
        self._arrange(two=self.width() >= TWO_COLUMNS * theme().scale)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """One column or two."""
        super().resizeEvent(event)
        self._style()

    def minimumSizeHint(self) -> QSize:
        """Everything scrolls."""
        return QSize(0, 0)

    # what the user does

    def _on_hours(self, first: int, last: int) -> None:
        self._settings.change(work_hours=(first, last))
        self._say_problem()

    def _on_forget(self, path: Path) -> None:
        settings = self._settings
        settings.change(recent=tuple(kept for kept in settings.values.recent if Path(kept) != path))
        self.recent.show_files(settings.values.recent, self._data_file)
