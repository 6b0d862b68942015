"""公众代表列席与听取意见 (§20, §21)。"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

from models.domain.attendance import Decision, DecisionBody, is_answered, is_owed_feedback
from models.domain.rules import Rule
from planners.checks.context import CheckContext, number
from planners.results import Finding, FindingState


def not_invited(context: CheckContext, rule: Rule) -> Iterator[Finding]:
    """Decisions of the district's catalogue with neither a delegate invited nor a reason why not."""
    for decision in _district(context):
        if decision.exemption or context.invitations_by_decision.get(decision.key):
            continue
        meeting_day = context.meeting_days.get(decision.meeting or "")
        due = meeting_day - timedelta(days=number(rule, "invite_days")) if meeting_day else None
        state = FindingState.OPEN if due is None else context.urgency(due)
        if state is FindingState.OVERDUE and meeting_day and context.today <= meeting_day:
            state = FindingState.AT_RISK
        yield Finding(
            rule.code, rule.clause, rule.severity, rule.check, state, decision=decision.key, meeting=decision.meeting,
            due=due, workdays_left=context.workdays_left(due) if due else None,
        )  # fmt: skip


def _district(context: CheckContext) -> Iterator[Decision]:
    return (decision for decision in context.snapshot.decisions if decision.body is DecisionBody.DISTRICT)


def no_feedback(context: CheckContext, rule: Rule) -> Iterator[Finding]:
    """Decisions whose meeting is over with a delegate not told or an opinion without its outcome."""
    for decision in _district(context):
        day = context.meeting_days.get(decision.meeting or "")
        if day is None or day >= context.today or decision.exemption:
            continue
        missing = _open_ends(context, decision)
        if missing:
            due = context.workdays.add(day, number(rule, "workdays"))
            yield Finding(
                rule.code, rule.clause, rule.severity, rule.check, context.urgency(due), decision=decision.key,
                meeting=decision.meeting, missing=missing, due=due, workdays_left=context.workdays_left(due),
                actual=(context.today - day).days, estimated=context.workdays.is_estimated(due),
            )  # fmt: skip


def _open_ends(context: CheckContext, decision: Decision) -> tuple[str, ...]:
    invitations = context.invitations_by_decision.get(decision.key, ())
    untold = sum(map(is_owed_feedback, invitations))
    undecided = sum(not is_answered(o) for o in context.opinions_by_decision.get(decision.key, ()))
    return (
        *((f"{undecided} 条意见未写明采纳情况",) if undecided else ()),
        *((f"{untold} 名代表未反馈",) if untold else ()),
    )


def not_published(context: CheckContext, rule: Rule) -> Iterator[Finding]:
    """Decisions whose meeting is over and whose meeting information is not published."""
    for decision in _district(context):
        day = context.meeting_days.get(decision.meeting or "")
        if (
            day is not None
            and day < context.today
            and decision.published_on is None
            and not decision.exemption
        ):
            yield Finding(
                rule.code, rule.clause, rule.severity, rule.check, FindingState.HINT, decision=decision.key,
                meeting=decision.meeting,
            )  # fmt: skip


def not_heard(context: CheckContext, rule: Rule) -> Iterator[Finding]:
    """Decisions of a 街镇 or 园区 without any form of hearing those concerned, nor a reason (§21)."""
    for decision in context.snapshot.decisions:
        if (
            decision.body is not DecisionBody.DISTRICT
            and not decision.hearing_forms
            and not decision.exemption
        ):
            yield Finding(
                rule.code, rule.clause, rule.severity, rule.check, FindingState.HINT, decision=decision.key,
                missing=("网上征集", "交流座谈", "问卷调查"),
            )  # fmt: skip
