from __future__ import annotations

from datetime import date

from models.domain.events import Campaign, EventStatus
from planners.history import History, TimesNamed, history_of
from planners.proposals import ReasonKind
from tests.factories import event, year
from tests.planners.autoplan.year.factories import TOWNS, UNITS, planned

EFFORT = 40_000
LATE = date(2027, 9, 1)


def test_what_was_held_is_counted_by_name() -> None:
    before = year(
        event("community", "2026-03-03", towns=("顾村镇",), lead_units=("区民政局", "区医保局")),
        event("community", "2026-04-07", towns=("顾村镇",), lead_units=("区民政局",)),
        event("community", "2026-05-07", towns=("罗店镇",), status=EventStatus.CANCELLED),
        event("park", "2026-05-07", park="南大智慧城"),
        units=UNITS,
        number=2026,
    )
    found = history_of([before])
    assert found.visited(Campaign.COMMUNITY) == {"顾村镇": 2}
    assert found.visited(Campaign.PARK) == {"南大智慧城": 1}
    assert found.led(Campaign.COMMUNITY) == {"区民政局": 2}
    assert found.years == (2026,)


def towns_of(history: History) -> list[str]:
    """Where the visits of the last quarter go in an otherwise empty year."""
    proposal = planned(year(units=UNITS), LATE, effort=EFFORT, targets=False, history=history)
    visits = [entry.event for entry in proposal.entries if entry.campaign is Campaign.COMMUNITY]
    return [visit.towns[0] for visit in visits if visit is not None and (visit.day or LATE).month >= 9]


def test_where_nobody_has_been_for_years_comes_first() -> None:
    for fresh in TOWNS:
        visits = tuple(TimesNamed(Campaign.COMMUNITY, town, 4) for town in TOWNS if town != fresh)
        assert fresh in towns_of(History((2025, 2026), visits))


def test_the_reason_names_the_years_before() -> None:
    history = History((2025, 2026), (TimesNamed(Campaign.COMMUNITY, "顾村镇", 3),))
    proposal = planned(year(units=UNITS), LATE, effort=EFFORT, history=history)
    words = {
        entry.event.towns[0]: reason.text
        for entry in proposal.entries
        if entry.event is not None and entry.campaign is Campaign.COMMUNITY
        for reason in entry.reasons
        if reason.kind is ReasonKind.PLACE
    }
    assert "罗泾镇2025—2026年没去过" in words["罗泾镇"]
    assert "顾村镇2025—2026年去过 3 次" in words["顾村镇"]


def test_who_led_most_before_leads_no_more_than_the_others_now() -> None:
    leads = (TimesNamed(Campaign.COMMUNITY, "区民政局", 9), TimesNamed(Campaign.COMMUNITY, "区医保局", 1))
    proposal = planned(
        year(units=UNITS), date(2027, 1, 1), effort=EFFORT, targets=False, history=History((2026,), (), leads)
    )
    led = [
        entry.event.lead_units[0]
        for entry in proposal.entries
        if entry.event is not None and entry.campaign is Campaign.COMMUNITY
    ]
    assert led.count("区民政局") == min(map(led.count, set(led)))
