"""两稿之间：哪些活动、列席会议与事项、季度主题新增、改期、调整、延期、取消、恢复，各规则的状态怎样变。"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from datetime import date
from typing import NamedTuple, TypeAlias

from models.domain.events import Event, EventStatus
from models.domain.periods import quarter_of
from models.domain.release_scope import within
from models.domain.snapshot import ItemKind, YearSnapshot
from planners.change_kinds import ChangeKind, units_of
from planners.results import Cell, YearCheck
from planners.sitting_changes import SittingChange, ThemeChange, sitting_changes, theme_changes

_AWAY = (EventStatus.POSTPONED, EventStatus.CANCELLED)
_TIME = frozenset({"starts_at", "ends_at", "precision"})
_COURSE = frozenset({EventStatus.PLANNED, EventStatus.CONFIRMED})
_RESULTS = frozenset({"status", "status_reason", "attended", "signed_up", "tentative", "raw_time", "pinned"})
"""What differs where a planned event was held as planned: nobody has to act on it."""
_PARTS = ("lead_units", "responsible_units", "towns")
"""In what units have to do with an event; its park only lends the place."""


class EventChange(NamedTuple):
    """An event before and after (None: not there), the fields that differ, and the units that have to act.

    ``units`` are those of both sides, each once: lead, responsible, 街镇, park, the later side first.
    """

    kind: ChangeKind
    before: Event | None
    after: Event | None
    fields: tuple[str, ...]
    units: tuple[str, ...]

    @property
    def event(self) -> Event:
        """The event as it is now, else as it was."""
        found = self.after or self.before
        assert found is not None
        return found

    @property
    def item(self) -> ItemKind:
        """It is an event that has changed."""
        return ItemKind.EVENT

    @property
    def key(self) -> str:
        """The event's permanent key."""
        return self.event.key

    @property
    def former(self) -> tuple[str, ...]:
        """The units that no longer have to do with the event, which goes on without them."""
        if self.after is None or self.kind is ChangeKind.CANCELLED:
            return ()
        now = units_of(self.after)
        return tuple(unit for unit in self.units if unit not in now)

    def heirs_of(self, unit: str) -> tuple[str, ...]:
        """Who goes on with what ``unit`` had: who came into its part, else who is in it now; a park has no heir."""
        for part in _PARTS:
            had, has = (getattr(event, part) if event else () for event in (self.before, self.after))
            if unit in had:
                return tuple(one for one in has if one not in had) or tuple(has)
        return ()

    @property
    def heirs(self) -> tuple[str, ...]:
        """The units that take over from ``former``."""
        return tuple(dict.fromkeys(heir for unit in self.former for heir in self.heirs_of(unit)))

    @property
    def lead(self) -> str | None:
        """Under whom it stands in a notice: its first unit now; None while nobody has it."""
        former = self.former
        return next((unit for unit in self.units if unit not in former), None)


Change: TypeAlias = EventChange | SittingChange | ThemeChange


class RuleChange(NamedTuple):
    """A period cell whose state is another one; None where a side does not have the cell."""

    before: Cell | None
    after: Cell | None


class PlanChanges(NamedTuple):
    """All differences of one year; ``before`` and ``after`` name the two sides.

    ``sittings``: meetings with public delegates and their decisions; ``themes``: those of the quarters.
    """

    year: int
    before: str
    after: str
    events: tuple[EventChange, ...]
    rules: tuple[RuleChange, ...]
    sittings: tuple[SittingChange, ...] = ()
    themes: tuple[ThemeChange, ...] = ()

    @property
    def all(self) -> tuple[Change, ...]:
        """What people have to be told: events, then sittings, then themes."""
        return (*self.events, *self.sittings, *self.themes)

    def count(self, kind: ChangeKind) -> int:
        """How many of ``all`` were changed in that way."""
        return sum(change.kind is kind for change in self.all)


