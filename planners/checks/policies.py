"""政策文件的时限 (§8, §9, §11, §16)。"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from models.domain.policies import MATERIALS, PolicyDocument
from models.domain.rules import Rule, Severity
from planners.checks.context import CheckContext, number
from planners.deadlines import policy_due
from planners.results import Finding, FindingState

LECTURE_FORM = "公开讲堂"


def policy_filing(context: CheckContext, rule: Rule) -> Iterator[Finding]:
    """Documents in the district government's name not filed within 5 working days, or without their papers (§8)."""
    for policy in context.snapshot.policies:
        if policy.office_name and policy.published_on:
            yield from _late(context, rule, policy, policy.filed_on)
            if policy.filed_on and (lacking := lacking_materials(policy)):
                yield Finding(
                    rule.code, rule.clause, Severity.HINT, "policy_materials", FindingState.HINT, policy=policy.key,
                    missing=lacking,
                )  # fmt: skip


def lacking_materials(policy: PolicyDocument) -> tuple[str, ...]:
    """Which papers were not filed with the document; 跟踪解读 comes while it is carried out and may stay open."""
    return tuple(name for name in MATERIALS if name != MATERIALS[-1] and name not in policy.materials)


def policy_linkage(context: CheckContext, rule: Rule) -> Iterator[Finding]:
    """Documents with a 一网通办 item not linked within 5 working days (§16)."""
    for policy in context.snapshot.policies:
        if policy.online_service and policy.published_on:
            yield from _late(context, rule, policy, policy.linked_on)


def _late(
    context: CheckContext, rule: Rule, policy: PolicyDocument, done_on: date | None
) -> Iterator[Finding]:
    found = _finding(context, rule, policy)
    due = found.due
    assert due is not None
    if done_on is None:
        yield found
    elif done_on > due:
        yield found._replace(
            state=FindingState.HINT,
            severity=Severity.HINT,
            situation=f"{rule.check}_late",
            actual=(done_on - due).days,
        )


def _finding(context: CheckContext, rule: Rule, policy: PolicyDocument) -> Finding:
    """The duty of ``rule`` about a published document, by its day."""
    assert policy.published_on is not None
    held, due = context.rule_on(rule, policy.published_on), duty_due(context, rule, policy.published_on)
    return Finding(
        rule.code, rule.clause, rule.severity, rule.check, context.standing(held, "workdays", due),
        policy=policy.key, due=due, workdays_left=context.workdays_left(due),
        estimated=context.workdays.is_estimated(due), own=bool(held.own_mark("workdays")),
    )  # fmt: skip


def duty_due(context: CheckContext, rule: Rule, published_on: date) -> date:
    """By when a document published then has to be dealt with, by the number that held on that day.

    What was due before the 要点 of the year was issued counts from its day of issue.
    """
    days = number(context.rule_on(rule, published_on), "workdays")
    due, issued_on = policy_due(context.workdays, published_on, days), context.issued_on(published_on)
    return policy_due(context.workdays, issued_on, days) if issued_on and due < issued_on else due


def policy_forms(context: CheckContext, rule: Rule) -> Iterator[Finding]:
    """Documents with fewer than 3 distinct forms of interpretation; a 公开讲堂 on it is one (§9)."""
    for policy in context.snapshot.policies:
        if policy.published_on is None:
            continue
        held = context.rule_on(rule, policy.published_on)
        minimum, actual = number(held, "minimum"), forms_of(context, policy)
        if actual < minimum:
            yield _finding(context, rule, policy)._replace(expected=minimum, actual=actual)


def forms_of(context: CheckContext, policy: PolicyDocument) -> int:
    """How many distinct forms of interpretation the document has; its 公开讲堂 are one of them (§9)."""
    lectured = policy.key in context.lectured_policies or LECTURE_FORM in policy.forms
    return len(set(policy.forms) - {LECTURE_FORM}) + lectured


def policy_integration(context: CheckContext, rule: Rule) -> Iterator[Finding]:
    """Published documents not yet pushed to the integrated topics (§11 发布一件，集成推送一件)."""
    for policy in context.snapshot.policies:
        if policy.published_on and policy.published_on <= context.today and not policy.integrated:
            yield Finding(
                rule.code, rule.clause, rule.severity, rule.check, FindingState.HINT, policy=policy.key
            )
