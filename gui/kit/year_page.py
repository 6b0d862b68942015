"""跟着年度走的页面：没人看时只记着要更新；右边一栏并排，窄了成为抽屉。"""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QKeyEvent, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QAbstractButton, QHBoxLayout, QLayout, QVBoxLayout, QWidget

from gui.kit.boxes import in_row
from gui.kit.page import Page
from gui.kit.side_drawer import SideDrawer, side_width
from gui.session.year_session import YearSession


def stack_below(page: QWidget, header: QWidget, parts: Sequence[tuple[QWidget, int]]) -> QHBoxLayout:
    """``header`` over the whole page, ``parts`` (with their stretch) below; the row that they stand in.

    A panel that is added to the row stands beside the parts.
    """
    left = QVBoxLayout()
    left.setSpacing(0)
    for part, stretch in parts:
        left.addWidget(part, stretch)
    row = in_row((left, 1), spacing=0)
    column = QVBoxLayout(page)
    column.setSizeConstraint(QLayout.SizeConstraint.SetNoConstraint)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(0)
    column.addWidget(header)
    column.addLayout(row, 1)
    return row


class YearPage(Page):
    """A page that shows the open year; while nobody looks at it, it only notes that it is behind.

    Subclasses fill it in ``show_year``, grey out in ``allow`` what cannot be done, and name the ``main_view`` on which
    the keyboard begins.
    """

    def __init__(self, session: YearSession, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._stale = True

    def follow(self) -> None:
        """Show the year now, and from now on whenever it changes."""
        self._session.changed.connect(self._on_changed)
        self._session.held.connect(self.allow)
        self.refresh()

    def _on_changed(self) -> None:
        if self.isVisible():
            self.refresh()
        else:
            self._stale = True

    def refresh(self) -> None:
        """Show the year of the session as it is now."""
        self._stale = False
        if self._session.has_year:
            self.show_year()

    def catch_up(self) -> None:
        """Show what changed while the page was not seen."""
        if self._stale:
            self.refresh()

    def show_year(self) -> None:
        """Show the year that is open."""
        raise NotImplementedError

    def allow(self) -> None:
        """Grey out what cannot be done now."""
        raise NotImplementedError

    def main_view(self) -> QWidget:
        """Where the keyboard begins."""
        raise NotImplementedError

    def minimumSizeHint(self) -> QSize:
        """Small: what does not fit a narrow window is left out as it narrows."""
        return QSize(560, 300)

    def showEvent(self, event: QShowEvent) -> None:
        """What changed meanwhile is shown; the keyboard begins on the main view."""
        super().showEvent(event)
        self.catch_up()
        self.begin_on(self.main_view())


class PanelPage(YearPage):
    """A year page with a panel: beside header, filters and view, or in a drawer where the window is narrow.

    Subclasses say in ``fit`` what else depends on the width, in ``panel_stop`` where the keyboard goes in the panel.
    """

    drawer: SideDrawer

    def put_together(
        self,
        header: QWidget,
        filters: QWidget,
        below: Sequence[tuple[QWidget, int]],
        panel: QWidget,
        panel_width: int,
        panel_button: QAbstractButton,
    ) -> None:
        """Lay everything out; ``panel_button`` opens the drawer and has the keyboard when it is closed."""
        self._panel, self._panel_width = panel, panel_width
        self._row = stack_below(self, header, [(filters, 0), *below])
        self.drawer = SideDrawer(self, panel, self._dock, lambda: header.height() + filters.height())
        self.drawer.closed.connect(partial(panel_button.setFocus, Qt.FocusReason.PopupFocusReason))

    def _dock(self) -> None:
        self._row.addWidget(self._panel)
        self._panel.setFixedWidth(side_width(self._panel_width))

    def fit(self) -> None:
        """Put the panel where this width wants it, leave out what does not fit."""
        self.drawer.fit()

    def panel_stop(self) -> QWidget:
        """Where the keyboard goes when the drawer opens."""
        raise NotImplementedError

    def toggle_drawer(self) -> None:
        """Open or close the panel where it is a drawer."""
        if self.drawer.is_open:
            self.drawer.close_by_user()
        elif self.drawer.open():
            self.panel_stop().setFocus(Qt.FocusReason.ShortcutFocusReason)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Dock or undock the panel, leave out what does not fit."""
        super().resizeEvent(event)
        self.fit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc closes the drawer."""
        if event.key() == Qt.Key.Key_Escape and self.drawer.is_open:
            self.drawer.close_by_user()
        else:
            super().keyPressEvent(event)
