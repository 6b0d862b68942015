"""周期频次：七种状态、两个数、分组、豁免、说明、主题。"""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.domain.events import Campaign, Event, EventStatus, SchoolStage
from models.domain.units import Unit, UnitKind
from models.domain.year import BlockedPeriod, Exemption
from planners.results import Cell, CellState, Summary
from tests.factories import TODAY, cell, check, event, sample, year


def june(*events: Event, today: date = TODAY, **fields: Any) -> Cell:
    return cell(check(year(*events, **fields), today), "lecture.monthly", "2027-06-01")


def test_the_sample_year_stands_as_in_its_picture() -> None:
    checked = check(sample())
    assert checked.summary == Summary(done=16, planned=16, at_risk=2, overdue=1, gap=5, exempt=1)
    assert checked.summary.total == 40
    lecture = cell(checked, "lecture.monthly", "2027-06-01")
    assert (lecture.held, lecture.forecast, lecture.minimum, lecture.state, lecture.workdays_left) == (
        0,
        0,
        1,
        CellState.AT_RISK,
        12,
    )


@pytest.mark.parametrize(
    ("day", "status", "today", "state"),
    [
        ("2027-06-10", "held", "2027-06-15", CellState.DONE),
        ("2027-06-23", "confirmed", "2027-06-15", CellState.PLANNED),
        ("2027-06-23", "planned", "2027-06-15", CellState.AT_RISK),
        ("2027-06-23", "planned", "2027-05-31", CellState.PLANNED),
        ("2027-06-23", "planned", "2027-07-01", CellState.OVERDUE),
        ("2027-06-23", "draft", "2027-06-15", CellState.AT_RISK),
        ("2027-06-23", "cancelled", "2027-05-31", CellState.GAP),
        ("2027-06-23", "postponed", "2027-05-31", CellState.GAP),
        ("2027-06-23", "draft", "2027-05-31", CellState.GAP),
        (None, "planned", "2027-05-31", CellState.GAP),
    ],
)
def test_a_month_with_one_event_has_the_state_of_its_status_and_day(
    day: str | None, status: str, today: str, state: CellState
) -> None:
    assert june(event("lecture", day, status=status), today=date.fromisoformat(today)).state is state


def test_a_cell_carries_both_counts_and_the_counted_events_by_start() -> None:
    later = event("lecture", "2027-06-23", status="confirmed", key="later")
    held = event("lecture", "2027-06-02", status="held", key="held")
    others = event("lecture", "2027-06-09", status="draft"), event("lecture", "2027-07-01")
    assert june(later, held, *others) == Cell(
        rule="lecture.monthly",
        clause="1",
        severity=cell(check(year()), "lecture.monthly", "2027-06-01").severity,
        group=None,
        first=date(2027, 6, 1),
        last=date(2027, 6, 30),
        minimum=1,
        target=2,
        held=1,
        forecast=2,
        confirmed=1,
        state=CellState.DONE,
        workdays_left=12,
        last_feasible_day=None,
        events=("held", "later"),
        estimated=True,
    )


def test_the_last_day_of_a_month_belongs_to_it_and_the_first_of_the_next_does_not() -> None:
    found = june(
        event("lecture", "2027-06-30", at="23:59", key="in"), event("lecture", "2027-07-01", at="00:00")
    )
    assert found.events == ("in",)


def test_a_short_month_is_at_risk_only_within_the_lead_days() -> None:
    # 6月1日起至月底有 21 个工作日（端午 6月9日放假），比 20 多一天
    assert june(today=date(2027, 6, 1)).workdays_left == 21
    assert june(today=date(2027, 6, 1)).state is CellState.GAP
    assert june(today=date(2027, 6, 2)).state is CellState.AT_RISK
    assert june(today=date(2027, 6, 2), settings={"lead_workdays": 5}).state is CellState.GAP


def test_the_last_day_of_the_month_is_still_at_risk_and_the_next_overdue() -> None:
    assert june(today=date(2027, 6, 30)).state is CellState.AT_RISK
    assert june(today=date(2027, 7, 1)).state is CellState.OVERDUE


