"""一次检查所用的一切：快照、今天、规则集，以及按工作线与月份分好的活动。"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from datetime import date, timedelta
from functools import cached_property

from models.domain.events import FORECAST_STATUSES, Campaign, Event
from models.domain.periods import Period
from models.domain.rules import Rule, RuleSet
from models.domain.snapshot import YearSnapshot
from models.domain.workdays import Workdays, workdays_of
from models.domain.year import Setting
from planners.results import FindingState

SOON_WORKDAYS = 5
"""Deadlines of single papers and meetings become 有风险 within this many working days."""


class CheckContext:
    """Facts arranged for one run of the checks; built once, read by every check."""

    def __init__(self, snapshot: YearSnapshot, today: date, ruleset: RuleSet) -> None:
        self.snapshot = snapshot
        self.today = today
        self.ruleset = ruleset
        self.workdays: Workdays = workdays_of(snapshot)
        self.settings: Mapping[str, Setting] = dict(snapshot.year_row.settings)
        self.lead = self._number("lead_workdays", 20)
        self.week_limit = self._number("week_limit", 8)
        self.estimated = not snapshot.year_row.holidays.announced
        self.exemptions: Mapping[str, str] = {entry.key: entry.reason for entry in snapshot.exemptions}
        self.explanations: Mapping[str, str] = {
            name.removeprefix("explanation:"): str(text)
            for name, text in self.settings.items()
            if name.startswith("explanation:")
        }
        self.by_month, self.by_campaign, self.counted = self._bucketed()

    def _number(self, name: str, default: int) -> int:
        value = self.settings.get(name)
        return value if isinstance(value, int) and not isinstance(value, bool) else default

    def _bucketed(self) -> tuple[dict[Campaign, list[list[Event]]], dict[Campaign, list[Event]], list[Event]]:
        """Counted events by campaign and month (index 1–12) and by campaign; all that count, any day."""
        months: dict[Campaign, list[list[Event]]] = {
            campaign: [[] for _ in range(13)] for campaign in Campaign
        }
        campaigns: dict[Campaign, list[Event]] = {campaign: [] for campaign in Campaign}
        counted = []
        year = self.snapshot.year
        statuses = FORECAST_STATUSES
        for event in self.snapshot.events:
            starts_at = event.starts_at
            if starts_at is None or event.status not in statuses:
                continue
            counted.append(event)
            campaigns[event.campaign].append(event)
            if starts_at.year == year:
                months[event.campaign][starts_at.month].append(event)
        return months, campaigns, counted

    def events_in(self, campaign: Campaign, period: Period) -> list[Event]:
        """The counted events of a campaign in a period of whole months of the year."""
        first, last = period.first.month, period.last.month
        months = self.by_month[campaign]
        return (
            months[first]
            if first == last
            else [event for month in months[first : last + 1] for event in month]
        )

    def workdays_left(self, last: date) -> int:
        """Working days from today (included) to ``last`` (included)."""
        return self.workdays.count(self.today, last + timedelta(days=1))

    def urgency(self, due: date) -> FindingState:
        """逾期 after ``due``, 有风险 within a week of working days, else 待办."""
        if self.today > due:
            return FindingState.OVERDUE
        return FindingState.AT_RISK if self.workdays_left(due) <= SOON_WORKDAYS else FindingState.OPEN

    @cached_property
    def meeting_days(self) -> Mapping[str, date]:
        """The day of each dated meeting."""
        return {m.key: m.starts_at.date() for m in self.snapshot.meetings if m.starts_at}

    @cached_property
    def invitations_by_decision(self) -> Mapping[str, list[str]]:
        """Keys of the invitations to each decision."""
        found: dict[str, list[str]] = defaultdict(list)
        for invitation in self.snapshot.invitations:
            found[invitation.decision].append(invitation.key)
        return found

    @cached_property
    def blocked_days(self) -> Mapping[Campaign, frozenset[date]]:
        """Days on which nothing of a campaign may be planned, whoever holds it."""
        days: dict[Campaign, set[date]] = {campaign: set() for campaign in Campaign}
        for period in self.snapshot.blocked:
            if period.units or period.venues:
                continue
            span = [period.first + timedelta(days=n) for n in range((period.last - period.first).days + 1)]
            for campaign in period.campaigns or tuple(Campaign):
                days[campaign].update(span)
        return {campaign: frozenset(found) for campaign, found in days.items()}


def number(rule: Rule, name: str, default: int | None = None) -> int:
    """The rule's whole-number parameter ``name``; ``default`` where the rule has none."""
    for parameter in rule.parameters:
        if parameter.name == name and isinstance(parameter.value, int):
            return int(parameter.value)
    if default is None:
        raise KeyError(f"{rule.code}: {name}")
    return default


def words(rule: Rule, name: str) -> tuple[str, ...]:
    """The entries of the rule's list parameter ``name`` (written 甲、乙、丙)."""
    return tuple(str(rule.parameter(name)).split("、"))
