"""条幅：在出问题的地方说清原因、影响与办法。"""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QSizePolicy, QVBoxLayout, QWidget

from gui.kit.boxes import in_row, take_out
from gui.kit.icons import IconSign
from gui.kit.plain import button, label, tool_button
from gui.session.messages import Action, Bar

MOST_BARS = 4
_ICONS = {"danger": "square-x", "warning": "triangle-warn", "info": "info"}


class MessageBar(QFrame):
    """One bar: icon, words, actions, and a cross where it may be closed."""

    closed = Signal()

    def __init__(self, bar: Bar) -> None:
        super().__init__()
        self.bar = bar
        self.setObjectName("Bar")
        self.setProperty("kind", bar.kind)
        self.setAccessibleName(bar.text)
        words = label(bar.text, wrap=True)
        words.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        words.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        row = in_row(
            (IconSign(_ICONS[bar.kind], bar.kind, 18, (20, 20)), 0, Qt.AlignmentFlag.AlignVCenter),
            (words, 1),
            inside=self,
            margins=(12, 7, 8, 7),
            spacing=8,
        )
        for action in bar.actions:
            row.addWidget(button(action.label, partial(self._run, action), small=True))
        if bar.closable:
            row.addWidget(tool_button("close", "关闭提示", self.close_bar))

    def close_bar(self) -> None:
        """Take the bar away."""
        self.closed.emit()

    def _run(self, action: Action) -> None:
        action.run()


class BarArea(QWidget):
    """Holds the bars of a window or dialog, the newest first; without bars it takes no room."""

    def __init__(
        self, parent: QWidget | None = None, *, margins: tuple[int, int, int, int] = (16, 8, 16, 0)
    ) -> None:
        super().__init__(parent)
        self._bars: list[MessageBar] = []
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(*margins)
        self._column.setSpacing(8)
        self.setVisible(False)

    @property
    def texts(self) -> tuple[str, ...]:
        """What the bars say, newest first."""
        return tuple(shown.bar.text for shown in self._bars)

    def show_bar(self, bar: Bar) -> None:
        """Show ``bar`` above the others, in the place of one with its topic."""
        self.withdraw(bar.topic)
        shown = MessageBar(bar)
        shown.closed.connect(partial(self.withdraw, bar.topic))
        self._bars.insert(0, shown)
        self._column.insertWidget(0, shown)
        for old in self._bars[MOST_BARS:]:
            self.withdraw(old.bar.topic)
        self.setVisible(True)

    def withdraw(self, topic: str) -> None:
        """Take away the bar of ``topic``."""
        for shown in [shown for shown in self._bars if shown.bar.topic == topic]:
            self._bars.remove(shown)
            take_out(self._column, shown)
        self.setVisible(bool(self._bars))

    def clear(self) -> None:
        """Take all bars away."""
        for shown in list(self._bars):
            self.withdraw(shown.bar.topic)
