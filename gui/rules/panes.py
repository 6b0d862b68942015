"""三栏：条文、发现、参数与口径；窄了第三栏就成为抽屉。"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QSplitter, QVBoxLayout, QWidget

from gui.kit.boxes import in_row
from gui.kit.plain import button, label
from gui.kit.side_drawer import SideDrawer, side_width
from gui.rules.clause_list import ClauseList
from gui.rules.findings_pane import FindingsPane
from gui.rules.side_panel import RuleSidePanel
from planners.results import Cell

ROOMY = 1150
SIDE_WIDTH, CLAUSES_WIDTH, NARROW_CLAUSES = 396, 296, 250


class RulesPanes(QWidget):
    """Clauses, findings and the panel side by side."""

    def __init__(self, describe: Callable[[Cell], str], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._splitter = QSplitter(Qt.Orientation.Horizontal, self, childrenCollapsible=False, handleWidth=1)
        self._left = QFrame(self._splitter, objectName="RulesClauses")
        middle = QWidget(self._splitter)
        self.clauses = ClauseList(self._left)
        self.findings = FindingsPane(middle)
        self.side = RuleSidePanel(describe, self._splitter)
        self.add_button = button("新增规则…", kind="flat", small=True, icon_name="plus")
        self.foot = label("", "caption", wrap=True)
        self.foot.setContentsMargins(18, 6, 12, 8)
        self.stale = label("", "warning", wrap=True)
        self.stale.setContentsMargins(24, 6, 24, 0)
        self.stale.hide()
        below = QWidget()
        in_row(self.add_button, None, inside=below, margins=(12, 4, 12, 0))
        _column(self._left, 4, (self.clauses, below, self.foot))
        self._left.layout().setStretchFactor(below, 0)
        _column(middle, 0, (self.stale, self.findings))
        self._splitter.setStretchFactor(1, 1)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(self._splitter)
        self.drawer = SideDrawer(self, self.side, self._dock)
        self.side.closed.connect(self.drawer.close_by_user)

    def toggle_drawer(self) -> None:
        """Open or close the panel where it is a drawer."""
        if self.drawer.is_open:
            self.drawer.close_by_user()
        elif self.drawer.open():
            shown = [matrix for matrix in self.side.matrices if matrix.isVisibleTo(self.side)]
            (shown[0] if shown else self.side.close_button).setFocus(Qt.FocusReason.ShortcutFocusReason)

    def _dock(self) -> None:
        if self._splitter.indexOf(self.side) < 0:
            self._splitter.addWidget(self.side)

    def fit(self) -> None:
        """Put the panel where the present width wants it."""
        self.drawer.fit()
        docked = self.drawer.is_docked
        self.side.show_as_drawer(shown=not docked)
        clauses = CLAUSES_WIDTH if self.width() >= ROOMY else NARROW_CLAUSES
        left, side = side_width(clauses), side_width(SIDE_WIDTH)
        self._left.setMinimumWidth(side_width(200))
        self._left.setMaximumWidth(side_width(420))
        self.side.setMinimumWidth(side_width(280))
        sizes = [left, self.width() - left - (side if docked else 0)]
        self._splitter.setSizes([*sizes, side] if docked else sizes)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Dock or undock the panel where the width is another one."""
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self.fit()
        else:
            self.drawer.fit()


def _column(pane: QWidget, top: int, widgets: Sequence[QWidget]) -> None:
    column = QVBoxLayout(pane)
    column.setContentsMargins(0, top, 0, 0)
    column.setSpacing(0)
    for widget in widgets:
        column.addWidget(widget, 0 if isinstance(widget, QLabel) else 1)
