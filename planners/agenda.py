"""现在要办：按紧急程度排好的清单，每项说清缺什么、到哪天、怎么办。"""

from __future__ import annotations

from collections.abc import Iterator

from models.domain.events import EventStatus
from models.domain.rules import Severity
from models.domain.snapshot import YearSnapshot
from models.domain.workdays import Workdays, workdays_of
from planners import wording
from planners.masked import shown_on_screen
from planners.results import (
    AgendaAction,
    AgendaEntry,
    AgendaGroup,
    Cell,
    CellState,
    Finding,
    FindingState,
    YearCheck,
)

_CELL_GROUPS = {
    CellState.OVERDUE: AgendaGroup.OVERDUE,
    CellState.AT_RISK: AgendaGroup.AT_RISK,
    CellState.GAP: AgendaGroup.GAP,
}
_FINDING_GROUPS = {FindingState.OVERDUE: AgendaGroup.OVERDUE, FindingState.AT_RISK: AgendaGroup.AT_RISK}


def agenda(check: YearCheck, snapshot: YearSnapshot) -> tuple[AgendaEntry, ...]:
    """What has to be done, 逾期 first, then 有风险, then 待补; within a group by deadline.

    Missed periods whose 说明 is registered are left out: nothing is to be done about them. Delegates are masked.
    """
    snapshot, check, _ = shown_on_screen(snapshot, check)
    entries = [*_cell_entries(check, snapshot), *_finding_entries(check, snapshot)]
    order = {group: number for number, group in enumerate(AgendaGroup)}
    return tuple(
        entry
        for _, _, entry in sorted(((order[e.group], _deadline(e), e) for e in entries), key=lambda x: x[:2])
    )


def urgent(check: YearCheck, snapshot: YearSnapshot) -> int:
    """How many entries of the agenda are 逾期 or 有风险."""
    return sum(entry.group is not AgendaGroup.GAP for entry in agenda(check, snapshot))


def _deadline(entry: AgendaEntry) -> tuple[int, str]:
    """Sort key: the last day of the cell or the due day of the finding, findings after cells."""
    if entry.cell is not None:
        return (0, entry.cell.last.isoformat())
    assert entry.finding is not None
    return (1, entry.finding.due.isoformat() if entry.finding.due else "9999")


def _cell_entries(check: YearCheck, snapshot: YearSnapshot) -> Iterator[AgendaEntry]:
    workdays = workdays_of(snapshot)
    for cell in check.cells:
        if cell.severity is not Severity.HARD or cell.state not in _CELL_GROUPS:
            continue
        if cell.state is CellState.OVERDUE and cell.reason:
            continue
        period = wording.period_name(cell, check.ruleset)
        yield AgendaEntry(
            _CELL_GROUPS[cell.state],
            wording.line_title(cell, check.ruleset),
            f"{period} {_short_state(cell)}",
            _cell_deadline(cell, check, workdays),
            cell.clause,
            _cell_action(cell),
            cell=cell,
            event=_to_confirm(cell, snapshot) if _only_unconfirmed(cell) else None,
        )


def _only_unconfirmed(cell: Cell) -> bool:
    return cell.state is CellState.AT_RISK and not cell.shortfall and cell.theme != ""


def _to_confirm(cell: Cell, snapshot: YearSnapshot) -> str:
    """The last event of the cell that nobody has confirmed: the one whose day the entry names."""
    planned = (key for key in cell.events if snapshot.event_by_key[key].status is EventStatus.PLANNED)
    return max(planned, key=cell.events.index)


def _short_state(cell: Cell) -> str:
    if cell.theme == "" and cell.state is not CellState.OVERDUE:
        return "主题未定"
    return wording.count_of(cell) if cell.state is CellState.OVERDUE else wording.state_line(cell)


