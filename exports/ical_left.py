"""离开了一份日历的活动与时限：改由别的单位牵头、改列别的工作线、删除、不再有的时限，都写成取消。

Whoever holds an earlier file keeps what the new one is silent about; so it says that it is off.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from exports.ical import CalendarEntry, entries_of, exported_keys
from models.domain.events import Campaign, Event
from models.domain.snapshot import EventStamp, YearSnapshot
from planners.results import DeadlineItem

MOVED_ON = "本活动已改由其他单位牵头"
MOVED_OVER = "本活动已改列其他工作线"


def moved_on(event: Event, stamp: EventStamp, known: int, *, campaign: bool = False) -> CalendarEntry:
    """The event as it is now, off for the calendar that it has left.

    ``known``: the SEQUENCE that the calendar has of it, which this one is above. Its record counts on when units
    or campaign change; should it come back, it is newer still (RFC 5546 2.1.5). ``campaign``: of whose calendar.
    """
    reason = MOVED_OVER if campaign else MOVED_ON
    stamp = stamp._replace(sequence=max(stamp.sequence, known + 1))
    return CalendarEntry(event._replace(status_reason=reason), stamp, withdrawn=True)


def deleted(event: Event, stamp: EventStamp) -> CalendarEntry:
    """An event that is there no more and of whose deletion nothing is known, as it was."""
    return CalendarEntry(event, stamp._replace(sequence=stamp.sequence + 1), withdrawn=True)


def left_entries(
    now: YearSnapshot,
    earlier: Iterable[YearSnapshot],
    *,
    campaign: Campaign | None = None,
    unit: str | None = None,
    drafts: bool = False,
) -> tuple[CalendarEntry, ...]:
    """The events that a file of this scope held in ``earlier`` states (oldest first) and holds no more, off."""
    here = {entry.event.key for entry in entries_of(now, campaign=campaign, unit=unit, drafts=drafts)}
    last: dict[str, YearSnapshot] = {}
    for snapshot in earlier:
        keys = exported_keys(snapshot, campaign=campaign, unit=unit)
        last.update((key, snapshot) for key in keys if key not in here)
    withdrawn = {gone.event.key: gone for gone in now.withdrawn}
    found = []
    for key, snapshot in last.items():
        event, was = now.event_by_key.get(key), snapshot.stamps[key]
        if event is not None:
            of_campaign = campaign is not None and event.campaign is not campaign
            found.append(moved_on(event, now.stamps[key], was.sequence, campaign=of_campaign))
        elif key in withdrawn:
            gone = withdrawn[key]
            found.append(CalendarEntry(gone.event, gone.stamp, withdrawn=True))
        else:
            found.append(deleted(snapshot.event_by_key[key], was))
    return tuple(found)


def left_deadlines(
    now: Sequence[DeadlineItem], earlier: Iterable[Sequence[DeadlineItem]]
) -> tuple[DeadlineItem, ...]:
    """The deadlines of ``earlier`` states (oldest first) of the same scope that are none any more, as they were last."""
    here = {item.name for item in now}
    last = {item.name: item for items in earlier for item in items if item.name not in here}
    return tuple(last.values())
