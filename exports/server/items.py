"""上传用的单项：一项活动或时限一个文件 (RFC 4791 4.1：一个 UID，没有 METHOD)。"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from exports.ical import alarms_of, blocks_of, entries_of, whole_calendar
from exports.ical_deadlines import deadline_blocks, deadline_uid
from exports.ical_event import Alarms, event_uid
from models.domain.events import Campaign
from models.domain.masking import Where, masks_of
from models.domain.snapshot import YearSnapshot
from planners.results import DeadlineItem


class ServerItem(NamedTuple):
    """One thing as it is to stand on a server."""

    uid: str
    title: str
    data: bytes


def server_items(
    snapshot: YearSnapshot,
    *,
    campaign: Campaign | None = None,
    unit: str | None = None,
    drafts: bool = False,
    alarms: Alarms | None = None,
    deadlines: Sequence[DeadlineItem] = (),
    todos: Sequence[DeadlineItem] = (),
) -> tuple[ServerItem, ...]:
    """What a publish file of the same scope holds, each by itself; no delegate's name or phone is in it."""
    masks = masks_of(snapshot)
    snapshot = masks.year(snapshot)
    deadlines, todos = (masks.whole(tuple(items), Where.RECORD) for items in (deadlines, todos))
    alarms = alarms or alarms_of(snapshot.year_row)
    entries = entries_of(snapshot, campaign=campaign, unit=unit, drafts=drafts)
    named = [(event_uid(snapshot, entry.event.key), entry.event.title) for entry in entries]
    blocks = list(blocks_of(snapshot, entries, alarms, drafts=drafts))
    for is_todo, items in ((False, deadlines), (True, todos)):
        named += [(deadline_uid(snapshot, item, todo=is_todo), item.title) for item in items]
        blocks += deadline_blocks(snapshot, items, alarms, todos=is_todo)
    return tuple(
        ServerItem(uid, title, whole_calendar((), [block], method=""))
        for (uid, title), block in zip(named, blocks, strict=True)
    )