def _cell_deadline(cell: Cell, check: YearCheck, workdays: Workdays) -> str:
    if cell.state is CellState.OVERDUE:
        return f"期限{wording.short_day(cell.last)}已过 {(check.today - cell.last).days} 天"
    if cell.state is CellState.AT_RISK and cell.last_feasible_day and _only_unconfirmed(cell):
        left = workdays.count(check.today, cell.last_feasible_day)
        return f"{wording.short_day(cell.last_feasible_day)}举办，剩 {left} 个工作日"
    if cell.state is CellState.AT_RISK:
        return f"剩余 {cell.workdays_left} 个工作日"
    return f"最晚 {wording.short_day(cell.last_feasible_day)}" if cell.last_feasible_day else "周期内无可排日"


def _cell_action(cell: Cell) -> AgendaAction:
    if cell.state is CellState.OVERDUE:
        return AgendaAction.EXPLAIN
    if cell.theme == "":
        return AgendaAction.SET_THEME
    return AgendaAction.SCHEDULE if cell.shortfall else AgendaAction.CONFIRM


_DAYS_AHEAD = 20
_MILESTONES = frozenset({"milestone", "days_after_issue", "next_first_quarter"})
_PAPERS = frozenset({"policy_integration"})


def _group_of(finding: Finding, lead: int) -> AgendaGroup | None:
    """Where a finding stands in the agenda; None where it does not.

    What is due (a paper, a decision's stage, a milestone that only advises) comes in good time among 后续待补.
    """
    if group := _FINDING_GROUPS.get(finding.state):
        return group
    if finding.situation in _PAPERS:
        return AgendaGroup.GAP
    waits = finding.state is FindingState.OPEN or finding.situation in _MILESTONES
    if not waits or finding.events or finding.workdays_left is None:
        return None
    return AgendaGroup.GAP if finding.workdays_left <= lead else None


def _finding_entries(check: YearCheck, snapshot: YearSnapshot) -> Iterator[AgendaEntry]:
    chosen = snapshot.year_row.setting("lead_workdays", _DAYS_AHEAD)
    lead = chosen if isinstance(chosen, int) else _DAYS_AHEAD
    for finding in check.findings:
        group = _group_of(finding, lead)
        if group is None:
            continue
        line, deadline = _finding_line(finding), _finding_deadline(finding, check)
        if group is AgendaGroup.GAP and finding.due:  # shown by title and line alone
            line = f"{line} · {wording.short_day(finding.due)}{'已过' if finding.due < check.today else '前'}"
        yield AgendaEntry(
            group,
            _finding_title(finding, check, snapshot),
            line,
            deadline,
            finding.clause,
            AgendaAction.RECORD if finding.situation == "unrecorded" else AgendaAction.OPEN,
            finding=finding,
            event=finding.events[0] if finding.events else None,
        )


def _finding_title(finding: Finding, check: YearCheck, snapshot: YearSnapshot) -> str:
    subject = wording.finding_subject(finding, snapshot)
    if finding.decision is not None:
        return f"列席 · {subject}"
    if finding.situation == "unrecorded":
        return f"待登记 · {subject}"
    title = check.ruleset.rule(finding.rule).title
    return f"{title} · {subject}" if subject else title


_LINES = {
    "unrecorded": "活动日期已过，结果未登记",
    "no_feedback": "采纳反馈未回",
    "not_invited": "代表未邀请",
    "policy_filing": "材料未备案",
    "policy_linkage": "办事事项未上线",
    "policy_integration": "未集成推送",
}


def _finding_line(finding: Finding) -> str:
    if finding.situation == "policy_forms":
        return f"解读方式 {finding.actual}/{finding.expected}"
    return _LINES.get(finding.situation, "未办")


def _finding_deadline(finding: Finding, check: YearCheck) -> str:
    if finding.situation in _PAPERS:
        return "发布后即应推送"
    if finding.due is None:
        return "日期未定"
    if finding.situation == "no_feedback":
        return f"会后 {finding.actual} 天，内控期限 {wording.short_day(finding.due)}"
    day = wording.short_day(finding.due)
    if finding.due.year != check.year:
        day = f"{finding.due.year}年{day}"
    if finding.due < check.today:
        return f"期限{day}已过 {(check.today - finding.due).days} 天"
    return f"{day}前，剩 {finding.workdays_left} 个工作日"
