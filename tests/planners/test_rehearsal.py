"""放假安排的预演：落在放假日的挪、落在调休日的问人，别的不动，一步采纳。"""

from __future__ import annotations

from datetime import date, datetime

import pytest
from hypothesis import given as given_that
from hypothesis import settings
from hypothesis import strategies as st

from models.domain.events import Campaign, Event, EventStatus, Precision
from models.domain.snapshot import ItemKind
from models.domain.workdays import Workdays, workdays_of
from models.domain.year import BlockedPeriod, Holidays
from models.holidays import estimated_holidays, shipped_holidays
from planners.autoplan.year.single import reconsider
from planners.proposals import Cause, Proposal, Way
from planners.proposals_applied import apply_entries, entries_changes, given_entry
from planners.rehearsal import rehearse
from tests.factories import check, event, rules_of, sample, year

EARLY = date(2025, 11, 20)
NOTICE = shipped_holidays(2026) or Holidays()


def rehearsed(*events: Event, today: date = EARLY, holidays: Holidays = NOTICE, **lists: object) -> Proposal:
    """2026 planned by the estimate, then the notice of 2026."""
    snapshot = year(*events, number=2026, holidays=estimated_holidays(2026), **lists)  # type: ignore[arg-type]
    return rehearse(snapshot, holidays, rules_of(snapshot), today)


def days(proposal: Proposal) -> list[date | None]:
    return [entry.event.day if entry.event else None for entry in proposal.entries]


def test_an_event_on_a_new_day_off_is_proposed_on_the_nearest_working_day() -> None:
    proposal = rehearsed(event(day="2026-05-04", at="10:00"), event(day="2026-05-12"))
    (entry,) = proposal.entries
    assert (entry.way, entry.ticked, days(proposal)) == (Way.MOVE, True, [date(2026, 5, 6)])
    assert entry.label == "公开讲堂 · 5月4日"
    assert [(reason.title, reason.text) for reason in entry.reasons] == [
        ("落在劳动节", "5月4日 周一劳动节放假"),
        ("改到5月6日 周三", "本周期内最近的工作日，后移 2 天"),
        ("无冲突", "同场地、同单位当日没有别的活动"),
    ]
    assert [a.after.day for a in entry.alternatives][:2] == [date(2026, 5, 7), date(2026, 5, 8)]


def test_the_arrangement_itself_is_given_whatever_is_ticked() -> None:
    proposal = rehearsed(event(day="2026-05-04"))
    assert proposal.given is not None
    snapshot = year(event(day="2026-05-04"), number=2026, holidays=estimated_holidays(2026))
    (change,) = entries_changes(snapshot, [given_entry(proposal.given)])
    assert change.kind is ItemKind.YEAR
    after = apply_entries(snapshot, [given_entry(proposal.given)])
    assert after.year_row == snapshot.year_row._replace(holidays=NOTICE)
    assert after.events == snapshot.events


def test_days_off_that_were_known_before_touch_nothing() -> None:
    assert rehearsed(event(day="2026-05-01")).entries == ()
    assert rehearsed(event(day="2026-03-14")).entries == ()


def test_an_event_on_a_new_makeup_day_is_left_to_a_person() -> None:
    (entry,) = rehearsed(event(Campaign.COMMUNITY, "2026-05-09", at="09:00")).entries
    assert (entry.ticked, entry.human) == (False, "调休上班，是否仍在这天由人定")
    assert entry.event is not None
    assert entry.event.day == date(2026, 5, 10)


def test_a_weekend_event_that_falls_into_a_festival_goes_to_another_weekend() -> None:
    (entry,) = rehearsed(event(Campaign.COMMUNITY, "2026-06-20", at="09:00")).entries
    assert entry.event is not None
    assert entry.event.day == date(2026, 6, 14)
    assert "休息日" in entry.reasons[1].text


@pytest.mark.parametrize(
    ("fields", "human"),
    [
        ({"status": EventStatus.CONFIRMED}, "已确认，请先与牵头单位商定"),
        ({"pinned": True}, "已锁定，请先问明能否改期"),
    ],
)
def test_what_is_agreed_is_moved_by_a_person_only(fields: dict[str, object], human: str) -> None:
    (entry,) = rehearsed(event(day="2026-05-04", **fields)).entries  # type: ignore[arg-type]
    assert (entry.ticked, entry.human) == (False, human)


