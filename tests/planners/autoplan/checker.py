"""另写一遍的核对：只看原始 JSON 与规定本身，与排期程序没有一行共用。

``violations`` lists every hard constraint of the bare format that a plan breaks; ``soft_cost`` and
``keep_cost`` count what is left to preference. Plain dictionaries in, plain values out.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from itertools import pairwise
from typing import Any

Document = dict[str, Any]
WEIGHTS = {"unplaced": 100, "half": 1, "weekday_avoid": 1, "vacation": 30}
KEEP_WEIGHTS = {"day": 20, "half": 5, "host": 10, "place": 10, "drop": 40}


def days_from(first: str, last: str) -> list[str]:
    """The ISO dates from ``first`` to ``last``."""
    start, end = date.fromisoformat(first), date.fromisoformat(last)
    return [(start + timedelta(n)).isoformat() for n in range((end - start).days + 1)]


def days_between(one: str, other: str) -> int:
    """How many days lie from one date to the other."""
    return abs((date.fromisoformat(one) - date.fromisoformat(other)).days)


def campaigns_of(entry: Document) -> set[str]:
    """The campaigns that a rule or term speaks of, one or several."""
    written = entry["campaigns"] if entry.get("campaigns") is not None else entry["campaign"]
    return {written} if isinstance(written, str) else set(written)


def weights_of(written: Document | None, defaults: dict[str, int]) -> dict[str, int]:
    """The weights as written, the usual ones where nothing is."""
    return defaults | {name: value for name, value in (written or {}).items() if value is not None}


class Check:
    """A problem and a plan side by side."""

    def __init__(self, problem: Document, plan: Document) -> None:
        self.problem = problem
        self.plan = plan
        self.events = {event["id"]: event for event in problem["events"]}
        self.places = {place["id"]: place for place in problem["places"]}
        self.campaigns = {campaign["id"]: campaign for campaign in problem["campaigns"]}
        self.kind = {day: kind for kind, days in problem["days"].items() for day in days}
        self.blocks: defaultdict[tuple[str, object], list[Document]] = defaultdict(list)
        for block in problem.get("blocked") or ():
            for scope in block["scope"].items():
                self.blocks[scope].append(block)
        self.placed = [entry for entry in plan["placements"] if entry["event"] in self.events]
        self.by_campaign: defaultdict[str, list[Document]] = defaultdict(list)
        for placement in self.placed:
            self.by_campaign[self.event_of(placement)["campaign"]].append(placement)
        self.busy = Counter((unit, p["date"][:7]) for p in self.placed for unit in self.engaged(p))

    def event_of(self, placement: Document) -> Document:
        """The event that stands there."""
        found: Document = self.events[placement["event"]]
        return found

    def engaged(self, placement: Document) -> set[str]:
        """Host, co-hosts and owner of the place, each once."""
        owner = self.places[placement["place"]].get("unit") if placement["place"] in self.places else None
        units = {placement["host"], owner, *(self.event_of(placement).get("co_hosts") or ())}
        return {unit for unit in units if unit is not None}

    def hard(self) -> Iterator[str]:
        """Every broken constraint, by its id and a word."""
        yield from self.presence()
        for placement in self.placed:
            yield from self.alone(placement)
            yield from self.blocked(placement)
        yield from self.units()
        yield from self.capacities()
        for rule in self.problem.get("rules") or ():
            yield from getattr(self, f"rule_{rule['type']}")(rule)
        yield from self.decisions()
        yield from self.representatives()

    # events

    def presence(self) -> Iterator[str]:
        times = Counter(placement["event"] for placement in self.plan["placements"])
        for event in times:
            if event not in self.events:
                yield f"unknown event {event}"
        for key, event in self.events.items():
            if event["required"] and times[key] != 1:
                yield f"required:{key} placed {times[key]} times"
            elif times[key] > 1:
                yield f"{key} placed {times[key]} times"

    def alone(self, placement: Document) -> Iterator[str]:
        event, day = self.event_of(placement), placement["date"]
        key = event["id"]
        if not (date.fromisoformat(day) and event["from"] <= day <= event["to"]):
            yield f"window:{key} on {day}"
        if not self.problem["horizon"]["from"] <= day <= self.problem["horizon"]["to"]:
            yield f"horizon: {key} on {day}"
        if self.kind.get(day) not in self.campaigns[event["campaign"]]["day_kinds"]:
            yield f"day kind: {key} on {day} ({self.kind.get(day)})"
        halves = event["halves"] if event.get("halves") is not None else self.problem["halves"]
        if placement["half"] not in halves:
            yield f"half: {key} {placement['half']}"
        for one, many in (("host", "hosts"), ("place", "places")):
            if placement[one] not in (event.get(many) or [None]):
                yield f"{one}: {key} {placement[one]}"
        if event.get("pinned"):
            for name in ("date", "half", "host", "place"):
                if placement[name] != event["pinned"].get(name):
                    yield f"pinned:{key} {name} {placement[name]}"

    def blocked(self, placement: Document) -> Iterator[str]:
        event = self.event_of(placement)
        concerned = [("all", True), ("campaign", event["campaign"]), ("place", placement["place"])]
        concerned += [("unit", unit) for unit in sorted(self.engaged(placement))]
        for scope in concerned:
            for block in self.blocks[scope]:
                on_day = block["from"] <= placement["date"] <= block["to"]
                if on_day and block.get("half") in (None, placement["half"]):
                    yield f"blocked:{block['id']} {event['id']} on {placement['date']}"

    # rooms

    def units(self) -> Iterator[str]:
        caps = {unit["id"]: unit.get("week_cap") for unit in self.problem["units"]}
        at_once: Counter[tuple[str, str, str]] = Counter()
        weeks: Counter[tuple[str, tuple[int, int]]] = Counter()
        for placement in self.placed:
            week = date.fromisoformat(placement["date"]).isocalendar()[:2]
            for unit in self.engaged(placement):
                at_once[unit, placement["date"], placement["half"]] += 1
                weeks[unit, week] += 1
        for (unit, day, half), number in at_once.items():
            if number > 1:
                yield f"clash:{unit} {number} on {day} {half}"
        for (unit, week), number in weeks.items():
            if (cap := caps[unit]) is not None and number > cap:
                yield f"weekcap:{unit} {number} in {week}"

    def capacities(self) -> Iterator[str]:
        used = Counter(
            (placement["place"], placement["date"], placement["half"])
            for placement in self.placed
            if placement["place"] is not None
        )
        for (place, day, half), number in used.items():
            capacity = self.places[place].get("capacity") if place in self.places else None
            if capacity is not None and number > capacity:
                yield f"place:{place} {number} on {day} {half}"

    # rules

    def matches(self, placement: Document, rule: Document) -> bool:
        """Whether a count rule counts this placement."""
        event, where = self.event_of(placement), rule.get("where") or {}
        attrs = event.get("attrs") or {}
        return (
            event["campaign"] in campaigns_of(rule)
            and rule["from"] <= placement["date"] <= rule["to"]
            and all(attrs.get(name) == value for name, value in (where.get("attr") or {}).items())
            and (not where.get("host_in") or placement["host"] in where["host_in"])
            and (not where.get("place_in") or placement["place"] in where["place_in"])
            and (not where.get("day_kinds") or self.kind.get(placement["date"]) in where["day_kinds"])
        )

    def rule_count(self, rule: Document) -> Iterator[str]:
        number = sum(self.matches(placement, rule) for placement in self.of(campaigns_of(rule)))
        if rule.get("min") is not None and number < rule["min"]:
            yield f"rule:{rule['id']} {number} < {rule['min']}"
        if rule.get("max") is not None and number > rule["max"]:
            yield f"rule:{rule['id']} {number} > {rule['max']}"

    def rule_gap(self, rule: Document) -> Iterator[str]:
        groups: defaultdict[str, list[str]] = defaultdict(list)
        for placement in self.of(campaigns_of(rule)):
            group = "" if rule["by"] == "campaign" else placement[rule["by"]]
            if group is not None:
                groups[group].append(placement["date"])
        for group, days in groups.items():
            ordered = sorted(days)
            for one, other in pairwise(ordered):
                if days_between(one, other) < rule["min_days"]:
                    yield f"rule:{rule['id']} {group} {one} {other}"

    def rule_capacity(self, rule: Document) -> Iterator[str]:
        used: Counter[tuple[str, ...]] = Counter()
        for placement in self.of(campaigns_of(rule)):
            slot = (placement["date"], placement["half"])
            used[slot if rule["per"] == "slot" else slot[:1]] += 1
        for when, number in used.items():
            if number > rule["max"]:
                yield f"rule:{rule['id']} {number} on {when}"

    # decisions

    def decisions(self) -> Iterator[str]:
        meetings = {meeting["id"]: meeting for meeting in self.problem.get("meetings") or ()}
        decisions = {decision["id"]: decision for decision in self.problem.get("decisions") or ()}
        given = self.plan.get("decisions") or ()
        times = Counter(entry["decision"] for entry in given)
        for key in {*times, *decisions}:
            if key not in decisions or times[key] != 1:
                yield f"decision:{key} at {times[key]} meetings"
        for entry in given:
            if entry["decision"] in decisions:
                meeting = meetings.get(entry["meeting"])
                if meeting is None:
                    yield f"decision:{entry['decision']} at no meeting {entry['meeting']}"
                else:
                    yield from self.decision(entry, decisions[entry["decision"]], meeting)
        items = Counter(entry["meeting"] for entry in given)
        for key, meeting in meetings.items():
            if items[key] > meeting["max_items"]:
                yield f"meeting:{key} {items[key]} items"

    def decision(self, entry: Document, decision: Document, meeting: Document) -> Iterator[str]:
        key, day = decision["id"], meeting["date"]
        if meeting["district"] != decision["district"]:
            yield f"decision:{key} at a meeting of {meeting['district']}"
        if not decision["from"] <= day <= decision["to"]:
            yield f"decision:{key} on {day}"
        asked = entry["reps"]
        if len(set(asked)) != len(asked):
            yield f"decision:{key} asks somebody twice"
        if len(set(asked)) < decision["reps_needed"]:
            yield f"decision:{key} {len(set(asked))} representatives"
        people = {rep["id"]: rep for rep in self.problem.get("reps") or ()}
        for name in asked:
            rep = people.get(name)
            if rep is None or (rep["district"], rep["group"]) != (decision["district"], decision["group"]):
                yield f"decision:{key} asks {name}"
            elif any(first <= day <= last for first, last in rep.get("away") or ()):
                yield f"rep:{name} away on {day}"

    def representatives(self) -> Iterator[str]:
        dates = {meeting["id"]: meeting["date"] for meeting in self.problem.get("meetings") or ()}
        for rep in self.problem.get("reps") or ():
            asked = [entry for entry in self.plan.get("decisions") or () if rep["id"] in entry["reps"]]
            if len(asked) > rep["max_items"]:
                yield f"rep:{rep['id']} {len(asked)} items"
            met = {entry["meeting"] for entry in asked if entry["meeting"] in dates}
            days = sorted(dates[meeting] for meeting in met)
            for one, other in pairwise(days):
                if days_between(one, other) < (rep.get("min_gap_days") or 0):
                    yield f"rep:{rep['id']} {one} {other}"

    # preferences

    def soft(self) -> Iterator[tuple[str, int]]:
        """Cost by kind: own terms, then each term of ``soft`` as ``kind:id``."""
        soft = self.problem.get("soft") or {}
        yield from self.own(weights_of(soft.get("weights"), WEIGHTS))
        for kind in ("load", "cover", "crowd", "month", "weekday", "spread"):
            for number, term in enumerate(soft.get(kind) or ()):
                name = term.get("id") or f"soft.{kind}[{number}]"
                yield f"{kind}:{name}", term["weight"] * getattr(self, kind)(term)

    def load(self, term: Document) -> int:
        hosts = Counter(p["host"] for p in self.of(campaigns_of(term)))
        return off((hosts[unit] for unit in term["units"]), term)

    def cover(self, term: Document) -> int:
        places = Counter(p["place"] for p in self.of(campaigns_of(term)))
        return off((places[place] for place in term["places"]), term)

    def month(self, term: Document) -> int:
        held = Counter(p["date"][:7] for p in self.of(campaigns_of(term)))
        return off((held[month] for month in self.months()), term)

    def weekday(self, term: Document) -> int:
        held = Counter(date.fromisoformat(p["date"]).isoweekday() for p in self.of(campaigns_of(term)))
        return sum(max(0, held[day] - term["hi"]) for day in range(1, 6))

    def own(self, weights: dict[str, int]) -> Iterator[tuple[str, int]]:
        fixed = {placement["event"] for placement in self.placed}
        yield (
            "unplaced",
            sum(
                event["value"] * weights["unplaced"] // 100
                for key, event in self.events.items()
                if not event["required"] and key not in fixed
            ),
        )
        half = weekday = vacation = 0
        for placement in self.placed:
            event, day = self.event_of(placement), placement["date"]
            half += event.get("pref_half") not in (None, placement["half"])
            weekday += date.fromisoformat(day).weekday() in (event.get("avoid_weekdays") or ())
            if (calendar := event.get("prefer_calendar")) is not None:
                terms = self.problem["calendars"][calendar]
                vacation += not any(first <= day <= last for first, last in terms)
        yield "half", weights["half"] * half
        yield "weekday_avoid", weights["weekday_avoid"] * weekday
        yield "vacation", weights["vacation"] * vacation

    def of(self, campaigns: set[str]) -> list[Document]:
        """The placements of these campaigns."""
        return [placement for campaign in sorted(campaigns) for placement in self.by_campaign[campaign]]

    def horizon(self) -> list[str]:
        return days_from(self.problem["horizon"]["from"], self.problem["horizon"]["to"])

    def months(self) -> list[str]:
        return sorted({day[:7] for day in self.horizon()})

    def crowd(self, term: Document) -> int:
        units = set(term["units"])
        return sum(max(0, self.busy[unit, month] - term["hi"]) for unit in units for month in self.months())

    def spread(self, term: Document) -> int:
        held = Counter(p["date"] for p in self.of(campaigns_of(term)))
        total = 0
        for day in self.horizon():
            last = (date.fromisoformat(day) + timedelta(term["days"] - 1)).isoformat()
            number = sum(times for other, times in held.items() if day <= other <= last)
            total += max(0, number - 1)
        return total


def off(numbers: Iterable[int], term: Document) -> int:
    """How far the numbers lie outside [lo, hi] in all."""
    return sum(max(0, (term.get("lo") or 0) - number, number - term["hi"]) for number in numbers)


def violations(problem: Document, plan: Document) -> list[str]:
    """Every hard constraint that ``plan`` breaks; empty where it is legal."""
    return list(Check(problem, plan).hard())


def soft_cost(problem: Document, plan: Document) -> dict[str, int]:
    """The exact soft cost of ``plan`` by term (``load:ID``, ``half`` …)."""
    return dict(Check(problem, plan).soft())


def keep_cost(problem: Document, plan: Document) -> tuple[int, int]:
    """What ``plan`` changes of the baseline: its cost, and how many events differ from it at all."""
    keep = weights_of(problem.get("keep_weights"), KEEP_WEIGHTS)
    now = {placement["event"]: placement for placement in plan["placements"]}
    cost = moved = 0
    for old in problem.get("baseline") or ():
        new = now.get(old["event"])
        if new is None:
            cost, moved = cost + keep["drop"], moved + 1
            continue
        change = 0
        if new["date"] != old["date"]:
            change += keep["day"]
        elif new["half"] != old["half"]:
            change += keep["half"]
        change += keep["host"] if new["host"] != old["host"] else 0
        change += keep["place"] if new["place"] != old["place"] else 0
        cost += change
        moved += any(new[name] != old[name] for name in ("date", "half", "host", "place"))
    return cost, moved
