"""solve：读一个排期问题文件，求解，写出方案。不用年度数据，不联网。"""

from __future__ import annotations

import json
import math
import time
from pathlib import Path
from typing import Any

from exports.files import write_atomically
from exports.json_file import JsonKind, read_json_file
from gui.headless.arguments import Request
from gui.headless.terminal import print_bytes, tell
from models.domain.errors import InputError
from planners.autoplan.bare_format import NOTHING_DONE, read_problem
from planners.autoplan.bare_plan import plan_document
from planners.autoplan.problem import Plan, PlanProblem, Solution, Status
from planners.autoplan.score import score
from planners.autoplan.solve import solve
from planners.proposals import Progress

PROBLEM_FILE = JsonKind(
    "排期问题",
    200 * 1024 * 1024,
    NOTHING_DONE,
    "请给一个写明 format: outreach-plan-problem/1 的 JSON 文件。",
)
SHOWN = 10
"""Keys of what could not be placed, and conflicts, that are said."""


def run(request: Request) -> int:
    """The plan stands in the file asked for; 0 where everything is placed, else 1."""
    assert request.file is not None
    assert request.output is not None
    path = Path(request.file).expanduser()
    _require_room(request.output, path)
    problem = read_problem(read_json_file(path, PROBLEM_FILE), path.name)
    time_left = _TimeLeft(request.seconds)
    solution = solve(
        problem,
        seed=request.seed,
        effort=request.effort,
        prove=request.effort is None,
        report=time_left.note,
        stop=time_left.search_over,
    )
    explanation = None
    if solution.status is not Status.FEASIBLE and not time_left.over():
        # Only here: most problems need no explanation.
        from planners.explain import explain_problem

        explanation = explain_problem(problem, solution, stop=time_left.over)
        if explanation.plan is not None:
            solution = _with(problem, solution, explanation.plan)
    document = plan_document(problem, solution, explanation)
    for line in _summary(problem, solution, document):
        tell(line)
    _write(request.output, document)
    return 0 if document["status"] == Status.FEASIBLE.value and not solution.unplaced else 1


def _require_room(output: str, source: Path) -> None:
    """``InputError`` before any search where the plan could not be written in the end."""
    if output == "-":
        return
    path = Path(output).expanduser()
    if path.is_dir() or not path.absolute().parent.is_dir():
        raise InputError(f"方案写不到那里：{path}。", NOTHING_DONE, "请写明一个已有文件夹里的文件名。")
    if path.resolve() == source.resolve():
        raise InputError(f"方案不能写到问题文件自己：{path}。", NOTHING_DONE, "请另选一个文件名。")


class _TimeLeft:
    """The outer bound of ``--seconds`` (None: none). Half is kept for explaining what cannot be placed."""

    def __init__(self, seconds: float | None) -> None:
        self._began = time.monotonic()
        self._seconds = math.inf if seconds is None else seconds
        self._open = 0

    def note(self, progress: Progress) -> None:
        """The search has come so far."""
        self._open = 0 if progress.legal else progress.open_demands or 0

    def over(self) -> bool:
        """Whether the time is over."""
        return time.monotonic() - self._began >= self._seconds

    def search_over(self) -> bool:
        """Whether the search is to end: half the time is gone and not everything required is placed, or all."""
        return time.monotonic() - self._began >= self._seconds / (2 if self._open else 1)


def _with(problem: PlanProblem, solution: Solution, plan: Plan) -> Solution:
    """``solution`` with a plan that keeps every hard constraint; as it was where the change budget forbids it."""
    scored = score(problem, plan)
    if problem.max_moves is not None and scored.moved > problem.max_moves:
        return solution
    placed = {placement.event for placement in plan.placements}
    return solution._replace(
        status=Status.FEASIBLE,
        plan=plan,
        cost=scored.cost,
        cost_by_term=scored.terms,
        keep_cost=scored.keep_cost,
        moved=scored.moved,
        unplaced=tuple(event.key for event in problem.events if event.key not in placed),
        unmet=(),
    )


def _write(output: str, document: dict[str, Any]) -> None:
    data = (json.dumps(document, ensure_ascii=False, indent=1) + "\n").encode()
    if output == "-":
        print_bytes(data)
    else:
        write_atomically(Path(output).expanduser(), data)
        tell(f"方案已写到：{Path(output).expanduser()}")


def _summary(problem: PlanProblem, solution: Solution, document: dict[str, Any]) -> list[str]:
    lines = [
        {
            Status.FEASIBLE.value: "可行：硬约束全部满足。",
            Status.NOT_FOUND.value: "未找到满足全部硬约束的方案（没有证明无解）。",
            Status.INFEASIBLE.value: "已证不可行。",
        }[document["status"]]
    ]
    bound = "" if solution.bound is None else f"，下界 {solution.bound}"
    lines.append(
        f"排进 {len(solution.plan.placements)} / {len(problem.events)} 场，代价 {solution.cost}{bound}。"
    )
    if problem.baseline is not None:
        lines.append(f"与原方案相比改动 {solution.moved} 场。")
    lines += _listed("没排进", solution.unplaced)
    lines += _listed("未满足", solution.unmet)
    lines += [f"冲突：{conflict['text']}" for conflict in document.get("conflicts", ())[:SHOWN]]
    lines += [f"可以：{fix['text']}" for fix in document.get("fixes", ())[:SHOWN]]
    return lines


def _listed(what: str, keys: tuple[str, ...]) -> list[str]:
    if not keys:
        return []
    rest = f" 等 {len(keys)} 项" if len(keys) > SHOWN else ""
    return [f"{what}：{'、'.join(keys[:SHOWN])}{rest}"]
