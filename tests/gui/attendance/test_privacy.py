"""窗口里的姓名与电话：各表单、各种消息、搜索、撤销、日志、备份名、导出记录里都找不到。"""

from __future__ import annotations

import logging
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QAbstractButton, QComboBox, QLabel, QLineEdit, QPlainTextEdit, QWidget
from pytestqt.qtbot import QtBot

from exports.package import read_package, write_package
from gui.attendance.decision_dialog import DecisionDialog
from gui.attendance.erase_dialog import EraseDialog
from gui.attendance.opinion_dialog import OpinionDialog
from gui.attendance.page import AttendancePage
from gui.attendance.person_dialog import PersonDialog
from gui.attendance.stage_dialogs import stage_dialog
from gui.exporting.letters_dialog import LettersDialog
from gui.intake.package_dialog import MASKED_KNOWN, MASKED_NEW, ImportDialog
from gui.services.logs import LOG_FILE, start_log, trace_words
from gui.session.year_session import YearSession
from models import commands
from models.backups import backup
from models.differences import differences
from models.domain.attendance import Delegate
from models.domain.snapshot import ItemKind
from planners.attendance.stages import Stage, decision_line
from planners.search_index import listed_entries

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support", extend=True)  # offscreen says so
NAME, PHONE = "欧阳建国", "13812345678"


@pytest.fixture
def named(session: YearSession) -> YearSession:
    """The delegates of d1 and d2 with real-looking names and phones."""
    for number, key in enumerate(("p11", "p12", "p21", "p22")):
        person = Delegate(key, NAME, f"{PHONE[:-1]}{number}", "居民", reserve=number == 3)
        session.attempt(commands.put_item, 2027, ItemKind.DELEGATE, person)
    return session


def words(widget: QWidget) -> Iterator[str]:
    """All that can be read in ``widget`` or is told to a screen reader."""
    for one in (widget, *widget.findChildren(QWidget)):
        yield from (one.toolTip(), one.accessibleName(), one.accessibleDescription(), one.windowTitle())
        if isinstance(one, QLabel | QAbstractButton | QLineEdit):
            yield one.text()
        if isinstance(one, QPlainTextEdit):
            yield one.toPlainText()
        if isinstance(one, QComboBox):
            yield from (one.itemText(place) for place in range(one.count()))
    yield from (action.text() for action in widget.findChildren(QAction))


def names_in(text: str) -> list[str]:
    return [secret for secret in (NAME, NAME[:2], PHONE[:-1], PHONE[3:7]) if secret in text]


def test_no_form_names_anybody_unasked(qtbot: QtBot, named: YearSession) -> None:
    read = ""
    for key in ("d1", "d2"):
        line = decision_line(named.snapshot, named.ruleset, named.today, key)
        invitation, opinion = line.invitations[0], line.opinions[0]
        forms = [
            *(stage_dialog(named, line, stage) for stage in Stage),
            DecisionDialog(named, line.decision),
            PersonDialog(named, line, invitation),
            PersonDialog(named, line),
            OpinionDialog(named, line, opinion),
            LettersDialog(named, line, feedback=True),
            EraseDialog(named, line),
        ]
        for form in forms:
            qtbot.addWidget(form)
            form.show()
            read += "\n".join(words(form))
    assert names_in(read) == []
    assert "欧*" in read
    assert "138****567" in read


def test_page_messages_search_and_undo_name_nobody(qtbot: QtBot, named: YearSession) -> None:
    said: list[str] = []
    named.messages.said.connect(said.append)
    page = AttendancePage(named)
    qtbot.addWidget(page)
    page.show()
    titles: list[str] = []
    for key in ("d1", "d2"):
        page.go_to(key)
        for stage in Stage:
            page.desk.complete(key, stage)
            titles.append(named.undo_title or "")
        said += words(page)
        said += [words.text for row in page.panes.people.details.rows for words in row.words]
        said += [words.text for row in page.panes.opinions.details.rows for words in row.words]
        page.desk.toggle_closed(key)
    for invitation in ("i21", "i22"):
        page.desk.remove(ItemKind.INVITATION, invitation)
        titles.append(named.undo_title or "")
    found = [
        f"{entry.title}{entry.note}{entry.heads}{entry.text}"
        for entry in listed_entries(named.snapshot, named.ruleset)
    ]
    assert names_in("".join([*said, *titles, *found])) == []
    assert len(said) > 20


def test_log_and_backup_name_nobody(named: YearSession, tmp_path: Path) -> None:
    logger = logging.getLogger()
    handlers = list(logger.handlers)
    start_log(tmp_path / "log")
    try:
        int(NAME)
    except ValueError as error:
        logger.error("%s", trace_words(type(error), error.__traceback__))  # noqa: TRY400
    for handler in set(logger.handlers) - set(handlers):
        handler.close()
        logger.removeHandler(handler)
    text = (tmp_path / "log" / LOG_FILE).read_text(encoding="utf-8")
    assert "ValueError" in text
    assert names_in(text + backup(named.store).name) == []


@pytest.mark.parametrize(("is_new", "words"), [(True, MASKED_NEW), (False, MASKED_KNOWN)])
def test_a_masked_package_says_so_before_it_is_read(
    qtbot: QtBot, named: YearSession, is_new: bool, words: str
) -> None:
    masked = read_package(write_package(named.snapshot, masked=True), "x")
    dialog = ImportDialog(masked, differences(None, masked), is_new=is_new)
    qtbot.addWidget(dialog)
    assert words in [label.text() for label in dialog.findChildren(QLabel)]
    plain = ImportDialog(named.snapshot, differences(None, named.snapshot), is_new=is_new)
    qtbot.addWidget(plain)
    assert words not in [label.text() for label in plain.findChildren(QLabel)]
