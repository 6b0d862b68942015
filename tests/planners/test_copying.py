"""沿用上年：同周同日，遇放假让开，逐场有理由；性质对任意的上年都成立。"""

from __future__ import annotations

from datetime import date, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from models.domain.attendance import Delegate
from models.domain.events import Campaign, Event, EventStatus, Precision, SchoolStage
from models.domain.periods import quarter_of
from models.domain.snapshot import YearSnapshot
from models.domain.units import School, Unit, Venue
from models.domain.workdays import workdays_of
from models.domain.year import BlockedPeriod
from models.rulesets import ruleset_for
from planners.copying import copy_year
from planners.copying_days import counterpart, week_of_month
from planners.proposals import Cause, Entry, Proposal, ReasonKind, Way
from planners.proposals_applied import apply_entries
from tests.factories import UNITS, VENUES, event, sample, year

EARLY = date(2025, 11, 20)


def copied(*events: Event, new: YearSnapshot | None = None, today: date = EARLY, **old: object) -> Proposal:
    """Events of 2025 copied into 2026 (both announced)."""
    previous = year(*events, number=2025, **old)  # type: ignore[arg-type]
    blank = new if new is not None else year(number=2026)
    return copy_year(previous, blank, ruleset_for(2026), today)


def one(*events: Event, **around: object) -> Entry:
    """The entry of the only event."""
    (entry,) = copied(*events, **around).entries  # type: ignore[arg-type]
    return entry


def day_of(entry: Entry) -> date | None:
    assert entry.event is not None
    return entry.event.day


def reasons(entry: Entry) -> str:
    return "\n".join(f"{reason.title}：{reason.text}" for reason in entry.reasons)


def test_an_event_keeps_weekday_week_hours_and_place() -> None:
    held = event(
        Campaign.COMMUNITY,
        "2025-03-12",
        at="09:00",
        status=EventStatus.HELD,
        towns=("顾村镇",),
        lead_units=("区司法局",),
        venue="v2",
        theme="普法",
        theme_class="民生保障类",
        attended=80,
        url="http://a",
        note="去年的备注",
        policy=None,
        pinned=True,
    )
    entry = one(held)
    after = entry.event
    assert after is not None
    assert after == held._replace(
        key="E0001",
        starts_at=datetime(2026, 3, 11, 9),
        ends_at=datetime(2026, 3, 11, 11),
        status=EventStatus.PLANNED,
        tentative=True,
        attended=None,
        url="",
        note="",
        pinned=False,
    )
    assert (entry.way, entry.ticked, entry.now) == (Way.NEW, True, "上年3月12日 周三")
    assert entry.label == "走进社区 · 3月"
    assert reasons(entry).startswith("沿用上年：上年3月第二个星期三（3月12日），今年同周同日")


def test_what_was_not_held_is_left() -> None:
    left = [event(status=status, day="2025-03-12") for status in ("draft", "postponed", "cancelled")]
    assert copied(*left).entries == ()


def test_a_fifth_weekday_that_is_not_there_becomes_the_last() -> None:
    assert day_of(one(event(day="2025-07-31"))) == date(2026, 7, 30)  # five Thursdays in both years
    entry = one(event(day="2025-05-29"))
    assert day_of(entry) == date(2026, 5, 28)
    assert "今年5月没有第五个星期四，放在最后一个" in reasons(entry)


def test_a_day_off_is_left_for_the_nearest_working_day_and_the_holiday_is_named() -> None:
    entry = one(event(day="2025-06-20", at="10:00"))  # third Friday; 2026-06-19 is 端午节
    assert day_of(entry) == date(2026, 6, 18)
    assert "因放假改期：6月19日端午节放假，改到最近的工作日6月18日" in reasons(entry)


def test_of_two_days_equally_near_the_later_one_is_taken() -> None:
    blank = year(number=2026, blocked=[BlockedPeriod("b", date(2026, 3, 11), date(2026, 3, 11), "全区演练")])
    entry = one(event(day="2025-03-12"), new=blank)
    assert day_of(entry) == date(2026, 3, 12)
    assert "改期：3月11日停排（全区演练），改到最近的工作日3月12日" in reasons(entry)


def test_a_move_stays_in_the_month_of_a_monthly_rule() -> None:
    entry = one(event(Campaign.COMMUNITY, "2025-10-09"))  # second Thursday → 2026-10-08, worked
    assert day_of(entry) == date(2026, 10, 8)
    previous = event(Campaign.COMMUNITY, "2025-05-06")  # first Tuesday → 2026-05-05 is off
    assert day_of(one(previous)) == date(2026, 5, 6)


def test_a_move_may_leave_the_month_where_the_rule_counts_quarters() -> None:
    blank = year(number=2026, blocked=[BlockedPeriod("b", date(2026, 5, 6), date(2026, 5, 31), "封闭")])
    entry = one(event(Campaign.PARK, "2025-05-06"), new=blank)
    assert day_of(entry) == date(2026, 4, 30)
    assert one(event(Campaign.COMMUNITY, "2025-03-04")).targets[0].rule == "community.monthly"


