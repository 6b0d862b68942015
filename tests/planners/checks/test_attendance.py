"""列席与听取意见：邀请、反馈、公开、听取。"""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

import pytest

from models.domain.attendance import (
    Attendance,
    Decision,
    DecisionBody,
    Delegate,
    Invitation,
    Meeting,
    Opinion,
    Outcome,
)
from models.domain.rules import Severity
from planners.results import Finding, FindingState, YearCheck
from tests.factories import TODAY, check, findings, year


def judged(
    meeting_day: str | None = "2027-04-26",
    today: date = TODAY,
    settings: dict[str, Any] | None = None,
    invitations: tuple[Invitation, ...] = (),
    opinions: tuple[Opinion, ...] = (),
    reserve: bool = False,
    **decision: Any,
) -> YearCheck:
    """A decision of the district at a meeting of ``meeting_day`` (None: not set), checked."""
    starts = datetime.fromisoformat(f"{meeting_day}T09:30") if meeting_day else None
    snapshot = year(
        settings=settings,
        meetings=(Meeting("m1", "区政府常务会议", "第11次", starts),),
        decisions=(Decision("d1", "学校布局", meeting="m1", **decision),),
        delegates=(Delegate("p1", "代表甲", reserve=reserve),),
        invitations=invitations,
        opinions=opinions,
    )
    return check(snapshot, today)


INVITED = Invitation("i1", "d1", "p1", date(2027, 4, 20), Attendance.PRESENT)
TOLD = INVITED._replace(told_on=date(2027, 5, 10))
OPINION = Opinion("o1", "d1", "p1", "建议")
ADOPTED = OPINION._replace(outcome=Outcome.ADOPTED, reply="已吸收")


@pytest.mark.parametrize(
    ("meeting", "today", "state", "due"),
    [
        ("2027-07-26", "2027-06-15", FindingState.OPEN, date(2027, 7, 20)),
        ("2027-06-24", "2027-06-15", FindingState.AT_RISK, date(2027, 6, 18)),
        ("2027-06-18", "2027-06-15", FindingState.AT_RISK, date(2027, 6, 12)),
        ("2027-06-14", "2027-06-15", FindingState.OVERDUE, date(2027, 6, 8)),
        (None, "2027-06-15", FindingState.OPEN, None),
    ],
)
def test_a_decision_without_a_delegate_is_due_six_days_before_its_meeting(
    meeting: str | None, today: str, state: FindingState, due: date | None
) -> None:
    (finding,) = findings(judged(meeting, date.fromisoformat(today)), "not_invited")
    assert (finding.state, finding.due, finding.severity) == (state, due, Severity.HARD)
    assert (finding.decision, finding.meeting, finding.clause) == ("d1", "m1", "20")


def test_the_clock_of_the_invitation_is_a_setting() -> None:
    (finding,) = findings(judged("2027-07-26", settings={"attendance.invite_days": 10}), "not_invited")
    assert finding.due == date(2027, 7, 16)


def test_an_invited_delegate_or_a_written_reason_satisfies_the_rule() -> None:
    assert findings(judged(invitations=(INVITED,)), "not_invited") == []
    assert findings(judged(exemption="涉密"), "not_invited") == []
    assert len(findings(judged(), "not_invited")) == 1


@pytest.mark.parametrize("reserve", [False, True])
def test_who_is_only_on_the_list_of_candidates_was_not_invited(reserve: bool) -> None:
    listed = Invitation("i1", "d1", "p1")
    (finding,) = findings(judged("2027-07-26", invitations=(listed,), reserve=reserve), "not_invited")
    assert (finding.state, finding.actual) == (FindingState.OPEN, 1)
    (finding,) = findings(judged(invitations=(listed,), reserve=reserve), "not_invited")
    assert finding.state is FindingState.OVERDUE
    assert findings(judged(invitations=(listed._replace(invited_on=date(2027, 4, 20)),)), "not_invited") == []
    came = listed._replace(attendance=Attendance.PRESENT)
    assert findings(judged(invitations=(came,)), "not_invited") == []


