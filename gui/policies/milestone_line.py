"""年度节点的一行：到哪天、办了没有；要各单位分别报的，可逐家登记。"""

from __future__ import annotations

from PySide6.QtCore import QSignalBlocker, Signal
from PySide6.QtWidgets import QWidget

from gui.kit.boxes import in_column, in_row
from gui.kit.optional_day import OptionalDay
from gui.kit.plain import button, label, restyle
from gui.policies.model import LOOKS
from gui.policies.unit_reports import UnitReports
from gui.session.year_session import YearSession
from models.domain.periods import year_period
from planners.milestone_rows import MilestoneRow
from planners.policy_rows import ClockState
from planners.wording import day_label

_ROLES = {"danger": "error", "success": "good"}


class MilestoneLine(QWidget):
    """A milestone at one of its times. The signals say what was entered; ``unit_entered`` for which unit."""

    due_entered = Signal(str)
    done_entered = Signal(str)
    usual_wanted = Signal(str)
    unit_entered = Signal(str, str)
    all_wanted = Signal(str)

    def __init__(self, row: MilestoneRow, session: YearSession, *, named: bool) -> None:
        super().__init__()
        self.row = row
        editable = not session.read_only
        self._known = row.code.partition("|")[0] in {rule.code for rule in session.ruleset.rules}
        self._name = label(row.title.rpartition(" · ")[2] if named else "期限")
        self.due = OptionalDay("期限", row.due, row.due or year_period(session.year).first.replace(month=7))
        self.due.day.setAccessibleName(f"{row.title}的期限")
        self.done = OptionalDay("已完成", row.done, row.done or session.today)
        self.done.day.setAccessibleName(f"{row.title}完成的日期")
        self.usual = button("恢复规则的日期", self._on_usual, kind="flat", small=True)
        self.state = label("", "secondary")
        self.reports = UnitReports(session.today, editable=editable) if row.reports else None
        first = in_row(self._name, self.due, 18, self.done, self.usual, 18, self.state, None, spacing=8)
        in_column(first, *((self.reports,) if self.reports else ()), inside=self, margins=0, spacing=2)
        self.state.setVisible(named)
        self._named, self._editable = named, editable
        for day in (self.due, self.done):
            day.setEnabled(editable)
        self.due.tick.toggled.connect(self._on_due)
        self.due.day.editingFinished.connect(self._on_due)
        self.done.tick.toggled.connect(self._on_done)
        self.done.day.editingFinished.connect(self._on_done)
        if self.reports is not None:
            self.reports.entered.connect(self._on_unit)
            self.reports.all_wanted.connect(self._on_all)
        self.show_row(row)

    def show_row(self, row: MilestoneRow) -> None:
        """Show the milestone as ``row`` says, the keyboard where it is."""
        self.row = row
        fixed = row.usual is not None
        for control, day in ((self.due, row.due), (self.done, row.done)):
            with QSignalBlocker(control.tick):
                control.set_value(day)
            control.day.setEnabled(day is not None and self._editable)
        self._name.setVisible(fixed or self._named)
        self.due.tick.setVisible(not fixed)
        self.usual.setVisible(self._known and not fixed and row.due is not None and self._editable)
        self.done.setVisible(row.ticks and not row.reports)
        self.state.setText(state_words(row))
        restyle(self.state, "role", role_of(row))
        if self.reports is not None:
            self.reports.show_row(row)

    def take_keyboard(self) -> None:
        """The keyboard stands where the milestone is ticked; units are unfolded for it."""
        if self.reports is None:
            self.done.tick.setFocus()
            return
        self.reports.unfold()
        self.reports.fold.setFocus()

    def _on_due(self, _: bool = False) -> None:  # noqa: FBT001, FBT002
        self.due_entered.emit(self.row.code)

    def _on_done(self, _: bool = False) -> None:  # noqa: FBT001, FBT002
        self.done_entered.emit(self.row.code)

    def _on_usual(self) -> None:
        self.usual_wanted.emit(self.row.code)

    def _on_unit(self, unit: str) -> None:
        self.unit_entered.emit(self.row.code, unit)

    def _on_all(self) -> None:
        self.all_wanted.emit(self.row.code)


def role_of(row: MilestoneRow) -> str:
    """How the words about the milestone look."""
    return _ROLES.get(LOOKS[row.state][1], "secondary")


def state_words(row: MilestoneRow) -> str:
    """逾期 5 天, 6月30日前，剩 12 个工作日, 1月15日完成, 未定期限; how many units have reported stands before."""
    told = f"{row.note}；" if row.reports else ""
    return told + _day_words(row)


def _day_words(row: MilestoneRow) -> str:
    if row.done is not None:
        return f"{day_label(row.done)} 完成"
    if row.state is ClockState.DONE:
        return "已定"
    if row.due is None:
        return "未定期限"
    if row.state is ClockState.OVERDUE:
        return f"{day_label(row.due)}到期，逾期"
    return f"{row.due.year}年{row.due.month}月{row.due.day}日前，剩 {row.left} 个工作日"
