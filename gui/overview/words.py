"""总览没有可显示的行、现在要办已经办完时说的话。"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, datetime

from gui.overview.board_contents import passes
from gui.services.board_values import BoardFilter
from models.domain.events import Event, EventStatus
from planners.wording import short_day


def all_done_words(total: int, events: Iterable[Event], today: date) -> tuple[str, str]:
    """That nothing is left to do, and what comes next."""
    return f"全年 {total} 个检查点都已满足或已排", next_words(events, today)


def next_words(events: Iterable[Event], today: date) -> str:
    """The next event that is planned."""
    coming = [
        event
        for event in events
        if event.day is not None
        and event.day >= today
        and event.status in (EventStatus.PLANNED, EventStatus.CONFIRMED)
    ]
    if not coming:
        return "之后没有已排的活动"
    first = min(coming, key=_start_of)
    assert first.day is not None
    return f"最近要办：{short_day(first.day)} {first.title}"


def why_empty(chosen: BoardFilter, words: Sequence[str], events: Sequence[Event]) -> tuple[str, ...]:
    """Which condition alone already leaves nothing, or that only together they do; ``words`` name those that are set."""
    named = iter(words)
    for name in ("unit", "town", "status"):
        value = getattr(chosen, name)
        if value is None:
            continue
        alone, word = BoardFilter(**{name: value}), next(named)
        if not any(passes(event, alone) for event in events):
            return (f"“{word}”本年没有活动。",)
    return ("单看每个条件都有活动，合在一起就没有了。",)


def _start_of(event: Event) -> datetime:
    assert event.starts_at is not None
    return event.starts_at
