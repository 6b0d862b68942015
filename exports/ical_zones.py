"""日历里的时区与时刻：TZID 的各种写法都换成北京时间，认不出的按北京时间并说明 (RFC 5545 3.2.19、3.3)。"""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date, datetime, timedelta, timezone, tzinfo
from typing import NamedTuple
from zoneinfo import ZoneInfo

SHANGHAI = timezone(timedelta(hours=8))
MOST_DEFINITIONS = 100
"""Time zones of its own that one file may define."""

LONGEST_DEFINITION = 20_000
"""Characters of such a definition."""

_YEARLY = re.compile(
    r"(?:(?:FREQ=YEARLY|BYMONTH=\d+|BYDAY=[+-]?\d?[A-Z]{2}|BYMONTHDAY=[-\d,]+|UNTIL=\w+|WKST=\w\w|INTERVAL=1)(?:;|$))+",
    re.IGNORECASE,
)
_MOMENT = re.compile(
    r"(\d{4})-?(\d\d)-?(\d\d)(?:[Tt ](\d\d):?(\d\d)(?::?(\d\d)(?:[.,]\d{1,9})?)?(Z|z|[+-]\d\d:?\d\d)?)?"
)
_DURATION = re.compile(
    r"([+-]?)P(?:(\d{1,4})W)?(?:(\d{1,5})D)?(?:T(?:(\d{1,5})H)?(?:(\d{1,6})M)?(?:(\d{1,7})S)?)?"
)
_OFFSET = re.compile(r"\(?(?:UTC|GMT)?\s*([+-])(\d\d?)(?::?(\d\d))?\b")
_NAME = re.compile(r"[A-Za-z]+(?:/[A-Za-z0-9_+-]+){1,2}")
_BEIJING = re.compile(
    r"北京|中国|上海|重庆|beijing|shanghai|chongqing|china|\bprc\b|urumqi|香港", re.IGNORECASE
)
_UTC = frozenset({"UTC", "GMT", "Z", "Etc/UTC", "Coordinated Universal Time"})


class CalendarZone(NamedTuple):
    """What a TZID stands for; not ``known``: nothing says what, Beijing time was taken."""

    info: tzinfo
    known: bool = True


_UNKNOWN = CalendarZone(SHANGHAI, known=False)


class Moment(NamedTuple):
    """A day or a clock time as it is written, and the zone in which it is meant."""

    local: datetime | date
    zone: CalendarZone = CalendarZone(SHANGHAI)

    @property
    def whole_day(self) -> bool:
        """Whether it is a day without a clock time."""
        return not isinstance(self.local, datetime)

    def in_shanghai(self) -> datetime | date:
        """The day, or the naive time in Shanghai; ``OverflowError`` at the ends of the calendar."""
        if not isinstance(self.local, datetime):
            return self.local
        return shanghai(self.local, self.zone.info)


def shanghai(local: datetime, info: tzinfo) -> datetime:
    """The naive time in Shanghai of the naive ``local`` time in another zone."""
    if info is SHANGHAI:
        return local
    return local.replace(tzinfo=info).astimezone(SHANGHAI).replace(tzinfo=None)


def parameter(parameters: str, name: str) -> str:
    """The value of the parameter called ``name``, without quotes; "" where there is none."""
    match = re.search(rf'(?:^|;)\s*{name}=(?:"([^"]*)"|([^;]*))', parameters, re.IGNORECASE)
    return (match[1] or match[2] or "").strip() if match else ""


