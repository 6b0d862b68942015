"""规则检查：一种情形一个小函数，按规则集的顺序逐条执行。"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date

from models.domain.rules import Rule, RuleKind, RuleSet, Severity
from models.domain.snapshot import YearSnapshot
from planners.checks import attendance, events, milestones, policies
from planners.checks.conflicts import conflicts, week_loads
from planners.checks.context import CheckContext
from planners.checks.frequency import frequency_cells
from planners.results import Cell, CellState, Finding, Summary, YearCheck

FindingCheck = Callable[[CheckContext, Rule], Iterator[Finding]]

FINDING_CHECKS: Mapping[str, FindingCheck] = {
    "few_platforms": events.few_platforms,
    "no_listening_form": events.no_listening_form,
    "other_theme": events.other_theme,
    "not_joint": events.not_joint,
    "in_school_break": events.in_school_break,
    "zone_without_host": events.zone_without_host,
    "host_without_zone": events.host_without_zone,
    "no_interaction": events.no_interaction,
    "regular_opening": milestones.regular_opening,
    "not_invited": attendance.not_invited,
    "no_feedback": attendance.no_feedback,
    "not_published": attendance.not_published,
    "not_heard": attendance.not_heard,
    "policy_filing": policies.policy_filing,
    "policy_linkage": policies.policy_linkage,
    "policy_forms": policies.policy_forms,
    "policy_integration": policies.policy_integration,
    "milestone": milestones.milestone,
    "days_after_issue": milestones.milestone,
    "next_first_quarter": milestones.milestone,
    "workdays_after": milestones.milestone,
}
"""Situation → check, beside the period cells of ``frequency``."""


def check_year(snapshot: YearSnapshot, today: date, ruleset: RuleSet) -> YearCheck:
    """Where the year stands on ``today``: every period cell, finding and conflict, in the rules' order.

    A period, document, meeting or event is judged by the numbers that held on the day it began; the rule set of
    the result is the one in force on ``today``.

    Pure: the same snapshot, day and rules give the same result. ``KeyError`` for a rule that names
    a check which does not exist (the loader of rule sets refuses those).
    """
    context = CheckContext(snapshot, today, ruleset)
    cells: list[Cell] = []
    findings: list[Finding] = []
    for rule in context.ruleset.rules:
        if rule.kind is RuleKind.FREQUENCY:
            cells.extend(frequency_cells(context, rule))
        else:
            findings.extend(FINDING_CHECKS[rule.check](context, rule))
    findings.extend(events.unrecorded(context))
    findings.extend(events.on_day_off(context))
    loads = week_loads(context)
    return YearCheck(
        snapshot.year,
        today,
        context.ruleset,
        tuple(cells),
        tuple(findings),
        conflicts(context, loads),
        loads,
        context.week_limit,
        summarise(cells),
    )


def summarise(cells: Iterable[Cell]) -> Summary:
    """Numbers of hard cells by state."""
    counts = dict.fromkeys(CellState, 0)
    for cell in cells:
        if cell.severity is Severity.HARD:
            counts[cell.state] += 1
    return Summary(*(counts[state] for state in CellState if state is not CellState.NOT_APPLICABLE))
