"""新建年度：年份、规则集、放假安排、参与单位。"""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QListWidget, QListWidgetItem, QSpinBox, QWidget

from gui.dialogs.choices import Choice
from gui.dialogs.form import FormDialog
from gui.operations.session import YearSession
from gui.plain import button, label
from models import commands
from models.domain.errors import InputError
from models.domain.rules import RuleKind
from models.domain.snapshot import YearSnapshot
from models.domain.year import Holidays
from models.holidays import holidays_for
from models.reference import blank_year
from models.rulesets import available_rulesets, ruleset_for


class NewYearDialog(FormDialog):
    """Makes a year with the reference units chosen; ``created`` is the year afterwards."""

    def __init__(self, session: YearSession, year: int, parent: QWidget | None = None) -> None:
        super().__init__("新建年度", "新建年度", parent, width=620)
        self._session = session
        self.created: int | None = None
        self.add_heading("新建年度")
        self.year = QSpinBox(minimum=2000, maximum=2100)
        self.year.setValue(year)
        self.year.lineEdit().setTextMargins(5, 0, 0, 0)
        self.add_row("年份", self.year)
        self.ruleset = Choice([(self._ruleset_words(base), base) for base in reversed(available_rulesets())])
        self.add_row("规则依据", self.ruleset)
        self._basis = label(role="secondary", wrap=True)
        self.add_row("", self._basis)
        self._holidays = label(role="secondary", wrap=True)
        self.add_row("节假日", self._holidays)
        self.units = QListWidget()
        self.units.setMinimumHeight(220)
        self._units_row = self.add_row("参与单位", self.units)
        self._fill_units()
        self.units.itemChanged.connect(self._count_units)
        self.add_left_button(button("全选", self._tick_all, small=True))
        self.add_left_button(button("全不选", self._tick_none, small=True))
        self._count_units()
        self.year.valueChanged.connect(self._describe)
        self.ruleset.currentIndexChanged.connect(self._describe)
        self._describe()

    @staticmethod
    def _ruleset_words(base: int) -> str:
        ruleset = ruleset_for(base, base)
        return f"{ruleset.document}《{ruleset.title}》"

    def _fill_units(self) -> None:
        for unit in blank_year(self.year.value(), self.ruleset.value()).units:
            item = QListWidgetItem(f"{unit.name}（{unit.kind.label}）")
            item.setData(Qt.ItemDataRole.UserRole, unit.key)
            item.setFlags(item.flags() | Qt.ItemFlag.ItemIsUserCheckable)
            item.setCheckState(Qt.CheckState.Checked)
            self.units.addItem(item)

    def _tick_all(self) -> None:
        self._tick(Qt.CheckState.Checked)

    def _tick_none(self) -> None:
        self._tick(Qt.CheckState.Unchecked)

    def _tick(self, state: Qt.CheckState) -> None:
        for row in range(self.units.count()):
            self.units.item(row).setCheckState(state)

    def _count_units(self) -> None:
        items = [self.units.item(row) for row in range(self.units.count())]
        ticked = sum(item.checkState() is Qt.CheckState.Checked for item in items)
        self._units_row.say(f"已选 {ticked} 个，共 {len(items)} 个；以后还可以增减", "caption")

    def _describe(self) -> None:
        year, base = self.year.value(), self.ruleset.value()
        ruleset = ruleset_for(year, base)
        periodic = sum(rule.kind is RuleKind.FREQUENCY for rule in ruleset.rules)
        carried = f"{year} 年要点尚未导入，沿用 {base} 年规则。" if ruleset.carried_over else ""
        self._basis.setText(f"{carried}共 {len(ruleset.rules)} 条规则，其中 {periodic} 条按周期检查。")
        self._holidays.setText(holiday_words(year))
        taken = year in self._session.years()
        self.refuse(f"{year} 年度已经有了。" if taken else "")
        self.accept_button.setEnabled(not taken)

    def contents(self) -> YearSnapshot:
        """The year as chosen."""
        blank = blank_year(self.year.value(), self.ruleset.value())
        items = (self.units.item(row) for row in range(self.units.count()))
        chosen = {i.data(Qt.ItemDataRole.UserRole) for i in items if i.checkState() is Qt.CheckState.Checked}
        venues = [v if v.unit is None or v.unit in chosen else v._replace(unit=None) for v in blank.venues]
        units = [unit for unit in blank.units if unit.key in chosen]
        return YearSnapshot(blank.year_row, units=units, venues=venues, neighbours=blank.neighbours)

    def accept_form(self) -> None:
        """The year is in the data file."""
        contents = self.contents()
        self._session.attempt(commands.create_year, contents)
        self.created = contents.year


def holiday_words(year: int) -> str:
    """Where the year's holidays come from."""
    try:
        holidays: Holidays = holidays_for(year)
    except InputError as error:
        return str(error)
    if holidays.announced:
        return f"{holidays.notice}，放假 {len(holidays.days_off)} 天，调休上班 {len(holidays.makeup_workdays)} 天。"
    return f"{year}年放假安排未公布，暂按法定节日估算；公布后可再更新。"
