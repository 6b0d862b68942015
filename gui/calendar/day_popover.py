"""“还有 n 场”：当天全部活动的浮层。"""

from __future__ import annotations

from PySide6.QtCore import QPoint, QRect, Qt, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from gui.calendar.day_rows import DayRow
from gui.calendar.lists import DayList
from gui.calendar.values import CalendarDay
from gui.kit.plain import label
from gui.kit.popover import SHADOW, Popover
from gui.kit.theme import theme
from models.domain.workdays import WEEKDAYS
from planners.wording import short_day

WIDTH, HIGHEST = 320, 440


class DayPopover(Popover):
    """Lists a whole day beside its cell. ``opened`` carries a row, ``menu_requested`` a row and a point."""

    opened = Signal(object)
    menu_requested = Signal(object, QPoint)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setAccessibleName("当天全部活动")
        self._title = label("", "heading")
        self.list = DayList()
        column = QVBoxLayout(self)
        column.setContentsMargins(4, 10, 4, 8)
        column.setSpacing(6)
        self._title.setContentsMargins(14, 0, 14, 0)
        column.addWidget(self._title)
        column.addWidget(self.list, 1)
        self.list.opened.connect(self._on_opened)
        self.list.menu_requested.connect(self.menu_requested)

    def show_day(self, day: CalendarDay, rows: tuple[DayRow, ...], place: QRect) -> None:
        """Show all rows of ``day`` beside ``place`` (parent coordinates)."""
        self._title.setText(f"{short_day(day.day)} 星期{WEEKDAYS[day.day.weekday()]} · {len(day.chips)} 场")
        width = round(WIDTH * theme().scale) + 2 * SHADOW
        self.setFixedWidth(width)
        self.list.resize(width - 2 * SHADOW - 8, 100)
        self.list.show_rows(rows)
        room = min(self.parentWidget().height() - 2 * SHADOW - 60, round(HIGHEST * theme().scale))
        self.list.setFixedHeight(max(80, min(self.list.content_height() + 4, room)))
        self.open_beside(place)
        self.list.setFocus(Qt.FocusReason.PopupFocusReason)
        first = next((n for n, row in enumerate(rows) if row.chip is not None), 0)
        self.list.setCurrentIndex(self.list.rows_model.index(first))

    def _on_opened(self, row: object) -> None:
        self.dismiss()
        self.opened.emit(row)