def test_the_last_feasible_day_leaves_a_working_day_for_each_missing_event() -> None:
    assert june().last_feasible_day == date(2027, 6, 30)
    assert june(settings={"lecture.minimum": 2}).last_feasible_day == date(2027, 6, 29)


def test_blocked_days_are_not_feasible_and_a_wholly_blocked_month_has_none() -> None:
    blocked = BlockedPeriod("b", date(2027, 6, 25), date(2027, 6, 30), campaigns=(Campaign.LECTURE,))
    assert june(blocked=(blocked,)).last_feasible_day == date(2027, 6, 24)
    assert june(blocked=(blocked._replace(first=TODAY),)).last_feasible_day is None
    of_others = blocked._replace(campaigns=(Campaign.PARK,))
    assert june(blocked=(of_others,)).last_feasible_day == date(2027, 6, 30)


def test_an_unconfirmed_month_names_the_day_of_its_unconfirmed_event() -> None:
    assert june(event("lecture", "2027-06-22")).last_feasible_day == date(2027, 6, 22)


def test_two_lectures_a_month_are_asked_under_the_stricter_reading() -> None:
    found = june(event("lecture", "2027-06-02", status="held"), settings={"lecture.minimum": 2})
    assert (found.held, found.minimum, found.state) == (1, 2, CellState.AT_RISK)


def test_august_is_exempt_from_community_visits_whether_or_not_there_is_one() -> None:
    none = cell(check(year()), "community.monthly", "2027-08-01")
    one = cell(check(year(event("community", "2027-08-05"))), "community.monthly", "2027-08-01")
    assert (none.state, one.state, one.forecast) == (CellState.EXEMPT, CellState.EXEMPT, 1)
    assert none.reason == "集中开展政府开放月（第2条）"


def test_an_open_month_event_of_august_is_no_community_visit() -> None:
    checked = check(year(event("open_month", "2027-08-05")))
    assert cell(checked, "community.monthly", "2027-08-01").forecast == 0
    assert cell(checked, "open_month.august", "2027-08-01").forecast == 1


def test_an_open_month_event_that_is_online_only_does_not_count() -> None:
    checked = check(year(event("open_month", "2027-08-05", online_only=True)))
    assert cell(checked, "open_month.august", "2027-08-01").state is CellState.GAP


def test_an_open_month_event_counts_for_every_unit_that_holds_it() -> None:
    opening = event("open_month", "2027-08-05", lead_units=("区司法局",), towns=("顾村镇",))
    checked = check(year(opening))
    groups = {c.group: c.forecast for c in checked.cells if c.rule == "open_month.units"}
    assert groups == {"区司法局": 1, "区教育局": 0, "顾村镇": 1, "罗店镇": 0}


def test_an_event_of_two_stages_counts_in_both() -> None:
    visit = event("campus", "2027-09-03", stages=(SchoolStage.PRIMARY, SchoolStage.JUNIOR))
    checked = check(year(visit))
    states = [
        cell(checked, "campus.stages", "2027-07-01", stage).forecast for stage in ("小学", "初中", "高中")
    ]
    assert states == [1, 1, 0]


def test_pupils_and_parents_are_counted_apart_under_that_reading() -> None:
    visit = event("campus", "2027-09-03", stages=(SchoolStage.SENIOR,), audience="学生")
    checked = check(year(visit, settings={"campus.group": "stage_audience"}))
    assert cell(checked, "campus.stages", "2027-07-01", "高中·学生").forecast == 1
    assert cell(checked, "campus.stages", "2027-07-01", "高中·家长").forecast == 0


def test_every_town_is_asked_under_that_reading() -> None:
    checked = check(
        year(event("community", "2027-07-05", towns=("顾村镇",)), settings={"community.group": "town"})
    )
    july = {c.group: c.state for c in checked.cells if c.rule == "community.monthly" and c.first.month == 7}
    assert july == {"顾村镇": CellState.PLANNED, "罗店镇": CellState.GAP}


def test_every_class_of_theme_is_hinted_at_once_a_year() -> None:
    checked = check(year(event("lecture", "2027-07-05", theme_class="产业发展类")))
    classes = {c.group: c.forecast for c in checked.cells if c.rule == "lecture.themes"}
    assert classes == {"营商环境类": 0, "产业发展类": 1, "民生保障类": 0}


