"""参考数据：街镇、委办局、园区、场所，都有出处。"""

from __future__ import annotations

from collections import Counter

from models.domain.units import Unit, UnitKind, Venue
from models.holidays import holidays_for
from models.reference import blank_year, live_platforms, reference_units, reference_venues


def test_the_units_are_departments_then_towns_then_parks() -> None:
    kinds = [unit.kind for unit in reference_units()]
    assert kinds == sorted(kinds, key=[UnitKind.DEPARTMENT, UnitKind.TOWN, UnitKind.PARK].index)
    assert Counter(kinds)[UnitKind.TOWN] == 12


def test_units_come_with_their_other_names_and_under_one_name_only() -> None:
    units = {unit.key: unit for unit in reference_units()}
    assert units["区人力资源社会保障局"].aliases == ("区人社局",)
    assert units["区政务服务中心"] == Unit(
        "区政务服务中心", "区政务服务中心", UnitKind.DEPARTMENT, ("区行政服务中心",)
    )
    names = [name for unit in reference_units() for name in (unit.name, *unit.aliases)]
    assert len(names) == len(set(names))


def test_the_live_room_belongs_to_its_centre() -> None:
    venues = reference_venues()
    assert venues[0] == Venue("v1", "区政务服务中心“宝你汇”直播间", "", "区政务服务中心")
    assert Venue("v2", "区政府", "密山路5号") in venues


def test_the_live_platforms_are_the_three_of_the_document() -> None:
    assert live_platforms() == ("“宝你汇”直播间", "“宝山汇”APP", "“上海宝山”抖音号")


def test_a_blank_year_has_units_venues_and_holidays_but_no_events() -> None:
    blank = blank_year(2026)
    assert blank.year_row.holidays == holidays_for(2026)
    assert (blank.units, blank.venues, blank.events) == (reference_units(), reference_venues(), ())
    assert set(blank.neighbours) == {2025, 2026, 2027}
