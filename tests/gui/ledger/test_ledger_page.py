"""活动台账：筛选、走动、就地改、视图、到某一场去。"""

from __future__ import annotations

from datetime import date
from pathlib import Path

from PySide6.QtCore import QCoreApplication, QEvent, QPoint, QRect, Qt
from PySide6.QtGui import QPixmap
from PySide6.QtWidgets import QDateEdit, QMenu, QPushButton
from pytestqt.qtbot import QtBot

from gui.kit.event_menu import EventAction
from gui.kit.page import NewEvent
from gui.ledger.page import LedgerPage
from gui.services.program_settings import SettingsFile
from gui.session.year_session import YearSession
from models import commands
from models.domain.events import Campaign, EventStatus
from planners.ledger_filter import LedgerFilter, StatusGroup
from planners.ledger_groups import Grouping, Order
from planners.ledger_rows import LedgerColumn
from tests.gui.ledger.conftest import MakePage

AUGUST = LedgerFilter(first=date(2027, 8, 1), last=date(2027, 8, 31))


def entries(menu: QMenu | None) -> dict[str, bool]:
    """The entries of a menu, and whether they can be chosen."""
    assert menu is not None
    return {action.text(): action.isEnabled() for action in menu.actions() if not action.isSeparator()}


def choose(menu: QMenu | None, words: str) -> None:
    """Choose an entry of a menu."""
    assert menu is not None
    next(action for action in menu.actions() if action.text() == words).trigger()
    menu.close()


def empty_buttons(page: LedgerPage) -> dict[str, QPushButton]:
    return {button.text(): button for button in page.empty.findChildren(QPushButton)}


# the filter


def test_typing_filters_at_once_and_the_header_counts(page: LedgerPage, qtbot: QtBot) -> None:
    assert page.header.counts == "95 场"
    page.find()
    qtbot.keyClicks(page.filters.text, "flkp")
    assert page.view.ledger.shown_keys() == ["A036"]
    assert page.header.counts == "95 场 · 筛选后 1 场"


def test_escape_empties_the_text_and_only_then_leaves_it(page: LedgerPage, qtbot: QtBot) -> None:
    qtbot.keyClick(page.view, Qt.Key.Key_F, Qt.KeyboardModifier.ControlModifier)
    assert page.focusWidget() is page.filters.text
    page.filters.text.setText("法")
    qtbot.keyClick(page.filters.text, Qt.Key.Key_Escape)
    assert page.filters.text.text() == ""
    assert page.focusWidget() is page.filters.text
    qtbot.keyClick(page.filters.text, Qt.Key.Key_Escape)
    assert page.focusWidget() is page.view


def test_a_box_filters_and_says_what_it_asks(page: LedgerPage) -> None:
    page.filters.status.choose(StatusGroup.ACTIVE)
    page.filters.status.activated.emit(0)
    assert page.filters.filter == LedgerFilter(status=StatusGroup.ACTIVE)
    assert page.filters.status.words() == "状态：未取消"
    assert page.filters.chip_words == ()


def test_chips_take_single_conditions_away(page: LedgerPage) -> None:
    page.show_filter(AUGUST._replace(without_open_month=True))
    assert page.filters.chip_words == ("8月", "不含开放月明细")
    page.filters.remove("without_open_month")
    assert page.filters.chip_words == ("8月",)
    assert len(page.view.ledger.shown_keys()) == 47
    page.filters.clear()
    assert page.filters.filter.is_empty


def test_conditions_without_room_are_counted(make_page: MakePage) -> None:
    page = make_page(1017, 430)
    page.show_filter(AUGUST._replace(without_open_month=True, incomplete=True, status=StatusGroup.ACTIVE))
    hidden = 3 - len(page.filters.chip_words)
    assert hidden > 0
    assert page.filters.more.text() == f"更多条件 {hidden}"


