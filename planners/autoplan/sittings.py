"""决策事项排进会议、代表轮流列席：逐个区回溯，先排余地最小的，先请请得最少的。"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from datetime import date
from itertools import combinations, islice
from random import Random

from planners.autoplan.problem import (
    DecisionPlacement,
    PlanDecision,
    PlanMeeting,
    Problem,
    Representative,
)

MOST_NODES = 20_000
"""Meetings tried in one district before the search settles for what it has."""
MOST_GROUPS = 12
"""Sets of representatives tried for one decision at one meeting."""


def seat_decisions(problem: Problem, seed: int) -> tuple[DecisionPlacement, ...]:
    """Decisions at meetings with their representatives, in the problem's order; those left out found no seat.

    Every placement keeps the window, the meeting's items, and each representative's absences,
    number of items and distance between meetings.
    """
    rng = Random(seed)
    by_district: dict[str, list[PlanDecision]] = defaultdict(list)
    for decision in problem.decisions:
        by_district[decision.district].append(decision)
    seated: dict[str, DecisionPlacement] = {}
    for district, decisions in by_district.items():
        seated.update(_District(problem, district, rng).seat(decisions))
    return tuple(seated[d.key] for d in problem.decisions if d.key in seated)


class _District:
    """The meetings and representatives of one district, and who sits where so far."""

    def __init__(self, problem: Problem, district: str, rng: Random) -> None:
        self._meetings = [meeting for meeting in problem.meetings if meeting.district == district]
        people = [person for person in problem.representatives if person.district == district]
        rng.shuffle(people)
        self._people: dict[str, list[Representative]] = defaultdict(list)
        for person in people:
            self._people[person.group].append(person)
        self._items = {meeting.key: 0 for meeting in self._meetings}
        self._days: dict[str, list[date]] = {person.key: [] for person in people}
        self._nodes = 0
        self._now: dict[str, DecisionPlacement] = {}
        self._best: dict[str, DecisionPlacement] = {}

    def seat(self, decisions: list[PlanDecision]) -> dict[str, DecisionPlacement]:
        """The largest set of decisions seated that was found."""
        ordered = sorted(decisions, key=lambda d: (len(self._choices(d)), d.period, d.key))
        self._descend(ordered, 0)
        return self._best

    def _choices(self, decision: PlanDecision) -> list[PlanMeeting]:
        return [
            meeting for meeting in self._meetings if meeting.day in decision.period and meeting.max_items > 0
        ]

    def _descend(self, decisions: list[PlanDecision], depth: int) -> bool:
        """Seat the decisions from ``depth`` on; True when all are, or the search is to end."""
        if len(self._now) > len(self._best):
            self._best = dict(self._now)
        if depth == len(decisions):
            return len(self._best) == len(decisions)
        decision = decisions[depth]
        for meeting in sorted(self._choices(decision), key=lambda m: (self._items[m.key], m.day)):
            if self._items[meeting.key] >= meeting.max_items:
                continue
            for people in islice(self._groups(decision, meeting.day), MOST_GROUPS):
                self._nodes += 1
                if self._nodes > MOST_NODES:
                    return True
                self._sit(decision, meeting, people)
                if self._descend(decisions, depth + 1):
                    return True
                self._rise(decision, meeting, people)
        if len(self._now) + len(decisions) - depth - 1 > len(self._best):
            return self._descend(decisions, depth + 1)
        return False

    def _groups(self, decision: PlanDecision, day: date) -> Iterator[tuple[Representative, ...]]:
        able = [person for person in self._people[decision.group] if self._can(person, day)]
        able.sort(key=lambda person: len(self._days[person.key]))
        return combinations(able, decision.representatives)

    def _can(self, person: Representative, day: date) -> bool:
        days = self._days[person.key]
        return (
            len(days) < person.max_items
            and not any(day in period for period in person.away)
            and all(other == day or abs((other - day).days) >= person.min_gap_days for other in days)
        )

    def _sit(self, decision: PlanDecision, meeting: PlanMeeting, people: tuple[Representative, ...]) -> None:
        self._items[meeting.key] += 1
        for person in people:
            self._days[person.key].append(meeting.day)
        keys = tuple(person.key for person in people)
        self._now[decision.key] = DecisionPlacement(decision.key, meeting.key, keys)

    def _rise(self, decision: PlanDecision, meeting: PlanMeeting, people: tuple[Representative, ...]) -> None:
        self._items[meeting.key] -= 1
        for person in people:
            self._days[person.key].remove(meeting.day)
        del self._now[decision.key]
