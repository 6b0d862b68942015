"""plan：排一年，只提建议；--apply 才采纳勾选的各项，作为可撤销的一步。"""

from __future__ import annotations

import time
from collections.abc import Callable
from datetime import date

from gui.headless.arguments import Request
from gui.headless.opening import open_for_reading, open_for_writing
from gui.headless.plan_report import proposal_as_json, proposal_as_text
from gui.headless.terminal import print_json, print_result, tell
from models.commands import apply_changes
from models.domain.masking import masks_of
from models.domain.rules import RuleSet, Severity
from models.domain.snapshot import YearSnapshot
from models.queries import year_snapshot, years_before
from models.rulesets import ruleset_for
from models.store import Store
from planners.autoplan.planning import plan_year
from planners.checks import check_year
from planners.history import YEARS_BACK, history_of
from planners.proposals import Cause, Conditions, Proposal, Target
from planners.proposals_applied import apply_entries, entries_changes


def run(request: Request) -> int:
    """The proposal is the result; 1 where a hard rule still lacks what could not be placed, else 0."""
    assert request.year is not None
    with open_for_writing(request) if request.apply else open_for_reading(request) as store:
        snapshot = year_snapshot(store, request.year)
        row = snapshot.year_row
        ruleset = ruleset_for(row.year, row.ruleset, dict(row.settings))
        proposal = _planned(request, store, snapshot, ruleset)
        applied = _applied(store, snapshot, proposal) if request.apply else None
    masks = masks_of(snapshot)
    if request.json:
        print_json(proposal_as_json(masks.whole(proposal), masks.year(snapshot), applied))
    else:
        print_result(proposal_as_text(masks.whole(proposal), masks.year(snapshot)))
    _say_what_was_done(proposal, applied)
    return 1 if leaves_hard_rule_short(snapshot, proposal, ruleset) else 0


def leaves_hard_rule_short(snapshot: YearSnapshot, proposal: Proposal, ruleset: RuleSet) -> bool:
    """Whether a hard rule lacks an event that found no place; what is past or a person's part does not count."""
    left = {entry.target for entry in proposal.open if entry.cause is not Cause.PAST and not entry.for_person}
    after = check_year(apply_entries(snapshot, proposal.entries), proposal.today, ruleset)
    return any(
        cell.severity is Severity.HARD
        and cell.shortfall
        and Target(cell.rule, cell.first, cell.last, cell.group) in left
        for cell in after.cells
    )


def _planned(request: Request, store: Store, snapshot: YearSnapshot, ruleset: RuleSet) -> Proposal:
    conditions = Conditions(
        first=request.first,
        movable=request.moves is not None,
        max_moves=request.moves,
        seed=request.seed,
        effort=request.effort,
        history=history_of(years_before(store, snapshot.year, YEARS_BACK)),
    )
    return plan_year(
        snapshot, request.today or date.today(), ruleset, conditions, stop=_until(request.seconds)
    )


def _until(seconds: float | None) -> Callable[[], bool] | None:
    """True from ``seconds`` after now on; None: never."""
    if seconds is None:
        return None
    end = time.monotonic() + seconds
    return lambda: time.monotonic() >= end


def _applied(store: Store, snapshot: YearSnapshot, proposal: Proposal) -> int:
    """How many ticked entries have been carried out, as one step."""
    ticked = [entry for entry in proposal.entries if entry.ticked]
    if ticked:
        title = f"采纳排期建议 {len(ticked)} 项"
        apply_changes(store, snapshot.year, title, entries_changes(snapshot, ticked))
    return len(ticked)


def _say_what_was_done(proposal: Proposal, applied: int | None) -> None:
    if not proposal.entries:
        tell("没有可提的建议，没有改动。")
    elif applied is None:
        tell("以上只是建议，什么都没改；加上 --apply 才采纳勾选的各项。")
    elif applied:
        tell(f"已采纳勾选的 {applied} 项，可以撤销。")
    else:
        tell("没有勾选的项，没有改动。")
