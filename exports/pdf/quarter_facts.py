"""季度活动计划的内容：哪些活动列入、怎么分组、每格写什么。"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from typing import NamedTuple

from exports.pdf.choice import ChosenEvents
from exports.pdf.items import Item, ItemGroup, digest_of, lettered, numbered, row_text
from exports.pdf.table import Cell, Listing, PrintRow
from exports.pdf.text import clean
from exports.pdf.times import meeting_time, printed_time
from exports.print_options import PrintOptions
from models.domain.attendance import Decision, Meeting
from models.domain.events import Campaign, Event, EventStatus
from models.domain.periods import quarter_period
from models.domain.release_scope import MONTH_NAMED, quarter_named
from models.domain.rules import Rule, RuleKind, RuleSet, Severity, clause_words
from models.domain.snapshot import YearSnapshot
from models.domain.text import quoted
from planners.in_force import undecided_count
from planners.results import Cell as PeriodCell
from planners.results import YearCheck
from planners.wording import QUARTERS, cell_title, estimate_mark

HEADS = ("序号", "类别", "活动名称", "时间", "地点", "牵头单位", "责任单位", "参与对象", "备注")
FREQUENCY_HEADS = ("要求", "计划", "完成", "结论", "依据条款")
NO_ITEMS = "本季度暂无列入计划的活动"
TITLE_COLUMN = 2
LONGEST_TITLE = 200

_KINDS = {Campaign.OPEN_MONTH: "政府\n开放月", Campaign.HOST_MEETING: "重要会议"}


class QuarterFacts(NamedTuple):
    """Everything the paper says, before it is laid out."""

    title: str
    basis: str
    groups: tuple[ItemGroup, ...]
    frequencies: tuple[PrintRow, ...]
    remarks: tuple[str, ...]
    demo: bool

    @property
    def items(self) -> tuple[Item, ...]:
        """Every numbered line, in order."""
        return tuple(item for group in self.groups for item in group.items)

    @property
    def digest(self) -> str:
        """A short check number of the contents: equal contents have equal ones."""
        texts = [self.title, self.basis, *self.remarks]
        for group in self.groups:
            texts += [group.title, *(row_text(item.row) for item in group.items)]
        return digest_of((*texts, *map(row_text, self.frequencies)))


ALL = PrintOptions()
"""Everything of the quarter."""


def quarter_facts(
    snapshot: YearSnapshot, check: YearCheck, quarter: int, options: PrintOptions = ALL
) -> QuarterFacts:
    """The plan of a quarter: its events by campaign, the meetings with public delegates, the count of duties.

    Listed: every event that begins in the quarter, whatever its status but 已取消; a 已延期 one keeps
    its line (with 已延期) as long as its day or its words lie in the quarter; an event without a day is
    listed where the words of its time name the quarter or a month of it (and nowhere while it is 待定).
    A meeting that carries a listed 科创问政 zone is named in the zone's 备注 and has no line of its own.
    Personal names of delegates never appear. ``options`` narrow the choice; what a limit of the
    政府开放月 leaves out is counted in its group's title.
    """
    row = snapshot.year_row
    usual = f"{clean(row.district).text}{row.year}年第{QUARTERS[quarter - 1]}季度政务公开活动计划"
    frequencies = tuple(frequency_rows(check, quarter, options)) if options.rule_summary else ()
    return QuarterFacts(
        title=title_of(options, usual),
        basis=basis_of(check.ruleset) if options.clauses else "",
        groups=_groups(snapshot, check.ruleset, quarter, options),
        frequencies=frequencies,
        remarks=_remarks(snapshot, check, quarter, options),
        demo=row.setting("demo") is True,
    )


def title_of(options: PrintOptions, usual: str) -> str:
    """The title that was chosen, else the usual one; on one line of the file's data."""
    chosen = clean(options.title, LONGEST_TITLE).text.replace("\n", " ")
    return chosen or usual


def basis_of(ruleset: RuleSet) -> str:
    """依据：《2024年宝山区政务公开工作要点》（宝府办〔2024〕14号，本年度沿用）; how many rules are undecided."""
    carried = "，本年度沿用" if ruleset.carried_over else ""
    undecided = undecided_count(ruleset)
    return f"依据：《{ruleset.title}》（{ruleset.document}{carried}）" + (
        f"；{undecided}" if undecided else ""
    )


def _remarks(
    snapshot: YearSnapshot, check: YearCheck, quarter: int, options: PrintOptions
) -> tuple[str, ...]:
    """The notes below the tables."""
    waiting = _waiting_note(snapshot, check, quarter, options)
    if snapshot.holidays.announced:
        return waiting
    leaning = options.rule_summary and any(map(leans_on_estimate, _duties(check, quarter, options)))
    mark = "；结论中标“估算”的，以正式通知为准" if leaning else ""
    return (f"注：{estimate_mark(snapshot.year)}{mark}。", *waiting)


