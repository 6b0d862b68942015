"""换一天：时刻与时长不变，理由按那天重写，原来的日子成为备选。"""

from __future__ import annotations

from datetime import date, datetime

from models.domain.changes import RowChange
from models.domain.events import Campaign
from planners.autoplan.year.single import reconsider
from planners.proposals import Entry, Reason, ReasonKind, Target, Way
from tests.factories import check, event, year

LECTURES = [event(Campaign.LECTURE, day) for day in ("2027-05-12", "2027-08-18", "2027-10-20")]
NEW = event(Campaign.LECTURE, "2027-09-08", key="N1", venue="v1", lead_units=("区司法局",))
RULE = Reason(ReasonKind.RULE, "补缺：第 1 条每月至少 1 场", "9月 0/1")


def entry() -> Entry:
    return Entry(
        "k", Way.NEW, "公开讲堂 · 9月", "—", (RowChange.of(None, NEW),),
        (Target("lecture.monthly", date(2027, 9, 1), date(2027, 9, 30)),), (RULE, Reason(ReasonKind.COST, "代价", "3 分")),
    )  # fmt: skip


def moved(day: date, *others: Entry) -> Entry:
    snapshot = year(*LECTURES)
    return reconsider(snapshot, check(snapshot), entry(), day, others)


def reason(found: Entry, kind: ReasonKind) -> Reason | None:
    return next((one for one in found.reasons if one.kind is kind), None)


def test_time_and_length_stay() -> None:
    event_there = moved(date(2027, 9, 22)).event
    assert event_there is not None
    assert (event_there.starts_at, event_there.ends_at) == (
        datetime(2027, 9, 22, 14),
        datetime(2027, 9, 22, 16),
    )


def test_what_concerns_no_day_stays_the_rest_is_written_anew() -> None:
    found = moved(date(2027, 9, 22))
    assert found.reasons[0] == RULE
    assert reason(found, ReasonKind.COST) is not None
    assert reason(found, ReasonKind.SPACING).text == "距上一场 35 天、下一场 28 天；历次多在周三下午"
    assert reason(found, ReasonKind.LOAD).text == "区司法局三季度只有这一场"
    assert reason(found, ReasonKind.CONFLICT) == Reason(ReasonKind.CONFLICT, "无冲突", "当周 1 场（上限 8）")


def test_a_rest_day_is_said() -> None:
    found = moved(date(2027, 9, 18))
    assert reason(found, ReasonKind.REST_DAY).title == "排在休息日"
    assert reason(found, ReasonKind.REST_DAY).text == "9月18日 周六是周末，请先问明能否到场"


def test_what_else_is_ticked_takes_room() -> None:
    other = Entry("o", Way.NEW, "", "", (RowChange.of(None, NEW._replace(key="N2", short="维权")),))
    found = moved(date(2027, 9, 8), other)
    assert reason(found, ReasonKind.CONFLICT).text == "同一时段、同一单位或场地已有“维权”"
    assert reason(found, ReasonKind.LOAD).text == "区司法局三季度另有 1 场"


def test_of_what_the_planner_does_not_place_the_day_left_is_an_alternative_until_one_goes_back() -> None:
    snapshot = year(*LECTURES)
    zone = NEW._replace(campaign=Campaign.TECH_FORUM)
    asked = entry()._replace(changes=(RowChange.of(None, zone),))
    there = reconsider(snapshot, check(snapshot), asked, date(2027, 9, 22))
    assert [a.after.day for a in there.alternatives] == [date(2027, 9, 8)]
    back = reconsider(snapshot, check(snapshot), there, date(2027, 9, 8))
    assert (back.event, [a.after.day for a in back.alternatives]) == (zone, [date(2027, 9, 22)])


def test_an_entry_without_a_dated_event_stays_as_it_is() -> None:
    undated = entry()._replace(changes=(RowChange.of(None, NEW._replace(starts_at=None, ends_at=None)),))
    assert reconsider(year(), check(year()), undated, date(2027, 9, 22)) == undated
