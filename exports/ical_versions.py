"""谁是谁、哪个新：按 UID 认出收过的日程和自己发出的活动，按 SEQUENCE 与修改时间分先后 (RFC 5545 3.8.7.4)。"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Container, Iterable, Mapping, Sequence
from datetime import datetime, timedelta, timezone
from typing import NamedTuple
from urllib.parse import unquote

from exports.ical_reading import Component
from exports.ical_zones import SHANGHAI, Zones
from exports.xlsx.reading.plain import bare
from models.domain.events import Event, EventStatus
from models.domain.snapshot import YearSnapshot

PREFIX = "ics:"
"""What the key of an event that came with a department's calendar begins with."""
_OUR_UID = re.compile(r"(\d{4})-(.+)@([0-9A-Za-z-]+)")
_FORM = "%Y%m%dT%H%M"
OFF = frozenset({EventStatus.CANCELLED, EventStatus.POSTPONED})


class Version(NamedTuple):
    """How new an entry is. ``changed``: L and LAST-MODIFIED, or D and DTSTAMP; "" where neither is said."""

    sequence: int = 0
    changed: str = ""

    def is_older_than(self, other: Version) -> bool:
        """Whether ``other`` came after this one; times of unlike kinds say nothing."""
        if self.sequence != other.sequence:
            return self.sequence < other.sequence
        return self.changed[:1] == other.changed[:1] and self.changed < other.changed

    def is_stated_after(self, other: Version) -> bool:
        """Whether this one says that it was changed after ``other``; that it was only written later is no change."""
        return other.is_older_than(self) and (self.sequence > other.sequence or self.changed.startswith("L"))

    @property
    def words(self) -> str:
        """第 3 版（5月6日 14:00 修改）."""
        try:
            at = datetime.strptime(self.changed[1:], f"{_FORM}%S")
        except ValueError:
            return f"第 {self.sequence} 版"
        what = "修改" if self.changed[0] == "L" else "导出"
        return f"第 {self.sequence} 版（{at.year}年{at.month}月{at.day}日 {at:%H:%M} {what}）"


class Said(NamedTuple):
    """What an entry said when it was taken, each part as a digest; ``standing``: on, maybe or off."""

    title: str
    times: str
    place: str
    standing: str


NOTHING_SAID = Said("", "", "", "")


class Received(NamedTuple):
    """What an event keeps of the entry it came from: UID and repetition, its version, what it said."""

    series: str
    original: str
    version: Version
    said: Said

    def __str__(self) -> str:
        return "/".join(
            (self.series, self.original, str(self.version.sequence), self.version.changed, *self.said)
        )


def received_of(event: Event) -> Received | None:
    """What ``event`` keeps of its entry; None for one that came from no calendar, or is a copy of such a one."""
    return _received(event.received) if event.key.startswith(PREFIX) else None


def version_words(received: str) -> str:
    """Which version an event keeps, in words; "" where it keeps none."""
    found = _received(received)
    return found.version.words if found else ""


def _received(text: str) -> Received | None:
    parts = text.split("/")
    if len(parts) != 8 or not (parts[2].isascii() and parts[2].isdigit() and len(parts[2]) < 12):
        return None
    return Received(parts[0], parts[1], Version(int(parts[2]), parts[3]), Said(*parts[4:]))


def digest(text: str, length: int = 8) -> str:
    """A short name of ``text``."""
    return hashlib.sha256(text.encode()).hexdigest()[:length]


def said(title: str, times: object, place: str, standing: str) -> Said:
    """The digests of what an entry says, or of what the plan says in its place."""
    return Said(digest(title), digest(str(times)), digest(place), standing)


def version_of(components: Iterable[Component], zones: Zones) -> Version:
    """The newest version among the components of one UID."""
    parts = tuple(components)
    sequence = max((component.sequence for component in parts), default=0)
    for sign, name in (("L", "LAST-MODIFIED"), ("D", "DTSTAMP")):
        found = [changed_at(component, name, zones) for component in parts]
        if newest := max((at for at in found if at is not None), default=None):
            return Version(sequence, f"{sign}{newest.strftime(f'{_FORM}%S')}")
    return Version(sequence)


