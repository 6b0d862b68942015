"""导入放假安排：对话框、预演、一步采纳与撤销；没有影响时直接更新。"""

from __future__ import annotations

from datetime import date, datetime
from functools import partial
from pathlib import Path

import pytest
from PySide6.QtCore import QSize
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from gui.services.program_settings import SettingsFile
from gui.shell.application import new_session
from gui.shell.main_window import MainWindow
from gui.years.holidays.holiday_editor import arrangement_lines, reading_words, total_words
from gui.years.holidays.holidays_dialog import HolidaysDialog, first_choice
from gui.years.wizard.answers import HolidaySource
from models import commands
from models.domain.year import Holidays
from models.holidays import estimated_holidays, shipped_holidays
from models.store import open_store
from planners.notice_text import parse_notice
from tests.factories import event, year

pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints", extend=True)  # the offscreen platform says so
NOW = datetime(2025, 11, 20, 14, 32)
NOTICE = shipped_holidays(2026) or Holidays()


@pytest.fixture
def window(qtbot: QtBot, themed: None, tmp_path: Path) -> MainWindow:
    """2026 planned by the estimate; a lecture stands on what becomes a day off."""
    path = tmp_path / "a.db"
    with open_store(path) as store:
        events = (
            event(day="2026-05-04", at="10:00", key="A1", short="民法典"),
            event(day="2026-06-02", key="A2"),
        )
        commands.create_year(store, year(*events, number=2026, holidays=estimated_holidays(2026)))
    made = MainWindow(partial(new_session, lambda: NOW), SettingsFile(tmp_path / "settings.json"), tmp_path)
    qtbot.addWidget(made)
    made.resize(1366, 768)
    made.open_with(partial(open_store, path))
    return made


def test_the_dialog_begins_with_the_notice_where_it_is_out(window: MainWindow) -> None:
    dialog = HolidaysDialog(2026, estimated_holidays(2026), window)
    assert dialog.editor.choice.source is HolidaySource.KNOWN
    assert dialog.editor.choice.holidays == NOTICE
    dialog.accept_button.click()
    assert dialog.holidays == NOTICE
    dialog.deleteLater()
    window.close()


def test_what_cannot_be_read_holds_the_dialog_open(window: MainWindow) -> None:
    dialog = HolidaysDialog(2027, estimated_holidays(2027), window)
    dialog.editor.text.setPlainText("元旦：1月1日（周四）放假。")
    dialog.accept_button.click()
    assert dialog.refusal_text().startswith("第 1 行：写着周四，2027年1月1日是周五")
    dialog.editor.text.setPlainText("元旦：1月1日（周五）放假。")
    dialog.accept_button.click()
    assert dialog.result() == HolidaysDialog.DialogCode.Accepted
    assert dialog.holidays.days_off == ((date(2027, 1, 1), "元旦"),)
    assert dialog.holidays.announced
    dialog.deleteLater()
    window.close()


def test_events_in_the_way_are_proposed_and_all_is_one_step(window: MainWindow) -> None:
    session, planning = window.session, window.tools.planning
    assert session is not None
    assert planning is not None
    before = session.snapshot
    window.files.making.holidays.rehearse(NOTICE)
    shown = planning.proposal
    assert shown is not None
    assert session.snapshot == before
    assert shown.foot.accept_button.text() == "更新并采纳勾选的 1 项"
    assert shown.head.conditions_button.isHidden()
    shown.accept_ticked()
    assert session.snapshot.year_row.holidays == NOTICE
    assert session.snapshot.event_by_key["A1"].day == date(2026, 5, 6)
    assert session.undo_title == "更新2026年放假安排，采纳 1 项建议"
    session.undo()
    assert session.snapshot == before
    window.close()


def test_the_arrangement_can_be_taken_without_the_moves(window: MainWindow) -> None:
    session, planning = window.session, window.tools.planning
    assert session is not None
    assert planning is not None
    window.files.making.holidays.rehearse(NOTICE)
    shown = planning.proposal
    assert shown is not None
    shown.choices.tick(0, on=False)
    assert shown.foot.accept_button.text() == "只更新2026年放假安排"
    shown.accept_ticked()
    assert session.snapshot.year_row.holidays == NOTICE
    assert session.snapshot.event_by_key["A1"].day == date(2026, 5, 4)
    window.close()


def test_another_day_is_looked_for_under_the_new_days_off(window: MainWindow) -> None:
    planning = window.tools.planning
    assert planning is not None
    window.files.making.holidays.rehearse(NOTICE)
    shown = planning.proposal
    assert shown is not None
    shown.choices.move_to(0, date(2026, 5, 5))
    reasons = [reason.title for reason in shown.choices.row(0).entry.reasons]
    assert any("休息日" in title or "放假" in title for title in reasons)
    shown.reject()
    window.close()


def test_nothing_in_the_way_is_stored_at_once_and_the_same_not_at_all(
    window: MainWindow, qtbot: QtBot
) -> None:
    session, planning = window.session, window.tools.planning
    assert session is not None
    assert planning is not None
    other = NOTICE._replace(days_off=NOTICE.days_off[:3], makeup_workdays=())
    window.files.making.holidays.rehearse(other)
    assert planning.proposal is None
    assert session.snapshot.year_row.holidays == other
    with qtbot.waitSignal(session.messages.toast_requested) as told:
        window.files.making.holidays.rehearse(other)
    assert told.args[0].text == "与现在的放假安排相同，没有改动"
    window.close()


@pytest.mark.parametrize("size", [QSize(1300, 900), QSize(1000, 500), QSize(840, 430)])
def test_the_calendar_keeps_its_months_in_any_width(window: MainWindow, size: QSize) -> None:
    dialog = HolidaysDialog(2026, NOTICE, window)
    dialog.show()
    dialog.resize(size)
    QApplication.processEvents()
    grid = dialog.editor.grid
    for month in range(1, 13):
        rect = grid.day_rect(date(2026, month, 28))
        assert grid.rect().toRectF().contains(rect), month
        assert grid.place_at(rect.center()) == date(2026, month, 28)
    dialog.reject()
    window.close()


def test_the_words_list_every_festival_and_what_was_not_read() -> None:
    assert total_words(NOTICE) == f"放假 33 天，调休上班 6 天 · {NOTICE.notice}"
    lines = arrangement_lines(NOTICE)
    assert lines[1] == "春节　2月15日（日）—2月23日（一）（9 天）"
    assert lines[-1].startswith("上班　1月4日（日）、2月14日（六）")
    assert reading_words(None) == ("", "caption")
    bad = parse_notice("\n".join(f"元旦：{n}月40日放假。" for n in range(1, 10)), 2026)
    words, role = reading_words(bad)
    assert (role, words.splitlines()[-1]) == ("error", "还有 4 行没有读懂。")


def test_an_arrangement_entered_by_hand_is_shown_as_it_is() -> None:
    own = Holidays(announced=True, notice="自录", days_off=((date(2027, 1, 1), "元旦"),))
    assert first_choice(2027, own).holidays == own
    assert first_choice(2027, own).source is HolidaySource.CLICKED
