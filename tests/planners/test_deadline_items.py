"""时限条目：日子照工作日算，办了的标出，键不随日子变。"""

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
from models.domain.events import Campaign
from models.domain.policies import PolicyDocument
from models.domain.snapshot import YearSnapshot
from planners.deadline_items import deadline_items
from planners.results import DeadlineItem
from tests.factories import check, event, sample, year

TODAY = date(2027, 6, 15)


def items(snapshot: YearSnapshot, today: date = TODAY) -> dict[str, DeadlineItem]:
    """The deadlines of a year by key."""
    found = deadline_items(snapshot, check(snapshot, today))
    assert len({item.key for item in found}) == len(found)
    return {item.key: item for item in found}


def policy(published: str, **fields: Any) -> PolicyDocument:
    """A document in the district's name with a 一网通办 item."""
    return PolicyDocument(
        "y1",
        "若干措施",
        published_on=date.fromisoformat(published),
        office_name=True,
        online_service=True,
        **fields,
    )


@pytest.mark.parametrize(
    ("number", "published", "due"),
    [
        (2024, "2024-04-28", "2024-05-08"),
        (2024, "2024-09-27", "2024-10-10"),
        (2025, "2025-01-23", "2025-02-06"),
        (2026, "2026-02-14", "2026-02-28"),
    ],
)
def test_filing_and_linkage_are_due_five_working_days_after_publication(
    number: int, published: str, due: str
) -> None:
    found = items(year(number=number, policies=(policy(published),)), date(number, 3, 1))
    for rule, clause in (("policy.filing", "8"), ("policy.linkage", "16")):
        item = found[f"{rule}|y1"]
        assert (item.day.isoformat(), item.done, item.clause, item.estimated) == (due, False, clause, False)


def test_a_clock_in_a_year_without_a_notice_is_marked_estimated() -> None:
    found = items(year(policies=(policy("2027-06-08"),)))
    assert found["policy.filing|y1"].day == date(2027, 6, 16)
    assert found["policy.filing|y1"].estimated


def test_a_document_without_duty_has_no_filing_and_no_linkage_clock_and_none_is_published_none_at_all() -> (
    None
):
    plain = policy("2027-06-08")._replace(office_name=False, online_service=False)
    assert {key for key in items(year(policies=(plain,))) if key.startswith("policy")} == {"policy.forms|y1"}
    unpublished = policy("2027-06-08")._replace(published_on=None)
    assert not [key for key in items(year(policies=(unpublished,))) if key.startswith("policy")]


def test_what_is_done_stays_in_the_list_with_its_mark() -> None:
    done = policy("2027-06-01", filed_on=date(2027, 6, 3), linked_on=date(2027, 6, 4), forms=("图解", "问答"))
    lecture = event(Campaign.LECTURE, "2027-06-20", policy="y1")
    found = items(year(lecture, policies=(done,)))
    assert found["policy.filing|y1"].done
    assert found["policy.linkage|y1"].done
    assert found["policy.forms|y1"].done
    assert not items(year(policies=(done,)))["policy.forms|y1"].done


def attendance(meeting: str, **decision: Any) -> YearSnapshot:
    """One decision at a meeting of that day."""
    lists: dict[str, Any] = {name: decision.pop(name, ()) for name in ("invitations", "opinions")}
    return year(
        meetings=(Meeting("m1", "区政府常务会议", "第11次", datetime.fromisoformat(f"{meeting}T09:30")),),
        decisions=(Decision("d1", "停车办法", meeting="m1", unit="区司法局", **decision),),
        delegates=(Delegate("p1", "代表甲"),),
        **lists,
    )


def test_a_decision_has_its_selection_invitation_and_feedback_days_which_follow_the_meeting() -> None:
    found = items(attendance("2027-07-26"))
    keys = ("attendance.invited|d1|select", "attendance.invited|d1|invite", "attendance.feedback|d1")
    assert [found[key].day.isoformat() for key in keys] == ["2027-07-12", "2027-07-20", "2027-08-23"]
    assert {found[key].unit for key in keys} == {"区司法局"}
    moved = items(attendance("2027-07-27"))
    assert [moved[key].day.isoformat() for key in keys] == ["2027-07-13", "2027-07-21", "2027-08-24"]


