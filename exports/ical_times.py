"""一项日程的起止：DTEND 或 DURATION，整日，跨天，写错的 (RFC 5545 3.6.1)。"""

from __future__ import annotations

from contextlib import suppress
from datetime import date, datetime, time, timedelta
from typing import NamedTuple

from exports.ical_reading import Component, ContentLine
from exports.ical_zones import Moment, Zones, duration_of, parameter
from exports.xlsx.reading.values import CellProblem
from models.domain.events import Precision

_DAY = timedelta(days=1)
_MINUTE = timedelta(minutes=1)


class EntryError(ValueError):
    """Why an entry is not taken, in words."""


class Times(NamedTuple):
    """When an entry is, in Shanghai: clock times, or midnights with the end excluded."""

    start: datetime
    end: datetime | None
    precision: Precision

    def at(self, start: datetime) -> Times:
        """The same length at another start; ``EntryError`` where that ends after the calendar."""
        try:
            return Times(start, None if self.end is None else self.end + (start - self.start), self.precision)
        except OverflowError:
            raise EntryError("时间太长，请改正") from None


def midnight(moment: datetime | date) -> datetime:
    """``moment``; a day is its first minute."""
    return moment if isinstance(moment, datetime) else datetime.combine(moment, time())


def minute_of(moment: datetime | date) -> datetime:
    """The same to the minute, as the plan keeps it."""
    return midnight(moment).replace(second=0)


def start_of(component: Component, zones: Zones) -> Moment:
    """DTSTART as it is written; ``EntryError`` where there is none, or none that can be read."""
    line = component.line("DTSTART")
    if line is None:
        raise EntryError("没有写开始时间（DTSTART），请补上")
    moment = zones.read(line.value, line.parameters)
    if moment is None:
        raise EntryError(f"开始时间“{line.value.strip()[:40]}”读不懂，请改正")
    return moment


def times_of(component: Component, zones: Zones, warnings: list[CellProblem]) -> Times:
    """When ``component`` is; ``EntryError`` where that cannot be. What is odd is added to ``warnings``."""
    start = start_of(component, zones)
    line = component.line("DTSTART")
    assert line is not None
    if not start.zone.known:
        named = " ".join(parameter(line.parameters, "TZID").split())[:40]
        warnings.append(CellProblem(line.at, 0, "时区", named, "不认识这个时区，按北京时间记，请核对"))
    try:
        begun = midnight(start.in_shanghai())
        until = _end(component, begun, zones)
        if until is not None and until < begun:
            raise EntryError(f"结束早于开始（{begun:%Y-%m-%d %H:%M} 至 {until:%Y-%m-%d %H:%M}），请改正")
        if start.whole_day or _is_whole_days(component, begun, until):
            until = max(until or begun, begun + _DAY)
            last = until if until.time() == time() else until + _DAY
            return Times(begun, midnight(last.date()), Precision.DAY)
        begun = begun.replace(second=0)
        if until is not None:
            until = (until + _MINUTE - timedelta(seconds=1)).replace(second=0)
    except (OverflowError, ValueError) as error:
        raise error if isinstance(error, EntryError) else EntryError("时间太远，请改正") from None
    return Times(begun, None if until is None or until <= begun else until, Precision.TIME)


def _end(component: Component, begun: datetime, zones: Zones) -> datetime | None:
    line = component.line("DTEND")
    if line is not None:
        moment = zones.read(line.value, line.parameters)
        if moment is None:
            raise EntryError(f"结束时间“{line.value.strip()[:40]}”读不懂，请改正")
        return midnight(moment.in_shanghai())
    if plain := component.value("DURATION").strip():
        length = duration_of(plain)
        if length is None:
            raise EntryError(f"时长“{plain[:40]}”读不懂，请改正")
        return begun + length
    return None


def _is_whole_days(component: Component, begun: datetime, until: datetime | None) -> bool:
    """Whether Outlook says so of clock times from midnight to midnight."""
    said = component.value("X-MICROSOFT-CDO-ALLDAYEVENT").strip().upper() == "TRUE"
    return said and until is not None and until > begun and begun.time() == until.time() == time()


def listed(lines: list[ContentLine], zones: Zones) -> list[tuple[Moment, timedelta | None]]:
    """The days and times of RDATE or EXDATE lines, a PERIOD with its length; ``EntryError`` for what is none.

    What lies at the ends of the calendar is in no plan year and left out.
    """
    found: list[tuple[Moment, timedelta | None]] = []
    for line in lines:
        for value in filter(None, (part.strip() for part in line.value.split(","))):
            start, _, end = value.partition("/")
            moment = zones.read(start, line.parameters)
            if moment is None:
                raise EntryError(f"{line.name} 里的“{value[:40]}”读不懂，请改正")
            with suppress(OverflowError):
                moment.in_shanghai()
                found.append((moment, _length(moment, end, line, zones) if end else None))
    return found


def _length(start: Moment, end: str, line: ContentLine, zones: Zones) -> timedelta:
    length = duration_of(end)
    if length is None and (moment := zones.read(end, line.parameters)) is not None:
        length = midnight(moment.in_shanghai()) - midnight(start.in_shanghai())
    if length is None or length < timedelta():
        raise EntryError(f"{line.name} 里的“{end[:40]}”读不懂，请改正")
    return length
