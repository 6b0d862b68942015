"""决策事项排进会议、代表轮流列席：逐个区回溯，先排余地最小的，先请请得最少的；要求时证明无解。

``seat_decisions`` serves the search (the largest set it can seat, by chance of the seed) and the
explanations (all decisions, or a proof that this cannot be).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from datetime import date
from itertools import combinations, islice
from random import Random
from typing import NamedTuple

from planners.autoplan.problem import (
    DecisionPlacement,
    PlanDecision,
    PlanMeeting,
    PlanProblem,
    Representative,
)

MOST_NODES = 20_000
"""Seats tried in one district before the search settles for what it has."""
MOST_GROUPS = 12
"""Sets of representatives tried for one decision at one meeting, where no proof is asked for."""


class Seating(NamedTuple):
    """Decisions at meetings, in the problem's order; ``impossible``: proved that not all can be seated."""

    seats: tuple[DecisionPlacement, ...]
    impossible: bool = False


def seat_decisions(
    problem: PlanProblem, *, seed: int | None = None, nodes: int = MOST_NODES, prove: bool = False
) -> Seating:
    """Decisions at meetings with their representatives, within ``nodes`` seats tried a district.

    Every seat keeps the window, the meeting's items, and each representative's absences, number of
    items and distance between meetings. ``seed``: whom to ask first among equals is drawn by lot.
    ``prove``: all decisions or none are looked for, and what cannot be is proved; else decisions
    without a seat are left out.
    """
    rng = Random(seed) if seed is not None else None
    seated: dict[str, DecisionPlacement] = {}
    for district in dict.fromkeys(decision.district for decision in problem.decisions):
        search = _DistrictSeating(problem, district, rng, nodes, prove=prove)
        if not search.seat():
            return Seating((), impossible=True)
        seated |= search.best
    return Seating(tuple(seated[d.key] for d in problem.decisions if d.key in seated))


class _DistrictSeating:
    """The meetings and representatives of one district, and who sits where so far."""

    def __init__(
        self, problem: PlanProblem, district: str, rng: Random | None, nodes: int, *, prove: bool
    ) -> None:
        self._meetings = [meeting for meeting in problem.meetings if meeting.district == district]
        self._decisions = [decision for decision in problem.decisions if decision.district == district]
        people = [person for person in problem.representatives if person.district == district]
        if rng is not None:
            rng.shuffle(people)
        self._people: dict[str, list[Representative]] = defaultdict(list)
        for person in people:
            self._people[person.group].append(person)
        self._items = {meeting.key: 0 for meeting in self._meetings}
        self._days: dict[str, list[date]] = {person.key: [] for person in people}
        self._nodes = nodes
        self._prove = prove
        self._now: dict[str, DecisionPlacement] = {}
        self.best: dict[str, DecisionPlacement] = {}

    def seat(self) -> bool:
        """The largest set that was found is in ``best``; False: proved that not all can be seated."""
        ordered = sorted(
            self._decisions,
            key=lambda d: (
                sum(m.day in d.period and m.max_items > 0 for m in self._meetings),
                d.period,
                d.key,
            ),
        )
        return self._descend(ordered) or not self._prove

    def _descend(self, left: list[PlanDecision]) -> bool:
        """Seat the decisions ``left``; True when all are, or the search is to end."""
        if len(self._now) > len(self.best):
            self.best = dict(self._now)
        if not left:
            return len(self.best) == len(self._decisions)
        # The seeded search keeps one order, so that the same seed gives the same seats; a proof is
        # found sooner where the decision with the fewest meetings that still take it comes next.
        decision = min(left, key=lambda d: len(self._meetings_for(d))) if self._prove else left[0]
        rest = [other for other in left if other is not decision]
        for meeting in sorted(self._meetings_for(decision), key=lambda m: (self._items[m.key], m.day)):
            groups = self._groups(decision, meeting.day)
            for people in groups if self._prove else islice(groups, MOST_GROUPS):
                self._nodes -= 1
                if self._nodes < 0:
                    return True
                self._sit(decision, meeting, people)
                if self._descend(rest):
                    return True
                self._rise(decision, meeting, people)
        # Without this decision, as long as that can still beat the best so far.
        if not self._prove and len(self._now) + len(rest) > len(self.best):
            return self._descend(rest)
        return False

    def _meetings_for(self, decision: PlanDecision) -> list[PlanMeeting]:
        """The meetings of its window that take one more; for a proof, only those enough people can come to."""
        return [
            meeting
            for meeting in self._meetings
            if meeting.day in decision.period
            and self._items[meeting.key] < meeting.max_items
            and (not self._prove or len(self._able(decision, meeting.day)) >= decision.representatives)
        ]

    def _able(self, decision: PlanDecision, day: date) -> list[Representative]:
        return [person for person in self._people[decision.group] if self._can(person, day)]

    def _groups(self, decision: PlanDecision, day: date) -> Iterator[tuple[Representative, ...]]:
        able = sorted(self._able(decision, day), key=lambda person: len(self._days[person.key]))
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
