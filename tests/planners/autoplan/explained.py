"""一份解释的独立核对：每组相争确实无解、少一条就有解；每个补救照做确有方案、没有多余的一步。"""

from __future__ import annotations

from collections.abc import Callable

from planners.autoplan.loosening import loosen
from planners.autoplan.problem import Plan, PlanProblem, Solution, Status
from planners.autoplan.relax import only, relax, restrict
from planners.explain import Explanation
from tests.planners.autoplan.small_oracle import TooBigError, feasible_plan

Feasible = Callable[[PlanProblem], bool]
NOTHING = Solution(Status.NOT_FOUND, Plan(()), 0, (), None, 0, 0, (), (), 0, 0)
"""A search that placed nothing."""


def by_trying(problem: PlanProblem) -> bool:
    """Whether there is a plan: everything is tried (``TooBigError`` where that is too much)."""
    return feasible_plan(problem) is not None


def faults(problem: PlanProblem, explanation: Explanation, feasible: Feasible = by_trying) -> list[str]:
    """What an explanation says that is not so; what is too big to be tried is passed over."""
    found: list[str] = []
    for check in (_verdict, _sets, _fixes):
        found += check(problem, explanation, feasible)
    return found


def _holds(statement: bool | None, words: str) -> list[str]:
    return [words] if statement is False else []


def _asked(feasible: Feasible, problem: PlanProblem) -> bool | None:
    try:
        return feasible(problem)
    except TooBigError:
        return None


def _not(answer: bool | None) -> bool | None:
    return None if answer is None else not answer


def _verdict(problem: PlanProblem, explanation: Explanation, feasible: Feasible) -> list[str]:
    answer = _asked(feasible, problem)
    if answer is None:
        return []
    said = not explanation.conflicts
    return [] if said == answer else [f"feasible: {answer}, but {len(explanation.conflicts)} conflicts"]


def _sets(problem: PlanProblem, explanation: Explanation, feasible: Feasible) -> list[str]:
    found = []
    for blocking in explanation.conflicts:
        alone = only(problem, blocking.rules)
        found += _holds(_not(_asked(feasible, alone)), f"no conflict: {blocking.rules}")
        for rule in blocking.rules:
            rest = only(problem, [other for other in blocking.rules if other != rule])
            found += _holds(_asked(feasible, rest), f"superfluous {rule}: {blocking.rules}")
    return found


def _fixes(problem: PlanProblem, explanation: Explanation, feasible: Feasible) -> list[str]:
    found = []
    for fix in explanation.fixes:
        found += _holds(_asked(feasible, loosen(problem, fix.steps)), f"does not help: {fix.relax}")
        found += _holds(_asked(feasible, relax(problem, fix.relax)), f"does not help whole: {fix.relax}")
        for step in fix.steps:
            rest = loosen(problem, [other for other in fix.steps if other != step])
            found += _holds(_not(_asked(feasible, rest)), f"superfluous step {step.constraint}: {fix.relax}")
    return found


def part_of(problem: PlanProblem, keys: tuple[str, ...]) -> PlanProblem:
    """The sub-problem of some events, with all decisions."""
    return restrict(problem, keys, [decision.key for decision in problem.decisions])
