"""流程：F9 → 运行（年度只读）→ 建议 → 采纳一步；取消、出错、拒绝并记住。"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from copy import copy
from datetime import date
from functools import partial
from pathlib import Path

import pytest
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot

from exports.package import read_package
from gui.planning import planning as planning_module
from gui.planning.conditions_dialog import ConditionsDialog
from gui.planning.diagnosis_package import without_names
from gui.planning.planning import HELD, Planning
from gui.planning.worker import PLANNER
from gui.services.program_settings import SettingsFile
from gui.shell.application import new_session
from gui.shell.main_window import MainWindow
from models import commands
from models.domain.attendance import Delegate
from models.domain.errors import CommandError
from models.domain.events import Campaign, EventStatus
from models.domain.rules import Severity
from models.store import open_store
from planners.history import History
from planners.proposals import Conditions
from tests.factories import sample
from tests.gui.conftest import NOW
from tests.gui.planning.stub_planners import KEY
from tests.stores import filled_store

STUBS = "tests.gui.planning.stub_planners"
pytestmark = pytest.mark.qt_log_ignore("This plugin does not support", extend=True)  # offscreen says so

Open = Callable[[str], MainWindow]


@pytest.fixture
def open_window(
    qtbot: QtBot, themed: None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Open]:
    made: list[MainWindow] = []

    def open_with(planner: str) -> MainWindow:
        monkeypatch.setattr(planning_module, "Planning", partial(Planning, planner=f"{STUBS}:{planner}"))
        window = MainWindow(
            partial(new_session, lambda: NOW), SettingsFile(tmp_path / "settings.json"), tmp_path
        )
        if not made:
            filled_store(tmp_path / "year.db").close()
        window.open_with(partial(open_store, tmp_path / "year.db"))
        made.append(window)
        return window

    yield open_with
    for window in made:
        window.close()
        window.deleteLater()


def started(window: MainWindow) -> Planning:
    assert window.tools is not None
    window.commands.plan()
    return window.tools.planning


def action(window: MainWindow, words: str) -> QAction:
    return next(one for one in window.findChildren(QAction) if one.text() == words)


def test_f9_holds_the_year_until_the_proposal_and_accepting_is_one_step(
    qtbot: QtBot, open_window: Open
) -> None:
    window = open_window("one_entry")
    session = window.session
    assert session is not None
    before = session.snapshot
    assert action(window, "自动排期").shortcut().toString() == "F9"
    action(window, "自动排期").trigger()
    planning = window.tools.planning
    assert planning is not None
    assert session.read_only_reason == HELD
    assert window.status_line._saved.text() == HELD
    assert not action(window, "新建活动…").isEnabled()
    assert not window.overview.header._new.isEnabled()
    with pytest.raises(CommandError, match="正在自动排期"):
        session.attempt(commands.set_quarter_theme, 2027, 4, "年终盘点")
    qtbot.waitUntil(lambda: planning.proposal is not None)
    assert (planning.pane, session.hold_reason) == (None, "")
    assert action(window, "新建活动…").isEnabled()
    planning.proposal.accept_ticked()
    assert (planning.proposal, session.undo_title) == (None, "采纳 1 项建议")
    assert len(session.snapshot.events) == len(before.events) + 1
    session.undo()
    assert session.snapshot == before


def test_the_button_of_the_overview_does_the_same(qtbot: QtBot, open_window: Open) -> None:
    window = open_window("quick")
    next(made for made in window.findChildren(QPushButton) if made.text() == "自动排期").click()
    planning = window.tools.planning
    qtbot.waitUntil(lambda: planning.proposal is not None)
    assert planning.proposal.empty.title == "没有要补的"


def test_a_second_f9_brings_the_running_one_to_the_front(qtbot: QtBot, open_window: Open) -> None:
    planning = started(open_window("busy"))
    run = planning.run
    planning.start()
    assert planning.run is run
    run.cancel()


def test_cancel_says_that_nothing_changed(qtbot: QtBot, open_window: Open) -> None:
    window = open_window("deaf")
    before = window.session.snapshot
    planning = started(window)
    qtbot.waitUntil(lambda: planning.pane.pane.curve.best is not None)
    run = planning.run
    planning.pane.pane.cancel_button.click()
    assert (planning.run, planning.pane, window.session.hold_reason) == (None, None, "")
    assert window.toasts.texts == ("已取消自动排期，没有改动",)
    assert window.session.snapshot is before
    run.wait()


def test_stop_shows_what_was_found(qtbot: QtBot, open_window: Open) -> None:
    planning = started(open_window("busy"))
    qtbot.waitUntil(lambda: planning.pane.pane.curve.best is not None)
    planning.pane.pane.stop_button.click()
    qtbot.waitUntil(lambda: planning.proposal is not None)
    assert planning.proposal.windowTitle() == "停在这里"


def test_rejected_entries_are_remembered_and_do_not_come_again(qtbot: QtBot, open_window: Open) -> None:
    planning = started(open_window("one_entry"))
    qtbot.waitUntil(lambda: planning.proposal is not None)
    planning.proposal.detail.reject_requested.emit()
    planning.proposal.reject()
    assert planning.memory.read().conditions.rejected == (KEY,)
    assert planning.memory.read().name_of(KEY) == "走进社区 · 11月"
    planning.start()
    qtbot.waitUntil(lambda: planning.proposal is not None)
    assert planning.proposal.choices.rows == ()


def test_a_locked_day_is_kept_for_the_next_run(qtbot: QtBot, open_window: Open) -> None:
    planning = started(open_window("one_entry"))
    qtbot.waitUntil(lambda: planning.proposal is not None)
    event = planning.proposal.choices.row(0).entry.event
    planning.proposal.detail.lock_toggled.emit(True)
    assert planning.memory.read().conditions.locked == ((KEY, event),)
    planning.proposal.detail.lock_toggled.emit(False)
    assert planning.memory.read().conditions.locked == ()


def test_conditions_are_asked_above_the_proposal_and_start_anew(
    qtbot: QtBot, open_window: Open, monkeypatch: pytest.MonkeyPatch
) -> None:
    def answered(dialog: ConditionsDialog) -> int:
        dialog.seed.setValue(11)
        dialog.accept_form()
        return 1

    monkeypatch.setattr(ConditionsDialog, "exec", answered)
    planning = started(open_window("one_entry"))
    qtbot.waitUntil(lambda: planning.proposal is not None)
    first = planning.proposal
    first.conditions_requested.emit()
    qtbot.waitUntil(lambda: planning.proposal not in (None, first))
    assert planning.memory.read().conditions == Conditions(seed=11)


def test_filling_gaps_asks_for_the_minimum_of_the_whole_year_and_moves_nothing(
    qtbot: QtBot, open_window: Open
) -> None:
    planning = open_window("one_entry").tools.planning
    assert planning is not None
    planning.memory.keep(
        Conditions(
            first=date(2027, 11, 1),
            campaigns=(Campaign.LECTURE,),
            units=("区医保局",),
            movable=True,
            rejected=(KEY,),
        )
    )
    planning.fill_gaps()
    assert planning.request is not None
    assert planning.request.conditions._replace(history=History()) == Conditions(
        targets=False, units=("区医保局",), rejected=(KEY,)
    )
    qtbot.waitUntil(lambda: planning.proposal is not None)
    assert planning.memory.read().conditions.movable


def test_a_killed_process_leaves_the_year_and_offers_a_diagnosis(
    qtbot: QtBot, open_window: Open, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    window = open_window("killed")
    session = window.session
    before = session.snapshot
    planning = started(window)
    qtbot.waitUntil(lambda: planning.pane.failure is not None)
    assert (session.snapshot, session.hold_reason) == (before, "")
    target = tmp_path / "诊断.json"
    monkeypatch.setattr(planning_module, "ask_where_to_save", lambda *_: target)
    planning.pane.failure.diagnosis_button.click()
    qtbot.waitUntil(target.exists)
    qtbot.waitUntil(lambda: not window.runner.busy)
    written = json.loads(target.read_text(encoding="utf-8"))
    assert (written["format"], written["today"]) == ("planning-diagnosis/1", "2027-06-15")
    assert written["what"] == "自动排期的计算进程意外结束了。"
    again = read_package(json.dumps(written["year"]).encode(), "诊断")
    assert len(again.events) == len(before.events)


def test_a_diagnosis_holds_no_person_and_no_title(themed: None) -> None:
    year = copy(sample())
    year.delegates = (*year.delegates, Delegate("王五", "王五", "13800000000", selected_by="李四介绍"))
    text = str(
        [vars(without_names(year))[name] for name in ("events", "delegates", "decisions", "invitations")]
    )
    for word in ("王五", "李四", "13800000000", year.events[0].title, year.decisions[0].title, "代表甲"):
        assert word not in text
    kept = without_names(year)
    assert [e.starts_at for e in kept.events] == [e.starts_at for e in year.events]
    assert {i.delegate for i in kept.invitations} <= {d.key for d in kept.delegates}


def test_opening_other_data_ends_the_run(qtbot: QtBot, open_window: Open, tmp_path: Path) -> None:
    window = open_window("deaf")
    run = started(window).run
    window.open_with(partial(open_store, tmp_path / "other.db"))
    assert not run.running
    assert not run._thread.is_alive()


def test_read_only_data_cannot_be_planned(qtbot: QtBot, open_window: Open) -> None:
    window = open_window("quick")
    window.session.store.read_only_reason = "另一台电脑正在使用。"
    planning = started(window)
    assert planning.run is None
    assert window.toasts.texts == ("另一台电脑正在使用。",)


def test_a_decision_without_delegates_offers_a_proposal(qtbot: QtBot, open_window: Open) -> None:
    window = open_window("quick")
    window.tools.desk.tell_decision("d5")
    (bar,) = [shown.bar for shown in window.bars._bars if shown.bar.topic == "decision"]
    assert [one.label for one in bar.actions] == ["看建议"]
    bar.actions[0].run()
    (row,) = window.tools.planning.proposal.choices.rows
    assert row.entry.key == "decision|d5"
    assert not row.ticked


def test_a_postponed_event_comes_as_a_proposal_and_is_scheduled_in_one_step(
    qtbot: QtBot, open_window: Open
) -> None:
    window = open_window("quick")
    window.overview.controller.accept_at("lecture", 6)
    proposal = window.tools.planning.proposal
    assert proposal.windowTitle() == "排入建议"
    proposal.accept_ticked()
    assert window.session.snapshot.event_by_key["A007"].status is EventStatus.PLANNED
    window.session.undo()
    assert window.session.snapshot.event_by_key["A007"].status is EventStatus.POSTPONED


def test_the_real_planner_fills_the_sample_year_and_one_undo_takes_it_back(
    qtbot: QtBot, open_window: Open
) -> None:
    window = open_window("quick")
    session, planning = window.session, window.tools.planning
    planning._planner = PLANNER
    planning.memory.keep(Conditions(targets=False, effort=2000))
    before, missing = session.snapshot, session.check.summary
    planning.start()
    qtbot.waitUntil(lambda: planning.proposal is not None)
    assert len(planning.proposal.choices.ticked) >= 4
    planning.proposal.accept_ticked()
    after = session.check.summary
    assert after.gap < missing.gap
    assert not [
        c
        for c in session.check.conflicts
        if c.severity is Severity.HARD and set(c.events) - set(before.event_by_key)
    ]
    session.undo()
    assert session.snapshot == before
