"""日历页：拖动与键盘移动恰好一场，复制、延期、弹回、撤销；待定区，停排，视图与抽屉。"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, time
from pathlib import Path

import pytest
from PySide6.QtCore import QModelIndex, QPoint, QRectF, Qt
from PySide6.QtGui import QContextMenuEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from gui.calendar.canvas import HitKind
from gui.calendar.controller import DayAction, PauseAction, without_day
from gui.calendar.day_rows import DayRowKind
from gui.calendar.page import CalendarPage
from gui.calendar.page_words import agenda_subtitle
from gui.calendar.values import CalendarMode
from gui.kit.event_menu import EventAction
from gui.rules.blocked_dialog import BlockedDialog
from gui.session.year_session import YearSession
from gui.shell.desk import FormDesk
from models import commands
from models.domain.events import Campaign, EventStatus, Precision
from models.domain.snapshot import ItemKind
from models.domain.year import BlockedPeriod
from models.store import open_store
from planners.results import Verdict
from tests.factories import event, year
from tests.gui.calendar.helpers import (
    LEFT,
    NONE,
    changed_keys,
    chip_middle,
    day_middle,
    drag,
    events_now,
    key,
    press_and_drag,
    send_move,
)
from tests.gui.overview.board_samples import sample_session

CTRL, ALT, SHIFT = (
    Qt.KeyboardModifier.ControlModifier,
    Qt.KeyboardModifier.AltModifier,
    Qt.KeyboardModifier.ShiftModifier,
)
SEP17 = date(2027, 9, 17)

pytestmark = pytest.mark.qt_log_ignore(
    "This plugin does not support", extend=True
)  # the offscreen platform says so


def toasts(session: YearSession) -> list[str]:
    said: list[str] = []
    session.messages.toast_requested.connect(lambda toast: said.append(toast.text))
    return said


def test_dragging_moves_exactly_one_event_and_keeps_its_time(
    page: CalendarPage, year_session: YearSession
) -> None:
    page.go_to("A029")
    before = events_now(year_session)
    drag(page.month, "A029", SEP17, date(2027, 9, 14))
    assert changed_keys(before, year_session) == {"A029"}
    assert year_session.snapshot.event_by_key["A029"].starts_at == datetime(2027, 9, 14, 9)
    assert (page.selected_day, page.month.selected_key) == (date(2027, 9, 14), "A029")
    assert year_session.undo_title == "移动“就业服务”到9月14日"
    year_session.undo()
    assert events_now(year_session) == before


def test_while_dragging_every_day_is_judged_and_the_card_tells_the_effect(
    page: CalendarPage, qtbot: QtBot
) -> None:
    page.go_to("A029")
    press_and_drag(page.month, "A029", SEP17, date(2027, 9, 14))
    drag, card = page.month.drag, page.drag.card
    assert (drag.verdicts[date(2027, 9, 14)], drag.verdicts[date(2027, 9, 15)]) == (
        Verdict.GOOD,
        Verdict.AVOID,
    )
    assert card.texts[0] == "移到 9月14日 周二 09:00"
    qtbot.waitUntil(lambda: "走进社区 · 9月 仍为 1/1" in card.texts)
    assert page.drag.preview.isVisible()
    QTest.keyClick(page.month, Qt.Key.Key_Escape)
    assert page.month.drag is None
    assert not page.drag.card.isVisible()


def test_escape_while_dragging_changes_nothing(page: CalendarPage, year_session: YearSession) -> None:
    page.go_to("A029")
    before = events_now(year_session)
    press_and_drag(page.month, "A029", SEP17, date(2027, 9, 14))
    QTest.keyClick(page.month, Qt.Key.Key_Escape)
    QTest.mouseRelease(page.month.viewport(), LEFT, NONE, day_middle(page.month, date(2027, 9, 14)))
    assert events_now(year_session) == before


def test_ctrl_drops_a_copy_that_is_planned_and_tentative(
    page: CalendarPage, year_session: YearSession
) -> None:
    page.go_to("A029")
    before = events_now(year_session)
    press_and_drag(page.month, "A029", SEP17, date(2027, 9, 14))
    QTest.keyPress(page.month, Qt.Key.Key_Control)
    assert page.drag.card.texts[0].startswith("复制到")
    QTest.mouseRelease(page.month.viewport(), LEFT, CTRL, day_middle(page.month, date(2027, 9, 14)))
    (added,) = changed_keys(before, year_session)
    copy = year_session.snapshot.event_by_key[added]
    assert added not in before
    assert (copy.starts_at, copy.status, copy.tentative) == (
        datetime(2027, 9, 14, 9),
        EventStatus.PLANNED,
        True,
    )
    assert copy.title == before["A029"].title


def test_shift_asks_for_a_postponement(page: CalendarPage, year_session: YearSession, qtbot: QtBot) -> None:
    page.go_to("A029")
    before = events_now(year_session)
    press_and_drag(page.month, "A029", SEP17, date(2027, 9, 14))
    QTest.keyPress(page.month, Qt.Key.Key_Shift)
    assert page.drag.card.texts[0] == "延期“就业服务”到 9月14日"
    with qtbot.waitSignal(page.postpone_to_requested) as asked:
        QTest.mouseRelease(page.month.viewport(), LEFT, SHIFT, day_middle(page.month, date(2027, 9, 14)))
    assert asked.args == ["A029", date(2027, 9, 14)]
    assert events_now(year_session) == before


def test_dropped_among_those_that_wait_it_is_postponed_without_a_day(
    page: CalendarPage, year_session: YearSession, qtbot: QtBot
) -> None:
    page.resize(1920, 1000)
    page.go_to("A029")
    press_and_drag(page.month, "A029", SEP17, date(2027, 9, 14))
    waiting = page.panel.waiting
    assert waiting.isVisible()
    page.drag.point_to(waiting.mapToGlobal(waiting.rect().center()))
    assert page.drag.card.isVisible()
    assert page.drag.card.texts[0] == "延期“就业服务”，放入待定区"
    with qtbot.waitSignal(page.postpone_to_requested) as asked:
        page.drag.let_go()
    assert asked.args == ["A029", None]
    assert page.drag.state is None


def test_an_impossible_day_bounces_with_its_reason(page: CalendarPage, year_session: YearSession) -> None:
    page.go_to(date(2027, 6, 18))
    before, said = events_now(year_session), toasts(year_session)
    drag(page.month, "A027", date(2027, 6, 18), date(2027, 6, 8))
    assert events_now(year_session) == before
    assert said == ["不能排到6月8日：日期已过"]
    assert page.month.drag is None


def test_a_day_to_avoid_is_asked_about_once_in_place(page: CalendarPage, year_session: YearSession) -> None:
    page.go_to("A029")
    before = events_now(year_session)
    drag(page.month, "A029", SEP17, date(2027, 9, 15))
    card = page.drag.card
    assert events_now(year_session) == before
    assert card.is_asking
    assert card.accept_button.text() == "仍要排入 9月15日"
    assert "中秋" in card.texts
    QTest.keyClick(card, Qt.Key.Key_Return)
    assert changed_keys(before, year_session) == {"A029"}
    assert not card.isVisible()


def test_refusing_or_clicking_elsewhere_puts_it_back(page: CalendarPage, year_session: YearSession) -> None:
    page.go_to("A029")
    before = events_now(year_session)
    drag(page.month, "A029", SEP17, date(2027, 9, 15))
    page.drag.card.refuse_button.click()
    assert page.drag.state is None
    drag(page.month, "A029", SEP17, date(2027, 9, 15))
    QTest.mouseClick(page.month.viewport(), LEFT, NONE, day_middle(page.month, date(2027, 9, 8)))
    assert page.drag.state is None
    assert events_now(year_session) == before


def test_the_keyboard_carries_and_puts_down_exactly_one(
    page: CalendarPage, year_session: YearSession
) -> None:
    page.go_to("A029")
    before = events_now(year_session)
    key(page, Qt.Key.Key_M, CTRL)
    key(page, Qt.Key.Key_Up)
    key(page, Qt.Key.Key_Right)
    assert page.drag.state.day == date(2027, 9, 11)
    key(page, Qt.Key.Key_Left)
    key(page, Qt.Key.Key_Left)
    assert page.drag.card.texts[0] == "移到 9月9日 周四 09:00"
    key(page, Qt.Key.Key_Return)
    assert changed_keys(before, year_session) == {"A029"}
    assert year_session.snapshot.event_by_key["A029"].starts_at == datetime(2027, 9, 9, 9)
    assert page.focusProxy().hasFocus()


def test_the_keyboard_carries_into_another_month_and_back(
    page: CalendarPage, year_session: YearSession
) -> None:
    page.go_to("A029")
    before = events_now(year_session)
    key(page, Qt.Key.Key_M, CTRL)
    for _ in range(3):
        key(page, Qt.Key.Key_Down)
    assert page.month.month == date(2027, 10, 1)
    assert page.drag.card.isVisible()
    key(page, Qt.Key.Key_Escape)
    assert page.drag.state is None
    assert events_now(year_session) == before


def test_ctrl_enter_copies_and_shift_enter_postpones(
    page: CalendarPage, year_session: YearSession, qtbot: QtBot
) -> None:
    page.go_to("A029")
    before = events_now(year_session)
    key(page, Qt.Key.Key_M, CTRL)
    key(page, Qt.Key.Key_Left)
    key(page, Qt.Key.Key_Return, CTRL)
    assert len(changed_keys(before, year_session)) == 1
    page.go_to("A029")
    key(page, Qt.Key.Key_M, CTRL)
    with qtbot.waitSignal(page.postpone_to_requested) as asked:
        key(page, Qt.Key.Key_Return, SHIFT)
    assert asked.args == ["A029", None]  # still on its own day


def test_alt_arrows_move_by_a_day_over_days_off_and_by_a_week(
    page: CalendarPage, year_session: YearSession
) -> None:
    page.go_to("A029")
    key(page, Qt.Key.Key_Right, ALT)
    moved = year_session.snapshot.event_by_key["A029"]
    assert moved.starts_at == datetime(2027, 9, 20, 9)
    key(page, Qt.Key.Key_Up, ALT)
    assert year_session.snapshot.event_by_key["A029"].starts_at == datetime(2027, 9, 13, 9)
    assert page.selected_day == date(2027, 9, 13)


def test_held_and_cancelled_events_are_not_picked_up(page: CalendarPage, year_session: YearSession) -> None:
    held = next(e for e in year_session.snapshot.events if e.status is EventStatus.HELD)
    said: list[str] = []
    page.said.connect(said.append)
    page.go_to(held.key)
    key(page, Qt.Key.Key_M, CTRL)
    assert page.drag.state is None
    assert said[-1].endswith("已举办，不能移动")


def test_a_waiting_event_dropped_on_a_day_is_planned_at_its_usual_time(
    page: CalendarPage, year_session: YearSession
) -> None:
    page.go_to(date(2027, 7, 7))
    before = events_now(year_session)
    waiting = page.panel.waiting
    start = waiting.row_rect("A007").center()
    viewport = waiting.viewport()
    QTest.mousePress(viewport, LEFT, NONE, start)
    send_move(viewport, start + QPoint(-20, 4))
    target = page.month.viewport().mapToGlobal(day_middle(page.month, date(2027, 7, 7)))
    send_move(viewport, viewport.mapFromGlobal(target))
    QTest.mouseRelease(viewport, LEFT, NONE, viewport.mapFromGlobal(target))
    assert changed_keys(before, year_session) == {"A007"}
    placed = year_session.snapshot.event_by_key["A007"]
    assert (placed.starts_at, placed.status) == (datetime(2027, 7, 7, 14), EventStatus.PLANNED)
    assert page.panel.waiting.rows_model.rowCount() == 0
    assert year_session.undo_title == "排入“消费促进”到7月7日"


def test_a_waiting_event_is_reached_and_placed_by_the_keyboard(
    page: CalendarPage, year_session: YearSession
) -> None:
    page.go_to("A007")
    assert page.panel.waiting.hasFocus()
    QTest.keyClick(page.panel.waiting, Qt.Key.Key_M, CTRL)
    assert page.month.hasFocus()
    while page.drag.state.day < date(2027, 7, 7):
        key(page, Qt.Key.Key_Right)
    key(page, Qt.Key.Key_Return)
    assert year_session.snapshot.event_by_key["A007"].starts_at == datetime(2027, 7, 7, 14)


def test_an_event_known_to_the_month_becomes_exact_where_it_is_dropped(
    page: CalendarPage, year_session: YearSession
) -> None:
    event = year_session.snapshot.event_by_key["A029"]._replace(
        starts_at=datetime(2027, 9, 1), ends_at=datetime(2027, 10, 1), precision=Precision.MONTH
    )
    year_session.perform(commands.change_event, 2027, event)
    page.go_to("A029")
    page.panel.waiting.picked_up.emit("A029", False)
    while page.drag.state.day < date(2027, 9, 9):
        page.drag.step(1, 0)
    page.drag.put_down(NONE)
    placed = year_session.snapshot.event_by_key["A029"]
    assert (placed.starts_at, placed.precision) == (datetime(2027, 9, 9, 9), Precision.TIME)


def test_in_the_week_a_drag_down_changes_the_time_and_sideways_keeps_it(
    page: CalendarPage, year_session: YearSession
) -> None:
    page.go_to("A029")
    page.show_mode(CalendarMode.WEEK)
    view = page.week
    start = chip_middle(view, SEP17, "A029")
    hour = view.week_layout().metrics.hour
    QTest.mousePress(view.viewport(), LEFT, NONE, start)
    send_move(view.viewport(), start + QPoint(30, 0))
    end = QPoint(day_middle(view, date(2027, 9, 16)).x(), start.y() + 2 * hour)
    send_move(view.viewport(), end)
    QTest.mouseRelease(view.viewport(), LEFT, NONE, end)
    assert year_session.snapshot.event_by_key["A029"].starts_at == datetime(2027, 9, 16, 11)
    start = chip_middle(view, date(2027, 9, 16), "A029")
    QTest.mousePress(view.viewport(), LEFT, NONE, start)
    end = QPoint(day_middle(view, SEP17).x(), start.y() + 3)
    send_move(view.viewport(), start + QPoint(30, 0))
    send_move(view.viewport(), end)
    QTest.mouseRelease(view.viewport(), LEFT, NONE, end)
    assert year_session.snapshot.event_by_key["A029"].starts_at == datetime(2027, 9, 17, 11)


def test_holding_at_the_edge_turns_the_month(page: CalendarPage) -> None:
    page.go_to("A029")
    press_and_drag(page.month, "A029", SEP17, date(2027, 9, 14))
    viewport = page.month.viewport()
    send_move(viewport, QPoint(400, viewport.height() - 5))
    for _ in range(18):
        page.drag._at_edge()
    assert page.month.month == date(2027, 10, 1)
    assert page.drag.state is not None
    page.drag.cancel()


def test_nothing_moves_in_a_year_that_cannot_be_changed(
    page: CalendarPage, year_session: YearSession
) -> None:
    page.go_to("A029")
    year_session.hold("正在自动排期")
    said, before = toasts(year_session), events_now(year_session)
    drag(page.month, "A029", SEP17, date(2027, 9, 14))
    assert events_now(year_session) == before
    assert said == ["正在自动排期，不能移动活动"]
    assert not page.header._new.isEnabled()
    year_session.hold("")
    assert page.header._new.isEnabled()


# going about


def test_pages_and_keys_go_through_months_weeks_and_years(page: CalendarPage) -> None:
    page.go_to(date(2027, 8, 31))
    assert page.header.titles == ("二〇二七年八月", "政府开放月 · 22 个工作日")
    key(page, Qt.Key.Key_PageDown)
    assert (page.selected_day, page.header.titles[1]) == (date(2027, 9, 30), "22 个工作日 · 含 1 天调休")
    key(page, Qt.Key.Key_T, CTRL)
    assert page.selected_day == date(2027, 6, 15)
    page.show_day(date(2028, 1, 5))
    assert page.selected_day == date(2027, 12, 31)
    page.show_mode(CalendarMode.WEEK)
    page.step(-1)
    assert page.selected_day == date(2027, 12, 24)
    assert page.header.titles[1] == "第 51 周 · 12月20日–26日 · 5 个工作日"


def test_going_to_an_event_selects_it_in_every_view(page: CalendarPage) -> None:
    page.filters.toggles[2].setChecked(False)
    page.go_to("A029")
    assert page.filters.chosen.is_open
    assert (page.month.selected_day, page.month.selected_key) == (SEP17, "A029")
    page.show_mode(CalendarMode.AGENDA)
    page.go_to("A037")
    assert page.agenda.current_row.key == "A037"
    assert page.selected_day == date(2027, 9, 3)
    page.show_mode(CalendarMode.WEEK)
    page.go_to("2027-08-16")
    assert page.selected_day == date(2027, 8, 16)


def test_a_double_click_makes_an_event_on_the_day_or_opens_one(page: CalendarPage, qtbot: QtBot) -> None:
    page.go_to(date(2027, 9, 8))
    with qtbot.waitSignal(page.new_event_requested) as asked:
        QTest.mouseDClick(page.month.viewport(), LEFT, NONE, day_middle(page.month, date(2027, 9, 8)))
    assert asked.args[0].day == date(2027, 9, 8)
    with qtbot.waitSignal(page.event_requested) as opened:
        QTest.mouseDClick(page.month.viewport(), LEFT, NONE, chip_middle(page.month, SEP17, "A029"))
    assert opened.args == ["A029"]
    with qtbot.waitSignal(page.new_event_requested):
        key(page, Qt.Key.Key_N, CTRL)


def test_the_agenda_counts_the_events_of_the_ledger_and_the_decisions_apart(
    page: CalendarPage, year_session: YearSession
) -> None:
    page.show_mode(CalendarMode.AGENDA)
    events = len(year_session.snapshot.events)
    decisions = sum(bool(row.chip and row.chip.decision) for row in page.agenda.rows_model.rows)
    assert agenda_subtitle(page.agenda.rows_model.rows) == f"全年 {events} 场 · 列席 {decisions} 项"
    assert decisions > 0


def test_the_day_s_list_keeps_its_row_when_the_event_changes(
    page: CalendarPage, year_session: YearSession
) -> None:
    page.resize(1920, 1000)
    page.go_to("A029")
    rows = page.panel.day
    rows.setFocus()
    rows.select_key("A029")
    asked: list[object] = []
    rows.menu_requested.connect(lambda row, _: asked.append(row.key))
    year_session.perform(commands.set_event_status, 2027, "A029", EventStatus.CONFIRMED)
    assert rows.current_row.key == "A029"
    menu = QContextMenuEvent(QContextMenuEvent.Reason.Keyboard, QPoint(5, 5), rows.mapToGlobal(QPoint(5, 5)))
    QApplication.sendEvent(rows.viewport(), menu)
    assert asked == ["A029"]


def test_the_keyboard_comes_to_the_first_row_of_the_day(page: CalendarPage) -> None:
    page.resize(1920, 1000)
    page.go_to(SEP17)
    page.panel.day.setCurrentIndex(QModelIndex())
    page.panel.day.clearFocus()
    page.panel.day.setFocus()
    assert page.panel.day.current_row is not None


def test_a_double_click_in_the_week_makes_an_event_at_that_half_hour(
    page: CalendarPage, qtbot: QtBot
) -> None:
    page.show_mode(CalendarMode.WEEK)
    page.go_to(date(2027, 9, 8))
    layout = page.week.week_layout()
    middle = (layout.columns[2] + layout.columns[3]) / 2
    for minutes, at in ((10 * 60 + 5, time(10)), (10 * 60 + 40, time(10, 30))):
        place = page.week.to_viewport(QRectF(middle, layout.y_of(minutes), 1, 1)).topLeft().toPoint()
        with qtbot.waitSignal(page.new_event_requested) as asked:
            QTest.mouseDClick(page.week.viewport(), LEFT, NONE, place)
        assert (asked.args[0].day, asked.args[0].at) == (date(2027, 9, 8), at)


def test_more_lists_the_whole_day_and_opens_from_there(page: CalendarPage, qtbot: QtBot) -> None:
    page.go_to(date(2027, 8, 11))
    hit = next(hit for hit in page.month.layer().hits if hit.kind is HitKind.MORE)
    at = page.month.to_viewport(hit.rect).center().toPoint()
    QTest.mouseClick(page.month.viewport(), LEFT, NONE, at)
    popover = page.controller.popover
    assert popover.isVisible()
    assert len([row for row in popover.list.rows_model.rows if row.chip]) == 7
    with qtbot.waitSignal(page.event_requested):
        QTest.keyClick(popover.list, Qt.Key.Key_Return)
    assert not popover.isVisible()


def test_the_panel_follows_the_selected_day(page: CalendarPage) -> None:
    page.go_to(date(2027, 8, 11))
    assert page.panel.day_title == "8月11日 星期三"
    key(page, Qt.Key.Key_Left)
    assert page.panel.day_title == "8月10日 星期二"
    assert any(text.startswith("政府开放月 46 场") for text in page.panel.rule_texts)


def test_a_narrow_window_keeps_the_panel_in_a_drawer(page: CalendarPage) -> None:
    assert page.panel.isVisible()
    page.resize(1290, 640)
    assert not page.panel.isVisible()
    assert page.filters.panel_button.text() == "当日 · 待定 1"
    page.filters.panel_button.click()
    assert page.panel.isVisible()
    QTest.keyClick(page.panel.day, Qt.Key.Key_Escape)
    assert not page.panel.isVisible()


@pytest.mark.parametrize("size", [(1017, 470), (1290, 640), (1844, 940)])
def test_no_toggle_or_button_is_cut(page: CalendarPage, size: tuple[int, int]) -> None:
    page.resize(*size)
    QApplication.processEvents()
    bar = page.filters
    widgets = [*bar.toggles, bar.conflicts, *([bar.panel_button] if bar.panel_button.isVisible() else [])]
    assert all(widget.geometry().right() <= bar.width() for widget in widgets)
    assert all(widget.width() >= widget.sizeHint().width() for widget in widgets)


def test_what_cannot_be_found_says_why_and_how_to_get_back(page: CalendarPage) -> None:
    page.go_to(date(2027, 8, 18))
    for toggle in page.filters.toggles:
        toggle.setChecked(toggle.kind is Campaign.COMMUNITY)
    (text,) = page.bars.texts
    assert text.startswith("这个月没有符合条件的活动：只看走进社区。走进社区 · 8月：豁免")
    page.filters.clear()
    assert page.bars.texts == ()
    page.filters.conflicts.setChecked(True)
    assert page.bars.texts == ("这个月没有冲突。",)
    page.show_mode(CalendarMode.AGENDA)
    assert page.empty.isVisible()


def test_estimated_days_off_are_told_until_it_is_understood(page: CalendarPage) -> None:
    page.go_to(SEP17)
    assert page.bars.texts[0].startswith("2027 年放假安排未公布")
    page.notices._on_estimate_seen()
    page.step(1)
    assert page.bars.texts == ()


def test_a_change_made_elsewhere_is_shown_when_the_page_comes_back(
    page: CalendarPage, year_session: YearSession
) -> None:
    page.go_to("A029")
    page.hide()
    year_session.perform(commands.move_event, 2027, "A029", datetime(2027, 9, 14, 9))
    page.show()
    assert [chip.key for chip in page.month.days.day(date(2027, 9, 14)).chips] == ["A029"]


def test_an_empty_year_says_how_to_begin(qtbot: QtBot, themed: None, tmp_path: Path) -> None:
    with open_store(tmp_path / "empty.db") as store:
        commands.create_year(store, year())
        empty = CalendarPage(sample_session(store))
        qtbot.addWidget(empty)
        empty.resize(1290, 640)
        empty.show()
        assert any(text.startswith("2027 年度还没有活动") for text in empty.bars.texts)
        key(empty, Qt.Key.Key_Right)
        assert empty.selected_day == date(2027, 6, 16)
        with qtbot.waitSignal(empty.new_event_requested) as asked:
            key(empty, Qt.Key.Key_Return)
        assert asked.args[0].day == date(2027, 6, 16)
        empty.show_mode(CalendarMode.AGENDA)
        assert all(row.deadline for row in empty.agenda.rows_model.rows if not row.is_head)
        empty.filters.deadlines.setChecked(False)
        assert empty.empty.title == "2027 年度还没有活动"


def test_another_year_of_the_file_is_opened_on_the_way(page: CalendarPage, year_session: YearSession) -> None:
    year_session.perform(commands.create_year, year(event(day="2028-01-12", key="n"), number=2028))
    page.go_to(date(2027, 12, 31))
    page.step(1)
    assert (year_session.year, page.selected_day) == (2028, date(2028, 1, 31))
    assert [chip.key for chip in page.month.days.day(date(2028, 1, 12)).chips] == ["n"]
    page.go_to_today()
    assert (year_session.year, page.selected_day) == (2027, date(2027, 6, 15))


def test_what_is_in_the_hand_is_put_back_when_the_year_changes(
    page: CalendarPage, year_session: YearSession
) -> None:
    page.go_to("A029")
    drag(page.month, "A029", SEP17, date(2027, 9, 15))
    assert page.drag.card.is_asking
    year_session.perform(commands.move_event, 2027, "A037", datetime(2027, 9, 6, 9))
    assert page.drag.state is None
    assert page.month.drag is None


# menus and 停排


def test_the_menu_of_an_event_offers_what_can_be_done(page: CalendarPage, qtbot: QtBot) -> None:
    page.controller.show_event_menu("A029", QPoint(10, 10))
    texts = [action.text() for action in page.controller.menu.actions() if action.text()]
    assert texts[:3] == ["打开", "改到…", "确认"]
    assert texts[-2:] == ["在台账中看", "看对应条文"]
    page.controller.menu.close()
    with qtbot.waitSignal(page.page_requested) as asked:
        page.controller.menu.actions()[-1].trigger()
    assert asked.args == ["rules", "community.monthly"]
    with qtbot.waitSignal(page.postpone_requested):
        page.controller.on_event_action(EventAction.POSTPONE)


def test_another_day_is_chosen_in_the_small_calendar(page: CalendarPage, year_session: YearSession) -> None:
    page.go_to("A029")
    page.controller.ask_move("A029", QPoint(300, 200))
    page.controller.calendar.grid.go_to(date(2027, 9, 14))
    QTest.keyClick(page.controller.calendar.grid, Qt.Key.Key_Return)
    assert year_session.snapshot.event_by_key["A029"].starts_at == datetime(2027, 9, 14, 9)
    assert page.selected_day == date(2027, 9, 14)


def test_a_pause_is_set_shown_judged_and_taken_back(
    page: CalendarPage, year_session: YearSession, monkeypatch: pytest.MonkeyPatch
) -> None:
    page.go_to("A029")

    def fill(dialog: BlockedDialog) -> None:
        dialog.reason.setCurrentText("全区重要会议")
        dialog._on_accept()

    monkeypatch.setattr(BlockedDialog, "exec", fill)
    page.pause_requested.connect(FormDesk(year_session, page).edit_pause)
    page.controller._day = date(2027, 9, 14)
    page.controller._on_day_action(DayAction.BLOCK)
    assert page.month.days.day(date(2027, 9, 14)).paused == "全区重要会议"
    before, said = events_now(year_session), toasts(year_session)
    drag(page.month, "A029", SEP17, date(2027, 9, 14))
    assert events_now(year_session) == before
    assert said == ["不能排到9月14日：停排：全区重要会议"]
    page.go_to(date(2027, 9, 14))
    assert page.panel.day.rows_model.rows[0].kind is DayRowKind.PAUSE
    (period,) = page.month.days.day(date(2027, 9, 14)).blocked
    page.controller._on_day_action(PauseAction(period, "remove"))
    assert page.month.days.day(date(2027, 9, 14)).paused == ""
    year_session.undo()
    assert page.month.days.day(date(2027, 9, 14)).paused == "全区重要会议"


def test_one_day_is_taken_out_of_a_longer_pause() -> None:
    period = BlockedPeriod("b", date(2027, 9, 10), date(2027, 9, 14), "检修")

    def left(day: int) -> list[tuple[date, date]]:
        changes = without_day(period, date(2027, 9, day), "b2")
        return [(change.after.first, change.after.last) for change in changes]  # type: ignore[union-attr]

    assert left(10) == [(date(2027, 9, 11), date(2027, 9, 14))]
    assert left(14) == [(date(2027, 9, 10), date(2027, 9, 13))]
    assert left(12) == [(date(2027, 9, 10), date(2027, 9, 11)), (date(2027, 9, 13), date(2027, 9, 14))]


def test_a_pause_needs_a_reason_and_days_in_order(
    qtbot: QtBot, year_session: YearSession, page: CalendarPage
) -> None:
    dialog = BlockedDialog(year_session, date(2027, 9, 14), parent=page)
    qtbot.addWidget(dialog)
    dialog._on_accept()
    assert dialog.refusal_text().startswith("还没有填写原因")
    dialog.reason.setCurrentText("检修")
    dialog.units.set_keys(["区司法局"])
    dialog.campaigns.set_values(["lecture"])
    dialog._on_accept()
    stored = year_session.snapshot.items(ItemKind.BLOCKED)[-1]
    assert stored[1:] == (
        date(2027, 9, 14),
        date(2027, 9, 14),
        "检修",
        ("区司法局",),
        (),
        (Campaign.LECTURE,),
    )
    assert year_session.undo_title == "新增停排日9月14日"


@pytest.mark.parametrize("act", [lambda page: page.drawer.close_by_user(), CalendarPage.wait])
def test_what_finds_nothing_to_do_does_nothing(
    page: CalendarPage, act: Callable[[CalendarPage], None]
) -> None:
    act(page)
    assert page.drag.state is None
    assert page.isVisible()
