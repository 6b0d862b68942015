"""活动详情的下半：计入规则（边填边变）、材料、变更记录。"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QGridLayout, QLabel, QWidget

from gui.kit.boxes import in_column, in_row, take_out
from gui.kit.icons import IconSign
from gui.kit.plain import button, label
from planners.event_history import HistoryLine
from planners.wording import short_day

FEW_STEPS = 6


class Line(NamedTuple):
    """A line of a section: icon and colour, words, and what stands at its right end."""

    icon: str
    color: str
    words: str
    right: str = ""


class Section(QWidget):
    """A line across, a heading with a note at its right, and lines that are replaced as a whole."""

    def __init__(self, heading: str) -> None:
        super().__init__()
        self.setAccessibleName(heading)
        rule = QFrame(objectName="Line")
        rule.setFixedHeight(1)
        self.note = label("", "caption")
        self._heading = label(heading, "strong")
        self.head = in_row(self._heading, None, self.note, spacing=6)
        self._column = in_column(rule, self.head, inside=self, margins=(0, 4, 0, 4), spacing=6)
        self._body: QWidget | None = None
        self.lines: tuple[Line, ...] = ()

    def show_lines(self, lines: Sequence[Line]) -> None:
        """Show ``lines`` in the place of the former ones."""
        if tuple(lines) == self.lines and self._body is not None:
            return
        self.lines = tuple(lines)
        body = QWidget()
        grid = QGridLayout(body)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(8)
        grid.setVerticalSpacing(4)
        grid.setColumnStretch(1, 1)
        for number, line in enumerate(self.lines):
            grid.addWidget(
                IconSign(line.icon, line.color, room=(18, 20)), number, 0, Qt.AlignmentFlag.AlignTop
            )
            grid.addWidget(_words(line), number, 1)
            if line.right:
                grid.addWidget(label(line.right, "strong"), number, 2, Qt.AlignmentFlag.AlignTop)
        self.show_body(body)

    def show_body(self, body: QWidget) -> None:
        """Show ``body`` in the place of the former one."""
        if self._body is not None:
            take_out(self._column, self._body)
        self._body = body
        self._column.addWidget(body)

    def texts(self) -> tuple[str, ...]:
        """What the lines say."""
        return tuple(f"{line.words} {line.right}".strip() for line in self.lines)


def _words(line: Line) -> QLabel:
    role = {"danger": "error", "warning": "warning"}.get(line.color, "secondary")
    made = label(line.words, role, wrap=True)
    made.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
    return made


class HistorySection(Section):
    """变更记录: the newest steps, the older ones when asked for."""

    def __init__(self) -> None:
        super().__init__("变更记录")
        self.steps: tuple[HistoryLine, ...] = ()
        self._all = False
        self._more = button("", self._on_more, kind="flat", small=True)
        self._column.addWidget(self._more, 0, Qt.AlignmentFlag.AlignLeft)
        self._more.hide()

    def show_steps(self, steps: Sequence[HistoryLine]) -> None:
        """Show ``steps``, newest first."""
        if tuple(steps) == self.steps and self._body is not None:
            return
        self.steps, self._all = tuple(steps), False
        self._fill()

    def _on_more(self) -> None:
        self._all = True
        self._fill()

    def _fill(self) -> None:
        shown = self.steps if self._all else self.steps[:FEW_STEPS]
        body = QWidget()
        grid = QGridLayout(body)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(12)
        grid.setVerticalSpacing(5)
        grid.setColumnStretch(1, 1)
        for number, step in enumerate(shown):
            at = label(short_day(step.at.date()) if step.at else "", "caption")
            at.setToolTip(f"{step.at:%Y-%m-%d %H:%M} {step.user}".strip() if step.at else "")
            grid.addWidget(at, number, 0, Qt.AlignmentFlag.AlignTop)
            grid.addWidget(label(step.words, "secondary", wrap=True), number, 1)
        if not shown:
            grid.addWidget(label("还没有改动", "caption"), 0, 0)
        self.show_body(body)
        rest = len(self.steps) - len(shown)
        self._more.setText(f"更早的 {rest} 步")
        self._more.setVisible(rest > 0)
        self._column.removeWidget(self._more)
        self._column.addWidget(self._more, 0, Qt.AlignmentFlag.AlignLeft)
