"""再次导入：同一编号更新，改期的系列跟着移，去掉的点名，旧的不盖新的；自己发出的认得出来。"""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest

from exports.ical import calendar_bytes
from exports.ical_import import read_events
from exports.ical_versions import Version, matched, received_of
from exports.xlsx.reading.taking import as_confirmed, changes_of, usual_ticks
from exports.xlsx.reading.values import FileReading, FileRow, RowFate
from models.domain.events import Campaign, Event, EventStatus
from models.domain.snapshot import EventStamp, WithdrawnEvent, YearSnapshot
from planners.deadline_items import deadline_items
from tests.factories import check, event, year

SERIES = (
    "UID:s@x", "SUMMARY:公开讲堂", "DTSTART;TZID=Asia/Shanghai:20270610T140000",
    "DTEND;TZID=Asia/Shanghai:20270610T160000", "LOCATION:区图书馆", "RRULE:FREQ=WEEKLY;COUNT=4", "SEQUENCE:1",
    "LAST-MODIFIED:20270501T000000Z",
)  # fmt: skip
SINGLE = ("UID:a@x", "SUMMARY:公开讲堂", "DTSTART:20270610T060000Z", "LOCATION:区图书馆", "SEQUENCE:3")


def calendar(*entries: tuple[str, ...], head: str = "") -> bytes:
    """A calendar of ``entries``, each the lines of a VEVENT."""
    body = "".join("\r\n".join(("BEGIN:VEVENT", *lines, "END:VEVENT", "")) for lines in entries)
    return f"BEGIN:VCALENDAR\r\nVERSION:2.0\r\n{head}{body}END:VCALENDAR\r\n".encode()


def changed(lines: tuple[str, ...], **other: str) -> tuple[str, ...]:
    """``lines`` with other values; an empty one takes the line away."""
    kept = [line for line in lines if line.partition(":")[0].partition(";")[0] not in other]
    return (*kept, *(f"{name}:{value}" for name, value in other.items() if value))


def read(data: bytes, snapshot: YearSnapshot) -> FileReading:
    return read_events(data, snapshot, "部门.ics")


def taken(snapshot: YearSnapshot, reading: FileReading, *, every: bool = False) -> YearSnapshot:
    """The year after the rows that come ticked, or every one, were taken."""
    places = {row.place for row in reading.rows} if every else usual_ticks(reading)
    events = dict(snapshot.event_by_key)
    for change in changes_of(reading, places):
        assert isinstance(change.after, Event)
        assert events.get(change.key) == change.before
        events[change.key] = change.after
    return YearSnapshot(
        snapshot.year_row,
        events=events.values(),
        units=snapshot.units,
        venues=snapshot.venues,
        stamps=snapshot.stamps,
        withdrawn=snapshot.withdrawn,
        installation=snapshot.installation,
    )


def after(data: bytes, snapshot: YearSnapshot | None = None) -> YearSnapshot:
    """The year after ``data`` was imported with the usual ticks."""
    snapshot = snapshot or year()
    return taken(snapshot, read(data, snapshot))


def days(snapshot: YearSnapshot) -> list[str]:
    """When the events are, the ones that are off left out."""
    on = [one for one in snapshot.events if one.status is not EventStatus.CANCELLED]
    return sorted(f"{one.starts_at:%m%d-%H%M}" for one in on)


def fates(reading: FileReading) -> list[tuple[str, str, bool]]:
    return [(row.state.label, "、".join(row.fields), row.ask) for row in reading.rows]


# an entry that comes again


def test_a_second_import_changes_nothing() -> None:
    data = calendar(SERIES, SINGLE)
    once = after(data)
    assert {row.state for row in read(data, once).rows} == {RowFate.SAME}
    assert len(once.events) == 5


