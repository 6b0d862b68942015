"""去掉几条约束，或只留下几条约束、几个活动；原问题不变。

Two operations on problems: loosening (what was a plan stays one) and restricting to some events, with
the others gone (``restrict``: a proof of the part is one of the whole) or fixed (``hold``: a plan of the
part completes one of the whole).
"""

from __future__ import annotations

from collections.abc import Collection, Iterable

from planners.autoplan.constraint_ids import (
    ConstraintKind,
    constraint_ids,
    may_count,
    owners_of,
    rule_touches,
    split_id,
    units_of,
)
from planners.autoplan.problem import (
    Block,
    BlockScope,
    CountRule,
    FixedEvent,
    Placement,
    PlanEvent,
    PlanProblem,
    Rule,
)


def relax(problem: PlanProblem, ids: Iterable[str]) -> PlanProblem:
    """``problem`` without the named constraints; whatever is a plan of ``problem`` is one of the result.

    A required event becomes optional, a window the whole horizon, a pinned event free; a block, a rule
    and a decision go; a unit may be engaged any number of times a slot (clash) or a week (weekcap);
    places and meetings take any number; a representative has no limits.
    """
    gone: dict[ConstraintKind, set[str]] = {kind: set() for kind in ConstraintKind}
    for constraint in ids:
        kind, key = split_id(constraint)
        gone[kind].add(key)
    return problem._replace(
        events=_relaxed_events(problem, gone),
        blocks=tuple(block for block in problem.blocks if block.key not in gone[ConstraintKind.BLOCKED]),
        units=tuple(
            unit._replace(
                exclusive=unit.exclusive and unit.key not in gone[ConstraintKind.CLASH],
                week_cap=None if unit.key in gone[ConstraintKind.WEEKCAP] else unit.week_cap,
            )
            if unit.key in gone[ConstraintKind.CLASH] or unit.key in gone[ConstraintKind.WEEKCAP]
            else unit
            for unit in problem.units
        ),
        places=tuple(
            place._replace(capacity=None) if place.key in gone[ConstraintKind.PLACE] else place
            for place in problem.places
        ),
        rules=tuple(rule for rule in problem.rules if rule.key not in gone[ConstraintKind.RULE]),
        decisions=tuple(d for d in problem.decisions if d.key not in gone[ConstraintKind.DECISION]),
        meetings=tuple(
            meeting._replace(max_items=max(meeting.max_items, len(problem.decisions)))
            if meeting.key in gone[ConstraintKind.MEETING]
            else meeting
            for meeting in problem.meetings
        ),
        representatives=tuple(
            person._replace(max_items=max(person.max_items, len(problem.decisions)), min_gap_days=0, away=())
            if person.key in gone[ConstraintKind.REP]
            else person
            for person in problem.representatives
        ),
    )


def _relaxed_events(problem: PlanProblem, gone: dict[ConstraintKind, set[str]]) -> tuple[PlanEvent, ...]:
    optional, anywhere, free = (
        gone[kind] for kind in (ConstraintKind.REQUIRED, ConstraintKind.WINDOW, ConstraintKind.PINNED)
    )
    return tuple(
        event._replace(
            required=event.required and event.key not in optional,
            period=problem.horizon if event.key in anywhere else event.period,
            pinned=None if event.key in free else event.pinned,
        )
        if event.key in optional or event.key in anywhere or event.key in free
        else event
        for event in problem.events
    )


def only(problem: PlanProblem, ids: Collection[str]) -> PlanProblem:
    """``problem`` with no constraint but the named ones (and what has no id: options, day kinds, halves)."""
    kept = set(ids)
    return relax(problem, (constraint for constraint in constraint_ids(problem) if constraint not in kept))


def bare(problem: PlanProblem) -> PlanProblem:
    """``problem`` as far as feasibility goes: without preferences, baseline and change budget."""
    return problem._replace(
        soft=(),
        calendars={},
        baseline=None,
        max_moves=None,
        events=tuple(
            event._replace(preferred_half=None, avoid_weekdays=(), preferred_calendar=None)
            for event in problem.events
        ),
    )


def restrict(problem: PlanProblem, events: Collection[str], decisions: Collection[str] = ()) -> PlanProblem:
    """The sub-problem of these events and decisions; it is feasible wherever ``problem`` is.

    The others are gone, and with them the minimum of every count rule one of them may count for. What
    no remaining event can meet (units, places, blocks, rules) is gone as well.
    """
    inside = set(events)
    kept = tuple(event for event in problem.events if event.key in inside)
    outside = [event for event in problem.events if event.key not in inside]
    # An event outside may be the one that meets the minimum, so a part must not ask for it.
    rules = [_without_minimum(rule, outside) for rule in problem.rules]
    return _trimmed(problem, kept, rules, decisions)


