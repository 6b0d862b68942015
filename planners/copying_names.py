"""换了年度，名字对得上吗：单位、场地、学校按名称和别名找，找不到的说出来。"""

from __future__ import annotations

from collections.abc import Iterable
from functools import cached_property
from typing import NamedTuple

from models.domain.events import Event
from models.domain.snapshot import YearSnapshot
from planners.copying_days import CopiedDay
from planners.proposals import Reason, ReasonKind


class CarriedEvent(NamedTuple):
    """An event with its references in the new year; what could not be found, and whether nobody hosts it now."""

    event: Event
    reasons: tuple[Reason, ...]
    host_lost: bool


class NewNames:
    """Finds units, venues and schools of ``old`` in ``new``: by name, then by an alias, then by key."""

    def __init__(self, old: YearSnapshot, new: YearSnapshot) -> None:
        self._old, self._new = old, new

    @cached_property
    def _units(self) -> dict[str, str]:
        """Old key → new key of every unit that is still there."""
        names = {unit.name: unit.key for unit in self._new.units}
        aliases = {alias: unit.key for unit in self._new.units for alias in unit.aliases}
        known = {unit.key for unit in self._new.units}
        found = {}
        for unit in self._old.units:
            called = (unit.name, *unit.aliases)
            key = next((names[name] for name in called if name in names), None)
            key = key or next((aliases[name] for name in called if name in aliases), None)
            key = key or (unit.key if unit.key in known else None)
            if key is not None:
                found[unit.key] = key
        return found

    @cached_property
    def _venues(self) -> dict[str, str]:
        names = {venue.name: venue.key for venue in self._new.venues}
        return {venue.key: names[venue.name] for venue in self._old.venues if venue.name in names}

    @cached_property
    def _schools(self) -> dict[str, str]:
        names = {school.name: school.key for school in self._new.schools}
        return {school.key: names[school.name] for school in self._old.schools if school.name in names}

    def carried(self, event: Event) -> CarriedEvent:
        """``event`` with references of the new year; a place that is not listed stays in words."""
        lead, lost_lead = self._split(event.lead_units)
        responsible, lost_others = self._split(event.responsible_units)
        towns, lost_towns = self._split(event.towns)
        park = self._units.get(event.park) if event.park else None
        venue = self._venues.get(event.venue) if event.venue else None
        schools = tuple(self._schools[key] for key in event.schools if key in self._schools)
        place_lost = (
            (event.venue is not None and venue is None)
            or (event.park is not None and park is None)
            or len(schools) < len(event.schools)
        )
        place = event.place or (self._old.place_of(event) if place_lost else "")
        lost = [self._old.unit_name(key) for key in (*lost_lead, *lost_others, *lost_towns)]
        after = event._replace(
            lead_units=lead,
            responsible_units=responsible,
            towns=towns,
            park=park,
            venue=venue,
            schools=schools,
            place=place,
        )
        return CarriedEvent(
            after, tuple(_reasons(lost, place if place_lost else "")), bool(lost_lead and not lead)
        )

    def _split(self, keys: Iterable[str]) -> tuple[tuple[str, ...], tuple[str, ...]]:
        keys = tuple(keys)
        kept = tuple(dict.fromkeys(self._units[key] for key in keys if key in self._units))
        return kept, tuple(key for key in keys if key not in self._units)


def _reasons(lost: list[str], place: str) -> Iterable[Reason]:
    if lost:
        names = "、".join(dict.fromkeys(lost))
        yield Reason(ReasonKind.COST, "单位有变", f"{names}不在今年的单位之列，已去掉")
    if place:
        yield Reason(ReasonKind.COST, "地点未列入", f"今年没有登记这个地点，照写“{place}”")


class Copied(NamedTuple):
    """An event of last year, what of it is carried over, where it comes to stand, and the event it becomes."""

    old: Event
    carried: CarriedEvent
    spot: CopiedDay
    event: Event
