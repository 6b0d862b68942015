"""政策文件一件一行：备案、联动、解读方式、集成推送各走到哪里，到哪天。"""

from __future__ import annotations

from collections import defaultdict
from datetime import date
from typing import NamedTuple

from models.domain.events import Campaign, Labelled
from models.domain.policies import PolicyDocument
from models.domain.rules import Rule
from models.domain.snapshot import YearSnapshot
from planners.checks.context import CheckContext, number
from planners.checks.policies import duty_due, forms_of, lacking_materials
from planners.results import FindingState, YearCheck
from planners.wording import short_day


class ClockState(Labelled):
    """How one duty about a document stands."""

    OVERDUE = "overdue", "逾期"
    SOON = "soon", "临近"
    OPEN = "open", "待办"
    LATE = "late", "迟办"
    DONE = "done", "已办"
    NONE = "none", "不适用"


OPEN_STATES = frozenset({ClockState.OVERDUE, ClockState.SOON, ClockState.OPEN})


class Clock(NamedTuple):
    """One duty: how it stands, by which day, and that in words. ``estimated``: leans on an unannounced arrangement."""

    state: ClockState
    words: str
    due: date | None = None
    estimated: bool = False


NOT_NEEDED = Clock(ClockState.NONE, "—")


class PolicyRow(NamedTuple):
    """A document with its four duties and the 公开讲堂 on it."""

    policy: PolicyDocument
    filing: Clock
    linkage: Clock
    forms: Clock
    integration: Clock
    lectures: tuple[str, ...] = ()

    @property
    def clocks(self) -> tuple[Clock, ...]:
        """The four duties in their order."""
        return self.filing, self.linkage, self.forms, self.integration

    @property
    def next_due(self) -> date | None:
        """The next day by which something about the document is still to be done."""
        return min((c.due for c in self.clocks if c.due and c.state in OPEN_STATES), default=None)


def policy_rows(snapshot: YearSnapshot, check: YearCheck) -> tuple[PolicyRow, ...]:
    """One row for each document, the next to be done first, then by the day of publication."""
    context = CheckContext(snapshot, check.today, check.ruleset)
    rules = {rule.check: rule for rule in check.ruleset.rules}
    lectures: dict[str, list[str]] = defaultdict(list)
    for event in context.by_campaign[Campaign.LECTURE]:
        if event.policy:
            lectures[event.policy].append(event.key)
    rows = [_row(context, rules, policy, tuple(lectures[policy.key])) for policy in snapshot.policies]
    return tuple(sorted(rows, key=_order))


def _order(row: PolicyRow) -> tuple[date, date, str]:
    return row.next_due or date.max, row.policy.published_on or date.max, row.policy.key


def _row(
    context: CheckContext, rules: dict[str, Rule], policy: PolicyDocument, lectures: tuple[str, ...]
) -> PolicyRow:
    filing, linkage = rules.get("policy_filing"), rules.get("policy_linkage")
    filed = NOT_NEEDED
    if filing and policy.office_name:
        filed = _dated(context, filing, policy, policy.filed_on, "备案")
        if policy.filed_on and (lacking := lacking_materials(policy)):
            filed = filed._replace(words=f"{filed.words}，缺{'、'.join(lacking)}")
    linked = NOT_NEEDED
    if linkage and policy.online_service:
        linked = _dated(context, linkage, policy, policy.linked_on, "上线")
    return PolicyRow(
        policy,
        filed,
        linked,
        _forms(context, rules.get("policy_forms"), policy),
        _integration(context, rules.get("policy_integration"), policy),
        lectures,
    )


def _dated(
    context: CheckContext, rule: Rule, policy: PolicyDocument, done_on: date | None, verb: str
) -> Clock:
    if policy.published_on is None:
        return Clock(ClockState.DONE, f"{short_day(done_on)}{verb}") if done_on else _unpublished()
    due = duty_due(context, rule, policy.published_on)
    estimated = context.workdays.is_estimated(due)
    if done_on is None:
        return _until(context, rule, due, estimated=estimated)
    if done_on > due:
        words = f"{short_day(done_on)}{verb}，迟 {(done_on - due).days} 天"
        return Clock(ClockState.LATE, words, due, estimated)
    return Clock(ClockState.DONE, f"{short_day(done_on)}{verb}", due, estimated)


def _unpublished() -> Clock:
    return Clock(ClockState.NONE, "未发布")


_CLOCK_STATES = {FindingState.OVERDUE: ClockState.OVERDUE, FindingState.AT_RISK: ClockState.SOON}


def _until(
    context: CheckContext, rule: Rule, due: date, before: str = "", *, estimated: bool = False
) -> Clock:
    """What is still to be done by ``due``; a day of the office's own is marked, an invented one never 逾期."""
    state = _CLOCK_STATES.get(context.standing(rule, "workdays", due), ClockState.OPEN)
    if context.today > due:
        words = f"{short_day(due)}到期，已过 {(context.today - due).days} 天"
    else:
        words = f"{short_day(due)}前，剩 {context.workdays_left(due)} 个工作日"
    return Clock(state, f"{before}{words}{rule.own_mark('workdays')}", due, estimated)


def _forms(context: CheckContext, rule: Rule | None, policy: PolicyDocument) -> Clock:
    if rule is None:
        return NOT_NEEDED
    rule = context.rule_on(rule, policy.published_on or context.present)
    least, actual = number(rule, "minimum"), forms_of(context, policy)
    if actual >= least:
        return Clock(ClockState.DONE, f"{actual}/{least}")
    if policy.published_on is None:
        return Clock(ClockState.NONE, f"{actual}/{least}")
    due = duty_due(context, rule, policy.published_on)
    return _until(context, rule, due, f"{actual}/{least} · ", estimated=context.workdays.is_estimated(due))


def _integration(context: CheckContext, rule: Rule | None, policy: PolicyDocument) -> Clock:
    if rule is None:
        return NOT_NEEDED
    if policy.integrated:
        return Clock(ClockState.DONE, "已推送")
    if policy.published_on is None or policy.published_on > context.today:
        return _unpublished()
    return Clock(ClockState.OPEN, f"待推送，已发布 {(context.today - policy.published_on).days} 天")