def test_a_newer_version_updates_what_it_changed() -> None:
    once = after(calendar(SINGLE))
    newer = calendar(changed(SINGLE, LOCATION="南大智慧城", SEQUENCE="4"))
    assert fates(read(newer, once)) == [("修改", "place", False)]
    assert [one.place for one in after(newer, once).events] == ["南大智慧城"]


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ({"SEQUENCE": "4"}, {"SEQUENCE": "3"}),
        ({"LAST-MODIFIED": "20270502T000000Z"}, {"LAST-MODIFIED": "20270501T000000Z"}),
        ({"DTSTAMP": "20270502T000000Z"}, {"DTSTAMP": "20270501T000000Z"}),
    ],
)
def test_an_older_file_overwrites_nothing_and_says_so(first: dict[str, str], second: dict[str, str]) -> None:
    newer = calendar(changed(SINGLE, LOCATION="新地点", **first))
    older = calendar(changed(SINGLE, LOCATION="旧地点", **second))
    once = after(newer)
    reading = read(older, once)
    assert fates(reading) == [("修改", "place", True)]
    assert "没有勾选，请核对" in str(reading.rows[0].problems[0])
    assert [one.place for one in after(older, once).events] == ["新地点"]
    assert [one.place for one in after(newer, after(older)).events] == ["新地点"]


def test_a_newer_version_that_says_nothing_new_is_kept_so_that_one_in_between_is_old() -> None:
    first, between, last = (
        calendar(changed(SINGLE, SEQUENCE=number, LOCATION=place))
        for number, place in (("1", "甲处"), ("2", "乙处"), ("3", "甲处"))
    )
    once = after(first)
    assert fates(read(last, once)) == [("修改", "received", False)]
    assert fates(read(between, after(last, once))) == [("修改", "place", True)]
    assert [one.place for one in after(between, after(last, once)).events] == ["甲处"]
    exported_later = calendar((*changed(SINGLE, SEQUENCE="1", LOCATION="甲处"), "DTSTAMP:20270909T000000Z"))
    assert fates(read(exported_later, once)) == [("相同", "", False)]


def test_what_the_office_changed_stays_while_the_department_says_the_same() -> None:
    once = after(calendar(SINGLE))
    moved = year(
        *(one._replace(place="“宝你汇”直播间", starts_at=datetime(2027, 6, 11, 9)) for one in once.events)
    )
    again = calendar(changed(SINGLE, SEQUENCE="9"))
    assert fates(read(again, moved)) == [("修改", "received", False)]
    kept = after(again, moved)
    assert [(one.place, one.starts_at) for one in kept.events] == [
        ("“宝你汇”直播间", datetime(2027, 6, 11, 9))
    ]
    assert fates(read(again, kept)) == [("相同", "", False)]
    reading = read(calendar(changed(SINGLE, LOCATION="顾村镇", SEQUENCE="9")), moved)
    assert fates(reading) == [("修改", "place", True)]
    assert "来件和计划都改过" in reading.rows[0].problems[0].reason


def test_an_event_called_off_comes_back_only_when_the_department_says_so() -> None:
    once = after(calendar(SINGLE))
    off = calendar(changed(SINGLE, STATUS="CANCELLED", SEQUENCE="4"))
    cancelled = after(off, once)
    assert [(one.status, one.status_reason) for one in cancelled.events] == [
        (EventStatus.CANCELLED, "部门日历中已取消")
    ]
    assert fates(read(off, cancelled)) == [("相同", "", False)]
    again = after(calendar(changed(SINGLE, SEQUENCE="5")), cancelled)
    assert [one.status for one in again.events] == [EventStatus.PLANNED]
    by_office = year(
        *(one._replace(status=EventStatus.CANCELLED, status_reason="另有安排") for one in once.events)
    )
    still = after(calendar(changed(SINGLE, SEQUENCE="5")), by_office)
    assert [(one.status, one.status_reason) for one in still.events] == [(EventStatus.CANCELLED, "另有安排")]


def test_what_was_held_is_neither_moved_nor_called_off() -> None:
    held = year(*(one._replace(status=EventStatus.HELD) for one in after(calendar(SINGLE)).events))
    moved = changed(SINGLE, DTSTART="20270611T060000Z", SEQUENCE="4")
    for lines in (moved, changed(SINGLE, STATUS="CANCELLED", SEQUENCE="4")):
        (row,) = read(calendar(lines), held).rows
        assert (row.state, "这一场已举办" in row.problems[0].reason) == (RowFate.REFUSED, True)


