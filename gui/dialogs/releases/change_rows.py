"""两稿的差别摆成行：活动一表，规则一表；按单位、种类筛选。"""

from __future__ import annotations

from gui.tables.text_rows import TextRow
from gui.widgets.marks import STATE_LOOKS
from models.domain.rules import RuleSet
from models.domain.snapshot import YearSnapshot
from planners import wording
from planners.change_words import event_change_words, rule_change_title
from planners.release_changes import ChangeKind, EventChange, PlanChanges, RuleChange

EVENT_HEADS = ("改动", "日期", "活动", "改了什么", "要办的单位")
EVENT_WIDTHS = (84, 84, 190, 260, 170)
RULE_HEADS = ("规则", "从", "到")
RULE_WIDTHS = (300, 160, 160)
SIGNS = {
    ChangeKind.NEW: ("plus", "success"),
    ChangeKind.MOVED: ("arrow-right", "info"),
    ChangeKind.CHANGED: ("edit", "ink2"),
    ChangeKind.POSTPONED: ("redo", "warning"),
    ChangeKind.CANCELLED: ("close", "danger"),
    ChangeKind.RESTORED: ("undo", "success"),
}
_NO_CELL = "—"


def event_rows(
    changes: PlanChanges, snapshot: YearSnapshot, kind: ChangeKind | None = None, unit: str | None = None
) -> list[TextRow]:
    """The changed events that pass the filter."""
    return [
        _event_row(change, snapshot)
        for change in changes.events
        if (kind is None or change.kind is kind) and (unit is None or unit in change.units)
    ]


def _event_row(change: EventChange, snapshot: YearSnapshot) -> TextRow:
    event = change.event
    sign, color = SIGNS[change.kind]
    deleted = "（已删除）" if change.after is None else ""
    texts = (
        change.kind.label,
        wording.short_day(event.day) if event.day is not None else "待定",
        (event.title or event.short or event.campaign.label) + deleted,
        event_change_words(change, snapshot),
        "、".join(snapshot.unit_name(key) for key in change.units) or "（无）",
    )
    return TextRow(texts, change, sign, color)


def rule_rows(changes: PlanChanges, before: RuleSet, after: RuleSet) -> list[TextRow]:
    """The rules whose state is another."""
    return [_rule_row(change, before, after) for change in changes.rules]


def _rule_row(change: RuleChange, before: RuleSet, after: RuleSet) -> TextRow:
    cell = change.after or change.before
    assert cell is not None
    look = STATE_LOOKS[cell.state]
    sides = (
        f"{side.state.label} {wording.count_of(side)}" if side is not None else _NO_CELL
        for side in (change.before, change.after)
    )
    return TextRow(
        (rule_change_title(change, before, after), *sides), change, look.icon or "info", look.color
    )
