"""两稿的差别给程序读的形式：字段只增不改。"""

from __future__ import annotations

from typing import Any

from gui.headless.release_plan import release_as_json
from models.domain import codec
from models.domain.events import Event
from models.domain.rules import RuleSet
from models.domain.snapshot import YearSnapshot
from models.releases import Release
from planners.change_notice import unit_notices
from planners.change_words import event_change_sentence, rule_change_sentence
from planners.release_changes import ChangeKind, EventChange, PlanChanges, RuleChange
from planners.results import Cell


def changes_as_json(
    changes: PlanChanges,
    sides: tuple[Release | None, Release | None],
    snapshots: tuple[YearSnapshot, YearSnapshot],
    rules: tuple[RuleSet, RuleSet],
) -> dict[str, Any]:
    """All differences as JSON values; a side that is None is the draft."""
    before, after = sides
    return {
        "year": changes.year,
        "from": release_as_json(before) if before else None,
        "to": release_as_json(after) if after else None,
        "events": [_event_change(change, snapshots[1]) for change in changes.events],
        "rules": [_rule_change(change, rules) for change in changes.rules],
        "units": [
            {"unit": notice.unit, "events": [change.key for change in notice.changes]}
            for notice in unit_notices(changes, *snapshots)
        ],
        "summary": {kind.value: changes.count(kind) for kind in ChangeKind},
    }


def _event_change(change: EventChange, snapshot: YearSnapshot) -> dict[str, Any]:
    return {
        "kind": change.kind.value,
        "key": change.key,
        "title": change.event.title,
        "campaign": change.event.campaign.value,
        "units": list(change.units),
        "fields": list(change.fields),
        "before": _event(change.before),
        "after": _event(change.after),
        "sentence": event_change_sentence(change, snapshot),
    }


def _event(event: Event | None) -> Any:
    return None if event is None else codec.to_plain(event)


def _rule_change(change: RuleChange, rules: tuple[RuleSet, RuleSet]) -> dict[str, Any]:
    cell = change.after or change.before
    assert cell is not None
    return {
        "rule": cell.rule,
        "clause": cell.clause,
        "severity": cell.severity.value,
        "group": cell.group,
        "first": cell.first.isoformat(),
        "last": cell.last.isoformat(),
        "before": _cell(change.before),
        "after": _cell(change.after),
        "sentence": rule_change_sentence(change, *rules),
    }


def _cell(cell: Cell | None) -> dict[str, Any] | None:
    if cell is None:
        return None
    return {
        "state": cell.state.value,
        "minimum": cell.minimum,
        "held": cell.held,
        "forecast": cell.forecast,
    }
