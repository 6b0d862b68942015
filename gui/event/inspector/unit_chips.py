"""责任单位：一个单位一枚，× 去掉，＋ 添加。"""

from __future__ import annotations

from collections.abc import Iterable
from functools import partial

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import QFrame, QPushButton, QToolButton

from gui.kit.choices import UnitEdit
from gui.kit.flow_layout import FlowLayout
from gui.kit.icons import icon
from gui.kit.plain import button, escaped, tool_button
from models.domain.units import Unit


class UnitChips(QFrame):
    """The units in their order. ``changed``: one was added or taken away."""

    changed = Signal()

    def __init__(self, units: Iterable[Unit]) -> None:
        super().__init__(objectName="UnitChips")
        self._units = tuple(units)
        self._names = {unit.key: unit.name for unit in self._units}
        self._keys: tuple[str, ...] = ()
        self._chips: list[QPushButton] = []
        self._flow = FlowLayout(self)
        self._flow.setContentsMargins(6, 4, 6, 4)
        self.add: QToolButton = tool_button("plus", "添加责任单位", self.begin)
        self.edit = UnitEdit(self._units, hint="单位名称")
        self.edit.setAccessibleName("添加责任单位")
        self.edit.setMinimumWidth(150)
        self.edit.hide()
        self._flow.addWidget(self.add)
        self._flow.addWidget(self.edit)
        self.edit.editingFinished.connect(self._on_entered)
        self.setFocusProxy(self.add)

    def value(self) -> tuple[str, ...]:
        """The keys of the units."""
        return self._keys

    def set_value(self, keys: Iterable[str]) -> None:
        """Show exactly these units."""
        keys = tuple(keys)
        if keys == self._keys and self._chips:
            return
        self._keys = keys
        for chip in self._chips:
            self._flow.removeWidget(chip)
            chip.hide()
            chip.deleteLater()
        for widget in (self.add, self.edit):
            self._flow.removeWidget(widget)
        self._chips = [self._chip(key) for key in keys]
        for widget in (*self._chips, self.add, self.edit):
            self._flow.addWidget(widget)
        self.updateGeometry()

    def _chip(self, key: str) -> QPushButton:
        name = self._names.get(key, key)
        made = button(escaped(name), partial(self._remove, key), kind="chip", small=True)
        made.setIcon(icon("close", "ink2"))
        made.setIconSize(QSize(12, 12))
        made.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
        made.setAccessibleName(f"去掉 {name}")
        made.setToolTip("点一下去掉")
        return made

    def _remove(self, key: str) -> None:
        self.set_value(known for known in self._keys if known != key)
        self.add.setFocus(Qt.FocusReason.OtherFocusReason)
        self.changed.emit()

    def begin(self) -> None:
        """Ask for a unit to add."""
        self.edit.show()
        self.add.hide()
        self.edit.setFocus(Qt.FocusReason.OtherFocusReason)
        self.updateGeometry()

    def _on_entered(self) -> None:
        """Take the units that are known; one that is not stays to be mended."""
        found, unknown = self.edit.known_keys(), self.edit.unknown()
        self.edit.blockSignals(True)
        self.edit.setText("、".join(unknown))
        self.edit.blockSignals(False)
        if not unknown:
            self.edit.hide()
            self.add.show()
        new = tuple(key for key in found if key not in self._keys)
        if new:
            self.set_value((*self._keys, *new))
        if new or unknown:
            self.changed.emit()

    def unknown(self) -> tuple[str, ...]:
        """The names that no unit has."""
        return self.edit.unknown()
