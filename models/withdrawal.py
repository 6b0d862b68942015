"""日历上的经历：活动发布之后的序号 (SEQUENCE)，以及发布后又删除的活动。

``sequence`` counts on when a *published* event changes time, place, status or units or is withdrawn, and
never goes down, not by an undo either (RFC 5545 3.8.7.4).
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from models import queries
from models.domain import codec
from models.domain.changes import RowChange
from models.domain.events import Event
from models.domain.snapshot import ItemKind
from models.domain.units import School, Unit, Venue
from models.last_time import time_text, with_last_time
from models.statements import MOVES, TIME_TAKEN
from models.store import Store
from models.tables import json_text

SCOPE_FIELDS = ("campaign", "lead_units", "responsible_units", "towns", "park")
"""In whose calendars an event is: leaving one is a cancellation there."""
PUBLISHED_FIELDS = ("starts_at", "ends_at", "precision", "status", "place", "online_only", *SCOPE_FIELDS)
PLACE_FIELDS = ("venue", "schools")
"""Where an event takes place as long as ``place`` is empty."""

_COUNT_ON = (
    "UPDATE event SET changed_at = ?, sequence = sequence + exported WHERE year = ? AND place = '' AND "
)
_COUNT_ON_AT = "UPDATE event SET changed_at = ?, sequence = sequence + exported WHERE year = ? AND venue = ?"
"""The address of a venue stands behind the place whatever its words are."""
_HELD_THERE = {
    Venue: "venue = ?",
    School: "instr(schools, ?) > 0",
    Unit: "(park = ? OR instr(towns, ?) > 0)",
}


def first_stamps(store: Store, year: int, keys: list[str], at: str) -> dict[str, dict[str, Any]]:
    """The stamps of inserted events; one that comes back after it was withdrawn goes on counting."""
    new = {"created_at": at, "changed_at": at, "sequence": 0, "exported": 0, "last_time": ""}
    withdrawn = queries.withdrawn_stamps(store, year)
    back = [key for key in keys if key in withdrawn]
    store.write("DELETE FROM withdrawn_event WHERE year = ? AND key = ?", [(year, key) for key in back])
    stamps = dict.fromkeys(keys, new)
    for key in back:
        created, sequence, last = withdrawn[key]
        stamps[key] = {
            "created_at": created, "changed_at": at, "sequence": sequence + 1, "exported": 1, "last_time": last,
        }  # fmt: skip
    return stamps


def update_stamp(change: RowChange, at: str) -> dict[str, Any]:
    """The stamp's part of an update; empty for anything but events."""
    if not isinstance(change.before, Event) or not isinstance(change.after, Event):
        return {}
    taken = time_text(change.before) if change.after.starts_at is None else ""
    return {"changed_at": at, MOVES: int(_moves(change.before, change.after)), TIME_TAKEN: taken or None}


def _moves(before: Event, after: Event) -> bool:
    fields = PUBLISHED_FIELDS if after.place else PUBLISHED_FIELDS + PLACE_FIELDS
    return any(getattr(before, name) != getattr(after, name) for name in fields)


def withdraw(store: Store, year: int, deleted: list[RowChange], at: str) -> None:
    """Afterwards the published ones among the ``deleted`` events are kept, to be cancelled in calendars.

    One that had lost its time is kept at the time that it had.
    """
    from models.rows import WithdrawnEventRow

    published = queries.published_stamps(store, year, [change.key for change in deleted])
    for change in deleted:
        if change.key in published and isinstance(change.before, Event):
            created, sequence, last = published[change.key]
            row = WithdrawnEventRow.insert(
                year=year,
                key=change.key,
                event=json_text(codec.to_plain(with_last_time(change.before, last))),
                created_at=created,
                changed_at=at,
                sequence=sequence + 1,
            )
            store.run(row)


def mark_places_renamed(store: Store, year: int, written: Iterable[RowChange], at: str) -> None:
    """Events held at a place of another name or address now have moved, as far as calendars show it."""
    for change in written:
        if change.kind not in (ItemKind.UNIT, ItemKind.VENUE, ItemKind.SCHOOL):
            continue
        before, after = change.before, change.after
        if not isinstance(after, Unit | Venue | School) or not isinstance(before, type(after)):
            continue
        if isinstance(after, Venue) and isinstance(before, Venue) and before.address != after.address:
            store.write(_COUNT_ON_AT, [(at, year, after.key)])
        elif before.name != after.name:
            store.write(_COUNT_ON + _HELD_THERE[type(after)], [_renamed(after, year, at)])


def _renamed(place: Unit | Venue | School, year: int, at: str) -> tuple[Any, ...]:
    in_list = json_text(place.key)
    keys = {Venue: (place.key,), School: (in_list,), Unit: (place.key, in_list)}
    return (at, year, *keys[type(place)])
