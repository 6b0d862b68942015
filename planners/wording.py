"""话：每种结果一句中文。窗口、打印和命令行都用它。"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date, datetime

from models.domain.events import Event, Precision
from models.domain.rules import RuleSet
from models.domain.snapshot import ItemKind, YearSnapshot
from models.domain.text import quoted, titled
from models.domain.workdays import WEEKDAYS
from planners.cell_status import CellStatus, cell_status
from planners.checks.counting import period_words
from planners.checks.milestones import MILESTONE_CHECKS
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

QUARTERS = "一二三四"
_NAMES_SHOWN = 5
_DIGITS = "〇一二三四五六七八九"


def year_in_words(year: int) -> str:
    """二〇二七."""
    return "".join(_DIGITS[int(digit)] for digit in str(year))


def day_label(day: date, year: int | None = None) -> str:
    """6月23日 周三; 2028年1月5日 周三 where it is not of the plan's ``year``."""
    return f"{short_day(day, year)} 周{WEEKDAYS[day.weekday()]}"


def short_day(day: date, year: int | None = None) -> str:
    """6月23日; 2028年1月5日 where it is not of the plan's ``year`` (None: the year is said beside it)."""
    return f"{'' if year in (None, day.year) else f'{day.year}年'}{day.month}月{day.day}日"


def moment_label(moment: datetime) -> str:
    """6月23日 周三 14:00."""
    return f"{day_label(moment.date())} {moment:%H:%M}"


def time_label(event: Event) -> str:
    """When an event takes place, to its precision; the words of its source where no day is known."""
    day = event.day
    if event.starts_at is None or day is None:
        text = event.day_words or event.raw_time or "待定"
    elif event.precision is Precision.TIME:
        text = _clock_label(event)
    elif event.precision is Precision.HALF_DAY:
        text = f"{day_label(day)} {'上午' if event.starts_at.hour < 12 else '下午'}"
    else:
        text = day_label(day)
    return f"{text}（暂定）" if event.tentative and event.days else text


def _clock_label(event: Event) -> str:
    assert event.starts_at is not None
    label = moment_label(event.starts_at)
    if event.ends_at is None:
        return label
    same_day = event.ends_at.date() == event.starts_at.date()
    return f"{label}–{event.ends_at:%H:%M}" if same_day else f"{label} 至 {moment_label(event.ends_at)}"


def event_name(snapshot: YearSnapshot, key: str) -> str:
    """The event's short name, else its title, else its key."""
    event = snapshot.event_by_key.get(key)
    return (event.short or event.title) if event else key


def period_name(cell: Cell, ruleset: RuleSet) -> str:
    """6月, 二季度, 8月, 全年."""
    return period_words(ruleset.rule(cell.rule).period, cell.first)


def line_title(cell: Cell, ruleset: RuleSet) -> str:
    """公开讲堂, 走进校区 · 高中."""
    title = ruleset.rule(cell.rule).title
    return f"{title} · {cell.group}" if cell.group else title


def cell_title(cell: Cell, ruleset: RuleSet) -> str:
    """公开讲堂 · 6月; 走进校区 · 高中 · 一季度."""
    return f"{line_title(cell, ruleset)} · {period_name(cell, ruleset)}"


def beyond_held(cell: Cell) -> str:
    """What of a cell that counts what was held is planned besides: 另排 1 场; "" where nothing is."""
    planned = cell.forecast - cell.counted
    if planned <= 0:
        return ""
    return f"另有 {planned} 场未登记结果" if cell.state is CellState.OVERDUE else f"另排 {planned} 场"


def count_of(cell: Cell) -> str:
    """held/minimum for 已满足 and 逾期, forecast/minimum otherwise."""
    return f"{cell.counted}/{cell.minimum}"


def confirm_by(status: CellStatus) -> str:
    """Until when the event of ``status`` is to be confirmed: 6月22日举办，剩 5 个工作日; or that it has passed."""
    assert status.event is not None
    when = status.event.day_words
    if status.action is AgendaAction.RECORD:
        return f"{when}已过，结果未登记"
    return f"{when}{'' if status.event.day else '内'}举办，剩 {status.left} 个工作日"


