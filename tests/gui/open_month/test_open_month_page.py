"""开放月页：键盘与鼠标走格、新建、移动、撤销；提醒名单；空与四百场。"""

from __future__ import annotations

from datetime import date

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QListWidgetItem
from pytestqt.qtbot import QtBot

from gui.event.dialog import EventDialog
from gui.kit.page import NewEvent
from gui.open_month.page import OpenMonthPage
from gui.open_month.rows import LineFilter
from gui.open_month.theme_and_notice import OpenMonthDialog
from gui.session.year_session import YearSession
from models import commands
from models.domain.changes import RowChange
from models.domain.events import Campaign, EventStatus
from models.domain.snapshot import ItemKind
from models.domain.year import BlockedPeriod
from tests.factories import event, year
from tests.gui.calendar.helpers import send_move

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support", extend=True)  # offscreen says so
ALT = Qt.KeyboardModifier.AltModifier


@pytest.fixture
def page(qtbot: QtBot, session: YearSession) -> OpenMonthPage:
    made = OpenMonthPage(session)
    qtbot.addWidget(made)
    made.resize(1844, 998)
    made.show()
    made.grid.setFocus()
    return made


def row_of(page: OpenMonthPage, name: str) -> int:
    return next(n for n, row in enumerate(page.grid._rows) if row.title == name)


def at(page: OpenMonthPage, name: str, day: int) -> QPoint:
    rect = page.grid.grid().cell_rect(row_of(page, name), day)
    offset = page.grid.grid().head - page.grid.verticalScrollBar().value()
    return (rect.center() + QPointF(0, offset)).toPoint()


def asked(page: OpenMonthPage) -> list[NewEvent]:
    found: list[NewEvent] = []
    page.new_event_requested.connect(found.append)
    return found


def test_the_page_shows_the_numbers_of_the_check(page: OpenMonthPage) -> None:
    assert page.header.count.words == "46 场，在 30–80 内"
    assert page.header.units.words == f"开放 {page.month.units_open}/40 个单位"
    assert page.header.missing.words == f"未报送 {len(page.month.missing)}"
    assert page.panel.facts()["计入"] == "46 场（已举办 0），目标 30–80（自定）"
    assert page.panel.histogram.counts == page.month.months
    assert page.filters.notice.text() == "活动表公布日未定"


def test_enter_on_an_empty_cell_asks_for_a_new_event_of_that_unit_and_day(page: OpenMonthPage) -> None:
    found = asked(page)
    page.grid.select(row_of(page, "罗店镇"), 17)
    QTest.keyClick(page.grid, Qt.Key.Key_Return)
    QTest.mouseDClick(page.grid.viewport(), Qt.MouseButton.LeftButton, pos=at(page, "庙行镇", 5))
    QTest.keyClick(page.grid, Qt.Key.Key_Home)
    QTest.keyClick(page.grid, Qt.Key.Key_N, Qt.KeyboardModifier.ControlModifier)
    assert found == [
        NewEvent(Campaign.OPEN_MONTH, date(2027, 8, 17), "罗店镇"),
        NewEvent(Campaign.OPEN_MONTH, date(2027, 8, 5), "庙行镇"),
        NewEvent(Campaign.OPEN_MONTH, date(2027, 8, 1), "庙行镇"),
    ]


def test_the_form_opens_with_unit_day_and_campaign(qtbot: QtBot, session: YearSession) -> None:
    form = EventDialog(session, campaign=Campaign.OPEN_MONTH, day=date(2027, 8, 17), group="罗店镇")
    qtbot.addWidget(form)
    entered = form.entered()
    assert (entered.campaign, entered.day, entered.lead_units) == (
        Campaign.OPEN_MONTH,
        date(2027, 8, 17),
        ("罗店镇",),
    )


