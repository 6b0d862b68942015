"""演示年度，六月十五日：与样图相同的七处，其余说明原因。"""

from __future__ import annotations

from datetime import date, datetime

from models.domain.attendance import Decision, Invitation
from models.domain.events import Campaign, EventStatus, SchoolStage
from models.domain.units import School
from planners.parameter_effect import with_settings
from planners.proposals import Cause, ReasonKind, Way
from tests.factories import check, sample
from tests.planners.autoplan.year.factories import (
    accepted,
    entry_for,
    hard_short,
    labels,
    open_for,
    planned,
    words_of,
)

PLAN = None


def plan():  # type: ignore[no-untyped-def]
    global PLAN  # noqa: PLW0603  one run serves all tests of this file
    PLAN = PLAN or planned(sample(), targets=False)
    return PLAN


def test_the_six_gaps_of_the_picture_are_filled() -> None:
    found = [entry.label for entry in plan().entries if entry.event]
    assert sorted(found) == sorted(
        [
            "公开讲堂 · 6月", "走进校区 · 初中 · 三季度", "走进校区 · 高中 · 四季度",
            "走进园区 · 四季度", "走进社区 · 11月", "公开讲堂 · 11月",
        ]
    )  # fmt: skip


def test_the_postponed_lecture_is_revived_on_the_23rd_of_june() -> None:
    entry = entry_for(plan(), "公开讲堂 · 6月")
    event = entry.event
    assert event is not None
    assert (entry.way, entry.now, event.key) == (Way.REVIVE, "—", "A007")
    assert (event.starts_at, event.status, event.tentative) == (
        datetime(2027, 6, 23, 14), EventStatus.PLANNED, True,
    )  # fmt: skip
    assert words_of(entry, ReasonKind.SPACING) == "距上一场 35 天、下一场 21 天；历次多在周三下午"
    assert words_of(entry, ReasonKind.RULE) == "6月 0/1"


def test_the_visit_of_november_goes_to_the_one_town_left() -> None:
    entry = entry_for(plan(), "走进社区 · 11月")
    assert entry.event is not None
    assert entry.event.towns == ("罗泾镇",)
    assert words_of(entry, ReasonKind.PLACE) == "罗泾镇是全年唯一未覆盖的街镇"
    assert [(target.rule, target.group) for target in entry.targets] == [
        ("community.monthly", None), ("community.coverage", "罗泾镇"),
    ]  # fmt: skip


def test_the_lecture_of_november_is_of_the_rarest_class_with_a_unit_of_it() -> None:
    event = entry_for(plan(), "公开讲堂 · 11月").event
    assert event is not None
    assert event.theme_class == "营商环境类"
    assert event.lead_units[0] in ("区发展改革委", "区市场监管局", "区税务局")
    assert event.venue == "v1"


def test_a_visit_without_a_theme_comes_unticked_and_says_who_decides() -> None:
    entry = entry_for(plan(), "走进园区 · 四季度")
    assert (entry.ticked, entry.now, entry.human) == (False, "主题未定", "季度主题未定，请先定主题")
    left = open_for(plan(), "走进园区 · 四季度")
    assert (left.cause, left.for_person) == (Cause.THEME, True)


def test_what_is_over_and_what_a_person_must_confirm_is_said() -> None:
    assert open_for(plan(), "走进校区 · 高中 · 一季度").cause is Cause.PAST
    confirm = open_for(plan(), "走进校区 · 初中 · 二季度")
    assert (confirm.cause, confirm.for_person) == (Cause.CONFIRM, True)


def test_delegates_are_proposed_unticked_evenly_and_without_names() -> None:
    entries = [entry for entry in plan().entries if entry.way is Way.ASSIGN]
    assert [entry.ticked for entry in entries] == [False, False, False]
    asked = [
        change.after for entry in entries for change in entry.changes if isinstance(change.after, Invitation)
    ]
    assert len({invitation.delegate for invitation in asked}) == 6
    assert all(isinstance(entry.changes[0].after, Decision) for entry in entries)
    words = " ".join(words_of(entry, ReasonKind.BALANCE) for entry in entries)
    assert "代表 2 名" in words
    assert not any(delegate.name in words for delegate in sample().delegates)


