"""iCalendar 的写法：转义、折行、日期时间、网址。"""

from __future__ import annotations

from datetime import datetime, timedelta, timezone

import icalendar  # noqa: TID253  the tests need it at once
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from exports.ical_text import cleaned, duration_before, escaped, folded, one_line, utc_text, web_address


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("民法典、物业；问答，答疑", "民法典、物业；问答，答疑"),
        ("a,b;c", "a\\,b\\;c"),
        ("第一行\r\n第二行\r第三行", "第一行\\n第二行\\n第三行"),
        ("D:\\News", "D:＼News"),
        ("甲\u2028乙\u0085丙\x0b丁", "甲\\n乙\\n丙\\n丁"),
        ("\u202e反\u2066写\u200f\ufeff\x07\ud800", "反写"),
        ("列\t列", "列 列"),
    ],
)
def test_text_is_escaped_and_rid_of_what_calendars_cannot_show(text: str, written: str) -> None:
    assert escaped(text) == written


def test_a_title_has_one_line() -> None:
    assert one_line(" 上半场\n下半场, 共两场 ") == "上半场 下半场\\, 共两场"


@given(st.text())
@example("\\n\\N\\,\\;")
@example("\r\n BEGIN:VEVENT\r\nX:1")
def test_any_text_comes_back_from_icalendar(text: str) -> None:
    line = folded(f"DESCRIPTION:{escaped(text)}").decode()
    event = icalendar.Event.from_ical(f"BEGIN:VEVENT\r\n{line}\r\nEND:VEVENT\r\n")
    assert str(event.get("DESCRIPTION", "")) == cleaned(text)
    assert len(event.property_items(recursive=False)) == 3


@given(st.text(alphabet="a讲𠮷é ", max_size=200))
def test_a_line_is_folded_within_75_octets_between_characters(text: str) -> None:
    data = folded(text)
    parts = data.split(b"\r\n")
    assert all(len(part) <= 75 for part in parts)
    assert [part.decode()[:1] for part in parts[1:]] == [" "] * (len(parts) - 1)
    assert data.replace(b"\r\n ", b"").decode() == text


@pytest.mark.parametrize(("length", "lines"), [(75, 1), (76, 2), (149, 2), (150, 3)])
def test_a_line_is_folded_only_where_it_must_be(length: int, lines: int) -> None:
    assert len(folded("x" * length).split(b"\r\n")) == lines


@pytest.mark.parametrize(
    ("span", "trigger"),
    [
        (timedelta(minutes=30), "-PT30M"),
        (timedelta(hours=18), "-PT18H"),
        (timedelta(days=2), "-P2D"),
        (timedelta(days=2, hours=18, minutes=30), "-P2DT18H30M"),
        (timedelta(), "PT0M"),
    ],
)
def test_a_trigger_is_written_as_a_duration(span: timedelta, trigger: str) -> None:
    assert duration_before(span) == trigger


def test_a_moment_is_written_in_utc() -> None:
    shanghai = timezone(timedelta(hours=8))
    written = "20270101T000000Z"
    assert utc_text(datetime(2027, 1, 1)) == written
    assert utc_text(datetime(2027, 1, 1, 8, tzinfo=shanghai)) == written


@pytest.mark.parametrize(
    ("url", "address"),
    [
        ("https://example.gov.cn/live?id=1&a=b#x", "https://example.gov.cn/live?id=1&a=b#x"),
        ("https://example.gov.cn/直播 间", "https://example.gov.cn/%E7%9B%B4%E6%92%AD%20%E9%97%B4"),
        ("HTTP://example.gov.cn/\r\nX-EVIL:1", "HTTP://example.gov.cn/%0AX-EVIL:1"),
        ("https://a/\\n", "https://a/%5Cn"),
        ("javascript:alert(1)", ""),
        ("file:///etc/passwd", ""),
        ("直播间见群通知", ""),
    ],
)
def test_only_web_addresses_are_written_and_in_ascii(url: str, address: str) -> None:
    assert web_address(url) == address


@given(st.text(st.characters(), max_size=200))
@example("UID:a\r\nATTACH:b")
@example("X:\x85\u2028\ud800\x00")
def test_whatever_a_line_holds_it_stays_one_line(text: str) -> None:
    assert len(folded(text).replace(b"\r\n ", b"").decode().splitlines()) <= 1
