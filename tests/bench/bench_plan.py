"""排期：各种大小、各个种子，一次一个新进程，量 CPU 秒（连同子进程）与内存峰值。

    python -m tests.bench.bench_plan                              S、M、L、XL，种子 1 2 3
    python -m tests.bench.bench_plan --sizes S M --seeds 1 --efforts 0 1000000 --curve curve.csv
    python -m tests.bench.bench_plan --files a.json b.json        自己的问题文件

Per run: CPU seconds to the first legal plan and in all, cost, bound, MB; then the worst of the seeds and the
exponent of the first plan's time from the minimal_conflict_set to the largest size. ``--curve`` writes the best cost over
CPU seconds. Every plan is checked by the independent checker, outside the measured time.
"""

from __future__ import annotations

import argparse
import csv
import json
import math
import os
import resource
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import Any, NamedTuple

from planners.autoplan.bare_format import read_problem
from planners.autoplan.bare_plan import plan_document
from planners.autoplan.solve import solve
from planners.proposals import Progress
from tests.planners.autoplan.checker import soft_cost, violations
from tests.planners.autoplan.generator import SIZES, planted

ROOT = Path(__file__).resolve().parent.parent.parent


class Task(NamedTuple):
    """One run: a problem file, or a size to be planted; ``effort`` None: as the planner chooses."""

    source: str
    seed: int
    effort: int | None

    @property
    def words(self) -> list[str]:
        """The task as arguments of a fresh process."""
        return [self.source, str(self.seed), "" if self.effort is None else str(self.effort)]


class Watch:
    """Notes the best cost over CPU seconds, and when the first legal plan was there."""

    def __init__(self) -> None:
        self.began = cpu_seconds()
        self.first: float | None = None
        self.curve: list[tuple[float, int]] = []

    def __call__(self, progress: Progress) -> None:
        """Called by the planner with the best plan so far."""
        if not progress.legal or progress.cost is None:
            return
        now = cpu_seconds() - self.began
        self.first = now if self.first is None else self.first
        if not self.curve or progress.cost < self.curve[-1][1]:
            self.curve.append((round(now, 3), progress.cost))


def cpu_seconds() -> float:
    """CPU time of this process and of its children that have ended."""
    times = os.times()
    return times.user + times.system + times.children_user + times.children_system


