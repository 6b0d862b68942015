"""造小而紧的排期问题：5–30 场活动，常常排不下；每一处都合格式，同一种子得同一问题。"""

from __future__ import annotations

import random
from datetime import date, timedelta

from tests.planners.autoplan.hidden_plan import FIRST, HALVES, KIND, Document, empty_problem

KINDS = (["workday"], ["workday"], ["workday", "weekend"])
DISTRICT = "区001"


def tight(seed: int, most_events: int = 30) -> Document:
    """A small problem that is over-constrained more often than not."""
    chance = random.Random(seed)
    start = FIRST + timedelta(60 + chance.randrange(60))
    days = [start + timedelta(n) for n in range(chance.randint(10, 40))]
    problem = empty_problem(f"tight-{seed}", days[0], days[-1])
    units = [f"局{n:02}" for n in range(1, chance.randint(2, 6))]
    places = [f"场{n:02}" for n in range(1, chance.randint(2, 6))]
    campaigns = [f"系列{n}" for n in range(1, chance.randint(2, 4))]
    problem["units"] = [{"id": key, "name": key, "week_cap": chance.choice((None, 1, 2, 3))} for key in units]
    problem["places"] = [
        {
            "id": key,
            "capacity": chance.choice((1, 1, 2, None)),
            "unit": chance.choice((None, None, chance.choice(units))),
        }
        for key in places
    ]
    problem["campaigns"] = [
        {"id": key, "type": key, "district": DISTRICT, "day_kinds": chance.choice(KINDS)} for key in campaigns
    ]
    kinds = {campaign["id"]: campaign["day_kinds"] for campaign in problem["campaigns"]}
    for number in range(1, chance.randint(5, most_events) + 1):
        campaign = chance.choice(campaigns)
        usable = [day for day in days if KIND[day] in kinds[campaign]]
        problem["events"].append(_event(chance, number, campaign, usable, units, places))
    _pin_some(chance, problem)
    _block_some(chance, problem, days)
    for number in range(1, chance.randint(1, 6)):
        problem["rules"].append(_rule(chance, number, campaigns, days, units, places))
    if chance.random() < 0.4:
        _decide(chance, problem, days)
    return problem


def _span(chance: random.Random, days: list[date], longest: int) -> tuple[date, date]:
    first = chance.randrange(len(days))
    return days[first], days[min(len(days) - 1, first + chance.randrange(longest))]


def _event(
    chance: random.Random, number: int, campaign: str, usable: list[date], units: list[str], places: list[str]
) -> Document:
    first, last = _span(chance, usable, 8)
    return {
        "id": f"活动{number:02}", "campaign": campaign, "title": f"活动{number:02}",
        "required": chance.random() < 0.8, "value": chance.choice((50, 100)),
        "from": first.isoformat(), "to": last.isoformat(),
        "hosts": chance.sample(units, chance.randint(1, min(3, len(units)))),
        "places": chance.sample(places, chance.randint(1, min(3, len(places)))),
        "co_hosts": [chance.choice(units)] if chance.random() < 0.2 else [],
        "attrs": {"stage": chance.choice(("甲", "乙"))} if chance.random() < 0.5 else {},
        "halves": list(chance.choice((HALVES, HALVES, HALVES[:1], HALVES[1:]))),
        "pref_half": chance.choice((None, *HALVES)),
        "avoid_weekdays": [], "prefer_calendar": None, "pinned": None,
    }  # fmt: skip


def _pin_some(chance: random.Random, problem: Document) -> None:
    """Some events are pinned to a day of their window, no two of them to one date."""
    taken: set[str] = set()
    for event in problem["events"]:
        if chance.random() < 0.1 and event["from"] not in taken:
            taken.add(event["from"])
            event["pinned"] = {
                "date": event["from"],
                "half": chance.choice(event["halves"]),
                "host": chance.choice(event["hosts"]),
                "place": chance.choice(event["places"]),
            }


def _block_some(chance: random.Random, problem: Document, days: list[date]) -> None:
    for number in range(1, chance.randint(1, 7)):
        kind = chance.choice(("all", "unit", "unit", "place", "campaign"))
        lists = {"unit": "units", "place": "places", "campaign": "campaigns"}
        target = True if kind == "all" else chance.choice(problem[lists[kind]])["id"]
        first, last = _span(chance, days, 3 if kind == "all" else 8)
        problem["blocked"].append(
            {
                "id": f"停{number}", "scope": {kind: target}, "from": first.isoformat(), "to": last.isoformat(),
                "half": chance.choice((None, None, *HALVES)), "reason": "",
            }
        )  # fmt: skip


def _rule(
    chance: random.Random,
    number: int,
    campaigns: list[str],
    days: list[date],
    units: list[str],
    places: list[str],
) -> Document:
    kind = chance.choice(("count", "count", "gap", "capacity"))
    rule: Document = {"id": f"规则{number}", "type": kind, "name": f"规则{number}"}
    if kind == "gap":
        by = chance.choice(("campaign", "place", "host"))
        return rule | {"campaign": chance.choice(campaigns), "by": by, "min_days": chance.randint(1, 5)}
    if kind == "capacity":
        some = chance.sample(campaigns, chance.randint(1, len(campaigns)))
        return rule | {"campaigns": some, "per": chance.choice(("slot", "day")), "max": chance.randint(1, 2)}
    first, last = _span(chance, days, len(days))
    where = chance.choice(
        (
            {},
            {"attr": {"stage": "甲"}},
            {"host_in": units[:2]},
            {"place_in": places[:1]},
            {"day_kinds": ["workday"]},
        )
    )
    least = chance.choice((None, 1, 2, 3))
    return rule | {
        "campaign": chance.choice(campaigns), "where": where, "from": first.isoformat(), "to": last.isoformat(),
        "min": least, "max": chance.choice((None, (least or 0) + chance.randrange(4))),
    }  # fmt: skip


def _decide(chance: random.Random, problem: Document, days: list[date]) -> None:
    for number in range(1, chance.randint(2, 4)):
        problem["meetings"].append(
            {
                "id": f"会{number}",
                "district": DISTRICT,
                "date": chance.choice(days).isoformat(),
                "max_items": chance.randint(1, 2),
            }
        )
        first, last = _span(chance, days, 4)
        away = [[first.isoformat(), last.isoformat()]]
        problem["reps"].append(
            {
                "id": f"代表{number}", "district": DISTRICT, "group": "居民", "max_items": chance.randint(1, 2),
                "min_gap_days": chance.choice((0, 7)), "away": away,
            }
        )  # fmt: skip
    for number in range(1, chance.randint(2, 5)):
        first, last = _span(chance, days, len(days))
        problem["decisions"].append(
            {
                "id": f"决策{number}", "district": DISTRICT, "title": f"决策{number}", "group": "居民",
                "from": first.isoformat(), "to": last.isoformat(), "reps_needed": chance.randint(0, 2),
            }
        )  # fmt: skip
