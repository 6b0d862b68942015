"""单位邮箱：邀请文件从谁发出、发给哪些单位；只有单位，没有代表。"""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QColor
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QLineEdit,
    QTableWidget,
    QTableWidgetItem,
    QWidget,
)

from exports.invitations import ORGANIZER_NAME_SETTING, ORGANIZER_SETTING, address_setting, is_address
from gui.kit.form import FormDialog
from gui.kit.theme import theme
from gui.session.year_session import YearSession
from models import commands
from models.domain.errors import CommandError
from models.domain.year import Setting

ROWS_SEEN = 9


class AddressesDialog(FormDialog):
    """Addresses of the office that invites and of the units; one step that can be undone."""

    def __init__(self, session: YearSession, parent: QWidget | None = None) -> None:
        super().__init__("单位邮箱", "保存", parent, width=620)
        self._session = session
        row = session.snapshot.year_row
        self.add_heading("邀请文件的邮箱")
        self.add_words("邀请只发给单位的公务邮箱，从不写列席代表的姓名和地址。", "secondary")
        self.organizer = QLineEdit(str(row.setting(ORGANIZER_SETTING, "") or ""))
        self.organizer.setPlaceholderText("如 zwgk@example.gov.cn")
        self._organizer_row = self.add_row("发件邮箱", self.organizer)
        self.organizer_name = QLineEdit(str(row.setting(ORGANIZER_NAME_SETTING, "") or ""))
        self.organizer_name.setPlaceholderText(row.office)
        self.add_row("发件单位", self.organizer_name)
        self.table = self._build_table()
        self.add_widget(self.table)
        self.keep_drafts(session)
        self.organizer.setFocus()
        self.accept_button.setEnabled(not session.read_only)
        if session.read_only:
            self.refuse(session.read_only_reason)

    def _build_table(self) -> QTableWidget:
        snapshot = self._session.snapshot
        table = QTableWidget(len(snapshot.units), 2)
        table.setObjectName("SummaryTable")
        table.setAccessibleName("各单位的邮箱")
        table.setHorizontalHeaderLabels(["单位", "邮箱（可空）"])
        table.verticalHeader().hide()
        table.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        table.setTabKeyNavigation(False)
        for number, unit in enumerate(snapshot.units):
            name = QTableWidgetItem(" ".join(unit.name.split()))
            name.setFlags(Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable)
            table.setItem(number, 0, name)
            kept = snapshot.year_row.setting(address_setting(unit.key), "") or ""
            table.setItem(number, 1, QTableWidgetItem(str(kept)))
        header = table.horizontalHeader()
        header.setSectionResizeMode(0, QHeaderView.ResizeMode.ResizeToContents)
        header.setStretchLastSection(True)
        height = round(32 * theme().scale)
        table.verticalHeader().setDefaultSectionSize(height)
        table.setFixedHeight((min(max(len(snapshot.units), 1), ROWS_SEEN) + 1) * height + 6)
        if snapshot.units:
            table.setCurrentCell(0, 1)
        return table

    def accept_form(self) -> None:
        """The addresses are settings of the year; ``CommandError`` names the first that is none."""
        values: dict[str, Setting] = {}
        address = self.organizer.text().strip()
        if address and not is_address(address):
            self._organizer_row.say("这不是一个邮箱地址")
            raise CommandError(f"“{address}”不是邮箱地址。", "没有保存。")
        self._organizer_row.say("")
        values[ORGANIZER_SETTING] = address or None
        values[ORGANIZER_NAME_SETTING] = self.organizer_name.text().strip() or None
        for number, unit in enumerate(self._session.snapshot.units):
            item = self.table.item(number, 1)
            plain = item.text().strip()
            if plain and not is_address(plain):
                self._mark(item)
                raise CommandError(f"{unit.name}的“{plain}”不是邮箱地址。", "没有保存。")
            values[address_setting(unit.key)] = plain or None
        old = self._session.snapshot.year_row
        changed = {name: value for name, value in values.items() if (old.setting(name) or None) != value}
        if changed:
            self._session.attempt(commands.change_settings, self._session.year, changed, "填写单位邮箱")

    def _mark(self, item: QTableWidgetItem) -> None:
        item.setForeground(QColor(theme().color("danger")))
        self.table.setCurrentItem(item)
        self.table.scrollToItem(item)
