"""方案 → 裸格式的输出：排进的、没排进的、得分与下界；无解时列冲突与改法。"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from planners.autoplan.bare_reasons import reasons_document
from planners.autoplan.problem import Plan, PlanProblem, Solution, Status

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
        "reasons": reasons_document(problem, solution.plan),
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
