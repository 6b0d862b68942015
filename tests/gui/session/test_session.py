"""年度会话：一条命令、一次刷新、一步撤销；错的说清楚，什么都不改。"""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from gui.session.messages import Bar, Messages
from gui.session.year_session import YearSession, done_words
from gui.shell.frame import UndoActions
from models import commands
from models.domain.errors import StoreError
from models.reference import blank_year
from models.store import Store, open_store
from planners.results import CellState
from tests.factories import sample
from tests.gui.conftest import NOW


def told(session: YearSession) -> list[str]:
    words: list[str] = []
    session.messages.said.connect(words.append)
    return words


def test_a_change_is_seen_at_once_and_told_with_a_way_back(qtbot: QtBot, session: YearSession) -> None:
    toasts: list[object] = []
    session.messages.toast_requested.connect(toasts.append)
    with qtbot.waitSignal(session.changed):
        session.perform(commands.move_event, 2027, "A027", datetime(2027, 6, 17, 9), toast=True)
    assert session.snapshot.event_by_key["A027"].starts_at == datetime(2027, 6, 17, 9)
    (toast,) = toasts
    assert (toast.text, toast.action.label) == ("已移动“民法典”到6月17日", "撤销")
    toast.action.run()
    assert session.snapshot.event_by_key["A027"].starts_at == datetime(2027, 6, 18, 9)


def test_a_refused_command_is_said_and_changes_nothing(session: YearSession) -> None:
    words, before = told(session), session.snapshot
    done = session.perform(commands.move_event, 2027, "nobody", datetime(2027, 6, 17, 9))
    assert (done, session.snapshot is before) == (None, True)
    assert "没有活动“nobody”" in words[0]


def test_a_failed_write_is_in_the_status_until_one_succeeds(session: YearSession) -> None:
    def fails(_: Store) -> None:
        raise StoreError("磁盘已满。", "没有保存。")

    assert session.perform(fails) is None
    assert session.save_problem == "磁盘已满。"
    session.perform(commands.move_event, 2027, "A027", datetime(2027, 6, 17, 9))
    assert (session.save_problem, session.saved_at) == ("", datetime(2027, 6, 15, 14, 32))


def test_undo_and_redo_go_through_every_step_and_say_when_there_is_none(session: YearSession) -> None:
    first = session.snapshot
    for day in (16, 17):
        session.perform(commands.move_event, 2027, "A027", datetime(2027, 6, day, 9))
    second = session.snapshot
    session.undo()
    session.undo()
    assert session.snapshot == first
    session.redo()
    session.redo()
    assert session.snapshot == second
    words = told(session)
    session.redo()
    assert words == ["没有可以重做的操作。"]


def test_undoing_the_making_of_a_year_shows_what_is_left(themed: None, tmp_path: Path) -> None:
    with open_store(tmp_path / "new.db") as store:
        session = YearSession(store, Messages())
        session.attempt(commands.create_year, blank_year(2027))
        session.open_year(2027)
        session.undo()
        assert (session.has_year, session.years()) == (False, ())
        session.redo()
        assert (session.has_year, session.year, session.years()) == (True, 2027, (2027,))


def test_the_undo_action_carries_the_name_of_the_step(qtbot: QtBot, session: YearSession) -> None:
    actions = UndoActions(session)
    actions.follow(session)
    session.perform(commands.move_event, 2027, "A027", datetime(2027, 6, 17, 9))
    assert (actions.undo.text(), actions.redo.isEnabled()) == ("撤销 移动“民法典”到6月17日", False)
    actions.undo.trigger()
    assert (actions.redo.text(), actions.redo.isEnabled()) == ("重做 移动“民法典”到6月17日", True)


def test_a_name_with_an_ampersand_is_shown_as_it_is(session: YearSession) -> None:
    actions = UndoActions(session)
    actions.follow(session)
    event = session.snapshot.event_by_key["A027"]._replace(short="A&B")
    session.perform(commands.change_event, 2027, event)
    assert actions.undo.text() == "撤销 修改“A&&B”"


def test_after_midnight_the_year_is_checked_against_the_new_day(themed: None, sample_store: Store) -> None:
    now = [datetime(2027, 6, 30, 23, 59)]
    session = YearSession(sample_store, Messages(), clock=lambda: now[0])
    session.open_year(2027)
    june = ("lecture.monthly", date(2027, 6, 1))

    def state() -> CellState:
        return next(cell.state for cell in session.check.cells if (cell.rule, cell.first) == june)

    before = state()
    now[0] = datetime(2027, 7, 1, 0, 1)
    session.notice_midnight()
    assert (before, state()) == (CellState.AT_RISK, CellState.OVERDUE)


def test_rules_that_cannot_be_read_leave_the_last_result_and_say_so(session: YearSession) -> None:
    before, words = session.check, told(session)
    bad = """UPDATE year SET settings = '[["lecture.minimum",9]]'"""  # no command of ours stores it
    session.store.connection.execute(bad)
    session.refresh()
    assert session.check is before
    assert words[-1].startswith("规则检查未完成：")


def test_this_year_is_opened_first_else_the_next_one_known(themed: None, tmp_path: Path) -> None:
    with open_store(tmp_path / "years.db") as store:
        for year in (2025, 2026, 2028):
            commands.create_year(store, blank_year(year))
        opened = {}
        for today in (2024, 2026, 2027, 2030):
            session = YearSession(store, Messages(), clock=lambda today=today: datetime(today, 6, 1))
            session.open_nearest_year()
            opened[today] = session.year
        assert opened == {2024: 2025, 2026: 2026, 2027: 2028, 2030: 2028}


@pytest.mark.parametrize(
    ("title", "said"),
    [("移动“民法典”到6月17日", "已移动“民法典”到6月17日"), ("“民法典”改为已确认", "“民法典”改为已确认")],
)
def test_what_was_done_is_said_after_the_fact(title: str, said: str) -> None:
    assert done_words(title) == said


def test_undoing_a_whole_year_with_events_is_asked_about_once_more(themed: None, tmp_path: Path) -> None:
    with open_store(tmp_path / "数据.db") as store:
        commands.create_year(store, sample())
        session = YearSession(store, Messages(), clock=lambda: NOW)
        bars: list[Bar] = []
        session.messages.bar_requested.connect(bars.append)
        session.open_year(2027)
        session.undo()
        assert session.has_year
        (asked,) = bars
        assert asked.kind == "warning"
        assert "2027 年度和其中的活动都会拿掉" in asked.text
        (really,) = asked.actions
        really.run()
        assert not session.has_year
        session.redo()
        assert session.years() == (2027,)


def test_the_agenda_is_put_together_once_until_something_changes(session: YearSession) -> None:
    first = session.agenda
    assert session.agenda is first
    session.perform(commands.delete_event, 2027, "A027")
    assert session.agenda is not first
    assert len(session.agenda) != len(first)


def test_an_undo_whose_step_cannot_be_read_is_told(
    session: YearSession, monkeypatch: pytest.MonkeyPatch
) -> None:
    def damaged(_: Store) -> None:
        raise StoreError("变更记录读不了。", "没有撤销。", "请从备份恢复。")

    monkeypatch.setattr("gui.session.year_session.queries.year_that_undo_removes", damaged)
    bars: list[Bar] = []
    session.messages.bar_requested.connect(bars.append)
    session.undo()
    assert [bar.text for bar in bars] == ["变更记录读不了。没有撤销。请从备份恢复。"]
