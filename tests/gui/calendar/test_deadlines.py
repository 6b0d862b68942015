"""日历里的时限：在哪天、怎么说、点了去哪里，开关与键盘。"""

from __future__ import annotations

from datetime import date

import pytest
from PySide6.QtCore import QPoint, Qt
from pytestqt.qtbot import QtBot

from gui.calendar.canvas import HitKind
from gui.calendar.day_rows import DayRowKind, day_rows
from gui.calendar.days import CalendarDays
from gui.calendar.deadlines import MARK, DeadlineState, line_of
from gui.calendar.month_layout import has_due_in_head, shown_chips
from gui.calendar.page import CalendarPage
from gui.calendar.page_words import hit_words
from gui.calendar.values import CalendarChip, CalendarDay, CalendarFilter, CalendarMode
from gui.session.year_session import YearSession
from models import commands
from models.domain.events import EventStatus
from models.domain.policies import PolicyDocument
from models.domain.snapshot import ItemKind, YearSnapshot
from tests.factories import check, event, sample, year

pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints", extend=True)

POLICY = PolicyDocument(
    "Y1", "若干<b>措施", published_on=date(2027, 6, 8), office_name=True, online_service=True, unit="区司法局"
)
DUE = date(2027, 6, 16)


def days_of(snapshot: YearSnapshot, **chosen: object) -> CalendarDays:
    return CalendarDays(snapshot, check(snapshot), CalendarFilter(**chosen))  # type: ignore[arg-type]


def keys_on(days: CalendarDays, day: date) -> list[str]:
    return [row.item.key for row in days.day(day).deadlines]


def test_a_day_has_what_is_due_on_it_open_ones_first() -> None:
    filed = POLICY._replace(key="Y0", filed_on=date(2027, 6, 9), online_service=False)
    days = days_of(year(policies=(filed, POLICY)))
    assert keys_on(days, DUE) == ["policy.filing|Y1", "policy.linkage|Y1", "policy.filing|Y0"]
    states = [row.state for row in days.day(DUE).deadlines]
    assert states == [DeadlineState.OPEN, DeadlineState.OPEN, DeadlineState.DONE]
    assert days.day(DUE).chips == ()


def test_deadlines_follow_the_unit_and_their_toggle_and_hide_while_conflicts_are_looked_for() -> None:
    snapshot = year(policies=(POLICY,))
    assert keys_on(days_of(snapshot, unit="区司法局"), DUE)
    assert not keys_on(days_of(snapshot, unit="区教育局"), DUE)
    assert not keys_on(days_of(snapshot, deadlines=False), DUE)
    assert not keys_on(days_of(snapshot, conflicts_only=True), DUE)
    assert CalendarFilter(deadlines=False).is_open


def test_one_deadline_is_said_by_its_title_several_by_their_number() -> None:
    several = days_of(year(policies=(POLICY,))).day(DUE).deadlines
    assert line_of(several).text == "2 项时限"
    assert line_of(several).key == MARK
    one = line_of(several[:1])
    assert (one.text, one.key) == ("解读材料备案：若干<b>措施", MARK + "policy.filing|Y1")
    assert "第8条" in one.tip
    assert "估算" in one.tip


def test_an_overdue_one_is_red_and_the_day_lists_it_before_the_events() -> None:
    days = days_of(sample())
    (row,) = days.day(date(2027, 5, 26)).deadlines
    assert row.state is DeadlineState.OVERDUE
    rows = day_rows(days, days.details(date(2027, 5, 26)))
    assert (
        next(r.kind for r in rows if r.kind in (DayRowKind.OVERDUE, DayRowKind.EVENT)) is DayRowKind.OVERDUE
    )


def test_every_deadline_of_the_year_stands_on_some_day_of_the_calendar() -> None:
    days = days_of(sample())
    shown = [row.item.key for day in days.deadlines for row in days.day(day).deadlines]
    assert sorted(shown) == sorted(row.item.key for rows in days.deadlines.values() for row in rows)
    assert len(shown) == 43


# the page


@pytest.fixture
def page(qtbot: QtBot, session: YearSession) -> CalendarPage:
    session.attempt(
        commands.put_item, 2027, ItemKind.POLICY, POLICY._replace(unit=None, online_service=False)
    )
    made = CalendarPage(session)
    qtbot.addWidget(made)
    made.resize(1840, 960)
    made.show()
    made.show_day(DUE)
    return made


def mark_of(page: CalendarPage) -> QPoint:
    """Where the mark of 16 June is."""
    view = page.canvas()
    (hit,) = [h for h in view.layer().hits if h.kind is HitKind.DEADLINE and h.day == DUE]
    return view.to_viewport(hit.rect).center().toPoint()