class Zones:
    """The time zones of one file. ``definitions``: its own VTIMEZONE blocks by TZID."""

    def __init__(self, definitions: Mapping[str, str] | None = None) -> None:
        self._definitions = definitions or {}
        self._found: dict[str, CalendarZone] = {
            "": CalendarZone(SHANGHAI),
            "Asia/Shanghai": CalendarZone(SHANGHAI),
        }

    def zone(self, tzid: str) -> CalendarZone:
        """What ``tzid`` stands for; without one the time is that of the office."""
        found = self._found.get(tzid)
        if found is None:
            if len(self._found) > 10 * MOST_DEFINITIONS:
                self._found.clear()
            found = self._found[tzid] = self._look_up(tzid)
        return found

    def read(self, value: str, parameters: str = "") -> Moment | None:
        """What a DATE or DATE-TIME says; None where it cannot be read."""
        match = _MOMENT.fullmatch(value.strip())
        if match is None:
            return None
        year, month, day, hour, minute, second, offset = match.groups()
        try:
            on = date(int(year), int(month), int(day))
            if hour is None:
                return Moment(on)
            whole = int(hour) == 24 and not int(minute)
            local = datetime(
                on.year, on.month, on.day, 0 if whole else int(hour), int(minute), min(int(second or 0), 59)
            )
            local += timedelta(days=1) if whole else timedelta()
        except (ValueError, OverflowError):
            return None
        return Moment(local, _fixed(offset) if offset else self.zone(parameter(parameters, "TZID")))

    def moment(self, value: str, parameters: str = "") -> datetime | date | None:
        """The same in Shanghai."""
        found = self.read(value, parameters)
        try:
            return found.in_shanghai() if found else None
        except (ValueError, OverflowError):
            return None

    def _look_up(self, tzid: str) -> CalendarZone:
        for name in (tzid, "/".join(tzid.split("/")[-2:]), "/".join(tzid.split("/")[-3:])):
            if (info := _by_name(name)) is not None:
                return CalendarZone(info)
        if _BEIJING.search(tzid):
            return CalendarZone(SHANGHAI)
        if (info := _by_windows_name(tzid) or self._defined(tzid)) is not None:
            return CalendarZone(info)
        return _by_offset(tzid)

    def _defined(self, tzid: str) -> tzinfo | None:
        """What the file itself says of ``tzid``; rules other than plain yearly ones are not followed."""
        block = self._definitions.get(tzid, "")
        if not 0 < len(block) < LONGEST_DEFINITION or any(
            not _YEARLY.fullmatch(rule) for rule in re.findall(r"(?mi)^RRULE[^:\n]*:(.*?)\r?$", block)
        ):
            return None
        from icalendar import Timezone

        try:
            made: tzinfo = Timezone.from_ical(block).to_tz()
            made.utcoffset(datetime(2027, 1, 1))
        except (ArithmeticError, AttributeError, LookupError, TypeError, ValueError):
            return None  # a block that is broken defines nothing
        return made


def _by_name(name: str) -> tzinfo | None:
    if name in _UTC:
        return timezone.utc
    if not _NAME.fullmatch(name):
        return None
    if name == "Asia/Shanghai":
        return SHANGHAI
    try:
        return ZoneInfo(name)
    except (OSError, KeyError, ValueError):
        return None


def _by_windows_name(name: str) -> tzinfo | None:
    """The names that Outlook writes."""
    if not name.isascii():
        return None
    from icalendar.timezone.windows_to_olson import WINDOWS_TO_OLSON

    known = WINDOWS_TO_OLSON.get(name)
    return _by_name(known) if known else None


def _by_offset(name: str) -> CalendarZone:
    """(UTC+09:00) Tokyo, GMT+0900; for anything else the time of Beijing."""
    match = _OFFSET.match(name)
    return _fixed(f"{match[1]}{int(match[2]):02}{match[3] or '00'}") if match else _UNKNOWN


def _fixed(offset: str) -> CalendarZone:
    if offset in "Zz":
        return CalendarZone(timezone.utc)
    ahead = timedelta(hours=int(offset[1:3]), minutes=int(offset[-2:]))
    if ahead >= timedelta(hours=24):
        return _UNKNOWN
    return CalendarZone(timezone(-ahead if offset[0] == "-" else ahead))


def duration_of(text: str) -> timedelta | None:
    """The length that a DURATION says; None where it says none, or less than nothing."""
    match = _DURATION.fullmatch(text.strip().upper())
    if match is None or not any(match.groups()[1:]):
        return None
    weeks, days, hours, minutes, seconds = (int(part or 0) for part in match.groups()[1:])
    length = timedelta(weeks=weeks, days=days, hours=hours, minutes=minutes, seconds=seconds)
    return None if match[1] == "-" and length else length
