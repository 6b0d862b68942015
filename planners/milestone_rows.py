"""年度节点一件一行：依据、期限（可改）、办了没有。"""

from __future__ import annotations

from datetime import date
from typing import NamedTuple

from models.domain.events import Campaign
from models.domain.rules import Rule
from models.domain.setting_names import done_name, due_name
from models.domain.snapshot import YearSnapshot
from planners.checks.context import CheckContext
from planners.checks.milestones import milestone_day
from planners.deadline_items import NOTICE, OPEN_MONTH_NOTICE, OPEN_MONTH_NOTICED, theme_plan_setting
from planners.policy_rows import ClockState
from planners.results import FindingState, YearCheck

MILESTONE_CHECKS = ("milestone", "days_after_issue", "next_first_quarter")
_QUARTERS = "一二三四"


class MilestoneRow(NamedTuple):
    """A milestone. ``due_name`` and ``done_name`` are the settings that hold its days; ``usual`` the rule's day.

    ``done_name`` is "" where nothing is ticked off (a theme's plan is there when its theme is).
    """

    code: str
    title: str
    clause: str
    quote: str
    due_name: str
    done_name: str
    usual: date | None
    due: date | None
    done: date | None
    state: ClockState
    left: int | None = None
    note: str = ""


def milestone_rows(snapshot: YearSnapshot, check: YearCheck) -> tuple[MilestoneRow, ...]:
    """The milestones of the rules in their order, then 公布 of the open month and the plans of the themes."""
    context = CheckContext(snapshot, check.today, check.ruleset)
    rows = [_rule_row(context, rule) for rule in check.ruleset.rules if rule.check in MILESTONE_CHECKS]
    opening, visit = next(iter(check.ruleset.counting(Campaign.OPEN_MONTH)), None), check.ruleset.themed
    rows.append(
        _own_row(
            context,
            NOTICE,
            "公布政府开放月活动表",
            opening,
            OPEN_MONTH_NOTICE,
            OPEN_MONTH_NOTICED,
        )
    )
    for quarter in range(1, 5):
        theme = snapshot.year_row.quarter_themes[quarter - 1]
        title = f"走进园区{_QUARTERS[quarter - 1]}季度主题计划"
        row = _own_row(context, f"park.plan.{quarter}", title, visit, theme_plan_setting(quarter), "")
        rows.append(
            row._replace(state=ClockState.DONE, left=None, note=f"主题：{theme}")
            if theme
            else row._replace(note="主题未定")
        )
    return tuple(rows)


def _rule_row(context: CheckContext, rule: Rule) -> MilestoneRow:
    names = due_name(rule.code), done_name(rule.code)
    due = milestone_day(context, rule)
    usual = None if _day(context, names[0]) else due
    row = MilestoneRow(
        rule.code, rule.title, rule.clause, rule.quote, *names, usual, due, _day(context, names[1]),
        ClockState.NONE, note="" if due else "沿用上年要点，新要点印发后才知道期限；也可以先自定",
    )  # fmt: skip
    return _judged(context, row)


def _own_row(
    context: CheckContext, code: str, title: str, rule: Rule | None, due: str, done: str
) -> MilestoneRow:
    row = MilestoneRow(
        code, title, rule.clause if rule else "", rule.quote if rule else "", due, done, None,
        _day(context, due), _day(context, done) if done else None, ClockState.NONE,
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


def _day(context: CheckContext, name: str) -> date | None:
    value = context.settings.get(name)
    try:
        return date.fromisoformat(str(value)) if value else None
    except ValueError:
        return None