def test_an_entry_that_was_deleted_is_not_ticked_again() -> None:
    gone = after(calendar(SINGLE)).events[0]
    stamp = EventStamp(datetime(2027, 1, 2), datetime(2027, 1, 3))
    (row,) = read(calendar(SINGLE), year(withdrawn=(WithdrawnEvent(gone, stamp),))).rows
    assert (row.ask, row.problems[-1].reason) == (True, "曾经收过，后来从计划中删除，没有勾选")


def test_an_entry_like_one_typed_by_hand_is_not_ticked() -> None:
    typed = event(day="2027-06-10", title="公开讲堂")
    (row,) = read(calendar(SINGLE), year(typed)).rows
    assert (row.ask, "可能是同一场" in row.problems[-1].reason) == (True, True)


def test_a_copy_of_an_imported_event_is_not_taken_for_it() -> None:
    (one,) = after(calendar(SINGLE)).events
    assert received_of(one) is not None
    assert received_of(one._replace(key="E1")) is None
    assert received_of(one._replace(received="x/y")) is None


# a series that comes again


@pytest.mark.parametrize(
    ("start", "rule"),
    [
        ("20270611T140000", "FREQ=WEEKLY;COUNT=4"),
        ("20270614T093000", "FREQ=WEEKLY;COUNT=4"),
        ("20270608T140000", "FREQ=WEEKLY;COUNT=4"),
        ("20270617T140000", "FREQ=WEEKLY;COUNT=4"),
        ("20270603T140000", "FREQ=WEEKLY;COUNT=4"),
        ("20270901T140000", "FREQ=WEEKLY;INTERVAL=2;COUNT=4"),
    ],
)
def test_a_series_that_is_moved_moves(start: str, rule: str) -> None:
    once = after(calendar(SERIES))
    again = changed(SERIES, DTSTART=start, DTEND="", DURATION="PT2H", RRULE=rule, SEQUENCE="2")
    twice = after(calendar(again), once)
    assert days(twice) == days(after(calendar(again)))
    assert {one.key for one in twice.events} == {one.key for one in once.events}
    assert {row.state for row in read(calendar(again), twice).rows} == {RowFate.SAME}


def test_a_repetition_that_is_dropped_is_named_and_offered() -> None:
    once = after(calendar(SERIES))
    again = calendar((*changed(SERIES, SEQUENCE="2"), "EXDATE;TZID=Asia/Shanghai:20270617T140000"))
    reading = read(again, once)
    assert sorted(fates(reading)) == [
        ("修改", "received", False),
        ("修改", "status、status_reason", True),
        ("相同", "", False),
        ("相同", "", False),
    ]
    (dropped,) = [row for row in reading.rows if row.ask]
    assert (dropped.sheet, dropped.title) == ("缺 2027-06-17 14:00", "公开讲堂")
    assert "来件里已没有这一场" in dropped.problems[0].reason
    assert days(after(again, once)) == days(once)
    off = taken(once, reading, every=True)
    assert days(off) == ["0610-1400", "0624-1400", "0701-1400"]
    assert {row.state for row in read(again, off).rows} == {RowFate.SAME}
    back = after(calendar(changed(SERIES, SEQUENCE="3")), off)
    assert days(back) == days(once)


def test_a_shorter_series_names_what_is_left_over() -> None:
    once = after(calendar(SERIES))
    reading = read(calendar(changed(SERIES, RRULE="FREQ=WEEKLY;COUNT=2", SEQUENCE="2")), once)
    assert [row.sheet for row in reading.rows if row.ask] == ["缺 2027-06-24 14:00", "缺 2027-07-01 14:00"]


def test_one_repetition_moved_or_called_off_is_that_one() -> None:
    once = after(calendar(SERIES))
    override = (
        "UID:s@x", "SUMMARY:公开讲堂", "RECURRENCE-ID:20270617T060000Z", "DTSTART:20270618T060000Z", "SEQUENCE:2",
        "DURATION:PT2H", "LOCATION:区图书馆",
    )  # fmt: skip
    moved = after(calendar(SERIES, override), once)
    assert days(moved) == ["0610-1400", "0618-1400", "0624-1400", "0701-1400"]
    off = calendar(("UID:s@x", "RECURRENCE-ID:20270617T060000Z", "STATUS:CANCELLED", "SEQUENCE:3"))
    (row,) = read(off, moved).rows
    assert row.state is RowFate.REFUSED
    off = calendar(
        (
            "UID:s@x",
            "SUMMARY:公开讲堂",
            "RECURRENCE-ID:20270617T060000Z",
            "DTSTART:20270617T060000Z",
            "SEQUENCE:3",
        ),
        head="METHOD:CANCEL\r\n",
    )
    assert days(after(off, moved)) == ["0610-1400", "0624-1400", "0701-1400"]


