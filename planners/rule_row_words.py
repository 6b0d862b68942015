"""规则检查页的话：缺什么、何时前、怎么办，以及每条规则要求什么。"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from datetime import date, timedelta
from functools import lru_cache
from typing import NamedTuple

from models.domain.events import Campaign, Event, EventStatus, Labelled
from models.domain.policies import PolicyDocument
from models.domain.rules import GroupKind, PeriodKind, Rule, RuleKind
from models.domain.snapshot import YearSnapshot
from models.domain.text import quoted
from models.domain.workdays import workdays_of
from planners import wording
from planners.cell_status import CellStatus, cell_status
from planners.checks.context import number
from planners.results import (
    HOST_CANCELLED,
    OTHER_DAY,
    AgendaAction,
    Cell,
    CellState,
    Conflict,
    ConflictKind,
    Finding,
    FindingState,
    YearCheck,
)
from planners.wording import short_day

_ONE = timedelta(days=1)


class Fix(Labelled):
    """The smallest safe thing to do about a row; “…” asks for something first."""

    SCHEDULE = "schedule", "排入"
    CONFIRM = "confirm", "标为已确认"
    THEME = "theme", "定主题…"
    EXPLAIN = "explain", "登记说明…"
    RECORD = "record", "登记结果…"
    EVENT = "event", "去处理"
    NEW = "new", "新建活动…"
    DECISION = "decision", "去处理"
    DONE = "done", "标为已完成"
    REPORTS = "reports", "逐家登记…"
    FILE = "file", "记为今日备案"
    LINK = "link", "记为今日上线"
    FORM = "form", "登记解读方式…"
    PUSH = "push", "记为已推送"
    POLICY = "policy", "打开政策文件…"
    ZONE = "zone", "设置专区"
    CALENDAR = "calendar", "在日历中看"
    NONE = "none", ""


class RowWords(NamedTuple):
    """What a row says: where, 缺什么, 何时前, 怎么办. ``estimated``: leans on days off not announced."""

    where: str
    missing: str
    until: str
    remedy: str
    estimated: bool = False


class Speaker:
    """Says what is the matter with the cells, findings and conflicts of one check."""

    def __init__(self, check: YearCheck, snapshot: YearSnapshot) -> None:
        self.today = check.today
        self._check = check
        self._snapshot = snapshot
        self._workdays = workdays_of(snapshot)
        self._left: dict[tuple[Campaign | None, date], int] = {}

    # cells

    def cell(self, cell: Cell, *, named: bool) -> tuple[RowWords, Fix, str | None]:
        """Words, fix and event of a cell that is short; ``named``: with the name of its rule."""
        where = self.cell_name(cell, named=named)
        status = cell_status(cell, self._snapshot, self.today)
        missing, remedy = self._cell_missing(cell, status), self._cell_remedy(cell, status)
        until = self._cell_until(cell, status)
        return (
            RowWords(where, missing, until, remedy, cell.estimated and cell.last >= self.today),
            _CELL_FIXES[status.action] if status.action else Fix.NONE,
            status.event.key if status.event else None,
        )

    def cell_name(self, cell: Cell, *, named: bool = False) -> str:
        """高中 · 一季度; 6月; with the rule's name where the line has several."""
        period = wording.period_name(cell, self._check.ruleset)
        parts = [cell.group, period] if cell.group else [period]
        if named:
            parts.insert(0, self._check.ruleset.rule(cell.rule).title)
        return " · ".join(part for part in parts if part)

    def _cell_missing(self, cell: Cell, status: CellStatus) -> str:
        counted, event = f"{wording.count_of(cell)} 场", status.event
        theme = "，季度主题未定" if status.lacks_theme else ""
        if cell.state is CellState.OVERDUE:
            return f"{counted}，期限已过{theme}"
        if event is not None:
            place = "" if self._snapshot.place_of(event) else _place_word(event.campaign)
            return f"{counted}，但 {event.day_words} 仍为“已排”{place}"
        return f"{counted}{theme}" if status.missing or not theme else theme[1:]

    def _cell_until(self, cell: Cell, status: CellStatus) -> str:
        if status.until is not None and status.until < self.today:
            return f"{short_day(status.until)}（已过 {(self.today - status.until).days} 天）"
        if status.event is not None and status.until is not None:
            return f"{short_day(status.until)}（剩 {status.left} 个工作日）"
        if cell.workdays_left is not None:
            rest = f"剩 {status.left} 个工作日"
        else:
            rest = self._room(cell)
        until = cell.last_feasible_day
        if until is not None and cell.shortfall > 1:
            rest += f"，最晚 {short_day(until)}排入"
        if until is None and cell.shortfall:
            rest = "周期内已没有可排的工作日"
        return f"{short_day(cell.last)}（{rest}）"

    def _room(self, cell: Cell) -> str:
        """Working days of a coming period that are not 停排 for everybody."""
        rule = self._check.ruleset.rule(cell.rule)
        campaign = rule.campaigns[0] if rule.campaigns else None
        key = (campaign, cell.first)
        if key not in self._left:
            self._left[key] = self._free_workdays(campaign, cell)
        free = self._left[key]
        outside = "停排期外" if free < self._workdays.count(cell.first, cell.last + _ONE) else ""
        return f"{outside}可排 {free} 个工作日"

    def _free_workdays(self, campaign: Campaign | None, cell: Cell) -> int:
        blocked = {
            day
            for period in self._snapshot.blocked
            if not period.units and not period.venues
            if not period.campaigns or campaign in period.campaigns
            for day in period.days_near(self._snapshot.year)
        }
        first = max(cell.first, self.today)
        days = (first + n * _ONE for n in range((cell.last - first).days + 1))
        return sum(day not in blocked and self._workdays.is_workday(day) for day in days)

    def _cell_remedy(self, cell: Cell, status: CellStatus) -> str:
        if cell.state is CellState.OVERDUE:
            if cell.reason:
                return f"已登记说明：{cell.reason}"
            return "过去的周期不能补排；登记未开展原因，检查单如实列出"
        if status.event is not None:
            recorded = status.action is AgendaAction.RECORD
            return _FINDINGS["unrecorded"].remedy if recorded else self._how_to_confirm(status.event)
        if status.lacks_theme:
            return "先拟定季度主题，再排走进" if status.missing else "拟定季度主题，主题定了即可"
        return f"再排入 {status.missing} 场" if status.missing > 1 else "排入一场"

    def _how_to_confirm(self, event: Event) -> str:
        units = "、".join(self._snapshot.unit_name(key) for key in event.units[:2])
        who = f"与{units}" if units else "与牵头单位"
        if not self._snapshot.place_of(event):
            what = "学校" if event.campaign is Campaign.CAMPUS else "地点"
            return f"选定{what}，{who}商定后标为已确认"
        return f"{who}商定{quoted(event.short or event.title)}后标为已确认"

    # findings

    def finding(self, finding: Finding, *, named: bool) -> tuple[RowWords, Fix]:
        """Words and fix of a finding; ``named``: with the name of its rule."""
        look = _FINDINGS[finding.situation]
        subject = wording.finding_subject(finding, self._snapshot)
        title = self._title(finding)
        where = " · ".join(part for part in ([title, subject] if named or not subject else [subject]) if part)
        said = RowWords(
            where,
            wording.reported_of(finding, self.today) or look.missing(finding),
            self._finding_until(finding),
            look.remedy,
            finding.estimated and finding.due is not None and finding.due >= self.today,
        )
        return said, Fix.REPORTS if wording.reported_of(finding, self.today) else look.fix

    def _title(self, finding: Finding) -> str:
        try:
            return wording.milestone_title(finding, self._check.ruleset)
        except KeyError:
            return ""

    def _finding_until(self, finding: Finding) -> str:
        if finding.due is None:
            return "日期未定"
        day, own = self.day(finding.due), "自定，" if finding.own else ""
        if finding.due < self.today:
            passed = (self.today - finding.due).days
            return f"{day}（{own}已过 {passed} 天）"
        left = self._workdays.count(self.today, finding.due + _ONE)
        return f"{day}（{own}剩 {left} 个工作日）"

    def day(self, day: date) -> str:
        """6月30日, with the year where it is another one."""
        return short_day(day, self._check.year)

    # conflicts

    def conflict(self, conflict: Conflict) -> tuple[RowWords, str | None]:
        """Words of a conflict and the event to begin with: the last of those still open to change."""
        snapshot = self._snapshot
        events = [snapshot.event_by_key[key] for key in conflict.events if key in snapshot.event_by_key]
        open_ones = [event for event in events if event.status is not EventStatus.HELD]
        sentence = wording.conflict_sentence(conflict, snapshot).rstrip("。")
        if conflict.kind is ConflictKind.WEEK_LOAD:
            sentence = f"{len(conflict.events)} 场，上限 {conflict.limit} 场"
        said = RowWords(
            self._conflict_place(conflict),
            sentence,
            self._conflict_until(conflict),
            _CONFLICT_REMEDIES[conflict.kind],
        )
        chosen = (open_ones or events)[-1:]
        return said, chosen[0].key if chosen else None

    def _conflict_place(self, conflict: Conflict) -> str:
        if conflict.kind is ConflictKind.WEEK_LOAD:
            return f"{short_day(conflict.day)}起的一周"
        return f"{short_day(conflict.day)} · {conflict.kind.label}"

    def _conflict_until(self, conflict: Conflict) -> str:
        if conflict.day < self.today:
            return f"{short_day(conflict.day)}（已过）"
        return f"{short_day(conflict.day)}前"


