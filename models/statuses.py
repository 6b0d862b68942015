"""活动状态：哪个可以接着哪个，各要什么。"""

from __future__ import annotations

from collections.abc import Mapping

from models.domain.attendance import Delegate
from models.domain.errors import CommandError
from models.domain.events import Event, EventStatus
from models.domain.privacy import delegate_name
from models.domain.snapshot import Item
from models.domain.text import quoted

_S = EventStatus
ALLOWED_NEXT: Mapping[EventStatus, tuple[EventStatus, ...]] = {
    _S.DRAFT: (_S.PLANNED, _S.CONFIRMED, _S.POSTPONED, _S.CANCELLED),
    _S.PLANNED: (_S.DRAFT, _S.CONFIRMED, _S.HELD, _S.POSTPONED, _S.CANCELLED),
    _S.CONFIRMED: (_S.PLANNED, _S.HELD, _S.POSTPONED, _S.CANCELLED),
    _S.HELD: (_S.CONFIRMED,),
    _S.POSTPONED: (_S.PLANNED, _S.CONFIRMED, _S.CANCELLED),
    _S.CANCELLED: (_S.PLANNED, _S.DRAFT),
}
"""Which status may follow which; 已举办 goes back only to 已确认 (a slip of the hand)."""


def require_transition(before: Event, after: Event) -> None:
    """``CommandError`` where an event may not become what it is to be, or the reason for it is missing."""
    require_date(after)
    if after.status is before.status:
        return
    if after.status not in ALLOWED_NEXT[before.status]:
        allowed = "、".join(status.label for status in ALLOWED_NEXT[before.status])
        raise CommandError(
            f"{quoted(item_name(before))}现为{before.status.label}，不能改为{after.status.label}。",
            "没有改动。",
            f"可以改为{allowed}。",
        )
    if after.status in (EventStatus.POSTPONED, EventStatus.CANCELLED) and not after.status_reason.strip():
        raise CommandError(f"{after.status.label}须填写原因。", "没有改动。", "请填写原因后再确认。")


def require_date(event: Event) -> None:
    """``CommandError`` for 已确认 or 已举办 without a day."""
    if event.status in (EventStatus.HELD, EventStatus.CONFIRMED) and event.starts_at is None:
        raise CommandError(
            f"{quoted(item_name(event))}还没有日期，不能是{event.status.label}。",
            "没有改动。",
            "请先排定日期。",
        )


def require_in_year(year: int, before: Event | None, after: Event) -> None:
    """``CommandError`` where a step puts an event on a day outside ``year``: no page would show it there."""
    if after.days is None or (before is not None and before.days == after.days):
        return
    day = after.days.first
    if day.year == year:
        return
    raise CommandError(
        f"{day.year}年{day.month}月{day.day}日不在{year}年度内。",
        "没有改动。",
        f"请改用{year}年的日期，或在{day.year}年度里新建。",
    )


def item_name(item: Item) -> str:
    """How a message names an item: its short name, title or name, else its key. Delegates are masked."""
    if isinstance(item, Delegate):
        return delegate_name(item)
    for field in ("short", "title", "name", "reason", "rule", "body"):
        if name := getattr(item, field, ""):
            return str(name)
    return item.key
