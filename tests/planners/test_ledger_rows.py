"""台账的行：缺什么、计入哪里、各列的字。"""

from __future__ import annotations

import pytest

from models.domain.events import Campaign, Event, Precision, SchoolStage
from models.domain.papers import Evidence, EvidenceKind
from models.domain.snapshot import YearSnapshot
from models.domain.units import School
from planners.ledger_rows import (
    LedgerColumn,
    LedgerRow,
    clock_text,
    day_text,
    ledger_rows,
    row_texts,
    searched_text,
)
from tests.factories import check, event, sample, year

SCHOOL = School("s1", "行知中学", (SchoolStage.SENIOR,))


def row_of(one: Event, *others: Event, **lists: object) -> tuple[LedgerRow, YearSnapshot]:
    """The row of ``one`` in a year with ``others``."""
    snapshot = year(one, *others, **lists)  # type: ignore[arg-type]
    return ledger_rows(snapshot, check(snapshot))[0], snapshot


def texts_of(one: Event, *others: Event) -> tuple[str, ...]:
    row, snapshot = row_of(one, *others)
    return row_texts(row, snapshot, check(snapshot).ruleset)


def missing(one: Event, **lists: object) -> tuple[str, ...]:
    return row_of(one, **lists)[0].missing


def test_a_complete_event_lacks_nothing() -> None:
    complete = event(lead_units=("区司法局",), venue="v1", platforms=("甲", "乙"))
    assert missing(complete) == ()
    assert texts_of(complete)[LedgerColumn.MISSING] == "齐"


@pytest.mark.parametrize(
    ("one", "lacks"),
    [
        (event("lecture", None, lead_units=("区司法局",), venue="v1", platforms=("甲", "乙")), "日期"),
        (event("lecture", None, status="postponed", lead_units=("区司法局",), venue="v1"), "新日期"),
        (
            event("lecture", "2027-06-01", lead_units=("区司法局",), venue="v1", platforms=("甲", "乙")),
            "结果",
        ),
        (event("lecture", venue="v1", platforms=("甲", "乙")), "牵头单位"),
        (event("lecture", lead_units=("区司法局",), platforms=("甲", "乙")), "地点"),
        (event("lecture", lead_units=("区司法局",), place="（待定）", platforms=("甲", "乙")), "地点"),
        (event("community", lead_units=("区司法局", "顾村镇"), place="礼堂"), "街镇"),
        (event("campus", lead_units=("区司法局",), place="礼堂"), "学段"),
        (event("campus", lead_units=("区司法局",), stages=(SchoolStage.JUNIOR,)), "地点"),
        (event("park", lead_units=("区司法局",), park="南大智慧城"), "问卷"),
        (event("tech_forum", lead_units=("区司法局",), place="会场"), "宿主会议"),
    ],
)
def test_what_keeps_an_event_from_being_complete(one: Event, lacks: str) -> None:
    assert lacks in missing(one)


def test_a_cancelled_event_lacks_nothing() -> None:
    assert missing(event(status="cancelled")) == ()
    assert texts_of(event(status="cancelled"))[LedgerColumn.MISSING] == ""


def test_an_online_event_needs_no_place() -> None:
    assert "地点" not in missing(event("open_month", online_only=True, lead_units=("区司法局",)))


def test_two_events_of_one_venue_at_one_time_are_in_conflict() -> None:
    one = event(venue="v1", lead_units=("区司法局",))
    row, _ = row_of(one, event(venue="v1", lead_units=("区教育局",)))
    assert len(row.conflicts) == 1
    assert texts_of(one, event(venue="v1"))[LedgerColumn.MISSING].startswith("冲突")


@pytest.mark.parametrize(
    ("one", "words"),
    [
        (event("lecture"), "讲堂 · 6月"),
        (event("park", park="南大智慧城"), "园区 · 二季度"),
        (event("campus", stages=(SchoolStage.JUNIOR,)), "校区初中 · 二季度"),
        (event("open_month", "2027-08-05"), "开放月 · 8月"),
        (event("tech_forum"), "不计频次"),
        (event("lecture", None, status="postponed"), "—（未排定）"),
        (event("lecture", status="draft"), "—（草拟）"),
        (event("lecture", status="cancelled"), "—（已取消）"),
        (event("campus"), "—（不计入）"),
    ],
)
def test_where_an_event_counts_or_why_it_does_not(one: Event, words: str) -> None:
    assert texts_of(one)[LedgerColumn.COUNTED] == words


@pytest.mark.parametrize(
    ("precision", "day", "clock"),
    [
        (Precision.TIME, "6月16日 周三", "14:00"),
        (Precision.HALF_DAY, "6月16日 周三", "下午"),
        (Precision.DAY, "6月16日 周三", "全天"),
        (Precision.TEN_DAYS, "6月中旬", ""),
        (Precision.MONTH, "6月", ""),
        (Precision.QUARTER, "第二季度", ""),
    ],
)
def test_day_and_time_say_no_more_than_is_known(precision: Precision, day: str, clock: str) -> None:
    one = event(precision=precision)
    assert (day_text(one), clock_text(one)) == (day, clock)


def test_an_undated_event_is_to_come() -> None:
    assert (day_text(event(day=None)), clock_text(event(day=None))) == ("待定", "")


def test_a_school_visit_names_school_and_stage() -> None:
    one = event("campus", schools=("s1",), stages=(SchoolStage.SENIOR,))
    row, snapshot = row_of(one, schools=(SCHOOL,))
    texts = row_texts(row, snapshot, check(snapshot).ruleset)
    assert texts[LedgerColumn.PLACE] == "行知中学 · 高中"
    assert (
        texts_of(event("campus", stages=(SchoolStage.JUNIOR,)))[LedgerColumn.PLACE] == "（学校待定） · 初中"
    )


def test_an_event_whose_day_has_passed_waits_for_its_result() -> None:
    assert texts_of(event(day="2027-06-01"))[LedgerColumn.STATUS] == "待登记"


def test_the_text_looked_in_holds_title_units_place_theme_and_note() -> None:
    one = event(
        title="“民法典”进社区",
        short="民法典",
        lead_units=("区司法局",),
        towns=("顾村镇",),
        theme="普法",
        note="带资料",
    )
    text = searched_text(one, year(one))
    for words in ("民法典进社区", "区司法局", "顾村镇", "普法", "带资料"):
        assert words in text


def test_every_event_of_the_sample_year_has_a_row() -> None:
    snapshot = sample()
    rows = ledger_rows(snapshot, check(snapshot))
    assert [row.key for row in rows] == [one.key for one in snapshot.events]
    by_key = {row.key: row for row in rows}
    assert by_key["A036"].missing == ("地点",)
    assert by_key["A007"].missing == ("新日期",)
    assert by_key["A045"].missing == ("地点", "宿主会议", "专区内容")
    assert {row.event.campaign for row in rows} == set(Campaign)


def test_a_held_event_lacks_its_evidence_until_all_kinds_are_there() -> None:
    held = event(
        "lecture",
        "2027-05-05",
        status="held",
        lead_units=("区司法局",),
        venue="v1",
        platforms=("甲", "乙"),
        key="E1",
    )
    photo = Evidence("F1", "E1", EvidenceKind.PHOTO, digest="a" * 64)
    press = Evidence("F2", "E1", EvidenceKind.PRESS, digest="b" * 64)
    assert missing(held) == ("佐证",)
    assert missing(held, evidence=(photo,)) == ("佐证",)
    assert missing(held, evidence=(photo, press)) == ()
    assert missing(held._replace(url="https://a.cn"), evidence=(photo,)) == ()
