"""各种程序的日历：时区、编码、折行、整日、跨天、没有结束、夹着别的东西，逐项核对。"""

from __future__ import annotations

from datetime import datetime

import pytest

from exports.ical_import import read_events
from exports.ical_zones import Zones
from exports.xlsx.reading.values import FileReading, RowFate
from models.domain.events import Campaign, Event, EventStatus, Precision
from tests.exports.calendars_from_outside import APPLE, DINGTALK, GOOGLE, OUTLOOK, as_bytes
from tests.factories import year


def read(data: bytes, **options: object) -> FileReading:
    """The calendar read into an empty 2027."""
    return read_events(data, year(), "部门.ics", **options)  # type: ignore[arg-type]


def events(data: bytes, **options: object) -> list[Event]:
    """What would be new."""
    return [row.after for row in read(data, **options).rows if row.after]


def entry(*lines: str) -> bytes:
    """A calendar with one lecture that has ``lines``."""
    body = "\r\n".join(("BEGIN:VEVENT", "UID:a@x", "SUMMARY:公开讲堂", *lines, "END:VEVENT"))
    return f"BEGIN:VCALENDAR\r\n{body}\r\nEND:VCALENDAR\r\n".encode()


def test_outlook() -> None:
    lecture, overseas, month = events(as_bytes(OUTLOOK))
    assert (lecture.campaign, lecture.lead_units, lecture.place) == (
        Campaign.LECTURE,
        ("区司法局",),
        "区图书馆报告厅",
    )
    assert (lecture.starts_at, lecture.ends_at) == (datetime(2027, 6, 10, 14), datetime(2027, 6, 10, 16))
    assert overseas.starts_at == datetime(2027, 7, 2, 9)
    assert (month.starts_at, month.ends_at, month.precision) == (
        datetime(2027, 8, 3),
        datetime(2027, 8, 5),
        Precision.DAY,
    )


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
@pytest.mark.parametrize("ending", ["\r\n", "\n"])
def test_dingtalk(encoding: str, ending: str) -> None:
    reading = read(as_bytes(DINGTALK, encoding, ending))
    park, community = (row.after for row in reading.rows)
    assert park is not None
    assert community is not None
    assert (park.title, park.starts_at, park.ends_at) == (
        "走进园区：大场镇政策宣讲",
        datetime(2027, 3, 15, 9, 30),
        datetime(2027, 3, 15, 11),
    )
    assert (community.starts_at, community.ends_at) == (datetime(2027, 3, 16, 9, 30), None)
    assert reading.remarks == ("1 项待办不是活动，没有读。",)
    assert reading.passed_over == (("", 20, "写材料（待办：不是活动）"),)


def test_apple() -> None:
    assert [(event.title, event.starts_at) for event in events(as_bytes(APPLE))] == [
        ("公开讲堂", datetime(2027, 1, 7, 14)),
        ("公开讲堂", datetime(2027, 2, 4, 14)),
        ("公开讲堂", datetime(2027, 5, 6, 14)),
        ("公开讲堂", datetime(2027, 6, 3, 14)),
        ("公开讲堂", datetime(2027, 7, 1, 14)),
        ("公开讲堂（改期）", datetime(2027, 4, 8, 14)),
    ]


def test_google_and_who_says_what_is_confirmed() -> None:
    forum, month = events(as_bytes(GOOGLE))
    assert (forum.starts_at, forum.status, forum.tentative) == (
        datetime(2027, 9, 20, 14),
        EventStatus.PLANNED,
        False,
    )
    assert (month.precision, month.tentative) == (Precision.DAY, True)
    taken = events(as_bytes(GOOGLE), confirmed=True)
    assert [event.status for event in taken] == [EventStatus.CONFIRMED, EventStatus.PLANNED]


def test_a_fold_inside_a_character() -> None:
    data = as_bytes(OUTLOOK).replace("惠企".encode(), b"\xe6\r\n \x83\xa0\xe4\xbc\r\n\t\x81")
    assert events(data)[0].title == "惠企政策公开讲堂"