def state_line(cell: Cell) -> str:
    """The count and, where it matters, what is the matter: 0/1, 1/1 未确认, 0/1 逾期, 豁免."""
    if cell.state is CellState.EXEMPT:
        return "豁免"
    if cell.state is CellState.NOT_APPLICABLE:
        return "不适用"
    if cell.lacks_theme and cell.state is not CellState.DONE:
        return f"{count_of(cell)} 主题未定"
    if cell.awaits_confirmation:
        return f"{count_of(cell)} 未确认"
    return f"{count_of(cell)} 逾期" if cell.state is CellState.OVERDUE else count_of(cell)


def cell_sentence(cell: Cell, check: YearCheck, snapshot: YearSnapshot) -> str:
    """What a period cell says, in one sentence."""
    title = cell_title(cell, check.ruleset)
    sentence = f"{title}：{_CELL_SENTENCES[cell.state](cell, check, snapshot)}"
    if cell.estimated and cell.last_feasible_day:
        sentence = _marked(sentence, snapshot.year)
    return sentence


def estimate_mark(year: int) -> str:
    """The mark of every date that leans on holidays not announced yet."""
    return f"{year}年放假安排未公布，暂按法定节日估算"


def _marked(sentence: str, year: int) -> str:
    return f"{sentence[:-1]}（{estimate_mark(year)}）。"


def _done(cell: Cell, check: YearCheck, snapshot: YearSnapshot) -> str:
    reached = cell.target is not None and cell.held >= cell.target and cell.target > cell.minimum
    return f"已举办 {cell.held} 场，达到下限 {cell.minimum} 场{_own(cell, check)}{'，达宜办数' if reached else ''}。"


def _planned(cell: Cell, check: YearCheck, snapshot: YearSnapshot) -> str:
    names = "、".join(event_name(snapshot, key) for key in cell.events[:3])
    more = f"等 {len(cell.events)} 场" if len(cell.events) > 3 else ""
    return f"计划 {cell.forecast} 场，下限 {cell.minimum} 场{_own(cell, check)}（{names}{more}）。"


def _own(cell: Cell, check: YearCheck) -> str:
    """（自定） after a minimum that no document asks for."""
    return check.ruleset.rule_on(cell.rule, cell.first).own_mark("minimum")


def _at_risk(cell: Cell, check: YearCheck, snapshot: YearSnapshot) -> str:
    status = cell_status(cell, snapshot, check.today)
    if status.event is not None:
        name, do = quoted(event_name(snapshot, status.event.key)), status.action is AgendaAction.RECORD
        asked = "请登记结果" if do else "请尽快确认"
        return f"计划 {count_of(cell)}，未确认，{name}{confirm_by(status)}，{asked}。"
    left = f"本周期剩 {status.left} 个工作日（截至{short_day(cell.last)}）"
    return f"{_what_is_short(cell)}，{left}，{_until(cell)}"


def _what_is_short(cell: Cell) -> str:
    parts = []
    if cell.lacks_theme:
        parts.append("季度主题未定")
    if cell.shortfall:
        parts.append(f"计划 {cell.forecast}/{cell.minimum}，还缺 {cell.shortfall} 场")
    return "，".join(parts)


def _until(cell: Cell) -> str:
    if cell.last_feasible_day is None:
        return "周期内已没有可排的工作日。"
    return f"最晚 {day_label(cell.last_feasible_day)}还可补上。"


def _overdue(cell: Cell, check: YearCheck, snapshot: YearSnapshot) -> str:
    days = (check.today - cell.last).days
    note = f"已登记说明：{cell.reason}" if cell.reason else "待登记说明"
    short = f"实际 {cell.held}/{cell.minimum}" + ("，季度主题未定" if cell.lacks_theme else "")
    return f"{short}，{short_day(cell.last)}到期未达成，已过 {days} 天；不能补办，{note}。"


def _gap(cell: Cell, check: YearCheck, snapshot: YearSnapshot) -> str:
    return f"{_what_is_short(cell)}，{_until(cell)}"


