"""政策文件与年度节点：一个窗口，两页，所做的每一步都能在这里撤销。"""

from __future__ import annotations

from PySide6.QtCore import QSize, QTimer
from PySide6.QtGui import QGuiApplication, QKeySequence, QShortcut
from PySide6.QtWidgets import QDialog, QFrame, QHBoxLayout, QStackedLayout, QVBoxLayout, QWidget

from gui.kit.announce import announce
from gui.kit.choices import Segments
from gui.kit.plain import button, label, restyle
from gui.kit.theme import theme
from gui.policies.milestones_pane import MilestonesPane
from gui.policies.policies_pane import PoliciesPane
from gui.session.year_session import YearSession

SIZE = QSize(1280, 680)
LARGEST_SHARE = 0.92
POLICIES, MILESTONES = "policies", "milestones"


class PoliciesDialog(QDialog):
    """Opens on the document called ``policy``, or on the milestone of the rule ``milestone`` ("*": the first)."""

    def __init__(
        self, session: YearSession, parent: QWidget | None = None, *, policy: str = "", milestone: str = ""
    ) -> None:
        super().__init__(parent)
        self.setWindowTitle("政策文件与年度节点")
        self._session = session
        self.policies = PoliciesPane(session)
        self.milestones = MilestonesPane(session)
        self.pages: Segments[str] = Segments([("政策文件", POLICIES), ("年度节点", MILESTONES)])
        self.pages.setAccessibleName("看哪一页")
        self.message = label("", "secondary", wrap=True)
        self.undo_button = button("撤销", self._undo, kind="flat", small=True)
        self.close_button = button("关闭", self.accept)
        self._lay_out()
        self.pages.changed.connect(self._show_page)
        for pane in (self.policies, self.milestones):
            pane.said.connect(self._say)
        session.changed.connect(self._refresh)
        QShortcut(QKeySequence.StandardKey.Undo, self, self._undo)
        QShortcut(QKeySequence.StandardKey.Redo, self, self._redo)
        if policy:
            self.policies.select(policy)
        (self.policies.table if self.policies.model.rows else self.policies.add_button).setFocus()
        if milestone:
            self.pages.choose(MILESTONES)
            QTimer.singleShot(0, self, lambda: self.milestones.select(milestone))

    def _lay_out(self) -> None:
        head = QHBoxLayout()
        head.setContentsMargins(24, 14, 24, 8)
        head.setSpacing(16)
        head.addWidget(label(f"{self._session.year} 年度 · 政策文件与年度节点", "heading"))
        head.addWidget(self.pages)
        head.addStretch(1)
        holder = QWidget()
        self._stack = QStackedLayout(holder)
        self._stack.addWidget(self.policies)
        self._stack.addWidget(self.milestones)
        footer = QFrame(objectName="Footer")
        row = QHBoxLayout(footer)
        row.setContentsMargins(24, 10, 24, 10)
        row.setSpacing(10)
        row.addWidget(self.message, 1)
        row.addWidget(self.undo_button)
        row.addWidget(self.close_button)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(head)
        middle = QVBoxLayout()
        middle.setContentsMargins(20, 0, 20, 8)
        middle.addWidget(holder)
        column.addLayout(middle, 1)
        column.addWidget(footer)
        self.undo_button.hide()
        parent = self.parentWidget()
        room = parent.window().size() if parent else QGuiApplication.primaryScreen().availableSize()
        wanted = SIZE * theme().scale
        self.resize(wanted.boundedTo(room * LARGEST_SHARE))
        if self._session.read_only:
            self.message.setText(self._session.read_only_reason)

    def _show_page(self) -> None:
        chosen = self.policies if self.pages.value() == POLICIES else self.milestones
        if chosen is self.milestones:
            self.milestones.begin()
        self._stack.setCurrentWidget(chosen)

    def _refresh(self) -> None:
        if not self._session.has_year:
            self.accept()
            return
        self.policies.refresh()
        self.milestones.refresh()

    def _say(self, words: str, done: bool) -> None:  # noqa: FBT001  a signal's argument
        restyle(self.message, "role", "secondary" if done else "error")
        self.message.setText(words)
        self.undo_button.setVisible(done)
        announce(self, words)

    def _undo(self) -> None:
        self._session.undo()
        self._say("已撤销上一步", True)
        self.undo_button.hide()

    def _redo(self) -> None:
        self._session.redo()
        self._say("已重做", True)
