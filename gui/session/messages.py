"""消息：轻提示、条幅与错误；除非要丢数据，从不弹窗打断。"""

from collections.abc import Callable, Iterable
from typing import NamedTuple

from PySide6.QtCore import QObject, Signal

from gui.session.redaction import redacted_record
from models.domain.errors import InputError, UserError

UNDO = "撤销"
"""What an action is called that takes the newest step back."""


class Action(NamedTuple):
    """A button of a message: what it says and what it does."""

    label: str
    run: Callable[[], object]
    shortcut: str = ""


class Toast(NamedTuple):
    """A message that goes by itself after six seconds."""

    text: str
    action: Action | None = None


class Bar(NamedTuple):
    """A message that stays until it is closed or replaced by one of the same ``topic``.

    ``kind`` is danger, warning or info.
    """

    kind: str
    text: str
    actions: tuple[Action, ...] = ()
    topic: str = ""
    closable: bool = True


class Messages(QObject):
    """The one channel to the user. Whoever shows messages listens to its signals; delegates are masked.

    ``said`` carries everything as plain words, for the status bar and screen readers.
    """

    toast_requested = Signal(object)
    bar_requested = Signal(object)
    bar_withdrawn = Signal(str)
    said = Signal(str)

    def toast(self, text: str, action: Action | None = None) -> None:
        """Say ``text`` for six seconds, with at most one action (撤销)."""
        text = redacted_record(text)
        self.toast_requested.emit(Toast(text, action))
        self.said.emit(text)

    def bar(
        self, kind: str, text: str, actions: Iterable[Action] = (), *, topic: str = "", closable: bool = True
    ) -> None:
        """Say ``text`` until it is closed; it takes the place of the bar with the same topic."""
        text = redacted_record(text)
        self.bar_requested.emit(Bar(kind, text, tuple(actions), topic or text, closable))
        self.said.emit(text)

    def withdraw(self, topic: str) -> None:
        """Take the bar of ``topic`` away, if it is there."""
        self.bar_withdrawn.emit(topic)

    def error(self, error: UserError, actions: Iterable[Action] = ()) -> None:
        """Say what happened, what it means and what to do."""
        self.bar("danger", error_words(error), actions, topic="error")


def error_words(error: UserError) -> str:
    """The error in one paragraph: place, what happened, effect, remedy."""
    place = f"（{error.place}）" if isinstance(error, InputError) and error.place else ""
    return f"{error.what}{place}{error.effect}{error.remedy}"
