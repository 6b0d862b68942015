"""年度总览的活动块：活动与列席决策各成一块。"""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date

from gui.services.board_values import BoardChip, BoardFilter
from models.domain.attendance import Decision
from models.domain.events import Event, EventStatus
from models.domain.rules import Severity
from models.domain.snapshot import YearSnapshot
from planners.attendance.stages import meeting_of, steps_done
from planners.results import Conflict, ConflictKind, FindingState, YearCheck

_HARD_CONFLICTS = (ConflictKind.VENUE, ConflictKind.UNIT)


def conflicting_events(check: YearCheck) -> frozenset[str]:
    """Events that compete for a venue or a unit, or miss what a hard rule asks of an event."""
    keys = {key for conflict in check.conflicts if _is_hard(conflict) for key in conflict.events}
    for finding in check.findings:
        if finding.severity is Severity.HARD and finding.state is not FindingState.HINT:
            keys.update(finding.events)
    return frozenset(keys)


def _is_hard(conflict: Conflict) -> bool:
    return conflict.kind in _HARD_CONFLICTS and conflict.severity is Severity.HARD


def event_chip(event: Event, today: date, marked: frozenset[str]) -> BoardChip:
    """The chip of an event that has a day or a 旬, month or quarter; ``marked`` are the keys in conflict."""
    assert event.latest_day is not None
    return BoardChip(
        key=event.key,
        day=event.latest_day,
        short=event.short or event.title[:4],
        title=event.title,
        status=event.status,
        conflict=event.key in marked and event.status is not EventStatus.CANCELLED,
        unrecorded=event.awaits_result(today),
        coarse="" if event.day else event.day_words,
    )


def by_month(chips: Iterable[BoardChip]) -> tuple[tuple[BoardChip, ...], ...]:
    """Twelve tuples of chips; conflicts stand first so that no overflow hides one."""
    months: list[list[BoardChip]] = [[] for _ in range(12)]
    for chip in chips:
        months[chip.day.month - 1].append(chip)
    return tuple(tuple(sorted(month, key=_conflicts_first)) for month in months)


def _conflicts_first(chip: BoardChip) -> tuple[bool, date, str]:
    return not chip.conflict, chip.day, chip.key


def decision_chips(snapshot: YearSnapshot, check: YearCheck, chosen: BoardFilter) -> list[BoardChip]:
    """One chip for every decision with a dated meeting in the year."""
    late = check.overdue_decisions
    if chosen.town is not None or chosen.status is not None:
        return []
    chips = []
    for decision in snapshot.decisions:
        meeting = meeting_of(decision, snapshot)
        if meeting is None or meeting.starts_at is None or meeting.starts_at.year != snapshot.year:
            continue
        if chosen.unit in (None, decision.unit):
            day = meeting.starts_at.date()
            chips.append(_decision_chip(decision, snapshot, day, check.today, decision.key in late))
    return chips


def _decision_chip(
    decision: Decision,
    snapshot: YearSnapshot,
    day: date,
    today: date,
    late: bool,  # noqa: FBT001
) -> BoardChip:
    steps = steps_done(decision, snapshot, today)
    if decision.exemption:
        status = EventStatus.DRAFT
    elif day < today:
        status = EventStatus.HELD
    else:
        status = EventStatus.CONFIRMED if steps[3] else EventStatus.PLANNED
    short = decision.short or short_title(decision.title)
    return BoardChip(decision.key, day, short, decision.title, status, conflict=late, steps=steps, late=late)


def short_title(title: str) -> str:
    """A 简称 of at most four characters for a decision that has none: bare of quotes and brackets."""
    bare = re.sub(r"[“”《》]|（[^）]*）", "", title)
    return re.sub(r"^(关于|宝山区|既有|公共)", "", bare)[:4]
