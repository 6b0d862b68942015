"""后台：值进值出，在主线程上交还；能停，出错说清。"""

from __future__ import annotations

import threading

import pytest
from pytestqt.exceptions import capture_exceptions
from pytestqt.qtbot import QtBot

from gui.session import runner as runner_module
from gui.session.messages import Messages
from gui.session.runner import Runner, RunProgress
from models.domain.errors import InputError


def thread_name(_: RunProgress) -> str:
    return threading.current_thread().name


def test_the_work_runs_elsewhere_and_its_result_arrives_on_the_main_thread(qtbot: QtBot) -> None:
    runner = Runner(Messages())
    arrived: list[tuple[str, str]] = []
    runner.run("读取", thread_name, lambda worked: arrived.append((worked, threading.current_thread().name)))
    qtbot.waitUntil(lambda: bool(arrived))
    ((worked, returned),) = arrived
    assert worked != "MainThread"
    assert (returned, runner.busy) == ("MainThread", False)


def test_an_expected_error_becomes_a_message(qtbot: QtBot) -> None:
    def refuse(_: RunProgress) -> None:
        raise InputError("不是年度数据包。", "没有导入。")

    messages = Messages()
    words: list[str] = []
    messages.said.connect(words.append)
    runner = Runner(messages)
    runner.run("读取", refuse, words.append)
    qtbot.waitUntil(lambda: bool(words))
    assert words == ["不是年度数据包。没有导入。"]


def test_a_bug_in_the_work_is_raised_on_the_main_thread(qtbot: QtBot) -> None:
    def break_down(_: RunProgress) -> None:
        raise ZeroDivisionError

    runner = Runner(Messages())
    with capture_exceptions() as caught:
        runner.run("计算", break_down, print)
        qtbot.waitUntil(lambda: not runner.busy)
    assert [kind for kind, _, _ in caught] == [ZeroDivisionError]


def test_long_work_can_be_stopped_and_says_that_nothing_changed(
    qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(runner_module, "BAR_AFTER", 10)
    going = threading.Event()

    def count(progress: RunProgress) -> str:
        for number in range(1_000_000):
            progress.step(number, 1_000_000)
            going.wait(0.005)
        return "done"

    messages, words, results = Messages(), [], []
    bars: list[object] = []
    messages.bar_requested.connect(bars.append)
    messages.toast_requested.connect(words.append)
    runner = Runner(messages)
    runner.run("排期", count, results.append)
    qtbot.waitUntil(lambda: bool(bars))
    bars[0].actions[0].run()
    qtbot.waitUntil(lambda: not runner.busy)
    assert (bars[0].text, bars[0].actions[0].label) == ("正在排期……", "停止")
    assert ([toast.text for toast in words], results) == (["已停止排期，没有改动"], [])


def test_what_goes_wrong_with_quiet_work_is_only_logged(
    qtbot: QtBot, caplog: pytest.LogCaptureFixture
) -> None:
    def break_down(_: RunProgress) -> None:
        raise ZeroDivisionError("张三")

    messages, words = Messages(), []
    messages.said.connect(words.append)
    runner = Runner(messages)
    runner.run("找建议", break_down, words.append, quiet=True)
    qtbot.waitUntil(lambda: not runner.busy)
    assert words == []
    assert "ZeroDivisionError" in caplog.text
    assert "张三" not in caplog.text