def test_more_conditions_set_a_month_and_both_days(page: LedgerPage) -> None:
    page.filters.more.click()
    more = page.filters.popover
    more.period.setCurrentIndex(8)
    more.period.activated.emit(8)
    assert page.filters.filter == AUGUST
    more.first.tick.setChecked(False)
    assert page.filters.filter == LedgerFilter(last=date(2027, 8, 31))
    more.incomplete.click()
    assert page.filters.filter.incomplete
    more.grouping.choose(Grouping.UNIT)
    more.grouping.activated.emit(1)
    assert page.views.memory.grouping is Grouping.UNIT


def test_no_match_says_why_and_offers_what_helps(page: LedgerPage) -> None:
    page.show_filter(AUGUST._replace(campaign=Campaign.COMMUNITY, unit="区司法局"))
    assert page.empty.title == "没有符合全部条件的活动"
    assert set(empty_buttons(page)) == {"清除“走进社区”", "清除“8月”", "清除全部"}
    empty_buttons(page)["清除“8月”"].click()
    assert "A027" in page.view.ledger.shown_keys()
    assert page.view.isVisible()


def test_a_year_without_events_offers_to_make_some(
    page: LedgerPage, session: YearSession, qtbot: QtBot
) -> None:
    session.perform(commands.apply_changes, 2027, "清空", _deletions(session))
    assert page.empty.title == "2027 年度还没有活动"
    with qtbot.waitSignal(page.plan_requested):
        empty_buttons(page)["自动排期"].click()
    session.hold("正在自动排期")
    page.refresh()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    assert empty_buttons(page) == {}


def _deletions(session: YearSession) -> list[object]:
    from models.domain.changes import RowChange

    return [RowChange.of(event, None) for event in session.snapshot.events]


# walking


def test_up_and_down_pass_over_headings(page: LedgerPage, qtbot: QtBot) -> None:
    page.view.select("A026")
    qtbot.keyClick(page.view, Qt.Key.Key_Down)
    assert page.view.current_key == "A027"
    qtbot.keyClick(page.view, Qt.Key.Key_Up)
    assert page.view.current_key == "A026"


def test_left_and_right_go_from_cell_to_cell_and_fold(page: LedgerPage, qtbot: QtBot) -> None:
    page.view.select("A027")
    qtbot.keyClick(page.view, Qt.Key.Key_Right)
    assert page.view.cursor_column is LedgerColumn.DATE
    qtbot.keyClick(page.view, Qt.Key.Key_Left)
    qtbot.keyClick(page.view, Qt.Key.Key_Left)
    assert page.view.current_key == ""
    qtbot.keyClick(page.view, Qt.Key.Key_Right)
    qtbot.keyClick(page.view, Qt.Key.Key_Down)
    assert page.view.current_key == "A027"


