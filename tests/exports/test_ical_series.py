"""重复的日程：与另一个读法逐场相同；没有尽头的、永不发生的都有上限。"""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from exports.ical_import import read_events
from exports.xlsx.reading.values import FileReading, RowFate
from models.domain.events import Campaign
from tests.exports.independent_calendars import When, occurrences
from tests.factories import year


def calendar(*entries: str) -> bytes:
    """A calendar of the ``entries``, each the lines of a VEVENT."""
    body = "".join(f"BEGIN:VEVENT\n{entry.strip()}\nEND:VEVENT\n" for entry in entries)
    return f"BEGIN:VCALENDAR\nVERSION:2.0\nPRODID:x\n{body}END:VCALENDAR\n".replace("\n", "\r\n").encode()


def read(data: bytes) -> FileReading:
    """The calendar read as lectures into an empty 2027."""
    return read_events(data, year(), "部门.ics", campaign=Campaign.LECTURE)


def ours(data: bytes) -> list[When]:
    """Title, start and end of what would be new, in order."""
    events = [row.after for row in read(data).rows if row.after]
    return sorted(
        (event.title, event.starts_at, event.ends_at or event.starts_at)
        for event in events
        if event.starts_at
    )


WEEKLY = """UID:w@x
SUMMARY:例会
DTSTART;TZID=Asia/Shanghai:20270107T140000
DTEND;TZID=Asia/Shanghai:20270107T160000
RRULE:FREQ=WEEKLY;UNTIL=20270401T060000Z"""


@pytest.mark.parametrize(
    "rule",
    [
        "FREQ=DAILY;COUNT=10",
        "FREQ=DAILY;INTERVAL=3",
        "FREQ=DAILY;BYDAY=MO,TU,WE,TH,FR;BYMONTH=3,4",
        "FREQ=DAILY;BYHOUR=9,14;COUNT=20",
        "FREQ=WEEKLY",
        "FREQ=WEEKLY;INTERVAL=2;BYDAY=TU,SU;WKST=SU;COUNT=9",
        "FREQ=WEEKLY;INTERVAL=2;BYDAY=TU,SU;WKST=MO;COUNT=9",
        "FREQ=MONTHLY;BYDAY=2TH",
        "FREQ=MONTHLY;BYDAY=-1FR",
        "FREQ=MONTHLY;BYMONTHDAY=31",
        "FREQ=MONTHLY;BYMONTHDAY=-1",
        "FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-1",
        "FREQ=YEARLY",
        "FREQ=YEARLY;INTERVAL=4",
        "FREQ=YEARLY;BYMONTH=8;BYDAY=1SA",
        "FREQ=YEARLY;BYWEEKNO=20;BYDAY=MO",
        "FREQ=YEARLY;BYYEARDAY=100,200",
        "FREQ=DAILY;UNTIL=20270310T055959Z",
        "FREQ=DAILY;UNTIL=20270310T060000Z",
    ],
)
@pytest.mark.parametrize("start", ["20270107T140000", "20230701T140000"])
def test_rules_give_what_another_reader_gives(rule: str, start: str) -> None:
    data = calendar(f"UID:r@x\nSUMMARY:会\nDTSTART;TZID=Asia/Shanghai:{start}\nDURATION:PT1H\nRRULE:{rule}")
    assert ours(data) == occurrences(data, 2027)


def test_exceptions_additions_and_changes_give_what_another_reader_gives() -> None:
    data = calendar(
        WEEKLY + "\nEXDATE;TZID=Asia/Tokyo:20270121T150000\nEXDATE:20270128T060000Z"
        "\nRDATE;TZID=Asia/Shanghai:20270501T090000,20270502T090000\nRDATE;VALUE=PERIOD:20270503T010000Z/PT3H",
        "UID:w@x\nSUMMARY:例会（改期）\nRECURRENCE-ID:20270211T060000Z\nDTSTART:20270212T010000Z\nDTEND:20270212T020000Z",
        "UID:w@x\nSUMMARY:例会（此后）\nRECURRENCE-ID;RANGE=THISANDFUTURE;TZID=Asia/Shanghai:20270304T140000"
        "\nDTSTART;TZID=Asia/Shanghai:20270305T093000\nDTEND;TZID=Asia/Shanghai:20270305T110000",
    )
    assert ours(data) == occurrences(data, 2027)
    assert ("例会（此后）", datetime(2027, 3, 12, 9, 30), datetime(2027, 3, 12, 11)) in ours(data)


def test_a_series_keeps_the_clock_of_its_own_zone() -> None:
    data = calendar(
        "UID:z\nSUMMARY:越洋会\nDTSTART;TZID=America/New_York:20270301T200000\nDURATION:PT1H\nRRULE:FREQ=WEEKLY;COUNT=4"
    )
    assert ours(data) == occurrences(data, 2027)
    assert [start.hour for _, start, _ in ours(data)] == [9, 9, 8, 8]