def _waiting_note(
    snapshot: YearSnapshot, check: YearCheck, quarter: int, options: PrintOptions
) -> tuple[str, ...]:
    """The events without a day that may still come into the quarter, named: they have no line of their own."""
    choice = ChosenEvents(snapshot, options)
    named = [
        f"{event.campaign.label}“{clean(event.title, LONGEST_TITLE).text}”（{words}）"
        for event in snapshot.events
        if choice.takes(event) and (words := _waits_for(snapshot, event, quarter, check.today))
    ]
    if not named:
        return ()
    return (f"注：另有{len(named)}项没有定下日期，可能列入本季度，未列在表内：{'；'.join(named)}。",)


def _waits_for(snapshot: YearSnapshot, event: Event, quarter: int, today: date) -> str:
    """How an event without a day belongs to the quarter, in words; "" where it does not.

    It was in it before it was postponed; or nothing says where it belongs, and the quarter is not over.
    """
    if event.starts_at is not None or event.status is EventStatus.HELD:
        return ""
    if quarter_named(event.raw_time, snapshot.year) is not None:
        return ""  # listed in the quarter that its words name
    stamp = snapshot.stamps.get(event.key)
    period = quarter_period(snapshot.year, quarter)
    status = "已延期" if event.status is EventStatus.POSTPONED else "日期待定"
    if stamp is not None and stamp.last_time is not None:
        day = stamp.last_time.starts_at.date()
        return f"{status}，原定{day.month}月{day.day}日" if day in period else ""
    return status if today <= period.last else ""


# ── 活动 ──


def _groups(
    snapshot: YearSnapshot, ruleset: RuleSet, quarter: int, options: PrintOptions
) -> tuple[ItemGroup, ...]:
    choice = ChosenEvents(snapshot, options)
    sections: list[tuple[str, list[list[Cell]]]] = []
    for campaign, events in _by_campaign(_listed_events(snapshot, quarter, choice)):
        title = campaign_title(snapshot, ruleset, campaign, quarter, clauses=options.clauses)
        shown, left = _limited(campaign, events, options.open_month_limit)
        sections.append((f"{title}{left}", [_event_cells(choice, event) for event in shown]))
    if options.sittings and (sittings := list(_sittings(choice, quarter))):
        clause = _clause(ruleset, "not_invited") if options.clauses else ""
        sections.append((f"公众代表列席{clause}", sittings))
    titles = lettered([title for title, _ in sections])
    rows = zip(titles, (lines for _, lines in sections), strict=True)
    return tuple(numbered(rows, HEADS, TITLE_COLUMN))


def _limited(campaign: Campaign, events: list[Event], limit: int | None) -> tuple[list[Event], str]:
    """The events that are listed, and the words for those that are not."""
    if campaign is not Campaign.OPEN_MONTH or limit is None or len(events) <= limit:
        return events, ""
    return events[
        :limit
    ], f"　共{len(events)}场，列前{limit}场，其余{len(events) - limit}场见政府开放月活动表"


def _listed_events(snapshot: YearSnapshot, quarter: int, choice: ChosenEvents) -> list[Event]:
    """The quarter's events; a meeting with a listed 科创问政 zone stands in that line's 备注 only."""
    listed = [
        event for event in snapshot.events if is_listed(event, snapshot.year, quarter) and choice.takes(event)
    ]
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


def month_named(words: str, year: int) -> int | None:
    """The month of ``year`` that a time in words names.

    >>> [month_named(words, 2027) for words in ("9月中旬", "5.15", "2026年5月", "第二季度", "待定")]
    [9, 5, None, None, None]
    """
    match = MONTH_NAMED.search(words)
    if match is None or match.group(1) not in (None, str(year)):
        return None
    return int(match.group(2))


def _by_campaign(events: list[Event]) -> Iterator[tuple[Campaign, list[Event]]]:
    for campaign in Campaign:
        if chosen := [event for event in events if event.campaign is campaign]:
            yield campaign, sorted(chosen, key=lambda event: (event.starts_at is None, event.starts_at))


def campaign_title(
    snapshot: YearSnapshot, ruleset: RuleSet, campaign: Campaign, quarter: int, *, clauses: bool
) -> str:
    """走进园区（第2条）　季度主题：人才服务与科技创新."""
    found = next((f"（第{rule.clause}条）" for rule in ruleset.rules if campaign in rule.campaigns), "")
    clause = found if clauses else ""
    if campaign is not Campaign.PARK:
        return campaign.label + clause
    theme = clean(snapshot.year_row.quarter_themes[quarter - 1] or "", LONGEST_TITLE).text.replace("\n", " ")
    return f"{campaign.label}{clause}　季度主题：{theme or '未定'}"


def _clause(ruleset: RuleSet, check: str) -> str:
    rule = ruleset.checked_by(check)
    return f"（第{rule.clause}条）" if rule else ""


def _event_cells(choice: ChosenEvents, event: Event) -> list[Cell]:
    """类别 to 备注 of an event."""
    return [
        _kind(event),
        event.title,
        printed_time(event),
        choice.place(event),
        choice.names(event.lead_units),
        choice.names(dict.fromkeys((*event.responsible_units, *event.towns))),
        choice.audience(event),
        _event_note(choice, event),
    ]


