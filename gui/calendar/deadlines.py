"""日历里的时限：哪天有哪几项，办了没有，打开它去哪里。"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from datetime import date
from typing import NamedTuple

from models.domain.events import Labelled
from models.domain.rules import clause_words
from planners.results import DeadlineItem
from planners.wording import estimate_mark, short_day

MARK = "⚑"
"""Stands before the key of a deadline among the keys of a day's chips; alone: all deadlines of the day."""


class DeadlineState(Labelled):
    """How a deadline stands today."""

    OVERDUE = "overdue", "逾期"
    OPEN = "open", "待办"
    DONE = "done", "已办"


LOOKS: Mapping[DeadlineState, tuple[str, str]] = {
    DeadlineState.OVERDUE: ("flag", "danger"),
    DeadlineState.OPEN: ("flag", "warning"),
    DeadlineState.DONE: ("check", "ink3"),
}
"""Icon and colour; the words are always there too."""


class DayDeadline(NamedTuple):
    """A deadline on its day."""

    item: DeadlineItem
    state: DeadlineState

    @property
    def key(self) -> str:
        """Its key among those of the day's chips."""
        return MARK + self.item.name

    @property
    def words(self) -> str:
        """The deadline in one line, for screen readers."""
        return f"时限 {self.item.title}，{self.state.label}"

    @property
    def lines(self) -> tuple[str, ...]:
        """What else is to be known of it."""
        item = self.item
        clause = clause_words(item.clause)
        facts = " · ".join(fact for fact in (self.state.label, clause, item.note) if fact)
        return (facts, f"（{estimate_mark(item.day.year)}）") if item.estimated else (facts,)


def by_day(
    items: Iterable[DeadlineItem], today: date, unit: str | None = None
) -> Mapping[date, tuple[DayDeadline, ...]]:
    """The deadlines of each day, open ones first; with ``unit`` only those that this unit has to meet."""
    found: dict[date, list[DayDeadline]] = defaultdict(list)
    for one in items:
        if (item := one.of_unit(unit)) is not None:
            found[item.day].append(DayDeadline(item, state_of(item, today)))
    return {day: tuple(sorted(rows, key=_order)) for day, rows in found.items()}


def state_of(item: DeadlineItem, today: date) -> DeadlineState:
    """逾期 after its day, 已办 once it is done."""
    if item.done:
        return DeadlineState.DONE
    return DeadlineState.OVERDUE if item.day < today else DeadlineState.OPEN


_ORDER = {state: number for number, state in enumerate(DeadlineState)}


def _order(row: DayDeadline) -> tuple[int, str]:
    return _ORDER[row.state], row.item.name


class DeadlineLine(NamedTuple):
    """The one line that a day's deadlines take in its cell: what it says, how it looks, what it opens."""

    text: str
    icon: str
    color: str
    key: str
    tip: str


def line_of(rows: tuple[DayDeadline, ...]) -> DeadlineLine:
    """The only deadline by its title; several by their number, the most pressing leading the look."""
    icon, color = LOOKS[rows[0].state]
    day = short_day(rows[0].item.day)
    tip = "\n".join(
        (f"{day} 时限", *(f"{row.item.title}（{'，'.join(row.lines)}）" for row in rows), "点击打开")
    )
    if len(rows) == 1:
        return DeadlineLine(rows[0].item.title, icon, color, rows[0].key, tip)
    waiting = sum(row.state is not DeadlineState.DONE for row in rows)
    text = f"{len(rows)} 项时限" if waiting else f"{len(rows)} 项时限已办"
    return DeadlineLine(text, icon, color, MARK, tip)