def test_a_cancelled_series_cancels_all_its_events() -> None:
    once = after(calendar(SERIES))
    off = calendar(changed(SERIES, RRULE="", SEQUENCE="2"), head="METHOD:CANCEL\r\n")
    assert days(after(off, once)) == []
    rest = calendar(
        (*changed(SERIES, RRULE="", SEQUENCE="2"), "RECURRENCE-ID;RANGE=THISANDFUTURE:20270617T060000Z"),
        head="METHOD:CANCEL\r\n",
    )
    assert days(after(rest, once)) == ["0610-1400"]


def test_a_single_entry_becomes_a_series_and_back() -> None:
    single = changed(SERIES, RRULE="")
    once = after(calendar(single))
    series = after(calendar(changed(SERIES, SEQUENCE="2")), once)
    assert len(series.events) == 4
    assert once.events[0].key in series.event_by_key
    back = read(calendar(changed(single, SEQUENCE="3")), series)
    assert (
        sorted(fates(back)) == [("修改", "received", False)] + [("修改", "status、status_reason", True)] * 3
    )


def test_times_are_matched_by_the_shift_that_fits_most() -> None:
    known = ["20270610T1400", "20270611T1400", "20270612T1400"]
    assert matched(known, ["20270611T1400", "20270612T1400", "20270613T1400"]) == {
        "20270611T1400": "20270610T1400",
        "20270612T1400": "20270611T1400",
        "20270613T1400": "20270612T1400",
    }
    assert matched(known, known[1:]) == {words: words for words in known[1:]}
    assert matched(known, []) == matched([], known) == {}


def test_versions_are_compared_by_number_then_by_time_of_one_kind() -> None:
    assert Version(1).is_older_than(Version(2))
    assert Version(1, "L20270101T000000").is_older_than(Version(1, "L20270102T000000"))
    assert not Version(1, "D20270101T000000").is_older_than(Version(1, "L20270102T000000"))
    assert not Version(2, "L20270101T000000").is_older_than(Version(1, "L20270102T000000"))
    assert Version(3, "L20270506T140000").words == "第 3 版（2027年5月6日 14:00 修改）"


# our own events that come back


def published(
    *events: Event, sequence: int = 2, installation: str = "0123-abc", number: int = 2027
) -> YearSnapshot:
    """A year whose events were published in that version, changed last on 3 January."""
    stamp = EventStamp(datetime(2026, 1, 2), datetime(2027, 1, 3, 4, 5, 6), sequence, exported=True)
    plain = year(*events, number=number)
    return YearSnapshot(
        plain.year_row,
        events=events,
        units=plain.units,
        venues=plain.venues,
        stamps={one.key: stamp for one in events},
        installation=installation,
    )


OURS = event(day="2027-06-10", key="A007", title="民法典解读", place="区图书馆")
SENT = calendar_bytes(published(OURS))


def only(reading: FileReading) -> FileRow:
    (row,) = reading.rows
    return row


def test_our_event_moved_by_a_colleague_becomes_a_change_of_it() -> None:
    moved = SENT.replace(b"20270610T", b"20270612T").replace(b"SEQUENCE:2", b"SEQUENCE:3")
    row = only(read(moved, published(OURS)))
    assert (row.state, row.before, row.fields, row.ask) == (
        RowFate.CHANGED,
        OURS,
        ("starts_at", "ends_at"),
        False,
    )
    assert row.after is not None
    assert row.after.received == ""


