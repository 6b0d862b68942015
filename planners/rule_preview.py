"""加、改、撤一条规则之前先看：它要求什么，各周期会怎样，别的检查会不会变。"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from models.domain.rules import Rule, RuleSet, Severity
from models.domain.snapshot import YearSnapshot
from models.domain.year import Setting
from planners import wording
from planners.checks import check_year
from planners.parameter_effect import effect_headline, effect_lines, parameter_effect, with_settings
from planners.results import CellState, YearCheck
from planners.rule_row_words import asks
from planners.wording import short_day

MOST_LINES = 4


def preview_lines(
    snapshot: YearSnapshot, check: YearCheck, after: RuleSet, values: Mapping[str, Setting], rule: Rule | None
) -> tuple[str, ...]:
    """What the year would say with the settings ``values`` and the rules ``after``, a line each.

    ``rule``: the one of them that is being entered, None where one is being withdrawn.
    """
    changed = with_settings(snapshot, values)
    then = check_year(changed, check.today, after)
    lines = list(_own_lines(rule, then, changed)) if rule is not None else []
    effect = parameter_effect(check, then)
    if rule is None or rule.severity is Severity.HARD or effect.is_bad:
        lines.append(f"{effect_headline(effect)}。")
        more = effect_lines(effect, then, changed)
        lines += [
            *more[:MOST_LINES],
            *([f"……另有 {len(more) - MOST_LINES} 项"] if len(more) > MOST_LINES else []),
        ]
    return tuple(dict.fromkeys(lines))


def _own_lines(rule: Rule, check: YearCheck, snapshot: YearSnapshot) -> list[str]:
    said = f"{rule.title}：{asks(rule)}，{_since(rule.valid_from, check)}，{_weight(rule)}。"
    cells = [cell for cell in check.cells if cell.rule == rule.code]
    counts = ((state.label, sum(cell.state is state for cell in cells)) for state in CellState)
    listed = " · ".join(f"{label} {count}" for label, count in counts if count)
    lines = [said] + ([f"{len(cells)} 个周期格：{listed}。"] if cells else [])
    findings = [finding for finding in check.findings if finding.rule == rule.code]
    if not cells and not findings:
        return [said, "到今天还没有因它要办的事；起算以前到期的不适用。"]
    return lines + [wording.finding_sentence(finding, check, snapshot) for finding in findings[:MOST_LINES]]


def _since(day: date | None, check: YearCheck) -> str:
    if day is None:
        return "全年适用"
    return f"自{short_day(day) if day.year == check.year else f'{day.year}年{short_day(day)}'}起"


def _weight(rule: Rule) -> str:
    return "计入达标" if rule.severity is Severity.HARD else "只作提示，不计入达标"
