"""遮住的姓名与电话：按住“显示”才看得到，点“修改”才能改。"""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent, Signal
from PySide6.QtGui import QFocusEvent, QHideEvent
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QPushButton, QWidget

from gui.kit.plain import button
from gui.session.redaction import reveal


class HoldToShow(QPushButton):
    """``shown(True)`` while it is held with mouse or space, ``shown(False)`` when it is let go."""

    shown = Signal(bool)

    def __init__(self) -> None:
        super().__init__("显示")
        plain = button("显示", icon_name="eye", small=True)
        self.setIcon(plain.icon())
        self.setIconSize(plain.iconSize())
        self.setProperty("small", "true")
        self.setAutoDefault(False)
        self.setToolTip("按住查看姓名与电话，松开即遮住；也可按住空格")
        self.pressed.connect(self._on_pressed)
        self.released.connect(self._on_released)

    def _on_pressed(self) -> None:
        self._show(shown=True)

    def _on_released(self) -> None:
        self._show(shown=False)

    def _show(self, *, shown: bool) -> None:
        reveal(shown)
        self.shown.emit(shown)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Whoever goes elsewhere while holding it sees no names any more."""
        super().focusOutEvent(event)
        self._show(shown=False)

    def hideEvent(self, event: QHideEvent) -> None:
        """Nothing stays shown."""
        super().hideEvent(event)
        self._show(shown=False)


class MaskedEdit(QWidget):
    """A field for personal words: masked and locked until 修改 is pressed; open at once while it is empty."""

    changed = Signal()

    def __init__(self, name: str, mask: Callable[[str], str]) -> None:
        super().__init__()
        self._mask = mask
        self._value = ""
        self.edit = QLineEdit()
        self.edit.setAccessibleName(name)
        self.unlock_button = button("修改", self.unlock, small=True)
        self.unlock_button.setAccessibleName(f"修改{name}")
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        row.addWidget(self.edit, 1)
        row.addWidget(self.unlock_button)
        self.setFocusProxy(self.edit)
        self.edit.textEdited.connect(self.changed)
        self.set_value("")

    def set_value(self, value: str) -> None:
        """Show ``value`` masked; an empty one can be written at once."""
        self._value = value
        self._lock(locked=bool(value))

    def value(self) -> str:
        """What stands there, in full."""
        return self._value if self.edit.isReadOnly() else self.edit.text().strip()

    draft_value = value

    def take_draft(self, value: object) -> None:
        """Hold ``value``, masked."""
        if isinstance(value, str) and value != self.value():
            self.set_value(value)
            self.changed.emit()

    def unlock(self) -> None:
        """Afterwards the field can be written, and is read in full."""
        self._lock(locked=False)
        self.edit.setFocus()

    def show_plain(self, shown: bool) -> None:  # noqa: FBT001
        """Show the words while ``shown``, nothing where they are written anyway."""
        if self.edit.isReadOnly():
            self.edit.setText(self._value if shown else self._mask(self._value))

    def allow(self, *, allowed: bool) -> None:
        """Whether it can be changed at all."""
        self.unlock_button.setEnabled(allowed)

    def _lock(self, *, locked: bool) -> None:
        self.edit.setReadOnly(locked)
        self.edit.setText(self._mask(self._value) if locked else self._value)
        self.unlock_button.setVisible(locked)

    def changeEvent(self, event: QEvent) -> None:
        """A field that is read in full is not left open in a window that was left."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.EnabledChange and not self.isEnabled():
            self.show_plain(shown=False)
