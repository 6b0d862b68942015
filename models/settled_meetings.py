"""会议哪天排定：变更记录里把会议定在现在这一天的那一步。"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from datetime import date, datetime
from typing import Any

from models.domain.attendance import Meeting
from models.domain.snapshot import ItemKind
from models.store import Store

_STEPS = (
    "SELECT at, changes FROM change_log WHERE year = ? AND state IN ('done', 'settled')"
    " AND instr(changes, ?) AND NOT instr(changes, ?) ORDER BY number"
)
_WITH, _WITHOUT = f'["{ItemKind.MEETING.value}",', f'["{ItemKind.YEAR.value}",'
"""Steps with a meeting in them. Those that make or import the year say nothing about when it was settled."""


def settled_meetings(store: Store, year: int, meetings: Iterable[Meeting]) -> dict[str, date]:
    """When each of ``meetings`` was settled on the day that it has, by key, where a step says so.

    A meeting that came settled, with decisions that were not there before either, was settled elsewhere.
    """
    found: dict[str, tuple[date, str]] = {}
    for at, changes in store.rows(_STEPS, (year, _WITH, _WITHOUT)):
        entries = json.loads(changes)
        chosen = _chosen(entries)
        for kind, key, _, _, before, after in entries:
            if kind != ItemKind.MEETING.value or _settled_on(before) == _settled_on(after):
                continue
            found.pop(key, None)
            if _settled_on(after) and (before is not None or key in chosen):
                found[key] = _day(at), _settled_on(after)
    now = {one.key: one.day.isoformat() for one in meetings if one.day is not None and not one.tentative}
    return {key: day for key, (day, on) in found.items() if now.get(key) == on}


def _settled_on(meeting: Mapping[str, Any] | None) -> str:
    """The day of a meeting that is no longer tentative; "" for any other."""
    if meeting is None or not meeting["starts_at"] or meeting["tentative"]:
        return ""
    return str(meeting["starts_at"])[:10]


def _chosen(entries: Iterable[list[Any]]) -> set[str]:
    """The meetings that decisions already there were given by a step."""
    return {
        after["meeting"]
        for kind, _, _, _, before, after in entries
        if kind == ItemKind.DECISION.value and before is not None and after is not None
    }


def _day(at: str) -> date:
    """The day of a moment of the log, as the clock on the wall had it."""
    moment = datetime.fromisoformat(at)
    return (moment.astimezone() if moment.tzinfo else moment).date()
