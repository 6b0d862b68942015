"""一项活动写成一个 VEVENT：状态、时间、说明、提醒。"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta, timezone
from typing import NamedTuple
from urllib.parse import quote

from exports.ical_text import (
    day_text,
    duration_before,
    escaped,
    folded_lines,
    local_text,
    one_line,
    utc_text,
    web_address,
)
from models.domain.events import Event, EventStatus
from models.domain.policies import PolicyDocument
from models.domain.snapshot import EventStamp, ItemKind, YearSnapshot
from models.domain.units import Venue
from models.domain.workdays import Workdays

_DAY = timedelta(days=1)
_SHANGHAI = timezone(timedelta(hours=8))
_SETTLED = frozenset({EventStatus.CONFIRMED, EventStatus.HELD})
_REMINDED = frozenset({EventStatus.PLANNED, EventStatus.CONFIRMED})


class Alarms(NamedTuple):
    """When calendars remind: the time of day on the working day before, and minutes ahead of the start.

    None switches one off. Whole days know no minutes.
    """

    workday_before: time | None = time(15, 0)
    minutes_before: int | None = 30


class Standing(NamedTuple):
    """How an event stands in colleagues' calendars: STATUS, the mark before its title, whether it is on."""

    status: str
    mark: str = ""
    on: bool = True


class EventTimes(NamedTuple):
    """What DTSTART and DTEND say: clock times, or whole days with the end excluded (RFC 5545 3.6.1)."""

    start: datetime | date
    end: datetime | date
    whole_days: bool


CANCELLED = Standing("CANCELLED", "【已取消】", on=False)
POSTPONED = Standing("CANCELLED", "【延期待定】", on=False)
DRAFT = Standing("TENTATIVE", "【草案】")
TENTATIVE = Standing("TENTATIVE")
CONFIRMED = Standing("CONFIRMED")


def standing_of(event: Event, *, drafts: bool) -> Standing:
    """The standing of ``event``; a published one that went back to 草拟 is off unless drafts are asked for."""
    if event.status is EventStatus.CANCELLED:
        return CANCELLED
    if event.status is EventStatus.POSTPONED or event.starts_at is None:
        return POSTPONED
    if event.status is EventStatus.DRAFT:
        return DRAFT if drafts else CANCELLED
    if event.status is EventStatus.HELD:
        return CONFIRMED
    vague = event.tentative or event.day is None
    return CONFIRMED if event.status in _SETTLED and not vague else TENTATIVE


def span_of(event: Event, stamp: EventStamp) -> EventTimes:
    """When ``event`` is; one whose time was taken away stands where it was, else on the day of its last change."""
    if event.starts_at is None and stamp.last_time is not None:
        event = event._replace(**stamp.last_time._asdict())
    if event.starts_at is None:
        changed = stamp.changed_at
        aware = changed if changed.tzinfo else changed.replace(tzinfo=timezone.utc)
        day = aware.astimezone(_SHANGHAI).date()
        return EventTimes(day, day + _DAY, whole_days=True)
    if event.is_timed:
        start, end = event.span or (event.starts_at, event.starts_at)
        return EventTimes(start, end, whole_days=False)
    if event.day is None and event.days is not None:
        return EventTimes(event.starts_at.date(), event.days.end, whole_days=True)
    first = event.starts_at.date()
    return EventTimes(first, max(_end_day(event, first), first + _DAY), whole_days=True)


def _end_day(event: Event, first: date) -> date:
    """The day after the span."""
    if event.ends_at is None:
        return first + _DAY
    end = event.ends_at.date()
    return end if event.ends_at.time() == time() else end + _DAY


