"""冲突：同场地、同单位同时段（刚性），同街镇同日、每周超限（提示）；每周负荷。"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from datetime import date, timedelta

from models.domain.events import Campaign, Event
from models.domain.rules import Severity
from planners.checks.context import CheckContext
from planners.results import Conflict, ConflictKind, WeekLoad


def conflicts(context: CheckContext) -> tuple[Conflict, ...]:
    """All conflicts by day: venue, unit, 街镇 on one day; then weeks over the limit."""
    by_day: dict[date, list[Event]] = defaultdict(list)
    for event in context.counted:
        if event.starts_at is not None:
            by_day[event.starts_at.date()].append(event)
    found = [c for day in sorted(by_day) if len(by_day[day]) > 1 for c in _of_day(day, by_day[day])]
    return (*found, *_weeks_over_limit(context))


def _of_day(day: date, events: list[Event]) -> Iterator[Conflict]:
    venues: dict[str, list[Event]] = defaultdict(list)
    units: dict[str, list[Event]] = defaultdict(list)
    towns: dict[str, list[Event]] = defaultdict(list)
    for event in events:
        if event.venue is not None:
            venues[event.venue].append(event)
        for unit in event.lead_units:
            units[unit].append(event)
        for unit in event.responsible_units:
            if unit not in event.lead_units:
                units[unit].append(event)
        if event.campaign is Campaign.COMMUNITY:
            for town in event.towns:
                towns[town].append(event)
    yield from _overlaps(ConflictKind.VENUE, day, venues)
    yield from _overlaps(ConflictKind.UNIT, day, units)
    for town, shared in towns.items():
        if len(shared) > 1:
            keys = tuple(event.key for event in shared)
            yield Conflict(ConflictKind.TOWN_DAY, Severity.HINT, keys, town, day)


def _overlaps(kind: ConflictKind, day: date, engaged: dict[str, list[Event]]) -> Iterator[Conflict]:
    for resource, events in engaged.items():
        if len(events) > 1 and (keys := clashing(events)):
            yield Conflict(kind, Severity.HARD, keys, resource, day)


def clashing(events: list[Event]) -> tuple[str, ...]:
    """Keys of the timed events that overlap another one, by start; a zone and its host never do."""
    timed = sorted(
        (event for event in events if event.is_timed), key=lambda event: (event.starts_at, event.key)
    )
    keys: dict[str, None] = {}
    for number, event in enumerate(timed):
        for other in timed[number + 1 :]:
            if overlap(event, other) and not _belong_together(event, other):
                keys |= {event.key: None, other.key: None}
    return tuple(keys)


def overlap(event: Event, other: Event) -> bool:
    """Whether the two events share a moment; an unknown end counts as two hours."""
    one, two = event.span, other.span
    return one is not None and two is not None and one[0] < two[1] and two[0] < one[1]


def _belong_together(event: Event, other: Event) -> bool:
    return (
        event.host_event == other.key
        or other.host_event == event.key
        or (event.host_event is not None and event.host_event == other.host_event)
    )


def week_loads(context: CheckContext) -> tuple[WeekLoad, ...]:
    """The district's events of every ISO week that touches the year; host meetings are not its own."""
    first = date(context.snapshot.year, 1, 1)
    monday = first - timedelta(days=first.weekday())
    weeks = (date(context.snapshot.year, 12, 31) - monday).days // 7 + 1
    base = monday.toordinal()
    counts: list[dict[Campaign, int]] = [{} for _ in range(weeks)]
    for event in context.counted:
        if event.campaign is Campaign.HOST_MEETING or event.starts_at is None:
            continue
        week = (event.starts_at.toordinal() - base) // 7
        if 0 <= week < weeks:
            counts[week][event.campaign] = counts[week].get(event.campaign, 0) + 1
    order = tuple(Campaign)
    return tuple(
        WeekLoad(monday + timedelta(weeks=n), tuple((c, week[c]) for c in order if c in week) if week else ())
        for n, week in enumerate(counts)
    )


def _weeks_over_limit(context: CheckContext) -> Iterator[Conflict]:
    over = {load.monday for load in week_loads(context) if load.total > context.week_limit}
    if not over:
        return
    keys: dict[date, list[str]] = defaultdict(list)
    for event in context.counted:
        day = event.day
        if day is None or event.campaign is Campaign.HOST_MEETING:
            continue
        monday = day - timedelta(days=day.weekday())
        if monday in over:
            keys[monday].append(event.key)
    for monday in sorted(keys):
        yield Conflict(
            ConflictKind.WEEK_LOAD,
            Severity.HINT,
            tuple(keys[monday]),
            monday.isoformat(),
            monday,
            context.week_limit,
        )
