"""造问题用的日历，与藏着的方案：谁、何处、何时已占用，再来一场放得下吗。"""

from __future__ import annotations

import random
from collections import Counter, defaultdict
from datetime import date, timedelta
from typing import Any, NamedTuple

Document = dict[str, Any]
YEAR = 2025
FIRST, LAST = date(YEAR, 1, 1), date(YEAR, 12, 31)
HOLIDAYS = {
    *(date(YEAR, 1, 1), date(YEAR, 5, 31), date(YEAR, 6, 1), date(YEAR, 6, 2)),
    *(date(YEAR, 1, 28) + timedelta(n) for n in range(8)),
    *(date(YEAR, 4, 4) + timedelta(n) for n in range(3)),
    *(date(YEAR, 5, 1) + timedelta(n) for n in range(5)),
    *(date(YEAR, 10, 1) + timedelta(n) for n in range(8)),
}
MAKEUP = {date(YEAR, 1, 26), date(YEAR, 2, 8), date(YEAR, 4, 27), date(YEAR, 9, 28), date(YEAR, 10, 11)}
HALVES = ("AM", "PM")
QUARTERS = tuple((date(YEAR, 3 * n + 1, 1), date(YEAR, 3 * n + 3, 30 + (n in (0, 3)))) for n in range(4))


def kind_of(day: date) -> str:
    """What kind of day it is."""
    if day in HOLIDAYS:
        return "holiday"
    return "weekend" if day.weekday() > 4 and day not in MAKEUP else "workday"


DAYS = [FIRST + timedelta(n) for n in range((LAST - FIRST).days + 1)]
KIND = {day: kind_of(day) for day in DAYS}
ALL_BLOCKS = (
    (date(YEAR, 1, 12), date(YEAR, 1, 16), "区两会期间不安排活动"),
    (date(YEAR, 12, 29), date(YEAR, 12, 31), "年终总结"),
)
OPEN = [day for day in DAYS if not any(first <= day <= last for first, last, _ in ALL_BLOCKS)]


def month(number: int) -> tuple[date, date]:
    """First and last day of a month."""
    following = date(YEAR + number // 12, number % 12 + 1, 1)
    return date(YEAR, number, 1), following - timedelta(1)


class Kept(NamedTuple):
    """What a series keeps to: days it may use, most a day, days between two, and between two at a place."""

    kinds: tuple[str, ...]
    per_day: int
    gap: int = 0
    place_gap: int = 0


SERIES = {
    "讲堂": Kept(("workday",), 1, gap=5),
    "园区": Kept(("workday",), 1, place_gap=30),
    "社区": Kept(("workday", "weekend"), 4, place_gap=30),
    "校区": Kept(("workday",), 1, place_gap=60),
    "开放月": Kept(("workday", "weekend"), 4),
    "街镇": Kept(("workday", "weekend"), 4, place_gap=3),
}


class Hidden:
    """The plan that is planted: who and what is taken, and whether one more event fits."""

    def __init__(self, live: tuple[int, int]) -> None:
        self.live = live
        self.cap: dict[str, int] = {}
        self.owner: dict[str, str] = {}
        self.slots: set[tuple[str, date, str]] = set()
        self.weeks: Counter[tuple[str, tuple[int, int]]] = Counter()
        self.per_day: Counter[tuple[str, date]] = Counter()
        self.lectures: Counter[tuple[date, str]] = Counter()
        self.days: defaultdict[tuple[str, str], list[date]] = defaultdict(list)
        self.engaged_days: defaultdict[str, set[date]] = defaultdict(set)
        self.placed: dict[str, Document] = {}

    def units(self, event: Document, host: str, place: str) -> set[str]:
        """Everybody an event engages there."""
        return {host, *event["co_hosts"], *((self.owner[place],) if place in self.owner else ())}

    def fits(self, event: Document, day: date, half: str, host: str, place: str) -> bool:
        """Whether the event may stand there beside all others."""
        campaign = event["campaign"]
        kept = SERIES[campaign.split(":")[1]]
        if self.per_day[campaign, day] >= kept.per_day or (place, day, half) in self.slots:
            return False
        if any(abs((day - other).days) < kept.gap for other in self.days[campaign, ""]):
            return False
        if any(abs((day - other).days) < kept.place_gap for other in self.days[campaign, place]):
            return False
        if campaign.endswith("讲堂"):
            slot, whole = self.live
            on_day = sum(self.lectures[day, other] for other in HALVES)
            if self.lectures[day, half] >= slot or on_day >= whole:
                return False
        week = day.isocalendar()[:2]
        return all(
            (unit, day, half) not in self.slots and self.weeks[unit, week] < self.cap[unit]
            for unit in self.units(event, host, place)
        )

    def put(self, event: Document, day: date, half: str, host: str, place: str) -> None:
        """The event stands there."""
        campaign, week = event["campaign"], day.isocalendar()[:2]
        for unit in self.units(event, host, place):
            self.slots.add((unit, day, half))
            self.weeks[unit, week] += 1
            self.engaged_days[unit].add(day)
        self.slots.add((place, day, half))
        self.engaged_days[place].add(day)
        self.per_day[campaign, day] += 1
        self.days[campaign, ""].append(day)
        self.days[campaign, place].append(day)
        if campaign.endswith("讲堂"):
            self.lectures[day, half] += 1
        self.placed[event["id"]] = {
            "event": event["id"],
            "date": day.isoformat(),
            "half": half,
            "host": host,
            "place": place,
        }

    def find(self, event: Document, chance: random.Random, tries: int = 400) -> bool:
        """The event stands somewhere it fits, if ``tries`` guesses find such a place."""
        first, last = date.fromisoformat(event["from"]), date.fromisoformat(event["to"])
        kinds = SERIES[event["campaign"].split(":")[1]].kinds
        days = [day for day in OPEN if first <= day <= last and KIND[day] in kinds]
        for _ in range(tries if days else 0):
            spot = chance.choice(days), chance.choice(HALVES)
            host, place = chance.choice(event["hosts"]), chance.choice(event["places"])
            if self.fits(event, *spot, host, place):
                self.put(event, *spot, host, place)
                return True
        return False


def empty_problem(name: str, first: date, last: date) -> Document:
    """A problem of these days with nothing in it."""
    days: dict[str, list[str]] = {"workday": [], "weekend": [], "holiday": []}
    for day in DAYS:
        if first <= day <= last:
            days[KIND[day]].append(day.isoformat())
    return {
        "format": "outreach-plan-problem/1",
        "name": name,
        "horizon": {"from": first.isoformat(), "to": last.isoformat()},
        "halves": list(HALVES),
        "days": days,
        "calendars": {},
        "blocked": [],
        "units": [],
        "places": [],
        "campaigns": [],
        "events": [],
        "rules": [],
        "meetings": [],
        "decisions": [],
        "reps": [],
        "soft": {"weights": {"unplaced": 100, "half": 1, "weekday_avoid": 1, "vacation": 30}},
        "baseline": None,
        "keep_weights": {"day": 20, "half": 5, "host": 10, "place": 10, "drop": 40},
    }
