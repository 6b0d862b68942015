"""排期进程：边算边报、停下就给当前方案、取消立刻结束、坏了说清；重活都不在窗口的线程上。"""

from __future__ import annotations

import os
import signal
from threading import current_thread

import pytest
from pytestqt.qtbot import QtBot

from gui.planning import process as planning_process
from gui.planning.process import PlanningError, PlanningRun
from gui.planning.worker import PlanningRequest
from gui.session.year_session import YearSession
from planners.proposals import Conditions, Progress, Proposal, Step
from tests.gui.planning.runs import start

STUBS = "tests.gui.planning.stub_planners"


def test_progress_comes_in_order_and_then_the_proposal(qtbot: QtBot, session: YearSession) -> None:
    heard = start(session, f"{STUBS}:quick", seed=7)
    qtbot.waitUntil(lambda: heard.over)
    steps = list(dict.fromkeys(progress.step for progress in heard.progress))
    assert steps == list(Step)
    assert heard.progress[0].words == f"{len(session.ruleset.rules)} 条规则、95 场活动"
    assert [p.open_demands for p in heard.progress if p.open_demands is not None] == [8, 5, 3]
    (proposal,) = heard.proposals
    assert (proposal.revision, proposal.today, proposal.seed) == (session.snapshot.revision, session.today, 7)


def test_the_process_knows_neither_window_nor_database(qtbot: QtBot, session: YearSession) -> None:
    heard = start(session, f"{STUBS}:modules")
    qtbot.waitUntil(lambda: heard.over)
    assert [proposal.title for proposal in heard.proposals] == [""]


def test_stop_gives_the_plan_found_so_far(qtbot: QtBot, session: YearSession) -> None:
    heard = start(session, f"{STUBS}:busy")
    qtbot.waitUntil(lambda: bool(heard.progress))
    heard.run.stop()
    qtbot.waitUntil(lambda: heard.over)
    assert [proposal.title for proposal in heard.proposals] == ["停在这里"]
    assert (heard.cancelled, heard.errors) == (0, [])


def test_cancel_ends_a_process_that_does_not_listen(qtbot: QtBot, session: YearSession) -> None:
    heard = start(session, f"{STUBS}:deaf")
    qtbot.waitUntil(lambda: bool(heard.progress))
    process = heard.run.process_id
    assert process is not None
    heard.run.cancel()
    heard.run.wait()
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
    qtbot.waitUntil(lambda: heard.over)
    (error,) = heard.errors
    assert str(error) == (
        "自动排期的计算进程意外结束了。没有改动，原来的安排还在。可以再试一次；仍不行时请导出诊断。"
    )
    assert error.trace == "exit code -9"
    session.refresh()
    assert session.snapshot == before


def test_a_refusal_comes_in_its_own_words(qtbot: QtBot, session: YearSession) -> None:
    heard = start(session, f"{STUBS}:refused")
    qtbot.waitUntil(lambda: heard.over)
    assert [str(error) for error in heard.errors] == ["这一年已经过去。没有改动。请打开今年或以后的年度。"]
    assert heard.errors[0].trace == ""


def test_a_fault_names_places_in_the_program_and_no_person(qtbot: QtBot, session: YearSession) -> None:
    heard = start(session, f"{STUBS}:faulty")
    qtbot.waitUntil(lambda: heard.over)
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
    qtbot.waitUntil(lambda: heard.over)
    assert [error.what for error in heard.errors] == ["1 秒内没有算出方案。"]


def test_the_window_neither_starts_the_process_nor_talks_to_it(
    qtbot: QtBot, session: YearSession, monkeypatch: pytest.MonkeyPatch
) -> None:
    threads: dict[str, set[str]] = {}
    begin = planning_process._started

    class Line:
        def __init__(self, line: object) -> None:
            self._line = line

        def __getattr__(self, name: str) -> object:
            threads.setdefault(name, set()).add(current_thread().name)
            return getattr(self._line, name)

    def started() -> tuple[object, Line]:
        threads["started"] = {current_thread().name}
        process, line = begin()
        return process, Line(line)

    monkeypatch.setattr(planning_process, "_started", started)
    heard = start(session, f"{STUBS}:quick")
    qtbot.waitUntil(lambda: heard.over)
    assert threads == {name: {"排期"} for name in ("started", "send", "poll", "recv", "close")}
    assert len(heard.proposals) == 1


def test_what_is_heard_comes_on_the_main_thread_only_once(qtbot: QtBot, session: YearSession) -> None:
    request = PlanningRequest(
        session.snapshot, session.today, session.ruleset, Conditions(), f"{STUBS}:quick"
    )
    run = PlanningRun(request)
    heard: list[object] = []
    run.finished.connect(heard.append)
    run.progressed.connect(heard.append)
    run.start()
    qtbot.waitUntil(lambda: not run.running)
    run.cancel()
    assert isinstance(heard[-1], Proposal)
    assert all(isinstance(one, Progress) for one in heard[:-1])
