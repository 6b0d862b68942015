"""季度活动计划的内容：哪些活动列入、怎么分组、每格写什么。"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from exports.pdf.table import Cell, Listing, Row
from exports.pdf.text import LONGEST_FIELD, clean
from exports.pdf.times import meeting_time, printed_time
from models.domain.attendance import Decision, Meeting
from models.domain.events import Campaign, Event, EventStatus
from models.domain.periods import quarter_period
from models.domain.rules import RuleKind, RuleSet, Severity
from models.domain.snapshot import YearSnapshot
from planners.results import Cell as PeriodCell
from planners.results import CellState, YearCheck
from planners.wording import QUARTERS, cell_title, estimate_mark

HEADS = ("序号", "类别", "活动名称", "时间", "地点", "牵头单位", "责任单位", "参与对象", "备注")
FREQUENCY_HEADS = ("要求", "计划", "完成", "结论", "依据条款")
NO_ITEMS = "本季度暂无列入计划的活动"

_KINDS = {Campaign.OPEN_MONTH: "政府\n开放月", Campaign.HOST_MEETING: "重要会议"}
_STATUS_NOTES = {
    EventStatus.DRAFT: "草拟",
    EventStatus.PLANNED: "待确认",
    EventStatus.HELD: "已举办",
    EventStatus.POSTPONED: "已延期",
}
_OPEN = (CellState.GAP, CellState.AT_RISK, CellState.OVERDUE)
_NUMERALS = "一二三四五六七八九十"
_MONTH_NAMED = re.compile(r"(?<!\d)(?:(\d{4})\s*[年./-]\s*)?(1[0-2]|0?[1-9])\s*(?:月|[./-]\s*\d)")
_QUARTER_NAMED = re.compile(r"(?:(\d{4})\s*年)?\s*第?([一二三四1-4])季度?")


class Item(NamedTuple):
    """A numbered line of the plan; ``cut`` names the columns whose text was too long, and by how much."""

    number: int
    row: Row
    title: str
    cut: tuple[tuple[str, int], ...] = ()


class Group(NamedTuple):
    """The lines of one campaign."""

    title: str
    items: tuple[Item, ...]


class QuarterFacts(NamedTuple):
    """Everything the paper says, before it is laid out."""

    title: str
    basis: str
    groups: tuple[Group, ...]
    frequencies: tuple[Row, ...]
    remarks: tuple[str, ...]
    demo: bool

    @property
    def items(self) -> tuple[Item, ...]:
        """Every numbered line, in order."""
        return tuple(item for group in self.groups for item in group.items)

    @property
    def digest(self) -> str:
        """A short check number of the contents: equal contents have equal ones."""
        parts = [self.title, self.basis, *self.remarks]
        for group in self.groups:
            parts += [group.title, *("\x1f".join(item.row.texts) for item in group.items)]
        parts += ["\x1f".join(row.texts) for row in self.frequencies]
        return hashlib.sha256("\x1e".join(parts).encode()).hexdigest()[:8].upper()


def quarter_facts(snapshot: YearSnapshot, check: YearCheck, quarter: int) -> QuarterFacts:
    """The plan of a quarter: its events by campaign, the meetings with public delegates, the count of duties.

    Listed: every event that begins in the quarter, whatever its status but 已取消; a 已延期 one keeps
    its line (with 已延期) as long as its day or its words lie in the quarter; an event without a day is
    listed where the words of its time name the quarter or a month of it (and nowhere while it is 待定).
    A meeting that carries a listed 科创问政 zone is named in the zone's 备注 and has no line of its own.
    Personal names of delegates never appear.
    """
    row = snapshot.year_row
    return QuarterFacts(
        title=f"{clean(row.district).text}{row.year}年第{QUARTERS[quarter - 1]}季度政务公开活动计划",
        basis=_basis(check.ruleset),
        groups=_groups(snapshot, check.ruleset, quarter),
        frequencies=tuple(_frequency_rows(check, quarter)),
        remarks=_remarks(snapshot, check, quarter),
        demo=row.setting("demo") is True,
    )


def _basis(ruleset: RuleSet) -> str:
    carried = "，本年度沿用" if ruleset.carried_over else ""
    return f"依据：《{ruleset.title}》（{ruleset.document}{carried}）"


def _remarks(snapshot: YearSnapshot, check: YearCheck, quarter: int) -> tuple[str, ...]:
    """The notes below the tables."""
    if snapshot.year_row.holidays.announced:
        return ()
    mark = (
        "；结论中标“估算”的，以正式通知为准" if any(map(_leans_on_estimate, _duties(check, quarter))) else ""
    )
    return (f"注：{estimate_mark(snapshot.year)}{mark}。",)


# ── 活动 ──


def _groups(snapshot: YearSnapshot, ruleset: RuleSet, quarter: int) -> tuple[Group, ...]:
    listed = _listed_events(snapshot, quarter)
    sections = [
        (_campaign_title(snapshot, ruleset, campaign, quarter), events)
        for campaign, events in _by_campaign(listed)
    ]
    rows = [(title, [_event_cells(snapshot, event) for event in events]) for title, events in sections]
    if sittings := list(_sittings(snapshot, quarter)):
        rows.append((f"公众代表列席{_clause(ruleset, 'attendance.invited')}", sittings))
    return tuple(_numbered(rows))


def _numbered(sections: Iterable[tuple[str, list[list[Cell]]]]) -> Iterator[Group]:
    number = 0
    for at, (title, lines) in enumerate(sections):
        items = []
        for cells in lines:
            number += 1
            items.append(_item(number, cells))
        yield Group(f"{_NUMERALS[at]}、{title}", tuple(items))


def _item(number: int, cells: list[Cell]) -> Item:
    cleaned: list[Cell] = [str(number)]
    cut: list[tuple[str, int]] = []
    for head, cell in zip(HEADS[1:], cells, strict=True):
        value, lost = _cleaned(cell)
        cleaned.append(value)
        if lost:
            cut.append((head, lost))
    title = cleaned[2]
    assert isinstance(title, str)
    return Item(number, Row(tuple(cleaned), f"第{number}项", number), title, tuple(cut))


def _cleaned(cell: Cell) -> tuple[Cell, int]:
    if not isinstance(cell, Listing):
        return clean(cell)
    parts: list[str] = []
    used = lost = 0
    for part in cell.parts:
        text, cut = clean(part.replace("\n", " "), max(1, LONGEST_FIELD - used))
        parts.append(text)
        used, lost = used + len(text) + 1, lost + cut
    return Listing(tuple(part for part in parts if part)), lost


def _listed_events(snapshot: YearSnapshot, quarter: int) -> list[Event]:
    """The quarter's events; a meeting with a listed 科创问政 zone stands in that line's 备注 only."""
    listed = [event for event in snapshot.events if is_listed(event, snapshot.year, quarter)]
    hosts = {event.host_event for event in listed}
    return [
        event for event in listed if event.campaign is not Campaign.HOST_MEETING or event.key not in hosts
    ]


def is_listed(event: Event, year: int, quarter: int) -> bool:
    """Whether the plan of the quarter lists ``event`` (see ``quarter_facts``)."""
    if event.status is EventStatus.CANCELLED:
        return False
    if event.starts_at is not None:
        return event.starts_at.date() in quarter_period(year, quarter)
    return quarter_named(event.raw_time, year) == quarter


def quarter_named(words: str, year: int) -> int | None:
    """The quarter of ``year`` that a time in words names, None for none or another year's.

    >>> [quarter_named(words, 2027) for words in ("第二季度", "9月中旬", "5.15", "2026年5月", "待定")]
    [2, 3, 2, None, None]
    """
    if match := _QUARTER_NAMED.search(words):
        named = match.group(2)
        quarter = QUARTERS.index(named) + 1 if named in QUARTERS else int(named)
    elif match := _MONTH_NAMED.search(words):
        quarter = (int(match.group(2)) + 2) // 3
    else:
        return None
    return quarter if match.group(1) in (None, str(year)) else None


def _by_campaign(events: list[Event]) -> Iterator[tuple[Campaign, list[Event]]]:
    for campaign in Campaign:
        if chosen := [event for event in events if event.campaign is campaign]:
            yield campaign, sorted(chosen, key=lambda event: (event.starts_at is None, event.starts_at))


def _campaign_title(snapshot: YearSnapshot, ruleset: RuleSet, campaign: Campaign, quarter: int) -> str:
    clause = next((f"（第{rule.clause}条）" for rule in ruleset.rules if campaign in rule.campaigns), "")
    if campaign is not Campaign.PARK:
        return campaign.label + clause
    theme = clean(snapshot.year_row.quarter_themes[quarter - 1] or "").text.replace("\n", " ")
    return f"{campaign.label}{clause}　季度主题：{theme or '未定'}"


def _clause(ruleset: RuleSet, code: str) -> str:
    return next((f"（第{rule.clause}条）" for rule in ruleset.rules if rule.code == code), "")


def _event_cells(snapshot: YearSnapshot, event: Event) -> list[Cell]:
    """类别 to 备注 of an event."""
    return [
        _kind(event),
        event.title,
        printed_time(event),
        snapshot.place_of(event) or "、".join(event.platforms) or ("线上" if event.online_only else "待定"),
        _names(snapshot, event.lead_units),
        _names(snapshot, tuple(dict.fromkeys((*event.responsible_units, *event.towns)))),
        _audience(event),
        _event_note(snapshot, event),
    ]


def _kind(event: Event) -> str:
    finer = "、".join(stage.label for stage in event.stages) or event.theme_class.removesuffix("类")
    label = _KINDS.get(event.campaign, event.campaign.label)
    return f"{label}\n{finer}" if finer else label


def _names(snapshot: YearSnapshot, keys: tuple[str, ...]) -> Listing:
    return Listing(tuple(snapshot.unit_name(key) for key in keys))


def _audience(event: Event) -> str:
    expected = "" if event.expected is None else f"约{event.expected}人"
    return "\n".join(part for part in (event.audience, expected) if part)


def _event_note(snapshot: YearSnapshot, event: Event) -> str:
    status = _STATUS_NOTES.get(event.status, "")
    if status and event.status_reason:
        status = f"{status}：{event.status_reason}"
    host = snapshot.event_by_key.get(event.host_event or "")
    parts = (
        status,
        f"设于“{host.short or host.title}”" if host else "",
        f"主题：{event.theme}" if event.theme else "",
        "线上" if event.online_only else "",
        event.note,
    )
    return "；".join(part for part in parts if part)


# ── 公众代表列席 ──


def _sittings(snapshot: YearSnapshot, quarter: int) -> Iterator[list[Cell]]:
    """The decisions of the quarter's meetings, meeting by meeting; without a name of anybody."""
    period = quarter_period(snapshot.year, quarter)
    starts = {
        one.key: one.starts_at
        for one in snapshot.meetings
        if one.starts_at and one.starts_at.date() in period
    }
    meetings = [meeting for meeting in snapshot.meetings if meeting.key in starts]
    for meeting in sorted(meetings, key=lambda one: starts[one.key]):
        for decision in snapshot.decisions:
            if decision.meeting == meeting.key:
                yield _sitting_cells(snapshot, decision, meeting)


