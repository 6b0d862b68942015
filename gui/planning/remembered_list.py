"""记住的项：拒绝过的、锁定了日子的，逐条列出，各带一个放回去的按钮。"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from gui.kit.plain import button, label


class RememberedList(QWidget):
    """Lines of words, each with a button that takes it out of the list. ``changed`` when one was."""

    changed = Signal()

    def __init__(self, verb: str, nothing: str) -> None:
        super().__init__()
        self._verb = verb
        self._lines: dict[str, QFrame] = {}
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 6, 0, 2)
        self._column.setSpacing(4)
        self._nothing = label(nothing, "caption")
        self._column.addWidget(self._nothing)

    def show_entries(self, entries: Iterable[tuple[str, str]]) -> None:
        """Show exactly these entries (key, words)."""
        for key in list(self._lines):
            self._remove(key)
        for key, words in entries:
            self._lines[key] = self._line(key, words)
            self._column.addWidget(self._lines[key])
        self._nothing.setVisible(not self._lines)

    @property
    def keys(self) -> tuple[str, ...]:
        """The entries that are still in the list."""
        return tuple(self._lines)

    def _line(self, key: str, words: str) -> QFrame:
        line = QFrame()
        row = QHBoxLayout(line)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        named = label(words, wrap=True)
        named.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        row.addWidget(named, 1)
        made = button(self._verb, small=True)
        made.setAccessibleName(f"{self._verb} {words}")
        made.clicked.connect(partial(self.take_out, key))
        row.addWidget(made)
        return line

    def take_out(self, key: str) -> None:
        """Take ``key`` out of the list."""
        self._remove(key)
        self._nothing.setVisible(not self._lines)
        self.changed.emit()

    def _remove(self, key: str) -> None:
        line = self._lines.pop(key)
        self._column.removeWidget(line)
        line.hide()
        line.deleteLater()


def without(known: Sequence[str], kept: Iterable[str]) -> tuple[str, ...]:
    """The ``known`` keys that are kept, in their order."""
    left = set(kept)
    return tuple(key for key in known if key in left)
