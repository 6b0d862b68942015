"""窗口的位置：上次在哪里、多大，换了屏幕也放得下。"""

from __future__ import annotations

from PySide6.QtCore import QRect, QSize
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QMainWindow

FIRST_SIZE = QSize(1680, 960)
"""At the first start: wide enough for the docked panel, where the screen is."""
TITLE_BAR = 40
"""Pixels of the bar that the system puts above a window, at the most."""


def put_back(window: QMainWindow, geometry: tuple[int, int, int, int] | None) -> None:
    """Afterwards the window is as large and where it was, pushed back onto a screen that is there."""
    screen = QGuiApplication.primaryScreen().availableGeometry()
    if geometry is None:
        window.resize(screen.size().boundedTo(FIRST_SIZE))
        return
    wanted = QRect(*geometry)
    screens = [known.availableGeometry() for known in QGuiApplication.screens()]
    screen = next((area for area in screens if area.contains(wanted.center())), screen)
    window.setGeometry(kept_inside(wanted, screen))


def fits_with_title(size: QSize, room: QSize) -> bool:
    """Whether a window of this size can be shown whole, the bar above it too."""
    return size.width() <= room.width() and size.height() + TITLE_BAR <= room.height()


def kept_inside(wanted: QRect, screen: QRect) -> QRect:
    """``wanted`` made no larger than ``screen`` and moved onto it."""
    size = wanted.size().boundedTo(screen.size())
    left = min(max(wanted.left(), screen.left()), screen.right() - size.width() + 1)
    top = min(max(wanted.top(), screen.top()), screen.bottom() - size.height() + 1)
    return QRect(left, top, size.width(), size.height())
