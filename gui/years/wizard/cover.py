"""盖住窗口：整页铺在窗口上，下面的暂时够不着，收起时还回去。"""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtWidgets import QWidget


class Cover(QObject):
    """Lays ``page`` over its parent and follows its size; what is below takes neither keys nor clicks meanwhile."""

    def __init__(self, page: QWidget) -> None:
        super().__init__(page)
        self._page = page
        self._below: list[QWidget] = []
        self._title = page.window().windowTitle()

    def lay(self) -> None:
        """Cover the parent; without one the page is a window of its own."""
        parent = self._page.parentWidget()
        if parent is None:
            return
        for below in parent.findChildren(QWidget, options=Qt.FindChildOption.FindDirectChildrenOnly):
            if below is not self._page and not below.isWindow() and below.isEnabled():
                below.setEnabled(False)
                self._below.append(below)
        parent.installEventFilter(self)
        self._page.setGeometry(parent.rect())

    def lift(self) -> None:
        """Give the parent back as it was, its title too."""
        if (parent := self._page.parentWidget()) is not None:
            parent.removeEventFilter(self)
        for below in self._below:
            below.setEnabled(True)
        self._below.clear()
        self._page.window().setWindowTitle(self._title)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Follow the parent's size."""
        parent = self._page.parentWidget()
        if watched is parent and event.type() == QEvent.Type.Resize:
            self._page.setGeometry(parent.rect())
        return super().eventFilter(watched, event)
