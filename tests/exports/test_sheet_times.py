"""报送表里的时间：真实的写法各得其所，看不懂的、不可能的说出来。"""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from exports.xlsx.columns import time_words
from exports.xlsx.reading.times import (
    NotUnderstoodError,
    SaidTime,
    read_clock,
    read_moment,
    read_number,
    read_time,
    with_clock,
)
from models.domain.events import Campaign, Event, Precision
from models.domain.periods import month_period, quarter_period

EPOCH = datetime(1899, 12, 30)


def at(text: str) -> datetime:
    return datetime.fromisoformat(f"2027-{text}")


def span(when: SaidTime) -> tuple[datetime | None, datetime | None, Precision, bool]:
    return when.starts_at, when.ends_at, when.precision, when.tentative


@pytest.mark.parametrize(
    ("words", "starts", "ends", "precision", "tentative"),
    [
        ("8月21日（暂定）", "08-21", "08-22", Precision.DAY, True),
        ("9月中旬", "09-11", "09-21", Precision.TEN_DAYS, False),
        ("9月上旬", "09-01", "09-11", Precision.TEN_DAYS, False),
        ("2月下旬", "02-21", "03-01", Precision.TEN_DAYS, False),
        ("7月30日19:00至8月8日19:00", "07-30T19:00", "08-08T19:00", Precision.TIME, False),
        ("9月26日 星期日上午", "09-26T09:00", "09-26T12:00", Precision.HALF_DAY, False),
        ("9月26日下午", "09-26T13:30", "09-26T17:00", Precision.HALF_DAY, False),
        ("第二季度", "04-01", "07-01", Precision.QUARTER, False),
        ("二季度", "04-01", "07-01", Precision.QUARTER, False),
        ("9月", "09-01", "10-01", Precision.MONTH, False),
        ("5月底", "05-01", "06-01", Precision.MONTH, True),
        ("5.15", "05-15", "05-16", Precision.DAY, False),
        ("2027.5.15", "05-15", "05-16", Precision.DAY, False),
        ("5月15日上午9:30", "05-15T09:30", None, Precision.TIME, False),
        ("５月１２日\n１４：００－１６：００", "05-12T14:00", "05-12T16:00", Precision.TIME, False),
        ("2027-05-12 14:00-16:00", "05-12T14:00", "05-12T16:00", Precision.TIME, False),
        ("5月12日（周三）下午2点半至4点", "05-12T14:30", "05-12T16:00", Precision.TIME, False),
        ("5月12日上午9:00—下午4:00", "05-12T09:00", "05-12T16:00", Precision.TIME, False),
        ("8月26-28日", "08-26", "08-29", Precision.DAY, False),
        ("8月26日至9月2日", "08-26", "09-03", Precision.DAY, False),
        ("8月1日—8月31日每天9:00—11:00", "08-01", "09-01", Precision.DAY, False),
    ],
)
def test_a_time_is_known_as_far_as_it_is_said(
    words: str, starts: str, ends: str | None, precision: Precision, tentative: bool
) -> None:
    when = read_time(words, 2027)
    assert span(when) == (at(starts), at(ends) if ends else None, precision, tentative)
    assert when.raw == words


@pytest.mark.parametrize("words", ["待定", "", "另行通知", "时间待定", "—", "/"])
def test_an_open_time_is_open(words: str) -> None:
    assert span(read_time(words, 2027)) == (None, None, Precision.UNSET, False)


def test_until_a_day_from_now_on_has_no_beginning_and_keeps_its_words() -> None:
    when = read_time("即日起至9月23日上午9时", 2027)
    assert (span(when), when.raw, when.warnings) == (
        (None, None, Precision.UNSET, True),
        "即日起至9月23日上午9时",
        ("没有写明从哪天开始",),
    )


@pytest.mark.parametrize(
    ("words", "days"),
    [
        ("8月26、27日", ["08-26", "08-27"]),
        ("8月26、27、28日", ["08-26", "08-27", "08-28"]),
        ("8月26日、9月2日", ["08-26", "09-02"]),
        ("8月26日和27日", ["08-26", "08-27"]),
    ],
)
def test_several_days_offer_to_be_split(words: str, days: list[str]) -> None:
    when = read_time(words, 2027)
    assert [span(one)[:3] for one in when.several] == [
        (at(day), at(day) + timedelta(days=1), Precision.DAY) for day in days
    ]
    assert when.warnings == (f"写了 {len(days)} 天，可以拆分为 {len(days)} 场",)


def test_the_clock_after_several_days_is_that_of_each() -> None:
    when = read_time("8月26、27日9:30-11:00", 2027)
    assert [(one.starts_at, one.ends_at) for one in when.several] == [
        (at("08-26T09:30"), at("08-26T11:00")),
        (at("08-27T09:30"), at("08-27T11:00")),
    ]


def test_a_weekday_that_does_not_match_is_a_warning() -> None:
    assert read_time("9月26日 星期四上午", 2027).warnings == ("9月26日是星期日，表中写的是星期四",)
    assert read_time("9月26日 星期天上午", 2027).warnings == ()