def test_our_event_that_a_colleague_repeats_is_itself_and_new_ones_once() -> None:
    weekly = SENT.replace(b"SEQUENCE:2", b"SEQUENCE:3\r\nRRULE:FREQ=WEEKLY;COUNT=3")
    once = after(weekly, published(OURS))
    assert days(once) == ["0610-1400", "0617-1400", "0624-1400"]
    assert once.event_by_key["A007"] == OURS
    assert {row.state for row in read(weekly, once).rows} == {RowFate.SAME}


def test_our_older_export_overwrites_nothing_and_says_so() -> None:
    moved = OURS._replace(starts_at=datetime(2027, 6, 20, 14), ends_at=datetime(2027, 6, 20, 16))
    row = only(read(SENT, published(moved, sequence=3)))
    assert (row.state, row.ask) == (RowFate.CHANGED, True)
    assert row.problems[0].reason == "来件是第 2 版，计划已是第 3 版，没有勾选，请核对"
    renamed = published(OURS._replace(title="民法典进社区"))
    later = {key: stamp._replace(changed_at=datetime(2027, 2, 1)) for key, stamp in renamed.stamps.items()}
    renamed.stamps = later
    row = only(read(SENT, renamed))
    assert (row.fields, row.ask) == (("title",), True)
    assert "做出来件之后计划里又改过" in row.problems[0].reason


def test_our_event_of_another_year_is_told_with_its_year() -> None:
    then = published(OURS._replace(starts_at=datetime(2026, 6, 10, 14), ends_at=None), number=2026)
    sent = calendar_bytes(then)
    reading = read(sent, published())
    assert reading.rows == ()
    assert reading.remarks == ("1 项是本单位2026年度的活动，没有读：民法典解读；请打开2026年度再导入。",)
    row = only(read(sent.replace(b":20260610T", b":20270610T"), published()))
    assert (row.state, "请在2026年度登记延期或取消" in row.problems[0].reason) == (RowFate.REFUSED, True)


def test_our_event_moved_out_of_the_year_is_told() -> None:
    row = only(read(SENT.replace(b":20270610T", b":20280610T"), published(OURS)))
    assert (row.state, "改到了2027年以外" in row.problems[0].reason) == (RowFate.REFUSED, True)


def test_the_same_plan_in_another_data_file_is_recognised_by_key_and_title() -> None:
    moved = SENT.replace(b"20270610T", b"20270612T").replace(
        b"LAST-MODIFIED:20270103", b"LAST-MODIFIED:20270203"
    )
    row = only(read(moved, published(OURS, installation="9999-fff", sequence=7)))
    assert (row.state, row.before, row.ask) == (RowFate.CHANGED, OURS, False)
    assert row.problems[0].reason == "来自另一份数据文件，按编号和名称认作这一场"
    other = OURS._replace(title="别的活动")
    assert only(read(moved, published(other, installation="9999-fff"))).state is RowFate.NEW


def test_our_deadlines_are_no_events() -> None:
    plan = published(OURS)
    items = deadline_items(plan, check(plan))
    sent = calendar_bytes(plan, deadlines=items)
    assert b"deadline-" in sent
    reading = read(sent, plan)
    assert [row.state for row in reading.rows] == [RowFate.SAME]
    assert any("时限不是活动，没有读" in remark for remark in reading.remarks)


# 已确认


def test_confirmed_is_taken_only_when_asked_for() -> None:
    data = calendar(changed(SINGLE, STATUS="CONFIRMED"))
    reading = read(data, year())
    assert [row.after and row.after.status for row in reading.rows] == [EventStatus.PLANNED]
    confirmed = as_confirmed(reading)
    assert [row.after and row.after.status for row in confirmed.rows] == [EventStatus.CONFIRMED]
    later = as_confirmed(read(data, after(data)))
    assert fates(later) == [("修改", "status", False)]
    done = taken(after(data), later)
    assert fates(as_confirmed(read(data, done))) == fates(read(data, done)) == [("相同", "", False)]


def test_an_event_keeps_its_length_when_only_its_series_is_shifted() -> None:
    once = after(calendar(SERIES))
    assert all(
        one.ends_at and one.starts_at and one.ends_at - one.starts_at == timedelta(hours=2)
        for one in once.events
    )
    assert {one.campaign for one in once.events} == {Campaign.LECTURE}
