"""政策文件：备案、阅办联动、解读方式、集成推送。"""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from models.domain.policies import PolicyDocument
from models.domain.rules import Severity
from planners.results import FindingState, YearCheck
from tests.factories import check, event, findings, year


def judged(today: str = "2026-02-25", **fields: Any) -> YearCheck:
    """A document of the district published on the make-up Saturday 2026-02-14."""
    policy = PolicyDocument(
        "y1",
        "惠企十条",
        **{"published_on": date(2026, 2, 14), "office_name": True, "online_service": True, **fields},
    )
    return check(year(number=2026, policies=(policy,)), date.fromisoformat(today))


@pytest.mark.parametrize("situation", ["policy_filing", "policy_linkage"])
@pytest.mark.parametrize(
    ("today", "state", "left"),
    [
        ("2026-02-24", FindingState.AT_RISK, 5),
        ("2026-02-28", FindingState.AT_RISK, 1),
        ("2026-03-01", FindingState.OVERDUE, 0),
    ],
)
def test_five_working_days_after_publication_run_across_the_spring_festival(
    situation: str, today: str, state: FindingState, left: int
) -> None:
    (finding,) = findings(judged(today), situation)
    assert (finding.due, finding.state, finding.workdays_left) == (date(2026, 2, 28), state, left)
    assert (finding.severity, finding.policy, finding.estimated) == (Severity.HARD, "y1", False)


def test_what_is_done_in_time_is_no_finding_and_what_is_late_stays_a_hint() -> None:
    in_time = judged(filed_on=date(2026, 2, 28), linked_on=date(2026, 2, 25))
    assert findings(in_time, "policy_filing") + findings(in_time, "policy_linkage") == []
    late = judged("2026-03-05", filed_on=date(2026, 3, 2), linked_on=date(2026, 3, 4))
    found = findings(late, "policy_filing_late") + findings(late, "policy_linkage_late")
    assert [(f.state, f.severity, f.actual) for f in found] == [
        (FindingState.HINT, Severity.HINT, 2),
        (FindingState.HINT, Severity.HINT, 4),
    ]


def test_only_documents_in_the_governments_name_are_filed_and_only_services_are_linked() -> None:
    other = judged(office_name=False, online_service=False)
    assert findings(other, "policy_filing") + findings(other, "policy_linkage") == []
    assert len(findings(judged(online_service=False), "policy_filing")) == 1


def test_three_distinct_forms_are_asked_and_a_lecture_on_the_document_is_one() -> None:
    two = {"published_on": date(2026, 2, 14), "forms": ("图解", "问答", "图解")}
    (finding,) = findings(judged(**two), "policy_forms")
    assert (finding.expected, finding.actual) == (3, 2)
    policy = PolicyDocument("y1", "惠企十条", **two)  # type: ignore[arg-type]
    lecture = event("lecture", "2026-03-05", policy="y1")
    snapshot = year(lecture, number=2026, policies=(policy,))
    assert findings(check(snapshot, date(2026, 2, 25)), "policy_forms") == []


def test_a_published_document_not_pushed_is_hinted_at() -> None:
    (finding,) = findings(judged(), "policy_integration")
    assert finding.state is FindingState.HINT
    assert findings(judged(integrated=True), "policy_integration") == []
    assert findings(judged("2026-02-13"), "policy_integration") == []


def test_a_document_without_a_day_of_publication_has_no_deadline() -> None:
    assert [f for f in judged(published_on=None).findings if f.policy == "y1"] == []
    assert [f for f in judged().findings if f.policy == "y1"] != []
