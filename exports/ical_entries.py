"""一项日程写进计划：新的一场，或只改来件改过的那几格；计划里也改过的说出来。"""

from __future__ import annotations

import re
from typing import Any, NamedTuple

from exports.ical_event import span_of, standing_of
from exports.ical_reading import Component
from exports.ical_text import cleaned, web_address
from exports.ical_times import EntryError, Times, midnight
from exports.ical_versions import OFF, Said, said
from exports.xlsx.reading.names import Names, campaign_in, campaign_of
from exports.xlsx.reading.values import CellProblem
from models.domain.events import Campaign, Event, EventStatus, Precision
from models.domain.masking import Where, masks_of
from models.domain.privacy import has_id_number
from models.domain.snapshot import ItemKind, YearSnapshot
from models.domain.text import LONGEST_LINE
from models.domain.units import Venue

ONLINE = "线上"
_MARK = re.compile(r"^【(?:已取消|延期待定|草案)】")
_TEXTS = (
    ("SUMMARY", "名称"),
    ("LOCATION", "地点"),
    ("DESCRIPTION", "说明"),
    ("CONTACT", "联系人"),
    ("URL", "网址"),
)
_WORDS = (("问政", Campaign.TECH_FORUM), ("讲堂", Campaign.LECTURE), ("园区", Campaign.PARK),
          ("社区", Campaign.COMMUNITY), ("校区", Campaign.CAMPUS), ("开放", Campaign.OPEN_MONTH))  # fmt: skip
_PARTS = (("title", "名称"), ("times", "时间"), ("place", "地点"))


class ReadEntry(NamedTuple):
    """One event of a file at one time."""

    component: Component
    title: str
    times: Times
    place: str
    off: bool

    @property
    def status(self) -> str:
        """STATUS as it is written."""
        return self.component.value("STATUS").strip().upper()

    @property
    def tentative(self) -> bool:
        """Whether it is only pencilled in."""
        return self.status == "TENTATIVE"

    @property
    def said(self) -> Said:
        """What it says, as digests."""
        standing = "off" if self.off else "maybe" if self.tentative else "on"
        return said(self.title, _times_words(*self.times), self.place, standing)


def entry_of(component: Component, times: Times) -> ReadEntry:
    """The entry; ``EntryError`` where it has no title, too long a one, or an ID number in it."""
    title = title_of(component)
    if not title:
        raise EntryError("没有写名称（SUMMARY），请补上")
    if len(title) > LONGEST_LINE:
        raise EntryError(f"名称超过 {LONGEST_LINE} 字，请缩短")
    for name, label in _TEXTS:
        if has_id_number(component.text(name)):
            raise EntryError(f"{label}里有身份证号码，不收，请先删去")
    return ReadEntry(component, title, times, plain(component.text("LOCATION")), is_off(component))


def is_off(component: Component) -> bool:
    """Whether it is cancelled, by its own word or its calendar's."""
    return component.cancelled or component.method == "CANCEL"


def title_of(component: Component) -> str:
    """The title, without the marks of our own exports."""
    return _MARK.sub("", plain(component.text("SUMMARY")))


def plain(text: str) -> str:
    """``text`` on one line."""
    return re.sub(r"\s+", " ", text).strip()


