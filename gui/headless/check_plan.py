"""check：按规则检查一年的计划。"""

from __future__ import annotations

from gui.headless.arguments import Request
from gui.headless.check_json import check_as_json
from gui.headless.check_report import check_as_text
from gui.headless.checking import check_of
from gui.headless.opening import open_for_reading
from gui.headless.terminal import print_json, print_result
from models.domain.rules import Severity
from models.queries import year_snapshot
from planners.masked import shown
from planners.results import FindingState, YearCheck

_PRESSING = frozenset({FindingState.OVERDUE, FindingState.AT_RISK})


def run(request: Request) -> int:
    """The report is the result; 1 where a hard rule is overdue, at risk or short, else 0."""
    assert request.year is not None
    with open_for_reading(request) as store:
        snapshot = year_snapshot(store, request.year)
    snapshot, check, _ = shown(snapshot, check_of(snapshot, request.today))
    if request.json:
        print_json(check_as_json(check, snapshot))
    else:
        print_result(check_as_text(check, snapshot))
    return 1 if misses_a_hard_rule(check) else 0


def misses_a_hard_rule(check: YearCheck) -> bool:
    """Whether a hard cell is 逾期, 有风险 or 待补, or a hard rule is missed elsewhere.

    Elsewhere: overdue, at risk, or at an event. What is merely to be done later in the year does not count.
    """
    counted = check.summary
    if counted.overdue or counted.at_risk or counted.gap:
        return True
    return any(
        finding.severity is Severity.HARD and (finding.state in _PRESSING or finding.events)
        for finding in check.findings
    )
