"""年度节点：企划、任务分解、评选、培训、目录、通报、考核公布、常态化。

A milestone is due once, or in each period of its rule; it is reached when the office ticks it, or when every
unit of its group has reported. The days are settings of the year: ``done:<code>``, with ``|<first day>`` for
one that comes back and ``|<unit>`` for what a unit reported; ``due:<code>`` replaces the rule's date. A day
noted for the whole holds for each part: of a milestone that was one tick (``part_of``), and of all units.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from typing import NamedTuple

from models.domain.events import Campaign
from models.domain.periods import Period, month_period, year_period
from models.domain.rules import AFTER, GroupKind, Rule, Severity
from models.domain.setting_names import done_name, due_name
from planners.checks.context import CheckContext, number
from planners.checks.counting import AUGUST, period_words, periods, units_of
from planners.deadlines import calendar_due, policy_due
from planners.results import Finding, FindingState

MILESTONE_CHECKS = ("milestone", "days_after_issue", "next_first_quarter", "workdays_after")


AFTER_EVENT, AFTER_POLICY, AFTER_ISSUE = AFTER


class Report(NamedTuple):
    """A unit (key and name) that has to report, and the day on which it did."""

    unit: str
    name: str
    done: date | None


class Duty(NamedTuple):
    """A milestone at one of its times. ``part``: the first day of its period, "" for one that does not come back.

    ``usual`` is the rule's day, ``due`` the one that holds. ``reports``: a unit each, none where the office
    itself ticks. ``done``: the day on which all of it was done. ``begins``: before that day nothing is to be done;
    ``about``: by name, what it has to follow (then ``part`` is its key). ``own``: the day is the office's own
    (自定); ``reason``: why it is not the day that the rule names.
    """

    rule: Rule
    part: str
    title: str
    usual: date | None
    due: date | None
    done: date | None
    reports: tuple[Report, ...] = ()
    begins: date | None = None
    about: str = ""
    own: bool = False
    reason: str = ""

    @property
    def key(self) -> str:
        """What names the milestone at its time."""
        return f"{self.rule.code}|{self.part}" if self.part else self.rule.code

    @property
    def waiting(self) -> tuple[Report, ...]:
        """The units that have not reported."""
        return tuple(report for report in self.reports if report.done is None)

    @property
    def late(self) -> int:
        """How many units reported after the day on which it was due."""
        due = self.due
        return sum(
            report.done is not None and due is not None and report.done > due for report in self.reports
        )


def duties(context: CheckContext, rule: Rule) -> tuple[Duty, ...]:
    """The milestone at each of its times, in order; an empty tuple for a rule that is no milestone.

    Periods that ended before the year's document was issued ask nothing (不适用).
    """
    if rule.check not in MILESTONE_CHECKS:
        return ()
    if rule.check == "workdays_after":
        return tuple(_duties_after(context, rule))
    times = (None,) if rule.period is None else periods(rule, context.snapshot.year)
    issued_on = context.issued_on(context.present)
    asked = (one for one in times if one is None or rule.added or issued_on is None or one.last >= issued_on)
    found = (_duty(context, rule, period) for period in asked)
    return tuple(duty for duty in found if not rule.added or _asks_on(rule, duty.due))


def _asks_on(rule: Rule, day: date | None) -> bool:
    return day is None or rule.valid_from is None or day >= rule.valid_from


def _duties_after(context: CheckContext, rule: Rule) -> Iterator[Duty]:
    """A duty for each thing that the rule has to follow within its working days, as far as its day is known."""
    for key, name, day in _followed(context, rule):
        if _asks_on(rule, day):
            usual = policy_due(context.workdays, day, number(rule, "workdays"))
            due = stored_day(context, due_names(rule, key)) or usual
            title = f"{rule.title} · {name}" if name else rule.title
            done = stored_day(context, done_names(rule, key))
            yield Duty(rule, key, title, usual, due, done, begins=day, about=name)


def _followed(context: CheckContext, rule: Rule) -> Iterator[tuple[str, str, date]]:
    """Key, name and day of each thing that the rule has to follow."""
    after = str(rule.parameter("after"))
    if after == AFTER_EVENT:
        for campaign in rule.campaigns:
            for event in context.by_campaign[campaign]:
                if event.day is not None:
                    yield event.key, event.short or event.title, event.day
    elif after == AFTER_POLICY:
        for policy in context.snapshot.policies:
            if policy.published_on is not None:
                yield policy.key, policy.title, policy.published_on
    elif not context.ruleset.carried_over:
        yield "", "", context.ruleset.issued_on


def _duty(context: CheckContext, rule: Rule, period: Period | None) -> Duty:
    part = period.first.isoformat() if period else ""
    begins = period.first if period else None
    title = f"{rule.title} · {period_words(rule.period, period.first)}" if period else rule.title
    usual = period.last if period else _usual_day(context, rule)
    own = stored_day(context, due_names(rule, part))
    units = units_of(context.snapshot, rule.group)
    reports = tuple(
        Report(unit.key, unit.name, stored_day(context, done_names(rule, part, unit.key))) for unit in units
    )
    done, is_own = _done_day(context, rule, part, reports), bool(own or rule.own_mark("month", "days"))
    reason = "" if own or period else from_issue(context, rule)
    return Duty(rule, part, title, usual, own or usual, done, reports, begins, own=is_own, reason=reason)


def _done_day(context: CheckContext, rule: Rule, part: str, reports: tuple[Report, ...]) -> date | None:
    if rule.group is GroupKind.NONE:
        return stored_day(context, done_names(rule, part))
    days = [report.done for report in reports if report.done is not None]
    return max(days) if days and len(days) == len(reports) else None


def done_names(rule: Rule, part: str, unit: str = "") -> tuple[str, ...]:
    """The settings that can hold the day, the one of ``unit`` alone first, that of the earlier whole last."""
    own = (done_name(rule.code, part, unit), done_name(rule.code, part))
    return tuple(dict.fromkeys((*own, *((done_name(rule.part_of),) if rule.part_of else ()))))


def due_names(rule: Rule, part: str) -> tuple[str, ...]:
    """The settings that can hold a due day of the office's own, that of the earlier whole last."""
    return (due_name(rule.code, part), *((due_name(rule.part_of),) if rule.part_of else ()))


