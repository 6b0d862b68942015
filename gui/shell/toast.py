"""轻提示：六秒自去，带一个“撤销”；指针停在上面时不消失。"""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QEnterEvent
from PySide6.QtWidgets import QFrame, QWidget

from gui.kit.announce import announce
from gui.kit.boxes import in_column, in_row, take_out
from gui.kit.plain import button, label
from gui.kit.theme import theme
from gui.session import messages

MOST_TOASTS = 2
_EDGE = 20


class ToastFrame(QFrame):
    """One toast on a dark ground in both themes."""

    finished = Signal()

    def __init__(self, toast: messages.Toast) -> None:
        super().__init__()
        self.toast = toast
        self.setObjectName("Toast")
        words = label(toast.text, wrap=len(toast.text) > 40)
        words.setMaximumWidth(520)
        row = in_row((words, 1), inside=self, margins=(14, 7, 10, 7), spacing=14)
        if toast.action is not None:
            text = f"{toast.action.label} {toast.action.shortcut}".strip()
            row.addWidget(button(text, self._act, small=True))
        self._timer = QTimer(self, singleShot=True, interval=theme().token("motion.toastVisible"))
        self._timer.timeout.connect(self.finished)
        self._timer.start()

    def enterEvent(self, event: QEnterEvent) -> None:
        self._timer.stop()
        super().enterEvent(event)

    def leaveEvent(self, event: QEvent) -> None:
        self._timer.start()
        super().leaveEvent(event)

    def _act(self) -> None:
        action = self.toast.action
        self.finished.emit()
        if action is not None:
            action.run()


class ToastStack(QWidget):
    """The toasts at the lower edge of ``host``, above everything, newest at the bottom."""

    def __init__(self, host: QWidget) -> None:
        super().__init__(host)
        self._frames: list[ToastFrame] = []
        self._column = in_column(inside=self, margins=0, spacing=8)
        self.setVisible(False)
        host.installEventFilter(self)

    @property
    def texts(self) -> tuple[str, ...]:
        """What the toasts say, oldest first."""
        return tuple(frame.toast.text for frame in self._frames)

    @property
    def frames(self) -> tuple[ToastFrame, ...]:
        """The toasts shown, oldest first."""
        return tuple(self._frames)

    def show_toast(self, toast: messages.Toast) -> None:
        """Show ``toast``; at most two stay, older ones go."""
        while len(self._frames) >= MOST_TOASTS:
            self._remove(self._frames[0])
        frame = ToastFrame(toast)
        frame.finished.connect(partial(self._remove, frame))
        self._frames.append(frame)
        self._column.addWidget(frame, 0, Qt.AlignmentFlag.AlignHCenter)
        self.setVisible(True)
        self.raise_()
        self._place()
        announce(frame, toast.text)

    def clear(self) -> None:
        """Take all toasts away: what they offer to undo is no longer the newest step."""
        for frame in list(self._frames):
            self._remove(frame)

    def drop_undo(self) -> None:
        """After a step of which nothing is shown: the 撤销 of an older toast would take that one back."""
        for frame in list(self._frames):
            if frame.toast.action is not None and frame.toast.action.label == messages.UNDO:
                self._remove(frame)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Resize:
            self._place()
        return super().eventFilter(watched, event)

    def _remove(self, frame: ToastFrame) -> None:
        if frame not in self._frames:
            return
        self._frames.remove(frame)
        take_out(self._column, frame)
        self.setVisible(bool(self._frames))
        self._place()

    def _place(self) -> None:
        if not self._frames:
            return
        self._column.activate()
        size = self.sizeHint()
        host = self.parentWidget()
        left = max(0, (host.width() - size.width()) // 2)
        self.setGeometry(left, host.height() - size.height() - _EDGE - 26, size.width(), size.height())
