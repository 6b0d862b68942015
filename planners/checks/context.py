"""一次检查所用的一切：快照、今天、规则集，以及按工作线与月份分好的活动。"""

from bisect import bisect_left, insort
from collections import defaultdict
from collections.abc import Mapping
from datetime import date, datetime, time, timedelta
from functools import cached_property, lru_cache
from operator import attrgetter
from typing import NamedTuple

from models.domain.attendance import Invitation, Opinion, reserve_keys
from models.domain.dated_settings import year_on
from models.domain.events import DAILY, FORECAST_STATUSES, Campaign, Event, EventStatus
from models.domain.periods import Period
from models.domain.rules import Rule, RuleSet
from models.domain.setting_names import EXPLANATION, LEAD_WORKDAYS, SOON_WORKDAYS, WEEK_LIMIT
from models.domain.snapshot import YearSnapshot
from models.domain.workdays import Workdays, workdays_of
from models.domain.year import Setting
from planners.results import FindingState

CAMPAIGNS = tuple(Campaign)


class Run(NamedTuple):
    """Days on end in one month (0 outside the year) and one week of the year (-1 outside its weeks)."""

    start: datetime
    month: int
    week: int


@lru_cache(maxsize=8)
def year_runs(year: int) -> tuple[Run, ...]:
    """The runs of a year, the days before and after it first and last, closed by an unreachable one."""
    base, weeks = first_monday(year), week_count(year)
    edges = {date.fromordinal(base + 7 * week) for week in range(weeks + 1)}
    edges |= {date(year, month, 1) for month in range(1, 13)} | {date(year + 1, 1, 1)}
    runs = [Run(datetime(1, 1, 1), 0, -1)]
    for day in sorted(edges):
        week = (day.toordinal() - base) // 7
        start = datetime.combine(day, time())
        runs.append(Run(start, day.month if day.year == year else 0, week if week < weeks else -1))
    return (*runs, Run(datetime(9999, 12, 31), 0, -1))


def first_monday(year: int) -> int:
    """The ordinal of the Monday on or before 1 January."""
    new_year = date(year, 1, 1)
    return new_year.toordinal() - new_year.weekday()


def week_count(year: int) -> int:
    """How many ISO weeks touch the year."""
    return (date(year, 12, 31).toordinal() - first_monday(year)) // 7 + 1


