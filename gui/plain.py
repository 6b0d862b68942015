"""纯文本部件：所有文字按纯文本显示，“&”不当作快捷键。"""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QLabel, QPushButton, QToolButton, QWidget

from gui.icons import icon


def escaped(text: str) -> str:
    """``text`` for a button, menu or tab: shown as it is."""
    return text.replace("&", "&&")


def label(text: str = "", role: str = "", *, wrap: bool = False, parent: QWidget | None = None) -> QLabel:
    """A label that shows ``text`` as plain text; ``role`` is a look of the style sheet."""
    made = QLabel(parent)
    made.setTextFormat(Qt.TextFormat.PlainText)
    made.setText(text)
    made.setWordWrap(wrap)
    if role:
        made.setProperty("role", role)
    return made


def restyle(widget: QWidget, name: str, value: object) -> None:
    """Set a property that the style sheet looks at, and let the change be seen."""
    if widget.property(name) == value:
        return
    widget.setProperty(name, value)
    widget.style().unpolish(widget)
    widget.style().polish(widget)
    widget.update()


def button(
    text: str,
    clicked: Callable[[], object] | None = None,
    *,
    kind: str = "",
    small: bool = False,
    icon_name: str = "",
) -> QPushButton:
    """A push button; ``clicked`` must be a bound method of a living object."""
    made = QPushButton(escaped(text))
    if kind:
        made.setProperty("kind", kind)
    if small:
        made.setProperty("small", "true")
    if icon_name:
        made.setIcon(icon(icon_name, "onPrimary" if kind == "primary" else "ink"))
        made.setIconSize(QSize(18, 18))
    made.setAutoDefault(False)
    if clicked is not None:
        made.clicked.connect(clicked)
    return made


def tool_button(icon_name: str, tip: str, clicked: Callable[[], object] | None = None) -> QToolButton:
    """A button that shows only an icon; ``tip`` is its tooltip and its name for screen readers."""
    made = QToolButton()
    made.setIcon(icon(icon_name, "ink2"))
    made.setIconSize(QSize(18, 18))
    made.setToolTip(plain_tip(tip))
    made.setAccessibleName(tip)
    if clicked is not None:
        made.clicked.connect(clicked)
    return made


def plain_tip(text: str) -> str:
    """``text`` for a tooltip, never taken for markup: a tooltip has no plain text mode of its own."""
    if "<" not in text and "&" not in text:
        return text
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").join(("<span>", "</span>"))
