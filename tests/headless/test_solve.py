"""solve：读问题、写方案、退出码；坏文件一概不求解。"""

from __future__ import annotations

import json
from itertools import count
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

import main
from gui.headless import solve_problem
from models.store import Store
from planners.autoplan.problem import Plan, PlanProblem, Solution, Status
from planners.autoplan.solve import solve
from tests.headless.conftest import Outcome
from tests.planners.autoplan.checker import soft_cost, violations
from tests.planners.autoplan.problems import small, stored


class Desk:
    """A folder with problem files, and ``solve`` run in it."""

    def __init__(self, folder: Path, capfd: pytest.CaptureFixture[str]) -> None:
        self.folder = folder
        self.plan = folder / "方案.json"
        self._capfd = capfd

    def file(self, contents: object, name: str = "题.json") -> Path:
        """A file with ``contents``: bytes as they are, anything else as JSON."""
        path = self.folder / name
        path.write_bytes(contents if isinstance(contents, bytes) else json.dumps(contents).encode())
        return path

    def solve(self, *words: object) -> Outcome:
        """``solve`` with ``words`` and ``-o 方案.json``."""
        code = main.main(["solve", *map(str, words), "-o", str(self.plan)])
        return Outcome(code, *self._capfd.readouterr())

    def run(self, *words: object) -> Outcome:
        code = main.main([*map(str, words)])
        return Outcome(code, *self._capfd.readouterr())

    def written(self) -> dict[str, Any]:
        return dict(json.loads(self.plan.read_text(encoding="utf-8")))


