"""空白的一年：采纳之后刚性格全部排上，目标达到，街镇全覆盖，再排没有新建议。"""

from __future__ import annotations

from datetime import timedelta
from itertools import pairwise

from models.domain.events import Campaign
from models.domain.workdays import workdays_of
from models.reference import blank_year
from planners.proposals import ReasonKind, Way
from tests.factories import check
from tests.planners.autoplan.year.factories import (
    NOVEMBER,
    accepted,
    blank_plan,
    filled_year,
    hard_short,
    in_campaign,
    planned,
    words_of,
)


def test_no_hard_cell_stays_short_and_every_target_is_met() -> None:
    checked = check(filled_year(), NOVEMBER)
    assert hard_short(checked) == []
    assert checked.summary.planned == 40
    assert [c.rule for c in checked.cells if c.target and c.forecast < c.target] == []
    assert [c.group for c in checked.cells if c.shortfall and c.state != "exempt"] == []


def test_all_twelve_towns_are_visited() -> None:
    visited = {
        town for event in filled_year().events if event.campaign == "community" for town in event.towns
    }
    assert len(visited) == 12


def test_nothing_conflicts_and_no_hint_about_an_event_is_left() -> None:
    checked = check(filled_year(), NOVEMBER)
    assert checked.conflicts == ()
    assert [finding.situation for finding in checked.findings if finding.events] == []
    assert "regular_opening" not in [finding.situation for finding in checked.findings]


def test_nothing_is_on_a_rest_day_and_every_entry_is_marked_as_an_estimate() -> None:
    workdays = workdays_of(blank_year(2027))
    events = [entry for entry in blank_plan().entries if entry.event]
    assert all(entry.event and workdays.is_workday(entry.event.starts_at.date()) for entry in events)  # type: ignore[union-attr]
    assert all(entry.estimated and words_of(entry, ReasonKind.ESTIMATE) for entry in events)


def test_school_visits_keep_out_of_the_school_breaks() -> None:
    months = {
        entry.event.starts_at.month for entry in in_campaign(blank_plan(), Campaign.CAMPUS) if entry.event
    }  # type: ignore[union-attr]
    assert months.isdisjoint({2, 7, 8})


def test_the_themes_are_suggested_from_the_clause_as_an_entry_of_their_own() -> None:
    first = blank_plan().entries[0]
    assert (first.way, first.label, first.ticked, first.event) == (Way.NEW, "走进园区 · 季度主题", True, None)
    assert filled_year().year_row.quarter_themes == ("营商环境", "惠企利企", "人才服务", "税费缴纳")
    parks = in_campaign(blank_plan(), Campaign.PARK)
    assert [entry.event.theme for entry in parks if entry.event] == list(
        filled_year().year_row.quarter_themes
    )
    assert all(entry.ticked for entry in parks)


def test_lectures_are_balanced_over_the_classes_and_two_weeks_apart_at_least_one_week() -> None:
    lectures = [entry.event for entry in in_campaign(blank_plan(), Campaign.LECTURE) if entry.event]
    classes = [event.theme_class for event in lectures]
    assert [classes.count(name) for name in ("营商环境类", "产业发展类", "民生保障类")] == [8, 8, 8]
    days = sorted(event.starts_at.date() for event in lectures if event.starts_at)
    assert all(later - day >= timedelta(days=7) for day, later in pairwise(days))
    assert all(len(event.platforms) >= 2 and event.venue == "v1" for event in lectures)


def test_a_second_plan_proposes_nothing() -> None:
    again = planned(filled_year(), NOVEMBER)
    assert again.entries == ()
    assert accepted(filled_year(), again) == filled_year()


def test_the_same_facts_give_the_same_proposal() -> None:
    one, other = (planned(blank_year(2027), NOVEMBER, targets=False) for _ in range(2))
    assert one == other