_CONFLICT_REMEDIES = {
    ConflictKind.WEEK_LOAD: "移开几场，或在参数里改上限",
    ConflictKind.VENUE: "改时间或换场地",
    ConflictKind.UNIT: "改时间或换人",
    ConflictKind.TOWN_DAY: "改到另一天，居民不必两头跑",
}


_CELL_FIXES = {
    AgendaAction.EXPLAIN: Fix.EXPLAIN,
    AgendaAction.SET_THEME: Fix.THEME,
    AgendaAction.SCHEDULE: Fix.SCHEDULE,
    AgendaAction.CONFIRM: Fix.CONFIRM,
    AgendaAction.RECORD: Fix.RECORD,
}


def _place_word(campaign: Campaign) -> str:
    return "且无学校" if campaign is Campaign.CAMPUS else "且无地点"


class _Look(NamedTuple):
    missing: Callable[[Finding], str]
    remedy: str
    fix: Fix = Fix.EVENT


def _said(text: str) -> Callable[[Finding], str]:
    return lambda _: text


def _lacking(text: str) -> Callable[[Finding], str]:
    return lambda finding: text.format("、".join(finding.missing))


def _late(text: str) -> Callable[[Finding], str]:
    return lambda finding: f"{text}晚了 {finding.actual} 天"


