"""政策文件一页：表、选中一份的说明、今日已备案／已上线／已推送。"""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent, QModelIndex, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QStackedLayout, QVBoxLayout, QWidget

from gui.kit.empty_state import EmptyAction, EmptyState
from gui.kit.plain import button, label
from gui.kit.row_table import RowTable
from gui.kit.theme import theme
from gui.policies.model import PolicyModel
from gui.policies.policy_form import PolicyForm
from gui.session.year_session import YearSession
from models import commands
from models.domain.changes import ChangeSet
from models.domain.errors import UserError
from models.domain.policies import PolicyDocument
from models.domain.snapshot import ItemKind
from models.domain.text import quoted
from planners import wording
from planners.policy_rows import PolicyRow, policy_rows
from planners.wording import short_day

WIDE = 1080
"""Pixels from which the table has room for the numbers."""


class PoliciesPane(QWidget):
    """The documents. ``said`` carries what was done or why it was not (and whether it was)."""

    said = Signal(str, bool)

    def __init__(self, session: YearSession, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self.model = PolicyModel(self)
        self.table = RowTable("政策文件", self.model, row_height=50)
        self.empty = EmptyState()
        self.details = label("", "secondary", wrap=True)
        self.add_button = button("新增政策文件…", self.add, icon_name="plus")
        self.edit_button = button("修改…", self.edit, kind="plain")
        self.remove_button = button("删除", self.remove, kind="danger")
        self.file_button = button("今日已备案", self.file_today, kind="plain")
        self.link_button = button("今日已上线", self.link_today, kind="plain")
        self.push_button = button("已推送", self.push, kind="plain")
        self._lay_out()
        self.table.selectionModel().currentRowChanged.connect(self._on_current)
        self.table.doubleClicked.connect(self.edit)
        self.table.installEventFilter(self)
        self.refresh()

    def _lay_out(self) -> None:
        self.table.setWordWrap(True)
        self.table.lay_columns((200, 150, 84, 152, 152, 168, 140), 0)
        holder = QWidget()
        self._stack = QStackedLayout(holder)
        self._stack.addWidget(self.table)
        self._stack.addWidget(self.empty)
        buttons = QHBoxLayout()
        buttons.setSpacing(8)
        for made in (self.add_button, self.edit_button, self.remove_button):
            buttons.addWidget(made)
        buttons.addStretch(1)
        for made in (self.file_button, self.link_button, self.push_button):
            buttons.addWidget(made)
        column = QVBoxLayout(self)
        column.setContentsMargins(4, 0, 4, 4)  # room for the ring of the keyboard
        column.setSpacing(10)
        column.addWidget(holder, 1)
        self.details.setMinimumHeight(round(40 * theme().scale))
        column.addWidget(self.details)
        column.addLayout(buttons)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Where there is little room the number is told below the table only."""
        super().resizeEvent(event)
        self.table.show_column(1, shown=self.width() >= WIDE * theme().scale)

    # what is shown

    def refresh(self) -> None:
        """Show the documents as they are now; the selected one stays."""
        if not self._session.has_year:
            return
        key = self.current.policy.key if self.current else ""
        rows = policy_rows(self._session.snapshot, self._session.check)
        self.model.show_rows(rows)
        self.select(key)
        if not rows:
            offers = () if self._session.read_only else (EmptyAction("新增政策文件…", self.add),)
            lines = ("登记以后，备案、“阅办联动”、解读方式和集成推送的期限按工作日自动推算。",)
            self.empty.show_words("list", f"{self._session.year} 年度还没有登记政策文件", lines, offers)
        self._stack.setCurrentWidget(self.table if rows else self.empty)
        self._on_current()

    @property
    def current(self) -> PolicyRow | None:
        """The row selected."""
        index = self.table.currentIndex()
        return self.model.rows[index.row()] if index.isValid() else None

    def select(self, key: str) -> None:
        """Select the document called ``key``, else the first."""
        number = self.model.row_of(key)
        if self.model.rows:
            self.table.selectRow(max(0, number))
            self.table.scrollTo(self.model.index(max(0, number), 0))

    def _on_current(self, _: QModelIndex | None = None, __: QModelIndex | None = None) -> None:
        row, can_change = self.current, not self._session.read_only
        self.add_button.setEnabled(can_change)
        for made in (self.edit_button, self.remove_button):
            made.setEnabled(can_change and row is not None)
        policy = row.policy if row else None
        published = (
            policy is not None
            and policy.published_on is not None
            and policy.published_on <= self._session.today
        )
        self.file_button.setEnabled(
            can_change and published and policy is not None and policy.office_name and policy.filed_on is None
        )
        self.link_button.setEnabled(
            can_change
            and published
            and policy is not None
            and policy.online_service
            and policy.linked_on is None
        )
        self.push_button.setEnabled(can_change and published and policy is not None and not policy.integrated)
        self.details.setText(details_of(row, self._session) if row else "")

    # what the user does

    def add(self) -> None:
        """Open an empty form."""
        self._show_form(None)

    def edit(self, _: QModelIndex | None = None) -> None:
        """Open the form of the selected document."""
        if self.current is not None and not self._session.read_only:
            self._show_form(self.current.policy)

    def _show_form(self, policy: PolicyDocument | None) -> None:
        form = PolicyForm(self._session, policy, self.window())
        if form.exec():
            self.refresh()
            self.select(form.key)
            self.said.emit("已保存政策文件", True)
        self.table.setFocus()

    def remove(self) -> None:
        """Take the selected document out; refused while a lecture is about it."""
        if (row := self.current) is not None:
            self._carry_out(
                lambda: self._session.attempt(
                    commands.remove_item, self._session.year, ItemKind.POLICY, row.policy.key
                )
            )

    def file_today(self) -> None:
        """备案 was today."""
        if (row := self.current) is not None:
            day = self._session.today
            self._put(
                row.policy._replace(filed_on=day), f"登记{quoted(row.policy.title)}{short_day(day)}备案"
            )

    def link_today(self) -> None:
        """上线 was today."""
        if (row := self.current) is not None:
            day = self._session.today
            self._put(
                row.policy._replace(linked_on=day), f"登记{quoted(row.policy.title)}{short_day(day)}上线"
            )

    def push(self) -> None:
        """It is pushed to the integrated topics."""
        if (row := self.current) is not None:
            self._put(row.policy._replace(integrated=True), f"登记{quoted(row.policy.title)}已集成推送")

    def _put(self, policy: PolicyDocument, title: str) -> None:
        session = self._session
        self._carry_out(
            lambda: session.attempt(commands.put_item, session.year, ItemKind.POLICY, policy, title)
        )

    def _carry_out(self, act: Callable[[], ChangeSet | None]) -> None:
        try:
            done = act()
        except UserError as error:
            self.said.emit(str(error), False)
            return
        if done is not None and done.changes:
            self.said.emit(f"已{done.title}", True)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Enter opens the form, Delete takes the document out."""
        if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not event.modifiers():
                self.edit()
                return True
            if event.key() == Qt.Key.Key_Delete and self.remove_button.isEnabled():
                self.remove()
                return True
        return super().eventFilter(watched, event)


def details_of(row: PolicyRow, session: YearSession) -> str:
    """Who drafted it, its forms and papers, the lectures on it, and whether its days are estimates."""
    policy, snapshot = row.policy, session.snapshot
    lectures = "、".join(wording.event_name(snapshot, key) for key in row.lectures[:4])
    facts = [
        policy.number,
        f"起草单位 {snapshot.unit_name(policy.unit)}" if policy.unit else "",
        policy.issuer,
        f"解读方式 {'、'.join(policy.forms)}" if policy.forms else "",
        f"公开讲堂 {lectures}" if lectures else "",
        f"备案材料 {'、'.join(policy.materials)}" if policy.materials else "",
        policy.note,
    ]
    words = " · ".join(fact for fact in facts if fact)
    estimated = sorted({clock.due.year for clock in row.clocks if clock.estimated and clock.due})
    return "\n".join(filter(None, (words, "；".join(wording.estimate_mark(year) for year in estimated))))
