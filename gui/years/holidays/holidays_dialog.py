"""导入放假安排：粘贴通知、读文件或逐日点，看清楚再预演；这里什么都不改。"""

from __future__ import annotations

from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QWidget

from gui.kit.form import FormDialog
from gui.years.holidays.holiday_editor import HolidayChoice, HolidayEditor
from gui.years.wizard.answers import HolidaySource, is_announced, known_holidays
from gui.years.wizard.problems import holidays_problem
from models.domain.errors import InputError
from models.domain.year import Holidays


class HolidaysDialog(FormDialog):
    """Asks for the arrangement of ``year``; accepted, ``holidays`` is what was chosen. Nothing is stored."""

    def __init__(self, year: int, current: Holidays, parent: QWidget | None = None) -> None:
        super().__init__(f"导入 {year} 年放假安排", "看看影响…", parent, width=1180)
        self._year = year
        self.holidays = current
        self.add_heading(f"导入 {year} 年放假安排")
        now = (
            f"现在用的是{current.notice}。"
            if current.announced and current.notice
            else "现在按法定节日估算。"
        )
        self.add_words(
            f"{now}换上新安排之前，先看哪些活动会落在放假日或调休日；采纳之后才改，连同改期是一步。",
            "secondary",
        )
        self.editor = HolidayEditor()
        self.add_widget(self.editor)
        self.editor.show_choice(year, first_choice(year, current))
        self.editor.changed.connect(self._on_changed)
        self.editor.text.setFocus()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Calendar beside the sources, or below them."""
        super().resizeEvent(event)
        self.editor.adapt(event.size())

    def _on_changed(self) -> None:
        self.refuse("")

    def accept_form(self) -> None:
        """Take the arrangement; what cannot be read holds the form open."""
        self.editor.read_now()
        choice = self.editor.choice
        if problem := holidays_problem(self._year, *choice):
            raise InputError(problem, "", "")
        self.holidays = choice.holidays


def first_choice(year: int, current: Holidays) -> HolidayChoice:
    """What the program ships where the notice is out, else what the year has."""
    if is_announced(year) or current == known_holidays(year):
        return HolidayChoice(HolidaySource.KNOWN, known_holidays(year))
    return HolidayChoice(HolidaySource.CLICKED, current)
