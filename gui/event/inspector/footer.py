"""活动详情的页脚：复制、延期、取消，还原与下一步；不能改时说为什么。"""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout

from gui.event.inspector.contents import primary_of
from gui.kit.plain import button, label
from gui.session.year_session import YearSession
from models.domain.events import Event, EventStatus

OPEN = (EventStatus.DRAFT, EventStatus.PLANNED, EventStatus.CONFIRMED)


class InspectorFooter(QFrame):
    """The buttons below an event; what they are for is done by whoever has the footer."""

    copy_clicked = Signal()
    postpone_clicked = Signal()
    cancel_clicked = Signal()
    restore_clicked = Signal()
    primary_clicked = Signal()

    def __init__(self) -> None:
        super().__init__(objectName="Footer")
        self.copy = button("复制", self.copy_clicked.emit, kind="plain")
        self.postpone = button("延期…", self.postpone_clicked.emit, kind="plain")
        self.cancel = button("取消活动…", self.cancel_clicked.emit, kind="danger")
        self.restore = button("还原", self.restore_clicked.emit, kind="plain")
        self.restore.setToolTip("回到打开时的样子（一步，可撤销）")
        self.primary = button("确认活动", self.primary_clicked.emit, kind="primary")
        self._note = label("", "warning", wrap=True)
        self._note.hide()
        row = QHBoxLayout()
        row.setSpacing(6)
        for made in (self.copy, self.postpone, self.cancel):
            row.addWidget(made)
        row.addStretch(1)
        row.addWidget(self.restore)
        row.addWidget(self.primary)
        column = QVBoxLayout(self)
        column.setContentsMargins(12, 9, 12, 9)
        column.setSpacing(6)
        column.addWidget(self._note)
        column.addLayout(row)

    def show_event(self, event: Event, session: YearSession, *, blocking: str, differs: bool) -> None:
        """What can be done with ``event``; ``blocking`` says what is wrong in a field, ``differs`` that 还原 has an effect."""
        can_change = not session.read_only
        primary = primary_of(event, session, blocking)
        self.primary.setText(primary.action.label)
        self.primary.setEnabled(can_change and not primary.why_not)
        self.primary.setToolTip(primary.why_not)
        self.postpone.setEnabled(can_change and event.status in OPEN)
        self.cancel.setEnabled(can_change and event.status in (*OPEN, EventStatus.POSTPONED))
        self.copy.setEnabled(can_change)
        self.restore.setEnabled(can_change and differs)
        reason = session.read_only_reason if session.read_only else ""
        self._note.setText(reason)
        self._note.setVisible(bool(reason))
