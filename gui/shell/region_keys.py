"""F6 在各区域之间走，Shift+F10 打开右键菜单：整个窗口都一样。"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QObject, Qt
from PySide6.QtGui import QContextMenuEvent, QKeyEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QApplication, QWidget


class RegionKeys(QObject):
    """The keys that work on whatever page is shown; ``regions`` gives its parts in order."""

    def __init__(self, window: QWidget, regions: Callable[[], list[QWidget]]) -> None:
        super().__init__(window)
        self._window = window
        self._regions = regions
        for keys, run in (
            ("F6", partial(self.step, 1)),
            ("Shift+F6", partial(self.step, -1)),
            ("Shift+F10", self.open_context_menu),
        ):
            QShortcut(QKeySequence(keys), window).activated.connect(run)

    def step(self, by: int) -> None:
        """Move the focus to the next (1) or previous (-1) region that can take it, round and round."""
        regions = self._regions()
        here = _region_of(self._window.focusWidget(), regions, -by)
        for distance in range(1, len(regions) + 1):
            region = regions[(here + by * distance) % len(regions)]
            for widget in (region, *region.findChildren(QWidget)):
                if _takes_focus(widget):
                    widget.setFocus(Qt.FocusReason.TabFocusReason)
                    return

    def open_context_menu(self) -> None:
        """Shift+F10 is the Menu key, also where the system does not say so."""
        widget = self._window.focusWidget()
        if widget is None:
            return
        middle = widget.rect().center()
        asked = QContextMenuEvent(QContextMenuEvent.Reason.Keyboard, middle, widget.mapToGlobal(middle))
        if not QApplication.sendEvent(widget, asked) or not asked.isAccepted():
            pressed = QKeyEvent(QKeyEvent.Type.KeyPress, Qt.Key.Key_Menu, Qt.KeyboardModifier.NoModifier)
            QApplication.sendEvent(widget, pressed)


def _region_of(focus: QWidget | None, regions: list[QWidget], nowhere: int) -> int:
    """The number of the region that holds the focus, else of the one beside it in the same part of the page."""
    if focus is None:
        return nowhere
    for number, region in enumerate(regions):
        if region is focus or region.isAncestorOf(focus):
            return number
    for number, region in enumerate(regions):
        if region.parentWidget() is focus.parentWidget():
            return number
    return nowhere


def _takes_focus(widget: QWidget) -> bool:
    policy = widget.focusPolicy()
    return bool(policy & Qt.FocusPolicy.TabFocus) and widget.isVisible() and widget.isEnabled()
