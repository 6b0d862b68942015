"""活动详情的栏：哪一页要并排看一场活动，就放这样一栏；由外面给，页面不问它怎样做成。"""

from __future__ import annotations

from PySide6.QtCore import QPoint, Signal
from PySide6.QtWidgets import QFrame


class EventPanel(QFrame):
    """A panel that shows one event beside a page and stores what is changed in it.

    What needs a dialog is asked for by signals that carry the event's key; ``stepped`` asks for the next (1)
    or previous (-1) event, ``menu_requested`` for the menu at a global point, ``closed`` to be put away,
    ``left`` when the keyboard goes back to the page.
    """

    copy_requested = Signal(str)
    postpone_requested = Signal(str)
    cancel_requested = Signal(str)
    result_requested = Signal(str)
    zone_requested = Signal(str)
    menu_requested = Signal(str, QPoint)
    stepped = Signal(int)
    closed = Signal()
    left = Signal()

    @property
    def key(self) -> str:
        """The event that is shown; "" for none."""
        raise NotImplementedError

    def show_event(self, key: str) -> None:
        """Show the event called ``key``."""
        raise NotImplementedError

    def focus_first(self) -> None:
        """Take the keyboard to the first field."""
        raise NotImplementedError

    def commit_all(self) -> None:
        """Store what is still being typed."""
        raise NotImplementedError

    def restyle(self) -> None:
        """Look as the theme says now."""
        raise NotImplementedError

    def wait(self) -> None:
        """Stop what goes on in the background."""
        raise NotImplementedError
