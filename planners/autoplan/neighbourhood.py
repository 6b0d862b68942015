"""谁与谁相争：从没排下的活动出发，先近后远、先紧后松地找出同一小片。

A graph of events by shared units, places and rules; growing it from what is missing finds the few
events that decide whether it can be mended.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable

from planners.autoplan.constraint_ids import may_count, owners_of, rule_touches, units_of
from planners.autoplan.problem import CountRule, GapRule, PlanEvent, PlanProblem, Rule


class Neighbourhood:
    """The events of a problem by what they compete for.

    ``matters``: only these events are taken in (required ones, and those an event count may need).
    """

    def __init__(self, problem: PlanProblem, placed: Collection[str] = ()) -> None:
        self._problem = problem
        self._events = {event.key: event for event in problem.events}
        self._minima = [rule for rule in problem.rules if isinstance(rule, CountRule) and rule.minimum]
        counted = {campaign for rule in self._minima for campaign in rule.campaigns}
        self._matters = {
            event.key
            for event in problem.events
            if event.required or event.key in placed or event.campaign in counted
        }
        self._owner = owners_of(problem)
        self._rules: dict[str, list[Rule]] = defaultdict(list)
        for rule in problem.rules:
            for campaign in (rule.campaign,) if isinstance(rule, GapRule) else rule.campaigns:
                self._rules[campaign].append(rule)
        self._tightness = {event.key: self._slack(event) for event in problem.events}
        self._order = {event.key: number for number, event in enumerate(problem.events)}
        self._holders: dict[object, list[str]] = defaultdict(list)
        self._links: dict[str, list[object]] = defaultdict(list)
        for event in problem.events:
            if event.key in self._matters:
                for link in self._links_of(event):
                    self._holders[link].append(event.key)
                    self._links[event.key].append(link)

    def _slack(self, event: PlanEvent) -> int:
        """How free the event is: days of its window times its options."""
        if event.pinned is not None:
            return 1
        days = (event.period.end - event.period.first).days
        return days * max(1, len(event.hosts)) * max(1, len(event.places))

    def _links_of(self, event: PlanEvent) -> list[object]:
        links: list[object] = [("unit", unit) for unit in sorted(units_of(event, self._owner))]
        links += [("place", place) for place in event.places]
        links += [("rule", rule.key) for rule in self._rules[event.campaign] if rule_touches(rule, event)]
        return links

    def grow(self, seeds: Iterable[str], size: int) -> tuple[str, ...]:
        """Up to ``size`` events around the seeds (all of the seeds): the nearest, of these the tightest."""
        inside = dict.fromkeys(seed for seed in seeds if seed in self._events)
        ring = list(inside)
        while ring and len(inside) < size:
            found = {
                other
                for key in ring
                for link in self._links[key]
                for other in self._holders[link]
                if other not in inside and self._meet(self._events[key], self._events[other])
            }
            # The tightest first: they are the ones that cannot give way.
            ring = sorted(found, key=lambda key: (self._tightness[key], self._order[key]))
            ring = ring[: size - len(inside)]
            inside.update(dict.fromkeys(ring))
        return tuple(inside)

    def _meet(self, one: PlanEvent, other: PlanEvent) -> bool:
        return one.period.first <= other.period.end and other.period.first <= one.period.end

    def contributors(self, events: Collection[str]) -> tuple[str, ...]:
        """All events that a minimum could count which it could also count one of ``events`` for."""
        chosen = [self._events[key] for key in events]
        rules = [rule for rule in self._minima if any(may_count(rule, event) for event in chosen)]
        return tuple(
            event.key for event in self._problem.events if any(may_count(rule, event) for rule in rules)
        )
