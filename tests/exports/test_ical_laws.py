"""导入日历的定律：自己的导出再读回来什么都不变，读两次等于读一次，两稿先后无所谓，再怪的也不出错。"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime, timedelta

from hypothesis import assume, given
from hypothesis import strategies as st

from exports.ical import calendar_bytes
from exports.ical_import import read_events
from exports.xlsx.reading.taking import changes_of, usual_ticks
from exports.xlsx.reading.values import FileReading, RowFate
from models.domain.errors import InputError
from models.domain.events import Campaign, Event, EventStatus, Precision
from models.domain.snapshot import EventStamp, YearSnapshot
from tests.factories import UNITS, VENUES, year

TITLES = st.text(
    st.sampled_from("公开讲堂，；:\\\"'\nn 民法典【】（）〇𠮷é%20—"), min_size=1, max_size=20
).filter(lambda text: text.strip() and not text.strip().startswith("【"))
MOMENTS = st.datetimes(datetime(2027, 1, 1), datetime(2027, 12, 31)).map(
    lambda at: at.replace(second=0, microsecond=0)
)
STAMP = EventStamp(datetime(2027, 1, 2), datetime(2027, 1, 3), 1, exported=True)


@st.composite
def plans(draw: st.DrawFn) -> YearSnapshot:
    """A year as the program may hold it, every event of which has been published."""
    events = []
    for number in range(draw(st.integers(1, 6))):
        start = draw(st.none() | MOMENTS)
        precision = draw(st.sampled_from(Precision))
        timed = precision in (Precision.TIME, Precision.HALF_DAY)
        if start is not None and not timed:
            start = datetime.combine(start.date(), datetime.min.time())
        length = draw(
            st.none() | (st.integers(1, 3000) if timed else st.integers(1, 20).map(lambda n: n * 1440))
        )
        events.append(
            Event(
                f"K{number}",
                draw(st.sampled_from(Campaign)),
                draw(TITLES),
                starts_at=start,
                ends_at=start + timedelta(minutes=length) if start and length else None,
                precision=precision,
                tentative=draw(st.booleans()),
                status=draw(st.sampled_from(EventStatus)),
                lead_units=draw(st.sampled_from([(), (UNITS[0].key,)])),
                venue=draw(st.sampled_from([None, VENUES[0].key])),
                place=draw(st.sampled_from(["", "线上", "区图书馆, 二楼；大厅", " 左\t右 "])),
                online_only=draw(st.booleans()),
            )
        )
    return with_history(year(*events), events)


def with_history(plain: YearSnapshot, events: list[Event], installation: str = "aaaa-1") -> YearSnapshot:
    """The year with a published version of every event."""
    return YearSnapshot(
        plain.year_row,
        events=events,
        units=plain.units,
        venues=plain.venues,
        stamps={event.key: STAMP for event in events},
        installation=installation,
    )


def after(snapshot: YearSnapshot, reading: FileReading) -> YearSnapshot:
    """The year after what comes ticked was taken."""
    events = dict(snapshot.event_by_key)
    for change in changes_of(reading, usual_ticks(reading)):
        assert isinstance(change.after, Event)
        events[change.key] = change.after
    return with_history(snapshot, list(events.values()), snapshot.installation)


def imported(data: bytes, snapshot: YearSnapshot) -> YearSnapshot:
    """The year after ``data`` was imported with the usual ticks."""
    return after(snapshot, read_events(data, snapshot, "x.ics", campaign=Campaign.LECTURE))


@given(plans())
def test_our_own_export_changes_nothing(plan: YearSnapshot) -> None:
    reading = read_events(calendar_bytes(plan, drafts=True), plan, "x.ics")
    assert [
        (row.title, row.fields, row.problems) for row in reading.rows if row.state is not RowFate.SAME
    ] == []
    assert imported(calendar_bytes(plan), plan) == plan


@given(plans())
def test_an_export_read_into_an_empty_year_elsewhere_says_the_same(plan: YearSnapshot) -> None:
    empty = with_history(year(), [], "bbbb-2")
    there = imported(calendar_bytes(plan), empty)

    def plain(text: str) -> str:
        return " ".join(text.replace("\\", "＼").split())

    wanted = sorted(
        (plain(event.title), event.starts_at, plain(plan.place_of(event)))
        for event in plan.events
        if event.starts_at
        and event.status not in (EventStatus.CANCELLED, EventStatus.POSTPONED, EventStatus.DRAFT)
    )
    got = sorted(
        (event.title, event.starts_at, event.place or ("线上" if event.online_only else ""))
        for event in there.events
        if event.starts_at
    )
    assert [row[:2] for row in got] == [row[:2] for row in wanted]
    assert all(mine[2] == theirs[2] or not theirs[2] for mine, theirs in zip(got, wanted, strict=True))
    assert imported(calendar_bytes(plan), there) == there


def said(events: Iterable[Event]) -> set[tuple[object, ...]]:
    """What the events say to people."""
    return {
        (one.title, one.starts_at, one.ends_at, one.place, one.online_only, one.tentative) for one in events
    }


# calendars of other programs


DATES = st.dates(date(2026, 12, 1), date(2028, 1, 31))


@st.composite
def entries(draw: st.DrawFn, uid: str) -> tuple[str, ...]:
    """The lines of a VEVENT by the grammar: any of the ways to say when, and how it is repeated."""
    day = draw(DATES)
    whole = draw(st.booleans())
    zone = draw(st.sampled_from(["", ";TZID=Asia/Tokyo", ";TZID=China Standard Time", "Z"]))
    clock = f"T{draw(st.integers(0, 23)):02}{draw(st.sampled_from([0, 15, 30, 45])):02}00"

    def moment(on: date) -> str:
        if whole:
            return f";VALUE=DATE:{on:%Y%m%d}"
        return f":{on:%Y%m%d}{clock}Z" if zone == "Z" else f"{zone}:{on:%Y%m%d}{clock}"

    lines = [
        f"UID:{uid}",
        f"SUMMARY:{draw(st.sampled_from(['公开讲堂', '走进园区', '例会']))}",
        f"DTSTART{moment(day)}",
    ]
    end = draw(
        st.sampled_from(["", "DURATION:P1D", "DURATION:PT90M", f"DTEND{moment(day + timedelta(days=2))}"])
    )
    lines += [end] if end and not (whole and "PT" in end) else []
    lines += draw(
        st.sampled_from(
            [
                [],
                ["RRULE:FREQ=DAILY;COUNT=5"],
                ["RRULE:FREQ=WEEKLY;COUNT=8;BYDAY=MO,TH"],
                ["RRULE:FREQ=MONTHLY;BYMONTHDAY=15"],
                ["RRULE:FREQ=MONTHLY;BYDAY=-1FR;COUNT=4", f"EXDATE{moment(day)}"],
                ["RRULE:FREQ=YEARLY", f"RDATE{moment(day + timedelta(days=3))}"],
            ]
        )
    )
    lines += draw(st.sampled_from([[], ["STATUS:CONFIRMED"], ["STATUS:TENTATIVE"], ["STATUS:CANCELLED"]]))
    lines += draw(
        st.sampled_from([[], ["LOCATION:区图书馆"], ["LOCATION:线上"], ["CLASS:PRIVATE"], ["X-A;B=c:d"]])
    )
    return tuple(lines)


def calendar(*entries: tuple[str, ...]) -> bytes:
    """A calendar of ``entries``."""
    body = "".join("\r\n".join(("BEGIN:VEVENT", *lines, "END:VEVENT", "")) for lines in entries)
    return f"BEGIN:VCALENDAR\r\nVERSION:2.0\r\n{body}END:VCALENDAR\r\n".encode()


FILES = st.lists(st.sampled_from("abcde"), max_size=4, unique=True).flatmap(
    lambda uids: st.tuples(*(entries(uid) for uid in uids))
)


@given(FILES)
def test_reading_twice_is_reading_once(file: tuple[tuple[str, ...], ...]) -> None:
    data = calendar(*file)
    once = imported(data, year())
    reading = read_events(data, once, "x.ics", campaign=Campaign.LECTURE)
    assert not usual_ticks(reading)
    assert imported(data, once) == once


@given(entries("a"), entries("a"), st.booleans())
def test_of_two_versions_the_newer_stands_whatever_came_first(
    first: tuple[str, ...],
    second: tuple[str, ...],
    numbered: bool,
) -> None:
    stamps = (
        ("SEQUENCE:1", "SEQUENCE:2") if numbered else ("DTSTAMP:20270101T000000Z", "DTSTAMP:20270102T000000Z")
    )
    old, new = (calendar((*lines, stamp)) for lines, stamp in zip((first, second), stamps, strict=True))
    newest = imported(new, year())
    assume(newest.events)  # of a version that leaves nothing in the year nothing is kept
    assert imported(old, newest) == newest
    earlier = imported(old, year())
    reading = read_events(new, earlier, "x.ics", campaign=Campaign.LECTURE)
    offered = {row.before.key for row in reading.rows if row.ask and row.before}
    both = after(earlier, reading)
    assert said(newest.events) <= said(both.events)
    left = [one for one in both.events if one.key not in offered and one.status is not EventStatus.CANCELLED]
    assert said(left) <= said(newest.events)


@given(st.tuples(entries("a"), entries("a"), entries("a")), st.booleans())
def test_what_was_overtaken_changes_nothing(three: tuple[tuple[str, ...], ...], numbered: bool) -> None:
    form = "SEQUENCE:{}" if numbered else "LAST-MODIFIED:2027010{}T000000Z"
    first, between, last = (calendar((*lines, form.format(n))) for n, lines in enumerate(three, 1))
    newest = imported(last, imported(first, year()))
    assume(imported(last, year()).events)
    assert imported(between, newest) == newest


@given(
    st.lists(st.one_of(entries("a"), entries("b"), st.tuples(st.text(max_size=30))), max_size=5), st.randoms()
)
def test_nothing_makes_it_fall_over(file: list[tuple[str, ...]], chance: object) -> None:
    lines = [line for entry in file for line in ("BEGIN:VEVENT", *entry, "END:VEVENT")]
    chance.shuffle(lines)  # type: ignore[attr-defined]
    data = "\r\n".join(("BEGIN:VCALENDAR", *lines, "END:VCALENDAR")).encode("utf-8", "surrogatepass")
    try:
        reading = read_events(data, year(), "x.ics", campaign=Campaign.LECTURE)
    except InputError:
        return
    assert len({row.place for row in reading.rows if row.usable}) == sum(row.usable for row in reading.rows)


@given(
    st.sampled_from(
        ["DTSTART", "DTEND", "DURATION", "RRULE", "RDATE", "EXDATE", "RECURRENCE-ID", "SEQUENCE", "STATUS"]
    ),
    st.text(max_size=60) | st.from_regex(r"[-+0-9A-Z;=,:/TZ]{0,50}", fullmatch=True),
)
def test_any_value_is_taken_or_refused_in_words(name: str, value: str) -> None:
    line = f"{name}:{' '.join(value.splitlines())}"
    data = calendar(
        ("UID:a", "SUMMARY:公开讲堂", "DTSTART:20270610T140000", "RRULE:FREQ=WEEKLY;COUNT=3", line)
    )
    for row in read_events(data, year(), "x.ics").rows:
        assert row.after is not None or row.problems[0].reason
