"""决策事项上会与邀请代表：哪次会议还有位置，谁轮到被请。"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from typing import NamedTuple

from models.domain.attendance import Decision, Meeting
from models.domain.periods import Period
from planners.autoplan.problem import PlanDecision, PlanMeeting, Representative
from planners.autoplan.year.customs import most_common
from planners.autoplan.year.facts import YearFacts
from planners.checks.context import number

MOST_ITEMS = 3
"""Decisions that one meeting takes with delegates present."""
USUAL_DELEGATES = 2
MIN_GAP_DAYS = 7
"""Days between two meetings to which one delegate is asked."""


class DecisionTask(NamedTuple):
    """The meetings, decisions and delegates of the problem, and the decisions nothing can be done for."""

    meetings: tuple[PlanMeeting, ...] = ()
    decisions: tuple[PlanDecision, ...] = ()
    representatives: tuple[Representative, ...] = ()
    left: tuple[tuple[Decision, str], ...] = ()
    """Decisions left to a person, with the reason."""


def decision_task(facts: YearFacts) -> DecisionTask:
    """The decisions of the district's catalogue that still want delegates, and who can be asked.

    Whoever is on the list already waits for a person to invite them.
    """
    if not facts.conditions.decisions:
        return DecisionTask()
    wanting, waiting = _sorted_out(facts)
    delegates = [delegate for delegate in facts.snapshot.delegates if not delegate.reserve]
    if not wanting:
        return DecisionTask(left=waiting)
    if not delegates:
        nobody = tuple((decision, "还没有可邀请的列席代表") for decision in wanting)
        return DecisionTask(left=(*waiting, *nobody))
    windows = {decision.key: _window(facts, decision) for decision in wanting}
    planned = [decision for decision in wanting if windows[decision.key] is not None]
    left = (*waiting, *((d, _why_not(facts, d)) for d in wanting if windows[d.key] is None))
    wanted = min(len(delegates), _usual_number(facts))
    district = facts.snapshot.year_row.district
    return DecisionTask(
        tuple(_meetings(facts, planned, district)),
        tuple(
            PlanDecision(d.key, d.title, district, "", window, wanted)
            for d in planned
            if (window := windows[d.key]) is not None
        ),
        tuple(_representatives(facts, len(planned) * wanted, district)),
        left,
    )


def _sorted_out(facts: YearFacts) -> tuple[list[Decision], tuple[tuple[Decision, str], ...]]:
    """The decisions with nobody on the list, and those that only wait for their invitations to be sent."""
    keys = {finding.decision for finding in facts.check.findings if finding.situation == "not_invited"}
    rows = (row for row in facts.snapshot.invitations if row.delegate not in facts.context.reserves)
    listed = Counter(row.decision for row in rows)
    found = [decision for decision in facts.snapshot.decisions if decision.key in keys]
    waiting = tuple((one, f"名单上有 {listed[one.key]} 人，等人发出邀请") for one in found if listed[one.key])
    return [one for one in found if not listed[one.key]], waiting


def _coming(facts: YearFacts) -> list[tuple[Meeting, date]]:
    """The dated meetings within the scope."""
    return [
        (meeting, meeting.starts_at.date())
        for meeting in facts.snapshot.meetings
        if meeting.starts_at and meeting.starts_at.date() in facts.scope
    ]


def _window(facts: YearFacts, decision: Decision) -> Period | None:
    """When a decision can be taken with delegates present; None where no meeting is left for it."""
    days = {meeting.key: day for meeting, day in _coming(facts)}
    if decision.meeting is not None:
        day = days.get(decision.meeting)
        return Period(day, day + timedelta(days=1)) if day else None
    first = max(facts.scope.first, decision.listed_on or facts.scope.first)
    rule = next((rule for rule in facts.ruleset.rules if rule.check == "not_invited"), None)
    ready = facts.today + timedelta(days=number(rule, "select_days", 0) if rule else 0)
    for start in (max(first, ready), first):
        if any(day >= start for day in days.values()):
            return Period(start, facts.scope.end)
    return None


def _why_not(facts: YearFacts, decision: Decision) -> str:
    if decision.meeting is None:
        return "范围内没有排得下的会议"
    day = facts.context.meeting_days.get(decision.meeting)
    if day is None:
        return "会议日期未定"
    return "会议已过" if day <= facts.today else "会议不在本次范围内"


def _meetings(facts: YearFacts, decisions: Sequence[Decision], district: str) -> Iterator[PlanMeeting]:
    ours = {decision.key for decision in decisions}
    taken = Counter(d.meeting for d in facts.snapshot.decisions if d.meeting and d.key not in ours)
    own = Counter(d.meeting for d in decisions if d.meeting)
    for meeting, day in _coming(facts):
        places = max(own[meeting.key], MOST_ITEMS - taken[meeting.key])
        yield PlanMeeting(meeting.key, district, day, max(0, places))


def _usual_number(facts: YearFacts) -> int:
    asked = Counter(invitation.decision for invitation in facts.snapshot.invitations)
    return most_common(sorted(asked.values(), reverse=True)) or USUAL_DELEGATES


def _representatives(facts: YearFacts, wanted: int, district: str) -> Iterator[Representative]:
    """Everybody is asked about equally often; nobody close to a meeting they are asked to already."""
    delegates = [delegate for delegate in facts.snapshot.delegates if not delegate.reserve]
    asked = Counter(invitation.delegate for invitation in facts.snapshot.invitations)
    total = wanted + sum(asked[delegate.key] for delegate in delegates)
    share = -(-total // len(delegates))
    meeting_of = {d.key: d.meeting for d in facts.snapshot.decisions}
    for delegate in sorted(delegates, key=lambda d: asked[d.key]):
        days = {
            facts.context.meeting_days.get(meeting_of.get(invitation.decision) or "")
            for invitation in facts.snapshot.invitations
            if invitation.delegate == delegate.key
        }
        away = tuple(period for day in sorted(filter(None, days)) for period in _around(day))
        yield Representative(
            delegate.key, district, "", max(1, share - asked[delegate.key]), MIN_GAP_DAYS, away
        )


def _around(day: date) -> tuple[Period, Period]:
    gap = timedelta(days=MIN_GAP_DAYS)
    return Period(day - gap + timedelta(days=1), day), Period(day + timedelta(days=1), day + gap)
