"""一处改动对规则的影响：改之前就说清计入哪里、哪些周期会变、和谁冲突。"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import NamedTuple

from gui.session.year_session import YearSession
from models.domain.events import Event
from models.domain.rules import Severity
from models.domain.snapshot import ItemKind, YearSnapshot
from models.domain.year import Setting
from models.rulesets import ruleset_for
from planners import wording
from planners.checks import check_year
from planners.consequences import worse_words, worsened
from planners.parameter_effect import ParameterEffect, effect_lines, parameter_effect, with_settings
from planners.results import Cell, YearCheck

MOST_LINES = 8


class RuleEffect(NamedTuple):
    """What the rules would say with an event as it was entered.

    ``counted``: hard cells in which it counts; ``worsened``: hard cells that would be worse than now;
    ``conflicts``: the conflicts it would take part in, one sentence each.
    """

    counted: tuple[Cell, ...]
    worsened: tuple[Cell, ...]
    conflicts: tuple[str, ...]


def with_event(snapshot: YearSnapshot, event: Event) -> YearSnapshot:
    """The year as it would be with ``event`` in it (in the place of the one with its key)."""
    return with_events(snapshot, (event,))


def with_events(snapshot: YearSnapshot, changed: Iterable[Event]) -> YearSnapshot:
    """The year as it would be with the ``changed`` events in it (in the places of those with their keys)."""
    by_key = {event.key: event for event in changed}
    events = [by_key.pop(other.key, other) for other in snapshot.events]
    lists = {
        kind.value: snapshot.items(kind) for kind in ItemKind if kind not in (ItemKind.YEAR, ItemKind.EVENT)
    }
    return YearSnapshot(
        snapshot.year_row,
        **lists,  # type: ignore[arg-type]
        events=[*events, *by_key.values()],
        neighbours=snapshot.neighbours,
    )


def rule_effect(session: YearSession, event: Event) -> RuleEffect:
    """What would change in the year of ``session`` with ``event`` in it."""
    snapshot = with_event(session.snapshot, event)
    check = check_year(snapshot, session.today, session.ruleset)
    hard = [cell for cell in check.cells if cell.severity is Severity.HARD]
    return RuleEffect(
        tuple(cell for cell in hard if event.key in cell.events),
        worsened(session.check, check),
        _conflict_words(event, check, snapshot),
    )


def stored_effect(session: YearSession, event: Event) -> RuleEffect | None:
    """What the rules say of ``event`` as it is stored, without checking again; None where it is not stored so."""
    if session.snapshot.event_by_key.get(event.key) != event:
        return None
    check, snapshot = session.check, session.snapshot
    hard = [cell for cell in check.cells if cell.severity is Severity.HARD]
    return RuleEffect(
        tuple(cell for cell in hard if event.key in cell.events), (), _conflict_words(event, check, snapshot)
    )


def _conflict_words(event: Event, check: YearCheck, snapshot: YearSnapshot) -> tuple[str, ...]:
    return tuple(
        wording.conflict_sentence(conflict, snapshot)
        for conflict in check.conflicts
        if event.key in conflict.events
    )


def several_effect(session: YearSession, changed: Iterable[Event]) -> RuleEffect:
    """What several ``changed`` events would make worse together, and the conflicts that would be new."""
    changed = tuple(changed)
    snapshot = with_events(session.snapshot, changed)
    check = check_year(snapshot, session.today, session.ruleset)
    keys, known = {event.key for event in changed}, set(session.check.conflicts)
    fresh = (
        conflict
        for conflict in check.conflicts
        if conflict.severity is Severity.HARD and conflict not in known and keys & set(conflict.events)
    )
    return RuleEffect(
        (),
        worsened(session.check, check),
        tuple(wording.conflict_sentence(conflict, snapshot) for conflict in fresh),
    )


def settings_effect(
    session: YearSession, values: Mapping[str, Setting]
) -> tuple[ParameterEffect, tuple[str, ...]]:
    """What the check would say otherwise with these settings (None takes one away), and the first lines of it.

    ``InputError`` for values that no rule can be checked with.
    """
    year = with_settings(session.snapshot, values)
    row = year.year_row
    after = check_year(year, session.today, ruleset_for(row.year, row.ruleset, dict(row.settings)))
    effect = parameter_effect(session.check, after)
    lines = effect_lines(effect, after, year)
    more = (f"……另有 {len(lines) - MOST_LINES} 项",) if len(lines) > MOST_LINES else ()
    return effect, (*lines[:MOST_LINES], *more)


def effect_words(session: YearSession, event: Event) -> str:
    """What ``event`` as it is entered would make worse, in one sentence; "" where nothing."""
    return "；".join(worse_words(session.ruleset, cell) for cell in rule_effect(session, event).worsened)
