"""规则检查页的行：逐条按条文次序，缺的在前，提示另列，已满足或已排的收起。"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from typing import NamedTuple

from models.domain.attendance import DecisionBody
from models.domain.events import Campaign, Labelled
from models.domain.rules import Rule, RuleKind, Severity
from models.domain.snapshot import YearSnapshot
from planners import rule_row_words as words
from planners.checks.events import DAY_OFF_RULE, RESULT_RULE
from planners.masked import shown_on_screen
from planners.results import Cell, CellState, Conflict, ConflictKind, Finding, FindingState, YearCheck
from planners.rule_row_words import Fix, RowWords

OWN_LOAD, OWN_DOUBLE, OWN_TOWN = "own.week_load", "own.double_booking", "own.town_day"
ATTENDANCE = "attend"
"""The tile of 公众列席, which is no campaign."""
_CONFLICT_LINES = {
    ConflictKind.WEEK_LOAD: OWN_LOAD,
    ConflictKind.VENUE: OWN_DOUBLE,
    ConflictKind.UNIT: OWN_DOUBLE,
    ConflictKind.TOWN_DAY: OWN_TOWN,
}


class RowState(Labelled):
    """How urgent a row is, in the order in which rows stand; 提示 never decides whether a rule is kept."""

    OVERDUE = "overdue", "逾期"
    AT_RISK = "at_risk", "有风险"
    GAP = "gap", "待补"
    OPEN = "open", "待办"
    HINT = "hint", "提示"


_ORDER = {state: number for number, state in enumerate(RowState)}
_CELL_ROWS = {
    CellState.OVERDUE: RowState.OVERDUE,
    CellState.AT_RISK: RowState.AT_RISK,
    CellState.GAP: RowState.GAP,
}
_FINDING_ROWS = {
    FindingState.OVERDUE: RowState.OVERDUE,
    FindingState.AT_RISK: RowState.AT_RISK,
    FindingState.OPEN: RowState.OPEN,
    FindingState.HINT: RowState.HINT,
}


class RuleRow(NamedTuple):
    """One finding: a period cell that is short, a finding, or a conflict (one of the three is set).

    ``event``: the event that the fix is about, where there is one.
    """

    state: RowState
    words: RowWords
    fix: Fix
    rule: str
    cell: Cell | None = None
    finding: Finding | None = None
    conflict: Conflict | None = None
    event: str | None = None

    @property
    def key(self) -> str:
        """Names the row, whatever its numbers and its state are."""
        if self.cell is not None:
            return f"{self.rule}|{self.cell.first.isoformat()}|{self.cell.group or ''}"
        if self.conflict is not None:
            return f"{self.conflict.kind}|{self.conflict.resource}|{self.conflict.day.isoformat()}"
        found = self.finding
        assert found is not None
        about = found.decision or "", found.policy or "", *filter(None, (found.part,))
        return "|".join((self.rule, found.situation, *found.events, *about))

    @property
    def due(self) -> date | None:
        """The day by which it must be mended."""
        if self.cell is not None:
            return self.cell.last
        return self.conflict.day if self.conflict else self.finding.due if self.finding else None


class RuleLine(NamedTuple):
    """A clause (or a part of one, or a rule of the office's own) with all that was found about it.

    ``rules``: the codes, the one that leads first; empty for a check that is no rule. ``clause``: its
    number, "" for an own one. ``rows`` are the 刚性 findings by urgency and deadline, ``hints`` the 提示,
    ``met`` the cells that are 已满足, 已排 or 豁免. ``passed`` of ``total`` checkpoints are met.
    """

    key: str
    clause: str
    title: str
    asks: str
    tile: Campaign | str | None
    rules: tuple[str, ...] = ()
    own: bool = False
    rows: tuple[RuleRow, ...] = ()
    hints: tuple[RuleRow, ...] = ()
    met: tuple[Cell, ...] = ()
    passed: int = 0
    total: int = 0

    def count(self, state: RowState) -> int:
        """How many rows have ``state``."""
        rows = self.hints if state is RowState.HINT else self.rows
        return sum(row.state is state for row in rows)


def rule_lines(check: YearCheck, snapshot: YearSnapshot) -> tuple[RuleLine, ...]:
    """Every clause that is checked, in the order of the document, then 本单位自定; delegates are masked."""
    snapshot, check, _ = shown_on_screen(snapshot, check)
    speaker = words.Speaker(check, snapshot)
    found = _Found(check, speaker)
    lines = [_line(rules, snapshot, found) for rules in _grouped(check.ruleset.rules)]
    clauses = [line for line in lines if not line.own]
    clauses.sort(key=by_clause)
    return (*clauses, *(line for line in lines if line.own), *_own_lines(check, found))


def by_clause(entry: RuleLine | Rule) -> int:
    """Sort key: the order of the document, what names no numbered clause last."""
    return int(entry.clause) if entry.clause.isdigit() else 999


class _Found:
    """Rows by rule: what a line picks its own from."""

    def __init__(self, check: YearCheck, speaker: words.Speaker) -> None:
        self.cells: dict[str, list[Cell]] = defaultdict(list)
        self.rows: dict[str, list[RuleRow]] = defaultdict(list)
        leading = {rules[0].code for rules in _grouped(check.ruleset.rules)}
        for cell in check.cells:
            self.cells[cell.rule].append(cell)
            if cell.state.is_short:
                self.rows[cell.rule].append(_cell_row(cell, speaker, named=cell.rule not in leading))
        for finding in check.findings:
            self.rows[finding.rule].append(_finding_row(finding, speaker, named=finding.rule not in leading))
        for conflict in check.conflicts:
            self.rows[_CONFLICT_LINES[conflict.kind]].append(_conflict_row(conflict, speaker))

    def sorted_rows(self, codes: Iterable[str]) -> tuple[tuple[RuleRow, ...], tuple[RuleRow, ...]]:
        """刚性 rows and 提示 of ``codes``, each by urgency, then by deadline."""
        rows = [row for code in codes for row in self.rows.get(code, ())]
        rows.sort(key=lambda row: (_ORDER[row.state], row.due or date.max))
        hard = tuple(row for row in rows if row.state is not RowState.HINT)
        return hard, tuple(row for row in rows if row.state is RowState.HINT)


def _cell_row(cell: Cell, speaker: words.Speaker, *, named: bool) -> RuleRow:
    state = _CELL_ROWS[cell.state] if cell.severity is Severity.HARD else RowState.HINT
    said, fix, event = speaker.cell(cell, named=named)
    return RuleRow(state, said, fix, cell.rule, cell=cell, event=event)


def _finding_row(finding: Finding, speaker: words.Speaker, *, named: bool) -> RuleRow:
    state = RowState.HINT if finding.advises else _FINDING_ROWS[finding.state]
    said, fix = speaker.finding(finding, named=named)
    event = finding.events[0] if finding.events else None
    return RuleRow(state, said, fix, finding.rule, finding=finding, event=event)


def _conflict_row(conflict: Conflict, speaker: words.Speaker) -> RuleRow:
    ahead = conflict.severity is Severity.HARD and conflict.day >= speaker.today
    said, event = speaker.conflict(conflict)
    return RuleRow(
        RowState.OPEN if ahead else RowState.HINT,
        said,
        Fix.CALENDAR if conflict.kind is ConflictKind.WEEK_LOAD else Fix.EVENT,
        _CONFLICT_LINES[conflict.kind],
        conflict=conflict,
        event=event,
    )


def _grouped(rules: Sequence[Rule]) -> list[tuple[Rule, ...]]:
    """Rules that stand together: of one clause and one matter, what is the office's own or was added apart."""
    groups: dict[tuple[str, str, str], list[Rule]] = {}
    for rule in rules:
        own = rule.code if rule.added or rule.is_own else ""
        matter = rule.matter or (rule.campaigns[0].value if rule.campaigns else rule.kind.value)
        groups.setdefault((rule.clause, matter, own), []).append(rule)
    return [tuple(group) for group in groups.values()]


def _line(rules: tuple[Rule, ...], snapshot: YearSnapshot, found: _Found) -> RuleLine:
    main = rules[0]
    rows, hints = found.sorted_rows(rule.code for rule in rules)
    cells = [cell for rule in rules for cell in found.cells.get(rule.code, ())]
    passed, total = _checkpoints(rules, cells, (*rows, *hints), snapshot)
    own = main.is_own
    return RuleLine(
        main.code,
        "" if own else main.clause,
        main.name,
        words.asks(main),
        tile_of(main),
        tuple(rule.code for rule in rules),
        own,
        rows,
        hints,
        tuple(cell for cell in cells if cell.state.is_met or cell.state is CellState.EXEMPT),
        passed,
        total,
    )


def tile_of(rule: Rule) -> Campaign | str | None:
    """Under which sign the rule stands: its campaign, 公众列席, or none."""
    if rule.campaigns:
        return rule.campaigns[0]
    return ATTENDANCE if rule.kind is RuleKind.DECISION else None


def _checkpoints(
    rules: Sequence[Rule], cells: Sequence[Cell], rows: Sequence[RuleRow], snapshot: YearSnapshot
) -> tuple[int, int]:
    """How many checkpoints are met, of how many: cells, else decisions, documents or the milestone itself."""
    main = rules[0]
    if main.kind is RuleKind.FREQUENCY:
        counted = [
            c for c in cells if c.severity is main.severity and c.rule == main.code and c.state.is_asked
        ]
        return sum(cell.state.is_met for cell in counted), len(counted)
    if main.kind is RuleKind.DECISION:
        district = main.check != "not_heard"
        keys = {
            decision.key
            for decision in snapshot.decisions
            if (decision.body is DecisionBody.DISTRICT) == district and not decision.exemption
        }
        asked = [row for row in rows if row.state is not RowState.HINT or row.rule == main.code]
        late = {
            row.finding.decision
            for row in asked
            if row.finding and (row.state is not RowState.OPEN or row.finding.workdays_left == 0)
        }
        return len(keys - late), len(keys)
    if main.kind is RuleKind.POLICY:
        wanted = [policy for policy in snapshot.policies if words.concerns(main, policy)]
        missing = {
            row.finding.policy for row in rows if row.finding and row.finding.situation != _ONLY_PAPERS
        }
        return sum(policy.key not in missing for policy in wanted), len(wanted)
    if main.kind is RuleKind.MILESTONE:
        return _milestone_points(rules, rows)
    return 0, 0


def _milestone_points(rules: Sequence[Rule], rows: Sequence[RuleRow]) -> tuple[int, int]:
    """A milestone is one point, each unit that reports another; what is not to be known yet is none."""
    passed = total = 0
    for rule in rules:
        findings = [row.finding for row in rows if row.finding and row.rule == rule.code]
        if not findings and rule.check != "days_after_issue":
            passed, total = passed + 1, total + 1
        for finding in findings:
            passed, total = passed + (finding.actual or 0), total + (finding.expected or 1)
    return passed, total


_ONLY_PAPERS = "policy_materials"
"""A document filed in time without all its papers is filed."""


def _own_lines(check: YearCheck, found: _Found) -> Iterator[RuleLine]:
    """The checks that are no rule of the document."""
    texts: Mapping[str, tuple[str, str]] = {
        OWN_LOAD: (f"每周不超 {check.week_limit} 场", "全区人手，按自然周计"),
        OWN_DOUBLE: ("场地与单位不重叠", "同一时段只排一场"),
        OWN_TOWN: ("同街镇不同日", "走进社区一天一场"),
        RESULT_RULE: ("活动结果登记", "活动日过后登记结果"),
        DAY_OFF_RULE: ("避开放假日", "放假日的活动请再确认"),
    }
    for code, (title, asks) in texts.items():
        rows, hints = found.sorted_rows((code,))
        yield RuleLine(code, "", title, asks, None, own=True, rows=rows, hints=hints)


def line_of(lines: Sequence[RuleLine], rule: str) -> RuleLine | None:
    """The line that the rule ``rule`` stands in."""
    return next((line for line in lines if rule == line.key or rule in line.rules), None)


def all_met(lines: Sequence[RuleLine]) -> bool:
    """Whether nothing is 逾期, 有风险 or 待补 anywhere."""
    urgent = (RowState.OVERDUE, RowState.AT_RISK, RowState.GAP)
    return not any(row.state in urgent for line in lines for row in line.rows)


def met_by_group(line: RuleLine) -> tuple[tuple[str, int], ...]:
    """How many met cells (豁免 apart) each group of the leading rule has, where it counts in groups."""
    counts: dict[str, int] = defaultdict(int)
    for cell in line.met:
        if cell.rule == line.key and cell.group and cell.state is not CellState.EXEMPT:
            counts[cell.group] += 1
    return tuple(counts.items())
