"""排在哪天好：逐日评判。"""

from __future__ import annotations

from datetime import date

import pytest

from models.domain.events import Campaign, Event
from models.domain.snapshot import YearSnapshot
from models.domain.year import BlockedPeriod
from planners.proposals_stale import clash_words
from planners.results import DayVerdict, Verdict
from planners.suggest import Demand, Judge
from tests.factories import check, event, year


def verdict(
    snapshot: YearSnapshot, campaign: str, day: str, *, moving: Event | None = None, group: str | None = None
) -> DayVerdict:
    return Judge(snapshot, check(snapshot), Demand(Campaign(campaign), moving, group)).verdict(
        date.fromisoformat(day)
    )


def test_a_past_day_and_a_blocked_day_are_impossible() -> None:
    blocked = BlockedPeriod("b", date(2027, 7, 7), date(2027, 7, 8), "装修")
    snapshot = year(blocked=(blocked,))
    assert verdict(snapshot, "lecture", "2027-06-14") == DayVerdict(
        date(2027, 6, 14), Verdict.IMPOSSIBLE, ("日期已过",)
    )
    assert verdict(snapshot, "lecture", "2027-07-08") == DayVerdict(
        date(2027, 7, 8), Verdict.IMPOSSIBLE, ("停排：装修",)
    )
    assert verdict(snapshot, "lecture", "2027-07-09").verdict is Verdict.GOOD


def test_days_blocked_for_a_unit_or_venue_stop_only_what_needs_them() -> None:
    blocked = (
        BlockedPeriod("b", date(2027, 7, 7), date(2027, 7, 7), "换届", units=("区司法局",)),
        BlockedPeriod("c", date(2027, 7, 8), date(2027, 7, 8), "检修", venues=("v1",)),
        BlockedPeriod("d", date(2027, 7, 9), date(2027, 7, 9), "考试", campaigns=(Campaign.CAMPUS,)),
    )
    moving = event("lecture", "2027-07-20", lead_units=("区司法局",), venue="v1")
    snapshot = year(moving, blocked=blocked)
    days = [verdict(snapshot, "lecture", f"2027-07-0{n}", moving=moving).verdict for n in (7, 8, 9)]
    assert days == [Verdict.IMPOSSIBLE, Verdict.IMPOSSIBLE, Verdict.GOOD]
    other = event("lecture", "2027-07-20", lead_units=("区教育局",), venue="v2")
    assert (
        verdict(year(other, blocked=blocked), "lecture", "2027-07-07", moving=other).verdict is Verdict.GOOD
    )


@pytest.mark.parametrize(
    ("day", "reason"), [("2027-07-10", "周末"), ("2027-09-15", "中秋节"), ("2027-10-01", "国庆节")]
)
def test_a_rest_day_is_to_be_avoided_and_named(day: str, reason: str) -> None:
    assert verdict(year(), "lecture", day) == DayVerdict(date.fromisoformat(day), Verdict.AVOID, (reason,))


def test_a_makeup_day_is_possible_but_doubtful() -> None:
    snapshot = year(number=2026)
    checked = check(snapshot, date(2026, 1, 5))
    found = Judge(snapshot, checked, Demand(Campaign.LECTURE)).verdict(date(2026, 2, 14))
    assert (found.verdict, found.reasons[0]) == (Verdict.FAIR, "调休上班日")


def test_a_school_visit_avoids_the_breaks() -> None:
    assert verdict(year(), "campus", "2027-07-07").reasons == ("学校放假",)
    assert verdict(year(), "campus", "2027-09-08").verdict is Verdict.GOOD
    assert verdict(year(), "lecture", "2027-07-07").verdict is Verdict.GOOD


def test_a_clash_of_venue_or_unit_is_to_be_avoided() -> None:
    taken = event("park", "2027-07-07", at="15:00", venue="v1", lead_units=("区司法局",), short="惠企")
    by_venue = event("lecture", "2027-07-20", venue="v1")
    by_unit = event("lecture", "2027-07-20", responsible_units=("区司法局",))
    neither = event("lecture", "2027-07-20", venue="v2")
    snapshot = year(taken, by_venue, by_unit, neither)
    assert [verdict(snapshot, "lecture", "2027-07-07", moving=e).reasons[0] for e in (by_venue, by_unit)] == [
        "场地与“惠企”同时段",
        "区司法局与“惠企”同时段",
    ]
    assert verdict(year(taken, neither), "lecture", "2027-07-07", moving=neither).verdict is Verdict.GOOD


