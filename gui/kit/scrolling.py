"""会上下滚动的一栏；滚轮只滚动，不改它路过的值。"""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtWidgets import QAbstractSpinBox, QComboBox, QScrollArea, QWidget


class ScrolledColumn(QScrollArea):
    """``body`` is as wide as the area and scrolls up and down only; what surrounds the area is seen through it.

    Fill ``body`` once it is here: a filled one would be styled again when it is put into the area.
    """

    def __init__(self, parent: QWidget | None = None, *, body_name: str = "") -> None:
        super().__init__(parent)
        self.body = QWidget(objectName=body_name)
        self.setWidget(self.body)
        self.body.setAutoFillBackground(False)  # the area has just set it
        self.viewport().setAutoFillBackground(False)
        self.setWidgetResizable(True)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)


class WheelGuard(QObject):
    """The wheel scrolls what is around a choice or a number; it never changes the value it happens to pass over."""

    def guard(self, form: QWidget) -> None:
        """Afterwards that holds for every choice and number that stands in ``form`` now."""
        for control in (*form.findChildren(QComboBox), *form.findChildren(QAbstractSpinBox)):
            control.installEventFilter(self)
            control.setFocusPolicy(Qt.FocusPolicy.StrongFocus)  # nor does it take the keyboard there

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Let the wheel go on to what is around."""
        if event.type() == QEvent.Type.Wheel:
            event.ignore()
            return True
        return super().eventFilter(watched, event)