def _kind(event: Event) -> str:
    finer = "、".join(stage.label for stage in event.stages) or event.theme_class.removesuffix("类")
    label = _KINDS.get(event.campaign, event.campaign.label)
    return f"{label}\n{finer}" if finer else label


def _event_note(choice: ChosenEvents, event: Event) -> str:
    host = choice.snapshot.event_by_key.get(event.host_event or "")
    return choice.notes(
        event,
        f"设于{quoted(host.short or host.title)}" if host else "",
        f"主题：{event.theme}" if event.theme else "",
        "线上" if event.online_only else "",
    )


# ── 公众代表列席 ──


def _sittings(choice: ChosenEvents, quarter: int) -> Iterator[list[Cell]]:
    """The decisions of the quarter's meetings, meeting by meeting; without a name of anybody."""
    snapshot = choice.snapshot
    period = quarter_period(snapshot.year, quarter)
    starts = {
        one.key: one.starts_at
        for one in snapshot.meetings
        if one.starts_at and one.starts_at.date() in period
    }
    meetings = [meeting for meeting in snapshot.meetings if meeting.key in starts]
    for meeting in sorted(meetings, key=lambda one: starts[one.key]):
        for decision in snapshot.decisions:
            if decision.meeting == meeting.key and choice.takes_unit(decision.unit):
                yield _sitting_cells(choice, decision, meeting)


def _sitting_cells(choice: ChosenEvents, decision: Decision, meeting: Meeting) -> list[Cell]:
    return [
        "公众\n列席",
        decision.title,
        meeting_time(meeting),
        f"{meeting.body}{meeting.number}",
        choice.names((decision.unit,) if decision.unit else ()),
        Listing(()),
        "—" if decision.exemption else _concerned(choice.snapshot, decision),
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


def _duties(check: YearCheck, quarter: int, options: PrintOptions) -> list[PeriodCell]:
    """The hard period cells that lie in the quarter and belong to a chosen campaign."""
    period = quarter_period(check.year, quarter)
    return [
        cell
        for cell in check.cells
        if cell.severity is Severity.HARD
        and cell.first in period
        and cell.last in period
        and of_campaigns(check.ruleset, cell, options.campaigns)
    ]


def of_campaigns(ruleset: RuleSet, cell: PeriodCell, campaigns: tuple[Campaign, ...]) -> bool:
    """Whether the cell's rule is about one of ``campaigns`` (none chosen: all)."""
    return not campaigns or any(one in campaigns for one in ruleset.rule(cell.rule).campaigns)


def frequency_rows(check: YearCheck, quarter: int, options: PrintOptions) -> Iterator[PrintRow]:
    """The quarter's duties, one a row."""
    return duty_rows(check, _duties(check, quarter, options), clauses=options.clauses)


def duty_rows(check: YearCheck, cells: Iterable[PeriodCell], *, clauses: bool) -> Iterator[PrintRow]:
    """要求, 计划, 完成, 结论 and 依据条款 of period cells; the clause is quoted once where it does not change."""
    quoted = ""
    for cell in cells:
        rule = check.ruleset.rule(cell.rule)
        assert rule.kind is RuleKind.FREQUENCY
        name = cell_title(cell, check.ruleset)
        verdict = clean(_verdict(cell)).text
        quote = "（同上）" if rule.code == quoted else f"　{rule.quote}"
        basis = f"{clause_words(rule.clause)}{quote}" if clauses or rule.is_own else ""
        quoted = rule.code
        yield PrintRow(
            (
                f"{name}：{_asked(cell, check.ruleset.rule_on(cell.rule, cell.first))}",
                str(cell.forecast),
                str(cell.held),
                verdict,
                basis,
            ),
            name,
        )


def _asked(cell: PeriodCell, rule: Rule) -> str:
    """What the period asks for; numbers of the office's own are marked as such beside the clause."""
    if not cell.state.is_asked:
        return "不作要求"
    wish = cell.target if cell.target and cell.target > cell.minimum else 0
    wanted = [
        f"至少{cell.minimum}场{rule.own_mark('minimum')}" if cell.minimum else "",
        f"目标{wish}场{rule.own_mark('target')}" if wish else "",
    ]
    if cell.theme is not None:
        wanted.insert(0, "突出一个主题")
    return "，".join(part for part in wanted if part) or "不限场次"


def _verdict(cell: PeriodCell) -> str:
    """The state, what is short, why, and whether it leans on an estimate."""
    parts = [cell.state.label]
    if cell.state.is_short and cell.missing:
        parts.append(f"缺{cell.missing}场")
    if cell.state.is_short and cell.lacks_theme:
        parts.append("主题未定")
    if cell.awaits_confirmation:
        parts.append("待确认")
    text = "，".join(parts)
    reason = f"（{cell.reason}）" if cell.reason else ""
    return f"{text}{reason}{'〔估算〕' if leans_on_estimate(cell) else ''}"


def leans_on_estimate(cell: PeriodCell) -> bool:
    """Whether the verdict counts working days that are not announced yet."""
    return cell.estimated and cell.state.is_short
