"""显示：文字大小、深浅、周视图从几点到几点。"""

from __future__ import annotations

from PySide6.QtCore import Signal

from gui.kit.choices import Choice, Segments
from gui.kit.menus import COLOR_MODES, TEXT_SIZES
from gui.kit.plain import label
from gui.kit.theme import theme
from gui.services.program_settings import LEAST_HOURS
from gui.settings.card import SettingsCard, side_by_side

EARLIEST, LATEST = 6, 22


class LooksCard(SettingsCard):
    """How the program looks on this computer; every choice holds at once."""

    scale_chosen = Signal(float)
    mode_chosen = Signal(str)
    hours_chosen = Signal(int, int)

    def __init__(self) -> None:
        super().__init__("显示", "只管这台电脑，选了就生效，下次打开还是这样。")
        self.scale = Segments([(f"{words} {round(value * 100)}%", value) for words, value in TEXT_SIZES])
        self.scale.setAccessibleName("文字大小")
        self.mode = Segments(COLOR_MODES)
        self.mode.setAccessibleName("外观")
        self.starts = Choice([(f"{hour:02d}:00", hour) for hour in range(EARLIEST, LATEST - LEAST_HOURS + 1)])
        self.ends = Choice([(f"{hour:02d}:00", hour) for hour in range(EARLIEST + LEAST_HOURS, LATEST + 1)])
        self.starts.setAccessibleName("周视图从几点起")
        self.ends.setAccessibleName("周视图到几点止")
        self.add_row("文字大小", self.scale, "表格与总览的行高随文字一起变。")
        self.add_row("外观", self.mode, "跟随系统时，系统换成深色，程序也换成深色。")
        hours = side_by_side(self.starts, label("至"), self.ends)
        self.add_row("工作时间", hours, "日历的周视图至少显示这几个小时；更早或更晚的活动照样显示。")
        self.show_theme()
        theme().changed.connect(self.show_theme)
        self.scale.changed.connect(self._on_scale)
        self.mode.changed.connect(self._on_mode)
        self.starts.activated.connect(self._on_starts)
        self.ends.activated.connect(self._on_ends)

    def show_theme(self) -> None:
        """Show what is chosen now."""
        for segments, value in ((self.scale, theme().scale), (self.mode, theme().mode)):
            segments.blockSignals(True)
            segments.choose(value)
            segments.blockSignals(False)

    def show_hours(self, hours: tuple[int, int]) -> None:
        """Show the hours of the week view; those that are not offered are added."""
        for choice, hour in ((self.starts, hours[0]), (self.ends, hours[1])):
            choice.choose(hour)

    def _on_scale(self) -> None:
        self.scale_chosen.emit(self.scale.value())

    def _on_mode(self) -> None:
        self.mode_chosen.emit(self.mode.value())

    def _on_starts(self) -> None:
        """The end makes room where the beginning comes too close."""
        self.ends.choose(max(self.ends.value(), self.starts.value() + LEAST_HOURS))
        self.hours_chosen.emit(self.starts.value(), self.ends.value())

    def _on_ends(self) -> None:
        self.starts.choose(min(self.starts.value(), self.ends.value() - LEAST_HOURS))
        self.hours_chosen.emit(self.starts.value(), self.ends.value())
