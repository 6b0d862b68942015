"""三栏：条文、发现、参数与口径；窄了第三栏就成为抽屉。"""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QSplitter, QVBoxLayout, QWidget

from gui.plain import label
from gui.theme import theme
from gui.widgets.rules.clause_list import ClauseList
from gui.widgets.rules.findings_pane import FindingsPane
from gui.widgets.rules.side_panel import SidePanel

WIDE = 1524
"""Width in a window of 1600 (less the rail): the panel is docked from here on."""
ROOMY = 1150
SIDE_WIDTH, CLAUSES_WIDTH, NARROW_CLAUSES = 396, 296, 250


class RulesPanes(QWidget):
    """Clauses, findings and the panel side by side. ``drawer_closed``: the panel was a drawer and is gone."""

    drawer_closed = Signal()

    def __init__(self, clauses: ClauseList, findings: FindingsPane, side: SidePanel) -> None:
        super().__init__()
        self._side = side
        self.foot = label("", "caption", wrap=True)
        self.stale = label("", "warning", wrap=True)
        self._left = self._clauses_column(clauses)
        self._splitter = QSplitter(Qt.Orientation.Horizontal, childrenCollapsible=False, handleWidth=1)
        self._splitter.addWidget(self._left)
        self._splitter.addWidget(self._findings_column(findings))
        self._splitter.setStretchFactor(1, 1)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(self._splitter)
        self._drawer = QFrame(self, objectName="Drawer")
        drawer = QHBoxLayout(self._drawer)
        drawer.setContentsMargins(0, 0, 0, 0)
        self._drawer.hide()
        side.closed.connect(self.close_drawer)

    def _clauses_column(self, clauses: ClauseList) -> QFrame:
        made = QFrame(objectName="RulesClauses")
        self.foot.setContentsMargins(18, 6, 12, 8)
        column = QVBoxLayout(made)
        column.setContentsMargins(0, 4, 0, 0)
        column.setSpacing(0)
        column.addWidget(clauses, 1)
        column.addWidget(self.foot)
        return made

    def _findings_column(self, findings: FindingsPane) -> QWidget:
        made = QWidget()
        self.stale.setContentsMargins(24, 6, 24, 0)
        self.stale.hide()
        column = QVBoxLayout(made)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.stale)
        column.addWidget(findings, 1)
        return made

    @property
    def is_docked(self) -> bool:
        """Whether the panel stands beside the findings."""
        return self.width() >= WIDE

    @property
    def drawer_is_open(self) -> bool:
        """Whether the panel is a drawer and seen."""
        return self._drawer.isVisible()

    def toggle_drawer(self) -> None:
        """Open or close the panel where it is a drawer."""
        if self.drawer_is_open:
            self.close_drawer()
        elif not self.is_docked:
            self._place_drawer()
            self._drawer.show()
            self._drawer.raise_()
            shown = [matrix for matrix in self._side.matrices if matrix.isVisibleTo(self._side)]
            (shown[0] if shown else self._side.close_button).setFocus(Qt.FocusReason.ShortcutFocusReason)

    def close_drawer(self) -> None:
        """Close the drawer, where it is open."""
        if self.drawer_is_open:
            self._drawer.hide()
            self.drawer_closed.emit()

    def _place_drawer(self) -> None:
        width = min(theme().size("drawer"), round(self.width() * 0.92))
        self._drawer.setGeometry(self.width() - width, 0, width, self.height())

    def dock(self) -> None:
        """Put the panel where the present width wants it."""
        scale, docked = min(theme().scale, 1.15), self.is_docked
        if docked:
            self._drawer.hide()
            if self._splitter.indexOf(self._side) < 0:
                self._splitter.addWidget(self._side)
        else:
            layout = self._drawer.layout()
            assert layout is not None
            layout.addWidget(self._side)
        self._side.show_as_drawer(shown=not docked)
        self._side.show()
        clauses = CLAUSES_WIDTH if self.width() >= ROOMY else NARROW_CLAUSES
        left, side = round(clauses * scale), round(SIDE_WIDTH * scale)
        self._left.setMinimumWidth(round(200 * scale))
        self._left.setMaximumWidth(round(420 * scale))
        self._side.setMinimumWidth(round(280 * scale))
        sizes = [left, self.width() - left - (side if docked else 0)]
        self._splitter.setSizes([*sizes, side] if docked else sizes)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Dock or undock the panel where the width is another one."""
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self.dock()
        if self.drawer_is_open:
            self._place_drawer()
