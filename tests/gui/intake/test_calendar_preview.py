"""部门日历的预览：没有读的点名，较旧的不勾选，“已确认”由人选，采纳之前先说后果。"""

from __future__ import annotations

import pytest
from pytestqt.qtbot import QtBot

from exports.ical_import import read_events
from exports.xlsx.reading.values import RowFate
from gui.intake.sheet_dialog import SheetDialog
from gui.session.year_session import YearSession
from models.domain.events import Campaign, EventStatus
from tests.exports.calendars_from_outside import DINGTALK, GOOGLE, as_bytes

pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints", extend=True)  # the offscreen platform says so


def shown(session: YearSession, qtbot: QtBot, text: str, **options: bool) -> SheetDialog:
    data = as_bytes(text)
    reading = read_events(data, session.snapshot, "部门.ics", campaign=Campaign.LECTURE)
    dialog = SheetDialog(session, reading, data, **options)
    qtbot.addWidget(dialog)
    dialog.show()
    return dialog


def test_what_was_not_read_is_told(themed: None, session: YearSession, qtbot: QtBot) -> None:
    dialog = shown(session, qtbot, DINGTALK)
    assert dialog.windowTitle() == "导入部门日历　部门.ics"
    assert dialog.summary.text() == "部门日历 · 新增 2 · 没有读 1 项"
    assert dialog.remarks.text() == "1 项待办不是活动，没有读。"
    assert "第 20 行 写材料（待办：不是活动）" in dialog.remarks.toolTip()
    assert dialog.return_button.isHidden()


def test_confirmed_entries_are_confirmed_only_when_ticked(
    themed: None, session: YearSession, qtbot: QtBot
) -> None:
    dialog = shown(session, qtbot, GOOGLE)
    assert dialog.confirmed_box.isVisible()
    assert not dialog.confirmed_box.isChecked()
    assert dialog.confirmed_box.text() == "按来件把“已确认”的记为已确认（1 场）"
    assert "状态“已排”" in dialog.details.text()
    before = set(dialog.model.ticked)
    dialog.confirmed_box.click()
    assert dialog.model.ticked == before
    assert "状态“已确认”" in dialog.details.text()
    dialog.on_accept()
    found = {event.title: event.status for event in session.snapshot.events}
    assert (found["科创问政"], found["政府开放月"]) == (EventStatus.CONFIRMED, EventStatus.PLANNED)


def test_the_choice_is_offered_only_where_it_changes_something(
    themed: None, session: YearSession, qtbot: QtBot
) -> None:
    shown(session, qtbot, GOOGLE).on_accept()
    again = shown(session, qtbot, GOOGLE)
    assert not again.model.ticked
    assert again.summary.text() == "部门日历 · 相同 2"
    again.confirmed_box.click()
    assert again.summary.text() == "部门日历 · 修改 1 · 相同 1"
    assert again._filters[RowFate.CHANGED].text() == "修改 1"  # type: ignore[attr-defined]
    assert len(again.model.ticked) == 1
    again.on_accept()
    assert not shown(session, qtbot, GOOGLE, confirmed=True).confirmed_box.isVisible()


def test_what_taking_would_do_is_said_before(themed: None, session: YearSession, qtbot: QtBot) -> None:
    dialog = shown(session, qtbot, GOOGLE)
    assert dialog.effect_label.text().startswith("采纳后")
    dialog.table.toggle_all()
    qtbot.waitUntil(lambda: dialog.effect_label.text() == "")


def test_a_clash_is_named_before(themed: None, session: YearSession, qtbot: QtBot) -> None:
    there = next(event for event in session.snapshot.events if event.is_timed and event.lead_units)
    unit = session.snapshot.unit_name(there.lead_units[0])
    text = f"""BEGIN:VCALENDAR
BEGIN:VEVENT
UID:clash@x
SUMMARY:{unit}公开讲堂
DTSTART:{there.starts_at:%Y%m%dT%H%M%S}
DURATION:PT1H
END:VEVENT
END:VCALENDAR
"""
    dialog = shown(session, qtbot, text)
    assert "新增冲突" in dialog.effect_label.text()
    assert "同一时段有" in dialog.effect_label.text()
    assert dialog.effect_label.property("role") == "warning"


def test_a_newer_version_that_says_nothing_new_is_told_in_words(
    themed: None, session: YearSession, qtbot: QtBot
) -> None:
    shown(session, qtbot, GOOGLE).on_accept()
    again = shown(session, qtbot, GOOGLE.replace("LAST-MODIFIED:20270402", "LAST-MODIFIED:20270502"))
    assert again.model.words(again.model.rows[0])[7] == "内容没有变，只记下来件的新版本"
    assert again.details.text() == (
        "来件版本：第 0 版（2027年4月2日 08:00 修改） → 第 0 版（2027年5月2日 08:00 修改）"
    )
