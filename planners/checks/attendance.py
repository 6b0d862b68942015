"""公众代表列席与听取意见 (§20, §21)。"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from models.domain.attendance import Decision, DecisionBody, is_called, open_ends, open_words
from models.domain.rules import Rule, Severity
from planners.checks.context import CheckContext, number, words
from planners.results import Finding, FindingState


def not_invited(context: CheckContext, rule: Rule) -> Iterator[Finding]:
    """Decisions of the district's catalogue with neither a delegate invited nor a reason why not.

    So many delegates as the rule asks for are to be invited (``expected``, where some but too few are); who is
    only on the list of candidates was not (``actual``: how many are). A reason of which it is not said who
    approved it is hinted at.
    """
    for decision in _district(context):
        if decision.exemption:
            yield from _not_approved(rule, decision)
            continue
        rows = context.invitations_by_decision.get(decision.key, ())
        called, least = sum(map(is_called, rows)), number(rule, "minimum")
        if called >= least:
            continue
        meeting_day = context.meeting_days.get(decision.meeting or "")
        found = Finding(
            rule.code, rule.clause, rule.severity, rule.check, FindingState.OPEN, decision=decision.key,
            meeting=decision.meeting, actual=called or len(rows) or None, expected=least if called else None,
        )  # fmt: skip
        yield _dated(context, rule, found, meeting_day) if meeting_day else found


def _dated(context: CheckContext, rule: Rule, found: Finding, meeting_day: date) -> Finding:
    """By the office's own day before the meeting, which warns; 逾期 is only what the meeting went without."""
    held = context.rule_on(rule, meeting_day)
    due = meeting_day - timedelta(days=number(held, "invite_days"))
    state = context.urgency(due)
    if state is FindingState.OVERDUE and context.today <= meeting_day:
        state = FindingState.AT_RISK
    left = context.workdays_left(due)
    return found._replace(state=state, due=due, own=bool(held.own_mark("invite_days")), workdays_left=left)


def _not_approved(rule: Rule, decision: Decision) -> Iterator[Finding]:
    if not decision.exempted_by:
        yield Finding(
            rule.code, rule.clause, Severity.HINT, "not_approved", FindingState.HINT, decision=decision.key,
            meeting=decision.meeting,
        )  # fmt: skip


def _district(context: CheckContext) -> Iterator[Decision]:
    return (decision for decision in context.snapshot.decisions if decision.body is DecisionBody.DISTRICT)


def no_feedback(context: CheckContext, rule: Rule) -> Iterator[Finding]:
    """Decisions whose meeting is over with a delegate not told or an opinion without its outcome."""
    for decision in _district(context):
        day = context.meeting_days.get(decision.meeting or "")
        if day is None or day >= context.today or decision.exemption:
            continue
        opinions = context.opinions_by_decision.get(decision.key, ())
        missing = open_words(*open_ends(context.invitations_by_decision.get(decision.key, ()), opinions))
        if missing:
            held = context.rule_on(rule, day)
            due = context.workdays.add(day, number(held, "workdays"))
            state, own = context.standing(held, "workdays", due), bool(held.own_mark("workdays"))
            yield Finding(
                rule.code, rule.clause, rule.severity, rule.check, state, own=own, decision=decision.key,
                meeting=decision.meeting, missing=missing, due=due, workdays_left=context.workdays_left(due),
                actual=(context.today - day).days, estimated=context.workdays.is_estimated(due),
            )  # fmt: skip


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
    """Decisions of a 街镇 or 园区 with too few forms of hearing those concerned, and no reason (§21)."""
    for decision in context.snapshot.decisions:
        if (
            decision.body is not DecisionBody.DISTRICT
            and len(decision.hearing_forms) < number(rule, "minimum")
            and not decision.exemption
        ):
            yield Finding(
                rule.code, rule.clause, rule.severity, rule.check, FindingState.HINT, decision=decision.key,
                missing=words(rule, "forms"),
            )  # fmt: skip
