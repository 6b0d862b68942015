"""自哪天起：改了的数默认从哪天起作数，现行的是哪份文件、自哪天起，哪些条原文改了而口径还没有人定。"""

from __future__ import annotations

from collections.abc import Collection
from datetime import date, timedelta

from models.domain.periods import month_period, quarter_of, quarter_period
from models.domain.rules import PeriodKind, Rule, RuleKind, RuleSet
from models.domain.setting_names import WEEK_LIMIT
from planners.wording import short_day

_AUGUST = 8
_OF_THE_YEAR = "effective_from"
"""The setting that says from when the year counts at all."""


def next_start(rule: Rule, today: date) -> date:
    """The first day of the next period of ``rule`` that has not begun on ``today``.

    Tomorrow for what is judged by single documents, meetings and events.
    """
    if rule.kind is not RuleKind.FREQUENCY:
        return today + timedelta(days=1)
    if rule.period is PeriodKind.MONTH:
        return month_period(today.year, today.month).end
    if rule.period is PeriodKind.QUARTER:
        return quarter_period(today.year, quarter_of(today)).end
    if rule.period is PeriodKind.AUGUST:
        first = date(today.year, _AUGUST, 1)
        return first if today < first else first.replace(year=today.year + 1)
    return date(today.year + 1, 1, 1)


def usual_start(names: Collection[str], ruleset: RuleSet, year: int, today: date) -> date:
    """From which day changed settings hold unless a person says otherwise.

    From 1 January where the year has not begun, else from the next period that has not begun of each rule that
    counts with them, the earliest; the limit of a week from the next Monday, what no rule counts with (a warning
    judges nothing that is over) from today on.
    """
    new_year = date(year, 1, 1)
    counted = [name for name in names if name != _OF_THE_YEAR]
    if today < new_year or not counted:
        return new_year
    starts = [next_start(rule, today) for rule in ruleset.rules if _counts_with(rule, counted)]
    if WEEK_LIMIT in names:
        starts.append(today + timedelta(days=7 - today.weekday()))
    return min(starts, default=today)


def _counts_with(rule: Rule, names: Collection[str]) -> bool:
    return rule.group_setting in names or any(entry.setting in names for entry in rule.parameters)


def since_words(day: date, year: int) -> str:
    """自7月1日起; with its year where that is not ``year``."""
    return f"自{short_day(day) if day.year == year else f'{day.year}年{short_day(day)}'}起"


def document_words(ruleset: RuleSet, year: int) -> str:
    """宝府办〔2027〕9号《2027年…要点》，自6月1日起（此前为宝府办〔2024〕14号）; 沿用 where it is an earlier year's."""
    words = f"{ruleset.document}《{ruleset.title}》"
    days = [day for day, version in ruleset.versions if version.document == ruleset.document]
    before = [version.document for day, version in ruleset.versions if days and day < days[0]]
    if before:
        words += f"，{since_words(days[0], year)}（此前为{before[-1]}）"
    return words + ("，沿用" if ruleset.carried_over else "")


def undecided_words(rule: Rule) -> str:
    """原文已改、口径待定：原为“每月至少举办1场”; "" where there is nothing to decide."""
    return f"原文已改、口径待定：原为“{rule.former}”" if rule.former else ""


def undecided_count(ruleset: RuleSet) -> str:
    """2 条原文已改、口径待定; "" for none."""
    count = len(ruleset.undecided)
    return f"{count} 条规则原文已改、口径待定" if count else ""
