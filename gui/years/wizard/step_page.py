"""一步的页面：标题、一句话、可滚动的内容；答案取进来、写回去。"""

from __future__ import annotations

from PySide6.QtCore import QSize, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from gui.kit.plain import label
from gui.kit.scrolling import ScrolledColumn, WheelGuard
from gui.years.wizard.answers import Answers

COMPACT = 900
"""Narrower than this the content stands below one another."""


class StepPage(QWidget):
    """A step. Subclasses fill ``column``, and ``fill`` and ``read`` the controls.

    ``changed``: an answer is another one.
    """

    changed = Signal()

    def __init__(self, heading: str, intro: str) -> None:
        super().__init__()
        self.heading = label(heading, "page")
        self.intro = label(intro, "secondary", wrap=True)
        self.is_quiet = True
        """Whether controls change because the page is filled or read; so until it is shown first."""
        self._wheel = WheelGuard(self)
        self.area = ScrolledColumn(self)
        self.body = self.area.body
        self.column = QVBoxLayout(self.body)
        self.column.setSpacing(10)
        self.column.addWidget(self.heading)
        self.column.addWidget(self.intro)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(self.area)

    def show_answers(self, answers: Answers) -> None:
        """Afterwards the page shows ``answers``; that is no change."""
        self.is_quiet = True
        self.fill(answers)
        self.is_quiet = False

    def take(self, answers: Answers) -> Answers:
        """``answers`` with those of this page; what the page says of them follows without a further change."""
        self.is_quiet = True
        answers = self.read(answers)
        self.is_quiet = False
        return answers

    def fill(self, answers: Answers) -> None:
        """Put ``answers`` into the controls."""
        raise NotImplementedError

    def read(self, answers: Answers) -> Answers:
        """``answers`` with what the controls say."""
        raise NotImplementedError

    def note_change(self) -> None:
        """Say that an answer is another one, unless the page itself is at work."""
        if not self.is_quiet:
            self.changed.emit()

    def settle(self) -> None:
        """Take what was typed last, before the step is left."""

    def first_field(self) -> QWidget | None:
        """Where the keyboard starts, and where it goes when something is wrong."""
        return None

    def adapt(self, size: QSize) -> None:
        """Choose the layout for the room there is."""
        del size

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Less margin where there is little room."""
        super().resizeEvent(event)
        wide = self.width() >= COMPACT
        side = 40 if wide else 20
        self.column.setContentsMargins(side, 24 if self.height() > 520 else 12, side, 20)
        self.adapt(event.size())

    def still_wheel(self) -> None:
        """The wheel scrolls the page; it never changes a value that it happens to pass over."""
        self._wheel.guard(self)


def card() -> QFrame:
    """A white card."""
    return QFrame(objectName="Card")


def section(words: str, caption: str = "") -> tuple[QHBoxLayout, QLabel]:
    """A small heading with a remark behind it; the remark can be changed."""
    row = QHBoxLayout()
    row.setSpacing(10)
    row.addWidget(label(words, "heading"))
    remark = label(caption, "caption")
    row.addWidget(remark)
    row.addStretch(1)
    return row, remark


__all__ = ["COMPACT", "StepPage", "card", "section"]