def _uninvited(finding: Finding) -> str:
    if finding.expected:
        return f"只邀请了 {finding.actual} 名代表，应不少于 {finding.expected} 名"
    listed = f"名单上有 {finding.actual} 人，" if finding.actual else ""
    return f"{listed}还没有邀请代表，也没有写明特殊情况"


def _in_august(finding: Finding) -> str:
    if finding.missing:
        return f"{'、'.join(finding.missing)}，宜 {finding.expected} 场以上"
    return f"{finding.actual} 场全在 8 月"


def _feedback(finding: Finding) -> str:
    return f"会后 {finding.actual} 天，{'，'.join(finding.missing)}"


def _milestone(finding: Finding) -> str:
    done = "还没有办" if finding.state is not FindingState.OVERDUE else "期限已过，还没有办"
    return "，".join(filter(None, (done, finding.reason)))


_DONE = _Look(_milestone, "办完后标为已完成", Fix.DONE)


def _away_from_host(finding: Finding) -> str:
    if HOST_CANCELLED in finding.missing:
        return "宿主会议已取消"
    return "与宿主会议不在同一天" if OTHER_DAY in finding.missing else "没有宿主会议"


_FINDINGS: Mapping[str, _Look] = {
    "few_platforms": _Look(lambda f: f"{f.actual}/{f.expected} 个直播平台", "补登直播平台"),
    "no_listening_form": _Look(_said("没有登记听取意见的形式"), "登记问卷、走访或座谈"),
    "other_theme": _Look(_lacking("主题不是本季度的“{}”"), "并入本季度主题，或排到合适的季度"),
    "not_joint": _Look(_lacking("缺{}"), "补上联合开展的单位"),
    "in_school_break": _Look(_said("在学校放假期间"), "与学校确认，或改到开学后"),
    "on_day_off": _Look(_lacking("落在放假日（{}）"), "确认可以在放假日举办，或改一天"),
    "zone_without_host": _Look(_away_from_host, "选定现场设专区的重要会议活动"),
    "host_without_zone": _Look(_said("没有设“科创问政”专区"), "需要时在会议上设专区", Fix.ZONE),
    "no_interaction": _Look(_said("没有登记互动环节"), "登记答疑、座谈、体验或问卷"),
    "regular_opening": _Look(_in_august, "其他月份也安排一些开放活动", Fix.NEW),
    "unrecorded": _Look(_said("活动日期已过，结果未登记"), "登记举办结果，或改为延期、取消", Fix.RECORD),
    "not_invited": _Look(_uninvited, "邀请代表，或写明特殊情况", Fix.DECISION),
    "not_approved": _Look(_said("登记了特殊情况，没有写明谁批准"), "补上批准人", Fix.DECISION),
    "no_feedback": _Look(_feedback, "写明采纳情况并反馈代表", Fix.DECISION),
    "not_published": _Look(_said("会议信息还没有公开"), "公开会议信息后登记日期", Fix.DECISION),
    "not_heard": _Look(
        _said("没有登记听取利害关系人意见的形式"), "登记听取意见的形式，或写明特殊情况", Fix.DECISION
    ),
    "policy_filing": _Look(_said("解读材料还没有备案"), "向区政府办公室备案", Fix.FILE),
    "policy_filing_late": _Look(_late("备案"), "事实如实保留", Fix.NONE),
    "policy_materials": _Look(_lacking("备案时缺{}"), "补交后登记所附材料", Fix.POLICY),
    "policy_linkage": _Look(_said("一网通办事项还没有上“阅办联动”"), "上线后记下日期", Fix.LINK),
    "policy_linkage_late": _Look(_late("上线"), "事实如实保留", Fix.NONE),
    "policy_forms": _Look(lambda f: f"{f.actual}/{f.expected} 种解读方式", "补登解读方式", Fix.FORM),
    "policy_integration": _Look(_said("还没有集成推送"), "推送后记一笔", Fix.PUSH),
    "milestone": _DONE,
    "days_after_issue": _DONE,
    "next_first_quarter": _DONE,
    "workdays_after": _DONE,
}