@pytest.mark.parametrize(
    ("lines", "times"),
    [
        (("DTSTART:20270610T200000", "DTEND:20270611T023000"), ((2027, 6, 10, 20), (2027, 6, 11, 2, 30))),
        (("DTSTART:20270610T090000", "DTEND:20270612T170000"), ((2027, 6, 10, 9), (2027, 6, 12, 17))),
        (("DTSTART:20270610T090000", "DURATION:P1DT2H"), ((2027, 6, 10, 9), (2027, 6, 11, 11))),
        (("DTSTART:20270610T090000", "DTEND:20270610T090000"), ((2027, 6, 10, 9), None)),
        (("DTSTART:20270610T1430",), ((2027, 6, 10, 14, 30), None)),
        (("DTSTART:2027-06-10T14:30:00+09:00",), ((2027, 6, 10, 13, 30), None)),
        (("DTSTART:20270610T140000", "DTEND:20270610T155959"), ((2027, 6, 10, 14), (2027, 6, 10, 16))),
        (("DTSTART:20270610T140000", "DTEND:20270610T240000"), ((2027, 6, 10, 14), (2027, 6, 11))),
        (("DTSTART;VALUE=DATE:20270610", "DTEND;VALUE=DATE:20270610"), ((2027, 6, 10), (2027, 6, 11))),
        (("DTSTART;VALUE=DATE:20270610", "DURATION:P2D"), ((2027, 6, 10), (2027, 6, 12))),
        (("DTSTART;VALUE=DATE:20270610", "DTEND:20270611T120000"), ((2027, 6, 10), (2027, 6, 12))),
    ],
)
def test_beginnings_and_ends(
    lines: tuple[str, ...], times: tuple[tuple[int, ...], tuple[int, ...] | None]
) -> None:
    (event,) = events(entry(*lines))
    start, end = times
    assert (event.starts_at, event.ends_at) == (datetime(*start), datetime(*end) if end else None)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("lines", "words"),
    [
        (("DTEND:20270610T090000",), "没有写开始时间（DTSTART），请补上"),
        (("DTSTART:明天",), "开始时间“明天”读不懂，请改正"),
        (("DTSTART:20270230",), "开始时间“20270230”读不懂，请改正"),
        (("DTSTART:20270610T090000", "DTEND:下午"), "结束时间“下午”读不懂，请改正"),
        (("DTSTART:20270610T090000", "DURATION:-PT1H"), "时长“-PT1H”读不懂，请改正"),
        (("DTSTART:99991231T230000Z",), "时间太远，请改正"),
        (("DTSTART:20270610T090000", "RDATE:20270611T090000/那天"), "RDATE 里的“那天”读不懂，请改正"),
        (("DTSTART:20270610T090000", "RRULE:FREQ=DAILY", "EXDATE:x"), "EXDATE 里的“x”读不懂，请改正"),
        (
            ("DTSTART:20270610T090000", "SUMMARY2:", "RECURRENCE-ID:x"),
            "第 2 行的 RECURRENCE-ID“x”读不懂，请改正",
        ),
    ],
)
def test_what_cannot_be_read_is_told_with_its_value(lines: tuple[str, ...], words: str) -> None:
    (row,) = read(entry(*lines)).rows
    assert (row.state, row.problems[0].reason) == (RowFate.REFUSED, words)
    assert str(row.problems[0]).startswith("第 2 行：“公开讲堂”，")


@pytest.mark.parametrize(
    ("tzid", "hour"),
    [
        ("Asia/Shanghai", 12), ("Asia/Beijing", 12), ("China Standard Time", 12), ("中国标准时间", 12), ("北京", 12),
        ("(UTC+08:00) 北京，重庆，香港特别行政区，乌鲁木齐", 12), ("Asia/Tokyo", 11), ("Tokyo Standard Time", 11),
        ("(UTC+09:00) Osaka, Sapporo, Tokyo", 11), ("GMT+0900", 11), ("UTC", 20),
        ("/freeassociation.sourceforge.net/Asia/Tokyo", 11), ("/mozilla.org/20050126_1/Asia/Tokyo", 11),
        ("America/Argentina/Buenos_Aires", 23), ("W. Europe Standard Time", 18), ("Etc/GMT-9", 11),
    ],
)  # fmt: skip
def test_names_of_time_zones(tzid: str, hour: int) -> None:
    zones = Zones()
    assert zones.moment("20270610T120000", f'TZID="{tzid}"') == datetime(2027, 6, 10, hour)
    assert zones.zone(tzid).known