class EventWriter:
    """Writes events of one year as VEVENT blocks, with the names and working days of that year."""

    def __init__(self, snapshot: YearSnapshot, workdays: Workdays, alarms: Alarms, *, drafts: bool) -> None:
        self._snapshot = snapshot
        self._workdays = workdays
        self._alarms = alarms
        self._drafts = drafts

    def block(
        self, event: Event, stamp: EventStamp, *, withdrawn: bool = False, parties: tuple[str, ...] = ()
    ) -> bytes:
        """The VEVENT of ``event``, folded, each line ended with CRLF; a ``withdrawn`` one is cancelled.

        ``parties``: the lines ORGANIZER and ATTENDEE of an invitation.
        """
        standing = CANCELLED if withdrawn else standing_of(event, drafts=self._drafts)
        span = span_of(event, stamp)
        lines = ["BEGIN:VEVENT"]
        lines += self._identity(event, stamp)
        lines += parties
        lines += self._content(event, standing, span)
        lines += availability(standing, span)
        if standing.on and event.status in _REMINDED:
            for trigger in self._triggers(event, span):
                lines += _alarm(event, trigger)
        lines.append("END:VEVENT")
        return folded_lines(lines)

    def _identity(self, event: Event, stamp: EventStamp) -> tuple[str, ...]:
        changed = utc_text(stamp.changed_at)
        return (
            f"UID:{event_uid(self._snapshot, event.key)}",
            f"DTSTAMP:{changed}",
            f"SEQUENCE:{stamp.sequence}",
            f"CREATED:{utc_text(stamp.created_at)}",
            f"LAST-MODIFIED:{changed}",
        )

    def _content(self, event: Event, standing: Standing, span: EventTimes) -> Iterator[str]:
        yield f"STATUS:{standing.status}"
        yield f"SUMMARY:{standing.mark}{one_line(event.title)}"
        yield from time_lines(span)
        if place := self._place(event):
            yield f"LOCATION:{one_line(place)}"
        yield f"CATEGORIES:{event.campaign.label}"
        if description := "\n".join(self._description(event, standing, span)):
            yield f"DESCRIPTION:{escaped(description)}"
        if event.contact:
            yield f"CONTACT:{one_line(self._contact(event))}"
        if address := web_address(event.url):
            yield f"URL:{address}"
            if event.platforms or event.online_only:
                yield f"CONFERENCE;VALUE=URI;FEATURE=VIDEO:{address}"

    def _place(self, event: Event) -> str:
        """The place in words, with the venue's address where there is one."""
        place = self._snapshot.place_of(event)
        venue = self._snapshot.item(ItemKind.VENUE, event.venue) if event.venue else None
        if isinstance(venue, Venue) and venue.address and venue.address not in place:
            return f"{place}（{venue.address}）"
        return place or ("线上" if event.online_only else "")

    def _contact(self, event: Event) -> str:
        units = self._names(event.lead_units)
        return f"{units}：{event.contact}" if units else event.contact

    def _names(self, keys: tuple[str, ...]) -> str:
        return "、".join(map(self._snapshot.unit_name, keys))

    def _description(self, event: Event, standing: Standing, span: EventTimes) -> Iterator[str]:
        """One line a fact; the address of a live room comes last."""
        if event.status_reason and not standing.on:
            yield f"原因：{event.status_reason}"
        if time_note := _time_note(event):
            yield time_note
        for label, value in self._facts(event):
            if value:
                yield f"{label}：{value}"
        if standing.on and event.status is not EventStatus.HELD:
            yield from self._estimate_note(span)
        if event.url:
            yield web_address(event.url) or event.url

    def _facts(self, event: Event) -> tuple[tuple[str, str], ...]:
        return (
            ("牵头单位", self._names(event.lead_units)),
            ("责任单位", self._names(event.responsible_units)),
            ("街镇", self._names(event.towns)),
            ("园区", self._names((event.park,)) if event.park else ""),
            ("学段", "、".join(stage.label for stage in event.stages)),
            ("解读政策", self._policy(event)),
            ("主题", event.theme),
            ("主题分类", event.theme_class),
            ("活动形式", "、".join(event.forms)),
            ("直播平台", "、".join(event.platforms)),
            ("参与对象", event.audience),
            ("拟参与人数", "" if event.expected is None else str(event.expected)),
            ("备注", event.note),
        )

    def _policy(self, event: Event) -> str:
        policy = self._snapshot.item(ItemKind.POLICY, event.policy) if event.policy else None
        return f"《{policy.title}》" if isinstance(policy, PolicyDocument) else ""

    def _estimate_note(self, span: EventTimes) -> Iterator[str]:
        """The mark of a date that leans on holidays not announced yet."""
        day = span.start.date() if isinstance(span.start, datetime) else span.start
        if self._workdays.is_estimated(day):
            yield f"{day.year}年放假安排未公布，暂按法定节日估算"

    def _triggers(self, event: Event, span: EventTimes) -> Iterator[str]:
        """Triggers relative to the start; none for a time known only coarsely."""
        if event.day is None:
            return
        start = span.start if isinstance(span.start, datetime) else datetime.combine(span.start, time())
        if self._alarms.workday_before is not None:
            day_before = self._workdays.add(start.date(), -1)
            yield duration_before(start - datetime.combine(day_before, self._alarms.workday_before))
        if self._alarms.minutes_before is not None and not span.whole_days:
            yield duration_before(timedelta(minutes=self._alarms.minutes_before))


def event_uid(snapshot: YearSnapshot, key: str) -> str:
    """The permanent UID: year and key at the data file's id; nothing that a user may change is in it."""
    return f"{snapshot.year}-{quote(key, safe='')}@{snapshot.installation}"


def time_lines(span: EventTimes) -> tuple[str, str]:
    """DTSTART and DTEND."""
    if span.whole_days:
        return f"DTSTART;VALUE=DATE:{day_text(span.start)}", f"DTEND;VALUE=DATE:{day_text(span.end)}"
    assert isinstance(span.start, datetime)
    assert isinstance(span.end, datetime)
    return (
        f"DTSTART;TZID=Asia/Shanghai:{local_text(span.start)}",
        f"DTEND;TZID=Asia/Shanghai:{local_text(span.end)}",
    )


def _time_note(event: Event) -> str:
    """What the calendar cannot say about the time: the words of the source, an end not known."""
    if event.day is None:
        return f"时间：{event.raw_time or event.precision.label}（具体时间待定）"
    if event.is_timed and event.ends_at is None:
        return "结束时间未定，暂按两小时显示"
    if event.tentative:
        return f"时间：{event.raw_time if '暂定' in event.raw_time else '暂定'}"
    return ""


def availability(standing: Standing, span: EventTimes) -> Iterator[str]:
    """Whether the time counts as busy: not when the event is off, nor over whole days."""
    busy = standing.on and not span.whole_days
    yield "CLASS:PUBLIC"
    yield f"TRANSP:{'OPAQUE' if busy else 'TRANSPARENT'}"
    shown = "FREE" if not busy else "BUSY" if standing.status == CONFIRMED.status else "TENTATIVE"
    yield f"X-MICROSOFT-CDO-BUSYSTATUS:{shown}"
    yield f"X-MICROSOFT-CDO-ALLDAYEVENT:{'TRUE' if span.whole_days else 'FALSE'}"


def _alarm(event: Event, trigger: str) -> tuple[str, ...]:
    return (
        "BEGIN:VALARM",
        "ACTION:DISPLAY",
        f"TRIGGER:{trigger}",
        f"DESCRIPTION:{one_line(event.title)}",
        "END:VALARM",
    )
