"""年度节点：企划、任务分解、评选、培训、目录、考核公布、常态化。"""

from __future__ import annotations

from datetime import date

from models.domain.year import Setting
from planners.results import Finding, FindingState
from tests.factories import check, event, findings, year


def milestone(
    code: str, today: str, number: int = 2027, settings: dict[str, Setting] | None = None
) -> list[Finding]:
    checked = check(year(number=number, settings=settings), date.fromisoformat(today))
    return [finding for finding in checked.findings if finding.rule == code]


def test_the_milestone_of_the_live_plan_is_open_then_a_hint_and_gone_when_done() -> None:
    (early,) = milestone("lecture.plan", "2027-01-04")
    assert (early.due, early.state) == (date(2027, 1, 31), FindingState.OPEN)
    (late,) = milestone("lecture.plan", "2027-02-01")
    assert (late.situation, late.state) == ("milestone", FindingState.HINT)
    assert milestone("lecture.plan", "2027-02-01", settings={"done:lecture.plan": "2027-01-20"}) == []


def test_the_office_may_set_a_day_of_its_own_and_a_day_that_is_none_is_ignored() -> None:
    (own,) = milestone("year.cases.selection", "2027-06-15", settings={"due:year.cases": "2027-11-30"})
    assert own.due == date(2027, 11, 30)
    (wrong,) = milestone("year.cases.selection", "2027-06-15", settings={"due:year.cases": "年底"})
    assert wrong.due == date(2027, 12, 31)


def test_the_breakdown_is_due_thirty_days_after_issue_in_the_documents_own_year() -> None:
    (finding,) = milestone("year.breakdown", "2024-05-20", 2024)
    assert (finding.situation, finding.due, finding.workdays_left, finding.state) == (
        "days_after_issue",
        date(2024, 5, 28),
        7,
        FindingState.OPEN,
    )
    (late,) = milestone("year.breakdown", "2024-05-29", 2024)
    assert late.state is FindingState.OVERDUE


def test_a_carried_over_document_has_no_day_of_issue_until_the_office_sets_one() -> None:
    assert milestone("year.breakdown", "2027-06-15") == []
    (own,) = milestone("year.breakdown", "2027-06-15", settings={"due:year.breakdown": "2027-06-30"})
    assert own.due == date(2027, 6, 30)


def test_the_evaluation_is_published_by_the_end_of_march_of_the_next_year() -> None:
    (finding,) = milestone("year.evaluation", "2027-06-15")
    assert (finding.situation, finding.due, finding.state) == (
        "next_first_quarter",
        date(2028, 3, 31),
        FindingState.OPEN,
    )
    (late,) = milestone("year.evaluation", "2028-04-01")
    assert late.state is FindingState.OVERDUE


def test_open_days_in_august_only_are_hinted_at_as_regular_opening() -> None:
    august = event("open_month", "2027-08-03")
    (finding,) = findings(check(year(august)), "regular_opening")
    assert (finding.actual, finding.state) == (1, FindingState.HINT)
    assert findings(check(year(august, event("open_month", "2027-05-03"))), "regular_opening") == []
    assert findings(check(year()), "regular_opening") == []
