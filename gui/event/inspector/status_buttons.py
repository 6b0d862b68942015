"""状态按钮：四步并排，当前一步按下，不许跳的一步灰着并说为什么。"""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QWidget

from gui.kit.plain import button
from models import commands
from models.domain.events import Event, EventStatus

STEPS = (EventStatus.DRAFT, EventStatus.PLANNED, EventStatus.CONFIRMED, EventStatus.HELD)
_EXITS = (EventStatus.POSTPONED, EventStatus.CANCELLED)


class StatusButtons(QWidget):
    """The four steps, and the side exit that the event has taken. ``chosen`` carries the status wanted."""

    chosen = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 3, 0, 3)
        row.setSpacing(6)
        self._buttons: dict[EventStatus, QPushButton] = {}
        for status in (*STEPS, *_EXITS):
            made = button(status.label, partial(self._on_clicked, status), kind="segment", small=True)
            made.setCheckable(True)
            self._buttons[status] = made
            row.addWidget(made)
        row.addStretch(1)
        self._event: Event | None = None
        self.setFocusProxy(self._buttons[EventStatus.DRAFT])

    def button(self, status: EventStatus) -> QPushButton:
        """The button of ``status``."""
        return self._buttons[status]

    def show_event(self, event: Event, *, can_change: bool) -> None:
        """Press the event's status; grey out what may not follow."""
        self._event = event
        allowed = commands.ALLOWED_NEXT[event.status]
        for status, made in self._buttons.items():
            current = status is event.status
            made.setVisible(status in STEPS or current)
            made.setChecked(current)
            why = _why_not(event, status)
            made.setEnabled(current or (can_change and status in allowed and not why))
            made.setToolTip("" if current or made.isEnabled() else why)
        self.setFocusProxy(self._buttons[event.status])

    def _on_clicked(self, status: EventStatus) -> None:
        """The button goes back to what is stored until the change is made."""
        if self._event is None:
            return
        for known, made in self._buttons.items():
            made.setChecked(known is self._event.status)
        if status is not self._event.status:
            self.chosen.emit(status)


def _why_not(event: Event, status: EventStatus) -> str:
    """Why ``status`` may not follow; "" where it may."""
    if status not in commands.ALLOWED_NEXT[event.status]:
        return f"现为“{event.status.label}”，不能直接改为“{status.label}”"
    if status in (EventStatus.CONFIRMED, EventStatus.HELD) and event.starts_at is None:
        return "请先定日期"
    return ""