def _exempt(cell: Cell, check: YearCheck, snapshot: YearSnapshot) -> str:
    return f"豁免，{cell.reason}。"


def _not_applicable(cell: Cell, check: YearCheck, snapshot: YearSnapshot) -> str:
    since = check.ruleset.rule(cell.rule).valid_from
    day = f"{since.year}年{short_day(since)}" if since and since != check.ruleset.issued_on else "印发之日"
    return f"规则自{day}起适用，本周期不适用。"


_CELL_SENTENCES: Mapping[CellState, Callable[[Cell, YearCheck, YearSnapshot], str]] = {
    CellState.DONE: _done,
    CellState.PLANNED: _planned,
    CellState.AT_RISK: _at_risk,
    CellState.OVERDUE: _overdue,
    CellState.GAP: _gap,
    CellState.EXEMPT: _exempt,
    CellState.NOT_APPLICABLE: _not_applicable,
}


def finding_sentence(finding: Finding, check: YearCheck, snapshot: YearSnapshot) -> str:
    """What a finding says, in one sentence."""
    sentence = _FINDING_SENTENCES[finding.situation](finding, check, snapshot)
    return _marked(sentence, finding.due.year) if finding.estimated and finding.due else sentence


def finding_subject(finding: Finding, snapshot: YearSnapshot) -> str:
    """The event, decision or document that a finding is about, by its short name."""
    if finding.decision is not None and (decision := snapshot.item(ItemKind.DECISION, finding.decision)):
        return str(decision.title)  # type: ignore[union-attr]
    if finding.policy is not None and (policy := snapshot.item(ItemKind.POLICY, finding.policy)):
        return str(policy.title)  # type: ignore[union-attr]
    return event_name(snapshot, finding.events[0]) if finding.events else ""


def _by(finding: Finding, check: YearCheck) -> str:
    """When a finding must be mended: 6月30日前（剩 12 个工作日）, or how long ago it was due."""
    if finding.due is None:
        return "日期未定"
    day = short_day(finding.due, check.year)
    if finding.state is FindingState.OVERDUE or finding.due < check.today:
        return f"{'自定' if finding.own else ''}期限{day}已过"
    parts = ["自定期限"] if finding.own else []
    parts += [f"剩 {finding.workdays_left} 个工作日"] if finding.workdays_left is not None else []
    left = f"（{'，'.join(parts)}）" if parts else ""
    return f"请在{day}前办理{left}"


def _missing(finding: Finding) -> str:
    return "、".join(finding.missing)


_Sentence = Callable[[Finding, YearCheck, YearSnapshot], str]


def _few_platforms(f: Finding, check: YearCheck, s: YearSnapshot) -> str:
    return f"公开讲堂{quoted(finding_subject(f, s))}登记了 {f.actual} 个直播平台，宜有 {f.expected} 个以上。"


def _no_listening_form(f: Finding, check: YearCheck, s: YearSnapshot) -> str:
    return f"走进园区{quoted(finding_subject(f, s))}没有登记听取意见的形式，鼓励采取{_missing(f)}等。"


def _other_theme(f: Finding, check: YearCheck, s: YearSnapshot) -> str:
    return f"走进园区{quoted(finding_subject(f, s))}{_on(f, s)}的主题不是本季度的{quoted(_missing(f))}，每季度宜突出一个主题。"


def _not_joint(f: Finding, check: YearCheck, s: YearSnapshot) -> str:
    return f"走进社区{quoted(finding_subject(f, s))}缺{_missing(f)}，宜由职能部门联合街镇开展。"


def _in_school_break(f: Finding, check: YearCheck, s: YearSnapshot) -> str:
    return f"走进校区{quoted(finding_subject(f, s))}{_on(f, s)}在学校放假期间，请确认学校能否参加。"


def _on_day_off(f: Finding, check: YearCheck, s: YearSnapshot) -> str:
    return f"{quoted(finding_subject(f, s))}{_on(f, s)}落在放假日（{_missing(f)}）。"


def _on(finding: Finding, snapshot: YearSnapshot) -> str:
    """（6月23日）, （8月中旬） where the event is known no closer."""
    event = snapshot.event_by_key.get(finding.events[0]) if finding.events else None
    words = event.day_words if event else ""
    return f"（{words}）" if words else ""