def test_space_and_shift_select_several(page: LedgerPage, qtbot: QtBot) -> None:
    page.view.select("A027")
    qtbot.keyClick(page.view, Qt.Key.Key_Down, Qt.KeyboardModifier.ShiftModifier)
    assert page.view.chosen_keys() == ["A027", "A036"]
    qtbot.keyClick(page.view, Qt.Key.Key_Space)
    assert page.view.chosen_keys() == ["A027"]
    qtbot.keyClick(page.view, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    assert len(page.view.chosen_keys()) == 95


def test_a_change_elsewhere_leaves_selection_keyboard_and_scroll(
    page: LedgerPage, session: YearSession
) -> None:
    view = page.view
    view.select("A038")
    view.selectionModel().select(
        view.ledger.index_of("A010", 0),
        view.selectionModel().SelectionFlag.Select | view.selectionModel().SelectionFlag.Rows,
    )
    top = view.visualRect(view.ledger.index_of("A038")).top()
    session.perform(commands.set_event_status, 2027, "A027", EventStatus.POSTPONED, "天气")
    assert view.current_key == "A038"
    assert set(view.chosen_keys()) == {"A010", "A038"}
    assert view.visualRect(view.ledger.index_of("A038")).top() == top


def test_heads_sort_and_sort_back(page: LedgerPage) -> None:
    page.view.header().sectionClicked.emit(LedgerColumn.DATE)
    assert page.view.order == Order(LedgerColumn.DATE, descending=True)
    assert page.view.ledger.groups[1].title == "12月"
    page.view.header().sectionClicked.emit(LedgerColumn.TITLE)
    assert page.view.order == Order(LedgerColumn.TITLE)


def test_without_groups_every_row_stands_at_the_top(page: LedgerPage) -> None:
    page.filters.grouping.choose(Grouping.NONE)
    page.filters.grouping.activated.emit(3)
    assert page.view.ledger.is_flat
    page.view.select("A036")
    assert page.view.current_key == "A036"
    assert page.view.ledger.rowCount() == 95


def test_groups_that_were_folded_stay_folded(page: LedgerPage, session: YearSession) -> None:
    page.view.select("A027")
    page.view.fold(folded=True)
    session.perform(commands.set_event_status, 2027, "A036", EventStatus.POSTPONED, "天气")
    june = next(n for n, group in enumerate(page.view.ledger.groups) if group.title == "6月")
    assert not page.view.isExpanded(page.view.ledger.index(june, 0))


# in the cells


def test_f2_on_the_status_lists_what_may_follow(page: LedgerPage, session: YearSession, qtbot: QtBot) -> None:
    page.view.select("A036")
    qtbot.keyClick(page.view, Qt.Key.Key_F2)
    menu = page.actions_.menu
    assert entries(menu) == {
        "草拟": True,
        "已排": False,
        "已确认": True,
        "已举办（登记结果）…": False,
        "已延期…": True,
        "已取消…": True,
    }
    choose(menu, "已确认")
    assert session.snapshot.event_by_key["A036"].status is EventStatus.CONFIRMED
    assert session.undo_title is not None
    assert session.undo_title.endswith("改为已确认")
    session.undo()
    assert session.snapshot.event_by_key["A036"].status is EventStatus.PLANNED


def test_a_click_on_the_pill_opens_the_same_list(page: LedgerPage, qtbot: QtBot) -> None:
    rect = page.view.visualRect(page.view.ledger.index_of("A020", LedgerColumn.STATUS))
    page.view.select("A020")
    rect = page.view.visualRect(page.view.ledger.index_of("A020", LedgerColumn.STATUS))
    qtbot.mouseClick(page.view.viewport(), Qt.MouseButton.LeftButton, pos=rect.center() - QPoint(20, 0))
    assert entries(page.actions_.menu) == {"已举办（登记结果）…": False, "已确认": True}
    page.actions_.menu.close()


def test_what_needs_a_reason_or_a_result_is_asked_for(page: LedgerPage, qtbot: QtBot) -> None:
    for status, signal in (
        (EventStatus.POSTPONED, page.postpone_requested),
        (EventStatus.CANCELLED, page.cancel_requested),
        (EventStatus.HELD, page.result_requested),
    ):
        with qtbot.waitSignal(signal) as asked:
            page.actions_.set_status("A036", status)
        assert asked.args == ["A036"]


def test_the_date_is_edited_in_its_cell(page: LedgerPage, session: YearSession, qtbot: QtBot) -> None:
    page.view.select("A036")
    qtbot.keyClick(page.view, Qt.Key.Key_Right)
    qtbot.keyClick(page.view, Qt.Key.Key_F2)
    editor = page.view.findChild(QDateEdit)
    assert editor is not None
    editor.setDate(editor.date().addDays(1))
    qtbot.keyClick(editor, Qt.Key.Key_Return)
    event = session.snapshot.event_by_key["A036"]
    assert event.day == date(2027, 6, 23)
    assert event.starts_at is not None
    assert event.starts_at.hour == 15
    assert session.undo_title is not None
    assert session.undo_title.startswith("移动“")


def test_a_date_of_an_event_that_is_over_stays(page: LedgerPage, session: YearSession) -> None:
    said: list[str] = []
    session.messages.said.connect(said.append)
    page.actions_.set_day("A020", date(2027, 6, 30))
    assert "已举办" in said[-1]
    assert session.snapshot.event_by_key["A020"].day == date(2027, 1, 14)


def test_delete_asks_and_never_cancels_silently(page: LedgerPage, session: YearSession, qtbot: QtBot) -> None:
    page.view.select("A036")
    with qtbot.waitSignal(page.cancel_requested) as asked:
        qtbot.keyClick(page.view, Qt.Key.Key_Delete)
    assert asked.args == ["A036"]
    assert session.snapshot.event_by_key["A036"].status is EventStatus.PLANNED


def test_nothing_can_be_changed_while_the_year_is_held(
    page: LedgerPage, session: YearSession, qtbot: QtBot
) -> None:
    session.hold("正在自动排期")
    page.view.select("A036")
    qtbot.keyClick(page.view, Qt.Key.Key_F2)
    assert page.actions_.menu is None
    assert not page.header.new.isEnabled()
    assert not page.bulk.status.isEnabled()
    assert page.bulk.calendar.isEnabled()
    with qtbot.assertNotEmitted(page.cancel_requested):
        qtbot.keyClick(page.view, Qt.Key.Key_Delete)


def test_the_menu_offers_what_can_be_done_and_where_to_look(page: LedgerPage, qtbot: QtBot) -> None:
    page.view.select("A036")
    page.view.menu_at_current()
    menu = page.actions_.menu
    assert {"打开", "改到…", "确认", "复制", "在日历中看", "看对应条文"} <= set(entries(menu))
    with qtbot.waitSignal(page.page_requested) as asked:
        choose(menu, "看对应条文")
    assert asked.args == ["rules", "campus.stages"]
    page.view.menu_at_current()
    with qtbot.waitSignal(page.new_event_requested) as copied:
        choose(page.actions_.menu, EventAction.COPY.label)
    assert copied.args == [NewEvent(Campaign.CAMPUS, date(2027, 6, 22), "初中", "A036")]


# several at once, and the rest


def test_the_bulk_bar_counts_and_exports_what_is_selected(page: LedgerPage, qtbot: QtBot) -> None:
    page.view.clearSelection()
    assert not page.bulk.isVisible()
    page.view.select("A027")
    qtbot.keyClick(page.view, Qt.Key.Key_Down, Qt.KeyboardModifier.ShiftModifier)
    assert page.bulk.count.text() == "已选 2 场"
    with qtbot.waitSignal(page.calendar_requested) as asked:
        page.bulk.calendar.click()
    assert asked.args == [("A027", "A036")]
    page.bulk.all.click()
    assert page.bulk.count.text() == "已选 95 场"
    page.bulk.all.click()
    assert not page.bulk.isVisible()


def test_views_are_kept_shown_and_deleted(page: LedgerPage, tmp_path: Path) -> None:
    settings = SettingsFile(tmp_path / "settings.json")
    page.use_settings(settings)
    page.show_filter(AUGUST)
    page.views.save("八月")
    page.filters.clear()
    page.views.show_menu(QPoint(0, 0))
    assert list(entries(page.views.menu)) == ["八月", "存为视图…", "删除视图"]
    choose(page.views.menu, "八月")
    assert page.filters.filter == AUGUST
    again = SettingsFile(tmp_path / "settings.json")
    page.use_settings(again)
    assert [view.name for view in page.views.memory.views] == ["八月"]
    page.views.drop("八月")
    assert page.views.memory.views == ()


def test_row_height_and_grouping_are_remembered(page: LedgerPage, tmp_path: Path) -> None:
    page.use_settings(SettingsFile(tmp_path / "settings.json"))
    high = page.view.visualRect(page.view.ledger.index_of("A020")).height()
    page.filters.compact.choose(True)
    page.filters.compact.activated.emit(1)
    page.view.executeDelayedItemsLayout()
    assert page.view.visualRect(page.view.ledger.index_of("A020")).height() == 32 < high
    page.use_settings(SettingsFile(tmp_path / "settings.json"))
    assert page.views.memory.compact


def test_go_to_shows_the_event_even_where_the_filter_hides_it(make_page: MakePage) -> None:
    page = make_page(1290, 652)
    page.show_filter(AUGUST)
    page.go_to("A036")
    assert page.view.current_key == "A036"
    assert page.inspector.key == "A036"
    assert page.drawer.is_open
    page.go_to("nobody")
    page.go_to(date(2027, 6, 1))
    assert page.inspector.key == "A036"


def test_the_drawer_closes_with_escape_and_the_keyboard_goes_back(make_page: MakePage, qtbot: QtBot) -> None:
    page = make_page(1290, 652)
    page.view.select("A036")
    qtbot.keyClick(page.view, Qt.Key.Key_Return)
    assert page.drawer.is_open
    assert page.inspector.fields is not None
    assert page.focusWidget() is page.inspector.fields.title.control
    qtbot.keyClick(page.inspector.fields.title.control, Qt.Key.Key_Escape)
    assert not page.drawer.is_open
    assert page.focusWidget() is page.view


def test_the_docked_inspector_follows_the_keyboard(page: LedgerPage, qtbot: QtBot) -> None:
    page.view.select("A027")
    qtbot.waitUntil(lambda: page.inspector.key == "A027")
    page.close_inspector()
    assert not page.inspector.isVisible()
    page.open_event("A036")
    assert page.inspector.isVisible()


def test_at_first_the_next_event_is_shown(page: LedgerPage, qtbot: QtBot) -> None:
    qtbot.waitUntil(lambda: page.inspector.key == "A027")
    assert page.view.current_key == "A027"


def test_a_new_event_is_of_the_kind_of_the_one_with_the_keyboard(page: LedgerPage, qtbot: QtBot) -> None:
    page.view.select("A036")
    with qtbot.waitSignal(page.new_event_requested) as asked:
        page.header.new.click()
    assert asked.args == [NewEvent(Campaign.CAMPUS)]


def test_every_region_can_be_reached(page: LedgerPage) -> None:
    page.view.select("A036")
    assert page.regions() == [page.header, page.filters, page.view, page.bulk, page.inspector]


def test_the_tooltip_and_the_row_say_what_conflicts(page: LedgerPage, session: YearSession) -> None:
    event = session.snapshot.event_by_key["A008"]
    session.perform(
        commands.change_event,
        2027,
        session.snapshot.event_by_key["A028"]._replace(
            venue="v1", starts_at=event.starts_at, ends_at=event.ends_at
        ),
    )
    row = page.view.ledger.row_of("A008")
    assert row is not None
    assert page.view.ledger.texts(row)[LedgerColumn.MISSING].startswith("冲突")
    assert "同一时段有 2 场" in page._describe("A008")


def test_a_row_speaks_as_a_whole(page: LedgerPage) -> None:
    index = page.view.ledger.index_of("A036", LedgerColumn.TITLE)
    spoken = str(index.data(Qt.ItemDataRole.AccessibleTextRole))
    assert spoken.startswith("未成年人保护法律科普，走进校区，已排，6月22日 周二，15:30")
    assert spoken.endswith("缺项 地点")


def test_nothing_is_painted_outside_and_all_columns_fit(make_page: MakePage) -> None:
    for size in ((1844, 964), (1290, 652), (1017, 430)):
        page = make_page(*size)
        view = page.view
        used = sum(view.columnWidth(column) for column in view.columns)
        assert used <= view.viewport().width()
        picture = QPixmap(view.size())
        view.render(picture, QPoint(), QRect(QPoint(), view.size()))
        page.hide()
