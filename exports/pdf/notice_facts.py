"""变更通知的内容：每一项改了什么，原来怎样、现在怎样，请单位办什么。"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date

from exports.pdf.choice import ChosenEvents
from exports.pdf.items import plain_row
from exports.pdf.table import Cell, PrintRow
from exports.pdf.times import day_words, meeting_time, printed_time
from exports.print_options import PrintOptions
from models.domain.events import Campaign, Event, EventStatus
from models.domain.rules import RuleSet
from models.domain.snapshot import ItemKind, YearSnapshot
from models.domain.workdays import workdays_of
from planners.change_kinds import ChangeKind, units_of
from planners.change_words import changed_title, meeting_name
from planners.release_changes import Change, EventChange, PlanChanges, RuleChange
from planners.results import Cell as PeriodCell
from planners.results import YearCheck
from planners.sitting_changes import Sitting, SittingChange, ThemeChange
from planners.wording import cell_title, state_line

HEADS = ("序号", "变更", "活动或事项", "原安排", "现安排", "其他调整", "相关单位", "请办理")
RULE_HEADS = ("规则", "原来", "现在")
TITLE_COLUMN = 2

_TO_DO: Mapping[ChangeKind, str] = {
    ChangeKind.NEW: "列入本单位安排并做好准备",
    ChangeKind.MOVED: "按新时间准备，告知参与对象",
    ChangeKind.CHANGED: "按调整后的内容准备",
    ChangeKind.POSTPONED: "暂缓准备，等候新时间，告知参与对象",
    ChangeKind.CANCELLED: "停止准备，告知参与对象",
    ChangeKind.RESTORED: "恢复准备，告知参与对象",
}
_SITTING_TO_DO: Mapping[ChangeKind, str] = {
    ChangeKind.NEW: "列入本单位安排，按要求邀请公众代表列席",
    ChangeKind.MOVED: "按新时间准备，告知列席代表",
    ChangeKind.CHANGED: "按调整后的内容准备，告知列席代表",
    ChangeKind.POSTPONED: "暂缓准备，等候上会时间，告知列席代表",
    ChangeKind.CANCELLED: "停止准备，告知列席代表",
}
HANDED_OVER, MOVED_OUT, TAKEN_OVER = "移交", "移出", "接手"
"""What a change is to a unit that has it no longer, to a park that no longer lends its place, to one that takes it
over without leading it."""
_STOP = "不再承办，停止准备"
_HELD = "已举办，不必再办"
_GONE_ON = frozenset({ChangeKind.CHANGED, ChangeKind.MOVED, ChangeKind.RESTORED})
_ARRANGED = frozenset(
    {"starts_at", "ends_at", "precision", "tentative", "raw_time", "place", "venue", "schools", "park"}
)
"""Fields that 原安排 and 现安排 say."""

_LABELS: Mapping[str, str] = {
    "title": "名称",
    "campaign": "类别",
    "status": "状态",
    "lead_units": "牵头单位",
    "responsible_units": "责任单位",
    "towns": "街镇",
    "stages": "学段",
    "theme": "主题",
    "theme_class": "主题分类",
    "platforms": "直播平台",
    "forms": "活动形式",
    "online_only": "线上",
    "audience": "参与对象",
    "expected": "拟参与人数",
    "host_event": "所在会议",
    "url": "网址",
    "note": "备注",
    "signup": "报名方式",
}
"""Fields that a unit has to know of, in its words; contacts and results are not among them."""

_MEETING_LABELS: Mapping[str, str] = {"body": "会议", "number": "会次"}
_DECISION_LABELS: Mapping[str, str] = {"title": "名称", "body": "目录", "unit": "承办单位"}


def scope_words(changes: PlanChanges, told: Sequence[Change], parts: Sequence[str] = ()) -> str:
    """变更范围：由印发稿3（2027-06-01）至2027年6月15日的安排。新增1项、改期2项，另列移交1项。

    ``parts``: what the lines are beside those of ``told``, each by ``part_of``.
    """
    counts = [f"{kind.label}{n}项" for kind in ChangeKind if (n := sum(one.kind is kind for one in told))]
    words = ["、".join(counts)] if counts else []
    beside = [f"{part}{n}项" for part in (HANDED_OVER, MOVED_OUT, TAKEN_OVER) if (n := parts.count(part))]
    if beside:
        words.append(f"{'另列' if counts else ''}{'、'.join(beside)}")
    return f"变更范围：由{changes.before}至{changes.after}。{'，'.join(words) or '没有变更'}。"


def part_of(change: Change, unit: str | None) -> str:
    """移交, 移出 or 接手 where the change is that to ``unit``; "" where it is what it is to everybody."""
    if unit in change.former:
        before = change.before if isinstance(change, EventChange) else None
        lent = before is not None and unit not in (*before.units, *before.towns)
        return MOVED_OUT if lent else HANDED_OVER
    return TAKEN_OVER if unit in change.heirs and unit != change.lead else ""


def change_cells(choice: ChosenEvents, change: Change, unit: str | None, today: date) -> list[Cell]:
    """变更 to 请办理 of one change as ``unit`` is told of it; what is handed over is so in time for its day."""
    part = part_of(change, unit)
    was, now, rest, to_do = _told(choice, change)
    others = [one for one in change.units if one not in (unit, *change.former)]
    if unit in change.former:
        others = list(change.heirs_of(str(unit)))
        now, rest, to_do = _left_to(choice, change, part, others, today)
    elif unit in change.heirs:
        givers = [one for one in change.former if unit in change.heirs_of(one)]
        to_do = f"由{_names(choice, givers)}移交，本单位接手承办，{_by(choice, change, today)}；{to_do}"
    elif _has_joined(change, unit) and change.kind in _GONE_ON:
        to_do = _TO_DO[ChangeKind.NEW]
    return [part or change.kind.label, _title(change), was, now, rest, choice.names(others), to_do]


def _left_to(
    choice: ChosenEvents, change: Change, part: str, heirs: Sequence[str], today: date
) -> tuple[str, str, str]:
    """现安排, 其他调整 and 请办理 of a unit that no longer has to do with it: it stops, and is told who goes on."""
    if part == MOVED_OUT:
        return "改在别处举办", "", "不再在本园区举办，停止准备"
    if not heirs:
        return "承办单位另定", "", _STOP
    names = _names(choice, heirs)
    return f"改由{names}承办", "", f"{_STOP}，向{names}移交，{_by(choice, change, today)}"


def _by(choice: ChosenEvents, change: Change, today: date) -> str:
    """By when a unit has handed over: the last working day before it takes place; at once where none is left."""
    after = change.after
    if isinstance(after, Event):
        day = after.day
    elif isinstance(after, Sitting) and after.starts_at is not None:
        day = after.starts_at.date()
    else:
        day = None
    last = workdays_of(choice.snapshot).add(day, -1) if day is not None else None
    return f"最迟{day_words(last)}交接完毕" if last is not None and last > today else "即日交接"


def _has_joined(change: Change, unit: str | None) -> bool:
    """Whether the event went on without ``unit`` before."""
    return (
        isinstance(change, EventChange) and change.before is not None and unit not in units_of(change.before)
    )


def _names(choice: ChosenEvents, units: Iterable[str]) -> str:
    return "、".join(map(choice.snapshot.unit_name, units))


def _title(change: Change) -> str:
    title = changed_title(change)
    if isinstance(change, SittingChange):
        agenda = f"\n列席事项：{'；'.join(change.sitting.agenda)}" if change.sitting.agenda else ""
        return f"公众代表列席：{title}{agenda}"
    return title


def _told(choice: ChosenEvents, change: Change) -> tuple[str, str, str, str]:
    """原安排, 现安排, 其他调整, 请办理."""
    if isinstance(change, EventChange):
        was = arrangement(choice, change.before) if change.before else "—"
        held = change.after is not None and change.after.status is EventStatus.HELD
        return was, _now(choice, change), _rest(choice, change), _HELD if held else _TO_DO[change.kind]
    if isinstance(change, ThemeChange):
        was, now = (theme or "未定" for theme in (change.before, change.after))
        return was, now, "", "按新的主题准备" if change.after else "主题另定，等候通知"
    return _sitting_told(choice, change)


def _sitting_told(choice: ChosenEvents, change: SittingChange) -> tuple[str, str, str, str]:
    before, after = change.before, change.after
    was = _sitting(before) if before is not None else "—"
    if after is None:
        return was, "取消", "", _SITTING_TO_DO[change.kind]
    now = _sitting(after)
    rest = "\n".join(_sitting_rest(choice, change)) if before is not None else _exemption(after)
    to_do = _SITTING_TO_DO[change.kind]
    if after.decision is not None and after.decision.exemption:
        to_do = (
            "不再邀请公众代表列席，告知已邀请的代表" if "exemption" in change.fields else "不邀请公众代表列席"
        )
    return was, "不变" if now == was else now, rest, to_do


def _sitting(sitting: Sitting) -> str:
    """Time and meeting; of a meeting itself also where it is."""
    meeting = sitting.meeting
    if meeting is None:
        return "上会时间待定"
    where = meeting.place if sitting.decision is None else meeting_name(meeting)
    return f"{meeting_time(meeting)}\n{where}" if where else meeting_time(meeting)


def _exemption(sitting: Sitting) -> str:
    decision = sitting.decision
    return f"特殊情况不邀请：{decision.exemption}" if decision is not None and decision.exemption else ""


def _sitting_rest(choice: ChosenEvents, change: SittingChange) -> Iterator[str]:
    """What 原安排 and 现安排 do not say."""
    before, after = change.before, change.after
    assert before is not None
    assert after is not None
    for name in change.fields:
        if name == "exemption":
            yield _exemption(after) or "邀请公众代表列席（不再按特殊情况处理）"
            continue
        label = (_DECISION_LABELS if after.decision is not None else _MEETING_LABELS).get(name)
        if label is None:
            continue
        old, new = (getattr(side.decision or side.meeting, name) for side in (before, after))
        if name == "title":
            yield f"原名：{old}"
            continue
        if name == "unit":
            old, new = (choice.snapshot.unit_name(key) if key else "" for key in (old, new))
        yield f"{label}：{_words(old)}→{_words(new)}"


def _words(value: object) -> str:
    label = getattr(value, "label", value)
    return "无" if label in (None, "") else str(label)


def arrangement(choice: ChosenEvents, event: Event) -> str:
    """Time and place."""
    return f"{printed_time(event)}\n{choice.place(event)}"


def _now(choice: ChosenEvents, change: EventChange) -> str:
    after = change.after
    if after is None or change.kind in (ChangeKind.CANCELLED, ChangeKind.POSTPONED):
        reason = f"：{after.status_reason}" if after and after.status_reason else ""
        return f"{'取消' if change.kind is ChangeKind.CANCELLED else '延期，时间另行通知'}{reason}"
    if change.before is not None and arrangement(choice, after) == arrangement(choice, change.before):
        return "不变"
    return arrangement(choice, after)


def _rest(choice: ChosenEvents, change: EventChange) -> str:
    """What else differs: 牵头单位：区税务局→区财政局."""
    before, after = change.before, change.after
    if before is None or after is None:
        return ""
    parts = []
    for name in change.fields:
        if name in _ARRANGED or name not in _LABELS:
            continue
        if name == "status" and change.kind is not ChangeKind.CHANGED:
            continue
        old, new = (_value(choice, name, getattr(event, name)) for event in (before, after))
        parts.append(f"原名：{old}" if name == "title" else f"{_LABELS[name]}：{old}→{new}")
    return "\n".join(parts)


def _value(choice: ChosenEvents, name: str, value: object) -> str:
    snapshot = choice.snapshot
    if name in ("lead_units", "responsible_units", "towns") and isinstance(value, tuple):
        return "、".join(snapshot.unit_name(str(key)) for key in value) or "无"
    if name == "host_event":
        host = snapshot.item(ItemKind.EVENT, str(value)) if value else None
        return host.title if isinstance(host, Event) else "无"
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, tuple):
        return "、".join(str(getattr(one, "label", one)) for one in value) or "无"
    return _words(value)


def rule_rows(changes: PlanChanges, check: YearCheck) -> tuple[PrintRow, ...]:
    """The period cells whose state changed: before and now; that what was planned was held is no change."""
    return tuple(_rule_row(change, check.ruleset) for change in changes.rules if not _is_course(change))


def _is_course(change: RuleChange) -> bool:
    before, after = change.before, change.after
    return before is not None and after is not None and before.state.is_met and after.state.is_met


def _rule_row(change: RuleChange, ruleset: RuleSet) -> PrintRow:
    cell = change.after or change.before
    assert cell is not None
    known = any(rule.code == cell.rule for rule in ruleset.rules)
    name = cell_title(cell, ruleset) if known else cell.rule
    return plain_row((name, _state(change.before), _state(change.after)), name)


def _state(cell: PeriodCell | None) -> str:
    if cell is None:
        return "—"
    line = state_line(cell)
    return line if cell.state.label in line else f"{line} {cell.state.label}"


def chosen(changes: PlanChanges, options: PrintOptions) -> PlanChanges:
    """Only the changes of the chosen campaigns; meetings are of none, the quarters' themes are of 走进园区."""
    campaigns = options.campaigns
    if not campaigns:
        return changes
    return changes._replace(
        events=tuple(change for change in changes.events if change.event.campaign in campaigns),
        sittings=(),
        themes=changes.themes if Campaign.PARK in campaigns else (),
    )


def unit_title(snapshot: YearSnapshot, unit: str | None) -> str:
    """The unit's name; 单位未定 where a change has none."""
    return snapshot.unit_name(unit) if unit else "单位未定"
