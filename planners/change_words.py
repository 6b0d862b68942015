"""两稿之间的差别怎么说：一场活动一句，一条规则一句，合计一句。"""

from __future__ import annotations

from models.domain.changes import RowChange
from models.domain.events import Event
from models.domain.rules import RuleSet
from models.domain.snapshot import ItemKind, YearSnapshot
from models.domain.text import quoted
from planners import wording
from planners.event_history import change_words
from planners.release_changes import ChangeKind, EventChange, PlanChanges, RuleChange

_NONE = "无此周期"


def event_change_words(change: EventChange, snapshot: YearSnapshot) -> str:
    """What became of the event: 日期 6月18日 → 6月25日；地点 区图书馆 → 月浦镇. ``snapshot`` names units and places."""
    if change.before is None or change.after is None:
        event = change.event
        return "；".join(part for part in (_when(event), _where(event, snapshot)) if part)
    row = RowChange(ItemKind.EVENT, change.key, change.before, change.after)
    return "；".join(change_words(row, "", snapshot)) or "其他内容有改动"


def event_change_sentence(change: EventChange, snapshot: YearSnapshot) -> str:
    """改期“民法典”：日期 6月18日 → 6月25日."""
    event = change.event
    gone = "（已删除）" if change.after is None else ""
    return f"{change.kind.label}{quoted(event.title or event.short or event.key)}{gone}：{event_change_words(change, snapshot)}"


def _when(event: Event) -> str:
    return wording.time_label(event) if event.starts_at is not None else "日期待定"


def _where(event: Event, snapshot: YearSnapshot) -> str:
    return snapshot.place_of(event)


def rule_change_words(change: RuleChange) -> str:
    """已排 1/1 → 待补 0/1."""
    sides = (
        f"{cell.state.label} {wording.count_of(cell)}" if cell is not None else _NONE
        for cell in (change.before, change.after)
    )
    return " → ".join(sides)


def rule_change_title(change: RuleChange, before: RuleSet, after: RuleSet) -> str:
    """公开讲堂 · 7月."""
    if change.after is not None:
        return wording.cell_title(change.after, after)
    assert change.before is not None
    return wording.cell_title(change.before, before)


def rule_change_sentence(change: RuleChange, before: RuleSet, after: RuleSet) -> str:
    """公开讲堂 · 7月：已排 1/1 → 待补 0/1."""
    return f"{rule_change_title(change, before, after)}：{rule_change_words(change)}"


def counts_words(changes: PlanChanges) -> str:
    """新增 1 · 改期 2; “没有改动” where there are none."""
    counts = ((kind, changes.count(kind)) for kind in ChangeKind)
    return " · ".join(f"{kind.label} {count}" for kind, count in counts if count) or "活动没有改动"