def test_arrows_walk_over_headings_and_page_down_goes_to_the_next_group(page: OpenMonthPage) -> None:
    page.grid.select(row_of(page, "淞南镇"), 3)
    QTest.keyClick(page.grid, Qt.Key.Key_Down)
    assert page.grid.row is not None
    assert (page.grid.row.title, page.grid.column) == ("区政府办公室", 3)
    QTest.keyClick(page.grid, Qt.Key.Key_PageUp)
    assert page.grid.row.title == "友谊路街道"
    QTest.keyClick(page.grid, Qt.Key.Key_PageDown)
    assert page.grid.row.title == "区政府办公室"
    QTest.keyClick(page.grid, Qt.Key.Key_End)
    QTest.keyClick(page.grid, Qt.Key.Key_Right)
    assert page.grid.column == 31


def test_alt_arrows_move_an_event_a_day_and_undo_brings_it_back(
    page: OpenMonthPage, session: YearSession
) -> None:
    event_ = next(e for e in page.month.lines[0].days)
    page.grid.select_event(event_.event.key)
    QTest.keyClick(page.grid, Qt.Key.Key_Right, ALT)
    moved = session.snapshot.event_by_key[event_.event.key]
    assert moved.day == date(2027, 8, event_.first + 1)
    assert page.grid.column == event_.first + 1
    QTest.keyClick(page.grid, Qt.Key.Key_Up, ALT)
    assert session.snapshot.event_by_key[event_.event.key].day == date(2027, 8, event_.first - 6)
    session.undo()
    session.undo()
    assert session.snapshot.event_by_key[event_.event.key] == event_.event


def test_a_bar_is_dragged_along_its_row(page: OpenMonthPage, session: YearSession) -> None:
    line = page.month.lines[0]
    start, end = at(page, line.name, line.days[0].first), at(page, line.name, 24)
    viewport = page.grid.viewport()
    QTest.mousePress(viewport, Qt.MouseButton.LeftButton, pos=start)
    send_move(viewport, start + QPoint(20, 2))
    send_move(viewport, end)
    QTest.mouseRelease(viewport, Qt.MouseButton.LeftButton, pos=end)
    assert session.snapshot.event_by_key[line.days[0].event.key].day == date(2027, 8, 24)


def test_escape_puts_a_carried_bar_back(page: OpenMonthPage, session: YearSession) -> None:
    line = page.month.lines[0]
    start, end = at(page, line.name, line.days[0].first), at(page, line.name, 24)
    viewport = page.grid.viewport()
    QTest.mousePress(viewport, Qt.MouseButton.LeftButton, pos=start)
    send_move(viewport, start + QPoint(20, 2))
    send_move(viewport, end)
    QTest.keyClick(page.grid, Qt.Key.Key_Escape)
    QTest.mouseRelease(viewport, Qt.MouseButton.LeftButton, pos=end)
    assert session.snapshot.event_by_key[line.days[0].event.key] == line.days[0].event


def test_nothing_moves_out_of_august_or_onto_a_blocked_day(page: OpenMonthPage, session: YearSession) -> None:
    said: list[str] = []
    page.said.connect(said.append)
    last = next(d for line in page.month.lines for d in line.days if d.first == 31)
    page.grid.select_event(last.event.key)
    QTest.keyClick(page.grid, Qt.Key.Key_Right, ALT)
    assert "边上" in said[-1]
    blocked = BlockedPeriod("bx", date(2027, 8, 30), date(2027, 8, 30), "停电")
    session.attempt(commands.put_item, 2027, ItemKind.BLOCKED, blocked)
    toasts: list[str] = []
    session.messages.said.connect(toasts.append)
    page.move(last.event.key, date(2027, 8, 30))
    assert toasts == ["8月30日不能排：停排：停电。没有改动。"]
    assert session.snapshot.event_by_key[last.event.key].day == date(2027, 8, 31)


def test_the_reminder_goes_to_the_clipboard(page: OpenMonthPage) -> None:
    page.header.reminder.click()
    text = QGuiApplication.clipboard().text()
    assert text.startswith("2027年8月政府开放月活动，以下 ")
    assert "罗店镇、罗泾镇、庙行镇" in text


