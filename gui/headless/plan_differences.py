"""changes：两份印发稿之间、或印发稿与草案之间的差别；--against：同事手里的那份是哪一稿、缺什么。"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

from gui.headless.arguments import Request
from gui.headless.checking import DRAFT, Side, changes_between, check_of, sides_of
from gui.headless.opening import open_for_reading
from gui.headless.release_plan import release_as_json
from gui.headless.terminal import fields, print_json, print_result
from models.apart import read_apart, whole_file
from models.domain import codec
from models.domain.masking import masks_of
from models.domain.rules import RuleSet
from models.domain.snapshot import Item, YearSnapshot
from models.domain.text import quoted
from models.queries import year_snapshot
from models.releases import Release, released_snapshot, releases
from planners.change_kinds import ChangeKind
from planners.change_notice import UnitNotice, unit_notices
from planners.change_words import change_sentence, changed_title, counts_words, rule_change_sentence
from planners.masked import shown
from planners.release_changes import EventChange, PlanChanges, RuleChange
from planners.sitting_changes import Sitting, SittingChange, ThemeChange

if TYPE_CHECKING:
    from exports.drift import Drift, DriftComparison, DriftReport


def run(request: Request) -> int:
    """The differences are the result, or what the file is; always 0 where that could be told."""
    assert request.year is not None
    if request.against is not None:
        return _tell_drift(request, request.against)
    with open_for_reading(request) as store:
        before, after = _masked(*sides_of(store, request))
    changes = changes_between(before, after)
    if request.json:
        rules = before.check.ruleset, after.check.ruleset
        print_json(
            changes_as_json(
                changes, (before.release, after.release), (before.snapshot, after.snapshot), rules
            )
        )
    else:
        print_result("\n".join(_lines(changes, before, after)))
    return 0


def _masked(*sides: Side) -> Iterator[Side]:
    """The states without the names and phones of delegates of either."""
    masks = masks_of(*(side.snapshot for side in sides))
    return (Side(side.release, *shown(side.snapshot, side.check, masks)[:2]) for side in sides)


def _lines(changes: PlanChanges, before: Side, after: Side) -> Iterator[str]:
    yield f"{changes.year}年度：{changes.before} → {changes.after}"
    yield f"{counts_words(changes)}；规则状态变化 {len(changes.rules)} 处"
    for change in changes.all:
        yield f"  {change_sentence(change, after.snapshot)}"
    for rule_change in changes.rules:
        yield f"  {rule_change_sentence(rule_change, before.check.ruleset, after.check.ruleset)}"


def _tell_drift(request: Request, name: str) -> int:
    from exports.drift import MOST_BYTES, NOTHING, Candidate, against

    assert request.year is not None
    path = Path(name).expanduser()
    data = whole_file(path, MOST_BYTES, NOTHING)
    with open_for_reading(request) as store:
        draft = year_snapshot(store, request.year)
        candidates = []
        for release in releases(store, request.year):
            snapshot = released_snapshot(store, request.year, release.number)
            check = check_of(snapshot, request.today)
            candidates.append(Candidate(release.label, snapshot, release.digest, release.number, check))
    candidates.append(Candidate(DRAFT, draft, check=check_of(draft, request.today)))
    report = read_apart(against, (data, candidates, path.name), path.name, NOTHING)
    if request.json:
        print_json(_drift_as_json(report))
        return 0
    print_result(report.words)
    for comparison in _worth_telling(report):
        print_result(f"与{comparison.label}相比：")
        for drift in comparison.drifts:
            print_result(f"  {_drift_words(drift)}")
    for problem in report.problems:
        print_result(f"  {problem}")
    return 0


def _worth_telling(report: DriftReport) -> Iterator[DriftComparison]:
    """Beside the state it is nearest to, and beside the latest one, as far as it differs."""
    told = (report.nearest, report.latest)
    yield from (found for found in dict.fromkeys(told) if found is not None and found.drifts)


def _drift_words(drift: Drift) -> str:
    """缺少“民法典解读”：6月24日 14:00."""
    words = "，".join(part for part in (drift.day, " ".join(drift.words.split())) if part)
    return f"{drift.kind.label}{quoted(drift.title)}：{words}"


def _drift_as_json(report: DriftReport) -> dict[str, Any]:
    return {
        **fields(report, "what scope matches words"),
        "comparisons": [
            {"label": one.label, "drifts": [fields(drift, "kind title day words") for drift in one.drifts]}
            for one in report.comparisons
        ],
        **fields(report, "problems"),
    }


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
        **fields(change, "kind key"),
        **fields(change.event, "title campaign"),
        **fields(change, "units fields"),
        "former_units": list(change.former),
        "before": _item(change.before),
        "after": _item(change.after),
        "sentence": change_sentence(change, snapshot),
    }


def _sitting_change(change: SittingChange, snapshot: YearSnapshot) -> dict[str, Any]:
    return {
        **fields(change, "kind"),
        "list": change.item.value,
        "key": change.key,
        "title": changed_title(change),
        "units": list(change.units),
        "former_units": list(change.former),
        **fields(change, "fields"),
        "before": _sitting(change.before),
        "after": _sitting(change.after),
        "sentence": change_sentence(change, snapshot),
    }


def _sitting(sitting: Sitting | None) -> dict[str, Any] | None:
    if sitting is None:
        return None
    return {
        "meeting": _item(sitting.meeting),
        "decision": _item(sitting.decision),
        "decisions": list(sitting.agenda),
    }


def _theme_change(change: ThemeChange, snapshot: YearSnapshot) -> dict[str, Any]:
    return {
        **fields(change, "kind quarter units"),
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


def _item(item: Item | None) -> Any:
    return None if item is None else codec.to_plain(item)


def _rule_change(change: RuleChange, rules: tuple[RuleSet, RuleSet]) -> dict[str, Any]:
    cell = change.after or change.before
    assert cell is not None
    counted = "state minimum held forecast"
    return {
        **fields(cell, "rule clause severity group first last"),
        "before": fields(change.before, counted) if change.before else None,
        "after": fields(change.after, counted) if change.after else None,
        "sentence": rule_change_sentence(change, *rules),
    }
