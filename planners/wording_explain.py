"""排不下的话：相争的约束、数出来的原因、各种放宽，一律用名称与日期说成中文。"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any

from models.domain.periods import Period
from models.domain.text import quoted
from planners.autoplan.constraint_ids import ConstraintKind, split_id
from planners.autoplan.loosening import Loosening
from planners.autoplan.precheck import Bottleneck, BottleneckCause
from planners.autoplan.problem import (
    Block,
    BlockScope,
    CapacityRule,
    CountRule,
    DayKind,
    GapRule,
    Per,
    Placement,
    PlanDecision,
    PlanEvent,
    PlanProblem,
    Representative,
    Rule,
)
from planners.wording import short_day

MOST_NAMES = 6
HALVES = {"AM": "上午", "PM": "下午"}
KINDS = {DayKind.WORKDAY: "工作日", DayKind.WEEKEND: "周末", DayKind.HOLIDAY: "节假日"}


def span_name(period: Period) -> str:
    """6月1日, 6月1日—6月30日."""
    if period.last <= period.first:
        return short_day(period.first)
    return f"{short_day(period.first)}—{short_day(period.last)}"


def half_name(half: str) -> str:
    """上午, 下午, else as it is written."""
    return HALVES.get(half, half)


def listed(names: Sequence[str]) -> str:
    """甲、乙、丙; with more than six the first of them and how many there are."""
    if len(names) <= MOST_NAMES:
        return "、".join(names)
    return f"{'、'.join(names[: MOST_NAMES - 1])}等 {len(names)} 项"


def rule_sentence(rule: Rule) -> str:
    """The rule's own name, with its figures where the name does not give them."""
    if isinstance(rule, GapRule):
        return _with_figure(rule.name, rule.min_days, f"相隔至少 {rule.min_days} 天")
    if isinstance(rule, CapacityRule):
        per = "每天" if rule.per is Per.DAY else "每半天"
        return _with_figure(rule.name, rule.maximum, f"{per}至多 {rule.maximum} 场")
    bounds = []
    if rule.minimum:
        bounds.append(f"至少 {rule.minimum} 场")
    if rule.maximum is not None:
        bounds.append(f"至多 {rule.maximum} 场")
    return f"“{rule.name}”（{span_name(rule.period)}{'、'.join(bounds)}）"


def _with_figure(name: str, figure: int, words: str) -> str:
    return quoted(name) if str(figure) in name else f"{quoted(name)}（{words}）"


