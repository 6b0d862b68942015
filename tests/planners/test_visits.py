"""街镇几年未去、公开清单是否附上。"""

from __future__ import annotations

from models.domain.events import EventStatus
from models.domain.papers import Evidence, EvidenceKind
from models.domain.units import Unit, UnitKind
from planners.visits import coverage_words, disclosed_events, lacks_list, left_out_towns, town_visits
from tests.factories import event, year


def visit(day: str, *towns: str, **fields: object):  # type: ignore[no-untyped-def]
    return event("community", day, towns=towns, **fields)


def test_a_town_is_left_out_where_neither_year_went_there() -> None:
    last = year(visit("2026-05-05", "顾村镇", status="held"), number=2026)
    visits = town_visits(year(), (last,))
    assert [(town.name, town.counts, town.last_year) for town in visits] == [
        ("顾村镇", ((2026, 1), (2027, 0)), 2026),
        ("罗店镇", ((2026, 0), (2027, 0)), None),
    ]
    assert [town.name for town in left_out_towns(visits)] == ["罗店镇"]
    assert coverage_words(visits) == (
        "两年未去过的街镇 1 个：罗店镇（2026–2027 年，往年按已举办、本年按已排）。"
    )


def test_what_was_only_planned_in_an_earlier_year_does_not_count_but_this_years_plan_does() -> None:
    last = year(visit("2026-05-05", "顾村镇"), number=2026)
    visits = town_visits(
        year(visit("2027-09-01", "罗店镇"), visit("2027-10-01", "顾村镇", status="draft")), (last,)
    )
    assert [(town.name, town.left_out) for town in visits] == [("顾村镇", True), ("罗店镇", False)]


def test_a_town_is_the_same_by_its_name_where_the_keys_differ() -> None:
    other = (Unit("t9", "罗店镇", UnitKind.TOWN),)
    last = year(visit("2026-05-05", "t9", status="held"), number=2026, units=other)
    assert [town.last_year for town in town_visits(year(), (last,))] == [None, 2026]


def test_one_year_alone_says_nothing_and_full_coverage_says_so() -> None:
    assert coverage_words(town_visits(year())) == ""
    last = year(visit("2026-05-05", "顾村镇", "罗店镇", status="held"), number=2026)
    assert coverage_words(town_visits(year(), (last,))) == "2026–2027 年各街镇都去过。"
    older = year(number=2025)
    assert coverage_words(town_visits(year(), (last, older))).startswith("2025–2027")
    assert coverage_words(()) == ""


def test_a_held_visit_without_a_list_is_hinted_at() -> None:
    held = visit("2027-05-05", "顾村镇", key="E1", status="held")
    paper = Evidence("F1", "E1", EvidenceKind.DISCLOSURE, link="https://a.cn")
    assert lacks_list(held, disclosed_events(year(held)))
    assert not lacks_list(held, disclosed_events(year(held, evidence=(paper,))))
    assert not lacks_list(held._replace(status=EventStatus.PLANNED), frozenset())
    assert not lacks_list(event("lecture", status="held"), frozenset())