def concerns(rule: Rule, policy: PolicyDocument) -> bool:
    """Whether the rule asks something of the document."""
    if policy.published_on is None:
        return False
    if rule.check == "policy_filing":
        return policy.office_name
    return policy.online_service if rule.check == "policy_linkage" else True


# what a rule asks


@lru_cache(maxsize=256)
def asks(rule: Rule) -> str:
    """What the rule asks, in a few words with its present numbers: 每月至少 1 场，宜 2 场."""
    return _frequency(rule) if rule.kind is RuleKind.FREQUENCY else _other(rule)


_PERIODS = {
    PeriodKind.MONTH: "每月",
    PeriodKind.QUARTER: "每季",
    PeriodKind.HALF_YEAR: "每半年",
    PeriodKind.AUGUST: "8月",
    PeriodKind.YEAR: "全年",
}
_GROUPS = {
    GroupKind.STAGE: "分学段",
    GroupKind.STAGE_AUDIENCE: "分学段与对象",
    GroupKind.TOWN: "各街镇",
    GroupKind.UNIT: "各单位",
    GroupKind.UNIT_PARK: "各单位",
    GroupKind.THEME_CLASS: "各主题",
}


def _frequency(rule: Rule) -> str:
    assert rule.period is not None
    minimum, target = number(rule, "minimum"), number(rule, "target", 0)
    period, group = _PERIODS[rule.period], _GROUPS.get(rule.group, "")
    if any(entry.name == "theme_required" and entry.value for entry in rule.parameters):
        visits = f"，至少走进 {minimum} 场{rule.own_mark('minimum')}" if minimum else "与计划"
        return f"{period}一个主题{visits}"
    exempt = number(rule, "exempt_month", 0)
    most = number(rule, "most", 0)
    wish = f"，宜 {target}—{most} 场" if most else f"，宜 {target} 场" if target > minimum else ""
    wish += rule.own_mark("target", "most") if wish else ""
    besides = f"，{exempt}月除外{rule.own_mark('exempt_month')}" if exempt else ""
    return f"{period}{group}至少 {minimum} 场{rule.own_mark('minimum')}{wish}{besides}"


