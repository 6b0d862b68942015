"""年度节点一件一行：依据、期限（可改）、办了没有。"""

from __future__ import annotations

from datetime import date
from typing import NamedTuple

from models.domain.events import Campaign
from models.domain.rules import Rule
from models.domain.snapshot import YearSnapshot
from planners.checks.context import CheckContext
from planners.checks.milestones import Duty, Report, duties, stored_day
from planners.deadline_items import (
    NOTICE,
    OPEN_MONTH_NOTICE,
    OPEN_MONTH_NOTICED,
    duty_note,
    theme_plan_setting,
)
from planners.policy_rows import ClockState
from planners.results import FindingState, YearCheck

_QUARTERS = "一二三四"


class MilestoneRow(NamedTuple):
    """A milestone at one of its times. ``usual``: the rule's day, None where the office has set another.

    ``reports``: the units that report it each by itself; ``reporter``: else who does, in words. ``ticks``:
    whether it is ticked off at all (a theme's plan is there when its theme is).
    """

    code: str
    title: str
    clause: str
    quote: str
    usual: date | None
    due: date | None
    done: date | None
    state: ClockState
    left: int | None = None
    note: str = ""
    reporter: str = ""
    reports: tuple[Report, ...] = ()
    ticks: bool = True


def milestone_rows(snapshot: YearSnapshot, check: YearCheck) -> tuple[MilestoneRow, ...]:
    """The milestones of the rules in their order, then 公布 of the open month and the plans of the themes."""
    context = CheckContext(snapshot, check.today, check.ruleset)
    rows = [_duty_row(context, duty) for rule in check.ruleset.rules for duty in duties(context, rule)]
    opening, visit = next(iter(check.ruleset.counting(Campaign.OPEN_MONTH)), None), check.ruleset.themed
    notice = _own_row(context, NOTICE, "公布政府开放月活动表", opening, OPEN_MONTH_NOTICE)
    rows.append(_judged(context, notice._replace(done=stored_day(context, (OPEN_MONTH_NOTICED,)))))
    for quarter in range(1, 5):
        theme = snapshot.year_row.quarter_themes[quarter - 1]
        title = f"走进园区{_QUARTERS[quarter - 1]}季度主题计划"
        row = _own_row(context, f"park.plan.{quarter}", title, visit, theme_plan_setting(quarter))._replace(
            ticks=False
        )
        rows.append(
            row._replace(state=ClockState.DONE, left=None, note=f"主题：{theme}")
            if theme
            else row._replace(note="主题未定")
        )
    return tuple(rows)


def _duty_row(context: CheckContext, duty: Duty) -> MilestoneRow:
    rule = duty.rule
    row = MilestoneRow(
        duty.key, duty.title, rule.clause, rule.quote, duty.usual if duty.due == duty.usual else None,
        duty.due, duty.done, ClockState.NONE, note="" if duty.due else "沿用上年要点，新要点印发后才知道期限；也可以先自定",
        reporter=rule.reporter, reports=duty.reports,
    )  # fmt: skip
    if duty.reports:
        row = row._replace(note="；".join(filter(None, (duty_note(duty, context.today), row.note))))
    return _judged(context, row)


def _own_row(context: CheckContext, code: str, title: str, rule: Rule | None, due: str) -> MilestoneRow:
    row = MilestoneRow(
        code, title, rule.clause if rule else "", rule.quote if rule else "", None,
        stored_day(context, (due,)), None, ClockState.NONE,
    )  # fmt: skip
    return _judged(context, row)


def _judged(context: CheckContext, row: MilestoneRow) -> MilestoneRow:
    if row.done is not None:
        late = row.due is not None and row.done > row.due
        return row._replace(state=ClockState.LATE if late else ClockState.DONE)
    if row.due is None:
        return row
    urgency = context.urgency(row.due)
    state = {FindingState.OVERDUE: ClockState.OVERDUE, FindingState.AT_RISK: ClockState.SOON}.get(
        urgency, ClockState.OPEN
    )
    return row._replace(state=state, left=context.workdays_left(row.due))
