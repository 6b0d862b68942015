"""决策上会与代表：逐件穷举，给出安排或证明无解。"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from itertools import combinations

from planners.autoplan.problem import (
    DecisionPlacement,
    PlanDecision,
    PlanMeeting,
    Problem,
    Representative,
)


def seat_decisions(problem: Problem, nodes: int) -> tuple[DecisionPlacement, ...] | None:
    """Every decision at a meeting with its people; None: proved impossible; fewer than all: not found."""
    found: dict[str, DecisionPlacement] = {}
    for district in dict.fromkeys(decision.district for decision in problem.decisions):
        search = _Seating(problem, district, nodes)
        if not search.run():
            return None
        found.update(search.found)
    return tuple(found[decision.key] for decision in problem.decisions if decision.key in found)


class _OutOfNodesError(Exception):
    """The tries are used up."""


class _Seating:
    """The decisions of one district, the one with the fewest ways first."""

    def __init__(self, problem: Problem, district: str, nodes: int) -> None:
        self._decisions = [d for d in problem.decisions if d.district == district]
        self._meetings = [m for m in problem.meetings if m.district == district]
        self._people: dict[str, list[Representative]] = defaultdict(list)
        for person in problem.representatives:
            if person.district == district:
                self._people[person.group].append(person)
        self._room = {meeting.key: meeting.max_items for meeting in self._meetings}
        self._asked: dict[str, list[PlanMeeting]] = defaultdict(list)
        self._nodes = nodes
        self.found: dict[str, DecisionPlacement] = {}

    def run(self) -> bool:
        """False: impossible. True with everything in ``found``, or nothing where the tries ran out."""
        try:
            return self._descend()
        except _OutOfNodesError:
            self.found = {}
            return True

    def _descend(self) -> bool:
        open_ones = [decision for decision in self._decisions if decision.key not in self.found]
        if not open_ones:
            return True
        decision = min(open_ones, key=lambda one: sum(1 for _ in self._meetings_for(one)))
        for meeting in self._meetings_for(decision):
            for people in self._people_for(decision, meeting):
                self._nodes -= 1
                if self._nodes < 0:
                    raise _OutOfNodesError
                if self._try(decision, meeting, people):
                    return True
        return False

    def _try(self, decision: PlanDecision, meeting: PlanMeeting, people: tuple[Representative, ...]) -> bool:
        self._room[meeting.key] -= 1
        for person in people:
            self._asked[person.key].append(meeting)
        self.found[decision.key] = DecisionPlacement(
            decision.key, meeting.key, tuple(person.key for person in people)
        )
        if self._descend():
            return True
        del self.found[decision.key]
        for person in people:
            self._asked[person.key].pop()
        self._room[meeting.key] += 1
        return False

    def _meetings_for(self, decision: PlanDecision) -> Iterator[PlanMeeting]:
        """The meetings of its window with room, and with enough people to ask."""
        for meeting in self._meetings:
            if meeting.day in decision.period and self._room[meeting.key] > 0:
                free = sum(self._can(person, meeting) for person in self._people[decision.group])
                if free >= decision.representatives:
                    yield meeting

    def _people_for(
        self, decision: PlanDecision, meeting: PlanMeeting
    ) -> Iterator[tuple[Representative, ...]]:
        free = [person for person in self._people[decision.group] if self._can(person, meeting)]
        return combinations(free, decision.representatives)

    def _can(self, person: Representative, meeting: PlanMeeting) -> bool:
        asked = self._asked[person.key]
        return (
            len(asked) < person.max_items
            and not any(meeting.day in away for away in person.away)
            and all(
                other.key == meeting.key or abs((other.day - meeting.day).days) >= person.min_gap_days
                for other in asked
            )
        )
