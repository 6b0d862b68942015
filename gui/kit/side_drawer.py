"""右侧的一栏：窗口够宽就并排，窄了就成为盖在右缘的抽屉。"""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from gui.kit.theme import theme

WIDE = 1524
"""Width of a page in a window of 1600 (less the rail): its panel is docked from here on."""
LARGEST_SHARE, MOST_GROWTH = 0.92, 1.15
_NO_LIMIT = 16_777_215


def side_width(width: float) -> int:
    """``width`` grown with the text, though not as much as the largest text asks."""
    return round(width * min(theme().scale, MOST_GROWTH))


class SideDrawer(QFrame):
    """Where the side ``panel`` of ``page`` is while the page is too narrow for both; hidden at first.

    ``dock`` puts the panel beside the view (called again whenever it is to stand there); ``top`` is
    where the drawer begins. ``closed``: the drawer was open and the user put it away.
    """

    closed = Signal()

    def __init__(
        self, page: QWidget, panel: QWidget, dock: Callable[[], object], top: Callable[[], int] = lambda: 0
    ) -> None:
        super().__init__(page, objectName="Drawer")
        self._page = page
        self._panel = panel
        self._dock = dock
        self._top = top
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(1, 0, 0, 0)
        self.hide()

    @property
    def is_docked(self) -> bool:
        """Whether the panel stands beside the view."""
        return self._page.width() >= WIDE

    @property
    def is_open(self) -> bool:
        """Whether the panel lies over the view."""
        return self.isVisible()

    def fit(self) -> None:
        """Put the panel where the present width wants it; an open drawer keeps to the right edge."""
        if self.is_docked:
            self.hide()
            self._dock()
        else:
            self._panel.setMinimumWidth(0)
            self._panel.setMaximumWidth(_NO_LIMIT)
            self._column.addWidget(self._panel)
        self._panel.show()
        if not self.isHidden():  # also where another page is seen at the moment
            self._place()

    def open(self) -> bool:
        """Lay the panel over the view; False where it stands beside it anyway."""
        if self.is_docked:
            return False
        self._place()
        self.show()
        self.raise_()
        return True

    def close_by_user(self) -> None:
        """Put an open drawer away."""
        if self.is_open:
            self.hide()
            self.closed.emit()

    def _place(self) -> None:
        top, whole = self._top(), self._page.width()
        width = min(side_width(theme().size("drawer")), round(whole * LARGEST_SHARE))
        self.setGeometry(whole - width, top, width, self._page.height() - top)
