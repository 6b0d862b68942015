"""方案 → 裸格式的输出：排进的、没排进的、得分与下界；无解时列冲突与改法。"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from datetime import date
from typing import TYPE_CHECKING, Any

from models.domain.workdays import WEEKDAYS
from planners.autoplan.constraint_ids import is_counted
from planners.autoplan.problem import (
    CountRule,
    LoadTerm,
    Placement,
    Plan,
    PlanEvent,
    PlanProblem,
    Solution,
    Status,
)

if TYPE_CHECKING:  # most plans need no explanation, nor its resources
    from planners.explain import Explanation


def plan_document(
    problem: PlanProblem, solution: Solution, explanation: Explanation | None = None
) -> dict[str, Any]:
    """What ``solve`` writes, as JSON values; equal arguments give an equal document.

    Proved impossible, by the search or the explanation: ``conflicts`` and ``fixes``, and what can be
    placed all the same under ``partial``. Else the plan with its reasons and score.
    """
    if solution.status is Status.INFEASIBLE or (explanation is not None and explanation.proved):
        return _infeasible(problem, solution, explanation)
    return {
        "problem": problem.name,
        "status": solution.status.value,
        **_placed(solution.plan),
        "cost": solution.cost,
        "cost_by_term": _by_term(solution),
        "bound": solution.bound,
        "keep_cost": solution.keep_cost,
        "moved": solution.moved,
        "unplaced": list(solution.unplaced),
        "unmet": list(solution.unmet),
        "reasons": [
            {"event": event, "texts": list(texts)} for event, texts in reasons_of(problem, solution.plan)
        ],
        **(_explained(explanation) if solution.status is Status.NOT_FOUND else {}),
        "seed": solution.seed,
        "effort": solution.effort,
    }


def _by_term(solution: Solution) -> dict[str, int]:
    """The cost by term; terms of one name together."""
    terms: dict[str, int] = {}
    for name, cost in solution.cost_by_term:
        terms[name] = terms.get(name, 0) + cost
    return terms


def _infeasible(problem: PlanProblem, solution: Solution, explanation: Explanation | None) -> dict[str, Any]:
    return {
        "problem": problem.name,
        "status": Status.INFEASIBLE.value,
        **_explained(explanation),
        "partial": {
            **_placed(solution.plan),
            "unplaced": list(solution.unplaced),
            "unmet": list(solution.unmet),
        },
        "seed": solution.seed,
        "effort": solution.effort,
    }


def _explained(explanation: Explanation | None) -> dict[str, Any]:
    conflicts = explanation.conflicts if explanation is not None else ()
    fixes = explanation.fixes if explanation is not None else ()
    return {
        "conflicts": [{"rules": list(conflict.rules), "text": conflict.text} for conflict in conflicts],
        "fixes": [{"relax": list(fix.relax), "text": fix.text} for fix in fixes],
    }


def _placed(plan: Plan) -> dict[str, Any]:
    return {
        "placements": [
            {
                "event": at.event,
                "date": at.day.isoformat(),
                "half": at.half,
                "host": at.host,
                "place": at.place,
            }
            for at in plan.placements
        ],
        "decisions": [
            {"decision": at.decision, "meeting": at.meeting, "reps": list(at.representatives)}
            for at in plan.decisions
        ],
    }


def reasons_of(problem: PlanProblem, plan: Plan) -> Iterator[tuple[str, tuple[str, ...]]]:
    """For each placement of ``plan`` the key of its event and sentences, most telling first."""
    around = _Around(problem, plan)
    events = {event.key: event for event in problem.events}
    for placement in plan.placements:
        yield placement.event, tuple(around.sentences(events[placement.event], placement))


class _Around:
    def __init__(self, problem: PlanProblem, plan: Plan) -> None:
        self._problem = problem
        self._names: Mapping[str, str] = {unit.key: unit.name for unit in problem.units}
        self._rules: dict[str, list[CountRule]] = defaultdict(list)
        for rule in problem.rules:
            if isinstance(rule, CountRule) and rule.minimum:
                for campaign in rule.campaigns:
                    self._rules[campaign].append(rule)
        self._loads: dict[tuple[str, str], list[LoadTerm]] = defaultdict(list)
        for term in problem.soft:
            if isinstance(term, LoadTerm):
                for campaign in term.campaigns:
                    for unit in term.units:
                        self._loads[campaign, unit].append(term)
        campaign_of = {event.key: event.campaign for event in problem.events}
        self._hosted = Counter((campaign_of[at.event], at.host) for at in plan.placements)
        self._days: dict[str, list[date]] = defaultdict(list)
        for day, campaign in sorted((at.day, campaign_of[at.event]) for at in plan.placements):
            self._days[campaign].append(day)

    def sentences(self, event: PlanEvent, at: Placement) -> Iterator[str]:
        if event.pinned is not None:
            yield "已固定，照原样"
        for rule in self._rules[event.campaign]:
            if is_counted(rule, event.campaign, event.attributes, at, self._problem.day_kinds.get(at.day)):
                yield f"补：{rule.name}"
        if spacing := self._spacing(event.campaign, at.day):
            yield spacing
        for term in self._loads[event.campaign, at.host or ""]:
            hosted = sum(self._hosted[campaign, at.host] for campaign in term.campaigns)
            yield f"{self._names[at.host or '']}共牵头 {hosted} 场，宜 {term.low}–{term.high} 场"
        yield from self._owed(event, at)

    def _spacing(self, campaign: str, day: date) -> str:
        """How far the neighbours of the same campaign are; "" where it is the only one."""
        days = self._days[campaign]
        first, after = bisect_left(days, day), bisect_right(days, day)
        parts = [f"同日另有 {after - first - 1} 场"] if after - first > 1 else []
        parts += [f"距前一场 {(day - days[first - 1]).days} 天"] if first > 0 else []
        parts += [f"距后一场 {(days[after] - day).days} 天"] if after < len(days) else []
        return "，".join(parts)

    def _owed(self, event: PlanEvent, at: Placement) -> Iterator[str]:
        """What the place costs: preferences of its own that it does not meet."""
        weights = self._problem.weights
        if event.preferred_half not in (None, at.half):
            yield f"不在希望的时段 {event.preferred_half}，代价 {weights.half}"
        if at.day.weekday() in event.avoid_weekdays:
            yield f"星期{WEEKDAYS[at.day.weekday()]}宜避开，代价 {weights.weekday_avoid}"
        calendar = event.preferred_calendar
        if calendar is not None and not any(at.day in span for span in self._problem.calendars[calendar]):
            yield f"不在“{calendar}”之内，代价 {weights.vacation}"