def test_the_usual_room_of_the_campaign_is_taken_into_account() -> None:
    habit = [event("lecture", f"2027-0{month}-03", venue="v1", status="held") for month in (3, 4, 5)]
    taken = event("park", "2027-07-07", venue="v1", short="惠企")
    assert verdict(year(*habit, taken), "lecture", "2027-07-07").reasons == ("场地与“惠企”同时段",)
    assert "“宝你汇”直播间空闲" in verdict(year(*habit, taken), "lecture", "2027-07-08").reasons


def test_a_moved_event_is_no_hindrance_to_itself() -> None:
    moving = event("lecture", "2027-07-07", venue="v1", lead_units=("区司法局",))
    found = verdict(year(moving), "lecture", "2027-07-08", moving=moving)
    assert (found.verdict, "距同类活动只有 1 天" in found.reasons) == (Verdict.GOOD, False)


def test_a_town_visited_that_day_and_a_near_event_of_the_kind_are_doubts() -> None:
    visit = event("community", "2027-07-07", at="19:00", towns=("顾村镇",))
    assert verdict(year(visit), "community", "2027-07-07", group="顾村镇").reasons[:2] == (
        "距同类活动只有 0 天",
        "顾村镇当日已有活动",
    )
    assert verdict(year(visit), "community", "2027-07-15", group="顾村镇").verdict is Verdict.GOOD


def test_a_full_week_is_a_doubt() -> None:
    week = [event("open_month", f"2027-08-0{day}") for day in (2, 3, 4, 5) for _ in range(2)]
    found = verdict(year(*week), "open_month", "2027-08-06")
    assert (found.verdict, found.reasons[0]) == (Verdict.FAIR, "当周将有 9 场，超过上限 8 场")
    assert verdict(year(*week[1:]), "open_month", "2027-08-06").verdict is Verdict.GOOD


def test_a_day_within_a_week_of_today_is_short_notice() -> None:
    assert verdict(year(), "lecture", "2027-06-21").reasons[0] == "准备时间不足 5 个工作日"
    assert verdict(year(), "lecture", "2027-06-22").verdict is Verdict.GOOD


def test_a_day_outside_the_period_that_needs_the_event_is_to_be_avoided() -> None:
    only = event("lecture", "2027-07-14", key="only")
    other = event("lecture", "2027-09-14", key="other")
    spare = event("lecture", "2027-09-21", key="spare")
    snapshot = year(only, other, spare)
    checked = check(snapshot)

    def judged(moving: Event | None, day: date) -> DayVerdict:
        return Judge(snapshot, checked, Demand(Campaign.LECTURE, moving)).verdict(day)

    away = judged(only, date(2027, 8, 11))
    assert (away.verdict, away.reasons) == (Verdict.AVOID, ("公开讲堂 · 7月 将变为 0/1",))
    assert judged(only, date(2027, 7, 21)).verdict is not Verdict.AVOID
    assert judged(other, date(2027, 8, 11)).verdict is not Verdict.AVOID
    assert judged(only._replace(key=""), date(2027, 8, 11)).verdict is not Verdict.AVOID  # a copy


def test_the_same_written_place_is_taken() -> None:
    there = event("park", "2027-07-14", at="14:00", place="宝山会场")
    moving = event("lecture", "2027-07-20", at="14:30", place="宝山会场", key="moving")
    snapshot = year(there, moving)
    judged = Judge(snapshot, check(snapshot), Demand(Campaign.LECTURE, moving)).verdict(date(2027, 7, 14))
    assert judged.verdict is Verdict.AVOID
    assert any("同时段" in reason for reason in judged.reasons)


def test_a_pause_of_a_town_keeps_its_visits_away_wherever_it_is_asked() -> None:
    visit = event("community", "2027-07-14", towns=("顾村镇",), key="visit")
    pause = BlockedPeriod("b1", date(2027, 7, 20), date(2027, 7, 21), "检修", units=("顾村镇",))
    snapshot = year(visit, blocked=(pause,))
    judged = Judge(snapshot, check(snapshot), Demand(Campaign.COMMUNITY, visit)).verdict(date(2027, 7, 20))
    assert (judged.verdict, judged.reasons) == (Verdict.IMPOSSIBLE, ("停排：检修",))


def test_copies_and_proposals_see_a_written_place_that_is_taken() -> None:
    one = event("park", "2027-07-14", at="14:00", place="上海长滩音乐厅", key="one")
    other = event("lecture", "2027-07-14", at="15:00", place="上海长滩音乐厅", key="other")
    assert clash_words(year(one, other), one, other) == "同一场地已有“other”"
