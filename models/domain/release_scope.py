"""印发一个季度的只冻结那个季度：哪些活动、会议、事项在内；已印发的各季合起来是一份，其余的不算印发过。"""

import re
from collections.abc import Collection, Iterable
from typing import Any, NamedTuple

from models.domain.events import Event
from models.domain.periods import quarter_of
from models.domain.snapshot import Item, ItemKind, YearSnapshot
from models.domain.year import Year

MONTH_NAMED = re.compile(r"(?<!\d)(?:(\d{4})\s*[年./-]\s*)?(1[0-2]|0?[1-9])\s*(?:月|[./-]\s*\d)")
_QUARTER_NAMED = re.compile(r"(?:(\d{4})\s*年)?\s*第?([一二三四1-4])季度?")
_NUMERALS = "一二三四"


class Part(NamedTuple):
    """Quarters, and the keys of the events, meetings and decisions that are theirs."""

    quarters: frozenset[int]
    events: frozenset[str]
    meetings: frozenset[str]
    decisions: frozenset[str]


def quarter_of_event(event: Event, snapshot: YearSnapshot) -> int | None:
    """The quarter of the event's day; of one without a day that of its last day, else the one that its words name."""
    stamp = snapshot.stamps.get(event.key)
    last = stamp.last_time.starts_at.date() if stamp is not None and stamp.last_time is not None else None
    day = event.day or last
    if day is None or (event.day is None and event.raw_time):
        return quarter_named(event.raw_time, snapshot.year) or (quarter_of(day) if day else None)
    return quarter_of(day)


def quarter_named(words: str, year: int) -> int | None:
    """The quarter of ``year`` that a time in words names, None for none or another year's.

    >>> [quarter_named(words, 2027) for words in ("第二季度", "9月中旬", "5.15", "2026年5月", "待定")]
    [2, 3, 2, None, None]
    """
    if match := _QUARTER_NAMED.search(words):
        named = match.group(2)
        quarter = _NUMERALS.index(named) + 1 if named in _NUMERALS else int(named)
    elif match := MONTH_NAMED.search(words):
        quarter = (int(match.group(2)) + 2) // 3
    else:
        return None
    return quarter if match.group(1) in (None, str(year)) else None


def part_of(quarters: Collection[int], *snapshots: YearSnapshot) -> Part:
    """What lies in ``quarters`` in any of ``snapshots``, the meeting that carries a zone among it."""
    events = {
        key
        for snapshot in snapshots
        for event in snapshot.events
        if quarter_of_event(event, snapshot) in quarters
        for key in (event.key, event.host_event)
        if key
    }
    meetings = {
        one.key
        for snapshot in snapshots
        for one in snapshot.meetings
        if one.day is not None and quarter_of(one.day) in quarters
    }
    decided = [one for snapshot in snapshots for one in snapshot.decisions if one.meeting in meetings]
    return Part(
        frozenset(quarters),
        frozenset(events),
        frozenset(meetings),
        frozenset(one.key for one in decided),
    )


def with_part(now: YearSnapshot, before: YearSnapshot | None, quarter: int) -> YearSnapshot:
    """What is released where ``quarter`` of ``now`` is, after ``before`` (None: nothing): the quarter as it is now,
    the rest as it was released. A year that was released as a whole stays so.
    """
    part = part_of({quarter}, now, *(() if before is None else (before,)))
    whole = before is not None and not before.covers
    covers = () if whole else {quarter, *(before.covers if before is not None else ())}
    return _joined(now, now, before, part, covers)


def within(now: YearSnapshot, other: YearSnapshot) -> YearSnapshot:
    """``now`` as far as ``other`` tells of it: all of it where that is a whole year."""
    if not other.covers:
        return now
    return _joined(now, now, None, _covered(now, other), other.covers)


def laid_back(now: YearSnapshot, released: YearSnapshot) -> YearSnapshot:
    """``now`` after a release was laid back: only what it covers is as it was."""
    if not released.covers:
        return released
    return _joined(now, released, now, _covered(now, released), ())


def _covered(now: YearSnapshot, released: YearSnapshot) -> Part:
    """What ``released`` covers, and what of ``now`` has come into its quarters since."""
    part = part_of(released.covers, now, released)
    return part._replace(
        events=part.events | {one.key for one in released.events},
        meetings=part.meetings | {one.key for one in released.meetings},
        decisions=part.decisions | {one.key for one in released.decisions},
    )


def _joined(
    frame: YearSnapshot,
    inside: YearSnapshot,
    outside: YearSnapshot | None,
    part: Part,
    covers: Iterable[int],
) -> YearSnapshot:
    """``part`` as it is ``inside``, the other plans as they are ``outside``; all else is that of ``frame``."""
    lists: dict[str, Any] = {kind.value: frame.items(kind) for kind in ItemKind if kind is not ItemKind.YEAR}
    keys = {
        ItemKind.EVENT: part.events,
        ItemKind.DECISION: part.decisions,
        ItemKind.MEETING: part.meetings
        | {one.meeting for one in inside.decisions if one.key in part.decisions and one.meeting},
    }
    for kind, chosen in keys.items():
        lists[kind.value] = _chosen(kind, frame, inside, outside, chosen)
    events, decisions = ({one.key for one in lists[name]} for name in ("events", "decisions"))
    lists["invitations"] = [one for one in frame.invitations if one.decision in decisions]
    lists["opinions"] = [one for one in frame.opinions if one.decision in decisions]
    lists["zones"] = [one for one in frame.zones if one.event in events]
    lists["evidence"] = [one for one in frame.evidence if one.event in events]
    rest = outside.stamps if outside is not None else {}
    stamps = {key: (inside.stamps if key in part.events else rest).get(key) for key in events}
    gone = [one for one in inside.withdrawn if _is_inside(one.event, inside, part)]
    kept = outside.withdrawn if outside is not None else ()
    gone += [one for one in kept if not _is_inside(one.event, inside, part)]
    return YearSnapshot(
        _row(frame.year_row, inside.year_row, outside.year_row if outside is not None else None, part),
        **lists,
        stamps={key: stamp for key, stamp in stamps.items() if stamp is not None},
        withdrawn=gone,
        revision=frame.revision,
        installation=frame.installation,
        neighbours=frame.neighbours,
        persons=frame.persons,
        covers=covers,
    )


def _chosen(
    kind: ItemKind,
    frame: YearSnapshot,
    inside: YearSnapshot,
    outside: YearSnapshot | None,
    keys: Collection[str],
) -> list[Item]:
    """The items of ``kind``, in the order of ``frame``."""
    found = {
        item.key: item
        for item in (outside.items(kind) if outside is not None else ())
        if item.key not in keys
    }
    found |= {item.key: item for item in inside.items(kind) if item.key in keys}
    place = {item.key: at for at, item in enumerate(frame.items(kind))}
    return sorted(found.values(), key=lambda item: place.get(item.key, len(place)))


def _is_inside(event: Event, snapshot: YearSnapshot, part: Part) -> bool:
    return event.key in part.events or quarter_of_event(event, snapshot) in part.quarters


def _row(frame: Year, inside: Year, outside: Year | None, part: Part) -> Year:
    """The year's row; the themes of the quarters as they are where the quarters are."""
    rest = outside.quarter_themes if outside is not None else (None, None, None, None)
    first, second, third, fourth = (
        own if quarter in part.quarters else other
        for quarter, (own, other) in enumerate(zip(inside.quarter_themes, rest, strict=True), start=1)
    )
    return frame._replace(quarter_themes=(first, second, third, fourth))