class EntryWriter:
    """Writes the entries of one file as events of a year. ``campaign`` stands for those that name none."""

    def __init__(self, snapshot: YearSnapshot, campaign: Campaign | None) -> None:
        self._snapshot = snapshot
        self._masks = masks_of(snapshot)
        self._names = Names(snapshot)
        self._campaign = campaign

    # a new event

    def new(self, key: str, entry: ReadEntry, warnings: list[CellProblem]) -> Event:
        """The event that ``entry`` becomes; ``EntryError`` where nothing says of which campaign it is."""
        component = entry.component
        campaign = self._guessed_campaign(component, entry.title) or self._campaign
        if campaign is None:
            raise EntryError("没有写明工作线，请选一条工作线")
        unit = self._guessed_unit(component, entry.title)
        if unit is None:
            warnings.append(CellProblem(component.at, 0, "单位", "", "没有认出单位，留空，请采纳后补上"))
        start, end, precision = entry.times
        return Event(
            key,
            campaign,
            entry.title,
            starts_at=start,
            ends_at=end,
            precision=precision,
            tentative=entry.tentative,
            lead_units=(unit,) if unit else (),
            place="" if entry.place == ONLINE else entry.place,
            online_only=entry.place == ONLINE,
            url=web_address(component.value("URL").strip()) or "",
        )

    def _guessed_campaign(self, component: Component, title: str) -> Campaign | None:
        for words in component.text("CATEGORIES").split(","):
            if found := campaign_of(words):
                return found
        if found := campaign_in(title):
            return found
        said_in_title = {campaign for word, campaign in _WORDS if word in title}
        return said_in_title.pop() if len(said_in_title) == 1 else None

    def _guessed_unit(self, component: Component, title: str) -> str | None:
        organizer = component.line("ORGANIZER")
        named = re.search(r"CN=\"?([^\";]+)", organizer.parameters, re.IGNORECASE) if organizer else None
        categories = component.text("CATEGORIES").split(",")
        for words in (named[1] if named else "", *categories, component.text("LOCATION")):
            if words and (found := self._names.unit(words)):
                return found
        return self._names.unit_before(title)

    # an event that is there

    def changed(
        self, before: Event, entry: ReadEntry, base: Said | None, warnings: list[CellProblem], *, own: bool
    ) -> Event:
        """``before`` with what the entry says otherwise than it did (``base``); the rest stays as the plan has it.

        ``own``: it is our export that came back. What was changed on both sides is added to ``warnings``.
        ``EntryError`` where an event that was held would be moved or called off.
        """
        event = self._merged(before, entry, base, own=own)
        fields = {
            "title": event.title != before.title,
            "times": event.starts_at != before.starts_at or event.ends_at != before.ends_at,
            "place": event.place != before.place or event.online_only != before.online_only,
        }
        if before.status is EventStatus.HELD and (fields["times"] or event.status is not before.status):
            raise EntryError("这一场已举办，日期和状态不再按日历改动")
        if base is not None:
            ours = self._said(before)
            for name, label in _PARTS:
                if fields[name] and getattr(ours, name) != getattr(base, name):
                    at = entry.component.at
                    warnings.append(CellProblem(at, 0, label, "", "来件和计划都改过，采纳则按来件，请核对"))
        return event

    def _merged(self, before: Event, entry: ReadEntry, base: Said | None, *, own: bool) -> Event:
        already_off = before.status in OFF or (own and self._says_off(before))
        if entry.off:
            if already_off or (base is not None and base.standing == "off"):
                return before
            return before._replace(status=EventStatus.CANCELLED, status_reason=_reason(entry.component))
        values: dict[str, Any] = {}
        says = entry.said
        if says.title != (base and base.title) and entry.title not in self._as_sent(before.title):
            values["title"] = entry.title
        if says.times != (base and base.times) and not self._same_time(before, entry.times):
            start, end, precision = entry.times
            values |= {"starts_at": start, "ends_at": end, "precision": precision, "raw_time": ""}
        elsewhere = entry.place not in self._places(before) if entry.place else base is not None
        if says.place != (base and base.place) and elsewhere:
            online = entry.place == ONLINE
            values |= {"place": "" if online else entry.place, "venue": None, "online_only": online}
        if not own and says.standing != (base and base.standing) and entry.tentative is not before.tentative:
            values["tentative"] = entry.tentative
        revived = not (own and self._says_off(before)) if base is None else base.standing == "off"
        if before.status in OFF and revived:
            values |= {"status": EventStatus.PLANNED, "status_reason": ""}
        return before._replace(**values)

    def _said(self, event: Event) -> Said:
        """What the plan says of ``event``, as digests."""
        when = _times_words(event.starts_at, event.ends_at, event.precision)
        place = _as_sent(self._snapshot.place_of(event)) or (ONLINE if event.online_only else "")
        standing = "off" if event.status in OFF else "maybe" if event.tentative else "on"
        return said(_as_sent(event.title), when, place, standing)

    def _says_off(self, before: Event) -> bool:
        return not standing_of(before, drafts=False).on

    def _same_time(self, before: Event, times: Times) -> bool:
        if (before.starts_at, before.ends_at, before.precision) == tuple(times):
            return True
        stamp = self._snapshot.stamps.get(before.key)
        if before.starts_at is None or stamp is None:
            return False
        span = span_of(before, stamp)
        end = midnight(span.end)
        return (
            midnight(span.start) == times.start
            and end == (times.end or times.start)
            and span.whole_days == (times.precision is Precision.DAY)
        )

    def _places(self, before: Event) -> tuple[str, ...]:
        place = self._snapshot.place_of(before)
        venue = self._snapshot.item(ItemKind.VENUE, before.venue) if before.venue else None
        address = f"{place}（{venue.address}）" if isinstance(venue, Venue) and venue.address else place
        online = ONLINE if before.online_only else ""
        return tuple(
            sent for words in (place, address, before.place, online) for sent in self._as_sent(words)
        )

    def _as_sent(self, text: str) -> tuple[str, str]:
        """``text`` as our calendars give it back: delegates masked, or not, as before they were known."""
        return _as_sent(text), _as_sent(self._masks.text(text, Where.TITLE))


def _as_sent(text: str) -> str:
    """``text`` as a calendar gives it back: no backslashes, on one line."""
    return plain(cleaned(text))


def _times_words(start: object, end: object, precision: Precision) -> str:
    return f"{start}|{end}|{precision.value}"


def _reason(component: Component) -> str:
    match = re.search(r"^原因：(.+)$", component.text("DESCRIPTION"), re.MULTILINE)
    return match[1].strip()[:LONGEST_LINE] if match else "部门日历中已取消"
