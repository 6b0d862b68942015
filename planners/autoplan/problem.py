"""排期问题与方案的值：单位、场所、活动、规则、偏好；格式见 ``outreach-plan-problem/1``。"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from enum import Enum
from typing import NamedTuple

from models.domain.periods import Period


class DayKind(str, Enum):
    """What a day of the horizon is (调休上班日 are working days)."""

    WORKDAY = "workday"
    WEEKEND = "weekend"
    HOLIDAY = "holiday"


class BlockScope(str, Enum):
    """Whom a blocked period concerns; a unit is concerned as host, co-host or owner of the place."""

    ALL = "all"
    UNIT = "unit"
    PLACE = "place"
    CAMPAIGN = "campaign"


class GapBy(str, Enum):
    """Between which events of a campaign a gap rule keeps its distance."""

    CAMPAIGN = "campaign"
    PLACE = "place"
    HOST = "host"


class Per(str, Enum):
    """What a capacity rule counts over: a date and half, or a whole date."""

    SLOT = "slot"
    DAY = "day"


class Block(NamedTuple):
    """停排: nothing in ``scope`` (of ``target``; "" for all) in ``period``; ``half`` None: both."""

    key: str
    scope: BlockScope
    target: str
    period: Period
    half: str | None = None
    reason: str = ""


class PlanUnit(NamedTuple):
    """A unit, engaged at most once per date and half and ``week_cap`` times an ISO week (None: any).

    Not ``exclusive``: any number of times at once (clash relaxed, for explanations).
    """

    key: str
    name: str
    week_cap: int | None = None
    exclusive: bool = True


class PlanPlace(NamedTuple):
    """A place for ``capacity`` events at a time (None: any number); ``unit`` owns it and is engaged too."""

    key: str
    name: str
    capacity: int | None = 1
    unit: str | None = None


class PlanCampaign(NamedTuple):
    """A series of events that takes place on days of ``day_kinds`` only."""

    key: str
    name: str
    district: str
    day_kinds: tuple[DayKind, ...]


class Placement(NamedTuple):
    """Where an event stands; ``host`` and ``place`` None where the event has none."""

    event: str
    day: date
    half: str
    host: str | None
    place: str | None


class PlanEvent(NamedTuple):
    """One event to be placed in ``period``: exactly once if ``required``, else at most once.

    Empty ``hosts`` or ``places``: it needs none. ``value`` weighs an optional event left out.
    ``avoid_weekdays`` 0 (Monday) to 6; ``preferred_calendar`` names an entry of ``PlanProblem.calendars``.
    """

    key: str
    title: str
    campaign: str
    required: bool
    value: int
    period: Period
    hosts: tuple[str, ...]
    places: tuple[str, ...]
    halves: tuple[str, ...]
    co_hosts: tuple[str, ...] = ()
    attributes: tuple[tuple[str, str], ...] = ()
    preferred_half: str | None = None
    avoid_weekdays: tuple[int, ...] = ()
    preferred_calendar: str | None = None
    pinned: Placement | None = None


class FixedEvent(NamedTuple):
    """An event of the year that stays as it is: it takes room and is counted, never judged.

    ``slots`` (date, half) that it occupies, the first one being where it counts; ``units`` engaged,
    ``host`` the one whose load it counts for. Not part of the bare format.
    """

    key: str
    title: str
    campaign: str
    slots: tuple[tuple[date, str], ...]
    units: tuple[str, ...]
    host: str | None
    place: str | None
    attributes: tuple[tuple[str, str], ...] = ()


class CountFilter(NamedTuple):
    """Which events a count rule counts; empty fields ask nothing."""

    attributes: tuple[tuple[str, str], ...] = ()
    hosts: tuple[str, ...] = ()
    places: tuple[str, ...] = ()
    day_kinds: tuple[DayKind, ...] = ()


class CountRule(NamedTuple):
    """The number of matching events of ``campaigns`` in ``period`` lies between the bounds (None: open)."""

    key: str
    name: str
    campaigns: tuple[str, ...]
    where: CountFilter
    period: Period
    minimum: int | None
    maximum: int | None


class GapRule(NamedTuple):
    """Two events of ``campaign`` (with the same place or host, as ``by`` says) are ``min_days`` apart."""

    key: str
    name: str
    campaign: str
    by: GapBy
    min_days: int


class CapacityRule(NamedTuple):
    """At most ``maximum`` events of ``campaigns`` per slot or day."""

    key: str
    name: str
    campaigns: tuple[str, ...]
    per: Per
    maximum: int


Rule = CountRule | GapRule | CapacityRule


class PlanMeeting(NamedTuple):
    """A meeting that takes up to ``max_items`` decisions of its district."""

    key: str
    district: str
    day: date
    max_items: int


class PlanDecision(NamedTuple):
    """A decision for one meeting of its district in ``period``, with ``representatives`` of ``group``."""

    key: str
    title: str
    district: str
    group: str
    period: Period
    representatives: int


class Representative(NamedTuple):
    """Somebody who can be asked: at most ``max_items`` decisions, different meetings ``min_gap_days`` apart."""

    key: str
    district: str
    group: str
    max_items: int
    min_gap_days: int
    away: tuple[Period, ...] = ()


class Weights(NamedTuple):
    """What one event out of order costs; ``unplaced`` is a percentage of the event's value."""

    unplaced: int = 100
    half: int = 1
    weekday_avoid: int = 1
    vacation: int = 30


