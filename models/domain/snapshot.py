"""年度快照：一年的全部事实，读一次，之后只在不可变的值上思考。"""

import re
from collections.abc import Iterable, Mapping
from datetime import datetime
from functools import cached_property
from typing import NamedTuple

from models.domain.attendance import Decision, Delegate, Invitation, Meeting, Opinion
from models.domain.events import Event, Labelled, Precision
from models.domain.papers import Evidence, Zone
from models.domain.policies import PolicyDocument
from models.domain.units import School, Unit, Venue
from models.domain.year import BlockedPeriod, Exemption, Holidays, Year

_NO_ID = re.compile(r"[^0-9A-Za-z-]")

Item = (
    Year
    | Unit
    | Venue
    | School
    | BlockedPeriod
    | Event
    | Meeting
    | Decision
    | Delegate
    | Invitation
    | Opinion
    | PolicyDocument
    | Exemption
    | Zone
    | Evidence
)


class ItemKind(Labelled):
    """The lists of a year, in the order in which they refer to one another."""

    YEAR = "year", "年度"
    UNIT = "units", "单位"
    VENUE = "venues", "场地"
    SCHOOL = "schools", "学校"
    BLOCKED = "blocked", "停排日"
    POLICY = "policies", "政策文件"
    EVENT = "events", "活动"
    MEETING = "meetings", "会议"
    DECISION = "decisions", "决策事项"
    DELEGATE = "delegates", "列席代表"
    INVITATION = "invitations", "邀请"
    OPINION = "opinions", "意见"
    EXEMPTION = "exemptions", "豁免"
    ZONE = "zones", "问政专区"
    EVIDENCE = "evidence", "佐证材料"


ITEM_TYPES: Mapping[ItemKind, type[Item]] = {
    ItemKind.YEAR: Year,
    ItemKind.UNIT: Unit,
    ItemKind.VENUE: Venue,
    ItemKind.SCHOOL: School,
    ItemKind.BLOCKED: BlockedPeriod,
    ItemKind.POLICY: PolicyDocument,
    ItemKind.EVENT: Event,
    ItemKind.MEETING: Meeting,
    ItemKind.DECISION: Decision,
    ItemKind.DELEGATE: Delegate,
    ItemKind.INVITATION: Invitation,
    ItemKind.OPINION: Opinion,
    ItemKind.EXEMPTION: Exemption,
    ItemKind.ZONE: Zone,
    ItemKind.EVIDENCE: Evidence,
}
KIND_OF: Mapping[type[Item], ItemKind] = {made: kind for kind, made in ITEM_TYPES.items()}


class LastTime(NamedTuple):
    """When an event was before its time was taken away."""

    starts_at: datetime
    ends_at: datetime | None
    precision: Precision


class EventStamp(NamedTuple):
    """What colleagues' calendars need of an event's history (RFC 5545 3.8.7).

    ``sequence`` counts the changes of time, place, status or cancellation since the first export;
    both times are UTC. ``exported``: the event has been in a published calendar. ``last_time`` says
    something only while the event has no time: there calendars still show it, cancelled.
    """

    created_at: datetime
    changed_at: datetime
    sequence: int = 0
    exported: bool = False
    last_time: LastTime | None = None


class WithdrawnEvent(NamedTuple):
    """An event that was published and then deleted: later calendars must still cancel it."""

    event: Event
    stamp: EventStamp


