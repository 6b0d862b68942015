"""专区随会议走：“科创问政”专区设在会议现场（第3条），会议改期、延期、取消，专区在同一步里随同。

``with_zones`` is called by every command that changes events; undo and redo replay what it wrote.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from datetime import datetime

from models import queries
from models.domain.changes import RowChange
from models.domain.errors import CommandError
from models.domain.events import Campaign, Event, EventStatus
from models.domain.snapshot import ItemKind
from models.statuses import item_name
from models.store import Store

ALONG = "随会议"
"""How the reason begins of a zone that was postponed or cancelled with its meeting."""

_S = EventStatus
_WAITING = (_S.POSTPONED, _S.CANCELLED)
_TAKEN_ALONG: Mapping[EventStatus, tuple[EventStatus, ...]] = {
    _S.POSTPONED: (_S.DRAFT, _S.PLANNED, _S.CONFIRMED),
    _S.CANCELLED: (_S.DRAFT, _S.PLANNED, _S.CONFIRMED, _S.POSTPONED),
}


class ZoneDayError(CommandError):
    """A zone would leave the day of its meeting; ``host`` could be moved to ``starts_at`` instead."""

    def __init__(self, zone: Event, host: Event) -> None:
        when = host.day_words or "日期待定"
        super().__init__(
            f"专区“{item_name(zone)}”设在“{item_name(host)}”（{when}）现场，须同一天举办。",
            "没有改动。",
            "请移动会议，专区随同；或先改挂另一场会议。",
        )
        self.zone, self.host, self.starts_at = zone.key, host.key, zone.starts_at


def with_zones(store: Store, year: int, changes: Iterable[RowChange]) -> tuple[RowChange, ...]:
    """``changes`` and what becomes of the zones of the meetings among them; one step.

    Afterwards a zone that has a day has the day of its meeting. ``CommandError`` where a change puts a
    zone on another day than its meeting (``ZoneDayError``), sets one up at a cancelled meeting, or
    withdraws a meeting whose zone is registered as held.
    """
    changes = tuple(changes)
    touched = {change.key: change for change in changes if change.kind is ItemKind.EVENT}
    if not touched:
        return changes
    zones_at: dict[str, list[Event]] = defaultdict(list)
    for zone in queries.hosted_events(store, year):
        if is_zone(zone) and zone.host_event is not None:
            zones_at[zone.host_event].append(zone)
    carried: list[RowChange] = []
    moved = [change for change in touched.values() if change.before and change.after]
    while moved:
        host = moved.pop()
        for zone in zones_at[host.key]:
            change = _carried(zone, host) if zone.key not in touched else None
            if change is not None:
                touched[zone.key] = change
                carried.append(change)
                moved.append(change)
    for change in touched.values():
        _require_at_host(store, year, change, touched)
    return (*changes, *carried)


def is_zone(event: Event) -> bool:
    """Whether the event is a 科创问政 zone that names its meeting."""
    return event.campaign is Campaign.TECH_FORUM and event.host_event is not None


def _carried(zone: Event, host: RowChange) -> RowChange | None:
    before, after = host.before, host.after
    assert isinstance(before, Event)
    assert isinstance(after, Event)
    follows = followed(zone, before, after)
    return None if follows == zone else RowChange.of(zone, follows)


def followed(zone: Event, before: Event, after: Event) -> Event:
    """``zone`` as it is when its meeting ``before`` has become ``after``: day, time, place and exits follow.

    A zone with a clock time of its own keeps its distance from the meeting's beginning, within the day.
    """
    zone = _with_exit(zone, before, after)
    if (before.starts_at, before.ends_at, before.precision) != (
        after.starts_at,
        after.ends_at,
        after.precision,
    ):
        zone = _in_time(zone, before, after)
    if (zone.place, zone.venue) == (before.place, before.venue):
        zone = zone._replace(place=after.place, venue=after.venue)
    return zone


def _with_exit(zone: Event, before: Event, after: Event) -> Event:
    """The zone leaves the plan with its meeting, and comes back with it."""
    if after.status is before.status:
        return zone
    if after.status in _WAITING and zone.status is EventStatus.HELD:
        raise _zone_held(zone, before, after.status.label[1:])
    if zone.status in _TAKEN_ALONG.get(after.status, ()):
        reason = f"{ALONG}{after.status.label[1:]}：{after.status_reason}"
        return zone._replace(status=after.status, status_reason=reason)
    returns = before.status in _WAITING and after.status not in _WAITING
    if returns and zone.status in _WAITING and zone.status_reason.startswith(ALONG):
        return zone._replace(status=EventStatus.PLANNED, status_reason="")
    return zone


def _in_time(zone: Event, before: Event, after: Event) -> Event:
    if after.starts_at is None:
        return _undated(zone, before)
    together = (zone.starts_at, zone.ends_at, zone.precision) == (
        before.starts_at,
        before.ends_at,
        before.precision,
    )
    if together or (zone.starts_at is None and before.starts_at is None):
        return zone._replace(starts_at=after.starts_at, ends_at=after.ends_at, precision=after.precision)
    if zone.starts_at is None:
        return zone
    starts_at = _own_start(zone.starts_at, before, after, timed=zone.is_timed)
    ends_at = starts_at + (zone.ends_at - zone.starts_at) if zone.ends_at else None
    return zone._replace(starts_at=starts_at, ends_at=ends_at)


def _own_start(own: datetime, before: Event, after: Event, *, timed: bool) -> datetime:
    """The zone's own clock time on the meeting's day, shifted with the meeting where that stays in the day."""
    assert after.starts_at is not None
    day = after.starts_at.date()
    same_clock = datetime.combine(day, own.time())
    if not timed or not before.is_timed or not after.is_timed or before.starts_at is None:
        return same_clock
    shifted = own + (after.starts_at - before.starts_at)
    return shifted if shifted.date() == day else same_clock


def _zone_held(zone: Event, host: Event, verb: str) -> CommandError:
    return CommandError(
        f"专区“{item_name(zone)}”已登记为已举办，会议“{item_name(host)}”不能{verb}。",
        "没有改动。",
        "若登记有误，请先把专区退回“已确认”。",
    )


def _undated(zone: Event, host: Event) -> Event:
    if zone.starts_at is None:
        return zone
    if zone.status is EventStatus.HELD:
        raise _zone_held(zone, host, "去掉日期")
    words = zone.raw_time or f"原定 {zone.day_words}"
    status = EventStatus.PLANNED if zone.status is EventStatus.CONFIRMED else zone.status
    return zone._replace(starts_at=None, ends_at=None, raw_time=words, status=status)


def _require_at_host(store: Store, year: int, change: RowChange, touched: Mapping[str, RowChange]) -> None:
    zone, before = change.after, change.before
    if not isinstance(zone, Event) or zone.host_event is None or not is_zone(zone):
        return
    known = touched.get(zone.host_event)
    host = known.after if known else queries.one_item(store, ItemKind.EVENT, year, zone.host_event)
    if not isinstance(host, Event):
        return  # a missing host is refused where all references are
    if isinstance(before, Event) and known is None and _stays(before, zone):
        return
    if zone.days is not None and zone.days != host.days:
        raise ZoneDayError(zone, host)
    if host.status is EventStatus.CANCELLED and zone.status not in _WAITING:
        raise CommandError(
            f"会议“{item_name(host)}”已取消，不能在那里设专区。",
            "没有改动。",
            "请先恢复会议，或改挂另一场会议。",
        )


def _stays(before: Event, after: Event) -> bool:
    """Whether a zone stands as it stood: what a package brought in long ago does not hinder other changes."""
    return (before.host_event, before.days, before.status) == (after.host_event, after.days, after.status)


def has_own_time(zone: Event, host: Event) -> bool:
    """Whether the zone begins or ends at another time than its meeting.

    >>> from datetime import datetime
    >>> from models.domain.events import Campaign
    >>> meeting = Event("h", Campaign.HOST_MEETING, "", starts_at=datetime(2027, 6, 1, 9))
    >>> has_own_time(Event("z", Campaign.TECH_FORUM, "", starts_at=datetime(2027, 6, 1, 10)), meeting)
    True
    """
    return zone.starts_at is not None and (zone.starts_at, zone.ends_at) != (host.starts_at, host.ends_at)
