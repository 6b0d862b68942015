"""为什么排不下：相争的几条约束，与试过管用的放宽。"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import NamedTuple

from planners.autoplan.backtracking import never
from planners.autoplan.conflict_sets import ConflictSet, conflict_sets, overlapping
from planners.autoplan.judge import FeasibilityJudge, Oracle, legal_part, unmet
from planners.autoplan.loosening import Loosening
from planners.autoplan.precheck import bottlenecks_of
from planners.autoplan.problem import CountRule, FixedEvent, Placement, Plan, PlanProblem, Solution, Status
from planners.autoplan.relax import bare, hold, relax, restrict
from planners.autoplan.repairs import Remedy, give_up, remedies, whole_remedies, without_others
from planners.wording_explain import ProblemWords, conflict_sentence, loosening_sentence

LARGE_YEAR = 300
"""Beyond so many events only the districts in need are looked at; the others stay as they are."""


class ConflictFix(NamedTuple):
    """``relax``: the constraints to be loosened, as ``steps`` say; tried: with them there is a plan."""

    relax: tuple[str, ...]
    text: str
    steps: tuple[Loosening, ...] = ()


class ExplainedConflict(NamedTuple):
    """``rules`` cannot hold together, and any of them spared they can; ``fixes`` help against this set alone.

    ``minimal`` False: the effort did not suffice to show that none can be spared.
    """

    rules: tuple[str, ...]
    text: str
    fixes: tuple[ConflictFix, ...] = ()
    minimal: bool = True


class Explanation(NamedTuple):
    """Why a year cannot be planned whole.

    ``conflicts``: first those that share no constraint, with fixes; then others that overlap them and
    that the same fixes resolve. ``fixes`` make the whole year feasible, the minimal_conflict_set first.
    ``proved``: there is a conflict, and so no plan. ``plan``: where there is no conflict after all, a
    plan that keeps every hard constraint, if one was found.
    """

    conflicts: tuple[ExplainedConflict, ...] = ()
    fixes: tuple[ConflictFix, ...] = ()
    proved: bool = False
    plan: Plan | None = None


def explain_problem(
    problem: PlanProblem,
    solution: Solution,
    *,
    effort: int | None = None,
    stop: Callable[[], bool] | None = None,
    oracle: Oracle | None = None,
) -> Explanation:
    """Conflicts and tried ways out, within ``effort`` operations; nothing where ``solution`` is whole.

    Preferences, the baseline and the change budget are left aside: a year that only its change budget
    forbids has no conflict here.
    """
    if solution.status is Status.FEASIBLE:
        return Explanation()
    asked = (oracle or _prove, effort, stop or never)
    part = _focused(bare(problem), solution.plan)
    judge = FeasibilityJudge(*asked, part.fixed)
    found = list(conflict_sets(part.problem, Plan(part.placements), judge))
    if not found and part.outside:
        part = _Focused(bare(problem), (), solution.plan.placements, ())
        judge = FeasibilityJudge(*asked)
        found = list(conflict_sets(part.problem, Plan(part.placements), judge))
    return _explained(problem, part, found, judge)


def _explained(
    problem: PlanProblem, part: _Focused, found: Sequence[ConflictSet], judge: FeasibilityJudge
) -> Explanation:
    left = relax(part.problem, [rule for conflict in found for rule in conflict.rules])
    base = judge.complete(left, Plan(part.placements))
    if not found:
        return Explanation(plan=base and Plan(part.outside + base.placements, base.decisions))
    held = part.problem._replace(fixed=part.problem.fixed + part.fixed)
    plan = Plan(legal_part(held, (base or part).placements))
    last = give_up(part.problem, plan, judge)
    ways = [
        (conflict, remedies(without_others(part.problem, conflict, found), conflict, plan, judge))
        for conflict in found
    ]
    words = ProblemWords(problem)
    fixes = tuple(_fix(words, remedy) for remedy in whole_remedies(part.problem, ways, plan, judge, last))
    ways += [(conflict, ()) for conflict in overlapping(part.problem, found, plan, judge)]
    return Explanation(
        tuple(_explained_conflict(words, conflict, chosen) for conflict, chosen in ways),
        fixes,
        proved=True,
    )


def _prove(problem: PlanProblem) -> tuple[Status, Plan | None]:
    from planners.autoplan.exact.feasibility import prove

    return prove(problem)


def _explained_conflict(
    words: ProblemWords, conflict: ConflictSet, ways: Sequence[Remedy]
) -> ExplainedConflict:
    counted = next(bottlenecks_of(conflict.problem), None)
    text = conflict_sentence(words, conflict.rules, counted)
    return ExplainedConflict(conflict.rules, text, tuple(_fix(words, way) for way in ways), conflict.minimal)


def _fix(words: ProblemWords, remedy: Remedy) -> ConflictFix:
    rules = tuple(dict.fromkeys(step.constraint for step in remedy.steps))
    sentences = [loosening_sentence(words, step) for step in remedy.steps]
    return ConflictFix(rules, "；".join(sentences) + "。", remedy.steps)


class _Focused(NamedTuple):
    """A part of a problem; ``fixed``: what the rest has placed, which a plan of the part goes with.

    ``problem`` is feasible wherever the whole is. A plan of it that goes with ``fixed`` completes
    ``outside`` to a plan of the whole.
    """

    problem: PlanProblem
    fixed: tuple[FixedEvent, ...]
    placements: tuple[Placement, ...]
    outside: tuple[Placement, ...]


def _focused(problem: PlanProblem, plan: Plan) -> _Focused:
    """The districts where ``plan`` leaves something unmet; a small year as a whole."""
    whole = _Focused(problem, (), plan.placements, ())
    if len(problem.events) <= LARGE_YEAR or len({c.district for c in problem.campaigns}) < 2:
        return whole
    campaigns = _campaigns_in_need(problem, plan)
    seated = {decision.decision for decision in plan.decisions}
    unseated = {decision.district for decision in problem.decisions if decision.key not in seated}
    events = {event.key for event in problem.events if event.campaign in campaigns}
    districts = {c.district for c in problem.campaigns if c.key in campaigns} | unseated
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
    return _Focused(named, fixed, inside, outside)


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
