"""造排期问题：先有一份藏着的合法方案，再造它满足的停排、规则与窗口，所以必有解；同一种子得同一问题。

    python -m tests.planners.autoplan.generator XL 7 > XL-7.json

``planted(size, seed)`` gives a problem in the style of real districts, and the hidden plan.
"""

from __future__ import annotations

import json
import math
import random
import sys
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from typing import Any, NamedTuple

from tests.planners.autoplan.hidden_plan import (
    ALL_BLOCKS,
    DAYS,
    FIRST,
    HALVES,
    KIND,
    LAST,
    OPEN,
    QUARTERS,
    SERIES,
    YEAR,
    Document,
    Hidden,
    empty_problem,
    month,
)

TOWNS = 12
OFFICES = 22
GROUPS = ("企业代表", "居民代表", "人大政协", "专家学者", "媒体代表")
STAGES = ("小学", "初中", "高中")


class Size(NamedTuple):
    """How many districts, events that each 街镇 runs itself, and places of each 街镇 for them."""

    districts: int
    own_events: int = 0
    spots: int = 3


SIZES = {"S": Size(1), "M": Size(1, 38), "L": Size(21), "XL": Size(138)}


class Builder:
    """Collects a problem district by district, planting the plan on the way."""

    def __init__(self, size: Size, chance: random.Random) -> None:
        self.size, self.chance = size, chance
        share = size.districts / 21
        self.live = (max(2, math.ceil(3 * share)), max(2, math.ceil(4 * share)))
        self.hidden = Hidden(self.live)
        self.experts = [f"专家{n:02}" for n in range(1, math.ceil(10 * share) + 1)] if share > 0.5 else []
        self.lists: defaultdict[str, list[Document]] = defaultdict(list)
        self.soft: defaultdict[str, list[Document]] = defaultdict(list)
        self.events_of: defaultdict[str, list[Document]] = defaultdict(list)
        self.meeting_of: list[Document] = []
        for key in self.experts:
            self.unit(key, "市级", 3)
        for first, last, reason in ALL_BLOCKS:
            self.block({"all": True}, first, last, reason)

    # entries

    def unit(self, key: str, district: str, cap: int) -> str:
        self.lists["units"].append(
            {"id": key, "name": key.rsplit(":", maxsplit=1)[-1], "district": district, "week_cap": cap}
        )
        self.hidden.cap[key] = cap
        return key

    def place(self, key: str, owner: str | None = None) -> str:
        self.lists["places"].append({"id": key, "name": key, "capacity": 1, "unit": owner})
        if owner is not None:
            self.hidden.owner[key] = owner
        return key

    def block(self, scope: Document, first: date, last: date, reason: str) -> None:
        number = len(self.lists["blocked"]) + 1
        self.lists["blocked"].append(
            {
                "id": f"停{number:04}",
                "scope": scope,
                "from": first.isoformat(),
                "to": last.isoformat(),
                "half": None,
                "reason": reason,
            }
        )

    def event(
        self,
        campaign: str,
        title: str,
        span: tuple[date, date],
        hosts: Sequence[str],
        places: Sequence[str],
        *,
        required: bool,
        **more: Any,
    ) -> None:
        """One more event, if the hidden plan has room for it."""
        chance = self.chance
        event = {
            "id": f"{campaign}:{len(self.lists['events']) + 1:05}",
            "campaign": campaign,
            "title": title,
            "required": required,
            "value": 100,
            "from": span[0].isoformat(),
            "to": span[1].isoformat(),
            "hosts": list(hosts),
            "places": list(places),
            "co_hosts": [],
            "attrs": {},
            "halves": list(HALVES),
            "pref_half": chance.choice((None, None, "AM", "AM", "PM")),
            "avoid_weekdays": [chance.randrange(5)] if chance.random() < 0.1 else [],
            "prefer_calendar": None,
            "pinned": None,
            **more,
        }
        if self.hidden.find(event, chance):
            self.lists["events"].append(event)
            self.events_of[campaign].append(event)

    def rule(self, kind: str, key: str, name: str, **fields: Any) -> None:
        self.lists["rules"].append({"id": key, "type": kind, "name": name, **fields})

    def held(self, campaign: str, span: tuple[date, date], where: Document) -> int:
        """How many placed events of the hidden plan a count rule would count."""
        events = {event["id"]: event for event in self.events_of[campaign]}
        first, last = (day.isoformat() for day in span)
        return sum(
            first <= at["date"] <= last
            and all(events[key]["attrs"].get(name) == value for name, value in where.get("attr", {}).items())
            and (not where.get("host_in") or at["host"] in where["host_in"])
            and (not where.get("place_in") or at["place"] in where["place_in"])
            and (not where.get("day_kinds") or KIND[date.fromisoformat(at["date"])] in where["day_kinds"])
            for key, at in ((key, self.hidden.placed[key]) for key in events)
        )

    def count(
        self,
        campaign: str,
        key: str,
        span: tuple[date, date],
        least: int,
        most: int | None,
        where: Document | None = None,
    ) -> None:
        """A count rule, loosened as far as the hidden plan needs it."""
        held = self.held(campaign, span, where or {})
        self.rule(
            "count",
            f"{campaign}:{key}",
            f"{campaign} {key} 至少 {least} 场",
            campaign=campaign,
            where=where or {},
            **{"from": span[0].isoformat(), "to": span[1].isoformat()},
            min=min(least, held),
            max=None if most is None else max(most, held),
        )

    def kept(self, campaign: str) -> None:
        """The rules that the series keeps to."""
        kept = SERIES[campaign.split(":")[1]]
        if kept.gap:
            self.rule(
                "gap", f"{campaign}:间隔", "相邻两场间隔", campaign=campaign, by="campaign", min_days=kept.gap
            )
        if kept.place_gap:
            self.rule(
                "gap",
                f"{campaign}:同处间隔",
                "同一处两场间隔",
                campaign=campaign,
                by="place",
                min_days=kept.place_gap,
            )
        self.rule(
            "capacity", f"{campaign}:日上限", "每天上限", campaigns=[campaign], per="day", max=kept.per_day
        )

    # a district

    def district(self, number: int) -> None:
        code, name = f"D{number:03}", f"区{number:03}"
        cap = 3 if self.size.own_events else 2
        offices = [self.unit(f"{code}:局{n:02}", name, cap) for n in range(1, OFFICES + 1)]
        towns = [
            self.unit(f"{code}:街镇{n:02}", name, cap + bool(self.size.own_events))
            for n in range(1, TOWNS + 1)
        ]
        for series, kept in SERIES.items():
            if series != "街镇" or self.size.own_events:
                self.lists["campaigns"].append(
                    {
                        "id": f"{code}:{series}",
                        "type": series,
                        "name": f"{name}{series}",
                        "district": name,
                        "day_kinds": list(kept.kinds),
                    }
                )
        centres = [self.place(f"{town}:中心", town) for town in towns]
        self.lectures(code, offices)
        self.parks(code, offices)
        self.communities(code, offices, centres)
        self.campuses(code, offices)
        self.open_month(code, offices, towns, centres)
        if self.size.own_events:
            self.own(code, offices, towns)
        self.weekdays(code)
        self.decisions(code, name)
        self.close_units([*offices, *towns])

    def lectures(self, code: str, offices: list[str]) -> None:
        campaign, studio = f"{code}:讲堂", self.place(f"{code}:直播间")
        groups = [offices[:6], offices[6:11], offices[11:18]]
        for number in range(1, 13):
            for which in range(2):
                hosts = self.chance.sample(offices[:18], 12)
                self.event(
                    campaign,
                    f"讲堂{number:02}月第{which + 1}场",
                    month(number),
                    hosts,
                    [studio],
                    required=which == 0,
                )
            self.count(campaign, f"月{number:02}", month(number), 1, 3)
        for quarter, span in enumerate(QUARTERS, 1):
            for which, group in enumerate(groups, 1):
                self.count(campaign, f"Q{quarter}:主题{which}", span, 1, None, {"host_in": group})
        self.kept(campaign)
        self.spread(campaign, 12)
        self.load(campaign, offices[:18])

    def parks(self, code: str, offices: list[str]) -> None:
        campaign = f"{code}:园区"
        parks = [self.place(f"{code}:园区{n:02}") for n in range(1, self.chance.choice((13, 14)))]
        halves = ((QUARTERS[0][0], QUARTERS[1][1]), (QUARTERS[2][0], QUARTERS[3][1]))
        for quarter, span in enumerate(QUARTERS, 1):
            theme = {"theme": f"主题{quarter}"}
            hosts = self.chance.sample(offices[:9], 3)
            self.event(campaign, f"Q{quarter}重点", span, hosts, parks, required=True, attrs=theme)
            self.count(campaign, f"Q{quarter}:主题", span, 1, None, {"attr": theme})
        for n, park in enumerate(parks):
            expert = [self.chance.choice(self.experts)] if self.experts and self.chance.random() < 0.5 else []
            self.event(
                campaign, f"走进园区{n + 1:02}", halves[n % 2], self.chance.sample(offices[:9], 5), [park],
                required=True, co_hosts=expert,
            )  # fmt: skip
        for n in range(6):
            self.event(
                campaign, f"园区加场{n + 1}", self.chance.choice(QUARTERS), self.chance.sample(offices[:9], 5),
                self.chance.sample(parks, 4), required=False,
            )  # fmt: skip
        for quarter, span in enumerate(QUARTERS, 1):
            self.count(campaign, f"Q{quarter}", span, 3, 9)
        self.kept(campaign)
        self.spread(campaign, 8)
        self.load(campaign, offices[:9])
        self.monthly(campaign, 1, 3)

    def communities(self, code: str, offices: list[str], centres: list[str]) -> None:
        campaign, hosts = f"{code}:社区", offices[11:16]
        for number in (*range(1, 8), *range(9, 13)):
            for which in range(3):
                self.event(
                    campaign,
                    f"社区{number:02}月第{which + 1}场",
                    month(number),
                    hosts,
                    centres,
                    required=which == 0,
                )
            self.count(campaign, f"月{number:02}", month(number), 1, 5)
        for centre in centres:
            self.count(campaign, f"覆盖:{centre}", (FIRST, LAST), 2, 4, {"place_in": [centre]})
        self.count(campaign, "八月停", month(8), 0, 0)
        self.kept(campaign)
        self.spread(campaign, 7)
        self.load(campaign, hosts)
        self.cover(campaign, centres)

    def campuses(self, code: str, offices: list[str]) -> None:
        campaign = f"{code}:校区"
        schools = {stage: [self.place(f"{code}:{stage}{n}") for n in range(1, 7)] for stage in STAGES}
        for quarter, span in enumerate(QUARTERS, 1):
            for stage in STAGES:
                for required in (True, False):
                    self.event(
                        campaign, f"Q{quarter}走进{stage}", span, self.chance.sample(offices[13:19], 4),
                        schools[stage], required=required, value=100 if required else 60,
                        co_hosts=[offices[19]], attrs={"stage": stage}, prefer_calendar="school_term",
                    )  # fmt: skip
                self.count(campaign, f"Q{quarter}:{stage}", span, 1, 4, {"attr": {"stage": stage}})
        for stage, first, days in (("初中", date(YEAR, 6, 10), 8), ("高中", date(YEAR, 6, 1), 9)):
            for school in schools[stage]:
                self.close({"place": school}, school, first, first + timedelta(days), "考点")
        self.kept(campaign)
        self.load(campaign, offices[13:19])
        self.cover(campaign, [school for stage in STAGES for school in schools[stage]])
        self.monthly(campaign, 0, 3)

    def open_month(self, code: str, offices: list[str], towns: list[str], centres: list[str]) -> None:
        campaign = f"{code}:开放月"
        halls = {office: self.place(f"{office}:厅", None) for office in offices}
        pairs = [*zip(towns, centres, strict=True), *halls.items()]
        self.chance.shuffle(pairs)
        for owner, place in pairs:
            self.event(
                campaign, f"{owner}开放日", month(8), [owner], [place], required=True, attrs={"unit": owner}
            )
        for n in range(self.chance.randint(8, 13)):
            owner, other = self.chance.sample(offices, 2)
            self.event(
                campaign,
                f"专题开放{n + 1}",
                month(8),
                [owner, other],
                [halls[owner]],
                required=False,
                value=80,
            )
        self.count(campaign, "周末", month(8), 10, None, {"day_kinds": ["weekend"]})
        self.kept(campaign)

    def own(self, code: str, offices: list[str], towns: list[str]) -> None:
        campaign = f"{code}:街镇"
        for town in towns:
            spots = [self.place(f"{town}:点{n}", town) for n in range(1, self.size.spots + 1)]
            for n in range(self.size.own_events):
                first = FIRST + timedelta(round(n * 350 / self.size.own_events))
                last = min(LAST, first + timedelta(self.chance.choice((20, 30, 45))))
                self.event(
                    campaign, f"{town}自办{n + 1:02}", (first, last), self.chance.sample(offices, 4), spots,
                    required=self.chance.random() < 0.63, value=50, attrs={"town": town},
                )  # fmt: skip
            for quarter, span in enumerate(QUARTERS, 1):
                self.count(campaign, f"{town}:Q{quarter}", span, 5, 14, {"attr": {"town": town}})
        self.kept(campaign)
        self.load(campaign, offices)
        held = self.held(campaign, (FIRST, LAST), {}) / 12
        self.monthly(campaign, math.floor(held) - 3, math.ceil(held) + 3)

    # soft terms

    def load(self, campaign: str, units: list[str]) -> None:
        self.even(
            "load",
            f"{campaign}:均衡",
            self.held(campaign, (FIRST, LAST), {}),
            units,
            campaigns=[campaign],
            units=units,
        )

    def cover(self, campaign: str, places: list[str]) -> None:
        self.even(
            "cover",
            f"{campaign}:覆盖",
            self.held(campaign, (FIRST, LAST), {}),
            places,
            campaign=campaign,
            places=places,
        )

    def even(self, kind: str, key: str, events: int, over: Sequence[str], **fields: Any) -> None:
        low = events // len(over)
        high = low + bool(events % len(over))
        self.soft[kind].append({"id": key, **fields, "lo": low, "hi": high, "weight": 6})

    def monthly(self, campaign: str, low: int, high: int) -> None:
        self.soft["month"].append(
            {"id": f"{campaign}:月均", "campaigns": [campaign], "lo": low, "hi": high, "weight": 4}
        )

    def spread(self, campaign: str, days: int) -> None:
        self.soft["spread"].append(
            {"id": f"{campaign}:疏密", "campaign": campaign, "days": days, "weight": 3}
        )

    def weekdays(self, code: str) -> None:
        series = [name for name in SERIES if name != "开放月" and (name != "街镇" or self.size.own_events)]
        campaigns = [f"{code}:{name}" for name in series]
        events = sum(self.held(campaign, (FIRST, LAST), {}) for campaign in campaigns)
        self.soft["weekday"].append(
            {"id": f"{code}:星期均衡", "campaigns": campaigns, "hi": math.ceil(events / 5) + 1, "weight": 2}
        )
        units = [f"{code}:局{n:02}" for n in range(1, OFFICES + 1)]
        high = 5 if self.size.own_events else 3
        self.soft["crowd"].append(
            {"id": f"{code}:扎堆", "units": units, "per": "month", "hi": high, "weight": 4}
        )

    # blocks, decisions

    def close(self, scope: Document, key: str, first: date, last: date, reason: str) -> bool:
        """The period is blocked where the hidden plan leaves it free."""
        days = {first + timedelta(n) for n in range((last - first).days + 1)}
        if days & self.hidden.engaged_days[key]:
            return False
        self.block(scope, first, last, reason)
        return True

    def close_units(self, units: Iterable[str]) -> None:
        for unit in units:
            for _ in range(12):
                first = self.chance.choice(DAYS[:-15])
                if self.close(
                    {"unit": unit}, unit, first, first + timedelta(self.chance.randint(2, 12)), "集中培训"
                ):
                    break

    def decisions(self, code: str, district: str) -> None:
        chance = self.chance
        dates = [
            day
            for day in OPEN
            if day.weekday() == 0 and day.isocalendar()[1] % 2 == 0 and KIND[day] == "workday"
        ]
        meetings = [
            {"id": f"{code}:常务会{n:02}", "district": district, "date": day.isoformat(), "max_items": 3}
            for n, day in enumerate(dates, 1)
        ]
        self.lists["meetings"] += meetings
        items: Counter[str] = Counter()
        reps = [
            {
                "id": f"{code}:{group}{n}", "district": district, "group": group, "max_items": 2,
                "min_gap_days": 28, "away": [self.away()],
            }
            for group in GROUPS
            for n in range(1, 5)
        ]  # fmt: skip
        self.lists["reps"] += reps
        asked: defaultdict[str, list[date]] = defaultdict(list)
        for number in range(1, 14):
            group = GROUPS[number % len(GROUPS)]
            meeting = chance.choice([meeting for meeting in meetings if items[meeting["id"]] < 3])
            day = date.fromisoformat(meeting["date"])
            free = [
                rep for rep in reps if rep["group"] == group and self.can_come(rep, day, asked[rep["id"]])
            ]
            if not free:
                continue
            rep = chance.choice(free)
            asked[rep["id"]].append(day)
            items[meeting["id"]] += 1
            first = max(FIRST, day - timedelta(chance.randint(5, 40)))
            key = f"{code}:决策{number:02}"
            self.lists["decisions"].append(
                {
                    "id": key, "district": district, "title": f"重大行政决策{number:02}", "group": group,
                    "from": first.isoformat(), "to": min(LAST, day + timedelta(chance.randint(5, 40))).isoformat(),
                    "reps_needed": 1,
                }
            )  # fmt: skip
            self.meeting_of.append({"decision": key, "meeting": meeting["id"], "reps": [rep["id"]]})

    def away(self) -> list[str]:
        first = self.chance.choice(DAYS[60:-60])
        return [first.isoformat(), (first + timedelta(20)).isoformat()]

    @staticmethod
    def can_come(rep: Document, day: date, asked: list[date]) -> bool:
        ((first, last),) = rep["away"]
        here = not first <= day.isoformat() <= last
        return here and len(asked) < 2 and all(abs((day - other).days) >= 28 for other in asked)


