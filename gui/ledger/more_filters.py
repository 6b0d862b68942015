"""更多条件：日期、街镇、几个只看，还有窄窗口里放不下的分组与行高。"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from PySide6.QtCore import QSignalBlocker, Qt, Signal
from PySide6.QtWidgets import QCheckBox, QGridLayout, QHBoxLayout, QLabel, QWidget

from gui.kit.bindings import Binding, Bindings
from gui.kit.choices import Choice
from gui.kit.optional_day import OptionalDay
from gui.kit.plain import button, label
from gui.kit.popover import SHADOW, Popover
from gui.kit.theme import theme
from models.domain.events import Campaign, EventStatus
from models.domain.periods import Period, month_period, quarter_period
from planners.ledger_filter import LedgerFilter, StatusChoice, StatusGroup
from planners.ledger_groups import Grouping

ROW_HEIGHTS = (("标准行高", False), ("紧凑行高", True))


class MoreFilters(Popover):
    """The conditions that have no place in the bar. ``changed`` is emitted with every change."""

    changed = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._year = 2000
        self.campaign: Choice[Campaign | None] = Choice(
            [("全部工作线", None), *((c.label, c) for c in Campaign)]
        )
        statuses: tuple[StatusChoice, ...] = (*StatusGroup, *EventStatus)
        self.status: Choice[StatusChoice | None] = Choice(
            [("全部状态", None), *((s.label, s) for s in statuses)]
        )
        self.town: Choice[str | None] = Choice([("全部街镇", None)])
        self.unit: Choice[str | None] = Choice([("全部单位", None)])
        self.period: Choice[Period | None] = Choice([("（自选）", None)])
        self.first, self.last = (
            OptionalDay(words, None, date(self._year, 1, 1), name=f"日期{words}", gap=6, wide=True)
            for words in ("从", "到")
        )
        self.without_open_month = QCheckBox("不含开放月明细")
        self.incomplete = QCheckBox("只看有缺项")
        self.conflicting = QCheckBox("只看有冲突")
        self.grouping = Choice([(grouping.label, grouping) for grouping in Grouping])
        self.compact = Choice(list(ROW_HEIGHTS))
        self._lay_out()
        self._connect()

    def _lay_out(self) -> None:
        grid = QGridLayout(self)
        grid.setContentsMargins(16 + SHADOW // 2, 14, 16 + SHADOW // 2, 14)
        grid.setHorizontalSpacing(12)
        grid.setVerticalSpacing(6)
        days = QWidget()
        row = QHBoxLayout(days)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(12)
        row.addWidget(self.first, 1)
        row.addWidget(self.last, 1)
        rows: tuple[tuple[str, QWidget], ...] = (
            ("工作线", self.campaign),
            ("状态", self.status),
            ("单位", self.unit),
            ("街镇", self.town),
            ("时段", self.period),
            ("日期", days),
            ("", self.without_open_month),
            ("", self.incomplete),
            ("", self.conflicting),
            ("分组", self.grouping),
            ("行高", self.compact),
        )
        self._names: dict[QWidget, QLabel] = {}
        for number, (name, control) in enumerate(rows):
            if name:
                self._names[control] = label(name, "secondary")
                grid.addWidget(self._names[control], number, 0)
                control.setAccessibleName(name)
            grid.addWidget(control, number, 1)
        self.done = button("完成", self.dismiss, kind="plain", small=True)
        grid.addWidget(self.done, len(rows), 1, Qt.AlignmentFlag.AlignRight)
        grid.setColumnStretch(1, 1)
        self.setMinimumWidth(round(430 * theme().scale))

    def _connect(self) -> None:
        self.fields = Bindings(self)
        for field, control in (
            ("campaign", self.campaign),
            ("status", self.status),
            ("unit", self.unit),
            ("town", self.town),
            ("first", self.first),
            ("last", self.last),
            ("without_open_month", self.without_open_month),
            ("incomplete", self.incomplete),
            ("conflicting", self.conflicting),
        ):
            self.fields.add(Binding(field, control, field)).committed.connect(self.changed)
        for box in (self.grouping, self.compact):
            box.activated.connect(self.changed)
        self.period.activated.connect(self._on_period)

    def show_choices(
        self, year: int, units: Sequence[tuple[str, str]], towns: Sequence[tuple[str, str]]
    ) -> None:
        """Offer the year's months and quarters, its units and 街镇."""
        for box, name, entries in ((self.unit, "单位", units), (self.town, "街镇", towns)):
            chosen = box.value()
            box.set_entries([(f"全部{name}", None), *entries])
            box.choose(chosen)
        if year != self._year:
            self._year = year
            months = [(f"{month}月", month_period(year, month)) for month in range(1, 13)]
            quarters = [(f"{'一二三四'[n - 1]}季度", quarter_period(year, n)) for n in range(1, 5)]
            self.period.set_entries([("（自选）", None), *months, *quarters])

    def leave_out(self, names: set[str]) -> None:
        """Leave out the boxes that are seen in the bar (``unit``, ``town`` and so on)."""
        for name in ("campaign", "status", "unit", "town", "grouping", "compact"):
            control = getattr(self, name)
            control.setVisible(name not in names)
            self._names[control].setVisible(name not in names)

    def show_filter(self, chosen: LedgerFilter, grouping: Grouping, *, compact: bool, today: date) -> None:
        """Show the conditions without telling them."""
        self._propose(min(max(today, date(self._year, 1, 1)), date(self._year, 12, 31)))
        with QSignalBlocker(self):
            self.fields.show(chosen)
        self._show_period(chosen)
        self.grouping.choose(grouping)
        self.compact.choose(compact)

    def _show_period(self, chosen: LedgerFilter) -> None:
        same = (p for p in self.period.values() if p and (p.first, p.last) == (chosen.first, chosen.last))
        self.period.choose(next(same, None))

    def applied_to(self, chosen: LedgerFilter) -> LedgerFilter:
        """``chosen`` with the conditions as they stand here."""
        applied: LedgerFilter = self.fields.applied_to(chosen)
        return applied

    def _on_period(self) -> None:
        """A month or quarter sets both days; （自选） opens them again."""
        period = self.period.value()
        self._propose(date(self._year, 1, 1))
        with QSignalBlocker(self):
            self.first.set_value(period.first if period else None)
            self.last.set_value(period.last if period else None)
        self.changed.emit()

    def _propose(self, day: date) -> None:
        """``day`` stands ready where a day is open."""
        with QSignalBlocker(self):
            self.first.propose(day)
            self.last.propose(day)
