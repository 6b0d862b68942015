"""任何一年：不动不该动的，不添冲突，每处缺口不是排上就是说明，再排没有新花样。"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from models.domain.events import Event, EventStatus
from models.domain.rules import Severity
from models.domain.snapshot import YearSnapshot
from planners.autoplan import planning
from planners.explain import Explanation
from planners.proposals import Proposal, Target
from planners.proposals_applied import apply_entries
from planners.results import CellState, YearCheck
from tests.factories import check
from tests.planners.autoplan.year.factories import planned
from tests.planners.autoplan.year.random_plans import plannable_years

TODAYS = st.sampled_from([date(2026, 11, 24), date(2027, 3, 31), date(2027, 6, 15), date(2027, 12, 30)])
OPEN_STATES = (CellState.GAP, CellState.AT_RISK)


def untouchable(snapshot: YearSnapshot, event: Event, today: date) -> bool:
    """Whether the planner must leave an event alone, however it is asked."""
    if event.pinned or event.status in (EventStatus.CONFIRMED, EventStatus.HELD, EventStatus.CANCELLED):
        return True
    stamp = snapshot.stamps.get(event.key)
    dated = event.status is EventStatus.PLANNED and event.day is not None
    return dated and (event.day <= today or bool(stamp and stamp.exported))  # type: ignore[operator]


def open_targets(proposal: Proposal) -> set[Target | None]:
    """The cells that the proposal leaves open or to a person."""
    left = {entry.target for entry in proposal.open}
    return left | {target for entry in proposal.entries if not entry.ticked for target in entry.targets}


def campaigns(rules: Iterable[str]) -> set[str]:
    """The campaigns of rules: demands for one 目标 are told together."""
    return {rule.partition(".")[0] for rule in rules}


def short_cells(checked: YearCheck) -> set[Target]:
    """The hard cells that lack an event and could still get one."""
    return {
        Target(cell.rule, cell.first, cell.last, cell.group)
        for cell in checked.cells
        if cell.severity is Severity.HARD and cell.shortfall and cell.state in OPEN_STATES
    }


@pytest.fixture(autouse=True, scope="module")
def _explanations_are_left_out() -> Iterator[None]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(planning, "explain_problem", lambda *_, **__: Explanation())
        yield


@settings(
    max_examples=15, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large]
)
@given(snapshot=plannable_years(), today=TODAYS, movable=st.booleans(), targets=st.booleans())
def test_a_plan_keeps_what_must_stay_adds_no_trouble_and_explains_the_rest(
    snapshot: YearSnapshot, today: date, movable: bool, targets: bool
) -> None:
    found = planned(snapshot, today, movable=movable, targets=targets, effort=500)
    for entry in found.entries:
        for change in entry.changes:
            assert not (isinstance(change.before, Event) and untouchable(snapshot, change.before, today))
        assert entry.event is None or (entry.event.day is not None and entry.event.day > today)
    after_year = apply_entries(snapshot, found.entries)
    before, after = check(snapshot, today), check(after_year, today)
    proposed = {entry.event.key for entry in found.entries if entry.event}
    assert [c for c in after.conflicts if proposed & set(c.events) and c not in before.conflicts] == []
    hard = {(f.situation, f.events, f.decision) for f in before.findings if f.severity is Severity.HARD}
    assert {
        (f.situation, f.events, f.decision) for f in after.findings if f.severity is Severity.HARD
    } <= hard
    assert short_cells(after) <= open_targets(found)
    again = planned(after_year, today, movable=movable, targets=targets, effort=500)
    fresh = {target.rule for entry in again.entries if entry.ticked for target in entry.targets}
    assert campaigns(fresh) <= campaigns(target.rule for target in open_targets(found) if target)
