"""解释：随机的拥挤年度各解释一遍，逐句核对；另量存着的问题（各放进一处排不下）要多少 CPU 秒。

    python -m tests.bench.bench_explain                    500 个随机年度，再量 S、M、L
    python -m tests.bench.bench_explain --years 60 --first 1000 --sizes S

Each year is checked by trying everything; what is too big for that, by HiGHS. Goals: no superfluous member
of a blocking set, no repair that does not help, a repair for every year; S within 5, M 15, L 45 CPU seconds.
"""

from __future__ import annotations

import argparse
import sys
import time
from collections import Counter
from collections.abc import Iterator
from datetime import date

from models.domain.periods import Period
from planners.autoplan.bare_format import read_problem
from planners.autoplan.exact.feasibility import prove
from planners.autoplan.problem import Block, BlockScope, CountRule, PlanProblem, Status
from planners.autoplan.solve import solve
from planners.explain import explain_problem
from tests.planners.autoplan.crowded import crowded_year
from tests.planners.autoplan.explained import faults
from tests.planners.autoplan.problems import stored
from tests.planners.autoplan.small_oracle import TooBigError, feasible_plan

SEARCH_EFFORT = 3_000
LARGE_EFFORT = 300_000


class Tally:
    """What the checks asked, and who answered."""

    def __init__(self) -> None:
        self.counts: Counter[str] = Counter()

    def feasible(self, problem: PlanProblem) -> bool:
        """By trying everything, else by HiGHS; ``TooBigError`` where neither answers."""
        try:
            answer = feasible_plan(problem) is not None
            self.counts["tried"] += 1
        except TooBigError:
            status, _ = prove(problem)
            if status is Status.NOT_FOUND:
                self.counts["undecided"] += 1
                raise
            self.counts["solved"] += 1
            answer = status is Status.FEASIBLE
        return answer


def years(first: int, number: int) -> int:
    """Explain and check so many years; the number of faults."""
    tally, bad, slowest, spent = Tally(), 0, 0.0, 0.0
    kinds: Counter[str] = Counter()
    for seed in range(first, first + number):
        problem = crowded_year(seed)
        solution = solve(problem, effort=SEARCH_EFFORT)
        began = time.process_time()
        explanation = explain_problem(problem, solution)
        took = time.process_time() - began
        spent, slowest = spent + took, max(slowest, took)
        if solution.status is Status.FEASIBLE:
            kinds["feasible"] += 1
            continue
        kinds["explained"] += bool(explanation.conflicts)
        kinds["conflicts"] += len(explanation.conflicts)
        kinds["fixes"] += len(explanation.fixes)
        kinds["without a fix"] += bool(explanation.conflicts) and not explanation.fixes
        kinds["not shown minimal"] += sum(not blocking.minimal for blocking in explanation.conflicts)
        for fault in faults(problem, explanation, tally.feasible):
            bad += 1
            sys.stdout.write(f"year {seed}: {fault}\n")
    sys.stdout.write(f"{number} years: {dict(kinds)}\nchecks: {dict(tally.counts)}\n")
    sys.stdout.write(f"faults: {bad}; {spent / number:.2f} s a year, slowest {slowest:.2f} s\n")
    return bad


def spoiled(size: str) -> Iterator[tuple[str, PlanProblem]]:
    """The stored problem of a size with one thing in it that cannot be."""
    problem = read_problem(stored(f"{size}-feasible-1"))
    year = problem.horizon.first.year
    studio = next(place.key for place in problem.places if "直播间" in place.name)
    june = Period(date(year, 6, 1), date(year, 7, 1))
    stop = Block("停", BlockScope.PLACE, studio, june, None, "整修")
    yield "studio closed in June", problem._replace(blocks=(*problem.blocks, stop))
    lectures = [event.key for event in problem.events if "讲堂" in event.campaign and event.required][:3]
    week = Period(date(year, 4, 7), date(year, 4, 15))
    moved = tuple(e._replace(period=week) if e.key in lectures else e for e in problem.events)
    yield "three lectures in eight days", problem._replace(events=moved)
    rules = tuple(
        rule._replace(minimum=45) if isinstance(rule, CountRule) and rule.key == "D001:开放月:周末" else rule
        for rule in problem.rules
    )
    yield "45 events on the weekends of August", problem._replace(rules=rules)


def sizes(names: list[str]) -> None:
    """CPU seconds of search and explanation for each size and each thing that cannot be."""
    for size in names:
        for what, problem in spoiled(size):
            began = time.process_time()
            solution = solve(problem, effort=LARGE_EFFORT)
            searched = time.process_time()
            explanation = explain_problem(problem, solution)
            took = time.process_time() - searched
            first = explanation.fixes[0].text if explanation.fixes else "—"
            sys.stdout.write(
                f"{size} {what}: search {searched - began:.1f} s, explanation {took:.1f} s, "
                f"{len(explanation.conflicts)} conflicts, {len(explanation.fixes)} fixes; {first}\n"
            )


def main() -> int:
    """Years, then sizes; 1 where something said is not so."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--years", type=int, default=500)
    parser.add_argument("--first", type=int, default=0)
    parser.add_argument("--sizes", nargs="*", default=["S", "M", "L"])
    words = parser.parse_args()
    bad = years(words.first, words.years) if words.years else 0
    sizes(words.sizes)
    return 1 if bad else 0


if __name__ == "__main__":
    sys.exit(main())