def _sitting_cells(snapshot: YearSnapshot, decision: Decision, meeting: Meeting) -> list[Cell]:
    return [
        "公众\n列席",
        decision.title,
        meeting_time(meeting),
        f"{meeting.body}{meeting.number}",
        _names(snapshot, (decision.unit,) if decision.unit else ()),
        Listing(()),
        "—" if decision.exemption else _concerned(snapshot, decision),
        f"特殊情况不邀请：{decision.exemption}" if decision.exemption else "",
    ]


def _concerned(snapshot: YearSnapshot, decision: Decision) -> str:
    """Whose delegates sit in: the groups they come from, never who they are."""
    invited = {
        invitation.delegate for invitation in snapshot.invitations if invitation.decision == decision.key
    }
    groups = dict.fromkeys(one.group for one in snapshot.delegates if one.key in invited and one.group)
    return f"{'、'.join(groups)}代表" if groups else "利益相关方代表"


# ── 频次核对 ──


def _duties(check: YearCheck, quarter: int) -> list[PeriodCell]:
    """The hard period cells that lie in the quarter."""
    period = quarter_period(check.year, quarter)
    return [
        cell
        for cell in check.cells
        if cell.severity is Severity.HARD and cell.first in period and cell.last in period
    ]


def _frequency_rows(check: YearCheck, quarter: int) -> Iterator[Row]:
    for cell in _duties(check, quarter):
        rule = check.ruleset.rule(cell.rule)
        assert rule.kind is RuleKind.FREQUENCY
        name = cell_title(cell, check.ruleset)
        verdict = clean(_verdict(cell)).text
        basis = f"第{rule.clause}条　{rule.quote}"
        yield Row((f"{name}：{_asked(cell)}", str(cell.forecast), str(cell.held), verdict, basis), name)


