"""计入规则：表单下方始终可见的几行，边填边变。"""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame, QGridLayout, QVBoxLayout, QWidget

from gui.kit.icons import paint_icon
from gui.kit.marks import STATE_LOOKS
from gui.kit.plain import label
from gui.kit.theme import theme
from gui.session.rule_effect import RuleEffect
from gui.session.year_session import YearSession
from planners import wording
from planners.consequences import worse_words

MOST_LINES = 4


class _Sign(QWidget):
    """An icon in a colour of the theme."""

    def __init__(self, icon: str, color: str) -> None:
        super().__init__()
        self._icon, self._color = icon, color
        self.setFixedSize(QSize(18, 18))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the icon."""
        del event
        painter = QPainter(self)
        paint_icon(painter, self._icon, QRectF(1, 1, 16, 16), theme().color(self._color))
        painter.end()


class RuleBox(QFrame):
    """Shows a ``RuleEffect``: where the event counts, what gets worse, what it collides with."""

    def __init__(self, session: YearSession) -> None:
        super().__init__(objectName="RuleBox")
        self._session = session
        self._lines: QWidget | None = None
        self.texts: tuple[str, ...] = ()
        """What the box says, line by line."""
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 8, 24, 8)
        column.setSpacing(4)
        heading = label("计入规则")
        heading.setFont(theme().font(14, bold=True))
        column.addWidget(heading)
        self._column = column

    def show_effect(self, effect: RuleEffect) -> None:
        """Show ``effect`` in the place of the former one; conflicts first, at most four lines."""
        lines = [("triangle-warn", "danger", words) for words in effect.conflicts]
        for cell in effect.worsened:
            lines.append(("triangle-warn", "warning", worse_words(self._session.ruleset, cell)))
        for cell in effect.counted:
            look = STATE_LOOKS[cell.state]
            title = wording.cell_title(cell, self._session.ruleset)
            lines.append(
                (look.icon, look.color, f"{title}　{wording.state_line(cell)}（{cell.state.label}）")
            )
        if not effect.counted:
            lines.append(("info", "ink3", "这样填写不计入刚性规则"))
        self._show_lines(lines)

    def show_words(self, words: str) -> None:
        """Show only ``words``."""
        self._show_lines([("info", "ink3", words)])

    def _show_lines(self, lines: list[tuple[str, str, str]]) -> None:
        shown = lines[:MOST_LINES]
        if len(lines) > MOST_LINES:
            shown[-1] = ("info", "ink3", f"还有 {len(lines) - MOST_LINES + 1} 条")
        if self._lines is not None:
            self._column.removeWidget(self._lines)
            self._lines.hide()
            self._lines.deleteLater()
        self._lines = QWidget()
        grid = QGridLayout(self._lines)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(8)
        grid.setVerticalSpacing(3)
        grid.setColumnStretch(1, 1)
        for row, (icon, color, words) in enumerate(shown):
            grid.addWidget(_Sign(icon, color), row, 0)
            role = {"danger": "error", "warning": "warning"}.get(color, "secondary")
            grid.addWidget(label(words, role, wrap=True), row, 1)
        self._column.addWidget(self._lines)
        self.texts = tuple(words for _, _, words in shown)
