"""日历发布文件 (METHOD:PUBLISH)：全年、一条工作线或一个单位的活动 (RFC 5545、5546、7986)。

Lines are formatted here and not by a library: that is many times faster, and the traps of the library's
writer do not arise. The tests read every output back with icalendar.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from datetime import datetime, time
from functools import lru_cache
from typing import NamedTuple
from urllib.parse import quote

from exports.ical_deadlines import data_changed_at, deadline_blocks
from exports.ical_event import Alarms, EventWriter
from exports.ical_text import folded_lines, one_line, utc_text
from models.domain.errors import UserError
from models.domain.events import Campaign, Event, EventStatus
from models.domain.masking import Where, masks_of
from models.domain.policies import PolicyDocument
from models.domain.setting_names import ALARM_MINUTES, ALARM_TIME
from models.domain.snapshot import EventStamp, YearSnapshot
from models.domain.units import School, Unit, Venue
from models.domain.workdays import Workdays, workdays_of
from models.domain.year import Year
from planners.results import DeadlineItem

PRODID = "-//bao-gongkai-paiqi//outreach calendar 1//ZH"
REFRESH = "PT12H"

_TIMEZONE = (
    "BEGIN:VTIMEZONE",
    "TZID:Asia/Shanghai",
    "BEGIN:STANDARD",
    "DTSTART:19700101T000000",
    "TZOFFSETFROM:+0800",
    "TZOFFSETTO:+0800",
    "TZNAME:CST",
    "END:STANDARD",
    "END:VTIMEZONE",
)
_MOST_KEPT = 20_000


class CalendarEntry(NamedTuple):
    """One event of a calendar with its history; ``withdrawn``: deleted after it was published."""

    event: Event
    stamp: EventStamp
    withdrawn: bool = False


class Left(NamedTuple):
    """What a file of this scope held before and holds no more: it stays in it, off (``exports.ical_left``)."""

    entries: tuple[CalendarEntry, ...] = ()
    deadlines: tuple[DeadlineItem, ...] = ()
    todos: tuple[DeadlineItem, ...] = ()


class _Revision(NamedTuple):
    """What a VEVENT says: the event and its history, whether or not it has been published."""

    event: Event
    created_at: datetime
    changed_at: datetime
    sequence: int
    withdrawn: bool


class _Surroundings(NamedTuple):
    """All that a VEVENT depends on beside its event and stamp: kept blocks are good while it is equal.

    Equal arrangements of holidays share one ``Workdays``, so that its identity stands for them.
    """

    installation: str
    year: int
    workdays: Workdays
    units: tuple[Unit, ...]
    venues: tuple[Venue, ...]
    schools: tuple[School, ...]
    policies: tuple[PolicyDocument, ...]
    alarms: Alarms
    drafts: bool


def calendar_bytes(
    snapshot: YearSnapshot,
    *,
    campaign: Campaign | None = None,
    unit: str | None = None,
    keys: Collection[str] | None = None,
    name: str | None = None,
    drafts: bool = False,
    alarms: Alarms | None = None,
    deadlines: Sequence[DeadlineItem] = (),
    todos: Sequence[DeadlineItem] = (),
    left: Left | None = None,
) -> bytes:
    """The publish file of the year, or of one ``campaign`` or ``unit`` (key) of it, or of the events ``keys``.

    Cancelled, postponed and withdrawn events stay, marked; 草拟 ones only with ``drafts``. ``deadlines`` come
    as all-day events, ``todos`` as VTODO, after the events; what has ``left`` since an earlier file comes last,
    cancelled. The same data give the same bytes. ``alarms``: the year's settings unless given. No delegate's name or phone is in it. ``UserError`` where nothing is left.
    """
    masks = masks_of(snapshot)
    snapshot, name = masks.year(snapshot), masks.text(name) if name else None
    deadlines, todos = (masks.whole(tuple(items), Where.RECORD) for items in (deadlines, todos))
    entries = entries_of(snapshot, campaign=campaign, unit=unit, keys=keys, drafts=drafts)
    alarms = alarms or alarms_of(snapshot.year_row)
    left = masks.whole(left or Left(), Where.RECORD)
    entries += left.entries
    blocks = [
        *blocks_of(snapshot, entries, alarms, drafts=drafts),
        *deadline_blocks(snapshot, deadlines, alarms),
        *deadline_blocks(snapshot, todos, alarms, todos=True),
        *deadline_blocks(snapshot, left.deadlines, alarms, off=True),
        *deadline_blocks(snapshot, left.todos, alarms, todos=True, off=True),
    ]
    if not blocks:
        raise _nothing_to_write(snapshot, drafts=drafts)
    title = name or calendar_name(snapshot, campaign=campaign, unit=unit)
    several: tuple[str, ...] = ()
    if len(blocks) > 1:
        several = head_of_many(
            calendar_uid(snapshot, campaign=campaign, unit=unit), title, _changed(snapshot, entries)
        )
    return whole_calendar(several, blocks)


def whole_calendar(several: Sequence[str], blocks: Iterable[bytes], method: str = "PUBLISH") -> bytes:
    """A calendar of VEVENT and VTODO ``blocks``; ``several``: the lines that a calendar of many has.

    On a server there is no ``method`` (RFC 4791 4.1): "".
    """
    head = [*_preamble(method), *several, *_TIMEZONE]
    return folded_lines(head) + b"".join(blocks) + b"END:VCALENDAR\r\n"


def calendar_uid(snapshot: YearSnapshot, *, campaign: Campaign | None = None, unit: str | None = None) -> str:
    """The permanent name of the calendar of the year, a campaign or a unit (RFC 7986 5.3)."""
    parts = (str(snapshot.year), campaign and campaign.value, unit)
    return "-".join(quote(part, safe="") for part in parts if part) + f"@{snapshot.installation}"


def exported_keys(
    snapshot: YearSnapshot,
    *,
    campaign: Campaign | None = None,
    unit: str | None = None,
    keys: Collection[str] | None = None,
) -> tuple[str, ...]:
    """Keys of the events that such a file publishes; drafts sent round for comment are not published by that."""
    entries = entries_of(snapshot, campaign=campaign, unit=unit, keys=keys, drafts=False)
    return tuple(entry.event.key for entry in entries if not entry.withdrawn)


def entries_of(
    snapshot: YearSnapshot,
    *,
    campaign: Campaign | None = None,
    unit: str | None = None,
    keys: Collection[str] | None = None,
    drafts: bool = False,
) -> tuple[CalendarEntry, ...]:
    """What a file holds, in the stored order of events, withdrawn ones last."""
    return tuple(
        entry
        for entry in _all_entries(snapshot)
        if (campaign is None or entry.event.campaign is campaign)
        and (unit is None or unit in units_of(entry.event))
        and (keys is None or entry.event.key in keys)
        and _belongs(entry, drafts=drafts)
    )


def calendar_name(
    snapshot: YearSnapshot, *, campaign: Campaign | None = None, unit: str | None = None
) -> str:
    """What the calendar is called in the receiver's program: 宝山区2027年公开讲堂（区医保局）."""
    subject = campaign.label if campaign else "政务公开活动"
    suffix = f"（{snapshot.unit_name(unit)}）" if unit else ""
    return f"{snapshot.year_row.district}{snapshot.year}年{subject}{suffix}"


