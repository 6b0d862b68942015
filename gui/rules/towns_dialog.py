"""街镇走进情况：各街镇近几年去过几次，哪些两年未去；可复制名单。"""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableWidget, QTableWidgetItem, QWidget

from gui.kit.form import FormDialog
from gui.kit.plain import button
from gui.kit.theme import theme
from gui.session.redaction import redacted
from gui.session.town_years import towns_of
from gui.session.year_session import YearSession
from models.domain.events import Campaign
from planners.visits import YEARS_LOOKED_AT, coverage_words

MOST_YEARS = 3


class TownsDialog(FormDialog):
    """A table 街镇 × years. ``chosen`` is the town for which a new visit was asked for, None else."""

    def __init__(self, session: YearSession, parent: QWidget | None = None) -> None:
        super().__init__("街镇走进情况", "新建走进", parent, width=620)
        self._session = session
        self.chosen: str | None = None
        self._visits = towns_of(session, MOST_YEARS - 1)
        self._two = towns_of(session, YEARS_LOOKED_AT - 1)
        self.add_heading("街镇走进情况", Campaign.COMMUNITY)
        one_year = "数据文件里没有往年的年度，只能看本年。导入往年的数据包后，这里会列出两年未去过的街镇。"
        self.add_words(coverage_words(self._two) or one_year)
        self.table = QTableWidget()
        self.table.setAccessibleName("街镇与各年走进次数")
        self._fill()
        self.add_widget(self.table)
        self.add_words("往年按已举办计，本年按已排、已确认、已举办计。只作提示，不是违规。", "caption")
        self.copy = button("复制名单", self._on_copy, icon_name="copy")
        self.add_left_button(self.copy)
        self.accept_button.setEnabled(not session.read_only and bool(self._visits))
        self.accept_button.setToolTip("为选中的街镇新建一场走进社区（Ctrl+Enter）")
        self.table.setFocus()

    def _fill(self) -> None:
        years = [year for year, _ in self._visits[0].counts] if self._visits else [self._session.year]
        never = {town.key for town in self._two if town.left_out} if len(years) > 1 else set()
        heads = ["街镇", *(f"{year} 年" for year in years), "提示"]
        self.table.setColumnCount(len(heads))
        self.table.setHorizontalHeaderLabels(heads)
        self.table.setRowCount(len(self._visits))
        for number, town in enumerate(self._visits):
            hint = "两年未去过" if town.key in never else "" if town.counts[-1][1] else "本年未排"
            for column, words in enumerate([town.name, *(str(n) for _, n in town.counts), hint]):
                item = QTableWidgetItem(redacted(words))
                item.setFlags(Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable)
                if 0 < column <= len(years):
                    item.setTextAlignment(Qt.AlignmentFlag.AlignCenter)
                if column > len(years) and hint:
                    item.setForeground(theme().color("warning"))
                self.table.setItem(number, column, item)
        self.table.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.table.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.table.setTabKeyNavigation(False)
        self.table.verticalHeader().hide()
        self.table.verticalHeader().setDefaultSectionSize(round(30 * theme().scale))
        self.table.horizontalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Stretch)
        rows = min(len(self._visits), 12)
        self.table.setFixedHeight(round((rows * 30 + 40) * theme().scale))
        if self._visits:
            first = next((n for n, town in enumerate(self._visits) if town.key in never), 0)
            self.table.selectRow(first)

    def _on_copy(self) -> None:
        lines = [
            "\t".join(
                ["街镇", *(f"{year}年" for year, _ in (self._visits[0].counts if self._visits else ()))]
            )
        ]
        lines += ["\t".join([town.name, *(str(count) for _, count in town.counts)]) for town in self._visits]
        words = coverage_words(self._two)
        QGuiApplication.clipboard().setText("\n".join([*([words] if words else []), *lines]))
        self._session.messages.toast("已复制街镇走进情况。")

    def accept_form(self) -> None:
        """The selected town is to get a new visit."""
        row = self.table.currentRow()
        self.chosen = self._visits[row].name if 0 <= row < len(self._visits) else None
