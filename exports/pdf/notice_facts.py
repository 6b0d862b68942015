"""变更通知的内容：每一项改了什么，原来怎样、现在怎样，请单位办什么。"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from exports.pdf.choice import Choice
from exports.pdf.items import plain_row
from exports.pdf.table import Cell, Row
from exports.pdf.times import printed_time
from exports.print_options import PrintOptions
from models.domain.events import Event
from models.domain.rules import RuleSet
from models.domain.snapshot import ItemKind, YearSnapshot
from planners.release_changes import ChangeKind, EventChange, PlanChanges, RuleChange
from planners.results import Cell as PeriodCell
from planners.results import YearCheck
from planners.wording import cell_title, state_line

HEADS = ("序号", "变更", "活动名称", "原安排", "现安排", "其他调整", "相关单位", "请办理")
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


def scope_words(changes: PlanChanges) -> str:
    """变更范围：印发稿3（2027-06-01）至草案。新增1项、改期2项。"""
    counts = [f"{kind.label}{count}项" for kind in ChangeKind if (count := changes.count(kind))]
    return f"变更范围：由{changes.before}至{changes.after}。{'、'.join(counts) or '没有变更'}。"


def change_cells(choice: Choice, change: EventChange, others: Iterable[str]) -> list[Cell]:
    """变更 to 请办理 of one change; ``others`` are the units beside the one that is told."""
    return [
        change.kind.label,
        change.event.title,
        arrangement(choice, change.before) if change.before else "—",
        _now(choice, change),
        _rest(choice, change),
        choice.names(others),
        _TO_DO[change.kind],
    ]


def arrangement(choice: Choice, event: Event) -> str:
    """Time and place."""
    return f"{printed_time(event)}\n{choice.place(event)}"


def _now(choice: Choice, change: EventChange) -> str:
    after = change.after
    if after is None or change.kind in (ChangeKind.CANCELLED, ChangeKind.POSTPONED):
        reason = f"：{after.status_reason}" if after and after.status_reason else ""
        return f"{'取消' if change.kind is ChangeKind.CANCELLED else '延期，时间另行通知'}{reason}"
    if change.before is not None and arrangement(choice, after) == arrangement(choice, change.before):
        return "不变"
    return arrangement(choice, after)


def _rest(choice: Choice, change: EventChange) -> str:
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


def _value(choice: Choice, name: str, value: object) -> str:
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
    label = getattr(value, "label", value)
    return "无" if label in (None, "") else str(label)


def rule_rows(changes: PlanChanges, check: YearCheck) -> tuple[Row, ...]:
    """The period cells whose state changed: before and now."""
    return tuple(_rule_row(change, check.ruleset) for change in changes.rules)


def _rule_row(change: RuleChange, ruleset: RuleSet) -> Row:
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
    """Only the changes of the chosen campaigns."""
    if not options.campaigns:
        return changes
    return changes._replace(
        events=tuple(change for change in changes.events if change.event.campaign in options.campaigns)
    )


def unit_title(snapshot: YearSnapshot, unit: str | None) -> str:
    """The unit's name; 单位未定 where a change has none."""
    return snapshot.unit_name(unit) if unit else "单位未定"
