"""部门日历：自己的导出再读回来什么都不变；外来的按 UID 更新，不重复。"""

from __future__ import annotations

from datetime import datetime
from functools import partial

import pytest

from exports.ical import calendar_bytes
from exports.ical_import import read_events
from exports.ical_recurrence import Budget
from exports.xlsx.reading.taking import changes_of, usual_ticks
from exports.xlsx.reading.values import FileReading, RowFate
from models.domain.events import Campaign, Event, EventStatus, Precision
from models.domain.snapshot import EventStamp, YearSnapshot
from tests.factories import sample, year


def entry(*lines: str, head: str = "") -> bytes:
    """A calendar with one entry."""
    body = "\r\n".join(("BEGIN:VEVENT", *lines, "END:VEVENT"))
    return f"BEGIN:VCALENDAR\r\nVERSION:2.0\r\n{head}{body}\r\nEND:VCALENDAR\r\n".encode()


def read(data: bytes, snapshot: YearSnapshot | None = None, **options: object) -> FileReading:
    """The calendar read as lectures into the sample year."""
    return read_events(data, snapshot or sample(), "部门.ics", campaign=Campaign.LECTURE, **options)  # type: ignore[arg-type]


def published() -> YearSnapshot:
    """The sample year with a history of every event."""
    plain = sample()
    stamp = EventStamp(datetime(2027, 1, 2), datetime(2027, 1, 3), 2, exported=True)
    return YearSnapshot(
        plain.year_row,
        events=plain.events,
        units=plain.units,
        venues=plain.venues,
        schools=plain.schools,
        policies=plain.policies,
        stamps={event.key: stamp for event in plain.events},
        installation="0123-abc",
    )


def only(data: bytes, snapshot: YearSnapshot | None = None) -> Event:
    """The event of the only row, which is taken."""
    (row,) = read(data, snapshot).rows
    assert row.after is not None, row.problems
    return row.after


def reason(data: bytes) -> str:
    """Why the only row is refused."""
    (row,) = read(data).rows
    assert row.state is RowFate.REFUSED
    return row.problems[0].reason


TIMED = ("UID:a@x", "SUMMARY:惠企政策讲堂", "DTSTART;TZID=Asia/Shanghai:20270610T140000")


def test_our_own_export_changes_nothing() -> None:
    year_then = published()
    reading = read(calendar_bytes(year_then), year_then)
    assert reading.rows
    assert [
        (row.title, row.fields, row.problems) for row in reading.rows if row.state is not RowFate.SAME
    ] == []


def test_a_second_import_finds_the_same_events() -> None:
    data = entry(
        *TIMED, "DTEND;TZID=Asia/Shanghai:20270610T153000", "LOCATION:区图书馆", "RRULE:FREQ=WEEKLY;COUNT=3"
    )
    empty = year()
    first = read(data, empty)
    changes = changes_of(first, usual_ticks(first))
    assert len(changes) == 3
    filled = year(*(change.after for change in changes if isinstance(change.after, Event)))
    assert {row.state for row in read(data, filled).rows} == {RowFate.SAME}
    moved = data.replace(b"T140000", b"T143000")
    assert [row.fields for row in read(moved, filled).rows] == [("starts_at",)] * 3


def test_whole_days_and_times_of_other_zones() -> None:
    days = only(entry("UID:a", "SUMMARY:周", "DTSTART;VALUE=DATE:20270610", "DTEND;VALUE=DATE:20270612"))
    assert (days.starts_at, days.ends_at, days.precision) == (
        datetime(2027, 6, 10),
        datetime(2027, 6, 12),
        Precision.DAY,
    )
    assert only(entry("UID:a", "SUMMARY:会", "DTSTART:20270610T060000Z")).starts_at == datetime(
        2027, 6, 10, 14
    )


def test_a_repeated_entry_stays_in_the_year_without_its_exceptions() -> None:
    rule = ("RRULE:FREQ=DAILY;INTERVAL=2", "EXDATE;TZID=Asia/Shanghai:20270104T090000")
    rows = read(entry("UID:r", "SUMMARY:会", "DTSTART;TZID=Asia/Shanghai:20261231T090000", *rule)).rows
    days = [row.after.starts_at.date().isoformat() for row in rows if row.after and row.after.starts_at]
    assert (days[0], days[1], days[-1], len(days)) == ("2027-01-02", "2027-01-06", "2027-12-30", 181)