@pytest.mark.parametrize("mode", [CalendarMode.MONTH, CalendarMode.WEEK])
def test_a_click_on_the_mark_opens_the_document(qtbot: QtBot, page: CalendarPage, mode: CalendarMode) -> None:
    page.show_mode(mode)
    view = page.canvas()
    with qtbot.waitSignal(page.policy_requested) as asked:
        qtbot.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=mark_of(page))
    assert asked.args == ["Y1"]
    (hit,) = [h for h in view.layer().hits if h.kind is HitKind.DEADLINE and h.day == DUE]
    assert "备案" in hit_words(hit, page.current_days())


def test_in_a_full_day_the_deadline_is_a_flag_in_the_head_and_pushes_no_event_out() -> None:
    day = CalendarDay(
        DUE, tuple(chip(n) for n in range(3)), deadlines=days_of(year(policies=(POLICY,))).day(DUE).deadlines
    )
    assert [(has_due_in_head(day, room), shown_chips(day, room)) for room in (2, 3, 4)] == [
        (True, 1),
        (True, 3),
        (False, 3),
    ]
    empty = day._replace(chips=())
    assert not has_due_in_head(empty, 1)


def chip(number: int) -> CalendarChip:
    return CalendarChip(f"E{number}", "lecture", ("甲",), "甲", EventStatus.PLANNED)


def test_a_flag_in_the_head_opens_the_document_too(
    qtbot: QtBot, session: YearSession, page: CalendarPage
) -> None:
    for number in range(12):
        made = event("lecture", DUE, key=f"X{number}")
        session.attempt(commands.add_event, 2027, made)
    (hit,) = [h for h in page.month.layer().hits if h.kind is HitKind.DEADLINE and h.day == DUE]
    assert hit.rect.top() < page.month.day_rect(DUE).top() + 30
    with qtbot.waitSignal(page.policy_requested):
        qtbot.mouseClick(page.month.viewport(), Qt.MouseButton.LeftButton, pos=mark_of(page))


def test_tab_and_enter_reach_the_mark_and_it_is_said(qtbot: QtBot, page: CalendarPage) -> None:
    said: list[str] = []
    page.said.connect(said.append)
    page.month.setFocus()
    qtbot.keyClick(page.month, Qt.Key.Key_Tab)
    assert said[-1] == "时限 解读材料备案：若干<b>措施，待办"
    with qtbot.waitSignal(page.policy_requested):
        qtbot.keyClick(page.month, Qt.Key.Key_Return)


def test_a_deadline_cannot_be_moved(qtbot: QtBot, session: YearSession, page: CalendarPage) -> None:
    before = session.snapshot
    page.month.setFocus()
    qtbot.keyClick(page.month, Qt.Key.Key_Tab)
    qtbot.keyClick(page.month, Qt.Key.Key_Right, Qt.KeyboardModifier.AltModifier)
    qtbot.keyClick(page.month, Qt.Key.Key_M, Qt.KeyboardModifier.ControlModifier)
    assert page.month.drag is None
    assert session.snapshot is before


def test_several_on_a_day_open_the_day_s_list(qtbot: QtBot, session: YearSession, page: CalendarPage) -> None:
    session.attempt(commands.put_item, 2027, ItemKind.POLICY, POLICY._replace(key="Y2", title="另一份"))
    qtbot.mouseClick(page.month.viewport(), Qt.MouseButton.LeftButton, pos=mark_of(page))
    assert page.controller.popover.isVisible()
    row = next(r for r in page.controller.popover.list.rows_model.rows if r.title == "解读材料备案：另一份")
    with qtbot.waitSignal(page.policy_requested) as asked:
        page.controller.open_row(row)
    assert asked.args == ["Y2"]


def test_milestones_and_decisions_open_their_places(qtbot: QtBot, page: CalendarPage) -> None:
    with qtbot.waitSignal(page.milestone_requested) as asked:
        page._open_deadline("year.cases.selection")
    assert asked.args == ["year.cases.selection"]
    with qtbot.waitSignal(page.milestone_requested) as asked:
        page._open_deadline("park.plan|3")
    assert asked.args == ["park.plan.3"]
    with qtbot.waitSignal(page.decision_requested) as asked:
        page._open_deadline("attendance.invited|d5|select")
    assert asked.args == ["d5"]


def test_the_toggle_takes_them_all_away_and_back(page: CalendarPage) -> None:
    page.filters.deadlines.setChecked(False)
    assert not [h for h in page.month.layer().hits if h.kind is HitKind.DEADLINE]
    page.filters.deadlines.setChecked(True)
    assert [h for h in page.month.layer().hits if h.kind is HitKind.DEADLINE]


def test_the_list_of_the_year_holds_them_and_opens_them(qtbot: QtBot, page: CalendarPage) -> None:
    page.show_mode(CalendarMode.AGENDA)
    assert page.agenda.go_to_key(MARK + "policy.filing|Y1")
    with qtbot.waitSignal(page.policy_requested):
        qtbot.keyClick(page.agenda, Qt.Key.Key_Return)
    qtbot.keyClick(page.agenda, Qt.Key.Key_Right, Qt.KeyboardModifier.AltModifier)
    assert page.mode is CalendarMode.AGENDA
