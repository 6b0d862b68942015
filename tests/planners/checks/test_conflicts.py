"""冲突与每周负荷。"""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.domain.events import Campaign, Event, Precision
from models.domain.rules import Severity
from planners.checks import places
from planners.checks.conflicts import belong_together, overlap
from planners.checks.places import Places, places_of
from planners.results import Conflict, ConflictKind, WeekLoad
from tests.factories import check, conflicts, event, sample, year

DAY = date(2027, 7, 7)


def test_two_events_in_one_venue_at_overlapping_times_compete() -> None:
    one = event("lecture", DAY, at="14:00", venue="v1", key="one")
    two = event("park", DAY, at="15:30", venue="v1", key="two")
    after = event("park", DAY, at="17:30", venue="v1")
    elsewhere = event("park", DAY, at="14:00", venue="v2")
    assert conflicts(check(year(two, after, elsewhere, one)), "venue") == [
        Conflict(ConflictKind.VENUE, Severity.HARD, ("one", "two"), "v1", DAY)
    ]


def test_two_events_at_the_same_written_place_compete_as_well() -> None:
    one = event("lecture", DAY, at="14:00", place="宝山会场 ", key="one")
    two = event("park", DAY, at="15:30", place="宝山会场", key="two")
    elsewhere = event("park", DAY, at="14:00", place="宝山会场二楼")
    (found,) = conflicts(check(year(one, two, elsewhere)), "venue")
    assert (found.events, found.resource, found.severity) == (("one", "two"), "宝山会场 ", Severity.HARD)


def test_a_written_place_that_is_a_venue_s_name_is_that_venue() -> None:
    snapshot = year(event("lecture", DAY, venue="v1", key="one"))
    name = snapshot.venues[0].name
    both = year(*snapshot.events, event("park", DAY, place=name, key="two"))
    assert [c.resource for c in conflicts(check(both), "venue")] == ["v1"]


@pytest.mark.parametrize("place", ["", "待定", "（学校待定）", "线上", "各街镇", "顾村镇", "另行通知"])
def test_words_that_name_no_single_place_are_no_conflict(place: str) -> None:
    events = [event("park", DAY, place=place) for _ in range(2)]
    assert conflicts(check(year(*events)), "venue") == []


def test_events_that_touch_do_not_compete() -> None:
    one = event("lecture", DAY, at="09:00", venue="v1", lead_units=("区司法局",))
    two = event("lecture", DAY, at="11:00", venue="v1", lead_units=("区司法局",))
    assert check(year(one, two)).conflicts == ()


def test_a_unit_is_engaged_as_lead_or_as_responsible() -> None:
    one = event("lecture", DAY, lead_units=("区司法局",), key="one")
    two = event("park", DAY, lead_units=("区教育局",), responsible_units=("区司法局",), key="two")
    assert conflicts(check(year(one, two)), "unit") == [
        Conflict(ConflictKind.UNIT, Severity.HARD, ("one", "two"), "区司法局", DAY)
    ]


def test_an_event_that_names_a_unit_twice_does_not_compete_with_itself() -> None:
    twice = event("lecture", DAY, lead_units=("区司法局",), responsible_units=("区司法局",))
    assert check(year(twice)).conflicts == ()


def test_a_zone_never_competes_with_its_host_nor_with_another_zone_of_it() -> None:
    units = {"lead_units": ("区司法局",), "venue": "v2"}
    host = event("host_meeting", DAY, key="host", **units)
    zones = [event("tech_forum", DAY, host_event="host", **units) for _ in range(2)]
    assert check(year(host, *zones)).conflicts == ()
    other = event("lecture", DAY, key="other", **units)
    assert [c.events[-1] for c in conflicts(check(year(host, *zones, other)), "unit")] == ["other"]


def test_events_known_to_the_day_only_do_not_compete_by_time() -> None:
    one = event("lecture", DAY, venue="v1", key="one")
    whole = event("lecture", DAY, at="00:00", hours=24, precision=Precision.DAY, venue="v1")
    half = event("lecture", DAY, at="13:00", hours=4, precision=Precision.HALF_DAY, venue="v1", key="half")
    assert [c.events for c in conflicts(check(year(one, whole, half)), "venue")] == [("half", "one")]


def test_an_event_over_midnight_competes_with_the_next_morning() -> None:
    night = event("lecture", DAY, at="20:00", hours=14, venue="v1", key="night")
    morning = event("lecture", DAY + timedelta(days=1), at="09:00", venue="v1", key="morning")
    assert [(c.events, c.day) for c in conflicts(check(year(night, morning)), "venue")] == [
        (("night", "morning"), DAY)
    ]