@pytest.mark.parametrize(
    "left",
    [
        event(day="2026-05-04", status="held"),
        event(day="2026-05-04", status="cancelled"),
        event(day=None),
        event(day="2026-05-01", at="00:00")._replace(precision=Precision.MONTH),
    ],
)
def test_what_is_over_or_vague_stays(left: Event) -> None:
    assert rehearsed(left).entries == ()
    assert rehearsed(event(day="2026-05-04"), today=date(2026, 5, 5)).entries == ()


def test_a_zone_goes_with_its_meeting() -> None:
    meeting = event(Campaign.HOST_MEETING, "2026-05-04", at="09:00", key="M")
    zone = event(Campaign.TECH_FORUM, "2026-05-04", at="10:00", key="Z", host_event="M")
    (entry,) = rehearsed(zone, meeting).entries
    assert [change.after.key for change in entry.changes if change.after] == ["M", "Z"]
    assert {change.after.day for change in entry.changes if isinstance(change.after, Event)} == {
        date(2026, 5, 6)
    }
    assert entry.human == "会期由会议主办方定"


def test_a_zone_goes_to_the_other_day_that_is_chosen_for_its_meeting() -> None:
    meeting = event(Campaign.HOST_MEETING, "2026-05-04", at="09:00", key="M")
    zone = event(Campaign.TECH_FORUM, "2026-05-04", at="10:00", key="Z", host_event="M")
    snapshot = year(zone, meeting, number=2026)
    (entry,) = rehearsed(zone, meeting).entries
    other = reconsider(snapshot, check(snapshot), entry, date(2026, 5, 8))
    starts = [change.after.starts_at for change in other.changes if isinstance(change.after, Event)]
    assert starts == [datetime(2026, 5, 8, 9), datetime(2026, 5, 8, 10)]


def test_a_day_that_is_taken_is_passed_over() -> None:
    there = event(day="2026-05-06", at="10:00", venue="v1")
    moves = event(day="2026-05-04", at="10:00", venue="v1")
    assert days(rehearsed(there, moves)) == [date(2026, 5, 7)]
    twice = [event(day="2026-05-04", at="10:00", venue="v1", key=key) for key in "AB"]
    assert days(rehearsed(*twice)) == [date(2026, 5, 6), date(2026, 5, 7)]


def test_where_the_period_has_no_other_day_the_event_stays_and_is_named() -> None:
    closed = [BlockedPeriod("b", date(2026, 5, 6), date(2026, 5, 31), "封闭")]
    proposal = rehearsed(event(day="2026-05-04", short="民法典"), blocked=closed)
    assert proposal.entries == ()
    assert [(left.label, left.cause) for left in proposal.open] == [("公开讲堂 · 民法典", Cause.NO_DAY)]


def test_days_of_the_year_before_are_told() -> None:
    days_off = ((date(2025, 12, 31), "元旦"), (date(2026, 1, 1), "元旦"))
    (left,) = rehearsed(holidays=Holidays(announced=True, days_off=days_off)).open
    assert left.for_person
    assert left.text == "通知还涉及 2025 年的12月31日，请打开 2025 年度再导入一次。"


def test_the_sample_under_its_own_days_off_has_nothing_to_move() -> None:
    snapshot = sample()
    own = snapshot.year_row.holidays
    assert rehearse(snapshot, own, rules_of(snapshot), date(2027, 1, 1)).entries == ()


@settings(max_examples=50, deadline=None)
@given_that(
    st.lists(
        st.tuples(st.dates(date(2026, 1, 1), date(2026, 12, 31)), st.sampled_from(list(Campaign))),
        max_size=10,
    )
)
def test_nobody_is_sent_to_a_day_off_and_accepting_leaves_nothing_to_move(
    wanted: list[tuple[date, Campaign]],
) -> None:
    events = [event(campaign, day, key=f"A{n}") for n, (day, campaign) in enumerate(wanted)]
    snapshot = year(*events, number=2026, holidays=estimated_holidays(2026))
    proposal = rehearse(snapshot, NOTICE, rules_of(snapshot), EARLY)
    assert proposal.given is not None
    before, now = Workdays({2026: estimated_holidays(2026)}), workdays_of(year(number=2026))
    for entry in proposal.entries:
        old = entry.changes[0].before
        assert isinstance(old, Event)
        assert old.day is not None
        assert entry.event is not None
        assert entry.event.day is not None
        assert not now.name_of(entry.event.day)
        if before.is_workday(old.day):
            assert now.is_workday(entry.event.day)
    after = apply_entries(snapshot, [given_entry(proposal.given), *proposal.entries])
    assert rehearse(after, NOTICE, rules_of(after), EARLY).entries == ()