def _zone_without_host(f: Finding, check: YearCheck, s: YearSnapshot) -> str:
    wrong = _AWAY_FROM_HOST.get(_missing(f), "没有宿主会议")
    return f"“科创问政”专区{quoted(finding_subject(f, s))}{_on(f, s)}{wrong}，须设在重要会议活动现场。"


_AWAY_FROM_HOST = {HOST_CANCELLED: "的宿主会议已取消", OTHER_DAY: "与宿主会议不在同一天"}


def _host_without_zone(f: Finding, check: YearCheck, s: YearSnapshot) -> str:
    return f"重要会议{quoted(finding_subject(f, s))}没有设“科创问政”专区。"


def _no_interaction(f: Finding, check: YearCheck, s: YearSnapshot) -> str:
    return f"开放活动{quoted(finding_subject(f, s))}没有登记互动环节，宜有{_missing(f)}之一。"


def _regular_opening(f: Finding, check: YearCheck, s: YearSnapshot) -> str:
    if f.missing:
        return f"开放活动 8 月 {f.actual} 场，{_missing(f)}，宜在其他月份安排 {f.expected} 场以上。"
    return f"开放活动 {f.actual} 场全在 8 月，宜推动常态化，其他月份也安排一些。"


def _unrecorded(f: Finding, check: YearCheck, s: YearSnapshot) -> str:
    return f"{quoted(finding_subject(f, s))}{_on(f, s)}已过，结果待登记。"


def _not_invited(f: Finding, check: YearCheck, s: YearSnapshot) -> str:
    if f.expected:
        few = f"只邀请了 {f.actual} 名代表，应不少于 {f.expected} 名"
        return f"决策事项{titled(finding_subject(f, s))}{few}，{_by(f, check)}。"
    listed = f"名单上有 {f.actual} 人，" if f.actual else ""
    return f"决策事项{titled(finding_subject(f, s))}{listed}还没有邀请代表列席，也没有写明特殊情况，{_by(f, check)}。"


def _not_approved(f: Finding, check: YearCheck, s: YearSnapshot) -> str:
    return f"决策事项{titled(finding_subject(f, s))}登记了特殊情况，没有写明谁批准。"


def _no_feedback(f: Finding, check: YearCheck, s: YearSnapshot) -> str:
    return f"决策事项{titled(finding_subject(f, s))}会后 {f.actual} 天，{'，'.join(f.missing)}，{_by(f, check)}。"


def _not_published(f: Finding, check: YearCheck, s: YearSnapshot) -> str:
    return f"决策事项{titled(finding_subject(f, s))}的会议信息还没有公开。"


def _not_heard(f: Finding, check: YearCheck, s: YearSnapshot) -> str:
    return f"决策事项{titled(finding_subject(f, s))}没有登记听取利害关系人意见的形式（{_missing(f)}）。"


def _policy(words: str) -> _Sentence:
    return lambda f, check, s: f"政策文件{titled(finding_subject(f, s))}{words}，{_by(f, check)}。"


def _policy_late(words: str) -> _Sentence:
    return lambda f, _, s: f"政策文件{titled(finding_subject(f, s))}{words}晚了 {f.actual} 天。"


def _policy_materials(f: Finding, check: YearCheck, s: YearSnapshot) -> str:
    return f"政策文件{titled(finding_subject(f, s))}备案时缺{_missing(f)}，请补交后登记。"


def _policy_forms(f: Finding, check: YearCheck, s: YearSnapshot) -> str:
    return f"政策文件{titled(finding_subject(f, s))}有 {f.actual} 种解读方式，应不少于 {f.expected} 种，{_by(f, check)}。"


def _policy_integration(f: Finding, check: YearCheck, s: YearSnapshot) -> str:
    return f"政策文件{titled(finding_subject(f, s))}还没有集成推送。"