def hold(problem: PlanProblem, placements: Iterable[Placement], events: Collection[str]) -> PlanProblem:
    """The sub-problem of these events in which all other ``placements`` stand and count.

    A plan of it together with those placements is a plan of ``problem``, provided no required event is
    outside of both.
    """
    inside = set(events)
    by_key = {event.key: event for event in problem.events}
    owner = owners_of(problem)
    fixed = tuple(
        _fixed(by_key[placement.event], placement, owner)
        for placement in placements
        if placement.event not in inside and placement.event in by_key
    )
    kept = tuple(event for event in problem.events if event.key in inside)
    return _trimmed(problem._replace(fixed=problem.fixed + fixed), kept, [*problem.rules], ())


def _fixed(event: PlanEvent, placement: Placement, owner: dict[str, str | None]) -> FixedEvent:
    place_owner = owner[placement.place] if placement.place is not None else None
    units = dict.fromkeys(unit for unit in (placement.host, *event.co_hosts, place_owner) if unit is not None)
    return FixedEvent(
        event.key,
        event.title,
        event.campaign,
        ((placement.day, placement.half),),
        tuple(units),
        placement.host,
        placement.place,
        event.attributes,
    )


def _without_minimum(rule: Rule, outside: Iterable[PlanEvent]) -> Rule | None:
    if not isinstance(rule, CountRule) or rule.minimum is None:
        return rule
    if not any(may_count(rule, event) for event in outside):
        return rule
    return rule._replace(minimum=None) if rule.maximum is not None else None


def _trimmed(
    problem: PlanProblem,
    kept: tuple[PlanEvent, ...],
    rules: Iterable[Rule | None],
    decisions: Collection[str],
) -> PlanProblem:
    """Without what neither the events kept nor a minimum can meet."""
    left = tuple(rule for rule in rules if rule is not None and _matters(rule, kept))
    reach = _Reach(problem, kept, left)
    chosen = tuple(decision for decision in problem.decisions if decision.key in decisions)
    districts = {decision.district for decision in chosen}
    groups = {(decision.district, decision.group) for decision in chosen}
    return bare(
        problem._replace(
            events=kept,
            rules=left,
            blocks=tuple(block for block in problem.blocks if reach.meets(block)),
            units=tuple(unit for unit in problem.units if unit.key in reach.named_units),
            places=tuple(place for place in problem.places if place.key in reach.named_places),
            campaigns=tuple(c for c in problem.campaigns if c.key in reach.campaigns),
            fixed=reach.fixed,
            decisions=chosen,
            meetings=tuple(meeting for meeting in problem.meetings if meeting.district in districts),
            representatives=tuple(
                person for person in problem.representatives if (person.district, person.group) in groups
            ),
        )
    )


def _matters(rule: Rule, kept: tuple[PlanEvent, ...]) -> bool:
    if isinstance(rule, CountRule) and rule.minimum:
        return True
    return any(rule_touches(rule, event) for event in kept)


class _Reach:
    """What the events kept and the rules left can meet, and what has to be named because of it."""

    def __init__(self, problem: PlanProblem, kept: tuple[PlanEvent, ...], rules: tuple[Rule, ...]) -> None:
        owner = owners_of(problem)
        self._owner, self._kept = owner, kept
        self._units = {unit for event in kept for unit in units_of(event, owner)}
        self._places = {place for event in kept for place in event.places}
        self._own = {event.campaign for event in kept}
        counts = [rule for rule in rules if isinstance(rule, CountRule)]
        self.campaigns = self._own.union(*(rule.campaigns for rule in counts))
        self.fixed = tuple(event for event in problem.fixed if self._competes(event))
        self.campaigns |= {event.campaign for event in self.fixed}
        self.named_places = self._places.union(*(rule.where.places for rule in counts)).union(
            event.place for event in self.fixed if event.place is not None
        )
        self.named_units = self._units.union(*(rule.where.hosts for rule in counts)).union(
            *(event.units for event in self.fixed),
            (event.host for event in self.fixed if event.host is not None),
            (unit for place in self.named_places if (unit := owner[place]) is not None),
        )

    def _competes(self, event: FixedEvent) -> bool:
        return (
            event.campaign in self.campaigns
            or event.place in self._places
            or not self._units.isdisjoint(event.units)
            or event.host in self._units
            or (event.place is not None and self._owner[event.place] in self._units)
        )

    def meets(self, block: Block) -> bool:
        """Whether the block concerns something kept."""
        if block.scope is BlockScope.ALL:
            return True
        kept = {BlockScope.UNIT: self._units, BlockScope.PLACE: self._places, BlockScope.CAMPAIGN: self._own}
        return block.target in kept[block.scope]
