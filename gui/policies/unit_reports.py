"""逐家登记：一件要各单位分别报的事，报了的勾上并记下日期；平时收起。"""

from __future__ import annotations

from datetime import date
from functools import partial

from PySide6.QtCore import QSignalBlocker, Signal
from PySide6.QtWidgets import QGridLayout, QWidget

from gui.kit.boxes import in_column, in_row
from gui.kit.optional_day import OptionalDay
from gui.kit.plain import button
from planners.milestone_rows import MilestoneRow

WIDE = 1100
"""From this width of the window on the units stand in three columns, else in two."""


class UnitReports(QWidget):
    """A tick and a day for each unit, unfolded by its button.

    ``entered``: the unit (its key) was ticked, unticked or has another day. ``all_wanted``: every unit that
    has not reported did so today.
    """

    entered = Signal(str)
    all_wanted = Signal()

    def __init__(self, today: date, *, editable: bool) -> None:
        super().__init__()
        self._today, self._editable = today, editable
        self.days: dict[str, OptionalDay] = {}
        self.fold = button("", self._toggle, kind="flat", small=True)
        self.all_button = button("未报的全部记为今日已报", self.all_wanted.emit, kind="flat", small=True)
        self._list = QWidget()
        self._list.hide()
        in_column(in_row(self.fold, self.all_button, None), self._list, inside=self, margins=0, spacing=4)

    def show_row(self, row: MilestoneRow) -> None:
        """Show who has reported as ``row`` says."""
        self.row = row
        waiting = sum(report.done is None for report in row.reports)
        words = f"逐家登记（{f'未报 {waiting} 家' if waiting else '都已报'}）"
        self.fold.setText(f"{'收起' if self.is_open else '展开'} {words}")
        self.fold.setAccessibleName(f"{row.title}，{self.fold.text()}")
        self.all_button.setVisible(self.is_open and self._editable and waiting > 0)
        if not self.is_open:
            return
        if list(self.days) != [report.unit for report in row.reports]:
            self._build(row)
        for report in row.reports:
            known = self.days[report.unit]
            if known.value() != report.done:
                with QSignalBlocker(known.tick):
                    known.set_value(report.done)
                known.day.setEnabled(report.done is not None)

    @property
    def is_open(self) -> bool:
        """Whether the units are seen."""
        return not self._list.isHidden()

    def unfold(self) -> None:
        """The units are seen."""
        self._list.show()
        self.show_row(self.row)

    def _toggle(self) -> None:
        self._list.setVisible(not self.is_open)
        self.show_row(self.row)

    def _build(self, row: MilestoneRow) -> None:
        for former in self.days.values():
            former.deleteLater()
        grid = self._list.layout() or QGridLayout(self._list)
        assert isinstance(grid, QGridLayout)
        grid.setContentsMargins(0, 0, 0, 0)
        columns = 3 if self.window().width() >= WIDE else 2
        self.days = {}
        for number, report in enumerate(row.reports):
            made = OptionalDay(
                report.name, report.done, report.done or self._today, name=f"{report.name}报送的日期"
            )
            made.setEnabled(self._editable)
            made.tick.toggled.connect(partial(self._on_entered, report.unit))
            made.day.editingFinished.connect(partial(self._on_entered, report.unit))
            self.days[report.unit] = made
            grid.addWidget(made, number // columns, number % columns)

    def _on_entered(self, unit: str, _: bool = False) -> None:  # noqa: FBT001, FBT002
        self.entered.emit(unit)
