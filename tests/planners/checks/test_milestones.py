"""年度节点：企划、任务分解、评选、培训、目录、考核公布、常态化。"""

from __future__ import annotations

from datetime import date

from models.added_rules import rule_text
from models.domain.events import Campaign, Event
from models.domain.policies import PolicyDocument
from models.domain.rules import OWN_CLAUSE, Origin, Parameter, Rule, RuleKind, Severity
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


def test_a_deadline_follows_each_thing_whose_day_is_known() -> None:
    def asked(after: str, campaigns: tuple[Campaign, ...], *events: Event, today: date) -> list[Finding]:
        parameters = (Parameter("workdays", 5, Origin.OFFICE), Parameter("after", after, Origin.OFFICE))
        rule = Rule(
            "added.1", OWN_CLAUSE, "回放上线", "", RuleKind.MILESTONE, "workdays_after", Severity.HARD, campaigns,
            parameters=parameters, valid_from=date(2027, 3, 1),
        )  # fmt: skip
        policies = (
            PolicyDocument("y1", "惠企十条", published_on=date(2027, 4, 28)),
            PolicyDocument("y2", "未发布"),
        )
        made = year(*events, settings={"rule:added.1": rule_text(rule)}, policies=policies)
        return findings(check(made, today), "workdays_after")

    lectures = (
        event(day="2027-02-26", key="before"),
        event(day="2027-03-10", key="held", status="held"),
        event(day="2027-04-07", key="to come"),
        event(day="2027-03-10", key="other", campaign="park"),
    )
    (late,) = asked("活动举办", (Campaign.LECTURE,), *lectures, today=date(2027, 3, 20))
    assert (late.part, late.due, late.state) == ("held", date(2027, 3, 17), FindingState.OVERDUE)
    (paper,) = asked("政策文件发布", (), today=date(2027, 4, 30))
    assert (paper.group, paper.state) == ("惠企十条", FindingState.AT_RISK)
    assert asked("要点印发", (), today=date(2027, 4, 30)) == []