@pytest.mark.parametrize(
    ("theme", "visits", "minimum", "state"),
    [
        ("惠企", 1, 1, CellState.PLANNED),
        (None, 1, 1, CellState.GAP),
        ("惠企", 0, 1, CellState.GAP),
        ("惠企", 0, 0, CellState.DONE),
        (None, 0, 0, CellState.GAP),
    ],
)
def test_a_park_quarter_needs_its_theme_and_its_visits(
    theme: str | None, visits: int, minimum: int, state: CellState
) -> None:
    events = [event("park", "2027-11-03") for _ in range(visits)]
    snapshot = year(*events, themes=("一", "二", "三", theme), settings={"park.minimum": minimum})
    found = cell(check(snapshot), "park.quarterly", "2027-10-01")
    assert (found.state, found.theme) == (state, theme or "")


def test_a_past_quarter_held_without_a_theme_is_overdue() -> None:
    snapshot = year(event("park", "2027-02-03", status="held"), themes=(None, "二", "三", "四"))
    found = cell(check(snapshot), "park.quarterly", "2027-01-01")
    assert (found.held, found.state) == (1, CellState.OVERDUE)


def test_a_registered_exemption_exempts_its_cell_only() -> None:
    exemption = Exemption("campus.stages", date(2027, 7, 1), date(2027, 9, 30), "初中", "校舍大修")
    checked = check(year(exemptions=(exemption,)))
    junior = cell(checked, "campus.stages", "2027-07-01", "初中")
    assert (junior.state, junior.reason, junior.last_feasible_day) == (CellState.EXEMPT, "校舍大修", None)
    assert cell(checked, "campus.stages", "2027-07-01", "高中").state is CellState.GAP


def test_an_explanation_is_shown_but_changes_no_state() -> None:
    settings = {"explanation:campus.stages|2027-01-01|2027-03-31|高中": "疫情封校"}
    found = cell(check(year(settings=settings)), "campus.stages", "2027-01-01", "高中")
    assert (found.state, found.reason) == (CellState.OVERDUE, "疫情封校")


def test_periods_before_the_day_of_issue_do_not_apply_where_rules_start_with_it() -> None:
    snapshot = year(number=2024, settings={"effective_from": "issued"})
    checked = check(snapshot, date(2024, 6, 3))
    states = [c.state for c in checked.cells if c.rule == "lecture.monthly"]
    assert states[:5] == [CellState.NOT_APPLICABLE] * 3 + [CellState.OVERDUE] * 2
    assert checked.summary.total < check(year(number=2024), date(2024, 6, 3)).summary.total


def test_an_event_held_in_another_year_counts_in_no_period() -> None:
    checked = check(year(event("lecture", "2026-12-31"), event("lecture", "2028-01-01")))
    assert [c.forecast for c in checked.cells if c.rule == "lecture.monthly"] == [0] * 12


DAYS = st.integers(0, 364).map(lambda n: datetime(2027, 1, 1, 10).toordinal() + n)
EVENTS = st.lists(
    st.builds(
        lambda ordinal, status, campaign: event(
            campaign, date.fromordinal(ordinal), status=status, stages=(SchoolStage.PRIMARY,)
        ),
        DAYS,
        st.sampled_from(EventStatus),
        st.sampled_from((Campaign.LECTURE, Campaign.PARK, Campaign.COMMUNITY, Campaign.CAMPUS)),
    ),
    max_size=25,
)
TODAYS = st.dates(date(2027, 1, 1), date(2027, 12, 31))


@given(EVENTS, TODAYS)
def test_a_cell_depends_only_on_its_counted_events(events: list[Event], today: date) -> None:
    whole = check(year(*events), today)
    for found in whole.cells:
        if found.rule == "lecture.monthly":
            own = [e for e in events if e.key in found.events]
            alone = check(year(*own), today)
            assert cell(alone, found.rule, found.first.isoformat()) == found


