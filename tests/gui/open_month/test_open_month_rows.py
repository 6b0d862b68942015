"""开放月的格子：叠放、筛选、每格说什么。"""

from __future__ import annotations

from datetime import date, datetime

from hypothesis import given
from hypothesis import strategies as st

from gui.open_month.rows import (
    MOST_LANES,
    LineFilter,
    bar_words,
    day_heads,
    event_sentence,
    grid_rows,
    place_words,
    stacked,
    summary_words,
)
from models.domain.events import Event, Precision
from models.domain.workdays import workdays_of
from models.domain.year import Holidays
from planners.open_month import OpenDay, OpenMonth, open_month
from tests.factories import check, event, sample, year


def open_day(day: str | None = "2027-08-03", *units: str, **fields: object) -> Event:
    return event("open_month", day, lead_units=units, **fields)  # type: ignore[arg-type]


def month_of(*events: Event, **more: object) -> OpenMonth:
    snapshot = year(*events, **more)  # type: ignore[arg-type]
    return open_month(snapshot, check(snapshot))


def test_rows_stand_under_their_group_with_its_numbers() -> None:
    rows = grid_rows(
        month_of(open_day("2027-08-03", "顾村镇"), open_day("2027-08-04", "区司法局", status="draft"))
    )
    assert [(row.title, row.note) for row in rows] == [
        ("街镇", "报送 1/2，计入 1 个"),
        ("顾村镇", "1 场"),
        ("罗店镇", "未报送"),
        ("部门", "报送 1/2，计入 0 个"),
        ("区司法局", "未计入"),
        ("区教育局", "未报送"),
    ]


def test_filters_leave_out_lines_and_empty_groups() -> None:
    month = month_of(open_day("2027-08-03", "顾村镇"), open_day("2027-08-04", "区司法局", online_only=True))
    named = {one: [row.title for row in grid_rows(month, one) if row.line] for one in LineFilter}
    assert named == {
        LineFilter.ALL: ["顾村镇", "罗店镇", "区司法局", "区教育局"],
        LineFilter.REPORTED: ["顾村镇", "区司法局"],
        LineFilter.MISSING: ["罗店镇", "区教育局"],
        LineFilter.ONLINE: ["区司法局"],
    }
    assert [row.title for row in grid_rows(month, text="教育")] == ["部门", "区教育局"]


def test_two_of_one_day_stack_and_a_fourth_is_counted() -> None:
    rows = grid_rows(month_of(*(open_day("2027-08-03", "顾村镇", at=f"{10 + n}:00") for n in range(5))))
    bars = rows[1].bars
    assert [(bar.lane, bar.more) for bar in bars] == [(0, 0), (1, 0), (2, 2)]
    assert (rows[1].lanes, len(rows[1].at(3))) == (3, 5)


def test_undated_events_stand_before_the_first() -> None:
    rows = grid_rows(month_of(open_day(None, "顾村镇", key="A"), open_day(None, "顾村镇", key="B")))
    assert [(bar.first, bar.last, bar.more) for bar in rows[1].bars] == [(0, 0, 1)]
    assert [one.key for one in rows[1].at(0)] == ["A", "B"]


def test_heads_mark_rest_days_make_up_days_and_count_what_the_check_counts() -> None:
    arranged = Holidays(True, "测试", ((date(2027, 8, 6), "测试节"),), (date(2027, 8, 7),))
    snapshot = year(open_day("2027-08-06", "顾村镇"), holidays=arranged)
    month = open_month(snapshot, check(snapshot))
    heads = day_heads(month, workdays_of(snapshot), [date(2027, 8, 6)])
    assert [(h.number, h.weekday, h.rest, h.mark, h.name, h.count) for h in heads[5:8]] == [
        (6, "五", True, "休", "测试节", 1),
        (7, "六", False, "班", "", 0),
        (8, "日", True, "", "", 0),
    ]


def test_a_bar_says_the_most_that_fits() -> None:
    assert bar_words(open_day(short="走进应急", at="13:30")) == ("13:30 走进应急", "13:30", "13时")
    assert bar_words(open_day(short="直播", online_only=True)) == ("线上 直播", "线上", "线")
    rough = open_day(short="开放周")._replace(precision=Precision.TEN_DAYS)
    assert bar_words(rough) == ("开放周", "开放")


def test_sentences_say_what_keeps_an_event_from_counting() -> None:
    online = open_day(
        title="云开放", online_only=True, forms=("答疑",), expected=80, signed_up=5, signup="电话"
    )
    assert event_sentence(online) == (
        "“云开放” · 8月3日 周二 14:00–16:00 · 已排 · 只在线上，不计入 · 答疑 · 预计 80 人，已报名 5（电话）"
    )
    rows = grid_rows(month_of())
    assert place_words(rows[1], 3, 2027) == "顾村镇（未报送）8月3日 周二：回车新建"


def test_the_summary_says_how_far_it_is_to_the_range() -> None:
    month = open_month(sample(), check(sample()))
    assert summary_words(month) == "46 场，在 30–80 内"
    assert summary_words(month._replace(forecast=12)) == "12 场，距目标 30–80 还差 18 场"
    assert summary_words(month._replace(forecast=90)) == "90 场，超过 30–80"


SPANS = st.lists(st.tuples(st.integers(1, 31), st.integers(0, 9)), max_size=40)


@given(SPANS)
def test_no_two_bars_of_a_lane_touch_and_none_is_lost(spans: list[tuple[int, int]]) -> None:
    days = [
        OpenDay(
            Event(f"E{n}", open_day().campaign, "", starts_at=datetime(2027, 8, first)),
            first,
            min(31, first + length),
            counts=True,
            interactive=True,
        )
        for n, (first, length) in enumerate(sorted(spans))
    ]
    bars = stacked(days)
    assert sum(1 + bar.more for bar in bars) == len(days)
    assert all(bar.lane < MOST_LANES for bar in bars)
    taken = [(bar.lane, day) for bar in bars for day in range(bar.first, bar.last + 1)]
    assert len(taken) == len(set(taken))