@pytest.mark.parametrize(
    ("words", "why"),
    [
        ("2月30日", "没有 2027年2月30日 这一天"),
        ("2026.5.15", "是2026年的，不在2027年度"),
        ("2026年第二季度", "是2026年的，不在2027年度"),
        ("8月28日至8月26日", "结束日早于开始日"),
        ("6月18日25:00", "没有 25:00 这个钟点"),
        ("6月18日16:00-14:00", "结束的钟点不晚于开始"),
        ("13月", "没有13月"),
    ],
)
def test_what_cannot_be_is_wrong(words: str, why: str) -> None:
    with pytest.raises(NotUnderstoodError, match=why) as caught:
        read_time(words, 2027)
    assert caught.value.wrong


@pytest.mark.parametrize("words", ["每周三", "上半年", "看情况", "6月18日 3楼会议室2"])
def test_what_is_not_understood_is_never_guessed(words: str) -> None:
    with pytest.raises(NotUnderstoodError) as caught:
        read_time(words, 2027)
    assert not caught.value.wrong


def test_words_after_the_time_are_kept_and_told() -> None:
    when = read_time("5月12日14:00开始，具体另行通知", 2027)
    assert (when.starts_at, when.warnings) == (at("05-12T14:00"), ("时间后面还写着“具体另行通知”，原话留着",))


def test_numbers_are_serial_dates_to_the_minute_or_month_and_day() -> None:
    serial = (datetime(2027, 5, 12, 14, 0) - EPOCH) / timedelta(days=1) - 1e-9
    assert read_number(serial, 2027, EPOCH).starts_at == at("05-12T14:00")
    assert span(read_number(46519.0, 2027, EPOCH)) == (at("05-12"), at("05-13"), Precision.DAY, False)
    assert read_number(5.15, 2027, EPOCH).starts_at == at("05-15")


@pytest.mark.parametrize("number", [5.1, 5.2, 12.3])
def test_a_number_that_lost_its_last_zero_is_not_guessed(number: float) -> None:
    with pytest.raises(NotUnderstoodError, match="也可能是"):
        read_number(number, 2027, EPOCH)


@pytest.mark.parametrize("number", [3.0, 13.5, 1e9, 0.5])
def test_other_numbers_are_no_dates(number: float) -> None:
    with pytest.raises(NotUnderstoodError):
        read_number(number, 2027, EPOCH)


def test_a_clock_in_its_own_column_is_added_to_the_day() -> None:
    day = read_moment(date(2027, 5, 12), 2027)
    assert span(with_clock(day, *read_clock("9:00—11:00")))[:3] == (
        at("05-12T09:00"),
        at("05-12T11:00"),
        Precision.TIME,
    )
    assert span(with_clock(day, *read_clock("下午")))[2] is Precision.HALF_DAY
    assert with_clock(day, *read_clock("全天")).precision is Precision.DAY


def events() -> st.SearchStrategy[Event]:
    days = st.dates(date(2027, 1, 1), date(2027, 12, 30))

    def made(day: date, precision: Precision, minutes: int, length: int, tentative: bool) -> Event:
        midnight = datetime(day.year, day.month, day.day)
        starts, ends = midnight, midnight + timedelta(days=1 + length % 5)
        if precision is Precision.TIME:
            starts = midnight + timedelta(minutes=minutes)
            ends = starts + timedelta(minutes=1 + length)
        elif precision is Precision.HALF_DAY:
            morning = minutes < 720
            starts = datetime.combine(day, time(9) if morning else time(13, 30))
            ends = datetime.combine(day, time(12) if morning else time(17))
        elif precision is Precision.TEN_DAYS:
            period = month_period(2027, day.month)
            first = 1 if day.day <= 10 else 11 if day.day <= 20 else 21
            starts = datetime(2027, day.month, first)
            last = {1: 10, 11: 20, 21: period.last.day}[first]
            ends = datetime(2027, day.month, last) + timedelta(days=1)
        elif precision is Precision.MONTH:
            period = month_period(2027, day.month)
            starts, ends = (datetime(d.year, d.month, d.day) for d in (period.first, period.end))
        elif precision is Precision.QUARTER:
            period = quarter_period(2027, (day.month + 2) // 3)
            starts, ends = (datetime(d.year, d.month, d.day) for d in (period.first, period.end))
        return Event("e", Campaign.LECTURE, "t", "", starts, ends, precision, tentative)

    known = [precision for precision in Precision if precision is not Precision.UNSET]
    return st.builds(
        made, days, st.sampled_from(known), st.integers(0, 1439), st.integers(0, 3000), st.booleans()
    )


@given(events())
def test_what_we_write_into_a_sheet_is_read_back_as_the_same_time(event: Event) -> None:
    when = read_time(time_words(event), 2027)
    assert span(when) == (event.starts_at, event.ends_at, event.precision, event.tentative)


@given(
    st.text(
        alphabet="0123456789年月日上下午旬季度至、-—:：点半星期一二三四（）暂定 \n即起每天.待／/", max_size=24
    )
)
def test_no_words_break_the_reader_or_leave_the_year(words: str) -> None:
    try:
        when = read_time(words, 2027)
    except NotUnderstoodError:
        return
    if when.starts_at is not None:
        assert when.starts_at.year == 2027
        assert when.ends_at is None or when.ends_at > when.starts_at