class YearSnapshot:
    """Everything of one year as immutable values, in the stored order of each list.

    Two snapshots are equal when their items are (stamps apart). Indexes are built on first use.
    """

    def __init__(
        self,
        year: Year,
        *,
        units: Iterable[Unit] = (),
        venues: Iterable[Venue] = (),
        schools: Iterable[School] = (),
        blocked: Iterable[BlockedPeriod] = (),
        policies: Iterable[PolicyDocument] = (),
        events: Iterable[Event] = (),
        meetings: Iterable[Meeting] = (),
        decisions: Iterable[Decision] = (),
        delegates: Iterable[Delegate] = (),
        invitations: Iterable[Invitation] = (),
        opinions: Iterable[Opinion] = (),
        exemptions: Iterable[Exemption] = (),
        zones: Iterable[Zone] = (),
        evidence: Iterable[Evidence] = (),
        stamps: Mapping[str, EventStamp] | None = None,
        withdrawn: Iterable[WithdrawnEvent] = (),
        revision: int = 0,
        installation: str = "",
        neighbours: Mapping[int, Holidays] | None = None,
        persons: Iterable[tuple[str, str]] = (),
        covers: Iterable[int] = (),
    ) -> None:
        self.year_row = year
        self.units = tuple(units)
        self.venues = tuple(venues)
        self.schools = tuple(schools)
        self.blocked = tuple(blocked)
        self.policies = tuple(policies)
        self.events = tuple(events)
        self.meetings = tuple(meetings)
        self.decisions = tuple(decisions)
        self.delegates = tuple(delegates)
        self.invitations = tuple(invitations)
        self.opinions = tuple(opinions)
        self.exemptions = tuple(exemptions)
        self.zones = tuple(zones)
        self.evidence = tuple(evidence)
        self.stamps: Mapping[str, EventStamp] = {} if stamps is None else stamps
        self.withdrawn = tuple(withdrawn)
        self.revision = revision
        """Number of the last change in the log when this was read."""
        self.installation = _NO_ID.sub("", installation)
        """Permanent id of the data file, the right-hand side of every calendar UID: letters, digits and hyphens."""
        self.neighbours: Mapping[int, Holidays] = neighbours or {}
        """Days off known beside the year's own row: its neighbours', for deadlines across the turn of the year,
        and what the program itself knows of the year, for a row that has no notice."""
        self.persons = tuple(persons)
        """Name and phone of delegates that the data file knows beside those of this list: to be masked in texts."""

        self.covers = frozenset(covers)
        """The quarters that a release tells of (``release_scope``); none: it is the whole year."""

    @property
    def year(self) -> int:
        """The calendar year."""
        return self.year_row.year

    @cached_property
    def holidays(self) -> Holidays:
        """The days off that hold: by the notice of the year's own row, else by a notice known beside it,
        else the row's own estimate; where the row is empty, what is estimated beside it.
        """
        own, known = self.year_row.holidays, self.neighbours.get(self.year)
        if own.announced or known is None:
            return own
        return known if known.announced or not (own.days_off or own.makeup_workdays) else own

    def items(self, kind: ItemKind) -> tuple[Item, ...]:
        """The list of ``kind``, in stored order."""
        return (self.year_row,) if kind is ItemKind.YEAR else getattr(self, kind.value)

    def item(self, kind: ItemKind, key: str) -> Item | None:
        """The item of ``kind`` called ``key``, or None."""
        return self._by_key[kind].get(key)

    @cached_property
    def _by_key(self) -> Mapping[ItemKind, Mapping[str, Item]]:
        return {kind: {item.key: item for item in self.items(kind)} for kind in ItemKind}

    @cached_property
    def event_by_key(self) -> Mapping[str, Event]:
        """Events by key."""
        return {event.key: event for event in self.events}

    @cached_property
    def unit_by_key(self) -> Mapping[str, Unit]:
        """Units by key."""
        return {unit.key: unit for unit in self.units}

    def unit_name(self, key: str) -> str:
        """The unit's name as it is printed; the key itself where no unit has it."""
        unit = self.unit_by_key.get(key)
        return unit.name if unit else key

    def place_of(self, event: Event) -> str:
        """Where an event takes place, in words: its place, else venue, school, park or towns."""
        if event.place:
            return event.place
        if event.venue and (venue := self.item(ItemKind.VENUE, event.venue)):
            return venue.name  # type: ignore[union-attr]
        schools = [self.item(ItemKind.SCHOOL, key) for key in event.schools]
        if names := [school.name for school in schools if isinstance(school, School)]:
            return "、".join(names)
        return "、".join(self.unit_name(key) for key in ((event.park,) if event.park else event.towns))

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, YearSnapshot):
            return NotImplemented
        return all(self.items(kind) == other.items(kind) for kind in ItemKind)

    __hash__ = None  # type: ignore[assignment]