def test_the_feedback_is_done_when_nothing_is_open_any_more() -> None:
    invited = Invitation("i1", "d1", "p1", date(2027, 4, 20), Attendance.PRESENT)
    opinion = Opinion("o1", "d1", "p1", "建议", Outcome.NOT_ADOPTED)
    told = invited._replace(told_on=date(2027, 5, 6))
    states = [
        (attendance("2027-04-26", invitations=(invited,)), False),
        (attendance("2027-04-26", invitations=(told,), opinions=(opinion,)), False),
        (attendance("2027-04-26", invitations=(told,), opinions=(opinion._replace(reply="暂无条件"),)), True),
    ]
    assert [items(snapshot)["attendance.feedback|d1"].done for snapshot, _ in states] == [
        done for _, done in states
    ]


def test_a_meeting_that_is_not_fixed_has_to_be_and_an_opinion_has_its_unit_s_clock_over_the_holidays_of_may() -> (
    None
):
    opinion = Opinion("o1", "d1", "p1", "建议", unit="区教育局", referred_on=date(2027, 4, 27))
    invited = Invitation("i1", "d1", "p1", date(2027, 4, 20), Attendance.PRESENT)
    snapshot = attendance("2027-04-26", invitations=(invited,), opinions=(opinion,))
    item = items(snapshot)["attendance.feedback|d1|opinion|o1"]
    assert (item.day.isoformat(), item.done, item.unit) == ("2027-05-11", False, "区教育局")
    tentative = year(
        meetings=(Meeting("m1", "区政府常务会议", "第20次", datetime(2027, 7, 26, 9), tentative=True),),
        decisions=(Decision("d1", "停车办法", meeting="m1"),),
    )
    scheduling = items(tentative)["attendance.invited|d1|schedule"]
    assert (scheduling.day, scheduling.done) == (date(2027, 6, 26), False)
    assert scheduling.note.endswith("（暂定）")


def test_exempted_decisions_those_of_a_town_and_those_without_a_day_have_no_clock() -> None:
    for fields in ({"exemption": "涉密"}, {"body": DecisionBody.TOWN}):
        assert not [key for key in items(attendance("2027-07-26", **fields)) if key.startswith("attendance")]
    snapshot = year(decisions=(Decision("d1", "停车办法"),))
    assert not [key for key in items(snapshot) if key.startswith("attendance")]


def test_the_closing_day_of_a_registration_is_a_deadline() -> None:
    found = items(attendance("2027-07-26", closes_on=date(2027, 7, 5)))
    assert found["attendance.invited|d1|signup"].day == date(2027, 7, 5)


@pytest.mark.parametrize(
    ("key", "day"), [("year.evaluation", "2025-03-31"), ("year.breakdown", "2024-05-28")]
)
def test_milestones_of_the_document_s_own_year(key: str, day: str) -> None:
    item = items(year(number=2024), date(2024, 5, 1))[key]
    assert (item.day.isoformat(), item.done) == (day, False)


def test_a_milestone_takes_the_office_s_own_day_and_is_done_when_ticked() -> None:
    settings = {"due:year.training": "2027-09-10", "done:year.training": "2027-09-08"}
    item = items(year(settings=settings))["year.training.general"]
    assert (item.day.isoformat(), item.done, item.note) == ("2027-09-10", True, "自定期限；2027-09-08 完成")
    assert "year.breakdown" not in items(year())


def test_notice_of_the_open_month_and_plans_of_the_themes_appear_when_the_year_has_their_days() -> None:
    settings = {"due:open_month.notice": "2027-07-20", "due:park.plan.3": "2027-06-25"}
    found = items(year(settings=settings, themes=("一", "二", None, None)))
    assert (found["open_month.notice"].day.isoformat(), found["open_month.notice"].clause) == (
        "2027-07-20",
        "22",
    )
    assert (found["park.plan|3"].done, found["park.plan|3"].note) == (False, "自定期限；主题未定")


def test_items_come_by_day_and_open_ones_agree_with_the_findings_that_have_a_day() -> None:
    snapshot = sample()
    checked = check(snapshot)
    found = deadline_items(snapshot, checked)
    assert list(found) == sorted(found, key=lambda item: item.day)
    open_days = {(item.rule, item.day) for item in found if not item.done}
    due = {(f.rule, f.due) for f in checked.findings if f.due and not f.events}
    assert due
    assert due <= open_days