def alarms_of(year: Year) -> Alarms:
    """The reminders that the year's settings ask for; what is no time or number falls back to the default."""
    at = year.setting(ALARM_TIME, "15:00")
    minutes = year.setting(ALARM_MINUTES, 30)
    return Alarms(
        workday_before=_clock_time(at) if at else None,
        minutes_before=minutes if isinstance(minutes, int) and minutes >= 0 else None,
    )


def _clock_time(text: object) -> time:
    try:
        return datetime.strptime(str(text), "%H:%M").time()
    except ValueError:
        return time(15, 0)


def _all_entries(snapshot: YearSnapshot) -> Iterator[CalendarEntry]:
    for event in snapshot.events:
        yield CalendarEntry(event, snapshot.stamps[event.key])
    for event, stamp in snapshot.withdrawn:
        if event.key not in snapshot.event_by_key:
            yield CalendarEntry(event, stamp, withdrawn=True)


def _belongs(entry: CalendarEntry, *, drafts: bool) -> bool:
    """Published events always; others when they have a date and are no drafts (but on request)."""
    if entry.withdrawn or entry.stamp.exported:
        return True
    return entry.event.starts_at is not None and (drafts or entry.event.status is not EventStatus.DRAFT)


def units_of(event: Event) -> tuple[str, ...]:
    """Whose calendar an event is in: lead and responsible units, its 街镇 and its park."""
    return event.lead_units + event.responsible_units + event.towns + ((event.park,) if event.park else ())


