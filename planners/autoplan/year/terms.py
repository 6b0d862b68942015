"""偏好与上限成条：间隔、每周上限、同日场次；负担、覆盖、月份、扎堆各有分量，随“侧重”加减。"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from datetime import timedelta

from models.domain.events import Campaign
from models.domain.periods import Period
from models.domain.rules import GroupKind
from models.domain.units import UnitKind
from planners.autoplan.problem import (
    CapacityRule,
    CountFilter,
    CountRule,
    CoverTerm,
    CrowdTerm,
    GapBy,
    GapRule,
    LoadTerm,
    MonthTerm,
    Per,
    PlanEvent,
    Rule,
    SoftTerm,
    SpreadTerm,
    Weights,
)
from planners.autoplan.year.customs import departments_in_order
from planners.autoplan.year.facts import PLANNED_CAMPAIGNS, YearFacts
from planners.autoplan.year.fixed_events import SAME_DAY
from planners.autoplan.year.needs import Need, short_cells
from planners.autoplan.year.spacing import WANTED_SPREAD, mondays, week_maximum
from planners.proposals import Weighing

REST = ":rest"
"""What the key of a campaign ends in where only rest days are left."""
SAME_DAY_OFFICE = 2
"""Events besides open days that the office goes to on one day."""
OFFICE_CAMPAIGNS = (Campaign.LECTURE, Campaign.PARK, Campaign.COMMUNITY, Campaign.CAMPUS)
CROWDED = 3
"""Events that a unit takes in a month before it is crowded."""
ANY = 10_000
NEW = ("new", "yes")
"""The attribute of what the year does not hold yet: a week over its limit takes none of it."""
COUNTED = (*(c.value for c in PLANNED_CAMPAIGNS), Campaign.TECH_FORUM.value)
"""The district's own events; meetings of others do not count in a week."""


def all_keys(campaign: Campaign) -> tuple[str, ...]:
    """The campaign, and the same on rest days."""
    return (campaign.value, campaign.value + REST)


