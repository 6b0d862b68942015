"""姓名、电话写进任何一个格子，窗口里不显示：各页、提示、菜单、搜索、变更记录、消息、对话框、设置与日志；按住才看得到。"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime
from functools import partial
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication, QDialog
from pytestqt.qtbot import QtBot

from exports.package import read_package
from gui.attendance.controller import AttendanceDesk
from gui.attendance.opinions_forms import StudyForm
from gui.attendance.page import AttendancePage
from gui.attendance.people_forms import InvitedForm
from gui.calendar.controller import PauseAction
from gui.calendar.days import CalendarDays
from gui.calendar.page import CalendarPage
from gui.event.dialog import EventDialog
from gui.event.reason_dialogs import ExplainDialog
from gui.exporting.letters_dialog import LettersDialog
from gui.ledger.page import LedgerPage
from gui.releases.releases_dialog import ReleasesDialog
from gui.search.search_dialog import SearchDialog
from gui.services.logs import start_log
from gui.services.program_settings import SettingsFile
from gui.session.messages import Toast
from gui.session.redaction import hide
from gui.session.year_session import YearSession
from gui.shell.application import new_session
from gui.shell.main_window import MainWindow
from gui.shell.pages import PAGES
from models import commands
from models.domain.attendance import Decision
from models.domain.masking import NOBODY
from models.domain.snapshot import ItemKind, YearSnapshot
from models.domain.year import BlockedPeriod
from models.queries import item_changes
from models.releases import release_year
from models.sample import sample_year
from models.store import open_store
from planners.event_history import history
from planners.ledger_filter import EVERYTHING
from planners.results import CellState
from tests.exports.named_year import NAMES, PEOPLE, found_in, named, typed
from tests.gui.window_words import painted_words, words_in

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support", extend=True)  # offscreen says so
NOW = datetime(2027, 6, 15, 14, 32)


@pytest.fixture(scope="module")
def full() -> YearSnapshot:
    """The sample year with names and phones typed everywhere; its delegates have names."""
    sample = read_package(sample_year(), "sample")
    year = named(sample)
    lists = {kind.value: year.items(kind) for kind in ItemKind if kind is not ItemKind.YEAR}
    people = [
        PEOPLE[number % len(PEOPLE)]._replace(key=one.key) for number, one in enumerate(sample.delegates)
    ]
    lists["delegates"] = tuple(typed(ItemKind.DELEGATE, person) for person in people)
    return YearSnapshot(year.year_row._replace(district="宝山区"), **lists)  # type: ignore[arg-type]


@pytest.fixture
def window(qtbot: QtBot, themed: None, tmp_path: Path, full: YearSnapshot) -> Iterator[MainWindow]:
    path = tmp_path / "full.db"
    with open_store(path) as store:
        commands.create_year(store, full)
        release_year(store, 2027, "张三丰审定稿", date(2027, 6, 1))
        commands.move_event(store, 2027, "A027", datetime(2027, 6, 17, 9))
    made = MainWindow(
        partial(new_session, lambda: NOW), SettingsFile(tmp_path / "settings.json"), tmp_path / "logs"
    )
    qtbot.addWidget(made)
    made.open_with(partial(open_store, path))
    made.resize(1366, 768)
    made.show()
    yield made
    made.close()
    hide(NOBODY)


@pytest.fixture
def session(window: MainWindow) -> YearSession:
    assert window.session is not None
    return window.session


def read(widget: MainWindow | QDialog) -> list[str]:
    QApplication.processEvents()
    return found_in("\n".join(words_in(widget)))


@pytest.mark.parametrize("page", [entry.name for entry in PAGES])
def test_no_page_names_anybody(window: MainWindow, tmp_path: Path, page: str) -> None:
    window.show_page(page)
    assert read(window) == []
    assert found_in("\n".join(painted_words(window, tmp_path))) == []


def test_names_are_on_the_page_while_they_are_asked_for(window: MainWindow, tmp_path: Path) -> None:
    window.show_page("attendance")
    page = window.findChild(AttendancePage)
    assert isinstance(page, AttendancePage)
    QApplication.processEvents()
    page.show_persons(shown=True)
    assert set(found_in("\n".join(painted_words(window, tmp_path)))) & set(NAMES)
    page.show_persons(shown=False)
    assert found_in("\n".join(painted_words(window, tmp_path))) == []


def test_messages_and_the_names_of_steps_name_nobody(window: MainWindow, session: YearSession) -> None:
    toasts: list[Toast] = []
    session.messages.toast_requested.connect(toasts.append)
    session.perform(commands.move_event, 2027, "A027", datetime(2027, 6, 18, 9), toast=True)
    assert "张*" in toasts[0].text
    assert "张*" in window.undo_actions.undo.text()
    steps = item_changes(session.store, 2027, ItemKind.EVENT, "A027")
    changed = [step._replace(title="张三丰" + step.title) for step in steps]
    said = [toasts[0].text, window.undo_actions.undo.toolTip(), *map(str, history(changed, session.snapshot))]
    session.undo()
    assert found_in("\n".join([*said, toasts[1].text])) == []


def test_a_name_is_found_by_the_search_and_not_shown(window: MainWindow) -> None:
    search = SearchDialog(window)
    search.open()
    search.line.setText("张三丰")
    assert len([row for row in search.rows.rows if row.entry is not None]) > 3
    shown = [part for row in search.rows.rows for part in (row.words, row.note)]
    assert found_in("\n".join(shown)) == []
    search.close()


@pytest.mark.parametrize("kind", [LettersDialog, StudyForm, InvitedForm, ReleasesDialog])
def test_no_dialog_names_anybody(window: MainWindow, session: YearSession, kind: type[QDialog]) -> None:
    decision = next(one for one in session.snapshot.decisions if _has_opinions(session, one))
    line = AttendanceDesk(session, window).line(decision.key)
    made = kind(session, window) if kind is ReleasesDialog else kind(session, line, window)  # type: ignore[call-arg]
    made.show()
    assert read(made) == []
    assert "张*" in "\n".join(words_in(made))
    made.close()


def _has_opinions(session: YearSession, decision: Decision) -> bool:
    return any(one.decision == decision.key for one in session.snapshot.opinions)


def test_a_view_that_looks_for_a_person_is_not_kept(window: MainWindow) -> None:
    window.show_page("ledger")
    page = window.findChild(LedgerPage)
    assert isinstance(page, LedgerPage)
    page.show_filter(EVERYTHING._replace(text="张三丰"))
    assert len(page.contents.rows) == len(page.contents.passing(page.filters.filter)) > 0
    page.views.save("找人")
    assert page.views.memory.views == ()
    page.show_filter(EVERYTHING._replace(text="营商"))
    page.views.save("营商")
    assert [view.name for view in page.views.memory.views] == ["营商"]


def test_what_a_session_leaves_on_the_disk_names_nobody(
    window: MainWindow, session: YearSession, tmp_path: Path
) -> None:
    start_log(tmp_path / "logs")
    for entry in PAGES:
        window.show_page(entry.name)
    session.perform(commands.move_event, 2027, "A027", datetime(2027, 6, 18, 9), toast=True)
    window.close()
    data = {path for path in tmp_path.rglob("*") if path.is_file() and path.suffix == ".db"}
    others = [path for path in tmp_path.rglob("*") if path.is_file() and path not in data]
    assert {"settings.json", "program.log"} <= {path.name for path in others}
    for path in others:
        assert found_in(path.read_bytes().decode("utf-8", "ignore")) == [], path.name
    assert found_in("\n".join(path.name for path in data)) == []


def test_what_is_changed_from_a_page_keeps_its_words(window: MainWindow, session: YearSession) -> None:
    period = BlockedPeriod("b9", date(2027, 9, 6), date(2027, 9, 8), "张三丰13912345678请假")
    session.attempt(commands.put_item, 2027, ItemKind.BLOCKED, period)
    cell = next(one for one in session.check.cells if one.state is CellState.OVERDUE)
    session.attempt(commands.explain, 2027, cell.rule, cell.first, cell.last, cell.group, "张三丰说明")
    window.show_page("calendar")
    page = window.findChild(CalendarPage)
    assert isinstance(page, CalendarPage)
    shown = CalendarDays(session.snapshot, session.check).day(date(2027, 9, 7)).blocked[0]
    assert shown.reason == "张*139****5678请假"
    page.controller._on_day_action(PauseAction(shown, "take out", date(2027, 9, 7)))
    assert {one.reason for one in session.snapshot.blocked if one.first.month == 9} == {period.reason}
    seen = next(one for one in session.redacted.check.cells if one.reason == "张*说明")
    assert ExplainDialog(session, seen, window).reason.toPlainText() == "张三丰说明"
    event = session.snapshot.event_by_key["A027"]
    form = EventDialog(session, event, parent=window)
    assert form.fields.title.control.text() == event.title
    assert "张三丰" in event.title