class CheckContext:
    """Facts arranged for one run of the checks; built once, read by every check."""

    def __init__(self, snapshot: YearSnapshot, today: date, ruleset: RuleSet) -> None:
        self.snapshot = snapshot
        self.today = today
        self.present = min(max(today, date(snapshot.year, 1, 1)), date(snapshot.year, 12, 31))
        """Today, or the day of the year next to it: readings of that day are those in force."""
        self.ruleset = ruleset.on(self.present)
        self.workdays: Workdays = workdays_of(snapshot)
        self.settings: Mapping[str, Setting] = dict(year_on(snapshot.year_row, today).settings)
        self.lead = ruleset.number(LEAD_WORKDAYS, self.settings)
        self.soon = ruleset.number(SOON_WORKDAYS, self.settings)
        self.week_limit = ruleset.number(WEEK_LIMIT, self.settings)
        self.estimated = not snapshot.holidays.announced
        self.exemptions: Mapping[str, str] = {entry.key: entry.reason for entry in snapshot.exemptions}
        self.explanations: Mapping[str, str] = {
            name.removeprefix(EXPLANATION): str(text)
            for name, text in self.settings.items()
            if name.startswith(EXPLANATION)
        }
        self._year = snapshot.year
        self._base = first_monday(self._year)
        weeks = week_count(self._year)
        self.counted, self.coarse = self._counted()
        """The events that count (已排, 已确认, 已举办) by start: those with a day, and those known to a 旬, month or
        quarter, which stand on no day.
        """
        self.by_campaign: dict[Campaign, list[Event]] = {campaign: [] for campaign in CAMPAIGNS}
        self.by_month: dict[Campaign, list[list[Event]]] = {c: [[] for _ in range(13)] for c in CAMPAIGNS}
        """Months 1–12 of the year; 0 holds what starts in another year."""
        self.weeks: dict[Campaign, list[int]] = {campaign: [0] * weeks for campaign in CAMPAIGNS}
        self._bucket()

    def rule_on(self, rule: Rule, day: date) -> Rule:
        """``rule`` with the numbers that held on ``day``."""
        return self.ruleset.rule_on(rule.code, day) if self.ruleset.versions else rule

    def issued_on(self, day: date) -> date | None:
        """When the year's own document was issued, of those in force on ``day``; None while one is carried over."""
        ruleset = self.ruleset.on(day)
        in_year = not ruleset.carried_over and ruleset.issued_on.year == self.snapshot.year
        return ruleset.issued_on if in_year else None

    def week_limit_on(self, monday: date) -> int:
        """How many events a week that begins on ``monday`` may have."""
        if not self.ruleset.versions:
            return self.week_limit
        return self.ruleset.number(WEEK_LIMIT, dict(year_on(self.snapshot.year_row, monday).settings))

    def _counted(self) -> tuple[list[Event], list[Event]]:
        statuses = FORECAST_STATUSES
        events = self.snapshot.events
        counted = [event for event in events if event.starts_at is not None and event.status in statuses]
        counted.sort(key=attrgetter("starts_at"))
        coarse = [event for event in counted if event.precision not in DAILY and event.days]
        return [event for event in counted if event.precision in DAILY] if coarse else counted, coarse

    def _bucket(self) -> None:
        """One pass over the counted events, a run (one month and one ISO week) after the other."""
        runs = iter(year_runs(self._year))
        current, following = next(runs), next(runs)
        bucket: dict[Campaign, list[Event]] = defaultdict(list)
        for event in self.counted:
            if event.starts_at >= following.start:  # type: ignore[operator]
                self._close(bucket, current)
                bucket = defaultdict(list)
                while event.starts_at >= following.start:  # type: ignore[operator]
                    current, following = following, next(runs)
            bucket[event.campaign].append(event)
        self._close(bucket, current)
        for event in self.coarse:
            insort(self.by_campaign[event.campaign], event, key=attrgetter("starts_at"))

    def _close(self, bucket: Mapping[Campaign, list[Event]], run: Run) -> None:
        for campaign, events in bucket.items():
            self.by_campaign[campaign] += events
            self.by_month[campaign][run.month] += events
            if run.week >= 0:
                self.weeks[campaign][run.week] += len(events)

    def monday(self, week: int) -> date:
        """The Monday of the ``week``-th week (from 0) that touches the year."""
        return date.fromordinal(self._base + 7 * week)

    def week(self, week: int) -> list[Event]:
        """The counted events that start in the ``week``-th week, by start."""
        return self.counted[self._place(self.monday(week)) : self._place(self.monday(week + 1))]

    def on(self, day: date) -> list[Event]:
        """The counted events that start on ``day``, by start."""
        return self.counted[self._place(day) : self._place(day + timedelta(days=1))]

    def _place(self, day: date) -> int:
        """How many counted events start before ``day``."""
        return bisect_left(self.counted, datetime.combine(day, time()), key=attrgetter("starts_at"))

    @cached_property
    def unrecorded(self) -> list[Event]:
        """Counted events whose day has passed without a result (待登记)."""
        past = self.counted[: self._place(self.today)]
        past += [event for event in self.coarse if event.awaits_result(self.today)]
        return [event for event in past if event.status is not EventStatus.HELD]

    def events_in(self, campaign: Campaign, period: Period) -> list[Event]:
        """The counted events of a campaign that lie in a period of whole months of the year, by start."""
        first, last = period.first.month, period.last.month
        months = self.by_month[campaign]
        found = (
            months[first]
            if first == last
            else [event for month in months[first : last + 1] for event in month]
        )
        coarse = [event for event in self.coarse if event.campaign is campaign and event.lies_in(period)]
        return sorted([*found, *coarse], key=attrgetter("starts_at")) if coarse else found

    def workdays_left(self, last: date) -> int:
        """Working days from today (included) to ``last`` (included)."""
        return self.workdays.count(self.today, last + timedelta(days=1))

    def urgency(self, due: date) -> FindingState:
        """逾期 after ``due``, 有风险 within ``soon`` working days, else 待办."""
        if self.today > due:
            return FindingState.OVERDUE
        return FindingState.AT_RISK if self.workdays_left(due) <= self.soon else FindingState.OPEN

    def standing(self, rule: Rule, name: str, due: date) -> FindingState:
        """``urgency``, but 待办 whatever the day where the rule's number ``name`` is invented: it never decides."""
        return FindingState.OPEN if rule.invents(name) else self.urgency(due)

    @cached_property
    def meeting_days(self) -> Mapping[str, date]:
        """The day of each dated meeting."""
        return {m.key: m.starts_at.date() for m in self.snapshot.meetings if m.starts_at}

    @cached_property
    def lectured_policies(self) -> frozenset[str]:
        """The policy documents on which a counted 公开讲堂 is held."""
        return frozenset(event.policy for event in self.by_campaign[Campaign.LECTURE] if event.policy)

    @cached_property
    def invitations_by_decision(self) -> Mapping[str, list[Invitation]]:
        """The invitations to each decision."""
        found: dict[str, list[Invitation]] = defaultdict(list)
        for invitation in self.snapshot.invitations:
            found[invitation.decision].append(invitation)
        return found

    @cached_property
    def reserves(self) -> frozenset[str]:
        """The keys of the delegates who come only where somebody declines."""
        return reserve_keys(self.snapshot.delegates)

    @cached_property
    def opinions_by_decision(self) -> Mapping[str, list[Opinion]]:
        """The opinions on each decision."""
        found: dict[str, list[Opinion]] = defaultdict(list)
        for opinion in self.snapshot.opinions:
            found[opinion.decision].append(opinion)
        return found

    @cached_property
    def blocked_days(self) -> Mapping[Campaign, frozenset[date]]:
        """Days on which nothing of a campaign may be planned, whoever holds it."""
        days: dict[Campaign, set[date]] = {campaign: set() for campaign in CAMPAIGNS}
        for period in self.snapshot.blocked:
            if period.units or period.venues:
                continue
            for campaign in period.campaigns or CAMPAIGNS:
                days[campaign].update(period.days_near(self.snapshot.year))
        return {campaign: frozenset(found) for campaign, found in days.items()}


def number(rule: Rule, name: str, default: int | None = None) -> int:
    """The rule's whole-number parameter ``name``; ``default`` where the rule has none."""
    found = rule.named(name)
    if found is not None and isinstance(found.value, int):
        return int(found.value)
    if default is None:
        raise KeyError(f"{rule.code}: {name}")
    return default


def words(rule: Rule, name: str) -> tuple[str, ...]:
    """The entries of the rule's list parameter ``name`` (written 甲、乙、丙)."""
    return tuple(str(rule.parameter(name)).split("、"))