def changed_at(component: Component, name: str, zones: Zones) -> datetime | None:
    """The stamp called ``name``, in Shanghai."""
    line = component.line(name)
    moment = zones.moment(line.value, line.parameters) if line else None
    return moment if isinstance(moment, datetime) and moment.year >= 1000 else None


def stamped_at(changed: datetime) -> datetime:
    """When the plan changed an event, in Shanghai to the second, as its export says it."""
    aware = changed if changed.tzinfo else changed.replace(tzinfo=timezone.utc)
    return aware.astimezone(SHANGHAI).replace(tzinfo=None, microsecond=0)


def original_words(original: datetime | None) -> str:
    """The repetition as it is kept: 20270610T1400; "" for an entry that is not repeated."""
    return original.strftime(_FORM) if original else ""


# who is who


class OurUid(NamedTuple):
    """A UID of this program: which year, key and data file."""

    year: int
    key: str
    installation: str


def our_uid(uid: str) -> OurUid | None:
    """The parts of a UID that this program may have made; None for another's."""
    match = _OUR_UID.fullmatch(uid)
    return OurUid(int(match[1]), unquote(match[2]), match[3]) if match else None


def foreign_key(series: str, original: str, taken: Container[str] = ()) -> str:
    """The permanent key of an entry of another program: the same entry always gives the same one."""
    number = 0
    while True:
        key = PREFIX + digest(f"{series}|{original}" + (f"|{number}" if number else ""), 24)
        if key not in taken:
            return key
        number += 1


class Known:
    """The events of a year by the entries that they came from."""

    def __init__(self, snapshot: YearSnapshot) -> None:
        self._snapshot = snapshot
        self._series: dict[str, dict[str, Event]] = {}
        self._versions: dict[str, Version] = {}
        for event in snapshot.events:
            if event.received and (received := received_of(event)) is not None:
                self._series.setdefault(received.series, {}).setdefault(received.original, event)
                known = self._versions.get(received.series)
                if known is None or known.is_older_than(received.version):
                    self._versions[received.series] = received.version

    def of(self, series: str) -> Mapping[str, Event]:
        """The events that came from ``series``, by repetition."""
        return self._series.get(series, {})

    def version(self, series: str) -> Version:
        """The newest version of ``series`` that was taken."""
        return self._versions.get(series, Version())

    def sent_back(self, uid: OurUid, title: str) -> Event | None:
        """The event of the plan that another data file's UID means: same key, same title."""
        event = self._snapshot.event_by_key.get(uid.key)
        return event if event is not None and bare(event.title) == bare(title) else None


# a series that was moved


def matched(known: Sequence[str], found: Sequence[str]) -> dict[str, str]:
    """Repetition of the file → repetition that was taken before. A series moved as a whole keeps its events.

    Both are in order. Repetitions match by their own time, or, where more match so, all shifted by as much as the
    first or last one; a series with no time in common is matched in order.
    """
    here = set(found)
    if not known or not found:
        return {}
    shifts = [timedelta()]
    times = [_time(words) for words in (known[0], found[0], known[-1], found[-1])]
    if all(times) and "" not in (*known, *found):
        shifts += [times[1] - times[0], times[3] - times[2]]  # type: ignore[operator]
    tried = [{moved: words for words in known if (moved := _shifted(words, by)) in here} for by in shifts]
    best = max(tried, key=len)
    if not tried[0] and len(best) * 2 <= min(len(known), len(found)):
        return dict(zip(found[_offset(known, found) :], known[_offset(found, known) :], strict=False))
    return best


def _time(words: str) -> datetime | None:
    try:
        return datetime.strptime(words, _FORM)
    except ValueError:
        return None


def _shifted(words: str, by: timedelta) -> str:
    time = _time(words)
    return words if time is None or not by else (time + by).strftime(_FORM)


def _offset(shorter: Sequence[str], longer: Sequence[str]) -> int:
    """How many of ``longer`` to leave out at the beginning, so that the rest lies nearest to ``shorter``."""

    def distance(offset: int) -> float:
        pairs = zip(shorter, longer[offset:], strict=False)
        return sum(
            abs((one - other).total_seconds())
            for a, b in pairs
            if (one := _time(a)) is not None and (other := _time(b)) is not None
        )

    return min(range(max(1, len(longer) - len(shorter) + 1)), key=distance)