def _other(rule: Rule) -> str:
    if rule.check == "milestone":
        each = _GROUPS.get(rule.group, "")
        if rule.period is not None:
            return f"{rule.period.label}{each}一次"
        return f"{each}{number(rule, 'month')}月{number(rule, 'day')}日前{rule.own_mark('month')}"
    if rule.check == "workdays_after":
        what = "、".join(campaign.label for campaign in rule.campaigns)
        return f"{what}{rule.parameter('after')}后 {number(rule, 'workdays')} 个工作日内"
    template = {
        "zone_without_host": "设在重要会议活动现场",
        "in_school_break": "学校放假期间慎排",
        "not_invited": "除特殊情况外应当邀请",
        "not_heard": "听取直接利害关系人意见",
        "policy_filing": "发布后 {workdays} 个工作日内备案",
        "policy_linkage": "发布 {workdays} 个工作日内上线",
        "policy_forms": "每份至少 {minimum} 种方式",
        "policy_integration": "发布一件，推送一件",
        "days_after_issue": "印发后 {days} 日内报送",
        "next_first_quarter": "次年第一季度公布",
    }.get(rule.check, rule.title)
    said = template.format(**{entry.name: entry.value for entry in rule.parameters})
    return said + rule.own_mark(*re.findall(r"\{(\w+)\}", template))


def met_words(cell: Cell, snapshot: YearSnapshot) -> str:
    """What a met cell says in one line: 3/10 考前心理疏导（1/1）; 豁免：集中开展政府开放月."""
    if cell.state is CellState.EXEMPT:
        return f"豁免：{cell.reason}"
    events = [snapshot.event_by_key[key] for key in cell.events if key in snapshot.event_by_key]
    names = [f"{event.day_words} {event.short or event.title}" for event in events]
    more = f" 等 {len(names)} 场" if len(names) > 3 else ""
    wish = "，达宜办数" if cell.target and cell.target > cell.minimum and cell.held >= cell.target else ""
    theme = f"主题：{cell.theme}；" if cell.theme else ""
    beyond = f"，{words}" if (words := wording.beyond_held(cell)) else ""
    return f"{theme}{'、'.join(names[:3])}{more}（{wording.count_of(cell)}{beyond}{wish}）"
