"""议题上会：每个议题定一次会议，请够代表；各区各自成题。"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from itertools import combinations

from planners.autoplan.exact.milp import INFINITY, End, Milp
from planners.autoplan.problem import (
    DecisionPlacement,
    PlanDecision,
    PlanMeeting,
    PlanProblem,
    Representative,
    Status,
)


def place_decisions(
    problem: PlanProblem, *, effort: int, stop: Callable[[], bool] | None = None
) -> tuple[Status, tuple[DecisionPlacement, ...]]:
    """Every decision at a meeting with its representatives, in the order of the problem; or why not."""
    placed: dict[str, DecisionPlacement] = {}
    status = Status.FEASIBLE
    for district in dict.fromkeys(decision.district for decision in problem.decisions):
        found, chosen = _SeatingModel(problem, district).solve(effort, stop)
        if found is Status.INFEASIBLE:
            return found, ()
        if found is Status.NOT_FOUND:
            status = found
        placed |= {placement.decision: placement for placement in chosen}
    if status is not Status.FEASIBLE:
        return status, ()
    return status, tuple(placed[decision.key] for decision in problem.decisions)


class _SeatingModel:
    """The model of one district's decisions."""

    def __init__(self, problem: PlanProblem, district: str) -> None:
        self._milp = Milp()
        self._meetings = [m for m in problem.meetings if m.district == district]
        self._decisions = [d for d in problem.decisions if d.district == district]
        self._people = [r for r in problem.representatives if r.district == district]
        self._at: dict[tuple[str, str], int] = {}
        self._asked: dict[tuple[str, str, str], int] = {}
        for decision in self._decisions:
            self._place(decision)
        for meeting in self._meetings:
            held = [c for (_, key), c in self._at.items() if key == meeting.key]
            if len(held) > meeting.max_items:
                self._milp.row(0, meeting.max_items, held)
        for person in self._people:
            self._limit(person)

    def _place(self, decision: PlanDecision) -> None:
        milp = self._milp
        meetings = [m for m in self._meetings if m.day in decision.period]
        for meeting in meetings:
            self._at[decision.key, meeting.key] = milp.column()
        milp.row(1, 1, [self._at[decision.key, m.key] for m in meetings])
        if decision.representatives <= 0:
            return
        for meeting in meetings:
            people = [r for r in self._people if r.group == decision.group and not _away(r, meeting)]
            columns = []
            for person in people:
                column = milp.column()
                self._asked[decision.key, meeting.key, person.key] = column
                columns.append(column)
                milp.row(-INFINITY, 0, [column, self._at[decision.key, meeting.key]], [1.0, -1.0])
            milp.row(
                0,
                INFINITY,
                [*columns, self._at[decision.key, meeting.key]],
                [1.0] * len(columns) + [-float(decision.representatives)],
            )

    def _limit(self, person: Representative) -> None:
        milp = self._milp
        mine = {key: column for key, column in self._asked.items() if key[2] == person.key}
        if len(mine) > person.max_items:
            milp.row(0, person.max_items, list(mine.values()))
        by_meeting: dict[str, list[int]] = defaultdict(list)
        for (_, meeting, _), column in mine.items():
            by_meeting[meeting].append(column)
        present = {}
        for meeting, columns in by_meeting.items():
            present[meeting] = milp.column()
            for column in columns:
                milp.row(-INFINITY, 0, [column, present[meeting]], [1.0, -1.0])
        for first, second in self._too_close(person, present):
            milp.row(0, 1, [present[first], present[second]])

    def _too_close(self, person: Representative, meetings: Iterable[str]) -> Iterable[tuple[str, str]]:
        days = {meeting.key: meeting.day for meeting in self._meetings}
        for first, second in combinations(meetings, 2):
            if abs((days[first] - days[second]).days) < person.min_gap_days:
                yield first, second

    def solve(
        self, effort: int, stop: Callable[[], bool] | None
    ) -> tuple[Status, Sequence[DecisionPlacement]]:
        outcome = self._milp.solve(effort=effort, first=True, stop=stop)
        if outcome.end is End.INFEASIBLE:
            return Status.INFEASIBLE, ()
        if not outcome.found:
            return Status.NOT_FOUND, ()
        return Status.FEASIBLE, [self._read(decision, outcome.values) for decision in self._decisions]

    def _read(self, decision: PlanDecision, values: Sequence[float]) -> DecisionPlacement:
        meeting = next(m for (d, m), c in self._at.items() if d == decision.key and values[c] > 0.5)
        people = [
            person
            for (d, m, person), column in self._asked.items()
            if d == decision.key and m == meeting and values[column] > 0.5
        ]
        return DecisionPlacement(decision.key, meeting, tuple(people[: decision.representatives]))


def _away(person: Representative, meeting: PlanMeeting) -> bool:
    return any(meeting.day in period for period in person.away)
