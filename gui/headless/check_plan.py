"""check：按规则检查一年的计划。给人看的：先总数，再每条规则一行，再要办的事，最后冲突。

给程序读的形式（--json）见用户手册“命令行”，字段只增不改。
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from itertools import groupby
from typing import Any

from gui.headless.arguments import Request
from gui.headless.check_all_open import misses_something, open_as_json, open_as_text, years_asked
from gui.headless.checking import year_asked
from gui.headless.terminal import fields, print_json, print_result
from models.domain.rules import Severity, clause_words
from models.domain.snapshot import YearSnapshot
from planners.agenda import agenda
from planners.cell_status import cell_status
from planners.in_force import document_words, undecided_words
from planners.masked import shown
from planners.results import Cell, CellState, FindingState, YearCheck
from planners.wording import cell_sentence, conflict_sentence, finding_sentence, period_name
from planners.year_count import beside_words, year_count

MARKS: Mapping[CellState, str] = {
    CellState.DONE: "✓",
    CellState.PLANNED: "○",
    CellState.AT_RISK: "！",
    CellState.OVERDUE: "✗",
    CellState.GAP: "＋",
    CellState.EXEMPT: "免",
    CellState.NOT_APPLICABLE: "－",
}
_TO_DO = tuple(sorted((state for state in CellState if state.is_short), key=lambda state: -state.urgency))
_MANY_GROUPS = 3
"""A rule that counts more groups than this apart gets one line with numbers."""
_HINTS_SHOWN = 3
"""Hints of one rule that are written out."""
_PRESSING = frozenset({FindingState.OVERDUE, FindingState.AT_RISK})


def run(request: Request) -> int:
    """The report is the result; 1 where a hard rule is overdue, at risk or short, else 0.

    With ``--all-open`` what is open in every year follows, and counts; without a year it is the whole report.
    """
    years = years_asked(request) if request.all_open else ()
    shown_year = shown(*year_asked(request)) if request.year is not None else None
    if request.json:
        report = check_as_json(shown_year.check, shown_year.snapshot) if shown_year else {}
        print_json({**report, "open": open_as_json(years)} if request.all_open else report)
    else:
        parts = [check_as_text(shown_year.check, shown_year.snapshot)] if shown_year else []
        parts += [open_as_text(years, request.today or date.today())] if request.all_open else []
        print_result("\n\n".join(parts))
    missed = shown_year is not None and misses_a_hard_rule(shown_year.check)
    return 1 if missed or misses_something(years) else 0


def misses_a_hard_rule(check: YearCheck) -> bool:
    """Whether a hard cell is 逾期, 有风险 or 待补, or a hard rule is missed elsewhere.

    Elsewhere: overdue, at risk, or at an event. What is merely to be done later in the year does not count.
    """
    counted = check.summary
    if counted.overdue or counted.at_risk or counted.gap:
        return True
    return any(
        finding.severity is Severity.HARD and (finding.state in _PRESSING or finding.events)
        for finding in check.findings
    )


def check_as_json(check: YearCheck, snapshot: YearSnapshot) -> dict[str, Any]:
    """Everything the check found as JSON values, with the Chinese sentence of each."""
    holidays = snapshot.holidays
    return {
        **fields(check, "year today"),
        "ruleset": fields(check.ruleset, "document year carried_over"),
        "undecided": [fields(rule, "code clause title quote former") for rule in check.ruleset.undecided],
        "holidays": fields(holidays, "announced notice"),
        "cells": [_cell(cell, check, snapshot) for cell in check.cells],
        "findings": [
            {
                **fields(finding, "rule clause severity state own events decision"),
                "sentence": finding_sentence(finding, check, snapshot),
            }
            for finding in check.findings
        ],
        "conflicts": [
            {
                **fields(conflict, "kind severity events"),
                "sentence": conflict_sentence(conflict, snapshot),
            }
            for conflict in check.conflicts
        ],
        "summary": check.summary._asdict(),
        "counts": {**year_count(check, agenda(check, snapshot))._asdict(), "cells": check.summary.total},
    }


def _cell(cell: Cell, check: YearCheck, snapshot: YearSnapshot) -> dict[str, Any]:
    status = cell_status(cell, snapshot, check.today)
    return {
        **fields(cell, "rule clause severity group first last minimum target held forecast state"),
        **fields(cell, "workdays_left last_feasible_day events"),
        "sentence": cell_sentence(cell, check, snapshot),
        "status": {
            **fields(status, "missing lacks_theme unconfirmed until left"),
            "event": status.event.key if status.event else None,
            **fields(status, "action"),
        },
    }


def check_as_text(check: YearCheck, snapshot: YearSnapshot) -> str:
    """The whole report, lines joined."""
    parts = (
        _head(check, snapshot),
        _rule_lines(check),
        *(_cells_to_do(check, snapshot, state) for state in _TO_DO),
        *(_findings(check, snapshot, state) for state in FindingState),
        _conflicts(check, snapshot),
    )
    return "\n\n".join(text for part in parts if (text := "\n".join(part)))


def _head(check: YearCheck, snapshot: YearSnapshot) -> Iterator[str]:
    row, ruleset, counted = snapshot.year_row, check.ruleset, check.summary
    count = year_count(check, agenda(check, snapshot))
    yield f"{row.district}{check.year}年 规则检查（截至{check.today.isoformat()}）"
    yield f"依据：{document_words(ruleset, check.year)}"
    for rule in ruleset.undecided:
        yield f"{clause_words(rule.clause)} {rule.title}：{undecided_words(rule)}"
    yield _holidays_line(snapshot)
    yield (
        f"刚性周期格 {counted.total}：已满足 {counted.done} · 已排 {counted.planned} · 有风险 {counted.at_risk}"
        f" · 逾期 {counted.overdue} · 待补 {counted.gap}；另有豁免 {counted.exempt}"
    )
    yield "，".join(
        part
        for part in (
            f"连同事项：逾期 {count.overdue} · 有风险 {count.at_risk} · 待补 {count.gap}",
            beside_words(count),
        )
        if part
    )


def _holidays_line(snapshot: YearSnapshot) -> str:
    holidays = snapshot.holidays
    if not holidays.announced:
        return f"放假安排：{snapshot.year}年放假安排未公布，暂按法定节日估算"
    return f"放假安排：{holidays.notice or '已公布'}"


def _rule_lines(check: YearCheck) -> Iterator[str]:
    yield "  ".join(f"{mark} {state.label}" for state, mark in MARKS.items())
    for code, found in groupby(check.cells, key=lambda cell: cell.rule):
        cells = list(found)
        rule = check.ruleset.rule(code)
        hint = "（提示）" if rule.severity is Severity.HINT else ""
        name = f"{clause_words(rule.clause)} {rule.title}{hint}"
        by_group = [(group, list(part)) for group, part in groupby(cells, key=lambda cell: cell.group)]
        if len(by_group) > _MANY_GROUPS:
            yield f"{name}：{_numbers(cells)}"
            continue
        for group, part in by_group:
            marks = (f"{period_name(cell, check.ruleset)}{MARKS[cell.state]}" for cell in part)
            yield f"{name}{f' · {group}' if group else ''}：{' '.join(marks)}"


def _numbers(cells: list[Cell]) -> str:
    counts = ((state.label, sum(cell.state is state for cell in cells)) for state in CellState)
    return " · ".join(f"{label} {count}" for label, count in counts if count)


def _cells_to_do(check: YearCheck, snapshot: YearSnapshot, state: CellState) -> Iterator[str]:
    cells = [cell for cell in check.cells if cell.state is state and cell.severity is Severity.HARD]
    if cells:
        yield f"【{state.label}】{len(cells)} 格"
    for cell in cells:
        yield f"  {cell_sentence(cell, check, snapshot)}"


def _findings(check: YearCheck, snapshot: YearSnapshot, state: FindingState) -> Iterator[str]:
    findings = [finding for finding in check.findings if finding.state is state]
    if findings:
        yield f"【{state.label}的事项】{len(findings)} 项"
    for _, part in groupby(findings, key=lambda finding: finding.rule):
        alike = list(part)
        shown = alike[:_HINTS_SHOWN] if state is FindingState.HINT else alike
        yield from (f"  {finding_sentence(finding, check, snapshot)}" for finding in shown)
        if len(alike) > len(shown):
            yield f"  …… 同类提示还有 {len(alike) - len(shown)} 项（--json 列出全部）"


def _conflicts(check: YearCheck, snapshot: YearSnapshot) -> Iterator[str]:
    if check.conflicts:
        yield f"【冲突】{len(check.conflicts)} 处"
    for conflict in check.conflicts:
        yield f"  {conflict_sentence(conflict, snapshot)}"
