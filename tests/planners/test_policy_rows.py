"""政策文件与年度节点的行：四项各走到哪里，到哪天。"""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from models.domain.events import Campaign
from models.domain.policies import PolicyDocument
from models.domain.snapshot import YearSnapshot
from planners.agenda import agenda
from planners.milestone_rows import MilestoneRow, milestone_rows
from planners.policy_rows import ClockState, PolicyRow, policy_rows
from planners.results import AgendaGroup
from tests.factories import check, event, findings, year


def row(today: date, *events: Any, published: str | None = "2024-04-28", **fields: Any) -> PolicyRow:
    """The row of one document of 2024."""
    day = date.fromisoformat(published) if published else None
    policy = PolicyDocument("y1", "若干措施", **({"published_on": day, "office_name": True} | fields))
    snapshot = year(*events, number=2024, policies=(policy,))
    (found,) = policy_rows(snapshot, check(snapshot, today))
    return found


@pytest.mark.parametrize(
    ("today", "filed", "state", "words"),
    [
        ("2024-04-28", None, ClockState.SOON, "5月8日前，剩 6 个工作日"),
        ("2024-05-08", None, ClockState.SOON, "5月8日前，剩 1 个工作日"),
        ("2024-05-09", None, ClockState.OVERDUE, "5月8日到期，已过 1 天"),
        ("2024-06-01", "2024-05-08", ClockState.DONE, "5月8日备案"),
        ("2024-06-01", "2024-05-10", ClockState.LATE, "5月10日备案，迟 2 天"),
    ],
)
def test_the_filing_clock_over_the_holidays_of_may(
    today: str, filed: str | None, state: ClockState, words: str
) -> None:
    found = row(
        date.fromisoformat(today),
        filed_on=date.fromisoformat(filed) if filed else None,
        materials=("草案解读", "精细化解读"),
    ).filing
    if today == "2024-04-28":  # the day of publication itself is a make-up day and counts among those left
        assert found.due == date(2024, 5, 8)
        assert found.state in (ClockState.OPEN, ClockState.SOON)
    else:
        assert (found.state, found.words) == (state, words)


def test_what_a_document_need_not_do_is_not_asked_and_an_unpublished_one_waits() -> None:
    found = row(date(2024, 5, 6), office_name=False, online_service=True)
    assert (found.filing.state, found.linkage.state) == (ClockState.NONE, ClockState.SOON)
    waiting = row(date(2024, 5, 6), published=None)
    assert {clock.words for clock in waiting.clocks} == {"未发布", "—", "0/3"}
    assert waiting.next_due is None


def test_a_lecture_is_one_form_and_two_more_are_enough() -> None:
    lecture = event(Campaign.LECTURE, "2024-06-05", policy="y1", key="L1")
    found = row(date(2024, 5, 6), lecture, forms=("图文解读", "问答解读"))
    assert (found.forms.state, found.forms.words, found.lectures) == (ClockState.DONE, "3/3", ("L1",))
    assert row(date(2024, 5, 6), forms=("图文解读",)).forms.words.startswith("1/3 · 7月")


def test_papers_that_were_not_filed_are_a_hint_the_third_may_stay_open() -> None:
    def hints(*materials: str) -> list[tuple[str, ...]]:
        policy = PolicyDocument(
            "y1",
            "措施",
            published_on=date(2027, 6, 1),
            office_name=True,
            filed_on=date(2027, 6, 3),
            materials=materials,
        )
        return [f.missing for f in findings(check(year(policies=(policy,))), "policy_materials")]

    assert hints() == [("草案解读", "精细化解读")]
    assert hints("草案解读") == [("精细化解读",)]
    assert hints("草案解读", "精细化解读") == []


# the agenda


def titles(snapshot: YearSnapshot, today: date) -> list[tuple[AgendaGroup, str, str]]:
    return [(e.group, e.title, e.deadline) for e in agenda(check(snapshot, today), snapshot) if e.finding]


def test_papers_decisions_and_milestones_stand_in_the_agenda_with_their_day() -> None:
    policy = PolicyDocument("y1", "措施", published_on=date(2024, 4, 28), office_name=True)
    snapshot = year(number=2024, policies=(policy,), settings={"due:year.training": "2024-05-20"})
    found = titles(snapshot, date(2024, 5, 6))
    assert (AgendaGroup.AT_RISK, "解读材料备案 · 措施", "5月8日前，剩 3 个工作日") in found
    assert (AgendaGroup.DUE, "通识培训", "5月20日前，剩 12 个工作日（自定）") in found
    assert (AgendaGroup.DUE, "任务分解报送", "5月28日前，剩 18 个工作日") in found
    assert (AgendaGroup.DUE, "集成推送 · 措施", "发布后即应推送") in found
    said = {e.title: e.line for e in agenda(check(snapshot, date(2024, 5, 6)), snapshot) if e.finding}
    assert (said["解读材料备案 · 措施"], said["通识培训"]) == ("材料未备案", "未办 · 5月20日前")


def test_what_is_far_away_is_not_in_the_agenda_yet() -> None:
    assert not [
        title for _, title, _ in titles(year(number=2024), date(2024, 3, 1)) if title == "任务分解报送"
    ]


# milestones


def milestones(snapshot: YearSnapshot, today: date) -> dict[str, MilestoneRow]:
    return {found.code: found for found in milestone_rows(snapshot, check(snapshot, today))}


def test_milestones_have_the_rule_s_day_or_the_office_s_own() -> None:
    found = milestones(year(number=2024, settings={"due:year.cases": "2024-10-10"}), date(2024, 5, 6))
    breakdown, cases = found["year.breakdown"], found["year.cases.selection"]
    assert (breakdown.due, breakdown.usual, breakdown.left) == (date(2024, 5, 28), date(2024, 5, 28), 18)
    assert (cases.due, cases.usual) == (date(2024, 10, 10), None)
    assert found["year.evaluation"].due == date(2025, 3, 31)


def test_a_milestone_done_late_says_so_and_one_of_a_carried_over_document_has_no_day() -> None:
    settings = {"due:year.cases": "2027-05-10", "done:year.cases": "2027-05-12"}
    found = milestones(year(settings=settings), date(2027, 6, 15))
    assert found["year.cases.selection"].state is ClockState.LATE
    assert (found["year.breakdown"].due, found["year.breakdown"].state) == (None, ClockState.NONE)


def test_plans_of_themes_are_done_when_the_theme_stands() -> None:
    found = milestones(
        year(themes=("惠企", None, None, None), settings={"due:park.plan.3": "2027-06-18"}), date(2027, 6, 15)
    )
    assert found["park.plan.1"].state is ClockState.DONE
    assert (found["park.plan.3"].state, found["park.plan.2"].state) == (ClockState.SOON, ClockState.NONE)
