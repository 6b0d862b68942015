"""可以不填的日期：勾上才有日子。"""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import QDate, Signal
from PySide6.QtWidgets import QCheckBox, QWidget

from gui.kit.boxes import in_row
from gui.kit.day_edit import day_edit


class OptionalDay(QWidget):
    """A tick and a day. ``changed`` is emitted with every change of either.

    ``name``: its words stand before it; then the day takes the room beside the bare tick.
    """

    changed = Signal()

    def __init__(self, words: str, day: date | None, proposed: date, *, name: str = "") -> None:
        super().__init__()
        self.tick = QCheckBox(words)
        if name:
            self.tick.setAccessibleName(f"写明{name}")
        self.tick.setChecked(day is not None)
        shown = day or proposed
        self.day = day_edit()
        self.day.setDate(QDate(shown.year, shown.month, shown.day))
        self.day.setAccessibleName(name or f"{words}：日期")
        self.day.setEnabled(day is not None)
        parts = (self.tick, (self.day, 1)) if name else (self.tick, self.day, None)
        in_row(*parts, inside=self, margins=0, spacing=4 if name else 10)
        self.setFocusProxy(self.tick)
        self.tick.toggled.connect(self._on_toggled)
        self.day.dateChanged.connect(self.changed)

    def _on_toggled(self, on: bool) -> None:  # noqa: FBT001
        self.day.setEnabled(on)
        self.changed.emit()

    def value(self) -> date | None:
        """The day; None while the tick is off."""
        return self.day.date().toPython() if self.tick.isChecked() else None

    def set_value(self, day: date | None) -> None:
        """Show ``day``; None takes the tick away."""
        self.tick.setChecked(day is not None)
        if day is not None:
            self.day.setDate(QDate(day.year, day.month, day.day))