def test_what_was_on_a_rest_day_stays_on_one() -> None:
    entry = one(event(Campaign.OPEN_MONTH, "2025-08-09", at="10:00"))
    assert day_of(entry) == date(2026, 8, 8)
    assert any(reason.kind is ReasonKind.REST_DAY for reason in entry.reasons)


def test_a_weekend_visit_leaves_a_festival_for_another_weekend() -> None:
    entry = one(event(Campaign.COMMUNITY, "2025-09-27"))  # fourth Saturday → 2026-09-26 is 中秋节
    assert day_of(entry) == date(2026, 9, 19)
    assert "改到最近的休息日" in reasons(entry)


def test_a_day_that_was_made_up_for_becomes_a_working_day() -> None:
    entry = one(event(day="2025-09-28"))  # a worked Sunday; 2026-09-27 is 中秋节
    new = day_of(entry)
    assert new is not None
    assert workdays_of(year(number=2026)).is_workday(new)


def test_of_the_near_days_one_that_is_taken_is_passed_over() -> None:
    stays = event(day="2025-06-19", at="10:00", venue="v1", key="A")  # third Thursday → 2026-06-18
    moves = event(day="2025-06-20", at="10:00", venue="v1", key="B")  # → 端午节
    entries = {entry.key: entry for entry in copied(stays, moves).entries}
    assert day_of(entries["copy:2025:A"]) == date(2026, 6, 18)
    assert day_of(entries["copy:2025:B"]) == date(2026, 6, 17)
    assert "同一场地已有" in reasons(entries["copy:2025:B"])


def test_days_that_are_over_are_not_proposed() -> None:
    proposal = copied(event(day="2025-03-05"), event(day="2025-04-16"), today=date(2026, 4, 16))
    assert [day_of(entry) for entry in proposal.entries] == [date(2026, 4, 16)]
    (left,) = proposal.open
    assert (left.cause, "已过" in left.text) == (Cause.PAST, True)


def test_units_are_found_by_name_and_alias_and_else_left_out_and_named() -> None:
    renamed = year(
        number=2026,
        units=(Unit("sf", "区司法局"), Unit("jy", "区教育委员会", aliases=("区教育局",)), UNITS[2]),
    )
    lecture = event(day="2025-03-12", lead_units=("区教育局",), responsible_units=("区司法局",))
    after = one(lecture, new=renamed).event
    assert after is not None
    assert (after.lead_units, after.responsible_units) == (("jy",), ("sf",))
    gone = event(Campaign.COMMUNITY, "2025-03-12", lead_units=("区司法局",), towns=("罗店镇", "顾村镇"))
    entry = one(gone, new=renamed)
    assert entry.event is not None
    assert entry.event.towns == ("顾村镇",)
    assert "罗店镇不在今年的单位之列" in reasons(entry)


def test_an_event_without_its_host_waits_for_a_person() -> None:
    blank = year(number=2026, units=UNITS[2:])
    entry = one(event(day="2025-03-12", lead_units=("区司法局",)), new=blank)
    assert (entry.ticked, entry.human) == (False, "须另定牵头单位")


def test_a_place_that_is_not_listed_stays_in_words() -> None:
    school = School("s9", "宝山实验学校")
    blank = year(number=2026, venues=(Venue("v1", "别处"),))
    visit = event(Campaign.CAMPUS, "2025-03-12", schools=("s9",), stages=(SchoolStage.JUNIOR,))
    after = one(visit, new=blank, schools=(school,)).event
    assert after is not None
    assert (after.schools, after.place) == ((), "宝山实验学校")
    after = one(event(day="2025-03-12", venue="v1"), new=blank).event
    assert after is not None
    assert (after.venue, after.place) == (None, VENUES[0].name)


def test_zones_and_meetings_are_left_to_a_person_without_their_link() -> None:
    meeting = event(Campaign.HOST_MEETING, "2025-03-12", key="M", lead_units=("区司法局",))
    zone = event(Campaign.TECH_FORUM, "2025-03-12", key="Z", host_event="M", lead_units=("区司法局",))
    proposal = copied(meeting, zone)
    assert [entry.ticked for entry in proposal.entries] == [False, False]
    assert all(entry.event is not None and entry.event.host_event is None for entry in proposal.entries)
    assert all("有冲突" not in reasons(entry) for entry in proposal.entries)


def test_vague_times_stay_as_vague_and_undated_events_undated() -> None:
    month = event(day="2025-09-11", at="00:00", hours=240)._replace(precision=Precision.TEN_DAYS)
    undated = event(day=None)
    entries = copied(month, undated).entries
    first, second = (entry.event for entry in entries)
    assert first is not None
    assert second is not None
    assert (first.starts_at, first.ends_at) == (datetime(2026, 9, 11), datetime(2026, 9, 21))
    assert second.starts_at is None
    assert "上年在9月中旬" in reasons(entries[0])