def planted(size: str, seed: int) -> tuple[Document, Document]:
    """A problem of this size, and a plan of it that breaks no hard constraint."""
    shape, chance = SIZES[size], random.Random(seed)
    builder = Builder(shape, chance)
    for number in range(1, shape.districts + 1):
        builder.district(number)
    if shape.districts > 1:
        lectures = [f"D{n:03}:讲堂" for n in range(1, shape.districts + 1)]
        for per, most in zip(("slot", "day"), builder.live, strict=True):
            builder.rule("capacity", f"直播:{per}", "直播平台并发上限", campaigns=lectures, per=per, max=most)
    events, hidden = builder.lists["events"], builder.hidden.placed
    for event in chance.sample(events, len(events) // 50):
        if event["required"]:
            pin = hidden[event["id"]]
            event["pinned"] = {name: pin[name] for name in ("date", "half", "host", "place")}
    problem = empty_problem(f"{size}-planted-{seed}", FIRST, LAST)
    problem |= {"size": size, "seed": seed, "calendars": {"school_term": _terms()}, **builder.lists}
    problem["soft"] |= builder.soft
    return problem, {
        "problem": problem["name"],
        "placements": [hidden[event["id"]] for event in events],
        "decisions": builder.meeting_of,
    }


def _terms() -> list[list[str]]:
    spans = ((FIRST, date(YEAR, 1, 20)), (date(YEAR, 2, 17), date(YEAR, 7, 1)), (date(YEAR, 9, 1), LAST))
    return [[first.isoformat(), last.isoformat()] for first, last in spans]


if __name__ == "__main__":
    json.dump(planted(sys.argv[1], int(sys.argv[2]))[0], sys.stdout, ensure_ascii=False)
