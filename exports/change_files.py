"""变更通知随附的日历：一个收件单位一个文件，只有它的活动，取消的也在内。"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from datetime import datetime
from typing import NamedTuple

from exports.files import safe_name
from exports.ical import (
    CalendarEntry,
    alarms_of,
    blocks_of,
    calendar_uid,
    head_of_many,
    units_of,
    whole_calendar,
)
from exports.ical_deadlines import data_changed_at
from exports.ical_event import Alarms
from exports.ical_left import deleted, moved_on
from exports.ical_sittings import meetings_of, sitting_blocks
from models.domain.errors import UserError
from models.domain.events import EventStatus
from models.domain.masking import masks_of
from models.domain.snapshot import ItemKind, YearSnapshot
from planners.change_notice import UnitNotice, unit_notices
from planners.release_changes import Change, EventChange, PlanChanges
from planners.sitting_changes import SittingChange


class ChangeFile(NamedTuple):
    """The calendar that goes to ``unit`` (None: no unit is named) with its notice; ``keys``: its events, then meetings."""

    unit: str | None
    name: str
    data: bytes
    keys: tuple[str, ...]


class ChangeFiles(NamedTuple):
    """The files by unit; ``left_out``: keys of changes that no calendar knows (no date, draft, a theme).

    ``without``: the names of the units that are in the notice and have nothing that a calendar knows.
    """

    files: tuple[ChangeFile, ...]
    left_out: tuple[str, ...] = ()
    without: tuple[str, ...] = ()


def change_files(
    changes: PlanChanges, before: YearSnapshot, after: YearSnapshot, alarms: Alarms | None = None
) -> ChangeFiles:
    """A file for each unit of the notice. All files and what is left out together are exactly the changes.

    Cancelled, postponed and deleted events are in it, off; so are those that another unit has taken over.
    No delegate's name or phone is in them. ``UserError`` where nothing can be sent.
    """
    masks = masks_of(after, before)
    changes, before, after = masks.whole(changes), masks.year(before), masks.year(after)
    alarms = alarms or alarms_of(after.year_row)
    files: list[ChangeFile] = []
    sent: set[tuple[ItemKind, str]] = set()
    without: list[str] = []
    for notice in unit_notices(changes, before, after):
        entries = tuple(_entries(notice, before, after))
        sittings = sitting_blocks(notice, before, after, alarms)
        if not entries and not sittings:
            without.append(after.unit_name(notice.unit) if notice.unit else "未写明单位的")
            continue
        sent.update((ItemKind.EVENT, entry.event.key) for entry in entries)
        sent.update((one.item, one.key) for one in notice.changes if _is_of(one, sittings))
        keys = (*(entry.event.key for entry in entries), *sittings)
        blocks = [*blocks_of(after, entries, alarms, drafts=False), *sittings.values()]
        named = _named(notice.unit, changes, after, [entry.stamp.changed_at for entry in entries], blocks)
        files.append(ChangeFile(notice.unit, *named, keys))
    if not files:
        raise UserError("没有可以发出的日历。", "两稿之间没有排定活动的变化，也没有列席会议的变化。", "")
    left_out = tuple(change.key for change in changes.all if (change.item, change.key) not in sent)
    return ChangeFiles(tuple(files), left_out, tuple(without))


def _is_of(change: Change, sittings: Collection[str]) -> bool:
    """Whether one of the meetings ``sittings`` tells of the change."""
    return isinstance(change, SittingChange) and any(key in sittings for key in meetings_of(change))


def _named(
    unit: str | None,
    changes: PlanChanges,
    after: YearSnapshot,
    changed: Sequence[datetime],
    blocks: Sequence[bytes],
) -> tuple[str, bytes]:
    """File name and bytes."""
    who = after.unit_name(unit) if unit else "未写明单位"
    title = f"{changes.year}年活动变更（{who}）"
    uid = calendar_uid(after, unit=f"变更-{unit or ''}")
    last = max(changed, default=data_changed_at(after))
    several = head_of_many(uid, title, last) if len(blocks) > 1 else ()
    return safe_name(f"{title}.ics"), whole_calendar(several, blocks)


def _entries(notice: UnitNotice, before: YearSnapshot, after: YearSnapshot) -> Iterator[CalendarEntry]:
    withdrawn = {entry.event.key: entry for entry in after.withdrawn}
    for change in notice.events:
        if change.after is not None:
            if _is_known(change, before, after):
                yield _entry(change, notice.unit, before, after)
        elif (gone := withdrawn.get(change.key)) is not None:
            yield CalendarEntry(gone.event, gone.stamp, withdrawn=True)
        elif change.key in before.stamps and before.stamps[change.key].exported:
            yield deleted(change.event, before.stamps[change.key])


def _is_known(change: EventChange, before: YearSnapshot, after: YearSnapshot) -> bool:
    """Whether calendars know the event: it was published, or it has a date and is no draft."""
    event = change.after
    assert event is not None
    published = [snapshot.stamps.get(event.key) for snapshot in (before, after)]
    if any(stamp is not None and stamp.exported for stamp in published):
        return True
    return event.starts_at is not None and event.status is not EventStatus.DRAFT


def _entry(change: EventChange, unit: str | None, before: YearSnapshot, after: YearSnapshot) -> CalendarEntry:
    """The event as it is; off for a unit that it has been taken from."""
    event = change.after
    assert event is not None
    stamp = after.stamps[event.key]
    if unit is None or unit in units_of(event):
        return CalendarEntry(event, stamp)
    was = before.stamps.get(event.key)
    return moved_on(event, stamp, was.sequence if was is not None else stamp.sequence)