@pytest.fixture
def desk(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> Desk:
    """A fresh folder."""
    return Desk(tmp_path, capfd)


def test_a_solvable_problem_ends_with_0_and_the_whole_plan(desk: Desk) -> None:
    answer = desk.solve(desk.file(small()), "--effort", 3000)
    assert (answer.code, answer.out) == (0, "")
    assert answer.err.splitlines() == [
        "可行：硬约束全部满足。",
        "排进 3 / 3 场，代价 7。",
        f"方案已写到：{desk.plan}",
    ]
    plan = desk.written()
    assert violations(small(), plan) == []
    assert (plan["problem"], plan["status"], plan["unplaced"], plan["unmet"]) == (
        "小问题",
        "feasible",
        [],
        [],
    )
    assert [path.name for path in desk.folder.iterdir()] == ["题.json", "方案.json"]


def test_the_same_seed_and_effort_write_the_same_bytes_over_the_old_file(desk: Desk) -> None:
    problem = desk.file(stored("S-feasible-1"))
    written = []
    for _ in range(2):
        assert desk.solve(problem, "--seed", 5, "--effort", 10_000).code == 0
        written.append(desk.plan.read_bytes())
        desk.plan.write_bytes(b"old")
    assert written[0] == written[1]
    assert desk.solve(problem, "--seed", 6, "--effort", 10_000).code == 0
    assert desk.plan.read_bytes() != written[0]


def test_dash_writes_to_standard_output(desk: Desk) -> None:
    answer = desk.run("solve", desk.file(small()), "-o", "-", "--effort", 100)
    assert answer.code == 0
    assert json.loads(answer.out)["problem"] == "小问题"
    assert "方案已写到" not in answer.err


def test_an_optional_event_left_out_ends_with_1(desk: Desk) -> None:
    problem = small()
    problem["rules"][0]["max"] = 2
    answer = desk.solve(desk.file(problem), "--effort", 3000)
    plan = desk.written()
    assert (answer.code, plan["status"], len(plan["unplaced"])) == (1, "feasible", 1)
    assert f"没排进：{plan['unplaced'][0]}" in answer.err
    assert violations(problem, plan) == []


def test_an_impossible_problem_ends_with_1_conflicts_and_fixes(desk: Desk) -> None:
    problem = small()
    problem["blocked"].append(
        {"id": "停2", "scope": {"all": True}, "from": "2027-01-04", "to": "2027-01-17", "half": None}
    )
    answer = desk.solve(desk.file(problem), "--effort", 1000)
    plan = desk.written()
    assert (answer.code, plan["problem"], plan["status"]) == (1, "小问题", "infeasible")
    assert plan["conflicts"]
    assert all(conflict["rules"] and conflict["text"] for conflict in plan["conflicts"])
    assert any("blocked:停2" in fix["relax"] for fix in plan["fixes"])
    assert "已证不可行。" in answer.err
    assert f"冲突：{plan['conflicts'][0]['text']}" in answer.err


def test_seconds_end_the_search_with_the_plan_so_far(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    asked = count()
    monkeypatch.setattr(solve_problem, "time", SimpleNamespace(monotonic=lambda: next(asked)))
    answer = desk.solve(desk.file(stored("S-feasible-1")), "--seconds", 400, "--effort", 10**9)
    assert answer.code == 0
    assert next(asked) in range(400, 410)
    assert violations(stored("S-feasible-1"), desk.written()) == []


def test_no_data_file_is_opened(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object) -> None:
        raise AssertionError

    monkeypatch.setattr(Store, "__init__", refuse)
    assert desk.solve(desk.file(small()), "--effort", 10).code == 0


@pytest.mark.parametrize(
    ("contents", "reason"),
    [
        (b"", "不是 JSON"),
        (b"\xff\xfe", "不是 UTF-8 文字"),
        (b"{,}", "第 1 行第 2 列起读不懂"),
        (b"[" * 200_000, "括号嵌套过深"),
        (b'{"a": 1, "a": 2}', "字段“a”出现两次"),
        (b'{"format": NaN}', "NaN 不是数字"),
        (b'{"n": ' + b"9" * 5000 + b"}", "位数过多的数字"),
        (b"[]", "最外层应为一个对象"),
        (b'{"format": "outreach-year/1"}', "本程序只认得 outreach-plan-problem/1"),
    ],
)  # fmt: skip
def test_a_file_that_is_no_problem_ends_with_2_and_writes_nothing(
    desk: Desk, contents: bytes, reason: str
) -> None:
    answer = desk.solve(desk.file(contents))
    assert (answer.code, answer.out) == (2, "")
    assert reason in answer.err
    assert "没有求解" in answer.err
    assert not desk.plan.exists()


def test_a_bad_problem_names_file_place_and_value(desk: Desk) -> None:
    problem = small()
    problem["events"][2]["hosts"][0] = "丙局"
    answer = desk.solve(desk.file(problem))
    assert answer.code == 2
    assert "题.json 有 1 处不能接受：\n  1. events[2].hosts[0]：“丙局”，没有编号为它的单位" in answer.err


def test_a_file_that_is_too_large_is_not_read(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(solve_problem, "PROBLEM_FILE", solve_problem.PROBLEM_FILE._replace(largest=2**20))
    answer = desk.solve(desk.file(b" " * (2**20 + 1)))
    assert answer.code == 2
    assert "文件太大：题.json 有 1 MB，排期问题不超过 1 MB。" in answer.err


def test_missing_files_and_folders_are_said_before_any_search(desk: Desk) -> None:
    assert "读不到文件" in desk.solve(desk.folder / "无.json").err
    assert "这不是一个文件" in desk.solve(desk.folder).err
    problem = desk.file(small())
    answer = desk.run("solve", problem, "-o", desk.folder / "无" / "方案.json")
    assert (answer.code, "方案写不到那里" in answer.err) == (2, True)
    answer = desk.run("solve", problem, "-o", problem)
    assert (answer.code, "方案不能写到问题文件自己" in answer.err) == (2, True)
    assert json.loads(problem.read_text(encoding="utf-8")) == small()


def test_a_plan_that_only_the_explanation_finds_is_written(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    def lost(problem: PlanProblem, **how: Any) -> Solution:
        found = solve(problem, **how)
        return found._replace(
            status=Status.NOT_FOUND, plan=Plan((), ()), unplaced=("活动1",), unmet=("required:活动1",)
        )

    monkeypatch.setattr(solve_problem, "solve", lost)
    desk.solve(desk.file(small()), "--effort", 10)
    plan = desk.written()
    assert (plan["status"], plan["unmet"]) == ("feasible", [])
    assert violations(small(), plan) == []
    assert plan["cost"] == sum(soft_cost(small(), plan).values())
