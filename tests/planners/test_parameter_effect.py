"""改参数的影响：哪些周期变为未满足，逐个说出；没有影响也说。"""

from __future__ import annotations

from datetime import date

from models.domain.events import Campaign, EventStatus
from models.domain.policies import PolicyDocument
from models.domain.year import Setting
from planners.parameter_effect import (
    ParameterEffect,
    effect_headline,
    effect_lines,
    parameter_effect,
    with_settings,
)
from tests.factories import check, event, sample, year


def effect_of(snapshot: object, **values: Setting) -> tuple[ParameterEffect, tuple[str, ...]]:
    chosen = {name.replace("__", "."): value for name, value in values.items()}
    after_year = with_settings(snapshot, chosen)  # type: ignore[arg-type]
    after = check(after_year)
    effect = parameter_effect(check(snapshot), after)  # type: ignore[arg-type]
    return effect, effect_lines(effect, after, after_year)


def test_a_higher_minimum_takes_met_periods_away() -> None:
    held = [event(day=f"2027-0{month}-10", status=EventStatus.HELD) for month in (1, 2)]
    planned = event(day="2027-09-08")
    effect, lines = effect_of(year(*held, planned), lecture__minimum=2)
    assert effect_headline(effect) == "将使 2 个已满足周期变为未满足；1 个已排周期变为未满足"
    assert lines == (
        "公开讲堂 · 1月：将为 1/2（逾期）",
        "公开讲堂 · 2月：将为 1/2（逾期）",
        "公开讲堂 · 9月：将为 1/2（待补）",
    )
    assert effect.is_bad


def test_a_shorter_warning_calms_a_period() -> None:
    effect, lines = effect_of(sample(), lead_workdays=5)
    assert not effect.is_bad
    assert effect_headline(effect) == "将使 1 个未满足周期变为已满足或已排；1 个未满足周期缓急有变"
    assert lines == ("走进校区 · 初中 · 二季度：将为 1/1（已排）", "公开讲堂 · 6月：将为 0/1（待补）")


def test_another_grouping_counts_other_checkpoints() -> None:
    effect, lines = effect_of(sample(), community__group="town")
    assert effect.checkpoints == (40, 161)
    assert effect_headline(effect).startswith("将使检查点由 40 个变为 161 个；未满足由 8 个变为 ")
    assert effect.is_bad
    assert lines[0] == "走进社区 · 友谊路街道 · 2月：将为 0/1（逾期）"


def test_fewer_checkpoints_are_not_bad() -> None:
    effect, _ = effect_of(sample(), campus__group="none")
    assert effect_headline(effect) == "将使检查点由 40 个变为 32 个；未满足由 8 个变为 4 个"
    assert not effect.is_bad


def test_a_longer_deadline_eases_a_finding() -> None:
    paper = PolicyDocument("y1", "实施意见", published_on=date(2027, 3, 1), office_name=True)
    effect, lines = effect_of(year(policies=(paper,)), policy__filing__workdays=200)
    assert [finding.situation for finding in effect.better] == ["policy_filing"]
    assert effect_headline(effect) == "将使 1 项待办变缓"
    assert lines[0].endswith("：不再急")


def test_a_longer_deadline_of_the_office_s_own_changes_no_verdict() -> None:
    effect, _ = effect_of(sample(), attendance__feedback_workdays=60)
    assert (effect.worse, effect.better) == ((), ())


def test_what_changes_nothing_says_so() -> None:
    effect, lines = effect_of(sample(), week_limit=9)
    assert effect == ParameterEffect()
    assert (effect_headline(effect), lines) == ("不改变任何检查结果", ())


def test_settings_are_put_in_and_taken_away() -> None:
    snapshot = year(event(Campaign.LECTURE), settings={"lecture.minimum": 2, "week_limit": 9})
    after = with_settings(snapshot, {"lecture.minimum": None, "lead_workdays": 7})
    assert after.year_row.settings == (("lead_workdays", 7), ("week_limit", 9))
    assert after.events == snapshot.events