def stored_day(context: CheckContext, names: Iterable[str]) -> date | None:
    """The first day that the settings ``names`` hold; what is no day is ignored."""
    for name in names:
        value = context.settings.get(name)
        try:
            if value:
                return date.fromisoformat(str(value))
        except ValueError:
            continue
    return None


def _usual_day(context: CheckContext, rule: Rule) -> date | None:
    """The day by the rule's own numbers; those that count from the issue know none while it is carried over.

    One that lay before the year's document counts from its day of issue, as many days as from 1 January.
    """
    if rule.check == "milestone":
        day = _plain_day(context, rule)
        issued_on = context.issued_on(context.present) if from_issue(context, rule) else None
        if issued_on is None:
            return day
        return calendar_due(context.workdays, issued_on, (day - date(day.year, 1, 1)).days)
    if rule.check == "next_first_quarter":
        return date(context.snapshot.year + 1, number(rule, "month"), number(rule, "day"))
    if rule.check == "days_after_issue" and not context.ruleset.carried_over:
        return calendar_due(context.workdays, context.ruleset.issued_on, number(rule, "days"))
    return None


def from_issue(context: CheckContext, rule: Rule) -> str:
    """Why a milestone counts from the day of issue: its day lay before the document; "" where it did not."""
    issued_on = None if rule.added else context.issued_on(context.present)
    if rule.check != "milestone" or issued_on is None or (day := _plain_day(context, rule)) >= issued_on:
        return ""
    return (
        f"原定{day.month}月{day.day}日，早于要点印发（{issued_on.month}月{issued_on.day}日），自印发之日起算"
    )


def _plain_day(context: CheckContext, rule: Rule) -> date:
    return date(context.snapshot.year, number(rule, "month"), number(rule, "day"))


def milestone(context: CheckContext, rule: Rule) -> Iterator[Finding]:
    """What is not done by its day; of those that come back, as far as their period has begun."""
    for duty in duties(context, rule):
        begun = duty.begins is None or duty.begins <= context.today
        if duty.due is None or duty.done is not None or not begun:
            continue
        state = FindingState.OPEN if duty.usual is None else context.urgency(duty.due)
        if rule.severity is Severity.HINT and state is not FindingState.OPEN:
            state = FindingState.HINT
        rolled = rule.check in ("days_after_issue", "workdays_after") and duty.due == duty.usual
        waiting, all_of = duty.waiting, len(duty.reports)
        yield Finding(
            rule.code, rule.clause, rule.severity, rule.check, state, due=duty.due, part=duty.part,
            group=duty.about or None,
            missing=tuple(report.name for report in waiting),
            expected=all_of or None, actual=all_of - len(waiting) if all_of else None,
            workdays_left=context.workdays_left(duty.due),
            estimated=rolled and context.workdays.is_estimated(duty.due), own=duty.own, reason=duty.reason,
        )  # fmt: skip


def regular_opening(context: CheckContext, rule: Rule) -> Iterator[Finding]:
    """A year whose open days lie in August, fewer than the rule asks outside it (§22 常态化)."""
    year = context.snapshot.year
    opened = len(context.events_in(Campaign.OPEN_MONTH, year_period(year)))
    august = len(context.events_in(Campaign.OPEN_MONTH, month_period(year, AUGUST)))
    elsewhere, least = opened - august, number(rule, "minimum")
    if august and elsewhere < least:
        yield Finding(
            rule.code, rule.clause, rule.severity, rule.check, FindingState.HINT, actual=august,
            expected=least, missing=(f"其他月份 {elsewhere} 场",) if elsewhere else (),
        )  # fmt: skip
