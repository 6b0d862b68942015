"""别的程序占着数据文件时：窗口照常动，等它放开就存好；等不到、取消了，都用话说清楚，填写的还在。"""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from PySide6.QtCore import Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QDialog, QLineEdit, QPushButton
from pytestqt.qtbot import QtBot

from gui.event.dialog import EventDialog
from gui.session import waiting
from gui.session.messages import Bar
from gui.session.year_session import YearSession
from models import commands, queries
from models.domain.errors import BusyError
from models.domain.events import Campaign

pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints")
HOLDER = """
import sqlite3, sys
held = sqlite3.connect(sys.argv[1], isolation_level=None)
held.execute("BEGIN " + sys.argv[2])
held.execute("SELECT * FROM office").fetchall()
print("held", flush=True)
sys.stdin.readline()
held.execute("ROLLBACK")
print("free", flush=True)
sys.stdin.readline()
"""
LOCKS = ("EXCLUSIVE", "IMMEDIATE", "DEFERRED")
"""How another program holds the file: nobody else may read, nobody else may write, it only reads."""
MANY = 30
"""Beats of the window, longer than nothing is said of the waiting."""


class Other:
    """Another program that holds the file until it is told to let go."""

    def __init__(self, path: Path, lock: str) -> None:
        command = [sys.executable, "-c", HOLDER, str(path), lock]
        self._process = subprocess.Popen(
            command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, bufsize=1
        )
        self._hear("held")

    def let_go(self) -> None:
        self._say()
        self._hear("free")

    def end(self) -> None:
        self._process.kill()
        self._process.communicate()

    def _say(self) -> None:
        assert self._process.stdin is not None
        self._process.stdin.write("\n")
        self._process.stdin.flush()

    def _hear(self, word: str) -> None:
        assert self._process.stdout is not None
        assert self._process.stdout.readline().strip() == word


@contextmanager
def held(session: YearSession, lock: str = "EXCLUSIVE") -> Iterator[Other]:
    other = Other(session.store.path, lock)
    try:
        yield other
    finally:
        other.end()


class Heart:
    """Counts the beats of the window; ``on_beat`` is done at the beat ``number``."""

    def __init__(self, on_beat: Callable[[], object], number: int = MANY) -> None:
        self.beats = 0
        self._number, self._on_beat = number, on_beat
        self._timer = QTimer(interval=20)
        self._timer.timeout.connect(self._beat)
        self._timer.start()

    def _beat(self) -> None:
        self.beats += 1
        if self.beats == self._number:
            self._on_beat()


@pytest.fixture
def said(session: YearSession) -> list[str]:
    words: list[str] = []
    session.messages.bar_requested.connect(
        lambda bar: words.append(bar.text) if isinstance(bar, Bar) else None
    )
    return words


