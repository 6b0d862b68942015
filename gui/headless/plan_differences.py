"""changes：两份印发稿之间、或印发稿与草案之间的差别；--against：同事手里的那份是哪一稿、缺什么。"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

from gui.headless.arguments import Request
from gui.headless.changes_json import changes_as_json
from gui.headless.checking import check_of
from gui.headless.opening import open_for_reading
from gui.headless.terminal import print_json, print_result
from models.domain.errors import CommandError, InputError
from models.domain.masking import masks_of
from models.domain.snapshot import YearSnapshot
from models.queries import year_snapshot
from models.releases import Release, released_snapshot, releases
from models.store import Store
from planners.change_words import counts_words, event_change_sentence, rule_change_sentence
from planners.masked import shown
from planners.release_changes import PlanChanges, plan_changes
from planners.results import YearCheck

DRAFT = "草案"
LARGEST_FILE = 50 * 1024 * 1024


class _Side(NamedTuple):
    release: Release | None
    snapshot: YearSnapshot
    check: YearCheck

    @property
    def label(self) -> str:
        return self.release.label if self.release else DRAFT


def run(request: Request) -> int:
    """The differences are the result, or what the file is; always 0 where that could be told."""
    assert request.year is not None
    if request.against is not None:
        return _tell_drift(request, request.against)
    with open_for_reading(request) as store:
        before, after = _masked(*_sides(store, request))
    changes = plan_changes(
        before.snapshot, after.snapshot, before.check, after.check, (before.label, after.label)
    )
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


def _sides(store: Store, request: Request) -> tuple[_Side, _Side]:
    """The two states asked for: by default the last release (or the one before ``--to``) and the draft."""
    assert request.year is not None
    draft = year_snapshot(store, request.year)
    known = releases(store, request.year)
    start = request.from_release or (request.to_release - 1 if request.to_release else len(known))
    if not known or start < 1:
        why = f"{request.year} 年度还没有印发稿" if not known else "第 1 稿之前没有印发稿"
        raise CommandError(f"{why}，没有可比的。", "", "请先用 release 印发，或用 --from 写明从哪一稿比起。")
    by_number = {release.number: release for release in known}

    def side(number: int | None) -> _Side:
        if number is None:
            return _Side(None, draft, check_of(draft, request.today))
        snapshot = released_snapshot(store, draft.year, number)
        return _Side(by_number[number], snapshot, check_of(snapshot, request.today))

    return side(start), side(request.to_release)


def _masked(*sides: _Side) -> Iterator[_Side]:
    """The states without the names and phones of delegates of either."""
    masks = masks_of(*(side.snapshot for side in sides))
    return (_Side(side.release, *shown(side.snapshot, side.check, masks)[:2]) for side in sides)


def _lines(changes: PlanChanges, before: _Side, after: _Side) -> Iterator[str]:
    yield f"{changes.year}年度：{changes.before} → {changes.after}"
    yield f"{counts_words(changes)}；规则状态变化 {len(changes.rules)} 处"
    for event_change in changes.events:
        yield f"  {event_change_sentence(event_change, after.snapshot)}"
    for rule_change in changes.rules:
        yield f"  {rule_change_sentence(rule_change, before.check.ruleset, after.check.ruleset)}"


def _tell_drift(request: Request, name: str) -> int:
    from exports.drift import Candidate, against

    assert request.year is not None
    data = _read(name)
    with open_for_reading(request) as store:
        draft = year_snapshot(store, request.year)
        candidates = []
        for release in releases(store, request.year):
            snapshot = released_snapshot(store, request.year, release.number)
            check = check_of(snapshot, request.today)
            candidates.append(Candidate(release.label, snapshot, release.digest, release.number, check))
    candidates.append(Candidate(DRAFT, draft, check=check_of(draft, request.today)))
    report = against(data, candidates, Path(name).name)
    if request.json:
        print_json(_drift_as_json(report))
        return 0
    print_result(report.words)
    for drift in report.nearest.drifts if report.nearest and not report.matches else ():
        print_result(
            "  " + " ".join(part for part in (drift.kind.label, drift.day, drift.title, drift.words) if part)
        )
    for problem in report.problems:
        print_result(f"  {problem}")
    return 0


def _read(name: str) -> bytes:
    path = Path(name).expanduser()
    try:
        if path.stat().st_size > LARGEST_FILE:
            raise InputError(f"{path.name} 太大，不像日历或校验码。", "没有核对。", "请换一个文件。")
        return path.read_bytes()
    except OSError as error:
        raise InputError(
            f"读不到文件 {path}：{error.strerror}。", "没有核对。", "请检查文件名和权限。"
        ) from error


def _drift_as_json(report: Any) -> dict[str, Any]:
    return {
        "what": report.what,
        "scope": report.scope,
        "matches": list(report.matches),
        "words": report.words,
        "comparisons": [
            {
                "label": comparison.label,
                "drifts": [
                    {"kind": drift.kind.value, "title": drift.title, "day": drift.day, "words": drift.words}
                    for drift in comparison.drifts
                ],
            }
            for comparison in report.comparisons
        ],
        "problems": list(report.problems),
    }
