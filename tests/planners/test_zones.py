"""专区的四点与设专区：缺什么只作提示，会议是什么样专区就是什么样。"""

from __future__ import annotations

from models.domain.events import Campaign, EventStatus
from models.domain.papers import Zone
from planners.zones import (
    Point,
    ZonePoint,
    lacks_contents,
    missing_points,
    new_zone,
    points_of,
    without_explainer,
    zone_lines,
    zone_of,
    zone_with,
    zones_at,
)
from tests.factories import event, year

HOST = event(
    "host_meeting",
    "2027-06-25",
    key="H",
    title="政策发布会",
    short="发布会",
    place="会议中心",
    lead_units=("区司法局",),
)
ZONE = event("tech_forum", "2027-06-25", key="Z", host_event="H", title="专区", short="专区")
FULL = Zone("z1", "Z", "背", "甲", "依", "乙", "目", "丙", "新", "", ("一图读懂",))


def test_missing_points_are_named_in_their_order() -> None:
    assert missing_points(None) == ("政策背景", "决策依据", "出台目的", "创新做法")
    assert missing_points(Zone("z", "Z", basis="依据", purpose="  ")) == ("政策背景", "出台目的", "创新做法")
    assert (missing_points(FULL), without_explainer(FULL)) == ((), ("创新做法",))


def test_points_go_into_a_zone_and_come_out_again() -> None:
    points = tuple(Point(point, f" {point.label} ", "讲解员") for point in ZonePoint)
    zone = zone_with(Zone("z", "Z"), points, ("甲", "乙"))
    assert [(p.text, p.by) for p in points_of(zone)] == [(point.label, "讲解员") for point in ZonePoint]
    assert zone.leaflets == ("甲", "乙")


def test_a_new_zone_is_like_its_meeting() -> None:
    zone = new_zone(HOST._replace(status=EventStatus.CONFIRMED), "N")
    assert (zone.campaign, zone.host_event, zone.status) == (Campaign.TECH_FORUM, "H", EventStatus.PLANNED)
    assert (zone.starts_at, zone.ends_at, zone.place, zone.lead_units) == (
        HOST.starts_at, HOST.ends_at, "会议中心", ("区司法局",),
    )  # fmt: skip
    assert (zone.title, zone.short) == ("“科创问政”专区 · 政策发布会", "发布会")


def test_the_zone_of_a_meeting_is_one_that_was_not_cancelled() -> None:
    gone = ZONE._replace(key="Z0", status=EventStatus.CANCELLED)
    snapshot = year(HOST, gone, ZONE)
    assert [zone.key for zone in zones_at(snapshot, "H")] == ["Z", "Z0"]
    assert (zone_of(snapshot, "H"), zone_of(snapshot, "Z0")) == (ZONE, gone)
    assert zone_of(year(HOST, gone), "H") is None
    assert zone_of(snapshot, "不在") is None


def test_lines_say_where_it_stands_and_what_is_open() -> None:
    assert zone_lines(year(HOST, ZONE), ZONE) == (
        (True, "设在“政策发布会”（6月25日 周五 14:00–16:00）现场，会议改期时随同"),
        (False, "还没写：政策背景、决策依据、出台目的、创新做法"),
    )
    assert zone_lines(year(HOST, ZONE, zones=(FULL,)), ZONE)[1:] == (
        (True, "四点都已写明"),
        (False, "未定讲解人：创新做法"),
        (True, "宣传页 1 种：一图读懂"),
    )


def test_only_a_zone_that_is_ahead_is_hinted_at() -> None:
    snapshot = year(HOST, ZONE)
    assert lacks_contents(snapshot, ZONE)
    assert not lacks_contents(snapshot, ZONE._replace(status=EventStatus.HELD))
    assert not lacks_contents(year(HOST, ZONE, zones=(FULL,)), ZONE)
    assert not lacks_contents(snapshot, HOST)
