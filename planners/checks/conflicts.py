"""冲突：同场地（登记的或写明的）、同单位同时段（刚性），同街镇同日、每周超限（提示）；每周负荷。"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from datetime import date, datetime

from models.domain.events import ASSUMED_LENGTH, Campaign, Event, Precision
from models.domain.rules import Severity
from planners.checks.context import CAMPAIGNS, CheckContext, week_count
from planners.checks.places import places_of
from planners.results import Conflict, ConflictKind, WeekLoad

_TIME, _HALF_DAY = Precision.TIME, Precision.HALF_DAY


def conflicts(context: CheckContext, loads: Sequence[WeekLoad]) -> tuple[Conflict, ...]:
    """Conflicts by day (venue, unit, then 街镇 on one day), then the weeks over the limit."""
    found = [*_double_bookings(context), *_towns_twice_a_day(context)]
    found.sort(key=lambda conflict: conflict.day)
    return (*found, *_weeks_over_limit(context, loads))


class _Bookings:
    """Who has what until when: events come by start; those that overlap gather in clusters."""

    def __init__(self) -> None:
        self.until: dict[str, tuple[datetime, Event]] = {}
        self._clusters: dict[str, list[list[Event]]] = {}

    def overlap(self, resource: str, holder: Event, event: Event, end: datetime) -> None:
        """``event`` wants ``resource`` while ``holder`` still has it: both stand in one cluster."""
        if holder is event:
            return
        clusters = self._clusters.setdefault(resource, [])
        if clusters and holder in clusters[-1]:
            clusters[-1].append(event)
        else:
            clusters.append([holder, event])
        if end > self.until[resource][0]:
            self.until[resource] = end, event

    def clashes(self, kind: ConflictKind) -> Iterator[Conflict]:
        """A conflict for each cluster in which events really compete."""
        for resource, clusters in self._clusters.items():
            for cluster in clusters:
                if clashing := clashing_events(cluster):
                    day = clashing[0].day
                    assert day is not None
                    yield Conflict(kind, Severity.HARD, tuple([e.key for e in clashing]), resource, day)


def _double_bookings(context: CheckContext) -> Iterator[Conflict]:
    venues, units, places = _Bookings(), _Bookings(), places_of(context.snapshot)
    venue_until, unit_until = venues.until, units.until
    for event in context.counted:
        precision = event.precision
        if precision is not _TIME and precision is not _HALF_DAY:
            continue
        start: datetime = event.starts_at  # type: ignore[assignment]
        end = event.ends_at or start + ASSUMED_LENGTH
        if (venue := places.taken_by(event)) is not None:
            held = venue_until.get(venue)
            if held is not None and held[0] > start:
                venues.overlap(venue, held[1], event, end)
            else:
                venue_until[venue] = end, event
        engaged = event.lead_units
        if event.responsible_units:
            engaged += event.responsible_units
        for unit in engaged:
            held = unit_until.get(unit)
            if held is not None and held[0] > start:
                units.overlap(unit, held[1], event, end)
            else:
                unit_until[unit] = end, event
    yield from venues.clashes(ConflictKind.VENUE)
    yield from units.clashes(ConflictKind.UNIT)


def clashing_events(cluster: Sequence[Event]) -> Sequence[Event]:
    """Those events of a cluster (by start) that compete with another one; a zone and its host never do."""
    if len(cluster) == 2:
        return () if belong_together(*cluster) else cluster
    return [
        event
        for event in cluster
        if any(
            other is not event and overlap(event, other) and not belong_together(event, other)
            for other in cluster
        )
    ]


def overlap(event: Event, other: Event) -> bool:
    """Whether the two events share a moment; an unknown end counts as two hours."""
    one, two = event.span, other.span
    return one is not None and two is not None and one[0] < two[1] and two[0] < one[1]


def belong_together(event: Event, other: Event) -> bool:
    """Whether one carries the other or both are zones of one meeting (§3): they never conflict."""
    return (
        event.host_event == other.key
        or other.host_event == event.key
        or (event.host_event is not None and event.host_event == other.host_event)
    )


def _towns_twice_a_day(context: CheckContext) -> Iterator[Conflict]:
    visits: dict[tuple[int, str], list[Event]] = defaultdict(list)
    for event in context.by_campaign[Campaign.COMMUNITY]:
        assert event.starts_at is not None
        for town in event.towns:
            visits[event.starts_at.toordinal(), town].append(event)
    for (ordinal, town), events in visits.items():
        if len(events) > 1:
            keys = tuple(event.key for event in events)
            yield Conflict(ConflictKind.TOWN_DAY, Severity.HINT, keys, town, date.fromordinal(ordinal))


def week_loads(context: CheckContext) -> tuple[WeekLoad, ...]:
    """The district's events of every ISO week that touches the year; host meetings are not its own."""
    own = [(c, context.weeks[c]) for c in CAMPAIGNS if c is not Campaign.HOST_MEETING]
    return tuple(
        WeekLoad(context.monday(week), tuple([(c, counts[week]) for c, counts in own if counts[week]]))
        for week in range(week_count(context.snapshot.year))
    )


def _weeks_over_limit(context: CheckContext, loads: Sequence[WeekLoad]) -> Iterator[Conflict]:
    for week, load in enumerate(loads):
        monday = context.monday(week)
        limit = context.week_limit_on(monday)
        if load.total > limit:
            keys = tuple([e.key for e in context.week(week) if e.campaign is not Campaign.HOST_MEETING])
            yield Conflict(ConflictKind.WEEK_LOAD, Severity.HINT, keys, monday.isoformat(), monday, limit)