class ProblemWords:
    """The names of a problem's things, and what its constraints ask, in words."""

    def __init__(self, problem: PlanProblem) -> None:
        self.problem = problem
        self._events = {event.key: event for event in problem.events}
        self._units = {unit.key: unit for unit in problem.units}
        self._places = {place.key: place for place in problem.places}
        self._campaigns = {campaign.key: campaign for campaign in problem.campaigns}
        self._blocks = {block.key: block for block in problem.blocks}
        self._rules = {rule.key: rule for rule in problem.rules}
        self._decisions = {decision.key: decision for decision in problem.decisions}
        self._meetings = {meeting.key: meeting for meeting in problem.meetings}
        self._persons = {person.key: person for person in problem.representatives}
        titles = [event.title for event in problem.events]
        self._twice = {title for title in titles if titles.count(title) > 1} if len(titles) < 500 else set()

    def event(self, key: str) -> str:
        """“title”, with its window where several events have it."""
        event = self._events[key]
        if event.title in self._twice:
            return f"{quoted(event.title)}（{span_name(event.period)}）"
        return quoted(event.title)

    def events(self, keys: Iterable[str]) -> str:
        """The titles, the first of them if there are many."""
        return listed([self.event(key) for key in keys])

    def unit(self, key: str) -> str:
        """The unit's name."""
        return self._units[key].name

    def place(self, key: str) -> str:
        """The place's name."""
        return self._places[key].name

    def window(self, key: str) -> Period:
        """When the event may take place."""
        return self._events[key].period

    def day_kinds(self, key: str) -> str:
        """On which days and halves an event of its series may stand."""
        event = self._events[key]
        kinds = "、".join(KINDS[kind] for kind in self._campaigns[event.campaign].day_kinds)
        halves = "、".join(half_name(half) for half in event.halves)
        return f"只排{kinds}{halves if len(event.halves) < len(self.problem.halves) else ''}"

    def moment(self, placement: Placement) -> str:
        """3月4日上午."""
        return f"{short_day(placement.day)}{half_name(placement.half)}"

    def pinned_moment(self, key: str) -> str:
        """When the event is pinned to."""
        pin = self._events[key].pinned
        assert pin is not None
        return self.moment(pin)

    def blocked_days(self, key: str) -> tuple[date, ...]:
        """The days of a block."""
        return self._blocks[key].period.days()

    def rule(self, key: str) -> Rule:
        """The rule with this key."""
        return self._rules[key]

    def decided(self, key: str) -> PlanDecision:
        """The decision with this key."""
        return self._decisions[key]

    def representative(self, key: str) -> Representative:
        """The representative with this key."""
        return self._persons[key]

    def meeting(self, key: str) -> str:
        """3月4日的会议."""
        return f"{short_day(self._meetings[key].day)}的会议"

    def decision(self, key: str) -> str:
        """“title”."""
        return f"“{self._decisions[key].title}”"

    def person(self, key: str) -> str:
        """The last part of the representative's key, which names them."""
        return key.rpartition(":")[2]

    def whom(self, block: Block) -> str:
        """Whom a blocked period concerns."""
        if block.scope is BlockScope.ALL:
            return "全部活动"
        if block.scope is BlockScope.UNIT:
            return self.unit(block.target)
        if block.scope is BlockScope.PLACE:
            return self.place(block.target)
        return f"“{self._campaigns[block.target].name}”"

    def block(self, key: str) -> str:
        """商务委6月2日—6月6日停排（培训）."""
        block = self._blocks[key]
        half = half_name(block.half) if block.half else ""
        reason = f"（{block.reason}）" if block.reason else ""
        return f"{self.whom(block)}{span_name(block.period)}{half}停排{reason}"

    def constraint(self, constraint: str) -> str:
        """What one constraint asks."""
        kind, key = split_id(constraint)
        if kind is ConstraintKind.REQUIRED:
            return f"{self.event(key)}必须举办"
        if kind is ConstraintKind.WINDOW:
            return f"{self.event(key)}限在{span_name(self._events[key].period)}"
        if kind is ConstraintKind.PINNED:
            return self._pin(self._events[key])
        if kind is ConstraintKind.BLOCKED:
            return self.block(key)
        if kind is ConstraintKind.CLASH:
            return f"{self.unit(key)}同一半天只能参加 1 场"
        if kind is ConstraintKind.WEEKCAP:
            return f"{self.unit(key)}每周至多 {self._units[key].week_cap} 场"
        if kind is ConstraintKind.PLACE:
            return f"{self.place(key)}同一半天至多 {self._places[key].capacity} 场"
        if kind is ConstraintKind.RULE:
            return rule_sentence(self._rules[key])
        return self._of_decisions(kind, key)

    def _pin(self, event: PlanEvent) -> str:
        pin = event.pinned
        assert pin is not None
        host = f"、由{self.unit(pin.host)}牵头" if pin.host in self._units and len(event.hosts) > 1 else ""
        place = f"、在{self.place(pin.place)}" if pin.place in self._places and len(event.places) > 1 else ""
        return f"{self.event(event.key)}已定在{self.moment(pin)}{host}{place}"

    def _of_decisions(self, kind: ConstraintKind, key: str) -> str:
        if kind is ConstraintKind.DECISION:
            decision = self._decisions[key]
            people = f"，请 {decision.representatives} 名{decision.group}" if decision.representatives else ""
            return f"{self.decision(key)}须在{span_name(decision.period)}上会{people}"
        if kind is ConstraintKind.MEETING:
            return f"{self.meeting(key)}至多 {self._meetings[key].max_items} 件"
        person = self._persons[key]
        parts = [f"至多 {person.max_items} 次"]
        if person.min_gap_days:
            parts.append(f"两次相隔至少 {person.min_gap_days} 天")
        parts += [f"{span_name(away)}不在" for away in person.away]
        return f"{self.person(key)}{'、'.join(parts)}"