def test_filters_and_the_empty_state(page: OpenMonthPage) -> None:
    page.filters.lines.choose(LineFilter.MISSING)
    assert {row.title for row in page.grid._rows if row.line} == {line.name for line in page.month.missing}
    page.filters.lines.choose(LineFilter.ONLINE)
    assert page.empty.isVisible()
    assert page.empty.title == "没有符合条件的单位"
    page.filters.clear()
    assert page.grid.isVisible()


def test_a_month_of_the_histogram_leads_to_the_calendar(page: OpenMonthPage) -> None:
    found: list[tuple[str, object]] = []
    page.page_requested.connect(lambda name, target: found.append((name, target)))
    histogram = page.panel.histogram
    histogram.setFocus()
    QTest.keyClick(histogram, Qt.Key.Key_Right)
    QTest.keyClick(histogram, Qt.Key.Key_Return)
    page.header.print.click()
    assert found == [("calendar", date(2027, 2, 1)), ("exports", "open-month")]


def test_theme_and_notice_are_one_step(qtbot: QtBot, page: OpenMonthPage, session: YearSession) -> None:
    form = OpenMonthDialog(session)
    qtbot.addWidget(form)
    form.theme.setText("家门口的政府")
    form.due.tick.setChecked(True)
    form._on_accept()
    assert page.header.subtitle == "2027年8月 · 主题“家门口的政府”"
    assert page.filters.notice.text() == "活动表定于7月20日公布，还有 35 天"
    session.undo()
    assert page.filters.notice.text() == "活动表公布日未定"
    form.published.set_value(date(2027, 6, 20))
    form._on_accept()
    assert "还没有到" in form.refusal_text()


def test_two_of_one_day_are_walked_by_space_and_opened(page: OpenMonthPage, session: YearSession) -> None:
    first = page.month.lines[0].days[0]
    session.attempt(commands.add_event, 2027, first.event._replace(key="ZZ", title="第二场"))
    opened: list[str] = []
    page.event_requested.connect(opened.append)
    page.grid.select_event(first.event.key)
    assert len(page.grid.events) == 2
    QTest.keyClick(page.grid, Qt.Key.Key_Return)
    QTest.keyClick(page.grid, Qt.Key.Key_Space)
    QTest.keyClick(page.grid, Qt.Key.Key_Return)
    assert sorted(opened) == sorted([first.event.key, "ZZ"])
    item: QListWidgetItem = page.panel.list.item(1)
    page.panel.list.itemActivated.emit(item)
    assert len(opened) == 3


def test_another_year_without_any_open_day_offers_to_begin(page: OpenMonthPage, session: YearSession) -> None:
    session.attempt(commands.create_year, year(number=2028))
    session.open_year(2028)
    assert page.header.subtitle == "2028年8月 · 主题未定"
    assert page.bars.texts
    assert page.month.forecast == 0


def test_four_hundred_events_of_hostile_names_are_painted(page: OpenMonthPage, session: YearSession) -> None:
    units = [line.key for line in page.month.lines if line.key]
    changes = [
        RowChange(
            ItemKind.EVENT,
            f"N{n}",
            None,
            event(
                "open_month",
                date(2027, 8, n % 31 + 1),
                key=f"N{n}",
                title="<b>&甲</b>" * 20,
                short="<i>&",
                lead_units=(units[n % len(units)],),
            ),
        )
        for n in range(400)
    ]
    session.attempt(commands.apply_changes, 2027, "多", changes)
    page.grab()
    assert page.month.forecast == 446
    assert "超过" in page.header.count.words


def test_a_postponed_event_stays_in_its_row_and_the_menu_offers_what_is_allowed(
    page: OpenMonthPage, session: YearSession
) -> None:
    key = page.month.lines[0].days[0].event.key
    page.grid.select_event(key)
    page._on_menu(QPoint(10, 10))
    assert page.menus.menu is not None
    words = [action.text() for action in page.menus.menu.actions() if action.text()]
    assert words[:3] == ["打开", "确认", "登记结果…"]
    assert "新建于此" in words
    page.menus.menu.close()
    session.attempt(commands.set_event_status, 2027, key, EventStatus.POSTPONED, "天气")
    row = page.grid._rows[row_of(page, page.month.lines[0].name)]
    assert [one.key for one in row.at(0)] == [key]
