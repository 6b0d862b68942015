"""决策数一数：期限内有没有会、会上有没有位子、代表够不够。"""

from __future__ import annotations

from collections.abc import Iterator

from planners.autoplan.bottlenecks import Bottleneck, BottleneckCause
from planners.autoplan.constraint_ids import ConstraintKind
from planners.autoplan.packing import Packing
from planners.autoplan.problem import PlanDecision, PlanMeeting, PlanProblem, Representative


def decision_bottlenecks(problem: PlanProblem) -> Iterator[Bottleneck]:
    """The decisions that counting alone proves impossible."""
    for decision in problem.decisions:
        if not _meetings_in_window(problem, decision):
            yield Bottleneck(BottleneckCause.NO_MEETING, (), (), (decision.key,))
        elif not _suitable(problem, decision):
            yield Bottleneck(BottleneckCause.PEOPLE, (), _people_ids(problem, decision), (decision.key,))
    yield from _too_many_items(problem)
    yield from _too_many_seats(problem)


def _meetings_in_window(problem: PlanProblem, decision: PlanDecision) -> list[PlanMeeting]:
    return [
        meeting
        for meeting in problem.meetings
        if meeting.district == decision.district and meeting.day in decision.period and meeting.max_items > 0
    ]


def _people(problem: PlanProblem, decision: PlanDecision) -> list[Representative]:
    return [
        person
        for person in problem.representatives
        if (person.district, person.group) == (decision.district, decision.group)
    ]


def _people_ids(problem: PlanProblem, decision: PlanDecision) -> tuple[str, ...]:
    return tuple(ConstraintKind.REP.of(person.key) for person in _people(problem, decision))


def _suitable(problem: PlanProblem, decision: PlanDecision) -> list[PlanMeeting]:
    """The meetings in its window to which enough people can come."""
    people = [person for person in _people(problem, decision) if person.max_items > 0]
    return [
        meeting
        for meeting in _meetings_in_window(problem, decision)
        if sum(not any(meeting.day in away for away in person.away) for person in people)
        >= decision.representatives
    ]


def _too_many_items(problem: PlanProblem) -> Iterator[Bottleneck]:
    """More decisions than their meetings take."""
    decisions = [decision for decision in problem.decisions if _suitable(problem, decision)]
    if not decisions:
        return
    number = {meeting.key: place for place, meeting in enumerate(problem.meetings)}
    limits = [meeting.max_items for meeting in problem.meetings]
    most = max(limits)
    taken = {place: most - limit for place, limit in enumerate(limits)}
    cells = [
        sum(1 << number[meeting.key] for meeting in _suitable(problem, decision)) for decision in decisions
    ]
    for group in Packing(cells, most, taken=taken).fill():
        keys = tuple(decisions[item].key for item in group)
        asked = {meeting.key for item in group for meeting in _suitable(problem, decisions[item])}
        ids = tuple(
            ConstraintKind.MEETING.of(meeting.key) for meeting in problem.meetings if meeting.key in asked
        )
        yield Bottleneck(BottleneckCause.MEETINGS, (), ids, keys, len(group) - 1)


def _too_many_seats(problem: PlanProblem) -> Iterator[Bottleneck]:
    """A group is asked more often than its people may be."""
    for district, group in dict.fromkeys((d.district, d.group) for d in problem.decisions):
        asked = [d for d in problem.decisions if (d.district, d.group) == (district, group)]
        people = _people(problem, asked[0])
        seats = sum(person.max_items for person in people)
        if sum(decision.representatives for decision in asked) > seats:
            ids = tuple(ConstraintKind.REP.of(person.key) for person in people)
            yield Bottleneck(
                BottleneckCause.PEOPLE, (), ids, tuple(decision.key for decision in asked), seats
            )
