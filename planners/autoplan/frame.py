"""大年度先划出有事的区：别区的安排照旧放着，只在这几个区里找原因、试补救。"""

from __future__ import annotations

from typing import NamedTuple

from planners.autoplan.judge import unmet
from planners.autoplan.problem import CountRule, FixedEvent, Placement, Plan, PlanProblem
from planners.autoplan.relax import hold, restrict

LARGE_YEAR = 300


class FocusedProblem(NamedTuple):
    """A part of a problem; ``fixed``: what the rest has placed, which a plan of the part goes with.

    ``problem`` is feasible wherever the whole is. A plan of it that goes with ``fixed`` completes
    ``outside`` to a plan of the whole.
    """

    problem: PlanProblem
    fixed: tuple[FixedEvent, ...]
    placements: tuple[Placement, ...]
    outside: tuple[Placement, ...]


def frame(problem: PlanProblem, plan: Plan) -> FocusedProblem:
    """The districts where ``plan`` leaves something unmet; a small year as a whole."""
    whole = FocusedProblem(problem, (), plan.placements, ())
    if len(problem.events) <= LARGE_YEAR or len({c.district for c in problem.campaigns}) < 2:
        return whole
    campaigns = _campaigns_in_need(problem, plan)
    events = {event.key for event in problem.events if event.campaign in campaigns}
    districts = {c.district for c in problem.campaigns if c.key in campaigns} | _districts_in_need(
        problem, plan
    )
    decisions = {d.key for d in problem.decisions if d.district in districts}
    if len(events) == len(problem.events):
        return whole
    part = restrict(problem, events, decisions)
    outside = tuple(placement for placement in plan.placements if placement.event not in events)
    held = hold(problem, outside, events)
    own = {event.key for event in problem.fixed}
    named = part._replace(
        units=held.units,
        places=held.places,
        campaigns=held.campaigns,
        fixed=tuple(event for event in held.fixed if event.key in own),
    )
    inside = tuple(placement for placement in plan.placements if placement.event in events)
    fixed = tuple(event for event in held.fixed if event.key not in own)
    return FocusedProblem(named, fixed, inside, outside)


def _campaigns_in_need(problem: PlanProblem, plan: Plan) -> set[str]:
    """All campaigns of the districts that miss something, and those that count towards the same minima."""
    district = {campaign.key: campaign.district for campaign in problem.campaigns}
    by_key = {event.key: event for event in problem.events}
    needy = {
        district[by_key[key].campaign]
        for missing in unmet(problem, plan.placements)
        for key in missing.events
    }
    chosen = {key for key, name in district.items() if name in needy}
    minima = [rule for rule in problem.rules if isinstance(rule, CountRule) and rule.minimum]
    while True:
        more = {
            campaign for rule in minima if chosen.intersection(rule.campaigns) for campaign in rule.campaigns
        }
        if more <= chosen:
            return chosen
        chosen |= more


def _districts_in_need(problem: PlanProblem, plan: Plan) -> set[str]:
    seated = {decision.decision for decision in plan.decisions}
    return {decision.district for decision in problem.decisions if decision.key not in seated}
