"""草稿：填了一半的表单活过意外结束；存好或放弃之后不再提起。"""

from __future__ import annotations

import json
import stat
import sys
from datetime import date, datetime
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from gui.event.dialog import EventDialog
from gui.services.drafts import Draft, DraftFile
from gui.session.year_session import YearSession
from models.domain.events import Campaign, Event

pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints")
EVENT = Event("E0001", Campaign.LECTURE, "消费维权公开课", "消费维权", datetime(2027, 6, 23, 14))
DRAFT = Draft(2027, True, EVENT, datetime(2027, 6, 15, 14, 32))


def test_a_draft_comes_back_as_it_was_left(tmp_path: Path) -> None:
    drafts = DraftFile(tmp_path / "年度.db")
    drafts.keep(DRAFT)
    assert DraftFile(tmp_path / "年度.db").read() == DRAFT
    drafts.discard()
    assert drafts.read() is None


@pytest.mark.skipif(sys.platform == "win32", reason="Windows keeps rights elsewhere")
def test_only_the_user_may_read_a_draft(tmp_path: Path) -> None:
    drafts = DraftFile(tmp_path / "年度.db")
    drafts.keep(DRAFT)
    assert stat.S_IMODE(drafts.path.stat().st_mode) == 0o600


@pytest.mark.skipif(sys.platform == "win32", reason="needs links that every user can make")
def test_a_draft_is_never_written_through_a_link(tmp_path: Path) -> None:
    drafts = DraftFile(tmp_path / "年度.db")
    target = tmp_path / "别人的.txt"
    target.write_text("不是我的", encoding="utf-8")
    drafts.path.symlink_to(target)
    drafts.keep(DRAFT)
    assert (target.read_text(encoding="utf-8"), drafts.read()) == ("不是我的", DRAFT)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "{}",
        "[1]",
        "null",
        '{"format": "event-draft/9"}',
        json.dumps({"format": "event-draft/1", "year": 2027, "is_new": True, "at": "x", "event": {}}),
        "x" * 300_000,
    ],
)
def test_what_is_no_draft_is_left_alone(tmp_path: Path, text: str) -> None:
    drafts = DraftFile(tmp_path / "年度.db")
    drafts.path.write_text(text, encoding="utf-8")
    assert drafts.read() is None
    assert drafts.path.read_text(encoding="utf-8") == text


def test_a_folder_that_cannot_be_written_costs_only_the_draft(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    drafts = DraftFile(tmp_path / "file" / "年度.db")
    drafts.keep(DRAFT)
    assert drafts.read() is None


def new_lecture(qtbot: QtBot, session: YearSession) -> EventDialog:
    dialog = EventDialog(session, campaign=Campaign.LECTURE, day=date(2027, 6, 23))
    qtbot.addWidget(dialog)
    return dialog


def test_a_form_that_is_being_filled_leaves_a_draft(qtbot: QtBot, session: YearSession) -> None:
    dialog = new_lecture(qtbot, session)
    dialog.fields.title.control.setText("消费维权公开课")
    qtbot.waitUntil(lambda: dialog.drafts.read() is not None)
    left = dialog.drafts.read()
    again = EventDialog(session, campaign=Campaign.LECTURE, draft=left.event)
    qtbot.addWidget(again)
    assert again.entered() == dialog.entered()
    assert again.is_changed


def test_a_saved_form_leaves_no_draft(qtbot: QtBot, session: YearSession) -> None:
    dialog = new_lecture(qtbot, session)
    dialog.drafts.keep(DRAFT)
    dialog.fields.title.control.setText("消费维权公开课")
    dialog.accept_button.click()
    assert (dialog.result(), dialog.drafts.read()) == (1, None)


def test_leaving_a_changed_form_asks_once_and_then_forgets(qtbot: QtBot, session: YearSession) -> None:
    dialog = new_lecture(qtbot, session)
    dialog.drafts.keep(DRAFT)
    dialog.open()
    dialog.fields.title.control.setText("消费维权公开课")
    dialog.reject()
    asked = (dialog.isVisible(), dialog.refusal_text(), dialog.back_button.text())
    dialog.reject()
    assert asked == (True, "填写的内容还没有保存。", "不保存，离开")
    assert (dialog.isVisible(), dialog.drafts.read()) == (False, None)


def test_going_on_after_the_question_takes_it_back(qtbot: QtBot, session: YearSession) -> None:
    dialog = new_lecture(qtbot, session)
    dialog.open()
    dialog.fields.title.control.setText("消费维权公开课")
    dialog.reject()
    dialog.fields.place.control.setText("直播间")
    assert (dialog.refusal_text(), dialog.back_button.text()) == ("", "返回")
    dialog.reject()
    assert dialog.isVisible()


def test_an_untouched_form_closes_without_a_question(qtbot: QtBot, session: YearSession) -> None:
    dialog = new_lecture(qtbot, session)
    dialog.open()
    dialog.reject()
    assert not dialog.isVisible()
