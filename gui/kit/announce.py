"""读屏播报：Qt 有这个接口时用它，没有时不出声。"""

from __future__ import annotations

from PySide6 import QtGui
from PySide6.QtWidgets import QWidget

from gui.session.redaction import redacted_record


def announce(widget: QWidget, text: str) -> None:
    """Tell ``text``, delegates masked, to the screen reader (``QAccessibleAnnouncementEvent``, Qt 6.8 and later)."""
    event_type = getattr(QtGui, "QAccessibleAnnouncementEvent", None)
    if event_type is not None and text:
        QtGui.QAccessible.updateAccessibility(event_type(widget, redacted_record(text)))
