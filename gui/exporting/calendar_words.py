"""日历摘要里的一行。"""

from __future__ import annotations

from datetime import datetime

from exports.ical import Entry
from exports.ical_event import span_of, standing_of
from models.domain.snapshot import YearSnapshot
from planners.release_changes import EventChange

_STATES = {"CONFIRMED": "已确认", "TENTATIVE": "暂定"}


def row_of(entry: Entry, snapshot: YearSnapshot, *, drafts: bool) -> tuple[str, ...]:
    """Day, title and state of an event as the calendar will have it; how often it changed after it was published."""
    del snapshot
    start = span_of(entry.event, entry.stamp).start
    day = f"{start.month}月{start.day}日"
    standing = standing_of(entry.event, drafts=drafts)
    off = entry.withdrawn or not standing.on
    state = (
        (standing.mark.strip("【】") if standing.mark and not entry.withdrawn else "已取消")
        if off
        else _STATES[standing.status]
    )
    when = f"{day} {start:%H:%M}" if isinstance(start, datetime) else day
    changed = f"{entry.stamp.sequence} 次" if entry.stamp.sequence else "—"
    return when, entry.event.title, state, changed


def change_row(change: EventChange, snapshot: YearSnapshot) -> tuple[str, ...]:
    """Day, title, what became of it, and the units."""
    event = change.event
    day = f"{event.day.month}月{event.day.day}日" if event.day else "未定"
    return day, event.title, change.kind.label, "、".join(map(snapshot.unit_name, change.units))
