"""演示年度：由界面样例转换而来，逐字节一致，且全是虚构。"""

from __future__ import annotations

import json
from collections import Counter

from exports.package import read_package, write_package
from models.domain.events import Campaign, EventStatus
from models.sample import sample_year
from tests import example_2024, sample_2027
from tests.factories import sample


def test_the_shipped_sample_is_what_the_converter_makes() -> None:
    made = json.dumps(sample_2027.sample_package(), ensure_ascii=False).encode()
    assert write_package(read_package(made, "样例")) == sample_year()


def test_the_sample_reads_and_writes_back_to_the_same_bytes() -> None:
    assert write_package(sample()) == sample_year()


def test_the_sample_is_marked_as_a_demonstration() -> None:
    assert sample().year_row.setting("demo") is True


def test_the_sample_has_the_events_of_the_pictures_and_a_host_for_each_zone_but_one() -> None:
    events = sample().events
    assert Counter(event.campaign for event in events) == {
        Campaign.LECTURE: 12,
        Campaign.PARK: 7,
        Campaign.COMMUNITY: 12,
        Campaign.CAMPUS: 9,
        Campaign.TECH_FORUM: 5,
        Campaign.OPEN_MONTH: 46,
        Campaign.HOST_MEETING: 4,
    }
    assert [e.key for e in events if e.campaign is Campaign.TECH_FORUM and e.host_event is None] == ["A045"]


def test_the_postponed_lecture_keeps_the_words_of_its_first_date() -> None:
    event = sample().event_by_key["A007"]
    assert (event.status, event.starts_at, event.raw_time) == (EventStatus.POSTPONED, None, "原定 6月10日")


def test_the_delegates_of_the_sample_are_invented_and_masked() -> None:
    assert {delegate.name[:2] for delegate in sample().delegates} == {"代表"}
    assert {delegate.phone for delegate in sample().delegates} == {""}


def test_the_catalogue_has_eight_decisions_one_of_them_exempt() -> None:
    decisions = sample().decisions
    assert (len(decisions), sum(bool(decision.exemption) for decision in decisions)) == (8, 1)


def test_the_example_of_2024_is_what_its_builder_makes() -> None:
    assert example_2024.TARGET.read_bytes() == example_2024.example_package()


def test_the_example_of_2024_leaves_open_what_its_sources_leave_open() -> None:
    year = read_package(example_2024.TARGET.read_bytes(), "宝山区2024")
    assert {event.key: (event.precision.value, event.raw_time) for event in year.events} == {
        "R001": ("half_day", "8月23日下午"),
        "R035": ("unset", "2024年春节假期后的首个工作日（报道日期2024-02-19）"),
        "R041": ("unset", "2024年上半年"),
    }
    assert (
        year.year_row.holidays.notice
        == "《国务院办公厅关于2024年部分节假日安排的通知》（国办发明电〔2023〕7号）"
    )