def conflict_sentence(words: ProblemWords, rules: Sequence[str], bottleneck: Bottleneck | None) -> str:
    """One sentence on why ``rules`` cannot hold together; ``bottleneck`` is what counting says of them."""
    if bottleneck is None:
        return f"{listed_constraints(words, rules)}；这些要求不能同时做到。"
    if bottleneck.decisions:
        return _decision_sentence(words, rules, bottleneck)
    if bottleneck.cause is BottleneckCause.NO_SLOT:
        return _no_slot_sentence(words, rules, bottleneck.events[0])
    if bottleneck.cause is BottleneckCause.MINIMUM:
        return _minimum_sentence(words, rules, bottleneck)
    return _too_many_sentence(words, rules, bottleneck)


def listed_constraints(words: ProblemWords, rules: Sequence[str]) -> str:
    """All of the constraints in words, an event's own in one."""
    kinds = [split_id(rule) for rule in rules]
    required = {key for kind, key in kinds if kind is ConstraintKind.REQUIRED}
    windows = {key for kind, key in kinds if kind is ConstraintKind.WINDOW}
    own = (ConstraintKind.REQUIRED, ConstraintKind.WINDOW)
    parts = []
    for key in dict.fromkeys(key for kind, key in kinds if kind in own):
        when = f"在{span_name(words.window(key))}" if key in windows else ""
        parts.append(f"{words.event(key)}{'必须' if key in required else '只能'}{when}举办")
    parts += [words.constraint(rule) for rule, (kind, _) in zip(rules, kinds, strict=True) if kind not in own]
    return "；".join(parts)


def _others(words: ProblemWords, rules: Sequence[str], told: Sequence[ConstraintKind]) -> list[str]:
    """The constraints but those of kinds already told of."""
    return [words.constraint(rule) for rule in rules if split_id(rule)[0] not in told]


def _no_slot_sentence(words: ProblemWords, rules: Sequence[str], event: str) -> str:
    window = words.window(event)
    others = _others(words, rules, (ConstraintKind.REQUIRED, ConstraintKind.WINDOW))
    why = f"：{'；'.join([*others, words.day_kinds(event)])}" if others else f"：{words.day_kinds(event)}"
    return f"{words.event(event)}必须在{span_name(window)}举办，其间没有可排的半天{why}。"


def _too_many_sentence(words: ProblemWords, rules: Sequence[str], bottleneck: Bottleneck) -> str:
    periods = [words.window(event) for event in bottleneck.events]
    whole = Period(min(period.first for period in periods), max(period.end for period in periods))
    others = _others(words, rules, (ConstraintKind.REQUIRED, ConstraintKind.WINDOW))
    return (
        f"{span_name(whole)}有 {len(bottleneck.events)} 场必须举办的活动相争（{words.events(bottleneck.events)}），"
        f"而{'；'.join(others)}，至多排得下 {bottleneck.fits} 场。"
    )


def _minimum_sentence(words: ProblemWords, rules: Sequence[str], bottleneck: Bottleneck) -> str:
    first = words.constraint(bottleneck.constraints[0])
    rest = [rule for rule in rules if rule not in bottleneck.constraints]
    windows = [key for kind, key in map(split_id, rest) if kind is ConstraintKind.WINDOW]
    others = _others(words, rest, (ConstraintKind.WINDOW,))
    if windows:
        others.append(
            f"可算的 {len(windows)} 场各有期限（{words.events(windows)}）"
            if len(windows) > 2
            else "；".join(words.constraint(ConstraintKind.WINDOW.of(key)) for key in windows)
        )
    why = f"，而{'；'.join(others)}" if others else ""
    return f"{first}{why}，至多排得出 {bottleneck.fits} 场。"


def _decision_sentence(words: ProblemWords, rules: Sequence[str], bottleneck: Bottleneck) -> str:
    asked = "；".join(words.constraint(ConstraintKind.DECISION.of(key)) for key in bottleneck.decisions)
    others = "；".join(_others(words, rules, (ConstraintKind.DECISION,)))
    if bottleneck.cause is BottleneckCause.NO_MEETING:
        return f"{asked}，其间没有可上的会议{f'：{others}' if others else ''}。"
    if bottleneck.cause is BottleneckCause.MEETINGS:
        return f"{asked}；{others}，至多排得下 {bottleneck.fits} 件。"
    return f"{asked}，代表请不齐{f'：{others}' if others else ''}。"