def plan_changes(
    before: YearSnapshot,
    after: YearSnapshot,
    check_before: YearCheck,
    check_after: YearCheck,
    labels: tuple[str, str],
) -> PlanChanges:
    """What differs between two states of one year: each list by its day, rules in their order.

    Where one of them tells of some quarters only, it is only of these.
    """
    told = before.covers & after.covers if before.covers and after.covers else before.covers or after.covers
    before, after = within(before, after), within(after, before)
    return PlanChanges(
        after.year,
        *labels,
        event_changes(before.event_by_key, after.event_by_key),
        tuple(change for change in _rule_changes(check_before.cells, check_after.cells) if _in(change, told)),
        sitting_changes(before, after),
        theme_changes(before, after),
    )


def changes_to_tell(before: YearSnapshot, after: YearSnapshot) -> tuple[Change, ...]:
    """``PlanChanges.all`` of the two states, without a look at the rules."""
    before, after = within(before, after), within(after, before)
    return (
        *event_changes(before.event_by_key, after.event_by_key),
        *sitting_changes(before, after),
        *theme_changes(before, after),
    )


def event_changes(before: Mapping[str, Event], after: Mapping[str, Event]) -> tuple[EventChange, ...]:
    """Every event that is not the same on both sides, by day and key; undated ones last."""
    found = [
        _event_change(before.get(key), after.get(key))
        for key in before.keys() | after.keys()
        if _differ(before.get(key), after.get(key))
    ]
    return tuple(sorted(found, key=lambda change: (_day(change), change.key)))


def _day(change: EventChange) -> date:
    sides = (change.after, change.before)
    return next((e.latest_day for e in sides if e is not None and e.latest_day is not None), date.max)


def _event_change(before: Event | None, after: Event | None) -> EventChange:
    fields = _changed_fields(before, after) if before is not None and after is not None else ()
    return EventChange(_kind(before, after, fields), before, after, fields, units_of(after, before))


def _differ(before: Event | None, after: Event | None) -> bool:
    """Whether there is something to tell: which version of a calendar came in last is nobody's business."""
    if before is None or after is None:
        return before is not after
    return before != after and bool(_changed_fields(before, after))


def _changed_fields(before: Event, after: Event) -> tuple[str, ...]:
    """The fields that differ; that a planned event was held, and what came of it, is no change of the plan."""
    held = before.status in _COURSE and after.status is EventStatus.HELD
    told_nobody = _RESULTS | {"received"} if held else {"received"}
    return tuple(
        name
        for name, one, other in zip(Event._fields, before, after, strict=True)
        if one != other and name not in told_nobody
    )


def _kind(before: Event | None, after: Event | None, fields: tuple[str, ...]) -> ChangeKind:
    if before is None:
        return ChangeKind.NEW
    if after is None:
        return ChangeKind.CANCELLED
    if after.status is not before.status:
        if after.status is EventStatus.CANCELLED:
            return ChangeKind.CANCELLED
        if after.status is EventStatus.POSTPONED:
            return ChangeKind.POSTPONED
        if before.status in _AWAY:
            return ChangeKind.RESTORED
    return ChangeKind.CHANGED if _TIME.isdisjoint(fields) else ChangeKind.MOVED


def _rule_changes(before: Iterable[Cell], after: Iterable[Cell]) -> tuple[RuleChange, ...]:
    old = {_place(cell): cell for cell in before}
    new = {_place(cell): cell for cell in after}
    return tuple(
        RuleChange(old.get(place), new.get(place))
        for place in dict.fromkeys((*new, *old))
        if _state(old.get(place)) != _state(new.get(place))
    )


def _in(change: RuleChange, quarters: Collection[int]) -> bool:
    """Whether the cell lies in one of ``quarters`` (none: anywhere)."""
    cell = change.after or change.before
    assert cell is not None
    first, last = quarter_of(cell.first), quarter_of(cell.last)
    return not quarters or (first == last and first in quarters)


def _place(cell: Cell) -> tuple[str, date, str | None]:
    return cell.rule, cell.first, cell.group


def _state(cell: Cell | None) -> str | None:
    return None if cell is None else cell.state.value
