"""日历发布文件：用 icalendar 读回来，逐个值比较。"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta, timezone
from typing import Any
from zoneinfo import ZoneInfo

import icalendar  # noqa: TID253  the tests need it at once
import pytest
from hypothesis import given
from hypothesis import strategies as st

from exports import ical
from exports.ical import alarms_of, calendar_bytes, exported_keys
from exports.ical_event import Alarms
from exports.ical_text import cleaned
from models.domain.attendance import Delegate
from models.domain.errors import UserError
from models.domain.events import Campaign, Event, EventStatus, Precision, SchoolStage
from models.domain.policies import PolicyDocument
from models.domain.snapshot import EventStamp, LastTime, WithdrawnEvent, YearSnapshot
from models.domain.units import School, Unit, UnitKind, Venue
from models.domain.year import Holidays, Year

SHANGHAI = ZoneInfo("Asia/Shanghai")
CREATED = datetime(2026, 12, 1, 1, 0, tzinfo=timezone.utc)
CHANGED = datetime(2026, 12, 2, 2, 30, tzinfo=timezone.utc)
STAMP = EventStamp(CREATED, CHANGED)
PUBLISHED = EventStamp(CREATED, CHANGED, 2, exported=True)
ANNOUNCED = Holidays(
    announced=True,
    days_off=((date(2027, 6, 9), "端午"),),
    makeup_workdays=(date(2027, 6, 12),),
)
LECTURE = Event(
    "E-0001",
    Campaign.LECTURE,
    "民法典，物业与邻里",
    starts_at=datetime(2027, 6, 17, 14, 0),
    ends_at=datetime(2027, 6, 17, 16, 0),
    status=EventStatus.CONFIRMED,
    lead_units=("sf",),
    place="宝你汇直播间",
)
VISIT = Event(
    "E-0002",
    Campaign.COMMUNITY,
    "医保咨询",
    starts_at=datetime(2027, 6, 23, 9, 0),
    ends_at=datetime(2027, 6, 23, 11, 0),
    lead_units=("yb",),
    responsible_units=("sf",),
    towns=("gc",),
)
UNITS = (
    Unit("sf", "区司法局"),
    Unit("yb", "区医保局"),
    Unit("gc", "顾村镇", UnitKind.TOWN),
    Unit("gx", "宝山高新区", UnitKind.PARK),
)


def year(*events: Event, stamp: EventStamp = STAMP, **parts: Any) -> YearSnapshot:
    parts.setdefault("year", Year(2027, holidays=ANNOUNCED))
    parts.setdefault("units", UNITS)
    return YearSnapshot(
        parts.pop("year"),
        events=events,
        stamps={event.key: stamp for event in events},
        installation="f00d",
        **parts,
    )


def read(data: bytes) -> icalendar.Calendar:
    return icalendar.Calendar.from_ical(data)


def event_in(data: bytes, key: str = "E-0001") -> icalendar.Event:
    (found,) = (event for event in read(data).walk("VEVENT") if event["UID"] == f"2027-{key}@f00d")
    return found


def written(event: Event, stamp: EventStamp = STAMP, **options: Any) -> icalendar.Event:
    """The event as a reader sees it, alone in its file."""
    return event_in(calendar_bytes(year(event, stamp=stamp), **options), event.key)


def days_of(event: icalendar.Event) -> tuple[date, date]:
    return event.decoded("DTSTART"), event.decoded("DTEND")


def triggers(event: icalendar.Event) -> list[timedelta]:
    return [alarm.decoded("TRIGGER") for alarm in event.walk("VALARM")]


def properties(component: icalendar.cal.Component) -> dict[str, Any]:
    return {name: component.decoded(name) for name in component}


def text_of(component: icalendar.cal.Component, name: str) -> str:
    return str(component.get(name, ""))


def lines_of(data: bytes) -> list[str]:
    return data.replace(b"\r\n ", b"").decode().split("\r\n")


# —— 文件头 ——


def test_a_calendar_of_many_is_named_refreshed_and_identified() -> None:
    calendar = read(calendar_bytes(year(LECTURE, VISIT)))
    head = {name: calendar.decoded(name) for name in calendar if name not in ("NAME", "X-WR-CALNAME")}
    assert head == {
        "VERSION": "2.0",
        "PRODID": "-//bao-gongkai-paiqi//outreach calendar 1//ZH",
        "CALSCALE": "GREGORIAN",
        "METHOD": "PUBLISH",
        "UID": "2027@f00d",
        "LAST-MODIFIED": CHANGED,
        "X-WR-TIMEZONE": "Asia/Shanghai",
        "REFRESH-INTERVAL": timedelta(hours=12),
        "X-PUBLISHED-TTL": "PT12H",
    }
    assert {text_of(calendar, name) for name in ("NAME", "X-WR-CALNAME")} == {"宝山区2027年政务公开活动"}
    assert calendar["REFRESH-INTERVAL"].params == {"VALUE": "DURATION"}


def test_a_single_event_names_no_calendar() -> None:
    assert set(read(calendar_bytes(year(LECTURE)))) == {"VERSION", "PRODID", "CALSCALE", "METHOD"}


def test_there_is_one_time_zone_without_summer_time() -> None:
    (zone,) = read(calendar_bytes(year(LECTURE, VISIT))).walk("VTIMEZONE")
    (standard,) = zone.subcomponents
    assert (zone["TZID"], standard.name) == ("Asia/Shanghai", "STANDARD")
    assert properties(standard) == {
        "DTSTART": datetime(1970, 1, 1),
        "TZOFFSETFROM": timedelta(hours=8),
        "TZOFFSETTO": timedelta(hours=8),
        "TZNAME": "CST",
    }


@pytest.mark.parametrize(
    ("choice", "keys", "uid", "name"),
    [
        ({"campaign": Campaign.LECTURE}, ["E-0001", "E-0003"], "2027-lecture", "宝山区2027年公开讲堂"),
        ({"unit": "sf"}, ["E-0001", "E-0002", "E-0003"], "2027-sf", "宝山区2027年政务公开活动（区司法局）"),
        ({"unit": "gc"}, ["E-0002", "E-0003"], "2027-gc", "宝山区2027年政务公开活动（顾村镇）"),
        ({"unit": "gx", "name": "园区"}, ["E-0002", "E-0003"], "2027-gx", "园区"),
    ],
)
def test_a_campaign_or_a_unit_has_a_calendar_of_its_own(
    choice: dict[str, Any], keys: list[str], uid: str, name: str
) -> None:
    third = LECTURE._replace(key="E-0003", towns=("gc",), park="gx")
    snapshot = year(LECTURE, VISIT._replace(park="gx"), third)
    calendar = read(calendar_bytes(snapshot, **choice))
    assert [event["UID"] for event in calendar.walk("VEVENT")] == [f"2027-{key}@f00d" for key in keys]
    assert (calendar["UID"], calendar["NAME"]) == (f"{uid}@f00d", name)
    choice.pop("name", None)
    assert list(exported_keys(snapshot, **choice)) == keys


def test_no_event_gives_a_message_instead_of_a_file() -> None:
    draft, undated = LECTURE._replace(status=EventStatus.DRAFT), VISIT._replace(starts_at=None, ends_at=None)
    with pytest.raises(UserError) as caught:
        calendar_bytes(year(draft, undated))
    assert str(caught.value) == (
        "没有可以写入日历的活动。2027年按所选范围没有已排的活动，没有写出文件。全年有1项草拟活动，草案不进日历。"
        "全年有1项活动还没有日期。请先排入活动，或换一个工作线、单位。"
    )


# —— 一项活动 ——


def test_a_confirmed_event_with_times() -> None:
    assert properties(written(LECTURE, PUBLISHED)) == {
        "UID": "2027-E-0001@f00d",
        "DTSTAMP": CHANGED,
        "SEQUENCE": 2,
        "CREATED": CREATED,
        "LAST-MODIFIED": CHANGED,
        "STATUS": "CONFIRMED",
        "SUMMARY": "民法典，物业与邻里",
        "DTSTART": datetime(2027, 6, 17, 14, tzinfo=SHANGHAI),
        "DTEND": datetime(2027, 6, 17, 16, tzinfo=SHANGHAI),
        "LOCATION": "宝你汇直播间",
        "CATEGORIES": ["公开讲堂"],
        "DESCRIPTION": "牵头单位：区司法局",
        "CLASS": "PUBLIC",
        "TRANSP": "OPAQUE",
        "X-MICROSOFT-CDO-BUSYSTATUS": "BUSY",
        "X-MICROSOFT-CDO-ALLDAYEVENT": "FALSE",
    }


def test_a_published_calendar_invites_nobody() -> None:
    data = calendar_bytes(year(LECTURE, VISIT))
    assert b"ORGANIZER" not in data
    assert b"ATTENDEE" not in data


@pytest.mark.parametrize(
    ("change", "status", "busy"),
    [
        ({"status": EventStatus.PLANNED}, "TENTATIVE", "TENTATIVE"),
        ({"status": EventStatus.CONFIRMED}, "CONFIRMED", "BUSY"),
        ({"status": EventStatus.HELD}, "CONFIRMED", "BUSY"),
        ({"status": EventStatus.HELD, "tentative": True}, "CONFIRMED", "BUSY"),
        ({"status": EventStatus.CONFIRMED, "tentative": True}, "TENTATIVE", "TENTATIVE"),
        ({"status": EventStatus.CONFIRMED, "precision": Precision.MONTH}, "TENTATIVE", "FREE"),
    ],
)
def test_the_status_says_how_sure_an_event_is(change: dict[str, Any], status: str, busy: str) -> None:
    event = written(LECTURE._replace(**change))
    assert (event["STATUS"], event["SUMMARY"]) == (status, LECTURE.title)
    assert event["X-MICROSOFT-CDO-BUSYSTATUS"] == busy


@pytest.mark.parametrize(
    ("change", "days"),
    [
        ({"precision": Precision.DAY}, (date(2027, 8, 5), date(2027, 8, 6))),
        ({"precision": Precision.DAY, "ends_at": datetime(2027, 8, 7)}, (date(2027, 8, 5), date(2027, 8, 7))),
        (
            {"precision": Precision.DAY, "ends_at": datetime(2027, 8, 7, 9)},
            (date(2027, 8, 5), date(2027, 8, 8)),
        ),
        ({"precision": Precision.TEN_DAYS}, (date(2027, 8, 5), date(2027, 8, 11))),
        ({"precision": Precision.MONTH}, (date(2027, 8, 5), date(2027, 9, 1))),
        ({"precision": Precision.QUARTER}, (date(2027, 8, 5), date(2027, 10, 1))),
        ({"precision": Precision.UNSET}, (date(2027, 8, 5), date(2027, 8, 6))),
    ],
)
def test_whole_days_end_on_the_day_after(change: dict[str, Any], days: tuple[date, date]) -> None:
    event = written(LECTURE._replace(starts_at=datetime(2027, 8, 5), **({"ends_at": None} | change)))
    assert days_of(event) == days
    assert [text_of(event, name) for name in ("TRANSP", "X-MICROSOFT-CDO-BUSYSTATUS")] == [
        "TRANSPARENT",
        "FREE",
    ]
    assert text_of(event, "X-MICROSOFT-CDO-ALLDAYEVENT") == "TRUE"


@pytest.mark.parametrize(
    ("first", "end"),
    [
        (date(2027, 8, 1), date(2027, 8, 11)),
        (date(2027, 8, 11), date(2027, 8, 21)),
        (date(2027, 8, 21), date(2027, 9, 1)),
    ],
)
def test_ten_days_reach_to_the_next_of_the_three_parts_of_the_month(first: date, end: date) -> None:
    vague = LECTURE._replace(
        starts_at=datetime.combine(first, time()),
        ends_at=None,
        precision=Precision.TEN_DAYS,
        raw_time="8月中旬",
    )
    event = written(vague)
    assert (days_of(event), triggers(event)) == ((first, end), [])
    assert text_of(event, "DESCRIPTION").startswith("时间：8月中旬（具体时间待定）\n")


def test_an_unknown_end_is_shown_as_two_hours_and_said() -> None:
    event = written(LECTURE._replace(ends_at=None))
    assert event.decoded("DTEND") == datetime(2027, 6, 17, 16, tzinfo=SHANGHAI)
    assert text_of(event, "DESCRIPTION") == "结束时间未定，暂按两小时显示\n牵头单位：区司法局"


def test_everything_known_is_in_the_description_and_the_live_room_comes_last() -> None:
    full = LECTURE._replace(
        responsible_units=("yb",),
        towns=("gc",),
        park="gx",
        schools=("s1",),
        stages=(SchoolStage.JUNIOR, SchoolStage.SENIOR),
        venue="v1",
        place="",
        theme="民生",
        theme_class="民生保障类",
        platforms=("“宝山汇”APP",),
        forms=("答疑",),
        audience="居民, 商户",
        expected=0,
        policy="p1",
        contact="56560000",
        url="https://example.gov.cn/直播",
        note="携带证件；\n提前入场",
        tentative=True,
    )
    snapshot = year(
        full,
        venues=(Venue("v1", "宝你汇直播间", "友谊支路29号"),),
        schools=(School("s1", "实验中学"),),
        policies=(PolicyDocument("p1", "物业管理办法"),),
    )
    event = event_in(calendar_bytes(snapshot))
    assert text_of(event, "DESCRIPTION").split("\n") == [
        "时间：暂定",
        "牵头单位：区司法局",
        "责任单位：区医保局",
        "街镇：顾村镇",
        "园区：宝山高新区",
        "学段：初中、高中",
        "解读政策：《物业管理办法》",
        "主题：民生",
        "主题分类：民生保障类",
        "活动形式：答疑",
        "直播平台：“宝山汇”APP",
        "参与对象：居民, 商户",
        "拟参与人数：0",
        "备注：携带证件；",
        "提前入场",
        "https://example.gov.cn/%E7%9B%B4%E6%92%AD",
    ]
    assert text_of(event, "LOCATION") == "宝你汇直播间（友谊支路29号）"
    assert text_of(event, "CONTACT") == "区司法局：56560000"
    assert (
        text_of(event, "URL") == text_of(event, "CONFERENCE") == "https://example.gov.cn/%E7%9B%B4%E6%92%AD"
    )
    assert event["CONFERENCE"].params == {"VALUE": "URI", "FEATURE": "VIDEO"}


def test_an_address_that_is_no_live_room_or_no_web_address_is_no_conference() -> None:
    page = written(LECTURE._replace(url="https://example.gov.cn/1"))
    words = written(LECTURE._replace(url="见工作群", platforms=("抖音",)))
    assert ("URL" in page, "CONFERENCE" in page) == (True, False)
    assert ("URL" in words, "CONFERENCE" in words) == (False, False)
    assert text_of(words, "DESCRIPTION").split("\n")[-1] == "见工作群"


def test_an_online_event_takes_place_online() -> None:
    assert text_of(written(LECTURE._replace(place="", online_only=True)), "LOCATION") == "线上"


def test_an_event_without_units_or_place_has_neither_line() -> None:
    bare = written(LECTURE._replace(lead_units=(), place="", contact="56560000"))
    assert ("DESCRIPTION" in bare, "LOCATION" in bare, text_of(bare, "CONTACT")) == (False, False, "56560000")


def test_delegates_never_appear() -> None:
    delegates = (Delegate("d1", "欧阳标记", "13800001234"),)
    data = calendar_bytes(year(LECTURE, VISIT, delegates=delegates)).decode()
    assert ("欧阳" in data, "1380000" in data, "区司法局" in data) == (False, False, True)


def test_a_key_with_any_character_makes_a_plain_uid() -> None:
    odd = LECTURE._replace(key="活动 1/甲@b;,\\")
    (event,) = read(calendar_bytes(year(odd))).walk("VEVENT")
    assert event["UID"] == "2027-%E6%B4%BB%E5%8A%A8%201%2F%E7%94%B2%40b%3B%2C%5C@f00d"


# —— 取消、延期、撤回、草案 ——


def assert_off(event: icalendar.Event, mark: str) -> None:
    shown = [text_of(event, name) for name in ("STATUS", "TRANSP", "X-MICROSOFT-CDO-BUSYSTATUS")]
    assert shown == ["CANCELLED", "TRANSPARENT", "FREE"]
    assert event["SUMMARY"] == mark + LECTURE.title
    assert triggers(event) == []


def test_a_cancelled_event_stays_with_its_time_and_reason() -> None:
    event = written(LECTURE._replace(status=EventStatus.CANCELLED, status_reason="台风"), PUBLISHED)
    assert_off(event, "【已取消】")
    assert event.decoded("DTSTART") == datetime(2027, 6, 17, 14, tzinfo=SHANGHAI)
    assert text_of(event, "DESCRIPTION") == "原因：台风\n牵头单位：区司法局"


def test_a_postponed_event_keeps_its_last_known_time() -> None:
    event = written(LECTURE._replace(status=EventStatus.POSTPONED), PUBLISHED)
    assert_off(event, "【延期待定】")
    assert event.decoded("DTSTART") == datetime(2027, 6, 17, 14, tzinfo=SHANGHAI)


def test_a_published_event_that_lost_its_time_is_off_where_it_was() -> None:
    assert LECTURE.starts_at is not None
    last = LastTime(LECTURE.starts_at, LECTURE.ends_at, LECTURE.precision)
    undated = LECTURE._replace(starts_at=None, ends_at=None, precision=Precision.UNSET)
    event = written(undated, PUBLISHED._replace(last_time=last))
    assert_off(event, "【延期待定】")
    assert event.decoded("DTSTART") == datetime(2027, 6, 17, 14, tzinfo=SHANGHAI)


def test_without_its_last_time_it_stands_on_the_day_it_lost_it() -> None:
    late = PUBLISHED._replace(changed_at=datetime(2027, 6, 1, 17, 0, tzinfo=timezone.utc))
    event = written(LECTURE._replace(starts_at=None, ends_at=None, precision=Precision.UNSET), late)
    assert_off(event, "【延期待定】")
    assert days_of(event) == (date(2027, 6, 2), date(2027, 6, 3))


def test_an_undated_event_that_nobody_was_told_of_is_left_out() -> None:
    undated = VISIT._replace(starts_at=None, ends_at=None)
    assert exported_keys(year(LECTURE, undated)) == ("E-0001",)


def test_a_withdrawn_event_is_cancelled_in_later_calendars() -> None:
    withdrawn = (WithdrawnEvent(LECTURE, PUBLISHED._replace(sequence=3)),)
    snapshot = year(VISIT, withdrawn=withdrawn)
    event = event_in(calendar_bytes(snapshot))
    assert_off(event, "【已取消】")
    assert event["SEQUENCE"] == 3
    assert exported_keys(snapshot) == ("E-0002",)


def test_an_event_that_is_back_is_not_written_twice() -> None:
    snapshot = year(LECTURE, stamp=PUBLISHED, withdrawn=(WithdrawnEvent(LECTURE, PUBLISHED),))
    assert event_in(calendar_bytes(snapshot))["STATUS"] == "CONFIRMED"


def test_drafts_come_on_request_only_and_marked() -> None:
    snapshot = year(LECTURE._replace(status=EventStatus.DRAFT), VISIT)
    draft = event_in(calendar_bytes(snapshot, drafts=True))
    assert (draft["SUMMARY"], draft["STATUS"], triggers(draft)) == (
        "【草案】民法典，物业与邻里",
        "TENTATIVE",
        [],
    )
    (event,) = read(calendar_bytes(snapshot)).walk("VEVENT")
    assert event["UID"] == "2027-E-0002@f00d"
    assert exported_keys(snapshot) == ("E-0002",)


def test_a_published_event_that_is_a_draft_again_is_called_off() -> None:
    assert_off(written(LECTURE._replace(status=EventStatus.DRAFT), PUBLISHED), "【已取消】")


# —— 提醒与放假 ——


@pytest.mark.parametrize(
    ("day", "ahead"),
    [
        (date(2027, 6, 17), timedelta(hours=23)),
        (date(2027, 6, 21), timedelta(days=2, hours=23)),
        (date(2027, 6, 10), timedelta(days=1, hours=23)),
        (date(2027, 6, 14), timedelta(days=1, hours=23)),
    ],
    ids=["day before", "over a weekend", "over a holiday", "after a make-up Saturday"],
)
def test_the_first_reminder_is_at_three_on_the_working_day_before(day: date, ahead: timedelta) -> None:
    start = datetime.combine(day, time(14))
    event = written(LECTURE._replace(starts_at=start, ends_at=start + timedelta(hours=2)))
    assert triggers(event) == [-ahead, -timedelta(minutes=30)]
    assert {(alarm["ACTION"], alarm["DESCRIPTION"]) for alarm in event.walk("VALARM")} == {
        ("DISPLAY", LECTURE.title)
    }


def test_whole_days_are_announced_on_the_working_day_before_only() -> None:
    day = LECTURE._replace(precision=Precision.DAY, starts_at=datetime(2027, 6, 17), ends_at=None)
    assert triggers(written(day)) == [-timedelta(hours=9)]


def test_what_was_held_reminds_nobody() -> None:
    assert triggers(written(LECTURE._replace(status=EventStatus.HELD))) == []


@pytest.mark.parametrize(
    ("settings", "alarms"),
    [
        ((), Alarms(time(15), 30)),
        ((("calendar.minutes_alarm", 60), ("calendar.workday_alarm", "09:30")), Alarms(time(9, 30), 60)),
        ((("calendar.minutes_alarm", None), ("calendar.workday_alarm", "")), Alarms(None, None)),
        ((("calendar.minutes_alarm", -5), ("calendar.workday_alarm", "下午三点")), Alarms(time(15), None)),
    ],
)
def test_reminders_are_a_setting_of_the_year(settings: tuple[tuple[str, Any], ...], alarms: Alarms) -> None:
    assert alarms_of(Year(2027, settings=settings)) == alarms


def test_reminders_asked_for_replace_those_of_the_year() -> None:
    assert triggers(written(LECTURE, alarms=Alarms(None, 0))) == [timedelta(0)]
    assert triggers(written(LECTURE, alarms=Alarms(None, None))) == []


@pytest.mark.parametrize(
    ("status", "noted"),
    [(EventStatus.PLANNED, True), (EventStatus.HELD, False), (EventStatus.CANCELLED, False)],
)
def test_a_date_that_leans_on_estimated_holidays_is_marked(status: EventStatus, *, noted: bool) -> None:
    estimated = Year(2027, holidays=ANNOUNCED._replace(announced=False))
    event = event_in(calendar_bytes(year(LECTURE._replace(status=status), year=estimated)))
    assert ("2027年放假安排未公布，暂按法定节日估算" in text_of(event, "DESCRIPTION")) is noted


# —— 同样的数据，同样的字节 ——


@pytest.fixture
def forgetful() -> Iterator[None]:
    """Nothing is kept from other tests, nor for them."""
    ical._kept_blocks.cache_clear()
    yield
    ical._kept_blocks.cache_clear()


@pytest.mark.usefixtures("forgetful")
def test_exporting_twice_gives_the_same_bytes_kept_or_not() -> None:
    first = calendar_bytes(year(LECTURE, VISIT))
    again = calendar_bytes(year(LECTURE, VISIT, stamp=STAMP._replace(exported=True)))
    ical._kept_blocks.cache_clear()
    assert first == again == calendar_bytes(year(LECTURE, VISIT))


@pytest.mark.usefixtures("forgetful")
def test_a_repeated_export_formats_nothing_again(monkeypatch: pytest.MonkeyPatch) -> None:
    first = calendar_bytes(year(LECTURE, VISIT))
    monkeypatch.setattr("exports.ical_event.EventWriter.block", None)
    assert calendar_bytes(year(LECTURE, VISIT)) == first


def test_a_moved_event_changes_its_times_sequence_and_stamps_only() -> None:
    moved = LECTURE._replace(starts_at=datetime(2027, 6, 18, 14), ends_at=datetime(2027, 6, 18, 16))
    before = year(LECTURE, VISIT, stamp=PUBLISHED)
    after = year(moved, VISIT, stamp=PUBLISHED)
    later = datetime(2027, 1, 5, 3, 0, tzinfo=timezone.utc)
    after.stamps = {**after.stamps, "E-0001": PUBLISHED._replace(sequence=3, changed_at=later)}
    pairs = zip(lines_of(calendar_bytes(before)), lines_of(calendar_bytes(after)), strict=True)
    assert [pair for pair in pairs if pair[0] != pair[1]] == [
        ("LAST-MODIFIED:20261202T023000Z", "LAST-MODIFIED:20270105T030000Z"),
        ("DTSTAMP:20261202T023000Z", "DTSTAMP:20270105T030000Z"),
        ("SEQUENCE:2", "SEQUENCE:3"),
        ("LAST-MODIFIED:20261202T023000Z", "LAST-MODIFIED:20270105T030000Z"),
        ("DTSTART;TZID=Asia/Shanghai:20270617T140000", "DTSTART;TZID=Asia/Shanghai:20270618T140000"),
        ("DTEND;TZID=Asia/Shanghai:20270617T160000", "DTEND;TZID=Asia/Shanghai:20270618T160000"),
    ]


def test_a_renamed_unit_or_other_holidays_are_seen_at_once() -> None:
    calendar_bytes(year(LECTURE))
    renamed = event_in(calendar_bytes(year(LECTURE, units=(Unit("sf", "区司法和信访局"),))))
    assert text_of(renamed, "DESCRIPTION") == "牵头单位：区司法和信访局"
    off = Holidays(announced=True, days_off=((date(2027, 6, 16), "假日"),))
    closed = event_in(calendar_bytes(year(LECTURE, year=Year(2027, holidays=off))))
    assert triggers(closed)[0] == -timedelta(days=1, hours=23)


# —— 任何文字 ——


@given(st.text(max_size=120), st.text(max_size=300), st.text(max_size=60), st.text(max_size=60))
def test_no_text_breaks_the_file(title: str, note: str, place: str, unit: str) -> None:
    hostile = LECTURE._replace(title=title, note=note, place=place, contact=place, status_reason=note)
    snapshot = year(hostile, VISIT, units=(Unit("sf", unit),))
    data = calendar_bytes(snapshot, name=title or None)
    assert all(len(line) <= 75 for line in data.split(b"\r\n"))
    assert all(line.decode() is not None for line in data.split(b"\r\n"))
    assert data.count(b"\n") == data.count(b"\r\n")
    assert [event["UID"] for event in read(data).walk("VEVENT")] == ["2027-E-0001@f00d", "2027-E-0002@f00d"]
    event = event_in(data)
    assert text_of(event, "SUMMARY") == cleaned(title).strip().replace("\n", " ")
    assert text_of(event, "LOCATION") == cleaned(place).strip().replace("\n", " ")
    lead = f"牵头单位：{unit}" if unit else ""
    said = f"备注：{note}" if note else ""
    assert text_of(event, "DESCRIPTION") == cleaned("\n".join(filter(None, (lead, said))))


INJECTED = "x\r\nATTACH:file:///etc/passwd\nBEGIN:VALARM\x85END:VALARM\u2028X:\x00\ud800"


def test_nothing_that_is_written_makes_a_line_of_its_own() -> None:
    told = LECTURE._replace(key=INJECTED[:-1], title=INJECTED, place=INJECTED, note=INJECTED)
    row = Year(2027, holidays=ANNOUNCED, settings=(("calendar.organizer", INJECTED), ("mail:sf", INJECTED)))
    snapshot = YearSnapshot(row, events=(told,), stamps={told.key: STAMP}, units=UNITS, installation=INJECTED)
    data = calendar_bytes(snapshot, name=INJECTED)
    lines = data.replace(b"\r\n ", b"").split(b"\r\n")
    assert [line for line in lines if line.startswith((b"ATTACH", b"END:VALARM\x85", b"X:"))] == []
    assert data.decode().replace("\r\n", "").isprintable()
    assert snapshot.installation == "xATTACHfileetcpasswdBEGINVALARMENDVALARMX"
    assert len(read(data).walk("VEVENT")) == 1
