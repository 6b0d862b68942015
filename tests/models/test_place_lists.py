"""单位、学校与场地的名单：写哪些行，改名带上什么，谁在用。"""

from __future__ import annotations

from datetime import date

from models import commands
from models.domain.snapshot import ItemKind
from models.domain.units import School, Unit, UnitKind, Venue
from models.domain.year import Exemption
from models.place_lists import (
    list_changes,
    list_title,
    lists_of,
    names_problem,
    units_problem,
    users_of,
    with_former_name,
    with_lists,
)
from models.queries import year_snapshot
from models.store import Store
from tests.models.years import small_year

FIRST, LAST = date(2027, 8, 1), date(2027, 8, 31)


def named(store: Store, key: str, name: str) -> None:
    """The unit ``key`` is renamed, in one step."""
    snapshot = year_snapshot(store, 2027)
    lists = lists_of(snapshot)
    units = tuple(unit._replace(name=name) if unit.key == key else unit for unit in lists.units)
    changes = list_changes(snapshot, lists._replace(units=units))
    commands.apply_changes(store, 2027, list_title(changes), changes)


def test_the_same_lists_write_nothing() -> None:
    year = small_year()
    assert list_changes(year, lists_of(year)) == ()


def test_a_former_name_is_kept_once() -> None:
    unit = Unit("u", "区数据局", aliases=("数据局",))
    assert with_former_name(unit, "区大数据中心").aliases == ("数据局", "区大数据中心")
    assert with_former_name(unit, "数据局") == unit
    assert with_former_name(unit, "区数据局") == unit
    back = Unit("u", "区大数据中心", aliases=("区大数据中心",))
    assert with_former_name(back, "区数据局").aliases == ("区数据局",)


def test_what_is_registered_under_a_name_goes_along_and_comes_back(store: Store) -> None:
    unit = year_snapshot(store, 2027).units[0]
    exemption = Exemption("open_month.units", FIRST, LAST, unit.name, "搬迁")
    commands.put_item(store, 2027, ItemKind.EXEMPTION, exemption)
    commands.explain(store, 2027, "open_month.units", FIRST, LAST, unit.name, "值守")
    commands.explain(store, 2027, "lecture.monthly", FIRST, LAST, None, "无关")
    before = year_snapshot(store, 2027)
    named(store, unit.key, "区数据局")
    after = year_snapshot(store, 2027)
    assert [entry.group for entry in after.exemptions if entry.reason == "搬迁"] == ["区数据局"]
    kept = {name: value for name, value in after.year_row.settings if name.startswith("explanation:")}
    assert set(kept.values()) == {"值守", "无关"}
    assert any(name.endswith("|区数据局") for name in kept)
    assert not any(name.endswith(f"|{unit.name}") for name in kept)
    commands.undo(store)
    assert year_snapshot(store, 2027).exemptions == before.exemptions
    assert year_snapshot(store, 2027).year_row == before.year_row


def test_the_step_says_what_it_did() -> None:
    year = small_year()
    lists = lists_of(year)
    first = lists.units[0]
    units = (first._replace(name="区数据局"), *lists.units[1:], Unit("n", "新单位"))
    schools = (*lists.schools, School("a", "甲校"), School("b", "乙校"))
    venues = tuple(venue._replace(address="友谊路1号") for venue in lists.venues)
    changes = list_changes(year, lists._replace(units=units, schools=schools, venues=venues))
    words = list_title(changes)
    assert words.startswith(f"修改单位、学校与场地：“{first.name}”改名“区数据局”、新增单位 1 个、改场地 ")
    assert words.endswith("等 4 处")


def test_users_are_named_by_their_lists(store: Store) -> None:
    year = year_snapshot(store, 2027)
    venue = year.venues[0]
    users = [event for event in year.events if event.venue == venue.key]
    assert users
    words = users_of(year, ItemKind.VENUE, venue.key, year.venues)
    assert f"活动 {len(users)} 项（{users[0].short or users[0].title}" in words
    owned = Venue("n", "新场地", unit="n")
    assert users_of(year, ItemKind.UNIT, "n", [owned]) == "场地 1 项（新场地）"
    assert users_of(year, ItemKind.UNIT, "n", year.venues) == ""


def test_the_lists_that_cannot_be_taken() -> None:
    twice = (Unit("a", "区司法局"), Unit("b", "区局", aliases=("区司法局",)))
    assert units_problem(()) == "至少要有一个单位参加。"
    assert units_problem(twice) == "“区司法局”有两个单位在用，请改名或去掉一个。"
    assert units_problem(twice[:1]) == ""
    assert names_problem((School("a", "甲"), School("b", "甲")), "学校") == "学校“甲”列了两次。"
    assert names_problem((Venue("a", " "),), "场地") == "有场地没有名称。"


def test_a_year_with_other_lists_keeps_the_names_of_today() -> None:
    year = small_year()
    lists = lists_of(year)
    first = lists.units[0]
    units = (first._replace(name="改了名", kind=UnitKind.OTHER), *lists.units[1:], Unit("n", "新单位"))
    made = with_lists(year, lists._replace(units=units))
    assert (made.units[0].name, made.units[0].kind) == (first.name, UnitKind.OTHER)
    assert made.units[-1].name == "新单位"
    assert tuple(made.events) == tuple(year.events)
