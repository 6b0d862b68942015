"""月视图：冲突从不藏起来，行高够用，键盘走日与块。"""

from __future__ import annotations

from datetime import date

import pytest
from PySide6.QtCore import QPointF, QSizeF, Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from gui.calendar.canvas import HitKind
from gui.calendar.chip_painter import chip_text
from gui.calendar.day_view import MORE_KEY
from gui.calendar.days import CalendarDays
from gui.calendar.month_layout import lay_out_month
from gui.calendar.month_view import MonthView
from tests.factories import check, event, year

TODAY = date(2027, 6, 15)
AUGUST = date(2027, 8, 18)


def crowded(clashing: int = 2) -> CalendarDays:
    """A day with ``clashing`` events in one venue at one time beside twenty others."""
    clash = [
        event(
            "open_month", AUGUST, at="15:00", key=f"x{n}", venue="v1", lead_units=("区司法局",) if n else ()
        )
        for n in range(clashing)
    ]
    others = [
        event("open_month", AUGUST, at=f"{9 + n // 4:02d}:{n % 4 * 15:02d}", key=f"o{n}") for n in range(20)
    ]
    snapshot = year(*others, *clash)
    return CalendarDays(snapshot, check(snapshot))


def shown(qtbot: QtBot, days: CalendarDays, width: int, height: int) -> MonthView:
    view = MonthView()
    qtbot.addWidget(view)
    view.resize(width, height)
    view.show()
    view.show_month(days, AUGUST, TODAY)
    return view


@pytest.mark.parametrize("size", [(1500, 860), (1290, 600), (940, 330)])
@pytest.mark.parametrize("clashing", [2, 7])
def test_a_conflict_is_never_hidden_among_twenty_others(
    qtbot: QtBot, themed: None, size: tuple[int, int], clashing: int
) -> None:
    view = shown(qtbot, crowded(clashing), *size)
    cell = view.day_rect(AUGUST)
    places = {
        hit.key: hit.rect for hit in view.layer().hits if hit.kind is HitKind.EVENT and hit.day == AUGUST
    }
    assert {f"x{n}" for n in range(clashing)} <= set(places)
    assert all(cell.contains(rect) for rect in places.values())
    assert MORE_KEY in view.chip_keys(AUGUST)
    assert len(places) < 20 + clashing


def test_conflicts_stand_first_then_the_clock_decides(themed: None) -> None:
    day = crowded().day(AUGUST)
    keys = [chip.key for chip in day.chips]
    assert keys[:4] == ["x0", "x1", "o0", "o1"]
    assert [chip.conflict for chip in day.chips[:3]] == [True, True, False]


def test_rows_share_the_height_and_the_crowded_one_takes_what_it_needs(themed: None) -> None:
    weeks = crowded(7).month(AUGUST)
    layout = lay_out_month(QSizeF(1500, 900), weeks)
    heights = [below - above for above, below in zip(layout.rows, layout.rows[1:], strict=False)]
    assert layout.height == 900
    assert heights.index(max(heights)) == 3
    assert len({*heights[:3], *heights[4:]}) <= 2


def test_a_window_too_low_scrolls_instead_of_hiding(themed: None) -> None:
    layout = lay_out_month(QSizeF(1000, 260), crowded().month(AUGUST))
    assert layout.height > 260
    assert all(layout.room(day) >= 2 for day in layout.days)


def test_every_point_belongs_to_the_day_that_is_drawn_there(themed: None) -> None:
    layout = lay_out_month(QSizeF(1290, 640), crowded().month(AUGUST))
    assert all(layout.day_at(layout.day_rect(day).center()) == day for day in layout.days)
    assert layout.day_at(QPointF(3, 200)) is None
    assert layout.day_rect(date(2027, 7, 1)).isEmpty()


def test_a_chip_says_the_longest_name_that_fits(themed: None) -> None:
    snapshot = year(
        event(
            "community", AUGUST, at="09:30", key="c", title="家门口服务站", short="家门口", towns=("顾村镇",)
        )
    )
    (chip,) = CalendarDays(snapshot, check(snapshot)).day(AUGUST).chips
    assert chip_text(chip, 300) == "09:30 顾村镇·家门口服务站"
    assert chip_text(chip, 150) == "09:30 家门口服务站"
    assert chip_text(chip, 90) == "09:30 家门"


def test_arrows_walk_days_and_tab_walks_the_chips(qtbot: QtBot, themed: None) -> None:
    view = shown(qtbot, crowded(), 1500, 860)
    view.setFocus()
    QTest.keyClick(view, Qt.Key.Key_Left)
    assert view.selected_day == date(2027, 8, 17)
    QTest.keyClick(view, Qt.Key.Key_Right)
    QTest.keyClick(view, Qt.Key.Key_Tab)
    assert view.selected_key == "x0"
    with qtbot.waitSignal(view.event_requested) as opened:
        QTest.keyClick(view, Qt.Key.Key_Return)
    assert opened.args == ["x0"]
    QTest.keyClick(view, Qt.Key.Key_Tab, Qt.KeyboardModifier.ShiftModifier)
    assert view.stop is None
    QTest.keyClick(view, Qt.Key.Key_Home)
    assert view.selected_day == date(2027, 8, 16)


def test_more_is_a_stop_of_its_own_and_lists_the_day(qtbot: QtBot, themed: None) -> None:
    view = shown(qtbot, crowded(), 1500, 860)
    view.setFocus()
    for _ in view.chip_keys(AUGUST):
        QTest.keyClick(view, Qt.Key.Key_Tab)
    assert view.stop == MORE_KEY
    with qtbot.waitSignal(view.more_requested) as asked:
        QTest.keyClick(view, Qt.Key.Key_Return)
    assert asked.args[0] == AUGUST


def test_the_wheel_turns_the_page_where_nothing_scrolls(qtbot: QtBot, themed: None) -> None:
    view = shown(qtbot, crowded(), 1500, 860)
    steps: list[int] = []
    view.stepped.connect(steps.append)
    QTest.wheelEvent(view.windowHandle(), QPointF(700, 400).toPoint(), QPointF(0, -120).toPoint())
    assert steps == [1]


def test_below_all_the_chips_that_fit_there_may_be_room_for_the_rest(qtbot: QtBot, themed: None) -> None:
    days = crowded(clashing=0)
    seen = set()
    for height in range(560, 640, 4):
        view = shown(qtbot, days, 1200, height)
        layout = view.month_layout()
        hits = [hit for hit in view.layer().hits if hit.day == AUGUST]
        chips = sum(hit.kind is HitKind.EVENT for hit in hits)
        (more,) = (hit for hit in hits if hit.kind is HitKind.MORE)
        assert layout.day_rect(AUGUST).contains(more.rect)
        assert chips == layout.room(AUGUST) - (not layout.has_line_left(AUGUST))
        seen.add(layout.has_line_left(AUGUST))
    assert seen == {True, False}
