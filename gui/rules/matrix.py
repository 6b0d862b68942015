"""全年达成：一条规则的分组 × 周期，每格一个状态与日子。"""

from __future__ import annotations

from typing import NamedTuple

from models.domain.rules import PeriodKind, Rule, RuleKind
from models.domain.snapshot import YearSnapshot
from planners.results import Cell, CellState, YearCheck
from planners.wording import QUARTERS, short_day

FEW_GROUPS = 8


class MatrixCell(NamedTuple):
    """A cell of the matrix: its text beside the mark, and a caption above it where the head does not say it."""

    cell: Cell
    text: str
    caption: str = ""


class Matrix(NamedTuple):
    """Heads of columns and rows, and the cells row by row. ``dense``: marks only, narrow columns."""

    title: str
    columns: tuple[str, ...]
    rows: tuple[str, ...]
    cells: tuple[tuple[MatrixCell, ...], ...]
    dense: bool = False


def matrices(codes: tuple[str, ...], check: YearCheck, snapshot: YearSnapshot) -> tuple[Matrix, ...]:
    """One matrix for every frequency rule of ``codes``."""
    rules = [rule for rule in check.ruleset.rules if rule.code in codes and rule.kind is RuleKind.FREQUENCY]
    return tuple(_matrix(rule, check, snapshot) for rule in rules)


def _matrix(rule: Rule, check: YearCheck, snapshot: YearSnapshot) -> Matrix:
    cells = [cell for cell in check.cells if cell.rule == rule.code]
    groups = tuple(dict.fromkeys(cell.group or "" for cell in cells))
    by_group = {group: [cell for cell in cells if (cell.group or "") == group] for group in groups}
    if rule.period is PeriodKind.MONTH and groups == ("",):
        shown = [MatrixCell(cell, _text(cell, snapshot), f"{cell.first.month}月") for cell in cells]
        rows = tuple(f"{quarter}季度" for quarter in QUARTERS)
        return Matrix(
            rule.title, ("", "", ""), rows, tuple(tuple(shown[n : n + 3]) for n in range(0, len(shown), 3))
        )
    columns: tuple[str, ...] = ("",)
    if rule.period is PeriodKind.QUARTER:
        columns = tuple(f"{quarter}季度" for quarter in QUARTERS)
    elif rule.period is PeriodKind.MONTH:
        columns = tuple(str(month) for month in range(1, 13))
    return Matrix(
        rule.title,
        columns,
        groups,
        tuple(tuple(MatrixCell(cell, _text(cell, snapshot)) for cell in by_group[group]) for group in groups),
        dense=rule.period is PeriodKind.MONTH or len(groups) > FEW_GROUPS,
    )


def _text(cell: Cell, snapshot: YearSnapshot) -> str:
    if cell.state in (CellState.EXEMPT, CellState.OVERDUE):
        return cell.state.label
    if cell.state is CellState.NOT_APPLICABLE:
        return ""
    if cell.lacks_theme and cell.state.is_mendable:
        return "主题未定" if not cell.shortfall else cell.state.label
    if cell.shortfall:
        return f"{cell.forecast}/{cell.minimum}" if cell.forecast else cell.state.label
    if len(cell.events) > 1:
        return f"{len(cell.events)} 场"
    event = snapshot.event_by_key.get(cell.events[0]) if cell.events else None
    return short_day(event.day) if event and event.day else cell.state.label
