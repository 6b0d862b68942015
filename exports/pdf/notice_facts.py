"""变更通知的内容：每一项改了什么，原来怎样、现在怎样，请单位办什么。"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from exports.pdf.choice import ChosenEvents
from exports.pdf.items import plain_row
from exports.pdf.table import Cell, PrintRow
from exports.pdf.times import meeting_time, printed_time
from exports.print_options import PrintOptions
from models.domain.events import Campaign, Event
from models.domain.rules import RuleSet
from models.domain.snapshot import ItemKind, YearSnapshot
from planners.change_kinds import ChangeKind
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
HANDED_OVER = "移交"
_STOP = "不再承办，停止准备"
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


def scope_words(changes: PlanChanges, told: Sequence[Change], handed_over: int = 0) -> str:
    """变更范围：由印发稿3（2027-06-01）至草案。新增1项、改期2项，另列移交1项。"""
    counts = [f"{kind.label}{n}项" for kind in ChangeKind if (n := sum(one.kind is kind for one in told))]
    parts = ["、".join(counts)] if counts else []
    if handed_over:
        parts.append(f"{'另列' if counts else ''}{HANDED_OVER}{handed_over}项")
    return f"变更范围：由{changes.before}至{changes.after}。{'，'.join(parts) or '没有变更'}。"


def change_cells(choice: ChosenEvents, change: Change, others: Iterable[str]) -> list[Cell]:
    """变更 to 请办理 of one change; ``others`` are the units beside the one that is told."""
    was, now, rest, to_do = _told(choice, change)
    return [change.kind.label, _title(change), was, now, rest, choice.names(others), to_do]


def handed_over_cells(choice: ChosenEvents, change: Change) -> list[Cell]:
    """The same for a unit that no longer has to do with it: it stops, and is told who goes on."""
    was, _, _, _ = _told(choice, change)
    heirs = [unit for unit in change.units if unit not in change.former]
    now = f"改由{'、'.join(map(choice.snapshot.unit_name, heirs))}承办" if heirs else "承办单位另定"
    return [HANDED_OVER, _title(change), was, now, "", choice.names(heirs), _STOP]


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
        return was, _now(choice, change), _rest(choice, change), _TO_DO[change.kind]
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
    """The period cells whose state changed: before and now."""
    return tuple(_rule_row(change, check.ruleset) for change in changes.rules)


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
