"""排一年、排一处：从事实到建议的入口，全是纯函数。

成题与成文在 ``planners.autoplan.year``（facts customs needs gathering fixed_events building writing reasons
unassigned），搜索在 ``planners.autoplan.solve``。
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from models.domain.events import Campaign
from models.domain.rules import RuleSet
from models.domain.snapshot import YearSnapshot
from planners import wording_plan
from planners.autoplan.problem import Plan, Solution, Status
from planners.autoplan.solve import solve
from planners.autoplan.year.building import YearProblem, build_year
from planners.autoplan.year.facts import YearFacts
from planners.autoplan.year.single import propose_for_cell
from planners.autoplan.year.unassigned import decision_answer, unassigned_demands
from planners.autoplan.year.writing import write_entries
from planners.explain import Explanation, explain_problem
from planners.proposals import Cause, Conditions, Entry, Open, Progress, Proposal, Step
from planners.results import Cell, Finding
from planners.wording import finding_subject

EXPLAINING = 40_000
"""Operations spent on why something found no place."""
Report = Callable[[Progress], None]
Stop = Callable[[], bool]


def plan_year(
    snapshot: YearSnapshot,
    today: date,
    ruleset: RuleSet,
    conditions: Conditions = Conditions(),  # noqa: B008  an immutable value
    *,
    report: Report | None = None,
    stop: Stop | None = None,
) -> Proposal:
    """What to do about everything the year lacks from tomorrow on; the year itself is not touched.

    The same facts, conditions and seed give the same proposal.
    """
    tell = report or (lambda _: None)
    tell(Progress(Step.READ, f"{len(snapshot.events)} 场活动"))
    facts = YearFacts(snapshot, today, ruleset, conditions)
    year = build_year(facts)
    wanted = len(year.needs) + len(year.problem.decisions)
    tell(Progress(Step.CANDIDATES, f"缺 {wanted} 项", open_demands=wanted))
    solution = _solved(year, report, stop, prove=True)
    if conditions.max_moves is not None and solution.moved > conditions.max_moves:
        year = build_year(facts, broken_only=True)
        solution = _solved(year, report, stop, prove=True)
    needed = _needed_moves(year, solution, stop)
    tell(Progress(Step.EXPLAIN, f"{len(solution.plan.placements)} 项", len(solution.unplaced), solution.cost))
    return _proposal(year, solution, needed, stop)


def propose_one(
    snapshot: YearSnapshot,
    today: date,
    ruleset: RuleSet,
    wanted: Cell | Finding,
    conditions: Conditions = Conditions(),  # noqa: B008  an immutable value
) -> Entry | Open:
    """What to do about one cell, or one decision without delegates; why not, where nothing can be done.

    The rest of the year stays as it is.
    """
    if isinstance(wanted, Cell):
        return propose_for_cell(YearFacts(snapshot, today, ruleset, conditions), wanted)
    if wanted.decision is None:
        return Open(finding_subject(wanted, snapshot), Cause.UNKNOWN, "这一项要由人处理。", for_person=True)
    year = build_year(
        YearFacts(snapshot, today, ruleset, conditions._replace(campaigns=(Campaign.HOST_MEETING,)))
    )
    solution = _solved(year, None, None)
    return decision_answer(year, solution, wanted.decision)


def _solved(year: YearProblem, report: Report | None, stop: Stop | None, *, prove: bool = False) -> Solution:
    conditions = year.facts.conditions
    if not year.problem.events and not year.problem.decisions:
        return Solution(Status.FEASIBLE, Plan(()), 0, (), 0, 0, 0, (), (), 0, conditions.seed)
    return solve(
        year.problem,
        seed=conditions.seed,
        effort=conditions.effort,
        prove=prove and conditions.effort is None,
        report=report,
        stop=stop,
    )


def _needed_moves(year: YearProblem, solution: Solution, stop: Stop | None) -> int | None:
    """How many moves would do where the budget was too small; None where it was enough."""
    conditions = year.facts.conditions
    if not conditions.movable or conditions.max_moves is None:
        return None
    if not year.stuck and not _missing(year, solution):
        return None
    if stop is not None and stop():
        return None
    free = YearFacts(
        year.facts.snapshot,
        year.facts.today,
        year.facts.ruleset,
        conditions._replace(max_moves=None),
        year.facts.check,
    )
    unbound_year = build_year(free)
    unbound = _solved(unbound_year, None, stop)
    better = _missing(unbound_year, unbound) < _missing(year, solution)
    return unbound.moved if year.stuck or better else None


def _missing(year: YearProblem, solution: Solution) -> int:
    placed = {at.event for at in solution.plan.placements}
    return sum(event.required and event.key not in placed for event in year.problem.events)


def _explanation(year: YearProblem, solution: Solution, stop: Stop | None) -> Explanation | None:
    """Why required events found no place; None where all did, or nobody wants to wait for it."""
    if not _missing(year, solution) or (stop is not None and stop()):
        return None
    return explain_problem(year.problem, solution, effort=EXPLAINING, stop=stop)


def _proposal(year: YearProblem, solution: Solution, needed: int | None, stop: Stop | None) -> Proposal:
    facts = year.facts
    written = write_entries(year, solution)
    searched = bool(year.problem.events)
    open_demands = unassigned_demands(year, solution, _explanation(year, solution, stop))
    if needed is not None:
        open_demands = tuple(
            entry._replace(text=wording_plan.too_few_moves(needed)) if entry.cause is Cause.BUDGET else entry
            for entry in open_demands
        )
    return Proposal(
        wording_plan.TITLE,
        facts.snapshot.year,
        facts.snapshot.revision,
        facts.today,
        facts.scope.first,
        facts.scope.last,
        written.entries,
        open_demands,
        solution.cost if searched else None,
        solution.bound if searched else None,
        searched and solution.bound is not None and solution.cost <= solution.bound,
        solution.cost_by_term,
        solution.moved,
        needed,
        solution.seed,
        solution.effort,
    )
