"""一场活动的变更记录：每一步改了什么，一行话。"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import datetime
from typing import NamedTuple

from models.domain.changes import ChangeSet, RowChange
from models.domain.events import Event, Labelled
from models.domain.masking import masks_of
from models.domain.snapshot import ItemKind, YearSnapshot

NOTHING = "未填"
_BACK = ("撤销", "重做")


class HistoryLine(NamedTuple):
    """When a step was made, what it did to the event, and who made it."""

    at: datetime | None
    words: str
    user: str = ""


def history(steps: Iterable[ChangeSet], snapshot: YearSnapshot) -> tuple[HistoryLine, ...]:
    """A line for each step, in their order, delegates masked; steps that changed nothing of the event are left out."""
    masks = masks_of(snapshot)
    lines = []
    for step in steps:
        parts = [words for change in step.changes for words in change_words(change, step.title, snapshot)]
        if parts:
            back = next((f"{word}：" for word in _BACK if step.title.startswith(word)), "")
            lines.append(HistoryLine(step.at, masks.text(back + "；".join(parts)), step.user))
    return tuple(lines)


def change_words(change: RowChange, title: str, snapshot: YearSnapshot) -> list[str]:
    """What one change did to an event, field by field."""
    before, after = change.before, change.after
    if before is None:
        return [_made_words(title)]
    if after is None:
        return ["删除"]
    assert isinstance(before, Event)
    assert isinstance(after, Event)
    return [*_time_words(before, after), *_field_words(before, after, snapshot)]


def _made_words(title: str) -> str:
    if title.startswith("采纳"):
        return "由“自动排期”采纳"
    return "新建" if title.startswith("新建“") else title


def _time_words(before: Event, after: Event) -> list[str]:
    """The day and the hours, each where it is another one."""
    words = []
    old, new = _day(before), _day(after)
    if old != new:
        words.append(f"日期 {old} → {new}")
    if before.starts_at and after.starts_at and _hours(before) != _hours(after):
        words.append(f"时间 {_hours(before)} → {_hours(after)}")
    if before.tentative != after.tentative:
        words.append("日期改为暂定" if after.tentative else "日期不再是暂定")
    return words


def _day(event: Event) -> str:
    return event.day_words or "待定"


def _hours(event: Event) -> str:
    if event.starts_at is None or not event.is_timed:
        return "全天"
    end = f"–{event.ends_at:%H:%M}" if event.ends_at else ""
    return f"{event.starts_at:%H:%M}{end}"


def _field_words(before: Event, after: Event, snapshot: YearSnapshot) -> list[str]:
    words = []
    for field, (name, say) in _FIELDS.items():
        old, new = getattr(before, field), getattr(after, field)
        if old != new:
            words.append(f"{name} {say(old, snapshot) or NOTHING} → {say(new, snapshot) or NOTHING}")
    if before.pinned != after.pinned:
        words.append("锁定" if after.pinned else "解除锁定")
    if before.online_only != after.online_only:
        words.append("改为只在线上" if after.online_only else "不再只在线上")
    if before.note != after.note:
        words.append("备注有改动" if after.note else "备注清空")
    return words


Say = Callable[[object, YearSnapshot], str]


def _plain(value: object, snapshot: YearSnapshot) -> str:
    del snapshot
    return "" if value is None else str(value)


def _label(value: object, snapshot: YearSnapshot) -> str:
    del snapshot
    return value.label if isinstance(value, Labelled) else ""


def _many(value: object, snapshot: YearSnapshot) -> str:
    del snapshot
    assert isinstance(value, Sequence)
    return "、".join(one.label if isinstance(one, Labelled) else str(one) for one in value)


def _named(kind: ItemKind) -> Say:
    """The names of items of ``kind``, of one or of several."""

    def say(value: object, snapshot: YearSnapshot) -> str:
        keys = (value,) if isinstance(value, str) else value or ()
        assert isinstance(keys, tuple)
        return "、".join(_name(kind, key, snapshot) for key in keys)

    return say


def _name(kind: ItemKind, key: str, snapshot: YearSnapshot) -> str:
    item = snapshot.item(kind, key)
    return str(getattr(item, "name", "") or getattr(item, "title", "") or key)


_FIELDS: Mapping[str, tuple[str, Say]] = {
    "status": ("状态", _label),
    "status_reason": ("原因", _plain),
    "campaign": ("工作线", _label),
    "title": ("名称", _plain),
    "short": ("简称", _plain),
    "venue": ("场地", _named(ItemKind.VENUE)),
    "place": ("地点", _plain),
    "park": ("园区", _named(ItemKind.UNIT)),
    "schools": ("学校", _named(ItemKind.SCHOOL)),
    "stages": ("学段", _many),
    "towns": ("街镇", _named(ItemKind.UNIT)),
    "lead_units": ("牵头单位", _named(ItemKind.UNIT)),
    "responsible_units": ("责任单位", _named(ItemKind.UNIT)),
    "host_event": ("宿主会议", _named(ItemKind.EVENT)),
    "policy": ("政策文件", _named(ItemKind.POLICY)),
    "theme": ("主题", _plain),
    "theme_class": ("分类", _plain),
    "platforms": ("直播平台", _many),
    "forms": ("形式", _many),
    "audience": ("对象", _plain),
    "expected": ("预计人数", _plain),
    "attended": ("到场人数", _plain),
    "contact": ("联系人", _plain),
    "url": ("网址", _plain),
}
"""Field of an event → its name, and how a value of it is said."""
