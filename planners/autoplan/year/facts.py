"""排一年要知道的事实：范围、检查结果、工作日、各类单位，以及哪些活动不许动。"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta
from functools import cached_property

from models.domain.events import Campaign, Event, EventStatus
from models.domain.periods import Period, year_period
from models.domain.rules import Rule, RuleKind, RuleSet
from models.domain.snapshot import ItemKind, YearSnapshot
from models.domain.units import School, Unit, UnitKind
from planners.checks import check_year
from planners.checks.context import CheckContext
from planners.proposals import Conditions
from planners.results import Cell, YearCheck
from planners.school_terms import BreakDays, school_breaks

PLANNED_CAMPAIGNS = (
    Campaign.LECTURE,
    Campaign.PARK,
    Campaign.COMMUNITY,
    Campaign.CAMPUS,
    Campaign.OPEN_MONTH,
)
"""What is planned; a 科创问政 zone follows its meeting, and meetings are other people's."""


class YearFacts:
    """The year as of ``today``, under its rule set, and what the user asks of the run."""

    def __init__(
        self,
        snapshot: YearSnapshot,
        today: date,
        ruleset: RuleSet,
        conditions: Conditions,
        check: YearCheck | None = None,
    ) -> None:
        self.snapshot = snapshot
        self.today = today
        self.ruleset = ruleset
        self.conditions = conditions
        self.check = check or check_year(snapshot, today, ruleset)
        self.context = CheckContext(snapshot, today, ruleset)
        self.workdays = self.context.workdays
        year = year_period(snapshot.year)
        first = max(year.first, today + timedelta(days=1), conditions.first or year.first)
        last = min(year.last, conditions.last or year.last)
        self.year = year
        self.scope = Period(first, max(first, last + timedelta(days=1)))
        """The days on which something may be placed; empty where none is left."""
        self.campaigns = tuple(
            c for c in PLANNED_CAMPAIGNS if not conditions.campaigns or c in conditions.campaigns
        )

    def units_of(self, kind: UnitKind) -> tuple[Unit, ...]:
        """The year's units of a kind, in their order."""
        return self._by_kind.get(kind, ())

    @cached_property
    def _by_kind(self) -> dict[UnitKind, tuple[Unit, ...]]:
        return {kind: tuple(u for u in self.snapshot.units if u.kind is kind) for kind in UnitKind}

    @cached_property
    def unit_names(self) -> dict[str, str]:
        """Key by name and alias."""
        found: dict[str, str] = {}
        for unit in self.snapshot.units:
            for name in (*unit.aliases, unit.name):
                found[name] = unit.key
        return found

    def place_name(self, key: str) -> str:
        """The name of a 街镇, park or school."""
        school = self.snapshot.item(ItemKind.SCHOOL, key)
        return school.name if isinstance(school, School) else self.snapshot.unit_name(key)

    def cut(self, period: Period) -> Period:
        """What lies of ``period`` within the scope; empty where nothing does."""
        first = max(period.first, self.scope.first)
        return Period(first, max(first, min(period.end, self.scope.end)))

    def within_year(self, period: Period) -> Period:
        """What lies of ``period`` within the year."""
        return Period(max(period.first, self.year.first), min(period.end, self.year.end))

    def rule(self, cell: Cell) -> Rule:
        """The rule of a cell, as it was when the period of the cell began."""
        return self.ruleset.rule_on(cell.rule, cell.first)

    def cells(self, campaign: Campaign) -> Iterable[tuple[Rule, Cell]]:
        """The cells of the rules that count a campaign, with their rule."""
        rules = {
            rule.code: rule
            for rule in self.ruleset.rules
            if rule.kind is RuleKind.FREQUENCY and rule.campaigns and rule.campaigns[0] is campaign
        }
        return ((self.rule(cell), cell) for cell in self.check.cells if cell.rule in rules)

    @cached_property
    def school_breaks(self) -> BreakDays:
        """The days on which schools are shut: as entered, else the months of the rule set."""
        settings = dict(self.snapshot.year_row.settings)
        return BreakDays(school_breaks(self.snapshot.year, settings, self.ruleset))

    def closed(self, campaign: Campaign) -> frozenset[date]:
        """Days on which nothing of a campaign may be planned, whoever holds it."""
        return self._closed[campaign]

    @cached_property
    def _closed(self) -> dict[Campaign, frozenset[date]]:
        more = frozenset(self.conditions.blocked)
        return {campaign: days | more for campaign, days in self.context.blocked_days.items()}

    def is_free_to_move(self, event: Event) -> bool:
        """Whether 已排 event may be moved when the user allows it: ahead, dated, not locked, not released."""
        stamp = self.snapshot.stamps.get(event.key)
        return (
            event.status is EventStatus.PLANNED
            and event.campaign in self.campaigns
            and event.is_timed
            and event.day in self.scope
            and not event.pinned
            and event.host_event is None
            and not (stamp and stamp.exported)
        )

    def waiting(self, campaign: Campaign) -> list[Event]:
        """Events that wait for a day: 已延期 first, then 已排 or 草拟 ones without a date."""
        undated = (EventStatus.PLANNED, EventStatus.DRAFT)
        events = [e for e in self.snapshot.events if e.campaign is campaign and not e.pinned]
        return [e for e in events if e.status is EventStatus.POSTPONED] + [
            e for e in events if e.starts_at is None and e.status in undated
        ]