def rules_of(
    facts: YearFacts, needs: Sequence[Need], gaps: Mapping[Campaign, int], horizon: Period
) -> Iterator[Rule]:
    """The hard rules between events: weeks, distances, how many a day, one visit of a 街镇 a day."""
    counted = (*COUNTED, *(c.value + REST for c in PLANNED_CAMPAIGNS))
    for monday, held in mondays(facts):
        week = Period(monday, monday + timedelta(days=7))
        if week.end <= horizon.first or week.first >= horizon.end:
            continue
        number = monday.isocalendar()
        yield CountRule(
            f"week:{number[0]}-W{number[1]:02d}",
            f"{monday.month}月{monday.day}日起的一周",
            counted,
            CountFilter(),
            week,
            None,
            week_maximum(facts, held),
        )
        if held > facts.check.week_limit:
            yield CountRule(
                f"full:{number[0]}-W{number[1]:02d}",
                f"{monday.month}月{monday.day}日起的一周不再新增",
                counted,
                CountFilter(attributes=(NEW,)),
                week,
                None,
                0,
            )
    for campaign, gap in gaps.items():
        if gap:
            yield GapRule(
                f"gap:{campaign.value}", f"{campaign.label}间隔", campaign.value, GapBy.CAMPAIGN, gap
            )
    yield GapRule("gap:town", "同街镇不同日", Campaign.COMMUNITY.value, GapBy.PLACE, 1)
    yield _office_day(facts, needs)
    opening = sum(need.campaign is Campaign.OPEN_MONTH for need in needs)
    if opening or facts.conditions.movable:
        days = sum(facts.workdays.is_workday(day) for day in _opening_days(facts, needs).days())
        most = max(SAME_DAY, -(-opening // max(1, days)) + 1)
        yield CapacityRule("day:open_month", "开放月同日场次", all_keys(Campaign.OPEN_MONTH), Per.DAY, most)


def _office_day(facts: YearFacts, needs: Sequence[Need]) -> CapacityRule:
    """The office goes to two events a day, open days apart, or to as many as the fullest period asks."""
    most = SAME_DAY_OFFICE
    for window in {need.window for need in needs}:
        inside = [need for need in needs if need.window == window and need.campaign in OFFICE_CAMPAIGNS]
        days = sum(facts.workdays.is_workday(day) for day in window.days())
        most = max(most, -(-len(inside) // max(1, days)) + 1)
    keys = tuple(key for campaign in OFFICE_CAMPAIGNS for key in all_keys(campaign))
    return CapacityRule("day:office", "同日场次", keys, Per.DAY, most)


def _opening_days(facts: YearFacts, needs: Sequence[Need]) -> Period:
    """The days within which the open days fall."""
    windows = [need.window for need in needs if need.campaign is Campaign.OPEN_MONTH and not need.label]
    if not windows:
        return facts.scope
    return Period(min(w.first for w in windows), max(w.end for w in windows))


def weights_of(weighing: Weighing) -> Weights:
    """What half, weekday and calendar weigh."""
    habit = 3 if weighing is Weighing.HABIT else 1
    return Weights(unplaced=100, half=3 * habit, weekday_avoid=2 * habit, vacation=30)


def soft_terms(facts: YearFacts, needs: Sequence[Need], events: Sequence[PlanEvent]) -> Iterator[SoftTerm]:
    """The preferences between events; what the user leans to weighs three times as much."""
    weighing = facts.conditions.weighing

    def weight(base: int, *leaning: Weighing) -> int:
        return 3 * base if weighing in leaning else base

    for campaign, days in WANTED_SPREAD.items():
        yield SpreadTerm(f"spread:{campaign.value}", campaign.value, days, weight(1, Weighing.SPACING))
    yield from _loads(facts, events, weight(2, Weighing.LOAD))
    yield from _covers(facts, needs, weight(2, Weighing.COVERAGE))
    hosts = tuple(dict.fromkeys(host for event in events for host in event.hosts))
    if hosts:
        yield CrowdTerm("crowd", hosts, CROWDED, weight(2, Weighing.LOAD))
    even = OFFICE_CAMPAIGNS
    total = sum(len(facts.context.by_campaign[c]) for c in even) + sum(n.campaign in even for n in needs)
    yield MonthTerm(
        "month", tuple(c.value for c in even), 0, -(-total // 12) + 1, weight(1, Weighing.SPACING)
    )


def _loads(facts: YearFacts, events: Sequence[PlanEvent], weight: int) -> Iterator[LoadTerm]:
    """Those who can host a campaign share it evenly, and all departments share the year."""
    for campaign in facts.campaigns:
        own = [event for event in events if event.campaign.split(":")[0] == campaign.value]
        hosts = tuple(dict.fromkeys(host for event in own for host in event.hosts))
        if len(hosts) > 1:
            held = Counter(unit for e in facts.context.by_campaign[campaign] for unit in e.lead_units[:1])
            total = len(own) + sum(held[host] for host in hosts)
            yield LoadTerm(
                f"load:{campaign.value}",
                all_keys(campaign),
                hosts,
                total // len(hosts),
                -(-total // len(hosts)),
                weight,
            )
            yield from _rested(facts, campaign, hosts, total // len(hosts), weight)
    departments = tuple(departments_in_order(facts))
    if departments:
        total = len(events) + len(facts.context.counted)
        yield LoadTerm(
            "load", COUNTED, departments, 0, -(-total // len(departments)) + 1, max(1, weight // 2)
        )


def _rested(
    facts: YearFacts, campaign: Campaign, hosts: Sequence[str], share: int, weight: int
) -> Iterator[LoadTerm]:
    """Who led more than most in the years before takes no more than an even share now."""
    led = facts.conditions.history.led(campaign)
    times = {host: led.get(facts.snapshot.unit_name(host), 0) for host in hosts}
    usual = sorted(times.values())[len(times) // 2]
    busy = tuple(host for host in hosts if times[host] > usual)
    if busy:
        yield LoadTerm(f"rest:{campaign.value}", all_keys(campaign), busy, 0, share, weight)


def _covers(facts: YearFacts, needs: Sequence[Need], weight: int) -> Iterator[CoverTerm]:
    """街镇 nobody has visited come first, then all places evenly."""
    names = facts.unit_names
    short = short_cells(facts, Campaign.COMMUNITY, GroupKind.TOWN)
    uncovered = tuple(f"town:{names[cell.group]}" for cell in short if cell.group)
    if uncovered:
        yield CoverTerm("cover:towns", Campaign.COMMUNITY.value, uncovered, 1, ANY, 20 * weight)
    for campaign, prefix, keys in (
        (Campaign.COMMUNITY, "town", [unit.key for unit in facts.units_of(UnitKind.TOWN)]),
        (Campaign.PARK, "park", [unit.key for unit in facts.units_of(UnitKind.PARK)]),
        (Campaign.CAMPUS, "school", [school.key for school in facts.snapshot.schools]),
    ):
        total = len(facts.context.by_campaign[campaign]) + sum(n.campaign is campaign for n in needs)
        if keys and total:
            yield CoverTerm(
                f"cover:{campaign.value}",
                campaign.value,
                tuple(f"{prefix}:{key}" for key in keys),
                0,
                -(-total // len(keys)),
                weight,
            )
            yield from _never_visited(facts, campaign, prefix, keys, weight)


def _never_visited(
    facts: YearFacts, campaign: Campaign, prefix: str, keys: Sequence[str], weight: int
) -> Iterator[CoverTerm]:
    """Where nobody has been in the years before comes before where somebody has."""
    visited = facts.conditions.history.visited(campaign)
    fresh = tuple(f"{prefix}:{key}" for key in keys if facts.place_name(key) not in visited)
    if visited and fresh:
        yield CoverTerm(f"fresh:{campaign.value}", campaign.value, fresh, 1, ANY, 2 * weight)
