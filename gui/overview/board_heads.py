"""年度总览的表头：每月工作日数与每季小结。"""

from __future__ import annotations

from datetime import date

from gui.services.board_values import MonthHead, QuarterHead
from models.domain.periods import month_period, quarter_of
from models.domain.rules import RuleKind, Severity
from models.domain.snapshot import YearSnapshot
from models.domain.workdays import workdays_of
from planners.results import Cell, CellState, YearCheck
from planners.wording import finding_sentence

_SHORT_WORDS = ((CellState.OVERDUE, "逾期"), (CellState.AT_RISK, "风险"), (CellState.GAP, "缺"))


def month_heads(snapshot: YearSnapshot, check: YearCheck) -> tuple[MonthHead, ...]:
    """Working days of each month, those left (today included) of the current one, and its 年度节点 not done."""
    workdays, today = workdays_of(snapshot), check.today
    dated = [f for f in check.findings if f.due and f.due.year == check.year and not f.events]
    milestones = [f for f in dated if check.ruleset.rule(f.rule).kind is RuleKind.MILESTONE]
    heads = []
    for month in range(1, 13):
        period = month_period(snapshot.year, month)
        left = workdays.count(today, period.end) if today in period else None
        said = [finding_sentence(f, check, snapshot) for f in milestones if f.due and f.due.month == month]
        estimated = workdays.is_estimated(period.first)
        heads.append(MonthHead(workdays.count(*period), left, estimated, tuple(said)))
    return tuple(heads)


def quarter_heads(check: YearCheck) -> tuple[QuarterHead, QuarterHead, QuarterHead, QuarterHead]:
    """The four summaries ("满足 9/10 · 逾期 1"), hard cells within one quarter only."""
    quarters: list[list[Cell]] = [[], [], [], []]
    for cell in check.cells:
        quarter = quarter_of(cell.first)
        if cell.severity is Severity.HARD and cell.state.is_asked and quarter == quarter_of(cell.last):
            quarters[quarter - 1].append(cell)
    started = [_started(check, quarter) for quarter in range(1, 5)]
    one, two, three, four = (
        _head(cells, begun=begun) for cells, begun in zip(quarters, started, strict=True)
    )
    return one, two, three, four


def _started(check: YearCheck, quarter: int) -> bool:
    return date(check.year, 3 * quarter - 2, 1) <= check.today


def _head(cells: list[Cell], *, begun: bool) -> QuarterHead:
    if not cells:
        return QuarterHead("", None)
    count = {state: sum(1 for cell in cells if cell.state is state) for state in CellState}
    good = count[CellState.DONE] + (0 if begun else count[CellState.PLANNED])
    words = [f"{'满足' if begun else '已排'} {good}/{len(cells)}"]
    words += [f"{word} {count[state]}" for state, word in _SHORT_WORDS if count[state]]
    worst = next((state for state, _ in _SHORT_WORDS[:2] if count[state]), None)
    if worst is None and begun and good == len(cells):
        worst = CellState.DONE
    return QuarterHead(" · ".join(words), worst)
