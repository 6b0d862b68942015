"""纯文本部件：所有文字按纯文本显示，“&”不当作快捷键。"""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QAbstractButton, QLabel, QPushButton, QToolButton, QWidget

from gui.kit.icons import icon
from gui.session.redaction import redacted


def escaped(text: str) -> str:
    """``text`` for a button, menu or tab: shown as it is, without names and phones of delegates."""
    return redacted(text).replace("&", "&&")


class PlainLabel(QLabel):
    """A label whose text is plain, without names and phones of delegates."""

    def setText(self, text: str) -> None:
        """Show ``text`` instead, masked."""
        super().setText(redacted(text))

    def setAccessibleName(self, name: str) -> None:
        """The same for screen readers."""
        super().setAccessibleName(redacted(name))


def label(text: str = "", role: str = "", *, wrap: bool = False, parent: QWidget | None = None) -> QLabel:
    """A label that shows ``text`` as plain text; ``role`` is a look of the style sheet."""
    made = PlainLabel(parent)
    made.setTextFormat(Qt.TextFormat.PlainText)
    made.setText(text)
    made.setWordWrap(wrap)
    if role:
        made.setProperty("role", role)
    return made


def restyle(widget: QWidget, name: str, value: object) -> None:
    """Set a property that the style sheet looks at, and let the change be redacted."""
    if widget.property(name) == value:
        return
    widget.setProperty(name, value)
    if not widget.testAttribute(Qt.WidgetAttribute.WA_WState_Polished):
        return  # it is yet to be styled for the first time
    widget.style().unpolish(widget)
    widget.style().polish(widget)
    widget.update()


class PlainButton(QPushButton):
    """A push button that Enter presses too, and that is never pressed by Enter in a field beside it."""

    def __init__(self, text: str) -> None:
        super().__init__(text)
        self.setAutoDefault(False)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter like the space bar; with Ctrl or Shift it is the form's."""
        if not pressed_by_enter(self, event):
            super().keyPressEvent(event)


class PlainToolButton(QToolButton):
    """A tool button that Enter presses too."""

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter like the space bar."""
        if not pressed_by_enter(self, event):
            super().keyPressEvent(event)


def pressed_by_enter(pressed: QAbstractButton, event: QKeyEvent) -> bool:
    """Press the button where ``event`` is Enter alone; whether it was."""
    alone = not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
    if event.key() not in (Qt.Key.Key_Return, Qt.Key.Key_Enter) or not alone:
        return False
    if not event.isAutoRepeat():  # Enter still held down from before is no answer
        pressed.click()
    return True


def button(
    text: str,
    clicked: Callable[[], object] | None = None,
    *,
    kind: str = "",
    small: bool = False,
    icon_name: str = "",
) -> QPushButton:
    """A push button; ``clicked`` must be a bound method of a living object."""
    made = PlainButton(escaped(text))
    if kind:
        made.setProperty("kind", kind)
    if small:
        made.setProperty("small", "true")
    if icon_name:
        made.setIcon(icon(icon_name, "onPrimary" if kind == "primary" else "ink"))
        made.setIconSize(QSize(18, 18))
    if clicked is not None:
        made.clicked.connect(clicked)
    return made


def tool_button(icon_name: str, tip: str, clicked: Callable[[], object] | None = None) -> QToolButton:
    """A button that shows only an icon; ``tip`` is its tooltip and its name for screen readers."""
    made = PlainToolButton()
    made.setIcon(icon(icon_name, "ink2"))
    made.setIconSize(QSize(18, 18))
    made.setToolTip(plain_tip(tip))
    made.setAccessibleName(redacted(tip))
    if clicked is not None:
        made.clicked.connect(clicked)
    return made


def plain_tip(text: str) -> str:
    """``text`` for a tooltip, never taken for markup: a tooltip has no plain text mode of its own."""
    text = redacted(text)
    if "<" not in text and "&" not in text:
        return text
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").join(("<span>", "</span>"))
