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
    """A step. Subclasses fill ``column``, show answers and write them back.

    ``changed``: an answer is another one.
    """

    changed = Signal()

    def __init__(self, heading: str, intro: str) -> None:
        super().__init__()
        self.heading = label(heading, "page")
        self.intro = label(intro, "secondary", wrap=True)
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
        """Afterwards the page shows ``answers``."""
        raise NotImplementedError

    def take(self, answers: Answers) -> Answers:
        """``answers`` with those of this page."""
        raise NotImplementedError

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
