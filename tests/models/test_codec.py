from __future__ import annotations

from datetime import datetime
from typing import Any

import pytest

from models.domain import codec
from models.domain.codec import Problem
from models.domain.events import Campaign, Event
from models.domain.snapshot import ItemKind
from models.domain.units import School, SchoolStage
from models.domain.year import Holidays, Year
from tests.models.years import LECTURE, small_year

PLAIN_EVENT = {"key": "E9", "campaign": "park", "title": "走进园区"}


def problems_of(kind: ItemKind, plain: Any) -> list[tuple[str, object, str]]:
    problems: list[Problem] = []
    assert codec.from_plain(kind, plain, "x[0]", problems) is None
    return [tuple(problem) for problem in problems]


def test_an_event_is_written_in_the_words_of_the_package() -> None:
    plain = codec.to_plain(LECTURE)
    assert list(plain) == [name for name in Event._fields if name not in codec.LATER_FIELDS[Event]]
    later = codec.to_plain(LECTURE._replace(signup="电话", signed_up=0))
    assert (later["signup"], later["signed_up"]) == ("电话", 0)
    assert plain["campaign"] == "lecture"
    assert plain["starts_at"] == "2027-06-16T14:00"
    assert plain["lead_units"] == ["sf"]
    assert codec.to_plain(School("s", "校", (SchoolStage.SENIOR,))) == {
        "key": "s",
        "name": "校",
        "stages": ["高中"],
    }


@pytest.mark.parametrize("kind", list(ItemKind))
def test_every_kind_of_item_comes_back_as_it_was(kind: ItemKind) -> None:
    for item in small_year().items(kind):
        problems: list[Problem] = []
        assert codec.from_plain(kind, codec.to_plain(item), "", problems) == item
        assert problems == []


def test_what_is_not_given_takes_its_default() -> None:
    problems: list[Problem] = []
    expected = Event("E9", Campaign.PARK, "走进园区")
    assert codec.from_plain(ItemKind.EVENT, PLAIN_EVENT, "", problems) == expected


@pytest.mark.parametrize(
    ("field", "value", "place", "why"),
    [
        ("title", 3, "x[0].title", "应为文字"),
        ("title", "长" * 20_001, "x[0].title", "文字过长，最多 20000 字"),
        ("key", " \x00", "x[0].key", "编号应为 1–200 个字符的文字"),
        ("expected", True, "x[0].expected", "应为 0–10000000 的整数"),
        ("expected", -1, "x[0].expected", "应为 0–10000000 的整数"),
        ("expected", 2.0, "x[0].expected", "应为 0–10000000 的整数"),
        ("pinned", 1, "x[0].pinned", "应为 true 或 false"),
        ("starts_at", "2027-02-30T10:00", "x[0].starts_at", "没有这个时刻"),
        ("starts_at", "2027-02-03 10:00", "x[0].starts_at", "时间应写成 2027-06-15T14:00"),
        ("starts_at", "２０２７-02-03T10:00", "x[0].starts_at", "时间应写成 2027-06-15T14:00"),
        ("stages", ["primary"], "x[0].stages[0]", "只能是 小学、初中、高中、一贯制、中职 之一"),
        ("lead_units", "sf", "x[0].lead_units", "应为列表 […]"),
        ("lead_units", ["sf", None], "x[0].lead_units[1]", "应为文字"),
        ("lead_units", ["sf", "sf\x00"], "x[0].lead_units", "列表中有重复"),
        ("lead_units", ["u"] * 501, "x[0].lead_units", "列表过长，最多 500 项"),
        ("colour", "红", "x[0].colour", "不认识的字段"),
    ],
)
def test_a_value_that_cannot_be_taken_is_named_with_its_place(
    field: str, value: object, place: str, why: str
) -> None:
    ((found_place, _, found_why),) = problems_of(ItemKind.EVENT, PLAIN_EVENT | {field: value})
    assert (found_place, found_why) == (place, why)


def test_a_missing_field_and_a_wrong_shape_are_named() -> None:
    assert problems_of(ItemKind.UNIT, {"key": "u"}) == [("x[0].name", None, "缺少必填字段")]
    assert problems_of(ItemKind.UNIT, ["u"]) == [("x[0]", ["u"], "应为一个对象 {…}")]