class LoadTerm(NamedTuple):
    """Events of ``campaigns`` hosted by each of ``units``: weight × distance from [low, high]."""

    key: str
    campaigns: tuple[str, ...]
    units: tuple[str, ...]
    low: int
    high: int
    weight: int


class CoverTerm(NamedTuple):
    """Events of ``campaign`` at each of ``places``: weight × distance from [low, high]."""

    key: str
    campaign: str
    places: tuple[str, ...]
    low: int
    high: int
    weight: int


class CrowdTerm(NamedTuple):
    """Events that engage each of ``units`` in each calendar month: weight × excess over ``high``."""

    key: str
    units: tuple[str, ...]
    high: int
    weight: int


class MonthTerm(NamedTuple):
    """Events of ``campaigns`` in each calendar month of the horizon: weight × distance from [low, high]."""

    key: str
    campaigns: tuple[str, ...]
    low: int
    high: int
    weight: int


class WeekdayTerm(NamedTuple):
    """Events of ``campaigns`` on each weekday, Monday to Friday: weight × excess over ``high``."""

    key: str
    campaigns: tuple[str, ...]
    high: int
    weight: int


class SpreadTerm(NamedTuple):
    """For the ``days`` days from each day of the horizon on: weight × (events of ``campaign`` − 1), if positive."""

    key: str
    campaign: str
    days: int
    weight: int


SoftTerm = LoadTerm | CoverTerm | CrowdTerm | MonthTerm | WeekdayTerm | SpreadTerm


class KeepWeights(NamedTuple):
    """What it costs to change one thing of an event of the old plan; ``half`` only on the same day."""

    day: int = 20
    half: int = 5
    host: int = 10
    place: int = 10
    drop: int = 40


class PlanProblem(NamedTuple):
    """Everything there is to plan. Keys are unique in their list; references are by key."""

    name: str
    horizon: Period
    halves: tuple[str, ...]
    day_kinds: Mapping[date, DayKind]
    calendars: Mapping[str, tuple[Period, ...]]
    blocks: tuple[Block, ...]
    units: tuple[PlanUnit, ...]
    places: tuple[PlanPlace, ...]
    campaigns: tuple[PlanCampaign, ...]
    events: tuple[PlanEvent, ...]
    rules: tuple[Rule, ...]
    meetings: tuple[PlanMeeting, ...] = ()
    decisions: tuple[PlanDecision, ...] = ()
    representatives: tuple[Representative, ...] = ()
    weights: Weights = Weights()
    soft: tuple[SoftTerm, ...] = ()
    baseline: tuple[Placement, ...] | None = None
    keep: KeepWeights = KeepWeights()
    fixed: tuple[FixedEvent, ...] = ()
    max_moves: int | None = None
    """At most so many events of the baseline may change (day, half, host, place or dropped); None: any."""


class DecisionPlacement(NamedTuple):
    """At which meeting a decision stands and who is asked."""

    decision: str
    meeting: str
    representatives: tuple[str, ...]


class Plan(NamedTuple):
    """Placements in the order of the problem's events, decisions in the order of its decisions."""

    placements: tuple[Placement, ...]
    decisions: tuple[DecisionPlacement, ...] = ()


class Status(str, Enum):
    """可行 / 未找到 / 已证不可行: without a proof never 不可行."""

    FEASIBLE = "feasible"
    NOT_FOUND = "not_found"
    INFEASIBLE = "infeasible"


class Solution(NamedTuple):
    """What the search found. ``plan`` holds what can be placed, whatever the status.

    ``cost`` the soft cost (the terms of ``cost_by_term`` summed), ``keep_cost`` and ``moved`` against the
    baseline (0 without one), ``bound`` a proved lower bound of ``cost`` (None: none), ``unplaced`` keys of
    events left out, ``unmet`` ids of hard constraints still short (``required:…``, ``rule:…``, ``decision:…``),
    ``effort`` operations spent.
    """

    status: Status
    plan: Plan
    cost: int
    cost_by_term: tuple[tuple[str, int], ...]
    bound: int | None
    keep_cost: int
    moved: int
    unplaced: tuple[str, ...]
    unmet: tuple[str, ...]
    effort: int
    seed: int
