"""月历的内容：每天的活动各一行字，没有定到日子的另列。"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date, datetime, time
from typing import NamedTuple

from exports.pdf.choice import ChosenEvents
from exports.pdf.quarter_facts import month_named
from exports.pdf.table import Cell
from exports.pdf.text import clean
from exports.pdf.times import meeting_time, printed_time
from models.domain.attendance import Decision, Meeting
from models.domain.events import Campaign, Event, EventStatus, Precision
from models.domain.periods import month_period

MARKS: Mapping[Campaign, str] = {
    Campaign.LECTURE: "讲",
    Campaign.PARK: "园",
    Campaign.COMMUNITY: "社",
    Campaign.CAMPUS: "校",
    Campaign.TECH_FORUM: "问",
    Campaign.OPEN_MONTH: "放",
    Campaign.HOST_MEETING: "会",
}
SITTING_MARK = "列"
UNSURE = "○"
HEADS = ("序号", "时间", "活动名称", "类别", "地点", "单位")
TITLE_COLUMN = 2
_SURE = (EventStatus.CONFIRMED, EventStatus.HELD)


class WallItem(NamedTuple):
    """An item of the month: ``text`` in its day's square, ``cells`` where it does not fit there.

    ``day`` None: it may be in the month, the day is not known.
    """

    day: date | None
    text: str
    cells: tuple[Cell, ...]


def month_entries(choice: ChosenEvents, month: int) -> tuple[WallItem, ...]:
    """The items of the month by time, each once: on the day on which it begins."""
    found = [*_events(choice, month), *_sittings(choice, month)]
    found.sort(key=lambda one: (one[0] is None, one[0] or datetime.combine(date.max, time())))
    return tuple(entry for _, entry in found)


def marks_of(choice: ChosenEvents) -> str:
    """What the marks stand for: 讲 公开讲堂、…"""
    campaigns = choice.options.campaigns or tuple(Campaign)
    known = [f"{MARKS[campaign]} {campaign.label}" for campaign in Campaign if campaign in campaigns]
    if choice.options.sittings:
        known.append(f"{SITTING_MARK} 公众代表列席")
    return "、".join(known)


# ── 活动 ──


def _events(choice: ChosenEvents, month: int) -> Iterator[tuple[datetime | None, WallItem]]:
    year = choice.snapshot.year
    period = month_period(year, month)
    for event in choice.snapshot.events:
        if not choice.takes(event):
            continue
        days = event.days
        if days is None:
            if month_named(event.raw_time, year) == month:
                yield None, WallItem(None, "", _cells(choice, event))
        elif days.first in period:
            day = event.day
            yield event.starts_at if day else None, WallItem(day, _text(choice, event), _cells(choice, event))


def _text(choice: ChosenEvents, event: Event) -> str:
    """讲 14:00 民法典宣讲○; one line of text, broken where the square is narrow."""
    start = event.starts_at
    assert start is not None
    clock = f"{start:%H:%M} " if event.precision is Precision.TIME else ""
    if event.precision is Precision.HALF_DAY:
        clock = "上午 " if start.hour < 12 else "下午 "
    unsure = event.status not in _SURE or event.tentative
    mark = UNSURE if unsure and choice.options.mark_unconfirmed else ""
    postponed = "（延期）" if event.status is EventStatus.POSTPONED else ""
    name = clean(event.short or event.title).text.replace("\n", " ")
    return f"{MARKS[event.campaign]} {clock}{name}{_until(event)}{postponed}{mark}"


def _until(event: Event) -> str:
    """（至8月8日）for an event of several days."""
    if event.starts_at is None or event.ends_at is None or event.ends_at <= event.starts_at:
        return ""
    last = event.ends_at.date()
    if event.ends_at.time() == time():
        last = date.fromordinal(last.toordinal() - 1)
    return f"（至{last.month}月{last.day}日）" if last > event.starts_at.date() else ""


def _cells(choice: ChosenEvents, event: Event) -> tuple[Cell, ...]:
    units = dict.fromkeys((*event.lead_units, *event.responsible_units, *event.towns))
    status = choice.status(event)
    return (
        printed_time(event),
        f"{event.title}\n〔{status}〕" if status else event.title,
        event.campaign.label,
        choice.place(event),
        choice.names(units),
    )


# ── 公众代表列席 ──


def _sittings(choice: ChosenEvents, month: int) -> Iterator[tuple[datetime | None, WallItem]]:
    if not choice.options.sittings:
        return
    period = month_period(choice.snapshot.year, month)
    meetings = {meeting.key: meeting for meeting in choice.snapshot.meetings}
    for decision in choice.snapshot.decisions:
        meeting = meetings.get(decision.meeting or "")
        if meeting is None or meeting.starts_at is None or not choice.takes_unit(decision.unit):
            continue
        if meeting.starts_at.date() in period:
            yield meeting.starts_at, _sitting(choice, decision, meeting, meeting.starts_at)


def _sitting(choice: ChosenEvents, decision: Decision, meeting: Meeting, start: datetime) -> WallItem:
    name = clean(decision.short or decision.title).text.replace("\n", " ")
    mark = UNSURE if meeting.tentative and choice.options.mark_unconfirmed else ""
    cells: tuple[Cell, ...] = (
        meeting_time(meeting),
        decision.title,
        "公众代表列席",
        meeting.place or f"{meeting.body}{meeting.number}",
        choice.names((decision.unit,) if decision.unit else ()),
    )
    return WallItem(start.date(), f"{SITTING_MARK} {start:%H:%M} {name}{mark}", cells)