def loosening_sentence(words: ProblemWords, step: Loosening) -> str:
    """What is to be loosened, and how far."""
    kind, key = split_id(step.constraint)
    value = dict(step.fields)
    if kind in (ConstraintKind.REQUIRED, ConstraintKind.WINDOW, ConstraintKind.PINNED):
        return _event_step(words, kind, key, value)
    if kind is ConstraintKind.BLOCKED:
        return _block_step(words, key, step.parts or ())
    if kind is ConstraintKind.RULE:
        return _rule_step(words, key, value)
    if kind is ConstraintKind.DECISION:
        return _decision_step(words, key, value)
    if kind is ConstraintKind.REP:
        return _person_step(words, key, value)
    return _limit_step(words, kind, key, value)


def _event_step(words: ProblemWords, kind: ConstraintKind, key: str, value: Mapping[str, Any]) -> str:
    name, window = words.event(key), words.window(key)
    if kind is ConstraintKind.REQUIRED:
        return f"{name}改为可办可不办"
    if kind is ConstraintKind.PINNED:
        return f"{name}不固定在{words.pinned_moment(key)}"
    period: Period = value["period"]
    if period.end > window.end:
        return f"{name}的期限延后到{short_day(period.last)}（原到{short_day(window.last)}）"
    return f"{name}提前到{short_day(period.first)}起（原从{short_day(window.first)}起）"


def _block_step(words: ProblemWords, key: str, parts: Sequence[Block]) -> str:
    if not parts:
        return f"取消“{words.block(key)}”"
    left = {day for block in parts for day in block.period.days()}
    free = [day for day in words.blocked_days(key) if day not in left]
    return f"“{words.block(key)}”让出{'、'.join(short_day(day) for day in free)}"


def _rule_step(words: ProblemWords, key: str, value: Mapping[str, Any]) -> str:
    rule = words.rule(key)
    if isinstance(rule, GapRule):
        return f"“{rule.name}”由至少 {rule.min_days} 天放宽为 {value['min_days']} 天"
    if isinstance(rule, CountRule) and "minimum" in value:
        return f"“{rule.name}”由至少 {rule.minimum} 场放宽为 {value['minimum']} 场"
    return f"“{rule.name}”由至多 {rule.maximum} 场放宽为 {value['maximum']} 场"


def _limit_step(words: ProblemWords, kind: ConstraintKind, key: str, value: Mapping[str, Any]) -> str:
    if kind is ConstraintKind.CLASH:
        return f"允许{words.unit(key)}同一半天参加多场"
    if kind is ConstraintKind.WEEKCAP:
        return f"{words.unit(key)}放宽为每周至多 {value['week_cap']} 场"
    if kind is ConstraintKind.PLACE:
        return f"{words.place(key)}同一半天放宽为 {value['capacity']} 场"
    return f"{words.meeting(key)}放宽为 {value['max_items']} 件"


def _person_step(words: ProblemWords, key: str, value: Mapping[str, Any]) -> str:
    if "max_items" in value:
        return f"{words.person(key)}放宽为至多 {value['max_items']} 次"
    if "min_gap_days" in value:
        return f"{words.person(key)}两次之间放宽为 {value['min_gap_days']} 天"
    there = [span_name(away) for away in words.representative(key).away if away not in value["away"]]
    return f"请{words.person(key)}在{'、'.join(there)}也能到会"


def _decision_step(words: ProblemWords, key: str, value: Mapping[str, Any]) -> str:
    before, name = words.decided(key), words.decision(key)
    if "representatives" in value:
        return f"{name}少请 {before.representatives - value['representatives']} 名{before.group}"
    if "period" not in value:
        return f"{name}今年不上会"
    period: Period = value["period"]
    if period.end != before.period.end:
        return f"{name}延后到{short_day(period.last)}上会（原到{short_day(before.period.last)}）"
    return f"{name}提前到{short_day(period.first)}上会（原从{short_day(before.period.first)}起）"