def test_two_clashes_of_a_day_are_two_conflicts() -> None:
    hours = ("09:00", "10:00", "14:00", "15:00")
    events = [event("lecture", DAY, at=hour, venue="v1", key=hour) for hour in hours]
    assert [c.events for c in conflicts(check(year(*events)), "venue")] == [
        ("09:00", "10:00"),
        ("14:00", "15:00"),
    ]


def test_drafts_and_postponed_events_compete_with_nobody() -> None:
    others = [event("lecture", DAY, venue="v1", status=s) for s in ("draft", "postponed", "cancelled")]
    planned = event("lecture", DAY, venue="v1", key="planned")
    assert check(year(planned, *others)).conflicts == ()
    assert len(check(year(planned, *others, event("lecture", DAY, venue="v1"))).conflicts) == 1


def test_two_visits_in_one_town_on_a_day_are_hinted_at() -> None:
    morning = event("community", DAY, at="09:00", towns=("顾村镇",), key="am")
    evening = event("community", DAY, at="18:00", towns=("顾村镇", "罗店镇"), key="pm")
    opening = event("open_month", DAY, towns=("罗店镇",))
    assert check(year(morning, evening, opening)).conflicts == (
        Conflict(ConflictKind.TOWN_DAY, Severity.HINT, ("am", "pm"), "顾村镇", DAY),
    )


def test_a_week_over_the_limit_is_hinted_at_without_its_host_meetings() -> None:
    monday = date(2027, 7, 5)
    events = [
        event("lecture", monday + timedelta(days=n % 5), at=f"{8 + n:02}:00", hours=1) for n in range(9)
    ]
    hosts = [event("host_meeting", monday) for _ in range(3)]
    assert check(year(*events[:8], *hosts)).conflicts == ()
    (conflict,) = check(year(*events, *hosts)).conflicts
    assert (conflict.kind, conflict.day, conflict.limit) == (ConflictKind.WEEK_LOAD, monday, 8)
    assert set(conflict.events) == {e.key for e in events}
    assert check(year(*events, settings={"week_limit": 9})).conflicts == ()


def test_the_weeks_of_the_samples_august_are_as_in_its_picture() -> None:
    checked = check(sample())
    august = {load.monday.isoformat(): load.total for load in checked.loads if load.monday.month == 8}
    assert august == {"2027-08-02": 9, "2027-08-09": 15, "2027-08-16": 8, "2027-08-23": 12, "2027-08-30": 4}
    assert [c.kind for c in checked.conflicts] == [ConflictKind.WEEK_LOAD] * 3


def test_loads_are_counted_by_campaign_for_every_week_that_touches_the_year() -> None:
    loads = check(year(event("park", "2027-01-01"), event("lecture", "2027-01-02"))).loads
    assert (loads[0], len(loads), loads[-1].monday) == (
        WeekLoad(date(2026, 12, 28), ((Campaign.LECTURE, 1), (Campaign.PARK, 1))),
        53,
        date(2027, 12, 27),
    )


HOURS = st.integers(0, 23)
CROWDED = st.lists(
    st.builds(
        lambda day, hour, length, venue, host: event(
            "lecture",
            DAY + timedelta(days=day),
            at=f"{hour:02}:00",
            hours=length,
            venue=venue,
            host_event=host,
        ),
        st.integers(0, 2),
        HOURS,
        st.sampled_from((1, 2, 5, 30)),
        st.sampled_from(("v1", "v2", None)),
        st.sampled_from((None, None, "h1", "h2")),
    ),
    max_size=14,
)


@given(CROWDED)
def test_the_sweep_finds_exactly_the_events_that_overlap_another_in_their_venue(events: list[Event]) -> None:
    competing = {
        (one.venue, one.key)
        for one in events
        for two in events
        if one is not two
        and one.venue is not None
        and one.venue == two.venue
        and overlap(one, two)
        and not belong_together(one, two)
    }
    found = [(c.resource, key) for c in conflicts(check(year(*events)), "venue") for key in c.events]
    assert sorted(found) == sorted(competing)


def test_another_year_asked_about_meanwhile_changes_no_answer(monkeypatch: pytest.MonkeyPatch) -> None:
    mine, other = year(event("lecture", DAY)), year(event("lecture", DAY), number=2028)
    theirs: list[Places] = []

    class Shared(list[object]):
        """Another thread comes right after the first year was put in."""

        def __setitem__(self, at: object, value: object) -> None:
            super().__setitem__(at, value)  # type: ignore[index,assignment]
            if not theirs:
                theirs.append(Places((), (), ()))
                theirs.append(places_of(other))

    monkeypatch.setattr(places, "_latest", Shared())
    found = places_of(mine)
    assert len(theirs) == 2
    assert found is not theirs[1]
