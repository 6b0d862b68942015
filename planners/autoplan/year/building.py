"""成题：一年的事实与所缺写成 ``PlanProblem``，连同译回来所需的一切。"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, timedelta
from typing import NamedTuple

from models.domain.events import Campaign, Event
from models.domain.periods import Period
from models.domain.units import UnitKind
from planners.autoplan.problem import (
    Block,
    BlockScope,
    DayKind,
    Placement,
    PlanCampaign,
    PlanEvent,
    PlanPlace,
    PlanProblem,
    PlanUnit,
)
from planners.autoplan.year.calendars import calendar_name, good_days
from planners.autoplan.year.customs import Customs
from planners.autoplan.year.decisions import DecisionTask, decision_task
from planners.autoplan.year.facts import PLANNED_CAMPAIGNS, YearFacts
from planners.autoplan.year.fixed_events import (
    MOVE_PREFIX,
    OTHER,
    Kept,
    fixed_rows,
    keep,
    movable_rows,
    place_key,
)
from planners.autoplan.year.gathering import Gathered, gather
from planners.autoplan.year.halves import HALVES, half_of
from planners.autoplan.year.needs import Need, label_of
from planners.autoplan.year.spacing import gaps_of
from planners.autoplan.year.terms import NEW, REST, rules_of, soft_terms, weights_of

UNWELCOME_WEEKDAYS = (0, 4)
"""Monday and Friday, until the year shows a habit of its own."""
_ALL_KINDS = (DayKind.WORKDAY, DayKind.WEEKEND, DayKind.HOLIDAY)


class YearProblem(NamedTuple):
    """A year as a problem: what was asked (``needs`` by the key of their plan event) and who may move."""

    facts: YearFacts
    customs: Mapping[Campaign, Customs]
    problem: PlanProblem
    needs: Mapping[str, Need]
    wanted: Gathered
    movable: Mapping[str, Event]
    stuck: tuple[Event, ...]
    decisions: DecisionTask


def build_year(facts: YearFacts, *, broken_only: bool = False) -> YearProblem:
    """Everything the year lacks as one problem. ``broken_only``: of what stands only the broken may move."""
    customs = {campaign: Customs(facts, campaign) for campaign in PLANNED_CAMPAIGNS}
    return build_problem(facts, customs, gather(facts, customs), broken_only=broken_only)


def build_problem(
    facts: YearFacts,
    customs: Mapping[Campaign, Customs],
    wanted: Gathered,
    *,
    only: bool = False,
    broken_only: bool = False,
    around: Period | None = None,
) -> YearProblem:
    """The problem of what is ``wanted``. ``only``: without decisions, and nothing of the year moves.

    ``around``: the days that matter; the whole year where nothing is said.
    """
    needs = wanted.needs
    gaps = gaps_of(facts, needs)
    horizon = facts.within_year(around) if around else facts.year
    kept = (
        Kept(tuple(event for event in facts.context.counted if event.day in facts.year), ())
        if only
        else keep(facts, customs, gaps, broken_only=broken_only)
    )
    rows = list(movable_rows(facts, kept.movable))
    events = (*_plan_events(facts, customs, needs), *(event for event, _ in rows))
    decisions = DecisionTask() if only else decision_task(facts)
    snapshot = facts.snapshot
    problem = PlanProblem(
        name=f"{snapshot.year}年度",
        horizon=horizon,
        halves=HALVES,
        day_kinds={day: _kind(facts, day) for day in horizon.days()},
        calendars={calendar_name(need): tuple(good_days(facts, need)) for need in needs},
        blocks=tuple(_blocks(facts, needs)),
        units=tuple(PlanUnit(unit.key, unit.name, unit.week_cap) for unit in snapshot.units),
        places=tuple(_places(facts)),
        campaigns=tuple(_campaigns(facts, customs)),
        events=events,
        rules=tuple(rules_of(facts, needs, gaps, horizon)),
        meetings=decisions.meetings,
        decisions=decisions.decisions,
        representatives=decisions.representatives,
        weights=weights_of(facts.conditions.weighing),
        soft=tuple(soft_terms(facts, needs, events)),
        baseline=tuple(placement for _, placement in rows) if rows else None,
        fixed=tuple(fixed_rows(snapshot, kept.staying)),
        max_moves=facts.conditions.max_moves if rows else None,
    )
    return YearProblem(
        facts,
        customs,
        problem,
        {need.key: need for need in needs},
        wanted,
        {MOVE_PREFIX + event.key: event for event in kept.movable},
        kept.stuck,
        decisions,
    )


def _kind(facts: YearFacts, day: date) -> DayKind:
    if facts.workdays.is_workday(day):
        return DayKind.WORKDAY
    return DayKind.HOLIDAY if facts.workdays.name_of(day) else DayKind.WEEKEND


def _campaigns(facts: YearFacts, customs: Mapping[Campaign, Customs]) -> Iterator[PlanCampaign]:
    district = facts.snapshot.year_row.district
    for campaign in Campaign:
        kinds: tuple[DayKind, ...] = (DayKind.WORKDAY,)
        if campaign in customs and customs[campaign].on_rest_days:
            kinds = (DayKind.WORKDAY, DayKind.WEEKEND)
        yield PlanCampaign(campaign.value, campaign.label, district, kinds)
        if campaign in PLANNED_CAMPAIGNS:
            yield PlanCampaign(campaign.value + REST, campaign.label, district, _ALL_KINDS)
    yield PlanCampaign(OTHER, "其他", district, _ALL_KINDS)


def _places(facts: YearFacts) -> Iterator[PlanPlace]:
    snapshot = facts.snapshot
    known = set(snapshot.unit_by_key)
    for venue in snapshot.venues:
        yield PlanPlace(f"venue:{venue.key}", venue.name, 1, venue.unit if venue.unit in known else None)
    for kind, prefix in ((UnitKind.TOWN, "town"), (UnitKind.PARK, "park")):
        for unit in facts.units_of(kind):
            yield PlanPlace(f"{prefix}:{unit.key}", unit.name, None, unit.key)
    for school in snapshot.schools:
        yield PlanPlace(f"school:{school.key}", school.name, 1, None)
    yield from _unlisted(facts)


def _unlisted(facts: YearFacts) -> Iterator[PlanPlace]:
    """Units that events name as 街镇 or park though they are of another kind."""
    towns = {unit.key for unit in facts.units_of(UnitKind.TOWN)}
    parks = {unit.key for unit in facts.units_of(UnitKind.PARK)}
    events = facts.snapshot.events
    named = {f"town:{t}" for e in events for t in e.towns if t not in towns}
    named |= {f"park:{e.park}" for e in events if e.park and e.park not in parks}
    for key in sorted(named):
        yield PlanPlace(key, facts.snapshot.unit_name(key.partition(":")[2]), None, None)


def _blocks(facts: YearFacts, needs: Sequence[Need]) -> Iterator[Block]:
    for blocked in facts.snapshot.blocked:
        period = Period(blocked.first, blocked.last + timedelta(days=1))
        targets = [(BlockScope.UNIT, unit) for unit in blocked.units]
        targets += [(BlockScope.PLACE, f"venue:{venue}") for venue in blocked.venues]
        if not targets:
            names = [
                c.value + end
                for c in blocked.campaigns
                for end in ("", REST)
                if not end or c in PLANNED_CAMPAIGNS
            ]
            targets = [(BlockScope.CAMPAIGN, name) for name in names] or [(BlockScope.ALL, "")]
        for number, (scope, target) in enumerate(targets):
            yield Block(f"{blocked.key}:{number}", scope, target, period, None, blocked.reason)
    for day in facts.conditions.blocked:
        if day in facts.year:
            period = Period(day, day + timedelta(days=1))
            yield Block(f"asked:{day.isoformat()}", BlockScope.ALL, "", period, None, "本次不排")
    avoidable = _avoidable_breaks(facts, needs)
    for number, (month, period) in enumerate(facts.school_breaks.by_month(facts.snapshot.year)):
        if month in avoidable:
            key = f"break:{month}:{number}"
            yield Block(key, BlockScope.CAMPAIGN, Campaign.CAMPUS.value, period, None, "学校放假")


def _avoidable_breaks(facts: YearFacts, needs: Sequence[Need]) -> set[int]:
    """The months of school breaks that no visit needs: each has a working day outside them."""
    months = {month for month, _ in facts.school_breaks.by_month(facts.snapshot.year)}
    if facts.conditions.movable:
        return set()
    closed = facts.closed(Campaign.CAMPUS)
    for need in needs:
        if need.campaign is not Campaign.CAMPUS:
            continue
        days = [d for d in need.window.days() if facts.workdays.is_workday(d) and d not in closed]
        if all(day in facts.school_breaks for day in days):
            months -= {day.month for day in days}
    return months


def _plan_events(
    facts: YearFacts, customs: Mapping[Campaign, Customs], needs: Iterable[Need]
) -> Iterator[PlanEvent]:
    locked = dict(facts.conditions.locked)
    for need in needs:
        event = plan_event(facts, customs[need.campaign], need)
        yield _locked(facts, event, locked[need.key]) if need.key in locked else event


def plan_event(facts: YearFacts, customs: Customs, need: Need) -> PlanEvent:
    """The event that meets a need, free within its window."""
    weekdays = customs.weekdays
    avoided = tuple(d for d in range(7) if d not in weekdays) if weekdays else UNWELCOME_WEEKDAYS
    return PlanEvent(
        need.key,
        label_of(facts, need),
        need.campaign.value + (REST if need.resting else ""),
        need.required,
        need.value,
        need.window,
        need.hosts,
        tuple(_places_for(facts, customs, need)),
        HALVES,
        co_hosts=tuple(unit for unit in need.partners if unit not in need.hosts),
        attributes=(NEW,),
        preferred_half=customs.half,
        avoid_weekdays=() if need.resting else avoided,
        preferred_calendar=calendar_name(need),
    )


def _places_for(facts: YearFacts, customs: Customs, need: Need) -> Iterator[str]:
    if need.waiting is not None and (own := place_key(need.waiting)):
        yield own
    elif need.campaign is Campaign.COMMUNITY:
        yield from (f"town:{town}" for town in need.towns)
    elif need.campaign is Campaign.PARK:
        yield from (f"park:{park.key}" for park in facts.units_of(UnitKind.PARK))
    elif need.campaign is Campaign.CAMPUS:
        schools = (s for s in facts.snapshot.schools if need.stage is None or need.stage in s.stages)
        yield from (f"school:{school.key}" for school in schools)
    elif customs.venue is not None:
        yield f"venue:{customs.venue}"


def _locked(facts: YearFacts, event: PlanEvent, kept: Event) -> PlanEvent:
    """``event`` as the user has locked it: on the day, with the host and at the place of ``kept``."""
    if kept.starts_at is None or kept.day is None or kept.day not in facts.year:
        return event
    host, place = next(iter(kept.lead_units), None), place_key(kept)
    at = Placement(event.key, kept.day, half_of(kept.starts_at), host, place)
    campaign = event.campaign if facts.workdays.is_workday(kept.day) else kept.campaign.value + REST
    return event._replace(
        campaign=campaign,
        period=Period(kept.day, kept.day + timedelta(days=1)),
        hosts=(host,) if host else (),
        places=(place,) if place else (),
        pinned=at,
    )
