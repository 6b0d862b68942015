"""两稿的差别给程序读的形式：字段只增不改。"""

from __future__ import annotations

from typing import Any

from gui.headless.release_plan import release_as_json
from models.domain import codec
from models.domain.rules import RuleSet
from models.domain.snapshot import Item, YearSnapshot
from models.releases import Release
from planners.change_kinds import ChangeKind
from planners.change_notice import UnitNotice, unit_notices
from planners.change_words import change_sentence, changed_title, rule_change_sentence
from planners.release_changes import EventChange, PlanChanges, RuleChange
from planners.results import Cell
from planners.sitting_changes import Sitting, SittingChange, ThemeChange


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
        "sittings": [_sitting_change(change, snapshots[1]) for change in changes.sittings],
        "themes": [_theme_change(change, snapshots[1]) for change in changes.themes],
        "rules": [_rule_change(change, rules) for change in changes.rules],
        "units": [_unit(notice) for notice in unit_notices(changes, *snapshots)],
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
        "former_units": list(change.former),
        "before": _plain(change.before),
        "after": _plain(change.after),
        "sentence": change_sentence(change, snapshot),
    }


def _sitting_change(change: SittingChange, snapshot: YearSnapshot) -> dict[str, Any]:
    return {
        "kind": change.kind.value,
        "list": change.item.value,
        "key": change.key,
        "title": changed_title(change),
        "units": list(change.units),
        "former_units": list(change.former),
        "fields": list(change.fields),
        "before": _sitting(change.before),
        "after": _sitting(change.after),
        "sentence": change_sentence(change, snapshot),
    }


def _sitting(sitting: Sitting | None) -> dict[str, Any] | None:
    if sitting is None:
        return None
    return {
        "meeting": _plain(sitting.meeting),
        "decision": _plain(sitting.decision),
        "decisions": list(sitting.agenda),
    }


def _theme_change(change: ThemeChange, snapshot: YearSnapshot) -> dict[str, Any]:
    return {
        "kind": change.kind.value,
        "quarter": change.quarter,
        "units": list(change.units),
        "before": change.before or None,
        "after": change.after or None,
        "sentence": change_sentence(change, snapshot),
    }


def _unit(notice: UnitNotice) -> dict[str, Any]:
    return {
        "unit": notice.unit,
        "events": [change.key for change in notice.events],
        "sittings": [change.key for change in notice.changes if isinstance(change, SittingChange)],
        "themes": [change.quarter for change in notice.changes if isinstance(change, ThemeChange)],
    }


def _plain(item: Item | None) -> Any:
    return None if item is None else codec.to_plain(item)


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
