"""每一项的理由：补哪条、间隔、单位负担、冲突、去处、休息日与估算；都从排好之后的整年读出。"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from datetime import date, timedelta

from models.domain.events import Campaign, Event
from models.domain.periods import quarter_of
from models.domain.rules import GroupKind
from models.domain.text import quoted
from planners import wording_plan
from planners.autoplan.year.customs import Customs
from planners.autoplan.year.facts import YearFacts
from planners.autoplan.year.halves import half_of
from planners.autoplan.year.needs import Need, short_cells
from planners.checks.conflicts import belong_together, overlap
from planners.proposals import Reason, ReasonKind
from planners.wording import cell_title, short_day

MOST_AVOIDED = 2
_SHORT_NAMES = {
    Campaign.LECTURE: "讲堂",
    Campaign.PARK: "园区",
    Campaign.COMMUNITY: "社区",
    Campaign.CAMPUS: "校区",
    Campaign.TECH_FORUM: "问政",
    Campaign.OPEN_MONTH: "开放日",
    Campaign.HOST_MEETING: "会议",
}


class Around:
    """The year as it would be with everything proposed: what stands near an event, who carries how much."""

    def __init__(self, facts: YearFacts, events: Sequence[Event]) -> None:
        self.facts = facts
        self.events = [event for event in events if event.counts_in_forecast]
        self._days: dict[Campaign, list[date]] = defaultdict(list)
        self._loads: Counter[tuple[str, int]] = Counter()
        self._weeks: dict[date, list[Event]] = defaultdict(list)
        for event in sorted(self.events, key=lambda e: (e.starts_at is None, e.starts_at, e.key)):
            day = event.day
            if day is None:
                continue
            self._days[event.campaign].append(day)
            self._weeks[day - timedelta(days=day.weekday())].append(event)
            self._loads.update((unit, quarter_of(day)) for unit in event.units if day in facts.year)

    def neighbours(self, campaign: Campaign, day: date) -> tuple[int | None, int | None]:
        """Days to the event before and after the one on ``day`` (itself on that day not counted)."""
        days = self._days[campaign]
        before, after = bisect_left(days, day), bisect_right(days, day)
        if after - before > 1:
            return 0, (days[after] - day).days if after < len(days) else None
        return (
            (day - days[before - 1]).days if before else None,
            (days[after] - day).days if after < len(days) else None,
        )

    def load(self, unit: str, quarter: int) -> int:
        """Events of a unit in a quarter."""
        return self._loads[unit, quarter]

    def week(self, day: date) -> list[Event]:
        """The events of the ISO week of ``day``."""
        return self._weeks[day - timedelta(days=day.weekday())]


def reasons_for(
    around: Around, customs: Mapping[Campaign, Customs], need: Need, event: Event
) -> tuple[Reason, ...]:
    """Why ``event`` stands where it stands, for the need it meets."""
    return (
        _rule(around.facts, need),
        *_place(around, need, event),
        *reasons_of_day(around, customs[need.campaign], event, need.hosts),
    )


def reasons_of_day(
    around: Around, customs: Customs, event: Event, hosts: Sequence[str] = (), *, asked: bool = False
) -> Iterator[Reason]:
    """What speaks of the day itself: spacing, load, conflicts, rest day, estimate.

    ``asked``: a person chose the day.
    """
    assert event.day is not None
    yield _spacing(around, customs, event)
    if event.units:
        yield _load(around, event, hosts)
    yield _conflict(around, event)
    yield from _rest_day(around.facts, customs, event.day, asked=asked)
    if around.facts.workdays.is_estimated(event.day):
        year = event.day.year
        yield Reason(ReasonKind.ESTIMATE, ReasonKind.ESTIMATE.label, wording_plan.estimate(year))


def _rule(facts: YearFacts, need: Need) -> Reason:
    cell = need.cell
    rule = facts.rule(cell)
    target = not need.required and cell.forecast >= cell.minimum
    title = wording_plan.demand_of(rule, cell, target=target)
    words = [wording_plan.filling(cell, facts.ruleset, target=target)]
    words += [f"也补“{cell_title(more, facts.ruleset)}”" for more in need.cells[1:]]
    head = "补缺" if need.required else "宜办"
    if need.label:
        return Reason(ReasonKind.RULE, f"宜办：{need.label}", "推动政府开放活动常态化，不只在 8 月")
    return Reason(ReasonKind.RULE, f"{head}：{title}", "；".join(dict.fromkeys(words)))


def _place(around: Around, need: Need, event: Event) -> Iterator[Reason]:
    facts = around.facts
    places = {
        Campaign.COMMUNITY: event.towns,
        Campaign.PARK: (event.park,) if event.park else (),
        Campaign.CAMPUS: event.schools,
    }.get(need.campaign, ())
    if not places:
        return
    name = facts.place_name(places[0])
    words = []
    if need.campaign is Campaign.COMMUNITY:
        short = {cell.group for cell in short_cells(facts, Campaign.COMMUNITY, GroupKind.TOWN)}
        words += [wording_plan.uncovered_town(name, len(short))] if name in short else []
    history = facts.conditions.history
    if history.years:
        words.append(
            wording_plan.visited_before(name, history.visited(need.campaign).get(name, 0), history.years)
        )
    if words:
        yield Reason(ReasonKind.PLACE, ReasonKind.PLACE.label, "；".join(words))


def _spacing(around: Around, customs: Customs, event: Event) -> Reason:
    assert event.starts_at is not None
    day = event.starts_at.date()
    words = [wording_plan.distances(*around.neighbours(event.campaign, day))]
    if day.weekday() in customs.weekdays and half_of(event.starts_at) == customs.half:
        words.append(wording_plan.habit_of((day.weekday(),), customs.half))
    return Reason(ReasonKind.SPACING, ReasonKind.SPACING.label, "；".join(words))


def _load(around: Around, event: Event, hosts: Sequence[str]) -> Reason:
    assert event.day is not None
    unit, quarter = event.units[0], quarter_of(event.day)
    own = max(1, around.load(unit, quarter))
    others = [around.load(host, quarter) for host in hosts if host != unit]
    rank = 1 + sum(load < own - 1 for load in others)
    among = len(others) + 1 if unit in hosts else 1
    name = around.facts.snapshot.unit_name(unit)
    text = wording_plan.load_of(name, quarter, own - 1, rank, among)
    return Reason(ReasonKind.LOAD, ReasonKind.LOAD.label, text)


def _conflict(around: Around, event: Event) -> Reason:
    assert event.day is not None
    if clashing := [other for other in around.events if _clash(event, other)]:
        names = "、".join(quoted(other.short or other.title) for other in clashing[:3])
        return Reason(ReasonKind.CONFLICT, "有冲突", f"同一时段、同一单位或场地已有{names}")
    week = around.week(event.day)
    own = [other for other in week if other.campaign is not Campaign.HOST_MEETING]
    near = [other for other in week if other.key != event.key and other.day != event.day and other.day]
    avoided = dict.fromkeys(
        f"{short_day(other.day)}{_SHORT_NAMES[other.campaign]}" for other in near if other.day
    )
    text = wording_plan.week_of(len(own), around.facts.check.week_limit, list(avoided)[:MOST_AVOIDED])
    return Reason(ReasonKind.CONFLICT, ReasonKind.CONFLICT.label, text)


def _clash(event: Event, other: Event) -> bool:
    if other.key == event.key or not event.is_timed or not other.is_timed:
        return False
    if not overlap(event, other) or belong_together(event, other):
        return False
    same_venue = event.venue is not None and event.venue == other.venue
    return same_venue or bool(set(event.units) & set(other.units))


def _rest_day(facts: YearFacts, customs: Customs, day: date, *, asked: bool) -> Iterator[Reason]:
    if not facts.workdays.is_workday(day):
        name = facts.workdays.name_of(day)
        text = wording_plan.rest_day(day, name, habit=customs.on_rest_days, asked=asked)
        yield Reason(ReasonKind.REST_DAY, ReasonKind.REST_DAY.label, text)