def test_an_event_that_contradicts_itself_is_refused() -> None:
    early = PLAIN_EVENT | {"starts_at": "2027-05-05T10:00", "ends_at": "2027-05-05T10:00"}
    assert problems_of(ItemKind.EVENT, early) == [
        ("x[0].ends_at", "2027-05-05T10:00", "结束时间不晚于开始时间 2027-05-05T10:00")
    ]
    assert problems_of(ItemKind.EVENT, PLAIN_EVENT | {"ends_at": "2027-05-05T10:00"}) == [
        ("x[0].ends_at", "2027-05-05T10:00", "有结束时间却没有开始时间")
    ]
    assert problems_of(ItemKind.EVENT, PLAIN_EVENT | {"host_event": "E9"}) == [
        ("x[0].host_event", "E9", "不能以自己为所在的会议活动")
    ]


@pytest.mark.parametrize(
    ("field", "value", "place", "why"),
    [
        ("year", 1999, "year", "年份应为 2000–2100 的整数"),
        ("settings", {"a": float("inf")}, "settings.a", "只能是文字、数字、true/false 或 null"),
        ("settings", {"a": [1]}, "settings.a", "只能是文字、数字、true/false 或 null"),
        ("settings", {"a": 2**60}, "settings.a", "数字过大"),
        ("settings", {"a": 1, "a\x00": "x"}, "settings", "设置名重复"),
        ("holidays", {"days_off": {"2027-02-29": "春节"}}, "holidays.days_off.2027-02-29", "没有这一天"),
        ("holidays", {"makeup_workdays": [3]}, "holidays.makeup_workdays[0]", "日期应写成 2027-06-15"),
        ("holidays", {"announced": "yes"}, "holidays.announced", "应为 true 或 false"),
        ("holidays", {"extra": 1}, "holidays.extra", "不认识的字段"),
        ("quarter_themes", {"5": "x"}, "quarter_themes.5", "不认识的字段"),
        ("quarter_themes", {"1": 5}, "quarter_themes.1", "应为文字"),
    ],
)
def test_a_fault_of_the_year_itself_is_named_with_its_place(
    field: str, value: object, place: str, why: str
) -> None:
    problems: list[Problem] = []
    assert codec.year_from_plain({"year": 2027} | {field: value}, "", problems) is None
    assert [(problem.place, problem.why) for problem in problems] == [(place, why)]


def test_days_of_the_year_are_kept_in_order_whatever_order_they_come_in() -> None:
    plain = {"year": 2027, "holidays": {"days_off": {"2027-10-01": "国庆", "2027-01-01": "元旦"}}}
    year = codec.year_from_plain(plain, "", [])
    assert year is not None
    assert [name for _, name in year.holidays.days_off] == ["元旦", "国庆"]
    assert year.holidays == Holidays(days_off=year.holidays.days_off)


def test_true_is_not_one_and_one_is_not_one_point_nought() -> None:
    assert not codec.identical(Year(2027, settings=(("a", True),)), Year(2027, settings=(("a", 1),)))
    assert not codec.identical(Year(2027, settings=(("a", 1.0),)), Year(2027, settings=(("a", 1),)))
    assert codec.identical(Year(2027, settings=(("a", 1),)), Year(2027, settings=(("a", 1),)))


def test_seconds_are_cut_off_and_texts_normalised() -> None:
    event = LECTURE._replace(title="e\u0301\u202e", starts_at=datetime(2027, 6, 16, 14, 0, 30))
    assert codec.normalised(ItemKind.EVENT, event, []) == LECTURE._replace(title="é")


def test_a_problem_is_one_line_however_long_or_hostile_the_value() -> None:
    assert str(Problem("events[0].title", "甲\n\u202e" * 100, "文字过长")) == (
        "events[0].title：“" + "甲 " * 30 + "…”，文字过长"
    )
    assert str(Problem("a", [[[]]], "应为文字")) == "a：[…]，应为文字"
    assert str(Problem("a", None, "缺少必填字段")) == "a：（空），缺少必填字段"