@pytest.fixture
def short(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(waiting, "LONGEST", 300)


def theme(session: YearSession) -> str | None:
    return queries.year_snapshot(session.store, 2027).year_row.quarter_themes[0]


def set_theme(session: YearSession, words: str = "营商环境") -> object:
    return session.perform(commands.set_quarter_theme, 2027, 1, words)


@pytest.mark.parametrize("lock", LOCKS)
def test_the_window_lives_on_and_saves_once_the_file_is_let_go(session: YearSession, lock: str) -> None:
    with held(session, lock) as other:
        heart = Heart(other.let_go)
        done = set_theme(session)
    assert heart.beats >= MANY
    assert done is not None
    assert (theme(session), session.save_problem) == ("营商环境", "")


@pytest.mark.parametrize("lock", LOCKS)
def test_a_file_that_is_not_let_go_is_said_in_words_and_the_step_is_offered_again(
    session: YearSession, said: list[str], short: None, lock: str
) -> None:
    before = theme(session)
    offered: list[Bar] = []
    session.messages.bar_requested.connect(offered.append)
    with held(session, lock) as other:
        assert set_theme(session) is None
        assert "没有保存" in said[-1]
        assert "此前保存的内容都在" in said[-1]
        assert "再做一次" in said[-1]
        assert session.save_problem
        other.let_go()
        assert theme(session) == before
        (again,) = offered[-1].actions
        again.run()
    assert (again.label, theme(session), session.save_problem) == ("再做一次", "营商环境", "")


def test_waiting_can_be_cancelled_on_its_notice(qtbot: QtBot, session: YearSession, said: list[str]) -> None:
    window = shown_field(qtbot)

    def cancel() -> None:
        assert session.waiting.notice is not None
        assert session.waiting.notice.window() is window
        QTest.mouseClick(session.waiting.notice.findChild(QPushButton), Qt.MouseButton.LeftButton)

    with held(session):
        heart = Heart(cancel)
        assert set_theme(session) is None
    assert heart.beats >= MANY
    assert said[-1].startswith("已取消等待，这一步没有保存。")
    assert session.waiting.notice is None


def shown_field(qtbot: QtBot) -> QLineEdit:
    field = QLineEdit()
    field.resize(700, 300)
    qtbot.addWidget(field)
    field.show()
    return field


def test_while_it_waits_nothing_is_taken_and_nothing_closes(qtbot: QtBot, session: YearSession) -> None:
    field = shown_field(qtbot)
    seen: list[object] = []
    with held(session) as other:

        def meddle() -> None:
            QTest.keyClicks(field, "x")
            seen.append(set_theme(session, "别的主题"))
            seen.append(field.close())
            other.let_go()

        heart = Heart(meddle)
        assert set_theme(session) is not None
    assert heart.beats >= MANY
    assert (seen, field.text(), field.isVisible()) == ([None, False], "", True)
    assert theme(session) == "营商环境"
    QTest.keyClicks(field, "a")
    assert field.text() == "a"


def test_a_dialog_that_comes_up_meanwhile_can_be_closed_and_the_step_is_saved(
    qtbot: QtBot, session: YearSession
) -> None:
    window = shown_field(qtbot)
    dialog = QDialog(window)
    with held(session) as other:

        def come_up() -> None:
            other.let_go()
            closing.start()
            dialog.exec()

        closing = QTimer(interval=50)
        closing.timeout.connect(lambda: QTest.keyClick(dialog, Qt.Key.Key_Escape))
        heart = Heart(come_up, 20)
        done = set_theme(session)
    closing.stop()
    assert heart.beats >= 20
    assert (done is not None, dialog.isVisible()) == (True, False)


@pytest.mark.parametrize("lock", LOCKS)
def test_undo_and_redo_wait_the_same_way(session: YearSession, lock: str) -> None:
    before = theme(session)
    set_theme(session)
    for step, expected in ((session.undo, before), (session.redo, "营商环境")):
        with held(session, lock) as other:
            heart = Heart(other.let_go)
            step()
        assert heart.beats >= MANY
        assert theme(session) == expected


def test_a_year_that_is_imported_waits_the_same_way_and_makes_one_backup(session: YearSession) -> None:
    contents = session.snapshot
    session.perform(commands.delete_year, 2027)
    with held(session, "IMMEDIATE") as other:
        heart = Heart(other.let_go)
        assert session.perform(commands.import_year, contents) is not None
    assert heart.beats >= MANY
    assert queries.years(session.store) == (2027,)


def test_a_form_that_cannot_be_saved_keeps_what_was_typed(
    qtbot: QtBot, session: YearSession, short: None
) -> None:
    dialog = EventDialog(session, campaign=Campaign.LECTURE)
    qtbot.addWidget(dialog)
    dialog.open()
    dialog.fields.title.control.setText("消费维权公开课")
    with held(session):
        dialog.accept_button.click()
        assert dialog.isVisible()
        assert "没有保存" in dialog.refusal_text()
        assert dialog.fields.title.control.text() == "消费维权公开课"
    dialog.accept_button.click()
    assert not dialog.isVisible()
    assert any(event.title == "消费维权公开课" for event in session.snapshot.events)


def test_what_is_not_a_step_waits_too(session: YearSession) -> None:
    with held(session) as other:
        heart = Heart(other.let_go)
        session.patiently(
            lambda: commands.mark_exported(session.store, 2027, [session.snapshot.events[0].key])
        )
    assert heart.beats >= MANY


def test_what_the_buttons_say_needs_no_file_that_another_program_holds(session: YearSession) -> None:
    set_theme(session)
    title = session.undo_title
    with held(session):
        assert (session.undo_title, session.redo_title) == (title, None)
        with pytest.raises(BusyError):
            queries.years(session.store)


def test_the_command_line_waits_plainly(session: YearSession) -> None:
    from models.store import open_store

    with open_store(session.store.path, read_only=True) as other:
        assert other.database.pragma_number("busy_timeout") == 5000
