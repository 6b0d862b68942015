"""规则的各种读法：每街镇、每部门、每学段分对象、主题与走进，缺什么就排什么。"""

from __future__ import annotations

from datetime import date

import pytest

from models.domain.events import Campaign
from models.domain.snapshot import YearSnapshot
from tests.factories import check, year
from tests.planners.autoplan.year.factories import (
    NOVEMBER,
    UNITS,
    accepted,
    hard_short,
    in_campaign,
    open_for,
    planned,
)


def reading(**settings: object) -> YearSnapshot:
    """A year without events under another reading."""
    return year(units=UNITS, settings=settings)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("setting", "value", "campaign", "number"),
    [
        ("lecture.minimum", 2, Campaign.LECTURE, 24),
        ("park.minimum", 0, Campaign.PARK, 0),
        ("community.group", "town", Campaign.COMMUNITY, 33),
        ("community.group", "unit", Campaign.COMMUNITY, 88),
        ("campus.group", "none", Campaign.CAMPUS, 4),
        ("campus.group", "stage_audience", Campaign.CAMPUS, 24),
    ],
)
def test_every_reading_of_the_rules_can_be_filled(
    setting: str, value: object, campaign: Campaign, number: int
) -> None:
    snapshot = reading(**{setting: value, "week_limit": 20})
    found = planned(snapshot, NOVEMBER, targets=False, campaigns=(campaign,))
    assert len(in_campaign(found, campaign)) == number
    after = check(accepted(snapshot, found), NOVEMBER)
    assert [rule for rule, _, _ in hard_short(after) if rule.startswith(campaign.value)] == []
    assert after.conflicts == ()


def test_stages_take_turns_where_the_rule_asks_for_none() -> None:
    found = planned(
        reading(**{"campus.group": "none"}), NOVEMBER, targets=False, campaigns=(Campaign.CAMPUS,)
    )
    stages = [entry.event.stages[0].label for entry in in_campaign(found, Campaign.CAMPUS) if entry.event]
    assert set(stages) == {"小学", "初中", "高中"}


def test_a_theme_that_a_year_with_themes_of_its_own_lacks_is_left_to_a_person() -> None:
    snapshot = year(units=UNITS, themes=("一", "二", "三", None))
    found = planned(snapshot, NOVEMBER, targets=False, campaigns=(Campaign.PARK,))
    assert [entry.ticked for entry in found.entries] == [True, True, True, False]
    assert open_for(found, "走进园区 · 四季度").for_person


def test_a_year_without_units_still_gets_its_events() -> None:
    found = planned(year(units=(), venues=()), NOVEMBER, targets=False)
    assert {entry.campaign for entry in found.entries} >= {
        Campaign.LECTURE,
        Campaign.COMMUNITY,
        Campaign.CAMPUS,
    }
    assert all(entry.event.units == () for entry in found.entries if entry.event)


def test_a_year_that_is_over_is_only_explained() -> None:
    found = planned(year(units=UNITS), date(2028, 1, 10), targets=False)
    assert found.entries == ()
    assert {entry.cause.value for entry in found.open} == {"past"}
    assert found.cost is None
