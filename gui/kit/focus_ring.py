"""焦点环：键盘走到哪里，2 像素的环就套在哪里，离开控件 2 像素。"""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QRectF, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QApplication, QComboBox, QSplitter, QWidget
from shiboken6 import isValid

from gui.kit.theme import theme


class FocusRing(QWidget):
    """The ring around ``target``: a sibling of it, so that it scrolls along; mouse and layout do not see it."""

    def __init__(self, target: QWidget) -> None:
        super().__init__(target.parentWidget())
        self._target = target
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        target.installEventFilter(self)
        self._place()
        self.show()
        self.raise_()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() in (QEvent.Type.Move, QEvent.Type.Resize):
            self._place()
        elif event.type() == QEvent.Type.Hide:
            self.hide()
        return super().eventFilter(watched, event)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(theme().color("focus"), theme().token("focus.width")))
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(1, 1, -1, -1), 7, 7)
        painter.end()

    def _place(self) -> None:
        reach = theme().token("focus.width") + theme().token("focus.offset")
        self.setGeometry(self._target.geometry().adjusted(-reach, -reach, reach, reach))


class FocusRings(QObject):
    """Puts a ring around whatever button or box the keyboard reaches; the mouse needs none."""

    def __init__(self, application: QApplication) -> None:
        super().__init__(application)
        self._ring: FocusRing | None = None
        application.focusChanged.connect(self._on_focus_changed)

    @property
    def ring(self) -> FocusRing | None:
        """The ring that is shown, if any."""
        return self._ring if self._ring is not None and isValid(self._ring) else None

    def _on_focus_changed(self, _: QWidget | None, now: QWidget | None) -> None:
        if (old := self.ring) is not None:
            old.hide()
            old.deleteLater()
        self._ring = FocusRing(now) if now is not None and _deserves_ring(now) else None


def _deserves_ring(widget: QWidget) -> bool:
    parent = widget.parentWidget()
    return (
        isinstance(widget, (QAbstractButton, QComboBox))
        and parent is not None
        and not isinstance(parent, QSplitter)
        and not widget.property("paintsFocus")
        and QApplication.mouseButtons() == Qt.MouseButton.NoButton
    )
