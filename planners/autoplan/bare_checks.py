"""裸格式的核对：编号不重复，引用都在，时段不空，同一条不自相矛盾。"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from typing import Any

from models.domain.codec import Problem as Fault
from models.domain.periods import Period
from planners.autoplan.problem import (
    BlockScope,
    CapacityRule,
    CountRule,
    CoverTerm,
    CrowdTerm,
    DayKind,
    GapRule,
    LoadTerm,
    MonthTerm,
    PlanCampaign,
    PlanEvent,
    PlanProblem,
    Rule,
    SoftTerm,
    SpreadTerm,
    WeekdayTerm,
)

_TERM_LISTS: dict[type, str] = {
    LoadTerm: "load",
    CoverTerm: "cover",
    CrowdTerm: "crowd",
    MonthTerm: "month",
    WeekdayTerm: "weekday",
    SpreadTerm: "spread",
}


def contradictions(problem: PlanProblem, plain: dict[str, Any]) -> list[Fault]:
    """What of a well-formed problem contradicts itself or refers to nothing; ``plain`` is what it was read from."""
    return list(_Checks(problem, plain).all())


class _Checks:
    def __init__(self, problem: PlanProblem, plain: dict[str, Any]) -> None:
        self._problem = problem
        self._plain = plain
        self._units = {unit.key for unit in problem.units}
        self._places = {place.key for place in problem.places}
        self._campaigns = {campaign.key: campaign for campaign in problem.campaigns}
        self._halves = set(problem.halves)
        self._days: dict[frozenset[DayKind], list[date]] = {}

    def all(self) -> Iterator[Fault]:
        yield from self._repeated_keys()
        yield from self._empty_periods()
        yield from self._blocks()
        for number, place in enumerate(self._problem.places):
            if place.unit is not None:
                yield from self._unknown(
                    self._units, (place.unit,), f"places[{number}].unit", "单位", "units"
                )
        for number, campaign in enumerate(self._problem.campaigns):
            if not campaign.day_kinds:
                yield Fault(
                    f"campaigns[{number}].day_kinds", [], "一种日别也没有，哪天都不能排，请至少写一种"
                )
        for number, event in enumerate(self._problem.events):
            yield from self._event(event, f"events[{number}]")
        yield from _clashing_pins(self._problem)
        for number, rule in enumerate(self._problem.rules):
            yield from self._rule(rule, number)
        yield from self._soft()
        yield from self._districts()
        yield from self._baseline()

    # keys and references

    def _repeated_keys(self) -> Iterator[Fault]:
        problem = self._problem
        lists: dict[str, Sequence[Any]] = {
            "blocked": problem.blocks,
            "units": problem.units,
            "places": problem.places,
            "campaigns": problem.campaigns,
            "events": problem.events,
            "rules": problem.rules,
            "meetings": problem.meetings,
            "decisions": problem.decisions,
            "reps": problem.representatives,
        }
        for name, items in lists.items():
            seen: dict[str, int] = {}
            for number, item in enumerate(items):
                first = seen.setdefault(item.key, number)
                if first != number:
                    yield Fault(
                        f"{name}[{number}].id", item.key, f"编号与 {name}[{first}] 重复，请改成另一个编号"
                    )

    @staticmethod
    def _unknown(
        known: Iterable[str], keys: Sequence[str], place: str, what: str, listed: str, *, many: bool = False
    ) -> Iterator[Fault]:
        for number, key in enumerate(keys):
            if key not in known:
                where = f"{place}[{number}]" if many else place
                yield Fault(where, key, f"没有编号为它的{what}，请改正编号或在 {listed} 里补上")

    def _unknown_units(self, keys: Sequence[str], place: str) -> Iterator[Fault]:
        return self._unknown(self._units, keys, place, "单位", "units", many=True)

    def _unknown_places(self, keys: Sequence[str], place: str) -> Iterator[Fault]:
        return self._unknown(self._places, keys, place, "场所", "places", many=True)

    def _unknown_campaigns(self, keys: Sequence[str], entry: Any, place: str) -> Iterator[Fault]:
        """Campaigns of a rule or term, which is written with one or several."""
        listed = isinstance(entry.get("campaigns"), list)
        name = "campaigns" if entry.get("campaigns") is not None else "campaign"
        return self._unknown(self._campaigns, keys, f"{place}.{name}", "活动系列", "campaigns", many=listed)

    # periods

    def _empty_periods(self) -> Iterator[Fault]:
        for name in ("blocked", "events", "rules", "decisions"):
            for number, entry in enumerate(self._plain.get(name) or ()):
                if name == "rules" and entry["type"] != "count":
                    continue
                first, last = entry["from"], entry["to"]
                if last < first:
                    why = f"时段是空的：最后一天早于第一天 {first}，请改正日期"
                    yield Fault(f"{name}[{number}].to", last, why)

    def _blocks(self) -> Iterator[Fault]:
        for number, block in enumerate(self._problem.blocks):
            place = f"blocked[{number}]"
            target = (block.target,)
            if block.scope is BlockScope.UNIT:
                yield from self._unknown(self._units, target, f"{place}.scope.unit", "单位", "units")
            elif block.scope is BlockScope.PLACE:
                yield from self._unknown(self._places, target, f"{place}.scope.place", "场所", "places")
            elif block.scope is BlockScope.CAMPAIGN:
                yield from self._unknown(
                    self._campaigns, target, f"{place}.scope.campaign", "活动系列", "campaigns"
                )
            if block.half is not None:
                yield from self._unknown(self._halves, (block.half,), f"{place}.half", "时段", "halves")

    # events

    def _event(self, event: PlanEvent, place: str) -> Iterator[Fault]:
        faults = [
            *self._unknown(self._campaigns, (event.campaign,), f"{place}.campaign", "活动系列", "campaigns"),
            *self._unknown_units(event.hosts, f"{place}.hosts"),
            *self._unknown_places(event.places, f"{place}.places"),
            *self._unknown_units(event.co_hosts, f"{place}.co_hosts"),
            *self._unknown(self._halves, event.halves, f"{place}.halves", "时段", "halves", many=True),
        ]
        if event.preferred_half is not None:
            halves = (event.preferred_half,)
            faults += self._unknown(self._halves, halves, f"{place}.pref_half", "时段", "halves")
        if event.preferred_calendar is not None:
            calendar = (event.preferred_calendar,)
            faults += self._unknown(
                self._problem.calendars, calendar, f"{place}.prefer_calendar", "日历", "calendars"
            )
        yield from faults
        if not faults and event.period.first < event.period.end:
            yield from self._window(event, place)
            yield from _broken_pins(self._problem, event, self._campaigns[event.campaign], place)

    def _window(self, event: PlanEvent, place: str) -> Iterator[Fault]:
        window, horizon = event.period, self._problem.horizon
        shown = [str(window.first), str(window.last)]
        cut = Period(max(window.first, horizon.first), min(window.end, horizon.end))
        if cut.end <= cut.first:
            why = f"窗口 {shown[0]}—{shown[1]} 整个在排期范围 {horizon.first}—{horizon.last} 之外，请改正日期"
            yield Fault(f"{place}.from", shown[0], why)
            return
        kinds = self._campaigns[event.campaign].day_kinds
        if kinds and not self._has_day(kinds, cut):
            words = "、".join(kind.value for kind in kinds)
            why = f"窗口 {shown[0]}—{shown[1]} 里没有一天是它的系列可排的日别（{words}），请放宽窗口或日别"
            yield Fault(f"{place}.from", shown[0], why)

    def _has_day(self, kinds: Iterable[DayKind], period: Period) -> bool:
        """Whether a day of these kinds lies in ``period``."""
        wanted = frozenset(kinds)
        if wanted not in self._days:
            self._days[wanted] = sorted(
                day for day, kind in self._problem.day_kinds.items() if kind in wanted
            )
        days = self._days[wanted]
        at = bisect_left(days, period.first)
        return at < len(days) and days[at] < period.end

    # rules and soft terms

    def _rule(self, rule: Rule, number: int) -> Iterator[Fault]:
        place = f"rules[{number}]"
        entry = self._plain["rules"][number]
        if isinstance(rule, GapRule):
            yield from self._unknown_campaigns((rule.campaign,), entry, place)
            return
        yield from self._unknown_campaigns(rule.campaigns, entry, place)
        if isinstance(rule, CapacityRule):
            return
        assert isinstance(rule, CountRule)
        yield from self._unknown_units(rule.where.hosts, f"{place}.where.host_in")
        yield from self._unknown_places(rule.where.places, f"{place}.where.place_in")
        if rule.minimum is not None and rule.maximum is not None and rule.minimum > rule.maximum:
            yield Fault(f"{place}.min", rule.minimum, f"最少多于最多 {rule.maximum}，请改正其中一个")

    def _soft(self) -> Iterator[Fault]:
        counted = dict.fromkeys(_TERM_LISTS, 0)
        seen: dict[tuple[type, str], str] = {}
        for term in self._problem.soft:
            name, number = _TERM_LISTS[type(term)], counted[type(term)]
            counted[type(term)] += 1
            place = f"soft.{name}[{number}]"
            first = seen.setdefault((type(term), term.key), place)
            if first != place:
                yield Fault(f"{place}.id", term.key, f"编号与 {first} 重复，请改成另一个编号")
            yield from self._term(term, self._plain["soft"][name][number], place)

    def _term(self, term: SoftTerm, entry: Any, place: str) -> Iterator[Fault]:
        if isinstance(term, CrowdTerm | LoadTerm):
            yield from self._unknown_units(term.units, f"{place}.units")
        if isinstance(term, CoverTerm):
            yield from self._unknown_places(term.places, f"{place}.places")
        if isinstance(term, CoverTerm | SpreadTerm):
            yield from self._unknown_campaigns((term.campaign,), entry, place)
        elif not isinstance(term, CrowdTerm):
            yield from self._unknown_campaigns(term.campaigns, entry, place)
        if isinstance(term, LoadTerm | CoverTerm | MonthTerm) and term.low > term.high:
            yield Fault(f"{place}.lo", term.low, f"下限高于上限 {term.high}，请改正其中一个")
        if isinstance(term, SpreadTerm) and term.days < 1:
            yield Fault(f"{place}.days", term.days, "至少 1 天")

    # decisions, baseline

    def _districts(self) -> Iterator[Fault]:
        """A decision without meeting or representative in its district can only be a misspelling."""
        problem = self._problem
        named = {campaign.district for campaign in problem.campaigns}
        for name in ("units", "places"):
            named |= {
                entry["district"]
                for entry in self._plain.get(name) or ()
                if isinstance(entry.get("district"), str)
            }
        deciding = {decision.district for decision in problem.decisions}
        meeting = {item.district for item in problem.meetings}
        lists: tuple[tuple[str, Sequence[Any], set[str]], ...] = (
            ("meetings", problem.meetings, named | deciding),
            ("decisions", problem.decisions, named | meeting),
            ("reps", problem.representatives, named | deciding),
        )
        for name, items, known in lists:
            for number, item in enumerate(items):
                if item.district not in known:
                    why = "别处没有这个区，请改正，使会议、决策、代表与活动系列的区一致"
                    yield Fault(f"{name}[{number}].district", item.district, why)

    def _baseline(self) -> Iterator[Fault]:
        events = {event.key for event in self._problem.events}
        seen: set[str] = set()
        for number, kept in enumerate(self._problem.baseline or ()):
            place = f"baseline[{number}]"
            if kept.event in seen:
                yield Fault(f"{place}.event", kept.event, "同一活动出现两次，请删去一处")
            seen.add(kept.event)
            yield from self._unknown(events, (kept.event,), f"{place}.event", "活动", "events")
            yield from self._unknown(self._halves, (kept.half,), f"{place}.half", "时段", "halves")
            if kept.host is not None:
                yield from self._unknown(self._units, (kept.host,), f"{place}.host", "单位", "units")
            if kept.place is not None:
                yield from self._unknown(self._places, (kept.place,), f"{place}.place", "场所", "places")


def _broken_pins(
    problem: PlanProblem, event: PlanEvent, campaign: PlanCampaign, place: str
) -> Iterator[Fault]:
    """What of the event's pin its own window, halves and options do not allow; ``place`` is the event's."""
    pin = event.pinned
    if pin is None:
        return
    place = f"{place}.pinned"
    day = str(pin.day)
    kind = problem.day_kinds.get(pin.day)
    window = f"{event.period.first}—{event.period.last}"
    if pin.day not in event.period:
        yield Fault(f"{place}.date", day, f"固定在窗口 {window} 之外，请改正日期或窗口")
    elif pin.day not in problem.horizon:
        yield Fault(f"{place}.date", day, "固定在排期范围之外，请改正日期或排期范围")
    elif kind not in campaign.day_kinds:
        words = "、".join(allowed.value for allowed in campaign.day_kinds)
        what = f"这一天是 {kind.value}" if kind else "days 里没有这一天"
        yield Fault(f"{place}.date", day, f"{what}，系列“{campaign.key}”只排 {words}，请改正")
    if pin.half not in event.halves:
        words = "、".join(event.halves)
        yield Fault(f"{place}.half", pin.half, f"不在这项活动可用的时段（{words}）里，请改正")
    for name, key, options, what in (
        ("host", pin.host, event.hosts, "牵头单位"),
        ("place", pin.place, event.places, "场所"),
    ):
        if key is None and options:
            yield Fault(f"{place}.{name}", None, f"固定时要写明{what}，请在 {name}s 里选一个")
        elif key is not None and key not in options:
            yield Fault(f"{place}.{name}", key, f"不在这项活动可选的{what}（{name}s）里，请改正")


def _clashing_pins(problem: PlanProblem) -> Iterator[Fault]:
    """Pins of required events that engage one unit in the same date and half."""
    owners = {place.key: place.unit for place in problem.places}
    taken: dict[tuple[object, str, str], int] = {}
    for number, event in enumerate(problem.events):
        pin = event.pinned
        if pin is None or not event.required:
            continue
        units = dict.fromkeys((pin.host, *event.co_hosts, owners.get(pin.place or "")))
        for unit in units:
            if unit is None:
                continue
            first = taken.setdefault((pin.day, pin.half, unit), number)
            if first != number:
                why = f"单位“{unit}”在 {pin.day} {pin.half} 已被 events[{first}] 的固定占用，请改动其中一项"
                yield Fault(f"events[{number}].pinned", str(pin.day), why)
                break
