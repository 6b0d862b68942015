"""惯例：一条工作线通常在周几、几点、哪里、由谁办，讲些什么；本年自己的习惯先于条文的列举。"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from functools import cached_property
from typing import NamedTuple, TypeVar

from models.domain.events import Campaign, Event
from models.domain.units import UnitKind
from planners.autoplan.year.facts import YearFacts
from planners.autoplan.year.halves import USUAL, Hours, half_of, within_one_half
from planners.checks.context import words
from planners.suggest import USUAL_TIMES

ENOUGH = 3
"""From so many events on a year has habits of its own."""
_Value = TypeVar("_Value")


class Topic(NamedTuple):
    """What an event can be about and the units (keys) that speak on it."""

    name: str
    units: tuple[str, ...]


class Customs:
    """The habits of one campaign."""

    def __init__(self, facts: YearFacts, campaign: Campaign) -> None:
        self._facts = facts
        self.campaign = campaign
        self.events: Sequence[Event] = facts.context.by_campaign[campaign]
        """The year's counted events of the campaign, by start."""

    @cached_property
    def half(self) -> str:
        """The usual half of the day."""
        return half_of(self._habit[0])

    @cached_property
    def hours(self) -> dict[str, Hours]:
        """From when to when in each half."""
        found = dict(USUAL)
        for hours in (USUAL_TIMES[self.campaign], self._habit):
            if within_one_half(hours):
                found[half_of(hours[0])] = hours
        return found

    @cached_property
    def _habit(self) -> Hours:
        seen = Counter(
            (event.starts_at.time(), event.ends_at.time())
            for event in self.events
            if event.is_timed and event.starts_at and event.ends_at and event.day == event.ends_at.date()
        )
        found = [hours for hours, _ in seen.most_common() if within_one_half(hours)]
        return found[0] if found else USUAL_TIMES[self.campaign]

    @cached_property
    def weekdays(self) -> frozenset[int]:
        """The weekdays on which the year usually holds such events; empty without a habit."""
        days = Counter(event.day.weekday() for event in self.events if event.day)
        total = sum(days.values())
        return frozenset(d for d, n in days.items() if total >= ENOUGH and 3 * n >= total)

    @cached_property
    def on_rest_days(self) -> bool:
        """Whether most of the year's events of the campaign are on rest days."""
        days = [event.day for event in self.events if event.day]
        resting = sum(not self._facts.workdays.is_workday(day) for day in days)
        return len(days) >= ENOUGH and 2 * resting > len(days)

    @cached_property
    def venue(self) -> str | None:
        """The venue most events of the campaign use; for 公开讲堂 else the live room."""
        used = Counter(event.venue for event in self.events if event.venue is not None)
        if used and 2 * used.most_common(1)[0][1] > len(self.events):
            return used.most_common(1)[0][0]
        if self.campaign is not Campaign.LECTURE or self.events:
            return None
        return next((v.key for v in self._facts.snapshot.venues if "直播间" in v.name), None)

    @cached_property
    def platforms(self) -> tuple[str, ...]:
        """The live platforms: the habit where it is enough, else those of the rule."""
        return self._listed("few_platforms", "platforms", [event.platforms for event in self.events])

    @cached_property
    def forms(self) -> tuple[str, ...]:
        """The forms of listening or taking part."""
        check = {Campaign.PARK: "no_listening_form", Campaign.OPEN_MONTH: "no_interaction"}.get(self.campaign)
        return self._listed(check, "forms", [event.forms for event in self.events]) if check else ()

    def _listed(self, check: str, name: str, used: list[tuple[str, ...]]) -> tuple[str, ...]:
        rules = [rule for rule in self._facts.ruleset.rules if rule.check == check]
        if not rules or self.campaign not in rules[0].campaigns:
            return ()
        listed = words(rules[0], name)
        least = next((int(str(p.value)) for p in rules[0].parameters if p.name == "minimum"), 1)
        habit = most_common(entry for entry in used if len(entry) >= least)
        return habit or listed[: max(2, least)]

    @cached_property
    def topics(self) -> tuple[Topic, ...]:
        """The rule set's topics of the campaign, with those of their units that the year has."""
        names = self._facts.unit_names
        found = []
        for entry in self._topic_words():
            name, _, units = entry.partition("：")
            keys = (names[unit] for unit in units.split("、") if unit in names)
            found.append(Topic(name.strip(), tuple(dict.fromkeys(keys))))
        return tuple(found)

    def _topic_words(self) -> list[str]:
        for rule in self._facts.ruleset.rules:
            if rule.campaigns and rule.campaigns[0] is self.campaign:
                for parameter in rule.parameters:
                    if parameter.name == "topics":
                        return str(parameter.value).split("；")
        return []

    @cached_property
    def hosts(self) -> tuple[str, ...]:
        """Departments suited to hold such an event: of the topics, then who did it this year; else all."""
        departments = {unit.key for unit in self._facts.units_of(UnitKind.DEPARTMENT)}
        led = (unit for event in self.events for unit in event.lead_units[:1])
        listed = (*(unit for topic in self.topics for unit in topic.units), *led)
        found = tuple(dict.fromkeys(unit for unit in listed if unit in departments))
        return self.allowed(found) or self.allowed(tuple(departments_in_order(self._facts)))

    def hosts_for(self, topic: str) -> tuple[str, ...]:
        """Those suited to a topic; all hosts where nobody is named for it."""
        named = next((entry.units for entry in self.topics if entry.name == topic), ())
        return self.allowed(named) or self.hosts

    def allowed(self, units: tuple[str, ...]) -> tuple[str, ...]:
        """Those of ``units`` whom the user lets be asked."""
        asked = self._facts.conditions.units
        return tuple(unit for unit in units if not asked or unit in asked)

    def place_of(self, unit: str) -> str:
        """Where ``unit`` held its last event of the campaign, in words."""
        return next((e.place for e in reversed(self.events) if unit in e.lead_units and e.place), "")


def departments_in_order(facts: YearFacts) -> Iterable[str]:
    """The departments, or whatever units there are in a year without one."""
    return (unit.key for unit in facts.units_of(UnitKind.DEPARTMENT) or facts.snapshot.units)


def most_common(values: Iterable[_Value]) -> _Value | None:
    """The value met most often, the first of equals; None of nothing."""
    counted = Counter(values)
    return counted.most_common(1)[0][0] if counted else None