@pytest.mark.parametrize(
    ("lines", "words"),
    [
        (
            (*TIMED, "DTEND;TZID=Asia/Shanghai:20270610T130000"),
            "结束早于开始（2027-06-10 14:00 至 2027-06-10 13:00），请改正",
        ),
        ((*TIMED, "RRULE:FREQ=SECONDLY"), "只收按日、周、月、年重复的日程，请逐场写出"),
        ((*TIMED, "STATUS:CANCELLED"), "已取消，计划里没有这场活动"),
        ((*TIMED, "DESCRIPTION:11010519491231002X"), "说明里有身份证号码，不收，请先删去"),
    ],
)
def test_what_is_refused_is_refused_in_words(lines: tuple[str, ...], words: str) -> None:
    assert reason(entry(*lines)) == words


def test_a_cancelled_entry_cancels_its_event_with_a_reason() -> None:
    known = only(entry(*TIMED), year())
    event = only(entry(*TIMED, head="METHOD:CANCEL\r\n"), year(known))
    assert (event.key, event.status, event.status_reason) == (
        known.key,
        EventStatus.CANCELLED,
        "部门日历中已取消",
    )


def test_of_endless_rules_some_are_refused_and_the_rest_goes_in(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("exports.ical_import.Budget", partial(Budget, steps=100_000))
    many = b"".join(
        b"BEGIN:VEVENT\nUID:%d\nSUMMARY:x\nDTSTART:19900101T010000Z\nRRULE:FREQ=DAILY;COUNT=99999\nEND:VEVENT\n"
        % n
        for n in range(10)
    )
    one = b"BEGIN:VEVENT\nUID:one\nSUMMARY:y\nDTSTART:20270101T010000Z\nEND:VEVENT\n"
    rows = read(b"BEGIN:VCALENDAR\n" + many + one + b"END:VCALENDAR\n").rows
    refused = [row for row in rows if row.state is RowFate.REFUSED]
    assert 0 < len(refused) < 10 * 366
    assert all("这个文件里重复的日程太多" in row.problems[0].reason for row in refused)
    assert (rows[-1].title, rows[-1].state) == ("y", RowFate.NEW)


def test_every_entry_keeps_its_line_however_it_is_written() -> None:
    odd = (
        "BEGIN:VCALENDAR\nVERSION:2.0\nBEGIN:VTIMEZONE\nTZID:x\nBEGIN:STANDARD\nEND:STANDARD\nEND:VTIMEZONE\n"
        "begin: vevent\nUID:a@x\nSUMMARY:第一场讲堂\nDTSTART:20270610T140000\nEND:VEVENT\n"
        "BEGIN;X-A=1:VEVENT\nUID:b@x\nSUMMARY:第二场讲堂\nDTSTART:20270611T140000\nBEGIN:VALARM\nEND:VALARM\nEND:VEVENT\n"
        "BEGIN:VTODO\nUID:c@x\nEND:VTODO\nBEGIN:VEVENT\nUID:d@x\nSUMMARY:第三场讲堂\nDTSTART:20270612T140000\n"
    ).encode()
    reading = read(odd + b"END:VEVENT\nEND:VCALENDAR\n")
    assert [(row.title, row.row) for row in reading.rows] == [
        ("第一场讲堂", 8),
        ("第二场讲堂", 13),
        ("第三场讲堂", 23),
    ]


def test_dates_listed_beside_a_rule_are_read() -> None:
    rows = read(entry(*TIMED, "RDATE;VALUE=DATE:20270701", "RDATE:20270702T060000Z/PT3H")).rows
    events = [row.after for row in rows if row.after]
    assert [(event.starts_at, event.ends_at) for event in events] == [
        (datetime(2027, 6, 10, 14), None),
        (datetime(2027, 7, 1, 14), None),
        (datetime(2027, 7, 2, 14), datetime(2027, 7, 2, 17)),
    ]


def test_an_export_read_into_an_empty_year_gives_the_same_titles_times_and_places() -> None:
    empty = YearSnapshot(
        sample().year_row, units=sample().units, venues=sample().venues, installation="other"
    )
    year_then = published()
    reading = read(calendar_bytes(year_then), empty)
    taken = {
        (event.title, event.starts_at, event.ends_at)
        for change in changes_of(reading, usual_ticks(reading))
        if isinstance(event := change.after, Event)
    }
    wanted = {
        (event.title, event.starts_at, event.ends_at)
        for event in year_then.events
        if event.starts_at is not None and event.status not in (EventStatus.CANCELLED, EventStatus.POSTPONED)
    }
    assert wanted <= taken