def peak_megabytes() -> float:
    """The most memory this process or a child of it ever held."""
    most = max(resource.getrusage(who).ru_maxrss for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    return most / (2**20 if sys.platform == "darwin" else 2**10)


def measure(task: Task) -> dict[str, Any]:
    """One run in this process: its figures as JSON values."""
    if task.source in SIZES:
        document = planted(task.source, task.seed)[0]
    else:
        document = json.loads(Path(task.source).read_text(encoding="utf-8"))
    watch = Watch()
    problem = read_problem(document)
    read = cpu_seconds() - watch.began
    solution = solve(problem, seed=task.seed, effort=task.effort, report=watch)
    total, memory = cpu_seconds() - watch.began, peak_megabytes()
    plan = plan_document(problem, solution)
    wrong = violations(document, plan)
    return {
        "problem": problem.name,
        "seed": task.seed,
        "events": len(problem.events),
        "status": solution.status.value,
        "read": read,
        "first": watch.first,
        "total": total,
        "cost": solution.cost,
        "bound": solution.bound,
        "moved": solution.moved,
        "effort": solution.effort,
        "unplaced": len(solution.unplaced),
        "megabytes": memory,
        "broken": len(wrong),
        "wrong_cost": plan.get("cost", solution.cost) != sum(soft_cost(document, plan).values()),
        "curve": watch.curve,
    }


def fresh(task: Task) -> dict[str, Any]:
    """The same in a process of its own."""
    with tempfile.TemporaryFile("w+") as answer:
        words = [sys.executable, "-m", "tests.bench.bench_plan", "--one", *task.words]
        subprocess.run(words, cwd=ROOT, stdout=answer, check=True)
        answer.seek(0)
        return dict(json.load(answer))


HEAD = f"{'problem':<24}{'seed':>5}{'events':>8}{'first s':>9}{'all s':>8}{'cost':>9}{'bound':>8}{'moved':>7}{'effort':>12}{'MB':>6}"


def line(run: dict[str, Any]) -> str:
    """One row of the table."""
    first = "–" if run["first"] is None else f"{run['first']:.2f}"
    bound = "–" if run["bound"] is None else run["bound"]
    faults = [f"{run['broken']} BROKEN"] * bool(run["broken"]) + ["COST WRONG"] * run["wrong_cost"]
    faults += [f"{run['unplaced']} unplaced"] * bool(run["unplaced"])
    faults += [run["status"]] * (run["status"] != "feasible")
    return (
        f"{run['problem']:<24}{run['seed']:>5}{run['events']:>8}{first:>9}{run['total']:>8.1f}{run['cost']:>9}"
        f"{bound:>8}{run['moved']:>7}{run['effort']:>12}{run['megabytes']:>6.0f}  {' '.join(faults)}"
    )


def exponent(points: Sequence[tuple[int, float]]) -> float | None:
    """How the time grows with the events: the slope of a straight line through the logarithms."""
    logs = [(math.log(events), math.log(max(seconds, 0.001))) for events, seconds in points]
    if len({events for events, _ in logs}) < 2:
        return None
    middle_x, middle_y = (sum(column) / len(logs) for column in zip(*logs, strict=True))
    above = sum((x - middle_x) * (y - middle_y) for x, y in logs)
    return above / sum((x - middle_x) ** 2 for x, _ in logs)


def summary(runs: Sequence[dict[str, Any]]) -> list[str]:
    """The worst seed of each problem and effort, and the growth of the first plan."""
    groups: dict[tuple[str, int], list[dict[str, Any]]] = {}
    for run in runs:
        groups.setdefault((run["problem"].rpartition("-")[0], run["asked"]), []).append(run)
    lines = ["", "worst of the seeds:"]
    for (name, asked), same in groups.items():
        first = max((run["first"] or math.inf) for run in same)
        lines.append(
            f"  {name:<20} effort {asked or 'default':>10}: first {first:6.2f} s, all {max(r['total'] for r in same):7.1f} s, "
            f"cost {' '.join(str(run['cost']) for run in same)}, {max(r['megabytes'] for r in same):.0f} MB"
        )
    grown = exponent([(run["events"], run["first"]) for run in runs if run["first"] is not None])
    if grown is not None:
        lines.append(f"first legal plan grows with exponent {grown:.2f}")
    return lines


def write_curve(path: Path, runs: Sequence[dict[str, Any]]) -> None:
    """The best cost over CPU seconds of every run, as CSV."""
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(("problem", "seed", "asked_effort", "cpu_seconds", "cost"))
        for run in runs:
            for seconds, cost in run["curve"]:
                writer.writerow((run["problem"], run["seed"], run["asked"], seconds, cost))


def main(words: Sequence[str]) -> None:
    """Measure, print the table, write the curve."""
    parser = argparse.ArgumentParser(prog="python -m tests.bench.bench_plan")
    parser.add_argument("--sizes", nargs="*", choices=sorted(SIZES), default=list(SIZES))
    parser.add_argument("--files", nargs="*", default=[], help="problem files instead of planted ones")
    parser.add_argument("--seeds", nargs="+", type=int, default=[1, 2, 3])
    parser.add_argument("--efforts", nargs="+", type=int, default=[None])
    parser.add_argument("--curve", type=Path, help="a CSV of cost over CPU seconds")
    parser.add_argument("--one", nargs=3, help=argparse.SUPPRESS)
    chosen = parser.parse_args(words)
    if chosen.one:
        source, seed, effort = chosen.one
        json.dump(measure(Task(source, int(seed), int(effort) if effort else None)), sys.stdout)
        return
    sources = [str(Path(file).resolve()) for file in chosen.files] or chosen.sizes
    print(HEAD, flush=True)
    runs = []
    for source in sources:
        for effort in chosen.efforts:
            for seed in chosen.seeds:
                run = fresh(Task(source, seed, effort)) | {"asked": effort}
                print(line(run), flush=True)
                runs.append(run)
    print("\n".join(summary(runs)))
    if chosen.curve:
        write_curve(chosen.curve, runs)


if __name__ == "__main__":
    main(sys.argv[1:])
