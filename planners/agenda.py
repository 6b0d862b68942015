"""现在要办：按紧急程度排好的清单，每项说清缺什么、到哪天、怎么办。"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date, timedelta

from models.domain.dated_settings import year_on
from models.domain.rules import Severity
from models.domain.setting_names import LEAD_WORKDAYS
from models.domain.snapshot import YearSnapshot
from models.domain.workdays import workdays_of
from planners import wording
from planners.cell_status import CellStatus, cell_status
from planners.checks.milestones import MILESTONE_CHECKS
from planners.deadline_items import OWN_DAY, SIGNUP, deadline_items
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
    """What has to be done, 逾期 first, then 有风险, 近期时限, 待补; within a group by deadline.

    Missed periods whose 说明 is registered are left out: nothing is to be done about them. 近期时限 are the
    deadlines of papers, decisions and the year, as far as no finding tells of them. Once the year is over
    everything that is still open in it is listed, however far its day. Delegates are masked.
    """
    snapshot, check, _ = shown_on_screen(snapshot, check)
    entries = [*_cell_entries(check, snapshot), *_finding_entries(check, snapshot)]
    entries += _deadline_entries(check, snapshot, entries)
    order = {group: number for number, group in enumerate(AgendaGroup)}
    return tuple(
        entry
        for _, _, entry in sorted(((order[e.group], _deadline(e), e) for e in entries), key=lambda x: x[:2])
    )


def _deadline(entry: AgendaEntry) -> tuple[int, str]:
    """Sort key: the last day of the cell, else the due day; cells come first."""
    if entry.cell is not None:
        return (0, entry.cell.last.isoformat())
    if entry.finding is not None:
        return (1, entry.finding.due.isoformat() if entry.finding.due else "9999")
    assert entry.due is not None
    return (1, entry.due.day.isoformat())


def _cell_entries(check: YearCheck, snapshot: YearSnapshot) -> Iterator[AgendaEntry]:
    for cell in check.cells:
        if cell.severity is not Severity.HARD or not cell.state.is_short:
            continue
        if cell.state is CellState.OVERDUE and cell.reason:
            continue
        status = cell_status(cell, snapshot, check.today)
        assert status.action is not None
        period = wording.period_name(cell, check.ruleset)
        yield AgendaEntry(
            _CELL_GROUPS[cell.state],
            wording.line_title(cell, check.ruleset),
            f"{period} {_short_state(cell)}",
            _cell_deadline(cell, status, check),
            cell.clause,
            status.action,
            cell=cell,
            event=status.event.key if status.event else None,
        )


def _short_state(cell: Cell) -> str:
    if cell.lacks_theme and cell.state is not CellState.OVERDUE:
        return "主题未定"
    return wording.count_of(cell) if cell.state is CellState.OVERDUE else wording.state_line(cell)


def _cell_deadline(cell: Cell, status: CellStatus, check: YearCheck) -> str:
    if cell.state is CellState.OVERDUE:
        return f"期限{wording.short_day(cell.last)}已过 {(check.today - cell.last).days} 天"
    if status.event is not None:
        return wording.confirm_by(status)
    if cell.state is CellState.AT_RISK:
        return f"剩余 {status.left} 个工作日"
    return f"最晚 {wording.short_day(cell.last_feasible_day)}" if cell.last_feasible_day else "周期内无可排日"


_NO_LIMIT = 100_000
_PAPERS = frozenset({"policy_integration"})


def _group_of(finding: Finding, lead: int) -> AgendaGroup | None:
    """Where a finding stands in the agenda; None where it does not.

    What is due (a paper, a decision's stage, a milestone that only advises) comes ``lead`` working days before
    among 近期时限: 后续待补 is a matter of periods alone. What only advises is never 逾期 or 有风险.
    """
    if (group := _FINDING_GROUPS.get(finding.state)) and not finding.advises:
        return group
    if finding.situation in _PAPERS:
        return AgendaGroup.DUE
    waits = finding.state is FindingState.OPEN or finding.situation in MILESTONE_CHECKS
    if not waits or finding.events or finding.workdays_left is None:
        return None
    return AgendaGroup.DUE if finding.workdays_left <= lead else None


def _finding_entries(check: YearCheck, snapshot: YearSnapshot) -> Iterator[AgendaEntry]:
    lead = _lead(check, snapshot)
    for finding in check.findings:
        group = _group_of(finding, lead)
        if group is None:
            continue
        line, deadline = _finding_line(finding, check), _finding_deadline(finding, check)
        if group is AgendaGroup.DUE and finding.due:  # shown by title and line alone
            line = _with_day(line, finding.due, check)
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


def _lead(check: YearCheck, snapshot: YearSnapshot) -> int:
    if check.today.year > check.year:
        return _NO_LIMIT
    return check.ruleset.number(LEAD_WORKDAYS, dict(year_on(snapshot.year_row, check.today).settings))


def _with_day(line: str, due: date, check: YearCheck) -> str:
    return f"{line} · {_day_words(due, check)}{'已过' if due < check.today else '前'}"


def _day_words(day: date, check: YearCheck) -> str:
    """3月31日, with its year where that is not the plan's."""
    return wording.short_day(day, check.year)


def _deadline_entries(
    check: YearCheck, snapshot: YearSnapshot, others: Iterable[AgendaEntry]
) -> Iterator[AgendaEntry]:
    """The open deadlines that are past or near and that no finding among ``others`` tells of."""
    findings = [entry.finding for entry in others if entry.finding is not None]
    told = {(finding.rule, finding.decision or finding.policy or finding.part) for finding in findings}
    lead, workdays = _lead(check, snapshot), workdays_of(snapshot)
    for item in deadline_items(snapshot, check):
        past, left = item.day < check.today, workdays.count(check.today, item.day + timedelta(days=1))
        about = item.key.split("|")[1:]
        if item.done or (item.rule, about[0] if about else "") in told or (past and SIGNUP in about):
            continue
        if past or left <= lead:
            yield AgendaEntry(
                AgendaGroup.DUE,
                item.title,
                _with_day(item.note if item.reports else "未办", item.day, check),
                _due_words(item.day, check, left) + ("（自定）" if item.note.startswith(OWN_DAY) else ""),
                item.clause,
                AgendaAction.OPEN,
                due=item,
            )


def _finding_title(finding: Finding, check: YearCheck, snapshot: YearSnapshot) -> str:
    subject = wording.finding_subject(finding, snapshot)
    if finding.decision is not None:
        return f"列席 · {subject}"
    if finding.situation == "unrecorded":
        return f"待登记 · {subject}"
    title = wording.milestone_title(finding, check.ruleset)
    return f"{title} · {subject}" if subject else title


_LINES = {
    "unrecorded": "活动日期已过，结果未登记",
    "no_feedback": "采纳反馈未回",
    "not_invited": "代表未邀请",
    "policy_filing": "材料未备案",
    "policy_linkage": "办事事项未上线",
    "policy_integration": "未集成推送",
}


def _finding_line(finding: Finding, check: YearCheck) -> str:
    if finding.situation == "policy_forms":
        return f"解读方式 {finding.actual}/{finding.expected}"
    return wording.reported_of(finding, check.today) or _LINES.get(finding.situation, "未办")


def _finding_deadline(finding: Finding, check: YearCheck) -> str:
    if finding.situation in _PAPERS:
        return "发布后即应推送"
    if finding.due is None:
        return "日期未定"
    if finding.situation == "no_feedback":
        mark = "自定期限" if finding.own else "期限"
        return f"会后 {finding.actual} 天，{mark} {wording.short_day(finding.due)}"
    return _due_words(finding.due, check, finding.workdays_left) + ("（自定）" if finding.own else "")


def _due_words(due: date, check: YearCheck, left: int | None) -> str:
    day = _day_words(due, check)
    if due < check.today:
        return f"期限{day}已过 {(check.today - due).days} 天"
    return f"{day}前，剩 {left} 个工作日"