def test_an_estimated_year_is_marked() -> None:
    proposal = copy_year(sample(), year(number=2028), ruleset_for(2028), date(2027, 11, 20))
    assert all(entry.estimated for entry in proposal.entries if day_of(entry))


def test_keys_are_free_and_what_is_there_already_is_not_ticked() -> None:
    there = event(day="2026-03-18", key="E0001", title="民法典")
    entry = one(event(day="2025-03-12", title="民法典"), new=year(there, number=2026))
    assert entry.event is not None
    assert entry.event.key == "E0002"
    assert (entry.ticked, entry.human) == (False, "今年已有同名活动")


_days = st.dates(date(2025, 1, 1), date(2025, 12, 31))
_events = st.lists(
    st.builds(
        lambda campaign, day, hour, unit, number: event(
            campaign, day, at=f"{hour:02}:00", lead_units=(unit,), key=f"A{number}"
        ),
        st.sampled_from(list(Campaign)),
        _days,
        st.integers(8, 19),
        st.sampled_from([unit.key for unit in UNITS]),
        st.integers(0, 10**6),
    ),
    max_size=12,
    unique_by=lambda made: made.key,
)


@settings(max_examples=60, deadline=None)
@given(_events)
def test_weekday_and_week_are_kept_or_a_reason_says_why(events: list[Event]) -> None:
    old = {made.key: made for made in events}
    for entry in copied(*events).entries:
        before, new = old[entry.key.removeprefix("copy:2025:")].day, day_of(entry)
        assert before is not None
        assert new is not None
        kept = (new.weekday(), week_of_month(new)) == (before.weekday(), week_of_month(before))
        assert kept == (not any(reason.kind is ReasonKind.COST for reason in entry.reasons))
        assert kept or new != counterpart(before, 2026) or week_of_month(before) == 5


@settings(max_examples=60, deadline=None)
@given(_events)
def test_nothing_that_was_on_a_working_day_goes_to_a_day_off(events: list[Event]) -> None:
    old = {made.key: made for made in events}
    before, now = workdays_of(year(number=2025)), workdays_of(year(number=2026))
    for entry in copied(*events).entries:
        was, new = old[entry.key.removeprefix("copy:2025:")].day, day_of(entry)
        assert was is not None
        assert new is not None
        if before.is_workday(was):
            assert now.is_workday(new)
        elif not before.name_of(was):
            assert not now.name_of(new)


@settings(max_examples=60, deadline=None)
@given(_events)
def test_every_event_stays_in_the_period_of_its_rule(events: list[Event]) -> None:
    old = {made.key: made for made in events}
    quarterly = (Campaign.PARK, Campaign.CAMPUS)
    proposal = copied(*events)
    assert len(proposal.entries) == len(events)
    for entry in proposal.entries:
        was, new = old[entry.key.removeprefix("copy:2025:")], day_of(entry)
        assert was.day is not None
        assert new is not None
        if was.campaign in quarterly:
            assert quarter_of(new) == quarter_of(was.day)
        else:
            assert new.month == was.day.month


@settings(max_examples=20, deadline=None)
@given(_events)
def test_the_same_facts_give_the_same_proposal_that_can_be_accepted(events: list[Event]) -> None:
    first = copied(*events)
    assert first == copied(*reversed(events))
    after = apply_entries(year(number=2026), first.entries)
    assert len({made.key for made in after.events}) == len(events)


@pytest.mark.parametrize("target", [2024, 2026, 2027, 2028])
def test_the_sample_can_be_copied_to_any_year_near(target: int) -> None:
    proposal = copy_year(sample(), year(number=target), ruleset_for(target), date(2023, 1, 1))
    assert len(proposal.entries) > 80
    assert proposal.open == ()


def test_delegates_of_last_year_are_not_named_in_the_new_one() -> None:
    held = event(
        day="2025-03-12", status=EventStatus.HELD, contact="张三丰 13912345678", theme="张三丰谈养老"
    )
    after = one(held, delegates=(Delegate("p1", "张三丰", "13912345678"),)).event
    assert after is not None
    assert (after.contact, after.theme) == ("张* 139****5678", "张*谈养老")


@pytest.mark.parametrize(
    ("title", "day"),
    [
        ("学雷锋便民服务", "03-05"),
        ("国家宪法日宣传", "12-04"),
        ("国际档案日开放", "06-09"),
        ("消防日体验", "11-09"),
    ],
)
def test_a_day_that_is_fixed_stays_on_its_date_and_says_so(title: str, day: str) -> None:
    entry = one(event(Campaign.COMMUNITY, f"2025-{day}", title=title))
    assert day_of(entry) == date.fromisoformat(f"2026-{day}")
    assert "固定日期" in reasons(entry)
    assert "沿用时不挪动" in reasons(entry)


def test_an_event_that_names_a_fixed_day_and_was_on_another_is_copied_like_any() -> None:
    entry = one(event(Campaign.COMMUNITY, "2025-03-12", title="学雷锋便民服务"))
    assert day_of(entry) == counterpart(date(2025, 3, 12), 2026)
