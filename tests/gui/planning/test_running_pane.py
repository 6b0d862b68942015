"""运行中的样子：四步、数目、用时、只降不升的曲线；出错时说清留下了什么。"""

from __future__ import annotations

import pytest
from pytestqt.qtbot import QtBot

from gui.planning.planning_dialog import BestCurve, PlanningDialog, RunningPane, StepStage
from gui.planning.process import PlanningError
from planners.proposals import Progress, Step

pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints", extend=True)  # the offscreen platform says so


def shown(qtbot: QtBot) -> RunningPane:
    pane = RunningPane()
    qtbot.addWidget(pane)
    return pane


def test_the_steps_tick_off_with_what_they_counted(qtbot: QtBot, themed: None) -> None:
    pane = shown(qtbot)
    pane.show_progress(Progress(Step.READ, "40 个检查点、98 场活动"))
    pane.show_progress(Progress(Step.CANDIDATES, "1260 个"))
    pane.show_progress(Progress(Step.SEARCH, open_demands=8))
    stages = [line.stage for line in pane.lines.values()]
    assert stages == [StepStage.DONE, StepStage.DONE, StepStage.GOING, StepStage.WAITING]
    assert [line.words for line in pane.lines.values()] == [
        "读取 40 个检查点、98 场活动",
        "生成候选日期",
        "求解：已找到可行方案，正在改进",
        "写出每项理由",
    ]
    assert [line.number for line in pane.lines.values()] == ["0.0 秒", "1260 个", "", ""]
    assert pane.lines[Step.SEARCH].accessibleName() == "求解：已找到可行方案，正在改进，进行中"


def test_the_curve_only_falls(qtbot: QtBot, themed: None) -> None:
    curve = BestCurve()
    qtbot.addWidget(curve)
    assert curve.words == ""
    for seconds, unmet in enumerate((8, 5, 6, None, 3)):
        curve.show_best(seconds, unmet)
    assert (curve.words, curve.best) == ("未满足 8 → 3", 3)
    curve.resize(300, 60)
    assert not curve.grab().isNull()


def test_the_clock_names_the_limit(qtbot: QtBot, themed: None) -> None:
    assert shown(qtbot).spent_words == "已用 0 秒 / 上限 20 秒"


def test_stopping_is_asked_once(qtbot: QtBot, themed: None) -> None:
    pane = shown(qtbot)
    asked: list[bool] = []
    pane.stop_requested.connect(lambda: asked.append(True))
    pane.stop_button.click()
    pane.stop_button.click()
    assert asked == [True]
    assert pane.cancel_button.isEnabled()


def test_closing_the_pane_cancels_the_run(qtbot: QtBot, themed: None) -> None:
    dialog = PlanningDialog()
    qtbot.addWidget(dialog)
    asked: list[bool] = []
    dialog.cancel_requested.connect(lambda: asked.append(True))
    dialog.show()
    dialog.reject()
    assert asked == [True]
    assert dialog.isVisible()


def test_a_failure_stays_and_says_what_was_kept(qtbot: QtBot, themed: None) -> None:
    dialog = PlanningDialog()
    qtbot.addWidget(dialog)
    dialog.show_progress(Progress(Step.SEARCH, open_demands=3))
    dialog.show_failure(PlanningError("自动排期算到一半出错了。", trace="ZeroDivisionError"))
    assert dialog.failure is not None
    assert dialog.failure.bar.bar.text == "自动排期算到一半出错了。没有改动，原来的安排还在。"
    assert dialog.pane.stopped_at == "停在“求解”这一步，最好的方案还差 3 处。"
    retried: list[bool] = []
    dialog.retry_requested.connect(lambda: retried.append(True))
    dialog.failure.retry_button.click()
    assert retried == [True]
