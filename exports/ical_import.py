"""读部门交来的日历：每项日程是新增、修改、取消、相同还是不收，为什么；只是提议，什么都没改。"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from typing import Any, NamedTuple
from urllib.parse import unquote

from exports.ical_event import span_of, standing_of
from exports.ical_reading import CalendarFile, Component, moment_of, read_calendar
from exports.ical_recurrence import Budget, RuleError, days_of, read_rule
from exports.ical_text import web_address
from exports.xlsx.reading.names import Names, campaign_in, campaign_of
from exports.xlsx.reading.values import CellProblem, RowState, SheetReading, SheetRow
from models.domain.codec import normalised
from models.domain.events import Campaign, Event, EventStatus, Precision
from models.domain.privacy import has_id_number
from models.domain.snapshot import ItemKind, YearSnapshot
from models.domain.units import Venue

LONGEST_TITLE = 500
_DAY = timedelta(days=1)
_OUR_UID = re.compile(r"(\d{4})-(.+)@([0-9A-Za-z-]+)")
_MARK = re.compile(r"^【(?:已取消|延期待定|草案)】")
_ZONE = re.compile(r"TZID=\"?([^\";]+)", re.IGNORECASE)
_DURATION = re.compile(r"P(?:(\d{1,4})W)?(?:(\d{1,4})D)?(?:T(?:(\d{1,4})H)?(?:(\d{1,5})M)?(?:\d{1,6}S)?)?")
_TEXTS = (
    ("SUMMARY", "名称"),
    ("LOCATION", "地点"),
    ("DESCRIPTION", "说明"),
    ("CONTACT", "联系人"),
    ("URL", "网址"),
)
_WORDS = (("问政", Campaign.TECH_FORUM), ("讲堂", Campaign.LECTURE), ("园区", Campaign.PARK),
          ("社区", Campaign.COMMUNITY), ("校区", Campaign.CAMPUS), ("开放", Campaign.OPEN_MONTH))  # fmt: skip
_OFF = frozenset({EventStatus.CANCELLED, EventStatus.POSTPONED})


class _Times(NamedTuple):
    start: datetime
    end: datetime | None
    precision: Precision


class _RefusedError(ValueError):
    """Why an entry is not taken: the head of the value and the reason."""


def read_events(
    data: bytes,
    snapshot: YearSnapshot,
    name: str,
    *,
    campaign: Campaign | None = None,
    confirmed: bool = False,
) -> SheetReading:
    """What the calendar ``data`` called ``name`` says about the year; nothing is changed.

    ``campaign`` stands for entries that name none; ``confirmed``: entries that are CONFIRMED become 已确认, else 已排.
    ``InputError`` where it is no calendar, too large, or asks for too many repetitions.
    """
    file = read_calendar(data, name)
    reader = _Reader(file, snapshot, campaign, confirmed=confirmed)
    rows: list[SheetRow] = []
    for component in file.components:
        if component.kind == "VEVENT":
            rows += reader.rows(component, component.at)
    remarks = list(file.problems)
    if reader.outside:
        remarks.append(f"{reader.outside} 项日程不在{snapshot.year}年度，没有读。")
    todos = sum(component.kind == "VTODO" for component in file.components)
    if todos:
        remarks.append(f"{todos} 项待办不是活动，没有读。")
    return SheetReading(name, snapshot.year, tuple(rows), tuple(remarks))


def foreign_key(uid: str, day: str = "") -> str:
    """The permanent key of an entry of another program: the same UID always gives the same event."""
    return f"ics:{hashlib.sha256(f'{uid}|{day}'.encode()).hexdigest()[:24]}"


class _Reader:
    def __init__(
        self, file: CalendarFile, snapshot: YearSnapshot, campaign: Campaign | None, *, confirmed: bool
    ) -> None:
        self._snapshot = snapshot
        self._names = Names(snapshot)
        self._campaign = campaign
        self._confirmed = confirmed
        self._cancelling = file.value("METHOD").strip().upper() == "CANCEL"
        self._known = {event.key: event for event in snapshot.events}
        self._used: set[str] = set()
        self._budget = Budget()
        self._newest = file.newest()
        self._moved = {
            (component.uid, _day_words(component))
            for component in file.components
            if component.line("RECURRENCE-ID") is not None
        }
        self.outside = 0

    def rows(self, component: Component, at: int) -> Iterator[SheetRow]:
        """The rows of one entry; one for each occurrence in the year."""
        title = _title(component) or f"第 {at} 行的日程"
        warnings: list[CellProblem] = []
        try:
            if component.uid and component.single and self._newest["VEVENT", component.uid] is not component:
                return
            self._refuse_personal(component)
            if component.line("RDATE") is not None:
                warnings.append(CellProblem(at, 0, "重复", "", "另列的重复日期（RDATE）没有读，请核对"))
            first = _times(component, warnings, at)
            for occurrence, day in self._occurrences(component, first):
                if occurrence.start.year != self._snapshot.year:
                    self.outside += 1
                    continue
                yield self._row(component, at, title, occurrence, day, list(warnings))
        except (_RefusedError, RuleError) as error:
            yield _refused(at, title, str(error))

    def _occurrences(self, component: Component, first: _Times) -> Iterator[tuple[_Times, str]]:
        rule = component.value("RRULE")
        if not component.single:
            yield first, _day_words(component)
        elif not rule:
            yield first, ""
        else:
            left_out = _exceptions(component)
            for day in days_of(read_rule(rule), first.start.date(), self._snapshot.year, self._budget):
                words = day.isoformat()
                if day not in left_out and (component.uid, words) not in self._moved:
                    by = datetime.combine(day, time()) - datetime.combine(first.start.date(), time())
                    end = first.end + by if first.end else None
                    yield first._replace(start=first.start + by, end=end), words

    def _refuse_personal(self, component: Component) -> None:
        for name, label in _TEXTS:
            if has_id_number(component.text(name)):
                raise _RefusedError(f"{label}里有身份证号码，不收")

    def _row(
        self, component: Component, at: int, title: str, times: _Times, day: str, problems: list[CellProblem]
    ) -> SheetRow:
        own = self._own_key(component)
        key = own or foreign_key(component.uid or f"{title}|{times.start.isoformat()}", day)
        place = day
        if key in self._used:
            return _refused(at, title, "与前面一项是同一日程", place)
        self._used.add(key)
        before = self._known.get(key)
        if own and before is None:
            return _refused(at, title, "这场活动已从计划中删除", place)
        stamp = self._snapshot.stamps.get(key) if own else None
        if stamp is not None and component.sequence < stamp.sequence:
            versions = f"第 {component.sequence} 版，计划已是第 {stamp.sequence} 版"
            return _refused(at, title, f"比计划里的旧（{versions}）", place)
        off = self._cancelling or component.cancelled
        if before is None and off:
            return _refused(at, title, "已取消，计划里没有这场活动", place)
        event = (
            self._changed(before, component, times, off=off, own=bool(own))
            if before
            else self._new(key, component, times, at, problems)
        )
        if event is None:
            return _refused(at, title, "没有写明工作线，请选一条工作线", place)
        found: list[Any] = []
        if normalised(ItemKind.EVENT, event, found) is None or found:
            reasons = "；".join(f"{problem.why}" for problem in found)
            return _refused(at, title, reasons or "内容不合规", place)
        fields = (
            ()
            if before is None
            else tuple(name for name in Event._fields if getattr(event, name) != getattr(before, name))
        )
        state = RowState.NEW if before is None else RowState.CHANGED if fields else RowState.SAME
        return SheetRow(place, at, title, state, event, before, fields, tuple(problems))

    def _own_key(self, component: Component) -> str:
        match = _OUR_UID.fullmatch(component.uid)
        if match and match[3] == self._snapshot.installation and int(match[1]) == self._snapshot.year:
            return unquote(match[2])
        return ""

    def _changed(self, before: Event, component: Component, times: _Times, *, off: bool, own: bool) -> Event:
        """``before`` with what the entry says otherwise; what it does not say stays."""
        if off:
            if before.status in _OFF or (own and self._says_off(before)):
                return before
            return before._replace(status=EventStatus.CANCELLED, status_reason=_reason(component))
        values: dict[str, Any] = {}
        if (title := _title(component)) and title != _plain(before.title):
            values["title"] = title
        if not self._same_time(before, times):
            values |= {
                "starts_at": times.start,
                "ends_at": times.end,
                "precision": times.precision,
                "raw_time": "",
            }
        place = _plain(component.text("LOCATION"))
        if place and place not in self._places(before):
            values |= {"place": place, "venue": None}
        if before.status in _OFF and not (own and self._says_off(before)):
            values |= {"status": EventStatus.PLANNED, "status_reason": ""}
        return before._replace(**values)

    def _says_off(self, before: Event) -> bool:
        return not standing_of(before, drafts=False).on

    def _same_time(self, before: Event, times: _Times) -> bool:
        stamp = self._snapshot.stamps.get(before.key)
        if (before.starts_at, before.ends_at, before.precision) == tuple(times):
            return True
        if before.starts_at is None or stamp is None:
            return False
        span = span_of(before, stamp)
        start, end = _midnight(span.start), _midnight(span.end)
        said = times.end or times.start
        return start == times.start and end == said and span.whole_days == (times.precision is Precision.DAY)

    def _places(self, before: Event) -> tuple[str, ...]:
        place = self._snapshot.place_of(before)
        venue = self._snapshot.item(ItemKind.VENUE, before.venue) if before.venue else None
        address = f"{place}（{venue.address}）" if isinstance(venue, Venue) and venue.address else place
        return tuple(
            _plain(words) for words in (place, address, before.place, "线上" if before.online_only else "")
        )

    def _new(
        self, key: str, component: Component, times: _Times, at: int, problems: list[CellProblem]
    ) -> Event | None:
        title = _title(component)
        campaign = self._guessed_campaign(component, title) or self._campaign
        if campaign is None:
            return None
        unit = self._guessed_unit(component, title)
        if unit is None:
            problems.append(CellProblem(at, 0, "单位", "", "没有认出单位，留空"))
        settled = component.value("STATUS").strip().upper() == "CONFIRMED"
        place = _plain(component.text("LOCATION"))
        return Event(
            key,
            campaign,
            title,
            starts_at=times.start,
            ends_at=times.end,
            precision=times.precision,
            tentative=component.value("STATUS").strip().upper() == "TENTATIVE",
            status=EventStatus.CONFIRMED if settled and self._confirmed else EventStatus.PLANNED,
            lead_units=(unit,) if unit else (),
            place="" if place == "线上" else place,
            online_only=place == "线上",
            url=web_address(component.value("URL").strip()) or "",
        )

    def _guessed_campaign(self, component: Component, title: str) -> Campaign | None:
        for words in component.text("CATEGORIES").split(","):
            if found := campaign_of(words):
                return found
        if found := campaign_in(title):
            return found
        said = {campaign for word, campaign in _WORDS if word in title}
        return said.pop() if len(said) == 1 else None

    def _guessed_unit(self, component: Component, title: str) -> str | None:
        organizer = component.line("ORGANIZER")
        named = re.search(r"CN=\"?([^\";]+)", organizer.parameters, re.IGNORECASE) if organizer else None
        for words in (
            named[1] if named else "",
            *component.text("CATEGORIES").split(","),
            component.text("LOCATION"),
        ):
            if words and (found := self._names.unit(words)):
                return found
        return self._names.unit_before(title)


def _refused(at: int, title: str, reason: str, place: str = "") -> SheetRow:
    problem = CellProblem(at, 0, "", "", reason, refused=True)
    return SheetRow(place, at, title, RowState.REFUSED, problems=(problem,))


def _plain(text: str) -> str:
    return re.sub(r"\s+", " ", text).strip()


def _title(component: Component) -> str:
    return _MARK.sub("", _plain(component.text("SUMMARY")))


def _reason(component: Component) -> str:
    match = re.search(r"^原因：(.+)$", component.text("DESCRIPTION"), re.MULTILINE)
    return match[1].strip()[:LONGEST_TITLE] if match else "部门日历中已取消"


def _midnight(moment: date) -> datetime:
    return moment if isinstance(moment, datetime) else datetime.combine(moment, time())


def _day_words(component: Component) -> str:
    moment = component.moment("RECURRENCE-ID")
    return "" if moment is None else _midnight(moment).date().isoformat()


def _exceptions(component: Component) -> frozenset[date]:
    found = set()
    for line in component.lines:
        if line.name == "EXDATE":
            for value in line.value.split(","):
                if (moment := moment_of(line._replace(value=value))) is not None:
                    found.add(_midnight(moment).date())
    return frozenset(found)


def _times(component: Component, warnings: list[CellProblem], at: int) -> _Times:
    """When the entry is; ``_RefusedError`` where that cannot be."""
    title = _title(component)
    if not title:
        raise _RefusedError("没有写名称")
    if len(title) > LONGEST_TITLE:
        raise _RefusedError(f"名称超过 {LONGEST_TITLE} 字")
    line, start = component.line("DTSTART"), component.moment("DTSTART")
    if line is None or start is None:
        raise _RefusedError("没有写开始时间，或读不懂")
    zone = _ZONE.search(line.parameters)
    if zone and isinstance(start, datetime) and not re.fullmatch(r"[A-Za-z]+(/[A-Za-z_+-]+)+", zone[1]):
        warnings.append(CellProblem(at, 0, "时区", _plain(zone[1])[:40], "不认识这个时区，按北京时间记"))
    end, whole = component.moment("DTEND"), not isinstance(start, datetime)
    begun = _midnight(start)
    try:
        until = _midnight(end) if end is not None else _after(begun, component.value("DURATION"))
        if until is not None and until < begun:
            raise _RefusedError("结束早于开始")
        if whole:
            until = max(until or begun, begun + _DAY)
            return _Times(begun, _midnight(until.date()), Precision.DAY)
    except OverflowError:
        raise _RefusedError("时间太远") from None
    return _Times(begun, None if until == begun else until, Precision.TIME)


def _after(begun: datetime, duration: str) -> datetime | None:
    match = _DURATION.fullmatch(duration.strip().upper().lstrip("+")) if duration else None
    if match is None:
        return None
    weeks, days, hours, minutes = (int(part or 0) for part in match.groups())
    return begun + timedelta(weeks=weeks, days=days, hours=hours, minutes=minutes)
