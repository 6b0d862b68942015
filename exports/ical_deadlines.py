"""时限写成全天日程 (VEVENT)，或按要求写成待办 (VTODO)。

A deadline is worked out and has no record of its own, so that no count of its changes is kept. Its SEQUENCE
is the number of the data's last change: whatever moves the day is itself a change, so it grows whenever the
day moves, and the same data give the same bytes. DTSTAMP is the last change of any event's record.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import datetime, time, timedelta, timezone
from urllib.parse import quote

from exports.ical_event import Alarms
from exports.ical_text import day_text, duration_before, escaped, folded_lines, one_line, utc_text
from models.domain.events import Campaign
from models.domain.rules import clause_words
from models.domain.snapshot import YearSnapshot
from models.domain.workdays import workdays_of
from planners.results import DeadlineItem, YearCheck

CATEGORY = "时限"
_DAY = timedelta(days=1)


def deadlines_of(
    items: Iterable[DeadlineItem],
    check: YearCheck,
    *,
    campaign: Campaign | None = None,
    unit: str | None = None,
) -> tuple[DeadlineItem, ...]:
    """Those that belong into the calendar of ``campaign`` (its rules ask for them) or ``unit`` (it has to act)."""
    concerned = {rule.code for rule in check.ruleset.rules if campaign is None or campaign in rule.campaigns}
    asked = (item for item in items if campaign is None or item.rule in concerned)
    return tuple(item for one in asked if (item := one.of_unit(unit)) is not None)


def deadline_uid(snapshot: YearSnapshot, item: DeadlineItem, *, todo: bool = False) -> str:
    """The permanent UID of a deadline, the same in the calendar of every year; its VTODO has one of its own."""
    kind = "todo" if todo else "deadline"
    return f"{item.year or snapshot.year}-{kind}-{quote(item.key, safe='')}@{snapshot.installation}"


def is_deadline_uid(uid: str) -> bool:
    """Whether ``uid`` is one that ``deadline_uid`` makes, or that of a meeting: it is of no event."""
    return uid[4:].startswith(("-deadline-", "-todo-", "-sitting-"))


def data_changed_at(snapshot: YearSnapshot) -> datetime:
    """The last change of any event's record, UTC; the first moment of the year where it has none."""
    stamps = [*snapshot.stamps.values(), *(withdrawn.stamp for withdrawn in snapshot.withdrawn)]
    first = datetime(snapshot.year, 1, 1, tzinfo=timezone.utc)
    return max((stamp.changed_at for stamp in stamps), default=first)


def deadline_blocks(
    snapshot: YearSnapshot,
    items: Iterable[DeadlineItem],
    alarms: Alarms,
    *,
    todos: bool = False,
    off: bool = False,
) -> list[bytes]:
    """A VEVENT (or VTODO) for each of ``items``, folded; done ones are marked and remind no more.

    ``off``: they are deadlines no more, and are cancelled.
    """
    changed = utc_text(data_changed_at(snapshot))
    workdays = workdays_of(snapshot)
    blocks = []
    for item in items:
        kind = "VTODO" if todos else "VEVENT"
        lines = [
            f"BEGIN:{kind}",
            f"UID:{deadline_uid(snapshot, item, todo=todos)}",
            f"DTSTAMP:{changed}",
            f"SEQUENCE:{snapshot.revision}",
            f"LAST-MODIFIED:{changed}",
            f"SUMMARY:{_mark(item, off=off)}{one_line(item.title)}",
            *(_todo_lines(item, off=off) if todos else _event_lines(item, off=off)),
            f"CATEGORIES:{CATEGORY}",
            "CLASS:PUBLIC",
        ]
        if description := "\n".join(_description(snapshot, item)):
            lines.append(f"DESCRIPTION:{escaped(description)}")
        if not item.done and not off and alarms.workday_before is not None:
            day_before = datetime.combine(workdays.add(item.day, -1), alarms.workday_before)
            lines += _alarm(item, datetime.combine(item.day, time()) - day_before, todo=todos)
        blocks.append(folded_lines([*lines, f"END:{kind}"]))
    return blocks


def _mark(item: DeadlineItem, *, off: bool) -> str:
    if off:
        return "【已取消】"
    return "【已办】" if item.done else "【时限】"


def _event_lines(item: DeadlineItem, *, off: bool) -> tuple[str, ...]:
    return (
        f"STATUS:{'CANCELLED' if off else 'CONFIRMED'}",
        f"DTSTART;VALUE=DATE:{day_text(item.day)}",
        f"DTEND;VALUE=DATE:{day_text(item.day + _DAY)}",
        "TRANSP:TRANSPARENT",
        "X-MICROSOFT-CDO-BUSYSTATUS:FREE",
        "X-MICROSOFT-CDO-ALLDAYEVENT:TRUE",
    )


def _todo_lines(item: DeadlineItem, *, off: bool) -> tuple[str, ...]:
    state = ("STATUS:COMPLETED", "PERCENT-COMPLETE:100") if item.done else ("STATUS:NEEDS-ACTION",)
    if off:
        state = ("STATUS:CANCELLED",)
    return (*state, f"DUE;VALUE=DATE:{day_text(item.day)}")


def _description(snapshot: YearSnapshot, item: DeadlineItem) -> Iterator[str]:
    if item.clause:
        yield f"依据：{'要点' if item.clause.isdigit() else ''}{clause_words(item.clause)}"
    if item.unit:
        yield f"责任单位：{snapshot.unit_name(item.unit)}"
    if item.note:
        yield item.note
    if item.estimated:
        yield "放假安排未公布，暂按法定节日估算"


def _alarm(item: DeadlineItem, ahead: timedelta, *, todo: bool) -> tuple[str, ...]:
    """A VTODO has no start: its trigger counts from the day it is due (RFC 5545 3.8.6.3)."""
    return (
        "BEGIN:VALARM",
        "ACTION:DISPLAY",
        f"TRIGGER{';RELATED=END' if todo else ''}:{duration_before(ahead)}",
        f"DESCRIPTION:{one_line(item.title)}",
        "END:VALARM",
    )