def test_an_exception_at_another_hour_means_the_day_and_is_told() -> None:
    reading = read(
        calendar(WEEKLY + "\nEXDATE;VALUE=DATE:20270114\nEXDATE;TZID=Asia/Shanghai:20270121T090000")
    )
    days = [row.after.starts_at.day for row in reading.rows[:2] if row.after and row.after.starts_at]
    assert days == [7, 28]
    assert any("钟点与日程不符，按当天除外" in problem.reason for problem in reading.problems)


def test_a_day_of_until_counts_to_its_end() -> None:
    last = ours(calendar(WEEKLY.replace("UNTIL=20270401T060000Z", "UNTIL=20270401")))[-1]
    assert last[1] == datetime(2027, 4, 1, 14)


def test_a_change_of_one_day_written_as_a_day_is_found() -> None:
    rows = ours(
        calendar(
            WEEKLY,
            "UID:w@x\nSUMMARY:换了\nRECURRENCE-ID;VALUE=DATE:20270114\nDTSTART:20270115T140000\nDURATION:PT1H",
        )
    )
    assert [title for title, start, _ in rows if start.day in (14, 15) and start.month == 1] == ["换了"]


def test_a_single_change_without_its_series_is_one_event() -> None:
    data = calendar(
        "UID:o\nSUMMARY:只有这一场\nRECURRENCE-ID:20270211T060000Z\nDTSTART:20270212T010000Z\nDURATION:PT1H"
    )
    assert ours(data) == [("只有这一场", datetime(2027, 2, 12, 9), datetime(2027, 2, 12, 10))]


def test_a_cancelled_repetition_is_left_out_and_named() -> None:
    reading = read(calendar(WEEKLY, "UID:w@x\nRECURRENCE-ID:20270114T060000Z\nSTATUS:CANCELLED"))
    assert all(row.after and row.after.starts_at != datetime(2027, 1, 14, 14) for row in reading.rows)
    assert reading.passed_over == (("", 11, "例会（2027-01-14 的一场已取消，计划里也没有）"),)


@pytest.mark.parametrize(
    ("rule", "words"),
    [
        ("FREQ=SECONDLY", "只收按日、周、月、年重复的日程，请逐场写出"),
        ("FREQ=DAILY;INTERVAL=0", "重复规则里的“INTERVAL=0”不对，请改正"),
        ("FREQ=DAILY;COUNT=-1", "重复规则里的“COUNT=-1”不对，请改正"),
        ("FREQ=DAILY;UNTIL=明年", "重复的截止日期“明年”读不懂，请改正"),
        ("FREQ=DAILY;BYDAY=XX", "重复规则“FREQ=DAILY;BYDAY=XX”读不懂，请逐场写出"),
        (
            "FREQ=DAILY;BYMONTH=2;BYMONTHDAY=30",
            "重复规则“FREQ=DAILY;BYMONTH=2;BYMONTHDAY=30”说的日子不存在，请改正",
        ),
        ("FREQ=DAILY;BYSETPOS=2", "按日的重复规则里的“BYSETPOS”不收，请逐场写出"),
        ("FREQ=WEEKLY;BYDAY=2MO", "按日、按周的重复规则里写了第几个星期几，读不懂，请逐场写出"),
        ("RSCALE=CHINESE;FREQ=YEARLY", "重复规则里的“RSCALE”不收，请逐场写出"),
        ("D1 20270105T060000Z", "重复规则“D1 20270105T060000Z”读不懂，请逐场写出"),
        ("FREQ=DAILY;BYHOUR=1,2,3,4,5,6;BYMINUTE=1,2,3,4,5,6", "一天里重复超过 24 次，请逐场写出"),
        ("FREQ=DAILY;BYHOUR=8,12,16", "一年里重复超过 1000 次，请逐场写出"),
        ("FREQ=DAILY;" + "X-A=1;" * 100, "重复规则太长，请逐场写出"),
    ],
)
def test_rules_that_are_not_taken_say_why(rule: str, words: str) -> None:
    (row,) = read(calendar(f"UID:r\nSUMMARY:会\nDTSTART:20270101T060000Z\nRRULE:{rule}")).rows
    assert (row.state, row.problems[0].reason) == (RowFate.REFUSED, words)


