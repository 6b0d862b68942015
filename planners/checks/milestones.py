"""年度节点：企划、任务分解、评选、培训、目录、考核公布、常态化。

A milestone is done when the year's setting ``done:<code>`` holds the day; ``due:<code>`` replaces
its date.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from models.domain.events import Campaign
from models.domain.rules import Rule, Severity
from models.domain.setting_names import done_name, due_name
from planners.checks.context import CheckContext, number
from planners.checks.frequency import AUGUST
from planners.deadlines import calendar_due
from planners.results import Finding, FindingState


def _open(context: CheckContext, rule: Rule, *, rolled: bool = False) -> Iterator[Finding]:
    due = milestone_day(context, rule)
    if due is None or context.settings.get(done_name(rule.code)):
        return
    rolled = rolled and _own_date(context, rule) is None
    state = context.urgency(due)
    if rule.severity is Severity.HINT and state is not FindingState.OPEN:
        state = FindingState.HINT
    yield Finding(
        rule.code, rule.clause, rule.severity, rule.check, state, due=due,
        workdays_left=context.workdays_left(due), estimated=rolled and context.workdays.is_estimated(due),
    )  # fmt: skip


def milestone_day(context: CheckContext, rule: Rule) -> date | None:
    """The day of a milestone: the office's own, else the rule's; None for a rule without one.

    30 calendar days after issue are not known while the document is carried over from another year.
    """
    return _own_date(context, rule) or usual_day(context, rule)


def usual_day(context: CheckContext, rule: Rule) -> date | None:
    """The day of a milestone by the rule's own numbers, whatever day the office has set instead."""
    if rule.check == "milestone":
        return date(context.snapshot.year, number(rule, "month"), number(rule, "day"))
    if rule.check == "next_first_quarter":
        return date(context.snapshot.year + 1, number(rule, "month"), number(rule, "day"))
    if rule.check == "days_after_issue" and not context.ruleset.carried_over:
        return calendar_due(context.workdays, context.ruleset.issued_on, number(rule, "days"))
    return None


def _own_date(context: CheckContext, rule: Rule) -> date | None:
    value = context.settings.get(due_name(rule.code))
    try:
        return date.fromisoformat(str(value)) if value else None
    except ValueError:
        return None


def milestone(context: CheckContext, rule: Rule) -> Iterator[Finding]:
    """A milestone with a date of the office's own."""
    yield from _open(context, rule)


def days_after_issue(context: CheckContext, rule: Rule) -> Iterator[Finding]:
    """30 calendar days after issue, rolled forward (§32); unknown while the document is carried over."""
    yield from _open(context, rule, rolled=True)


def next_first_quarter(context: CheckContext, rule: Rule) -> Iterator[Finding]:
    """The window 1 January–31 March of the next year (§31)."""
    yield from _open(context, rule)


def regular_opening(context: CheckContext, rule: Rule) -> Iterator[Finding]:
    """A year whose open days lie in August, fewer than the rule asks outside it (§22 常态化)."""
    months = context.by_month[Campaign.OPEN_MONTH]
    elsewhere, least = sum(map(len, months[1:])) - len(months[AUGUST]), number(rule, "minimum")
    if months[AUGUST] and elsewhere < least:
        yield Finding(
            rule.code, rule.clause, rule.severity, rule.check, FindingState.HINT, actual=len(months[AUGUST]),
            expected=least, missing=(f"其他月份 {elsewhere} 场",) if elsewhere else (),
        )  # fmt: skip
