"""年度总览的内容：一条规则一行，十二个月，每格写场次、状态和日期。"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from typing import NamedTuple

from exports.pdf.quarter_facts import of_campaigns
from models.domain.events import Campaign, Event
from models.domain.rules import GroupKind, PeriodKind, Rule, RuleSet, Severity, clause_words
from models.domain.snapshot import YearSnapshot
from planners.results import Cell, CellState, YearCheck
from planners.wording import beyond_held, state_line

MONTHS = 12
_MOST_DAYS = 6
_COARSE = (GroupKind.NONE, GroupKind.STAGE, GroupKind.STAGE_AUDIENCE, GroupKind.THEME_CLASS)
"""Advising rules that count every 街镇 or unit apart would make a line each: they are left to the 检查单."""


class MonthSpan(NamedTuple):
    """What is written over the months ``first``–``last``; ``hatched``: nothing is asked, ``open``: short."""

    first: int
    last: int
    lines: tuple[str, ...]
    hatched: bool = False
    open: bool = False


class MatrixRow(NamedTuple):
    """A row of the matrix: its title and its spans, which do not overlap; other months stay empty."""

    title: str
    asks: str
    spans: tuple[MonthSpan, ...]


def year_lines(
    snapshot: YearSnapshot, check: YearCheck, campaigns: tuple[Campaign, ...], *, clauses: bool
) -> tuple[MatrixRow, ...]:
    """The frequency rules in their order, then what has no frequency: 科创问政 and 公众代表列席."""
    return (
        *_rule_lines(snapshot, check, campaigns, clauses=clauses),
        *_free_lines(snapshot, check.ruleset, campaigns, clauses=clauses),
    )


def month_totals(snapshot: YearSnapshot, campaigns: tuple[Campaign, ...]) -> tuple[int, ...]:
    """Events of each month that count as planned or held, known at least to the month; meetings that only carry a
    zone are left out.
    """
    counts = [0] * MONTHS
    for event in snapshot.events:
        if (
            _counts(event, snapshot.year, campaigns or tuple(Campaign))
            and event.campaign is not Campaign.HOST_MEETING
        ):
            assert event.days is not None
            first, last = event.days.first.month, event.days.last.month
            counts[first - 1] += first == last
    return tuple(counts)


def _counts(event: Event, year: int, campaigns: Sequence[Campaign]) -> bool:
    return (
        event.counts_in_forecast
        and event.days is not None
        and event.days.first.year == year
        and event.campaign in campaigns
    )


# ── 有频次的规则 ──


def _rule_lines(
    snapshot: YearSnapshot, check: YearCheck, campaigns: tuple[Campaign, ...], *, clauses: bool
) -> Iterator[MatrixRow]:
    by_line: dict[tuple[str, str | None], list[Cell]] = defaultdict(list)
    for cell in check.cells:
        rule = check.ruleset.rule(cell.rule)
        if _has_line(rule) and of_campaigns(check.ruleset, cell, campaigns):
            by_line[cell.rule, cell.group].append(cell)
    for (code, group), cells in by_line.items():
        rule = check.ruleset.rule(code)
        spans = tuple(_span(snapshot, cell) for cell in sorted(cells, key=lambda cell: cell.first))
        yield MatrixRow(_title(rule, group, clauses=clauses), _asked(rule, cells), spans)


def _has_line(rule: Rule) -> bool:
    return rule.severity is Severity.HARD or rule.group in _COARSE


def _title(rule: Rule, group: str | None, *, clauses: bool) -> str:
    clause = f"（{clause_words(rule.clause)}）" if clauses or rule.is_own else ""
    if group and rule.group is GroupKind.THEME_CLASS and rule.severity is Severity.HINT:
        return f"{group}{clause}"
    return f"{rule.title}{f'·{group}' if group else ''}{clause}"


def _asked(rule: Rule, cells: Sequence[Cell]) -> str:
    """每月至少1场，宜2场."""
    asked = next((cell for cell in cells if cell.state is not CellState.EXEMPT), cells[0])
    period = rule.period.label if rule.period else ""
    if rule.period is PeriodKind.AUGUST:
        period = "8月"
    least = f"至少{asked.minimum}场{rule.own_mark('minimum')}" if asked.minimum else ""
    wish = (
        f"宜{asked.target}场{rule.own_mark('target')}"
        if asked.target and asked.target > asked.minimum
        else ""
    )
    return f"{period}{'，'.join(part for part in (least, wish) if part) or '不限场次'}"


def _span(snapshot: YearSnapshot, cell: Cell) -> MonthSpan:
    exempt = not cell.state.is_asked
    state = cell.state.label
    if exempt:
        lines = [state]
    else:
        line = state_line(cell)
        parts = (line if state in line else f"{line} {state}", beyond_held(cell))
        lines = ["，".join(part for part in parts if part)]
    days = _days(snapshot, cell.events, whole=cell.first.month == cell.last.month)
    lines += [part for part in (days, f"主题：{cell.theme}" if cell.theme else "") if part]
    return MonthSpan(
        cell.first.month, cell.last.month, tuple(lines), hatched=exempt, open=cell.state.is_short
    )


def _days(snapshot: YearSnapshot, keys: Iterable[str], *, whole: bool) -> str:
    """20、30日、下旬 in a cell of one month; 2月26日、3月12日、第一季度 in a longer one."""
    events = [event for key in keys if (event := snapshot.event_by_key.get(key)) is not None]
    coarse = [event.day_words for event in events if event.day is None]
    return day_words([event.day for event in events if event.day], whole=whole, coarse=coarse)


def day_words(days: Sequence[date], *, whole: bool, coarse: Sequence[str] = ()) -> str:
    """The days of a cell in words and what is known no closer (``coarse``), shortened where there are many."""
    if len(days) + len(coarse) > _MOST_DAYS:
        return f"共{len(days) + len(coarse)}场"
    if whole:
        exact = [f"{'、'.join(str(day.day) for day in days)}日"] if days else []
        coarse = [_in_month(words) for words in coarse]
    else:
        exact = [f"{day.month}月{day.day}日" for day in days]
    return "、".join([*exact, *coarse])


def _in_month(words: str) -> str:
    """中旬 for 8月中旬, 日期未定 for 8月; 第三季度 stays."""
    return words.partition("月")[2] or ("日期未定" if words.endswith("月") else words)


# ── 不计频次的 ──


def _free_lines(
    snapshot: YearSnapshot, ruleset: RuleSet, campaigns: tuple[Campaign, ...], *, clauses: bool
) -> Iterator[MatrixRow]:
    if not campaigns or Campaign.TECH_FORUM in campaigns:
        clause = _clause(ruleset, "zone_without_host") if clauses else ""
        zones = [event for event in snapshot.events if _counts(event, snapshot.year, (Campaign.TECH_FORUM,))]
        days = sorted(event.day for event in zones if event.day)
        coarse = [event for event in zones if event.day is None]
        spans = tuple(_by_month(days, "场", coarse))
        yield MatrixRow(f"{Campaign.TECH_FORUM.label}{clause}", "设于重要会议现场", spans)
    if not campaigns and snapshot.decisions:
        clause = _clause(ruleset, "not_invited") if clauses else ""
        starts = {meeting.key: meeting.starts_at for meeting in snapshot.meetings}
        dated = (starts.get(decision.meeting or "") for decision in snapshot.decisions)
        days = sorted(one.date() for one in dated if one is not None and one.year == snapshot.year)
        asks = f"目录{len(snapshot.decisions)}项"
        yield MatrixRow(f"公众代表列席{clause}", asks, tuple(_by_month(days, "项")))


def _by_month(days: Sequence[date], word: str, coarse: Sequence[Event] = ()) -> Iterator[MonthSpan]:
    """``coarse`` ones, whose day is not known, stand in the last month in which they may be."""
    for month in range(1, MONTHS + 1):
        chosen = [day for day in days if day.month == month]
        waiting = [e.day_words for e in coarse if e.latest_day and e.latest_day.month == month]
        if chosen or waiting:
            known = day_words(sorted(set(chosen)), whole=True, coarse=waiting)
            lines = [f"{len(chosen) + len(waiting)}{word}", known]
            yield MonthSpan(month, month, tuple(line for line in lines if line))


def _clause(ruleset: RuleSet, check: str) -> str:
    rule = ruleset.checked_by(check)
    return f"（第{rule.clause}条）" if rule else ""
