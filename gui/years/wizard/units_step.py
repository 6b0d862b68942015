"""第四步 单位与街镇：勾选参加的，改名、加别名、设每周上限，也可新增。"""

from __future__ import annotations

from PySide6.QtCore import QSize
from PySide6.QtWidgets import QWidget

from gui.kit.theme import theme
from gui.years.units.panes import UnitsPane
from gui.years.wizard.answers import Answers
from gui.years.wizard.step_page import StepPage
from models.domain.units import Unit
from models.place_lists import with_former_name


class UnitsStep(StepPage):
    """The units of the year."""

    def __init__(self) -> None:
        super().__init__(
            "核对单位与街镇",
            "勾选今年参加的；单位改了名直接改，旧名会留作别名，报送表里写旧名也认得。每周上限只用于排期，不填即不限。",
        )
        self._before: dict[str, str] = {}
        self.pane = UnitsPane(ticked=True)
        self.model, self.table = self.pane.model, self.pane.table
        self.column.addSpacing(4)
        self.column.addWidget(self.pane, 1)
        self.pane.setMinimumHeight(round(264 * theme().scale))
        self.pane.changed.connect(self.note_change)

    def adapt(self, size: QSize) -> None:
        """The table takes what room there is."""
        self.pane.setMinimumHeight(max(round(264 * theme().scale), size.height() - 146))

    def fill(self, answers: Answers) -> None:
        """Show the units."""
        if tuple(self.model.items) != answers.units or self.model.left_out != answers.left_out:
            self.model.show_units(answers.units, answers.left_out)
        self._before = {unit.key: unit.name for unit in answers.units if unit.key not in self.model.added}
        self.pane.tell()

    def read(self, answers: Answers) -> Answers:
        """The units as they stand; a renamed one keeps its former name as an alias."""
        units = tuple(self._with_former_name(unit) for unit in self.model.items)
        self.model.items = list(units)
        self._before = {unit.key: unit.name for unit in units if unit.key not in self.model.added}
        self.pane.tell()
        return answers._replace(units=units, left_out=frozenset(self.model.left_out))

    def _with_former_name(self, unit: Unit) -> Unit:
        return with_former_name(unit, self._before.get(unit.key, unit.name))

    def first_field(self) -> QWidget | None:
        """The table."""
        return self.table
