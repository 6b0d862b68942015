"""两稿之间：哪些活动新增、改期、调整、延期、取消、恢复，各规则的状态怎样变。"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import NamedTuple

from models.domain.events import Event, EventStatus, Labelled
from models.domain.snapshot import YearSnapshot
from planners.results import Cell, YearCheck

_AWAY = (EventStatus.POSTPONED, EventStatus.CANCELLED)
_TIME = frozenset({"starts_at", "ends_at", "precision"})


class ChangeKind(Labelled):
    """What became of an event; a deleted one is 取消."""

    NEW = "new", "新增"
    MOVED = "moved", "改期"
    CHANGED = "changed", "调整"
    POSTPONED = "postponed", "延期"
    CANCELLED = "cancelled", "取消"
    RESTORED = "restored", "恢复"


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
    def key(self) -> str:
        """The event's permanent key."""
        return self.event.key


class RuleChange(NamedTuple):
    """A period cell whose state is another one; None where a side does not have the cell."""

    before: Cell | None
    after: Cell | None


class PlanChanges(NamedTuple):
    """All differences of the events and rules of one year; ``before`` and ``after`` name the two sides."""

    year: int
    before: str
    after: str
    events: tuple[EventChange, ...]
    rules: tuple[RuleChange, ...]

    def count(self, kind: ChangeKind) -> int:
        """How many events were changed in that way."""
        return sum(change.kind is kind for change in self.events)


def plan_changes(
    before: YearSnapshot,
    after: YearSnapshot,
    check_before: YearCheck,
    check_after: YearCheck,
    labels: tuple[str, str],
) -> PlanChanges:
    """What differs between two states of one year: events by their day, then rules in their order."""
    return PlanChanges(
        after.year,
        *labels,
        event_changes(before.event_by_key, after.event_by_key),
        _rule_changes(check_before.cells, check_after.cells),
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
    return next((event.day for event in sides if event is not None and event.day is not None), date.max)


def _event_change(before: Event | None, after: Event | None) -> EventChange:
    fields = _changed_fields(before, after) if before is not None and after is not None else ()
    return EventChange(_kind(before, after, fields), before, after, fields, units_of(after, before))


def _differ(before: Event | None, after: Event | None) -> bool:
    """Whether there is something to tell: which version of a calendar came in last is nobody's business."""
    if before is None or after is None:
        return before is not after
    return before != after and bool(_changed_fields(before, after))


def _changed_fields(before: Event, after: Event) -> tuple[str, ...]:
    return tuple(
        name
        for name, one, other in zip(Event._fields, before, after, strict=True)
        if one != other and name != "received"
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


def units_of(*events: Event | None) -> tuple[str, ...]:
    """The units that have to do with any of ``events``, each once: lead, responsible, 街镇, park."""
    keys: Iterable[str] = (
        key
        for event in events
        if event is not None
        for key in (*event.units, *event.towns, *((event.park,) if event.park else ()))
    )
    return tuple(dict.fromkeys(keys))


def _rule_changes(before: Iterable[Cell], after: Iterable[Cell]) -> tuple[RuleChange, ...]:
    old = {_place(cell): cell for cell in before}
    new = {_place(cell): cell for cell in after}
    return tuple(
        RuleChange(old.get(place), new.get(place))
        for place in dict.fromkeys((*new, *old))
        if _state(old.get(place)) != _state(new.get(place))
    )


def _place(cell: Cell) -> tuple[str, date, str | None]:
    return cell.rule, cell.first, cell.group


def _state(cell: Cell | None) -> str | None:
    return None if cell is None else cell.state.value
