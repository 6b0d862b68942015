"""《规则检查单》：逐条引用条文原文，写明缺什么、期限、怎么办。"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from exports.pdf.chart import Band, Chart
from exports.pdf.desk import PrintDocument, PrintPart
from exports.pdf.event_list import quarter_name
from exports.pdf.items import ItemGroup, cut_warnings, item, plain_row
from exports.pdf.quarter_facts import basis_of, title_of
from exports.pdf.table import Cell, PrintRow
from exports.print_options import PrintOptions
from models.domain.periods import Period, quarter_period
from models.domain.rules import clause_words
from models.domain.snapshot import YearSnapshot
from planners.agenda import agenda
from planners.in_force import undecided_words
from planners.results import CellState, YearCheck
from planners.rule_row_words import met_words
from planners.rule_rows import RuleLine, RuleRow, rule_lines
from planners.wording import cell_title, day_label, estimate_mark
from planners.year_count import year_count

_HEADS = ("序号", "在哪里", "缺什么", "期限", "怎么办", "状态")
_WIDE = (10, 46, 56, 48, 48, 17)
_NARROW = (9, 30, 37, 34, 32, 14)
_MET_HEADS = ("检查点", "情况", "结论")
_MET_WIDE, _MET_NARROW = (60, 135, 30), (46, 92, 18)
_EMPTY = "没有需要处理的事项"
_OWN = "本单位自定"


def rule_checklist(
    snapshot: YearSnapshot, check: YearCheck, options: PrintOptions
) -> tuple[PrintDocument, ...]:
    """Everything the check found, clause by clause with the clause's own words; then what is met.

    With a quarter: what is due in it. ``clauses`` leaves the quotes out, ``rule_summary`` what is met.
    """
    period = quarter_period(snapshot.year, options.quarter) if options.quarter else None
    lines = rule_lines(check, snapshot)
    groups = tuple(_groups(lines, period))
    bands = tuple(
        Band(group.title, tuple(one.row for one in group.items), tuple(_quotes(check, line, options)))
        for group, line in groups
    )
    parts: list[PrintPart] = [
        Chart(_HEADS, _WIDE, _NARROW, bands, 1, frozenset({0, 5}), empty=_EMPTY, what="条文")
    ]
    if options.rule_summary and (met := tuple(_met_rows(snapshot, check, lines, period))):
        parts.append(
            Chart(
                _MET_HEADS,
                _MET_WIDE,
                _MET_NARROW,
                (Band("", met),),
                centred=frozenset({2}),
                heading="已满足、已排与豁免",
                what="检查点",
            )
        )
    when = quarter_name(options.quarter) if options.quarter else ""
    title = f"{snapshot.year_row.district}{snapshot.year}年{when}政务公开活动规则检查单"
    only = [group for group, _ in groups]
    document = PrintDocument(
        title=title_of(options, title),
        parts=tuple(parts),
        items=sum(len(group.items) for group in only),
        leads=(basis_of(check.ruleset), _summary(check, snapshot)),
        remarks=_remarks(snapshot, groups),
        cut=cut_warnings(only),
    )
    return (document,)


def _summary(check: YearCheck, snapshot: YearSnapshot) -> str:
    found = year_count(check, agenda(check, snapshot))
    states = sorted(CellState, key=lambda state: -state.urgency)
    counts = "、".join(f"{state.label}{count}" for state in states if (count := found.of_cells(state)))
    words = f"截至{day_label(check.today, check.year)}：刚性检查点{found.cells.total}个" + (
        f"（{counts}）" if counts else ""
    )
    matters = "、".join(
        f"{state.label}{count}"
        for state in (CellState.OVERDUE, CellState.AT_RISK)
        if (count := found.of(state) - found.of_cells(state))
    )
    return words + (f"；另有事项{matters}" if matters else "")


def _remarks(snapshot: YearSnapshot, groups: Iterable[tuple[ItemGroup, RuleLine]]) -> tuple[str, ...]:
    estimated = any(row.words.estimated for _, line in groups for row in (*line.rows, *line.hints))
    return (f"注：{estimate_mark(snapshot.year)}。",) if estimated else ()


def _groups(lines: Iterable[RuleLine], period: Period | None) -> Iterator[tuple[ItemGroup, RuleLine]]:
    number = 0
    for line in lines:
        items = []
        for row in (*line.rows, *line.hints):
            if _is_due(row, period):
                number += 1
                items.append(item(number, _HEADS, _cells(row), 1))
        if items:
            clause = clause_words(line.clause) or _OWN
            yield ItemGroup(f"{clause}　{line.title}：{line.asks}", tuple(items)), line


def _is_due(row: RuleRow, period: Period | None) -> bool:
    return period is None or (row.due is not None and row.due in period)


def _cells(row: RuleRow) -> list[Cell]:
    words = row.words
    mark = "〔估算〕" if words.estimated else ""
    return [words.where or "—", words.missing, f"{words.until}{mark}", words.remedy, row.state.label]


def _quotes(check: YearCheck, line: RuleLine, options: PrintOptions) -> Iterator[str]:
    """The clause in its own words, each passage once; then, whatever was chosen, what is not yet decided."""
    rules = {rule.code: rule for rule in check.ruleset.rules}
    for quote in dict.fromkeys(rules[code].quote for code in line.rules if code in rules):
        if quote and options.clauses:
            yield f"条文：“{quote}”"
    for code in line.rules:
        if code in rules and rules[code].former:
            yield undecided_words(rules[code])


def _met_rows(
    snapshot: YearSnapshot, check: YearCheck, lines: Iterable[RuleLine], period: Period | None
) -> Iterator[PrintRow]:
    for line in lines:
        for cell in line.met:
            if period is None or cell.last in period:
                name = cell_title(cell, check.ruleset)
                yield plain_row((name, met_words(cell, snapshot), cell.state.label), name)
