"""有公众代表列席的会议写成 VEVENT：随变更通知发给各承办单位，取消的也在内。

A meeting has no record of its own changes; like a deadline it counts on with the number of the data's last change.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime
from urllib.parse import quote

from exports.ical_deadlines import data_changed_at
from exports.ical_event import CANCELLED, CONFIRMED, TENTATIVE, Alarms, EventTimes, availability, time_lines
from exports.ical_text import duration_before, escaped, folded_lines, one_line, utc_text
from models.domain.attendance import Decision, Meeting
from models.domain.events import ASSUMED_LENGTH
from models.domain.snapshot import ItemKind, YearSnapshot
from models.domain.workdays import workdays_of
from planners.change_notice import UnitNotice
from planners.change_words import meeting_name
from planners.sitting_changes import SittingChange

CATEGORY = "公众代表列席"


def sitting_uid(snapshot: YearSnapshot, key: str) -> str:
    """The permanent UID of a meeting with public delegates."""
    return f"{snapshot.year}-sitting-{quote(key, safe='')}@{snapshot.installation}"


def sitting_blocks(
    notice: UnitNotice, before: YearSnapshot, after: YearSnapshot, alarms: Alarms
) -> dict[str, bytes]:
    """A VEVENT for each meeting that the unit's notice is about, by the meeting's key, with the unit's decisions.

    Off where the meeting is there no more, has no day any more, or no decision of the unit any more. A meeting
    that never had a day is in no calendar.
    """
    changes = [change for change in notice.changes if isinstance(change, SittingChange)]
    keys = dict.fromkeys(key for change in changes for key in meetings_of(change))
    blocks = {}
    for key in keys:
        was, now = _meeting(before, key), _meeting(after, key)
        agenda = _agenda(after, key, notice.unit)
        comes = now is not None and (bool(agenda) or (notice.unit is None))
        if now is not None and now.starts_at is not None and comes:
            blocks[key] = _block(after, now, agenda, alarms, off=False)
        elif was is not None and was.starts_at is not None and _had(before, key, notice.unit):
            blocks[key] = _block(after, was, _agenda(before, key, notice.unit), alarms, off=True)
    return blocks


def meetings_of(change: SittingChange) -> tuple[str, ...]:
    """The keys of the meetings that a change is about: that of before, that of after."""
    sides = (change.after, change.before)
    return tuple(
        dict.fromkeys(side.meeting.key for side in sides if side is not None and side.meeting is not None)
    )


def _meeting(snapshot: YearSnapshot, key: str) -> Meeting | None:
    found = snapshot.item(ItemKind.MEETING, key)
    return found if isinstance(found, Meeting) else None


def _agenda(snapshot: YearSnapshot, key: str, unit: str | None) -> list[Decision]:
    """The unit's decisions at the meeting; all of them where no unit is asked for."""
    return [one for one in snapshot.decisions if one.meeting == key and unit in (None, one.unit)]


def _had(snapshot: YearSnapshot, key: str, unit: str | None) -> bool:
    return unit is None or bool(_agenda(snapshot, key, unit))


def _block(
    snapshot: YearSnapshot, meeting: Meeting, agenda: Sequence[Decision], alarms: Alarms, *, off: bool
) -> bytes:
    start = meeting.starts_at
    assert start is not None
    standing = CANCELLED if off else TENTATIVE if meeting.tentative else CONFIRMED
    span = EventTimes(start, start + ASSUMED_LENGTH, whole_days=False)
    changed = utc_text(data_changed_at(snapshot))
    title = one_line(f"{CATEGORY}：{meeting_name(meeting)}")
    lines = [
        "BEGIN:VEVENT",
        f"UID:{sitting_uid(snapshot, meeting.key)}",
        f"DTSTAMP:{changed}",
        f"SEQUENCE:{snapshot.revision}",
        f"LAST-MODIFIED:{changed}",
        f"STATUS:{standing.status}",
        f"SUMMARY:{standing.mark}{title}",
        *time_lines(span),
    ]
    if meeting.place:
        lines.append(f"LOCATION:{one_line(meeting.place)}")
    lines += [f"CATEGORIES:{CATEGORY}", *availability(standing, span)]
    if description := "\n".join(_description(snapshot, meeting, agenda)):
        lines.append(f"DESCRIPTION:{escaped(description)}")
    if not off:
        lines += _alarms(snapshot, start, title, alarms)
    return folded_lines([*lines, "END:VEVENT"])


def _description(snapshot: YearSnapshot, meeting: Meeting, agenda: Sequence[Decision]) -> Iterator[str]:
    for decision in agenda:
        unit = f"（{snapshot.unit_name(decision.unit)}）" if decision.unit else ""
        exempt = f"，特殊情况不邀请代表：{decision.exemption}" if decision.exemption else ""
        yield f"列席事项：{decision.title}{unit}{exempt}"
    if meeting.tentative:
        yield "时间：暂定"
    yield "结束时间未定，暂按两小时显示"


def _alarms(snapshot: YearSnapshot, start: datetime, title: str, alarms: Alarms) -> Iterator[str]:
    if alarms.workday_before is None:
        return
    day_before = workdays_of(snapshot).add(start.date(), -1)
    ahead = start - datetime.combine(day_before, alarms.workday_before)
    trigger = f"TRIGGER:{duration_before(ahead)}"
    yield from ("BEGIN:VALARM", "ACTION:DISPLAY", trigger, f"DESCRIPTION:{title}", "END:VALARM")
