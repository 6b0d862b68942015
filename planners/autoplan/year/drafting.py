"""方案里的一场写成活动：新建的取惯例与条文的内容，启用延期的、定日期的保留原样。"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from datetime import datetime

from models.domain.events import Campaign, Event, EventStatus, Precision
from models.domain.periods import quarter_of
from models.domain.snapshot import ItemKind, YearSnapshot
from models.domain.units import UnitKind
from planners.autoplan.problem import Placement
from planners.autoplan.year.customs import Customs
from planners.autoplan.year.facts import YearFacts
from planners.autoplan.year.halves import Hours, half_of, within_one_half
from planners.autoplan.year.needs import Need
from planners.autoplan.year.themes import theme_of

LONGEST_SHORT = 4
TO_BE_SETTLED = "（内容待定）"
SCHOOL_OPEN = "（学校待定）"
STUDENTS = "学生、家长"
_PREFIXES = {ItemKind.EVENT: "E", ItemKind.INVITATION: "I"}


class Keys:
    """Keys that the year does not have yet, in order; the same in every run over the same facts."""

    def __init__(self, snapshot: YearSnapshot) -> None:
        self._snapshot = snapshot
        self._taken = {kind: {item.key for item in snapshot.items(kind)} for kind in _PREFIXES}
        self._taken[ItemKind.EVENT] |= {gone.event.key for gone in snapshot.withdrawn}
        self._next = dict.fromkeys(_PREFIXES, snapshot.revision + 1)

    def new(self, kind: ItemKind) -> str:
        """The next free key of ``kind``."""
        while (key := f"{_PREFIXES[kind]}{self._next[kind]:04d}") in self._taken[kind]:
            self._next[kind] += 1
        self._taken[kind].add(key)
        return key


class Drafting:
    """Writes events one after the other; topics are taken in turn."""

    def __init__(
        self, facts: YearFacts, customs: Mapping[Campaign, Customs], themes: Mapping[int, str]
    ) -> None:
        self._facts = facts
        self._customs = customs
        self.themes = themes
        self._keys = Keys(facts.snapshot)
        self._used: Counter[tuple[Campaign, str]] = Counter(
            (event.campaign, topic.name)
            for campaign, custom in customs.items()
            for event in custom.events
            for topic in custom.topics
            if topic.name in (event.theme, event.title[: len(topic.name)])
        )

    def event(self, need: Need, at: Placement) -> Event:
        """The event that meets ``need`` where the plan puts it."""
        starts, ends = self._times(need, at)
        if need.waiting is not None:
            drafted = self._completed(need.waiting, at)
            return drafted._replace(
                starts_at=starts, ends_at=ends, precision=Precision.TIME, status=EventStatus.PLANNED,
                status_reason="", tentative=True,
            )  # fmt: skip
        event = Event(
            self._keys.new(ItemKind.EVENT),
            need.campaign,
            "",
            starts_at=starts,
            ends_at=ends,
            tentative=True,
            lead_units=(at.host,) if at.host else (),
            responsible_units=tuple(unit for unit in need.partners if unit != at.host),
        )
        event = self._placed(self._filled(need, event), at)
        if need.campaign is Campaign.CAMPUS and not event.schools:
            event = event._replace(place=SCHOOL_OPEN)
        return event

    def _times(self, need: Need, at: Placement) -> tuple[datetime, datetime]:
        hours = self._own_hours(need.waiting)
        if hours is None or half_of(hours[0]) != at.half:
            hours = self._customs[need.campaign].hours[at.half]
        return datetime.combine(at.day, hours[0]), datetime.combine(at.day, hours[1])

    @staticmethod
    def _own_hours(event: Event | None) -> Hours | None:
        if event is None or not event.is_timed or event.span is None:
            return None
        start, end = event.span
        hours = (start.time(), end.time())
        return hours if start.date() == end.date() and within_one_half(hours) else None

    def _completed(self, event: Event, at: Placement) -> Event:
        """A waiting event keeps what it has; host and place are filled in where it has none."""
        if not event.units and at.host is not None:
            event = event._replace(lead_units=(at.host,))
        has_place = event.venue or event.park or event.schools
        if has_place or (event.towns and event.campaign is Campaign.COMMUNITY):
            return event
        return self._placed(event, at)

    def _placed(self, event: Event, at: Placement) -> Event:
        kind, _, key = (at.place or "").partition(":")
        if kind == "venue":
            return event._replace(venue=key)
        if kind == "town":
            return event._replace(towns=(key,))
        if kind == "park":
            return event._replace(park=key)
        if kind == "school":
            return event._replace(schools=(key,))
        return event

    def _filled(self, need: Need, event: Event) -> Event:
        custom = self._customs[need.campaign]
        assert event.day is not None
        if need.campaign is Campaign.LECTURE:
            name = need.theme_class.removesuffix("类")
            return event._replace(
                title=f"{name}政策解读{TO_BE_SETTLED}", short=(name or "待定")[:LONGEST_SHORT],
                theme_class=need.theme_class, platforms=custom.platforms,
            )  # fmt: skip
        if need.campaign is Campaign.OPEN_MONTH:
            return self._open_day(need, event)
        topic = self._topic(need.campaign, event.lead_units)
        if need.campaign is Campaign.PARK:
            topic = theme_of(self._facts, self.themes, quarter_of(event.day)) or topic
            event = event._replace(forms=custom.forms)
        if need.campaign is Campaign.CAMPUS:
            event = event._replace(
                stages=(need.stage,) if need.stage else (),
                audience=need.audience or STUDENTS,
            )
        return self._titled(event, topic)

    def _titled(self, event: Event, topic: str) -> Event:
        where = event.campaign.label.removeprefix("走进")
        title = f"{topic}进{where}" if topic else f"{event.campaign.label}{TO_BE_SETTLED}"
        stage = f"（{event.stages[0].label}）" if event.stages and topic else ""
        return event._replace(title=title + stage, short=(topic or "待定")[:LONGEST_SHORT], theme=topic)

    def _open_day(self, need: Need, event: Event) -> Event:
        custom = self._customs[need.campaign]
        units = event.units
        towns = {unit.key for unit in self._facts.units_of(UnitKind.TOWN)}
        name = self._facts.snapshot.unit_name(units[0]) if units else ""
        return event._replace(
            title=f"{name}政府开放日{TO_BE_SETTLED}", short="开放日", forms=custom.forms,
            towns=tuple(unit for unit in units if unit in towns),
            place=custom.place_of(units[0]) if units else "",
        )  # fmt: skip

    def _topic(self, campaign: Campaign, units: tuple[str, ...]) -> str:
        """The topic of these units that was taken least often."""
        fitting = [topic.name for topic in self._customs[campaign].topics if set(topic.units) & set(units)]
        if not fitting:
            return ""
        found = min(fitting, key=lambda name: self._used[campaign, name])
        self._used[campaign, found] += 1
        return found

    def moved(self, event: Event, at: Placement) -> Event:
        """An event of the year at another time: the same hours in the same half, else the usual ones."""
        assert event.starts_at is not None
        if half_of(event.starts_at) == at.half:
            starts = datetime.combine(at.day, event.starts_at.time())
            ends = starts + (event.ends_at - event.starts_at) if event.ends_at else None
            return event._replace(starts_at=starts, ends_at=ends)
        hours = self._customs[event.campaign].hours[at.half]
        return event._replace(
            starts_at=datetime.combine(at.day, hours[0]), ends_at=datetime.combine(at.day, hours[1])
        )

    def invitation_key(self) -> str:
        """A free key of an invitation."""
        return self._keys.new(ItemKind.INVITATION)

    def elsewhere(self, need: Need, event: Event, at: Placement) -> Event:
        """``event`` as it would be at another placement: another time, or held by another host."""
        starts, ends = self._times(need, at)
        if need.waiting is not None or at.host is None or event.lead_units[:1] == (at.host,):
            return self._placed(event._replace(starts_at=starts, ends_at=ends), at)
        used = self._used.copy()
        fresh = Event(
            event.key,
            event.campaign,
            "",
            starts_at=starts,
            ends_at=ends,
            tentative=True,
            lead_units=(at.host,),
            responsible_units=event.responsible_units,
        )
        found = self._placed(self._filled(need, fresh), at)
        self._used = used
        return found._replace(place=event.place) if event.place and not found.place else found
