"""建议落到年度上：采纳若干项之后是什么样，要改哪些行。纯函数，不写任何东西。"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from datetime import date
from typing import Any

from models.domain.changes import RowChange
from models.domain.events import Event, EventStatus
from models.domain.references import REFERENCES
from models.domain.snapshot import Item, ItemKind, YearSnapshot
from planners.proposals import Entry, Given, Way

_NUMBER = re.compile(r"\d+$")
Place = tuple[ItemKind, str]
"""The list and key of an item."""


def as_accepted(entry: Entry, *, draft: bool = False, pinned: bool = False) -> Entry:
    """``entry`` as it is taken over: ``draft``: what it newly schedules is 草拟; ``pinned``: its events are locked.

    An event that is 已排 already keeps its status: being moved does not make it a draft.
    """
    return entry._replace(
        changes=tuple(_accepted(change, draft=draft, pinned=pinned) for change in entry.changes)
    )


def _accepted(change: RowChange, *, draft: bool, pinned: bool) -> RowChange:
    event = change.after
    if not isinstance(event, Event):
        return change
    was_planned = isinstance(change.before, Event) and change.before.status is EventStatus.PLANNED
    if draft and event.status is EventStatus.PLANNED and not was_planned:
        event = event._replace(status=EventStatus.DRAFT)
    return change._replace(after=event._replace(pinned=True) if pinned else event)


def on_day(event: Event, day: date) -> Event:
    """``event`` on ``day``, at its time and as long as before."""
    assert event.starts_at is not None
    shift = day - event.starts_at.date()
    ends_at = event.ends_at + shift if event.ends_at else None
    return event._replace(starts_at=event.starts_at + shift, ends_at=ends_at)


def given_entry(given: Given) -> Entry:
    """What a proposal brings whatever is ticked, as an entry like the others."""
    return Entry("given", Way.DATE, given.words, "", given.changes)


def apply_entries(snapshot: YearSnapshot, entries: Iterable[Entry]) -> YearSnapshot:
    """The year as it would be with ``entries`` accepted, one after the other."""
    return with_changes(snapshot, entries_changes(snapshot, entries))


def entries_changes(snapshot: YearSnapshot, entries: Iterable[Entry]) -> tuple[RowChange, ...]:
    """The row changes that accept ``entries`` as one step, each item once.

    Of an item that several entries change (or that has changed meanwhile) only the fields that an entry
    changes are changed. A new item whose key is taken gets a free one, and what goes with it follows.
    An edit of an item that is gone is left out.
    """
    found: dict[Place, RowChange] = {}
    for entry in entries:
        for change in _with_free_keys(snapshot, entry.changes, found):
            _take(snapshot, change, found)
    return tuple(change for change in found.values() if change.before != change.after)


def _take(snapshot: YearSnapshot, change: RowChange, found: dict[Place, RowChange]) -> None:
    place = (change.kind, change.key)
    known = found.get(place)
    now = known.after if known is not None else snapshot.item(*place)
    if change.before is None:
        found[place] = change
    elif now is not None:
        after = None if change.after is None else merged(now, change.before, change.after)
        found[place] = RowChange(*place, known.before if known else now, after)


def merged(now: Item, before: Item, after: Item) -> Item:
    """``now`` with every field that differs between ``before`` and ``after`` as in ``after``.

    Tuples of one length are merged place by place, so that two quarters' themes stand side by side.
    """
    current, old, new = _fields(now), _fields(before), _fields(after)
    changed = {name: _merged_field(current[name], old[name], new[name]) for name in new}
    return type(now)(**changed)


def _fields(item: Any) -> dict[str, Any]:
    fields: dict[str, Any] = item._asdict()
    return fields


def _merged_field(now: Any, old: Any, new: Any) -> Any:
    if new == old:
        return now
    if type(now) is tuple and type(old) is tuple and type(new) is tuple and len(now) == len(old) == len(new):
        return tuple(n if b == a else a for n, b, a in zip(now, old, new, strict=True))
    return new


def with_changes(snapshot: YearSnapshot, changes: Iterable[RowChange]) -> YearSnapshot:
    """``snapshot`` with ``changes`` in it; what is new stands at the end of its list."""
    by_kind: dict[ItemKind, dict[str, RowChange]] = {}
    for change in changes:
        by_kind.setdefault(change.kind, {})[change.key] = change
    if not by_kind:
        return snapshot
    lists: dict[str, Any] = {
        kind.value: tuple(_changed(snapshot.items(kind), by_kind.get(kind)))
        for kind in ItemKind
        if kind is not ItemKind.YEAR
    }
    (year,) = _changed(snapshot.items(ItemKind.YEAR), by_kind.get(ItemKind.YEAR))
    return YearSnapshot(
        year,  # type: ignore[arg-type]
        **lists,
        stamps=snapshot.stamps,
        withdrawn=snapshot.withdrawn,
        revision=snapshot.revision,
        installation=snapshot.installation,
        neighbours=snapshot.neighbours,
    )


def _changed(items: tuple[Item, ...], changes: dict[str, RowChange] | None) -> Iterable[Item]:
    if not changes:
        return items
    kept = [(item, changes.get(item.key)) for item in items]
    left = (item if change is None else change.after for item, change in kept)
    added = (change.after for change in changes.values() if change.before is None)
    return (item for part in (left, added) for item in part if item is not None)


def _with_free_keys(
    snapshot: YearSnapshot, changes: tuple[RowChange, ...], found: dict[Place, RowChange]
) -> Iterator[RowChange]:
    renamed: dict[Place, str] = {}
    for change in changes:
        after = change.after
        if after is not None and renamed:
            after = _pointing_to(change.kind, after, renamed)
        if after is not None and change.before is None and _taken(snapshot, change.kind, after.key, found):
            key = _free_key(snapshot, change.kind, after.key, found)
            renamed[change.kind, after.key] = key
            after = after._replace(key=key)  # type: ignore[call-arg]
        yield RowChange.of(change.before, after)


def _taken(snapshot: YearSnapshot, kind: ItemKind, key: str, found: dict[Place, RowChange]) -> bool:
    if (kind, key) in found or snapshot.item(kind, key) is not None:
        return True
    return kind is ItemKind.EVENT and any(gone.event.key == key for gone in snapshot.withdrawn)


def _free_key(snapshot: YearSnapshot, kind: ItemKind, key: str, found: dict[Place, RowChange]) -> str:
    number = _NUMBER.search(key)
    stem, count = (key[: number.start()], int(number.group())) if number else (key, 1)
    while _taken(snapshot, kind, key, found):
        count += 1
        key = f"{stem}{count:04d}"
    return key


def _pointing_to(kind: ItemKind, item: Item, renamed: dict[Place, str]) -> Item:
    """``item`` with its references to items that got another key."""
    fields = _fields(item)
    for reference in REFERENCES.get(kind, ()):
        value = fields[reference.field]
        if reference.many:
            fields[reference.field] = tuple(renamed.get((reference.target, key), key) for key in value)
        elif value is not None:
            fields[reference.field] = renamed.get((reference.target, value), value)
    return type(item)(**fields)
