"""读日历：各种换行、折行、编码；坏行说出来；大的拒绝；一个也不怕。"""

from __future__ import annotations

from contextlib import suppress
from datetime import date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from exports.ical import calendar_bytes
from exports.ical_reading import MOST_BYTES, Component, read_calendar, unescaped
from models.domain.errors import InputError
from tests.exports.test_ical import LECTURE, VISIT, year

EVENT = (
    "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nBEGIN:VEVENT\r\nUID:1\r\nSEQUENCE:3\r\nSUMMARY:政务公开\\, 讲堂\\n第二行\r\n"
    "DTSTART;TZID=Asia/Beijing:20270617T140000\r\nBEGIN:VALARM\r\nSUMMARY:不是它\r\nEND:VALARM\r\nEND:VEVENT\r\n"
    "END:VCALENDAR\r\n"
)

HOSTILE = {
    "beginnings": b"BEGIN:VCALENDAR\n" + b"BEGIN:X\n" * 200_000,
    "folds": b"BEGIN:VCALENDAR\nX" + b"\n y" * 300_000,
    "quotes": b"BEGIN:VCALENDAR\nX:" + b'"' * 1_000_000,
    "ends": b"BEGIN:VCALENDAR\n" + b"END:NOTHING\n" * 200_000,
    "digits": b"BEGIN:VCALENDAR\nBEGIN:VEVENT\nUID:1\nRRULE:FREQ=SECONDLY\nSEQUENCE:"
    + b"9" * 100_000
    + b"\nEND:VEVENT\nEND:VCALENDAR",
}


def only(data: bytes):
    (component,) = read_calendar(data).components
    return component


def test_what_we_write_is_read_back() -> None:
    file = read_calendar(calendar_bytes(year(LECTURE, VISIT)))
    first, second = file.components
    assert (first.uid, first.text("SUMMARY"), first.moment("DTSTART")) == (
        "2027-E-0001@f00d",
        "民法典，物业与邻里",
        datetime(2027, 6, 17, 14),
    )
    assert (second.uid, file.value("UID"), file.problems) == ("2027-E-0002@f00d", "2027@f00d", ())


@pytest.mark.parametrize("ending", ["\r\n", "\n", "\r"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
def test_line_ends_and_encodings(ending: str, encoding: str) -> None:
    component = only(EVENT.replace("\r\n", ending).encode(encoding))
    assert (component.text("SUMMARY"), component.sequence) == ("政务公开, 讲堂\n第二行", 3)
    assert component.moment("DTSTART") == datetime(2027, 6, 17, 14)


def test_a_fold_inside_a_character_is_joined_before_decoding() -> None:
    data = EVENT.encode().replace("政".encode(), b"\xe6\r\n \x94\xbf")
    assert only(data).text("SUMMARY").startswith("政务公开")


def test_a_line_that_is_no_text_is_left_out_and_named() -> None:
    file = read_calendar(EVENT.encode().replace(b"SEQUENCE:3", b"SEQUENCE:\xff\xff\r\nno colon here"))
    assert file.problems == (
        "第 5 行的文字既不是 UTF-8 也不是 GB18030，已略去，请对照原来的日历补上",
        "第 6 行“no colon here”没有写成“名称:内容”，已略去，请对照原来的日历核对",
    )
    assert file.components[0].text("SUMMARY").startswith("政务公开")


def test_a_file_cut_off_is_told() -> None:
    file = read_calendar(EVENT.encode().partition(b"BEGIN:VALARM")[0])
    assert (file.components, file.problems) == ((), ("文件不完整：结尾缺失，可能没有下载完，请重新取一份",))


@pytest.mark.parametrize(
    ("line", "moment"),
    [
        ("DTSTART:20270617T060000Z", datetime(2027, 6, 17, 14)),
        ("DTSTART;TZID=Asia/Tokyo:20270617T150000", datetime(2027, 6, 17, 14)),
        ("DTSTART;TZID=China Standard Time:20270617T140000", datetime(2027, 6, 17, 14)),
        ("DTSTART;TZID=北京:20270617T140000", datetime(2027, 6, 17, 14)),
        ("DTSTART;VALUE=DATE:20270617", date(2027, 6, 17)),
        ("DTSTART:00010101T000000Z", datetime(1, 1, 1, 8)),
        ("DTSTART:99991231T235959Z", None),
        ("DTSTART:20270230", None),
        ("DTSTART:", None),
    ],
)
def test_times_are_those_of_shanghai(line: str, moment: object) -> None:
    assert (
        only(f"BEGIN:VCALENDAR\nBEGIN:VEVENT\nUID:1\n{line}\nEND:VEVENT\nEND:VCALENDAR".encode()).moment(
            "DTSTART"
        )
        == moment
    )


def test_several_calendars_are_one_and_of_one_uid_the_newest_counts() -> None:
    later = EVENT.replace("SEQUENCE:3", "SEQUENCE:4").replace("政务公开", "改了")
    newest = read_calendar((later + EVENT).encode()).newest()
    assert [(key, found.sequence) for key, found in newest.items()] == [(("VEVENT", "1"), 4)]


@pytest.mark.parametrize(
    "data", [b"", b"\x00\x01\x02", b"hello", b"%PDF-1.7\n1 0 obj", "名单：甲、乙".encode()]
)
def test_what_is_no_calendar_is_refused(data: bytes) -> None:
    with pytest.raises(InputError, match="不是日历文件"):
        read_calendar(data, "甲.txt")


def test_too_large_is_refused() -> None:
    with pytest.raises(InputError, match="超过 20 MB"):
        read_calendar(b" " * (MOST_BYTES + 1))


def test_too_many_are_refused() -> None:
    with pytest.raises(InputError, match="超过 50,000 项"):
        read_calendar(b"BEGIN:VCALENDAR\n" + b"BEGIN:VEVENT\nEND:VEVENT\n" * 50_001)


@pytest.mark.parametrize("hostile", HOSTILE.values(), ids=HOSTILE)
def test_a_hostile_file_is_refused_or_holds_one_event_at_most(hostile: bytes) -> None:
    """How long that takes: ``python -m tests.bench.bench_hostile``."""
    found: tuple[Component, ...] = ()
    with suppress(InputError):
        found = read_calendar(hostile).components
    assert [component.sequence for component in found] in ([], [0])


@given(st.binary(max_size=300))
def test_any_bytes_are_read_or_refused_in_words(data: bytes) -> None:
    try:
        file = read_calendar(b"BEGIN:VCALENDAR\n" + data)
    except InputError:
        return
    assert all("\ufffd" not in line.value for component in file.components for line in component.lines)


def test_controls_and_bidi_signs_do_not_reach_the_screen() -> None:
    assert unescaped("甲\u202e乙\x07\\;\\\\") == "甲乙;\\"
