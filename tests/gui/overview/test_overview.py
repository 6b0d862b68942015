"""年度总览页：摘要、筛选、卡片引出的命令、抽屉与空状态。"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from gui.kit.card_contents import CardAction
from gui.kit.event_menu import CellMenuAction, EventAction, cell_actions, event_actions
from gui.kit.page import NewEvent
from gui.overview.page import OverviewPage
from gui.overview.words import why_empty
from gui.session.event_actions import DayQuestion, accept_entry, judged_month
from gui.session.year_session import YearSession
from models import commands
from models.domain.events import Campaign, EventStatus
from models.domain.snapshot import ItemKind
from models.domain.year import BlockedPeriod
from planners.agenda import agenda
from planners.proposals import Way
from planners.results import AgendaAction, CellState, Verdict
from tests.factories import event
from tests.gui.overview.board_samples import line, sample_session
from tests.stores import filled_store

pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints", extend=True)  # the offscreen platform says so


@pytest.fixture
def session(qtbot: QtBot, tmp_path: Path) -> Iterator[YearSession]:
    del qtbot
    store = filled_store(tmp_path / "样例.db")
    yield sample_session(store)
    store.close()


@pytest.fixture
def page(qtbot: QtBot, session: YearSession) -> OverviewPage:
    made = OverviewPage(session)
    qtbot.addWidget(made)
    made.resize(1290, 640)
    made.show()
    return made


def entry(page: OverviewPage, action: AgendaAction, title: str):
    return next(e for e in page._entries if e.action is action and e.title == title)


def test_the_pills_count_what_is_to_be_done(page: OverviewPage) -> None:
    counts = {
        state: page.header.pill(state).count
        for state in (CellState.OVERDUE, CellState.AT_RISK, CellState.GAP, CellState.DONE)
    }
    assert list(counts.values()) == [1, 2, 5, 16]
    assert page.filters.todo_button.text() == "现在要办 3"


def test_a_deadline_of_the_agenda_opens_what_it_is_about(
    page: OverviewPage, session: YearSession, qtbot: QtBot
) -> None:
    entry = next(entry for entry in agenda(session.check, session.snapshot) if entry.due)
    assert entry.title.startswith("发出邀请")
    with qtbot.waitSignal(page.decision_requested) as asked:
        page.todo.action_requested.emit(entry)
    assert asked.args == ["d4"]


def test_a_pill_filters_the_board_and_lets_go_again(page: OverviewPage) -> None:
    page.header.pill(CellState.OVERDUE).click()
    assert [one.title for one in page.contents.lines] == ["走进校区 · 高中"]
    page.header.pill(CellState.OVERDUE).click()
    assert len(page.contents.lines) == 9


def test_a_postponed_event_is_proposed_before_it_is_scheduled(
    page: OverviewPage, session: YearSession, qtbot: QtBot
) -> None:
    page.controller.show_card("lecture", 6)
    assert page.controller.card.button_texts == ("排入 6月23日", "其他日期", "定位待定项")
    with qtbot.waitSignal(page.proposal_requested) as asked:
        QTest.keyClick(page.controller.card, Qt.Key.Key_Return)
    assert session.snapshot.event_by_key["A007"].status is EventStatus.POSTPONED
    assert (asked.args[0].way, asked.args[0].event.key) == (Way.REVIVE, "A007")


def test_accepting_what_is_proposed_is_one_step(page: OverviewPage, session: YearSession) -> None:
    june = line("lecture").cell_at(6).cell
    accept_entry(session, page.suggestions.at(june))
    scheduled = session.snapshot.event_by_key["A007"]
    assert (scheduled.starts_at, scheduled.status) == (datetime(2027, 6, 23, 14), EventStatus.PLANNED)
    assert session.undo_title == "排入“消费促进”到6月23日"
    assert line("lecture", page.contents).cell_at(6).count == "1/1"
    session.undo()
    assert session.snapshot.event_by_key["A007"].status is EventStatus.POSTPONED


def test_a_gap_without_a_waiting_event_gets_a_new_one(page: OverviewPage, session: YearSession) -> None:
    before = {e.key for e in session.snapshot.events}
    page.controller.accept_at("community", 11)
    (added,) = (e for e in session.snapshot.events if e.key not in before)
    assert (added.campaign, added.status, added.starts_at.month) == (
        Campaign.COMMUNITY,
        EventStatus.PLANNED,
        11,
    )
    assert session.undo_title == f"排入走进社区 11月{added.starts_at.day}日"


def test_moving_through_the_mini_calendar_keeps_the_time_of_day(
    page: OverviewPage, session: YearSession
) -> None:
    page.controller.ask_move("A008", 9, page.mapToGlobal(QPoint(600, 200)))
    page.controller.calendar.grid.go_to(date(2027, 9, 8))
    QTest.keyClick(page.controller.calendar.grid, Qt.Key.Key_Return)
    july = session.snapshot.event_by_key["A008"].starts_at
    assert july == datetime(2027, 7, 14, 14)  # the only lecture of July: asked about once
    QTest.keyClick(page.controller.calendar.grid, Qt.Key.Key_Return)
    assert session.snapshot.event_by_key["A008"].starts_at == datetime(2027, 9, 8, 14)
    assert session.undo_title == "移动“营商环境”到9月8日"


def test_a_copy_goes_to_the_day_that_is_picked_and_the_first_stays(
    page: OverviewPage, session: YearSession
) -> None:
    first, before = session.snapshot.event_by_key["A008"], set(session.snapshot.event_by_key)
    page.controller.ask_copy("A008", 9, page.mapToGlobal(QPoint(600, 200)))
    assert page.controller._subject() == f"{first.title}，另办一场"
    page.controller.calendar.grid.go_to(date(2027, 9, 8))
    QTest.keyClick(page.controller.calendar.grid, Qt.Key.Key_Return)
    (key,) = set(session.snapshot.event_by_key) - before
    made = session.snapshot.event_by_key[key]
    assert (made.starts_at, made.status, made.tentative) == (
        datetime(2027, 9, 8, 14),
        EventStatus.PLANNED,
        True,
    )
    assert session.snapshot.event_by_key["A008"] == first
    assert session.undo_title == "复制“营商环境”到9月8日"
    session.undo()
    assert set(session.snapshot.event_by_key) == before


def test_a_copy_shuns_the_hours_of_its_first(page: OverviewPage, session: YearSession) -> None:
    first = session.snapshot.event_by_key["A008"]
    assert first.day is not None
    asked = DayQuestion(first.campaign, "A008", copies=True)
    days = {day.day: day for day in judged_month(session, asked, 2027, first.day.month).days}
    assert days[first.day].verdict is not Verdict.GOOD


def test_postponing_to_another_month_proposes_its_best_day(
    page: OverviewPage, session: YearSession, qtbot: QtBot
) -> None:
    with qtbot.waitSignal(page.postpone_to_requested) as asked:
        page.board.postpone_requested.emit("A008", 9)
    key, day = asked.args
    assert (key, day.month) == ("A008", 9)
    assert day == judged_month(session, DayQuestion(Campaign.LECTURE, "A008"), 2027, 9).best


def test_postponing_in_its_own_month_asks_for_the_reason_only(page: OverviewPage, qtbot: QtBot) -> None:
    with (
        qtbot.waitSignal(page.postpone_requested) as asked,
        qtbot.assertNotEmitted(page.postpone_to_requested),
    ):
        page.board.postpone_requested.emit("A008", 7)
    assert asked.args == ["A008"]


def test_nothing_is_asked_while_nothing_can_be_changed(
    page: OverviewPage, session: YearSession, qtbot: QtBot
) -> None:
    session.hold("正在排期")
    with qtbot.assertNotEmitted(page.postpone_to_requested):
        page.board.postpone_requested.emit("A008", 9)
        page.board.copy_requested.emit("A008", 9, QPoint())
    assert not page.controller.calendar.isVisible()


def test_another_day_for_the_waiting_event(page: OverviewPage, session: YearSession) -> None:
    page.controller.show_card("lecture", 6)
    page.controller.card.chosen.emit(CardAction.OTHER_DAY)
    page.controller.calendar.grid.go_to(date(2027, 6, 29))
    QTest.keyClick(page.controller.calendar.grid, Qt.Key.Key_Return)
    assert session.snapshot.event_by_key["A007"].starts_at == datetime(2027, 6, 29, 14)


def test_the_theme_of_a_quarter_is_written_in_place(page: OverviewPage, session: YearSession) -> None:
    page.board.theme_requested.emit(4)
    page.controller.themes.line.setText("银发经济与养老服务")
    QTest.keyClick(page.controller.themes.line, Qt.Key.Key_Return)
    assert session.snapshot.year_row.quarter_themes[3] == "银发经济与养老服务"
    assert line("park", page.contents).cell_at(10).theme == "银发经济与养老服务"


def test_a_missed_period_asks_for_an_explanation(page: OverviewPage, qtbot: QtBot) -> None:
    with qtbot.waitSignal(page.explain_requested) as asked:
        page._on_todo_action(entry(page, AgendaAction.EXPLAIN, "走进校区 · 高中"))
    assert (asked.args[0].rule, asked.args[0].group) == ("campus.stages", "高中")


def test_confirming_from_the_agenda_opens_the_event(page: OverviewPage, qtbot: QtBot) -> None:
    with qtbot.waitSignal(page.event_requested) as opened:
        page._on_todo_action(entry(page, AgendaAction.CONFIRM, "走进校区 · 初中"))
    assert opened.args == ["A036"]


def test_what_is_urgent_names_its_day_once_it_is_found(page: OverviewPage, qtbot: QtBot) -> None:
    texts = lambda: [page.todo._model.row(page.todo._model.index(n)).button for n in range(6)]  # noqa: E731
    qtbot.waitUntil(lambda: "排入 6月23日" in texts())
    with qtbot.waitSignal(page.proposal_requested):
        page._on_todo_action(entry(page, AgendaAction.SCHEDULE, "公开讲堂"))


def test_a_later_gap_of_the_agenda_is_filled_at_once(page: OverviewPage, session: YearSession) -> None:
    page._on_todo_action(entry(page, AgendaAction.SCHEDULE, "走进社区"))
    assert session.undo_title == "排入走进社区 11月5日"
    assert line("community", page.contents).cell_at(11).count == "1/1"


def test_a_gap_that_cannot_be_filled_says_why_and_shows_its_card(
    page: OverviewPage, session: YearSession
) -> None:
    closed = BlockedPeriod("b9", date(2027, 11, 1), date(2027, 11, 30), "会场改造")
    session.perform(commands.put_item, 2027, ItemKind.BLOCKED, closed)
    said: list[str] = []
    session.messages.said.connect(said.append)
    page._on_todo_action(entry(page, AgendaAction.SCHEDULE, "走进社区"))
    assert said[0].startswith("走进社区 · 11月：")
    assert page.controller.card.isVisible()
    assert page.controller.card.contents.title == "走进社区 · 11月"


def test_a_new_event_knows_campaign_group_and_a_good_day(page: OverviewPage, qtbot: QtBot) -> None:
    with qtbot.waitSignal(page.new_event_requested) as asked:
        page.controller.ask_new("campus:初中", 9)
    wanted = asked.args[0]
    assert isinstance(wanted, NewEvent)
    assert (wanted.campaign, wanted.group, wanted.day.month) == (Campaign.CAMPUS, "初中", 9)


def test_the_panel_is_docked_when_wide_and_a_drawer_when_not(page: OverviewPage) -> None:
    assert not page.todo.isVisible()
    page.filters.todo_button.click()
    assert page.todo.isVisible()
    QTest.keyClick(page.todo.view, Qt.Key.Key_Escape)
    assert not page.todo.isVisible()
    page.resize(1844, 900)
    assert page.todo.isVisible()
    assert not page.filters.todo_button.isVisible()


def test_nothing_that_matches_says_which_filters_and_clears_them(page: OverviewPage) -> None:
    page.filters._statuses.setCurrentText("已取消")
    page.filters.changed.emit()
    assert page.empty.isVisible()
    assert page.empty.title == "没有符合全部条件的活动"
    assert why_empty(page._filter(), page.filters.chosen_words(), page._session.snapshot.events) == (
        "“已取消”本年没有活动。",
    )
    page.clear_filters()
    assert page.board.isVisible()
    assert len(page.contents.lines) == 9


def test_as_a_table_the_same_lines_are_shown_and_mended(page: OverviewPage, session: YearSession) -> None:
    page.show_as_table(True)
    assert page.table.isVisible()
    assert page.model.rowCount() == 9
    page.table.cell_activated.emit("lecture", 11)
    QTest.keyClick(page.controller.card, Qt.Key.Key_Return)
    assert session.undo_title == "排入公开讲堂 11月3日"
    page.show_as_table(False)
    assert page.board.isVisible()


def test_the_tooltip_tells_the_event_in_full_and_never_as_markup(page: OverviewPage) -> None:
    hit = next(hit for hit in page.board.layer().hits if hit.key == "A008")
    text = page._describe(hit)
    assert "优化营商环境政策包解读" in text
    assert "7月14日 周三 14:00" in text
    assert "计入：第1条公开讲堂" in text


def test_the_menu_of_an_event_offers_what_its_status_allows() -> None:
    planned, held = event(status="planned"), event(status="held")
    cancelled, waiting = event(status="cancelled"), event(day=None, status="postponed")
    assert event_actions(planned, read_only=False) == tuple(EventAction)
    assert EventAction.MOVE not in event_actions(held, read_only=False)
    assert event_actions(cancelled, read_only=False) == (EventAction.OPEN, EventAction.COPY, EventAction.PIN)
    assert EventAction.CONFIRM not in event_actions(waiting, read_only=False)
    assert event_actions(planned, read_only=True) == (EventAction.OPEN,)


def test_the_menu_of_a_cell_offers_what_its_state_allows() -> None:
    lecture, senior, people = line("lecture"), line("campus:高中"), line("attendance")
    assert cell_actions(lecture, lecture.cell_at(6), suggested=True, read_only=False) == (
        CellMenuAction.NEW,
        CellMenuAction.ACCEPT,
        CellMenuAction.OTHER_DAY,
        CellMenuAction.EXEMPT,
    )
    assert cell_actions(senior, senior.cell_at(1), suggested=False, read_only=False) == (
        CellMenuAction.NEW,
        CellMenuAction.EXPLAIN,
    )
    assert cell_actions(people, people.cell_at(4), suggested=False, read_only=False) == ()
    assert cell_actions(lecture, lecture.cell_at(6), suggested=True, read_only=True) == ()


def test_pinning_is_one_undoable_step(page: OverviewPage, session: YearSession) -> None:
    page.controller._menu_event = "A008"
    page.controller.on_event_action(EventAction.PIN)
    assert session.snapshot.event_by_key["A008"].pinned
    assert session.undo_title == "锁定“营商环境”"


def test_conditions_that_only_together_leave_nothing_say_so(page: OverviewPage) -> None:
    page.filters._units.setCurrentText("区财政局")
    page.filters._statuses.setCurrentText("已延期")
    page.filters.changed.emit()
    assert why_empty(page._filter(), page.filters.chosen_words(), page._session.snapshot.events) == (
        "单看每个条件都有活动，合在一起就没有了。",
    )


def test_filters_and_pills_narrow_the_board_together(page: OverviewPage) -> None:
    page.filters.unmet.setChecked(True)
    assert page.board.isVisible()
    page.header.pill(CellState.DONE).click()
    page.filters._units.setCurrentText("区财政局")
    page.filters.changed.emit()
    assert [one.title for one in page.contents.lines] == ["公开讲堂"]


def test_from_the_card_the_keyboard_goes_down_into_the_chips_of_the_cell(page: OverviewPage) -> None:
    page.board.select(0, 3)
    page.controller.show_card("lecture", 3)
    page.controller.card.chips_wanted.emit()
    assert page.board.place == (0, 3, 0)