@given(EVENTS, TODAYS, st.randoms(use_true_random=False))
def test_the_stored_order_of_events_changes_no_state(events: list[Event], today: date, chance: Any) -> None:
    shuffled = list(events)
    chance.shuffle(shuffled)
    one, two = check(year(*events), today), check(year(*shuffled), today)
    assert [c._replace(events=()) for c in one.cells] == [c._replace(events=()) for c in two.cells]
    assert one.summary == two.summary
    assert one.loads == two.loads


@given(EVENTS, TODAYS)
def test_the_state_follows_from_the_counts(events: list[Event], today: date) -> None:
    for found in check(year(*events), today).cells:
        assert found.held <= found.forecast
        if found.state is CellState.OVERDUE:
            assert found.last < today
            assert found.held < found.minimum
        if found.state is CellState.GAP:
            assert found.last >= today
            assert found.shortfall > 0
        if found.state is CellState.DONE:
            assert found.held >= found.minimum


def test_the_sample_has_every_unit_kind_the_groups_ask_for() -> None:
    checked = check(year(units=(Unit("a", "甲局"), Unit("b", "乙镇", UnitKind.TOWN))))
    assert {c.group for c in checked.cells if c.rule == "community.coverage"} == {"乙镇"}


# the numbers that the office may set


def test_another_month_may_be_exempt_or_none() -> None:
    def states(**settings: int) -> dict[int, CellState]:
        found = check(year(settings={f"community.{name}": value for name, value in settings.items()}))
        return {c.first.month: c.state for c in found.cells if c.rule == "community.monthly"}

    assert [month for month, state in states().items() if state is CellState.EXEMPT] == [8]
    assert [m for m, state in states(exempt_month=2).items() if state is CellState.EXEMPT] == [2]
    assert CellState.EXEMPT not in states(exempt_month=0).values()
    own = cell(check(year(settings={"community.exempt_month": 2})), "community.monthly", "2027-02-01")
    assert own.reason == "本单位自定的豁免月"
    assert cell(check(year()), "community.monthly", "2027-08-01").reason == "集中开展政府开放月（第2条）"


@pytest.mark.parametrize(
    ("setting", "campaign", "rule", "first", "group"),
    [
        ("community.minimum", "community", "community.monthly", "2027-09-01", None),
        ("campus.minimum", "campus", "campus.stages", "2027-07-01", "高中"),
    ],
)
def test_a_higher_minimum_leaves_a_period_short(
    setting: str, campaign: str, rule: str, first: str, group: str | None
) -> None:
    visit = event(campaign, "2027-09-15", status="confirmed", stages=(SchoolStage.SENIOR,))
    once = cell(check(year(visit)), rule, first, group)
    twice = cell(check(year(visit, settings={setting: 2})), rule, first, group)
    assert (once.minimum, once.state) == (1, CellState.PLANNED)
    assert (twice.minimum, twice.forecast, twice.state) == (2, 1, CellState.GAP)


def test_the_target_of_lectures_is_a_wish_and_never_a_gap() -> None:
    held = event("lecture", "2027-06-02", status="held")
    found = june(held, settings={"lecture.target": 4})
    assert (found.target, found.state) == (4, CellState.DONE)


def test_more_stages_count_where_the_office_adds_them() -> None:
    more = "小学、初中、高中、一贯制、中职"
    visit = event("campus", "2027-09-15", status="confirmed", stages=(SchoolStage.VOCATIONAL,))

    def groups(**settings: str) -> list[str | None]:
        found = check(year(visit, settings={f"campus.{name}": value for name, value in settings.items()}))
        cells = [c for c in found.cells if c.rule == "campus.stages" and c.first == date(2027, 7, 1)]
        return [c.group for c in cells]

    assert groups() == ["小学", "初中", "高中"]
    assert groups(stages=more) == ["小学", "初中", "高中", "一贯制", "中职"]
    assert groups(stages="小学、初中、高中、中职", group="stage_audience")[-2:] == ["中职·学生", "中职·家长"]
    third = cell(check(year(visit, settings={"campus.stages": more})), "campus.stages", "2027-07-01", "中职")
    assert (third.forecast, third.state) == (1, CellState.PLANNED)
    assert check(year(settings={"campus.stages": more})).summary.total == check(year()).summary.total + 8