def test_a_special_case_that_nobody_approved_is_hinted_at() -> None:
    (finding,) = findings(judged(exemption="涉密"), "not_approved")
    assert finding == Finding(
        "attendance.invited",
        "20",
        Severity.HINT,
        "not_approved",
        FindingState.HINT,
        decision="d1",
        meeting="m1",
    )
    assert findings(judged(exemption="涉密", exempted_by="区司法局"), "not_approved") == []
    assert findings(judged(exemption="应急", body=DecisionBody.TOWN), "not_approved") == []


def test_feedback_after_the_office_s_own_twenty_working_days_is_waiting_and_never_overdue() -> None:
    (finding,) = findings(judged(invitations=(INVITED,), opinions=(OPINION,)), "no_feedback")
    assert finding == Finding(
        "attendance.feedback",
        "20",
        Severity.HARD,
        "no_feedback",
        FindingState.OPEN,
        decision="d1",
        meeting="m1",
        missing=("1 条意见未写明采纳情况", "1 名代表未反馈"),
        actual=50,
        due=date(2027, 5, 24),
        workdays_left=0,
        estimated=True,
        own=True,
    )


@pytest.mark.parametrize("today", ["2027-04-27", "2027-05-19", "2027-05-24", "2027-05-25"])
def test_an_own_day_that_comes_near_makes_nothing_urgent(today: str) -> None:
    checked = judged(today=date.fromisoformat(today), invitations=(INVITED,))
    assert [f.state for f in findings(checked, "no_feedback")] == [FindingState.OPEN]


def test_no_case_closes_with_an_opinion_that_lacks_its_outcome() -> None:
    (finding,) = findings(judged(invitations=(TOLD,), opinions=(OPINION,)), "no_feedback")
    assert finding.missing == ("1 条意见未写明采纳情况", "1 名代表未反馈")  # told before there was an outcome
    assert findings(judged(invitations=(TOLD,), opinions=(ADOPTED,)), "no_feedback") == []


@pytest.mark.parametrize(("decided", "missing"), [(9, ()), (10, ()), (11, ("1 名代表未反馈",))])
def test_a_feedback_before_the_outcome_is_none(decided: int, missing: tuple[str, ...]) -> None:
    late = ADOPTED._replace(decided_on=date(2027, 5, decided))
    found = findings(judged(invitations=(TOLD,), opinions=(late,)), "no_feedback")
    assert [finding.missing for finding in found] == ([missing] if missing else [])


def test_an_absent_delegate_need_not_be_told() -> None:
    absent = INVITED._replace(attendance=Attendance.ABSENT)
    assert findings(judged(invitations=(absent,)), "no_feedback") == []


def test_nothing_is_due_to_delegates_before_the_meeting_is_over() -> None:
    assert findings(judged("2027-06-15", invitations=(INVITED,)), "no_feedback") == []
    assert len(findings(judged("2027-06-14", invitations=(INVITED,)), "no_feedback")) == 1


def test_a_meeting_that_is_over_and_not_published_is_hinted_at() -> None:
    (finding,) = findings(judged(invitations=(TOLD,)), "not_published")
    assert (finding.state, finding.decision) == (FindingState.HINT, "d1")
    assert findings(judged(published_on=date(2027, 5, 1)), "not_published") == []
    assert findings(judged("2027-06-20"), "not_published") == []


def test_a_decision_of_a_town_asks_for_a_form_of_hearing_instead_of_delegates() -> None:
    checked = judged(body=DecisionBody.TOWN, unit="顾村镇")
    (finding,) = findings(checked, "not_heard")
    assert (finding.state, finding.missing) == (FindingState.HINT, ("网上征集", "交流座谈", "问卷调查"))
    assert findings(checked, "not_invited") == []
    assert findings(judged(body=DecisionBody.PARK, hearing_forms=("交流座谈",)), "not_heard") == []
    assert findings(judged(body=DecisionBody.PARK, exemption="应急"), "not_heard") == []
