"""另一个读法：icalendar 与 recurring-ical-events 读出的一年里的各场，只供核对。"""

from __future__ import annotations

from datetime import date, datetime, time, timedelta, timezone

SHANGHAI = timezone(timedelta(hours=8))
When = tuple[str, datetime, datetime]


def occurrences(data: bytes, year: int) -> list[When]:
    """Title, start and end (naive, in Shanghai) of everything that begins in ``year``, in order."""
    import icalendar
    import recurring_ical_events

    calendar = icalendar.Calendar.from_ical(data)
    assert isinstance(calendar, icalendar.Calendar)
    found = recurring_ical_events.of(calendar).between((year - 1, 12, 30), (year + 1, 1, 3))
    rows = [(str(event["SUMMARY"]), _naive(event.start), _naive(event.end)) for event in found]
    return sorted(row for row in rows if row[1].year == year)


def _naive(moment: datetime | date) -> datetime:
    if not isinstance(moment, datetime):
        return datetime.combine(moment, time())
    return moment.astimezone(SHANGHAI).replace(tzinfo=None) if moment.tzinfo else moment
