"""全年的数：逾期、有风险、待补各几项，窗口、命令行与印件同一个数。"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from typing import NamedTuple

from models.domain.rules import Severity
from planners.results import AgendaEntry, AgendaGroup, CellState, Summary, YearCheck


class YearCount(NamedTuple):
    """How much of the year is 逾期, 有风险 and 待补.

    ``cells`` counts the hard period cells alone. ``overdue`` and ``at_risk`` add the 事项 that have no period
    and are as urgent (a decision, a paper, a result to be recorded); ``gap`` is a matter of periods alone.
    ``explained`` of the overdue periods have their 说明. What comes due soon without being a period (年度节点,
    a decision's stage, a paper to push: 近期时限) stands ``beside``, inside none of these.
    """

    cells: Summary
    overdue: int
    at_risk: int
    gap: int
    explained: int
    beside: int

    @property
    def urgent(self) -> int:
        """What is to be done now: 有风险, and 逾期 without a 说明."""
        return self.overdue - self.explained + self.at_risk

    def of(self, state: CellState) -> int:
        """The number of ``state``, 事项 among it."""
        own = {CellState.OVERDUE: self.overdue, CellState.AT_RISK: self.at_risk}
        return own.get(state, self.of_cells(state))

    def of_cells(self, state: CellState) -> int:
        """How many hard period cells have ``state``; 0 for 不适用, which nobody counts."""
        return int(getattr(self.cells, state.value, 0))


def year_count(check: YearCheck, entries: Iterable[AgendaEntry]) -> YearCount:
    """The numbers of ``check``; ``entries`` is its 现在要办, which lists what is counted here beside the cells."""
    others = Counter(entry.group for entry in entries if entry.cell is None)
    overdue = (c for c in check.cells if c.severity is Severity.HARD and c.state is CellState.OVERDUE)
    return YearCount(
        check.summary,
        check.summary.overdue + others[AgendaGroup.OVERDUE],
        check.summary.at_risk + others[AgendaGroup.AT_RISK],
        check.summary.gap,
        sum(bool(cell.reason) for cell in overdue),
        others[AgendaGroup.DUE],
    )


def beside_words(count: YearCount) -> str:
    """另有近期时限 2 项; "" where there are none."""
    return f"另有近期时限 {count.beside} 项" if count.beside else ""
