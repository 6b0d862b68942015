"""两稿之间一项改动是哪一种，归哪些单位。"""

from __future__ import annotations

from collections.abc import Iterable

from models.domain.events import Event, Labelled


class ChangeKind(Labelled):
    """What became of an event, a meeting, a decision or a theme; what was deleted is 取消."""

    NEW = "new", "新增"
    MOVED = "moved", "改期"
    CHANGED = "changed", "调整"
    POSTPONED = "postponed", "延期"
    CANCELLED = "cancelled", "取消"
    RESTORED = "restored", "恢复"


def units_of(*events: Event | None) -> tuple[str, ...]:
    """The units that have to do with any of ``events``, each once: lead, responsible, 街镇, park."""
    keys: Iterable[str] = (
        key
        for event in events
        if event is not None
        for key in (*event.units, *event.towns, *((event.park,) if event.park else ()))
    )
    return tuple(dict.fromkeys(keys))
