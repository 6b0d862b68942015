"""台账的分组与次序：待定日期总在最前，组按时间、单位或工作线排。"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable
from datetime import datetime
from typing import Any, NamedTuple

from models.domain.events import Campaign, EventStatus, Labelled
from models.domain.rules import RuleSet
from models.domain.snapshot import YearSnapshot
from planners.ledger_rows import (
    LedgerColumn,
    LedgerRow,
    clock_text,
    counted_text,
    host_text,
    missing_text,
    place_text,
)

UNDATED = "待定日期"
_UNDATED_FIRST = datetime(1, 1, 1)
_CAMPAIGNS = {campaign: number for number, campaign in enumerate(Campaign)}
_STATUSES = {status: number for number, status in enumerate(EventStatus)}


class Grouping(Labelled):
    """By what the rows are grouped."""

    MONTH = "month", "按月"
    UNIT = "unit", "按单位"
    CAMPAIGN = "campaign", "按工作线"
    NONE = "none", "不分组"


class Order(NamedTuple):
    """By which column the rows of a group are sorted."""

    column: LedgerColumn = LedgerColumn.DATE
    descending: bool = False


class Group(NamedTuple):
    """Rows under one heading; no heading where they are not grouped."""

    title: str
    rows: tuple[LedgerRow, ...]


def grouped(
    rows: Iterable[LedgerRow], grouping: Grouping, order: Order, snapshot: YearSnapshot, ruleset: RuleSet
) -> tuple[Group, ...]:
    """The rows in groups, 待定日期 first; months run backwards where the days do."""
    ordered = _ordered(rows, order, snapshot, ruleset)
    if grouping is Grouping.NONE:
        return (Group("", tuple(ordered)),) if ordered else ()
    by_group: dict[tuple[Any, str], list[LedgerRow]] = defaultdict(list)
    for row in ordered:
        by_group[_place(row, grouping, snapshot)].append(row)
    backwards = grouping is Grouping.MONTH and order.column is LedgerColumn.DATE and order.descending
    undated = [place for place in by_group if place[1] == UNDATED]
    dated = sorted((place for place in by_group if place[1] != UNDATED), reverse=backwards)
    return tuple(Group(place[1], tuple(by_group[place])) for place in [*undated, *dated])


def _place(row: LedgerRow, grouping: Grouping, snapshot: YearSnapshot) -> tuple[Any, str]:
    """Where its group stands, and the heading."""
    event = row.event
    days = event.days
    if days is None:
        return (0, 0), UNDATED
    if grouping is Grouping.MONTH:
        (year, month), of_year = (days.last.year, days.last.month), days.last.year == snapshot.year
        words = f"{month}月" if days.first.month == month else event.day_words
        return (year, month + (words != f"{month}月") / 2), words if of_year else f"{year}年{words}"
    if grouping is Grouping.CAMPAIGN:
        return (_CAMPAIGNS[event.campaign], 0), event.campaign.label
    if not event.lead_units:
        return (1, b""), "未定牵头单位"
    name = snapshot.unit_name(event.lead_units[0])
    return (0, by_pinyin(name)), name


def by_pinyin(text: str) -> bytes:
    """A sort key: the common characters of GB 2312 stand in the order of their pinyin."""
    return text.encode("gb18030", "replace")


def _ordered(
    rows: Iterable[LedgerRow], order: Order, snapshot: YearSnapshot, ruleset: RuleSet
) -> list[LedgerRow]:
    by_time = sorted(rows, key=_start, reverse=order.column is LedgerColumn.DATE and order.descending)
    if order.column is LedgerColumn.DATE:
        return by_time
    return sorted(by_time, key=_key_of(order.column, snapshot, ruleset), reverse=order.descending)


def _start(row: LedgerRow) -> datetime:
    return row.event.starts_at or _UNDATED_FIRST


def _key_of(column: LedgerColumn, snapshot: YearSnapshot, ruleset: RuleSet) -> Callable[[LedgerRow], Any]:
    keys: dict[LedgerColumn, Callable[[LedgerRow], Any]] = {
        LedgerColumn.TILE: lambda row: _CAMPAIGNS[row.event.campaign],
        LedgerColumn.STATUS: lambda row: (_STATUSES[row.event.status], not row.waiting),
        LedgerColumn.TIME: lambda row: clock_text(row.event),
        LedgerColumn.TITLE: lambda row: by_pinyin(row.event.title),
        LedgerColumn.HOST: lambda row: by_pinyin(host_text(row.event, snapshot)),
        LedgerColumn.PLACE: lambda row: by_pinyin(place_text(row.event, snapshot)),
        LedgerColumn.COUNTED: lambda row: by_pinyin(counted_text(row, ruleset)),
        LedgerColumn.MISSING: lambda row: (
            not row.conflicts,
            not row.missing,
            by_pinyin(missing_text(row)),
        ),
    }
    return keys[column]