def milestone_title(finding: Finding, ruleset: RuleSet) -> str:
    """任务分解报送; 抽查通报 · 一季度 where it comes back."""
    rule = ruleset.rule(finding.rule)
    if finding.group:
        return f"{rule.title} · {finding.group}"
    if not finding.part:
        return rule.title
    return f"{rule.title} · {period_words(rule.period, date.fromisoformat(finding.part))}"


def reported(sent: int, all_of: int, late: int, waiting: int, *, over: bool) -> str:
    """已报 12/50，逾期 3 家; how many of those that reported did so late."""
    parts = [f"已报 {sent}/{all_of}"]
    parts += [f"其中晚报 {late} 家"] if late else []
    return "，".join(parts + ([f"逾期 {waiting} 家"] if over and waiting else []))


def reported_of(finding: Finding, today: date) -> str:
    """The same of a milestone that units report; "" of one that the office itself reaches."""
    if finding.situation not in MILESTONE_CHECKS or finding.expected is None or finding.actual is None:
        return ""
    over = finding.due is not None and finding.due < today
    return reported(finding.actual, finding.expected, 0, len(finding.missing), over=over)


def _milestone(f: Finding, check: YearCheck, s: YearSnapshot) -> str:
    told = reported_of(f, check.today)
    why = f"（{f.reason}）" if f.reason else ""
    names = f"{told}，未报：{_first_names(f.missing)}" if told else ""
    return "，".join(filter(None, (milestone_title(f, check.ruleset), names, f"{_by(f, check)}{why}。")))


def _first_names(names: tuple[str, ...]) -> str:
    shown = "、".join(names[:_NAMES_SHOWN])
    return f"{shown}等 {len(names)} 家" if len(names) > _NAMES_SHOWN else shown


_FINDING_SENTENCES: Mapping[str, _Sentence] = {
    "few_platforms": _few_platforms,
    "no_listening_form": _no_listening_form,
    "other_theme": _other_theme,
    "not_joint": _not_joint,
    "in_school_break": _in_school_break,
    "on_day_off": _on_day_off,
    "zone_without_host": _zone_without_host,
    "host_without_zone": _host_without_zone,
    "no_interaction": _no_interaction,
    "regular_opening": _regular_opening,
    "unrecorded": _unrecorded,
    "not_invited": _not_invited,
    "not_approved": _not_approved,
    "no_feedback": _no_feedback,
    "not_published": _not_published,
    "not_heard": _not_heard,
    "policy_filing": _policy("解读材料还没有备案"),
    "policy_filing_late": _policy_late("的解读材料备案"),
    "policy_materials": _policy_materials,
    "policy_linkage": _policy("的一网通办事项还没有上“阅办联动”"),
    "policy_linkage_late": _policy_late("上“阅办联动”"),
    "policy_forms": _policy_forms,
    "policy_integration": _policy_integration,
    "milestone": _milestone,
    "days_after_issue": _milestone,
    "next_first_quarter": _milestone,
    "workdays_after": _milestone,
}


def conflict_sentence(conflict: Conflict, snapshot: YearSnapshot) -> str:
    """What a conflict says, in one sentence."""
    names = "、".join(quoted(event_name(snapshot, key)) for key in conflict.events[:4])
    more = f"等 {len(conflict.events)} 场" if len(conflict.events) > 4 else ""
    day = day_label(conflict.day)
    if conflict.kind is ConflictKind.WEEK_LOAD:
        return f"{short_day(conflict.day)}起的一周有 {len(conflict.events)} 场，超过每周上限 {conflict.limit} 场。"
    if conflict.kind is ConflictKind.TOWN_DAY:
        return f"{day} {snapshot.unit_name(conflict.resource)}同一天有 {len(conflict.events)} 场：{names}{more}。"
    return f"{day} {resource_name(conflict, snapshot)}同一时段有 {len(conflict.events)} 场：{names}{more}。"


def resource_name(conflict: Conflict, snapshot: YearSnapshot) -> str:
    """The venue or the unit over which events compete."""
    if conflict.kind is ConflictKind.VENUE:
        venue = snapshot.item(ItemKind.VENUE, conflict.resource)
        return str(getattr(venue, "name", conflict.resource))
    return snapshot.unit_name(conflict.resource)
