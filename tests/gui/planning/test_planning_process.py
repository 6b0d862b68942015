"""排期进程：边算边报、停下就给当前方案、取消立刻结束、坏了说清；窗口始终应答。"""

from __future__ import annotations

import os
import signal
from itertools import pairwise
from time import monotonic

import pytest
from PySide6.QtCore import QTimer
from pytestqt.qtbot import QtBot

from gui.operations import planning_process
from gui.operations.planning_process import PlanningError, PlanningRun
from gui.operations.planning_worker import PlanningRequest
from gui.operations.session import YearSession
from planners.proposals import Conditions, Progress, Proposal, Step
from tests.gui.planning.runs import start

STUBS = "tests.gui.planning.stub_planners"


def test_progress_comes_in_order_and_then_the_proposal(qtbot: QtBot, session: YearSession) -> None:
    heard = start(session, f"{STUBS}:quick", seed=7)
    qtbot.waitUntil(lambda: heard.over, timeout=10_000)
    steps = list(dict.fromkeys(progress.step for progress in heard.progress))
    assert steps == list(Step)
    assert heard.progress[0].words == f"{len(session.ruleset.rules)} 条规则、95 场活动"
    assert [p.open_demands for p in heard.progress if p.open_demands is not None] == [8, 5, 3]
    (proposal,) = heard.proposals
    assert (proposal.revision, proposal.today, proposal.seed) == (session.snapshot.revision, session.today, 7)


def test_the_process_knows_neither_window_nor_database(qtbot: QtBot, session: YearSession) -> None:
    heard = start(session, f"{STUBS}:modules")
    qtbot.waitUntil(lambda: heard.over, timeout=10_000)
    assert [proposal.title for proposal in heard.proposals] == [""]


def test_stop_gives_the_plan_found_so_far(qtbot: QtBot, session: YearSession) -> None:
    heard = start(session, f"{STUBS}:busy")
    qtbot.waitUntil(lambda: bool(heard.progress), timeout=10_000)
    heard.run.stop()
    qtbot.waitUntil(lambda: heard.over, timeout=3000)
    assert [proposal.title for proposal in heard.proposals] == ["停在这里"]
    assert (heard.cancelled, heard.errors) == (0, [])


def test_cancel_ends_a_deaf_process_within_half_a_second(qtbot: QtBot, session: YearSession) -> None:
    heard = start(session, f"{STUBS}:deaf")
    qtbot.waitUntil(lambda: bool(heard.progress), timeout=10_000)
    process = heard.run.process_id
    assert process is not None
    began = monotonic()
    heard.run.cancel()
    heard.run.wait()
    took = monotonic() - began
    assert took < 0.5
    with pytest.raises(ProcessLookupError):
        os.kill(process, 0)
    qtbot.wait(20)
    assert (heard.cancelled, heard.proposals, heard.errors) == (1, [], [])


def test_a_run_cancelled_before_its_process_stands_leaves_none(qtbot: QtBot, session: YearSession) -> None:
    heard = start(session, f"{STUBS}:deaf")
    heard.run.cancel()
    heard.run.wait()
    qtbot.wait(20)
    assert (heard.cancelled, heard.progress, heard.proposals) == (1, [], [])


@pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="no such signal on this system")
def test_a_killed_process_is_told_and_the_plan_is_as_it_was(qtbot: QtBot, session: YearSession) -> None:
    before = session.snapshot
    heard = start(session, f"{STUBS}:killed")
    qtbot.waitUntil(lambda: heard.over, timeout=10_000)
    (error,) = heard.errors
    assert str(error) == (
        "自动排期的计算进程意外结束了。没有改动，原来的安排还在。可以再试一次；仍不行时请导出诊断。"
    )
    assert error.trace == "exit code -9"
    session.refresh()
    assert session.snapshot == before


def test_a_refusal_comes_in_its_own_words(qtbot: QtBot, session: YearSession) -> None:
    heard = start(session, f"{STUBS}:refused")
    qtbot.waitUntil(lambda: heard.over, timeout=10_000)
    assert [str(error) for error in heard.errors] == ["这一年已经过去。没有改动。请打开今年或以后的年度。"]
    assert heard.errors[0].trace == ""


def test_a_fault_names_places_in_the_program_and_no_person(qtbot: QtBot, session: YearSession) -> None:
    heard = start(session, f"{STUBS}:faulty")
    qtbot.waitUntil(lambda: heard.over, timeout=10_000)
    (error,) = heard.errors
    assert isinstance(error, PlanningError)
    assert "ValueError" in error.trace
    assert "stub_planners.py" in error.trace
    assert "张三" not in error.trace + str(error)


def test_a_run_that_hears_nothing_is_ended_at_the_limit(
    qtbot: QtBot, session: YearSession, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(planning_process, "LAST_CALL", 0.2)
    monkeypatch.setattr(planning_process, "LONGEST", 1.0)
    heard = start(session, f"{STUBS}:deaf")
    qtbot.waitUntil(lambda: heard.over, timeout=5000)
    assert [error.what for error in heard.errors] == ["1 秒内没有算出方案。"]


def largest_gap(qtbot: QtBot, session: YearSession) -> float:
    """The longest the event loop was held up from the start of a run to its proposal, in seconds."""
    ticks: list[float] = []
    timer = QTimer(interval=5)
    timer.timeout.connect(lambda: ticks.append(monotonic()))
    timer.start()
    heard = start(session, f"{STUBS}:busy")
    qtbot.waitUntil(lambda: len(heard.progress) > 5, timeout=10_000)
    heard.run.stop()
    qtbot.waitUntil(lambda: heard.over, timeout=3000)
    timer.stop()
    gaps = [after - before for before, after in pairwise(ticks)]
    assert len(gaps) > 5
    return max(gaps)


def test_the_window_answers_within_50_ms_while_planning(qtbot: QtBot, session: YearSession) -> None:
    # The machine may be busy with something else for one run, not for three.
    assert any(largest_gap(qtbot, session) < 0.05 for _ in range(3))


def test_what_is_heard_comes_on_the_main_thread_only_once(qtbot: QtBot, session: YearSession) -> None:
    request = PlanningRequest(
        session.snapshot, session.today, session.ruleset, Conditions(), f"{STUBS}:quick"
    )
    run = PlanningRun(request)
    heard: list[object] = []
    run.finished.connect(heard.append)
    run.progressed.connect(heard.append)
    run.start()
    qtbot.waitUntil(lambda: not run.running, timeout=10_000)
    run.cancel()
    assert isinstance(heard[-1], Proposal)
    assert all(isinstance(one, Progress) for one in heard[:-1])
