"""建议过时了没有：原来的活动动过、缺口已补、当日被占，逐项说明。"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import NamedTuple

from models.domain.changes import RowChange
from models.domain.events import FORECAST_STATUSES, Event, Labelled
from models.domain.snapshot import Item, ItemKind, YearSnapshot
from models.domain.text import quoted
from planners import wording
from planners.checks.conflicts import belong_together, overlap
from planners.checks.places import places_of
from planners.proposals import Entry, Target
from planners.results import Cell, YearCheck


class Staleness(Labelled):
    """Why an entry no longer fits the year. What is ``CHANGED`` cannot be accepted at all."""

    CHANGED = "changed", "原活动已变化"
    MET = "met", "缺口已补"
    TAKEN = "taken", "当日被占"


class Objection(NamedTuple):
    """One thing that speaks against an entry as the year is now, in one sentence."""

    kind: Staleness
    text: str


class YearNow:
    """A year and its check, arranged once to look at many entries."""

    def __init__(self, snapshot: YearSnapshot, check: YearCheck) -> None:
        self.snapshot = snapshot
        self.check = check
        self.by_day: dict[date, list[Event]] = {}
        for event in snapshot.events:
            if event.starts_at is not None and event.counts_in_forecast and event.is_timed:
                self.by_day.setdefault(event.starts_at.date(), []).append(event)


def objections(now: YearNow, entry: Entry) -> tuple[Objection, ...]:
    """What speaks against accepting ``entry`` into the year."""
    return (*_changed(now.snapshot, entry), *_met(now.check, entry), *_taken(now, entry))


def fresh_objections(
    now: YearNow, entry: Entry, known: tuple[Objection, ...] | None
) -> tuple[Objection, ...]:
    """The objections that are new against those ``known`` when the proposal was made.

    ``known`` None: the year had changed before the proposal came. A cell that has its 底线 but not its
    目标 is then no objection: an entry for the 目标 looks the same.
    """
    found = objections(now, entry)
    if known is not None:
        return tuple(objection for objection in found if objection not in known)
    if any(_wants_target(now.check, target) for target in entry.targets):
        return tuple(objection for objection in found if objection.kind is not Staleness.MET)
    return found


def _changed(snapshot: YearSnapshot, entry: Entry) -> Iterator[Objection]:
    for change in entry.changes:
        if change.before is None:
            continue
        now = snapshot.item(change.kind, change.before.key)
        if now is None:
            yield Objection(Staleness.CHANGED, f"“{_name(change.before)}”已被删除。")
        elif _differs(change, now):
            yield Objection(Staleness.CHANGED, f"“{_name(change.before)}”已被改过。")


def _differs(change: RowChange, now: Item) -> bool:
    """Whether the item is another; of the year's own row only the fields of ``change`` count."""
    if change.kind is not ItemKind.YEAR or change.after is None:
        return now != change.before
    return any(getattr(now, name) != getattr(change.before, name) for name in change.fields)


def _name(item: Item) -> str:
    for field in ("short", "title", "name"):
        if name := getattr(item, field, ""):
            return str(name)
    return item.key


def _met(check: YearCheck, entry: Entry) -> Iterator[Objection]:
    cells = [cell for target in entry.targets if (cell := cell_of(check, target)) is not None]
    if cells and not any(cell.shortfall or cell.lacks_theme for cell in cells):
        yield Objection(Staleness.MET, f"“{wording.cell_title(cells[0], check.ruleset)}”已不缺。")


def cell_of(check: YearCheck, target: Target) -> Cell | None:
    """The cell of the check that ``target`` names; None where the rules have no such cell (any more)."""
    for cell in check.cells:
        if (cell.rule, cell.first, cell.group) == (target.rule, target.first, target.group):
            return cell
    return None


def _wants_target(check: YearCheck, target: Target) -> bool:
    cell = cell_of(check, target)
    return cell is not None and cell.target is not None and cell.forecast < cell.target


def _taken(now: YearNow, entry: Entry) -> Iterator[Objection]:
    snapshot, event = now.snapshot, entry.event
    if event is None or event.day is None or event.status not in FORECAST_STATUSES:
        return
    if event.day < now.check.today:
        yield Objection(Staleness.TAKEN, f"{wording.short_day(event.day)}已过。")
    for period in snapshot.blocked:
        if period.first <= event.day <= period.last and period.concerns(event):
            yield Objection(
                Staleness.TAKEN, f"{wording.short_day(event.day)}停排（{period.reason or '未写原因'}）。"
            )
    own = {change.before.key for change in entry.changes if change.before is not None}
    for other in now.by_day.get(event.day, ()):
        if other.key not in own and (words := clash_words(snapshot, event, other)):
            yield Objection(Staleness.TAKEN, f"{wording.short_day(event.day)}{words}。")


def clash_words(snapshot: YearSnapshot, event: Event, other: Event) -> str:
    """How two events compete for a venue or unit, in words; "" where they do not or no clock time is known."""
    if not (event.is_timed and other.is_timed and overlap(event, other)) or belong_together(event, other):
        return ""
    name = other.short or other.title
    places = places_of(snapshot)
    place = places.taken_by(event)
    if place is not None and place == places.taken_by(other):
        return f"同一场地已有{quoted(name)}"
    shared = set(event.units) & set(other.units)
    return f"{snapshot.unit_name(min(shared))}同时段已有{quoted(name)}" if shared else ""
