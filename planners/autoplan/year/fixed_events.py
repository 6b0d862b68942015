"""哪些活动不动、哪些可动：不动的占位并计数，可动的按现状进题，换一天要花代价。"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, timedelta
from typing import NamedTuple

from models.domain.events import Campaign, Event
from models.domain.periods import Period
from models.domain.rules import RuleKind, Severity
from models.domain.snapshot import YearSnapshot
from models.domain.year import BlockedPeriod
from planners.autoplan.problem import FixedEvent, Placement, PlanEvent
from planners.autoplan.year.customs import Customs
from planners.autoplan.year.facts import YearFacts
from planners.autoplan.year.halves import HALVES, half_of, slots_of
from planners.checks.counting import periods

OTHER = "other"
"""The campaign of rows that only take room: a second place of an event that stands."""
MOVE_PREFIX = "move:"
SAME_DAY = 4
"""Open days that one day takes before it is crowded."""


class Kept(NamedTuple):
    """The dated events of the year: those that stay, and those that may move.

    ``stuck``: broken ones that stay because the change budget is too small for them.
    """

    staying: tuple[Event, ...]
    movable: tuple[Event, ...]
    stuck: tuple[Event, ...] = ()


def keep(
    facts: YearFacts,
    customs: Mapping[Campaign, Customs],
    gaps: Mapping[Campaign, int],
    *,
    broken_only: bool = False,
) -> Kept:
    """Only what the user lets move is movable, and of that only what stands well or is really broken.

    What merely stands closer than we would put it stays: nobody asked to move it. ``broken_only``:
    what stands well stays too. Of more broken events than the change budget takes the first may move.
    """
    counted = [event for event in facts.context.counted if event.day in facts.year]
    if not facts.conditions.movable:
        return Kept(tuple(counted), ())
    carriers = {event.host_event for event in facts.snapshot.events if event.host_event}
    movable = {
        event.key
        for event in counted
        if facts.is_free_to_move(event)
        and len(slots_of(event)) == 1
        and event.key not in carriers
        and MOVE_PREFIX + event.key not in facts.conditions.rejected
    }
    broken = _broken(facts) | _too_many(counted, movable)
    awkward = _awkward(facts, customs, gaps, counted)
    wanted = [event for event in counted if event.key in movable & broken]
    most = facts.conditions.max_moves
    stuck = () if most is None else tuple(wanted[most:])
    movable = {key for key in movable if key in broken or (key not in awkward and not broken_only)}
    movable -= {event.key for event in stuck}
    if most == 0:
        movable = set()
    return Kept(
        tuple(event for event in counted if event.key not in movable),
        tuple(event for event in counted if event.key in movable),
        stuck,
    )


def open_days_on(events: Iterable[Event], day: date) -> list[Event]:
    """The open days of one day."""
    return [event for event in events if event.campaign is Campaign.OPEN_MONTH and event.day == day]


def _too_many(events: Sequence[Event], movable: set[str]) -> set[str]:
    """Of the open days of a crowded day as many as are too many, the last first."""
    found: set[str] = set()
    for day in {event.day for event in events if event.campaign is Campaign.OPEN_MONTH and event.day}:
        same = open_days_on(events, day)
        free = [event.key for event in same if event.key in movable]
        excess = min(len(free), len(same) - SAME_DAY)
        found.update(free[len(free) - excess :] if excess > 0 else ())
    return found


def _broken(facts: YearFacts) -> set[str]:
    """Events on a day on which they cannot be, or in a hard conflict."""
    found = {
        key
        for conflict in facts.check.conflicts
        if conflict.severity is Severity.HARD
        for key in conflict.events
    }
    for event in facts.context.counted:
        assert event.day is not None
        blocked = any(blocks(period, event, event.day) for period in facts.snapshot.blocked)
        if blocked or event.day in facts.conditions.blocked:
            found.add(event.key)
    return found


def blocks(period: BlockedPeriod, event: Event, day: date) -> bool:
    """Whether a 停排 keeps ``event`` from ``day``."""
    return period.first <= day <= period.last and period.concerns(event)


def _awkward(
    facts: YearFacts, customs: Mapping[Campaign, Customs], gaps: Mapping[Campaign, int], events: list[Event]
) -> set[str]:
    """Events that stand where the planner itself would not put them."""
    found: set[str] = set()
    users: dict[tuple[str, date, str], list[str]] = defaultdict(list)
    for event in events:
        assert event.day is not None
        custom = customs.get(event.campaign)
        if not facts.workdays.is_workday(event.day) and not (custom and custom.on_rest_days):
            found.add(event.key)
        for day, half in slots_of(event):
            for resource in {*event.units, *event.towns, f"venue:{event.venue}" if event.venue else ""} - {
                ""
            }:
                users[resource, day, half].append(event.key)
    for keys in users.values():
        if len(keys) > 1:
            found.update(keys)
    found.update(_close(events, gaps))
    found.update(_crowd(events))
    found.update(_over_cap(facts, events))
    return found


def _crowd(events: Sequence[Event]) -> Iterator[str]:
    days = Counter(event.day for event in events if event.campaign is Campaign.OPEN_MONTH)
    for event in events:
        if event.campaign is Campaign.OPEN_MONTH and days[event.day] > SAME_DAY:
            yield event.key


def _close(events: list[Event], gaps: Mapping[Campaign, int]) -> Iterator[str]:
    last: dict[Campaign, Event] = {}
    for event in events:
        before = last.get(event.campaign)
        if before is not None and _days_between(before, event) < gaps.get(event.campaign, 0):
            yield from (before.key, event.key)
        last[event.campaign] = event


def _days_between(event: Event, later: Event) -> int:
    assert event.day is not None
    assert later.day is not None
    return (later.day - event.day).days


def _over_cap(facts: YearFacts, events: list[Event]) -> Iterator[str]:
    caps = {unit.key: unit.week_cap for unit in facts.snapshot.units if unit.week_cap is not None}
    weeks: Counter[tuple[str, date]] = Counter()
    for event in events:
        weeks.update((unit, monday_of(event)) for unit in {*event.units, *event.towns} & set(caps))
    for event in events:
        if any(
            weeks[unit, monday_of(event)] > caps.get(unit, 1 << 30) for unit in {*event.units, *event.towns}
        ):
            yield event.key


def monday_of(event: Event) -> date:
    """The Monday of the ISO week in which a dated event starts."""
    assert event.day is not None
    return event.day - timedelta(days=event.day.weekday())


def place_key(event: Event) -> str | None:
    """The place that an event to be placed takes up: its venue, for which others compete, else the first."""
    return f"venue:{event.venue}" if event.venue else next(iter(place_keys(event)), None)


def place_keys(event: Event) -> list[str]:
    """Everything of the problem's places that an event takes up, the one it is counted at first."""
    keys = [f"town:{town}" for town in event.towns] if event.campaign is Campaign.COMMUNITY else []
    keys += [f"venue:{event.venue}"] if event.venue else []
    keys += [f"park:{event.park}"] if event.park else []
    return keys + [f"school:{school}" for school in event.schools]


