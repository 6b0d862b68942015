"""随机的小年度：几周、三五个单位，活动排得很挤，多半排不下。"""

from __future__ import annotations

import random
from datetime import date, timedelta

from models.domain.periods import Period
from planners.autoplan.problem import (
    Block,
    BlockScope,
    CapacityRule,
    CountFilter,
    CountRule,
    DayKind,
    GapBy,
    GapRule,
    Per,
    Placement,
    PlanCampaign,
    PlanDecision,
    PlanEvent,
    PlanMeeting,
    PlanPlace,
    PlanProblem,
    PlanUnit,
    Representative,
    Rule,
)

FIRST = date(2027, 3, 1)
KINDS = (DayKind.WORKDAY, DayKind.WEEKEND)


def day_kinds(days: int) -> dict[date, DayKind]:
    """Plain weeks from ``FIRST`` (a Monday) on."""
    return {
        (day := FIRST + timedelta(n)): DayKind.WORKDAY if day.weekday() < 5 else DayKind.WEEKEND
        for n in range(days)
    }


def crowded_year(seed: int) -> PlanProblem:
    """5–12 events in two or three weeks, more often than not too many of them."""
    chance = random.Random(seed)
    days = chance.choice((7, 14, 14, 21))
    horizon = Period(FIRST, FIRST + timedelta(days))
    units = tuple(
        PlanUnit(f"u{n}", f"单位{n}", chance.choice((None, 1, 2, 2))) for n in range(chance.randint(2, 4))
    )
    keys = [unit.key for unit in units]
    places = tuple(
        PlanPlace(f"p{n}", f"场所{n}", chance.choice((None, 1, 1, 2)), chance.choice((None, *keys)))
        for n in range(chance.randint(1, 3))
    )
    campaigns = tuple(
        PlanCampaign(f"c{n}", f"系列{n}", "区", chance.choice((KINDS[:1], KINDS[:1], KINDS)))
        for n in range(2)
    )
    longest = chance.choice((4, 6, 10, 14))
    events = tuple(_event(chance, f"e{n}", days, longest, keys, places) for n in range(chance.randint(5, 12)))
    meetings, decisions, people = _decisions(chance, days) if chance.random() < 0.25 else ((), (), ())
    return PlanProblem(
        name=f"挤{seed}",
        horizon=horizon,
        halves=("AM", "PM"),
        day_kinds=day_kinds(days),
        calendars={},
        blocks=tuple(_block(chance, f"b{n}", days, keys, places) for n in range(chance.randint(0, 4))),
        units=units,
        places=places,
        campaigns=campaigns,
        events=events,
        rules=tuple(_rule(chance, f"r{n}", days, keys, places) for n in range(chance.randint(0, 4))),
        meetings=meetings,
        decisions=decisions,
        representatives=people,
    )


def _span(chance: random.Random, days: int, longest: int) -> Period:
    length = chance.randint(min(longest, days) // 3 + 1, min(longest, days))
    first = chance.randint(0, days - length)
    return Period(FIRST + timedelta(first), FIRST + timedelta(first + length))


def _event(
    chance: random.Random, key: str, days: int, longest: int, units: list[str], places: tuple[PlanPlace, ...]
) -> PlanEvent:
    hosts = tuple(chance.sample(units, chance.choice((1, 1, 1, 2))))
    where = tuple(place.key for place in chance.sample(places, min(len(places), chance.choice((0, 1, 1, 2)))))
    period = _span(chance, days, longest)
    halves = chance.choice((("AM",), ("AM", "PM"), ("PM",)))
    pinned = None
    if chance.random() < 0.15:
        day = chance.choice(period.days())
        pinned = Placement(key, day, chance.choice(halves), hosts[0], where[0] if where else None)
    co_hosts = tuple(unit for unit in units if unit not in hosts and chance.random() < 0.1)
    return PlanEvent(
        key,
        f"活动{key[1:]}",
        f"c{chance.randint(0, 1)}",
        chance.random() < 0.8,
        100,
        period,
        hosts,
        where,
        halves,
        co_hosts,
        (("类", chance.choice("甲乙")),),
        pinned=pinned,
    )


def _block(
    chance: random.Random, key: str, days: int, units: list[str], places: tuple[PlanPlace, ...]
) -> Block:
    scope = chance.choice(tuple(BlockScope))
    target = {
        BlockScope.ALL: "",
        BlockScope.UNIT: chance.choice(units),
        BlockScope.PLACE: chance.choice(places).key,
        BlockScope.CAMPAIGN: f"c{chance.randint(0, 1)}",
    }[scope]
    return Block(key, scope, target, _span(chance, days, 4), chance.choice((None, None, "AM")), "培训")


def _rule(
    chance: random.Random, key: str, days: int, units: list[str], places: tuple[PlanPlace, ...]
) -> Rule:
    kind, campaign = chance.choice(("count", "count", "gap", "capacity")), f"c{chance.randint(0, 1)}"
    if kind == "gap":
        return GapRule(key, f"间隔{key}", campaign, chance.choice(tuple(GapBy)), chance.randint(2, 5))
    campaigns = chance.choice(((campaign,), ("c0", "c1")))
    if kind == "capacity":
        return CapacityRule(key, f"上限{key}", campaigns, chance.choice(tuple(Per)), chance.randint(1, 2))
    where = CountFilter(
        attributes=(("类", "甲"),) if chance.random() < 0.3 else (),
        hosts=tuple(chance.sample(units, 1)) if chance.random() < 0.2 else (),
        places=(chance.choice(places).key,) if chance.random() < 0.2 else (),
        day_kinds=(DayKind.WORKDAY,) if chance.random() < 0.2 else (),
    )
    low, high = chance.choice(((1, None), (2, None), (3, None), (None, 1), (None, 2), (1, 3), (None, 0)))
    return CountRule(key, f"次数{key}", campaigns, where, _span(chance, days, 14), low, high)


def _decisions(
    chance: random.Random, days: int
) -> tuple[tuple[PlanMeeting, ...], tuple[PlanDecision, ...], tuple[Representative, ...]]:
    meetings = tuple(
        PlanMeeting(f"m{n}", "区", FIRST + timedelta(chance.randrange(days)), chance.randint(1, 2))
        for n in range(chance.randint(1, 3))
    )
    decisions = tuple(
        PlanDecision(f"d{n}", f"决策{n}", "区", "居民", _span(chance, days, 10), chance.randint(1, 2))
        for n in range(chance.randint(1, 3))
    )
    people = tuple(
        Representative(
            f"q{n}", "区", "居民", chance.randint(1, 2), chance.choice((0, 3, 7)),
            (_span(chance, days, 3),) if chance.random() < 0.4 else (),
        )
        for n in range(chance.randint(1, 3))
    )  # fmt: skip
    return meetings, decisions, people