def _asked(cell: PeriodCell) -> str:
    if cell.state in (CellState.EXEMPT, CellState.NOT_APPLICABLE):
        return "不作要求"
    wanted = [f"至少{cell.minimum}场" if cell.minimum else "", f"目标{cell.target}场" if cell.target else ""]
    if cell.theme is not None:
        wanted.insert(0, "突出一个主题")
    return "，".join(part for part in wanted if part) or "不限场次"


def _verdict(cell: PeriodCell) -> str:
    """The state, what is short, why, and whether it leans on an estimate."""
    parts = [cell.state.label]
    if cell.state in _OPEN and (short := cell.minimum - _counted(cell)) > 0:
        parts.append(f"缺{short}场")
    if cell.state in _OPEN and cell.theme == "":
        parts.append("主题未定")
    if cell.state is CellState.AT_RISK and len(parts) == 1:
        parts.append("待确认")
    text = "，".join(parts)
    reason = f"（{cell.reason}）" if cell.reason else ""
    return f"{text}{reason}{'〔估算〕' if _leans_on_estimate(cell) else ''}"


def _leans_on_estimate(cell: PeriodCell) -> bool:
    """Whether the verdict counts working days that are not announced yet."""
    return cell.estimated and cell.state in _OPEN


def _counted(cell: PeriodCell) -> int:
    return cell.held if cell.state is CellState.OVERDUE else cell.forecast
