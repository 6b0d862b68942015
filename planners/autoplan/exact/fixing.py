"""把一部分活动当作已经定下：它们占着地方、计入数目，其余活动照旧可排。"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from copy import copy

from planners.autoplan.compiled import (
    Compiled,
    GapRoom,
    PlaceRoom,
    QuotaRoom,
    Room,
    SharedRoom,
    Spot,
    UnitRoom,
)


def with_fixed(compiled: Compiled, spots: Mapping[int, Spot]) -> Compiled:
    """The same problem with the events of ``spots`` (by number) standing there for good."""
    per_day = compiled.grid.per_day
    slots: dict[int, list[int]] = defaultdict(list)
    counts: dict[int, int] = defaultdict(int)
    days = defaultdict(list, {campaign: list(held) for campaign, held in compiled.standing_days.items()})
    for number, spot in spots.items():
        event = compiled.events[number]
        for room in compiled.rooms_of(event.family, spot.host, spot.place):
            slots[room].append(spot.slot)
        day = spot.slot // per_day
        for counter in compiled.counters_of(event.family, spot.host, spot.place, compiled.day_type[day]):
            counts[counter] += 1
        campaign = compiled.families[event.family].campaign
        if campaign in compiled.spreads_of:
            days[campaign].append(day)
    view = copy(compiled)
    view.rooms = list(compiled.rooms)
    for number, taken in slots.items():
        view.rooms[number] = _taken(compiled.rooms[number], tuple(taken), per_day)
    view.counters = list(compiled.counters)
    for number, count in counts.items():
        old = compiled.counters[number]
        view.counters[number] = old._replace(initial=old.initial + count)
    view.standing_days = days
    return view


def _taken(room: Room, slots: tuple[int, ...], per_day: int) -> Room:
    """A room with events on these slots."""
    if isinstance(room, UnitRoom):
        return room._replace(standing=room.standing + slots, engagements=room.engagements + slots)
    if isinstance(room, GapRoom):
        return room._replace(standing=room.standing + tuple(slot // per_day for slot in slots))
    if isinstance(room, QuotaRoom):
        return room._replace(maximum=room.maximum - sum(1 for slot in slots if room.slots >> slot & 1))
    if isinstance(room, PlaceRoom | SharedRoom):
        return room._replace(standing=room.standing + slots)
    raise TypeError(room)