def _nothing_to_write(snapshot: YearSnapshot, *, drafts: bool) -> UserError:
    waiting = sum(event.status is EventStatus.DRAFT for event in snapshot.events)
    undated = sum(event.starts_at is None for event in snapshot.events)
    notes = [f"{snapshot.year}年按所选范围没有已排的活动，没有写出文件。"]
    if waiting and not drafts:
        notes.append(f"全年有{waiting}项草拟活动，草案不进日历。")
    if undated:
        notes.append(f"全年有{undated}项活动还没有日期。")
    return UserError("没有可以写入日历的活动。", "".join(notes), "请先排入活动，或换一个工作线、单位。")


def _preamble(method: str) -> tuple[str, ...]:
    lines = ("BEGIN:VCALENDAR", "VERSION:2.0", f"PRODID:{PRODID}", "CALSCALE:GREGORIAN")
    return (*lines, f"METHOD:{method}") if method else lines


def _changed(snapshot: YearSnapshot, entries: Sequence[CalendarEntry]) -> datetime:
    """When the last of ``entries`` changed; without any, when the data did."""
    return max((entry.stamp.changed_at for entry in entries), default=data_changed_at(snapshot))


def head_of_many(uid: str, name: str, changed: datetime) -> tuple[str, ...]:
    """What names and refreshes a calendar of many; a single event goes into the receiver's own calendar."""
    title = one_line(name)
    return (
        f"UID:{uid}",
        f"LAST-MODIFIED:{utc_text(changed)}",
        f"NAME:{title}",
        f"X-WR-CALNAME:{title}",
        "X-WR-TIMEZONE:Asia/Shanghai",
        f"REFRESH-INTERVAL;VALUE=DURATION:{REFRESH}",
        f"X-PUBLISHED-TTL:{REFRESH}",
    )


def blocks_of(
    snapshot: YearSnapshot, entries: Sequence[CalendarEntry], alarms: Alarms, *, drafts: bool
) -> Iterator[bytes]:
    """The VEVENT of each entry; one written before from the same values is not formatted again."""
    surroundings = _surroundings(snapshot, alarms, drafts=drafts)
    kept = _kept_blocks(surroundings)
    if len(kept) > _MOST_KEPT + len(entries):
        kept.clear()
    writer = EventWriter(snapshot, surroundings.workdays, alarms, drafts=drafts)
    for entry in entries:
        revision = _Revision(entry.event, *entry.stamp[:3], entry.withdrawn)
        block = kept.get(revision)
        if block is None:
            block = kept[revision] = writer.block(entry.event, entry.stamp, withdrawn=entry.withdrawn)
        yield block


@lru_cache(maxsize=4)
def _kept_blocks(_: _Surroundings) -> dict[_Revision, bytes]:
    """The blocks written in the last few surroundings; filled by ``blocks_of``."""
    return {}


def _surroundings(snapshot: YearSnapshot, alarms: Alarms, *, drafts: bool) -> _Surroundings:
    return _Surroundings(
        installation=snapshot.installation,
        year=snapshot.year,
        workdays=workdays_of(snapshot),
        units=snapshot.units,
        venues=snapshot.venues,
        schools=snapshot.schools,
        policies=snapshot.policies,
        alarms=alarms,
        drafts=drafts,
    )
