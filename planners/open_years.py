"""几年一个文件：一年里还没有办完的事，拿到别的年度里看也写明是哪一年的。"""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from models.domain.snapshot import YearSnapshot
from planners.agenda import agenda
from planners.deadline_items import deadline_items
from planners.masked import shown_on_screen
from planners.results import AgendaEntry, AgendaGroup, DeadlineItem, YearCheck


class OpenYear(NamedTuple):
    """What one year of the data file still asks for, every entry and deadline named with that year.

    ``deadlines`` are all of the year's, done ones too. ``problem``: why some of it is not known, in words.
    """

    year: int
    entries: tuple[AgendaEntry, ...] = ()
    deadlines: tuple[DeadlineItem, ...] = ()
    problem: str = ""


def open_year(snapshot: YearSnapshot, check: YearCheck) -> OpenYear:
    """What is open in the year on the day of ``check``; delegates are masked."""
    snapshot, check, _ = shown_on_screen(snapshot, check)
    year = check.year
    return OpenYear(
        year,
        tuple(
            entry._replace(title=named_with(year, entry.title), year=year)
            for entry in agenda(check, snapshot)
        ),
        tuple(
            item._replace(title=named_with(year, item.title), year=year, unit=_unit_name(snapshot, item))
            for item in deadline_items(snapshot, check)
        ),
    )


def named_with(year: int, title: str) -> str:
    """2026年 · 工作考核."""
    return f"{year}年 · {title}"


def _unit_name(snapshot: YearSnapshot, item: DeadlineItem) -> str | None:
    return snapshot.unit_name(item.unit) if item.unit else None


def beside(own: Iterable[AgendaEntry], others: Iterable[OpenYear]) -> tuple[AgendaEntry, ...]:
    """``own`` and what is open in other years: by group, within a group the own first, then the latest years."""
    found = [*own, *(e for one in sorted(others, key=lambda one: -one.year) for e in one.entries)]
    order = {group: number for number, group in enumerate(AgendaGroup)}
    return tuple(sorted(found, key=lambda entry: order[entry.group]))


def deadlines_beside(snapshot: YearSnapshot, others: Iterable[OpenYear]) -> tuple[DeadlineItem, ...]:
    """The deadlines of other years that belong into the calendar of ``snapshot``: the open ones, and those due
    since its first day, done or not. Their units are called as ``snapshot`` calls them, by name.
    """
    keys = {unit.name: unit.key for unit in snapshot.units}
    return tuple(
        item._replace(unit=keys.get(item.unit, item.unit) if item.unit else None)
        for one in others
        for item in one.deadlines
        if not item.done or item.day.year >= snapshot.year
    )
