"""两稿之间的差别怎么说：一项改动一句，一条规则一句，合计一句。"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from models.domain.attendance import Meeting
from models.domain.changes import RowChange
from models.domain.events import Event
from models.domain.rules import RuleSet
from models.domain.snapshot import ItemKind, YearSnapshot
from models.domain.text import quoted
from planners import wording
from planners.change_kinds import ChangeKind
from planners.event_history import change_words
from planners.release_changes import Change, EventChange, PlanChanges, RuleChange
from planners.sitting_changes import Sitting, SittingChange, ThemeChange

_NONE = "无此周期"
_SUBJECTS: Mapping[ItemKind, str] = {ItemKind.MEETING: "列席会议", ItemKind.DECISION: "列席事项"}
_MEETING_LABELS: Mapping[str, str] = {"body": "会议", "number": "会次", "place": "地点"}
_DECISION_LABELS: Mapping[str, str] = {"title": "名称", "body": "目录", "unit": "承办单位"}


def event_change_words(change: EventChange, snapshot: YearSnapshot) -> str:
    """What became of the event: 日期 6月18日 → 6月25日；地点 区图书馆 → 月浦镇. ``snapshot`` names units and places."""
    if change.before is None or change.after is None:
        event = change.event
        return "；".join(part for part in (_when(event), _where(event, snapshot)) if part)
    row = RowChange.of(change.before, change.after)
    return "；".join(change_words(row, "", snapshot)) or "其他内容有改动"


def changed_title(change: Change) -> str:
    """What has changed: the event's title, 区政府常务会议第3次, the decision's title, 第三季度走进园区主题."""
    if isinstance(change, EventChange):
        return change.event.title or change.event.short or change.key
    if isinstance(change, ThemeChange):
        return f"第{wording.QUARTERS[change.quarter - 1]}季度走进园区主题"
    sitting = change.sitting
    return sitting.decision.title if sitting.decision is not None else meeting_name(sitting.meeting)


def changed_day(change: Change) -> str:
    """On which day it is: 6月18日, 三季度, 待定."""
    if isinstance(change, EventChange):
        day = change.event.day
    elif isinstance(change, SittingChange):
        at = change.sitting.starts_at
        day = at.date() if at is not None else None
    else:
        return f"{wording.QUARTERS[change.quarter - 1]}季度"
    return wording.short_day(day) if day is not None else "待定"


def changed_words(change: Change, snapshot: YearSnapshot) -> str:
    """What became of it: 日期 8月2日 → 9月29日. ``snapshot`` names units and places."""
    if isinstance(change, EventChange):
        return event_change_words(change, snapshot)
    if isinstance(change, ThemeChange):
        return f"{change.before or '未定'} → {change.after or '未定'}"
    return _sitting_words(change, snapshot)


def change_sentence(change: Change, snapshot: YearSnapshot) -> str:
    """改期“民法典”：日期 6月18日 → 6月25日."""
    gone = "（已删除）" if change.after is None else ""
    what = f"{_SUBJECTS.get(change.item, '')}{quoted(changed_title(change))}{gone}"
    return f"{change.kind.label}{what}：{changed_words(change, snapshot)}"


def meeting_name(meeting: Meeting | None) -> str:
    """区政府常务会议第3次."""
    return f"{meeting.body}{meeting.number}" if meeting is not None else "未上会"


def _sitting_words(change: SittingChange, snapshot: YearSnapshot) -> str:
    before, after = change.before, change.after
    if before is None or after is None:
        sitting = change.sitting
        where = "" if sitting.decision is None else meeting_name(sitting.meeting)
        return "；".join(part for part in (_sitting_when(sitting), where, _agenda(sitting)) if part)
    parts = [_sitting_difference(name, before, after, snapshot) for name in change.fields]
    return "；".join(part for part in (*parts, _agenda(after)) if part)


def _agenda(sitting: Sitting) -> str:
    return f"列席事项{'、'.join(map(quoted, sitting.agenda))}" if sitting.agenda else ""


def _sitting_when(sitting: Sitting) -> str:
    meeting = sitting.meeting
    tentative = meeting is not None and meeting.starts_at is not None and meeting.tentative
    return f"{_moment(sitting.starts_at)}{'（暂定）' if tentative else ''}"


def _moment(at: datetime | None) -> str:
    return f"{wording.short_day(at.date())} {at:%H:%M}" if at is not None else "日期待定"


def _sitting_difference(name: str, before: Sitting, after: Sitting, snapshot: YearSnapshot) -> str:
    sides = (before, after)
    if name == "starts_at":
        return f"时间 {' → '.join(_moment(side.starts_at) for side in sides)}"
    if name == "meeting":
        return (
            f"会议 {' → '.join(f'{meeting_name(side.meeting)}（{_sitting_when(side)}）' for side in sides)}"
        )
    if name == "tentative":
        return "日期改为暂定" if after.meeting is not None and after.meeting.tentative else "日期不再是暂定"
    if name == "exemption":
        reason = after.decision.exemption if after.decision is not None else ""
        return f"特殊情况，不邀请公众代表：{reason}" if reason else "不再按特殊情况处理，邀请公众代表"
    old, new = (getattr(side.decision or side.meeting, name) for side in sides)
    if name == "unit":
        old, new = (snapshot.unit_name(key) if key else "" for key in (old, new))
    labels = _DECISION_LABELS if after.decision is not None else _MEETING_LABELS
    return f"{labels[name]} {_plain(old)} → {_plain(new)}"


def _plain(value: object) -> str:
    return str(getattr(value, "label", value) or "未填")


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
    """新增 1 · 改期 2; “没有改动” where there are none. The rules are not among them."""
    counts = ((kind, changes.count(kind)) for kind in ChangeKind)
    return " · ".join(f"{kind.label} {count}" for kind, count in counts if count) or "没有改动"