def test_accepting_the_ticked_ones_leaves_only_the_theme_open_and_adds_no_conflict() -> None:
    after = check(accepted(sample(), plan()))
    assert hard_short(after) == [("park.quarterly", date(2027, 10, 1), None)]
    assert after.conflicts == check(sample()).conflicts


def test_every_entry_has_its_reasons_and_cheaper_days_are_not_among_the_alternatives_first() -> None:
    for entry in plan().entries:
        assert entry.reasons[0].kind is ReasonKind.RULE
        if entry.event:
            assert {ReasonKind.SPACING, ReasonKind.LOAD, ReasonKind.CONFLICT} <= {
                r.kind for r in entry.reasons
            }
            assert 1 <= len(entry.alternatives) <= 5
            assert all(other.after.campaign is entry.campaign for other in entry.alternatives)


def test_targets_add_second_lectures_and_units_that_have_not_opened() -> None:
    found = planned(sample(), effort=60_000)
    lectures = [entry for entry in found.entries if entry.campaign is Campaign.LECTURE]
    assert len(lectures) == 9
    assert "公开讲堂 · 6月（宜 2 场）" in labels(found.entries)
    assert sum(cell.target == 2 and cell.forecast < 2 and cell.last.month > 5 for cell in
               check(accepted(sample(), found)).cells) == 0  # fmt: skip


def test_a_crowded_day_is_thinned_out_where_events_may_move_and_full_weeks_get_nothing_new() -> None:
    found = planned(sample(), movable=True)
    moves = [entry for entry in found.entries if entry.way is Way.MOVE]
    assert len(moves) == 3
    assert {entry.reasons[0].text for entry in moves} == {"8月11日有 7 场开放活动，一天宜不超过 4 场"}
    before, after = check(sample()), check(accepted(sample(), found))
    full = {load.monday: load.total for load in before.loads if load.total > before.week_limit}
    now = {load.monday: load.total for load in after.loads}
    assert all(now[monday] <= total for monday, total in full.items())
    new = [entry.event.starts_at.date() for entry in found.entries if entry.way is Way.NEW and entry.event
           and entry.event.starts_at]  # fmt: skip
    assert not any(0 <= (day - monday).days < 7 for day in new for monday in full)


def test_the_planner_plans_for_the_numbers_that_the_office_set() -> None:
    own = {"community.minimum": 2, "community.exempt_month": 0, "lecture.target": 3, "campus.minimum": 1}
    found = planned(
        with_settings(sample(), own), targets=True, campaigns=(Campaign.LECTURE, Campaign.COMMUNITY)
    )
    wanted = [(t.rule, t.first.month) for entry in found.entries for t in entry.targets]
    assert {8} <= {month for rule, month in wanted if rule == "community.monthly"}
    assert wanted.count(("community.monthly", 11)) == 2
    assert any(label.endswith("（宜 3 场）") for label in labels(found.entries))


def test_a_stage_that_the_office_added_is_planned_at_a_school_of_it() -> None:
    snapshot = with_settings(sample(), {"campus.stages": "小学、初中、高中、中职"})
    snapshot.schools = (*snapshot.schools, School("职校", "宝山职业技术学校", (SchoolStage.VOCATIONAL,)))
    found = planned(snapshot, targets=False, campaigns=(Campaign.CAMPUS,))
    event = entry_for(found, "走进校区 · 中职 · 四季度").event
    assert event is not None
    assert (event.stages, event.schools) == ((SchoolStage.VOCATIONAL,), ("职校",))


def test_where_the_stages_take_turns_the_added_one_has_its_turn() -> None:
    own = {"campus.stages": "小学、初中、高中、中职", "campus.group": "none", "campus.minimum": 3}
    found = planned(with_settings(sample(), own), targets=False, campaigns=(Campaign.CAMPUS,))
    stages = {stage for entry in found.entries if entry.event for stage in entry.event.stages}
    assert SchoolStage.VOCATIONAL in stages
    assert SchoolStage.THROUGH not in stages