def test_rules_that_never_come_true_cost_little(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("exports.ical_recurrence._MOST_ENDLESS", 10)
    entries = [
        f"UID:{n}\nSUMMARY:会\nDTSTART:20270101T060000Z\nRRULE:FREQ=WEEKLY;BYDAY=MO;BYSETPOS={n + 2}"
        for n in range(100)
    ]
    rows = read(calendar(*entries)).rows
    refused = [row.problems[0].reason for row in rows if row.state is RowFate.REFUSED]
    assert refused == ["这个文件里另有几条永不发生的重复规则，没有再展开，请先去掉它们"] * 99


def test_old_endless_rules_of_a_big_office_are_taken() -> None:
    entries = [
        f"UID:{n}\nSUMMARY:晨会{n}\nDTSTART;TZID=Asia/Shanghai:19700105T090000\nRRULE:FREQ=WEEKLY;BYDAY=MO"
        for n in range(100)
    ]
    rows = read(calendar(*entries)).rows
    assert (len(rows), {row.state for row in rows}) == (100 * 52, {RowFate.NEW})


RULES = st.builds(
    "FREQ={};INTERVAL={}{}{}".format,
    st.sampled_from(["DAILY", "WEEKLY", "MONTHLY", "YEARLY"]),
    st.integers(1, 4),
    st.sampled_from(["", ";BYMONTH=2,6", ";BYDAY=MO,FR", ";BYMONTHDAY=1,15", ";BYMONTH=2;BYDAY=TU"]),
    st.sampled_from(["", ";COUNT=7", ";UNTIL=20270801T035900Z", ";UNTIL=20271001T040000Z"]),
)
STARTS = st.datetimes(datetime(2024, 1, 1), datetime(2027, 12, 31)).map(
    lambda at: at.replace(second=0, microsecond=0)
)
STAMP = "%Y%m%dT%H%M%S"


@given(RULES, STARTS, st.lists(st.integers(0, 30), max_size=4), st.lists(st.integers(-200, 200), max_size=3))
def test_any_series_is_what_another_reader_makes_of_it(
    rule: str, start: datetime, left_out: list[int], added: list[int]
) -> None:
    exceptions = "".join(f"\nEXDATE;TZID=Asia/Shanghai:{start + timedelta(days=n):{STAMP}}" for n in left_out)
    additions = "".join(
        f"\nRDATE;TZID=Asia/Shanghai:{start + timedelta(days=n, hours=1):{STAMP}}" for n in added
    )
    data = calendar(
        f"UID:r@x\nSUMMARY:会\nDTSTART;TZID=Asia/Shanghai:{start:{STAMP}}\nDURATION:PT90M\nRRULE:{rule}{exceptions}{additions}"
    )
    got = ours(data)
    assert got == occurrences(data, 2027)


@st.composite
def overridden(draw: st.DrawFn) -> bytes:
    """A series of which single repetitions, and some with all that follow, are otherwise."""
    start = draw(st.datetimes(datetime(2026, 11, 1), datetime(2027, 6, 1))).replace(
        minute=0, second=0, microsecond=0
    )
    every = draw(st.integers(1, 9))
    zone = draw(st.sampled_from(["Asia/Shanghai", "Asia/Tokyo", "Asia/Kolkata"]))
    rule = f"RRULE:FREQ=DAILY;INTERVAL={every};COUNT=20"
    entries = [f"UID:r@x\nSUMMARY:会\nDTSTART;TZID={zone}:{start:{STAMP}}\nDURATION:PT90M\n{rule}"]
    for number in draw(st.lists(st.integers(1, 19), max_size=4, unique=True)):
        original = start + timedelta(days=every * number)
        moved = original + timedelta(hours=draw(st.integers(-30, 30)))
        future = draw(st.sampled_from(["", ";RANGE=THISANDFUTURE"]))
        entries.append(
            f"UID:r@x\nSUMMARY:改{number}\nRECURRENCE-ID;TZID={zone}{future}:{original:{STAMP}}\n"
            f"DTSTART;TZID={zone}:{moved:{STAMP}}\nDURATION:PT{draw(st.integers(1, 5))}H"
        )
    return calendar(*entries)


@given(overridden())
def test_any_changes_of_a_series_are_what_another_reader_makes_of_them(data: bytes) -> None:
    assert ours(data) == occurrences(data, 2027)


@pytest.mark.parametrize("until", ["99991231T235959Z", "99991231", "99991231T235959"])
@pytest.mark.parametrize("zone", ["Asia/Shanghai", "America/New_York"])
def test_an_end_at_the_end_of_the_calendar_is_none(until: str, zone: str) -> None:
    series = WEEKLY.replace("Asia/Shanghai", zone)
    endless = calendar(series.replace(";UNTIL=20270401T060000Z", ""))
    assert len(ours(endless)) == 52
    assert ours(calendar(series.replace("20270401T060000Z", until))) == ours(endless)


@pytest.mark.parametrize(
    "name", ["EXDATE", "RDATE", "DTEND", "DURATION", "RRULE:FREQ=DAILY;UNTIL", "RECURRENCE-ID"]
)
@pytest.mark.parametrize("value", ["99991231T235959Z", "99991231", "00010101T000000Z", "00010101", "P99999D"])
@pytest.mark.parametrize("start", ["20270101T060000Z", "00010101T000000Z", "99991231T235959Z", "99991231"])
def test_days_at_the_ends_of_the_calendar_break_nothing(name: str, value: str, start: str) -> None:
    joined = "=" if name.startswith("RRULE") else ":"
    lines = f"UID:r\nSUMMARY:会\nDTSTART:{start}\nRRULE:FREQ=WEEKLY\n{name}{joined}{value}"
    for row in read(calendar(lines)).rows:
        assert row.after is not None or row.problems
