"""本月规则：这个月落在哪些周期里，各办了几场，缺什么。"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from itertools import groupby
from typing import NamedTuple

from gui.services.board_lines import open_range
from models.domain.events import Campaign
from models.domain.periods import month_period
from models.domain.rules import PeriodKind, Rule
from planners.results import Cell, CellState, YearCheck
from planners.wording import QUARTERS, state_line

MOST_NAMES = 3


class MonthRuleRow(NamedTuple):
    """A rule in the panel: its name, how it stands in words, and the state whose colour the words take."""

    rule: str
    campaign: Campaign | str
    title: str
    words: str
    state: CellState


def rule_rows(check: YearCheck, first: date) -> tuple[MonthRuleRow, ...]:
    """The rules with a period of at most a quarter around the month of ``first``, in their order."""
    period = month_period(first.year, first.month)
    cells = [
        cell
        for cell in check.cells
        if cell.first < period.end
        and cell.last >= period.first
        and cell.state is not CellState.NOT_APPLICABLE
        and check.ruleset.rule(cell.rule).period is not PeriodKind.YEAR
    ]
    return tuple(_row(check.ruleset.rule(code), list(found)) for code, found in groupby(cells, key=_rule_of))


def _rule_of(cell: Cell) -> str:
    return cell.rule


def _row(rule: Rule, cells: Sequence[Cell]) -> MonthRuleRow:
    state = max((cell.state for cell in cells), key=lambda state: state.urgency)
    title = rule.title
    if rule.period is PeriodKind.QUARTER:
        title += f"（{QUARTERS[(cells[0].first.month - 1) // 3]}季度）"
    campaign: Campaign | str = rule.campaigns[0] if rule.campaigns else "attend"
    words = _grouped(cells) if len(cells) > 1 else _single(rule, cells[0])
    return MonthRuleRow(rule.code, campaign, title, words, state)


def _grouped(cells: Sequence[Cell]) -> str:
    good = [cell for cell in cells if not cell.state.is_short]
    missing = [cell.group or "" for cell in cells if cell.state.is_short]
    words = f"{len(good)}/{len(cells)}"
    if not missing:
        return f"{words} 都已安排"
    if not good:
        return f"{words} 都未安排"
    if len(missing) > MOST_NAMES:
        return f"{words}，缺 {len(missing)} 个"
    return f"{words}，缺{'、'.join(_bare(name) for name in missing)}"


def _bare(name: str) -> str:
    """罗泾 for 罗泾镇: where several are listed the kind is clear."""
    return name[:-1] if len(name) > 2 and name[-1] == "镇" else name


def _single(rule: Rule, cell: Cell) -> str:
    if cell.state is CellState.EXEMPT:
        reason = cell.reason.partition("（")[0]
        return f"豁免（{reason}）" if reason else "豁免"
    if rule.period is PeriodKind.AUGUST and cell.target and cell.target > cell.minimum:
        return _august(rule, cell)
    said = state_line(cell)
    return said if " " in said else f"{said} {cell.state.label}"


def _august(rule: Rule, cell: Cell) -> str:
    least = cell.target or cell.minimum
    most = next((p.value for p in rule.parameters if p.name == "most" and isinstance(p.value, int)), None)
    within = cell.forecast >= least and (most is None or cell.forecast <= most)
    span = open_range(rule, cell.minimum, cell.target)
    return f"{cell.forecast} 场，{'在' if within else '应在'} {span} 内"
