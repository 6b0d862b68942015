"""可以不填的日期：勾上才有日子。"""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import QDate, Signal
from PySide6.QtWidgets import QCheckBox, QWidget

from gui.kit.boxes import in_row
from gui.kit.day_edit import day_edit


class OptionalDay(QWidget):
    """A tick and a day, called ``name``. ``changed`` is emitted with every change of either.

    ``wide``: the day takes the room that is left.
    """

    changed = Signal()

    def __init__(
        self,
        words: str,
        day: date | None,
        proposed: date,
        *,
        name: str = "",
        gap: int = 10,
        wide: bool = False,
    ) -> None:
        super().__init__()
        self.tick = QCheckBox(words)
        self.tick.setChecked(day is not None)
        self.day = day_edit()
        self.day.setAccessibleName(name or f"{words}：日期")
        self.day.setEnabled(day is not None)
        self.propose(day or proposed)
        parts = ((self.day, 1),) if wide else (self.day, None)
        in_row(self.tick, *parts, inside=self, margins=0, spacing=gap)
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
            self.propose(day)

    def propose(self, day: date) -> None:
        """``day`` stands ready, whether it is ticked or not."""
        self.day.setDate(QDate(day.year, day.month, day.day))
