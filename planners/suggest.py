"""一场活动排在哪天好：逐日评判宜、可、避、不可，说出理由；补一处缺口由 ``planners.autoplan`` 来排。"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from datetime import date, datetime, time, timedelta
from typing import NamedTuple

from models.domain.events import Campaign, Event
from models.domain.periods import Period
from models.domain.rules import Severity
from models.domain.snapshot import ItemKind, YearSnapshot
from models.domain.text import quoted
from models.domain.units import UnitKind
from models.domain.workdays import WEEKDAYS
from planners.checks.conflicts import belong_together, overlap
from planners.checks.context import CheckContext
from planners.checks.places import places_of
from planners.results import Cell, DayVerdict, Verdict, YearCheck
from planners.school_terms import break_on, school_breaks
from planners.wording import cell_title, event_name

USUAL_TIMES = {
    Campaign.LECTURE: (time(14, 0), time(16, 0)),
    Campaign.PARK: (time(13, 30), time(15, 30)),
    Campaign.COMMUNITY: (time(9, 0), time(11, 0)),
    Campaign.CAMPUS: (time(15, 30), time(17, 0)),
    Campaign.TECH_FORUM: (time(14, 0), time(16, 0)),
    Campaign.OPEN_MONTH: (time(9, 30), time(11, 30)),
    Campaign.HOST_MEETING: (time(14, 0), time(17, 0)),
}
"""When an event of each campaign usually begins and ends, until the year itself shows a habit."""

LEAST_NOTICE_WORKDAYS = 5
LEAST_SPACING_DAYS = 7
_ORDER = {verdict: number for number, verdict in enumerate(Verdict)}


class Demand(NamedTuple):
    """What is to be placed: a campaign (and group), or an event of the year."""

    campaign: Campaign
    event: Event | None = None
    group: str | None = None


def _in_group(event: Event, group: str | None) -> bool:
    if group is None or event.campaign is not Campaign.CAMPUS:
        return True
    return any(stage.label == group.split("·")[0] for stage in event.stages)


class Judge:
    """Judges days for one demand against the rest of the year."""

    def __init__(self, snapshot: YearSnapshot, check: YearCheck, demand: Demand) -> None:
        self._snapshot = snapshot
        self._demand = demand
        self._context = CheckContext(snapshot, check.today, check.ruleset)
        own = demand.event.key if demand.event else None
        self._others = [event for event in self._context.counted if event.key != own]
        self._by_day: dict[date | None, list[Event]] = defaultdict(list)
        for event in self._others:
            self._by_day[event.day].append(event)
        self._school_breaks = school_breaks(snapshot.year, self._context.settings, check.ruleset)
        self._same = [event for event in self._others if event.campaign is demand.campaign]
        self._weeks = Counter(
            _monday(event.day)
            for event in self._others
            if event.day and event.campaign is not Campaign.HOST_MEETING
        )
        self._carried = _carried(check, own)
        self._ruleset = check.ruleset
        self._places = places_of(snapshot)
        self.times = _times(demand, self._same)
        self._probe = demand.event or _usual_event(snapshot, demand, self._same)
        self._weekdays = Counter(event.day.weekday() for event in self._same if event.day)

    def best(self, first: date, end: date) -> DayVerdict | None:
        """The best possible day from ``first`` to ``end`` (excluded): verdict, then habit and distance."""
        judged = map(self.verdict, Period(first, end).days())
        possible = [verdict for verdict in judged if verdict.verdict is not Verdict.IMPOSSIBLE]
        return min(possible, key=self._preference, default=None)

    def _preference(self, verdict: DayVerdict) -> tuple[int, int, int, date]:
        day = verdict.day
        habit = -self._weekdays[day.weekday()]
        soon = self._context.workdays.count(self._context.today, day) <= LEAST_NOTICE_WORKDAYS
        return (_ORDER[verdict.verdict], int(soon), habit, day)

    def verdict(self, day: date) -> DayVerdict:
        """How well ``day`` suits, with the reasons that decide it."""
        if reasons := self._impossible(day):
            return DayVerdict(day, Verdict.IMPOSSIBLE, tuple(reasons))
        if reasons := self._to_avoid(day):
            return DayVerdict(day, Verdict.AVOID, tuple(reasons))
        doubts = self._doubts(day)
        return DayVerdict(day, Verdict.FAIR if doubts else Verdict.GOOD, (*doubts, *self._merits(day)))

    def _impossible(self, day: date) -> list[str]:
        if day < self._context.today:
            return ["日期已过"]
        return [
            f"停排：{period.reason or '未写原因'}"
            for period in self._snapshot.blocked
            if period.first <= day <= period.last and period.concerns(self._probe)
        ]

    def _to_avoid(self, day: date) -> list[str]:
        reasons = []
        if not self._context.workdays.is_workday(day):
            reasons.append(self._context.workdays.name_of(day) or "周末")
        reasons += self._clashes(day)
        if self._demand.campaign is Campaign.CAMPUS and break_on(day, self._school_breaks):
            reasons.append("学校放假")
        return reasons + self._away_from_host(day) + self._missed(day)

    def _missed(self, day: date) -> list[str]:
        """The periods that need the event and that it would leave by going to ``day``."""
        return [
            f"{cell_title(cell, self._ruleset)} 将变为 {cell.forecast - 1}/{cell.minimum}"
            for cell in self._carried
            if not cell.first <= day <= cell.last
        ]

    def _away_from_host(self, day: date) -> list[str]:
        """A 科创问政 zone goes where its meeting goes: on another day the meeting has to move too."""
        event = self._demand.event
        if event is None or event.campaign is not Campaign.TECH_FORUM or event.host_event is None:
            return []
        host = self._snapshot.event_by_key.get(event.host_event)
        if host is None or host.day in (None, day):
            return []
        return [f"会议{quoted(host.short or host.title)}一并移到这天"]

    def _clashes(self, day: date) -> list[str]:
        start, end = self.times
        probe = self._probe._replace(
            starts_at=datetime.combine(day, start), ends_at=datetime.combine(day, end)
        )
        return [reason for event in self._on(day) if (reason := self._clash(probe, event))]

    def _on(self, day: date) -> Iterable[Event]:
        return self._by_day.get(day, ())

    def _clash(self, probe: Event, event: Event) -> str:
        if not event.is_timed or not overlap(probe, event) or belong_together(probe, event):
            return ""
        name = event_name(self._snapshot, event.key)
        place = self._places.taken_by(probe)
        if place is not None and place == self._places.taken_by(event):
            return f"场地与{quoted(name)}同时段"
        shared = set(probe.units) & set(event.units)
        return f"{self._snapshot.unit_name(min(shared))}与{quoted(name)}同时段" if shared else ""

    def _doubts(self, day: date) -> list[str]:
        doubts = []
        if self._context.workdays.is_makeup(day):
            doubts.append("调休上班日")
        load = self._weeks[_monday(day)] + 1
        if load > self._context.week_limit:
            doubts.append(f"当周将有 {load} 场，超过上限 {self._context.week_limit} 场")
        if (near := self._nearest(day)) is not None and near < LEAST_SPACING_DAYS:
            doubts.append(f"距同类活动只有 {near} 天")
        if 0 <= self._context.workdays.count(self._context.today, day) < LEAST_NOTICE_WORKDAYS:
            doubts.append(f"准备时间不足 {LEAST_NOTICE_WORKDAYS} 个工作日")
        return doubts + self._towns_visited(day)

    def _towns_visited(self, day: date) -> list[str]:
        """街镇 that a 走进社区 visit of the same day is in already (同街镇同日, advice only)."""
        if self._demand.campaign is not Campaign.COMMUNITY:
            return []
        visited = {
            town for event in self._on(day) if event.campaign is Campaign.COMMUNITY for town in event.towns
        }
        return [
            f"{self._snapshot.unit_name(town)}当日已有活动" for town in self._probe.towns if town in visited
        ]

    def _nearest(self, day: date) -> int | None:
        """Days to the nearest event of the kind; None without one, or where they are meant to be close."""
        if self._demand.campaign in (Campaign.OPEN_MONTH, Campaign.HOST_MEETING):
            return None
        distances = [
            abs((event.day - day).days) for event in self._same if event.day and self._comparable(event)
        ]
        return min(distances, default=None)

    def _comparable(self, event: Event) -> bool:
        return _in_group(event, self._demand.group)

    def _merits(self, day: date) -> list[str]:
        merits = ["工作日"]
        if self._weekdays and self._weekdays[day.weekday()] == max(self._weekdays.values()):
            merits.append(f"惯常在周{WEEKDAYS[day.weekday()]}")
        if self._probe.venue is not None:
            venue = self._snapshot.item(ItemKind.VENUE, self._probe.venue)
            merits.append(f"{getattr(venue, 'name', self._probe.venue)}空闲")
        if (load := self._weeks[_monday(day)]) < self._context.week_limit:
            merits.append(f"当周已有 {load} 场")
        if (near := self._nearest(day)) is not None and near >= LEAST_SPACING_DAYS:
            merits.append(f"距同类活动 {near} 天")
        if self._context.workdays.is_estimated(day):
            merits.append("放假安排未公布")
        return merits


def _carried(check: YearCheck, own: str | None) -> tuple[Cell, ...]:
    """The hard periods that reach their minimum only with the event ``own``."""
    return tuple(
        cell
        for cell in check.cells
        if cell.severity is Severity.HARD and own in cell.events and cell.forecast == cell.minimum
    )


def _monday(day: date | None) -> date | None:
    return day - timedelta(days=day.weekday()) if day else None


def _times(demand: Demand, same: Sequence[Event]) -> tuple[time, time]:
    if demand.event is not None and demand.event.starts_at is not None and demand.event.is_timed:
        start, end = demand.event.span or (demand.event.starts_at, demand.event.starts_at)
        return start.time(), end.time() if end.time() > start.time() else time(23, 59)
    habits = Counter(
        (event.starts_at.time(), event.ends_at.time())
        for event in same
        if event.is_timed
        and event.starts_at
        and event.ends_at
        and event.ends_at.time() > event.starts_at.time()
    )
    return habits.most_common(1)[0][0] if habits else USUAL_TIMES[demand.campaign]


def _usual_event(snapshot: YearSnapshot, demand: Demand, same: Sequence[Event]) -> Event:
    """What a new event would be like: the venue most of its kind use, the 街镇 or unit it is for."""
    venues = Counter(event.venue for event in same if event.venue is not None)
    venue, uses = venues.most_common(1)[0] if venues else (None, 0)
    named = {unit.name: unit for unit in snapshot.units}.get(demand.group or "")
    return Event(
        "",
        demand.campaign,
        "",
        venue=venue if 2 * uses > len(same) else None,
        lead_units=(named.key,) if named is not None else (),
        towns=(named.key,) if named is not None and named.kind is UnitKind.TOWN else (),
    )