def test_a_zone_of_the_file_itself() -> None:
    block = (
        "BEGIN:VTIMEZONE\r\nTZID:本地\r\nBEGIN:STANDARD\r\nDTSTART:19700101T000000\r\nTZOFFSETFROM:+0900\r\n"
        "TZOFFSETTO:+0900\r\nEND:STANDARD\r\nEND:VTIMEZONE\r\n"
    )
    data = entry("DTSTART;TZID=本地:20270610T120000").replace(
        b"BEGIN:VEVENT", block.encode() + b"BEGIN:VEVENT"
    )
    assert events(data)[0].starts_at == datetime(2027, 6, 10, 11)
    bomb = block.replace("TZOFFSETTO", "RRULE:FREQ=SECONDLY\r\nTZOFFSETTO")
    data = entry("DTSTART;TZID=本地:20270610T120000").replace(
        b"BEGIN:VEVENT", bomb.encode() + b"BEGIN:VEVENT"
    )
    (row,) = read(data).rows
    assert row.after is not None
    assert row.after.starts_at == datetime(2027, 6, 10, 12)
    assert "本地" in str(row.problems[0])


@pytest.mark.parametrize(
    "tzid", ["../../etc/passwd", "Nowhere/Land", "x" * 5000, "Etc/" + "/" * 99, "\u202e北", "+99:99"]
)
def test_what_is_no_zone_is_beijing_time_and_told(tzid: str) -> None:
    zones = Zones()
    assert zones.moment("20270610T120000", f'TZID="{tzid}"') == datetime(2027, 6, 10, 12)
    assert not zones.zone(tzid).known or "北" in tzid


def test_nothing_is_lost() -> None:
    data = (
        'BEGIN:VCALENDAR\nVERSION:2.0\nX-ODD;A="b:c":d\nBEGIN:VJOURNAL\nSUMMARY:日记\nEND:VJOURNAL\n'
        "BEGIN:VEVENT\nUID:a\nSUMMARY:公开讲堂\nDTSTART:20280610T140000\nEND:VEVENT\n"
        "BEGIN:VEVENT\nUID:b\nSUMMARY:公开讲堂\nSEQUENCE:2\nDTSTART:20270610T140000\nEND:VEVENT\n"
        "BEGIN:VEVENT\nUID:b\nSUMMARY:旧的讲堂\nSEQUENCE:1\nDTSTART:20270609T140000\nEND:VEVENT\n"
        "坏行\nEND:VCALENDAR\nBEGIN:VCALENDAR\nMETHOD:REPLY\nBEGIN:VEVENT\nUID:c\nSUMMARY:我来\n"
        "DTSTART:20270610T140000\nEND:VEVENT\nEND:VCALENDAR\n"
    ).encode()
    reading = read(data)
    assert [(row.title, row.row) for row in reading.rows] == [("公开讲堂", 12)]
    assert [words for _, _, words in reading.passed_over] == [
        "日记（日志：不是活动）",
        "公开讲堂（在2027年度没有一场）",
        "旧的讲堂（同一编号另有更新的一项，没有读）",
        "我来（答复：不是日程）",
    ]
    assert reading.remarks == (
        "第 24 行“坏行”没有写成“名称:内容”，已略去，请对照原来的日历核对",
        "1 项日程不在2027年度，没有读：公开讲堂。",
        "1 项已有同一编号的更新的一项，没有读。",
        "1 项答复不是日程，没有读。",
        "1 项日志不是活动，没有读。",
    )


def test_each_calendar_of_a_file_has_its_own_method() -> None:
    calendars = [
        f"BEGIN:VCALENDAR\nMETHOD:{method}\nBEGIN:VEVENT\nUID:{n}\nSUMMARY:公开讲堂{n}\nDTSTART:20270610T1{n}0000\n"
        "END:VEVENT\nEND:VCALENDAR\n"
        for n, method in enumerate(("CANCEL", "REQUEST"))
    ]
    first, second = read("".join(calendars).encode()).rows
    assert (first.state, second.state) == (RowFate.REFUSED, RowFate.NEW)


def test_private_entries_are_shown_and_not_ticked() -> None:
    (row,) = read(entry("DTSTART:20270610T140000", "CLASS:PRIVATE")).rows
    assert (row.state, row.ask, row.problems[-1].reason) == (RowFate.NEW, True, "标为私人，没有勾选，请核对")


def many_events(count: int) -> bytes:
    """A calendar of ``count`` events."""
    body = "".join(
        f"BEGIN:VEVENT\r\nUID:{n}@x\r\nSUMMARY:公开讲堂第{n}场\r\nDTSTART;TZID=Asia/Shanghai:2027{1 + n % 12:02}"
        f"{1 + n % 28:02}T090000\r\nDURATION:PT2H\r\nLOCATION:第{n}会议室\r\nEND:VEVENT\r\n"
        for n in range(count)
    )
    return f"BEGIN:VCALENDAR\r\n{body}END:VCALENDAR\r\n".encode()


def test_thousands_of_events_are_read() -> None:
    assert len(read(many_events(2_000)).in_state(RowFate.NEW)) == 2_000