def fixed_rows(snapshot: YearSnapshot, events: Iterable[Event]) -> Iterator[FixedEvent]:
    """The rows of events that stay; a second place of one event is a row that only takes room."""
    known = set(snapshot.unit_by_key)
    for event in events:
        slots = slots_of(event)
        takes_room = len(slots) > 1 or event.is_timed
        units = tuple(u for u in dict.fromkeys((*event.units, *event.towns)) if u in known)
        places = place_keys(event) if takes_room else place_keys(event)[:1]
        host = next((unit for unit in event.lead_units if unit in known), None)
        title = event.short or event.title
        yield FixedEvent(
            event.key,
            title,
            event.campaign.value,
            slots,
            units if takes_room else (),
            host if takes_room else None,
            places[0] if places and takes_room else None,
        )
        for place in places[1:]:
            yield FixedEvent(f"{event.key}@{place}", title, OTHER, slots, (), None, place)


def movable_rows(facts: YearFacts, events: Iterable[Event]) -> Iterator[tuple[PlanEvent, Placement]]:
    """The plan event of each movable event and where it stands now; only its day and half may change.

    One whose move the user has locked goes to that day.
    """
    locked = dict(facts.conditions.locked)
    for event in events:
        assert event.starts_at is not None
        assert event.day is not None
        host, place = next(iter(event.units), None), place_key(event)
        key = MOVE_PREFIX + event.key
        half = half_of(event.starts_at)
        others = tuple(dict.fromkeys((*event.units[1:], *event.towns)))
        period, pinned = facts.cut(own_period(facts, event)), None
        kept = locked.get(key)
        if kept is not None and kept.starts_at is not None and kept.day in facts.year:
            period = Period(kept.starts_at.date(), kept.starts_at.date() + timedelta(days=1))
            pinned = Placement(key, kept.starts_at.date(), half_of(kept.starts_at), host, place)
        yield (
            PlanEvent(
                key,
                event.short or event.title,
                event.campaign.value,
                required=True,
                value=0,
                period=period,
                hosts=(host,) if host else (),
                places=(place,) if place else (),
                halves=HALVES,
                co_hosts=tuple(unit for unit in others if unit != host),
                pinned=pinned,
            ),
            Placement(key, event.day, half, host, place),
        )


def own_period(facts: YearFacts, event: Event) -> Period:
    """The shortest period in which the event counts for a hard rule; the year where it counts for none."""
    assert event.day is not None
    found = [facts.year]
    for rule in facts.ruleset.rules:
        if (
            rule.kind is RuleKind.FREQUENCY
            and rule.severity is Severity.HARD
            and event.campaign in rule.campaigns
        ):
            found += [period for period in periods(rule, facts.snapshot.year) if event.day in period]
    return min(found, key=lambda period: period.end - period.first)
