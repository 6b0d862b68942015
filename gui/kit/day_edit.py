"""填日期的格子：只收程序算得了的日子。"""

from __future__ import annotations

from PySide6.QtCore import QDate
from PySide6.QtWidgets import QDateEdit, QWidget

from models.domain.plain_values import FIRST_DAY, LAST_DAY


def day_edit(shown: str = "yyyy-MM-dd", parent: QWidget | None = None) -> QDateEdit:
    """A field for a day, written as ``shown``, that takes none outside ``FIRST_DAY`` to ``LAST_DAY``."""
    made = QDateEdit(parent, calendarPopup=True, displayFormat=shown)
    made.setDateRange(QDate(FIRST_DAY), QDate(LAST_DAY))
    made.setToolTip(f"{FIRST_DAY.year}–{LAST_DAY.year} 年之间的日期")
    return made
